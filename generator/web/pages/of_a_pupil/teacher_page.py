"""The narrow view for teachers and teaching assistants: their pupils, what was delivered, the review, the views.

Nothing else is served to such a session: no identity, no evidence, no request, no register.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request

from generator.cases.case import is_reviewed
from generator.values.formatting import date as in_words
from generator.web.live_folder import Pupil
from generator.web.workplace import token_of, workplace

teacher_pages = Blueprint("teacher", __name__)


@dataclass(frozen=True)
class TeacherTask:
    """One record that a teacher may write in, and why now."""

    token: str
    title: str
    why: str
    review: bool = False
    """It has a review to write, which a link leads to at once."""


@teacher_pages.get("/mine")
def pupils() -> str:
    """The pupils of a teacher or class, each with what there is to write."""
    place = workplace()
    there = [place.folder.pupil(name) for name in place.folder.names]
    shown = [one for one in there if one.loaded.case]
    teachers = sorted({teacher for one in shown for teacher in _teachers(one)})
    mine = request.args.get("teacher", "")
    rows = [(one, _tasks(one)) for one in shown if not mine or mine in _teachers(one)]
    return render_template("teacher.html.j2", rows=rows, teachers=teachers, mine=mine)


def _teachers(pupil: Pupil) -> list[str]:
    """Who teaches and supports a pupil, as their records say."""
    case = pupil.loaded.case
    if case is None:
        return []
    data = case.data("pupil")
    names = [str(data[key]) for key in ("class_teacher", "key_worker") if data.get(key)]
    names += [str(data["class"])] if data.get("class") else []
    return names


def _tasks(pupil: Pupil) -> list[TeacherTask]:
    case = pupil.loaded.case
    if case is None:
        return []
    tasks = []
    for record in reversed(case.cycles):
        if not is_reviewed(record.data):
            title = f"{record.data['title']}: what was done, and the review"
            due = f"Review by {in_words(record.data['planned_review'])}"
            tasks.append(TeacherTask(token_of("record", record.path), title, due, review=True))
    for kind, title in (("profile", "One-page profile and the child’s views"), ("log", "Log")):
        if held := case.one(kind):
            tasks.append(TeacherTask(token_of("record", held.path), title, ""))
    return tasks
