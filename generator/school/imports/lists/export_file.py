"""The files that schools' systems give out, whatever they call themselves, read into sheets of text.

What a file is decides its content, not its name: systems call web pages and text files .xls. Dates of a workbook become
2018-05-14; everything else stays as it is written.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lxml import etree

from generator.files.workbooks import NotAWorkbook, workbook_sheets
from generator.problems import WrongUse, in_one_line, without_steering
from generator.school.tables.table import FORMULA_START

MAX_BYTES = 50_000_000
MAX_COLUMNS = 2_000
_AGAIN = "Export it again as CSV or Excel, with the columns that you need."

_SPREADSHEET_ML = "{urn:schemas-microsoft-com:office:spreadsheet}"
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_NUMBER_WITH_LETTER = re.compile(r"[A-Za-z]?[0-9]+[A-Za-z]?")
_FORMULA_TEXT = re.compile(r'="(.*)"', re.DOTALL)
"""How systems keep Excel from turning a number into another: ="0123"."""


@dataclass(frozen=True)
class ExportSheet:
    """One sheet: its name (empty for a file that has only one), whether it is hidden, and its lines of cells."""

    name: str
    lines: list[list[str]]
    hidden: bool = False
    from_1904: bool = False
    notes: tuple[str, ...] = ()
    """What a person should know of the sheet, such as rows that a filter hides."""


def read_sheets(path: Path) -> list[ExportSheet]:
    """The sheets of a CSV file, an Excel or OpenDocument workbook, or a web page that calls itself one.

    Raises WrongUse when the file cannot be opened, is too large, is empty or is none of these.
    """
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise WrongUse(f"{path} cannot be opened ({(error.strerror or str(error)).lower()}).") from None
    if size > MAX_BYTES:
        raise WrongUse(f"{path.name} is too large to be a list of pupils ({size // 1_000_000} MB).")
    try:
        found = _sheets(path, content)
    except (csv.Error, ValueError, LookupError, etree.LxmlError) as error:
        said = in_one_line(error)[:100] or type(error).__name__
        raise WrongUse(f"{path.name} cannot be read as a list ({said}).", _AGAIN) from None
    if (columns := max((widest(one.lines) for one in found), default=0)) > MAX_COLUMNS:
        raise WrongUse(f"{path.name} has {columns:,} columns, more than any list of pupils.", _AGAIN)
    sheets = [replace(one, lines=[[_plain(cell) for cell in line] for line in one.lines]) for one in found]
    if not any(any(line) for sheet in sheets for line in sheet.lines):
        raise WrongUse(f"{path.name} is empty.", "Export it again, with a line of headings.")
    return sheets


def _sheets(path: Path, content: bytes) -> list[ExportSheet]:
    if content.startswith(b"PK\x03\x04") and (other := _other_office_file(content)):
        raise WrongUse(f"{path.name} is {other}.", "Open it, and save or copy the list into Excel as .xlsx or CSV.")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return list(_from_workbook(path, content))
    if content.startswith(b"%PDF-"):
        raise WrongUse(f"{path.name} is a PDF.", "Export the list again as CSV or Excel.")
    text = decoded(content)
    start = text[:2000].lstrip().lower()
    if "<workbook" in start and start.startswith("<?xml"):
        return list(_from_spreadsheet_ml(path, content))
    if start.startswith(("<html", "<!doctype html", "<table", "<?xml", "<meta")):
        return list(_from_web_page(path, text))
    if "\x00" in text:
        raise WrongUse(f"{path.name} is no list that can be read.", "Export it again as CSV or Excel.")
    return [ExportSheet("", list(_from_csv(text)))]


WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".xlsb")


def is_text(path: Path) -> bool:
    """True for a file that is plain text, whatever its name says."""
    with path.open("rb") as opened:
        start = opened.read(2000)
    known = start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-"))
    return not known and not decoded(start).lstrip().startswith("<")


def _other_office_file(content: bytes) -> str:
    """What a zip of Office is that is no list: a Word file, slides; empty for a workbook or another zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return ""  # what is damaged is told where it is read
    for inside, name in (("word/document.xml", "a Word file"), ("ppt/presentation.xml", "a file of PowerPoint")):
        if inside in names:
            return name
    return ""


def _plain(cell: str) -> str:
    """A cell's text without what was put around it for Excel's sake."""
    cell = _UNSEEN.sub("", without_steering(cell))
    text = " ".join(cell.split()) if "\n" not in cell else cell.strip()
    if found := _FORMULA_TEXT.fullmatch(text):
        return found[1].replace('""', '"').strip()
    kept_as_text = text[1:2].isdecimal() or FORMULA_START.match(text, 1) or _NUMBER_WITH_LETTER.fullmatch(text, 1)
    return text[1:] if text[:1] == "'" and kept_as_text else text


# -- text -------------------------------------------------------------------------------------------------------------


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8 or UTF-16 where its bytes say so, else what Excel on Windows saves (cp1252)."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    if content[1:2] == b"\x00" and content[3:4] == b"\x00":
        return content.decode("utf-16-le", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        windows, mac = content.decode("cp1252", "replace"), content.decode("mac_roman")
        return mac if _out_of_place(mac) < _out_of_place(windows) else windows


_OUT_OF_PLACE = re.compile(
    r"(?<=[^\W\d_])[‘“\u0081-\u009f\ufffd¡-©«-´¶-¿×÷∞±≤≥∂∑∏π∫Ω√≈∆◊]|(?<=[a-zß-ÿ])[À-ÖØ-Þ]|\b\w[ÕÔÒÓ](?=[A-Z][a-z])"
)


def _out_of_place(text: str) -> int:
    """How many signs stand in words where no name has them: what the wrong one of two old encodings leaves."""
    return len(_OUT_OF_PLACE.findall(text))


def _from_csv(text: str) -> Iterator[list[str]]:
    """The lines of a CSV file; `sep=;` on the first line is Excel's way to name the mark between cells."""
    first, _, rest = text.partition("\n")
    named = re.fullmatch(r'"?sep=(.)"?\s*', first, re.IGNORECASE)
    delimiter = named[1] if named else _delimiter(text)
    if named:
        yield []
    for cells in csv.reader(io.StringIO(rest if named else text, newline=""), delimiter=delimiter):
        yield [cell.strip() for cell in cells]


def _delimiter(text: str) -> str:
    """The mark that cuts the most lines into the same number of cells; titles above the list do not decide it."""
    sample = text[:20_000]

    def cells_alike(mark: str) -> int:
        widths = Counter(len(cells) for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=mark))
        return max(((width - 1) * lines for width, lines in widths.items()), default=0)

    return max(",;\t|", key=cells_alike)


# -- workbooks --------------------------------------------------------------------------------------------------------


def _from_workbook(path: Path, content: bytes) -> Iterator[ExportSheet]:
    try:
        sheets = workbook_sheets(content)
    except NotAWorkbook as error:
        if error.locked:
            raise WrongUse(f"{path.name} has a password.", "Save it without one, import it, then delete it.") from None
        kind = "no binary workbook" if b"xl/workbook.bin" in content else "no workbook"
        raise WrongUse(
            f"{path.name} is {kind} that can be read: {in_one_line(error)}.",
            "Open it in Excel and save it as .xlsx or CSV.",
        ) from None
    for one in sheets:
        rows = [list(row) for row in one.rows]
        if one.no_results:
            raise WrongUse(
                f"{path.name}: {_count(one.no_results, 'cell')} of the sheet {one.name} "
                f"{'has a formula' if one.no_results == 1 else 'have formulas'} whose result was never saved.",
                "Open it in Excel, save it, and import it again.",
            )
        notes = (
            [f"{_count(one.hidden_rows, 'hidden row')} of it, as by a filter, were read too"] if one.hidden_rows else []
        )
        hidden = one.hidden and len(sheets) > 1
        yield ExportSheet(one.name if len(sheets) > 1 else "", rows, hidden, one.from_1904, tuple(notes))


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"


def _from_spreadsheet_ml(path: Path, content: bytes) -> Iterator[ExportSheet]:
    """Excel's XML of 2003, which some systems still write and call .xls."""
    root = _xml(path, content)
    for sheet in root.iter(f"{_SPREADSHEET_ML}Worksheet"):
        name = str(sheet.get(f"{_SPREADSHEET_ML}Name") or "")
        yield ExportSheet(name, [_ml_line(row) for row in sheet.iter(f"{_SPREADSHEET_ML}Row")])


def _ml_line(row: Any) -> list[str]:
    line: list[str] = []
    for cell in row.iter(f"{_SPREADSHEET_ML}Cell"):
        at = cell.get(f"{_SPREADSHEET_ML}Index")
        line += [""] * min(int(at) - 1 - len(line) if at and at.isdecimal() else 0, MAX_COLUMNS + 1)
        data = cell.find(f"{_SPREADSHEET_ML}Data")
        text = "".join(data.itertext()).strip() if data is not None else ""
        moment = data is not None and data.get(f"{_SPREADSHEET_ML}Type") == "DateTime"
        line.append(text.partition("T")[0] if moment else text)
        line += [""] * min(int(cell.get(f"{_SPREADSHEET_ML}MergeAcross") or 0), MAX_COLUMNS + 1)
    return line


def _xml(path: Path, content: bytes) -> Any:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise WrongUse(f"{path.name} holds a document type, which no list has.", "Export it again as CSV or Excel.")
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise WrongUse(f"{path.name} is not whole: {in_one_line(error.msg)}.", "Export it again.") from None


def _from_web_page(path: Path, text: str) -> Iterator[ExportSheet]:
    """The tables of a web page: what many systems give out as .xls."""
    from lxml import html

    page = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    tables = [one for one in page.iter("table") if not any(True for _ in one.iterdescendants("table"))]
    if not tables:
        raise WrongUse(f"{path.name} is a web page without a table.", "Export the list again as CSV or Excel.")
    for number, table in enumerate(tables, 1):
        yield ExportSheet(f"table {number}" if len(tables) > 1 else "", _page_lines(table))


def _page_lines(table: Any) -> list[list[str]]:
    """The rows of a table; a cell that spans rows stands in each of them, one that spans columns in its first."""
    lines = []
    spanning: dict[int, tuple[int, str]] = {}
    for row in table.iter("tr"):
        cells = {column: text for column, (_, text) in spanning.items()}
        spanning = {column: (left - 1, text) for column, (left, text) in spanning.items() if left > 1}
        column = 0
        for cell in row:
            if cell.tag in ("td", "th"):
                while column in cells:
                    column += 1
                text, rows, columns = _page_text(cell), _span(cell, "rowspan"), _span(cell, "colspan")
                across = {column + n: "" if n else text for n in range(columns)}
                cells |= across
                if rows > 1:
                    spanning |= {n: (rows - 1, text) for n, text in across.items()}
                column += columns
        lines.append([cells.get(n, "") for n in range(max(cells, default=-1) + 1)])
    return lines


def _span(cell: Any, name: str) -> int:
    said = cell.get(name) or "1"
    return max(1, min(int(said), MAX_COLUMNS + 1)) if said.isdecimal() else 1


_LINE_ENDS = "\u2028"


def _page_text(cell: Any) -> str:
    """A cell's text; lines that `<br>` or paragraphs make stay lines."""
    for part in cell.iter("br", "p", "div"):
        part.tail = f"{_LINE_ENDS}{part.tail or ''}"
    lines = [" ".join(line.split()) for line in "".join(cell.itertext()).split(_LINE_ENDS)]
    return "\n".join(filter(None, lines))


def widest(lines: Sequence[Sequence[str]]) -> int:
    """How many columns a sheet has."""
    return max((len(line) for line in lines), default=0)
