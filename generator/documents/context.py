"""What documents print that no record says by itself: ages, joined outcomes, targets with results, hours, costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from generator.cases import case as c
from generator.cases.case import Case, Data
from generator.cases.chronology import chronology
from generator.cases.classes import attendance_of_year, school_of, school_year_at, year_start
from generator.cases.family.agreement import SIGNED
from generator.cases.vocabulary import MEETINGS
from generator.documents.charts.progress_charts import attendance_chart, progress, support_by_area, support_chart
from generator.documents.child_ideas import child_ideas
from generator.documents.printed_facts.agreed_and_since import newer_than_agreed, to_sign
from generator.documents.printed_facts.case_summary import case_summary
from generator.documents.printed_facts.cycle_facts import joined_cycle, next_review, on_a_day, works_with
from generator.documents.printed_facts.evidence_facts import evidence_facts
from generator.documents.printed_facts.outcome_facts import areas, names_of, outcomes
from generator.documents.printed_facts.printed_case import is_known_later
from generator.documents.printed_facts.pupil_facts import Occasion, View, pupil_facts
from generator.documents.printed_facts.request_facts import (
    answer_due,
    short_blocks,
    support_sums,
    their_actions,
    their_consent,
    waits_for_consent,
)
from generator.documents.printed_facts.told_once import Places
from generator.records.field_view import Fields
from generator.records.record import Record

Rows = Sequence[Mapping[str, Any]]


def facts(case: Case, view: View, occasion: Occasion, home_authority: str) -> dict[str, Any]:
    """Everything derived, by the names that templates use. Every name is always there; nothing is None, "" or []."""
    pupil, school = case.data("pupil"), case.school.data if case.school else {}
    current = occasion.cycle or c.current_cycle(case)
    joined = {record.path: joined_cycle(case, record, view, school) for record in case.cycles}
    cycle = joined[current.path] if current else None
    shown = on_a_day(cycle, occasion.on) if cycle else []
    running = [row for row in shown if not row["ended"]]
    attendance = [_attendance(row) for row in pupil.get("attendance", ()) if row["from"] <= occasion.on]
    meetings = [_meeting(record, view, occasion.places) for record in case.meetings]
    by_area = support_by_area(running)
    made = {
        **pupil_facts(case, view, occasion, home_authority),
        **names_of(case),
        "areas": areas(case, view, occasion.known_by or occasion.on),
        "outcomes": outcomes(case, cycle, occasion.known_by or occasion.on),
        "cycle": cycle,
        "next_review": next_review(case, current),
        "targets": cycle["targets"] if cycle else [],
        "cycles": list(joined.values()),
        "reviewed_cycles": sum(c.is_reviewed(r.data) and r.data["review"]["date"] <= occasion.on for r in case.cycles),
        "provision": shown,
        **support_sums(running),
        "short_blocks": short_blocks(current.data, running) if current else [],
        "plan_costs": occasion.plan_costs,
        "attendance": attendance,
        "attendance_chart": attendance_chart([row for row in attendance if row["to"] <= occasion.on], occasion.colour),
        "progress": progress(case, occasion.known_by or occasion.on, occasion.colour),
        "support_by_area": by_area,
        "support_chart": support_chart(by_area, occasion.colour),
        "meetings": meetings,
        "request_decided": _request_decided(case),
        "recommended": _recommended(case),
        "results_until": _results_until(case, occasion),
        "newer_results": is_known_later(case, occasion.known_by or occasion.on),
        "newest_meeting": view(case.meetings[-1] if case.meetings else None, "meeting"),
        "this_year": _this_year(school_of(case), occasion.on, list(joined.values()), meetings, attendance),
        "pcp_meeting": _pcp_meeting(case, view),
        "newer_than_agreed": newer_than_agreed(
            case, occasion.kind.removeprefix("support-"), occasion.on, occasion.known_by
        ),
        "to_sign": {kind.replace("-", "_"): to_sign(case, kind) for kind in SIGNED},
        "works_with": works_with(case, occasion.on),
        "answer": answer_due(case, occasion.reader is not None, occasion.known_by or occasion.on),
        "reader_name": _reader_name(case, occasion),
        "their_actions": their_actions(case, occasion.reader),
        "their_consent": their_consent(case, occasion.reader),
        "waits_for_consent": waits_for_consent(case, occasion.reader),
        "left_out_people": list(occasion.left_out_people),
        **_chronology(case, occasion),
        **evidence_facts(case, occasion, joined),
    }
    made |= child_ideas(case, occasion, made["child"], cycle)
    return {**made, "summary": case_summary(case, made, occasion.places, occasion.carries)}


def _attendance(row: Data) -> dict[str, Any]:
    given = {key: row.get(key) for key in ("from", "to", "setting", "attended", "possible", "comment")}
    return {**given, "percent": c.percentage(row)}


def _meeting(record: Record, view: View, places: Places) -> dict[str, Any]:
    kind = MEETINGS[record.data["type"]]
    title = record.data.get("title") or kind
    fields = view(record, "meeting")
    return {
        "id": c.file_id(record),
        "date": record.data["date"],
        "title": title,
        "type_label": kind,
        "record": fields,
        "pages": next((str(place) for name, place in places.items() if _is_made_of(name, record)), ""),
    }


def _is_made_of(name: str, record: Record) -> bool:
    """True for the id of a document of this record: `early-discussion-2025-06-19`, `meeting-2025-12-02-review`."""
    return any(name == c.document_id(name[:at], record) for at, sign in enumerate(name) if sign == "-")


def _this_year(school: Data, on: date, cycles: Rows, meetings: Rows, attendance: Rows) -> dict[str, Any]:
    """The school year of a day up to that day: its name, its cycles, meetings and attendance."""
    year = school_year_at(school, on)
    first = year_start(school, year)
    return {
        "label": f"{year} to {year + 1}",
        "cycles": [row for row in cycles if first <= row["start"] <= on],
        "meetings": [row for row in meetings if first <= row["date"] <= on],
        "attendance": attendance_of_year(attendance, school, on),
    }


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


def _results_until(case: Case, occasion: Occasion) -> date | None:
    """The day up to which a plan that carries a bundle's results tells them, where that brings in newer ones."""
    return occasion.known_by if occasion.known_by and is_known_later(case, occasion.on) else None


def _reader_name(case: Case, occasion: Occasion) -> str:
    """The name of the one person for whom a copy is made; empty for a copy that is for all."""
    person = occasion.reader.person if occasion.reader else ""
    return next((str(row["name"]) for row in case.data("pupil").get("people", ()) if row["id"] == person), "")


def _request_decided(case: Case) -> bool:
    """True when the newest meeting decided to ask for an assessment and its record does not say so itself."""
    decided = case.data("request").get("decided_with_family")
    meeting = case.meetings[-1].data if case.meetings else {}
    return bool(decided and decided == meeting.get("date") and not meeting.get("decisions"))


def _recommended(case: Case) -> dict[str, Any] | None:
    """What the annual review recommends to the authority, where the newest meeting was that review's."""
    review, meeting = case.data("annual-review"), case.meetings[-1].data if case.meetings else {}
    if not review.get("recommendation") or review["date"] != meeting.get("date"):
        return None
    return {"what": review["recommendation"], "why": review.get("reasons")}


def _pcp_meeting(case: Case, view: View) -> Fields | None:
    wanted = case.data("my-support-plan").get("pcp_meeting")
    return next((view(m, "meeting") for m in case.meetings if c.file_id(m) == wanted), None)
