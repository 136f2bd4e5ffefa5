"""What documents print of a cycle: targets with their results, support in words, its hours and its cost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from generator.cases import case as c
from generator.cases.case import Case, Data
from generator.cases.costs import weekly_minutes, yearly_cost
from generator.cases.family.agreement import cycle_agreed
from generator.cases.family.people import first_name
from generator.cases.vocabulary import AREAS, DECISIONS, PROVISION_TYPES, STATUS
from generator.documents.printed_facts.outcome_facts import names_of
from generator.documents.printed_facts.pupil_facts import View
from generator.records.record import Record


def joined_cycle(case: Case, record: Record, view: View, school: Data) -> dict[str, Any]:
    """One cycle with its targets beside their results, and its support beside what came of it."""
    cycle = record.data
    names = names_of(case)
    numbers = {row["id"]: number for number, row in enumerate(case.data("plan").get("outcomes", ()), 1)}
    assess = cycle["assess"]
    return {
        "id": c.file_id(record),
        "number": cycle["number"],
        "title": cycle["title"],
        "start": cycle["start"],
        "planned_review": cycle["planned_review"],
        "reviewed": cycle.get("review", {}).get("date"),
        "lead_teacher": cycle["lead_teacher"],
        "coordinator": cycle.get("coordinator"),
        "record": view(record, "cycle"),
        "agreed": [_cycle_agreed(cycle["plan"], key, who) for key, who in _parties(case) if key in cycle["plan"]],
        "needs": [names["need_names"].get(n, n) for n in assess.get("needs", ())],
        "agencies": [names["agency_names"].get(a, a) for a in assess.get("agencies", ())],
        "targets": _targets(cycle, names, numbers),
        "provision": [_provision(row, cycle, names, numbers, school) for row in cycle["plan"]["provision"]],
        "pages": "",
    }


def _parties(case: Case) -> tuple[tuple[str, str], ...]:
    return ("parents_agreed", "parents"), ("pupil_agreed", first_name(case.data("pupil")))


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


def _targets(cycle: Data, names: Data, numbers: Mapping[str, int]) -> list[dict[str, Any]]:
    results = {row["target"]: row for row in cycle.get("review", {}).get("targets", ())}
    rows = []
    for number, row in enumerate(cycle["plan"]["targets"], 1):
        result = results.get(row["id"], {})
        rows.append(
            {
                "id": row["id"],
                "number": number,
                "text": row["text"],
                "outcome_id": row["outcome"],
                "outcome": names["outcome_names"].get(row["outcome"], row["outcome"]),
                "outcome_number": numbers.get(row["outcome"], ""),
                "baseline": row.get("baseline"),
                "goal": row.get("goal"),
                "measure": row.get("measure"),
                "by": row.get("by") or cycle["planned_review"],
                "carried_from": row.get("carried_from"),
                "start_value": row.get("start_value"),
                "goal_value": row.get("goal_value"),
                "unit": row.get("unit"),
                "for_pupil": row.get("for_pupil"),
                "value": result.get("value"),
                "result": result.get("result"),
                "status": result.get("status"),
                "status_label": STATUS.get(result.get("status", ""), ""),
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
        "outcome_ids": list(row["outcomes"]),
        "outcomes": [str(numbers.get(o, o)) for o in row["outcomes"]],
        "outcome_texts": [names["outcome_names"].get(o, o) for o in row["outcomes"]],
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


_TIMES = {"0.25": "once a month", "0.5": "every second week", "1": "once a week", "2": "twice a week"}


def how_often(row: Data) -> str:
    """`20 minutes, 3 times a week, for 12 weeks`, of what is known."""
    parts = []
    if minutes := row.get("minutes"):
        parts.append(f"{minutes} minutes")
    if times := row.get("times_a_week"):
        parts.append(_TIMES.get(plain(times), f"{plain(times)} times a week"))
    if weeks := row.get("weeks"):
        parts.append(f"for {weeks} week{'s' * (weeks != 1)}")
    return ", ".join(parts)


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
