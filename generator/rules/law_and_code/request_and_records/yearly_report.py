"""The written report that parents get every year: whether the last one reached them, and when the next is due.

SEND is told in it, but it is due for every registered pupil of a school.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import PurePosixPath

from generator.cases.dates.age_and_year import YEAR_GROUPS, school_year
from generator.cases.dates.half_terms import half_terms
from generator.cases.family.family_copies import copy_days, given_out, taken_home
from generator.rules.law_and_code.support_and_cycles.support_plan import before_the_file, support_began
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import date as in_words

ANNUAL_REPORT = "annual-report"
"""The document, and the kind of its record."""

LAW = "Education (Pupil Information) (England) Regulations 2005, Schedule 1; SEND Code 6.64"


def last_day(view: View, year: int) -> date:
    """The last day of the school year that began in a calendar year: by the school's terms, else 31 July."""
    calendar = half_terms(view.case.school.data) if view.case.school else ()
    ends = [half.end for half in calendar if half.number == 6 and half.end.year == year + 1]
    return max(ends, default=date(year + 1, 7, 31))


def report_home(view: View, year: int) -> bool:
    """True when a report of that school year, or of a later one, has reached the family, or the log says so."""
    since = date(year, 9, 1)
    days = [
        day
        for record in view.case.by_kind.get(ANNUAL_REPORT, ())
        for day in copy_days(record.data, view.case.data("pupil"))
        if day >= since
    ]
    days += [d for d in taken_home(view.case, given_out(view.case, [ANNUAL_REPORT]), since) if d <= view.on]
    logged = (
        row
        for row in view.case.data("log").get("entries", ())
        if since <= row.get("date", date.min) <= view.on and row["kind"] == "contact" and _of_the_year(str(row["what"]))
    )
    return bool(days) or any(logged)


def _of_the_year(what: str) -> bool:
    """True for a line of the log that tells of a report, not of what somebody reported or a service's own report."""
    return any(
        (
            _YEARLY.search(clause)
            or (_REPORT.search(clause) and _WENT.search(clause) and not _FROM_ANOTHER.search(clause))
        )
        and not _OTHER_REPORT.search(clause)
        and not _DID_NOT.search(clause)
        for clause in re.split(r"[.;]\s", what)
    )


_YEARLY = re.compile(
    r"\b(?:(?:annual|yearly|written|"
    r"(?:end[\s-]of[\s-])?(?:the )?(?:school[\s-])?year(?:['’]s)?) reports?|school report)\b"
    r"(?! cards?\b)",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"(?<!\bto )(?<!\bwill )(?<!\bon )\breports?\b(?! (?:back|cards?|that|to us|how)\b)", re.IGNORECASE
)
_WENT = re.compile(
    r"\b(?:sent|given|gave|home|handed|posted|e-?mailed|"
    r"to (?:the |her |his |both )?(?:parents?|mum|dad|mother|father))\b",
    re.IGNORECASE,
)
_DID_NOT = re.compile(
    r"\b(?:not|never|will|asks?|asked|asking|whether|missing|waiting|yet to|to be|"
    r"chased?|promised|no \w*\s?reports?)\b|n['’]t\b",
    re.IGNORECASE,
)
_SERVICE = (
    r"(?:ep|ot|salt|slt|camhs|gp|psycholog\w*|therap\w*|paediatr\w*|doctor\w*|hospital\w*|clinic\w*|medical|specialist\w*|"
    r"consultant\w*|agency|service\w*|social|police|incident\w*|accident\w*|diagnos\w*|assessment\w*|advice)"
)
_OTHER_REPORT = re.compile(
    rf"\b(?:{_SERVICE}(?:['’]s)?(?: worker(?:['’]s)?)?|review|behaviour|daily|weekly) (?:annual |written )?reports?\b",
    re.IGNORECASE,
)
_FROM_ANOTHER = re.compile(rf"\breports? (?:by|from|of) (?:[\w'’]+ ){{0,3}}?{_SERVICE}\b", re.IGNORECASE)
"""A service's word says whose report it is directly before it, or behind by and from: not anywhere in the line."""


def was_here(view: View, year: int) -> bool:
    """True for a pupil of Reception to Year 13 who had support and was at the school for half of that year."""
    pupil, began = view.case.data("pupil"), support_began(view)
    half = last_day(view, year) - timedelta(weeks=20)
    if before_the_file(view, last_day(view, year)):
        return False  # that report is in other papers
    in_school = YEAR_GROUPS.index(pupil.get("year_group", "N1")) >= YEAR_GROUPS.index("R") if pupil else False
    return in_school and began is not None and max(began, pupil.get("admission_date", date.min)) <= half


@rule(
    id="yearly-report",
    severity="law",
    source=LAW,
    why="Every parent gets a written report once a year. For a child with SEND it is where the year’s support is told.",
    good="annual-reports/2026.yaml with copies: to Mrs Ashworth, 10 July 2026",
    bad="October, and no report of the last school year on file",
    covers=("L15", "C11"),
)
def yearly_report(view: View) -> Iterator[Finding]:
    """The report of the last school year reached the parents."""
    year = school_year(view.on) - 1
    if was_here(view, year) and not report_home(view, year):
        since = date(year, 9, 1)
        of_year = [r for r in view.case.by_kind.get(ANNUAL_REPORT, ()) if r.data.get("date", date.min) >= since]
        record = of_year[-1] if of_year else None
        named = f"annual-reports/{year + 1}.yaml"
        where = record or view.path(named)
        file = "/".join(PurePosixPath(record.path).parts[-2:]) if record else named
        message = (
            f"nothing says that the parents have the written report of the year to {in_words(last_day(view, year))}"
        )
        hint = f"add copies: to {file}, or one line to log.yaml (kind: contact) when another program sent it"
        yield Finding(where, ("copies",) if record else (), message, hint)


def due(view: View) -> Iterator[tuple[str, date, str, str, str]]:
    """The report of the school year in course, while it has not gone home: key, day, title, full text, who."""
    year = school_year(view.on)
    if was_here(view, year) and not report_home(view, year):
        teacher = str(view.case.data("pupil").get("class_teacher", ""))
        yield "yearly-report", last_day(view, year), "Written report of the year to the parents", "", teacher


RULES: tuple[Rule, ...] = (yearly_report,)
