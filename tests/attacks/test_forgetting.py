"""A deletion cut off at every step, and everything that names the child: a rerun goes on, and nothing is left."""

from __future__ import annotations

import json
import tempfile
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.build.output_folder import locked
from generator.files.user_files import hand_over
from generator.folder.school_folder import find_project
from generator.school.calendar.reviews import reference
from generator.school.pupil_files import forgetting
from tests.example_school import KACPER, copy_school, sendpack

ADA = "ada-brown"
NAMES = (b"kacper", b"Kacper", b"Wi\xc5\x9bniewski")
WORDS = ("forget", KACPER, "--reason", "Asked for by the family", "--early", "--confirm", KACPER)


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """Two pupils, with papers, an archive, a preview, a report of a crash and leftovers that name one of them."""
    folder = copy_school(tmp_path, KACPER, ADA)
    assert sendpack(folder, "build", KACPER, "--no-pdf", "--only", "support-plan").returncode == 0
    assert sendpack(folder, "send-on", KACPER, "--without-safeguarding").returncode == 0
    assert sendpack(folder, "register", "--xlsx", "output/_school/register.xlsx").returncode == 0
    preview = folder / "output" / "preview"
    preview.mkdir(exist_ok=True)
    (preview / "try-out.html").write_text("<p>Kacper Wiśniewski</p>", "utf-8")
    (folder / "cases" / ".receiving-x").mkdir()
    (folder / "cases" / ".forgetting-1-x").mkdir()
    return folder


def left(folder: Path) -> list[str]:
    """Every file and folder that still names the child, by its name or its content."""
    found = []
    for path in folder.rglob("*"):
        inside = path.relative_to(folder).as_posix()
        if path.is_file() and inside.startswith("output/"):
            content = path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    content = b"".join(archive.read(name) for name in archive.namelist())
            found += [inside] if any(name in content for name in NAMES) else []
        if "kacper" in inside or path.name.startswith((".forgetting-", ".receiving-")):
            found.append(inside)
    return found


@pytest.mark.whole
def test_everything_that_names_the_child_goes(school: Path) -> None:
    report = Path(tempfile.gettempdir()) / "sendpack-report-attack.txt"
    report.write_text(f"File cases/{KACPER}/plan.yaml", "utf-8")
    ran = sendpack(school, *WORDS)
    assert ran.returncode == 0, ran.stderr
    assert left(school) == [] and not report.exists()
    assert "register.xlsx named the child and was deleted" in ran.stdout
    assert (school / "cases" / ADA / "pupil.yaml").is_file()


def test_a_list_that_was_written_again_goes_and_one_that_somebody_changed_stays(tmp_path: Path) -> None:
    """A line of the ledger names what was there before too: a run may be cut off between it and the file."""
    school = copy_school(tmp_path, KACPER)
    project, lists = find_project(school), school / "output" / "lists"
    lists.mkdir(parents=True)
    for day in (b"1", b"2", b"3"):
        for name in ("again.csv", "mine.csv"):
            hand_over(school, lists / name, "Kacper Wiśniewski,".encode() + day)
    (lists / "mine.csv").write_text("Kacper Wiśniewski, noted by hand", "utf-8")
    decided = forgetting.decide(project, KACPER, "AB12", date(2026, 11, 23), None, "Asked for by the family")
    _, _, told = forgetting.delete(project, decided)
    assert "output/lists/again.csv named the child and was deleted" in told
    assert [path.name for path in lists.iterdir()] == ["mine.csv"]


def test_what_goes_is_told_before_and_what_is_told_as_left_is_there(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER, ADA)
    output = school / "output" / "_school"
    done = sendpack(school, "send-on", KACPER, "--without-safeguarding")
    assert done.returncode == 0, done.stderr
    hand_over(school, output / "register.csv", "surname,name\nWiśniewski,Kacper\nBrown,Ada\n".encode())
    mixed = (
        "To look at\n  Ada Brown (cases/ada-brown)\n    two addresses\n  Kacper Wiśniewski (cases/kacper-wisniewski)\n"
    )
    hand_over(school, output / "import-2026-11-20.txt", f"{mixed}    no date of birth\n".encode())
    hand_over(school, output / "nobody.csv", b"Brown,Ada\n")
    hand_over(school, school / "elsewhere.csv", "Kacper Wiśniewski".encode())
    (output / "mine.txt").write_text("Kacper Wiśniewski", "utf-8")
    page = school / "output" / "classes" / "briefing-4-Ash.docx"
    page.parent.mkdir()
    page.write_text("Kacper Wiśniewski: sits at the front", "utf-8")
    (school / "cases" / ADA / "log.yaml").write_text("entries: []  # sat with Kacper Wiśniewski\n", "utf-8")
    before = {path.relative_to(school).as_posix() for path in school.rglob("*") if path.is_file()}

    ran = sendpack(school, *WORDS)
    assert ran.returncode == 0, ran.stderr
    announced, after = ran.stdout.split("What this does not reach:")
    announced = announced.split("named the child and was")[0]
    there = {path.relative_to(school).as_posix() for path in school.rglob("*") if path.is_file()}
    for gone in before - there:
        assert f"/{KACPER}/" in gone or f"{gone}: " in announced or gone.startswith("output/.cache"), gone
    assert "if it has not been sent, stop here" in announced and "afterwards: sendpack register" in announced
    assert f"{page.relative_to(school).as_posix()}: names the child; make it again" in announced
    left_over = [line.split(":")[0].strip() for line in after.splitlines() if "named" in line or "names" in line]
    assert left_over == ["cases/ada-brown/log.yaml", "output/_school/mine.txt", "elsewhere.csv"]
    assert (output / "import-2026-11-20.txt").read_text("utf-8") == "".join(mixed.splitlines(True)[:3])
    assert {"output/_school/nobody.csv", *left_over} <= there


STEPS = ["remove_tree", "_traces", "_caches", "_reports", "swept", "Receipt"]


@pytest.mark.whole
@pytest.mark.parametrize("step", STEPS)
def test_a_deletion_that_is_cut_off_is_gone_on_with(school: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    project = find_project(school)
    mark = reference(str(project.school_data["name"]), KACPER)
    decided = forgetting.decide(project, KACPER, mark, date(2026, 11, 23), None, "Asked for by the family")

    def cut(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(forgetting, step, cut)
    with pytest.raises(KeyboardInterrupt):
        forgetting.delete(project, decided)
    assert not list((school / "output" / "_school" / "receipts").glob("forgotten-*")), "the receipt comes last"
    ran = sendpack(school, *WORDS)
    assert ran.returncode == 0, ran.stderr
    assert "was cut off on 2026-11-23; this goes on with it" in ran.stdout
    assert left(school) == []
    [receipt] = (school / "output" / "_school" / "receipts").iterdir()
    assert json.loads(receipt.read_text("utf-8"))["files"] == decided.files


@pytest.mark.whole
def test_records_with_errors_are_forgotten_and_given_to_the_family(school: Path) -> None:
    pupil = school / "cases" / KACPER / "pupil.yaml"
    pupil.write_text(pupil.read_text("utf-8") + "\nupn: [not, closed\n", "utf-8")
    given = sendpack(school, "sar", KACPER, "--for", "other", "--to", "all.zip")
    assert given.returncode == 0, given.stderr
    assert f"cases/{KACPER}/pupil.yaml: has errors, so nobody looked through it" in given.stdout
    with zipfile.ZipFile(school / "all.zip") as archive:
        assert "records/pupil.yaml" in archive.namelist()
    (school / "all.zip").unlink()
    late = sendpack(school, *(word for word in WORDS if word != "--early"))
    assert late.returncode == 2 and "to be kept until" in late.stderr
    assert sendpack(school, *WORDS).returncode == 0
    assert [name for name in left(school) if name != "output/written.json"] == []


@pytest.mark.whole
def test_a_pupil_of_whom_nobody_knows_the_birth_is_deleted_only_early(school: Path) -> None:
    (school / "cases" / KACPER / "pupil.yaml").write_text("nothing: here\n", "utf-8")
    ran = sendpack(school, *(word for word in WORDS if word != "--early"))
    assert ran.returncode == 2 and "date of birth cannot be read" in ran.stderr


@pytest.mark.whole
def test_the_copy_for_the_family_tells_what_others_are_in_it(school: Path) -> None:
    log = school / "cases" / KACPER / "log.yaml"
    log.write_text(
        "entries:\n  - {date: 2026-10-01, what: Sat with A. Brown., kind: other, audience: [school]}\n", "utf-8"
    )
    said = sendpack(school, "sar", KACPER, "--for", "other", "--to", "all.zip").stdout
    assert f"cases/{KACPER}/log.yaml:2: names another pupil, Ada" in said
    assert f"cases/{KACPER}/log.yaml, line 2" in said and "kept from the family or the pupil" in said


@pytest.mark.whole
def test_a_build_at_work_and_a_deletion_wait_for_each_other(school: Path) -> None:
    with locked(school / "output"):
        ran = sendpack(school, *WORDS)
    assert ran.returncode == 2 and "Another sendpack is making documents" in ran.stderr
    assert (school / "cases" / KACPER).is_dir()


@pytest.mark.whole
def test_a_folder_that_is_a_link_goes_with_what_it_leads_to(
    school: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    there = tmp_path_factory.mktemp("net") / KACPER
    (school / "cases" / KACPER).rename(there)
    (school / "cases" / KACPER).symlink_to(there, target_is_directory=True)
    ran = sendpack(school, *WORDS)
    assert ran.returncode == 0 and f"is a link to {there}" in ran.stdout
    assert not there.exists() and left(school) == []


@pytest.mark.whole
def test_a_link_to_something_else_is_not_followed(school: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    there = tmp_path_factory.mktemp("home")
    (there / "holiday.jpg").write_text("x", "utf-8")
    (school / "cases" / "moved").symlink_to(there, target_is_directory=True)
    ran = sendpack(school, "forget", "moved", "--reason", "x", "--early", "--confirm", "moved")
    assert ran.returncode == 2 and "no pupil's folder" in ran.stderr and (there / "holiday.jpg").exists()
