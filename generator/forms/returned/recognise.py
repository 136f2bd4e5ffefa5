"""Whose form a returned file is, and which: by the reference on it, else by the name and questions printed on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.cases import case as c
from generator.cases.case import Case
from generator.cases.family.people import first_name, known_as
from generator.documents.languages.language import languages
from generator.documents.languages.translate import Interpreter
from generator.folder.load_case import load_case
from generator.folder.pupil_names import names_in_school
from generator.folder.school_folder import Project
from generator.forms.answer_places.place import FormRefused
from generator.forms.given.blank_form import blank_paper
from generator.forms.given.printed_lines import PrintedLine, comparable_line, in_other_words, printed_lines
from generator.forms.given.question_list import QuestionForm, earlier_versions, question_forms
from generator.forms.given.reference import is_reference, references_in
from generator.forms.returned.lines.align_lines import aligned, coverage
from generator.forms.returned.lines.returned_line import ReturnedFile
from generator.records.record import Record
from generator.values.formatting import possessive

ENOUGH = 0.4
"""The part of a form's questions that a file must still show to be taken for that form."""

_CERTAIN = 0.97
"""Above this no other form is compared."""


@dataclass(frozen=True)
class Recognised:
    """A returned file's pupil, form, printed lines, and the record of what was asked, where there is one."""

    case: Case
    form: QuestionForm
    printed: tuple[PrintedLine, ...]
    asked: Record | None
    ours: tuple[str, ...] = ()
    """Texts that some version may have printed: targets of all cycles, lines of earlier versions."""
    word: bytes = b""
    """The form as a Word file, where it was printed to be compared with."""


def recognise(project: Project, returned: ReturnedFile, pupil: str = "") -> Recognised:
    """The pupil and form of a returned file; `pupil` is the folder that was named, whose form it must be.

    Raises FormRefused for the form of another pupil, of nobody here, or a file that is no form of ours.
    """
    marks = [returned.mark] if returned.mark else []
    marks += [mark for line in returned.lines for mark in references_in(line.text)]
    own_lines = [mark for line in returned.lines if is_reference(line.text) for mark in references_in(line.text)]
    if len(several := list(dict.fromkeys((*marks[: bool(returned.mark)], *own_lines)))) > 1:
        raise FormRefused(
            f"it holds {len(several)} forms in one file ({', '.join(several)}): whose answer is whose cannot be told",
            "save each form as a file of its own, and collect those",
        )
    named = _named(project, returned)
    asked = _asked(project, marks)
    if asked is not None:
        name, record = asked
        if named and name not in named:
            raise FormRefused(
                f"its reference {marks[0]} is that of {name}, but it names {', '.join(sorted(named))}",
                "somebody may have filled in a copy of another child’s form: ask who wrote about whom",
            )
    elif len(named) != 1 and not (pupil and pupil in named):
        raise FormRefused(*_nobody(named))
    else:
        name, record = pupil if pupil in named else next(iter(named)), None
    if pupil and name != pupil:
        raise FormRefused(f"it is the form of {name}, not of {pupil}", "nothing of it was taken")
    loaded = load_case(project, name)
    if loaded.case is None:
        raise FormRefused(f"the files of {name} have errors", f"mend them first: sendpack check {name}")
    return _form_of(project, loaded.case, record, returned)


def _nobody(named: set[str]) -> tuple[str, str]:
    if named:
        return f"it names more than one pupil ({', '.join(sorted(named))})", "say whose it is with --pupil"
    return "no pupil of this folder is named on it", "say whose it is with --pupil, if it is one of yours"


def _named(project: Project, returned: ReturnedFile) -> set[str]:
    """The pupils whose full name stands on the first line at the head of the form that names any."""
    head = [line.text for line in returned.lines if line.text][:14]
    words = [f" {comparable_line(text)} " for text in head]
    shown = {row.case: [f" {comparable_line(name)} " for name in row.names] for row in names_in_school(project)}
    for text in words:
        found = {case for case, names in shown.items() if any(name in text for name in names)}
        if found:
            return found
    return set()


def _asked(project: Project, marks: Sequence[str]) -> tuple[str, Record] | None:
    """The record of what was asked under one of the references."""
    from generator.folder.record_files import read_file

    for mark in marks:
        for file in sorted(project.cases.glob("[!.]*/asked/[!.]*.yaml")):
            if mark in file.read_text("utf-8", "replace"):
                shown = file.relative_to(project.root).as_posix()
                record, _ = read_file(file, shown, "asked", project.schemas)
                if record is not None and record.data.get("reference") == mark:
                    return file.parent.parent.name, record
    return None


def _form_of(project: Project, case: Case, asked: Record | None, returned: ReturnedFile) -> Recognised:
    ours = tuple(_targets(case))
    if asked is not None:
        form = question_forms()[asked.data["form"]]
        english = printed_lines(asked.data.get("printed", ()), form)
        versions = [english, in_other_words(english, asked.data.get("printed_in", ()))]
        printed = max(versions, key=lambda lines: _share(lines, returned)) if asked.data.get("printed_in") else english
        if printed:
            return Recognised(case, form, printed, asked, (*ours, *form.earlier))
    best: tuple[float, QuestionForm, tuple[PrintedLine, ...], bytes] | None = None
    for form, printed, word in _candidates(project, case):
        share = _share(printed, returned)
        if best is None or share > best[0]:
            best = (share, form, printed, word)
        if share > _CERTAIN:
            break
    if best is None or best[0] == 0.0:
        raise FormRefused(
            "it is none of the forms that sendpack gives out", "file it as evidence, or type what it says"
        )
    return Recognised(case, best[1], best[2], asked, (*ours, *best[1].earlier), best[3])


def _share(printed: Sequence[PrintedLine], returned: ReturnedFile) -> float:
    """How much of a printed form a file shows, of its questions and of all its lines; 0 where questions are few."""
    matches = aligned(printed, returned.lines, returned.wrapped)
    of_questions = coverage(printed, matches)
    lines = {match.printed for match in matches}
    wanted = [number for number, line in enumerate(printed) if comparable_line(line.text)]
    of_lines = len(lines & set(wanted)) / max(len(wanted), 1)
    return 0.0 if of_questions < ENOUGH else (of_questions + of_lines) / 2


def _targets(case: Case) -> Iterator[str]:
    for cycle in case.cycles:
        for target in cycle.data.get("plan", {}).get("targets", ()):
            yield from (str(target[key]) for key in ("text", "for_pupil") if target.get(key))


def _candidates(project: Project, case: Case) -> Iterator[tuple[QuestionForm, tuple[PrintedLine, ...], bytes]]:
    """Every form as it would be printed for the pupil today, in English first, and the Word file that it is in."""
    interpreter = Interpreter(project)
    english: list[tuple[QuestionForm, tuple[PrintedLine, ...]]] = []
    for form in question_forms().values():
        paper = blank_paper(project, case, form, interpreter)
        assert paper is not None  # in English nothing is missing
        english.append((form, printed_lines(paper.texts, form)))
        yield *english[-1], paper.word
        for texts in earlier_versions(form.id, **_names(case)):
            yield form, printed_lines(texts, form), paper.word
    for code in languages(project):
        for form, printed in english:
            other = blank_paper(project, case, form, interpreter, language=code)
            if other is not None:
                yield form, in_other_words(printed, other.texts), other.word


def _names(case: Case) -> dict[str, str]:
    pupil = case.data("pupil")
    first = first_name(pupil)
    return {"name": known_as(pupil), "first": first, "whose": str(possessive(first))}


def running_cycle(case: Case) -> Record | None:
    """The cycle that is running, to which dated notes belong."""
    cycle = c.current_cycle(case)
    return cycle if cycle is not None and not c.is_reviewed(cycle.data) else None
