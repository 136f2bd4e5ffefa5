"""The golden thread from need to review, link by link: whole, and with one link out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.records.record import Record
from generator.values.not_known import NotKnown
from tests.rules.turns import DAY, ON, WEEK, cycle, told, without_child

NEEDS = [{"id": "r", "title": "Reading"}, {"id": "s", "title": "Speech"}]


def plan(*outcomes: dict[str, Any], **more: Any) -> dict[str, Any]:
    rows = [{"id": f"o{n}", "needs": [], **row} for n, row in enumerate(outcomes)]
    return {"plan": {"outcomes": rows, **more}}


def work(n: int = 1, end: date | None = None, start: Any = ON - WEEK, outcome: str = "o0", **more: Any) -> Record:
    target = {"id": "t", "text": "x", "outcome": outcome}
    offer = {"id": "p", "title": "Talk", "type": "group", "outcomes": [outcome] if outcome else []}
    return cycle(n, start, end, title=f"Cycle {n}", plan={"targets": [target], "provision": [offer]}, **more)


def test_each_need_has_an_outcome_and_each_outcome_a_need() -> None:
    held = {"pupil": {"needs": NEEDS}}
    assert [one.keys for one in told("thread-need-outcome", **plan({"needs": ["r"]}), **held)] == [("needs", 1, "id")]
    assert (
        told("thread-need-outcome", **plan({"needs": ["r", "s"]}), **held) == [] == told("thread-need-outcome", **held)
    )
    assert without_child("thread-need-outcome", **plan({})) == []
    found = told("thread-outcome-need", **plan({"needs": ["r"]}, {}))
    assert [one.keys for one in found] == [("outcomes", 1, "needs")] and told("thread-outcome-need") == []


@pytest.mark.parametrize(
    ("outcomes", "says"),
    [
        ([{"aspiration": "x"}], ""),
        ([{}], "the outcome o0 does"),
        ([{}, {"aspiration": "x"}, {}], "the outcomes o0 and o2 do"),
    ],
)
def test_each_outcome_serves_a_hope(outcomes: list[dict[str, Any]], says: str) -> None:
    found = told("thread-outcome-hope", **plan(*outcomes))
    assert [one.message.startswith(f"{says} not say which hope of Ben") for one in found] == [True] * bool(says)


@pytest.mark.parametrize("rule", ["thread-outcome-provision", "thread-outcome-target"])
def test_each_outcome_has_support_and_a_step_in_the_cycles_that_carry_the_plan(rule: str) -> None:
    two = plan({}, {}, date=ON)
    assert [one.keys for one in told(rule, work(), **two)] == [("outcomes", 1, "id")]
    assert told(rule, work(), work(2, outcome="o1"), **two) == [] == told(rule, **two) == told(rule, work())
    reviewed = work(2, ON, ON - DAY, outcome="o1")
    assert len(told(rule, work(), reviewed, **two)) == 1, "reviewed, and begun before the plan"
    assert told(rule, work(), work(2, ON, ON, outcome="o1"), **two) == [], "begun on the day of the plan"
    assert len(told(rule, work(), reviewed, **plan({}, {}))) == 1
    last = told(rule, work(1, ON - WEEK, ON - 9 * WEEK), work(2, ON, ON - 8 * WEEK, outcome="o1"), **two)
    assert [one.keys for one in last] == [("outcomes", 0, "id")] and "in Cycle 2 " in last[0].message
    three = [work(n, outcome="") for n in (1, 2, 3)]
    assert "in Cycle 2 and Cycle 3 " in told(rule, *three, **plan({}))[0].message
    undated = work(2, ON, None, outcome="o1")
    assert len(told(rule, work(), undated, **two)) == 1


def test_each_support_serves_an_outcome() -> None:
    assert [one.keys for one in told("thread-provision-outcome", work(outcome=""))] == [
        ("plan", "provision", 0, "outcomes")
    ]
    assert told("thread-provision-outcome", work()) == []


def test_each_target_and_support_is_judged_in_the_review() -> None:
    bare = work(1, ON)
    assert [one.keys for one in told("thread-target-review", bare)] == [("review", "targets")]
    assert [one.keys for one in told("thread-provision-review", bare)] == [("review", "targets")]
    other = work(1, ON, review={"targets": [{"target": "x"}], "provision": [{"provision": "x"}]})
    assert told("thread-target-review", other) and told("thread-provision-review", other)[0].keys == (
        "review",
        "provision",
    )
    done = work(1, ON, review={"targets": [{"target": "t"}], "provision": [{"provision": "p"}]})
    for rule in ("thread-target-review", "thread-provision-review"):
        assert told(rule, done) == [] == told(rule, work())


@pytest.mark.parametrize(("kind", "speaks"), [("group", 1), ("one_to_one", 1), ("universal", 0), ("specialist", 0)])
def test_each_taught_support_has_its_count_of_sessions(kind: str, speaks: int) -> None:
    offer = {"id": "p", "title": "Talk", "type": kind, "outcomes": []}
    held: dict[str, Any] = {"title": "One", "plan": {"provision": [offer]}}
    assert len(told("thread-provision-delivery", cycle(1, end=ON, **{**held}))) == speaks
    held = {"title": "One", "plan": {"provision": [offer]}}
    assert told("thread-provision-delivery", cycle(1, end=ON, do={"delivery": [{"provision": "p"}]}, **held)) == []
    held = {"title": "One", "plan": {"provision": [offer]}}
    assert told("thread-provision-delivery", cycle(1, **held)) == []


@pytest.mark.parametrize(
    ("items", "keys"),
    [
        ([{"needs": ["r", "s"]}], []),
        ([{"needs": ["r"]}], [1]),
        ([{"needs": ["r"]}, {"needs": ["s"], "include": False}], [1]),
        ([{}], [0, 1]),
        ([{"needs": ["r"], "include": True}, {"needs": ["s"]}], []),
    ],
)
def test_with_a_request_each_need_has_evidence(items: list[dict[str, Any]], keys: list[int]) -> None:
    held: dict[str, Any] = {"pupil": {"needs": NEEDS}, "evidence": {"items": items}}
    assert [one.keys for one in told("thread-need-evidence", request={}, **held)] == [("needs", n, "id") for n in keys]
    assert (
        told("thread-need-evidence", **held) == [] == told("thread-need-evidence", request={}, pupil={"needs": NEEDS})
    )
    assert without_child("thread-need-evidence", request={}, evidence={"items": items}) == []


@pytest.mark.parametrize(
    ("item", "speaks"),
    [
        ({"kind": "report"}, 1),
        ({"kind": "report", "needs": ["r"]}, 0),
        ({"kind": "report", "heads": ["nature"]}, 0),
        ({"kind": "report", "include": False}, 0),
        *(({"kind": kind}, 0) for kind in ("consent", "letter", "photo", "minutes", "attendance", "other")),
    ],
)
def test_each_report_says_what_it_is_evidence_of(item: dict[str, Any], speaks: int) -> None:
    rows = {"items": [{"title": "x", "kind": "other"}, {"title": "x", **item}]}
    assert [one.keys for one in told("thread-evidence-need", evidence=rows)] == [("items", 1, "id")] * speaks
    assert told("thread-evidence-need") == []


# -- by when ----------------------------------------------------------------------------------------------------------

START, END = date(2026, 9, 14), date(2026, 12, 4)


def aim(text: str = "Ben reads 50 words", **more: Any) -> Record:
    return cycle(1, START, planned_review=END, plan={"targets": [{"id": "t", "text": text, **more}]})


@pytest.mark.parametrize(
    ("by", "says"),
    [
        (END, ""),
        (END + DAY, "after the review on 4 December 2026"),
        (START, ""),
        (START - DAY, "before the cycle begins on 14 September 2026"),
    ],
)
def test_a_target_is_due_within_its_cycle(by: date, says: str) -> None:
    found = told("smart-late", aim(by=by))
    assert [one.message.endswith(says) for one in found] == [True] * bool(says)
    assert [one.keys[-1] for one in found] == ["by"] * bool(says)


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("Ben reads 50 words by 4 December 2026", 0),
        ("Ben reads 50 words by 5 December 2026", 1),
        ("Ben reads 50 words by 13 September 2026", 0),
    ],
)
def test_a_day_in_the_words_of_a_target_is_its_day(text: str, speaks: int) -> None:
    assert [one.keys[-1] for one in told("smart-late", aim(text))] == ["text"] * speaks
    assert told("smart-late", aim(text, by=END)) == [], "the field counts"


@pytest.mark.parametrize(
    ("text", "more", "speaks"),
    [
        ("In due course Ben reads 50 words", {}, 1),
        ("In due course Ben reads 50 words", {"by": END}, 0),
        ("Ben reads 50 words", {}, 0),
        ("In due course Ben reads 50 words by July 2027", {}, 0),
    ],
)
def test_a_day_is_not_put_off(text: str, more: dict[str, Any], speaks: int) -> None:
    assert len(told("smart-no-date", aim(text, **more))) == speaks


@pytest.mark.parametrize(
    ("by", "speaks"), [(date(2026, 11, 20), 0), (date(2026, 11, 21), 1), (date(2025, 11, 20), 0), (None, 0)]
)
def test_the_day_in_words_and_in_the_field_are_one(by: date | None, speaks: int) -> None:
    assert (
        len(told("smart-two-dates", aim("Ben reads 50 words by 20 November", **({"by": by} if by else {})))) == speaks
    )


@pytest.mark.parametrize(("year", "speaks"), [(2025, 1), (2027, 1), (2026, 0)])
def test_a_day_that_only_a_leap_year_has_is_looked_for_in_the_years_beside(year: int, speaks: int) -> None:
    assert len(told("smart-two-dates", aim("Ben reads 50 words by 29 February", by=date(year, 3, 1)))) == speaks


def test_a_day_in_words_is_the_first_that_is_not_over_when_the_cycle_begins() -> None:
    assert told("smart-late", aim("Ben reads 50 words by 14 September")) == []
    [found] = told("smart-late", aim("Ben reads 50 words by 13 September"))
    assert "due on 13 September 2027, after" in found.message
    assert told("smart-late", aim(NotKnown("we meet by 20 January"))) == []  # type: ignore[arg-type]


def test_without_the_days_of_a_plan_or_cycle_nothing_is_late() -> None:
    outcome = {"id": "o", "text": "Ben reads 50 words by 20 January", "needs": []}
    assert told("smart-late", plan={"outcomes": [outcome, {**outcome, "by": START}]}) == []
    assert len(told("smart-late", plan={"date": END, "outcomes": [{**outcome, "by": START}]})) == 1


# -- words of targets and support -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pronouns", "text", "speaks"),
    [
        ("she/her", "He reads 50 words", 1),
        ("he/him", "She reads 50 words", 1),
        ("she/her", "She reads 50 words", 0),
        ("he/him", "He reads 50 words", 0),
        ("they/them", "He reads 50 words", 0),
        ("she/her", "She reads to him", 0),
        ("she/her", "Ada reads to dad while he cooks", 0),
        ("she/her", "Ada says “he helps me”", 0),
    ],
)
def test_a_target_uses_the_childs_own_pronouns(pronouns: str, text: str, speaks: int) -> None:
    assert len(told("wording-pronoun", aim(text), pupil={"pronouns": pronouns})) == speaks


@pytest.mark.parametrize(
    ("field", "words", "name"),
    [
        ("group_size", "in a group of 4", "4 in the group"),
        ("minutes", "20 minutes, 3 times a week", "20 minutes"),
        ("times_a_week", "20 minutes, 3 times a week", "3 times a week"),
        ("weeks", "for 6 weeks", "6 weeks"),
    ],
)
def test_support_says_one_figure_in_words_and_fields(field: str, words: str, name: str) -> None:
    offer = {"id": "p", "title": "Talk", "type": "group", "description": words, "outcomes": [], "delivered_by": "TA"}
    said = {"group_size": 4, "minutes": 20, "times_a_week": 3, "weeks": 6}[field]
    [found] = told("figures-differ", cycle(1, plan={"provision": [{**offer, field: said + 1}]}))
    assert f"says {name} in its words" in found.message and found.keys[-1] == field
    assert told("figures-differ", cycle(1, plan={"provision": [{**offer, field: said}]})) == []


def test_without_a_date_of_birth_no_line_is_too_long() -> None:
    long_line = cycle(plan={"targets": [{"for_pupil": "so " * 90}]})
    assert without_child("my-plan-length", long_line, plan={}, pupil={"forenames": "Ben"}) == []
    assert without_child("my-plan-length", plan={}) == []


def test_numbers_in_words_are_read_to_twelve() -> None:
    names = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    for number, name in enumerate(names, 1):
        row = {"id": "p", "title": "Talk", "type": "group", "description": f"for {name} weeks", "outcomes": []}
        own = cycle(1, plan={"provision": [{**row, "delivered_by": "TA", "weeks": number}]})
        assert told("figures-differ", own) == []
