"""What a new record can take over from what is already known: names, ids, dates of terms, targets not yet met."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from generator import case as c
from generator.case import Case, Data
from generator.problems import WrongUse
from generator.records import NotKnown
from generator.skeletons import TO_FILL_IN

Known = dict[str, Any]


def known_pupil(forenames: str, surname: str, born: date, on: date) -> Known:
    """A new pupil: names, date of birth, the usual year group for it, and one parent to fill in."""
    parent = {"id": "parent", "name": TO_FILL_IN, "relationship": "parent", "parental_responsibility": True}
    return {
        "legal_surname": surname,
        "forenames": forenames,
        "date_of_birth": born,
        "year_group": c.usual_year_group(born, on),
        "people": [parent],
    }


def known(kind: str, case: Case, school: Data, on: date) -> Known:
    """What a new record of a kind can start from for this pupil."""
    maker = _MAKERS.get(kind)
    return maker(case, school, on) if maker else {"date": on}


def _senco(school: Data) -> str:
    return f"{school['senco']['name']}, SENCO" if school.get("senco") else TO_FILL_IN


def _teacher(case: Case) -> str:
    return str(case.data("pupil").get("class_teacher") or TO_FILL_IN)


def term_of(school: Data, day: date) -> Data | None:
    """The term of a day, or the next one after it."""
    terms = sorted(school.get("terms", ()), key=lambda row: row["start"])
    return next((row for row in terms if row["end"] >= day), None)


def _profile(case: Case, school: Data, on: date) -> Known:
    term = term_of(school, on)
    by = f"{c.first_name(case.data('pupil'))} with {_teacher(case)}"
    return {"date": on, "completed_by": by, "own_words": True, "review_date": term["end"] if term else None}


def _review_day(school: Data, start: date) -> date:
    """A week before the end of the term, moved to a Monday; twelve weeks on when the terms are not known."""
    term = term_of(school, start)
    day: date | None = term["end"] - timedelta(days=11) if term and term["end"] - start > timedelta(days=40) else None
    day = day or start + timedelta(weeks=11)
    return day - timedelta(days=day.weekday())


def _plan(case: Case, school: Data, on: date) -> Known:
    pupil = case.data("pupil")
    outcome = {
        "id": "outcome-1",
        "text": NotKnown("to be filled in"),
        "needs": [need["id"] for need in pupil.get("needs", ())][:1],
        "by": date(c.school_year(on) + 1, 7, 17),
    }
    to_do = [TO_FILL_IN]
    return {
        "version": "Original plan",
        "status": "draft",
        "date": on,
        "review_date": _review_day(school, on),
        "academic_year": f"{c.school_year(on)} to {c.school_year(on) + 1}",
        "coordinator": _senco(school),
        "outcomes": [outcome],
        "responsibilities": {"pupil": to_do, "family": to_do, "school": to_do, "services": ["None at present."]},
        "signatures": [{"person": str(p["name"]), "capacity": "parent"} for p in c.parents(pupil)],
    }


def _unmet(case: Case) -> list[Known]:
    """Targets of the newest reviewed cycle that are not met, to be adapted: where the child is now is the new start."""
    reviewed = [record for record in case.cycles if c.is_reviewed(record.data)]
    if not reviewed:
        return []
    last = reviewed[-1]
    results = {row["target"]: row for row in last.data["review"]["targets"]}
    carried = []
    for row in last.data["plan"]["targets"]:
        result = results.get(row["id"], {})
        if result.get("status") in ("partly", "not_met"):
            carried.append(
                {
                    "id": row["id"],
                    "text": NotKnown(f"to be filled in; adapt the last one, which was not met: {row['text']}"),
                    "outcome": row["outcome"],
                    "baseline": result.get("result"),
                    "measure": row.get("measure"),
                    "carried_from": c.file_id(last),
                }
            )
    return carried


def _cycle(case: Case, school: Data, on: date) -> Known:
    outcomes = case.data("plan").get("outcomes", ())
    if not outcomes:
        raise WrongUse(
            "A cycle works towards the outcomes of the plan, and there is no plan.yaml yet.",
            f"Begin with: sendpack new plan {case.name}",
        )
    outcome = str(outcomes[0]["id"])
    if case.cycles and case.cycles[-1].data["start"] > on:
        raise WrongUse(
            f"The next cycle is already there, in {case.cycles[-1].path}; nothing was changed.", "Go on in it."
        )
    fresh = {"id": "target-1", "text": NotKnown("to be filled in"), "outcome": outcome}
    start = next_cycle_start(case, school, on)
    term = term_of(school, start)
    provision = {
        "id": "provision-1",
        "title": TO_FILL_IN,
        "type": "group",
        "outcomes": [outcome],
        "delivered_by": TO_FILL_IN,
    }
    return {
        "number": len(case.cycles) + 1,
        "title": str(term["name"]) if term else f"Cycle {len(case.cycles) + 1}",
        "start": start,
        "planned_review": _review_day(school, start),
        "lead_teacher": _teacher(case),
        "coordinator": _senco(school),
        "assess": {"by": f"{_teacher(case)} with {_senco(school)}"},
        "plan": {"targets": _unmet(case) or [fresh], "provision": [provision]},
    }


def next_cycle_start(case: Case, school: Data, on: date) -> date:
    """The first Monday of the term that comes after the last review, and not before a day."""
    ended = [r.data.get("review", {}).get("date") or r.data["planned_review"] for r in case.cycles]
    after = max([*ended, on])
    starts = [row["start"] for row in school.get("terms", ()) if row["start"] > after]
    term = term_of(school, after)
    if not ended and term and term["start"] <= after:
        return after + timedelta(days=-after.weekday() % 7)
    start: date = min(starts, default=after)
    return start + timedelta(days=-start.weekday() % 7)


def _meeting(case: Case, school: Data, on: date) -> Known:
    pupil = case.data("pupil")
    name = c.known_as(pupil)
    people = [{"name": name, "role": "pupil", "came": "present", "party": "pupil"}]
    people += [
        {"name": str(p["name"]), "role": str(p["relationship"]), "came": "present", "party": "parent"}
        for p in c.parents(pupil)
    ]
    people += [{"name": _teacher(case), "role": "class teacher", "came": "present", "party": "school"}]
    outcomes = case.data("plan").get("outcomes", ())
    progress = [{"outcome": row["id"], "progress": NotKnown("to be filled in")} for row in outcomes]
    return {"type": "review", "date": on, "chair": _teacher(case), "people": people, "progress": progress or None}


def _my_support_plan(case: Case, school: Data, on: date) -> Known:
    pcp = [r for r in case.meetings if r.data["type"] == "pcp"]
    if not pcp:
        raise WrongUse(
            "A My Support Plan grows from a person-centred planning meeting, and there is none yet.",
            f"Begin with: sendpack new meeting {case.name} --type pcp",
        )
    return {
        "date": on,
        "review_by": _review_day(school, on),
        "pcp_meeting": c.file_id(pcp[-1]),
        "coordinator": _senco(school),
        "signatures": [{"person": str(p["name"]), "capacity": "parent"} for p in c.parents(case.data("pupil"))],
    }


def _behaviour_plan(case: Case, school: Data, on: date) -> Known:
    social = [n["id"] for n in case.data("pupil").get("needs", ()) if n["area"] == "social_emotional_and_mental_health"]
    stages = ("calm", "anxious", "crisis", "recovery")
    rows = [{"stage": stage, "see_and_hear": [TO_FILL_IN], "do": [TO_FILL_IN]} for stage in stages]
    review = _review_day(school, on)
    return {"date": on, "review_date": review, "lead": _teacher(case), "needs": social, "stages": rows}


def _request(case: Case, school: Data, on: date) -> Known:
    head = school.get("headteacher", {}).get("name", TO_FILL_IN)
    young = c.speaks_for_themselves(case.data("pupil"), on)
    consents = [{"person": str(p["name"]), "capacity": "parent"} for p in c.parents(case.data("pupil"))]
    own = [{"person": c.known_as(case.data("pupil")), "capacity": "young_person"}]
    return {
        "date": on,
        "kind": "new",
        "made_by": "school",
        "completed_by": {"name": str(school["senco"]["name"]), "role": "SENCO"} if school.get("senco") else None,
        "has_sen": {"text": NotKnown("to be filled in")},
        "needs_plan": {"text": NotKnown("to be filled in")},
        "consents": own if young else consents,
        "declaration": {"person": str(head), "capacity": "headteacher"},
    }


def _log(case: Case, school: Data, on: date) -> Known:
    return {"entries": [{"date": on, "what": "Case file begun", "kind": "other", "who": _senco(school)}]}


_MAKERS: Mapping[str, Callable[[Case, Data, date], Known]] = {
    "profile": _profile,
    "plan": _plan,
    "cycle": _cycle,
    "meeting": _meeting,
    "my-support-plan": _my_support_plan,
    "behaviour-plan": _behaviour_plan,
    "request": _request,
    "log": _log,
}
