"""A document of which only the figures of page numbers are others is laid out as before, so that less is tried."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from docx import Document as NewDocument
from docx.shared import Pt
from fontTools.ttLib import TTFont

from generator.build.draw_documents import ToFit
from generator.documents.page_fit import CLOSER, FitWish, Tried, tightened
from generator.documents.page_numbers_apart import page_numbers_apart
from generator.engines import Docx, Draft, Failure
from generator.engines.kept_drawings import KeptDrawings
from generator.engines.rdocx.rdocx_engine import Embedded
from generator.files.kept_results import KeptResults
from generator.fonts import shipped_fonts
from generator.submission.parts.fit_parts import Fitter
from generator.word_files.docx_package import packed, unpacked
from tests.documents.test_foretold_end import drawn, tried

SAID = "Reading report (F2, pages {}-{}); see the plan, C2, page {}: {} words."


def referring(*numbers: int, lines: int = 31, words: int = 20, face: str = "Arial") -> bytes:
    """A document with page numbers in a line, whose last page is nearly empty unless it is set tighter."""
    made = NewDocument()
    for number in range(lines):
        line = made.add_paragraph(SAID.format(*numbers, words) if number == 3 else "word" + "x" * number)
        line.runs[0].font.size = Pt(12)
        line.paragraph_format.space_after = Pt(8)
        line.paragraph_format.line_spacing = 1.2
    held = io.BytesIO()
    made.save(held)
    fonts = b'<w:rFonts w:ascii="%b"/>' % face.encode()
    parts = unpacked(held.getvalue())
    return packed({name: re.sub(rb"<w:rFonts[^>]*>", fonts, part) for name, part in parts.items()})


@pytest.mark.whole
def test_figures_of_page_numbers_are_apart_and_nothing_else() -> None:
    alike = page_numbers_apart(referring(54, 55, 71))
    assert alike == page_numbers_apart(referring(68, 69, 20))
    assert alike != page_numbers_apart(referring(98, 100, 20)), "a longer number takes more room"
    assert alike != page_numbers_apart(referring(54, 55, 11)), "two ones stand closer together"
    assert alike != page_numbers_apart(referring(54, 55, 71, words=30)), "other figures mean something"
    assert alike != page_numbers_apart(referring(54, 55, 71, lines=30)), "another document is another"
    told = b"<w:t>C2: Part 3 on pages 6-8 and \xe2\x80\x9cTests\xe2\x80\x9d on page 9; C2: a reading age</w:t>"
    moved = told.replace(b"C2: Part", b"C4: Part").replace(b"6-8", b"7-9")
    assert _alike_in(told) == _alike_in(moved)  # was: another document
    for other in (told.replace(b"Part 3", b"Part 5"), told.replace(b"C2: a", b"C4: a"), told.replace(b"C2", b"C12")):
        assert _alike_in(told) != _alike_in(other)


def _alike_in(text: bytes) -> bytes:
    return page_numbers_apart(packed({"word/document.xml": b'<w:rFonts w:ascii="Arial"/>' + text}))


def test_figures_of_a_font_that_may_be_of_any_width_are_not_alike() -> None:
    word = referring(54, 55, 71, face="Georgia")
    assert page_numbers_apart(word) == word


@pytest.mark.parametrize("family", ["Liberation Sans", "Sendpack Sans"])
def test_all_figures_are_equally_wide_and_only_two_ones_stand_closer(family: str) -> None:
    for name in shipped_fonts.FACES[family]:
        with TTFont(shipped_fonts.folder() / name) as font:
            figures = [font.getBestCmap()[ord(figure)] for figure in "0123456789"]
            assert len({font["hmtx"][figure][0] for figure in figures}) == 1
            pairs = {pair for table in font["kern"].kernTables for pair in table.kernTable if {*pair} & {*figures}}
            assert pairs == {("one", "one")}, name


@pytest.mark.whole
def test_what_was_not_taken_with_other_numbers_is_not_tried_again() -> None:
    word = referring(54, 55, 71)
    asked, found, draft = tried(word, FitWish().fitting(word, drawn(word)))
    remembered = FitWish().tried_of(word, found, draft)
    assert asked and remembered is not None and remembered.step is not None
    moved = referring(68, 69, 20)
    again = FitWish(tried=remembered)
    assert again.first(moved) == tightened(moved, CLOSER[remembered.step])
    asked, found, draft = tried(moved, again.fitting(moved, drawn(again.first(moved))))
    _, whole, _ = tried(moved, FitWish().fitting(moved, drawn(moved)))
    assert (asked, found) == ([], whole) and draft.content == drawn(whole).content


@pytest.mark.whole
def test_what_could_not_be_drawn_once_is_not_remembered_as_not_taken() -> None:
    word = referring(54, 55, 71)
    fitting = FitWish().fitting(word, drawn(word))
    wanted: Docx = next(fitting)
    with pytest.raises(StopIteration) as end:
        fitting.send(Failure(wanted.name, "it took too long"))
        while True:
            fitting.send(drawn(word))
    found, draft = end.value.value
    assert FitWish().tried_of(word, found, draft) is None  # was: no step, with any other page numbers too


@pytest.mark.whole
@pytest.mark.parametrize("wrong", [Tried(2, 1, 7), Tried(None, 9, 0)])
def test_where_it_does_not_come_to_the_same_everything_is_tried(wrong: Tried) -> None:
    word = referring(54, 55, 71)
    wish = FitWish(tried=wrong)
    _, found, _ = tried_with_first(word, wish)
    assert found == tried(word, FitWish().fitting(word, drawn(word)))[1]


def tried_with_first(word: bytes, wish: FitWish) -> tuple[int, bytes, Draft]:
    """How many versions were asked for after the first, and what fitted."""
    fitting, asked = wish.fitting(word, drawn(wish.first(word))), 0
    try:
        wanted = next(fitting)
        while True:
            asked += 1
            wanted = fitting.send(drawn(wanted.content))
    except StopIteration as end:
        return asked, *end.value


@pytest.mark.whole
def test_page_numbers_that_moved_cost_one_drawing_and_give_what_they_gave_before(tmp_path: Path) -> None:
    count = 0

    class Counting(Embedded):
        def drafts(self, documents: Sequence[Docx]) -> list[Draft | Failure]:
            nonlocal count
            count += len(documents)
            return super().drafts(documents)

    def fitted(folder: str, *numbers: int) -> tuple[bytes, bytes]:
        kept = KeptDrawings(Counting(), KeptResults(tmp_path / folder))
        [fit] = Fitter(kept).fit([ToFit("plan", referring(*numbers), FitWish(), moves=True)])
        assert not isinstance(fit, Failure)
        return fit[0], fit[1].content

    fitted("kept", 54, 55, 71)
    count = 0
    moved = fitted("kept", 68, 69, 20)
    assert count == 1
    assert moved == fitted("other", 68, 69, 20) and count > 2
