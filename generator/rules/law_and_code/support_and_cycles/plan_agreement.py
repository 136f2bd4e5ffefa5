"""Who agreed the plan and its outcomes, and who among the staff knows it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.cases.case import current_cycle
from generator.cases.dates.age_and_year import speaks_for_themselves
from generator.cases.family.agreement import agreements, cycle_agreed
from generator.records.record import Record
from generator.rules.law_and_code.support_and_cycles.support_plan import AGREED, settled
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import and_list


@rule(
    id="plan-agreed",
    severity="code",
    source=f"{AGREED}; Derby City Council, SEND Support: provider, parents and pupil agree the plan",
    why="A plan that the family has not agreed is the school’s idea of a plan. From 16 the young person agrees alone.",
    good="signatures of a parent, the pupil and the class teacher, each with a date",
    bad="a final plan signed by the SENCO only",
    covers=("S0-2", "S3-5", "C12"),
)
def plan_agreed(view: View) -> Iterator[Finding]:
    plan, cycle = view.case.one("plan"), current_cycle(view.case)
    if plan is None or plan.data.get("status") == "draft" or not settled(view, plan.data.get("date")):
        return
    # Whoever signed an earlier version is told of by agreement-outdated.
    signed = {row.capacity for row in agreements(view.case, plan) if row.date}
    agreed = {key for key in ("parents_agreed", "pupil_agreed") if cycle and _cycle_agreed_since(cycle, key, plan)}
    pupil = view.case.data("pupil")
    parties = {
        "the parents": bool(signed & {"parent"}) or "parents_agreed" in agreed,
        "the pupil": bool(signed & {"pupil", "young_person"}) or "pupil_agreed" in agreed,
        "the school": bool(signed & {"class_teacher", "senco", "headteacher"}),
    }
    if "date_of_birth" in pupil and speaks_for_themselves(pupil, view.on):
        # Over compulsory school age the young person agrees alone; a parent's signature takes nobody's place.
        parties = {"the young person": parties["the pupil"], "the school": parties["the school"]}
    if gaps := [words for words, there in parties.items() if not there]:
        yield Finding(
            plan,
            ("signatures",),
            f"no dated agreement of {and_list(gaps)} is on the plan",
            "add them under signatures; a spoken yes counts with method: verbal",
        )


def _cycle_agreed_since(cycle: Record, key: str, plan: Record) -> bool:
    """True when the cycle was agreed as it is, on or after the day of the plan."""
    day, holds = cycle_agreed(cycle.data["plan"], key)
    return day is not None and holds and day >= plan.data.get("date", day)


@rule(
    id="outcome-agreed",
    severity="code",
    source=f"{AGREED}; Rutland Information Service: outcomes are decided with pupils and with parents",
    why="An outcome that child and parents helped to choose is one that they work for.",
    good="agreed_with: [pupil, parents, school]",
    bad="agreed_with: [school]",
    covers=("S4-2",),
)
def outcome_agreed(view: View) -> Iterator[Finding]:
    plan, pupil = view.case.one("plan"), view.case.data("pupil")
    wanted = {"pupil": "the pupil", "parents": "the parents"}
    if "date_of_birth" in pupil and speaks_for_themselves(pupil, view.on):
        wanted = {"pupil": "the young person"}
    for number, outcome in enumerate(plan.data.get("outcomes", ()) if plan else ()):
        agreed = outcome.get("agreed_with", ())
        gaps = [words for who, words in wanted.items() if who not in agreed]
        if plan and gaps:
            yield Finding(
                plan,
                ("outcomes", number, "agreed_with"),
                f"this outcome was not decided with {and_list(gaps)}",
                "talk it over, then add them to agreed_with",
            )


@rule(
    id="staff-informed",
    severity="code",
    source="SEND Code 6.49: all teachers and support staff are told, and it is on the information system",
    why="The supply teacher on Tuesday needs to know too.",
    good="staff_informed: class teacher and teaching assistant with dates; on_information_system: 14 January 2026",
    bad="a plan of last month without staff_informed",
    covers=("C5", "S1-13"),
)
def staff_informed(view: View) -> Iterator[Finding]:
    plan, cycle = view.case.one("plan"), current_cycle(view.case)
    if plan is None or plan.data.get("status") == "draft" or not settled(view, plan.data.get("date")):
        return
    told = plan.data.get("staff_informed") or (cycle and cycle.data["plan"].get("staff_informed"))
    if not told:
        yield Finding(
            plan,
            ("staff_informed",),
            "nothing says that the staff who work with the child know the plan",
            "add staff_informed: name, role and date",
        )
    if "on_information_system" not in plan.data:
        yield Finding(
            plan,
            ("on_information_system",),
            "the plan is not on the school information system yet",
            "add on_information_system: and the day",
        )


RULES: tuple[Rule, ...] = (
    plan_agreed,
    outcome_agreed,
    staff_informed,
)
