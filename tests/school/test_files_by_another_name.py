"""Files that are not what their name says: told by what they are, before anything is read out of them."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from generator.cli.main import COMMANDS
from generator.files.user_files import hand_over
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.problems import WrongUse
from generator.school.imports.lists.column_words import near
from generator.school.imports.lists.export_file import read_sheets
from generator.school.imports.lists.spreadsheet_columns import read_lists
from tests.example_school import copy_school, sendpack
from tests.rule_examples import ROOT
from tests.school.import_outcome import HEADS, row
from tests.school.pupil_lists import workbook

LOCKED = Path(__file__).parents[1] / "data" / "locked-list.xlsx"
"""A list of an invented pupil that was really encrypted, as Excel does it; the password is of no use to anybody."""


def test_a_text_that_calls_itself_a_workbook_is_told(tmp_path: Path) -> None:
    file = tmp_path / "letter.xlsx"
    file.write_text("# To the parents\n\nDear Mrs Hill, thank you\n", "utf-8")
    with pytest.raises(WrongUse, match="letter.xlsx is called .xlsx, and is no workbook".replace(".", "[.]")):
        read_lists(file, {})
    file.write_text(f"{HEADS}\n{row(1)}", "utf-8")
    assert len(read_lists(file, {}).rows) == 1, "systems call text files .xls, and these are read"


@pytest.mark.whole
def test_a_list_that_calls_itself_a_letter_is_read_and_told(tmp_path: Path) -> None:
    file = tmp_path / "letter.docx"
    file.write_bytes(workbook(("List", [HEADS.split(","), ["X", "Hill", "Ben", "14/05/2018", "4", "K"]])))
    found = read_lists(file, {})
    assert len(found.rows) == 1 and found.notes == ["letter.docx is called .docx, and is a list: it was read as one"]


@pytest.mark.whole
def test_a_word_file_a_binary_workbook_and_one_with_a_password_are_called_by_their_names(tmp_path: Path) -> None:
    word = tmp_path / "list.xlsx"
    word.write_bytes((ROOT / "templates" / "standard" / "register.docx").read_bytes())
    with pytest.raises(WrongUse, match=re.escape("list.xlsx is a Word file")):
        read_sheets(word)
    with pytest.raises(WrongUse, match=re.escape("locked-list.xlsx has a password")):
        read_sheets(LOCKED)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.bin", b"\x83\x01\x00")
    binary = tmp_path / "list.xlsb"
    binary.write_bytes(packed.getvalue())
    with pytest.raises(WrongUse, match=re.escape("list.xlsb is no binary workbook that can be read")) as stop:
        read_sheets(binary)
    assert "save it as .xlsx or CSV" in stop.value.advice


@pytest.mark.whole
def test_a_workbook_that_holds_a_word_file_is_a_list(tmp_path: Path) -> None:
    list_of_pupils = workbook(("List", [HEADS.split(","), ["X", "Hill", "Ben", "14/05/2018", "4", "K"]]))
    packed = io.BytesIO(list_of_pupils)
    with zipfile.ZipFile(packed, "a") as archive:
        letter = (ROOT / "templates" / "standard" / "register.docx").read_bytes()
        archive.writestr("xl/embeddings/Microsoft_Word_Document.docx", letter)
    file = tmp_path / "list.xlsx"
    file.write_bytes(packed.getvalue())
    assert b"word/document.xml" in packed.getvalue()
    assert len(read_lists(file, {}).rows) == 1


def test_a_parents_columns_are_among_the_fields_there_are() -> None:
    assert (
        "contact 1: name" in near("nothing like it at all")
        and near("contact 1: naem") == "Did you mean contact 1: name?"
    )


@pytest.mark.whole
def test_check_tells_evidence_that_no_bundle_takes_in(tmp_path: Path) -> None:
    project = find_project(copy_school(tmp_path, "ada-brown"))
    case = load_case(project, "ada-brown").case
    assert case is not None
    name = str(case.data("evidence")["items"][0]["file"])
    (project.cases / "ada-brown" / "evidence" / name).write_text("Dear colleague", "utf-8")
    [told] = [p for p in load_case(project, "ada-brown").problems if p.rule == "file-kind"]
    assert told.blocks and told.message.startswith(f"`{name}` is no PDF, Word file or picture")


@pytest.mark.whole
def test_a_slip_in_a_command_is_told_with_what_was_meant(tmp_path: Path) -> None:
    school = copy_school(tmp_path, "ada-brown")
    told = sendpack(school, "new", "pupil", "Test", "Child", "--born", "14/05/2018")
    assert told.returncode == 2 and "several words in quotes: “First Last”" in told.stderr
    told = sendpack(school, "letter", "ada-brown")
    assert told.returncode == 2 and "made from the records: sendpack build" in told.stderr
    whole = sendpack(school, "--help", COLUMNS="80").stdout
    said = " ".join(whole.split())
    assert all(len(line) <= 80 for line in whole.splitlines())
    for command in COMMANDS:
        assert command.get_short_help_str(10_000) in said, command.name


@pytest.mark.parametrize("name", ["aux.xlsx", "CON", "nul.csv", "com1.pdf", "a:b.xlsx"])
def test_a_file_is_not_written_under_a_name_that_windows_keeps_for_itself(tmp_path: Path, name: str) -> None:
    """Under such a name Windows opens a device: whoever reads it to see what is there waits for ever."""
    with pytest.raises(WrongUse, match="Windows"):
        hand_over(tmp_path, tmp_path / name, b"x")
    assert list(tmp_path.iterdir()) == []
    assert hand_over(tmp_path, tmp_path / "auxiliary.xlsx", b"x") == ""
