"""Rules on person-centred planning meetings: when one is due, who is there, and the plan made after it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.cases.case import file_id
from generator.records.record import Record
from generator.rules.law_and_code.meetings_and_family.meetings import CAME, DRAFT, held
from generator.rules.law_and_code.support_and_cycles.cycle_sequence import little_progress
from generator.rules.law_and_code.support_and_cycles.cycles import reviewed
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import and_list
from generator.values.formatting import date as in_words


def _pcp(view: View) -> list[Record]:
    return [record for record in held(view) if record.data["type"] == "pcp"]


@rule(
    id="pcp-trigger",
    severity="quality",
    source=f"{DRAFT}: no expected progress, and a significant cause for concern",
    why="The step up to a My Support Plan needs its reason on paper: too little progress, and real concern.",
    good="why_now: Two cycles below expectation, and she has begun to refuse reading",
    bad="a person-centred planning meeting without why_now",
    covers=("S2-7",),
)
def pcp_trigger(view: View) -> Iterator[Finding]:
    for record in _pcp(view)[:1]:
        before = [r for r in reviewed(view) if r.data["review"]["date"] <= record.data["date"]]
        seen = any(little_progress(r.data) and r.data["review"].get("concern") for r in before)
        if not record.data.get("why_now") and not seen:
            yield Finding(
                record,
                ("type",),
                "nothing says why this person-centred planning meeting was called",
                "add why_now: the progress that is missing, and the concern",
            )


@rule(
    id="pcp-people",
    severity="quality",
    source=f"{DRAFT}: parents or carers, key staff with outside agencies, the pupil",
    why="A plan about a child made without the child, the parents or those who help is not person-centred.",
    good="people: the pupil, both parents, class teacher, SENCO, speech therapist",
    bad="a person-centred planning meeting of two members of staff",
    covers=("S2-8",),
)
def pcp_people(view: View) -> Iterator[Finding]:
    for record in _pcp(view):
        rows = record.data["people"]
        came = {row["party"] for row in rows if row["came"] in CAME}
        services = any(row["party"] == "service" for row in rows) or not view.case.data("pupil").get("agencies")
        pupil = "pupil" in came or bool(record.data.get("pupil_views", {}).get("how"))
        there = {
            "a parent or carer": "parent" in came or "looked_after" in view.case.data("pupil"),
            "school staff": "school" in came,
            "the services that work with the child": services,
            "the child, or the child’s views": pupil,
        }
        if gaps := [words for words, is_there in there.items() if not is_there]:
            yield Finding(
                record,
                ("people",),
                f"missing from this person-centred planning meeting: {and_list(gaps)}",
                "invite them, take views beforehand, or write down why they were not there",
            )


@rule(
    id="support-plan-after-pcp",
    severity="quality",
    source=f"{DRAFT}: a My Support Plan is completed as part of the PCP meeting",
    why="The plan comes out of the meeting; a plan that is older was written without it.",
    good="PCP meeting on 12 March, My Support Plan of 19 March",
    bad="PCP meeting on 12 March, My Support Plan of 2 March",
    covers=("S2-9",),
)
def support_plan_after_pcp(view: View) -> Iterator[Finding]:
    plan = view.case.one("my-support-plan")
    cited = next((r for r in view.case.meetings_and_begun if plan and file_id(r) == plan.data["pcp_meeting"]), None)
    if plan is None or cited is None:
        return
    if cited.data["type"] != "pcp":
        message = f"{plan.data['pcp_meeting']} is not a person-centred planning meeting"
        yield Finding(plan, ("pcp_meeting",), message, "name the file of the PCP meeting, or correct its type")
    made, met = plan.data.get("initial_date", plan.data.get("date")), cited.data.get("date")
    if made and met and made < met:
        key = "initial_date" if "initial_date" in plan.data else "date"
        message = f"the plan ({in_words(made)}) is older than the meeting it came from ({in_words(met)})"
        yield Finding(plan, (key,), message, "correct the date that slipped")


RULES: tuple[Rule, ...] = (
    pcp_trigger,
    pcp_people,
    support_plan_after_pcp,
)
