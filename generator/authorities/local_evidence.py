"""The evidence that one authority asks for with a request, and how old it may be; attendance and attainment.

All of it is local policy, read from the pack: it is pointed out and never stops a request (s.36(8) is the test).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from generator.authorities.pack import Pack
from generator.authorities.requirement import (
    MANY,
    USUAL,
    Requirement,
    at,
    document_title,
    expects,
    missing_kinds,
    months_before,
    request_date,
    source_of,
    weight_of,
)
from generator.cases.case import Case, Data
from generator.cases.dates.age_and_year import age, school_year
from generator.values.formatting import and_list
from generator.values.formatting import date as in_words

GAP = timedelta(days=60)
"""Two rows of attendance may be this far apart: the summer holiday lies between them."""


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
        weight = weight_of(row)
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
            f"{_wants(pack, weight)}: {row['title']}{limit}; there: {there}",
            **at(case, "evidence", "items"),
            hint=f"put the file into evidence/ and add it to evidence.yaml with kind {kinds}"
            + (f" and “{row['named'][0]}” in its title" if row.get("named") else ""),
            source=f"{pack.data['name']}: {row['source']}" if "source" in row else source_of(pack, "request.evidence"),
            weight=weight,
            parts=tuple(report.id for report in fresh),
        )


def _wants(pack: Pack, weight: str) -> str:
    return f"{pack.data['name']} {'usually expects' if weight == USUAL else 'asks for'}"


def choice_items(case: Case, pack: Pack) -> Iterator[Requirement]:
    """Whether one of several papers is there, where one is enough: a plan or a provision map."""
    documents = {str(row["id"]): row for row in pack.documents}
    for row in pack.data.get("request", {}).get("any_of", ()):
        weight = weight_of(row)
        named = [documents[name] for name in row.get("documents", ()) if name in documents]
        written = [one for one in named if not missing_kinds(case, one)]
        asks = any(key in row for key in ("kinds", "named"))
        held = [item for item in case.data("evidence").get("items", ()) if asks and _fits(row, item)]
        there = [document_title(case, pack, one) for one in written] + [str(item["title"]) for item in held]
        ways = [document_title(case, pack, one) for one in named] + [
            str(kind).replace("_", " ") for kind in row.get("kinds", ())
        ]
        yield Requirement(
            "choice",
            str(row["id"]),
            str(row["title"]),
            bool(there),
            f"{_wants(pack, weight)}: {row['title']}; there: {and_list(there) or 'none of them'}",
            **at(case, "evidence", "items"),
            hint=f"one is enough: {' or '.join(ways)}",
            source=f"{pack.data['name']}: {row['source']}" if "source" in row else source_of(pack, "request.any_of"),
            weight=weight,
            parts=(*(str(one["id"]) for one in written), *(str(item["id"]) for item in held)),
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
