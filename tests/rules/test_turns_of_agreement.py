"""Rules on what was agreed and is at home, each at the day or the version on which it turns."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.cases.case import Given
from generator.cases.family.agreement import content_digest
from tests.rules.turns import DAY, ON, WEEK, YOUNG, cycle, told

PLANNED = ON - 20 * DAY
SCHOOL = {"person": "Mrs Hale", "capacity": "senco", "date": ON}
MUM = {"id": "mum", "name": "Ann Ashworth", "title": "Mrs", "relationship": "mother", "parental_responsibility": True}
DAD = {
    "id": "dad",
    "name": "Rob Hill",
    "title": "Mr",
    "relationship": "father",
    "parental_responsibility": True,
    "address": "4 Quay",
}
HOME = {"people": [MUM, DAD]}


def signed(*capacities: str, **more: Any) -> dict[str, Any]:
    return {
        "plan": {
            "date": PLANNED,
            "signatures": [{"person": one, "capacity": one, "date": ON} for one in capacities],
            **more,
        }
    }


# -- who agreed -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("capacities", "gaps"),
    [
        ((), "the parents, the pupil and the school"),
        (("parent", "pupil"), "the school"),
        (("parent", "pupil", "senco"), ""),
        (("parent", "young_person", "headteacher"), ""),
        (("parent", "pupil", "class_teacher"), ""),
        (("pupil", "senco"), "the parents"),
        (("parent", "senco"), "the pupil"),
        (("parent", "pupil", "other"), "the school"),
    ],
)
def test_parents_pupil_and_school_agree_a_plan(capacities: tuple[str, ...], gaps: str) -> None:
    found = told("plan-agreed", **signed(*capacities))
    assert [one.message for one in found] == [f"no dated agreement of {gaps} is on the plan"] * bool(gaps)


@pytest.mark.parametrize(("key", "party"), [("parents_agreed", "parent"), ("pupil_agreed", "pupil")])
@pytest.mark.parametrize(
    ("agreed", "dated", "counts"),
    [(PLANNED, None, True), (PLANNED - DAY, None, False), (PLANNED, PLANNED + DAY, False), (PLANNED, PLANNED, True)],
)
def test_who_agreed_the_running_cycle_since_agrees_the_plan(
    key: str, party: str, agreed: date, dated: date | None, counts: bool
) -> None:
    others = {"parent", "pupil", "senco"} - {party}
    running = cycle(plan={key: agreed, **({"date": dated} if dated else {})})
    assert bool(told("plan-agreed", running, **signed(*others))) is not counts
    assert told("plan-agreed", cycle(), **signed(*others))


def test_a_young_person_agrees_alone() -> None:
    assert told("plan-agreed", **signed("young_person", "senco"), pupil=YOUNG) == []
    [found] = told("plan-agreed", **signed("parent", "senco"), pupil=YOUNG)
    assert "of the young person is" in found.message
    unsigned = {"plan": {"date": PLANNED, "signatures": [{"person": "x", "capacity": "parent"}, SCHOOL]}}
    assert "of the parents and the pupil is" in told("plan-agreed", **unsigned)[0].message


@pytest.mark.parametrize(
    ("agreed", "young", "gaps"),
    [
        (["pupil", "parents"], False, ""),
        (["pupil"], False, "the parents"),
        (["parents"], False, "the pupil"),
        ([], False, "the pupil and the parents"),
        (["pupil"], True, ""),
        (["parents"], True, "the young person"),
    ],
)
def test_an_outcome_is_decided_with_the_family(agreed: list[str], young: bool, gaps: str) -> None:
    found = told("outcome-agreed", plan={"outcomes": [{"agreed_with": agreed}]}, pupil=YOUNG if young else {})
    assert [one.message for one in found] == [f"this outcome was not decided with {gaps}"] * bool(gaps)
    assert told("outcome-agreed") == []


def test_staff_know_the_plan_and_it_is_on_the_system() -> None:
    whole = {"date": PLANNED, "on_information_system": ON, "staff_informed": [1]}
    assert told("staff-informed", plan=whole) == []
    assert [f.keys for f in told("staff-informed", plan={"date": PLANNED})] == [
        ("staff_informed",),
        ("on_information_system",),
    ]
    own = cycle(plan={"staff_informed": [1]})
    assert [f.keys for f in told("staff-informed", own, plan={"date": PLANNED})] == [("on_information_system",)]
    assert [f.keys for f in told("staff-informed", cycle(), plan={**whole, "staff_informed": []})] == [
        ("staff_informed",)
    ]


# -- what is at home --------------------------------------------------------------------------------------------------


def out(
    version: int = 1,
    to: str = "Mrs Ashworth",
    day: date = ON - WEEK,
    *,
    document: str = "support-plan",
    status: str = "final",
    says: Any = None,
) -> Given:
    agreed = {"plan.yaml": content_digest(says)} if says is not None else {}
    return Given(document, document, day, to, status, {}, version, agreed)


PLAN = {"date": PLANNED, "status": "final", "outcomes": [1]}
OLD = {**PLAN, "outcomes": [0]}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ((), ""),
        ((out(says=PLAN),), ""),
        ((out(),), ""),
        ((out(says=OLD),), "Ann Ashworth holds version 1 of the plan, of 24 September 2026; it was changed since"),
        ((out(says=OLD), out(2, says=PLAN)), ""),
        ((out(2, says=PLAN), out(says=OLD)), ""),
        (
            (out(says=PLAN), out(2, "Mr Hill", says=PLAN)),
            "Ann Ashworth holds version 1 of the plan, of 24 September 2026; version 2 was given out since",
        ),
        (
            (out(says=PLAN), out(2, "Council", says=PLAN)),
            "Ann Ashworth holds version 1 of the plan, of 24 September 2026; version 2 was given out since",
        ),
        (
            (out(says=PLAN), out(2, day=ON, says=OLD)),
            "Ann Ashworth holds version 2 of the plan, of 1 October 2026; it was changed since",
        ),
        (
            (out(says=PLAN), out(2, "Mrs Ashworth", ON + DAY, says=OLD)),
            "Ann Ashworth holds version 1 of the plan, of 24 September 2026; version 2 was given out since",
        ),
        ((out(says=OLD, status="draft"),), ""),
        ((out(says=OLD, document="profile"),), ""),
        ((out(says=PLAN), out(2, "Council", status="draft")), ""),
    ],
)
def test_a_copy_at_home_is_the_newest_and_says_what_the_plan_says_now(given: tuple[Given, ...], says: str) -> None:
    held = [one.message for one in told("copy-outdated", plan=PLAN, pupil=HOME, given=given) if "Ann" in one.message]
    assert held == [says] * bool(says)


@pytest.mark.parametrize(
    ("kind", "document", "name"),
    [
        ("plan", "support-plan", "plan"),
        ("my_support_plan", "my-support-plan", "My Support Plan"),
        ("behaviour_plan", "behaviour-plan", "behaviour plan"),
    ],
)
def test_every_plan_that_is_given_out_is_looked_after(kind: str, document: str, name: str) -> None:
    given = (out(document=document), out(2, "Council", document=document))
    [found] = told("copy-outdated", **{kind: {"copies": []}}, pupil=HOME, given=given)
    assert f"of the {name}, of" in found.message and found.keys == ("copies",)
    assert found.hint.startswith(f"sendpack issue ben {document} --to mum")
    assert told("copy-outdated", **{kind: {}}, pupil=HOME, given=given)[0].keys == ()
    assert told("copy-outdated", **{kind: {"status": "draft"}}, pupil=HOME, given=given) == []
    assert told("copy-outdated", pupil=HOME, given=given) == []


WORKER = {**MUM, "id": "w", "name": "Sue Ward", "relationship": "social worker", "address": "Town Hall"}


@pytest.mark.parametrize(
    ("copies", "given", "without"),
    [
        ([], (), []),
        ([("Mrs Ashworth", PLANNED)], (), ["Rob Hill"]),
        ([("Mrs Ashworth", PLANNED - DAY)], (), []),
        ([("Mrs Ashworth", ON)], (), ["Rob Hill"]),
        ([("Mrs Ashworth", ON + DAY)], (), []),
        ([("Mr Hill", ON)], (), ["Ann Ashworth"]),
        ([("Mr Hill", ON), ("Mrs Ashworth", ON)], (), []),
        ([("Mr Hill", ON)], (out(),), []),
        ([("Mr Hill", ON)], (out(status="draft"),), ["Ann Ashworth"]),
        ([("Mr Hill", ON)], (out(document="profile"),), ["Ann Ashworth"]),
        ([("parents", ON)], (), []),
    ],
)
def test_each_home_has_a_copy_once_one_has(copies: list[Any], given: tuple[Given, ...], without: list[str]) -> None:
    plan = {**PLAN, "copies": [{"to": to, "date": day} for to, day in copies]}
    found = told("copy-each-home", plan=plan, pupil={"people": [MUM, DAD, WORKER]}, given=given)
    assert [one.message.partition(",")[0] for one in found] == without and {one.keys for one in found} <= {("copies",)}


def test_homes_are_told_apart_by_address_or_postcode() -> None:
    gran = {**MUM, "id": "g", "name": "Gran Hill", "relationship": "grandmother"}
    held = {**PLAN, "copies": [{"to": "mum", "date": ON}]}
    assert told("copy-each-home", plan=held, pupil={"people": [MUM, gran]}) == []
    assert len(told("copy-each-home", plan=held, pupil={"people": [MUM, {**gran, "postcode": "ZZ99 1AA"}]})) == 1
    two = [{**MUM, "address": "1 Hill"}, {**gran, "address": "1 Hill", "postcode": "x"}, {**DAD, "address": "2 Hill"}]
    assert [one.message[:8] for one in told("copy-each-home", plan=held, pupil={"people": two})] == ["Rob Hill"]
    for plan in ({**held, "status": "draft"}, {"copies": held["copies"]}):
        assert told("copy-each-home", plan=plan, pupil=HOME) == []
    assert told("copy-each-home", pupil=HOME) == []
    assert told("copy-each-home", plan=PLAN, pupil=HOME, given=(out(),))[0].keys == ()


@pytest.mark.parametrize("kind", ["plan", "my_support_plan", "behaviour_plan", "annual_review"])
def test_an_agreement_of_before_is_told(kind: str) -> None:
    old = {"person": "Ann", "capacity": "parent", "date": PLANNED - DAY}
    held = {"date": PLANNED, "signatures": [old, {"person": "Rob", "capacity": "parent"}]}
    [found] = told("agreement-outdated", **{kind: held})
    assert found.message.startswith("Ann agreed on 10 September 2026, to the version of then;")
    assert told("agreement-outdated", **{kind: {**held, "status": "draft"}}) == [] == told("agreement-outdated")
    assert told("agreement-outdated", **{kind: {**held, "signatures": [{**old, "date": PLANNED}]}}) == []


def test_an_agreement_names_the_version() -> None:
    rows = [{"person": one, "capacity": "parent", "date": PLANNED, "version": 1} for one in ("Ann", "Rob")]
    [found] = told("agreement-outdated", plan={**PLAN, "signatures": rows}, given=(out(1, day=PLANNED, says={"x": 1}),))
    assert found.message == "Ann and Rob agreed to version 1; the changes since then are not agreed yet"


@pytest.mark.parametrize(("agreed", "apart", "found"), [(0, 0, 0), (7, 0, 1), (7, 7, 0), (7, 14, 1), (7, 15, 0)])
def test_a_cycle_and_the_plan_of_the_same_weeks_give_one_day(agreed: int, apart: int, found: int) -> None:
    """Two weeks apart they are one agreement, unless each was agreed once written; one of another time says nothing."""
    rows = [{"person": one, "capacity": "parent", "date": PLANNED} for one in ("Ann", "Rob")]
    plan = {"date": PLANNED, "signatures": rows}
    support = {"date": PLANNED + apart * DAY, "parents_agreed": PLANNED + agreed * DAY, "targets": [], "provision": []}
    running = cycle(start=PLANNED, plan=support)
    assert len(told("agreement-dates", running, plan=plan)) == found
    both = {"date": PLANNED, "signatures": [*rows, {**rows[0], "date": PLANNED + agreed * DAY}]}
    assert told("agreement-dates", running, plan=both) == [], "as its advice says"
