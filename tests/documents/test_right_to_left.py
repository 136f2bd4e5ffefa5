"""Word files turned for a language that is written from the right: what stands in what order, and what stays."""

from __future__ import annotations

import pytest
from lxml import etree

from generator.documents.languages.right_to_left import FONT, turn
from generator.word_files.docx_package import W, parse

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LEFT, RIGHT = "\u200e", "\u200f"


def turned(inside: str) -> etree._Element:
    root = parse(f'<w:document xmlns:w="{SPACE}"><w:body>{inside}</w:body></w:document>'.encode())
    turn(root)
    return root


def runs(text: str) -> list[tuple[str, bool]]:
    """The runs of a paragraph with this text, each with True where it runs from the right."""
    root = turned(f'<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>')
    found = list(root.iter(f"{W}r"))
    assert all(run.find(f"{W}rPr/{W}b") is not None for run in found), "each keeps the look of the whole"
    return [("".join(t.text or "" for t in run), run.find(f"{W}rPr/{W}rtl") is not None) for run in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("میرا منصوبہ", [("میرا منصوبہ", True)]),
        ("یہ Ada ہے", [("یہ ", True), ("Ada", False), (" ہے", True)]),
        ("فون 01632 960 104", [("فون ", True), (f"{LEFT}01632 960 104", False)]),
        ("Ada Brown، 12 مئی", [("Ada Brown", False), (f"، {RIGHT}", True), ("12", False), (" مئی", True)]),
        ("سال 2 · 2W", [("سال ", True), ("2", False), (f" · {RIGHT}", True), ("2W", False)]),
        ("مدد (SEN support) یہاں", [("مدد ", True), (f"(SEN support){LEFT}", False), (" یہاں", True)]),
        ("کو Jo (head) دیں", [("کو ", True), (f"Jo (head){LEFT}", False), (" دیں", True)]),
        ("سال: 2026 to 2027", [("سال: ", True), (f"{LEFT}2026 to 2027", False)]),
        (
            "Class teacher: 8 اکتوبر",  # was: the 8 at the wrong side of the teacher
            [("Class teacher", False), (f": {RIGHT}", True), ("8", False), (" اکتوبر", True)],
        ),
        ("Year 4: 25 اکتوبر", [("Year 4", False), (f": {RIGHT}", True), ("25", False), (" اکتوبر", True)]),
        ("Phonics 2.5; 8 اکتوبر", [("Phonics 2.5", False), (f"; {RIGHT}", True), ("8", False), (" اکتوبر", True)]),
        ("Level 2, 8 اکتوبر", [("Level 2, 8", False), (" اکتوبر", True)]),
        ("فون: SENDIASS, 960", [("فون: ", True), ("SENDIASS, 960", False)]),
        ("خوبیاں: Sits still. Listens.", [("خوبیاں: ", True), (f"Sits still. Listens.{LEFT}", False)]),
    ],
)
def test_a_sentence_is_cut_where_the_script_changes(text: str, expected: list[tuple[str, bool]]) -> None:
    assert runs(text) == expected


def test_an_english_paragraph_stays_as_it_is() -> None:
    root = turned("<w:p><w:r><w:t>Reads before lunch.</w:t></w:r></w:p>")
    assert root.find(f".//{W}pPr") is None and root.findtext(f".//{W}t") == "Reads before lunch."


def test_a_line_of_facts_in_english_runs_as_the_others_do() -> None:
    root = turned('<w:p><w:pPr><w:pStyle w:val="DetailLine"/></w:pPr><w:r><w:t>SENCO</w:t></w:r></w:p>')
    assert root.find(f".//{W}pPr/{W}bidi") is not None  # was: from the left, among lines from the right


def test_paragraphs_and_tables_are_turned_in_words_order_of_elements() -> None:
    root = turned(
        '<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="5"/></w:tblPr><w:tr><w:tc><w:p><w:pPr>'
        '<w:pStyle w:val="TableText"/><w:ind w:left="4"/></w:pPr><w:r><w:t>کون</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
    )
    table, paragraph = root.find(f".//{W}tblPr"), root.find(f".//{W}pPr")
    assert table is not None and [child.tag.removeprefix(W) for child in table] == ["tblStyle", "bidiVisual", "tblW"]
    assert paragraph is not None
    assert [child.tag.removeprefix(W) for child in paragraph] == ["pStyle", "bidi", "spacing", "ind"]
    fonts = root.find(f".//{W}rFonts")
    assert fonts is not None and fonts.get(f"{W}cs") == FONT


def test_lines_to_write_on_keep_their_height() -> None:
    root = turned('<w:p><w:pPr><w:pStyle w:val="WriteHere"/></w:pPr><w:r><w:t>نام:</w:t><w:tab/></w:r></w:p>')
    assert root.find(f".//{W}spacing") is None and root.find(f".//{W}bidi") is not None
    assert root.find(f".//{W}r/{W}tab") is not None
