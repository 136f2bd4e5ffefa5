"""One pupil's records joined by id, and what follows from them: age, year, current cycle, letters, costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from generator.records.record import Record
from generator.values.parsing import has_places_to_fill_in

Data = Mapping[str, Any]

YEAR_GROUPS: tuple[str | int, ...] = ("N1", "N2", "R", *range(1, 15))


@dataclass(frozen=True)
class Given:
    """A version of a document that was given out and is kept; `marks` are the digests of the records behind it."""

    document: str
    kind: str
    date: date
    to: str
    status: str
    marks: Mapping[str, str]


@dataclass(frozen=True)
class Case:
    """One pupil: the folder's name, its records in the order of their file names, the school's own record.

    `given` is what was given out, the oldest first; documents never print it, so that giving one out changes none.
    """

    name: str
    records: tuple[Record, ...]
    school: Record | None = None
    given: tuple[Given, ...] = ()

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[Record, ...]]:
        """The records of each kind."""
        kinds: dict[str, list[Record]] = {}
        for record in self.records:
            kinds.setdefault(record.kind, []).append(record)
        return {kind: tuple(records) for kind, records in kinds.items()}

    def one(self, kind: str) -> Record | None:
        """The record of a kind that has one file, or nothing."""
        records = self.by_kind.get(kind)
        return records[0] if records else None

    def data(self, kind: str) -> Data:
        """The values of that record; an empty mapping when the file is not there."""
        record = self.one(kind)
        return record.data if record else {}

    @cached_property
    def cycles(self) -> tuple[Record, ...]:
        """The cycles, oldest first."""
        rows = self.by_kind.get("cycle", ())
        return tuple(sorted(rows, key=lambda r: (r.data.get("start", date.max), r.data["number"], r.path)))

    @cached_property
    def meetings(self) -> tuple[Record, ...]:
        """The meetings, oldest first."""
        return tuple(sorted(self.by_kind.get("meeting", ()), key=lambda r: (r.data.get("date", date.max), r.path)))


def file_id(record: Record) -> str:
    """The name by which other records cite this file: `2025-autumn` for cycles/2025-autumn.yaml."""
    return PurePosixPath(record.path).stem


def given_by(papers: Iterable[Record]) -> tuple[Given, ...]:
    """What the issued.yaml of each version says was given out, the oldest first."""
    rows = [
        Given(row["document"], row["kind"], row["date"], row["to"], row["status"], row["files"])
        for row in (paper.data for paper in papers)
    ]
    return tuple(sorted(rows, key=lambda row: row.date))


def document_id(kind: str, record: Record | None = None) -> str:
    """The name of a document of a kind: `support-plan`, or of one record of a folder `cycle-2025-autumn`.

    meetings/2026-11-11-early-discussion.yaml gives early-discussion-2026-11-11: nothing is said twice.
    """
    return f"{kind}-{file_id(record).removesuffix('-' + kind)}" if record else kind


# -- identity ---------------------------------------------------------------------------------------------------------


def first_name(pupil: Data) -> str:
    """The name the child likes to be called, else the first forename."""
    return str(pupil.get("preferred_name") or str(pupil["forenames"]).split()[0])


def known_as(pupil: Data) -> str:
    """First name and surname as used at school."""
    return f"{first_name(pupil)} {pupil.get('known_as_surname') or pupil['legal_surname']}"


def full_name(pupil: Data) -> str:
    """All forenames and the legal surname."""
    return f"{pupil['forenames']} {pupil['legal_surname']}"


def names(pupil: Data) -> frozenset[str]:
    """Every full name by which this pupil may appear in a document."""
    surnames = {str(pupil["legal_surname"]), str(pupil.get("known_as_surname") or pupil["legal_surname"])}
    given = {first_name(pupil), str(pupil["forenames"]), str(pupil["forenames"]).split()[0]}
    return frozenset(f"{name} {surname}" for name in given for surname in surnames)


def single_names(pupil: Data) -> frozenset[str]:
    """First names and surnames by which this pupil may be called, each by itself."""
    surnames = {str(pupil["legal_surname"]), str(pupil.get("known_as_surname") or pupil["legal_surname"])}
    return frozenset({first_name(pupil), str(pupil["forenames"]).split()[0], *surnames})


def age(born: date, on: date) -> tuple[int, int]:
    """Whole years and months from birth to a day."""
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    return months // 12, months % 12


def age_text(born: date, on: date) -> str:
    """`9 years 6 months`."""
    years, months = age(born, on)
    return f"{years} year{'s' * (years != 1)} {months} month{'s' * (months != 1)}"


def school_year(on: date) -> int:
    """The calendar year in which the school year of a day began (1 September)."""
    return on.year if on.month >= 9 else on.year - 1


def usual_year_group(born: date, on: date) -> str | int | None:
    """The year group usual in England for a date of birth: Reception in the school year in which a child turns 5."""
    place = school_year(on) - school_year(born) - 5 + YEAR_GROUPS.index("R")
    return YEAR_GROUPS[place] if 0 <= place < len(YEAR_GROUPS) else None


def newest_date(case: Case) -> date:
    """The day of the newest record: what `now` means for a case, the same whenever it is asked."""
    dates = [record.data["date"] for record in case.records if isinstance(record.data.get("date"), date)]
    dates += [record.data["start"] for record in case.cycles if not is_drafted(record)]
    return max(dates, default=date(2000, 1, 1))


def has_begun(case: Case, cycle: Record) -> bool:
    """True when a record bears witness that a cycle began: its own delivery or review, or a record of a later day.

    Today's clock is not asked, so a document reads the same whenever it is made.
    """
    if cycle.data.get("do") or is_reviewed(cycle.data):
        return True
    days = [record.data["date"] for record in case.records if isinstance(record.data.get("date"), date)]
    start: date = cycle.data["start"]
    return start <= max(days, default=date.min)


def year_group_on(case: Case, on: date) -> str | int | None:
    """The year group in which the pupil was taught on a day; pupil.yaml tells that of the newest record's year."""
    place = YEAR_GROUPS.index(case.data("pupil")["year_group"]) + school_year(on) - school_year(newest_date(case))
    return YEAR_GROUPS[place] if 0 <= place < len(YEAR_GROUPS) else None


def year_label(year_group: str | int | None) -> str:
    """`Year 4`, `Reception`, `Nursery 2`."""
    if year_group is None:
        return ""
    return {"R": "Reception", "N1": "Nursery 1", "N2": "Nursery 2"}.get(str(year_group), f"Year {year_group}")


def key_stage(year_group: str | int) -> str:
    """The key stage of a year group: EYFS to Reception, then KS1 (1-2), KS2 (3-6), KS3 (7-9), KS4 (10-11), KS5."""
    if isinstance(year_group, str):
        return "EYFS"
    limits = ((2, "KS1"), (6, "KS2"), (9, "KS3"), (11, "KS4"), (14, "KS5"))
    return next(stage for last, stage in limits if year_group <= last)


def prepares_for_adulthood(pupil: Data) -> bool:
    """True from Year 9 (SEND Regulations 2014 reg 6(1)(g), Code chapter 8)."""
    year = pupil["year_group"]
    return isinstance(year, int) and year >= 9


def speaks_for_themselves(pupil: Data, on: date) -> bool:
    """True for a young person: over compulsory school age, the last Friday in June of the school year they turn 16."""
    leaves = date(school_year(pupil["date_of_birth"]) + 17, 6, 30)
    last_friday = leaves.day - (leaves.weekday() - 4) % 7
    return on > leaves.replace(day=last_friday)


# -- joining ----------------------------------------------------------------------------------------------------------


def by_id(rows: Iterable[Any]) -> dict[str, Any]:
    """Rows of a record by their id."""
    return {row["id"]: row for row in rows}


def is_reviewed(cycle: Data) -> bool:
    """True when the cycle has a dated review."""
    return bool(cycle.get("review", {}).get("date"))


def is_drafted(record: Record) -> bool:
    """True while something in a record is still to be filled in: it is being written, and nobody has agreed it yet."""
    return has_places_to_fill_in(record.data)


def current_cycle(case: Case) -> Record | None:
    """The newest cycle that is not reviewed yet; when all are, the newest. One still being written comes last."""
    written = [cycle for cycle in case.cycles if not is_drafted(cycle)]
    running = [cycle for cycle in written if not is_reviewed(cycle.data)]
    found = running or written or case.cycles
    return found[-1] if found else None


def sen_status(pupil: Data, on: date) -> str:
    """N, K or E on a day, from the history; N before it begins."""
    held = [row for row in pupil.get("sen_status", ()) if row.get("from", date.max) <= on <= row.get("to", date.max)]
    return held[-1]["status"] if held else "N"


def parents(pupil: Data) -> list[Data]:
    """The people with parental responsibility."""
    return [person for person in pupil["people"] if person["parental_responsibility"]]


def addressees(pupil: Data, on: date) -> list[dict[str, str]]:
    """Who a formal letter goes to: each person with parental responsibility who may have copies, or the young person.

    Rows of name, salutation, address and postcode; people at one address get a letter each: each has the right to it.
    """
    home = {"address": str(pupil.get("address", "")), "postcode": str(pupil.get("postcode", ""))}
    if speaks_for_themselves(pupil, on):
        return [{"id": "", "name": known_as(pupil), "salutation": first_name(pupil), **home}]
    return [
        {
            "id": str(p["id"]),
            "name": " ".join(filter(None, (str(p.get("title", "")), str(p["name"])))),
            "salutation": f"{p['title']} {str(p['name']).split()[-1]}" if p.get("title") else str(p["name"]),
            "address": str(p.get("address") or home["address"]),
            "postcode": str(p.get("postcode") or home["postcode"]),
        }
        for p in parents(pupil)
        if p.get("copies", True)
    ]


# -- provision and what it costs --------------------------------------------------------------------------------------


def weekly_minutes(provision: Data) -> Decimal | None:
    """Minutes a week that the pupil gets; nothing when the row does not say how long and how often."""
    if "minutes" in provision and "times_a_week" in provision:
        return Decimal(provision["minutes"]) * Decimal(provision["times_a_week"])
    return None


def hourly_rate(provision: Data, school: Data) -> Decimal | None:
    """Pounds an hour: the row's own rate, else the pay rate of the member of staff's role, else of the role named."""
    if "hourly_rate" in provision:
        return Decimal(provision["hourly_rate"])
    rates = {str(row["role"]).casefold(): Decimal(row["hourly"]) for row in school.get("pay_rates", ())}
    staff = by_id(school.get("staff", ())).get(provision.get("staff", ""))
    role = str(staff["role"] if staff else provision.get("delivered_by", "")).casefold()
    named = [rate for name, rate in rates.items() if role.startswith(name)]
    return rates.get(role, named[0] if named else None)


SHORT_BLOCK = 6
"""Weeks: support planned for no more than half a term is counted once, anything longer as going on all year."""


def weeks_counted(provision: Data, school: Data) -> Decimal:
    """The weeks of a year that are paid for: a block of up to `SHORT_BLOCK` weeks its own, else the school's."""
    planned = provision.get("weeks", SHORT_BLOCK + 1)
    return Decimal(planned if planned <= SHORT_BLOCK else school.get("weeks_a_year", 38))


def yearly_cost(provision: Data, school: Data) -> Decimal | None:
    """Pounds a year, exact: minutes a week shared by the group, at the hourly rate, over the weeks counted.

    Adds the row's own yearly cost. Nothing when there is no figure to reckon with. Round once, when it is shown.
    """
    fixed = Decimal(provision["yearly_cost"]) if "yearly_cost" in provision else None
    minutes, rate = weekly_minutes(provision), hourly_rate(provision, school)
    if minutes is None or rate is None:
        return fixed
    # Divided once and last: a third of an hour kept as 0.333… would lose the halfpenny that decides the rounding.
    pounds = minutes * rate * weeks_counted(provision, school)
    return pounds / (60 * Decimal(provision.get("group_size", 1))) + (fixed or 0)


def percentage(row: Data) -> Decimal:
    """Attendance in percent, to one place."""
    return (Decimal(row["attended"]) * 100 / Decimal(row["possible"])).quantize(Decimal("0.1"))


# -- chronology -------------------------------------------------------------------------------------------------------


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


MEETINGS = {
    "early_discussion": "Early discussion",
    "review": "Review meeting",
    "parents_evening": "Parents' evening",
    "interim": "Interim meeting",
    "annual": "Annual meeting",
    "pcp": "Person-centred planning meeting",
}
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
