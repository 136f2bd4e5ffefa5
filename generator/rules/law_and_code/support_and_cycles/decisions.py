"""Decisions on record: why and by whom the status changed, more support after little progress, the year's dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from generator.cases.costs import weekly_minutes
from generator.cases.dates.age_and_year import school_year
from generator.records.record import Record
from generator.rules.law_and_code.meetings_and_family.meetings import held, meetings_a_year, with_family
from generator.rules.law_and_code.support_and_cycles.cycle_sequence import little_progress
from generator.rules.law_and_code.support_and_cycles.cycles import reviewed
from generator.rules.law_and_code.support_and_cycles.support_plan import (
    before_the_file,
    missing,
    support_began,
    supported,
)
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import and_list
from generator.values.formatting import date as in_words

EIGHT_WEEKS = timedelta(weeks=8)
HALF_A_YEAR = timedelta(days=183)
_DECIDED = {"reason": "why (reason)", "decided_by": "who decided (decided_by)"}


@rule(
    id="status-decided",
    severity="code",
    source="SEND Code 6.43; Leicester City Council, School support; Rutland: records of decisions and interventions",
    why="Years later somebody asks why support began. “It was before my time” is no answer.",
    good="{status: K, from: 12 January 2026, reason: Two terms of small gains, decided_by: Mrs Hale and Miss Okoro}",
    bad="{status: K, from: 12 January 2026}",
    covers=("S3-3", "S4-4"),
)
def status_decided(view: View) -> Iterator[Finding]:
    """The status now has its reason and who decided; a first N is no decision, and E is the authority's."""
    pupil = view.case.one("pupil")
    for number, row in enumerate(pupil.data.get("sen_status", ()) if pupil else ()):
        now = row.get("from", date.max) <= view.on <= row.get("to", date.max)
        decided = row["status"] == "K" or (row["status"] == "N" and number > 0)
        earlier = "from" in row and before_the_file(view, row["from"])
        if pupil and now and decided and not earlier and (gaps := missing(row, _DECIDED)):
            status = "SEN support" if row["status"] == "K" else "the end of support"
            message = f"the decision on {status} of {in_words(row['from'])} does not say {and_list(gaps)}"
            yield Finding(pupil, ("sen_status", number), message, "add them: one line each is enough")


@rule(
    id="later-cycle-more",
    severity="quality",
    source="Leicester and Rutland: more detailed approaches, more frequent review, more specialist expertise each time",
    why="After two cycles of little progress a third like them costs the child another term.",
    good="third cycle: reviewed after six weeks instead of twelve, or planned with the specialist teacher",
    bad="third cycle: the same support, as often, for as long, and nobody new",
    covers=("S2-4", "C2"),
)
def later_cycle_more(view: View) -> Iterator[Finding]:
    """After two cycles of little progress the next is more detailed, more frequent or more specialist."""
    cycles = view.case.cycles
    done = reviewed(view)
    for first, second, third in zip(cycles, cycles[1:], cycles[2:], strict=False):
        weak = first in done and second in done and little_progress(first.data) and little_progress(second.data)
        if weak and not _is_more(second, third):
            yield Finding(
                third,
                ("plan",),
                "after two cycles with little progress this one is no more frequent, detailed or specialist",
                "review sooner, give more or in a smaller group, assess more closely, or bring in a specialist",
            )


def _is_more(before: Record, after: Record) -> bool:
    old, new = before.data, after.data
    more_often = _minutes(after) > _minutes(before) or _length(after) < _length(before) - timedelta(days=6)
    detail = len(new["assess"].get("baselines", ())) > len(old["assess"].get("baselines", ()))
    detail = detail or bool(set(new["assess"]) - set(old["assess"]) & {"assessments", "specialists", "support_staff"})
    return more_often or detail or bool(_specialists(after) - _specialists(before)) or _smaller(before, after)


def _minutes(cycle: Record) -> Decimal:
    """Minutes a week that reach the child."""
    rows = cycle.data["plan"].get("provision", ())
    return sum(((weekly_minutes(row) or Decimal(0)) for row in rows), Decimal(0))


def _length(cycle: Record) -> timedelta:
    start, due = cycle.data.get("start"), cycle.data.get("planned_review")
    return due - start if start and due else timedelta(days=365)


def _specialists(cycle: Record) -> set[str]:
    rows = cycle.data["plan"].get("provision", ())
    given = {str(row["delivered_by"]) for row in rows if row["type"] == "specialist"}
    return given | {str(agency) for agency in cycle.data["assess"].get("agencies", ())}


def _smaller(before: Record, after: Record) -> bool:
    def sizes(cycle: Record) -> list[int]:
        return [row["group_size"] for row in cycle.data["plan"].get("provision", ()) if "group_size" in row]

    return bool(sizes(after)) and bool(sizes(before)) and min(sizes(after)) < min(sizes(before))


@rule(
    id="meeting-after-change",
    severity="quality",
    source="Devon IAS: after a move to a new school, or while much is changing, you might meet more often",
    why="The weeks after a move decide how the year goes, and parents see at home what school does not.",
    good="joined on 5 January, meeting with the parents on 3 February",
    bad="suspended on 6 October, and by Christmas no meeting with the parents",
    covers=("S1-18",),
)
def meeting_after_change(view: View) -> Iterator[Finding]:
    """A meeting with the family within eight weeks of a move, a suspension, a reduced timetable or a logged change."""
    if not supported(view):
        return
    days = [record.data["date"] for record in held(view) if with_family(view, record.data)]
    for record, keys, day, what in _changes(view):
        old = view.on - day > HALF_A_YEAR
        waited = view.on - day > EIGHT_WEEKS
        if waited and not old and not any(day <= met <= day + EIGHT_WEEKS for met in days):
            message = f"{what} on {in_words(day)}, and no meeting with the family is on file in the eight weeks after"
            yield Finding(record, keys, message, "meet, and write it up in meetings/; a short interim meeting counts")


_MOVES = re.compile(
    r"\b(?:mov(?:ed|es) (?:house|home|school|in with|from|here|to (?:live|the area|a new|another))|changed school|"
    r"new (?:school|home|house|foster|placement)|separat(?:ed|ion)|divorc\w+|bereave\w+|died|death of|into care|"
    r"foster(?:ed| home| placement)|evicted|refuge)\b",
    re.IGNORECASE,
)
"""What in a line of the log tells of a move or a loss, after which a family needs more meetings."""


def _changes(view: View) -> Iterator[tuple[Record, tuple[str | int, ...], date, str]]:
    pupil, log, name = view.case.one("pupil"), view.case.one("log"), view.first_name
    if pupil:
        if joined := pupil.data.get("admission_date"):
            yield pupil, ("admission_date",), joined, f"{name} joined the school"
        for number, row in enumerate(pupil.data.get("suspensions", ())):
            yield pupil, ("suspensions", number), row["from"], f"{name} was suspended"
        if shorter := pupil.data.get("reduced_timetable"):
            yield pupil, ("reduced_timetable",), shorter["from"], f"a reduced timetable began for {name}"
    for number, row in enumerate(log.data.get("entries", ()) if log else ()):
        if log and "date" in row and _MOVES.search(str(row["what"])):
            yield log, ("entries", number), row["date"], f"“{str(row['what']).strip()[:60]}” is in the log"


@rule(
    id="year-dates",
    severity="quality",
    source="Devon IAS: it can help to get meetings in your diary at the start of the school year; SEND Code 6.65",
    why="Three dates that a parent knows in September are three evenings off work that can be asked for.",
    good="meeting_dates: [12 November 2026, 11 February 2027, 17 June 2027]",
    bad="a plan in October with one meeting ahead and no meeting_dates",
    covers=("S1-18",),
)
def year_dates(view: View) -> Iterator[Finding]:
    """Six weeks into the school year, as many meetings are held or planned in it as the Code asks for."""
    plan, began = view.case.one("plan"), support_began(view)
    start, end = date(school_year(view.on), 9, 1), date(school_year(view.on) + 1, 8, 31)
    if plan is None or began is None or view.on < max(start, began) + timedelta(weeks=6):
        return
    wanted = meetings_a_year(view) * (end - max(start, began)).days // 360
    days = {day for day in planned_meetings(view) if start <= day <= end}
    days |= {record.data["date"] for record in held(view) if with_family(view, record.data)}
    if len({day for day in days if start <= day <= end}) < wanted:
        yield Finding(
            plan,
            ("meeting_dates",),
            f"of the {wanted} meetings with the family that this school year asks for, not all have a date",
            "add meeting_dates: the days agreed for the rest of the year; they show in `sendpack reviews`",
        )


def planned_meetings(view: View) -> set[date]:
    """The days ahead on which a meeting is planned: in the plan, as a meeting's next, or as a meeting file."""
    days = set(view.case.data("plan").get("meeting_dates", ()))
    for record in view.case.meetings:
        days |= {record.data[key] for key in ("date", "next_meeting") if key in record.data}
    return {day for day in days if day > view.on}


RULES: tuple[Rule, ...] = (status_decided, later_cycle_more, meeting_after_change, year_dates)
