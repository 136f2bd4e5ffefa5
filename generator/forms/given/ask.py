"""Forms made for those who are asked: a Word file and a PDF for each, and the record that it was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from generator.cases.case import Case, Data
from generator.cases.dates.proposed_days import school_day_until
from generator.documents.languages.translate import Interpreter
from generator.engines import Docx, Engine, Failure
from generator.files.atomic_files import must_be_writable, write_file
from generator.folder.school_folder import Project
from generator.forms.given.asked_record import new_asked_file, waiting
from generator.forms.given.blank_form import blank_paper
from generator.forms.given.form_on_paper import FormToGive, form_to_give
from generator.forms.given.form_with_fields import NoFields, form_with_fields
from generator.forms.given.question_list import QuestionForm, question_forms
from generator.forms.given.reference import new_reference
from generator.forms.given.whom_to_ask import PersonAsked, support_by
from generator.problems import WrongUse
from generator.values.formatting import date as in_words

DAYS_TO_ANSWER = 7
"""Days that people have, where no day is named and no meeting is near."""


@dataclass(frozen=True)
class Asking:
    """One form for one person, before it is written: its reference, the papers by language ("" is English)."""

    person: PersonAsked
    form: QuestionForm
    reference: str
    due: date
    meeting: date | None
    papers: dict[str, FormToGive]
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class AskedForm:
    """One form that was made: for whom, the files to give out, the record, what is to be known."""

    person: PersonAsked
    reference: str
    files: tuple[Path, ...]
    record: str
    said: tuple[str, ...] = field(default=())


def day_due(on: date, meeting: date | None, school: Data) -> date:
    """By when a form should be back: three days before the meeting, or in a week; a day on which school is open."""
    before = school_day_until(school, meeting - timedelta(days=3)) if meeting else on
    return before if before > on + timedelta(days=1) else school_day_until(school, on + timedelta(days=DAYS_TO_ANSWER))


def meeting_ahead(case: Case, on: date) -> date | None:
    """The next meeting, where the records set one that is still to come."""
    day = case.meetings[-1].data.get("next_meeting") if case.meetings else None
    return day if isinstance(day, date) and day >= on else None


def prepare(
    project: Project,
    case: Case,
    form_id: str,
    people: Sequence[PersonAsked],
    on: date,
    due: date | None = None,
    meeting: date | None = None,
) -> list[Asking]:
    """The form for each person in English, and in their language where there is one. Raises WrongUse without a day."""
    form = question_forms()[form_id]
    meeting = meeting or meeting_ahead(case, on)
    if form.by in ("parent", "pupil") and meeting is None:
        raise WrongUse(
            "These views are asked for before a meeting, and no meeting is ahead.",
            "Say its day with --meeting 8/12/2026, or write next_meeting into the newest meeting.",
        )
    interpreter = Interpreter(project)
    back_by = due or day_due(on, meeting, case.school.data if case.school else {})
    return [_one(project, case, form, person, interpreter, back_by, meeting) for person in people]


def _one(
    project: Project,
    case: Case,
    form: QuestionForm,
    person: PersonAsked,
    interpreter: Interpreter,
    due: date,
    meeting: date | None,
) -> Asking:
    reference = new_reference()
    ask: dict[str, Any] = {"to": person.name, "role": person.role, "due": in_words(due)}
    ask |= {"meeting": in_words(meeting)} if meeting else {}
    ask |= {"support": support_by(case, person.name)} if form.id == "ta" else {}
    blank = blank_paper(project, case, form, interpreter, ask, meeting, large=person.large)
    assert blank is not None
    papers = {"": form_to_give(blank, form, reference)}
    said = ["in large print, as their record asks"] if person.large else []
    if person.language:
        other = blank_paper(project, case, form, interpreter, ask, meeting, person.language, person.large)
        if other is not None:
            papers[person.language] = form_to_give(other, form, reference, papers[""])
        else:
            said.append(f"it is not finished in {person.language}: only the English one was made")
    before = waiting(case, form.id, person.person or person.agency, person.name)
    if before is not None and before.data.get("asked_on"):
        said.append(f"was asked on {in_words(before.data['asked_on'])} too, and that form is not back")
    return Asking(person, form, reference, due, meeting, papers, tuple(said))


def log_asked(case: Case, askings: Sequence[Asking]) -> Asking:
    """The log of sessions of several adults as one asking, for a workbook with a sheet for each."""
    first = askings[0]
    names = ", ".join(one.person.name for one in askings)
    return replace(first, person=PersonAsked(names[:300], "a sheet for each"), reference=new_reference())


def sheets_of_log(case: Case, askings: Sequence[Asking]) -> dict[str, list[str]]:
    """The adults of a log of sessions, each with the support that they give."""
    return {one.person.name: support_by(case, one.person.name) for one in askings}


def keep_workbook(
    project: Project, case: Case, log: Asking, content: bytes, texts: Sequence[str], on: date
) -> AskedForm:
    """Write the workbook of a log beside the other forms, and that it was asked."""
    file = project.root / "output" / case.name / "ask" / f"{log.form.id}-{log.reference}.xlsx"
    write_file(file, content)
    record = new_asked_file(project, case.name, {**_record(log, on), "printed": list(texts)}, on, "workbook")
    return AskedForm(log.person, log.reference, (file,), record)


def give_forms(
    project: Project, case: Case, askings: Sequence[Asking], engine: Engine | None, on: date
) -> list[AskedForm]:
    """Write every form into output/<pupil>/ask/ under names that tell no child, and what was asked into asked/."""
    folder = project.root / "output" / case.name / "ask"
    must_be_writable(folder)
    drawn = _drawn(askings, engine)
    made = []
    for asking in askings:
        files, said = [], list(asking.said)
        for language, paper in asking.papers.items():
            stem = "-".join(filter(None, (asking.form.id, asking.reference, language)))
            write_file(folder / f"{stem}.docx", paper.screen)
            files.append(folder / f"{stem}.docx")
            pdf = drawn.get(stem)
            if isinstance(pdf, bytes):
                write_file(folder / f"{stem}.pdf", pdf)
                files.append(folder / f"{stem}.pdf")
            elif pdf is not None:
                said.append(pdf)
        record = new_asked_file(project, case.name, _record(asking, on), on, asking.person.name)
        made.append(AskedForm(asking.person, asking.reference, tuple(files), record, tuple(said)))
    return made


def _drawn(askings: Sequence[Asking], engine: Engine | None) -> dict[str, bytes | str]:
    """The PDF of each paper with its fields, or why there is none."""
    papers = {
        "-".join(filter(None, (one.form.id, one.reference, language))): (one, paper)
        for one in askings
        for language, paper in one.papers.items()
    }
    if engine is None or not papers:
        return {}
    results = engine.convert([Docx(name, paper.paper) for name, (_, paper) in papers.items()])
    found: dict[str, bytes | str] = {}
    for (name, (one, paper)), result in zip(papers.items(), results, strict=True):
        if isinstance(result, Failure):
            found[name] = f"the PDF could not be made: {result.reason}"
            continue
        try:
            found[name] = form_with_fields(result.content, paper.places, one.form, one.reference, one.person.large)
        except NoFields:
            # To print and write on by hand it is as good; on a screen the Word file is there.
            found[name] = result.content
    return found


def _record(asking: Asking, on: date) -> dict[str, Any]:
    person = asking.person
    said: dict[str, Any] = {"form": asking.form.id, "reference": asking.reference, "asked_on": str(in_words(on))}
    said |= {"to": person.name}
    said |= {"role": person.role} if person.role else {}
    said |= {"person": person.person} if person.person else {}
    said |= {"agency": person.agency} if person.agency else {}
    said |= {"due": str(in_words(asking.due))}
    said |= {"meeting": str(in_words(asking.meeting))} if asking.meeting else {}
    other = next((code for code in asking.papers if code), "")
    said |= {"language": other} if other else {}
    said |= {"printed": list(asking.papers[""].texts)}
    return said | ({"printed_in": list(asking.papers[other].texts)} if other else {})
