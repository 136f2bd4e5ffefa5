"""What a parent, a carer or a caseworker reads is of the right meeting, the right people and the right day."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jinja2
import pytest

from generator.bundle import Foreseen
from generator.cases.audience import seen_by
from generator.documents.catalogue import Document, documents
from generator.documents.printed_facts.agreed_and_since import to_sign
from generator.documents.printed_facts.case_summary import case_summary
from generator.documents.printed_facts.told_once import (
    PartPlace,
    family_pages,
    headings_left_out,
    headings_referred_to,
    told_in,
)
from generator.folder.school_folder import BUILT_IN
from generator.submission.parents_copy import readers_of
from generator.submission.parts.gather_parts import gather
from generator.submission.parts.print_parts import Press
from templates.source.plans.plan_parts import SUPPORT_HEAD
from tests.documents.merged_templates import text_of
from tests.documents.test_new_documents import changed, desk_of, texts
from tests.example_school import copy_school
from tests.rules.turns import case as plain_case

ADA, TOBY, NIA, KACPER = "ada-brown", "toby-merrick", "nia-okafor", "kacper-wisniewski"


@pytest.mark.whole
def test_progress_is_told_in_the_order_of_the_plan() -> None:
    desk = desk_of(BUILT_IN, ADA)
    text = texts(desk, "meeting")["meeting-2026-07-07-review"]
    wanted = [str(row["text"]) for row in desk.case.data("plan")["outcomes"]]
    places = [text.index(outcome.rstrip(".")) for outcome in wanted]
    assert len(places) == 4 and places == sorted(places)  # was: as they were talked about


def test_what_was_decided_stands_before_what_was_found() -> None:
    for text in texts(desk_of(BUILT_IN, ADA), "early-discussion").values():
        assert text.index("Is special educational provision needed?") < text.index("Strengths and difficulties")
        boxes = next(line for line in text.splitlines() if "Not yet" in line and "Yes" in line)
        assert "  No    Why: " in boxes  # was: ☐ No. Then why it was Yes


@pytest.mark.whole
def test_a_plan_that_another_meeting_made_names_that_meeting(tmp_path: Path) -> None:
    school = copy_school(tmp_path, ADA)
    meeting = school / "cases" / ADA / "meetings" / "2026-10-13-interim.yaml"
    lines = meeting.read_text("utf-8").splitlines()
    meeting.write_text("\n".join(line for line in lines if not line.startswith("title:")) + "\n", "utf-8")
    plan = school / "cases" / ADA / "my-support-plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("2026-05-19-pcp", "2026-10-13-interim"), "utf-8")
    text = texts(desk_of(school, ADA), "my-support-plan")["my-support-plan"]
    assert "Interim meeting, 13 October 2026" in " ".join(text.split())  # was: Person-centred planning meeting


def test_a_version_that_is_a_number_alone_says_what_it_is(tmp_path: Path) -> None:
    desk = changed(tmp_path, NIA, "plan.yaml", "version: Year 5", 'version: "2"')
    assert "2026 to 2027 · version 2" in texts(desk, "support-plan")["support-plan"]
    assert "· Amendment 1" in texts(desk_of(BUILT_IN, TOBY), "support-plan")["support-plan"]


def test_for_a_looked_after_child_those_who_decide_are_not_called_parents() -> None:
    desk = desk_of(BUILT_IN, TOBY)
    told = texts(desk, "cycle")["cycle-2026-summer"]
    assert "Agreed by those with parental responsibility on" in told and "Agreed by parents" not in told
    assert "Those with parental responsibility formally told" in texts(desk, "chronology")["chronology"]


def test_a_letter_lists_no_support_that_has_ended(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER)
    plan = school / "cases" / KACPER / "plan.yaml"
    before, _, after = plan.read_text("utf-8").partition("  summary: >-")
    plan.write_text(
        before.replace("letter_date: 5 October", "letter_date: 20 October") + after[after.index("  reply_by") :],
        "utf-8",
    )
    assert "Barrier game" in texts(desk_of(school, KACPER), "parent-letter")["parent-letter-agnieszka"]
    [cycle] = (school / "cases" / KACPER / "cycles").glob("*.yaml")
    head, title, rest = cycle.read_text("utf-8").partition("title: Barrier game")
    cycle.write_text(head + title + rest.replace("to: 4 December 2026", "to: 16 October 2026", 1), "utf-8")
    told = texts(desk_of(school, KACPER), "parent-letter")["parent-letter-agnieszka"]
    assert "Story group" in told and "Barrier game" not in told  # was: both, as what will be done


PARENTS = [
    {"id": "ruth", "name": "Ruth Fen", "relationship": "mother", "parental_responsibility": True},
    {"id": "cal", "name": "Callum Fen", "relationship": "father", "parental_responsibility": True},
]


def plan_signed(born: date, by: str) -> Any:
    plan = {
        "date": date(2026, 11, 13),
        "signatures": [{"person": by, "capacity": "parent", "date": date(2026, 11, 13)}],
    }
    return plain_case(my_support_plan=plan, pupil={"people": PARENTS, "date_of_birth": born})


def test_a_parent_who_has_not_signed_has_a_line_and_none_once_the_pupil_decides() -> None:
    child = plan_signed(date(2014, 3, 3), "Ruth Fen")
    assert to_sign(child, "my-support-plan") == ["Callum Fen (father)"]  # was: nobody
    assert to_sign(plan_signed(date(2009, 3, 3), "Ben Fen"), "my-support-plan") == []
    senco = plain_case(
        my_support_plan=dict(child.data("my-support-plan")),
        pupil=dict(child.data("pupil")),
        school={"senco": {"name": "Jo Hale"}},
    )
    assert to_sign(senco, "my-support-plan") == ["Callum Fen (father)", "Jo Hale (SENCO)"]  # was: Jo Hale


@pytest.mark.parametrize(
    ("said", "label", "text"),
    [
        ({"not_working": "Homework.", "future": "To be heard."}, "Ruth", "To be heard."),
        ({"not_working": "Homework."}, "Ruth, on what is not working", "Homework."),  # was: Ruth: Homework.
        ({"working": "The group."}, "Ruth, on what is working", "The group."),  # was: nothing
        ({"support_wanted": "A group.", "not_working": "Homework."}, "Ruth", "A group."),
    ],
)
def test_the_first_page_says_what_the_familys_words_answer(said: dict[str, str], label: str, text: str) -> None:
    limbs = {"has_sen": {"text": "It is so."}, "needs_plan": {"text": "It is so."}}
    request = {"made_by": "school", "reason": "Now.", **limbs, "parents_views": {"author": "Ruth", **said}}
    facts: dict[str, Any] = {
        "authority": "",
        "answer": None,
        "areas": [],
        "provision": [],
        "yearly_cost": Decimal(0),
        "outcomes": [],
    }
    facts |= {"request_cycles": [], "first_name": "Ben", "over_threshold": None}
    groups = {group["head"]: group["rows"] for group in case_summary(plain_case(request=request), facts, {})}
    assert [(row["label"], row["text"]) for row in groups["Views"]] == [(label, text)]


@pytest.mark.parametrize(
    ("headings", "needs"),
    [
        ((("Other services", "11", "to-others"),), "2-11"),  # was: 11, the page of the services
        ((("Other services", "11", "to-others"), ("Strengths and needs", "4", "to-needs")), "4"),
        ((("Strengths and needs", "4", "to-needs"), ("Cognition and learning", "5", "to-area")), "5"),
    ],
)
def test_the_first_page_leads_to_where_the_needs_are_and_to_nothing_beside_them(
    headings: tuple[tuple[str, str, str], ...], needs: str
) -> None:
    limb = {"text": "It is so."}
    request = {"made_by": "school", "reason": "Now.", "has_sen": limb, "needs_plan": limb}
    request |= {"difficulties": {"cognition_and_learning": "She reads few words."}}
    facts: dict[str, Any] = {"authority": "", "answer": None, "areas": [], "provision": [], "yearly_cost": Decimal(0)}
    facts |= {"outcomes": [], "request_cycles": [], "first_name": "Ben", "over_threshold": None}
    places = {"support-plan": PartPlace("2-11", headings=headings)}
    groups = {group["head"]: group["rows"] for group in case_summary(plain_case(request=request), facts, places)}
    [line] = groups["Needs"]
    assert [ref["text"] for ref in line["refs"]] == [f"page{'s' * ('-' in needs)} {needs}"]


@pytest.mark.whole
def test_the_first_page_says_who_consented_and_who_has_not_yet() -> None:
    desk = desk_of(BUILT_IN, ADA)
    [document] = documents(desk.case, desk.pack, ["request"])
    assert "Consent: given by Samira Brown and Daniel Brown on 17 November 2026." in text_of(desk.write(document))
    facts, plan, day = desk.context(document, None)["facts"], dict(desk.case.data("plan")), date(2026, 5, 1)

    def said(*consents: dict[str, Any]) -> str:
        request = {**desk.case.data("request"), "consents": list(consents)}
        return str(case_summary(plain_case(request=request, plan=plan), facts, {})[0]["rows"][-1]["text"])

    ruth, tom = {"person": "Ruth Fen"}, {"person": "Tom Fen", "date": day}
    assert said(ruth) == "not yet given by Ruth Fen."
    assert said(tom, tom) == "given by Tom Fen on 1 May 2026."  # was: by Tom Fen and Tom Fen
    told = "given by Tom Fen on 1 May 2026; not yet given by Ruth Fen; in part not yet given by Tom Fen."
    assert said(tom, ruth, {"person": "Tom Fen"}) == told  # was: not yet given by Ruth Fen and Tom Fen
    many = said(*({"person": f"Mrs. {letter * 30} Fen"} for letter in "abcdefghijkl"))
    assert len(many) <= 300 and many.endswith("… Every consent is under “Agreement and signatures”.")


def test_what_is_told_elsewhere_says_under_which_heading() -> None:
    places = {"my-support-plan": PartPlace("22-32", "C2", "My Support Plan"), "profile": PartPlace("15")}
    found = told_in("request", places)
    assert found["results"] == "see My Support Plan, C2, pages 22-32, Part 3"  # was: eleven pages
    assert found["outcomes"].endswith("pages 22-32, Part 5")
    assert told_in("my-support-plan", places)["results"] == ""
    assert told_in("request", {"own-plan": PartPlace("3")}, "own-plan")["needs"] == "see page 3"


def test_each_heading_is_named_with_its_own_page_where_that_is_known() -> None:
    headings = (("Part 3", "24", "to-3"), ("Other services", "31", "to-other"), ("Part 5", "24", ""))
    plan = PartPlace("22-32", "C2", "My Support Plan", "to-plan", headings)
    found = told_in("request", {"my-support-plan": plan})
    assert found["needs"] == "see My Support Plan, C2: Part 3 on page 24 and “Other services” on page 31"
    assert found["outcomes"] == "see My Support Plan, C2: Part 5 on page 24"
    closer = replace(plan, headings=(*headings, ("Standardised tests", "26-27", ""), ("Support now", "28", "")))
    told = told_in("request", {"my-support-plan": closer})
    assert told["results"] == "see My Support Plan, C2: “Standardised tests” on pages 26-27"
    assert told["provision"] == "see My Support Plan, C2: “Support now” on page 28"
    for ended in (False, True):
        head = jinja2.Template(SUPPORT_HEAD).render(facts={"provision": [{"ended": ended}]})
        assert head in headings_referred_to("my-support-plan", "Ada")
        there = {"my-support-plan": replace(plan, headings=(*headings, (head, "28-29", "")))}
        assert told_in("request", there)["provision"] == f"see My Support Plan, C2: “{head}” on pages 28-29"
        assert family_pages(there)["help_now"] == "28-29"
    short = replace(plan, headings=headings[:1])
    assert told_in("request", {"my-support-plan": short})["needs"].endswith("22-32, Part 3 and “Other services”")
    assert family_pages({"my-support-plan": plan, "support-plan": PartPlace("18-21")}) == {
        "help_now": "24",
        "at_home": "18-21",  # where no page of a heading is known, the plan's own
    }
    assert family_pages({"request": plan}) == {"help_now": "", "at_home": ""}
    assert (str(plan.at("Needs", "Part 3")), plan.at("Part 3").link) == ("C2, page 24", "to-3")
    assert plan.at("Needs") == plan


class Blank(Press):
    """Draws nothing: which parts there are, and which of their headings are asked for."""

    def __init__(self) -> None:
        """Without a desk or an engine."""

    def documents(self, wanted: Sequence[Document], foresee: Callable[[bool], Foreseen | None]) -> dict[str, bytes]:
        return {one.id: b"" for one in wanted}


@pytest.mark.whole
def test_a_heading_is_named_only_where_the_plan_prints_it(tmp_path: Path) -> None:
    places = {"support-plan": PartPlace("4"), "request": PartPlace("1")}
    left = headings_left_out(plain_case(pupil={"needs": [{"id": "a"}]}, plan={}))
    found = told_in("request", places, without=left)
    assert (found["needs"], found["results"]) == ("see page 4, “Strengths and needs”", "see page 4")
    for own in (False, True):
        school = copy_school(tmp_path / str(own), ADA)
        if own:
            (school / "templates" / "school").mkdir(parents=True, exist_ok=True)
            shutil.copy(BUILT_IN / "templates" / "standard" / "support-plan.docx", school / "templates" / "school")
        desk = desk_of(school, ADA)
        [request] = documents(desk.case, desk.pack, ("request",))
        said = desk.context(request, places)["facts"]["told_in"]["provision"]
        assert said == ("see page 4" if own else "see page 4, “Support”")
        parts, _ = gather(desk, Blank(), readers_of(desk.case, "authority", "", desk.project.schemas), "authority",
                          {}, (), (), lambda shapes, wait: None)  # fmt: skip
        asked = {part.id: part.headings for part in parts}
        assert ("Support" in asked["support-plan"], "Part 3" in asked["my-support-plan"]) == (not own, True)
        assert "Social, emotional and mental health" in asked["support-plan"] and "In short" in asked["request"]


@pytest.mark.whole
def test_progress_to_an_outcome_that_is_withheld_is_told_without_its_name(tmp_path: Path) -> None:
    desk = changed(tmp_path, ADA, "plan.yaml", "\nversion:", "\naudience: [parents]\nversion:")
    seen = replace(desk, case=seen_by(desk.case, "authority", desk.project.schemas).case)
    text = texts(seen, "meeting")["meeting-2026-07-07-review"]
    assert "Two sentences by hand" in text and ": Two sentences" not in text
