"""What a school's template would fetch or start is told by the check, and is in nothing that is given out."""

# ruff: noqa: E501 - small XML texts read best on one line

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.documents.templates.checking.check_template import check_template
from generator.engines import Docx, Pdf, choose
from tests.documents.test_word_features import merged
from tests.raw_word import NAMESPACES, dots, field, para, run, word

OLE = (
    '<w:r><w:object w:dxaOrig="100" w:dyaOrig="100"><v:shape id="s1" style="width:90pt;height:60pt">'
    '<v:imagedata r:id="rI"/></v:shape><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" ShapeID="s1" r:id="rO"/>'
    "</w:object></w:r>"
)
LINK = f'<w:hyperlink r:id="rL">{run("the pupils’ list")}</w:hyperlink>'
PARTS = {"word/embeddings/sheet.bin": b"EVERYBODY'S WAGES", "word/media/a.png": dots("PNG")}
LINKS = {
    "rO": ("oleObject", "embeddings/sheet.bin"),
    "rI": ("image", "media/a.png"),
    "rW": ("hyperlink", "https://www.example.org/send"),
}
TO_A_FILE = {"rL": ("hyperlink", "file:///S:/SEN/pupils.xlsx")}
WHOLE = {
    "a call of another program": (para("Ada ", field(r'DDEAUTO c:\\windows\\cmd.exe "/c calc"', result="shown")), "DDEAUTO"),
    "a call without a result": (para("Ada ", field('DDE Excel "S:\\wages.xls" R1')), "DDE"),
    "another file": (para("Ada ", field(r'INCLUDETEXT "S:\\SEN\\wages.docx"', result="shown")), "INCLUDETEXT"),
    "a picture from elsewhere": (para("Ada ", field(r'INCLUDEPICTURE "S:\\SEN\\logo.png" \d', result="shown")), "INCLUDEPICTURE"),
    "a linked table": (para("Ada ", field(r'LINK Excel.Sheet.12 "S:\\SEN\\x.xlsx" R1', result="shown")), "LINK"),
    "an object of another program": (para("Ada ", OLE), "another program (OLE)"),
    "a link to a file": (para("Ada ", LINK), "file:///S:/SEN/pupils.xlsx"),
    "a link to a file as a field": (para("Ada ", field(r'HYPERLINK "\\\\server\\SEN\\x.docx"', result="shown")), "server"),
    "a link to a server": (para("Ada ", field(r'HYPERLINK "ftp://server/SEN"', result="shown")), "ftp://server/SEN"),
}  # fmt: skip
SECRET = re.compile(rb"cmd\.exe|(?i:wages)|S:\\|S:/|server/|\\server|DDE|INCLUDE|LINK Excel|OLEObject|attachedTemplate")


def told(folder: Path, content: bytes) -> list[str]:
    path = folder / "own.docx"
    path.write_bytes(content)
    return [one.message for one in check_template(path, None, "own.docx") if one.rule == "template-reaches-out"]


@pytest.mark.parametrize("what", WHOLE)
def test_it_is_told_and_never_given_out(what: str, tmp_path: Path) -> None:
    inside, said = WHOLE[what]
    content = word(inside + para("{{ facts.full_name }}"), PARTS, LINKS | (TO_A_FILE if LINK in inside else {}))
    [message] = told(tmp_path, content)
    assert said in message
    given = merged(tmp_path, content)
    assert not SECRET.search(b"\n".join(given.values()).replace(b"HYPERLINK", b""))
    assert not any("embeddings" in name for name in given)
    assert b"Ada Brown" in given["word/document.xml"]
    shown = b"the pupils" if LINK in inside else b"shown"
    assert shown in given["word/document.xml"] or "OLE" in said or said == "DDE"


def test_links_to_the_web_and_fields_of_the_page_stay(tmp_path: Path) -> None:
    web = f'<w:hyperlink r:id="rW">{run("advice")}</w:hyperlink>'
    inside = para(
        "See ", web, field('HYPERLINK "https://www.example.org/send"', result="more"), field("PAGE", result="1")
    )
    mail = field('HYPERLINK "mailto:send@example.org"', result="write")
    whole = word(inside + para(mail, field(r'HYPERLINK \l "_Toc1"', result="up")), PARTS, LINKS)
    assert not told(tmp_path, whole)
    kept = merged(tmp_path, whole)["word/document.xml"]
    assert all(one in kept for one in (b"<w:hyperlink", b"mailto:send", b"_Toc1", b"PAGE"))


def test_the_picture_of_an_object_stays(tmp_path: Path) -> None:
    given = merged(tmp_path, (word(para(OLE) + para("Words"), PARTS, LINKS)))
    assert b"imagedata" in given["word/document.xml"] and b"w:pict" in given["word/document.xml"]
    assert any(name.startswith("word/media/") for name in given)
    from generator.word_files.docx_package import packed

    [made] = choose("embedded").convert([Docx("own", packed(given))])
    assert isinstance(made, Pdf)
    assert not [one for one in made.warnings if "not shown" in one or "cannot be found" in one]


def test_the_template_that_a_file_was_made_from_is_not_named(tmp_path: Path) -> None:
    settings = f'<w:settings {NAMESPACES}><w:attachedTemplate r:id="r1"/><w:mailMerge><w:dataSource r:id="r2"/></w:mailMerge></w:settings>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{kind}" Target="file:///S:/SEN/plan.dotx" TargetMode="External"/></Relationships>'
    )
    parts = {"word/settings.xml": settings, "word/_rels/settings.xml.rels": relations}
    given = merged(tmp_path, word(para("Words"), parts, {"rS": ("settings", "settings.xml")}))
    assert not SECRET.search(b"\n".join(given.values()))
