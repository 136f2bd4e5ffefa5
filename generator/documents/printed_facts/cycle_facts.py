"""What documents print of a cycle: targets with their results, support in words, its hours and its cost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from generator.cases import case as c
from generator.cases.case import Case, Data
from generator.cases.costs import weekly_minutes, yearly_cost
from generator.cases.family.agreement import cycle_agreed
from generator.cases.family.people import first_name, who_decides
from generator.cases.vocabulary import AREAS, DECISIONS, PROVISION_TYPES, STATUS
from generator.documents.printed_facts.outcome_facts import names_of
from generator.documents.printed_facts.pupil_facts import View
from generator.documents.printed_facts.target_names import target_names
from generator.records.record import Record
from generator.values.formatting import brief_date
from generator.values.parsing import MONTHS, WEEKDAYS


def joined_cycle(case: Case, record: Record, view: View, school: Data) -> dict[str, Any]:
    """One cycle with its targets beside their results, and its support beside what came of it."""
    cycle = record.data
    names = names_of(case)
    numbers = {row["id"]: number for number, row in enumerate(case.data("plan").get("outcomes", ()), 1)}
    assess, plan = cycle["assess"], case.data("plan")
    known = _outcomes_of_then(cycle, plan)
    return {
        "id": c.file_id(record),
        "number": cycle["number"],
        "title": cycle["title"],
        "start": cycle["start"],
        "planned_review": cycle["planned_review"],
        "reviewed": cycle.get("review", {}).get("date"),
        "setting": earlier_setting(case.data("pupil"), cycle["start"]),
        "lead_teacher": cycle["lead_teacher"],
        "coordinator": cycle.get("coordinator"),
        "record": view(record, "cycle"),
        "agreed": [_cycle_agreed(cycle["plan"], key, who) for key, who in _parties(case) if key in cycle["plan"]],
        "needs": [names["need_names"].get(n, n) for n in assess.get("needs", ())],
        "agencies": [names["agency_names"].get(a, a) for a in assess.get("agencies", ())],
        "targets": _targets(cycle, names, numbers),
        "provision": [
            _provision(row, cycle, names, {k: n for k, n in numbers.items() if k in known}, school)
            for row in cycle["plan"]["provision"]
        ],
        "pages": "",
    }


def _outcomes_of_then(cycle: Data, plan: Data) -> set[str]:
    """The ids of the outcomes that a cycle can have served: of one that ended before the plan was written, its own.

    The plan of today may have outcomes that nobody had thought of then, and support of then is not for these.
    """
    every = {str(row["id"]) for row in plan.get("outcomes", ())}
    own = {str(row["outcome"]) for row in cycle["plan"]["targets"]} & every
    over = "date" in plan and max(cycle.get("review", {}).get("date", date.min), cycle["planned_review"]) < plan["date"]
    return own if over and own else every


def _parties(case: Case) -> tuple[tuple[str, str], ...]:
    pupil = case.data("pupil")
    return ("parents_agreed", who_decides(pupil)), ("pupil_agreed", first_name(pupil))


def _cycle_agreed(plan: Data, key: str, who: str) -> dict[str, Any]:
    """Who agreed the plan of a cycle and when, and whether the plan has been written anew since."""
    day, holds = cycle_agreed(plan, key)
    return {"who": who, "date": day, "holds": holds}


def next_review(case: Case, current: Record | None) -> date | None:
    """When the plan is looked at next: the running cycle's review; after it was held, what meeting or plan say."""
    if current and not c.is_reviewed(current.data):
        planned: date = current.data["planned_review"]
        return planned
    held = max(current.data["review"]["date"], current.data["planned_review"]) if current else date.min
    meeting = case.meetings[-1].data.get("next_meeting") if case.meetings else None
    days = (meeting, case.data("plan").get("review_date"))
    return min((day for day in days if isinstance(day, date) and day > held), default=None)


NOT_REVIEWED = "Not reviewed"
"""Of a target that the review of its cycle says nothing of: one that was dropped is not left blank."""


def earlier_setting(pupil: Data, day: date) -> str:
    """The nursery or school where the pupil was on a day, before this one; empty where the record names none."""
    rows = [row for row in pupil.get("previous_settings", ()) if isinstance(row.get("to"), date) and day <= row["to"]]
    there = [row for row in rows if not isinstance(row.get("from"), date) or row["from"] <= day]
    # Without days of arrival several may be true of a day: the one that was left first after it is where the pupil was.
    return str(min(there, key=lambda row: row["to"])["name"]) if there else ""


_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_MONTH = rf"(?:{'|'.join((*MONTHS, 'Sept', *(month[:3] for month in MONTHS)))})\b"
_WRITTEN = (
    rf"{_NTH} (?:of )?{_MONTH}|{_MONTH}\.? {_NTH}\b|\d{{1,2}}([/.-])\d{{1,2}}\1\d{{2,4}}\b|\d{{4}}-\d{{2}}-\d{{2}}\b"
)
_BY_A_DAY = re.compile(rf"\b(?:by|until|before) (?:(?:{'|'.join(WEEKDAYS)}),? )?(?:the )?(?:{_WRITTEN})", re.IGNORECASE)


def says_by_when(text: str) -> bool:
    """True where a target says its own day: beside `… by 4 December` the day of the review is a second one."""
    return bool(_BY_A_DAY.search(text))


def _targets(cycle: Data, names: Data, numbers: Mapping[str, int]) -> list[dict[str, Any]]:
    results = {row["target"]: row for row in cycle.get("review", {}).get("targets", ())}
    rows, named = [], target_names(cycle["plan"]["targets"])
    for number, row in enumerate(cycle["plan"]["targets"], 1):
        result = results.get(row["id"], {})
        rows.append(
            {
                "id": row["id"],
                "number": number,
                "text": row["text"],
                "named": named[number - 1],
                "outcome_id": row["outcome"],
                "outcome": names["outcome_names"].get(row["outcome"], row["outcome"]),
                "outcome_number": numbers.get(row["outcome"], ""),
                "baseline": row.get("baseline"),
                "goal": row.get("goal"),
                "measure": row.get("measure"),
                "by": row.get("by") or (None if says_by_when(str(row["text"])) else cycle["planned_review"]),
                "carried_from": row.get("carried_from"),
                "start_value": row.get("start_value"),
                "goal_value": row.get("goal_value"),
                "unit": row.get("unit"),
                "for_pupil": row.get("for_pupil"),
                "value": result.get("value"),
                "result": result.get("result"),
                "status": result.get("status"),
                "status_label": STATUS.get(result.get("status", ""), "") or NOT_REVIEWED * c.is_reviewed(cycle),
                "comment": result.get("comment"),
            }
        )
    return rows


def adult(given_by: str, person: str) -> str:
    """Who gives support, as a child says it: Mrs Begum, for `Teaching assistant (Mrs Begum)`."""
    inside = re.search(r"\(([^()]+)\)\s*$", given_by)
    return person or (inside[1].split(",")[0] if inside else given_by)


def _provision(row: Data, cycle: Data, names: Data, numbers: Mapping[str, int], school: Data) -> dict[str, Any]:
    done = [d for d in cycle.get("do", {}).get("delivery", ()) if d["provision"] == row["id"]]
    reviewed: Data = next((r for r in cycle.get("review", {}).get("provision", ()) if r["provision"] == row["id"]), {})
    staff = c.by_id(school.get("staff", ())).get(row.get("staff", ""), {})
    served = [o for o in row["outcomes"] if o in numbers or o not in names["outcome_names"]]
    given_by, person = str(row["delivered_by"]), str(staff.get("name", ""))
    return {
        "id": row["id"],
        "title": row["title"],
        "type_label": PROVISION_TYPES[row["type"]],
        "layer": row.get("layer"),
        "area_label": AREAS.get(row.get("area", ""), ""),
        "description": row.get("description"),
        "for_pupil": row.get("for_pupil"),
        "who": f"{given_by} ({person})" if person and person.split()[-1] not in given_by else given_by,
        "adult": adult(given_by, person),
        "expertise": row.get("expertise"),
        "group": _group(row),
        "how_often": how_often(row),
        "when_where": ", ".join(str(row[key]) for key in ("when", "where") if row.get(key)),
        "from": row.get("from"),
        "to": row.get("to"),
        "weekly_minutes": weekly_minutes(row),
        "yearly_cost": yearly_cost(row, school),
        "paid": row["type"] not in ("universal", "equipment"),
        "type": row["type"],
        "group_size": row.get("group_size"),
        "ended": None,
        "outcome_ids": list(row["outcomes"]),
        "outcomes": [str(numbers.get(o, o)) for o in served],
        "outcome_texts": [names["outcome_names"].get(o, o) for o in served],
        "needs": [names["need_names"].get(n, n) for n in row.get("needs", ())],
        "expected_impact": row.get("expected_impact"),
        "entry": row.get("entry"),
        "exit": reviewed.get("exit") or row.get("exit"),
        "planned": sum(d["planned"] for d in done) if done else None,
        "delivered": sum(d["delivered"] for d in done) if done else None,
        "delivered_by": ", ".join(dict.fromkeys(str(d["by"]) for d in done if d.get("by"))) or None,
        "delivery_note": "\n".join(str(d["note"]) for d in done if d.get("note")) or None,
        "decision_label": DECISIONS.get(reviewed.get("decision", ""), ""),
        "impact": reviewed.get("impact"),
    }


def _group(row: Data) -> str:
    size = row.get("group_size")
    return "" if size is None else "1\u00a0to\u00a01" if size == 1 else f"group of\u00a0{size}"


def plain(number: Any) -> str:
    """A number without needless zeros: 2.5, 3."""
    text = f"{Decimal(number):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def times_in_words(row: Data) -> str:
    """`every second week`, `3 times a week`; empty where it is not known."""
    times = row.get("times_a_week")
    return _TIMES.get(plain(times), f"{plain(times)} times a week") if times else ""


_TIMES = {"0.25": "once a month", "0.5": "every second week", "1": "once a week", "2": "twice a week"}


def how_often(row: Data) -> str:
    """`20 minutes, 3 times a week, for 12 weeks`, of what is known."""
    parts = []
    if minutes := row.get("minutes"):
        parts.append(f"{minutes} minutes")
    if times := times_in_words(row):
        parts.append(times)
    if weeks := row.get("weeks"):
        parts.append(f"for {weeks} week{'s' * (weeks != 1)}")
    return ", ".join(parts)


def on_a_day(cycle: Mapping[str, Any], on: date) -> list[dict[str, Any]]:
    """The support of a joined cycle as it is on a day: what came to an end before says when it `ended`.

    After the cycle's review, when the last of it has ended too, all of it is told as it was given.
    """
    provision: Sequence[dict[str, Any]] = cycle["provision"]
    over = [bool(row["to"]) and row["to"] < on for row in provision]
    if all(over) and cycle["reviewed"] and cycle["reviewed"] <= on:
        return list(provision)
    return [{**row, "ended": row["to"]} if ended else row for row, ended in zip(provision, over, strict=True)]


def works_with(case: Case, on: date) -> dict[str, str]:
    """How often somebody of a service is with the child in the running cycle, by the service's id, as far as is known.

    For them the day on which they assessed the child is not when they saw the child last.
    """
    record = c.current_cycle(case)
    cycle = record.data if record else {}
    if not cycle or cycle["start"] > on or (c.is_reviewed(cycle) and cycle["review"]["date"] <= on):
        return {}
    found = {}
    for agency in case.data("pupil").get("agencies", ()):
        for row in cycle["plan"]["provision"]:
            person = str(agency.get("person", ""))
            gives = person and re.search(rf"(?<!\w){re.escape(person)}(?!\w)", str(row["delivered_by"]))
            if gives and row.get("from", on) <= on <= row.get("to", on):
                since = f"since {brief_date(row['from'])}" if "from" in row else ""
                said = " ".join(filter(None, (times_in_words(row), since))) or "gives support now"
                found[str(agency["id"])] = f"{said[:1].upper()}{said[1:]}"
    return found


def total(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; nothing where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def cost(rows: Iterable[Mapping[str, Any]]) -> Decimal | None:
    """The sum of the costs; nothing while the price of anybody's time is missing: a total that is too low misleads."""
    rows = list(rows)
    if any(row["weekly_minutes"] is not None and row["yearly_cost"] is None and row["paid"] for row in rows):
        return None
    return total(row["yearly_cost"] for row in rows)
