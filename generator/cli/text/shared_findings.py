"""Findings that many pupils share, told once for all of them: thirteen times the same advice hides the fourteenth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.problems import HEADINGS, Problem
from generator.school.check_school import CheckedPart

OFTEN = 5
"""From so many pupils on a finding is told once for all."""
_NAME = "(name)"


@dataclass(frozen=True)
class SharedFinding:
    """One finding of many pupils: as it is said of the first, and where it stands for each."""

    example: Problem
    places: tuple[str, ...]


def shared_findings(parts: Sequence[CheckedPart]) -> tuple[list[CheckedPart], list[SharedFinding]]:
    """The parts without what many share, and that; what stops a document is always told with its pupil."""
    found: dict[tuple[str, str, str], list[tuple[CheckedPart, Problem]]] = {}
    for part in parts:
        for problem in part.problems:
            if part.name and not problem.blocks:
                found.setdefault(_key(part, problem), []).append((part, problem))
    many = {key: rows for key, rows in found.items() if len({part.name for part, _ in rows}) >= OFTEN}
    rest = [
        replace(part, problems=tuple(p for p in part.problems if p.blocks or _key(part, p) not in many))
        if part.name
        else part
        for part in parts
    ]
    order = list(HEADINGS)
    shared = [_shared(rows) for rows in many.values()]
    return rest, sorted(shared, key=lambda one: (order.index(one.example.severity), -len(one.places)))


def of_rows(rows: Sequence[tuple[str, str, str, Sequence[Problem]]]) -> tuple[list[CheckedPart], list[SharedFinding]]:
    """The same for a table's rows: the pupil's folder, whole name, first name, and what is to be put right."""
    return shared_findings(
        [
            CheckedPart(case, f"{name} ({case})", tuple(problems), first_name=first)
            for case, name, first, problems in rows
        ]
    )


def _key(part: CheckedPart, problem: Problem) -> tuple[str, str, str]:
    """What makes two findings the same: the rule, the advice, and the words but for names and figures."""
    words = "".join("#" if sign.isdigit() else sign for sign in _nameless(part, problem.message))
    while "##" in words or "#, #" in words or "lines # and #" in words:
        words = words.replace("##", "#").replace("#, #", "#").replace("lines # and #", "line #")
    return problem.rule, _nameless(part, problem.hint), words


def _nameless(part: CheckedPart, text: str) -> str:
    return text.replace(part.first_name, _NAME).replace(part.name, _NAME) if part.first_name else text


def _shared(rows: Sequence[tuple[CheckedPart, Problem]]) -> SharedFinding:
    part, problem = rows[0]
    same = len({_nameless(one, other.message) for one, other in rows}) == 1
    message = _nameless(part, problem.message) if same else f"as for {part.first_name}: {problem.message}"
    example = replace(problem, message=message, hint=_nameless(part, problem.hint))
    return SharedFinding(example, tuple(_place(one, other) for one, other in rows))


def _place(part: CheckedPart, problem: Problem) -> str:
    file = problem.path.rpartition("/")[2]
    return f"{part.name}/{file}:{problem.line}" if problem.line else part.name


def shared_text(shared: Sequence[SharedFinding]) -> Iterator[str]:
    """The shared findings, the gravest first, each with its places."""
    if shared:
        yield "The same for many pupils"
    for one in shared:
        problem = one.example
        hint = f" ({problem.hint})" if problem.hint else ""
        source = f" [{problem.source}]" if problem.source and problem.severity != "quality" else ""
        yield f"  {HEADINGS[problem.severity].split(':')[0]}: {problem.message}{hint}{source}"
        yield f"    for these {len(one.places)}: {', '.join(one.places)}"
