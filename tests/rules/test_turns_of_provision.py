"""A row of support: which of its parts are there, whether its figures fit each other, and the parts of a target."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from generator.rules.quality.provision_row import Offer, offers
from generator.rules.rule import View
from generator.values.not_known import NotKnown
from tests.rules.turns import DAY, ON, WEEK, case, cycle, told

WHOLE: dict[str, Any] = {
    "title": "Lexia phonics",
    "type": "one_to_one",
    "delivered_by": "Mrs Begum, teaching assistant",
    "expertise": "trained",
    "times_a_week": 3,
    "minutes": 20,
    "weeks": 12,
}


def offer(staff: str = "", **row: Any) -> Offer:
    held = {key: value for key, value in {**WHOLE, **row}.items() if value is not None}
    school = {"staff": [{"id": "begum", "training": ["Lexia"]}, {"id": "new"}]}
    if staff:
        held["staff"] = staff
    own = cycle(plan={"provision": [held]})
    [found] = offers(View(case(own, school=school), None, ON))  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(
    ("row", "lacks"),
    [
        ({}, ()),
        ({"type": "specialist"}, ()),
        ({"title": "TA support"}, ("what",)),
        ({"title": "TA support", "description": "Reads a page aloud and then tells Ben's story"}, ()),  # 8 words
        (
            {"title": "TA support", "description": "Reads a page aloud and tells Ben's story"[:40].rsplit(" ", 1)[0]},
            ("what",),
        ),
        (
            {"title": "TA support", "description": "Help with reading as required and when it is appropriate to him"},
            ("what",),
        ),
        ({"title": "Extra reading intervention"}, ("what",)),
        ({"delivered_by": "staff"}, ("who",)),
        ({"delivered_by": "TBC"}, ("who",)),
        ({"delivered_by": "staff", "description": "led by the class teacher"}, ()),
        ({"delivered_by": "tbc", "description": "led by the class teacher"}, ("who",)),
        ({"expertise": None}, ("expertise",)),
        ({"expertise": None, "description": "by a TA trained in Lexia"}, ()),
        ({"times_a_week": None}, ("how often",)),
        ({"times_a_week": None, "description": "every morning"}, ()),
        ({"minutes": None}, ("for how long",)),
        ({"minutes": None, "description": "20 minutes"}, ()),
        ({"times_a_week": None, "minutes": None, "hours_a_week": 3}, ()),
        ({"weeks": None}, ("until when",)),
        ({"weeks": None, "to": ON}, ()),
        ({"weeks": None, "description": "until July"}, ()),
        ({"type": "group"}, ("group",)),
        ({"type": "group", "group_size": 4}, ()),
        ({"type": "group", "description": "in a group of 4"}, ()),
        ({"times_a_week": None, "minutes": None, "weeks": None}, ("how often", "for how long", "until when")),
    ],
)
def test_what_is_taught_says_what_who_how_often_how_long_and_until_when(
    row: dict[str, Any], lacks: tuple[str, ...]
) -> None:
    assert offer(**row).lacks == lacks


@pytest.mark.parametrize(("staff", "lacks"), [("begum", ()), ("new", ("expertise",))])
def test_a_training_of_the_member_of_staff_is_expertise_and_a_name_is_who(staff: str, lacks: tuple[str, ...]) -> None:
    assert offer(staff, expertise=None).lacks == lacks and offer(staff, delivered_by="staff").lacks == ()


BARE = dict.fromkeys(("times_a_week", "minutes", "weeks", "expertise"))


@pytest.mark.parametrize(
    ("row", "lacks"),
    [
        ({"title": "Writing slope"}, ("lessons",)),
        ({"title": "Writing slope", "when": "all lessons"}, ()),
        ({"title": "Writing slope", "where": "at the desk"}, ()),
        ({"title": "Writing slope", "description": "at 20 degrees"}, ()),
        ({"title": "Writing slope every day"}, ()),
        *(
            ({"title": "Support", key: 5}, ())
            for key in ("minutes", "times_a_week", "hours_a_week", "yearly_cost", "group_size")
        ),
        ({"title": "Support as required"}, ()),
    ],
)
@pytest.mark.parametrize("kind", ["equipment", "universal"])
def test_what_is_always_there_says_where_or_when(kind: str, row: dict[str, Any], lacks: tuple[str, ...]) -> None:
    assert offer(type=kind, **{**BARE, **row}).lacks == lacks


@pytest.mark.parametrize(
    ("row", "vague"),
    [
        ({"description": "as required"}, False),
        ({"description": "as required", "times_a_week": None}, True),
        ({"description": "as required", "minutes": None}, True),
        ({"description": "as required", "weeks": None}, False),
        ({"when": "as required", "minutes": None}, True),
        ({"where": "as required", "minutes": None}, True),
        ({"type": "equipment", "description": "as required"}, True),
        ({"type": "equipment", "description": "at his desk"}, False),
    ],
)
def test_a_vague_phrase_counts_where_a_number_is_missing(row: dict[str, Any], vague: bool) -> None:
    assert bool(offer(**row).vague) is vague


def test_a_whole_row_needs_no_other_sentence_and_a_reviewed_cycle_none() -> None:
    assert (
        offer().rewrite == ""
        and "___" in offer(minutes=None).rewrite
        and offer(type="equipment", **{**BARE, "title": "Slope"}).rewrite
    )
    done = cycle(end=ON, plan={"provision": [WHOLE]})
    assert list(offers(View(case(done), None, ON))) == []  # type: ignore[arg-type]
    [plain] = offers(View(case(cycle(plan={"provision": [WHOLE]})), None, ON))  # type: ignore[arg-type]
    assert plain.name == "“Lexia phonics”" and plain.told == ("Lexia phonics",) and not plain.trained


# -- figures ----------------------------------------------------------------------------------------------------------


def sums(*, done: Any = (), **row: Any) -> list[str]:
    held = {key: value for key, value in {**WHOLE, "id": "p", **row}.items() if value is not None}
    own = cycle(plan={"provision": [held]}, do={"delivery": list(done)})
    return [one.message.partition(": ")[2] for one in told("provision-arithmetic", own)]


@pytest.mark.parametrize(
    ("times", "minutes", "hours", "says"),
    [
        (3, 20, 1, ""),
        (1, 65, 1, ""),  # five minutes are no gap
        (1, 66, 1, "66 minutes × 1 a week is 1.1 hours, but `hours_a_week` says 1"),
        (1, 54, 1, "54 minutes × 1 a week is 0.9 hours, but `hours_a_week` says 1"),
        (2, 60, Decimal("1.89"), "60 minutes × 2 a week is 2 hours, but `hours_a_week` says 1.89"),
        (10, 12, Decimal("1.9"), ""),
        (5, 60, Decimal("4.75"), ""),  # a twentieth
        (5, 60, Decimal("4.74"), "60 minutes × 5 a week is 5 hours, but `hours_a_week` says 4.74"),
        (1, 60, 2, "60 minutes × 1 a week is 1 hour, but `hours_a_week` says 2"),
        (3, None, 1, ""),
        (3, 20, None, ""),
    ],
)
def test_minutes_and_hours_of_a_week_agree(times: Any, minutes: Any, hours: Any, says: str) -> None:
    assert sums(times_a_week=times, minutes=minutes, hours_a_week=hours) == [says] * bool(says)


@pytest.mark.parametrize(
    ("days", "weeks", "says"), [(77, 12, ""), (76, 12, "11"), (77, 13, "12"), (0, 1, ""), (0, 2, "1")]
)
def test_weeks_fit_between_two_days(days: int, weeks: int, says: str) -> None:
    said = f"{weeks} weeks do not fit between its dates, which are {says} weeks apart"
    assert sums(weeks=weeks, **{"from": ON, "to": ON + days * DAY}) == [said] * bool(says)
    assert sums(weeks=99, **{"from": ON}) == [] == sums(weeks=99, to=ON)


@pytest.mark.parametrize(
    ("planned", "says"), [(43, ""), (44, "3 a week for 12 weeks is 36 sessions, but 44 were planned"), (36, "")]
)
def test_sessions_planned_are_those_of_the_weeks(planned: int, says: str) -> None:
    rows = [{"provision": "other", "planned": 99}, {"provision": "p", "planned": planned}]
    assert sums(done=rows) == [says] * bool(says)
    assert sums(done=rows, times_a_week=None) == [] == sums(done=rows, weeks=None) == sums(done=rows[:1])


@pytest.mark.parametrize(
    ("given", "note", "explained", "speaks"),
    [(8, False, False, 0), (7, False, False, 1), (7, True, False, 1), (7, False, True, 1), (7, True, True, 0)],
)
def test_four_in_five_sessions_are_given_or_explained(given: int, note: bool, explained: bool, speaks: int) -> None:
    row = {"provision": "p", "delivered": given, "planned": 10, **({"note": "ill"} if note else {})}
    review = {"review": {"as_planned": "no"}} if explained else {}
    own = cycle(plan={"provision": [{**WHOLE, "id": "p"}]}, do={"delivery": [row]}, **review)
    found = told("provision-delivered", own)
    assert [one.message for one in found] == ["“Lexia phonics” was given 7 times of 10 planned"] * speaks
    assert [one.hint.startswith("say under") for one in found] == [note] * speaks


@pytest.mark.parametrize(
    ("rule", "row", "speaks"),
    [
        ("provision-what", {"title": "TA support"}, 1),
        ("provision-what", {"title": "Support", "type": "equipment", **BARE}, 0),
        ("provision-universal", {"title": "Support", "type": "equipment", **BARE}, 1),
        ("provision-universal", {"title": "Writing slope", "type": "equipment", **BARE}, 1),
        ("provision-universal", {"title": "TA support"}, 0),
        ("provision-who", {"delivered_by": "staff"}, 1),
        ("provision-expertise", {"expertise": None}, 1),
        ("provision-group", {"type": "group"}, 1),
        ("provision-vague", {"description": "as required", "minutes": None}, 1),
    ],
)
def test_each_part_has_its_rule(rule: str, row: dict[str, Any], speaks: int) -> None:
    held = {key: value for key, value in {**WHOLE, **row}.items() if value is not None}
    assert len(told(rule, cycle(plan={"provision": [held]}))) == speaks
    assert told(rule, cycle(plan={"provision": [WHOLE]})) == []


def test_what_is_missing_of_how_much_is_told_in_one_line() -> None:
    held = {key: value for key, value in WHOLE.items() if key not in ("times_a_week", "minutes", "weeks")}
    [found] = told("provision-quantity", cycle(plan={"provision": [held]}))
    assert found.message.endswith("does not say how often, for how long and until when")
    assert found.hint == "add `times_a_week`, `minutes` and `weeks` or `to`"


# -- targets ----------------------------------------------------------------------------------------------------------

AIM = {"id": "t", "text": "Ben reads 50 words", "baseline": "31", "measure": "Weekly count"}


def aims(rule: str, **row: Any) -> int:
    held = {key: value for key, value in {**AIM, **row}.items() if value is not None}
    return len(told(rule, cycle(1, ON, planned_review=ON + 9 * WEEK, plan={"targets": [held]})))


@pytest.mark.parametrize(
    ("rule", "row", "speaks"),
    [
        ("smart-vague", {}, 0),
        ("smart-vague", {"text": "To improve his reading"}, 1),
        ("smart-vague", {"text": NotKnown("asked")}, 0),
        ("smart-measure", {}, 0),
        ("smart-measure", {"text": "Ben reads aloud"}, 1),
        ("smart-measure", {"text": "Ben reads aloud", "goal": "60 of 100 words"}, 0),
        ("smart-measure", {"text": "Ben reads aloud", "goal_value": 60}, 0),
        ("smart-measure", {"text": NotKnown("asked")}, 0),
        ("smart-baseline", {}, 0),
        ("smart-baseline", {"baseline": None}, 1),
        ("smart-baseline", {"baseline": None, "start_value": 31}, 0),
        ("smart-baseline", {"baseline": None, "text": "Ben reads 50 words (from 31)"}, 0),
        ("smart-baseline", {"baseline": None, "text": NotKnown("asked")}, 0),
        ("smart-how", {}, 0),
        ("smart-how", {"measure": None}, 1),
        ("smart-how", {"measure": None, "success_measure": "x"}, 1),
        ("smart-how", {"measure": None, "text": "Ben reads 50 words, measured by a weekly count"}, 0),
        ("smart-equal", {}, 0),
        ("smart-equal", {"start_value": 31, "goal_value": 31}, 1),
        ("smart-equal", {"start_value": 31, "goal_value": 50}, 0),
        ("smart-equal", {"goal": " 31."}, 1),
        ("smart-equal", {"goal": "50"}, 0),
    ],
)
def test_a_target_says_what_how_much_from_where_and_how_it_is_measured(
    rule: str, row: dict[str, Any], speaks: int
) -> None:
    assert aims(rule, **row) == speaks


@pytest.mark.parametrize(
    ("row", "start"),
    [({"baseline": "31", "goal": "31"}, "31"), ({"baseline": None, "start_value": 7, "goal_value": 7}, "7")],
)
def test_a_goal_that_is_reached_is_told_with_where_the_child_is(row: dict[str, Any], start: str) -> None:
    held = {key: value for key, value in {**AIM, **row}.items() if value is not None}
    [found] = told("smart-equal", cycle(1, plan={"targets": [held]}))
    assert found.rewrite == f"goal: ___ (from {start})" and found.keys[-1] == (
        "goal" if "goal" in row else "goal_value"
    )
    outcome = {**held, "needs": []}
    assert told("smart-equal", plan={"outcomes": [outcome]}) == []


@pytest.mark.parametrize("key", ["measure", "success_measure"])
def test_a_sentence_is_written_anew_with_what_is_known(key: str) -> None:
    row: dict[str, Any] = {"id": "t", "text": "Ben reads aloud", "baseline": "31 words", key: "a weekly count"}
    [found] = told("smart-measure", cycle(1, ON, planned_review=ON + 9 * WEEK, plan={"targets": [row]}))
    assert found.rewrite == "Ben reads aloud, ___ times of ___, by 3 December 2026 (now 31 words)"
    own = told("smart-measure", cycle(1, ON, planned_review=ON, plan={"targets": [{**row, "by": ON + WEEK}]}))
    assert "8 October 2026" in own[0].rewrite
    bare = {"id": "t", "text": "Ben reads aloud"}
    [found] = told("smart-measure", cycle(1, ON, plan={"targets": [bare]}))
    assert found.rewrite.endswith("by ___ (now ___), measured every ___ by ___")
    [hope] = told("smart-vague", cycle(1, ON, plan={"targets": [{**row, "text": "To improve his reading"}]}))
    assert hope.rewrite.startswith("Ben ") and hope.rewrite.endswith("by ___ (now 31 words)")


def test_a_vague_row_is_written_anew_also_when_nothing_else_lacks() -> None:
    assert "___" in offer(type="equipment", **{**BARE, "title": "Slope", "description": "as required"}).rewrite
