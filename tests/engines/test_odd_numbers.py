"""Numbers that stand twice or that Word never writes cost nothing: the built-in engine draws the whole document."""

from __future__ import annotations

import pytest

from generator.engines import Docx, Pdf, choose
from generator.engines.docx.copy_prepared.docx_prepare import prepare
from generator.engines.pdf.pdf_read_back import missing_words
from generator.word_files.docx_package import W, parse, unpacked
from generator.word_files.measures import half_points, twips
from tests.engines.real_engines import engine_called
from tests.raw_word import NAMESPACES, cell, dots, footnotes, note, para, picture, row, run, table, word

PICTURE = {"word/media/a.png": dots("PNG")}
TO_PICTURE = {"rI": ("image", "media/a.png")}
LIST = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>'
    "</w:abstractNum>"
)
IN_LIST = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
BLOCK = (
    f"<w:glossaryDocument {NAMESPACES}><w:docParts><w:docPart><w:docPartBody><w:p/></w:docPartBody></w:docPart>"
    "</w:docParts></w:glossaryDocument>"
)
REMARKS = (
    f'<w:comments {NAMESPACES}><w:comment w:id="0" w:author="a">{para("c")}</w:comment>'
    f'<w:comment w:id="0" w:author="a">{para("d")}</w:comment></w:comments>'
)


def mark(number: str, name: str, text: str) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{run(text)}<w:bookmarkEnd w:id="{number}"/>'


def with_number(number: str) -> bytes:
    return word(para("Words ", picture().replace('id="5"', f'id="{number}"')), PICTURE, TO_PICTURE)


def with_list(*described: str) -> bytes:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    parts = {"word/numbering.xml": f"<w:numbering {NAMESPACES}>{''.join(described)}</w:numbering>"}
    return word(para("Words", properties=numbered), parts, {"rN": ("numbering", "numbering.xml")})


def with_style(size: str) -> bytes:
    """A date in letters whose size only the style says."""
    style = f'<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:rPr><w:sz w:val="{size}"/></w:rPr></w:style>'
    parts = {"word/styles.xml": f"<w:styles {NAMESPACES}>{style}</w:styles>"}
    return word(para("On 19 November 2026, 14 of 20"), parts, {"rS": ("styles", "styles.xml")})


TALL = row(cell(para("Words"))).replace("<w:tr>", '<w:tr><w:trPr><w:trHeight w:val="30pt"/></w:trPr>')

ODD = {
    "a bookmark's number twice": word(para(mark("0", "a", "Words "), mark("0", "b", "and more"))),
    "a bookmark's number too large": word(para(mark("99999999999", "a", "Words"))),
    "a bookmark's number in letters": word(para(mark("x", "a", "Words"))),
    "an end without a begin": word(para('<w:bookmarkEnd w:id="3"/>', "Words")),
    "a picture's number too large": with_number("99999999999"),
    "a picture's number below nought": with_number("-7"),
    "a picture's number in letters": with_number("abc"),
    "a list described twice": with_list(LIST, LIST, IN_LIST),
    "a list numbered twice": with_list(LIST, IN_LIST, IN_LIST),
    "lengths with their unit": word(para("Words", properties='<w:ind w:left="12.7mm" w:right="3pt"/>')),
    "letters with their unit": word(para(run("On 19 November 2026", '<w:sz w:val="12pt"/>'))),
    "letters of a style with their unit": with_style("12pt"),
    "a row with its unit": word(table(TALL)),
    "looks that are no number": word(
        table(row(cell(para("Words")))).replace("<w:tblPr>", '<w:tblPr><w:tblLook w:val="zz"/>')
    ),
    "building blocks": word(
        para("Words"), {"word/glossary/document.xml": BLOCK}, {"rG": ("glossaryDocument", "glossary/document.xml")}
    ),
    "a remark's number twice": word(
        para('<w:commentRangeStart w:id="0"/>', "Words", '<w:commentRangeEnd w:id="0"/>')
        + para('<w:r><w:commentReference w:id="0"/></w:r>', "and more"),
        {"word/comments.xml": REMARKS},
        {"rC": ("comments", "comments.xml")},
    ),
}


@pytest.mark.parametrize("what", ODD)
def test_the_document_is_drawn_whole(what: str) -> None:
    [made] = choose("embedded").convert([Docx("report", ODD[what])])
    assert isinstance(made, Pdf), made.reason
    assert not [one for one in made.warnings if "cannot be found" in one]


@pytest.mark.whole
@pytest.mark.parametrize("engine", ["embedded", "libreoffice"])
def test_a_note_in_the_middle_of_a_word_is_no_loss(engine: str) -> None:
    parts = {"word/footnotes.xml": footnotes("Noted")}
    content = word(para("Tw", note(1), "o words"), parts, {"rF": ("footnotes", "footnotes.xml")})
    chosen = engine_called(engine)
    [made] = chosen.convert([Docx("report", content)])
    assert isinstance(made, Pdf) and not made.warnings


@pytest.mark.parametrize("written_out", [True, False])
def test_the_own_mark_of_a_note_stays_in_the_run_of_its_place(written_out: bool) -> None:
    mark = '<w:r><w:t>Two</w:t><w:footnoteReference w:customMarkFollows="1" w:id="1"/>%s</w:r>'
    for sign in ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "<w:t>☑ x</w:t>", ""):
        content = word(para(mark % sign), {"word/footnotes.xml": footnotes("Noted")})
        document = parse(unpacked(prepare(content, written_out).content)["word/document.xml"])
        [reference] = document.iter(f"{W}footnoteReference")
        after = reference.getnext()
        assert (after.text[0] if after is not None else "") == ("☑" if sign else "")


def test_letters_that_run_from_the_left_may_stand_beside_those_that_run_from_the_right() -> None:
    assert missing_words("oneالمدينة two", "المدينة one\ntwo") == []
    assert missing_words("oneالمدينة two", "المدينة\ntwo") == ["one"]


def test_a_place_where_a_long_word_may_break_is_no_letter() -> None:
    assert missing_words("thiscellhaswidecontent", "thiscellhas\u200b widecontent") == []
    assert missing_words("wide\u200bcontent", "widecontent") == []


@pytest.mark.parametrize("written_out", [True, False])
def test_what_is_no_number_stops_no_preparing(written_out: bool) -> None:
    spanned = table(row(cell(para("14 of 20"), '<w:gridSpan w:val="x"/>')))
    odd = '<w:spacing w:before="x" w:line="y"/>'
    lines = '<w:pBdr><w:top w:val="single" w:sz="1pt" w:space="x"/></w:pBdr>'
    for content in (
        word(spanned),
        word(para("14 of 20", properties=lines + odd)),
        with_style("large"),
        with_style("0"),
    ):
        assert "14 of 20" in prepare(content, written_out).words


def test_measures() -> None:
    assert [twips(one) for one in ("240", "12pt", "-1in", "1e3", "", None)] == [240, 240, -1440, None, None, None]
    assert [half_points(one, 24) for one in ("12pt", "21", "0", "-4", "big", None)] == [24, 21, 24, 24, 24, 24]


def test_lines_to_write_on_are_no_words_however_long() -> None:
    line = "_" * 60_000
    assert missing_words(f"Signed {line} Ada_B _ _x_ {line}", "nothing") == ["signed", "ada_b", "_x_"]
    assert missing_words(f"{line}\nSigned", f"Signed {line}") == []
