"""new-year and import keep the history of classes, and see terms that begin in August."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.cases.classes import class_at, rows_to_remember, year_group_at
from generator.folder.changing.edit_record import open_record, save
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.school.calendar.new_year import still_needed
from tests.example_school import KACPER, copy_school, sendpack


def without_history(folder: Path) -> Path:
    copy_school(folder, KACPER)
    file = folder / "cases" / KACPER / "pupil.yaml"
    text = file.read_text("utf-8")
    start = text.index("class_history:")
    rest = text[start:].split("\n")
    end = next(n for n, line in enumerate(rest) if n and not line.startswith(" "))
    file.write_text(text[:start] + "\n".join(rest[end:]), "utf-8")
    return file


def history(folder: Path) -> list[tuple[date, object, object]]:
    case = load_case(find_project(folder), KACPER).case
    assert case is not None
    return [(row["from"], row.get("year_group"), row.get("class")) for row in case.data("pupil")["class_history"]]


@pytest.mark.whole
def test_new_year_writes_the_class_that_is_left_into_the_history(tmp_path: Path) -> None:
    without_history(tmp_path)
    told = sendpack(tmp_path, "new-year", "--apply", "--on", "10/07/2027")
    assert told.returncode == 0 and "Year 2 → Year 3" in told.stdout, told.stderr
    assert history(tmp_path) == [(date(2026, 9, 2), 2, "2W")] or history(tmp_path) == [(date(2026, 9, 1), 2, "2W")]
    case = load_case(find_project(tmp_path), KACPER).case
    assert case is not None
    then, later = date(2026, 11, 20), date(2027, 9, 20)
    assert (year_group_at(case, then), class_at(case, then)) == (2, "2W")  # was: Year 3 · 2W
    assert class_at(case, later) is None, "the new class is not known yet"


@pytest.mark.whole
def test_import_of_the_new_class_closes_the_history(tmp_path: Path) -> None:
    without_history(tmp_path)
    text = (tmp_path / "cases" / KACPER / "pupil.yaml").read_text("utf-8")
    upn = next(line.split()[1] for line in text.splitlines() if line.startswith("upn:"))
    export = tmp_path / "pupils.csv"
    export.write_text(
        f"UPN,Legal Surname,Forename,Date of birth,Year,Reg\n{upn},Wiśniewski,Kacper,19/02/2020,3,3F\n", "utf-8"
    )
    told = sendpack(tmp_path, "import", "pupils.csv", "--apply", "--on", "03/09/2027")
    assert told.returncode == 0, told.stdout + told.stderr
    assert [row[1:] for row in history(tmp_path)] == [(2, "2W"), (3, "3F")]
    case = load_case(find_project(tmp_path), KACPER).case
    assert case is not None
    assert (year_group_at(case, date(2026, 11, 20)), class_at(case, date(2026, 11, 20))) == (
        2,
        "2W",
    )  # was: Year 2 · 3F
    assert (year_group_at(case, date(2027, 9, 20)), class_at(case, date(2027, 9, 20))) == (3, "3F")


def test_terms_that_begin_in_august_are_terms_of_the_new_year() -> None:
    terms = [{"start": day} for day in (date(2027, 8, 26), date(2028, 1, 4), date(2028, 4, 18))]
    school = {"terms": terms, "closures": [{"from": date(2027, 8, 27), "to": date(2027, 8, 27)}]}
    told = " ".join(still_needed(school, [], date(2027, 9, 1)))
    assert "terms that begin" not in told and "no closures" not in told  # was: 2 terms, and no closures


@pytest.mark.whole
def test_a_class_changed_on_the_page_goes_into_the_history(tmp_path: Path) -> None:
    file = without_history(tmp_path)
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))  # as Notepad writes it
    project = find_project(tmp_path)
    record = open_record(project, f"cases/{KACPER}/pupil.yaml")
    assert record.tree is not None
    saved = save(project, record, {**record.tree, "class": "2X"})
    assert saved.undo
    assert [row[1:] for row in history(tmp_path)] == [(2, "2W"), (2, "2X")]
    again = open_record(project, f"cases/{KACPER}/pupil.yaml")
    assert again.tree is not None
    save(project, again, {**again.tree, "key_worker": "Mrs Kaur"})
    assert len(history(tmp_path)) == 2, "another change adds nothing"


def test_a_class_that_changes_in_the_middle_of_a_year_invents_no_school_year() -> None:
    zoe = {"date_of_birth": date(2018, 5, 14), "year_group": 4, "class": "4B"}
    school: dict[str, object] = {}
    moved = rows_to_remember(zoe, {**zoe, "year_group": 5, "class": "5B"}, school, date(2026, 11, 30))
    assert moved == [
        {"from": date(2026, 9, 1), "year_group": 4, "class": "4B"},
        {"from": date(2026, 11, 30), "year_group": 5, "class": "5B"},
    ]
    late = {**zoe, "year_group": 3, "class": "3B"}
    assert [row["from"] for row in rows_to_remember(late, zoe, school, date(2026, 11, 30))] == [
        date(2025, 9, 1), date(2026, 9, 1),
    ], "a list that comes late in the year brings the year group that is usual"  # fmt: skip
    repeats = {**zoe, "year_group": 3, "class": "3B", "out_of_cohort": "Repeats Year 3"}
    after = {**repeats, "year_group": 4, "class": "4B"}
    assert [row["from"] for row in rows_to_remember(repeats, after, school, date(2026, 9, 3))][-1] == date(2026, 9, 1)
