"""What documents print that no record says by itself, seen on the example school."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from generator.cases.case import Case, newest_date
from generator.documents.context import facts
from generator.documents.printed_facts.cycle_facts import adult, how_often, plain
from generator.documents.printed_facts.pupil_facts import Occasion, letters, lines
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from tests.example_school import KACPER, ROOT

PROJECT = find_project(ROOT)


def example(name: str) -> Case:
    case = load_case(PROJECT, name).case
    assert case is not None
    return case


def facts_of(name: str, on: date, **more: Any) -> dict[str, Any]:
    return facts(example(name), PROJECT.view, Occasion(on, **more), "Northmoor Council")


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({"minutes": 20, "times_a_week": 3, "weeks": 12}, "20 minutes, 3 times a week, for 12 weeks"),
        ({"minutes": 20, "times_a_week": 1, "weeks": 1}, "20 minutes, once a week, for 1 week"),
        ({"times_a_week": Decimal("0.5")}, "every second week"),
        ({"times_a_week": Decimal("2.0")}, "twice a week"),
        ({}, ""),
    ],
)
def test_how_often_in_words(row: dict[str, Any], text: str) -> None:
    assert how_often(row) == text


def test_numbers_and_addresses_as_people_write_them() -> None:
    assert [plain(Decimal(n)) for n in ("2.50", "3.0", "10")] == ["2.5", "3", "10"]
    assert lines("Flat 4, 31 Mill Lane\nNorthmoor", "ZZ99 3VZ") == ["Flat 4", "31 Mill Lane", "Northmoor", "ZZ99 3VZ"]
    assert lines(None, None) == []


@pytest.mark.whole
def test_every_name_is_there_for_the_smallest_and_the_largest_case() -> None:
    small, large = facts_of("idris-chowdhury", date(2026, 11, 22)), facts_of("ada-brown", date(2026, 11, 22))
    assert small.keys() == large.keys()
    assert (small["cycle"], small["outcomes"], small["yearly_cost"]) == (None, [], None)
    assert large["reviewed_cycles"] == 3


def with_changed(case: Case, kind: str, change: Callable[[dict[str, Any]], None]) -> Case:
    """The case with its last record of a kind changed."""
    old = [record for record in case.records if record.kind == kind][-1]
    data = copy.deepcopy(old.data)
    change(data)
    new = type(old)(old.path, kind, data, old.places)
    return Case(case.name, tuple(new if record is old else record for record in case.records), case.school)


def told_of(case: Case) -> list[str]:
    given = facts(case, PROJECT.view, Occasion(newest_date(case)), "")
    return [row["what"].partition(":")[0] for row in given["chronology"]]


def test_the_chronology_tells_what_is_still_to_come_as_planned() -> None:
    """No record bears witness that a cycle has begun before something was given in it or a later day was recorded."""

    def planned(data: dict[str, Any]) -> None:
        data["start"] = date(2027, 1, 4)
        del data["do"]

    assert "Cycle 1 began" in told_of(example(KACPER))
    told = told_of(with_changed(example(KACPER), "cycle", planned))
    assert "Cycle 1 is planned to begin" in told and "Cycle 1 began" not in told


def test_support_that_began_after_the_cycles_first_day_is_told_on_its_own_day() -> None:
    given = facts(example("ada-brown"), PROJECT.view, Occasion(date(2026, 11, 22)), "")["chronology"]
    told = {row["date"]: row["what"] for row in given if row["what"].startswith(("Cycle 4", "Began in cycle 4"))}
    lesson = "Lesson and check by a specialist teacher"
    assert lesson not in told[date(2026, 9, 14)], "was: all support of a cycle on its first day"
    assert told[date(2026, 9, 24)] == f"Began in cycle 4: {lesson}"
    assert "Structured cumulative phonics programme, longer lessons" in told[date(2026, 9, 14)]


def test_the_chronology_leaves_out_what_lies_after_the_documents_day() -> None:
    ahead = {"from": date(2030, 1, 7), "status": "E", "reason": "Not yet"}
    case = with_changed(example(KACPER), "pupil", lambda data: data["sen_status"].append(ahead))
    assert "EHC plan began" not in told_of(case)


def test_after_a_review_the_next_one_is_the_plans_or_the_meetings_own() -> None:
    def next_review(case: Case) -> Any:
        return facts(case, PROJECT.view, Occasion(newest_date(case)), "")["next_review"]

    def reviewed(data: dict[str, Any]) -> None:
        data["review"] = {"date": date(2026, 11, 20), "targets": []}

    running = example(KACPER)
    assert next_review(running) == date(2026, 12, 7)
    held = with_changed(running, "cycle", reviewed)
    later = with_changed(held, "plan", lambda data: data.update(review_date=date(2027, 3, 1)))
    assert next_review(later) == date(2027, 3, 1)
    past = with_changed(held, "plan", lambda data: data.update(review_date=date(2026, 11, 20)))
    assert next_review(past) is None
    meeting = {"date": date(2026, 11, 20), "next_meeting": date(2027, 2, 1)}
    assert next_review(with_changed(past, "meeting", lambda data: data.update(meeting))) == date(2027, 2, 1)


def test_outcomes_are_joined_with_their_needs_targets_and_support() -> None:
    given = facts_of("ada-brown", date(2026, 11, 22))
    titles = set(given["need_names"].values())
    for outcome in given["outcomes"]:
        assert outcome["needs"] and set(outcome["needs"]) <= titles
        assert outcome["targets"] and outcome["provision"]
    assert given["weekly_minutes"] == sum(row["weekly_minutes"] or 0 for row in given["provision"])


def test_a_cycle_shows_what_was_delivered_and_decided() -> None:
    case = example("ada-brown")
    cycle = facts_of("ada-brown", date(2026, 3, 24), cycle=case.cycles[1])["cycle"]
    assert cycle["reviewed"] == case.cycles[1].data["review"]["date"]
    assert {row["status_label"] for row in cycle["targets"]} <= {"Met", "Partly met", "Not met"}
    for row in cycle["provision"]:
        assert row["delivered"] <= row["planned"]
        assert row["decision_label"] in ("Stop", "Change", "Continue")


@pytest.mark.whole
def test_a_document_of_last_year_tells_last_years_class_and_needs() -> None:
    now, then = facts_of("ada-brown", date(2026, 11, 22)), facts_of("ada-brown", date(2025, 9, 12))
    assert (now["year_group"], then["year_group"]) == ("Year 4", "Year 3")
    assert (now["class_name"], then["class_name"]) == ("4A", "3K")
    needs = [[need.id for area in given["areas"] for need in area["needs"]] for given in (now, then)]
    assert set(needs[1]) < set(needs[0])


def test_parents_who_live_apart_have_a_letter_each_and_a_young_person_their_own() -> None:
    apart = letters(example(KACPER), date(2026, 10, 5))
    assert len(apart) == 2
    assert apart[0]["address"] != apart[1]["address"]
    [own] = letters(example("luca-marchetti"), date(2026, 11, 22))
    assert own["young_person"] and own["name"].startswith("Luca")


def test_evidence_kept_for_safeguarding_is_not_offered() -> None:
    case = example("ada-brown")
    evidence = case.one("evidence")
    assert evidence is not None
    hidden = {**evidence.data["items"][0], "sensitivity": "safeguarding"}
    changed = type(evidence)(
        evidence.path, "evidence", {"items": [hidden, *evidence.data["items"][1:]]}, evidence.places
    )
    others = tuple(record for record in case.records if record.kind != "evidence")
    given = facts(Case("ada", (*others, changed), case.school), PROJECT.view, Occasion(date(2026, 11, 22)), "")
    shown = {row["id"] for row in given["evidence"]}
    assert hidden["id"] not in shown
    assert len(shown) == len(evidence.data["items"]) - 1


@pytest.mark.parametrize(
    ("given_by", "person", "told"),
    [
        ("Teaching assistant", "Mrs Jahanara Begum", "Mrs Jahanara Begum"),
        ("Teacher (Ms Soto, sixth form tutor)", "", "Ms Soto"),
        ("Teacher (four subject teachers)", "", "four subject teachers"),
        ("Everybody in 6P", "", "Everybody in 6P"),
    ],
)
def test_a_child_is_told_who_helps_by_name(given_by: str, person: str, told: str) -> None:
    assert adult(given_by, person) == told
