"""When support takes place, read from the words of `when`, and what that asks of each adult in a week."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from math import ceil

from generator.cases.case import Data
from generator.problems import Problem

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")

_DAY = r"(mon|tue|wed|thu|fri)(?:s|rs|nes|urs)?(?:day)?s?"
_TOKEN = re.compile(
    rf"(?P<range>\b{_DAY}\s*(?:to|-|–)\s*{_DAY}\b)"
    r"|(?P<every>\b(?:every|each) (?:school )?day\b|\bdaily\b)"
    rf"|(?P<day>\b{_DAY}\b)"
    r"|(?P<time>\b(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})\s*(?P<half>[ap]m)?)"
    r"|(?P<period>\b(?:period|lesson)\s*(?P<number>[0-9]{1,2})\b)",
    re.IGNORECASE,
)
_SHORT = {day[:3].lower(): number for number, day in enumerate(DAYS)}


@dataclass(frozen=True, order=True)
class Slot:
    """A day of the week (0 is Monday) and when it begins: minutes since midnight, or the name of a period."""

    day: int
    start: int | str


@dataclass(frozen=True)
class Booking:
    """One pupil's row of provision that an adult gives: where it is written, its figures and the days it runs."""

    case: str
    pupil: str
    path: str
    line: int
    column: int
    title: str
    staff: str
    group_size: int
    minutes: int
    times: Decimal
    when: str
    first: date
    last: date

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Where it stands in the week; empty when `when` does not say it in words that can be read."""
        return slots(self.when, self.times)

    def problem(self, rule: str, message: str, hint: str) -> Problem:
        """A finding at this row."""
        return Problem(self.path, self.line, self.column, "quality", rule, message, hint)


@dataclass(frozen=True)
class Session:
    """What an adult does at one time: the bookings of one pupil, or of all pupils of one group."""

    bookings: tuple[Booking, ...]

    @property
    def weekly(self) -> Decimal:
        """The adult's minutes a week. A group of unknown time with more pupils than it holds is given several times."""
        first = self.bookings[0]
        rounds = 1 if first.slots else ceil(len(self.bookings) / first.group_size)
        return rounds * first.minutes * first.times

    @property
    def name(self) -> str:
        """`Story group (Ada, Ben)`."""
        return f"{self.bookings[0].title} ({', '.join(booking.pupil for booking in self.bookings)})"


def slots(when: str, times: Decimal) -> tuple[Slot, ...]:
    """The places in the week that the words name; empty when they cannot be read with certainty.

    A time without a day is every day when support is given five times a week or more.
    """
    days: list[tuple[int, ...]] = []
    starts: list[int | str] = []
    order = ""
    for found in _TOKEN.finditer(when):
        if found["time"] or found["period"]:
            starts.append(_start(found))
            order += "t"
        else:
            days.append(_days(found))
            order += "d"
    if len(starts) == 1:
        named = [day for group in days for day in group] or (range(5) if times >= 5 else ())
        return tuple(sorted({Slot(day, starts[0]) for day in named}))
    if starts and order in ("dt" * len(starts), "td" * len(starts)):
        pairs = zip(days, starts, strict=True)
        return tuple(sorted({Slot(day, start) for group, start in pairs for day in group}))
    return ()


def _days(found: re.Match[str]) -> tuple[int, ...]:
    if found["every"]:
        return tuple(range(5))
    names = [_SHORT[name.lower()] for name in re.findall(rf"\b{_DAY}", found[0], re.IGNORECASE)]
    return tuple(range(names[0], names[-1] + 1)) if found["range"] else (names[0],)


def _start(found: re.Match[str]) -> int | str:
    if found["period"]:
        return f"period {int(found['number'])}"
    hour = int(found["hour"])
    afternoon = (found["half"] or "").lower() == "pm" or (not found["half"] and hour < 7)
    return (hour + 12 if afternoon and hour < 12 else hour) * 60 + int(found["minute"])


def sessions(bookings: Iterable[Booking]) -> list[Session]:
    """The bookings of one adult as sessions: one-to-one stands alone, pupils of one group come together.

    Pupils are in one group when time in the week and length are the same, or, where no time is known, the title.
    """
    groups: dict[object, list[Booking]] = {}
    for number, booking in enumerate(bookings):
        key: object = number
        if booking.group_size > 1:
            place = booking.slots or booking.title.casefold()
            key = (place, booking.minutes, booking.times, booking.group_size)
        groups.setdefault(key, []).append(booking)
    return [Session(tuple(group)) for group in groups.values()]


def clash(one: Session, other: Session) -> Slot | None:
    """The first place in the week where two sessions of one adult overlap on days on which both run."""
    a, b = one.bookings[0], other.bookings[0]
    if a.last < b.first or b.last < a.first or _alternate(a) or _alternate(b):
        return None
    for x in a.slots:
        for y in b.slots:
            if x.day == y.day and _overlap(x.start, a.minutes, y.start, b.minutes):
                return max(x, y)
    return None


def _alternate(booking: Booking) -> bool:
    """True when it takes place every second week only, so that two may share a time."""
    return booking.times < 1


def _overlap(one: int | str, its_minutes: int, other: int | str, others_minutes: int) -> bool:
    if isinstance(one, int) and isinstance(other, int):
        return one < other + others_minutes and other < one + its_minutes
    return one == other


@dataclass(frozen=True)
class Week:
    """One adult's week on a day: minutes of support planned, hours they have for it, and what does not fit."""

    staff: str
    name: str
    role: str
    minutes: Decimal
    hours_a_week: Decimal | None
    sessions: int
    unread: int
    problems: tuple[Problem, ...]

    @property
    def over(self) -> bool:
        """True when more is planned than there is time for."""
        return self.hours_a_week is not None and self.minutes > self.hours_a_week * 60


def weeks(bookings: Sequence[Booking], school: Data, on: date) -> list[Week]:
    """The week of every adult who gives support, by name; support that has ended before the day does not count."""
    by_staff: dict[str, list[Booking]] = {}
    for booking in bookings:
        if booking.last >= on:
            by_staff.setdefault(booking.staff, []).append(booking)
    people = {row["id"]: row for row in school.get("staff", ())}
    found = [_week(people[staff], rows, on) for staff, rows in by_staff.items() if staff in people]
    return sorted(found, key=lambda week: week.name)


def _week(person: Mapping[str, object], rows: Sequence[Booking], on: date) -> Week:
    given = sessions(rows)
    running = [session for session in given if session.bookings[0].first <= on]
    hours = person.get("hours_a_week")
    week = Week(
        str(person["id"]),
        str(person["name"]),
        str(person["role"]),
        sum((session.weekly for session in running), Decimal(0)),
        Decimal(str(hours)) if hours is not None else None,
        len(running),
        sum(not session.bookings[0].slots for session in running),
        (),
    )
    problems = [*_too_much(week, running), *_double(week.name, given), *_too_many(given)]
    return replace(week, problems=tuple(problems))


def _too_much(week: Week, running: Sequence[Session]) -> Iterator[Problem]:
    if week.over and week.hours_a_week is not None:
        message = (
            f"{week.name} has {hours(week.minutes)} hours of support to give each week, "
            f"but {hours(week.hours_a_week * 60)} hours for it"
        )
        yield running[0].bookings[0].problem("adult-hours", message, "give some of it to someone else, or less of it")


def _double(name: str, given: Sequence[Session]) -> Iterator[Problem]:
    for one, other in combinations(given, 2):
        if slot := clash(one, other):
            message = f"{name} is in two places on {DAYS[slot.day]} {at(slot)}: {one.name} and {other.name}"
            yield other.bookings[0].problem("adult-twice", message, "move one of them, or correct `when`")


def _too_many(given: Sequence[Session]) -> Iterator[Problem]:
    for session in given:
        first = session.bookings[0]
        if first.slots and len(session.bookings) > first.group_size > 1:
            message = f"a group of {first.group_size} has {len(session.bookings)} pupils: {session.name}"
            yield first.problem("group-too-big", message, "correct group_size, which also shares the cost, or `when`")


def at(slot: Slot) -> str:
    """`at 9:05`, `in period 3`."""
    return f"at {slot.start // 60}:{slot.start % 60:02}" if isinstance(slot.start, int) else f"in {slot.start}"


def hours(minutes: Decimal) -> str:
    """Minutes as hours, to two places without needless zeros."""
    text = f"{(minutes / 60).quantize(Decimal('0.01')):f}"
    return text.rstrip("0").rstrip(".")
