"""What a rule is: a function that looks at one pupil's case and yields findings, with its source and its reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import PurePosixPath

from generator.authorities.pack import Pack
from generator.cases.case import Case
from generator.cases.family.people import first_name
from generator.problems import SEVERITIES, Problem
from generator.records.record import Record


@dataclass(frozen=True)
class View:
    """What a rule looks at: one pupil's case, the pack of the authority, and the day for which we check."""

    case: Case
    pack: Pack
    on: date

    @cached_property
    def first_name(self) -> str:
        """What the child likes to be called; "the pupil" when there is no pupil.yaml."""
        pupil = self.case.one("pupil")
        return first_name(pupil.data) if pupil else "the pupil"

    def path(self, file: str) -> str:
        """The path of a file of this pupil that may not be there: `plan.yaml` → `cases/ada-brown/plan.yaml`."""
        record = self.case.one("pupil")
        folder = PurePosixPath(record.path).parent if record else PurePosixPath("cases") / self.case.name
        return str(folder / file)


@dataclass(frozen=True)
class Finding:
    """One thing a rule found, at the value under `keys` of a record; or, when a file is missing, at the file's path.

    The message is one plain sentence that names the thing; the hint says what to do. `source` only where it differs
    from the rule's own: a local rule names the pack and its page. `rewrite` says what would satisfy the rule: the
    sentence as it could read, with ___ for what nobody has written yet, never an invented fact.
    """

    where: Record | str
    keys: tuple[str | int, ...]
    message: str
    hint: str = ""
    source: str = ""
    rewrite: str = ""


@dataclass(frozen=True)
class Rule:
    """One rule: `look` yields findings; `covers` names the requirements it checks (S0-1 … S4-5, L1 …, C1 …, G1 …).

    `why`, `good` and `bad` are for `sendpack check --explain`.
    """

    id: str
    severity: str
    source: str
    why: str
    good: str
    bad: str
    covers: tuple[str, ...]
    look: Callable[[View], Iterable[Finding]]

    def problems(self, view: View) -> list[Problem]:
        """Every finding of this rule in a case, as problems with their places."""
        return [self._problem(finding) for finding in self.look(view)]

    def _problem(self, found: Finding) -> Problem:
        words = (self.severity, self.id, found.message, found.hint, found.source or self.source, found.rewrite)
        if isinstance(found.where, str):
            return Problem.of_file(found.where, *words)
        return Problem.at(found.where, found.keys, *words)


def rule(
    *, id: str, severity: str, source: str, why: str, good: str, bad: str, covers: tuple[str, ...] = ()
) -> Callable[[Callable[[View], Iterable[Finding]]], Rule]:
    """Make a rule of a function; then put it in its module's RULES and give it a good and a bad file in tests/rules."""
    if severity not in SEVERITIES:
        raise ValueError(f"unknown severity {severity!r}")
    return lambda look: Rule(id, severity, source, why, good, bad, covers, look)
