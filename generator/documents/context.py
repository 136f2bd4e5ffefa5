"""What documents print that no record says by itself: ages, joined outcomes, targets with results, hours, costs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from generator.cases import case as c
from generator.cases.case import Case, Data
from generator.cases.chronology import chronology
from generator.cases.classes import attendance_of_year, school_of, school_year_at, year_start
from generator.cases.costs import weekly_minutes, yearly_cost
from generator.cases.family.agreement import cycle_agreed
from generator.cases.family.people import first_name
from generator.cases.vocabulary import AREAS, DECISIONS, MEETINGS, PFA, PROVISION_TYPES, STATUS
from generator.documents.case_summary import case_summary
from generator.documents.charts.progress_charts import attendance_chart, progress, support_by_area, support_chart
from generator.documents.evidence_facts import evidence_facts
from generator.documents.pupil_facts import Occasion, View, pupil_facts
from generator.records.field_view import Fields
from generator.records.record import Record

Rows = Sequence[Mapping[str, Any]]


def facts(case: Case, view: View, occasion: Occasion, home_authority: str) -> dict[str, Any]:
    """Everything derived, by the names that templates use. Every name is always there; nothing is None, "" or []."""
    pupil, school = case.data("pupil"), case.school.data if case.school else {}
    current = occasion.cycle or c.current_cycle(case)
    joined = {record.path: _cycle(case, record, view, school) for record in case.cycles}
    cycle = joined[current.path] if current else None
    shown = cycle["provision"] if cycle else []
    attendance = [_attendance(row) for row in pupil.get("attendance", ())]
    meetings = [_meeting(record, view) for record in case.meetings]
    areas = support_by_area(shown)
    made = {
        **pupil_facts(case, view, occasion, home_authority),
        **_names(case),
        "areas": _areas(case, view, occasion.on),
        "outcomes": _outcomes(case, cycle, occasion.on),
        "cycle": cycle,
        "next_review": _next_review(case, current),
        "targets": cycle["targets"] if cycle else [],
        "cycles": list(joined.values()),
        "reviewed_cycles": sum(c.is_reviewed(record.data) for record in case.cycles),
        "provision": shown,
        "weekly_minutes": _total(row["weekly_minutes"] for row in shown),
        "yearly_cost": _cost(shown),
        "attendance": attendance,
        "attendance_chart": attendance_chart([row for row in attendance if row["to"] <= occasion.on], occasion.colour),
        "progress": progress(case, occasion.on, occasion.colour),
        "support_by_area": areas,
        "support_chart": support_chart(areas, occasion.colour),
        "meetings": meetings,
        "request_decided": _request_decided(case),
        "newest_meeting": view(case.meetings[-1] if case.meetings else None, "meeting"),
        "this_year": _this_year(school_of(case), occasion.on, list(joined.values()), meetings, attendance),
        "pcp_meeting": _pcp_meeting(case, view),
        "asked_locally": [{"question": question, "answer": answer} for question, answer in occasion.asked],
        **_chronology(case, occasion),
        **evidence_facts(case, occasion, joined),
    }
    return {**made, "summary": case_summary(case, made, occasion.places, occasion.carries)}


# -- lookups ----------------------------------------------------------------------------------------------------------


def _names(case: Case) -> dict[str, Any]:
    pupil, plan = case.data("pupil"), case.data("plan")
    provision = [row for record in case.cycles for row in record.data["plan"]["provision"]]
    return {
        "need_names": {row["id"]: str(row["title"]) for row in pupil.get("needs", ())},
        "outcome_names": {row["id"]: str(row["text"]) for row in plan.get("outcomes", ())},
        "agency_names": {row["id"]: str(row["service"]) for row in pupil.get("agencies", ())},
        "evidence_names": {row["id"]: str(row["title"]) for row in case.data("evidence").get("items", ())},
        "provision_names": {row["id"]: str(row["title"]) for row in provision},
    }


def _areas(case: Case, view: View, on: date) -> list[dict[str, Any]]:
    """Strengths and needs by area, of what was known on a day."""
    pupil, strengths = view(case.one("pupil"), "pupil"), case.data("plan").get("strengths", {})
    rows = []
    for key, title in AREAS.items():
        needs = [need for need in pupil.needs if need.area == key and (need.identified or on) <= on]
        known = strengths.get(key) or "\n".join(str(n.strengths) for n in needs if n.strengths) or None
        if needs or known:
            rows.append({"key": key, "label": title, "strengths": known, "needs": needs})
    return rows


def _outcomes(case: Case, cycle: Mapping[str, Any] | None, on: date) -> list[dict[str, Any]]:
    needs, first = _names(case)["need_names"], first_name(case.data("pupil"))
    parties = {"pupil": first, "parents": "parents", "school": "school", "services": "services"}
    return [
        {
            "id": row["id"],
            "number": number,
            "text": row["text"],
            "by": row["by"],
            "for_pupil": row.get("for_pupil"),
            "baseline": row.get("baseline"),
            "latest": _latest(case, str(row["id"]), on),
            "success_measure": row.get("success_measure"),
            "aspiration": row.get("aspiration"),
            "area_label": AREAS.get(row.get("area", ""), ""),
            "pfa": [PFA[area] for area in row.get("pfa", ())],
            "agreed_with": [parties[who] for who in row.get("agreed_with", ())],
            "needs": [needs.get(need, need) for need in row["needs"]],
            "targets": [t for t in cycle["targets"] if t["outcome_id"] == row["id"]] if cycle else [],
            "provision": [p for p in cycle["provision"] if row["id"] in p["outcome_ids"]] if cycle else [],
        }
        for number, row in enumerate(case.data("plan").get("outcomes", ()), 1)
    ]


def _latest(case: Case, outcome: str, on: date) -> dict[str, Any] | None:
    """Where the pupil newest was on the way to an outcome: results, with the day they are of; nothing before any."""
    found: dict[date, list[str]] = {}
    for record in case.cycles:
        targets = {row["id"] for row in record.data["plan"]["targets"] if row["outcome"] == outcome}
        for day, target, result in _results(record.data):
            if target in targets and day <= on:
                found.setdefault(day, []).append(result)
    newest = max(found, default=None)
    return {"date": newest, "result": "; ".join(found[newest])} if newest else None


def _results(cycle: Data) -> Iterable[tuple[date, str, str]]:
    """What was measured in a cycle, on the way and at its review: the day, the target, the result."""
    for row in cycle.get("do", {}).get("measured", ()):
        yield row["date"], row["target"], str(row["result"])
    if c.is_reviewed(cycle):
        for row in cycle["review"]["targets"]:
            if row.get("result"):
                yield cycle["review"]["date"], row["target"], str(row["result"])


# -- cycles -----------------------------------------------------------------------------------------------------------


def _cycle(case: Case, record: Record, view: View, school: Data) -> dict[str, Any]:
    cycle = record.data
    names = _names(case)
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


def _next_review(case: Case, current: Record | None) -> date | None:
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


def _adult(given_by: str, person: str) -> str:
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
        "area_label": AREAS.get(row.get("area", ""), ""),
        "description": row.get("description"),
        "for_pupil": row.get("for_pupil"),
        "who": f"{given_by} ({person})" if person and person.split()[-1] not in given_by else given_by,
        "adult": _adult(given_by, person),
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


def _total(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def _cost(rows: Iterable[Mapping[str, Any]]) -> Decimal | None:
    """The sum of the costs; nothing while the price of anybody's time is missing: a total that is too low misleads."""
    rows = list(rows)
    if any(row["weekly_minutes"] is not None and row["yearly_cost"] is None and row["paid"] for row in rows):
        return None
    return _total(row["yearly_cost"] for row in rows)


# -- the rest ---------------------------------------------------------------------------------------------------------


def _attendance(row: Data) -> dict[str, Any]:
    given = {key: row.get(key) for key in ("from", "to", "setting", "attended", "possible", "comment")}
    return {**given, "percent": c.percentage(row)}


def _meeting(record: Record, view: View) -> dict[str, Any]:
    kind = MEETINGS[record.data["type"]]
    title = record.data.get("title") or kind
    fields = view(record, "meeting")
    return {
        "id": c.file_id(record),
        "date": record.data["date"],
        "title": title,
        "type_label": kind,
        "record": fields,
        "pages": "",
    }


def _this_year(school: Data, on: date, cycles: Rows, meetings: Rows, attendance: Rows) -> dict[str, Any]:
    """The school year of a day up to that day: its name, its cycles, meetings and attendance."""
    year = school_year_at(school, on)
    first = year_start(school, year)
    return {
        "label": f"{year} to {year + 1}",
        "cycles": [row for row in cycles if first <= row["start"] <= on],
        "meetings": [row for row in meetings if first <= row["date"] <= on],
        "attendance": attendance_of_year(attendance, school, on),
    }  # fmt: skip


def _chronology(case: Case, occasion: Occasion) -> dict[str, Any]:
    """What happened up to the document's day, as far as every reader may know it, and how many lines that leaves out.

    A cycle still to come is told as planned.
    """
    events = [event for event in chronology(case) if event.date <= occasion.on or event.kind == "cycle"]
    shown = [event for event in events if not event.audience or occasion.readers <= set(event.audience)]
    return {
        "chronology": [{"date": e.date, "what": e.what, "who": e.who, "difference": e.difference} for e in shown],
        "chronology_left_out": len(events) - len(shown),
    }


def _request_decided(case: Case) -> bool:
    """True when the newest meeting decided to ask for an assessment and its record does not say so itself."""
    decided = case.data("request").get("decided_with_family")
    meeting = case.meetings[-1].data if case.meetings else {}
    return bool(decided and decided == meeting.get("date") and not meeting.get("decisions"))


def _pcp_meeting(case: Case, view: View) -> Fields | None:
    wanted = case.data("my-support-plan").get("pcp_meeting")
    return next((view(m, "meeting") for m in case.meetings if c.file_id(m) == wanted), None)
