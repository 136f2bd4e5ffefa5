"""An answer of the authority is an entry of the log: begun where there is none, and the clock goes by it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.cases.dates.request_answers import ANSWERS, answers
from generator.cases.dates.statutory_clock import statutory_clock
from generator.cli.pupil_commands.bundle_command import ANSWERS_OF_THE_AUTHORITY
from generator.folder.changing import edit_record
from generator.folder.changing.changes_made import changes_made, take_back
from generator.folder.load_case import load_case
from generator.folder.school_folder import Project, find_project
from generator.problems import WrongUse
from generator.submission.given_out.authority_answer import answers_logged, record_answer
from tests.example_school import copy_school

ADA = "ada-brown"
TODAY = date(2027, 3, 1)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Ada's request as one that was sent."""
    school = copy_school(tmp_path, ADA)
    request = school / "cases" / ADA / "request.yaml"
    text = request.read_text("utf-8")
    if "\nsent:" not in text:
        request.write_text(f"{text.rstrip()}\nsent:\n  date: 1 December 2026\n  to: SEN team\n", "utf-8")
    return find_project(school)


@pytest.mark.whole
@pytest.mark.parametrize("begun", [True, False])
def test_the_answer_stands_in_the_log_and_the_clock_knows_it(project: Project, begun: bool) -> None:
    log = project.cases / ADA / "log.yaml"
    before = log.read_bytes()
    if not begun:
        log.unlink()
    record_answer(project, load_case(project, ADA), date(2027, 1, 12), "will_not_assess", TODAY)
    case = load_case(project, ADA).case
    assert case is not None
    assert [row["answer"] for row in answers_logged(case)][-1:] == ["will_not_assess"]
    assert answers(case, statutory_clock(date(2026, 12, 1)), TODAY).owed == ()
    with pytest.raises(WrongUse, match="in the log already"):  # as when a button is pressed twice
        record_answer(project, load_case(project, ADA), date(2027, 1, 12), "will_not_assess", TODAY)
    [made] = changes_made(project)
    assert made.did == "Recorded: Answer to the request for an EHC needs assessment: will not assess"
    take_back(project, made.name)
    assert log.read_bytes() == before if begun else not log.exists()


@pytest.mark.whole
def test_a_colleague_was_quicker_with_the_same_answer(project: Project) -> None:
    opened, day = load_case(project, ADA), date(2027, 1, 12)
    record_answer(project, load_case(project, ADA), day, "will_assess", TODAY)
    with pytest.raises(WrongUse, match="in the log already"):
        record_answer(project, opened, day, "will_assess", TODAY)


@pytest.mark.whole
@pytest.mark.parametrize(("day", "said"), [(date(2026, 11, 1), "is before"), (date(2027, 3, 2), "still to come")])
def test_a_day_that_cannot_be_changes_nothing(project: Project, day: date, said: str) -> None:
    before = (project.cases / ADA / "log.yaml").read_bytes()
    with pytest.raises(WrongUse, match=said):
        record_answer(project, load_case(project, ADA), day, "will_assess", TODAY)
    assert (project.cases / ADA / "log.yaml").read_bytes() == before


def test_an_answer_from_before_the_request_was_sent_is_none_to_it(project: Project) -> None:
    log = project.cases / ADA / "log.yaml"
    rows = (
        "  - date: 1 March 2025\n    what: No to the first request\n    kind: decision\n    answer: will_not_assess\n"
    )
    log.write_text(f"{log.read_text('utf-8').rstrip()}\n{rows}", "utf-8")
    case = load_case(project, ADA).case
    assert case is not None and answers_logged(case) == []


def test_the_command_names_every_answer() -> None:
    assert [one.replace("-", "_") for one in ANSWERS_OF_THE_AUTHORITY] == list(ANSWERS)


def test_an_answer_goes_behind_what_is_written_while_it_is_recorded(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, opened, times = project.cases / ADA / "log.yaml", edit_record.open_record, iter([True])

    def quicker(*given: Any) -> Any:
        record = opened(*given)
        if next(times, False):
            with log.open("a", encoding="utf-8") as file:
                file.write("  - {date: 19 November 2026, what: Theirs., kind: other}\n")
        return record

    monkeypatch.setattr(edit_record, "open_record", quicker)
    record_answer(project, load_case(project, ADA), date(2027, 1, 12), "will_assess", TODAY)
    text = log.read_text("utf-8")
    assert text.index("Theirs.") < text.index("will_assess")
