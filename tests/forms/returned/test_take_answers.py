"""What is sure is written beside what is there, what is not waits, what no field holds is kept: nothing is lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.folder.create import new_record
from generator.folder.load_case import load_case
from generator.folder.school_folder import Project, find_project
from generator.forms.filling.runs import run_of
from generator.forms.returned.take_answers import ALL, look_at, take
from tests.example_school import copy_school
from tests.forms.returned.returned_files import Page, twin

ADA, KACPER = "ada-brown", "kacper-wisniewski"
BACK = date(2026, 12, 3)


@pytest.fixture
def school(tmp_path: Path) -> Project:
    return find_project(copy_school(tmp_path / "school", ADA, KACPER))


def signed(page: Page, name: str, who: str) -> None:
    page.at("Your name, and who you are").append(run_of(f": {name}, {who}", None))


def request_of(school: Project) -> str:
    return (school.root / "cases" / ADA / "request.yaml").read_text("utf-8")


@pytest.mark.whole
def test_words_go_behind_what_is_there_and_a_field_with_one_value_is_left(school: Project) -> None:
    page = Page(school, ADA, "parents")
    page.write("What we hope for in the future", "A vet!")
    page.write("How and when it is best to reach us", "Ring me at noon")
    signed(page, "Samira Brown", "mum")
    before = request_of(school)
    form = look_at(school, "x.docx", page.saved(), BACK)
    states = {one.answer.question: one.state for one in form.proposals}
    assert states["hope"] == "beside" and states["reach"] == "conflict"
    take(school, form)
    after = request_of(school)
    assert "Samira Brown, 3 December 2026: A vet!" in after and "Ring me at noon" not in after
    kept = [line for line in before.splitlines() if line.startswith("#") or "# " in line]
    assert kept and all(line in after for line in kept), "comments stay"
    case = load_case(school, ADA).case
    assert case is not None
    [record] = case.by_kind["asked"]
    said = {row["question"]: row for row in record.data["back"][0]["answers"]}
    assert said["reach"]["text"] == "Ring me at noon" and "went_to" not in said["reach"]
    assert said["hope"]["went_to"] == "request.yaml: parents_views.future"


@pytest.mark.whole
def test_what_is_not_sure_is_written_only_when_it_is_taken_and_the_file_is_kept_once(school: Project) -> None:
    page = Page(school, ADA, "parents")
    heading = page.at("What the school is working on now")
    twin(heading.getnext(), "Yes, at breakfast")  # type: ignore[arg-type]
    signed(page, "Samira Brown", "mum")
    content = page.saved()
    cycle = school.root / "cases" / ADA / "cycles" / "2026-autumn.yaml"
    taken = take(school, look_at(school, "x.docx", content, BACK))
    assert "diff" not in taken.took and "Yes, at breakfast" not in cycle.read_text("utf-8")
    again = look_at(school, "x.docx", content, BACK)
    assert again.before == taken.asked
    take(school, again, (ALL,))
    assert "Yes, at breakfast" in cycle.read_text("utf-8")
    assert len(list((school.root / "cases" / ADA / "returned").iterdir())) == 1
    case = load_case(school, ADA).case
    assert case is not None and len(case.by_kind["asked"][0].data["back"]) == 1


@pytest.mark.whole
def test_somebody_who_is_not_in_the_record_is_told_and_waits(school: Project) -> None:
    page = Page(school, ADA, "parents")
    page.write("What goes well at school", "Freya.")
    signed(page, "Beatrice Brown", "grandmother")
    form = look_at(school, "x.docx", page.saved(), BACK)
    assert form.who is not None and "nobody in pupil.yaml" in form.who.doubts[-1]
    before = request_of(school)
    take(school, form)
    assert request_of(school) == before


@pytest.mark.whole
def test_what_not_to_share_is_added_to_the_pupils_record_when_its_box_is_ticked(school: Project) -> None:
    page = Page(school, ADA, "parents")
    page.swap("☐", "☒", "Please do not share this with")
    page.at("Please do not share this with").append(run_of("the school nurse", None))
    signed(page, "Samira Brown", "mum")
    take(school, look_at(school, "x.docx", page.saved(), BACK))
    case = load_case(school, ADA).case
    assert case is not None and "the school nurse" in case.data("pupil")["not_shared_with"]


@pytest.mark.whole
def test_without_a_request_the_views_are_kept_and_a_new_request_takes_them_over(school: Project) -> None:
    page = Page(school, KACPER, "parents")
    page.write("What we hope for in the future", "That he talks to us.")
    signed(page, "Agnieszka Nowak", "mother")
    form = look_at(school, "x.docx", page.saved(), BACK)
    hope = next(one for one in form.proposals if one.answer.question == "hope")
    assert (
        hope.state == "kept"
        and f"no request yet: it is kept with the form, and `sendpack new request {KACPER}`" in hope.why
    )
    take(school, form)
    [path] = new_record(school, "request", KACPER, date(2026, 12, 4))
    text = (school.root / path).read_text("utf-8") if isinstance(path, str) else path.read_text("utf-8")
    assert "future: That he talks to us." in text and "author: Agnieszka Nowak" in text
