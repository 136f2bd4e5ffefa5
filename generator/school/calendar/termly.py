"""The term's round: open the next cycle for every pupil where it is due, and say what still needs a human."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

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
    `record` is the cycle that is opened, as its file will be read. `begun` is the file of a cycle that is open already
    and still to be filled in, as one is that a run opened which was cut off before it could say so.
    """

    case: str
    name: str
    opens: bool = False
    file: str = ""
    carried: tuple[str, ...] = ()
    first: str = ""
    record: Record | None = None
    begun: str = ""


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
        draft = case.cycles[-1] if waiting_places(newest) else None
        return CycleStep(
            case.name,
            name,
            carried=_carried(draft, adapted=False) if draft else (),
            first=overdue if planned < on else "",
            begun=draft.path if draft else "",
        )
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


def waiting_places(data: Any) -> int:
    """How many values of a record still wait for an answer."""
    if isinstance(data, dict | list):
        return sum(map(waiting_places, data.values() if isinstance(data, dict) else data))
    return int(waits_for_an_answer(data))


def _carried(record: Record, *, adapted: bool = True) -> tuple[str, ...]:
    """The targets of the new cycle that were carried over, as they are written in the file.

    Without `adapted` only those that still wait for somebody to adapt them.
    """
    rows = [row for row in record.data["plan"]["targets"] if "carried_from" in row]
    told = (str(row["text"]) for row in rows if adapted or waits_for_an_answer(row["text"]))
    texts = (" ".join(text.split()) for text in told)
    return tuple(text.partition(": ")[2] if waits_for_an_answer(text) else text for text in texts)
