"""The term's round: the next cycle opened where it is due, documents made, one report of what needs a human."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from tests.big_school import write_school
from tests.example_school import KACPER, copy_school, sendpack

ZOE = "zoe-obrien-smidt"
DAY = ("--on", "2026-11-23")


def everything(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in (folder / "cases").rglob("*") if p.is_file()}


@pytest.mark.whole
def test_the_next_cycle_takes_over_what_was_not_met(tmp_path: Path) -> None:
    folder = copy_school(tmp_path, ZOE, KACPER)
    before = everything(folder)
    looked = sendpack(folder, "termly", "--dry-run", *DAY)
    assert "1 cycle would be opened." in looked.stdout and "Nothing was changed." in looked.stdout
    assert everything(folder) == before
    ran = sendpack(folder, "termly", "--no-pdf", *DAY)
    assert ran.returncode == 0, ran.stderr
    # The dry run said the same, word for word, but for the documents.
    said = looked.stdout.replace("would be opened.", "opened.").partition("\nNothing was changed.")[0]
    assert [line for line in said.splitlines() if line not in ran.stdout and " opened" not in line] == []
    assert f"cases/{ZOE}/cycles/2027-spring.yaml" in looked.stdout
    after = everything(folder)
    new = f"cases/{ZOE}/cycles/2027-spring.yaml"
    # One file more, and nothing that was there has changed.
    assert {name: content for name, content in after.items() if name != new} == before
    case = load_case(find_project(folder), ZOE).case
    assert case is not None
    old, opened = case.cycles[-2].data, case.cycles[-1].data
    unmet = {row["target"] for row in old["review"]["targets"] if row["status"] != "met"}
    assert unmet and {row["id"] for row in opened["plan"]["targets"]} == unmet
    assert all(row["carried_from"] == "2026-autumn" for row in opened["plan"]["targets"])
    for row in old["plan"]["targets"]:
        assert (f"do not only carry it on: {' '.join(row['text'].split())}" in ran.stdout) == (row["id"] in unmet)
    # The plan was made, also for the pupil whose cycle still runs.
    assert (folder / "output" / ZOE / "support-plan.docx").is_file()
    assert (folder / "output" / KACPER / "support-plan.docx").is_file()
    assert (folder / "output" / "_school" / "termly-2026-11-23.txt").read_text("utf-8") in ran.stdout + "\n"


@pytest.mark.whole
def test_the_round_briefs_every_class(tmp_path: Path) -> None:
    folder = copy_school(tmp_path, KACPER)
    ran = sendpack(folder, "termly", *DAY)
    assert ran.returncode == 0, ran.stderr
    assert (folder / "output" / "classes" / "briefing-2W.pdf").is_file()
    assert (folder / "output" / KACPER / "support-plan.pdf").is_file()


@pytest.mark.whole
def test_a_second_round_opens_nothing(tmp_path: Path) -> None:
    folder = copy_school(tmp_path, ZOE)
    first = sendpack(folder, "termly", "--no-pdf", *DAY)
    assert "opened before" not in first.stdout
    after = everything(folder)
    again = sendpack(folder, "termly", "--no-pdf", *DAY)
    assert again.returncode == 0
    assert everything(folder) == after
    assert "0 cycles opened" in again.stdout
    # Nor does it forget what was opened: the first round may have been cut off before it could say so.
    assert "1 cycle opened before and still to be filled in." in again.stdout
    to_adapt = [line for line in first.stdout.splitlines() if "do not only carry it on" in line]
    assert to_adapt and [line for line in to_adapt if line not in again.stdout] == []
    assert "still to be filled in, with the family: cases/zoe-obrien-smidt/cycles/2027-spring.yaml" in again.stdout


@pytest.mark.whole
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("cycles", "review cycle 2 first"),
        ("plan.yaml", "has no plan yet: sendpack new plan pupil-0000"),
    ],
)
def test_what_must_come_first_is_said(tmp_path: Path, change: str, said: str) -> None:
    folder = write_school(tmp_path / "school", 1, 1)
    home = folder / "cases" / "pupil-0000"
    if change == "plan.yaml":
        for file in [*home.glob("*/*.yaml"), home / "plan.yaml"]:
            file.unlink()
    else:
        cycle = home / "cycles" / "2026-autumn.yaml"
        lines = cycle.read_text("utf-8").splitlines()
        cycle.write_text(
            "\n".join("planned_review: 2026-11-01" if x.startswith("planned") else x for x in lines), "utf-8"
        )
    ran = sendpack(folder, "termly", "--dry-run", *DAY)
    assert ran.returncode == 0, ran.stderr
    assert said in ran.stdout and "0 cycles would be opened" in ran.stdout


@pytest.mark.whole
def test_pupils_with_errors_are_named_and_the_others_done(tmp_path: Path) -> None:
    folder = copy_school(tmp_path, ZOE)
    (folder / "cases" / "ben").mkdir()
    (folder / "cases" / "ben" / "pupil.yaml").write_text("legal_surname: Gill\n", "utf-8")
    ran = sendpack(folder, "termly", "--no-pdf", *DAY)
    assert ran.returncode == 1
    assert "1 cycle opened" in ran.stdout and "its files have errors, so nothing was made" in ran.stdout
