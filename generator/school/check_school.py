"""Check a whole school: read every file, apply every rule, and keep what belongs to each pupil together."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.authorities.readiness import Readiness, readiness
from generator.cases.case import Case, has_left, sen_status
from generator.cases.dates.age_and_year import year_label
from generator.cases.family.people import first_name, known_as
from generator.cases.vocabulary import SEN_STATUS
from generator.folder.folder_listing import folders_alike
from generator.folder.load_case import load_case
from generator.folder.school_folder import LoadedCase, Project, case_names, find_project
from generator.problems import Problem, Stop
from generator.rules import SetAside, View
from generator.rules import check as check_case
from generator.school.next_steps import Number, next_step, number_of, same_upn
from generator.values.formatting import date as in_words
from generator.values.parsing import TO_FILL_IN


@dataclass(frozen=True)
class CheckedPart:
    """What was found for one pupil, or for the school itself (`name` empty), and in words what comes next."""

    name: str
    title: str
    problems: tuple[Problem, ...]
    set_aside: tuple[SetAside, ...] = ()
    ready: Readiness | None = None
    next: str = ""
    first_name: str = ""


@dataclass(frozen=True)
class CheckQuestion:
    """What is asked of every pupil: the day, whether only for errors, and for which stage of the ladder."""

    on: date
    only_errors: bool = False
    stage: str = ""


Answer = tuple[CheckedPart, Number | None]

MANY = 60
"""Pupils from which it is worth the second that further processes take to start."""


def check_school(
    project: Project, names: Sequence[str], on: date, *, only_errors: bool = False, stage: str = ""
) -> list[CheckedPart]:
    """The school's own findings first, then one part for each pupil in order, ready for the next stage or one named.

    Rules look at cases whose files are right; a case with broken files has those problems alone.
    """
    question = CheckQuestion(on, only_errors, stage)
    answers = _by_many(project.root, names, question) if len(names) >= MANY else _ask(project, names, question)
    shared = list(same_upn(number for _, number in answers if number))
    parts = [replace(part, problems=_with(part, shared)) for part, _ in answers]
    return [_school(project, parts), *(_without_school(part) for part in parts)]


def _with(part: CheckedPart, shared: Sequence[Problem]) -> tuple[Problem, ...]:
    own = [problem for problem in shared if problem.path.startswith(f"cases/{part.name}/")]
    return tuple(sorted([*part.problems, *own])) if own else part.problems


def _by_many(root: Path, names: Sequence[str], question: CheckQuestion) -> list[Answer]:
    """The same answers from as many processes as there are cores, each with an even share of the pupils."""
    share = -(-len(names) // (os.cpu_count() or 1))
    shares = [names[start : start + share] for start in range(0, len(names), share)]
    from concurrent.futures import ProcessPoolExecutor  # many modules, which a check of one pupil does without

    with ProcessPoolExecutor(len(shares)) as workers:
        asked = [workers.submit(_ask_in_folder, root, part, question) for part in shares]
        return [answer for done in asked for answer in done.result()]


def _ask_in_folder(root: Path, names: Sequence[str], question: CheckQuestion) -> list[Answer]:
    return _ask(find_project(root), names, question)


def _ask(project: Project, names: Sequence[str], question: CheckQuestion) -> list[Answer]:
    lost = bool(_lost_pack(project))
    answers: list[Answer] = []
    for name in names:
        loaded = load_case(project, name)
        number = number_of(loaded.case) if loaded.case else None
        if lost and loaded.case and not loaded.case.data("pupil").get("home_authority"):
            part = CheckedPart(name, name if loaded.problems else "", loaded.problems)
        else:
            part = check_pupil(project, loaded, question)
        answers.append((part, number))
    return answers


SCHOOL = "cases/school.yaml"


def _school(project: Project, parts: Sequence[CheckedPart]) -> CheckedPart:
    """What is wrong with the school's own file, also where a rule found it while looking at a pupil: told once."""
    found = {problem for part in parts for problem in part.problems if problem.path == SCHOOL}
    problems = sorted({*project.school_problems, *_lost_pack(project), *found, *folders_alike(case_names(project))})
    return CheckedPart("", "The school" if problems else "", tuple(problems))


def _without_school(part: CheckedPart) -> CheckedPart:
    return replace(part, problems=tuple(problem for problem in part.problems if problem.path != SCHOOL))


def _lost_pack(project: Project) -> tuple[Problem, ...]:
    """The school's own authority pack, when there is none of that name or it cannot be read."""
    school = project.school
    if school is None:
        return ()
    try:
        project.pack(str(school.data["authority"]))
    except Stop as stop:
        return (Problem.at(school, ["authority"], "data", "pack-unknown", stop.message, stop.advice),)
    return ()


def check_pupil(project: Project, loaded: LoadedCase, question: CheckQuestion) -> CheckedPart:
    """What was found for one pupil who has been read."""
    case = loaded.case
    if case is None:
        return CheckedPart(loaded.name, f"{loaded.name}: its files have errors", loaded.problems)
    if project.school is None and (project.root / SCHOOL).is_file():
        # What would be found without the school's terms, staff and pack may only follow from the errors in its file.
        return CheckedPart(loaded.name, loaded.name if loaded.problems else "", loaded.problems)
    try:
        pack = project.pack_of(case)
    except Stop as stop:
        return CheckedPart(loaded.name, loaded.name, (*loaded.problems, _pack_problem(loaded.name, stop)))
    if question.only_errors:
        problems = [p for p in loaded.problems if p.blocks]
        return CheckedPart(loaded.name, loaded.name if problems else "", tuple(problems))
    if has_left(case.data("pupil"), question.on) and not question.stage:
        return CheckedPart(loaded.name, _title_of_left(case), (*loaded.problems, _left(case)))
    checked = check_case(case, pack, question.on)
    found = tuple(sorted([*loaded.problems, *checked.problems]))
    # Beyond every rung of the ladder, which leads to the request; asked for by name a stage is told all the same.
    has_plan = sen_status(case.data("pupil"), question.on) == "E" and not question.stage
    ready = None if has_plan else readiness(case, pack, question.on, question.stage)
    what, who, by = next_step(View(case, pack, question.on))
    following = f"{what}{f', by {in_words(by)}' if by else ''}{f' ({who})' if who and TO_FILL_IN not in who else ''}"
    called = first_name(case.data("pupil"))
    return CheckedPart(loaded.name, title(case, ready), found, checked.set_aside, ready, following, called)


def _title_of_left(case: Case) -> str:
    return f"{known_as(case.data('pupil'))} ({case.name})"


def _left(case: Case) -> Problem:
    """All that is told of a pupil who left: what is due to one who is here is due no more."""
    day = in_words(case.data("pupil")["left"])
    hint = "take out left if that is wrong; sendpack retention says how long the file is kept"
    message = f"left the school on {day}"
    record = case.one("pupil")
    assert record is not None
    return Problem.at(record, ["left"], "quality", "left", message, hint)


def _pack_problem(name: str, stop: Stop) -> Problem:
    return Problem.of_file(f"cases/{name}/pupil.yaml", "data", "pack-unknown", stop.message, stop.advice)


def title(case: Case, ready: Readiness | None) -> str:
    """`Ada Brown, Year 4 (ada-brown): 12 of 15 ready for: My Support Plan`, or that there is an EHC plan."""
    pupil = case.data("pupil")
    return f"{known_as(pupil)}, {year_label(pupil['year_group'])} ({case.name}): {ready or SEN_STATUS['E']}"
