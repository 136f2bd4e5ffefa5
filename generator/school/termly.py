"""The term's round: open the next cycle for every pupil where it is due, and say what still needs a human."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from generator.cases import case as c
from generator.cases.case import Case
from generator.cases.people import known_as
from generator.folder.create import new_record
from generator.folder.load_case import load_case
from generator.folder.school_folder import Project
from generator.problems import Stop
from generator.values.formatting import date as in_words
from generator.values.not_known import waits_for_an_answer


@dataclass(frozen=True)
class CycleStep:
    """What becomes of one pupil this term: the file of the cycle that is opened, or what a human must do first.

    `carried` are the texts of targets that were not met and go on, to be adapted. All three may be empty: a cycle runs.
    """

    case: str
    name: str
    opens: bool = False
    file: str = ""
    carried: tuple[str, ...] = ()
    first: str = ""


def next_step(case: Case, on: date) -> CycleStep:
    """What is due for one pupil: nothing, the next cycle, or something before it can be opened."""
    name, pupil = known_as(case.data("pupil")), case.data("pupil")
    if c.sen_status(pupil, on) not in ("K", "E"):
        return CycleStep(case.name, name)
    if not case.data("plan").get("outcomes"):
        return CycleStep(case.name, name, first=f"has no plan yet: sendpack new plan {case.name}")
    if not case.cycles:
        return CycleStep(case.name, name, opens=True)
    newest = case.cycles[-1].data
    if not c.is_reviewed(newest):
        planned = newest["planned_review"]
        overdue = f"review cycle {newest['number']} first; it was planned for {in_words(planned)}"
        return CycleStep(case.name, name, first=overdue if planned < on else "")
    return CycleStep(case.name, name, opens=True)


def open_cycles(project: Project, cases: Iterable[Case], on: date, *, write: bool) -> Iterator[CycleStep]:
    """Each pupil's step; where the next cycle is due its file is written, when asked. Nothing there is overwritten."""
    for case in cases:
        step = next_step(case, on)
        if not step.opens or not write:
            yield step
            continue
        try:
            [file] = new_record(project, "cycle", case.name, on)
        except Stop as stop:
            yield CycleStep(step.case, step.name, first=f"{stop.message} {stop.advice}".strip())
        else:
            yield CycleStep(step.case, step.name, opens=True, file=file, carried=_carried(project, case.name))


def _carried(project: Project, name: str) -> tuple[str, ...]:
    """The targets of the new cycle that were carried over, as they are written in the file."""
    case = load_case(project, name).case
    if case is None or not case.cycles:
        return ()
    rows = case.cycles[-1].data["plan"]["targets"]
    texts = (" ".join(str(row["text"]).split()) for row in rows if "carried_from" in row)
    return tuple(text.partition(": ")[2] if waits_for_an_answer(text) else text for text in texts)
