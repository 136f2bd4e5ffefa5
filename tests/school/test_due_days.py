"""What is due for one pupil, each at the day on which it turns, of a case that has only what is asked about."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.authorities.pack import Pack
from generator.cases.dates.proposed_days import school_day_until
from generator.cases.dates.statutory_clock import statutory_clock
from generator.records.record import Record
from generator.school.calendar.reviews import Due, due, due_table, meetings_table, reference, within, year_of
from generator.values.formatting import date as in_words
from tests.joined import record
from tests.rules.turns import DAY, ON, WEEK, case, cycle, meeting

YEAR = 365 * DAY
NONE = {"sen_status": []}


def pack(**data: Any) -> Pack:
    return Pack("own", ("own",), {"name": "Ourshire", **data})


def rows(*records: Record, mine: Pack | None = None, submission: date | None = None, **kinds: Any) -> dict[str, Due]:
    kinds = {"pupil": NONE, **kinds}
    found = due(case(*records, **kinds), mine or pack(), ON, submission)
    assert found == sorted(found) and len({one.key for one in found}) == len(found)
    return {one.key: one for one in found}


def days(*records: Record, **more: Any) -> dict[str, date]:
    return {key: one.day for key, one in rows(*records, **more).items()}


def test_a_cycle_is_due_until_it_is_reviewed() -> None:
    assert days(cycle(1, planned_review=ON))["review-1"] == ON
    assert "review-1" not in days(cycle(1, end=ON, planned_review=ON))
    assert rows(cycle(1, planned_review=ON))["review-1"].who == "Miss Okoro"


@pytest.mark.parametrize(
    ("kind", "field", "who"),
    [
        ("plan", "review_date", "coordinator"),
        ("my_support_plan", "review_by", "coordinator"),
        ("behaviour_plan", "review_date", "lead"),
        ("profile", "review_date", "completed_by"),
    ],
)
def test_a_record_is_due_on_its_day_and_a_profile_within_a_year(kind: str, field: str, who: str) -> None:
    found = rows(**{kind: {field: ON, "date": ON - WEEK, who: "Mrs Hale"}})[kind.replace("_", "-")]
    assert (found.day, found.who) == (ON, "Mrs Hale")
    assert days(**{kind: {"date": ON}})[kind.replace("_", "-")] == ON + YEAR


def test_a_reduced_timetable_is_reviewed() -> None:
    assert days(pupil={**NONE, "reduced_timetable": {"review": ON}})["reduced-timetable"] == ON


def test_the_next_meeting_is_the_one_ahead_or_the_day_that_the_last_one_set() -> None:
    assert days(meeting(ON + DAY))["next-meeting"] == ON + DAY
    assert days(meeting(ON, next_meeting=ON + WEEK))["next-meeting"] == ON + WEEK
    assert "next-meeting" not in days(meeting(ON)) and "next-meeting" not in days()


def test_the_other_meetings_of_the_year_are_told_beside_the_next() -> None:
    ahead = [ON + DAY, ON + WEEK, ON]
    found = days(meeting(ON - DAY, next_meeting=ON + DAY), plan={"meeting_dates": ahead, "review_date": ON})
    assert {key: day for key, day in found.items() if key.startswith("meeting-")} == {f"meeting-{ON + WEEK}": ON + WEEK}


def test_an_action_is_due_until_it_is_done() -> None:
    open_, done = {"what": "Books", "who": "Ann", "by": ON}, {"what": "Cards", "who": "Ann", "by": ON, "done": ON}
    for held, kinds in (
        ([meeting(ON, actions=[open_, done])], {}),
        ([cycle(1, end=ON, review={"next_steps": [open_, done]})], {}),
        ([], {"my_support_plan": {"review_by": ON, "actions": [open_, done]}}),
    ):
        assert [one.what for key, one in rows(*held, **kinds).items() if key.startswith("action-")] == ["Books"]


def since(day: date) -> dict[str, Any]:
    return {"sen_status": [{"status": "K", "from": day}]}


@pytest.mark.parametrize(
    ("met", "day"),
    [
        ([], ON - WEEK + 122 * DAY),
        ([ON - 3 * DAY], ON - 3 * DAY + 122 * DAY),
        ([ON - 9 * DAY], ON - WEEK + 122 * DAY),
        ([ON - 3 * DAY, ON - 2 * DAY], ON - 2 * DAY + 122 * DAY),
        ([ON - 30 * DAY, ON - 20 * DAY, ON - 10 * DAY], ON - 30 * DAY + YEAR),
        ([ON - 40 * DAY, ON - 30 * DAY, ON - 20 * DAY, ON - 10 * DAY], ON - 30 * DAY + YEAR),
        ([ON - YEAR + DAY, ON - 20 * DAY, ON - 10 * DAY], ON + DAY),
        ([ON - YEAR, ON - 20 * DAY, ON - 10 * DAY], ON - WEEK + 122 * DAY),
    ],
)
def test_three_meetings_a_year_have_a_last_day(met: list[date], day: date) -> None:
    held = [meeting(one, type="interim") for one in met]
    found = rows(*held, pupil=since(ON - WEEK))["three-a-year"]
    so_far = sum(one >= ON - 3 * WEEK for one in met)  # a talk shortly before the decision belongs to it
    said = f"{so_far} meeting{'s' * (so_far != 1)} since {in_words(ON - WEEK)}, 3 a year are wanted (Code 6.65)"
    assert found.day == max(school_day_until({}, day), ON - WEEK) and found.what == f"Meet the parents: {said}"
    long_since = rows(*held, pupil=since(ON - 2 * YEAR))["three-a-year"].what
    assert f"{sum(one > ON - YEAR for one in met)} of 3 meetings in the last twelve months" in long_since
    planned = meeting(ON + DAY)
    assert "three-a-year" not in days(*held, planned, pupil=since(ON - WEEK))
    late = meeting(day + DAY)
    assert ("three-a-year" in days(*held, late, pupil=since(ON - WEEK))) is (day + DAY > ON)
    if day > ON:
        assert "three-a-year" not in days(*held, meeting(day), pupil=since(ON - WEEK))
    assert "three-a-year" not in days(*held)


def test_no_meeting_is_due_before_a_child_is_here() -> None:
    begun = since(ON - 2 * YEAR)
    assert "three-a-year" not in days(pupil={**begun, "admission_date": ON + DAY})  # was: 0 meetings since tomorrow
    found = rows(pupil={**begun, "admission_date": ON})["three-a-year"]
    assert (
        found.day == school_day_until({}, ON + 122 * DAY) and f"0 meetings since {in_words(ON)}" in found.what
    )  # was: long overdue


def test_after_an_import_nothing_of_before_the_file_is_overdue() -> None:
    plan = {"sen_status": [{"status": "E", "from": date(2022, 9, 1)}], "records_from": ON}
    found = rows(pupil=plan)
    assert found["three-a-year"].day == school_day_until({}, ON + 122 * DAY)
    annual = found["annual-review"]
    assert annual.day > ON and (annual.day + DAY).replace(year=2022) == date(2022, 9, 1)
    assert "not on file" in annual.what
    reviewed = rows(meeting(ON - WEEK, type="annual"), pupil=plan)["annual-review"]
    assert reviewed.day == ON - WEEK + YEAR - DAY and "not on file" not in reviewed.what


def test_no_meeting_falls_due_in_the_holidays() -> None:
    terms = [{"name": "Autumn", "start": date(2026, 9, 1), "end": date(2026, 12, 18)},
             {"name": "Spring", "start": date(2027, 1, 5), "end": date(2027, 3, 26)}]  # fmt: skip
    begun = case(pupil=since(date(2026, 9, 1)), school={"terms": terms})
    [one] = [one for one in due(begun, pack(), date(2026, 11, 30)) if one.key == "three-a-year"]
    assert one.day == date(2026, 12, 18)  # was: 1 January


@pytest.mark.parametrize(
    ("reviewed", "day"),
    [
        (None, ON - WEEK + YEAR - DAY),
        (ON, ON + YEAR - DAY),
        (ON + DAY, ON - WEEK + YEAR - DAY),
        (ON - 2 * WEEK, ON - WEEK + YEAR - DAY),
    ],
)
def test_an_ehc_plan_is_reviewed_a_year_after_it_was_made_or_last_reviewed(reviewed: date | None, day: date) -> None:
    held = {"sen_status": [{"status": "E", "from": ON - YEAR, "to": ON - 2 * WEEK}, {"status": "E", "from": ON - WEEK}]}
    meetings = [meeting(reviewed, type="annual")] if reviewed else []
    assert days(*meetings, pupil=held)["annual-review"] == day
    if reviewed:
        assert days(pupil=held, annual_review={"date": reviewed})["annual-review"] == day
    assert days(meeting(ON, type="review"), pupil=held)["annual-review"] == ON - WEEK + YEAR - DAY
    assert "annual-review" not in days(pupil=since(ON))


def test_the_clock_of_a_request_runs_until_there_is_a_plan() -> None:
    sent, clock = {"request": {"sent": {"received": ON}}}, statutory_clock(ON)
    found = days(**sent)
    assert [found[f"clock-{key}"] for key in ("decision", "no-plan", "final-plan")] == [
        clock.decision, clock.no_plan, clock.final_plan
    ]  # fmt: skip
    assert not [
        key for key in days(pupil={"sen_status": [{"status": "E", "from": ON}]}, **sent) if key.startswith("clock")
    ]
    assert not [key for key in days(request={"sent": {"date": ON}}) if key.startswith("clock")]
    for answer, left in (("will_assess", ["clock-no-plan", "clock-final-plan"]), ("will_not_assess", [])):
        log = {"entries": [{"date": ON, "what": "A letter", "kind": "decision", "answer": answer}]}
        assert [key for key in days(**sent, log=log) if key.startswith("clock")] == left


@pytest.mark.parametrize(("planned", "told"), [(date(2026, 12, 1), False), (date(2026, 12, 2), True)])
def test_a_report_grows_too_old_before_the_day_of_the_request(planned: date, told: bool) -> None:
    rule = {"id": "r", "title": "Report", "max_age_months": 6, "unless_confirms_diagnosis": True}
    mine = pack(request={"evidence": [rule]})
    item = {"id": "ep", "title": "EP report", "kind": "report", "date": date(2026, 6, 1)}
    held: dict[str, Any] = {"evidence": {"items": [item]}}
    found = days(mine=mine, submission=planned, **held)
    assert found.get("report-ep") == (date(2026, 12, 1) if told else None)
    assert ("report-ep" in days(mine=mine, request={"date": planned}, **held)) is told
    assert "report-ep" not in days(mine=mine, request={"date": planned, "sent": {"date": ON}}, **held)
    assert "report-ep" not in days(mine=mine, **held) and "report-ep" not in days(submission=planned, **held)
    old = {"items": [{**item, "date": date(2020, 1, 1), "confirms_diagnosis": True}, {**item, "id": "x", "date": None}]}
    assert not [key for key in days(mine=mine, submission=planned, evidence=old) if key.startswith("report-")]


def test_forms_are_due_back() -> None:
    asked = record("asked", {"form": "parents", "asked_on": ON - WEEK, "due": ON, "to": "Ann"}, "asked/a")
    assert days(asked)[f"forms-parents-{ON}"] == ON


def one(day: date) -> Due:
    return Due(day, "ben", "k", "Ben", "t", "w", "x")


def test_what_is_due_within_some_weeks_and_what_is_overdue() -> None:
    assert within([one(ON + 2 * WEEK), one(ON + 2 * WEEK + DAY), one(ON - DAY)], ON, 2) == [
        one(ON - DAY),
        one(ON + 2 * WEEK),
    ]
    table = due_table([one(ON - DAY), one(ON)], "School", ON)
    assert [row[3] for row in table.rows] == [reference("School", "ben")] * 2 != [reference("ben", "School")] * 2
    assert [row[1] for row in table.rows] == ["OVERDUE", ""] and table.notes[0].startswith("2 due, 1 of them overdue")


@pytest.mark.parametrize(
    ("met", "year", "recent"),
    [
        ([date(2026, 9, 1)], 1, 1),
        ([date(2026, 8, 31)], 0, 1),
        ([ON - YEAR + DAY], 0, 1),
        ([ON - YEAR], 0, 0),
        ([ON + DAY], 0, 0),
    ],
)
def test_the_meetings_of_a_school_year_and_of_twelve_months(met: list[date], year: int, recent: int) -> None:
    found = year_of(case(*map(meeting, met)), pack(), ON)
    assert found and (len(found.days), found.recent, found.wanted) == (year, recent, 3)
    assert year_of(case(pupil=NONE), pack(), ON) is None
    more = year_of(case(), pack(reviews={"min_per_year": 4}), ON)
    assert more and more.wanted == 4
    table = meetings_table([found, more])
    assert [row[1] for row in table.rows] == sorted([recent, 0])
