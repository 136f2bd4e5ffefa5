"""Lists and transfer files that are damaged, far too large, or say what no file says: a sentence, never our mistake."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from pathlib import Path

import pytest

from generator.cli.main import sendpack
from generator.problems import Stop, WrongUse
from generator.school.imports.ctf import read_ctf
from generator.school.imports.lists.export_file import read_sheets
from tests.big_school import ON, write_school
from tests.damage import damaged
from tests.school import pupil_lists

CTF = Path(__file__).parents[1] / "exports" / "9994001_CTF_9994002_001.xml"
WORKBOOK = pupil_lists.workbook(("Pupils", [pupil_lists.SIMS, *pupil_lists.SIMS_ROWS]))
ROWS = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in pupil_lists.SIMS_ROWS)
LISTS = {
    "arbor.csv": pupil_lists.arbor().encode(),
    "sims.csv": pupil_lists.sims().encode("cp1252", "replace"),
    "utf16.csv": pupil_lists.arbor().encode("utf-16"),
    "page.xls": f"<html><table><tr><th>Surname</th></tr>{ROWS}</table></html>".encode(),
    "ctf.xml": CTF.read_bytes(),
}


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_school(tmp_path_factory.mktemp("school"), 1, 1)


def run_import(school: Path, file: Path) -> None:
    """The import, in this process; whatever is not a sentence is raised."""
    words = ["-C", str(school), "import", str(file), "--create", "--everyone", "--since", "01/09/2026"]
    quiet = io.StringIO()
    with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet), contextlib.suppress(Stop):
        sendpack.main([*words, "--on", f"{ON:%d/%m/%Y}"], standalone_mode=False)


@pytest.mark.whole
@pytest.mark.parametrize("name", LISTS)
def test_a_damaged_list_gives_a_sentence(school: Path, tmp_path: Path, name: str) -> None:
    for content in damaged(LISTS[name], 40, 1):
        (tmp_path / name).write_bytes(content)
        run_import(school, tmp_path / name)


@pytest.mark.whole
def test_a_damaged_workbook_gives_a_sentence(tmp_path: Path) -> None:
    """Some of them end the reader in a way that no program can catch: it is a process of its own."""
    for content in damaged(WORKBOOK, 12, 2):
        (tmp_path / "list.xlsx").write_bytes(content)
        with contextlib.suppress(WrongUse):
            read_sheets(tmp_path / "list.xlsx")


def with_sheet(xml: str) -> bytes:
    """A workbook with another first sheet."""
    new = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as old, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name in old.namelist():
            zipped.writestr(name, xml if name.endswith("sheet1.xml") else old.read(name))
    return new.getvalue()


@pytest.mark.whole
def test_a_workbook_of_a_billion_cells_is_refused(tmp_path: Path) -> None:
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    (tmp_path / "far.xlsx").write_bytes(with_sheet(f"{head}{far}</sheetData></worksheet>"))
    with pytest.raises(WrongUse, match=r"far\.xlsx (is too large|is no workbook)"):
        read_sheets(tmp_path / "far.xlsx")


GREEDY = {
    "columns.csv": "a," * 100_000 + "\n" + "1," * 100_000,
    "quotes.csv": '"' * 300_000,
    "long.csv": "a,b\n" + "x" * 900_000 + ",1\n",
    "nul.csv": "a\x00,b\n1,2\n",
    "span.xls": "<table><tr><td colspan=999999999>a</td></tr></table>",
    "index.xls": '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Row><Cell ss:Index="999999999"/>'
    '<Cell ss:MergeAcross="-x"/></Row></Worksheet></Workbook>',
    "empty.xls": "<html>\x01</html>",
}


@pytest.mark.parametrize("name", GREEDY)
def test_a_list_that_asks_for_too_much_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(GREEDY[name], "utf-8")
    with pytest.raises(WrongUse, match=name):
        read_sheets(tmp_path / name)


@pytest.mark.whole
@pytest.mark.parametrize("value", ["99999", "0", "9" * 60, "²", "١٩٩٩", "x" * 300, "2026-13-45", "0001-01-01", ""])
@pytest.mark.parametrize("element", ["Year", "StartDate", "SessionsAttended", "DOB", "SENtypeRank", "ResultDate"])
def test_a_transfer_file_with_an_impossible_value_gives_a_sentence(
    school: Path, tmp_path: Path, element: str, value: str
) -> None:
    text = re.sub(f"<{element}>[^<]*</{element}>", f"<{element}>{value}</{element}>", CTF.read_text("utf-8"))
    (tmp_path / "c.xml").write_text(text, "utf-8")
    run_import(school, tmp_path / "c.xml")


def test_a_day_of_the_history_that_is_none_is_told(tmp_path: Path) -> None:
    text = CTF.read_text("utf-8")
    assert "<StartDate>" in text
    (tmp_path / "c.xml").write_text(text.replace("<StartDate>2", "<StartDate>9992", 1), "utf-8")
    assert any("is no date" in fault for one in read_ctf(tmp_path / "c.xml") for fault in one.faults)
