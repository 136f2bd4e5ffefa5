"""What is due for each pupil and when: reviews, meetings, actions, statutory clocks, reports growing too old."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import chain

from generator.authorities.local_evidence import reports
from generator.authorities.pack import Pack
from generator.authorities.requirement import months_before
from generator.cases import case as c
from generator.cases.asked_forms import rounds_out
from generator.cases.case import Case
from generator.cases.classes import school_of, school_year_at, year_start
from generator.cases.dates.proposed_days import school_day_until
from generator.cases.dates.request_answers import answers
from generator.cases.dates.twelve_months import last_day_in_time, year_after, year_before
from generator.cases.family.people import known_as
from generator.rules import View
from generator.rules.law_and_code.meetings_and_family.copies_to_family import to_send_home
from generator.rules.law_and_code.meetings_and_family.meetings import (
    THREE,
    held,
    meetings_a_year,
    meetings_so_far,
    with_family,
)
from generator.rules.law_and_code.request_and_records import yearly_report
from generator.rules.law_and_code.request_and_records.request_clock import clock_of
from generator.rules.law_and_code.support_and_cycles.decisions import planned_meetings
from generator.rules.law_and_code.support_and_cycles.support_plan import before_the_file, support_began
from generator.school.calendar.calendar_ics import CalendarEntry
from generator.school.tables.table import Column, Table
from generator.values.counts import counted_things
from generator.values.formatting import date as in_words
from generator.values.formatting import short_date
from generator.values.parsing import TO_FILL_IN

FOUR_MONTHS = timedelta(days=122)
FORTNIGHT = timedelta(days=14)
BEGIN_CYCLE = "begin-cycle"
"""The key of what is done with a command."""


@dataclass(frozen=True, order=True)
class Due:
    """One thing that is due. `key` names it within the pupil's folder and stays the same when its day moves.

    `title` says what it is without naming anybody, for calendars that others may see; `what` says it in full.
    """

    day: date
    case: str
    key: str
    name: str
    title: str
    what: str
    who: str


def due(case: Case, pack: Pack, on: date, submission: date | None = None) -> list[Due]:
    """Everything that is open for one pupil as of a day, the earliest first.

    `submission` is the day on which a request is planned; else the date in request.yaml while it is not sent.
    """
    view = View(case, pack, on)
    absent = (
        _after_the_cycles(case),
        _three_a_year(view),
        _annual(view),
        _education_plan(view),
        _reports(case, pack, on, submission),
        to_send_home(view),
        yearly_report.due(view),
    )
    return sorted([*_dues(case, _written(view)), *_dues(case, chain.from_iterable(absent))])


def first_due(case: Case, pack: Pack, on: date) -> Due | None:
    """What is due first, overdue or not; of one day's what the authority owes and the review of a cycle go before."""
    return min(due(case, pack, on), key=_first, default=None)


def first_written(case: Case, pack: Pack, on: date) -> Due | None:
    """What is due first of what the records say themselves, for a case of which not all records can be read."""
    return min(_dues(case, _written(View(case, pack, on))), key=_first, default=None)


_BEFORE = ("clock-", "review-", "next-meeting", "action-")


def _first(row: Due) -> tuple[date, int, str]:
    return row.day, next((n for n, begins in enumerate(_BEFORE) if row.key.startswith(begins)), len(_BEFORE)), row.key


def _dues(case: Case, found: Iterable[Found]) -> Iterator[Due]:
    name = known_as(case.data("pupil"))
    return (Due(day, case.name, key, name, title, what or title, who) for key, day, title, what, who in found)


def _written(view: View) -> Iterator[Found]:
    """What a record names with its day: nothing of it follows from a record that is not there."""
    case = view.case
    yield from _cycles(case)
    yield from _records(case)
    yield from _meetings(case, view.on)
    yield from _planned(view)
    yield from _actions(case)
    yield from _forms(case)
    yield from _clock(view)


Found = tuple[str, date, str, str, str]
"""Key, day, title without names, full text or "", who."""


def _cycles(case: Case) -> Iterator[Found]:
    for record in case.cycles:
        cycle, key = record.data, f"review-{c.file_id(record)}"
        if not c.is_reviewed(cycle):
            yield key, cycle["planned_review"], f"Review cycle {cycle['number']}", "", str(cycle["lead_teacher"])


def _records(case: Case) -> Iterator[Found]:
    kinds = (
        ("plan", "review_date", "Review the plan", "coordinator"),
        ("my-support-plan", "review_by", "Review the My Support Plan", "coordinator"),
        ("behaviour-plan", "review_date", "Review the behaviour plan", "lead"),
        ("profile", "review_date", "Renew the one-page profile", "completed_by"),
    )
    for kind, field, title, who in kinds:
        data = case.data(kind)
        if data:
            if kind == "plan" and _reviewed_since(case):
                continue  # what follows is the next cycle, as `_after_the_cycles` tells
            # A profile without a day is renewed within a year; the others always have one.
            yield kind, data.get(field) or year_after(data["date"]), title, "", str(data.get(who, ""))
    if shorter := case.data("pupil").get("reduced_timetable"):
        yield "reduced-timetable", shorter["review"], "Review the reduced timetable", "", ""


def _reviewed_since(case: Case) -> list[date]:
    """The days of meetings at which the plan's review was held, while no cycle runs after them."""
    if not case.cycles or not all(c.is_reviewed(record.data) for record in case.cycles):
        return []
    due_on = case.data("plan").get("review_date", date.max)
    return [record.data["date"] for record in case.meetings if record.data["date"] >= due_on - FORTNIGHT]


def _after_the_cycles(case: Case) -> Iterator[Found]:
    """The cycle to begin where none runs: the first one of a plan, or the next when a meeting has reviewed the plan."""
    plan = case.data("plan")
    if not plan:
        return
    who = str(plan.get("coordinator", ""))
    held, title = _reviewed_since(case), "Open the next cycle"
    if not case.cycles:
        days = [plan[key] + later for key, later in (("date", FORTNIGHT), ("review_date", timedelta())) if key in plan]
        title, day = "Begin the first cycle", min(days)
    elif held:
        day = held[-1] + FORTNIGHT
    else:
        return
    yield BEGIN_CYCLE, day, title, "", who


def _meetings(case: Case, on: date) -> Iterator[Found]:
    if case.meetings:
        last = case.meetings[-1].data
        if last["date"] > on:
            yield "next-meeting", last["date"], "Meeting", "", str(last["chair"])
        elif planned := last.get("next_meeting"):
            yield "next-meeting", planned, "Meeting", "", str(last["chair"])


def _planned(view: View) -> Iterator[Found]:
    """The days ahead that the plan sets for the year's meetings, beside the next one, which `_meetings` tells."""
    told = {day for _, day, *_ in _meetings(view.case, view.on)}
    who = str(view.case.data("plan").get("coordinator", ""))
    for day in sorted(planned_meetings(view) - told):
        yield f"meeting-{day.isoformat()}", day, "Meeting planned for the year", "", who


def _actions(case: Case) -> Iterator[Found]:
    sources = [(c.file_id(r), r.data.get("actions", ())) for r in case.meetings]
    sources += [(f"{c.file_id(r)}-review", r.data.get("review", {}).get("next_steps", ())) for r in case.cycles]
    sources += [("my-support-plan", case.data("my-support-plan").get("actions", ()))]
    for source, rows in sources:
        for row in rows:
            if not row.get("done"):
                mark = sha256(str(row["what"]).encode()).hexdigest()[:8]
                yield f"action-{source}-{mark}", row["by"], "An agreed action", str(row["what"]), str(row["who"])


def _forms(case: Case) -> Iterator[Found]:
    """Forms that were given out and are to come back."""
    for one in rounds_out(case):
        yield f"forms-{one.form}-{one.due.isoformat()}", one.due, "Forms to come back", one.told, ""


def _three_a_year(view: View) -> Iterator[Found]:
    """The last day on which a meeting with parents keeps to the Code's three a year, when none is planned by then.

    Of this school's meetings: nothing is due before the child is here.
    """
    began, here = support_began(view), view.case.data("pupil").get("admission_date", date.min)
    if began is None or here > view.on:
        return
    file_began = view.case.data("pupil").get("records_from", date.min)  # what was before stands in other papers
    met = family_meetings(view)
    wanted = meetings_a_year(view)
    recent = [day for day in met if day > year_before(view.on)]
    last = max([began, here, file_began, *recent])
    by = year_after(recent[-wanted]) if len(recent) >= wanted else last + FOUR_MONTHS
    day = max(school_day_until(school_of(view.case), by), last)
    if not any(key == "next-meeting" and planned <= by for key, planned, *_ in _meetings(view.case, view.on)):
        so_far = meetings_so_far(view, began)
        if so_far.span.startswith("since"):
            held_by_now = f"{counted_things(so_far.met, 'meeting')} {so_far.span}, {wanted} a year are wanted"
        else:
            held_by_now = f"{len(recent)} of {wanted} meetings {so_far.span}"
        what = f"Meet the parents: {held_by_now} (Code 6.65)"
        yield "three-a-year", day, "Meet the parents (three times a year)", what, ""


def family_meetings(view: View) -> list[date]:
    """The days of the meetings so far at which the family was there, oldest first."""
    return [record.data["date"] for record in held(view) if with_family(view, record.data)]


def _annual(view: View) -> Iterator[Found]:
    pupil = view.case.data("pupil")
    if c.sen_status(pupil, view.on) != "E":
        return
    began = [row["from"] for row in pupil["sen_status"] if row["status"] == "E"][-1]
    reviews = [record.data["date"] for record in held(view) if record.data["type"] == "annual"]
    reviews += [r.data["date"] for r in view.case.by_kind.get("annual-review", ()) if r.data["date"] <= view.on]
    day, what = last_day_in_time(max([began, *reviews])), "Annual review of the EHC plan"
    told = what
    while not reviews and before_the_file(view, day):  # the years before this file are asked for by `check`, once
        day, told = last_day_in_time(year_after(began)), f"{what}: the last one, and its day, are not on file"
        began = year_after(began)
    yield "annual-review", day, what, told if told != what else "", "the authority with the school"


def _education_plan(view: View) -> Iterator[Found]:
    """The next meeting about a looked-after child's personal education plan, which is reviewed every school term.

    Source: Promoting the education of looked-after and previously looked-after children (DfE, 2018), on PEP reviews.
    """
    held, school = view.case.data("pupil").get("looked_after"), school_of(view.case)
    if held is None:
        return
    last = held.get("personal_education_plan")
    terms = sorted(school.get("terms", ()), key=lambda row: row["start"])
    # After a meeting the next term's is due, by its end; where none is written, this term's.
    after = [row["end"] for row in terms if (row["start"] > last if last else row["end"] >= view.on)]
    day = after[0] if after else (last or view.on) + FOUR_MONTHS
    said = f"the last was on {in_words(last)}" if last else "none is written under looked_after"
    who = str(held.get("virtual_school", {}).get("name", ""))
    what = f"Personal education plan (PEP) meeting, every term: {said}"
    yield "education-plan", day, "Review of a personal education plan", what, who if TO_FILL_IN not in who else ""


def _clock(view: View) -> Iterator[Found]:
    clock = clock_of(view)
    for key, day, what, source in answers(view.case, clock, view.on).owed if clock else ():
        yield f"clock-{key}", day, f"The authority owes {what}", f"The authority owes {what} ({source})", "authority"


def _reports(case: Case, pack: Pack, on: date, submission: date | None) -> Iterator[Found]:
    """Evidence that will be older than the authority takes on the planned day of submission."""
    request = case.data("request")
    planned = submission or (request.get("date") if "sent" not in request else None)
    if planned is None:
        return
    for report in reports(case, pack, on):
        if report.date and report.limit and not report.excused:
            expires = months_before(report.date, -report.limit)
            if expires < planned:
                what = (
                    f"{report.title} will be older than {report.limit} months on {in_words(planned)}, "
                    "the planned day of the request: ask for an update"
                )
                yield f"report-{report.id}", expires, "A report grows too old for the request", what, "SENCO"


# -- as tables --------------------------------------------------------------------------------------------------------


def reference(school: str, case: str) -> str:
    """Four signs that stand for a pupil where names must not; the same while school and folder keep their names."""
    return sha256(f"{school}|{case}".encode()).hexdigest()[:4].upper()


def within(rows: Iterable[Due], on: date, weeks: int) -> list[Due]:
    """What is overdue or due within some weeks, the earliest first."""
    return sorted(row for row in rows if row.day <= on + timedelta(weeks=weeks))


def due_table(rows: Sequence[Due], school: str, on: date) -> Table:
    """What is due, with the references that the calendar uses."""
    columns = (
        Column("day", "By", 11, "date"),
        Column("overdue", "Overdue", 9),
        Column("name", "Pupil", 24),
        Column("ref", "Ref.", 6),
        Column("what", "What", 60),
        Column("who", "Who", 34),
        Column("case", "Folder", 18),
    )
    cells = [
        (x.day, "OVERDUE" if x.day < on else "", x.name, reference(school, x.case), x.what, x.who, x.case) for x in rows
    ]
    late = sum(x.day < on for x in rows)
    return Table("Due", columns, cells, (f"{len(rows)} due, {late} of them overdue, as of {short_date(on)}.",))


@dataclass(frozen=True)
class Year:
    """A pupil's meetings with parents: those of this school year, and how many of how many in twelve months."""

    case: str
    name: str
    days: tuple[date, ...]
    recent: int
    wanted: int


def year_of(case: Case, pack: Pack, on: date) -> Year | None:
    """The meetings of a pupil with SEN support or an EHC plan; nothing for others."""
    view = View(case, pack, on)
    if support_began(view) is None:
        return None
    met = family_meetings(view)
    school = school_of(case)
    start = year_start(school, school_year_at(school, on))
    recent = sum(day > year_before(on) for day in met)
    days = tuple(day for day in met if day >= start)
    return Year(case.name, known_as(case.data("pupil")), days, recent, max(THREE, meetings_a_year(view)))


def meetings_table(rows: Iterable[Year]) -> Table:
    """Meetings with parents this school year for each pupil on the register."""
    columns = (
        Column("name", "Pupil", 24),
        Column("recent", "Last 12 months", 9, "number"),
        Column("wanted", "Code asks", 9, "number"),
        Column("days", "This school year", 40),
        Column("case", "Folder", 18),
    )
    ordered = sorted(rows, key=lambda row: (row.recent, row.name.casefold()))
    cells = [(x.name, x.recent, x.wanted, ", ".join(short_date(day) for day in x.days), x.case) for x in ordered]
    return Table("Meetings", columns, cells, ("The Code asks for three meetings with parents a year (6.65).",))


# -- as a calendar ----------------------------------------------------------------------------------------------------


def events(rows: Iterable[Due], school: str, names: bool) -> list[CalendarEntry]:
    """What is due as events of a calendar. Without `names` nothing in them names a pupil or tells what was agreed."""
    return [_event(row, school, names) for row in rows]


def _event(row: Due, school: str, names: bool) -> CalendarEntry:
    uid = sha256(f"{school}|{row.case}|{row.key}".encode()).hexdigest()[:32] + "@sendpack.invalid"
    ref = reference(school, row.case)
    if names:
        return CalendarEntry(uid, row.day, f"SEND: {row.what} – {row.name}", f"Who: {row.who}" if row.who else "")
    return CalendarEntry(
        uid, row.day, f"SEND: {row.title} (pupil {ref})", "Who is meant by the reference: sendpack reviews"
    )
