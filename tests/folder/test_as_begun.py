"""A record is empty from the moment it is begun until somebody writes in it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.authorities.requirement import records_filled
from generator.cases.case import newest_date
from generator.cases.chronology import chronology
from generator.cases.prefill import known
from generator.documents.catalogue import MergeDesk, documents
from generator.documents.template_shelf import TemplateShelf
from generator.folder.as_begun import begun, is_as_begun
from generator.folder.create import drafted_record
from generator.folder.load_case import load_case
from generator.folder.school_folder import Project, find_project
from generator.forms.authority.paths import Sources
from generator.records.blank_records import skeleton
from generator.records.record import read_record
from generator.values.parsing import TO_FILL_IN
from tests.example_school import copy_school

ADA, KACPER = "ada-brown", "kacper-wisniewski"
ON = date(2026, 11, 30)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """One school for all kinds of record; nothing is written in it."""
    school = copy_school(tmp_path_factory.mktemp("begun"), KACPER)
    (school / "cases" / KACPER / "profile.yaml").unlink()
    return find_project(school)


def is_empty(project: Project, kind: str, *written: str, also: str = "") -> bool:
    """Whether a record as begun counts as empty; `written` stands for the first place to fill in, `also` at its end."""
    file, text = drafted_record(project, kind, KACPER, ON)
    for words in written:
        text = text.replace(TO_FILL_IN, words, 1)
    for line in also.splitlines():
        text = re.sub(rf"(?m)^{line.partition(':')[0]}:.*\n", "", text) + f"{line}\n"
    path = file.relative_to(project.root).as_posix()
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")
    loaded = load_case(project, KACPER)
    file.unlink()
    assert loaded.case is not None, loaded.problems
    record = next(one for one in loaded.case.records if one.path == path)
    return is_as_begun(project, loaded.case, record)


KINDS = ("profile", "meeting", "behaviour-plan", "transition")


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_only_begun_is_empty_and_no_longer_when_something_is_written(project: Project, kind: str) -> None:
    assert is_empty(project, kind)
    assert not is_empty(project, kind, "Draws maps.")


def test_a_record_in_which_only_a_day_was_written_is_not_empty(project: Project) -> None:
    assert not is_empty(project, "meeting", also="next_meeting: 4 January 2027\non_information_system: 1 December 2026")


def test_a_record_of_the_example_is_not_empty(project: Project) -> None:
    case = load_case(project, KACPER).case
    assert case is not None
    assert not any(is_as_begun(project, case, record) for record in case.records)


BEGUN = ("profile", "meeting", "my-support-plan")


def test_a_record_that_was_only_begun_is_no_event_and_stands_in_no_other_paper(tmp_path: Path) -> None:
    """In its own paper it is, as a draft."""
    school = copy_school(tmp_path, ADA)
    home = school / "cases" / ADA
    before = told_of(find_project(school))
    (home / "profile.yaml").unlink()
    (home / "my-support-plan.yaml").unlink()
    without = told_of(find_project(school))
    paths = []
    for kind in BEGUN:
        file, text = drafted_record(find_project(school), kind, ADA, ON)
        file.write_text(text, "utf-8")
        paths.append(file.relative_to(school).as_posix())
    case = load_case(find_project(school), ADA).case
    assert case is not None and case.begun == set(paths)
    assert told_of(find_project(school)) == without != before
    held = {one.path for one in case.meetings_and_begun} - {one.path for one in case.meetings}
    assert held == {paths[1]} and newest_date(case) < ON
    assert not records_filled(case, "profile.own_words")
    assert "profile" not in Sources.of(case).roots and len(Sources.of(case).roots["meetings"]) == len(case.meetings)
    meeting = home / paths[1].removeprefix(f"cases/{ADA}/")
    meeting.write_text(meeting.read_text("utf-8").replace(TO_FILL_IN, "Reads more.", 1), "utf-8")
    assert told_of(find_project(school)) != without


def told_of(project: Project) -> tuple[object, ...]:
    """The chronology of a case, and what its request says of meetings and plans."""
    case = load_case(project, ADA).case
    assert case is not None
    desk = MergeDesk(project, case, project.pack_of(case), TemplateShelf(project.template_folders))
    papers = list(documents(case, desk.pack))
    request = desk.context(next(one for one in papers if one.kind == "request"), None)
    meetings = [str(one["id"]) for one in request["facts"]["meetings"]]
    own = [desk.context(one, None)["meeting"] for one in papers if one.record and one.record.kind == "meeting"]
    assert all(own), "the paper of a meeting has its record, begun or not"
    return (
        chronology(case),
        meetings,
        len(request["meetings"]),
        bool(request["profile"]),
        bool(request["my_support_plan"]),
    )


def test_the_first_cycle_is_empty_as_it_was_begun_and_no_event(tmp_path: Path) -> None:
    """It is begun for the days of a later term, which were proposed."""
    project = find_project(copy_school(tmp_path, KACPER))
    for file in (project.cases / KACPER).glob("*/*.yaml"):
        file.unlink()
    case = load_case(project, KACPER).readable
    assert case is not None
    text = skeleton(project.schemas.shape("cycle"), known("cycle", case, project.school_data, ON), "", ON)
    path = f"cases/{KACPER}/cycles/2027-spring.yaml"
    for written, empty in ((text, True), (text.replace(TO_FILL_IN, "Ann Ashworth", 1), False)):
        record, _ = read_record(written.encode(), path, "cycle", project.schemas)
        assert record is not None and record.is_drafted
        held = replace(case, records=(*case.records, record))
        assert is_as_begun(project, held, record) is empty
        told = chronology(replace(held, begun=begun(project, held)))
        assert any("planned to begin" in one.what for one in told) is not empty
