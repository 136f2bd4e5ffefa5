"""Cycles, terms, the limbs of the law and the Code's matrix, at the number and the day on which each turns."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.authorities import cycle_requirements as cycles
from generator.authorities import legal_test
from generator.authorities.requirement import MANY
from generator.cases.case import Case
from tests.authorities.plain_packs import DAY, ON, WEEK, case, cycle, only, pack
from tests.joined import record

# -- cycles -----------------------------------------------------------------------------------------------------------

DONE = [cycle(n, ON - (40 - n) * WEEK, ON - (30 - n) * WEEK) for n in range(4)]


@pytest.mark.parametrize(
    ("rule", "title", "enough"),
    [
        ({"min_reviewed": 1}, "1 reviewed cycle", 1),
        ({"min_reviewed": 2}, "2 reviewed cycles", 2),
        ({"min_reviewed": 2, "max_reviewed": 2}, "2 reviewed cycles", 2),
        ({"min_reviewed": 2, "max_reviewed": 3}, "2 or 3 reviewed cycles", 2),
        ({"min_reviewed": 2, "max_reviewed": 4}, "2 to 4 reviewed cycles", 2),
    ],
)
def test_enough_cycles_are_reviewed_at_the_smaller_number(rule: dict[str, Any], title: str, enough: int) -> None:
    for count in (enough - 1, enough, enough + 1):
        item = only(cycles.cycle_items(case(*DONE[:count]), pack(cycles=rule)))
        assert (item.title, item.ready) == (title, count >= enough)
        there = {0: "there are none", 1: "there is one"}.get(count, f"there are {count}")
        assert item.said == f"Ourshire asks for {title}; {there}" and item.weight == "required"


def test_who_asks_and_how_much_is_said_by_the_pages_of_the_pack() -> None:
    usual = only(cycles.cycle_items(case(), pack(cycles={"min_reviewed": 2, "usually": True})))
    assert usual.said.startswith("Ourshire usually expects 2") and (usual.weight, usual.counts) == ("usual", False)
    many = only(cycles.cycle_items(case(), pack(own=False, cycles={"min_reviewed": 2})))
    assert many.said.startswith("Many authorities ask for 2") and many.source == MANY
    named = only(cycles.cycle_items(case(), pack(cycles={"usually": True, "max_reviewed": 9}), 2, "ladder.two"))
    assert named.title == "2 reviewed cycles" and named.weight == "required"
    assert list(cycles.cycle_items(case(), pack())) == [] == list(cycles.cycle_items(case(), pack(), 0))


@pytest.mark.parametrize(
    ("plan", "counted"),
    [
        ({"initial_date": DONE[1].data["start"], "date": ON}, 3),
        ({"initial_date": DONE[1].data["start"] + DAY}, 2),
        ({"date": DONE[2].data["start"]}, 2),
        ({}, 0),
    ],
)
def test_cycles_count_from_the_day_of_the_my_support_plan(plan: dict[str, Any], counted: int) -> None:
    after = pack(cycles={"counted": "after_plan", "min_reviewed": 1}, words={"my_support_plan": "Early Plan"})
    held = case(*DONE, my_support_plan=plan)
    assert len(cycles.counted_cycles(held, after)) == counted and len(cycles.counted_cycles(held, pack())) == 4
    assert only(cycles.cycle_items(held, after)).title == "1 reviewed cycle begun after the Early Plan"


def test_only_cycles_that_go_with_the_request_count_where_it_names_them() -> None:
    held = case(*DONE, cycle(9, ON), request={"cycles": ["1", "3", "9"]})
    assert [one.data["number"] for one in cycles.counted_cycles(held, pack())] == [1, 3]


@pytest.mark.parametrize(
    ("spans", "terms"),
    [
        ([(date(2025, 9, 1), date(2025, 9, 29))], 1),  # four weeks
        ([(date(2025, 9, 1), date(2025, 9, 28))], 0),
        ([(date(2025, 8, 1), date(2025, 9, 29))], 1),  # August is of no term
        ([(date(2025, 12, 4), date(2026, 1, 29))], 2),
        ([(date(2025, 12, 5), date(2026, 1, 28))], 0),
        ([(date(2026, 1, 1), date(2026, 1, 29))], 1),
        ([(date(2026, 3, 4), date(2026, 4, 29))], 2),
        ([(date(2026, 7, 4), date(2026, 9, 20))], 1),
        ([(date(2025, 9, 1), date(2026, 7, 20))], 3),
        ([(date(2024, 9, 2), date(2025, 9, 29))], 4),
        ([(date(2025, 9, 1), date(2025, 10, 20)), (date(2025, 10, 21), date(2025, 12, 1))], 1),
    ],
)
def test_a_term_counts_when_support_ran_in_it_for_four_weeks(spans: list[tuple[date, date]], terms: int) -> None:
    held = case(*(cycle(n, start, end) for n, (start, end) in enumerate(spans)))
    item = only(cycles.term_items(held, pack(cycles={"min_terms": 2}), ON))
    assert item.said == f"Ourshire asks for 2 terms of support; the cycles cover {terms}"
    assert item.ready is (terms >= 2)


@pytest.mark.parametrize(
    ("end", "terms"), [({"planned_review": date(2025, 9, 29)}, 1), ({"planned_review": date(2025, 9, 28)}, 0), ({}, 3)]
)
def test_a_cycle_runs_to_its_review_else_the_day_planned_else_today(end: dict[str, Any], terms: int) -> None:
    running = record("cycle", {"number": 1, "start": date(2025, 9, 1), "plan": {}, **end}, "cycles/1")
    today = date(2026, 6, 1)
    item = only(cycles.term_items(case(running), pack(cycles={"min_terms": 1}), today))
    assert item.said.endswith(f"cover {terms}")
    asked = only(
        cycles.term_items(
            case(running, request={"date": date(2025, 9, 28)}), pack(cycles={"min_terms": 1, "usually": True}), today
        )
    )
    assert asked.said.endswith("cover 0") and not asked.counts
    assert list(cycles.term_items(case(running), pack(), today)) == []


OFFER = {"title": "Reading", "delivered_by": "TA", "group_size": 1, "minutes": 20, "times_a_week": 3}


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ({}, {}, False),
        ({}, {"change": "More reading"}, True),
        ({"targets": [{"text": "a"}, {"text": "b"}]}, {"targets": [{"text": "a"}]}, False),
        ({"targets": [{"text": "a"}]}, {"targets": [{"text": "a"}, {"text": "b"}]}, True),
        ({"provision": [OFFER]}, {"provision": [{**OFFER, "cost": 5}]}, False),
        *(({"provision": [OFFER]}, {"provision": [{**OFFER, key: 7}]}, True) for key in OFFER),
    ],
)
def test_a_cycle_after_a_review_shows_what_changed(
    before: dict[str, Any], after: dict[str, Any], changed: bool
) -> None:
    first, running = cycle(1, ON - 9 * WEEK, ON - WEEK, **before), cycle(1, ON - 9 * WEEK, None, **before)
    wish = pack(cycles={"adapted": True})
    item = only(cycles.adapted_items(case(first, cycle(2, ON, **after)), wish))
    assert item.ready is changed and item.parts == (("cycle-2",) if changed else ())
    assert item.said.endswith("there: Cycle 2" if changed else "no cycle says so")
    assert not only(cycles.adapted_items(case(running, cycle(2, ON, **after)), wish)).ready
    assert list(cycles.adapted_items(case(first), pack())) == []
    assert only(cycles.adapted_items(case(), wish)).where == "cases/ada/request.yaml"


# -- law and Code -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limb", "ready", "says"),
    [
        ({}, False, "no reasons are given"),
        ({"evidence": ["a"]}, False, "no reasons are given"),
        ({"text": "x"}, False, "no evidence is named"),
        ({"text": "x", "evidence": ["a", "b"]}, True, "answered, 2 items of evidence"),
    ],
)
def test_a_limb_of_the_test_has_reasons_and_evidence(limb: dict[str, Any], ready: bool, says: str) -> None:
    for number, name in enumerate(("has_sen", "needs_plan")):
        item = list(legal_test.limb_items(case(request={name: limb})))[number]
        assert (item.id, item.ready, item.strength) == (name, ready, "law") and item.said.endswith(says)
        assert item.source == f"Children and Families Act 2014 s.36(8)({'ab'[number]})"
        assert item.hint.startswith("list the ids" if "text" in limb else "say why")


@pytest.mark.parametrize(
    "key", ["history", "working", "not_working", "important_now", "future", "support_wanted", "other", "evidence"]
)
def test_any_answer_of_the_parents_is_their_view(key: str) -> None:
    parents, child = legal_test.views_items(case(request={"parents_views": {key: "x"}}))
    assert (parents.ready, child.ready) == (True, False)
    assert (parents.title, child.title) == ("Parents’ views", "The child’s views")
    assert parents.said == "Parents’ views are there" and child.said == "The child’s views are not in the request"


@pytest.mark.parametrize("key", ["text", "evidence"])
def test_the_childs_view_is_a_text_or_evidence(key: str) -> None:
    parents, child = legal_test.views_items(case(request={"pupil_views": {key: "x"}, "parents_views": {"author": "x"}}))
    assert (parents.ready, child.ready) == (False, True) and child.strength == "law"


def test_the_matrix_has_the_heads_of_the_code_whatever_the_pack_says() -> None:
    rows = legal_test.criterion_rows(
        pack(criteria=[{"id": "own", "text": "Cost"}, {"id": "x", "text": "y", "head": "action"}])
    )
    assert [row["id"] for row in rows] == ["own", "x", "attainment", "nature", "progress", "development"]
    assert rows[2] == {
        "id": "attainment",
        "text": legal_test.HEADS["attainment"],
        "head": "attainment",
        "source": "SEND Code 9.14",
    }


def criterion(head: str, held: Case, **row: Any) -> legal_test.Criterion:
    mine = pack(criteria=[{"id": "one", "text": "What", "head": head, **row}])
    return legal_test.criteria(held, mine)[0]


def test_a_criterion_is_answered_by_evidence_cycles_or_fields() -> None:
    items = [{"id": "a", "heads": ["nature"]}, {"id": "b"}, {"id": "c", "heads": ["action"]}]
    said = [
        {"head": "nature", "evidence": ["d", "a"], "cycles": ["1", "1"], "note": "See"},
        {"head": "action", "note": "no"},
    ]
    held = case(
        evidence={"items": items}, request={"criteria": said, "has_sen": {"evidence": ["e"]}}, pupil={"agencies": [1]}
    )
    found = criterion("nature", held, limb="has_sen", answered_by=["pupil.agencies", "pupil.health"])
    assert (found.evidence, found.cycles, found.fields, found.note) == (
        ("e", "d", "a"),
        ("1",),
        ("pupil.agencies",),
        "See",
    )
    assert found.records == ("cases/ada/pupil.yaml",) and found.answered
    none = criterion("", held)
    assert (none.evidence, none.cycles, none.fields, none.answered) == ((), (), (), False)
    assert (
        criterion("", held, answered_by=["pupil.agencies"]).answered and criterion("nature", case(*DONE)).cycles == ()
    )


def test_reviewed_cycles_are_the_action_taken_unless_the_request_names_others() -> None:
    held = case(*DONE[:2], cycle(9, ON))
    assert criterion("action", held).cycles == ("0", "1")
    named = case(*DONE[:2], request={"criteria": [{"head": "action", "cycles": ["1"]}]})
    assert criterion("action", named).cycles == ("1",)


def test_a_limb_is_no_item_of_the_matrix_and_what_answers_is_counted() -> None:
    mine = pack(
        criteria=[
            {"id": "limb", "text": "x", "limb": "has_sen"},
            {"id": "own", "text": "Cost"},
            {"id": "n", "text": "Nature", "head": "nature", "source": "page"},
        ]
    )
    held = case(*DONE[:1], evidence={"items": [{"id": "a", "heads": ["nature", "action"]}]})
    found = {item.id: item for item in legal_test.criterion_items(held, mine)}
    assert set(found) == {"own", "n", "attainment", "action", "progress", "development"}
    assert (found["own"].strength, found["own"].hint) == ("local", "fill in what the authority asks for here")
    assert (found["n"].strength, found["n"].source, found["n"].said) == ("code", "page", "Nature: 1 piece of evidence")
    assert "the head `nature`" in found["n"].hint and found["own"].said == "Cost: nothing answers it yet"
    assert found["action"].said.endswith("1 piece of evidence and 1 cycle") and not found["own"].ready


def test_what_a_pack_asks_for_has_its_own_page_and_else_that_of_many() -> None:
    rule = {"min_reviewed": 1, "min_terms": 1, "adapted": True}
    for own, source in ((True, "Ourshire: https://council.example/send"), (False, MANY)):
        mine = pack(own=own, cycles=rule)
        items = [
            *cycles.cycle_items(case(), mine),
            *cycles.term_items(case(), mine, ON),
            *cycles.adapted_items(case(), mine),
        ]
        assert [item.source for item in items] == [source] * 3
