"""Readiness: where a pupil stands on the ladder, what the next stage needs, and how much of it is there."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest

from generator.authorities.cycle_requirements import counted_cycles
from generator.authorities.local_evidence import reports
from generator.authorities.local_requirements import decides_for_themselves
from generator.authorities.pack import Pack, extend
from generator.authorities.readiness import readiness
from generator.authorities.requirement import months_before, source_of
from generator.cases.case import Case
from generator.problems import WrongUse
from generator.records.record import Record
from tests.rule_examples import ROOT, TODAY, pack, read_example

CASE = read_example(ROOT / "tests" / "packs" / "request.yaml").view.case
STANDARD = pack("standard")


def only(*kinds: str) -> Case:
    """The case with the records of these kinds alone."""
    return Case(CASE.name, tuple(record for record in CASE.records if record.kind in kinds), CASE.school)


def changed(kind: str, **values: Any) -> Case:
    """The case with other values in the record of a kind; None takes a value out."""

    def change(record: Record) -> Record:
        if record.kind != kind:
            return record
        data = {key: value for key, value in {**record.data, **values}.items() if value is not None}
        return dataclasses.replace(record, data=data)

    return Case(CASE.name, tuple(map(change, CASE.records)), CASE.school)


def with_values(base: Pack, **values: Any) -> Pack:
    """A pack with other values of its own."""
    return Pack(base.id, base.chain, {**base.data, **extend(base.data, values), "sources": base.data["sources"]})


@pytest.mark.parametrize(
    ("kinds", "stage", "target"),
    [
        ((), None, "concern"),
        (("profile",), "concern", "sen-support"),
        (("pupil",), "sen-support", "sen-support"),  # status K: its own papers come first
        (("plan",), "sen-support", "coordinated"),
        (("plan", "request"), "request", "request"),
    ],
)
def test_the_stage_is_the_highest_that_was_begun(kinds: tuple[str, ...], stage: str | None, target: str) -> None:
    ready = readiness(only(*kinds), STANDARD, TODAY)
    assert (ready.stage.id if ready.stage else None, ready.target.id) == (stage, target)


def test_a_stage_without_a_document_of_its_own_begins_with_its_field() -> None:
    staffordshire = pack("staffordshire")
    before = only("pupil", "plan", "cycle")
    assert readiness(before, staffordshire, TODAY).target.id == "enhanced"
    said = [item.title for item in readiness(before, staffordshire, TODAY).items if item.kind == "cycles"]
    assert said == ["2 reviewed cycles"]
    pupil = changed("pupil", local={"eapdr_since": "7 September 2026"})
    begun = Case("one", tuple(record for record in pupil.records if record.kind in ("pupil", "plan", "cycle")))
    assert readiness(begun, staffordshire, TODAY).target.id == "request"


def test_ready_of_total_and_law_before_local() -> None:
    ready = readiness(CASE, STANDARD, TODAY)
    assert str(ready) == "13 of 16 ready for: Request for an EHC needs assessment"
    assert ready.ready + len(ready.missing) == ready.total
    assert [item.strength for item in ready.missing] == ["code", "local", "local"]


def test_a_stage_may_be_asked_for_by_name() -> None:
    assert readiness(only("profile"), STANDARD, TODAY, "request").target.id == "request"
    with pytest.raises(WrongUse, match="no stage called panel") as stop:
        readiness(CASE, STANDARD, TODAY, "panel")
    assert "coordinated" in stop.value.advice


def test_a_draft_is_written_but_not_ready() -> None:
    draft = changed("plan", status="draft")
    items = {item.id: item for item in readiness(draft, pack("norfolk"), TODAY).items}
    assert items["support-plan"].said.endswith("still a draft") and not items["support-plan"].ready
    assert readiness(Case("one", tuple(r for r in draft.records if r.kind == "plan")), STANDARD, TODAY).stage


def test_a_document_with_something_to_be_filled_in_is_not_written() -> None:
    items = {item.id: item for item in readiness(CASE, pack("norfolk"), TODAY).items}
    assert items["support-plan"].said.endswith(": written")
    begun = changed("plan", summary="(to be filled in) what the plan is for")
    item = {item.id: item for item in readiness(begun, pack("norfolk"), TODAY).items}["support-plan"]
    assert not item.ready and item.said.endswith("something is still to be filled in") and item.keys == ("summary",)


def test_one_record_being_written_beside_a_written_one_takes_nothing_back() -> None:
    """The next cycle may be begun while the last ones go with the request."""
    drafted = dataclasses.replace(CASE.cycles[-1], data={**CASE.cycles[-1].data, "summary": "(to be filled in)"})
    more = Case(CASE.name, (*CASE.records, drafted), CASE.school)
    before, after = (readiness(case, pack("norfolk"), TODAY).items for case in (CASE, more))
    assert [i.ready for i in after if i.kind == "document"] == [i.ready for i in before if i.kind == "document"]


def test_every_missing_item_says_what_to_do_and_where() -> None:
    for item in readiness(only("pupil"), pack("norfolk"), TODAY, "request").missing:
        assert item.hint and item.said and item.source, item.id
        assert isinstance(item.where, Record) or item.where.startswith("cases/one/"), item.id


# -- cycles -----------------------------------------------------------------------------------------------------------


def test_cycles_that_go_with_the_request_are_counted() -> None:
    assert len(counted_cycles(CASE, STANDARD)) == 2
    assert len(counted_cycles(changed("request", cycles=["2"]), STANDARD)) == 1


def test_only_cycles_begun_after_the_my_support_plan_count_where_the_authority_says_so() -> None:
    bradford = pack("bradford")
    assert counted_cycles(CASE, bradford) == []
    plan = Record("cases/one/my-support-plan.yaml", "my-support-plan", {"date": date(2026, 4, 13)}, {})
    both = Case("one", (*CASE.records, plan))
    assert [record.data["number"] for record in counted_cycles(both, bradford)] == [2]


def test_terms_are_counted_where_a_cycle_ran_four_weeks() -> None:
    wanted = {item.id: item for item in readiness(CASE, pack("leicester"), TODAY).items}["terms"]
    assert wanted.ready
    three = with_values(pack("leicester"), cycles={"min_terms": 3})
    [short] = [item for item in readiness(CASE, three, TODAY).items if item.kind == "terms"]
    assert short.said == "Leicester City Council asks for 3 terms of support; the cycles cover 2"


# -- evidence ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 10, 1), 24, date(2024, 10, 1)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 1, 15), 3, date(2025, 10, 15)),
    ],
)
def test_months_before(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


@pytest.mark.parametrize(("dated", "old"), [(date(2024, 10, 1), False), (date(2024, 9, 30), True)])
def test_a_report_is_too_old_the_day_after_its_last_month(dated: date, old: bool) -> None:
    items = [{**CASE.data("evidence")["items"][0], "date": dated}]
    [report] = reports(changed("evidence", items=items), pack("norfolk"), TODAY)
    assert (report.limit, report.too_old, report.months) == (24, old, 24)


def test_an_old_report_that_confirms_a_diagnosis_is_excused_where_the_pack_says_so() -> None:
    rows = [{"id": "r", "title": "R", "kinds": ["professional_report"], "max_age_months": 18}]
    items = [{**CASE.data("evidence")["items"][1], "confirms_diagnosis": True}]
    case = changed("evidence", items=items)
    strict = with_values(STANDARD, request={"evidence": rows})
    kind = with_values(STANDARD, request={"evidence": [{**rows[0], "unless_confirms_diagnosis": True}]})
    assert [(r.too_old, r.excused) for r in reports(case, strict, TODAY)] == [(True, False)]
    assert [(r.too_old, r.excused) for r in reports(case, kind, TODAY)] == [(False, True)]


def test_ages_are_those_of_the_day_of_the_request() -> None:
    later = changed("request", date=date(2027, 5, 4))
    assert [report.months for report in reports(later, STANDARD, TODAY)] == [12, 38]


def test_the_matrix_names_evidence_cycles_and_fields() -> None:
    rows = {row.id: row for row in readiness(CASE, pack("telford-and-wrekin"), TODAY).criteria}
    assert rows["has-sen"].evidence == ("ep",)
    assert rows["indicator-1"].evidence == ("ep",) and rows["indicator-2"].cycles == ("1", "2")
    assert not rows["indicator-3"].answered
    agencies = changed("pupil", agencies=[{"id": "ep", "service": "Educational psychology", "role": "Psychologist"}])
    rows = {row.id: row for row in readiness(agencies, pack("telford-and-wrekin"), TODAY).criteria}
    assert rows["indicator-3"].fields == ("pupil.agencies",)


def test_attendance_reaches_back_far_enough_or_to_reception() -> None:
    def ready(**pupil: Any) -> bool:
        items = readiness(changed("pupil", **pupil), pack("norfolk"), TODAY).items
        return next(item.ready for item in items if item.kind == "attendance")

    rows = CASE.data("pupil")["attendance"]
    assert ready()
    assert not ready(attendance=rows[1:])
    assert not ready(attendance=[rows[0], rows[2]])
    assert ready(attendance=rows[1:], date_of_birth=date(2021, 3, 1))


# -- people -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "year", "values", "own"),
    [
        (date(2018, 5, 14), 4, {"consent_age": 16}, False),
        (date(2010, 9, 30), 11, {"consent_age": 16}, True),
        (date(2010, 10, 2), 11, {"consent_age": 16}, False),
        (date(2010, 9, 30), 11, {"consent_year": 12}, False),
        (date(2009, 9, 30), 12, {"consent_year": 12}, True),
        (date(2009, 9, 30), 12, {}, True),  # over compulsory school age, whatever the pack says
    ],
)
def test_who_consents(born: date, year: int, values: dict[str, int], own: bool) -> None:
    case = changed("pupil", date_of_birth=born, year_group=year)
    mine = Pack("own", ("own",), {"name": "Own", "request": values})
    assert decides_for_themselves(case, mine, TODAY) is own


def test_a_signature_by_hand_where_the_authority_wants_it() -> None:
    def parent(case: Case, mine: Pack) -> bool:
        return next(item.ready for item in readiness(case, mine, TODAY).items if item.id == "parent")

    by_hand = with_values(STANDARD, request={"wet_ink": True})
    spoken = changed("request", consents=[{**CASE.data("request")["consents"][0], "method": "verbal"}])
    assert parent(CASE, by_hand) and parent(spoken, STANDARD) and not parent(spoken, by_hand)


def test_a_source_is_told_with_the_day_it_was_seen() -> None:
    row = {"what": "x", "address": "a.example", "supports": ["cycles.min_reviewed"], "seen": date(2026, 5, 1)}
    own = Pack("own", ("own",), {"name": "Own", "sources": [row]})
    assert source_of(own, "cycles.min_reviewed") == "Own: a.example, seen 1 May 2026"
    assert source_of(own, "cycles") == source_of(own, "cycles.min_terms") == ""
