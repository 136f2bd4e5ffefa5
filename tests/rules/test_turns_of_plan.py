"""Rules on the plan and its parts, each at the day, the number or the word on which it turns."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.rules.law_and_code.support_and_cycles import support_plan
from generator.rules.rule import View
from generator.values.not_known import NotKnown
from tests.rules.turns import DAY, ON, WEEK, case, cycle, log, meeting, told, without_child

K, N, E = ({"status": one} for one in "KNE")


def row(status: dict[str, str], start: date, end: date | None = None, **more: Any) -> dict[str, Any]:
    return {**status, "from": start, **({"to": end} if end else {}), **more}


def plan(**more: Any) -> dict[str, Any]:
    return {"plan": {"date": ON - 15 * DAY, "status": "final", **more}}


# -- whether there is support, and a plan for it ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "began"),
    [
        ([row(K, ON)], ON),
        ([row(K, ON + DAY)], None),
        ([row(K, ON - WEEK), row(E, ON - DAY)], ON - WEEK),
        ([row(K, ON - 9 * WEEK, ON - 8 * WEEK), row(N, ON - 7 * WEEK), row(K, ON - WEEK)], ON - WEEK),
        ([row(K, ON - WEEK), row(N, ON)], None),
        ([row(K, ON - DAY), row(K, ON - WEEK)], ON - WEEK),
        ([{"status": "K"}], None),
        ([], None),
    ],
)
def test_support_began_with_its_first_day_without_a_break(rows: list[Any], began: date | None) -> None:
    view = View(case(pupil={"sen_status": rows}), None, ON)  # type: ignore[arg-type]
    assert support_plan.support_began(view) == began
    assert bool(told("plan-missing", pupil={"sen_status": rows})) is bool(began)


def test_a_plan_is_missed_by_the_name_of_the_support() -> None:
    assert "had SEN support since 12 January 2026" in told("plan-missing")[0].message
    assert "had an EHC plan since" in told("plan-missing", pupil={"sen_status": [row(E, ON)]})[0].message
    assert told("plan-missing")[0].hint == "`sendpack new plan ben` begins one"
    assert told("plan-missing", plan={}) == []


@pytest.mark.parametrize(("days", "speaks"), [(14, 0), (15, 1)])
@pytest.mark.parametrize(
    ("rule", "kinds"),
    [
        ("plan-agreed", lambda day: plan(date=day)),
        ("staff-informed", lambda day: plan(date=day, on_information_system=ON)),
        ("plan-copy", lambda day: plan(date=day)),
        ("plan-review-overdue", lambda day: plan(review_date=day)),
    ],
)
def test_two_weeks_are_time_enough(rule: str, kinds: Any, days: int, speaks: int) -> None:
    assert len(told(rule, **kinds(ON - days * DAY))) == speaks


@pytest.mark.parametrize("rule", ["plan-agreed", "staff-informed", "plan-copy"])
def test_a_draft_a_plan_without_a_day_and_no_plan_are_not_judged(rule: str) -> None:
    assert told(rule, **plan(status="draft")) == [] == told(rule) == told(rule, plan={"status": "final"})
    assert told(rule, plan={"date": ON - 15 * DAY})


def test_a_review_date_matters_while_there_is_support() -> None:
    late = plan(review_date=ON - 15 * DAY)
    assert told("plan-review-overdue", **late, pupil={"sen_status": [row(N, ON)]}) == []
    assert told("plan-review-overdue", plan={}) == [] == told("plan-review-overdue")


@pytest.mark.parametrize(
    ("held", "gaps"),
    [
        ({}, "needs (pupil.yaml), outcomes (plan.yaml) and provision (a file in cycles/)"),
        ({"outcomes": [1]}, "needs (pupil.yaml) and provision (a file in cycles/)"),
    ],
)
def test_a_plan_has_three_parts(held: dict[str, Any], gaps: str) -> None:
    assert told("plan-three-parts", plan=held)[0].message == f"the plan has no {gaps}"
    whole = cycle(plan={"provision": [{"title": "x"}]})
    assert (
        told("plan-three-parts", whole, plan={"outcomes": [1]}, pupil={"needs": [1]}) == [] == told("plan-three-parts")
    )
    assert told("plan-three-parts", cycle(), plan={"outcomes": [1]}, pupil={"needs": [1]})


def test_hopes_that_are_not_known_are_told_for_each() -> None:
    unknown = NotKnown("asked")
    both = told("plan-aspirations", plan={"aspirations": {"pupil": unknown, "parents": unknown}})
    assert [one.message for one in both] == ["Ben’s own hopes are not known", "the parents’ hopes are not known"]
    assert told("plan-aspirations", plan={"aspirations": {"pupil": "x"}}) == [] == told("plan-aspirations")


def test_adjustments_are_in_the_plan_or_in_the_running_cycle() -> None:
    assert told("plan-adjustments", plan={}) and told("plan-adjustments", cycle(), plan={})
    assert told("plan-adjustments", plan={"adjustments": [1]}) == [] == told("plan-adjustments")
    assert told("plan-adjustments", cycle(plan={"adjustments": [1]}), plan={}) == []


@pytest.mark.parametrize(
    ("party", "words"),
    [("pupil", "the pupil"), ("family", "the family"), ("school", "the school"), ("services", "other services")],
)
def test_each_party_has_its_part_in_the_plan_or_the_cycle(party: str, words: str) -> None:
    every = {"pupil": [1], "family": [1], "school": [1], "services": [1]}
    rest = {key: value for key, value in every.items() if key != party}
    [found] = told("responsibilities", plan={"responsibilities": rest})
    assert found.message == f"nothing says what {words} will do"
    own = cycle(plan={"responsibilities": {party: [1]}})
    assert told("responsibilities", own, plan={"responsibilities": rest}) == [] == told("responsibilities")
    assert told("responsibilities", own, plan={})


@pytest.mark.parametrize(("count", "speaks"), [(8, 0), (9, 1)])
def test_more_than_eight_outcomes_are_too_many(count: int, speaks: int) -> None:
    assert len(told("outcome-count", plan={"outcomes": [{}] * count})) == speaks
    assert told("outcome-count") == []


@pytest.mark.parametrize(("year", "speaks"), [(8, 0), (9, 1), ("R", 0)])
def test_from_year_9_an_outcome_prepares_for_adulthood(year: Any, speaks: int) -> None:
    assert len(told("outcomes-adulthood", pupil={"year_group": year}, plan={"outcomes": [{}]})) == speaks
    assert told("outcomes-adulthood", pupil={"year_group": year}, plan={"outcomes": [{}, {"pfa": ["health"]}]}) == []
    assert told("outcomes-adulthood", pupil={"year_group": year}) == [] == without_child("outcomes-adulthood", plan={})


def test_a_profile_is_wanted_once_there_is_support_or_a_meeting() -> None:
    none = {"sen_status": []}
    assert told("profile-missing") and told("profile-missing", meeting(), pupil=none)
    assert told("profile-missing", pupil=none) == [] == told("profile-missing", profile={})


@pytest.mark.parametrize(("weeks", "more", "speaks"), [(14, 0, 0), (14, 1, 1)])
def test_a_log_is_wanted_after_a_term_of_support(weeks: int, more: int, speaks: int) -> None:
    began = {"sen_status": [row(K, ON - weeks * WEEK - more * DAY)]}
    assert len(told("log-missing", pupil=began)) == speaks == len(told("log-missing", pupil=began, log={}))
    assert told("log-missing", pupil=began, log=log({})) == [] == told("log-missing", pupil={"sen_status": []})


@pytest.mark.parametrize(
    ("entry", "speaks"),
    [
        ({"kind": "other", "date": ON}, 1),
        ({"kind": "decision", "date": ON - 24 * WEEK}, 0),
        ({"kind": "decision", "date": ON - 24 * WEEK - DAY}, 1),
    ],
)
def test_that_a_file_was_begun_or_what_was_before_support_is_no_log_of_it(entry: dict[str, Any], speaks: int) -> None:
    began = {"sen_status": [row(K, ON - 20 * WEEK)]}
    assert len(told("log-missing", pupil=began, log=log(entry))) == speaks
