"""What cannot help is not drawn: where a document will end once it is set tighter is foretold from its one drawing."""

from __future__ import annotations

import io

import pytest
from docx import Document as NewDocument
from docx.shared import Pt

from generator.documents.page_fit import CLOSER, STEPS, FitStep, Fitting, FitWish, tightened
from generator.engines import Draft
from generator.engines.pdf.overflow import over
from tests.documents.test_tidy_pages import drawn

FOR_A_PAGE = FitStep(0.3, 0.9, 1)


def lines(count: int, exact: bool = False) -> bytes:
    """So many lines with space between them, or at an exact distance that no step changes."""
    made = NewDocument()
    for number in range(count):
        line = made.add_paragraph("word" + "x" * number)
        line.runs[0].font.size = Pt(12)
        line.paragraph_format.space_after = Pt(0 if exact else 8)
        line.paragraph_format.line_spacing = Pt(20) if exact else 1.2
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def tried(word: bytes, fitting: Fitting) -> tuple[list[FitStep], bytes, Draft]:
    """The steps that were drawn, in their order, and what fitted."""
    by_word = {tightened(word, step): step for step in (*STEPS, *CLOSER, FOR_A_PAGE)}
    asked: list[FitStep] = []
    try:
        wish = next(fitting)
        while True:
            asked.append(by_word[wish.content])
            wish = fitting.send(drawn(wish.content))
    except StopIteration as end:
        return asked, *end.value


@pytest.mark.whole
@pytest.mark.parametrize(("count", "steps"), [(31, [CLOSER[0]]), (36, [CLOSER[1]]), (42, [FOR_A_PAGE])])
def test_the_first_step_that_is_drawn_is_the_gentlest_that_may_save_the_page(count: int, steps: list[FitStep]) -> None:
    word = lines(count)
    made = drawn(word)
    assert made.pages == 2 and over(made.content, 1).lines <= 16
    asked, _, _ = tried(word, FitWish().fitting(word, made))
    assert asked == steps


@pytest.mark.whole
@pytest.mark.parametrize("count", [36, 42])
def test_a_step_that_is_left_out_would_not_have_helped(count: int) -> None:
    word = lines(count)
    asked, *_ = tried(word, FitWish().fitting(word, drawn(word)))
    for step in CLOSER[: CLOSER.index(asked[0]) if asked[0] in CLOSER else None]:
        left_out = drawn(tightened(word, step))
        assert left_out.pages == 2 and over(left_out.content, 1).lines <= 16


@pytest.mark.whole
def test_a_page_that_no_step_can_save_costs_no_drawing() -> None:
    word = lines(44, exact=True)
    made = drawn(word)
    assert made.pages == 2 and over(made.content, 1).lines <= 16
    asked, found, draft = tried(word, FitWish().fitting(word, made))
    assert (asked, found, draft) == ([], word, made)


@pytest.mark.whole
def test_a_page_that_is_far_too_long_is_drawn_as_tight_as_may_be_and_no_other_way() -> None:
    word = lines(60)
    asked, found, draft = tried(word, FitWish(one_page=True).fitting(word, drawn(word)))
    assert asked == [STEPS[-1]] and found == tightened(word, STEPS[-1]) and draft.pages == 2


@pytest.mark.whole
def test_a_page_of_its_own_comes_with_the_word_file_that_it_was_drawn_from() -> None:
    word = lines(34)
    asked, found, made = tried(word, FitWish(one_page=True).fitting(word, drawn(word)))
    assert made.pages == 1 and found == tightened(word, asked[-1])  # was: the first Word file
    assert made.content == drawn(found).content
