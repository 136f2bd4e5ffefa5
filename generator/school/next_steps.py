"""Whole-school views: findings across pupils, and where each pupil stands with what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from generator.authorities.pack import Pack
from generator.authorities.readiness import readiness
from generator.cases import case as c
from generator.cases.case import Case
from generator.cases.dates.age_and_year import year_label
from generator.cases.dates.request_answers import answers
from generator.cases.family.people import known_as
from generator.cases.vocabulary import SEN_STATUS
from generator.problems import Problem
from generator.rules import View
from generator.rules.law_and_code.meetings_and_family.copies_to_family import to_send_home
from generator.rules.law_and_code.request_and_records import yearly_report
from generator.rules.law_and_code.request_and_records.request_clock import clock_of
from generator.rules.law_and_code.support_and_cycles.support_plan import before_the_file


@dataclass(frozen=True)
class Number:
    """A unique pupil number as it stands in a pupil's file: the folder, the number, and its place."""

    case: str
    upn: str
    path: str
    line: int
    column: int


def number_of(case: Case) -> Number | None:
    """The UPN of a case with its place; nothing when it has none."""
    record, upn = case.one("pupil"), case.data("pupil").get("upn")
    if record is None or not upn:
        return None
    place = record.place("upn")
    return Number(case.name, str(upn), record.path, place.line, place.column)


def same_upn(numbers: Iterable[Number]) -> Iterator[Problem]:
    """A unique pupil number that two pupils share: one of the files is wrong, or a child has two folders."""
    holders: dict[str, Number] = {}
    for number in numbers:
        first = holders.setdefault(number.upn, number)
        if first is not number:
            message = f"this UPN is also in {first.path}"
            hint = "correct one of them; if it is the same child, keep one folder"
            yield Problem(number.path, number.line, number.column, "data", "upn-twice", message, hint)


@dataclass(frozen=True)
class Standing:
    """One pupil's line of the school's page: where they are, what comes next, who does it and by when.

    `send` says how the request is sent while there is one that was not.
    """

    case: str
    name: str
    year: str
    stage: str
    ready: str
    next_step: str
    who: str
    by: date | None
    overdue: bool
    send: str = ""


def standing(case: Case, pack: Pack, on: date) -> Standing:
    """Where a pupil stands on a day."""
    pupil = case.data("pupil")
    stage = readiness(case, pack, on)
    what, who, by = next_step(View(case, pack, on))
    has_ehc_plan = c.sen_status(pupil, on) == "E"  # beyond every rung of the ladder, which leads to the request
    return Standing(
        case.name,
        known_as(pupil),
        year_label(pupil["year_group"]),
        SEN_STATUS["E"] if has_ehc_plan else stage.stage.title if stage.stage else "-",
        "" if has_ehc_plan else f"{stage.ready} of {stage.total} for {stage.target.title}",
        what,
        who,
        by,
        bool(by and by < on),
        stage.send if case.one("request") and not case.data("request").get("sent") else "",
    )


def standing_meanwhile(case: Case, pack: Pack, on: date) -> Standing:
    """Where a pupil stands while some records have errors: what the others say, and nothing from what seems missing.

    A rung of the ladder and “begin the plan” are not told: the plan may be the very file that cannot be read.
    """
    pupil = case.data("pupil")
    view = View(case, pack, on)
    steps = sorted([*_answers_owed(view), *_planned(case)], key=lambda step: step[2])
    what, who, by = steps[0] if steps else ("", "", None)
    stage = SEN_STATUS.get(str(c.sen_status(pupil, on)), "")
    name, year = known_as(pupil), year_label(pupil["year_group"])
    return Standing(case.name, name, year, stage, "", what, who, by, bool(by and by < on))


def next_step(view: View) -> tuple[str, str, date | None]:
    """The earliest thing that is still to be done: what, who, by when; the newest plan speaks where dates are equal.

    What has no day and comes before everything else, as the talk with the parents, goes before what is not due soon.
    """
    case = view.case
    to_send = [(what, who, by) for _, by, _, what, who in to_send_home(view)]
    to_send += [(title, who, by) for _, by, title, _, who in yearly_report.due(view)]
    steps = sorted([*_answers_owed(view), *_steps(case), *to_send], key=lambda step: step[2])
    first = _to_begin_with(view)
    if steps and not (first and steps[0][2] > view.on + FORTNIGHT):
        return steps[0]
    return (first or "Nothing is planned"), "", None


def _to_begin_with(view: View) -> str:
    """What a pupil's support begins with, as far as it is not there yet."""
    case = view.case
    if case.one("plan") is None:
        status = c.sen_status(case.data("pupil"), view.on)
        running = any(
            before_the_file(view, row.get("from", view.on)) for row in case.data("pupil").get("sen_status", ())
        )
        if not (case.meetings or status == "E" or running):  # else support has long begun
            return f"Talk with the parents: sendpack new meeting {case.name} --type early_discussion"
        supported = status in ("K", "E")
        what = "Write the plan" if supported else "Decide whether a plan is needed"
        return f"{what}: sendpack new plan {case.name}"
    return ""


_OWED = {
    "decision": "The authority decides whether to assess (6 weeks)",
    "no-plan": "The authority says so if it issues no plan (16 weeks)",
    "final-plan": "The authority issues the final plan (20 weeks)",
}


def _answers_owed(view: View) -> Iterator[tuple[str, str, date]]:
    """The next answer to a request that the authority owes, if any."""
    clock = clock_of(view)
    for step in answers(view.case, clock, view.on).owed[:1] if clock else ():
        yield _OWED[step.key], "authority", step.due


def _steps(case: Case) -> Iterator[tuple[str, str, date]]:
    yield from _planned(case)
    if case.one("plan") and all(c.is_reviewed(record.data) for record in case.cycles):
        yield _after_the_cycles(case)


def _planned(case: Case) -> Iterator[tuple[str, str, date]]:
    """What the records name with its day: reviews of running cycles, the next meeting, what was agreed at the last."""
    for record in case.cycles:
        if not c.is_reviewed(record.data):
            yield (
                f"Review cycle {record.data['number']}",
                str(record.data["lead_teacher"]),
                record.data["planned_review"],
            )
    if case.meetings:
        last = case.meetings[-1].data
        if meeting := last.get("next_meeting"):
            yield "Next meeting", str(last["chair"]), meeting
        for action in last.get("actions", ()):
            if not action.get("done"):
                yield str(action["what"]), str(action["who"]), action["by"]


FORTNIGHT = timedelta(days=14)


def _after_the_cycles(case: Case) -> tuple[str, str, date]:
    """With no cycle running: begin the first, review the plan, or, when a meeting has done so, open the next cycle."""
    plan = case.data("plan")
    due: date = plan["review_date"]
    who = str(plan.get("coordinator", ""))
    if not case.cycles:
        begun: date = plan["date"]
        return f"Begin the first cycle: sendpack new cycle {case.name}", who, min(begun + FORTNIGHT, due)
    held = [record.data["date"] for record in case.meetings if record.data["date"] >= due - FORTNIGHT]
    if held:
        return f"Open the next cycle: sendpack new cycle {case.name}", who, held[-1] + FORTNIGHT
    return "Review the plan", who, due
