"""Names that a system refuses or takes for another's, pipes, folders without rights: a line for that pupil, no more."""

from __future__ import annotations

import errno
import os
import sys
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from generator.cli.errors import exit_code
from generator.folder import folder_listing
from generator.folder.create import new_pupil
from generator.folder.load_case import load_case
from generator.folder.school_folder import Project, choose_cases, find_project
from generator.problems import Exit, WrongUse
from generator.school.check_school import check_school
from generator.values.file_names import alike, cannot_be_kept, slug
from tests.big_school import ON, write_school
from tests.example_school import sendpack

BORN = date(2018, 5, 14)
NFD = unicodedata.normalize("NFD", "zoë")


@pytest.fixture
def school(tmp_path: Path) -> Project:
    return find_project(write_school(tmp_path, 2, 2))


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("李 小龍", "li-xiaolong"), ("Ольга Жукова", "olga-zhukova"), ("محمد علي", "mhmd-ly"), ("김 민수", "gim-minsu"),
        ("Nguyễn Thị Hồng", "nguyen-thi-hong"), ("Łukasz Ødegård", "lukasz-odegard"), ("Con", "con-1"),
        ("AUX", "aux-1"),
        ("Lpt9", "lpt9-1"), ("a:b", "a-b"), ("aux.", "aux-1"), ("Zoë O’Brien-Šmidt", "zoe-obrien-smidt"), ("…", ""),
        ("Ali\u200b Khan", "ali-khan"), ("ﬁn ＡＤＡ", "fin-ada"),
    ],
)  # fmt: skip
def test_a_name_of_any_script_gives_a_folder_that_every_system_keeps(name: str, folder: str) -> None:
    assert slug(name) == folder
    assert not folder or (folder.isascii() and not cannot_be_kept(folder))


def test_pupils_without_latin_letters_get_folders_of_their_own(school: Project) -> None:
    assert new_pupil(school, "李 小龍", BORN, ON) == ["cases/li-xiaolong/pupil.yaml"]
    assert new_pupil(school, "王 小明", BORN, ON) == ["cases/wang-xiaoming/pupil.yaml"]
    assert new_pupil(school, "… —", BORN, ON) == ["cases/pupil/pupil.yaml"]
    with pytest.raises(WrongUse, match="already a pupil in cases/li-xiaolong"):
        new_pupil(school, "李 小龍", BORN, ON)


def test_a_folder_in_other_capitals_is_the_same_pupil(school: Project) -> None:
    (school.cases / "Ada-Brown").mkdir()
    (school.cases / "Ada-Brown" / "pupil.yaml").write_text("forenames: Ada\n", "utf-8")
    with pytest.raises(WrongUse, match="already a pupil in cases/Ada-Brown"):
        new_pupil(school, "Ada Brown", BORN, ON)


@pytest.mark.parametrize(
    "name",
    ["CON", "con.yaml", "aux.", "Aux.2026.pdf", "COM1.txt", "lpt¹", "a:b", "what?.pdf", "x*y", 'say "a".pdf', "end ",
     "end.", "a|b", "a<b", "a\\b", "tab\t.pdf", "\udcff.pdf", "x" * 240, "é" * 120, "nul .txt"],
)  # fmt: skip
def test_a_name_that_some_system_refuses_is_told(name: str) -> None:
    assert cannot_be_kept(name)


@pytest.mark.parametrize(
    "name", ["console.pdf", "auxiliary.yaml", "Zoë – report (2).pdf", "com10.txt", "x" * 235, "李.pdf"]
)
def test_a_name_that_every_system_keeps_is_let_be(name: str) -> None:
    assert not cannot_be_kept(name)


def test_names_in_a_pupils_folder_are_told_and_cost_nothing(school: Project) -> None:
    home = school.cases / "pupil-0000"
    (home / "evidence").mkdir()
    for name in ("aux.pdf", "Report.pdf", "report.pdf", f"{NFD}.pdf", "zoë.pdf"):
        (home / "evidence" / name).write_bytes(b"%PDF-1.4")
    loaded = load_case(school, "pupil-0000")
    told = {p.path.rpartition("/")[2] for p in loaded.problems if p.rule == folder_listing.NAME}
    assert told == {"aux.pdf", "report.pdf", "zoë.pdf"} or told == {"aux.pdf", "report.pdf", f"{NFD}.pdf"}
    assert loaded.case is not None


def test_folders_that_are_one_on_some_systems_are_told(school: Project) -> None:
    (school.cases / "pupil-0000").rename(school.cases / "zoë")
    (school.cases / "pupil-0001").rename(school.cases / NFD)
    parts = check_school(school, ["zoë", NFD], ON)
    assert any("one name on Windows and Mac" in problem.message for problem in parts[0].problems)


def test_a_pupil_is_found_however_the_letters_are_put_together(school: Project) -> None:
    (school.cases / "pupil-0000").rename(school.cases / NFD)
    assert choose_cases(school, ["zoë"]) == [NFD]
    assert choose_cases(school, ["PUPIL-0001"]) == ["pupil-0001"]
    assert alike("ZOË") == alike(NFD)


@pytest.mark.parametrize("typed", ["jack", "Jack", "jack-smyth"])
def test_all_of_one_name_are_offered(school: Project, typed: str) -> None:
    (school.cases / "pupil-0000").rename(school.cases / "jack-smith")
    (school.cases / "pupil-0001").rename(school.cases / "jack-smith-2")
    with pytest.raises(WrongUse) as refused:
        choose_cases(school, [typed])
    assert refused.value.advice == "Did you mean jack-smith or jack-smith-2?"


@pytest.mark.whole
@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders there")
@pytest.mark.parametrize("place", ["pupil.yaml", "plan.yaml", "evidence/report.pdf", "note"])
def test_a_pipe_costs_that_pupil_a_line(school: Project, place: str) -> None:
    file = school.cases / "pupil-0000" / place
    file.unlink(missing_ok=True)
    file.parent.mkdir(exist_ok=True)
    os.mkfifo(file)
    done = sendpack(school.root, "check", "--on", f"{ON:%d/%m/%Y}")
    assert done.returncode == 1 and f"cases/pupil-0000/{place}" in done.stdout and "pipe" in done.stdout
    assert "Checked 2 pupils" in done.stdout
    assert sendpack(school.root, "register").returncode == 1


@pytest.mark.whole
@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders there")
@pytest.mark.parametrize("words", ["import", "receive", "template style --logo", "form learn --for standard"])
def test_a_command_does_not_wait_at_a_pipe(school: Project, words: str) -> None:
    os.mkfifo(school.root / "pipe")
    done = sendpack(school.root, *words.split(), "pipe")
    assert done.returncode == 2 and "pipe is a pipe or a device, and no file" in done.stderr


@pytest.mark.parametrize("place", ["", "cycles", "evidence"])
def test_a_folder_without_rights_costs_that_pupil_a_line(
    school: Project, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rights are of no account to root, so the system's answer is given by hand."""
    home = school.cases / "pupil-0000"
    (home / "evidence").mkdir()
    real = os.walk

    def walk(top: Path, onerror: object = None, **more: object) -> Iterator[tuple[str, list[str], list[str]]]:
        for found in real(top, **more):  # type: ignore[call-overload]
            if Path(found[0]) == home / place:
                onerror(PermissionError(13, "Permission denied", found[0]))  # type: ignore[operator]
            else:
                yield found

    monkeypatch.setattr(folder_listing.os, "walk", walk)
    loaded = load_case(school, "pupil-0000")
    assert loaded.case is None
    (problem,) = loaded.problems
    assert problem.path == f"cases/pupil-0000{f'/{place}' if place else ''}" and "permission denied" in problem.message
    assert load_case(school, "pupil-0001").case is not None


@pytest.mark.whole
@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep no such names")
def test_a_folder_whose_name_is_no_text_costs_that_pupil_a_line(school: Project) -> None:
    (school.cases / "pupil-0000").rename(os.fsdecode(os.fsencode(school.cases) + b"/p\xff"))
    for words in (["check"], ["register"], ["build", "--no-pdf"], ["check", "--json"]):
        done = sendpack(school.root, *words)
        assert done.returncode in (1, 4) and "our mistake" not in done.stderr, done.stderr
    assert "bytes that are no letters" in sendpack(school.root, "check").stdout


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EIO, errno.ENOSPC, errno.EROFS])
def test_what_the_disk_refuses_is_told_in_a_sentence(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    def run() -> None:
        raise OSError(number, os.strerror(number), "/somewhere/cases/a/log.yaml")

    assert exit_code(run) not in (0, Exit.OUR_BUG)
    said = " ".join(capsys.readouterr().err.split())  # lines end at 80 columns
    assert "/somewhere/cases/a" in said and os.strerror(number).lower() in said and "mistake" not in said
