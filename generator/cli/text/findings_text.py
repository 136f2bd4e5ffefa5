"""Findings and outcomes as text for a terminal: grouped, most important first."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.problems import HEADINGS, Problem, counted
from generator.values.parsing import TO_FILL_IN

if TYPE_CHECKING:
    from generator.authorities.local_evidence import Report
    from generator.authorities.readiness import Readiness
    from generator.authorities.requirement import Requirement
    from generator.build.build_documents import Outcome
    from generator.rules import Rule
    from generator.school.next_steps import Standing


_FIRST = 3
"""So many missing papers of a stage are named; a far stage needs many, and the next step is what counts."""


def findings(problems: Sequence[Problem], title: str, *, with_ids: bool = False) -> Iterator[str]:
    """One pupil's findings under a title, by severity, the gravest first; with the name of each rule when wanted."""
    yield f"{title} - {counted(problems)}" if problems else title
    said: set[str] = set()
    for severity, heading in HEADINGS.items():
        group = sorted(problem for problem in problems if problem.severity == severity)
        if group:
            yield f"  {heading}"
            yield from _grouped(group, with_ids, said)


def _grouped(group: Sequence[Problem], with_ids: bool, said: set[str]) -> Iterator[str]:
    """Findings in order of place; those with one advice stand together, and the advice once below them.

    A rewrite is shown once, at the first finding that it would satisfy; `said` holds those shown before.
    """
    alike: dict[tuple[str, str], list[Problem]] = {}
    for number, problem in enumerate(group):
        alike.setdefault((problem.rule, problem.hint) if problem.hint else ("", str(number)), []).append(problem)
    for same in alike.values():
        once = len(same) > 1
        for problem in same:
            yield f"    {_told(replace(problem, hint='') if once else problem, with_ids)}"
            if problem.rewrite and problem.rewrite not in said:
                said.add(problem.rewrite)
                yield f"      could read: {problem.rewrite}"
        if once:
            yield f"      for these {len(same)}: {same[0].hint}"


def _told(problem: Problem, with_ids: bool) -> str:
    """One finding; what is only advice names its source when the rules' names are wanted, else it would drown."""
    if with_ids:
        return f"{problem} <{problem.rule}>"
    return str(replace(problem, source="") if problem.severity == "quality" else problem)


def needed(ready: Readiness, case: str) -> Iterator[str]:
    """What the next stage, should it be wanted, still needs: the first of it, and where the rest is told."""
    titles = [item.title for item in ready.missing]
    if titles:
        more = len(titles) - _FIRST
        rest = f" and {more} more: sendpack check {case} --for {ready.target.id}" if more > 1 else ""
        shown = titles[:_FIRST] if rest else titles
        yield f"  Not there yet for {ready.target.title}: {', '.join(shown)}{rest}"


def matrix(ready: Readiness) -> Iterator[str]:
    """Everything that a stage needs with a mark before it, what answers each criterion, and the age of each report."""
    yield f"{ready}"
    yield from (f"  {'[x]' if item.ready else '[ ]'} {_item(item)}" for item in ready.items if item.counts)
    if ready.usual:
        yield "Usually expected, never required"
        yield from (f"  {'yes' if item.ready else 'no '} {_item(item)}" for item in ready.usual)
    if ready.send:
        yield ready.send
    yield ""
    yield "Evidence for each criterion"
    rows = [("Criterion", "Evidence", "Cycles")]
    rows += [(shorten(c.text, 56), ", ".join(c.evidence) or "-", ", ".join(c.cycles) or "-") for c in ready.criteria]
    yield from table(rows)
    if ready.reports:
        yield ""
        yield "Age of the evidence on the date of the request"
        yield from table([("Evidence", "Months", "Taken up to"), *(_age(report) for report in ready.reports)])


def _item(item: Requirement) -> str:
    hint = f" ({item.hint})" if item.hint and not item.ready else ""
    source = f" [{item.source}]" if item.source and not item.ready else ""
    return f"{item.said}{hint}{source}"


def _age(report: Report) -> tuple[str, str, str]:
    limit = f"{report.limit} months" if report.limit else "no limit known"
    if report.too_old:
        limit += "; TOO OLD"
    elif report.excused:
        limit += "; older is taken, as it confirms a diagnosis"
    return shorten(report.title, 56), "-" if report.months is None else str(report.months), limit


def explained(rule: Rule) -> Iterator[str]:
    """What a rule is, why it matters, and a good and a bad example."""
    heading = f"{rule.id} ({HEADINGS[rule.severity].split(':')[0]})"
    yield from (heading, "", f"Why it matters: {rule.why}", "", f"Good:        {rule.good}", f"Not so good: {rule.bad}")
    yield from ("", f"Source: {rule.source}")
    if rule.severity != "data":
        yield "It never stops a document. It can be set aside with a reason under overrides: in request.yaml."


def outcome_line(outcome: Outcome) -> str:
    """What became of one document, on one line."""
    where = f"{outcome.case}/{outcome.document}" if outcome.document else outcome.case
    pages = f", {outcome.pages} page{'s' * (outcome.pages != 1)}" if outcome.pages else ""
    reason = f" ({outcome.reason})" if outcome.reason else ""
    return f"{outcome.state:<9} {where}{pages}{reason}"


def totals(outcomes: Sequence[Outcome]) -> str:
    """`12 made, 3 unchanged, 1 failed`; documents that are left from before are not counted."""
    states = [outcome.state for outcome in outcomes]
    order = ("made", "unchanged", "kept", "failed")
    return ", ".join(f"{states.count(state)} {state}" for state in order if state in states) or "nothing to make"


def display_width(text: str) -> int:
    """The columns that a text takes up in a terminal."""
    return sum(2 if unicodedata.east_asian_width(ch) in "WF" else 0 if unicodedata.combining(ch) else 1 for ch in text)


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows as aligned columns, the first row underlined."""
    widths = [max(display_width(row[n]) for row in rows) for n in range(len(rows[0]))]
    for number, row in enumerate(rows):
        yield "  ".join(
            cell + " " * (width - display_width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        if number == 0:
            yield "  ".join("-" * width for width in widths)


def standings(rows: Sequence[Standing]) -> Iterator[str]:
    """The school's page: for each pupil where they stand, and below it what comes next, who does it and by when."""
    for row in rows:
        yield f"{row.name} ({row.case}), {row.year}: {', '.join(filter(None, (row.stage, row.ready)))}"
        by = f"By {row.by.day} {row.by:%b %Y}{' OVERDUE' if row.overdue else ''}: " if row.by else ""
        yield f"  {by}{row.next_step}{f' ({row.who})' if row.who and TO_FILL_IN not in row.who else ''}"
        if row.send:
            yield f"  The request: {row.send}"


def shorten(text: str, length: int = 48) -> str:
    """The beginning of a text on one line, with … when it goes on."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
