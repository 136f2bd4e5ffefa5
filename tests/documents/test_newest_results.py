"""The newest result beside where an outcome started: of the same measure, with its name, never from before."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.cases.case import Case
from generator.documents.printed_facts.newest_results import day_in, newest_results
from generator.folder.load_case import load_case
from generator.folder.school_folder import BUILT_IN, find_project
from generator.records.record import Record
from tests.joined import record
from tests.rules.turns import case as plain_case


def newest(pupil: str, outcome: str, on: date) -> list[tuple[str, str, date]]:
    case = load_case(find_project(BUILT_IN), pupil).case
    assert isinstance(case, Case)
    [row] = [row for row in case.data("plan")["outcomes"] if row["id"] == outcome]
    return [(one["what"], one["result"], one["date"]) for one in newest_results(case, row, on)]


@pytest.mark.whole
def test_a_plan_of_september_tells_no_result_of_july_beside_a_start_in_september() -> None:
    for outcome in ("reads-alone", "follows-and-finds", "puts-ideas-down", "calm-start"):
        assert newest("ada-brown", outcome, date(2026, 9, 15)) == []  # was: the results of 7 July


@pytest.mark.whole
def test_later_papers_tell_each_measure_with_its_name() -> None:
    assert newest("ada-brown", "reads-alone", date(2026, 11, 19)) == [
        ("Words", "14 of 20", date(2026, 11, 6)),
        ("Words on sight", "72 of 100 words", date(2026, 11, 6)),
    ]
    [dictated] = newest("ada-brown", "puts-ideas-down", date(2026, 11, 19))
    assert dictated == ("Sentences in 20 minutes", "five sentences", date(2026, 11, 6))  # was: sentences by hand


def test_what_was_measured_at_the_start_of_a_cycle_is_the_newest_until_there_is_more() -> None:
    [asked] = newest("toby-merrick", "asks", date(2026, 9, 16))  # was: nothing
    assert asked == ("Toby asks for help with words …", "0 of 5", date(2026, 9, 11))  # was: Days: 0 of 5


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1 of 10 from £5 in March 2026; 5 of 10 from £10 in July 2026", date(2026, 7, 1)),
        ("3 of 10 checks, 11 September 2026", date(2026, 9, 11)),
        ("planned for 3 March 2027, seen on 2 May 2026", date(2026, 5, 2)),
        ("not yet", date.min),
        ("Score 0 May 2025", date(2025, 5, 1)),  # was: a traceback
        ("Score 45 May 2025", date(2025, 5, 1)),
        ("31 May 2025", date(2025, 5, 31)),  # was: 28 May
    ],
)
def test_the_newest_day_that_a_text_names(text: str, day: date) -> None:
    assert day_in(text, date(2026, 12, 1)) == day


SPRING, SUMMER = date(2026, 1, 5), date(2026, 4, 13)
READS: dict[str, Any] = {"id": "reads", "text": "Ada reads alone."}


def aim(key: str, text: str, **more: Any) -> dict[str, Any]:
    return {"id": key, "text": text, "outcome": "reads", **more}


def of_a_cycle(name: str, start: date, targets: list[dict[str, Any]], results: dict[str, str]) -> Record:
    review = [{"target": key, "status": "partly", "result": result} for key, result in results.items()]
    data = {"number": 1, "start": start, "assess": {}, "plan": {"targets": targets, "provision": []}}
    data |= {"review": {"date": start.replace(day=28), "targets": review}} if results else {}
    return record("cycle", data, f"cycles/{name}")


def told(*cycles: Record, baseline: str = "") -> list[tuple[str, str]]:
    rows = newest_results(plain_case(*cycles), {**READS, "baseline": baseline}, date(2026, 12, 1))
    return [(row["what"], row["result"]) for row in rows]


def test_targets_carried_from_one_cycle_are_two_measures_and_keep_the_results_of_that_cycle() -> None:
    first = [aim("a", "Reads aloud."), aim("b", "Tells the story.")]
    carried = [{**row, "text": f"Again: {row['text']}", "carried_from": "spring"} for row in first]
    before = of_a_cycle("spring", SPRING, first, {"a": "twice", "b": "three times"})
    running = of_a_cycle("summer", SUMMER, carried, {})
    assert told(before, running) == [("Reads aloud", "twice"), ("Tells the story", "three times")]  # was: nothing
    over = of_a_cycle("summer", SUMMER, carried, {"a": "daily", "b": "weekly"})
    assert [result for _, result in told(before, over)] == ["daily", "weekly"]  # was: one of them


def test_two_targets_in_one_unit_are_two_measures() -> None:
    rows = [aim("a", "Reads the words.", unit="words of 20"), aim("b", "Spells the words.", unit="words of 20")]
    both = of_a_cycle("spring", SPRING, rows, {"a": "18 of 20", "b": "9 of 20"})
    assert told(both) == [("Reads the words", "18 of 20"), ("Spells the words", "9 of 20")]  # was: one of them
    one = of_a_cycle("summer", SUMMER, [aim("c", "Reads more words.", unit="words of 20")], {})
    alike = [
        aim(key, f"Ada writes her own list for {n} of 5 stories without help.") for key, n in (("t1", 3), ("t2", 5))
    ]
    same = of_a_cycle("spring", SPRING, alike, {"t1": "twice", "t2": "once"})
    assert [what for what, _ in told(same)] == [
        "Ada writes her own list for 3 of 5 …",
        "Ada writes her own list for 5 of 5 …",
    ]
    assert told(both, one) == []  # nobody knows which of the two it goes on with


def test_a_new_target_under_an_old_name_has_no_result_of_the_old_one() -> None:
    before = of_a_cycle("spring", SPRING, [aim("t1", "Old aim.")], {"t1": "7 times"})
    assert told(before, of_a_cycle("summer", SUMMER, [aim("t1", "Another aim.")], {})) == []  # was: 7 times
    carried = of_a_cycle("spring", SPRING, [aim("t1", "Old aim.", carried_from="autumn")], {"t1": "7 times"})
    assert told(carried, of_a_cycle("summer", SUMMER, [aim("t1", "Another aim.")], {})) == []
    assert told(before, of_a_cycle("summer", SUMMER, [aim("t1", "Old  aim.")], {})) == [("Old aim", "7 times")]


@pytest.mark.parametrize(
    ("result", "wanted"), [("10", ["10"]), ("100 words", []), ("5", ["5"]), ("2", ["2"]), ("100", [])]
)
def test_only_whole_figures_of_the_start_are_the_start(result: str, wanted: list[str]) -> None:
    cycle = of_a_cycle("spring", SPRING, [aim("a", "Reads.")], {"a": result})
    assert [row[1] for row in told(cycle, baseline="Reads 100 words, 7.5 lines on 2 May 2025")] == wanted
