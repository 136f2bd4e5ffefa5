"""Two people who add something at the same time: both things are there, and the same thing only once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.folder.changing import add_evidence, changes_made, edit_record
from generator.folder.changing.add_evidence import add_entry, add_file
from generator.folder.changing.edit_record import ChangedMeanwhile, add_row
from generator.folder.school_folder import Project, find_project
from generator.problems import WrongUse
from tests.example_school import copy_school

ADA = "ada-brown"
LOG = f"cases/{ADA}/log.yaml"
ROW = {"date": "20 November 2026", "what": "Ours.", "kind": "other"}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A school with one pupil."""
    return find_project(copy_school(tmp_path, ADA))


def added_by_somebody(project: Project) -> None:
    """Another row at the end of the log, written with another program."""
    with (project.root / LOG).open("a", encoding="utf-8") as file:
        file.write("  - {date: 19 November 2026, what: Theirs., kind: other}\n")


def others_write(project: Project, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Somebody adds to the log just after it was opened, the first times that it is."""
    opened, left = edit_record.open_record, iter(range(times))

    def quicker(*given: Any) -> Any:
        record = opened(*given)
        if next(left, None) is not None:
            added_by_somebody(project)
        return record

    monkeypatch.setattr(edit_record, "open_record", quicker)


def test_a_row_goes_behind_what_is_written_while_it_is_added(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    others_write(project, monkeypatch, 1)
    add_row(project, LOG, "entries", ROW)
    text = (project.root / LOG).read_text("utf-8")
    assert text.index("Theirs.") < text.index("Ours.")


def test_where_others_write_without_end_the_row_is_not_forced_in(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    others_write(project, monkeypatch, 99)
    with pytest.raises(ChangedMeanwhile):
        add_row(project, LOG, "entries", ROW)
    assert "Ours." not in (project.root / LOG).read_text("utf-8")


def taken_in(project: Project, name: str, *contents: bytes) -> list[str]:
    """What comes of files that are all taken in at once."""

    def one(content: bytes) -> str:
        try:
            return add_file(project, ADA, name, content)
        except WrongUse as stop:
            return stop.message

    with ThreadPoolExecutor(len(contents)) as pool:
        return list(pool.map(one, contents))


def test_files_of_one_name_taken_in_at_once_are_all_there(project: Project) -> None:
    contents = [f"%PDF-1.4 {number}".encode() for number in range(4)]
    names = taken_in(project, "Our report.pdf", *contents)
    folder = project.cases / ADA / "evidence"
    assert sorted(names) == ["our-report-2.pdf", "our-report-3.pdf", "our-report-4.pdf", "our-report.pdf"]
    assert [(folder / name).read_bytes() for name in names] == contents


def test_one_file_taken_in_twice_at_once_is_there_once(project: Project) -> None:
    said = taken_in(project, "Our report.pdf", *[b"%PDF-1.4 same"] * 4)
    assert sum("is there already, as our-report.pdf" in one for one in said) == 3
    assert len(list((project.cases / ADA / "evidence").glob("our-report*"))) == 1


def test_who_comes_second_waits_for_whoever_saves(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    held = iter([False] * 1000)
    monkeypatch.setattr(changes_made, "take", lambda _number: next(held, True))
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    assert add_file(project, ADA, "Our report.pdf", b"%PDF-1.4") == "our-report.pdf"


def test_only_files_of_its_size_are_read_to_find_the_same(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = project.cases / ADA / "evidence" / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4" * 1000)
    read, opened = Path.read_bytes, list[Path]()

    def noted(path: Path) -> bytes:
        opened.append(path)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", noted)
    add_file(project, ADA, "Our report.pdf", b"%PDF-1.4")
    assert scan not in opened


def test_the_first_two_entries_described_at_once_both_stay(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    path = project.cases / ADA / "evidence.yaml"
    path.unlink()
    row = {"id": "ours", "file": "a.pdf", "title": "Ours", "kind": "letter", "author": "A", "date": "1 May 2026",
           "shows": "It."}  # fmt: skip
    drafted = add_evidence.skeleton

    def quicker(*given: Any) -> str:
        path.write_text("items:\n  - {id: theirs, file: b.pdf, title: Theirs}\n", "utf-8")
        return drafted(*given)

    monkeypatch.setattr(add_evidence, "skeleton", quicker)
    add_entry(project, ADA, row, date(2026, 11, 30))
    assert all(word in path.read_text("utf-8") for word in ("Theirs", "Ours"))


@pytest.mark.parametrize(
    "half", [".letter.pdf.12-34.new", "..letter.pdf.12-34.new.12-34.part", ".letter.pdf.12-34.part"]
)
def test_what_was_left_of_a_killed_run_is_not_the_file_itself(project: Project, half: str) -> None:
    folder = project.cases / ADA / "evidence"
    (folder / half).write_bytes(b"%PDF-1.4 as it came")
    assert add_file(project, ADA, "Letter.pdf", b"%PDF-1.4 as it came") == "letter.pdf"
    assert (folder / "letter.pdf").read_bytes() == b"%PDF-1.4 as it came"
    with pytest.raises(WrongUse, match=r"there already, as letter\.pdf"):
        add_file(project, ADA, "Letter.pdf", b"%PDF-1.4 as it came")


@pytest.mark.parametrize("name", ["fake.pdf", "fake.docx", "fake.jpg"])
def test_what_is_no_evidence_whatever_its_name_is_not_taken_in(project: Project, name: str) -> None:
    with pytest.raises(WrongUse) as stopped:
        add_file(project, ADA, name, b"Dear colleague, this is plain text.")
    assert stopped.value.message == (
        f"{name} is no PDF, Word file or picture, so a bundle cannot take it in. It was not added."
    )
    assert not (project.cases / ADA / "evidence" / name).exists()
