"""The continuation sheet: what did not fit into a form, under the numbers that the form's places name."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from generator.forms.filling.too_long import Overflow
from generator.word_files.docx_package import packed, unpacked


def continuation_sheet(form_title: str, about: str, overflow: Sequence[Overflow]) -> bytes:
    """A Word file with an entry for each answer that was too long and each table with too few rows.

    `about` names the pupil as the form does. The same entries give the same bytes.
    """
    document = Document()
    normal = document.styles["Normal"]
    normal.font.size, normal.font.name = Pt(11), "Liberation Sans"
    language = normal.element.get_or_add_rPr().makeelement(qn("w:lang"), {qn("w:val"): "en-GB"})
    normal.element.get_or_add_rPr().append(language)
    document.core_properties.title = f"Continuation sheet: {form_title}"
    document.core_properties.author = ""
    document.core_properties.language = "en-GB"
    document.add_heading("Continuation sheet", level=1)
    document.add_paragraph(f"To: {form_title}. About: {about}.")
    for over in overflow:
        _entry(document, over)
    out = io.BytesIO()
    document.save(out)
    return _undated(out.getvalue())


def _entry(document: object, over: Overflow) -> None:
    assert hasattr(document, "add_heading") and hasattr(document, "add_paragraph") and hasattr(document, "add_table")
    document.add_heading(f"{over.number}. {over.label}", level=2)
    document.add_paragraph(f"AnswerPlace {over.place} of the form: {over.reason}.")
    for line in over.text.split("\n") if over.text else ():
        document.add_paragraph(line)
    if over.rows:
        table = document.add_table(rows=1, cols=len(over.heads), style="Table Grid")
        for cell, head in zip(table.rows[0].cells, over.heads, strict=True):
            cell.text = head
        properties = table.rows[0]._tr.get_or_add_trPr()
        properties.append(properties.makeelement(qn("w:tblHeader"), {}))
        for row in over.rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text


def _undated(content: bytes) -> bytes:
    """The file with the same day in its properties whenever it is made."""
    import re

    parts = unpacked(content)
    core = parts["docProps/core.xml"]
    parts["docProps/core.xml"] = re.sub(
        rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", core
    )
    return packed(parts)
