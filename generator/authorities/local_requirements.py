"""What one authority asks for with a request beyond law and Code: evidence and its age, its form, signatures.

All of it is local policy, read from the pack: it is pointed out and never stops a request (s.36(8) is the test).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from generator.authorities.pack import Pack
from generator.authorities.requirement import (
    MANY,
    Requirement,
    at,
    expects,
    known,
    months_before,
    request_date,
    source_of,
)
from generator.cases.case import Case, Data
from generator.cases.dates.age_and_year import age, school_year, speaks_for_themselves
from generator.cases.family.agreement import held
from generator.values.formatting import and_list
from generator.values.formatting import date as in_words
from generator.values.parsing import Unreadable, read_date

GAP = timedelta(days=60)
"""Two rows of attendance may be this far apart: the summer holiday lies between them."""

_DAY_IN_TEXT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[0-9]{1,2} [A-Z][a-z]+ [0-9]{4}")
_PEOPLE = {
    "parent": "a parent",
    "young_person": "the young person",
    "senco": "the SENCO",
    "headteacher": "the headteacher",
}


@dataclass(frozen=True)
class Report:
    """The age of one item of evidence on the date of the request, against the oldest that the authority takes."""

    id: str
    title: str
    kind: str
    date: date | None
    months: int | None
    limit: int | None
    too_old: bool
    excused: bool
    source: str
    number: int


# -- evidence ---------------------------------------------------------------------------------------------------------


def reports(case: Case, pack: Pack, on: date) -> tuple[Report, ...]:
    """The age of every item of evidence on the date of the request, in the order of evidence.yaml."""
    day = request_date(case, on)
    return tuple(_report(pack, day, number, item) for number, item in enumerate(case.data("evidence").get("items", ())))


def _report(pack: Pack, day: date, number: int, item: Data) -> Report:
    rows = [row for row in wanted_evidence(pack) if "max_age_months" in row and _fits(row, item)]
    row = min(rows, key=lambda r: int(r["max_age_months"]), default=None)
    dated, limit = item.get("date"), row["max_age_months"] if row else None
    old = bool(dated and limit and dated < months_before(day, limit))
    excused = old and bool(row and row.get("unless_confirms_diagnosis") and item.get("confirms_diagnosis"))
    months = age(dated, day)[0] * 12 + age(dated, day)[1] if dated and dated <= day else None
    source = f"{pack.data['name']}: {row['source']}" if row and "source" in row else ""
    title, kind = str(item["title"]), str(item["kind"])
    return Report(str(item["id"]), title, kind, dated, months, limit, old and not excused, excused, source, number)


def wanted_evidence(pack: Pack) -> Sequence[Data]:
    """The evidence that the pack names."""
    return tuple(pack.data.get("request", {}).get("evidence", ()))


def _fits(row: Data, item: Data) -> bool:
    named = [str(word).casefold() for word in row.get("named", ())]
    title = str(item["title"]).casefold()
    return item["kind"] in row.get("kinds", (item["kind"],)) and (not named or any(word in title for word in named))


def evidence_items(case: Case, pack: Pack, on: date) -> Iterator[Requirement]:
    """Whether each kind of evidence that the authority asks for is there and fresh enough."""
    ages = {report.id: report for report in reports(case, pack, on)}
    held = case.data("evidence").get("items", ())
    for row in wanted_evidence(pack):
        if not row.get("required", True):
            continue
        fitting = [ages[item["id"]] for item in held if _fits(row, item)]
        fresh = [report for report in fitting if not report.too_old]
        limit = f", not older than {row['max_age_months']} months" if "max_age_months" in row else ""
        kinds = " or ".join(str(kind) for kind in row.get("kinds", ("other",)))
        there = and_list(report.title for report in fresh) or (
            "only older ones" if fitting else "none is in evidence.yaml"
        )
        yield Requirement(
            "evidence",
            str(row["id"]),
            f"{row['title']}{limit}",
            bool(fresh),
            f"{pack.data['name']} asks for: {row['title']}{limit}; there: {there}",
            **at(case, "evidence", "items"),
            hint=f"put the file into evidence/ and add it to evidence.yaml with kind {kinds}"
            + (f" and “{row['named'][0]}” in its title" if row.get("named") else ""),
            source=f"{pack.data['name']}: {row['source']}" if "source" in row else source_of(pack, "request.evidence"),
        )


def attendance_items(case: Case, pack: Pack, on: date) -> Iterator[Requirement]:
    """Whether the rows of attendance reach back as far as the authority asks, or to Reception."""
    months = pack.data.get("request", {}).get("attendance_months")
    if months is None:
        return
    pupil, day = case.data("pupil"), request_date(case, on)
    rows = sorted((r["from"], r["to"]) for r in pupil.get("attendance", ()) if "from" in r and "to" in r)
    since = months_before(day, months)
    if "date_of_birth" in pupil:
        since = max(since, date(school_year(pupil["date_of_birth"]) + 5, 9, 1))
    holes = [(a[1], b[0]) for a, b in pairwise(rows) if b[0] - a[1] > GAP and b[0] > since]
    ready = bool(rows) and rows[0][0] <= since + GAP and rows[-1][1] >= day - GAP and not holes
    reach = f"from {in_words(rows[0][0])} to {in_words(rows[-1][1])}" if rows else "not there"
    gaps = f", with nothing between {in_words(holes[0][0])} and {in_words(holes[0][1])}" if holes else ""
    yield Requirement(
        "attendance",
        "attendance",
        f"Attendance for {months} months",
        ready,
        f"{expects(pack, 'request.attendance_months')} attendance for {months} months; it is {reach}{gaps}",
        **at(case, "pupil", "attendance"),
        hint="add a row for each school year, earlier schools included",
        source=source_of(pack, "request.attendance_months") or MANY,
    )


def attainment_items(case: Case, pack: Pack, on: date) -> Iterator[Requirement]:
    """Whether the newest attainment is as fresh as the authority asks."""
    months = pack.data.get("request", {}).get("attainment_max_age_months")
    if months is None:
        return
    pupil = case.data("pupil")
    dates = [row["date"] for key in ("attainment", "tests") for row in pupil.get(key, ()) if "date" in row]
    newest = max(dates, default=None)
    yield Requirement(
        "attainment",
        "attainment",
        f"Attainment not older than {months} months",
        newest is not None and newest >= months_before(request_date(case, on), months),
        f"{expects(pack, 'request.attainment_max_age_months')} attainment not older than {months} months; "
        + (f"the newest is of {in_words(newest)}" if newest else "none is there"),
        **at(case, "pupil", "attainment"),
        hint="add this term’s assessment",
        source=source_of(pack, "request.attainment_max_age_months") or MANY,
    )


# -- the form ---------------------------------------------------------------------------------------------------------


def word_items(case: Case, pack: Pack) -> Iterator[Requirement]:
    """Whether the answers keep to the authority's limits of words."""
    for field, limit in pack.data.get("request", {}).get("word_limits", {}).items():
        value: Any = case.data("request")
        keys = tuple(str(field).split("."))
        for key in keys:
            value = value.get(key, "") if isinstance(value, dict) else ""
        words = len(str(value).split())
        key = f"request.word_limits.{field}"
        yield Requirement(
            "words",
            str(field),
            f"{keys[-1].replace('_', ' ').capitalize()} in {limit} words",
            words <= limit,
            f"`{field}` has {words} words; the form of {pack.data['name']} takes {limit}",
            **at(case, "request", *keys),
            hint=f"take out {words - limit} words; what is cut can go into another part",
            source=source_of(pack, key),
        )


def decides_for_themselves(case: Case, pack: Pack, on: date) -> bool:
    """Whether the young person gives consent: by the authority's age or year, and always once the law says so."""
    pupil, wanted = case.data("pupil"), pack.data.get("request", {})
    if "date_of_birth" not in pupil:
        return False
    day = request_date(case, on)
    if speaks_for_themselves(pupil, day):
        return True
    if "consent_year" in wanted:
        year = pupil.get("year_group")
        return isinstance(year, int) and year >= wanted["consent_year"]
    return "consent_age" in wanted and age(pupil["date_of_birth"], day)[0] >= wanted["consent_age"]


def _still_holding(case: Case) -> Iterator[Data]:
    """The signatures of the My Support Plan that are for what it says now."""
    for row in held(case, case.one("my-support-plan")):
        yield {"person": row.person, "capacity": row.capacity, "date": row.date, "method": row.method}


def signature_items(case: Case, pack: Pack, on: date) -> Iterator[Requirement]:
    """Whether each person whose signature the authority wants has signed, by hand where it must be."""
    wanted = pack.data.get("request", {})
    request = case.data("request")
    signed = [
        request.get("declaration", {}),
        *request.get("consents", ()),
        *_still_holding(case),
    ]
    own = decides_for_themselves(case, pack, on)
    for name in wanted.get("signatories", ()):
        capacity = "young_person" if name == "parent" and own else str(name)
        rows = [row for row in signed if row.get("capacity") == capacity and "date" in row]
        by_hand = [row for row in rows if not wanted.get("wet_ink") or row.get("method") == "wet_ink"]
        key = "declaration" if capacity in ("headteacher", "senco") else "consents"
        how = " by hand" if wanted.get("wet_ink") else ""
        yield Requirement(
            "signature",
            capacity,
            f"Signed{how} by {_PEOPLE[capacity]}",
            bool(by_hand),
            f"{expects(pack, 'request.signatories')} a signature{how} of {_PEOPLE[capacity]}"
            + ("; it is there" if by_hand else f"; it is not under {key} with its date"),
            **at(case, "request", key),
            hint=f"write person, capacity {capacity}, date and method under {key}",
            source=source_of(pack, "request.signatories") or MANY,
        )


def answer_items(case: Case, pack: Pack, on: date) -> Iterator[Requirement]:
    """Whether the authority's extra questions are answered, and how long ago."""
    for row in pack.data.get("request", {}).get("local", ()):
        if not row.get("required", True):
            continue
        name = str(row["id"])
        kind = "pupil" if name in case.data("pupil").get("local", {}) else "request"
        answer = case.data(kind).get("local", {}).get(name)
        missing = _answer_fault(answer, row.get("max_age_months"), request_date(case, on))
        yield Requirement(
            "answer",
            name,
            str(row["title"]),
            not missing,
            f"{pack.data['name']} asks: {row['title']}; {missing or 'answered'}",
            **at(case, kind, "local", name),
            hint=f"write `{name}: …` under local: in request.yaml",
            source=f"{pack.data['name']}: {row['source']}" if "source" in row else source_of(pack, "request.local"),
        )


def local_answers(case: Case, pack: Pack) -> Iterator[tuple[str, str]]:
    """The authority's own questions with the answers that are there, for the request that goes to it."""
    for row in pack.data.get("request", {}).get("local", ()):
        name = str(row["id"])
        answer = case.data("request").get("local", {}).get(name) or case.data("pupil").get("local", {}).get(name)
        if answer:
            yield str(row["title"]), str(answer)


def _answer_fault(answer: Any, months: int | None, day: date) -> str:
    if not known(answer):
        return "it is not answered"
    if months is None:
        return ""
    given = _day_in(str(answer))
    if given is None:
        return "the answer has no date in it"
    return (
        "" if given >= months_before(day, months) else f"the answer of {in_words(given)} is older than {months} months"
    )


def _day_in(text: str) -> date | None:
    """The newest date written in a text."""
    days = []
    for found in _DAY_IN_TEXT.findall(text):
        try:
            days.append(read_date(found))
        except Unreadable:
            continue
    return max(days, default=None)


def advice_items(case: Case, pack: Pack) -> Iterator[Requirement]:
    """Whether outside advice was acted on and its effect reviewed, where the authority asks for that."""
    if not pack.data.get("request", {}).get("advice_reviewed"):
        return
    agencies = case.data("pupil").get("agencies", ())
    given = [
        (n, m, row) for n, agency in enumerate(agencies) for m, row in enumerate(agency.get("recommendations", ()))
    ]
    open_rows = [(n, m) for n, m, row in given if not (known(row.get("action")) and known(row.get("impact")))]
    keys: tuple[str | int, ...] = (
        ("agencies", open_rows[0][0], "recommendations", open_rows[0][1]) if open_rows else ("agencies",)
    )
    done = len(given) - len(open_rows)
    yield Requirement(
        "advice",
        "advice",
        "Outside advice acted on and reviewed",
        bool(given) and not open_rows,
        f"{expects(pack, 'request.advice_reviewed')} outside advice that was acted on and reviewed; "
        + (f"{done} of {len(given)} recommendations say both" if given else "no recommendation is written down"),
        **at(case, "pupil", *keys),
        hint="say under each recommendation what was done (action) and what it changed (impact)",
        source=source_of(pack, "request.advice_reviewed") or MANY,
    )
