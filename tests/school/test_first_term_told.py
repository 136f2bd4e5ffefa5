"""What the first term tells: looked-after children, support that goes on after a review, papers by their names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.cases.case import Case
from generator.cases.prefill import known
from generator.documents.catalogue import documents
from generator.folder.create import new_record
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.rules import RULES, View
from generator.school.calendar.reviews import due
from generator.school.check_school import CheckQuestion, check_pupil
from generator.school.provision.intervention_impact import rounds_of
from generator.school.provision.provision_map import lines_of, resting
from tests.example_school import KACPER, ROOT, copy_school, sendpack
from tests.joined import record

ON = date(2026, 11, 29)
TERMS = [
    {"name": "Autumn 2026", "start": date(2026, 9, 1), "end": date(2026, 12, 18)},
    {"name": "Spring 2027", "start": date(2027, 1, 4), "end": date(2027, 3, 26)},
]
CAROL = {"id": "carol", "name": "Carol Dean", "relationship": "foster carer", "parental_responsibility": False}
KELLY = {"id": "kelly", "name": "Kelly Marsh", "relationship": "mother", "parental_responsibility": True}


def looked_after(**more: Any) -> Case:
    held = {"legal_status": "section_20", "authority": "Leicester", "social_worker": {"name": "Dawn Reid"},
            "virtual_school": {"name": "Paul Lane", "role": "Virtual School adviser"}, **more}  # fmt: skip
    pupil = {"forenames": "Tyler", "legal_surname": "Marsh", "date_of_birth": date(2017, 2, 19), "year_group": 5,
             "people": [CAROL, KELLY], "looked_after": held}  # fmt: skip
    return Case("tyler", (record("pupil", pupil),))


def test_to_a_meeting_of_a_looked_after_child_everybody_is_asked() -> None:
    people = known("meeting", looked_after(), {}, ON)["people"]
    assert [(row["name"], row["party"]) for row in people] == [
        ("Tyler Marsh", "pupil"), ("Kelly Marsh", "parent"), ("Carol Dean", "parent"), ("(to be filled in)", "school"),
        ("Dawn Reid", "service"), ("Paul Lane", "service"),
    ]  # fmt: skip
    barred = looked_after(virtual_school={"name": "(to be filled in)"})
    pupil = {**barred.data("pupil"), "people": [{**CAROL, "copies": False}, KELLY]}
    less = known("meeting", replace(barred, records=(record("pupil", pupil),)), {}, ON)["people"]
    assert "Carol Dean" not in [row["name"] for row in less] and len(less) == 4


@pytest.mark.parametrize(
    ("last", "day", "said"),
    [
        (date(2026, 10, 6), date(2027, 3, 26), "the last was on 6 October 2026"),
        (date(2026, 7, 6), date(2026, 12, 18), "the last was on 6 July 2026"),
        (None, date(2026, 12, 18), "none is written under looked_after"),
    ],
)
def test_the_personal_education_plan_is_due_every_term(last: date | None, day: date, said: str) -> None:
    case = looked_after(**({"personal_education_plan": last} if last else {}))
    case = replace(case, school=record("school", {"name": "Larkfield", "terms": TERMS}))
    project = find_project(ROOT)
    [found] = [one for one in due(case, project.pack("standard"), ON) if one.key == "education-plan"]
    assert (found.day, found.who) == (day, "Paul Lane") and said in found.what
    others = {key: value for key, value in case.data("pupil").items() if key != "looked_after"}
    plain = replace(case, records=(record("pupil", others),))
    assert "education-plan" not in [one.key for one in due(plain, project.pack("standard"), ON)]


def cycle(**review: Any) -> Case:
    rows = [
        {"id": "a", "title": "Phonics", "type": "group", "outcomes": ["o"], "delivered_by": "TA", "minutes": 30,
         "times_a_week": 4, "hourly_rate": Decimal(12), "to": date(2026, 12, 11)},
        {"id": "b", "title": "Talk time", "type": "group", "outcomes": ["o"], "delivered_by": "TA"},
    ]  # fmt: skip
    data = {"number": 1, "start": date(2026, 9, 7), "planned_review": date(2026, 12, 4), "lead_teacher": "Miss Okoro",
            "plan": {"targets": [], "provision": rows},
            "do": {"delivery": [{"provision": "a", "planned": 20, "delivered": 11}]}}  # fmt: skip
    if review:
        data["review"] = {"date": date(2026, 11, 20), "targets": [], **review}
    pupil = {"forenames": "Ruby", "legal_surname": "Wood", "year_group": 1, "date_of_birth": date(2021, 8, 5),
             "sen_status": [{"status": "K", "from": date(2026, 9, 1)}]}  # fmt: skip
    return Case("ruby", (record("pupil", pupil), record("cycle", data, "cycles/1.yaml")))


@pytest.mark.parametrize(
    ("decision", "on_map"), [("continue", ["Phonics"]), ("change", ["Phonics"]), ("stop", []), (None, [])]
)
def test_support_that_goes_on_after_its_review_stays_on_the_map_until_its_end(
    decision: str | None, on_map: list[str]
) -> None:
    case = cycle(provision=[{"provision": "a", "decision": decision}] if decision else [])
    assert [str(line.row["title"]) for line in lines_of(case, ON)] == on_map
    assert [str(one) for one in resting([case], ON)] == ([] if on_map else ["Ruby Wood (ruby)"])
    assert list(lines_of(case, date(2026, 12, 12))) == [], "it ended on 11 December"
    assert [str(line.row["title"]) for line in lines_of(cycle(), ON)] == ["Phonics", "Talk time"]


def test_what_came_of_it_costs_what_was_given() -> None:
    [phonics, _] = rounds_of(cycle(provision=[]), date(2025, 11, 29), ON)
    weeks = round((date(2026, 12, 11) - date(2026, 9, 7)).days / 7)
    assert phonics.cost == Decimal(120) * 12 * weeks / 60 * 11 / 20, "eleven of twenty sessions"


@pytest.mark.whole
def test_a_meeting_that_was_only_begun_owes_nobody_notes(tmp_path: Path) -> None:
    project = find_project(copy_school(tmp_path, KACPER))
    new_record(project, "meeting", KACPER, ON, meeting_type="parents-evening", day_was_said=True)
    case = load_case(project, KACPER).case
    assert case is not None
    view = View(case, project.pack_of(case), ON)
    begun = case.meetings[-1].path
    found = [p for rule in RULES for p in rule.problems(view) if p.path == begun]
    assert {p.severity for p in found} == {"quality"}, [str(p) for p in found]
    assert not [one for one in due(case, project.pack_of(case), ON) if "29 November 2026" in one.what]
    later = View(case, project.pack_of(case), date(2026, 12, 3))
    assert [p.rule for rule in RULES for p in rule.problems(later) if p.rule == "meeting-who-came"] == [
        "meeting-who-came"
    ]
    [paper] = [one for one in documents(case, project.pack_of(case)) if one.record and one.record.path == begun]
    assert paper.title == "Parents' evening"


@pytest.mark.whole
def test_letters_that_no_font_has_are_told_by_every_command_that_draws(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER)
    file = school / "cases" / KACPER / "pupil.yaml"
    text = file.read_text("utf-8").replace("legal_surname: Wiśniewski", "legal_surname: 李", 1)
    file.write_text(text, "utf-8")
    for words in (("register", "--pdf", "r.pdf"), ("briefing",)):
        ran = sendpack(school, *words, "--engine", "embedded", "--on", "2026-11-29")
        assert "none of sendpack's fonts has these characters" in " ".join(ran.stdout.split()), ran.stdout + ran.stderr


def test_the_heading_of_a_child_with_a_plan_says_so_and_asks_for_no_stage(tmp_path: Path) -> None:
    nia = "nia-okafor"
    project = find_project(copy_school(tmp_path / "school", nia))
    loaded = load_case(project, nia)
    part = check_pupil(project, loaded, CheckQuestion(ON))
    assert part.title.endswith("(nia-okafor): EHC plan") and part.ready is None
    asked = check_pupil(project, loaded, CheckQuestion(ON, stage="sen-support"))
    assert "ready for: " in asked.title and asked.ready is not None
