"""The narrow view for teachers and teaching assistants: their pupils, what was delivered, the review, the views.

Nothing else is served to such a session: no identity, no evidence, no request, no register.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.cases.case import has_left, is_reviewed
from generator.folder.changing.edit_record import note_new, open_record, record_title
from generator.folder.create import new_record
from generator.folder.school_folder import Project
from generator.problems import Stop
from generator.values.formatting import date as in_words
from generator.web.live_folder import Pupil
from generator.web.teachers_view import may_begin, may_write
from generator.web.wording import told
from generator.web.workplace import tell, token_of, workplace

teacher_pages = Blueprint("teacher", __name__)


@dataclass(frozen=True)
class TeacherTask:
    """One record that a teacher may write in, and why now."""

    token: str
    title: str
    why: str
    review: bool = False
    """It has a review to write, which a link leads to at once."""
    begins: str = ""
    """The kind of record that a button begins; the token is then the pupil's."""


@teacher_pages.get("/mine")
def pupils() -> str:
    """The pupils of a teacher or class, each with what there is to write."""
    place = workplace()
    there = [place.folder.pupil(name) for name in place.folder.names]
    cases = [(one, one.loaded.readable) for one in there]
    shown = [one for one, case in cases if case and not has_left(case.data("pupil"), place.today)]
    teachers = sorted({teacher for one in shown for teacher in _teachers(one)})
    mine = request.args.get("teacher", "")
    rows = [(one, _tasks(one)) for one in shown if not mine or mine in _teachers(one)]
    names = place.folder.names_apart()
    return render_template("teacher.html.j2", rows=rows, teachers=teachers, mine=mine, names=names)


def _teachers(pupil: Pupil) -> list[str]:
    """Who teaches and supports a pupil, as their records say."""
    case = pupil.loaded.readable
    if case is None:
        return []
    data = case.data("pupil")
    names = [str(data[key]) for key in ("class_teacher", "key_worker") if data.get(key)]
    names += [str(data["class"])] if data.get("class") else []
    return names


def _to_mend(project: Project, path: str) -> TeacherTask:
    """A record with a slip; one that is no readable YAML has no form, and its text holds more than a teacher sees."""
    title = record_title(project, path)
    if open_record(project, path).tree is None:
        return TeacherTask("", title, "It cannot be read as it stands: the SENCO must mend it.")
    return TeacherTask(token_of("record", path), title, "To be mended: something in it is wrong")


def _tasks(pupil: Pupil) -> list[TeacherTask]:
    case, place = pupil.loaded.readable, workplace()
    if case is None:
        return []
    tasks = [_to_mend(place.project, path) for path in pupil.to_mend if may_write(path)]
    for record in reversed(case.cycles):
        if not is_reviewed(record.data):
            title = f"{record.data['title']}: what was done, and the review"
            due = f"Review by {in_words(record.data['planned_review'])}"
            tasks.append(TeacherTask(token_of("record", record.path), title, due, review=True))
    if not tasks and case.cycles:  # a slip in what was written can still be mended
        last = case.cycles[-1]
        title = f"{last.data['title']}: correct what was written"
        tasks.append(TeacherTask(token_of("record", last.path), title, "Reviewed"))
    for kind, title in (("profile", "One-page profile and the child’s views"), ("log", "Log")):
        if held := case.one(kind):
            tasks.append(TeacherTask(token_of("record", held.path), title, ""))
        elif not pupil.to_mend and not (place.project.cases / pupil.loaded.name / f"{kind}.yaml").is_file():
            tasks.append(TeacherTask(token_of("pupil", pupil.loaded.name), title, "Not begun yet", begins=kind))
    return tasks


@teacher_pages.post("/mine/<token>/begin")
def begin(token: str) -> AnyResponse:
    """Begin one of the records that a teacher writes in and that a pupil has one of: the log, the profile."""
    place = workplace()
    pupil = place.pupil(token)
    kind = request.form.get("kind", "")
    if not may_begin(kind):
        abort(404)
    try:
        [path] = new_record(place.project, kind, pupil.loaded.name, place.today)
    except Stop as stop:
        tell("wrong", told(stop))
        return redirect(url_for("teacher.pupils"))
    note_new(place.project, path)
    place.folder.look_again()
    return redirect(url_for("record.show", token=token_of("record", path)))
