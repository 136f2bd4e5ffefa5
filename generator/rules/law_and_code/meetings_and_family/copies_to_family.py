"""What reaches the family: notes of meetings, the plan. Dates come from the records and from what was given out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.cases.case import Given, file_id
from generator.cases.dates.twelve_months import year_before
from generator.cases.family.family_copies import copy_days, given_out, not_counted, taken_home
from generator.records.record import Record
from generator.rules.law_and_code.meetings_and_family.meetings import RECORD, WEEK, held
from generator.rules.law_and_code.support_and_cycles.support_plan import TOLERANCE, settled
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import date as in_words

SUPPORT_PLAN = "support-plan"
"""The document that is the plan, in every pack."""


@rule(
    id="meeting-copies",
    severity="code",
    source=f"{RECORD}; Devon IAS: meeting notes and updated plan within a week or so",
    why="What was agreed is only agreed once the family can read it.",
    good="date 12 March, copies: to Mrs Brown on 16 March; or her notes given out with sendpack issue that day",
    bad="a meeting of three weeks ago, no copies, and notes given out to the authority alone",
    covers=("S1-21", "S1-3", "S3-1", "C12"),
)
def meeting_copies(view: View) -> Iterator[Finding]:
    for record in held(view):
        sent = notes_home(view, record)
        days = ((sent or view.on) - record.data["date"]).days
        if days <= WEEK.days:
            continue
        message = (
            f"the notes reached the parents {days} days after the meeting"
            if sent
            else (f"{days} days after the meeting nobody at home has its notes")
        )
        hint = "send copies within a week: sendpack issue keeps them, or write to, date and format under copies"
        why = "" if sent else not_counted(view.case, notes_given(view, record))
        yield Finding(record, ("copies",), message, hint + why)


def notes_home(view: View, meeting: Record) -> date | None:
    """The first day on which the notes of a meeting reached the family; nothing while they have not."""
    given = taken_home(view.case, notes_given(view, meeting), meeting.data["date"])
    return min([*copy_days(meeting.data, view.case.data("pupil")), *given], default=None)


def notes_given(view: View, meeting: Record) -> list[Given]:
    """The notes of a meeting that were given out with `sendpack issue`, to anybody, by the day of the check."""
    kinds = [str(row["id"]) for row in view.pack.documents if row.get("each") == "meeting"]
    return [one for one in given_out(view.case, kinds, meeting) if one.date <= view.on]


@rule(
    id="plan-after-meeting",
    severity="quality",
    source="Devon IAS: after the meeting the school plan should be updated",
    why="Staff work from the plan, not from the notes.",
    good="date 12 March, plan_updated: 16 March; or a plan with changes given out with sendpack issue that day",
    bad="a review of last month without plan_updated",
    covers=("S1-21",),
)
def plan_after_meeting(view: View) -> Iterator[Finding]:
    for record in held(view):
        wanted = record.data["type"] in ("review", "annual", "interim", "pcp") and view.case.one("plan")
        late = view.on - record.data["date"] > 2 * WEEK
        if wanted and late and "plan_updated" not in record.data and not _new_plan_given(view, record):
            yield Finding(
                record,
                ("date",),
                "nothing says that the plan was brought up to date after this meeting",
                "add plan_updated: and the day, also when nothing had to change",
            )


def _new_plan_given(view: View, meeting: Record) -> bool:
    """True when a plan other than the one before it was given out after this meeting, and before the next."""
    later = [other.data["date"] for other in held(view) if other.data["date"] > meeting.data["date"]]
    before: list[tuple[str, str]] = []
    for one in given_out(view.case, [SUPPORT_PLAN]):
        says = sorted((name, mark) for name, mark in one.marks.items() if name.startswith(_OF_THE_PLAN))
        due = meeting.data["date"] <= one.date <= min([view.on, *later])
        if due and one.status == "final" and before and says != before:
            return True
        before = says
    return False


_OF_THE_PLAN = ("records/plan.yaml", "records/cycles/")
"""The records that the plan is printed from, as they are named among the files that are kept."""


@rule(
    id="plan-copy",
    severity="code",
    source="SEND Code 6.71; Devon IAS: you should have a copy of the school plan",
    why="Parents cannot take part in a plan that they have not got.",
    good="copies: [{to: Mrs Brown, date: 14 January 2026, format: paper}]; or sendpack issue ... --to “Mrs Brown”",
    bad="a final plan without copies, or a new one of 16 March when the copy at home is of 14 January",
    covers=("S1-3", "C12"),
)
def plan_copy(view: View) -> Iterator[Finding]:
    plan = view.case.one("plan")
    if plan is None or plan.data.get("status") == "draft" or not settled(view, plan.data.get("date")):
        return
    if plan_at_home(view, plan):
        return
    at_home, given = _plan_copies(view, plan)
    message = (
        "nobody at home has a copy of the plan yet"
        if not at_home
        else (f"the copy at home is of {in_words(max(at_home))}, and the plan is of {in_words(plan.data['date'])}")
    )
    hint = "give them one: sendpack issue keeps it, or add copies: to, date, format"
    yield Finding(plan, ("copies",), message, hint + not_counted(view.case, given))


def plan_at_home(view: View, plan: Record) -> bool:
    """True when a copy of the plan as it is dated now has reached the family."""
    dated: date = plan.data["date"]
    return any(day >= dated for day in _plan_copies(view, plan)[0])


def _plan_copies(view: View, plan: Record) -> tuple[list[date], list[Given]]:
    """The days on which a copy of the plan reached the family, and what was given out of it to anybody."""
    given = [one for one in given_out(view.case, [SUPPORT_PLAN]) if one.date <= view.on]
    return [*copy_days(plan.data, view.case.data("pupil")), *taken_home(view.case, given, date.min)], given


def to_send_home(view: View) -> Iterator[tuple[str, date, str, str, str]]:
    """Notes of the last twelve months' meetings, and the plan, that have not reached the family.

    Rows of key, last day, title without names, full text, who.
    """
    for record in held(view):
        day, who = record.data["date"], str(record.data.get("note_taker") or record.data["chair"])
        if day > year_before(view.on) and notes_home(view, record) is None:
            what = f"Give the family the notes of the meeting of {in_words(day)}"
            yield f"notes-{file_id(record)}", day + WEEK, "Notes of a meeting to the family", what, who
    plan = view.case.one("plan")
    if plan and "date" in plan.data and plan.data.get("status") == "final" and not plan_at_home(view, plan):
        day, who = plan.data["date"], str(plan.data.get("coordinator", ""))
        what = f"Give the family the plan of {in_words(day)}"
        yield "plan-copy", day + TOLERANCE, "The plan to the family", what, who


RULES: tuple[Rule, ...] = (meeting_copies, plan_after_meeting, plan_copy)
