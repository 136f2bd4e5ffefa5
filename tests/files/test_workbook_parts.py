"""What a workbook's parts say of its sheets: one that is missing or damaged takes nothing from the others."""

from __future__ import annotations

import io
import sys
import zipfile

import pytest

from generator.files import workbooks
from generator.files.programs_beside import limited_child
from generator.files.workbook_parts import facts_of_sheets

SHEET = '<worksheet><sheetData><row hidden="1"><c><f>1+1</f></c></row></sheetData></worksheet>'
PLACES = ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml")


def book(*held: str) -> bytes:
    """A workbook of two sheets that counts days from 1904, with the parts that are named here."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        sheets = '<sheet name="One" r:id="r1"/><sheet name="Two" r:id="r2"/>'
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns:r="urn:r"><workbookPr date1904="1"/><sheets>{sheets}</sheets></workbook>',
        )
        links = "".join(f'<Relationship Id="r{n}" Target="/{place}"/>' for n, place in enumerate(PLACES, 1))
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{links}</Relationships>")
        for place in held:
            archive.writestr(place, SHEET)
    return out.getvalue()


def test_a_sheet_whose_part_is_missing_takes_nothing_from_the_others() -> None:
    assert facts_of_sheets(book(*PLACES)) == {"One": (True, 1, 1), "Two": (True, 1, 1)}
    assert facts_of_sheets(book(PLACES[1])) == {"One": (True, 0, 0), "Two": (True, 1, 1)}


def test_nor_does_one_whose_data_are_damaged() -> None:
    whole = book(*PLACES)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        about = archive.getinfo(PLACES[0])
    at = about.header_offset + 30 + len(PLACES[0])
    damaged = whole[:at] + b"\xff" * about.compress_size + whole[at + about.compress_size :]
    assert facts_of_sheets(damaged) == {"One": (True, 0, 0), "Two": (True, 1, 1)}


@pytest.mark.skipif(sys.platform == "win32", reason="there is no ps")
def test_a_workbook_that_grows_over_its_memory_is_told_to_be_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    # As on a Mac, where the process cannot limit itself: it is looked at from here, and ended.
    monkeypatch.setattr(limited_child.sys, "platform", "darwin")
    monkeypatch.setattr(limited_child, "LOOK_EVERY", 0.01)
    monkeypatch.setattr(limited_child, "megabytes", lambda process: workbooks.MEMORY_MB + 1)
    with pytest.raises(workbooks.NotAWorkbook, match="larger than any list"):
        workbooks.workbook_sheets(book(*PLACES))
