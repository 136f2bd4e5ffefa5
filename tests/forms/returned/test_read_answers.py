"""Answers are read from forms however people wrote on them, and none lands at another question."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import docx
import pytest

from generator.folder.school_folder import BUILT_IN, Project, find_project
from generator.forms.filling.runs import element, run_of
from generator.forms.given.question_list import earlier_versions
from generator.forms.returned.lines.of_each_kind.open_returned import open_returned
from generator.forms.returned.lines.written_dates import written_day
from generator.forms.returned.read_answers import AnswersRead, read_answers
from generator.forms.returned.recognise import recognise
from generator.word_files.docx_package import W
from tests.forms.returned.returned_files import Page, tracked, twin, words

NIA = "nia-okafor"


@pytest.fixture(scope="module")
def project() -> Project:
    return find_project(BUILT_IN)


def read(project: Project, content: bytes, name: str = "form.docx") -> AnswersRead:
    found = open_returned(content, name)
    known = recognise(project, found)
    return read_answers(found, known.printed, known.form, known.ours)


def parents(project: Project, *changes: Callable[[Page], None]) -> AnswersRead:
    page = Page(project, NIA, "parents")
    for change in changes:
        change(page)
    return read(project, page.saved())


def test_an_empty_form_answers_nothing(project: Project) -> None:
    found = parents(project)
    assert [one.question for one in found.answers if not one.empty] == [] and not found.unplaced
    assert found.coverage == 1.0


def test_words_on_lines_behind_labels_and_in_the_heading_are_each_their_questions(project: Project) -> None:
    def typed(page: Page) -> None:
        page.write("What goes well at school", "Her tablet.")
        page.write("What goes well at school", "And Mr Reid!", 2)
        page.at("What we hope for in the future").append(run_of(" – a job with music", None))
        page.at("I was helped to write it by").append(run_of("my sister", None))
        page.swap("☐", "☒", "It was translated by")

    found = parents(project, typed)
    assert found.answer("school").text == "Her tablet.\nAnd Mr Reid!"
    assert found.answer("hope").text == "a job with music"
    helped = found.answer("helped")
    assert helped.text == "my sister" and helped.ticked is None and not helped.sure
    assert found.answer("translated").ticked is True
    assert {one.question for one in found.answers if not one.empty} == {"school", "hope", "helped", "translated"}


def test_tracked_changes_are_read_as_accepted(project: Project) -> None:
    found = parents(project, lambda page: tracked(page.below("What goes well at school"), "nothing", "Music"))
    assert found.answer("school").text == "Music"


@pytest.mark.whole
def test_answers_under_a_deleted_heading_are_not_taken_for_those_of_another(project: Project) -> None:
    def torn(page: Page) -> None:
        page.write("What we like about", "She sings.")
        page.write("What goes well at school", "Her tablet.")
        heading = page.at("What goes well at school")
        heading.getparent().remove(heading)  # type: ignore[union-attr]

    found = parents(project, torn)
    assert found.answer("like").text == "She sings." and not found.answer("like").sure
    assert found.answer("school").text == "Her tablet." and not found.answer("school").sure


def test_a_bullet_that_the_school_did_not_print_is_an_answer_and_not_sure(project: Project) -> None:
    def added(page: Page) -> None:
        heading = page.at("What the school is working on now")
        twin(heading.getnext(), "Yes, she asks for it")  # type: ignore[arg-type]

    answer = parents(project, added).answer("diff")
    assert answer.text == "Yes, she asks for it" and answer.doubt == "it stands above the question"


def test_a_pasted_table_keeps_its_words_in_their_columns(project: Project) -> None:
    def pasted(page: Page) -> None:
        table = element("tbl")
        for cells in (("At home", "At school"), ("rest", "time"), ("", "a quiet room")):
            row = element("tr")
            for text in cells:
                cell = element("tc")
                paragraph = element("p")
                paragraph.append(run_of(text, None))
                cell.append(paragraph)
                row.append(cell)
            table.append(row)
        page.at("What support would help").addnext(table)

    answer = parents(project, pasted).answer("support")
    assert answer.text == "At home: rest\nAt school: time; a quiet room" and "table" in answer.doubt


def test_words_that_answer_no_question_are_told(project: Project) -> None:
    found = parents(project, lambda page: twin(page.at("About this form"), "Sorry this is late"))
    assert found.unplaced == ("Sorry this is late",)


def test_the_form_of_another_version_is_read_and_its_other_words_are_no_answers(project: Project) -> None:
    def older(page: Page) -> None:
        page.swap("What is important for", "What is important to", "What is important for")
        page.write("What is important to", "Peace.")

    found = parents(project, older)
    assert found.answer("now").text == "Peace."
    assert [one.question for one in found.answers if not one.empty] == ["now"]


@pytest.mark.whole
@pytest.mark.parametrize("language", ["pl", "ur"])
def test_a_form_in_the_familys_language_is_read_like_the_english_one(project: Project, language: str) -> None:
    english, page = Page(project, NIA, "parents"), Page(project, NIA, "parents", language)
    rows = page.paragraphs
    lines = english.paragraphs
    school = rows[lines.index(english.at("What goes well at school")) + 1]
    school.append(run_of("Dobrze", None))
    for text in rows[lines.index(english.at("It was translated by"))].iter(W + "t"):
        text.text = (text.text or "").replace("☐", "☒")
    found = read(project, page.saved())
    assert found.answer("school").text == "Dobrze" and found.answer("translated").ticked is True
    assert {one.question for one in found.answers if not one.empty} == {"school", "translated"}


# -- the pupil's form -------------------------------------------------------------------------------------------------


def pupil(project: Project, *changes: Callable[[Page], None], who: str = "ada-brown") -> AnswersRead:
    page = Page(project, who, "pupil")
    for change in changes:
        change(page)
    return read(project, page.saved())


@pytest.mark.whole
def test_a_sign_in_the_cell_of_a_face_chooses_it_and_boxes_are_read_ticked_marked_or_gone(project: Project) -> None:
    def marked(page: Page) -> None:
        page.cell("Lessons", 2).append(run_of("X", None))
        page.cell("My friends", 1).append(run_of("yes", None))
        page.cell("My friends", 3).append(run_of("sometimes", None))
        page.swap("☐ yes", "yes", "The family knows")
        page.swap("☐", "☐ X", "I want to come for a part")
        page.swap("☐ Ada", "☑ Ada", "Whose words")

    found = pupil(project, marked)
    assert found.answer("lessons").chosen == ("OK",) and found.answer("lessons").sure
    assert found.answer("friends").chosen == ("good", "hard") and not found.answer("friends").sure
    assert found.answer("family_knows").chosen == ("yes",) and "deleted" in found.answer("family_knows").doubt
    assert found.answer("meeting").chosen == ("I want to come for a part of it.",)
    assert found.answer("own_words").chosen == ("Ada’s own",)
    assert found.answer("adults").empty and found.answer("how_it_goes").empty and not found.unplaced


@pytest.mark.whole
@pytest.mark.parametrize("who", ["kacper-wisniewski", "ada-brown", "maisie-thorne", "luca-marchetti"])
def test_the_empty_form_of_every_age_answers_nothing(project: Project, who: str) -> None:
    found = pupil(project, who=who)
    assert [one.question for one in found.answers if not one.empty] == [] and found.unplaced == ()


@pytest.mark.whole
def test_a_tick_in_the_scale_of_a_teenager_is_that_of_its_row(project: Project) -> None:
    def ticked(page: Page) -> None:
        for text in page.cell("Homework", 3).iter(W + "t"):
            text.text = "☒"
        page.write("What gets in the way", "noise")

    found = pupil(project, ticked, who="maisie-thorne")
    assert found.answer("homework").chosen == ("hard",) and found.answer("lessons").empty
    assert found.answer("does_not_help").text == "noise"


@pytest.mark.whole
def test_a_hint_that_stays_is_no_answer_and_an_adults_remark_is_told_apart(project: Project) -> None:
    def written(page: Page) -> None:
        hint = page.below("I like, and")
        hint.append(element("r"))
        hint[-1].append(element("br"))
        hint.append(run_of("Castels!!  and ducks", None))
        twin(page.below("What helps me"), "• pictures")
        twin(page.below("What does not help me"), "Shouting. (Ada said this twice. JB)")

    found = pupil(project, written)
    assert found.answer("likes").text == "Castels!!  and ducks"
    assert found.answer("helps").text == "pictures"
    assert found.answer("does_not_help").text == "Shouting."
    assert found.answer("does_not_help").remark == "(Ada said this twice. JB)"


@pytest.mark.whole
def test_a_form_of_last_term_is_read_by_what_it_printed_then(project: Project) -> None:
    form = docx.Document()
    names = {"name": "Ada Brown", "first": "Ada", "whose": "Ada’s"}
    [lines, _] = earlier_versions("pupil", **names)
    for line in lines:
        said = {
            "Lessons:": "Lessons:   ☐ good   ☒ OK   ☐ hard",
            "Playtime": "Playtime and breaks:   ☐ good √   ☐ OK   ☐ hard",
        }
        form.add_paragraph(next((text for begins, text in said.items() if line.startswith(begins)), line))
        if line == "I am good at":
            form.add_paragraph("Rabbits.")
    content = io.BytesIO()
    form.save(content)
    found = read(project, content.getvalue())
    assert found.answer("lessons").chosen == ("OK",) and found.answer("good_at").text == "Rabbits."
    assert found.answer("breaks").chosen == ("good",) and "behind" in found.answer("breaks").doubt
    assert {one.question for one in found.answers if not one.empty} == {"lessons", "breaks", "good_at"}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1/12/26", date(2026, 12, 1)),
        ("2nd Dec 2026", date(2026, 12, 2)),
        ("30.11.2026", date(2026, 11, 30)),
        ("29-11-2026", date(2026, 11, 29)),
        ("Tues 1st December", date(2026, 12, 1)),
        ("December 4, 2026", date(2026, 12, 4)),
        ("3 January", date(2027, 1, 3)),
        ("2/12", date(2026, 12, 2)),
        ("2/13", None),
        ("2026-12-01", date(2026, 12, 1)),
        ("soon", None),
        ("31/02/2026", None),
    ],
)
def test_days_as_people_write_them(written: str, day: date | None) -> None:
    assert written_day(written, date(2026, 12, 5)) == day


@pytest.mark.whole
def test_a_row_of_boxes_that_lost_its_words_and_the_answer_behind_them_are_both_read(project: Project) -> None:
    """LibreOffice leaves a form so that it saved twice: boxes alone, and the label in front of the next answer."""

    def torn(page: Page) -> None:
        row = page.at("Is this still right to work on")
        label, boxes = words(row).split("?")[0] + "?", words(row).split("?")[1].replace("☐ yes", "☒ yes")
        for run in row.findall(W + "r"):
            row.remove(run)
        row.append(run_of(boxes, None))
        below = page.paragraphs[page.paragraphs.index(row) + 1]
        below.findall(W + "r")[0].addprevious(run_of(f"{label}   Mostly, yes.", None))

    answer = pupil(project, torn, who="maisie-thorne").answer("how_it_goes")
    assert answer.chosen == ("yes",) and answer.text == "Mostly, yes."
