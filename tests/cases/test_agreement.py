"""A signature is for the version that was signed: by its day, by what was given out, and by the number it names."""

from __future__ import annotations

from datetime import date
from typing import Any

from generator.cases.case import Case, Given
from generator.cases.family.agreement import agreed_to, agreements, content_digest
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
