"""No line of the built-in engine begins with the comma of the word before it, however Word cut the text into runs."""

from __future__ import annotations

import ctypes
import random
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as raw
import pytest
from lxml import etree

from generator.engines import Docx, Pdf, choose
from generator.engines.rdocx.copy_for_engine.of_runs import run_joins
from tests.raw_word import NAMESPACES, para, run, word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BOLD = "<w:b/>"
LINK = "<w:hyperlink w:anchor='there'>{}</w:hyperlink>"
BLUE = "<w:color w:val='0000FF'/><w:u w:val='single'/>"
KINDS = {
    "a comma": (run("Maisie", BOLD), run(", and the others at home")),
    "the same look": (run("Maisie", "<w:lang w:val='en-GB'/>"), run(", and the others at home")),
    "brackets": (run("("), run("Maisie", BOLD), run(") and the others at home")),
    "a link": (run("("), LINK.format(run("Maisie", BLUE)), run(") and the others at home")),
    "a link and a comma": (LINK.format(run("Maisie", BLUE)), run(", and the others at home")),
    "a mark of the spelling checker": (run("Maisie", BOLD), '<w:proofErr w:type="spellEnd"/>', run(". The others")),
}


def lines(pdf: bytes) -> Iterator[str]:
    """The text as it is drawn, by the height at which each letter stands."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text, line, height = page.get_textpage(), "", None
            x, y = ctypes.c_double(), ctypes.c_double()
            for index in range(text.count_chars()):
                letter = text.get_text_range(index, 1)
                if letter in "\r\n":
                    continue
                raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
                if height is not None and abs(y.value - height) > 3:
                    yield line
                    line = ""
                line, height = line + letter, y.value
            yield line


@pytest.mark.whole
def test_no_line_begins_with_a_comma_or_ends_with_an_opening_bracket() -> None:
    chance, body, said = random.Random(3), [], []
    for kind in KINDS.values():
        for _ in range(150):
            words = chance.choices(["ab", "child", "reads", "il", "week", "mmm", "supporting"], k=chance.randint(9, 22))
            body.append(para(run(" ".join(words) + " "), *kind))
            said.append(" ".join(words))
    [pdf] = choose("embedded").convert([Docx("report", word("".join(body)))])
    assert isinstance(pdf, Pdf)
    drawn = [line.strip() for line in lines(pdf.content)]
    assert [line for line in drawn if line[:1] in tuple(",.)") or line.endswith("(")] == []
    whole = "".join("".join(drawn).split())
    assert whole.count("Maisie,andtheothersathome") == 450 and whole.count("(Maisie)and") == 300
    assert all("".join(one.split()) in whole for one in said)


def joined(*runs: str) -> list[tuple[str, bool]]:
    """The texts of the runs that are left, and whether each is bold."""
    root = etree.fromstring(f"<w:body {NAMESPACES}>{para(*runs)}</w:body>")
    run_joins.write_out(root)
    return [
        ("".join(t.text or "" for t in one.iter(f"{W}t")), one.find(f"{W}rPr/{W}b") is not None)
        for one in root.iter(f"{W}r")
    ]


def test_runs_are_joined_where_they_look_alike_and_share_their_signs_where_not() -> None:
    assert joined(run("a"), run(" b"), run(", c")) == [("a b, c", False)]
    assert joined(run("Name", BOLD), run(","), run(" x")) == [("Name,", True), (" x", False)]
    assert joined(run("see ("), run("Name", BOLD), run("), x")) == [("see ", False), ("(Name),", True), (" x", False)]
    assert joined(run("Name", BOLD), run(" , x")) == [("Name", True), (" , x", False)]


def test_a_sign_is_not_raised_marked_or_moved_into_a_field() -> None:
    raised = "<w:vertAlign w:val='superscript'/>"
    assert joined(run("1"), run("st", raised), run(", x")) == [("1", False), ("st", False), (", x", False)]
    mark = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert joined(run("3"), mark, run(", x")) == [("3", False), ("", False), (", x", False)]
