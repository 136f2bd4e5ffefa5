"""A signature is for the version that was signed: by its day, by what was given out, and by the number it names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from generator.cases.case import Case, Given
from generator.cases.family.agreement import agreed_to, agreements, content_digest, cycle_agreed, held, support_digest
from generator.records.record import Record


def plan(day: date, text: str, *signed: dict[str, Any]) -> Record:
    data = {"date": day, "outcomes": [{"id": "a", "text": text}], "signatures": list(signed)}
    return Record("cases/ada/plan.yaml", "plan", data, {})


def given(version: int, day: date, says: Record) -> Given:
    return Given(
        "support-plan", "support-plan", day, "Ms Brown", "final", {}, version, {"plan.yaml": content_digest(says.data)}
    )


SAMIRA = {"person": "Samira Brown", "capacity": "parent", "date": date(2026, 4, 22), "method": "wet_ink"}
APRIL = plan(date(2026, 4, 22), "Reads 50 words", SAMIRA)


def holds(record: Record, *out: Given) -> list[tuple[bool, str]]:
    return [(row.holds, row.of) for row in agreements(Case("ada", (record,), given=out), record)]


def test_a_plan_of_a_later_day_is_not_agreed_by_an_earlier_signature() -> None:
    assert holds(APRIL) == [(True, "")]
    assert holds(plan(date(2026, 11, 20), "Reads 90 words", SAMIRA)) == [(False, "")]  # was: agreed on 22 April


def test_a_change_without_a_new_day_is_seen_by_the_version_that_was_given_out() -> None:
    out = given(1, date(2026, 4, 22), APRIL)
    assert holds(APRIL, out) == [(True, "")]
    assert holds(plan(date(2026, 4, 22), "Reads 90 words", SAMIRA), out) == [(False, "version 1")]


def test_copies_and_later_signatures_are_no_change() -> None:
    out = given(1, date(2026, 4, 22), APRIL)
    more = {**SAMIRA, "person": "Daniel Brown", "date": date(2026, 4, 24)}
    both = plan(date(2026, 4, 22), "Reads 50 words", SAMIRA, more)
    assert holds(both, out) == [(True, ""), (True, "")]


def test_a_new_plan_that_was_signed_before_it_was_given_out_is_agreed() -> None:
    out = given(1, date(2026, 4, 22), APRIL)
    anew = {**SAMIRA, "date": date(2026, 11, 20)}
    amended = plan(date(2026, 11, 20), "Reads 90 words", SAMIRA, anew)
    assert holds(amended, out) == [(True, "")], "the signature of April is not told beside the new one"


def test_a_signature_may_name_its_version() -> None:
    amended = plan(date(2026, 11, 20), "Reads 90 words", {**SAMIRA, "date": date(2026, 12, 1), "version": 1})
    out = (given(1, date(2026, 4, 22), APRIL), given(2, date(2026, 11, 21), amended))
    assert holds(amended, *out) == [(False, "version 1")]
    second = plan(date(2026, 11, 20), "Reads 90 words", {**SAMIRA, "date": date(2026, 12, 1), "version": 2})
    assert holds(second, *out) == [(True, "")]


def test_what_is_agreed_to_are_the_records_with_signatures_and_the_running_cycle() -> None:
    cycle = Record(
        "cases/ada/cycles/1.yaml", "cycle", {"number": 1, "start": date(2026, 4, 20), "plan": {"targets": []}}, {}
    )
    assert set(agreed_to(Case("ada", (APRIL, cycle)))) == {"plan.yaml", "cycles/1.yaml"}


DAY = timedelta(days=1)
SIGNED = date(2026, 4, 22)


def test_who_is_to_sign_and_has_not_is_told_as_such() -> None:
    unsigned = {"person": "Dan Brown", "capacity": "parent"}
    [row] = agreements(Case("ada", ()), plan(SIGNED, "x", unsigned))
    assert (row.person, row.capacity, row.date, row.method, row.holds) == ("Dan Brown", "parent", None, "", False)
    [row] = agreements(Case("ada", ()), plan(SIGNED, "x", SAMIRA))
    assert (row.date, row.method) == (SIGNED, "wet_ink")
    assert agreements(Case("ada", ()), None) == []
    assert [one.person for one in held(Case("ada", ()), plan(SIGNED, "x", unsigned, SAMIRA))] == ["Samira Brown"]


@pytest.mark.parametrize(("signed", "counts"), [(SIGNED - DAY, False), (SIGNED, True), (SIGNED + DAY, True)])
def test_a_signature_counts_from_the_day_of_the_plan(signed: date, counts: bool) -> None:
    assert holds(plan(SIGNED, "x", {**SAMIRA, "date": signed})) == [(counts, "")]


@pytest.mark.parametrize(("signed", "counts"), [(SIGNED - DAY, False), (SIGNED, True), (SIGNED + DAY, True)])
def test_a_signature_of_a_version_that_is_not_kept_counts_by_its_day(signed: date, counts: bool) -> None:
    assert holds(plan(SIGNED, "x", {**SAMIRA, "date": signed, "version": 7})) == [(counts, "")]


def test_the_version_signed_is_the_last_that_was_out_and_final() -> None:
    first, second = plan(SIGNED, "x", SAMIRA), plan(SIGNED, "y", {**SAMIRA, "date": SIGNED + 5 * DAY})
    out = (given(1, SIGNED, first), given(2, SIGNED + 5 * DAY, second))
    assert holds(second, *out) == [(True, "")]
    assert holds(plan(SIGNED, "y", {**SAMIRA, "date": SIGNED + 4 * DAY}), *out) == [(False, "version 1")]
    draft = replace(given(3, SIGNED + 5 * DAY, first), status="draft")
    assert holds(second, *out, draft) == [(True, "")]
    other = replace(given(3, SIGNED + 5 * DAY, first), agreed_to={"my-support-plan.yaml": "x"})
    assert holds(second, *out, other) == [(True, "")]


def test_a_version_given_out_before_the_day_of_the_plan_says_nothing_of_it() -> None:
    out = given(1, SIGNED - DAY, plan(SIGNED, "old"))
    assert holds(plan(SIGNED, "new", SAMIRA), out) == [(True, "")]
    assert holds(plan(SIGNED - DAY, "new", SAMIRA), out) == [(False, "version 1")]


@pytest.mark.parametrize(
    "key", ["signatures", "copies", "staff_informed", "on_information_system", "shared_with", "status", "consents"]
)
def test_what_is_done_with_a_plan_later_is_not_what_was_agreed(key: str) -> None:
    assert content_digest({"a": 1, key: "x"}) == content_digest({"a": 1}) != content_digest({"a": 1, "b": "x"})


def cycle(file: str = "1", **plan_of_it: Any) -> Record:
    data = {"number": 1, "start": SIGNED, "plan": {"targets": [], **plan_of_it}}
    return Record(f"cases/ada/cycles/{file}.yaml", "cycle", data, {})


@pytest.mark.parametrize("key", ["parents_agreed", "pupil_agreed", "staff_informed"])
def test_who_agreed_a_cycle_and_who_was_told_is_not_its_support(key: str) -> None:
    assert support_digest(cycle(**{key: SIGNED}).data) == support_digest(cycle().data)
    assert support_digest(cycle(provision=["x"]).data) != support_digest(cycle().data)


def with_cycle(running: Record, record: Record = APRIL, agreed: Record | None = None) -> bool:
    """Whether the plan's signature holds while a cycle runs, after a version with another state of the cycle."""
    out = given(1, SIGNED, record)
    file = "/".join(record.path.split("/")[2:])
    kept = {file: content_digest(record.data)}
    kept |= {"cycles/1.yaml": support_digest(agreed.data)} if agreed else {}
    [row] = agreements(Case("ada", (record, running), given=(replace(out, agreed_to=kept),)), record)
    return row.holds


@pytest.mark.parametrize(
    ("running", "agreed", "counts"),
    [
        (cycle(), cycle(), True),
        (cycle(provision=["more"]), cycle(), False),
        (cycle(provision=["more"]), None, True),  # the version did not hold the cycle
        (cycle("2", provision=["more"]), cycle(), True),
        (cycle(provision=["more"], parents_agreed=SIGNED), cycle(), False),
        (cycle(provision=["more"], parents_agreed=SIGNED + DAY), cycle(), True),  # agreed anew with the parents
    ],
)
def test_support_of_the_running_cycle_that_changed_is_not_what_the_plan_said(
    running: Record, agreed: Record | None, counts: bool
) -> None:
    assert with_cycle(running, agreed=agreed) is counts
    other = Record("cases/ada/behaviour-plan.yaml", "behaviour-plan", APRIL.data, {})
    assert with_cycle(running, other, agreed)


@pytest.mark.parametrize("kind", ["plan", "my-support-plan", "behaviour-plan", "annual-review"])
def test_what_people_sign_is_kept_with_a_version(kind: str) -> None:
    signed, other = Record(f"cases/ada/{kind}.yaml", kind, {}, {}), Record("cases/ada/profile.yaml", "profile", {}, {})
    assert set(agreed_to(Case("ada", (signed, other)))) == {f"{kind}.yaml"}


@pytest.mark.parametrize(
    ("plan_of_it", "told"),
    [
        ({}, (None, False)),
        ({"parents_agreed": SIGNED}, (SIGNED, True)),
        ({"parents_agreed": SIGNED, "date": SIGNED}, (SIGNED, True)),
        ({"parents_agreed": SIGNED, "date": SIGNED + DAY}, (SIGNED, False)),
        ({"parents_agreed": SIGNED, "date": SIGNED - DAY}, (SIGNED, True)),
    ],
)
def test_a_cycle_is_agreed_until_its_plan_is_of_a_later_day(plan_of_it: Any, told: Any) -> None:
    assert cycle_agreed(plan_of_it, "parents_agreed") == told


def test_of_two_versions_of_the_day_of_the_signature_the_first_was_signed() -> None:
    day = SAMIRA["date"]
    assert isinstance(day, date)
    changed = plan(day, "Reads 60 words", SAMIRA)
    assert holds(changed, given(1, day, APRIL), given(2, day, changed)) == [(False, "version 1")]  # was: (True, "")
    named = plan(day, "Reads 60 words", {**SAMIRA, "version": 2})
    assert holds(named, given(1, day, APRIL), given(2, day, named)) == [(True, "")]
