"""The term's round: open the next cycle for every pupil where it is due, and say what still needs a human."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from generator.cases import case as c
from generator.cases.case import Case
from generator.cases.family.people import known_as
from generator.folder.create import drafted_record, write_new
from generator.folder.school_folder import Project
from generator.problems import Stop
from generator.records.record import Record, read_record
from generator.values.formatting import date as in_words
from generator.values.not_known import waits_for_an_answer


@dataclass(frozen=True)
class CycleStep:
    """What becomes of one pupil this term: the file of the cycle that is opened, or what a human must do first.

    `carried` are the texts of targets that were not met and go on, to be adapted. All three may be empty: a cycle runs.
    `record` is the cycle that is opened, as its file will be read.
    """

    case: str
    name: str
    opens: bool = False
    file: str = ""
    carried: tuple[str, ...] = ()
    first: str = ""
    record: Record | None = None


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
    """Each pupil's step; where the next cycle is due its file is drafted and, when asked, written.

    Without writing the steps are the same: `case_with` then gives the case as it would be.
    """
    for case in cases:
        step = next_step(case, on)
        if not step.opens:
            yield step
            continue
        try:
            path, text = drafted_record(project, "cycle", case.name, on)
            shown = path.relative_to(project.root).as_posix()
            record, _ = read_record(text.encode(), shown, "cycle", project.schemas)
            if write:
                write_new(path, text, project.root)
        except Stop as stop:
            yield CycleStep(step.case, step.name, first=f"{stop.message} {stop.advice}".strip())
        else:
            carried = _carried(record) if record else ()
            yield CycleStep(step.case, step.name, opens=True, file=shown, carried=carried, record=record)


def case_with(case: Case, step: CycleStep) -> Case:
    """A case as it is once the cycle of its step is opened."""
    return replace(case, records=(*case.records, step.record)) if step.record else case


def _carried(record: Record) -> tuple[str, ...]:
    """The targets of the new cycle that were carried over, as they are written in the file."""
    rows = record.data["plan"]["targets"]
    texts = (" ".join(str(row["text"]).split()) for row in rows if "carried_from" in row)
    return tuple(text.partition(": ")[2] if waits_for_an_answer(text) else text for text in texts)
