"""What the term's round tells: what was opened, what was made, and what needs a human."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from generator.build.build_documents import Outcome
from generator.cases import case as c
from generator.cases.case import Case
from generator.cli.text.findings_text import totals
from generator.folder.school_folder import LoadedCase, Project
from generator.school.calendar.reviews import due
from generator.school.calendar.termly import CycleStep, waiting_places
from generator.values.counts import counted_things
from generator.values.formatting import date as in_words


def report(
    steps: Sequence[CycleStep],
    outcomes: Sequence[Outcome],
    cases: Iterable[Case],
    broken: Sequence[LoadedCase],
    project: Project,
    on: date,
    done: bool = True,
) -> Iterator[str]:
    """One report of the round: what was opened and made, then everything that needs a human, pupil by pupil.

    The same when it is not `done`, but for the documents: what they would say is not known before they are made.
    """
    opened = [step for step in steps if step.file]
    yield f"The term's round of {in_words(on)}"
    yield ""
    cycles = f"{len(opened)} cycle{'s' * (len(opened) != 1)}"
    yield f"{cycles} opened. Documents: {totals(outcomes)}." if done else f"{cycles} would be opened."
    yield from (f"  {step.name}: {step.file}" for step in opened)
    if begun := [step for step in steps if step.begun]:
        yield f"{counted_things(len(begun), 'cycle')} opened before and still to be filled in."
        yield from (f"  {step.name}: {step.begun}" for step in begun)
    needs = dict.fromkeys([*(s.case for s in steps), *(o.case for o in outcomes), *(one.name for one in broken)])
    wanted: dict[str, list[str]] = {name: [] for name in needs}
    for step in steps:
        wanted[step.case] += _of_step(step)
    for outcome in outcomes:
        wanted[outcome.case] += _of_outcome(outcome)
    for case in cases:
        wanted[case.name] += _unfinished(case)
        late = [row for row in due(case, project.pack_of(case), on) if row.day < on]
        # A review that must come before the next cycle has been said already.
        wanted[case.name] += [f"overdue since {in_words(r.day)}: {r.what}" for r in late if "-cycle" not in r.key]
    for one in broken:
        wanted[one.name] += [f"its files have errors, so nothing was made: {p}" for p in one.problems if p.blocks]
    names = {step.case: step.name for step in steps}
    yield ""
    yield "Needs a human" if any(wanted.values()) else "Nothing needs a human."
    for name, lines in wanted.items():
        if lines:
            yield f"  {names.get(name, name)} ({name})"
            yield from (f"    - {line}" for line in dict.fromkeys(lines))


def _of_step(step: CycleStep) -> Iterator[str]:
    if step.first:
        yield step.first
    for text in step.carried:
        yield f"adapt the target that was not met, do not only carry it on: {text}"


def _unfinished(case: Case) -> Iterator[str]:
    """How many places of the newest cycle still wait for an answer."""
    cycle = case.cycles[-1] if case.cycles else None
    marks = waiting_places(cycle.data) if cycle and not c.is_reviewed(cycle.data) else 0
    if cycle and marks:
        are = "places are" if marks > 1 else "place is"
        yield f"{marks} {are} still to be filled in, with the family: {cycle.path}"


def _of_outcome(outcome: Outcome) -> Iterator[str]:
    if outcome.state in ("failed", "kept"):
        yield f"{outcome.title}: {outcome.reason}"
    yield from outcome.warnings
