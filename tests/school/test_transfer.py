"""A pupil's file sent on and received, given out and forgotten; a school year that rolls over. Nothing is lost."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from referencing import Registry, Resource

from generator.cases.case import Case
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.school.calendar.new_year import first_day, move
from generator.school.pupil_files.data_rights import keep_until, mentions
from generator.school.pupil_files.transfer import files_of
from tests.big_school import write_school
from tests.example_school import KACPER, ROOT, copy_school, sendpack

ADA = "ada-brown"
DAY = ("--on", "2026-11-23")


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sending school and the archive of Ada, with one document made."""
    school = copy_school(tmp_path_factory.mktemp("sender"), ADA)
    assert sendpack(school, "build", ADA, "--no-pdf", "--only", "support-plan").returncode == 0
    ran = sendpack(school, "send-on", ADA, "--to", "ada.zip", "--without-safeguarding", *DAY)
    assert ran.returncode == 0, ran.stderr
    return school, school / "ada.zip"


@pytest.mark.whole
def test_an_archive_holds_everything_and_is_the_same_each_time(sent: tuple[Path, Path]) -> None:
    school, archive = sent
    with zipfile.ZipFile(archive) as zipped:
        names = set(zipped.namelist())
        manifest = json.loads(zipped.read("manifest.json"))
        for file, content in files(school / "cases" / ADA).items():
            assert zipped.read(f"records/{file}") == content
    assert "documents/support-plan.docx" in names and "README.txt" in names
    assert set(manifest["files"]) == names - {"manifest.json"}
    first = archive.read_bytes()
    again = sendpack(school, "send-on", ADA, "--to", "ada.zip", "--without-safeguarding", *DAY)
    assert "kept" not in again.stdout and archive.read_bytes() == first


@pytest.mark.whole
def test_the_default_name_names_nobody(sent: tuple[Path, Path]) -> None:
    school, _ = sent
    sendpack(school, "send-on", ADA, "--without-safeguarding", *DAY)
    [made] = (school / "output" / "_school").glob("send-on-*.zip")
    assert "ada" not in made.name.lower() and "brown" not in made.name.lower()


@pytest.mark.whole
def test_the_json_fits_the_published_schemas(sent: tuple[Path, Path]) -> None:
    schemas = {p.name: json.loads(p.read_text("utf-8")) for p in (ROOT / "schemas").glob("*.schema.json")}
    registry: Registry[object] = Registry().with_resources(
        (name, Resource.from_contents(schema)) for name, schema in schemas.items()
    )
    checked = 0
    with zipfile.ZipFile(sent[1]) as zipped:
        for name in zipped.namelist():
            if name.startswith("data/"):
                inside = name.removeprefix("data/").removesuffix(".json")
                kind = {"cycles": "cycle", "meetings": "meeting"}.get(inside.split("/")[0], inside)
                schema = schemas[f"{kind}.schema.json"]
                validator = jsonschema.Draft202012Validator(schema, registry=registry)
                assert not list(validator.iter_errors(json.loads(zipped.read(name)))), name
                checked += 1
    assert checked > 10


@pytest.mark.whole
def test_the_next_school_gets_the_same_file(sent: tuple[Path, Path], tmp_path: Path) -> None:
    school, archive = sent
    receiver = write_school(tmp_path / "receiver", 1, 1)
    ran = sendpack(receiver, "receive", str(archive))
    assert ran.returncode == 0, ran.stderr
    received = files(receiver / "cases" / ADA)
    original = files(school / "cases" / ADA)
    assert {name: received[name] for name in original} == original
    assert received["earlier-school/support-plan.docx"] == (school / "output" / ADA / "support-plan.docx").read_bytes()
    # Staff whom the old cycles name are known here now, so that the file is right at once.
    loaded = load_case(find_project(receiver), ADA)
    assert loaded.case is not None and not loaded.broken, loaded.problems
    assert "Mrs Jahanara Begum of the earlier school was added" in ran.stdout
    again = sendpack(receiver, "receive", str(archive))
    assert again.returncode == 2 and "already a folder" in again.stderr


@pytest.mark.whole
def test_a_pupil_who_is_here_under_another_name_is_not_doubled(sent: tuple[Path, Path], tmp_path: Path) -> None:
    receiver = copy_school(tmp_path / "receiver", ADA)
    (receiver / "cases" / ADA).rename(receiver / "cases" / "a-brown")
    ran = sendpack(receiver, "receive", str(sent[1]))
    assert ran.returncode == 2 and "here already, in cases/a-brown" in ran.stderr


@pytest.mark.whole
@pytest.mark.parametrize("harm", ["changed", "added", "missing", "outside", "cut", "other"])
def test_a_damaged_archive_is_refused_and_nothing_written(sent: tuple[Path, Path], tmp_path: Path, harm: str) -> None:
    receiver = write_school(tmp_path / "receiver", 1, 1)
    bad = tmp_path / "bad.zip"
    if harm in ("cut", "other"):
        bad.write_bytes(sent[1].read_bytes()[:5000] if harm == "cut" else b"no archive")
    else:
        with zipfile.ZipFile(sent[1]) as old, zipfile.ZipFile(bad, "w") as new:
            for name in old.namelist():
                body = old.read(name)
                if harm == "missing" and name == "records/plan.yaml":
                    continue
                new.writestr(name, body + b"#" if harm == "changed" and name == "records/plan.yaml" else body)
            if harm in ("added", "outside"):
                new.writestr("records/more.yaml" if harm == "added" else "records/../../x", "x")
    before = files(receiver)
    ran = sendpack(receiver, "receive", str(bad))
    assert ran.returncode == 2 and "Ask for it again" in ran.stderr
    assert files(receiver) == before


@pytest.mark.whole
def test_safeguarding_evidence_waits_for_a_decision(tmp_path: Path) -> None:
    school = write_school(tmp_path / "school", 1, 1)
    home = school / "cases" / "pupil-0000"
    (home / "evidence").mkdir()
    (home / "evidence" / "note.pdf").write_bytes(b"%PDF-1.4 note")
    item = "{id: note, title: Note, file: note.pdf, kind: other, author: A, date: 2026-01-31, shows: x,"
    (home / "evidence.yaml").write_text(f"items:\n  - {item} sensitivity: safeguarding}}\n", "utf-8")
    asked = sendpack(school, "send-on", "pupil-0000", "--to", "x.zip")
    assert asked.returncode == 2 and "safeguarding" in asked.stderr and not (school / "x.zip").exists()
    without = sendpack(school, "send-on", "pupil-0000", "--to", "x.zip", "--without-safeguarding")
    assert "left out: evidence/note.pdf" in without.stdout
    with zipfile.ZipFile(school / "x.zip") as zipped:
        assert "records/evidence/note.pdf" not in zipped.namelist()
    sendpack(school, "send-on", "pupil-0000", "--to", "y.zip", "--with-safeguarding")
    with zipfile.ZipFile(school / "y.zip") as zipped:
        assert "records/evidence/note.pdf" in zipped.namelist()


# -- a family's rights ------------------------------------------------------------------------------------------------


def case_of(folder: Path, name: str) -> Case:
    case = load_case(find_project(folder), name).case
    assert case is not None
    return case


@pytest.mark.whole
def test_everything_held_is_gathered_with_what_to_look_at(tmp_path: Path) -> None:
    school = copy_school(tmp_path, ADA, KACPER)
    log = school / "cases" / KACPER / "log.yaml"
    log.write_text("entries:\n  - {date: 2026-10-01, what: Sat with Ada Brown., kind: other}\n", "utf-8")
    ran = sendpack(school, "sar", ADA, "--for", "other", "--to", "ada.zip", *DAY)
    assert ran.returncode == 0, ran.stderr
    with zipfile.ZipFile(school / "ada.zip") as zipped:
        names = zipped.namelist()
        index = zipped.read("index.txt").decode()
    assert {f"records/{name}" for name in files(school / "cases" / ADA)} <= set(names)
    assert f"cases/{KACPER}/log.yaml:2: named there" in index and index == ran.stdout.partition("written.\n")[2]
    assert "other people's data (household" in index


@pytest.mark.whole
@pytest.mark.parametrize(
    ("born", "plan", "until"),
    [
        ("2018-05-14", False, date(2043, 5, 14)),
        ("2018-05-14", True, date(2049, 5, 14)),
        ("2012-02-29", False, date(2037, 3, 1)),
    ],
)
def test_a_file_is_kept_for_25_or_31_years(tmp_path: Path, born: str, plan: bool, until: date) -> None:
    school = write_school(tmp_path / "school", 1, 1)
    file = school / "cases" / "pupil-0000" / "pupil.yaml"
    text = file.read_text("utf-8").replace("date_of_birth: 2021-03-01", f"date_of_birth: {born}")
    file.write_text(text if plan else text.replace("status: E", "status: K"), "utf-8")
    assert keep_until(case_of(school, "pupil-0000")) == until
    ran = sendpack(school, "retention", "--on", until.isoformat())
    assert "its time has come" in ran.stdout


@pytest.mark.whole
def test_forgetting_asks_twice_and_leaves_a_receipt(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER, ADA)
    assert sendpack(school, "build", KACPER, "--no-pdf", "--only", "support-plan").returncode == 0
    before = files(school)
    words = ("forget", KACPER, "--reason", "Asked for by the family")
    early = sendpack(school, *words, "--confirm", KACPER)
    assert early.returncode == 2 and "to be kept until" in early.stderr
    wrong = sendpack(school, *words, "--early", "--confirm", "kacper")
    assert wrong.returncode == 2 and "Nothing was deleted" in wrong.stderr
    assert files(school) == before
    ran = sendpack(school, *words, "--early", "--confirm", KACPER, *DAY)
    assert ran.returncode == 0, ran.stderr
    assert not (school / "cases" / KACPER).exists() and not (school / "output" / KACPER).exists()
    gone = [name for name in before if f"/{KACPER}/" in f"/{name}"]
    [receipt] = (school / "output" / "_school" / "receipts").iterdir()
    told = json.loads(receipt.read_text("utf-8"))
    assert told["files"] == len(gone) and told["reason"] == "Asked for by the family"
    assert "acper" not in receipt.name + receipt.read_text("utf-8")
    # Everything else is as it was.
    after = files(school)
    kept = [name for name in before if name not in gone and not name.startswith("output/.cache/")]
    assert {name: before[name] for name in kept} == {name: after[name] for name in kept}
    # Nor does anything that the build remembers still name the child.
    assert not [name for name, content in after.items() if name.startswith("output/") and KACPER.encode() in content]
    assert not [path for path in (school / "cases").iterdir() if path.name.startswith(".")]


@pytest.mark.whole
def test_mentions_are_whole_names_only(tmp_path: Path) -> None:
    school = copy_school(tmp_path, ADA, KACPER)
    (school / "cases" / KACPER / "log.yaml").write_text(
        "entries:\n  - {date: 2026-10-01, what: The Ada Brownlow prize., kind: other}\n", "utf-8"
    )
    assert not [line for line in mentions(find_project(school), case_of(school, ADA)) if "log.yaml" in line]


@pytest.mark.whole
def test_a_record_is_exported_as_json(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER)
    ran = sendpack(school, "export", KACPER, "cycles/2026-autumn")
    assert json.loads(ran.stdout)["number"] == 1
    wrong = sendpack(school, "export", KACPER, "request")
    assert wrong.returncode == 2 and "There are: cycles/2026-autumn" in wrong.stderr


# -- a new school year ------------------------------------------------------------------------------------------------


@pytest.mark.whole
def test_the_year_rolls_over_once(tmp_path: Path) -> None:
    school = write_school(tmp_path / "school", 12, 3)
    settings = school / "cases" / "school.yaml"
    settings.write_text(settings.read_text("utf-8") + "phase: primary\n", "utf-8")
    before = files(school / "cases")
    words = ("new-year", "--on", "2027-07-15", "--stay", "pupil-0002")
    looked = sendpack(school, *words)
    assert looked.returncode == 0, looked.stderr
    assert files(school / "cases") == before
    ran = sendpack(school, *words, "--apply")
    after = files(school / "cases")
    assert set(before) == set(after)
    for name, content in before.items():
        year = int(content.split(b"year_group: ")[1].split()[0]) if name.endswith("pupil.yaml") else 0
        moves = 0 < year < 6 and not name.startswith("pupil-0002/")
        wanted = content.replace(b"year_group: %d\n" % year, b"year_group: %d\n" % (year + 1)) if moves else content
        history = re.compile(rb"\nclass_history:\n(?:  - .*\n(?:    .*\n)*)+")
        assert history.sub(b"\n", after[name]).replace(b"\n\n", b"\n") == wanted.replace(b"\n\n", b"\n"), name
        assert bool(history.search(after[name])) == moves, "the class that is left is kept"
    assert "leaves after Year 6: sendpack send-on pupil-0005" in ran.stdout
    assert "add them, and the days it is closed" in ran.stdout
    assert "look at: Cara Abbott2 stays down" in ran.stdout
    again = sendpack(school, *words, "--apply")
    assert "0 pupils moved up" in again.stdout and files(school / "cases") == after


def test_a_child_out_of_cohort_is_left_to_a_human(tmp_path: Path) -> None:
    school = write_school(tmp_path / "school", 1, 1)
    file = school / "cases" / "pupil-0000" / "pupil.yaml"
    file.write_text(file.read_text("utf-8").replace("year_group: 1", "year_group: 2"), "utf-8")
    case = case_of(school, "pupil-0000")
    assert move(case, date(2026, 9, 1), 6).note.endswith("decide by hand")
    assert move(case, date(2027, 9, 1), 6).note == ""


@pytest.mark.parametrize(
    ("on", "year"),
    [(date(2027, 7, 15), date(2027, 9, 1)), (date(2027, 9, 3), date(2027, 9, 1)), (date(2028, 1, 5), date(2027, 9, 1))],
)
def test_the_year_to_move_to(on: date, year: date) -> None:
    assert first_day(on) == year


@pytest.mark.whole
def test_nothing_is_left_when_unpacking_fails(sent: tuple[Path, Path], tmp_path: Path) -> None:
    receiver = write_school(tmp_path / "receiver", 1, 1)
    shutil.copy(sent[1], tmp_path / "a.zip")
    assert sendpack(receiver, "receive", str(tmp_path / "a.zip")).returncode == 0
    assert not [path for path in (receiver / "cases").iterdir() if path.name.startswith(".")]


def test_what_programs_leave_in_a_folder_is_not_sent_on(tmp_path: Path) -> None:
    for name in ("profile.docx", "~$rofile.docx", ".DS_Store", "Thumbs.db", "desktop.ini"):
        (tmp_path / name).write_bytes(b"x")
    assert [path.name for path in files_of(tmp_path)] == ["profile.docx"]
