"""What was tried, when, and what difference it made: each event once, on the day on which it was so (Code 6.75)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from generator.cases.case import Case, Data, file_id, has_begun, is_reviewed, newest_date
from generator.cases.classes import school_of
from generator.cases.dates.age_and_year import speaks_for_themselves
from generator.cases.family.people import first_name, who_decides
from generator.cases.vocabulary import MEETINGS
from generator.records.record import Record


@dataclass(frozen=True, order=True)
class Event:
    """One line of the chronology: when, what, what difference it made, the record it comes from, who may know it.

    `about` are the words of a service by which an entry of the log is known to be about it.
    """

    date: date
    what: str
    difference: str = ""
    kind: str = ""
    source: str = ""
    who: str = ""
    audience: tuple[str, ...] = ()
    about: str = ""


Words = Callable[[str, str], str]
"""Puts two sentences into one."""

_RESULT = {"met": "met", "partly": "partly met", "not_met": "not met"}


def chronology(case: Case) -> list[Event]:
    """What was tried, when, and what difference it made, oldest first.

    What two records tell of one day is one line: a review and its meeting, a referral and its entry in the log.
    """
    case = case.without_begun()
    told = [*_pupil_events(case), *_plan_events(case), *_cycle_events(case), *_log_events(case)]
    days: dict[date, list[Event]] = {}
    for event in told:
        days.setdefault(event.date, []).append(event)
    general = _GENERAL | _stems(str(school_of(case).get("authority_name", "")))
    once = (event for events in days.values() for event in _once(events, general))
    return sorted(once, key=lambda event: (event.date, _WITHIN_A_DAY.get(event.kind, 1), event))


_WITHIN_A_DAY = {"school": 0, "cycle": 2}
"""A child comes to the school before anything else happens there; a cycle begins after what it was decided by."""


# -- what each record tells -------------------------------------------------------------------------------------------


def _pupil_events(case: Case) -> Iterator[Event]:
    pupil, source = case.data("pupil"), "pupil.yaml"
    if joined := pupil.get("admission_date"):
        yield Event(joined, "Joined the school", kind="school", source=source)
    yield from _status_events(pupil.get("sen_status", ()))
    for row in pupil.get("agencies", ()):
        yield from _agency_events(row)
    for row in pupil.get("suspensions", ()):
        yield Event(row["from"], f"Suspension, {row['sessions']} sessions", str(row["reason"]), "suspension", source)
    for row in pupil.get("referrals", ()):
        yield Event(row["referred"], f"Referred to {row['service']}", str(row.get("note", "")), "referral", source)


def _status_events(rows: Sequence[Data]) -> Iterator[Event]:
    """Each change of status; that a pupil had none when the record begins is no event, whatever came later."""
    before: Data = {"status": "N"}
    for row in rows:
        if what := _status_change(before, row):
            who = str(row.get("decided_by", ""))
            yield Event(row["from"], what, str(row.get("reason", "")), "status", "pupil.yaml", who)
        before = row


def _status_change(before: Data, row: Data) -> str:
    was, now = before["status"], row["status"]
    if was == now == "N":
        return ""
    goes_on = was == now and "to" in before and row["from"] - before["to"] <= timedelta(days=1)
    if now == "N":
        return "EHC plan ended" if was == "E" else "SEN support ended"
    if now == "E":
        return "EHC plan went on" if goes_on else "EHC plan began"
    if was == "E":
        return "EHC plan ended; SEN support goes on"
    return "SEN support went on" if goes_on else "SEN support began"


def _agency_events(row: Data) -> Iterator[Event]:
    """That a service came in, on its day; and what it found, on the day of its newest report."""
    if "from" in row:
        yield Event(
            row["from"], f"{row['service']} became involved", kind="service", source="pupil.yaml", about=_matter(row)
        )
    day = row.get("last_report") or row.get("assessed")
    if day and row.get("summary"):
        what = f"{row['service']}: {'report' if 'last_report' in row else 'assessment'}"
        yield Event(day, what, str(row["summary"]), "report", "pupil.yaml", about=_matter(row))


def _matter(row: Data) -> str:
    return f"{row['service']} {row.get('role', '')}"


def _plan_events(case: Case) -> Iterator[Event]:
    plan = case.data("plan")
    if letter := plan.get("parents_informed"):
        pupil = case.data("pupil")
        young = "date_of_birth" in pupil and speaks_for_themselves(pupil, letter["letter_date"])
        told = first_name(pupil) if young else who_decides(pupil).capitalize()
        what = f"{told} formally told that special educational provision is being made"
        yield Event(letter["letter_date"], what, kind="letter", source="plan.yaml")
    for meeting in case.meetings:
        title = _meeting_title(meeting.data)
        decided = " ".join(str(line) for line in meeting.data.get("decisions", ()))
        readers = tuple(meeting.data.get("audience", ()))
        yield Event(meeting.data["date"], title, decided, "meeting", file_id(meeting), audience=readers)
    if support_plan := case.data("my-support-plan"):
        day = support_plan.get("initial_date", support_plan["date"])
        yield Event(day, "My Support Plan made", kind="plan", source="my-support-plan.yaml")


_SAYS_MEETING = re.compile(
    r"\b(meet(ing|s)?|met|review\w*|discuss\w*|talks?|spoke|conversations?|conference|evening|planning|pcp|"
    r"calls?|phoned|catch[- ]?up|consult\w*|visit(s|ed)?)\b",
    re.I,
)


def _meeting_title(meeting: Data) -> str:
    """What a meeting is called; what kind of one it was where its own title does not say that people met."""
    kind, title = MEETINGS[meeting["type"]], str(meeting.get("title") or "")
    return f"{kind}: {title}" if title and not _SAYS_MEETING.search(title) else title or kind


def _cycle_events(case: Case) -> Iterator[Event]:
    for record in case.cycles:
        cycle = record.data
        begun = has_begun(case, record)
        rows = cycle["plan"]["provision"]
        first = [row for row in rows if row.get("from", cycle["start"]) <= cycle["start"]]
        offered = "; ".join(str(row["title"]) for row in first)
        told = (
            f"Cycle {cycle['number']} {'began' if begun else 'is planned to begin'}{': ' if offered else ''}{offered}"
        )
        yield Event(cycle["start"], told, kind="cycle", source=file_id(record))
        yield from _later_support(case, record, begun)
        if is_reviewed(cycle):
            what = f"Cycle {cycle['number']} reviewed"
            yield Event(cycle["review"]["date"], what, _results(cycle), "review", file_id(record))


def _later_support(case: Case, record: Record, begun: bool) -> Iterator[Event]:
    """Support of a cycle that began after its first day, each on the day on which it did."""
    cycle, newest = record.data, newest_date(case)
    days: dict[date, list[str]] = {}
    for row in cycle["plan"]["provision"]:
        if (day := row.get("from", cycle["start"])) > cycle["start"]:
            days.setdefault(day, []).append(str(row["title"]))
    for day, titles in sorted(days.items()):
        began = "Began" if begun and day <= newest else "Planned to begin"
        what = f"{began} in cycle {cycle['number']}: {'; '.join(titles)}"
        yield Event(day, what, kind="cycle", source=file_id(record))


def _results(cycle: Data) -> str:
    """`2 targets met, 1 partly met`, with the figures where there are any."""
    results = [row["status"] for row in cycle["review"]["targets"]]
    counted = [f"{results.count(status)} {words}" for status, words in _RESULT.items() if status in results]
    return f"Targets: {', '.join(counted)}" if counted else ""


def _log_events(case: Case) -> Iterator[Event]:
    for row in case.data("log").get("entries", ()):
        made = str(row.get("difference", ""))
        readers = tuple(row.get("audience", ()))
        yield Event(
            row["date"], str(row["what"]), made, f"log-{row['kind']}", "log.yaml", str(row.get("who", "")), readers
        )


# -- one event, one line ----------------------------------------------------------------------------------------------


def _once(events: Sequence[Event], general: frozenset[str]) -> list[Event]:
    """The events of one day, those that tell the same as one."""
    found = list(dict.fromkeys(events))
    found = _log_tells_it(found, {"log-referral"}, ("service", "referral"), general)
    found = _log_tells_it(found, {"log-contact", "log-other"}, ("report",), general)
    found = _letter_once(found)
    found = _joined(found, "log-incident", "suspension", lambda told, suspended: f"{told}. {suspended}")
    found = _joined(found, "meeting", "review", lambda met, review: f"{met}: {review[0].lower()}{review[1:]}")
    found = _joined(found, "meeting", "status", lambda met, status: f"{met}. {status}")
    return _joined(found, "meeting", "log-decision", lambda met, decided: f"{met}. {decided}")


def _log_tells_it(
    events: list[Event], logs: set[str], derived: tuple[str, ...], general: frozenset[str]
) -> list[Event]:
    """An entry of the log that tells what another record gives too stays, with what only the other one says."""
    for entry in [event for event in events if event.kind in logs]:
        others = [e for e in events if e.kind in derived and e.audience == entry.audience]
        alone = len(others) == 1 and entry.kind == "log-referral" and sum(e.kind in logs for e in events) == 1
        same = others if alone else [e for e in others if _same_matter(entry, e, general)]
        if same:
            added = " ".join(dict.fromkeys(e.difference for e in same if e.difference))
            events = [e for e in events if e not in same]
            events[events.index(entry)] = replace(entry, difference=entry.difference or added)
    return events


def _letter_once(events: list[Event]) -> list[Event]:
    letters = [e for e in events if e.kind == "letter"]
    entries = [e for e in events if e.kind.startswith("log-") and re.search(r"\bletter\b", e.what, re.IGNORECASE)]
    return [e for e in events if not entries or e not in letters or e.audience != entries[0].audience]


def _joined(events: list[Event], first: str, second: str, words: Words) -> list[Event]:
    """The first two of some kinds as one event, where the same people may know of both."""
    for one in [event for event in events if event.kind == first]:
        other = next((e for e in events if e.kind == second and e.audience == one.audience), None)
        if other is not None:
            # What was decided stands in the log's own words already; why somebody was suspended is no difference made.
            kept = {"log-decision": [other.difference], "suspension": [one.difference or other.difference]}
            told = kept.get(second, [one.difference, other.difference])
            made = replace(
                one,
                what=words(one.what.rstrip("."), other.what),
                difference=" ".join(filter(None, told)),
                who=other.who or one.who,
            )
            events = [made if e is one else e for e in events if e is not other]
    return events


_GENERAL = frozenset(
    {"servic", "childr", "school", "author", "counci", "hospit", "clinic", "suppor", "centre", "teache", "local"}
)
"""Beginnings of words that many services have, and that tell none from another."""


def _stems(text: str) -> frozenset[str]:
    """The first six letters of the longer words: `occupational` and `occupations` alike."""
    return frozenset(word[:6] for word in re.findall(r"[^\W\d_]{5,}", text.casefold()))


def _same_matter(entry: Event, event: Event, general: Iterable[str]) -> bool:
    said = _stems(f"{entry.what} {entry.who}")
    return bool(
        said & (_stems(f"{event.what} {event.about}") - set(general) - _stems("became involved report referred"))
    )
