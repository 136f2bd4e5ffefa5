"""A school in which documents are given out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from generator.engines import choose
from generator.folder.load_case import load_case
from generator.folder.school_folder import Project, find_project
from generator.submission.given_out.give_out import Handover, issue
from tests.example_school import KACPER

DAY = date(2026, 3, 12)


def opened(school: Path) -> tuple[Project, object]:
    project = find_project(school)
    loaded = load_case(project, KACPER)
    assert loaded.case is not None, [str(p) for p in loaded.problems]
    return project, loaded.case


def give_out(
    school: Path,
    document: str = "profile",
    to: str = "Mr and Mrs Wiśniewski: “both”",
    on: date = DAY,
    draft: bool = False,
) -> None:
    project, case = opened(school)
    engine = choose("embedded")
    issue(project, case, document, engine, Handover(to, on, draft))  # type: ignore[arg-type]
    engine.close()


def edit(school: Path, file: str, old: str, new: str) -> None:
    path = school / "cases" / KACPER / file
    text = path.read_text("utf-8")
    assert old in text, text
    path.write_text(text.replace(old, new, 1), "utf-8")


def first_point(school: Path, key: str) -> str:
    _, case = opened(school)
    return str(case.data("profile")[key][0])  # type: ignore[attr-defined]
