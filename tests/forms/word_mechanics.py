"""An invented form of what Word has for forms besides cells: old fields, bound and repeating controls, protection."""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from generator.word_files.docx_package import packed, unpacked
from tests.forms.invented_forms import InventedForm

STORE = "{0B0C1A52-6A1E-4F0B-9C55-0D2C5F1E9A01}"
W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
_W = nsdecls("w")
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PROTECTION = (
    f'<w:documentProtection {_W} w:edit="forms" w:enforcement="1" w:cryptAlgorithmSid="14" w:hash="aGFzaA==" '
    'w:salt="c2FsdA=="/>'
)


def legacy_text(paragraph: Any, most: int = 0) -> None:
    """An old text field, empty as Word leaves it: five wide spaces."""
    limit = f'<w:maxLength w:val="{most}"/>' if most else ""
    pieces = (
        f'<w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Text1"/><w:enabled/><w:textInput>{limit}'
        "</w:textInput></w:ffData></w:fldChar>",
        '<w:instrText xml:space="preserve"> FORMTEXT </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>\u2002\u2002\u2002\u2002\u2002</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    for piece in pieces:
        paragraph._p.append(parse_xml(f"<w:r {_W}>{piece}</w:r>"))


def legacy_box(paragraph: Any) -> None:
    """An old box to tick."""
    for piece in (
        '<w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val=""/><w:enabled/><w:checkBox><w:sizeAuto/>'
        '<w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar>',
        '<w:instrText xml:space="preserve"> FORMCHECKBOX </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        '<w:fldChar w:fldCharType="end"/>',
    ):
        paragraph._p.append(parse_xml(f"<w:r {_W}>{piece}</w:r>"))


def bound(paragraph: Any, name: str, kind: str = "<w:text/>") -> None:
    """A control that shows what a custom XML part holds."""
    paragraph._p.append(
        parse_xml(
            f'<w:sdt {_W}><w:sdtPr><w:alias w:val="{name}"/><w:showingPlcHdr/>'
            f'<w:dataBinding w:xpath="/form[1]/{name}[1]" w:storeItemID="{STORE}"/>{kind}</w:sdtPr>'
            "<w:sdtContent><w:r><w:t>Click here</w:t></w:r></w:sdtContent></w:sdt>"
        )
    )


def repeating(table: Any) -> None:
    """The last row of a table as the item of a repeating section."""
    row = table.rows[-1]._tr
    section = parse_xml(
        f'<w:sdt {_W} {W15}><w:sdtPr><w:id w:val="501"/><w15:repeatingSection/></w:sdtPr><w:sdtContent>'
        f'<w:sdt><w:sdtPr><w:id w:val="502"/><w15:repeatingSectionItem/></w:sdtPr><w:sdtContent/></w:sdt>'
        "</w:sdtContent></w:sdt>"
    )
    row.addprevious(section)
    section[1][0][1].append(row)


def harrowmere() -> bytes:
    """A request: old fields with a limit, bound controls that stand twice, a repeating section, protected for forms."""
    form = InventedForm()
    document = form.document
    document.add_heading("Harrowmere Borough: request for an EHC needs assessment", 1)
    table = document.add_table(rows=4, cols=2)
    table.style = "Table Grid"
    for row, label in zip(table.rows, ("Surname", "Forename(s)", "Date of birth", "UPN"), strict=True):
        row.cells[0].text = label
    legacy_text(table.rows[0].cells[1].paragraphs[0], 30)
    bound(table.rows[1].cells[1].paragraphs[0], "forenames")
    bound(table.rows[2].cells[1].paragraphs[0], "born", '<w:date><w:dateFormat w:val="dd/MM/yyyy"/></w:date>')
    legacy_text(table.rows[3].cells[1].paragraphs[0], 4)
    eal = document.add_paragraph("English as an additional language: Yes ")
    legacy_box(eal)
    eal.add_run("  No ")
    legacy_box(eal)
    document.add_heading("Attainment", 2)
    grid = document.add_table(rows=2, cols=3)
    grid.style = "Table Grid"
    for cell, head in zip(grid.rows[0].cells, ("Date", "Subject", "Result"), strict=True):
        cell.text = head
    repeating(grid)
    bound(document.sections[0].header.paragraphs[0], "forenames")
    document.settings.element.append(parse_xml(PROTECTION))
    return _with_store(form.content())


def _with_store(content: bytes) -> bytes:
    parts = unpacked(content)
    parts["customXml/item7.xml"] = b"<form><forenames/><born/></form>"
    parts["customXml/itemProps7.xml"] = (
        f'<ds:datastoreItem ds:itemID="{STORE}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>'
    ).encode()
    parts["customXml/_rels/item7.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{_RELS}/customXmlProps" Target="itemProps7.xml"/></Relationships>'
    ).encode()
    types = parts["[Content_Types].xml"].decode()
    props = (
        '<Override PartName="/customXml/itemProps7.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/>'
    )
    parts["[Content_Types].xml"] = types.replace("</Types>", f"{props}</Types>").encode()
    rels = parts["word/_rels/document.xml.rels"].decode()
    link = f'<Relationship Id="rIdStore" Type="{_RELS}/customXml" Target="../customXml/item7.xml"/>'
    parts["word/_rels/document.xml.rels"] = rels.replace("</Relationships>", f"{link}</Relationships>").encode()
    return packed(parts)
