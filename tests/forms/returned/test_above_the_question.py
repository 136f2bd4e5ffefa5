"""Words typed above a question are not written as the answer of the question before without a look."""

from __future__ import annotations

import pytest

from generator.folder.school_folder import BUILT_IN, Project, find_project
from generator.forms.filling.runs import element, run_of
from generator.forms.returned.lines.of_each_kind.open_returned import open_returned
from generator.forms.returned.lines.returned_line import ReturnedLine
from generator.forms.returned.lines.right_above import right_above
from generator.forms.returned.read_answers import AnswersRead, read_answers
from generator.forms.returned.recognise import recognise
from tests.forms.returned.returned_files import Page

SCHOOL, HARD, HOPE = "What goes well at school", "What is hard", "What we hope for in the future"


@pytest.fixture(scope="module")
def project() -> Project:
    return find_project(BUILT_IN)


def read(project: Project, above: dict[str, str], below: dict[str, str]) -> AnswersRead:
    """The parents' form with words in front of some headings and on the first line below others."""
    page = Page(project, "nia-okafor", "parents")
    for begins, text in above.items():
        paragraph = element("p")
        paragraph.append(run_of(text, None))
        page.at(begins).addprevious(paragraph)
    for begins, text in below.items():
        page.write(begins, text)
    found = open_returned(page.saved(), "form.docx")
    known = recognise(project, found)
    return read_answers(found, known.printed, known.form, known.ours)


@pytest.mark.whole
def test_words_above_a_question_without_an_answer_are_not_sure(project: Project) -> None:
    found = read(project, {HARD: "The bus."}, {SCHOOL: "Her tablet."})
    assert found.answer("school").text == "Her tablet.\nThe bus."
    assert "right above “What is hard”" in found.answer("school").doubt


def test_a_form_filled_in_above_every_question_is_not_sure_of_any(project: Project) -> None:
    found = read(project, {SCHOOL: "Her tablet.", HARD: "The bus.", HOPE: "A job."}, {})
    assert all(one.doubt for one in found.answers if not one.empty)


@pytest.mark.whole
def test_an_answer_with_an_empty_line_in_it_is_sure_where_the_next_question_has_its_own(project: Project) -> None:
    found = read(project, {HARD: "And Mr Reid."}, {SCHOOL: "Her tablet.", HARD: "The bus."})
    assert found.answer("school").text == "Her tablet.\nAnd Mr Reid." and found.answer("school").sure
    assert read(project, {}, {SCHOOL: "Her tablet."}).answer("school").sure


@pytest.mark.parametrize(
    ("lines", "how"),
    [("", ""), ("x", ""), ("xx", ""), ("x ", ""), (" x", "alone"), ("  xx", "alone"), ("x x", "behind"), (" x ", "")],
)
def test_where_words_stand_between_two_questions(lines: str, how: str) -> None:
    assert right_above([ReturnedLine(one.strip()) for one in lines]) == how
