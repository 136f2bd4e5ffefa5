"""Whole-school views: findings across pupils, and where each pupil stands with what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from generator.authorities.pack import Pack
from generator.authorities.readiness import readiness
from generator.cases import case as c
from generator.cases.case import Case
from generator.cases.dates.age_and_year import year_label
from generator.cases.family.people import known_as
from generator.cases.vocabulary import SEN_STATUS
from generator.problems import Problem
from generator.rules import View
from generator.rules.law_and_code.support_and_cycles.support_plan import before_the_file
from generator.school.calendar.reviews import BEGIN_CYCLE, FORTNIGHT, Due, first_due, first_written
from generator.values.formatting import date as in_words


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
    if c.has_left(pupil, on):
        left = f"Left on {in_words(pupil['left'])}"
        step = "Nothing is due here: the file goes to the next school"
        return Standing(case.name, known_as(pupil), year_label(pupil["year_group"]), left, "", step, "", None, False)
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
    what, who, by = _said(step) if (step := first_written(case, pack, on)) else ("", "", None)
    stage = SEN_STATUS.get(str(c.sen_status(pupil, on)), "")
    name, year = known_as(pupil), year_label(pupil["year_group"])
    return Standing(case.name, name, year, stage, "", what, who, by, bool(by and by < on))


def next_step(view: View) -> tuple[str, str, date | None]:
    """What is due first of all that `reviews` lists: what, who, by when.

    What has no day and comes before everything else, as the talk with the parents, goes before what is not due soon,
    and before what seems missed only because the file has just begun.
    """
    first, look = _to_begin_with(view), (view.case, view.pack, view.on)
    step = first_written(*look) if first else first_due(*look)
    if step and not (first and step.day > view.on + FORTNIGHT):
        return _said(step)
    return (first or "Nothing is planned"), "", None


def _said(step: Due) -> tuple[str, str, date | None]:
    what = f"{step.what}: sendpack new cycle {step.case}" if step.key == BEGIN_CYCLE else step.what
    return _OWED.get(step.key, what), step.who, step.day


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
    "clock-decision": "The authority decides whether to assess (6 weeks)",
    "clock-no-plan": "The authority says so if it issues no plan (16 weeks)",
    "clock-final-plan": "The authority issues the final plan (20 weeks)",
}
