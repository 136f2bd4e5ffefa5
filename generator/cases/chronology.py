"""What was tried, when, and what difference it made, in the order of the days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.cases.age_and_year import speaks_for_themselves
from generator.cases.case import Case, Data, file_id, has_begun, is_reviewed
from generator.cases.people import first_name
from generator.cases.vocabulary import MEETINGS


@dataclass(frozen=True, order=True)
class Event:
    """One line of the chronology: when, what, what difference it made, the record it comes from, who may know it."""

    date: date
    what: str
    difference: str = ""
    kind: str = ""
    source: str = ""
    who: str = ""
    audience: tuple[str, ...] = ()


_STATUS = {"N": "No special educational needs recorded", "K": "SEN support began", "E": "EHC plan began"}


_RESULT = {"met": "met", "partly": "partly met", "not_met": "not met"}


def chronology(case: Case) -> list[Event]:
    """What was tried, when, and what difference it made, oldest first (Code 6.75)."""
    return sorted([*_pupil_events(case.data("pupil")), *_plan_events(case), *_cycle_events(case), *_log_events(case)])


def _pupil_events(pupil: Data) -> Iterator[Event]:
    if joined := pupil.get("admission_date"):
        yield Event(joined, "Joined the school", kind="school", source="pupil.yaml")
    for row in pupil.get("sen_status", ()):
        yield Event(row["from"], _STATUS[row["status"]], str(row.get("reason", "")), "status", "pupil.yaml")
    for row in pupil.get("agencies", ()):
        if "from" in row:
            yield Event(
                row["from"], f"{row['service']} became involved", str(row.get("summary", "")), "service", "pupil.yaml"
            )
    for row in pupil.get("suspensions", ()):
        yield Event(
            row["from"], f"Suspension, {row['sessions']} sessions", str(row["reason"]), "suspension", "pupil.yaml"
        )
    for row in pupil.get("referrals", ()):
        yield Event(
            row["referred"], f"Referred to {row['service']}", str(row.get("note", "")), "referral", "pupil.yaml"
        )


def _plan_events(case: Case) -> Iterator[Event]:
    plan = case.data("plan")
    if letter := plan.get("parents_informed"):
        pupil = case.data("pupil")
        young = "date_of_birth" in pupil and speaks_for_themselves(pupil, letter["letter_date"])
        told = first_name(pupil) if young else "Parents"
        yield Event(
            letter["letter_date"],
            f"{told} formally told that special educational provision is being made",
            kind="letter",
            source="plan.yaml",
        )
    for meeting in case.meetings:
        title = str(meeting.data.get("title") or MEETINGS[meeting.data["type"]])
        readers = tuple(meeting.data.get("audience", ()))
        yield Event(meeting.data["date"], title, kind="meeting", source=file_id(meeting), audience=readers)
    support_plan = case.data("my-support-plan")
    if support_plan:
        yield Event(
            support_plan.get("initial_date", support_plan["date"]),
            "My Support Plan made",
            kind="plan",
            source="my-support-plan.yaml",
        )


def _cycle_events(case: Case) -> Iterator[Event]:
    for record in case.cycles:
        cycle = record.data
        offered = ", ".join(str(row["title"]) for row in cycle["plan"]["provision"])
        began = "began" if has_begun(case, record) else "is planned to begin"
        yield Event(cycle["start"], f"Cycle {cycle['number']} {began}: {offered}", kind="cycle", source=file_id(record))
        if is_reviewed(cycle):
            yield Event(
                cycle["review"]["date"], f"Cycle {cycle['number']} reviewed", _results(cycle), "review", file_id(record)
            )


def _results(cycle: Data) -> str:
    """`2 targets met, 1 partly met`, with the figures where there are any."""
    results = [row["status"] for row in cycle["review"]["targets"]]
    counted = [f"{results.count(status)} {words}" for status, words in _RESULT.items() if status in results]
    return f"Targets: {', '.join(counted)}" if counted else ""


def _log_events(case: Case) -> Iterator[Event]:
    for row in case.data("log").get("entries", ()):
        made = str(row.get("difference", ""))
        readers = tuple(row.get("audience", ()))
        yield Event(row["date"], str(row["what"]), made, row["kind"], "log.yaml", str(row.get("who", "")), readers)
