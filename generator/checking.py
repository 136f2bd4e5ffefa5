"""Check a whole school: read every file, apply every rule, and keep what belongs to each pupil together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator import case as c
from generator.case import Case
from generator.packs import load_pack
from generator.problems import Problem, Stop
from generator.project import LoadedCase, Project, load_case
from generator.readiness import Readiness, readiness
from generator.registers import same_upn
from generator.rules import SetAside
from generator.rules import check as check_case


@dataclass(frozen=True)
class Part:
    """What was found for one pupil, or for the school itself (`name` empty)."""

    name: str
    title: str
    problems: tuple[Problem, ...]
    set_aside: tuple[SetAside, ...] = ()
    ready: Readiness | None = None


def check_school(
    project: Project, names: Sequence[str], on: date, *, only_errors: bool = False, stage: str = ""
) -> list[Part]:
    """The school's own findings first, then one part for each pupil in order, ready for the next stage or one named.

    Rules look at cases whose files are right; a case with broken files has those problems alone.
    """
    loaded = [load_case(project, name) for name in names]
    shared = list(same_upn([one.case for one in loaded if one.case]))
    parts = [_school(project)]
    lost = not project.school_problems and bool(_lost_pack(project))
    for one in loaded:
        own = [problem for problem in shared if problem.path.startswith(f"cases/{one.name}/")]
        if lost and one.case and not one.case.data("pupil").get("home_authority"):
            parts.append(Part(one.name, "" if not one.problems else one.name, (*one.problems, *own)))
        else:
            parts.append(_pupil(project, one, own, on, only_errors, stage))
    return parts


def _school(project: Project) -> Part:
    problems = project.school_problems or _lost_pack(project)
    return Part("", "The school" if problems else "", tuple(problems))


def _lost_pack(project: Project) -> tuple[Problem, ...]:
    """The school's own authority pack, when there is none of that name or it cannot be read."""
    school = project.school
    if school is None:
        return ()
    try:
        load_pack(str(school.data["authority"]), project.template_folders, project.schemas)
    except Stop as stop:
        place = school.place("authority")
        return (Problem(school.path, place.line, place.column, "data", "pack-unknown", stop.message, stop.advice),)
    return ()


def _pupil(
    project: Project, loaded: LoadedCase, shared: list[Problem], on: date, only_errors: bool, stage: str
) -> Part:
    case = loaded.case
    if case is None:
        return Part(loaded.name, f"{loaded.name}: its files have errors", loaded.problems)
    try:
        pack = project.pack_of(case)
    except Stop as stop:
        return Part(loaded.name, loaded.name, (*loaded.problems, *shared, _pack_problem(loaded.name, stop)))
    if only_errors:
        problems = [p for p in (*loaded.problems, *shared) if p.blocks]
        return Part(loaded.name, loaded.name if problems else "", tuple(problems))
    checked = check_case(case, pack, on)
    found = tuple(sorted([*loaded.problems, *shared, *checked.problems]))
    ready = readiness(case, pack, on, stage)
    return Part(loaded.name, title(case, ready), found, checked.set_aside, ready)


def _pack_problem(name: str, stop: Stop) -> Problem:
    return Problem(f"cases/{name}/pupil.yaml", 0, 0, "data", "pack-unknown", stop.message, stop.advice)


def title(case: Case, ready: Readiness) -> str:
    """`Ada Brown, Year 4 (ada-brown): 12 of 15 ready for: My Support Plan`."""
    pupil = case.data("pupil")
    return f"{c.known_as(pupil)}, {c.year_label(pupil['year_group'])} ({case.name}): {ready}"
