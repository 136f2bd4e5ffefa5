"""A pupil's step in the term's round and the new year, a row of the register, the effect of support at its turns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from generator.authorities.pack import Pack
from generator.rules import RULES
from generator.school import register as reg
from generator.school.calendar.new_year import first_day, last_of, move, still_needed
from generator.school.calendar.termly import next_step
from generator.school.provision.intervention_impact import (
    Impact,
    Round,
    average_gain,
    bars,
    impact_table,
    impacts,
    round_cost,
)
from tests.rules.turns import DAY, ON, WEEK, case, cycle, meeting

PACK = Pack("own", ("own",), {"name": "Ourshire", "ladder": ({"id": "a", "title": "A", "documents": ()},)})


# -- the term's round -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "kinds", "opens", "first"),
    [
        ([], {"plan": {"outcomes": [1]}}, True, ""),
        ([], {}, False, "has no plan yet: sendpack new plan ben"),
        ([], {"plan": {"outcomes": []}}, False, "has no plan yet: sendpack new plan ben"),
        ([], {"plan": {"outcomes": [1]}, "pupil": {"sen_status": []}}, False, ""),
        ([], {"plan": {"outcomes": [1]}, "pupil": {"sen_status": [{"status": "E", "from": ON}]}}, True, ""),
        ([cycle(1, end=ON)], {"plan": {"outcomes": [1]}}, True, ""),
        ([cycle(1, planned_review=ON)], {"plan": {"outcomes": [1]}}, False, ""),
        (
            [cycle(1, planned_review=ON - DAY)],
            {"plan": {"outcomes": [1]}},
            False,
            "review cycle 1 first; it was planned for 30 September 2026",
        ),
        (
            [cycle(1, ON - 9 * WEEK, planned_review=ON), cycle(2, ON - WEEK, end=ON)],
            {"plan": {"outcomes": [1]}},
            True,
            "",
        ),
    ],
)
def test_the_next_cycle_is_opened_when_the_last_is_reviewed(
    rows: Any, kinds: dict[str, Any], opens: bool, first: str
) -> None:
    step = next_step(case(*rows, **kinds), ON)
    assert (step.opens, step.first) == (opens, first) and (step.case, step.name) == ("ben", "Ben Ashworth")


# -- the new year -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phase", "last"),
    [
        ("nursery", "R"),
        ("primary", 6),
        ("middle", 8),
        ("secondary", 13),
        ("all_through", 13),
        ("special", 14),
        ("college", 14),
        ("", 14),
    ],
)
def test_a_school_ends_with_its_last_year(phase: str, last: Any) -> None:
    assert last_of({"phase": phase}) == last and last_of({}) == 14


@pytest.mark.parametrize(
    ("on", "first"), [(date(2026, 4, 30), 2025), (date(2026, 5, 1), 2026), (date(2026, 12, 31), 2026)]
)
def test_the_year_to_move_to_is_the_next_from_may_on(on: date, first: int) -> None:
    assert first_day(on) == date(first, 9, 1)


SEPTEMBER = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("pupil", "last", "after", "leaves", "note"),
    [
        ({"year_group": 3}, 6, 4, False, ""),
        ({"year_group": 4}, 6, None, False, ""),
        ({"year_group": 5}, 6, None, False, "is in Year 5; the usual one would be Year 4: decide by hand"),
        ({"year_group": 2}, 6, None, False, "is in Year 2; the usual one would be Year 4: decide by hand"),
        (
            {"year_group": 3, "out_of_cohort": "x"},
            6,
            None,
            False,
            "is in Year 3; the usual one would be Year 4: decide by hand",
        ),
        ({"year_group": 3}, 3, None, True, ""),
        ({"year_group": 14, "date_of_birth": date(2006, 9, 1)}, 14, None, True, ""),
        (
            {"year_group": 13, "date_of_birth": date(2006, 9, 1)},
            14,
            None,
            False,
            "is in Year 13; no year group is usual at that age: decide by hand",
        ),
        ({"year_group": "R", "date_of_birth": date(2020, 9, 1)}, "R", None, True, ""),
        ({"year_group": "R", "date_of_birth": date(2020, 9, 1)}, 6, 1, False, ""),
    ],
)
def test_a_pupil_moves_up_by_one_or_leaves_or_somebody_decides(
    pupil: dict[str, Any], last: Any, after: Any, leaves: bool, note: str
) -> None:
    found = move(case(pupil=pupil), SEPTEMBER, last)
    assert (found.after, found.leaves, found.note) == (after, leaves, note)


def test_who_stays_down_gives_the_reason() -> None:
    held = {"year_group": 3}
    assert move(case(pupil=held), SEPTEMBER, 6, ["ben"]).note == "stays down: give the reason under out_of_cohort"
    assert move(case(pupil={**held, "out_of_cohort": "x"}), SEPTEMBER, 6, ["ben"]).note == "stays down"
    assert move(case(pupil=held), SEPTEMBER, 6, ["ada"]).after == 4


def terms(*starts: date) -> dict[str, Any]:
    return {"terms": [{"start": start} for start in starts], "closures": [{"from": date(2026, 8, 1)}]}


FULL = (date(2026, 8, 1), date(2027, 1, 4), date(2027, 7, 31))


@pytest.mark.parametrize(
    ("starts", "says"),
    [
        (FULL, ""),
        ((date(2026, 7, 31), *FULL[1:]), "has 2 terms"),
        ((*FULL[:2], date(2027, 8, 1)), "has 2 terms"),
        ((), "has no terms"),
    ],
)
def test_what_a_person_adds_for_the_new_year(starts: tuple[date, ...], says: str) -> None:
    found = list(still_needed(terms(*starts), [case()], SEPTEMBER))
    assert ([one for one in found if " terms " in one] != []) is bool(says) and says in found[0] + found[-1]
    assert "pay rates" in found[-1] and len(found) == 1 + bool(says)


def test_closures_and_classes_are_those_of_the_old_year() -> None:
    early = {**terms(*FULL), "closures": [{"from": date(2026, 7, 31)}]}
    assert [one for one in still_needed(early, [], SEPTEMBER) if "no closures" in one]
    assert [one for one in still_needed(terms(*FULL), [case(pupil={"class": "4A"})], SEPTEMBER) if "import" in one]


# -- the register -----------------------------------------------------------------------------------------------------


def entry(*rows: Any, **kinds: Any) -> reg.Entry:
    return reg.entry(case(*rows, **kinds), PACK, ON)


def test_every_finding_beside_a_row_is_of_a_rule_that_there_is() -> None:
    assert {rule.id for rule in RULES} >= reg.BESIDE


def test_a_row_says_what_the_files_say() -> None:
    needs = [
        {"id": "r", "title": "Reading", "rank": 2, "area": "a"},
        {"id": "s", "title": "Speech", "rank": 1, "sen_type": "SLCN"},
    ]
    agencies = [{"service": "EP", "to": ON}, {"service": "OT", "to": ON - DAY}, {"service": "SALT"}]
    sent = {"sent": {"date": ON - WEEK, "received": ON}}
    found = entry(
        pupil={"needs": needs, "agencies": agencies, "looked_after": {}},
        request=sent,
        plan={"date": ON, "review_date": ON + WEEK},
    )
    assert (found.primary, found.secondary, found.agencies) == ("SLCN", "Reading", ("EP", "SALT"))
    assert found.needs == ("a", "r", "SLCN", "s") and found.looked_after and found.requested == ON - WEEK
    assert (found.decision_due, found.plan_due) == (ON + 6 * WEEK, ON + 20 * WEEK)
    yes, no = (
        entry(request=sent, log={"entries": [{"date": ON, "what": "A letter", "kind": "contact", "answer": answer}]})
        for answer in ("will_assess", "will_not_issue")
    )
    assert (yes.decision_due, yes.plan_due, no.decision_due, no.plan_due) == (None, ON + 20 * WEEK, None, None)
    assert (found.plan_date, found.plan_review, found.since) == (ON, ON + WEEK, date(2026, 1, 12))
    bare = entry(pupil={"needs": [{"id": "x", "title": "X"}], "upn": "F999999925001", "class": "4A"})
    assert (bare.upn, bare.class_name) == ("F999999925001", "4A")
    assert (bare.primary, bare.decision_due, bare.looked_after, bare.meetings) == ("", None, False, ())


def test_the_last_three_meetings_with_the_family_are_there_the_newest_first() -> None:
    held = [meeting(ON - n * DAY) for n in range(5)] + [meeting(ON + DAY), meeting(ON - 9 * WEEK, "school")]
    assert entry(*held).meetings == (ON, ON - DAY, ON - 2 * DAY)


def test_attendance_is_that_of_the_year_in_percent() -> None:
    rows = [
        {"from": date(2026, 9, 2), "to": date(2026, 9, 20), "attended": 20, "possible": 24},
        {"from": date(2026, 9, 21), "to": date(2026, 9, 30), "attended": 10, "possible": 12},
        {"from": date(2025, 9, 2), "to": date(2026, 7, 17), "attended": 1, "possible": 380},
    ]
    assert entry(pupil={"attendance": rows}).attendance == Decimal("83.3") and entry().attendance is None


def test_a_finding_set_aside_is_not_repeated_and_broken_data_is() -> None:
    two = [{"status": "K", "from": date(2026, 1, 12)}, {"status": "K", "from": date(2026, 3, 12)}]
    rules = {problem.rule for problem in entry(pupil={"sen_status": two}).findings}
    assert {"plan-missing", "status-overlap"} <= rules
    aside = {"overrides": [{"rule": "plan-missing"}, {"rule": "status-overlap"}]}
    left = {problem.rule for problem in entry(pupil={"sen_status": two}, request=aside).findings}
    assert "plan-missing" not in left and "status-overlap" in left


@pytest.mark.parametrize(
    ("year", "key"),
    [
        ("4", "4"),
        ("Year 4", "4"),
        ("y04", "4"),
        ("R", "r"),
        ("reception", "r"),
        ("N1", "n1"),
        ("0", "0"),
        (" Y10 ", "10"),
    ],
)
def test_a_year_is_asked_for_as_people_write_it(year: str, key: str) -> None:
    assert reg.year_key(year) == key


@pytest.mark.parametrize(
    ("choice", "names"),
    [
        (reg.Choice(), ["a", "B", "c"]),
        (reg.Choice(everyone=True), ["d", "a", "B", "c"]),
        (reg.Choice(years=("Y4",)), ["a", "B"]),
        (reg.Choice(needs=("slcn",)), ["a"]),
        (reg.Choice(stages=("EHC-plan",)), ["c"]),
        (reg.Choice(stages=("ehc PLAN",)), ["c"]),
        (reg.Choice(years=("4", "5"), needs=("MLD",)), []),
    ],
)
def test_rows_are_chosen_and_stand_by_year_and_name(choice: reg.Choice, names: list[str]) -> None:
    one = replace(entry(), name="B", year=4, needs=("MLDx",))
    rows = [
        replace(one, name="c", year=5, status="E", stage_id="ehc-plan", stage="EHC plan"), one,
        replace(one, name="a", needs=("SLCN",)), replace(one, name="d", status="N", year="R"),
    ]  # fmt: skip
    assert [row.name for row in reg.chosen(rows, choice)] == names
    assert (
        reg.count(rows) == "4 pupils: 2 SEN support, 1 EHC plan, 1 no SEN"
        and reg.count(rows[:1]) == "1 pupil: 1 EHC plan"
    )
    assert reg.count([]) == "0 pupils"


def test_the_history_is_of_who_ever_had_support_and_the_census_of_all() -> None:
    left = case(pupil={"sen_status": [{"status": "K", "from": ON - WEEK, "to": ON - DAY}, {"status": "N", "from": ON}]})
    never = case(pupil={"sen_status": [{"status": "N", "from": ON}]})
    assert [row[2] for row in reg.history_table([left, never]).rows] == ["K", "N"]
    needs = [{"rank": 1, "sen_type": "HI"}, {"rank": 2, "sen_type": "VI"}, {"rank": 3, "sen_type": "PD"}]
    [row] = reg.census_table([case(pupil={"needs": needs, "upn": "F999999925001"}).data("pupil")], ON).rows
    assert (row[0], row[2], *row[6:]) == ("F999999925001", "Ben", "K", date(2026, 1, 12), "HI", "VI")
    assert reg.census_table([left.data("pupil")], ON).rows[0][6:8] == ("N", ON)
    later = case(pupil={"sen_status": [{"status": "K", "from": ON - WEEK}, {"status": "K", "from": ON + WEEK}]})
    assert reg.census_table([later.data("pupil")], ON).rows[0][6:8] == ("K", ON - WEEK)
    sexed = reg.census_table([case(pupil={"sex": "M"}).data("pupil")], ON)
    assert sexed.rows[0][4] == "M" and [(one.key, one.title) for one in sexed.columns[:3]] == [
        ("upn", "UPN"),
        ("surname", "Surname"),
        ("forename", "Forename"),
    ]


# -- the effect of support --------------------------------------------------------------------------------------------


def one(entry: str = "", exit: str = "", *results: str, cost: Any = 10, who: str = "ben") -> Round:
    return Round("Talk", who, results, entry, exit, None if cost is None else Decimal(cost))


@pytest.mark.parametrize(
    ("before", "after", "gain"),
    [
        ("6 of 20", "14 OF 20", 8),
        ("6 of 20", "14 of 30", None),
        ("6", "4", -2),
        ("six", "7", None),
        ("6", "seven", None),
        ("1.5 m", "2 m", "0.5"),
        ("6", "6", 0),
    ],
)
def test_a_gain_is_between_scores_of_one_kind(before: str, after: str, gain: Any) -> None:
    assert one(before, after).gain == (None if gain is None else Decimal(gain))


def test_an_intervention_sums_up_its_rounds() -> None:
    rows = (
        one("6", "8", "met", "met"),
        one("6", "6", "partly", who="ada"),
        one("6", "5", "not_met"),
        one("", "9", "met"),
    )
    found = Impact("Talk", rows)
    assert (found.pupils, found.count("met"), found.count("partly"), found.gained) == (2, 3, 1, (1, 3))
    assert (found.cost, found.cost_per_met) == (40, Decimal(40) / 3)
    assert Impact("x", (one(cost=None), one())).cost is None and Impact("x", (one(),)).cost_per_met is None
    assert Impact("x", (one("", "", "met", cost=None),)).cost_per_met is None
    assert average_gain(found) == Decimal("0.3") and average_gain(Impact("x", (one(),))) is None
    assert average_gain(Impact("x", (one("6 m", "8 m"), one("6 kg", "8 kg")))) is None
    table = impact_table([found], costs=True)
    assert list(table.rows[0]) == ["Talk", 2, 4, 3, 1, 1, 1, 3, Decimal("0.3"), 40, Decimal(40) / 3]
    assert len(impact_table([found], costs=False).rows[0]) == 9 == len(impact_table([], costs=False).columns)


def test_a_bar_has_a_sign_for_each_result_and_no_more_than_fit() -> None:
    few = Impact("Talk", (one("", "", "met", "partly", "not_met"),))
    assert list(bars([few])) == [f"{'Talk':<44} #+."] and list(bars([])) == []
    many = Impact("x" * 50, (one("", "", *["met"] * 80),))
    assert list(bars([many, few])) == [f"{'x' * 44} {'#' * 40}", f"{'Talk':<44} "]


OFFER = {"title": "Talk", "minutes": 60, "times_a_week": 1, "hourly_rate": 10, "id": "p", "outcomes": ["o"]}


@pytest.mark.parametrize(
    ("row", "cost"),
    [
        ({}, 80),
        ({"weeks": 3}, 30),
        ({"group_size": 4}, 20),
        ({"yearly_cost": 5}, 85),
        ({"hourly_rate": None}, None),
        ({"minutes": None, "yearly_cost": 5}, 5),
        ({"from": ON - 3 * WEEK}, 30),
        ({"to": ON - 5 * WEEK}, 30),
        ({"from": ON - 3 * DAY}, 10),
        ({"from": ON - 11 * DAY}, 20),
    ],
)
def test_the_cost_of_a_cycle_is_that_of_its_weeks(row: dict[str, Any], cost: Any) -> None:
    offer = {key: value for key, value in {**OFFER, **row}.items() if value is not None}
    held = {"start": ON - 8 * WEEK, "review": {"date": ON}}
    assert round_cost(offer, held, {}) == (None if cost is None else Decimal(cost))


def test_a_licence_costs_the_same_however_few_sessions_were_given() -> None:
    offer = {**OFFER, "yearly_cost": 300}
    rows = [{"provision": offer["id"], "planned": 40, "delivered": 10}]
    held = cycle(1, ON - 8 * WEEK, ON, plan={"provision": [offer]}, do={"delivery": rows})
    [one] = impacts([case(held)], ON - WEEK, ON)
    assert one.cost == 320  # a quarter of the adult's £80; was: a quarter of the licence too


@pytest.mark.parametrize(("since", "on", "count"), [(ON, ON, 1), (ON + DAY, ON + WEEK, 0), (ON - WEEK, ON - DAY, 0)])
def test_cycles_count_that_were_reviewed_between_two_days(since: date, on: date, count: int) -> None:
    targets = [{"id": "t", "outcome": "o"}, {"id": "u", "outcome": "other"}]
    results = [
        {"target": "t", "status": "met"},
        {"target": "u", "status": "not_met"},
        {"target": "gone", "status": "met"},
    ]
    other = {**OFFER, "title": " TALK ", "entry": "5", "exit": "6"}
    review = {"targets": results, "provision": [{"provision": "p", "exit": "9"}]}
    held = cycle(
        1, ON - 8 * WEEK, ON, plan={"targets": targets, "provision": [OFFER, {**other, "id": "q"}]}, review=review
    )
    found = impacts([case(held, cycle(2, ON))], since, on)
    assert len(found) == count
    for impact in found:
        assert [(r.results, r.entry, r.exit) for r in impact.rounds] == [(("met",), "", "9"), (("met",), "5", "6")]
