"""When an authority's answer is late, on the day of receipt, the day it is due and the day an answer came."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator.cases.dates.request_answers import ANSWERS, answer_in_words
from generator.rules.law_and_code.request_and_records.request_clock import (
    clock_closure,
    clock_of,
    clock_overdue,
    receipt_unknown,
)
from generator.rules.rule import View
from tests.joined import case

DAY = timedelta(days=1)
RECEIVED = date(2026, 6, 1)
DUE = RECEIVED + 42 * DAY


def view(on: date, *decisions: date, school: Any = None, log: Any = (), pupil: Any = None, **sent: Any) -> View:
    said_yes = {"kind": "decision", "what": "The authority will assess"}
    entries = [{**said_yes, "date": day} for day in decisions]
    entries += [*log, {"kind": "note", "what": "The authority will not assess", "date": RECEIVED + DAY}]
    kinds = {"pupil": pupil} if pupil else {}
    said = {"date": RECEIVED - 3 * DAY, "received": RECEIVED, **sent}
    joined = case(school, request={"sent": {k: v for k, v in said.items() if v}}, log={"entries": entries}, **kinds)
    return View(joined, None, on)  # type: ignore[arg-type]  these rules ask nothing of a pack


def told(rule: Any, seen: View) -> list[Any]:
    return list(rule.look(seen))


@pytest.mark.parametrize(("on", "late"), [(DUE - DAY, 0), (DUE, 0), (DUE + DAY, 1)])
def test_an_answer_is_late_on_the_day_after_it_was_due(on: date, late: int) -> None:
    assert len(told(clock_overdue, view(on))) == late


@pytest.mark.parametrize(
    ("heard", "late"), [(RECEIVED - DAY, 1), (RECEIVED, 1), (RECEIVED + DAY, 0), (DUE + DAY, 0), (DUE + 2 * DAY, 1)]
)
def test_an_answer_counts_from_the_day_after_receipt_to_today(heard: date, late: int) -> None:
    """A decision of the day of receipt is about something before; one that is still to come was not heard."""
    assert len(told(clock_overdue, view(DUE + DAY, heard))) == late


@pytest.mark.parametrize(("days", "what"), [(43, "6 weeks"), (113, "16 weeks"), (141, "20 weeks")])
def test_the_latest_that_is_late_is_told_with_its_regulation(days: int, what: str) -> None:
    [finding] = told(clock_overdue, view(RECEIVED + days * DAY))
    assert what in str(finding)


TO_ISSUE, FINAL = RECEIVED + 112 * DAY, RECEIVED + 140 * DAY


@pytest.mark.parametrize(
    ("answer", "on", "late"),
    [
        ("will_assess", TO_ISSUE, ""),
        ("will_assess", TO_ISSUE + DAY, "16 weeks"),
        ("will_assess", FINAL, "16 weeks"),
        ("will_assess", FINAL + DAY, "20 weeks"),
        ("will_issue", FINAL, ""),
        ("will_issue", FINAL + DAY, "20 weeks"),
        ("will_not_assess", FINAL + DAY, ""),
        ("will_not_issue", FINAL + DAY, ""),
        ("final_plan", FINAL + DAY, ""),
    ],
)
@pytest.mark.parametrize("kind", ["decision", "contact"])
def test_a_no_ends_the_clock_and_a_yes_leaves_what_comes_after(answer: str, on: date, late: str, kind: str) -> None:
    entry = {"kind": kind, "what": "An e-mail", "date": RECEIVED + 30 * DAY, "answer": answer}
    found = told(clock_overdue, view(on, log=[entry]))
    assert [one.source.endswith(late) for one in found] == [True] * bool(late)


def test_an_answer_that_is_marked_counts_from_the_day_of_receipt() -> None:
    for days, late in ((-1, 1), (0, 0), (42, 0), (43, 0), (44, 1)):
        entry = {"kind": "decision", "what": "x", "date": RECEIVED + days * DAY, "answer": "will_assess"}
        assert len(told(clock_overdue, view(DUE + DAY, log=[entry]))) == late, days


@pytest.mark.parametrize(
    "what", ["Second radio microphone borrowed", "Handwriting speed assessed", "New seat in class"]
)
def test_a_decision_of_the_school_is_no_answer(what: str) -> None:
    [found] = told(clock_overdue, view(DUE + DAY, log=[{"kind": "decision", "what": what, "date": DUE}]))
    assert "6 weeks" in found.source and found.hint.startswith("ask for it in writing")


@pytest.mark.parametrize("who", ["Northmoor Council", "SEN team"])
@pytest.mark.parametrize("days", [43, 141])
def test_a_decision_that_does_not_say_which_answer_it_is_is_asked_about(who: str, days: int) -> None:
    entry = {"kind": "decision", "what": "Letter with the decision", "who": who, "date": RECEIVED + 20 * DAY}
    [found] = told(clock_overdue, view(RECEIVED + days * DAY, log=[entry, entry]))
    assert found.hint.startswith("if the decision of 21 June 2026 is the answer, say there which: answer: and one of")


def test_a_decision_of_whom_the_request_went_to_may_be_an_answer() -> None:
    entry = {"kind": "decision", "what": "Letter", "who": "Inclusion Hub", "date": DUE}
    for to, asks in (("Inclusion Hub", True), ("Someone else", False)):
        [found] = told(clock_overdue, view(DUE + DAY, log=[entry], to=to))
        assert found.hint.startswith("if the decision") is asks


def test_the_authority_is_known_by_its_name_in_the_schools_records() -> None:
    entry = {"kind": "decision", "what": "Letter", "who": "Northmoor SEND Hub", "date": DUE}
    named = (
        {"school": {"authority_name": "Northmoor SEND Hub"}},
        {"pupil": {"home_authority_name": "Northmoor Send hub"}},
    )
    for records, asks in ((named[0], True), (named[1], True), ({}, False)):
        [found] = told(clock_overdue, view(DUE + DAY, log=[entry], **records))
        assert found.hint.startswith("if the decision") is asks


def test_a_pupil_with_an_ehc_plan_is_owed_nothing() -> None:
    for since, late in ((FINAL + DAY, 0), (FINAL + 2 * DAY, 1)):
        pupil = {"forenames": "Ada", "legal_surname": "Brown", "sen_status": [{"status": "E", "from": since}]}
        assert len(told(clock_overdue, view(FINAL + DAY, pupil=pupil))) == late


@pytest.mark.parametrize(
    ("what", "answer"),
    [
        ("The authority will assess", "will_assess"),
        ("Council agreed to carry out an EHC needs assessment", "will_assess"),
        ("The authority will not assess", "will_not_assess"),
        ("The council won’t assess", "will_not_assess"),
        ("Panel refused to assess", "will_not_assess"),
        ("The authority declined to carry out a needs assessment.", "will_not_assess"),
        ("The authority decided not to issue a plan", "will_not_issue"),
        ("LA will not issue an EHC plan", "will_not_issue"),
        ("The authority will issue an EHC plan", "will_issue"),
        ("Final EHC plan received", "final_plan"),
        ("Final plan is late; the authority was asked", ""),
        ("The authority will decide whether to assess", ""),
        ("Parents ask the authority to assess", ""),
        ("The authority will assess, but will not issue a plan", ""),
        ("Mediation: the authority will assess", ""),
        ("If she does not improve the authority will assess", ""),
        ("Draft plan from the authority", ""),
        ("We do not change the plan", ""),
        ("The authority answered", ""),
        ("The authority has not issued the final plan", ""),
        ("The authority will send the final plan by 3 March", ""),
        ("Complained to the county that the final EHC plan has not come", ""),
        ("The final plan will be late", ""),
        ("The council says the final plan was sent", ""),
        ("Letter about the final plan received", ""),
        ("The authority hasn’t sent the final plan", ""),
        ("The authority issued the final EHC plan on 3 March", "final_plan"),
        ("The final plan for Ada has been issued", "final_plan"),
        ("The authority does not agree to assess", ""),
        ("The council did not agree to carry out an assessment", ""),
        ("The council didn't agree to assess", ""),
        ("The authority has not decided to issue a plan", ""),
        ("The authority did not say that it will assess", ""),
        ("The authority has not refused to assess", ""),
        ("Nobody at the council agreed to assess", ""),
        ("The authority will assess Ada’s reading in January", ""),
        ("The authority will assess her", "will_assess"),
        ("The authority will assess: letter of 3 March", "will_assess"),
        ("We decided not to make an EHC needs assessment request", ""),
    ],
)
def test_what_a_logged_decision_answers_is_read_only_from_plain_words(what: str, answer: str) -> None:
    assert answer_in_words(what) == answer


@pytest.mark.parametrize(
    ("what", "who", "late"),
    [
        ("SEND team will assess Ada's reading in January", "", 1),
        ("SEND team will assess", "", 1),
        ("The county EP will assess", "", 1),
        ("The council EP will assess", "", 1),
        ("Will assess", "Council educational psychologist", 1),
        ("We will not assess again", "Panel of the school", 1),
        ("Will assess", "Northmoor Council", 0),
        ("SEND team at the council will assess", "", 0),
        ("The authority will assess", "SENCO", 0),
    ],
)
def test_only_a_decision_that_is_surely_the_authoritys_stops_the_clock(what: str, who: str, late: int) -> None:
    entry = {"kind": "decision", "what": what, "who": who, "date": RECEIVED + 20 * DAY}
    assert len(told(clock_overdue, view(DUE + DAY, log=[entry]))) == late


def test_updated_advice_is_owed_no_answer() -> None:
    late = view(DUE + 99 * DAY)
    request = late.case.data("request")
    assert told(clock_overdue, late) and clock_of(late)
    advice = {"request": {**request, "kind": "updated_advice"}}
    again = View(case(**advice), None, late.on)  # type: ignore[arg-type]
    assert told(clock_overdue, again) == [] and clock_of(again) is None


def test_without_a_day_of_receipt_nothing_is_late() -> None:
    assert told(clock_overdue, view(DUE + 99 * DAY, received=None)) == []
    assert told(clock_overdue, View(case(), None, DUE)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(("days", "asked"), [(6, 0), (7, 0), (8, 1)])
def test_a_receipt_is_asked_for_after_a_week(days: int, asked: int) -> None:
    sent = RECEIVED - 3 * DAY
    assert len(told(receipt_unknown, view(sent + days * DAY, received=None))) == asked
    assert told(receipt_unknown, view(sent + days * DAY)) == []


def test_a_long_closure_is_told_until_the_last_step_and_may_excuse() -> None:
    school = {"closures": [{"from": date(2026, 7, 1), "to": date(2026, 7, 28)}]}
    last = RECEIVED + 140 * DAY
    assert len(told(clock_closure, view(last, school=school))) == 1
    assert told(clock_closure, view(last + DAY, school=school)) == [] and told(clock_closure, view(last)) == []
    [late] = told(clock_overdue, view(DUE + DAY, school=school))
    assert "may excuse it" in str(late) and "may excuse" not in str(told(clock_overdue, view(DUE + DAY))[0])


def test_without_a_request_or_a_receipt_the_clock_says_nothing() -> None:
    nothing = View(case(), None, DUE)  # type: ignore[arg-type]
    for rule in (receipt_unknown, clock_overdue, clock_closure):
        assert told(rule, nothing) == []
    assert told(clock_closure, view(DUE, received=None)) == []


def test_a_closure_is_told_with_its_first_day() -> None:
    school = {"closures": [{"from": date(2026, 7, 1), "to": date(2026, 7, 28)}]}
    assert "closed from 1 July 2026, which" in str(told(clock_overdue, view(DUE + DAY, school=school))[0])


def test_the_answers_that_the_clock_knows_are_those_of_the_log() -> None:
    rows = json.loads((Path(__file__).parents[2] / "schemas/log.schema.json").read_text())["properties"]["entries"][
        "items"
    ]["properties"]
    assert rows["answer"]["enum"] == list(ANSWERS)


def test_no_receipt_is_asked_for_of_updated_advice() -> None:
    sent = {"date": RECEIVED, "to": "SEN team"}
    asked = [{"kind": kind, "sent": sent} for kind in ("new", "updated_advice")]
    views = [View(case(request=one), None, RECEIVED + 30 * DAY) for one in asked]  # type: ignore[arg-type]
    found = [told(receipt_unknown, one) for one in views]
    assert [len(one) for one in found] == [1, 0]  # was: asked for of both, and no clock runs for the second
