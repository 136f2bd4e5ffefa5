"""Headers and footers that some page must show count among the words of a document; the others do not."""

# ruff: noqa: E501 - a case reads best on one line

from __future__ import annotations

import pytest

from generator.engines.docx.copy_prepared import docx_prepare
from tests.raw_word import NAMESPACES, dots, para, picture, run, word

EDGES: dict[str, bytes | str] = {
    **{f"word/header{n}.xml": f"<w:hdr {NAMESPACES}>{para(f'{kind} head')}</w:hdr>" for n, kind in enumerate(("Usual", "First", "Even"))},
    "word/footer0.xml": f"<w:ftr {NAMESPACES}>{para('Usual foot')}</w:ftr>",
}  # fmt: skip
LINKS = {f"r{n}": ("header", f"header{n}.xml") for n in range(3)} | {"rF": ("footer", "footer0.xml")}
EVEN = f"<w:settings {NAMESPACES}><w:evenAndOddHeaders/></w:settings>"


def head(kind: str, number: int) -> str:
    return f'<w:headerReference w:type="{kind}" r:id="r{number}"/>'


FOOT = '<w:footerReference w:type="default" r:id="rF"/>'
ALL = head("default", 0) + head("first", 1) + head("even", 2) + FOOT


def section(edges: str = "", kind: str = "", more: str = "") -> str:
    begins = f'<w:type w:val="{kind}"/>' if kind else ""
    return f'<w:sectPr>{edges}{begins}<w:pgSz w:w="11906" w:h="16838"/>{more}</w:sectPr>'


def ends(shape: str) -> str:
    return f"<w:p><w:pPr>{shape}</w:pPr></w:p>"


TITLE = "<w:titlePg/>"
CASES: dict[str, tuple[str, str, bool, list[str]]] = {
    # what stands before the last section's shape, that shape, pages with even numbers apart: what is always shown
    "first and even that nothing asks for": ("", section(ALL), False, ["Usual head", "Usual foot"]),
    "a first page of its own": ("", section(ALL, more=TITLE), False, ["First head"]),
    "the first page has an odd number": ("", section(ALL), True, ["Usual head", "Usual foot"]),
    "or an even one": ("", section(ALL, more='<w:pgNumType w:start="2"/>'), True, []),
    "each section its own": (ends(section(head("default", 0))), section(head("default", 1)), False, ["Usual head", "First head"]),
    "that of the section before": (ends(section(ALL, more=TITLE)), section(), False, ["Usual head", "First head", "Usual foot"]),
    "a section that begins within a page": (ends(section(head("default", 0))), section(head("default", 1), "continuous"), False, ["Usual head"]),
    "no section shows any": ("", section(), False, []),
}  # fmt: skip


@pytest.mark.parametrize("number", ["", "2"])
@pytest.mark.parametrize("case", CASES)
def test_what_some_page_must_show_counts(case: str, number: str) -> None:
    """Some programs number every part: document2.xml with settings2.xml."""
    before, shape, even, shown = CASES[case]
    settings = f"settings{number}.xml"
    members = EDGES | ({f"word/{settings}": EVEN} if even else {})
    links = LINKS | ({"rS": ("settings", settings)} if even else {})
    content = word(para("Text") + before, members, links, section=shape, main=f"word/document{number}.xml")
    words = docx_prepare.prepare(content).words.split("\n")
    assert sorted(line for line in words if line.endswith(("head", "foot"))) == sorted(shown)


def test_words_and_pictures_whose_hiding_is_switched_off_count() -> None:
    shown, hidden = '<w:vanish w:val="0"/>', "<w:vanish/>"
    body = para(run("Seen", shown), run("Unseen", hidden), picture().replace("<w:r>", f"<w:r><w:rPr>{shown}</w:rPr>"))
    prepared = docx_prepare.prepare(word(body, {"word/media/a.png": dots("PNG")}, {"rI": ("image", "media/a.png")}))
    assert prepared.words.split() == ["Seen"]
    assert prepared.pictures == 1
