"""Rules on who the pupil is, the census, dates and the request, each at the day or the code on which it turns."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.cases.case import Given
from generator.rules.law_and_code.request_and_records import record_dates, yearly_report
from generator.rules.rule import View
from tests.joined import record
from tests.rules.turns import DAY, ON, WEEK, YOUNG, case, log, told, without_child

ADULT = {"name": "Ann", "relationship": "mother", "id": "ann"}


# -- who the pupil is -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pupil", "says"),
    [
        ({"year_group": 4}, ""),
        ({"year_group": 5}, "Year 5, but for a child of 8 Year 4 would be usual"),
        ({"year_group": 5, "out_of_cohort": "x"}, ""),
        ({"year_group": 4, "date_of_birth": ON}, "Year 4, but a child of 0 is not of school age"),
        ({"year_group": 4, "date_of_birth": ON + DAY}, ""),
        ({"year_group": "R", "date_of_birth": date(2021, 9, 1)}, ""),
    ],
)
def test_the_year_group_is_that_of_the_age(pupil: dict[str, Any], says: str) -> None:
    found = told("year-group", pupil=pupil)
    assert [one.message for one in found] == [f"Ben is written down in {says}"] * bool(says)
    assert without_child("year-group") == []


@pytest.mark.parametrize(("day", "speaks"), [(ON, 0), (ON + DAY, 1)])
def test_nobody_is_born_tomorrow(day: date, speaks: int) -> None:
    assert len(told("born-in-future", pupil={"date_of_birth": day})) == speaks and without_child("born-in-future") == []


@pytest.mark.parametrize(("upn", "speaks"), [("E99999992501A", 1), ("F999999925001", 0), ("", 0)])
def test_a_temporary_upn_is_told(upn: str, speaks: int) -> None:
    assert len(told("temporary-upn", pupil={"upn": upn})) == speaks and without_child("temporary-upn") == []


def test_somebody_has_parental_responsibility() -> None:
    without = [{**ADULT, "parental_responsibility": False}]
    assert told("no-parent", pupil={"people": without}) and told("no-parent")
    assert told("no-parent", pupil={"people": [*without, {**ADULT, "parental_responsibility": True}]}) == []
    assert told("no-parent", pupil={"looked_after": {}}) == [] == without_child("no-parent")


@pytest.mark.parametrize(
    ("pupil", "speaks"),
    [
        ({"looked_after": {}}, 0),
        ({"looked_after": {}, "is_looked_after": "yes"}, 0),
        ({"looked_after": {}, "is_looked_after": "no"}, 1),
        ({"looked_after": {}, "is_looked_after": "not_known"}, 1),
        ({"is_looked_after": "no"}, 0),
    ],
)
def test_whether_a_child_is_looked_after_is_said_in_one_way(pupil: dict[str, Any], speaks: int) -> None:
    assert (
        len(told("looked-after-said-twice", pupil=pupil)) == speaks and without_child("looked-after-said-twice") == []
    )


@pytest.mark.parametrize(
    ("pupil", "keys"),
    [
        ({}, []),
        ({"is_looked_after": "no"}, []),
        ({"is_looked_after": "not_known"}, ["is_looked_after"]),
        ({"is_looked_after": "yes"}, ["is_looked_after"]),
        ({"is_looked_after": "yes", "looked_after": {"virtual_school": "x"}}, []),
        ({"looked_after": {}}, ["looked_after"]),
        ({"is_looked_after": "yes", "looked_after": {}}, ["looked_after"]),
    ],
)
def test_a_request_knows_whether_the_child_is_looked_after(pupil: dict[str, Any], keys: list[str]) -> None:
    assert [one.keys for one in told("looked-after-unknown", pupil=pupil, request={})] == [(key,) for key in keys]
    assert told("looked-after-unknown", pupil=pupil) == [] == without_child("looked-after-unknown", request={})


# -- the census -------------------------------------------------------------------------------------------------------

K, E, N = ([{"status": one, "from": ON}] for one in "KEN")


def test_a_status_is_written() -> None:
    assert [one.keys for one in told("sen-status-missing", pupil={"sen_status": []})] == [()]
    assert told("sen-status-missing") == [] == without_child("sen-status-missing")


@pytest.mark.parametrize(("status", "speaks"), [(K, 1), (E, 1), (N, 0)])
def test_with_support_a_need_has_a_type_and_one_is_the_primary(status: list[Any], speaks: int) -> None:
    held = {"sen_status": status}
    assert (
        len(told("sen-type-missing", pupil={**held, "needs": [{}]}))
        == speaks
        == len(told("sen-type-missing", pupil=held))
    )
    assert (
        told("sen-type-missing", pupil={**held, "needs": [{}, {"sen_type": "HI"}]})
        == []
        == without_child("sen-type-missing")
    )
    typed = {"sen_type": "HI"}
    assert len(told("primary-need-missing", pupil={**held, "needs": [{**typed, "rank": 2}]})) == speaks
    assert told("primary-need-missing", pupil={**held, "needs": [{**typed, "rank": 2}, {"rank": 1}]}) == []
    assert (
        told("primary-need-missing", pupil={**held, "needs": [{"rank": 2}]})
        == []
        == without_child("primary-need-missing")
    )


@pytest.mark.parametrize(("status", "code", "speaks"), [(E, "NSA", 1), (K, "NSA", 0), (E, "HI", 0), (E, None, 0)])
def test_no_specialist_assessment_is_for_support_only(status: list[Any], code: str | None, speaks: int) -> None:
    needs = [{"sen_type": "HI"}, {"sen_type": code} if code else {}]
    assert [one.keys for one in told("sen-type-nsa", pupil={"sen_status": status, "needs": needs})] == [
        ("needs", 1, "sen_type")
    ] * speaks
    assert without_child("sen-type-nsa") == []


@pytest.mark.parametrize(
    ("code", "area", "speaks"),
    [
        ("HI", "sensory_and_physical", 0),
        ("HI", "cognition_and_learning", 1),
        ("OTH", "cognition_and_learning", 0),
        (None, "x", 0),
    ],
)
def test_a_census_type_is_in_its_area(code: str | None, area: str, speaks: int) -> None:
    need = {"area": area, **({"sen_type": code} if code else {})}
    found = told("sen-type-area", pupil={"needs": [need]})
    assert [one.message for one in found] == [
        "HI belongs to sensory and physical, but the need is in cognition and learning"
    ] * speaks
    assert without_child("sen-type-area") == []


@pytest.mark.parametrize(
    ("ranks", "keys"), [((1, 2), []), ((1, 1), [1]), ((1, None, None), []), ((2, 1, 2), [2]), ((1, 1, 1), [1, 2])]
)
def test_each_rank_is_given_once(ranks: tuple[Any, ...], keys: list[int]) -> None:
    needs = [{"id": f"n{n}", **({"rank": rank} if rank else {})} for n, rank in enumerate(ranks)]
    found = told("need-rank-twice", pupil={"needs": needs})
    assert [one.keys for one in found] == [("needs", n, "rank") for n in keys] and without_child(
        "need-rank-twice"
    ) == []
    assert all("already given to n0" in one.message for one in found)


@pytest.mark.parametrize(
    ("end", "start", "says"),
    [
        (ON, ON, "until 1 October 2026"),
        (ON - DAY, ON, ""),
        (None, ON, "without an end"),
        (ON + DAY, ON, "until 2 October 2026"),
    ],
)
def test_a_status_ends_before_the_next_begins(end: date | None, start: date, says: str) -> None:
    first = {"status": "K", "from": ON - 9 * WEEK, **({"to": end} if end else {})}
    rows = [{"status": "E", "from": start}, first, {"status": "N"}]
    found = told("status-overlap", pupil={"sen_status": rows})
    assert [one.keys for one in found] == [("sen_status", 0, "from")] * bool(says)
    assert (
        all(one.message.endswith(f"but K is written {says}") for one in found) and without_child("status-overlap") == []
    )


# -- dates ------------------------------------------------------------------------------------------------------------


def at(field: str, value: Any, others: dict[str, Any] | None = None) -> dict[str, Any]:
    """A mapping in which a value stands under keys, `plan.provision.from`; beside it the others."""
    *group, last = field.split(".")
    made: dict[str, Any] = {last: value, **(others or {})}
    for key in reversed(group):
        made = {key: made}
    return made


LISTS = {"previous_settings", "sen_status", "attendance", "agencies", "tried", "terms", "closures", "provision"}


@pytest.mark.parametrize(
    ("kind", "group", "first", "last"), [(kind, *row) for kind, rows in record_dates._PAIRS.items() for row in rows]
)
def test_an_end_is_not_before_its_beginning(kind: str, group: str, first: str, last: str) -> None:
    for days, speaks in ((-1, 1), (0, 0), (1, 0)):
        row: Any = {**at(first, ON), **at(last, ON + days * DAY)}
        for key in reversed(group.split(".") if group else []):
            row = {key: [row] if key in LISTS else row}
        held = record(kind, {"number": 1, "start": ON, **row})
        where = (0,) if group.split(".")[-1] in LISTS else ()
        keys = (*(group.split(".") if group else ()), *where, *last.split("."))
        school = {"school": row} if kind == "school" else {}
        found = told("date-order", *([] if school else [held]), **school)
        assert [one.keys for one in found] == [keys] * speaks
    assert told("date-order", record(kind, at(last, ON))) == []


ROWS = {
    "attainment",
    "tests",
    "suspensions",
    "agencies",
    "referrals",
    "consents",
    "copies",
    "staff_informed",
    "signatures",
    "notes",
    "shared_with_parents",
    "actions",
    "items",
    "entries",
}


@pytest.mark.parametrize(
    ("kind", "field"), [(kind, field) for kind, fields in record_dates._PAST.items() for field in fields]
)
def test_what_has_happened_does_not_lie_ahead(kind: str, field: str) -> None:
    for days, speaks in ((0, 0), (1, 1)):
        *group, last = field.split(".")
        row: Any = {last: ON + days * DAY}
        keys: tuple[Any, ...] = (last,)
        for key in reversed(group):
            listed = key in ROWS
            row, keys = {key: [{}, row] if listed else row}, (key, *((1,) if listed else ()), *keys)
        held = record(kind, {"number": 1, "start": ON, **row})
        assert [one.keys for one in told("date-in-future", held)] == [keys] * speaks
    assert told("date-in-future", record(kind, {})) == []


@pytest.mark.parametrize(("attended", "speaks"), [(379, 0), (380, 0), (381, 1)])
def test_no_more_sessions_are_attended_than_there_were(attended: int, speaks: int) -> None:
    rows = [{"attended": 1, "possible": 1}, {"attended": attended, "possible": 380}]
    assert [one.keys for one in told("attendance-sums", pupil={"attendance": rows})] == [
        ("attendance", 1, "attended")
    ] * speaks
    assert without_child("attendance-sums") == []


# -- the request ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made_by", "pupil", "day", "speaks"),
    [
        ("young_person", {}, None, 1),
        ("young_person", YOUNG, None, 0),
        ("school", {}, None, 0),
        ("young_person", YOUNG, date(2026, 6, 26), 1),
    ],
)
def test_a_young_person_asks_when_they_may(made_by: str, pupil: dict[str, Any], day: date | None, speaks: int) -> None:
    held = {"made_by": made_by, **({"date": day} if day else {})}
    assert len(told("request-made-by", pupil=pupil, request=held)) == speaks
    assert without_child("request-made-by", request={"made_by": "young_person"}) and told("request-made-by") == []


@pytest.mark.parametrize(("year", "speaks"), [(8, 0), (9, 1)])
def test_from_year_9_a_request_speaks_of_adulthood(year: int, speaks: int) -> None:
    held: dict[str, Any] = {"pupil": {"year_group": year}}
    assert len(told("request-adulthood", request={}, **held)) == speaks
    assert told("request-adulthood", request={"preparing_for_adulthood": "x"}, **held) == []
    assert told("request-adulthood", request={}, my_support_plan={"preparing_for_adulthood": "x"}, **held) == []
    assert told("request-adulthood", **held) == [] == without_child("request-adulthood", request={})


@pytest.mark.parametrize(
    ("field", "own", "plan", "words"),
    [("health", "health", "health", "health"), ("social_care", "social_care", "care", "social care")],
)
def test_a_request_speaks_of_health_and_social_care(field: str, own: str, plan: str, words: str) -> None:
    says = f"the request says nothing on {words}"
    assert says in [one.message for one in told("request-other-advice", request={})]
    for kinds in (
        {"request": {field: "x"}},
        {"request": {}, "pupil": {own: "x"}},
        {"request": {}, "my_support_plan": {plan: "x"}},
    ):
        assert says not in [one.message for one in told("request-other-advice", **kinds)]
    assert told("request-other-advice") == []


def test_a_school_decides_with_the_family() -> None:
    assert (
        told("request-decided", request={"made_by": "school"})
        and told("request-decided", request={"made_by": "parent"}) == []
    )
    assert (
        told("request-decided", request={"made_by": "school", "decided_with_family": ON})
        == []
        == told("request-decided")
    )


def test_what_law_and_code_want_is_missed_once_a_request_is_written() -> None:
    mine = {"criteria": [{"id": "own", "text": "Cost"}]}
    for rule, count in (("request-test", 2), ("request-views", 2), ("request-evidence-heads", 5)):
        assert len(told(rule, request={}, pack=mine)) == count and told(rule, pack=mine) == []


# -- the yearly report ------------------------------------------------------------------------------------------------

LONG = {"sen_status": [{"status": "K", "from": date(2025, 1, 1)}]}
TERMS = {"terms": [{"name": "Summer", "start": date(2026, 4, 13), "end": date(2026, 7, 17)}]}


def home(**kinds: Any) -> int:
    kinds = {"pupil": LONG, "school": TERMS, **kinds}
    return len(told("yearly-report", **kinds))


@pytest.mark.parametrize(("day", "there"), [(date(2025, 8, 31), 1), (date(2025, 9, 1), 0), (date(2026, 9, 20), 0)])
def test_the_report_of_a_year_reached_the_parents_since_it_began(day: date, there: int) -> None:
    report = record("annual-report", {"date": day, "copies": [{"date": day}]}, "annual-reports/a")
    assert len(told("yearly-report", report, pupil=LONG, school=TERMS)) == there
    assert home(log=log({"date": day, "what": "Report sent home"})) == there
    given = Given("annual-report-2026", "annual-report", day, "Mrs Ann", "final", {})
    parent = {**LONG, "people": [{**ADULT, "name": "Mrs Ann", "title": "Mrs", "parental_responsibility": True}]}
    assert home(pupil=parent, given=(given,)) == there


@pytest.mark.parametrize(
    ("what", "missing"),
    [
        ("Annual report sent home with assessment results", 0),
        ("Report handed to Mum, with advice on reading", 0),
        ("School report to parents; social development", 0),
        ("End of year report", 0),
        ("School reports sent home", 0),
        ("Mum will report back", 1),
        ("Behaviour report card sent home", 1),
        ("EP report sent home", 1),
        ("Report from the speech therapist given to Mum", 1),
        ("Annual report not sent home", 1),
        ("School reports that she is happy", 1),
    ],
)
def test_a_line_of_the_log_is_of_the_report_of_the_year(what: str, missing: int) -> None:
    assert home(log=log({"date": date(2026, 7, 10), "what": what})) == missing


@pytest.mark.parametrize(("days", "there"), [(0, 0), (1, 1)])
def test_a_report_that_is_given_out_later_has_not_reached_them(days: int, there: int) -> None:
    given = Given("annual-report-2026", "annual-report", ON + days * DAY, "ann", "final", {})
    parent = {**LONG, "people": [{**ADULT, "parental_responsibility": True}]}
    assert home(pupil=parent, given=(given,)) == there


def test_a_report_of_the_year_that_has_no_copies_is_pointed_at() -> None:
    rows = [
        record("annual-report", {"date": day}, f"annual-reports/{day}") for day in (date(2025, 8, 31), date(2025, 9, 1))
    ]
    [found] = told("yearly-report", *rows, pupil=LONG, school=TERMS)
    assert found.where == rows[1] and found.keys == ("copies",)
    named = record("annual-report", {"date": date(2026, 7, 1)}, "annual-reports/2025-26")
    [found] = told("yearly-report", named, pupil=LONG, school=TERMS)
    assert "add copies: to annual-reports/2025-26.yaml" in found.hint  # was: annual-reports/2026.yaml
    [missed] = told("yearly-report", rows[0], pupil=LONG, school=TERMS)
    assert missed.where == "cases/ada/annual-reports/2026.yaml" and missed.keys == ()


@pytest.mark.parametrize(
    "row",
    [
        {"what": "Phoned"},
        {"what": "Report sent", "kind": "other"},
        {"what": "His mother reported that he sleeps badly"},
        {"what": "Talked about the EP report"},
        {"what": "Speech therapist’s report given to the parents"},
        {"what": "Report sent", "date": ON + DAY},
    ],
)
def test_a_line_of_the_log_is_a_contact_that_names_the_report(row: dict[str, Any]) -> None:
    assert home(log=log({"date": ON, **row})) == 1 == home(log=log({"what": "Report sent"}))
    assert home(log=log({"date": ON, "what": "Annual report sent home"})) == 0


@pytest.mark.parametrize(
    ("pupil", "speaks"),
    [
        ({"sen_status": [{"status": "K", "from": date(2026, 2, 27)}]}, 1),
        ({"sen_status": [{"status": "K", "from": date(2026, 2, 28)}]}, 0),
        ({**LONG, "admission_date": date(2026, 2, 27)}, 1),
        ({**LONG, "admission_date": date(2026, 2, 28)}, 0),
        ({**LONG, "year_group": "R"}, 1),
        ({**LONG, "year_group": "N2"}, 0),
        ({"sen_status": []}, 0),
    ],
)
def test_the_report_is_due_for_who_was_here_for_half_of_the_year(pupil: dict[str, Any], speaks: int) -> None:
    """20 weeks before the last day of term, 17 July 2026, is 27 February."""
    assert home(pupil=pupil) == speaks and without_child("yearly-report") == []


def test_the_report_of_the_year_in_course_is_due_at_its_end() -> None:
    view = View(case(pupil={**LONG, "class_teacher": "Miss Okoro"}), None, date(2026, 3, 2))  # type: ignore[arg-type]
    assert list(yearly_report.due(view)) == [
        ("yearly-report", date(2026, 7, 31), "Written report of the year to the parents", "", "Miss Okoro")
    ]
    assert yearly_report.last_day(View(case(school=TERMS), None, ON), 2025) == date(2026, 7, 17)  # type: ignore[arg-type]
    assert yearly_report.last_day(View(case(school=TERMS), None, ON), 2026) == date(2027, 7, 31)  # type: ignore[arg-type]
    late = record("annual-report", {"date": date(2026, 3, 1), "copies": [{"date": date(2026, 3, 1)}]})
    assert list(yearly_report.due(View(case(late, pupil=LONG), None, date(2026, 3, 2)))) == []  # type: ignore[arg-type]
