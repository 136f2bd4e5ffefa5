"""Calendars (.ics, RFC 5545) that Outlook, Google and Apple import: written, read back, and brought up to date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from generator.problems import without_steering

PRODUCT = "-//sendpack//reviews//EN"

_LINE = re.compile(r"(?P<name>[A-Z-]+)(?:;[^:]*)?:(?P<value>.*)")
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True)
class CalendarEntry:
    """A whole day in a calendar. The same `uid` means the same event: programs replace it when `sequence` has grown.

    `stamp` is the day on which this version was made.
    """

    uid: str
    day: date
    summary: str
    description: str = ""
    cancelled: bool = False
    sequence: int = 0
    stamp: date = date(2000, 1, 1)


def updated(
    before: Iterable[CalendarEntry], now: Iterable[CalendarEntry], on: date, *, whole: bool = True
) -> list[CalendarEntry]:
    """The events as they are now, so that importing them replaces what was imported before.

    Unchanged ones stay as they were, changed ones get the next sequence number, and those that are no longer wanted
    are cancelled as long as their day has not passed; but only when `now` is the whole calendar.
    """
    known = {event.uid: event for event in before}
    current = {event.uid: _next(known.get(event.uid), event, on) for event in now}
    gone = [event for uid, event in known.items() if uid not in current and event.day >= on]
    if not whole:
        return _in_order([*current.values(), *(event for uid, event in known.items() if uid not in current)])
    cancelled = [e if e.cancelled else replace(e, cancelled=True, sequence=e.sequence + 1, stamp=on) for e in gone]
    return _in_order([*current.values(), *cancelled])


def _in_order(events: Iterable[CalendarEntry]) -> list[CalendarEntry]:
    return sorted(events, key=lambda event: (event.day, event.uid))


def _next(before: CalendarEntry | None, event: CalendarEntry, on: date) -> CalendarEntry:
    if before is None:
        return replace(event, stamp=on)
    same = replace(event, sequence=before.sequence, stamp=before.stamp)
    return before if same == before else replace(event, sequence=before.sequence + 1, stamp=on)


def written(events: Sequence[CalendarEntry], name: str) -> bytes:
    """The calendar as a file: lines end in CR LF and are folded at 75 octets."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{escaped(name)}"]
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line)).encode()


def _event(event: CalendarEntry) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{'-'.join(without_steering(event.uid).split())}"
    yield f"DTSTAMP:{event.stamp:%Y%m%d}T000000Z"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{escaped(event.description)}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield from ("CLASS:PRIVATE", "TRANSP:TRANSPARENT", "END:VEVENT")


def escaped(text: str) -> str:
    """Text as a value: backslash, comma, semicolon and line breaks marked."""
    plain = text.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,")
    return without_steering(r"\n".join(plain.splitlines()))


def unescaped(value: str) -> str:
    """The text of a value."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def folded(line: str) -> Iterator[str]:
    """A line in parts of at most 75 octets, never cut within a character; later parts begin with a space."""
    part = ""
    for sign in line:
        if len((part + sign).encode()) > 75:
            yield part
            part = " "
        part += sign
    yield part


def read_back(content: bytes) -> list[CalendarEntry]:
    """The events of a calendar that we wrote; none when it is of another program or cannot be read."""
    try:
        lines = content.decode("utf-8").replace("\r\n", "\n").replace("\n ", "").split("\n")
    except UnicodeDecodeError:
        return []
    if f"PRODID:{PRODUCT}" not in lines:
        return []
    events: list[CalendarEntry] = []
    values: dict[str, str] = {}
    for line in lines:
        if line == "BEGIN:VEVENT":
            values = {}
        elif line == "END:VEVENT":
            events.append(_from(values))
        elif found := _LINE.fullmatch(line):
            values[found["name"]] = found["value"]
    return events


def _from(values: dict[str, str]) -> CalendarEntry:
    return CalendarEntry(
        values["UID"],
        date.fromisoformat(values["DTSTART"]),
        unescaped(values["SUMMARY"]),
        unescaped(values.get("DESCRIPTION", "")),
        values.get("STATUS") == "CANCELLED",
        int(values.get("SEQUENCE", "0")),
        date.fromisoformat(values["DTSTAMP"][:8]),
    )
