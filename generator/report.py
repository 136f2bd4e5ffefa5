"""Findings and outcomes as text for a terminal: grouped, most important first."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from generator.build import Outcome
from generator.problems import Problem
from generator.registers import Standing

_GROUPS = {
    "data": "Mend first: nothing is built until this is right",
    "law": "Law",
    "code": "SEND Code of Practice",
    "local": "Local policy: the authority may send it back",
    "quality": "Advice",
}


def findings(problems: Sequence[Problem], title: str) -> Iterator[str]:
    """One pupil's findings under a title, by severity, the gravest first."""
    yield title
    for severity, heading in _GROUPS.items():
        group = sorted(problem for problem in problems if problem.severity == severity)
        if group:
            yield f"  {heading}"
            yield from (f"    {problem}" for problem in group)


def counted(problems: Iterable[Problem]) -> str:
    """`2 errors, 1 law, 4 advice`; `nothing to mend` when there are none."""
    names = {"data": ("error", "errors"), "law": ("law", "law"), "code": ("Code", "Code"), "local": ("local", "local")}
    names["quality"] = ("advice", "advice")
    found = [problem.severity for problem in problems]
    parts = [
        f"{found.count(s)} {one if found.count(s) == 1 else many}" for s, (one, many) in names.items() if s in found
    ]
    return ", ".join(parts) or "nothing to mend"


def outcome_line(outcome: Outcome) -> str:
    """What became of one document, on one line."""
    where = f"{outcome.case}/{outcome.document}" if outcome.document else outcome.case
    pages = f", {outcome.pages} page{'s' * (outcome.pages != 1)}" if outcome.pages else ""
    reason = f" ({outcome.reason})" if outcome.reason else ""
    return f"{outcome.state:<9} {where}{pages}{reason}"


def totals(outcomes: Sequence[Outcome]) -> str:
    """`12 made, 3 unchanged, 1 failed`."""
    states = [outcome.state for outcome in outcomes]
    order = ("made", "unchanged", "kept", "failed")
    return ", ".join(f"{states.count(state)} {state}" for state in order if state in states) or "nothing to make"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(ch) in "WF" else 0 if unicodedata.combining(ch) else 1 for ch in text)


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows as aligned columns, the first row underlined."""
    widths = [max(_width(row[n]) for row in rows) for n in range(len(rows[0]))]
    for number, row in enumerate(rows):
        yield "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        if number == 0:
            yield "  ".join("-" * width for width in widths)


def standings(rows: Sequence[Standing]) -> Iterator[str]:
    """The school's page: one line for each pupil."""
    head = ("Pupil", "Year", "Stage", "Ready", "Next step", "Who", "By")
    lines = [head]
    for row in rows:
        by = f"{row.by.day} {row.by:%b %Y}{' OVERDUE' if row.overdue else ''}" if row.by else ""
        lines.append((row.name, row.year, row.stage, row.ready, shorten(row.next_step), shorten(row.who, 28), by))
    yield from table(lines)


def shorten(text: str, length: int = 48) -> str:
    """The beginning of a text on one line, with … when it goes on."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
