"""What a new record can take over from what is already known: names, ids, dates of terms, targets not yet met."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from generator.cases import case as c
from generator.cases.case import Case, Data
from generator.cases.dates.age_and_year import school_year, speaks_for_themselves, usual_year_group
from generator.cases.dates.proposed_days import (
    DAY,
    LONGEST,
    SHORTEST,
    end_of_year,
    is_school_day,
    meeting_days,
    monday_from,
    review_day,
    school_day_from,
    term_of,
)
from generator.cases.family.contact_details import is_carer
from generator.cases.family.people import has_responsibility, known_as, parents
from generator.cases.given_views import views_given
from generator.problems import WrongUse
from generator.values.formatting import date as in_words
from generator.values.parsing import NOT_KNOWN, TO_FILL_IN, to_fill_in

Known = dict[str, Any]


def known_pupil(forenames: str, surname: str, born: date, on: date, status: Known | None = None) -> Known:
    """A new pupil: names, date of birth, the usual year group for it, one parent to fill in, and the status if known.

    Whether that parent has parental responsibility is not known before anybody is named.

    `status` is the first row of the history of the SEN status.
    """
    parent = {"id": "parent", "name": TO_FILL_IN, "relationship": "parent", "parental_responsibility": NOT_KNOWN}
    return {
        "legal_surname": surname,
        "forenames": forenames,
        "date_of_birth": born,
        "year_group": usual_year_group(born, on),
        "people": [parent],
        "sen_status": [status] if status else None,
    }


def known_school() -> Known:
    """A new school: what no document can do without is to be filled in, everything else is shown as an example."""
    return {
        "name": TO_FILL_IN,
        "address": TO_FILL_IN,
        "phone": TO_FILL_IN,
        "authority": "standard",
        "headteacher": {"name": TO_FILL_IN},
        "senco": {"name": TO_FILL_IN},
    }


def known(kind: str, case: Case, school: Data, on: date, *, day_was_said: bool = False) -> Known:
    """What a new record of a kind can start from for this pupil; a day that somebody said is not moved to a school day.

    A meeting may have been held in the holidays; what is only proposed is not. A cycle begins on the day that was said,
    or on the first one after it on which the school is open. Raises WrongUse where it cannot.
    """
    if kind == "cycle" and day_was_said:
        return _cycle(case, school, on, _said_start(case, school, on))
    proposed = kind in _AT_SCHOOL and not (day_was_said and kind == "meeting")
    maker, on = _MAKERS.get(kind), school_day_from(school, on) if proposed else on
    return maker(case, school, on) if maker else {"date": on}


def _senco(school: Data) -> str:
    return f"{school['senco']['name']}, SENCO" if school.get("senco") else TO_FILL_IN


def _teacher(case: Case) -> str:
    return str(case.data("pupil").get("class_teacher") or TO_FILL_IN)


def _profile(case: Case, school: Data, on: date) -> Known:
    # Whose words they are is a statement of fact: until someone says otherwise they are not the child's own.
    made = {"date": on, "completed_by": TO_FILL_IN, "own_words": False, "based_on": TO_FILL_IN}
    return {**made, "review_date": review_day(school, on) if school.get("terms") else None}


def _plan(case: Case, school: Data, on: date) -> Known:
    pupil, review = case.data("pupil"), review_day(school, on)
    outcome = {
        "id": "outcome-1",
        "text": TO_FILL_IN,
        "needs": [need["id"] for need in pupil.get("needs", ())][:1],
        "by": end_of_year(school, review),
    }
    to_do = [TO_FILL_IN]
    return {
        "version": "Original plan",
        "status": "draft",
        "date": on,
        "review_date": review,
        "meeting_dates": meeting_days(school, on) or None,
        "academic_year": f"{school_year(on)} to {school_year(on) + 1}",
        "coordinator": _senco(school),
        "outcomes": [outcome],
        "responsibilities": {"pupil": to_do, "family": to_do, "school": to_do, "services": ["None at present."]},
        "signatures": [{"person": str(p["name"]), "capacity": "parent"} for p in parents(pupil)],
    }


_NEW_IN_A_TARGET = {"id", "text", "baseline", "start_value", "by", "carried_from"}
"""What a carried target does not take over as it was: where the child is now, and days that are past."""
_NEW_IN_PROVISION = {"from", "to", "entry", "exit", "expected_impact"}
"""What provision that goes on does not take over: days that are past, and the measures of the earlier cycle."""
_HOW_FAR = {"partly": "partly met", "not_met": "not met"}


def _unmet(last: Data, name: str) -> list[Known]:
    """The targets of a reviewed cycle that are not met, to be adapted: where the child is now is the new start."""
    results = {row["target"]: row for row in last["review"]["targets"]}
    carried = []
    for row in last["plan"]["targets"]:
        result = results.get(row["id"], {})
        if how_far := _HOW_FAR.get(result.get("status", "")):
            kept = {key: value for key, value in row.items() if key not in _NEW_IN_A_TARGET}
            text = f"{TO_FILL_IN} Adapt this target, which was {how_far}: {row['text']}"
            now = {"baseline": result.get("result"), "carried_from": name}
            if "value" in result:
                kept["start_value"] = result["value"]
            carried.append({"id": row["id"], "text": text, **kept, **now})
    return carried


def _going_on(last: Data) -> list[Known]:
    """The provision that the review decided to continue or to change, with the measure at its end as the new start."""
    decided = {row["provision"]: row for row in last["review"].get("provision", ())}
    rows = []
    for row in last["plan"]["provision"]:
        review = decided.get(row["id"], {})
        if review.get("decision") in ("continue", "change"):
            kept = {key: value for key, value in row.items() if key not in _NEW_IN_PROVISION}
            if review["decision"] == "change":
                kept["description"] = (
                    f"{TO_FILL_IN} The review decided to change this: {row.get('description', row['title'])}"
                )
            rows.append({**kept, "entry": review.get("exit")})
    return rows


def _cycle(case: Case, school: Data, on: date, said: date | None = None) -> Known:
    outcomes = case.data("plan").get("outcomes", ())
    if not outcomes:
        raise WrongUse(
            "A cycle works towards the outcomes of the plan, and there is no plan.yaml yet.",
            f"Begin with: sendpack new plan {case.name}",
        )
    last = case.cycles[-1] if case.cycles else None
    if last and not c.is_reviewed(last.data):
        raise WrongUse(
            f"{last.path} has no review yet; nothing was changed.",
            "Write its review first: what was not met and what goes on is taken over into the next cycle.",
        )
    outcome = str(outcomes[0]["id"])
    target = {"id": "target-1", "text": TO_FILL_IN, "outcome": outcome}
    provision = {
        "id": "provision-1",
        "title": TO_FILL_IN,
        "type": "group",
        "outcomes": [outcome],
        "delivered_by": TO_FILL_IN,
    }
    start = said or next_cycle_start(case, school, on)
    return {
        "number": len(case.cycles) + 1,
        "title": _title(case, school, start),
        "start": start,
        "planned_review": _planned_review(case, school, start),
        "lead_teacher": _lead_teacher(case, last.data if last else {}, start),
        "coordinator": _senco(school),
        "assess": {"by": f"{_teacher(case)} with {_senco(school)}"},
        "plan": {
            "change": TO_FILL_IN if last else None,
            "targets": (_unmet(last.data, c.file_id(last)) if last else []) or [target],
            "provision": (_going_on(last.data) if last else []) or [provision],
        },
    }


def _lead_teacher(case: Case, last: Data, start: date) -> str:
    """Who led the last cycle of the same school year; else the class teacher, who is another in the next year."""
    led = str(last.get("lead_teacher") or "")
    same_year = "start" in last and school_year(last["start"]) == school_year(start)
    return led if led and (same_year or to_fill_in(_teacher(case))) else _teacher(case)


def _title(case: Case, school: Data, start: date) -> str:
    """The term's name; a second cycle in a term says that it is one."""
    term = term_of(school, start)
    if term is None:
        return f"Cycle {len(case.cycles) + 1}"
    same = sum(term["start"] <= record.data["start"] <= term["end"] for record in case.cycles)
    ordinals = ("", ", second cycle", ", third cycle")
    return f"{term['name']}{ordinals[same] if same < len(ordinals) else f', cycle {same + 1}'}"


def next_cycle_start(case: Case, school: Data, on: date) -> date:
    """The first day of the week after the last review, or of the next term where this one is almost over.

    Not before a day, nor before the plan was agreed; a day on which school is open.
    """
    ended = _ended(case)
    agreed = case.data("plan").get("date")
    day: date = max([*(one + DAY for one in ended), *([agreed] if agreed else []), on])
    start = monday_from(school, day)
    term = term_of(school, start)
    # With a cycle behind it the next one waits for the new term, unless there is time for a whole one in this.
    needed = timedelta(weeks=4 if ended else 2)
    if term and term["start"] <= start and term["end"] - start < needed:
        after = [row["start"] for row in school.get("terms", ()) if row["start"] > term["end"]]
        start = monday_from(school, min(after)) if after else start
    return start


def _ended(case: Case) -> list[date]:
    return [r.data.get("review", {}).get("date") or r.data["planned_review"] for r in case.cycles]


def _said_start(case: Case, school: Data, said: date) -> date:
    """A day that somebody said, or the first school day after it; never moved to another term, as a proposed one is."""
    last = max(_ended(case), default=date.min)
    if said < last:
        raise WrongUse(
            f"The cycle before was reviewed on {in_words(last)}; one from {in_words(said)} would run beside it.",
            "Give a later day. Nothing was written.",
        )
    day = max(said, last + DAY) if case.cycles else said
    term = term_of(school, day)
    return school_day_from(school, max(day, term["start"]) if term else day)


def _planned_review(case: Case, school: Data, start: date) -> date:
    """The plan's own day of review where it fits the cycle, so that one meeting does for both."""
    due = case.data("plan").get("review_date")
    if due and SHORTEST <= due - start <= LONGEST and is_school_day(school, due):
        return date.fromordinal(due.toordinal())
    return review_day(school, start)


def _meeting(case: Case, school: Data, on: date) -> Known:
    pupil = case.data("pupil")
    people = [{"name": known_as(pupil), "role": "pupil", "came": "invited", "party": "pupil"}]
    people += [
        {"name": str(p["name"]), "role": str(p["relationship"]), "came": "invited", "party": "parent"}
        for p in _at_home(pupil)
    ]
    people += [{"name": _teacher(case), "role": "class teacher", "came": "invited", "party": "school"}]
    people += [{**row, "came": "invited", "party": "service"} for row in _for_looked_after(pupil)]
    progress = [{"outcome": row["id"], "progress": TO_FILL_IN} for row in case.data("plan").get("outcomes", ())]
    return {"type": "review", "date": on, "chair": _teacher(case), "people": people, "progress": progress or None}


def _at_home(pupil: Data) -> list[Data]:
    """Who is asked for the family: everybody with parental responsibility, and who looks after the child, as foster
    carers do (Education Act 1996 s.576), unless they may have no papers."""
    cared = [p for p in pupil["people"] if is_carer(p) and not has_responsibility(p) and p.get("copies", True)]
    return [*parents(pupil), *cared]


def _for_looked_after(pupil: Data) -> Iterator[Known]:
    """The social worker and the virtual school of a looked-after child, where they are named."""
    held = pupil.get("looked_after", {})
    for key, role in (("social_worker", "social worker"), ("virtual_school", "virtual school")):
        contact = held.get(key, {})
        if contact.get("name") and not to_fill_in(contact["name"]):
            yield {"name": str(contact["name"]), "role": str(contact.get("role") or role)}


def _my_support_plan(case: Case, school: Data, on: date) -> Known:
    pcp = [r for r in case.meetings_and_begun if r.data["type"] == "pcp"]
    if not pcp:
        raise WrongUse(
            "A My Support Plan grows from a person-centred planning meeting, and there is none yet.",
            f"Begin with: sendpack new meeting {case.name} --type pcp",
        )
    return {
        "date": on,
        "review_by": review_day(school, on),
        "pcp_meeting": c.file_id(pcp[-1]),
        "coordinator": _senco(school),
        "signatures": [{"person": str(p["name"]), "capacity": "parent"} for p in parents(case.data("pupil"))],
    }


def _behaviour_plan(case: Case, school: Data, on: date) -> Known:
    social = [n["id"] for n in case.data("pupil").get("needs", ()) if n["area"] == "social_emotional_and_mental_health"]
    stages = ("calm", "anxious", "crisis", "recovery")
    rows = [{"stage": stage, "see_and_hear": [TO_FILL_IN], "do": [TO_FILL_IN]} for stage in stages]
    review = review_day(school, on)
    return {"date": on, "review_date": review, "lead": _teacher(case), "needs": social, "stages": rows}


def _request(case: Case, school: Data, on: date) -> Known:
    head = school.get("headteacher", {}).get("name", TO_FILL_IN)
    young = speaks_for_themselves(case.data("pupil"), on)
    consents = [{"person": str(p["name"]), "capacity": "parent"} for p in parents(case.data("pupil"))]
    own = [{"person": known_as(case.data("pupil")), "capacity": "young_person"}]
    return {
        "date": on,
        "kind": "new",
        "made_by": "school",
        "completed_by": {"name": str(school["senco"]["name"]), "role": "SENCO"} if school.get("senco") else None,
        **views_given(case),
        "has_sen": {"text": TO_FILL_IN},
        "needs_plan": {"text": TO_FILL_IN},
        "consents": own if young else consents,
        "declaration": {"person": str(head), "capacity": "headteacher"},
    }


def _log(case: Case, school: Data, on: date) -> Known:
    return {"entries": [{"date": on, "what": "Case file begun", "kind": "other", "who": _senco(school)}]}


_AT_SCHOOL = {"plan", "cycle", "meeting", "my-support-plan", "behaviour-plan"}
"""Records of what people do together: their day is one on which school is open."""

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
