"""Evidence, attendance and attainment that an authority asks for, at the day on which each is too old."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.authorities import local_evidence
from generator.authorities.pack import Pack
from generator.authorities.requirement import MANY
from tests.authorities.plain_packs import DAY, ON, case, only, pack

# -- evidence, attendance, attainment ---------------------------------------------------------------------------------


def evidence(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"items": [{"id": f"i{n}", "title": "A report", "kind": "report", **row} for n, row in enumerate(rows)]}


def wanted(*rows: dict[str, Any], **more: Any) -> Pack:
    return pack(
        request={"evidence": [{"id": f"w{n}", "title": "Reports", **row} for n, row in enumerate(rows)], **more}
    )


@pytest.mark.parametrize(
    ("dated", "months", "old"),
    [
        (date(2026, 4, 1), 6, False), (date(2026, 3, 31), 6, True), (date(2026, 10, 1), 0, False),
        (date(2026, 10, 2), None, False), (None, None, False),
    ],
)  # fmt: skip
def test_a_report_is_too_old_by_the_smallest_limit_that_fits_it(
    dated: date | None, months: int | None, old: bool
) -> None:
    limits = wanted(
        {"max_age_months": 12}, {"max_age_months": 6, "source": "p. 3"}, {"kinds": ["letter"], "max_age_months": 1}, {}
    )
    row = {"date": dated} if dated else {}
    [found] = local_evidence.reports(case(evidence=evidence(row)), limits, ON)
    assert (found.months, found.limit, found.too_old, found.excused) == (months, 6, old, False)
    assert found.source == "Ourshire: p. 3" and (found.number, found.date) == (0, dated)


@pytest.mark.parametrize(
    ("pack_says", "item_says", "excused"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_an_old_report_of_a_diagnosis_is_excused_where_both_say_so(
    pack_says: bool, item_says: bool, excused: bool
) -> None:
    rule = {"max_age_months": 6, "unless_confirms_diagnosis": pack_says}
    held = evidence({"date": date(2020, 1, 1), "confirms_diagnosis": item_says})
    [found] = local_evidence.reports(case(evidence=held), wanted(rule), ON)
    assert (found.excused, found.too_old) == (excused, not excused)
    [fresh] = local_evidence.reports(
        case(evidence=evidence({"date": ON, "confirms_diagnosis": True})), wanted(rule), ON
    )
    assert not fresh.excused and not fresh.too_old


@pytest.mark.parametrize(
    ("row", "fits"),
    [
        ({}, True), ({"kinds": ["report"]}, True), ({"kinds": ["letter"]}, False), ({"named": ["Report"]}, True),
        ({"named": ["letter", "REPORT"]}, True), ({"named": ["letter"]}, False),
        ({"kinds": ["letter"], "named": ["report"]}, False),
    ],
)  # fmt: skip
def test_evidence_fits_by_kind_and_by_a_word_of_its_title(row: dict[str, Any], fits: bool) -> None:
    item = only(local_evidence.evidence_items(case(evidence=evidence({})), wanted(row), ON))
    assert item.ready is fits and item.parts == (("i0",) if fits else ())
    assert item.said == f"Ourshire asks for: Reports; there: {'A report' if fits else 'none is in evidence.yaml'}"
    assert f"with kind {' or '.join(row.get('kinds', ('other',)))}" in item.hint
    assert ("in its title" in item.hint) is ("named" in row)


def test_only_older_evidence_is_said_and_what_is_not_required_is_no_item() -> None:
    old = evidence({"date": date(2020, 1, 1)})
    item = only(
        local_evidence.evidence_items(
            case(evidence=old), wanted({"max_age_months": 6, "usual": True}, {"required": False}), ON
        )
    )
    assert item.said == "Ourshire usually expects: Reports, not older than 6 months; there: only older ones"
    assert not item.ready and not item.counts and item.parts == ()


SINCE = date(2025, 10, 1)
GAP = 60 * DAY


@pytest.mark.parametrize(
    ("rows", "ready"),
    [
        ([], False),
        ([(SINCE, ON)], True),
        ([(SINCE + GAP, ON - GAP)], True),
        ([(SINCE + GAP + DAY, ON)], False),
        ([(SINCE, ON - GAP - DAY)], False),
        ([(SINCE, date(2026, 1, 1)), (date(2026, 1, 1) + GAP, ON)], True),
        ([(SINCE, date(2026, 1, 1)), (date(2026, 1, 2) + GAP, ON)], False),
        ([(date(2026, 2, 1), ON), (SINCE, date(2026, 1, 20))], True),
        ([(date(2020, 1, 1), date(2021, 1, 1)), (SINCE, ON)], True),  # a hole before the months that count
        ([(date(2020, 1, 1), date(2021, 1, 1)), (SINCE + DAY, ON)], False),
    ],
)
def test_attendance_reaches_over_the_months_with_no_hole_longer_than_a_summer(
    rows: list[tuple[date, date]], ready: bool
) -> None:
    told = [{"from": a, "to": b} for a, b in rows] + [{"from": SINCE}, {"to": ON}]
    item = only(
        local_evidence.attendance_items(case(pupil={"attendance": told}), pack(request={"attendance_months": 12}), ON)
    )
    assert item.ready is ready
    assert ("with nothing between" in item.said) is (not ready and len(rows) == 2)
    assert list(local_evidence.attendance_items(case(), pack(), ON)) == []


@pytest.mark.parametrize(("first", "ready"), [(date(2025, 9, 1) + GAP, True), (date(2025, 9, 1) + GAP + DAY, False)])
def test_attendance_begins_no_earlier_than_reception(first: date, ready: bool) -> None:
    """Born in May 2021: Reception from September 2025."""
    pupil = {"date_of_birth": date(2021, 5, 14), "attendance": [{"from": first, "to": ON}]}
    item = only(local_evidence.attendance_items(case(pupil=pupil), pack(request={"attendance_months": 36}), ON))
    assert item.ready is ready


@pytest.mark.parametrize(
    ("key", "day", "ready"),
    [("tests", date(2026, 4, 1), True), ("attainment", date(2026, 3, 31), False), ("attainment", None, False)],
)
def test_the_newest_attainment_is_as_fresh_as_is_asked(key: str, day: date | None, ready: bool) -> None:
    rows = [{"date": date(2020, 1, 1)}, {}, *([{"date": day}] if day else [])] if day else [{}]
    item = only(
        local_evidence.attainment_items(case(pupil={key: rows}), pack(request={"attainment_max_age_months": 6}), ON)
    )
    assert item.ready is ready and item.source.startswith("Ourshire: https")
    assert item.said.endswith(f"the newest is of {day.day} {day:%B} 2026" if day else "none is there")
    assert list(local_evidence.attainment_items(case(), pack(), ON)) == []


def test_one_of_several_papers_is_enough() -> None:
    documents = [{"id": "plan", "title": "Plan", "needs": ["plan"]}, {"id": "map", "title": "Map", "needs": ["map"]}]
    row = {"id": "r", "title": "A plan", "documents": ["plan", "map", "gone"], "kinds": ["provision_map"]}
    mine = pack(documents=documents, request={"any_of": [row]})
    item = only(local_evidence.choice_items(case(plan={"date": ON}), mine))
    assert item.ready and item.parts == ("plan",) and item.said.endswith("there: Plan")
    assert item.hint == "one is enough: Plan or Map or provision map"
    sent = only(local_evidence.choice_items(case(evidence=evidence({"kind": "provision_map"}, {})), mine))
    assert sent.parts == ("i0",) and sent.said.endswith("there: A report")
    bare = pack(
        documents=documents, request={"any_of": [{"id": "r", "title": "A plan", "documents": ["map"], "usual": True}]}
    )
    none = only(local_evidence.choice_items(case(evidence=evidence({})), bare))
    assert not none.ready and none.said == "Ourshire usually expects: A plan; there: none of them"


def test_attendance_has_its_page_or_that_of_many() -> None:
    for own, source in ((True, "Ourshire: https://council.example/send"), (False, MANY)):
        asked = pack(own=own, request={"attendance_months": 12, "attainment_max_age_months": 6})
        assert only(local_evidence.attendance_items(case(), asked, ON)).source == source
        assert only(local_evidence.attainment_items(case(), asked, ON)).source == source
