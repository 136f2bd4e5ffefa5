"""A record is empty from the moment it is begun until somebody writes in it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from generator.folder.as_begun import is_as_begun
from generator.folder.create import drafted_record
from generator.folder.load_case import load_case
from generator.folder.school_folder import Project, find_project
from generator.values.parsing import TO_FILL_IN
from tests.example_school import copy_school

KACPER = "kacper-wisniewski"
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
