"""Dates and sums that cannot be: an end before its beginning, a day still to come, more sessions than there were."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from generator.records.record import Record
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import date as in_words
from generator.values.parsing import Keys

_PAIRS = {
    "pupil": (
        ("previous_settings", "from", "to"),
        ("sen_status", "from", "to"),
        ("attendance", "from", "to"),
        ("agencies", "from", "to"),
        ("reduced_timetable", "from", "review"),
    ),
    "plan": (("", "date", "review_date"), ("parents_informed", "decision_date", "reply_by")),
    "profile": (("", "date", "review_date"),),
    "cycle": (("", "start", "planned_review"), ("plan.provision", "from", "to"), ("", "start", "review.date")),
    "meeting": (("tried", "from", "to"), ("", "date", "next_meeting")),
    "my-support-plan": (("", "date", "review_by"), ("", "initial_date", "date")),
    "behaviour-plan": (("", "date", "review_date"),),
    "request": (("sent", "date", "received"),),
    "school": (("terms", "start", "end"), ("terms", "half_term_start", "half_term_end"), ("closures", "from", "to")),
}
"""Where two dates stand whose order is plain: the rows or the group that holds them, the earlier and the later one."""


@rule(
    id="date-order",
    severity="data",
    source="",
    why="Something that ends before it begins puts wrong spans and ages into every document.",
    good="from: 3 September 2026, to: 13 November 2026",
    bad="from: 3 September 2026, to: 13 November 2025",
)
def date_order(view: View) -> Iterator[Finding]:
    for record in _with_school(view):
        for group, first, last in _PAIRS.get(record.kind, ()):
            for keys, row in _rows(record.data, tuple(group.split(".")) if group else ()):
                early, late = _value(row, first), _value(row, last)
                if isinstance(early, date) and isinstance(late, date) and late < early:
                    yield Finding(
                        record,
                        (*keys, *last.split(".")),
                        f"{_words(last)} {in_words(late)} is before {_words(first)} {in_words(early)}",
                        "look for a mistyped year, or dates the wrong way round",
                    )


def _with_school(view: View) -> tuple[Record, ...]:
    return (*view.case.records, view.case.school) if view.case.school else view.case.records


def _rows(data: Any, group: Keys) -> Iterator[tuple[Keys, Any]]:
    """The mappings under a group of keys, each row of a list on its own, with the keys that lead there."""
    found: list[tuple[Keys, Any]] = [((), data)]
    for key in group:
        found = [((*keys, key), value[key]) for keys, value in found if isinstance(value, dict) and key in value]
    for keys, value in found:
        if isinstance(value, list):
            yield from (((*keys, number), row) for number, row in enumerate(value))
        else:
            yield keys, value


def _value(row: Any, field: str) -> Any:
    for key in field.split("."):
        row = row.get(key) if isinstance(row, dict) else None
    return row


def _words(field: str) -> str:
    return f"`{field.replace('.', ': ')}`"


_PAST = {
    "pupil": (
        "admission_date",
        "attainment.date",
        "tests.date",
        "suspensions.from",
        "agencies.last_report",
        "agencies.assessed",
        "referrals.referred",
        "consents.date",
    ),
    "plan": ("copies.date", "staff_informed.date", "on_information_system", "signatures.date"),
    "cycle": (
        "review.date",
        "do.notes.date",
        "do.shared_with_parents.date",
        "plan.staff_informed",
        "plan.parents_agreed",
        "plan.pupil_agreed",
    ),
    "meeting": ("plan_updated", "copies.date", "actions.done", "on_information_system"),
    "my-support-plan": ("copies.date", "signatures.date", "actions.done"),
    "evidence": ("items.date",),
    "log": ("entries.date",),
    "request": ("consents.date", "declaration.date", "sent.date", "sent.received", "decided_with_family"),
}
"""Dates that tell what has happened, so that they cannot lie ahead."""


@rule(
    id="date-in-future",
    severity="quality",  # a computer with a wrong clock, or a check as of an earlier day, must not stop a build
    source="what is written as done cannot lie ahead of the day of the check",
    why="What is written as done on a day still to come will be read as done.",
    good="review: date: 20 November 2026, written on or after that day",
    bad="review: date: 20 November 2062",
)
def date_in_future(view: View) -> Iterator[Finding]:
    for record in view.case.records:
        for field in _PAST.get(record.kind, ()):
            *group, last = field.split(".")
            for keys, row in _everywhere(record.data, tuple(group)):
                day = row.get(last) if isinstance(row, dict) else None
                if isinstance(day, date) and day > view.on:
                    yield Finding(
                        record,
                        (*keys, last),
                        f"{in_words(day)} is still to come, but this is written as done",
                        "correct the date, or take it out until it has happened",
                    )


def _everywhere(data: Any, group: tuple[str, ...]) -> Iterator[tuple[Keys, Any]]:
    """The mappings under a group of keys, through lists at every step."""
    found: list[tuple[Keys, Any]] = [((), data)]
    for key in group:
        found = [pair for keys, value in found for pair in _rows(value, ()) for pair in _step(keys, pair[1], key)]
    yield from found


def _step(keys: Keys, value: Any, key: str) -> Iterator[tuple[Keys, Any]]:
    if isinstance(value, dict) and key in value:
        yield from (((*keys, key, *more), row) for more, row in _rows(value[key], ()))


@rule(
    id="attendance-sums",
    severity="data",
    source="",
    why="Nobody can attend more sessions than there were.",
    good="attended: 89, possible: 92",
    bad="attended: 98, possible: 92",
)
def attendance_sums(view: View) -> Iterator[Finding]:
    pupil = view.case.one("pupil")
    for number, row in enumerate(pupil.data.get("attendance", ()) if pupil else ()):
        if row["attended"] > row["possible"] and pupil:
            yield Finding(
                pupil,
                ("attendance", number, "attended"),
                f"{row['attended']} sessions attended of {row['possible']} possible",
                "the two numbers may be the wrong way round",
            )


RULES: tuple[Rule, ...] = (
    date_order,
    date_in_future,
    attendance_sums,
)
