"""One record as a form: shown, looked at while it is written, saved through the one door, undone."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from dataclasses import replace
from datetime import date

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.folder.changing.changes_made import ChangeMade, change_made, take_back
from generator.folder.changing.edit_record import (
    ChangedMeanwhile,
    changed_content,
    open_record,
    save,
    write,
)
from generator.folder.changing.unsaved_writing import UnsavedDraft
from generator.problems import Stop
from generator.records.schema.schema_view import Shape
from generator.records.yaml_text.yaml_reader import read_yaml
from generator.values.formatting import and_list
from generator.values.formatting import date as in_words
from generator.values.parsing import Unreadable, read_date, to_fill_in
from generator.web.beside_server.newest_only import when_sent
from generator.web.pages.of_a_pupil.versions_page import as_text, both_versions, done_with, went_well
from generator.web.record_form.answers import NOT_KNOWN, Answers, answered, read_answers, tidy
from generator.web.record_form.places import at_fields
from generator.web.record_form.row_changes import changed_rows
from generator.web.record_sheet import (
    answers_of,
    draft_of,
    empties_saved,
    keep_saved,
    moves_saved,
    only_own_records,
    problems_of,
    pupil_of,
    sheet,
)
from generator.web.security import session
from generator.web.teachers_view import may_write
from generator.web.wording import sentences
from generator.web.workplace import tell, token_of, workplace

record_pages = Blueprint("record", __name__)
record_pages.before_request(only_own_records)


@record_pages.get("/r/<token>")
def show(token: str) -> AnyResponse | str:
    """The form; a file that cannot be read is shown as its text, with what is wrong."""
    place = workplace()
    [path] = session().ids.find(token, "record")
    record = open_record(place.project, path)
    if record.tree is None:
        return as_text(token, record, record.content.decode("utf-8", "replace"))
    left = place.drafts.of(path, session().role)
    draft = place.drafts.begin(record, session().role)
    return render_template(
        "record.html.j2",
        token=token,
        sheet=sheet(draft, record.tree),
        left=left,
        left_said=_left_said(left) if left else "",
        writers=place.writers.others(path),
        undo=request.args.get("undo", ""),
        errors=(),
    )


def _left_said(left: UnsavedDraft) -> str:
    """When it was written, and in which parts; where the file was changed since, that both will be shown."""
    place = workplace()
    shape = place.project.schemas.shape(left.record.kind)
    shapes = [(name, shape.property(name)) for name in left.changes]
    parts = and_list([str(inner.keywords.get("title", name)) if inner else name for name, inner in shapes])
    when = f"{in_words(date.fromtimestamp(left.at))} at {time.strftime('%H:%M', time.localtime(left.at))}"
    now = open_record(place.project, left.record.path).mark
    since = "" if now == left.record.mark else " The record was changed since: when you save, you see both versions."
    return f"Written here on {when}, and not saved: {parts}.{since}"


@record_pages.post("/r/<token>/text")
def save_text(token: str) -> AnyResponse | str:
    """Save a file that was mended as text."""
    place = workplace()
    [path] = session().ids.find(token, "record")
    record = open_record(place.project, path)
    if session().role == "teacher":
        abort(404)  # the text holds every part of the record
    if record.mark != request.form.get("~seen", ""):
        raise ChangedMeanwhile(record)
    text = request.form.get("text", "").replace("\r\n", "\n")
    if read_yaml(text.encode(), path)[0] is None:
        return as_text(token, record, text)
    saved = write(place.project, record, text.encode())
    return went_well(token, saved)


@record_pages.post("/r/<token>/resume")
def resume(token: str) -> AnyResponse | str:
    """Go on with what was typed and never saved, or throw it away."""
    place, draft = workplace(), draft_of(token)
    if request.form.get("~do") == "drop":
        place.drafts.drop(draft)
        tell("done", "The unsaved writing was thrown away. The file is as it was.")
        return redirect(url_for("record.show", token=token))
    going_on = replace(draft, rows=draft.typed)
    place.drafts.keep(going_on)
    return render_template(
        "record.html.j2",
        token=token,
        sheet=sheet(going_on, going_on.typed),
        left=None,
        writers=place.writers.others(draft.record.path),
        undo="",
        errors=(),
    )


@record_pages.post("/r/<token>/look")
def look(token: str) -> AnyResponse | str:
    """What is to be said of the form as it is now: kept as a draft, checked, and told at each field."""
    place, draft = workplace(), draft_of(token)
    shape = place.project.schemas.shape(draft.record.kind)
    answers = answers_of(draft.record.kind)
    keep_saved(draft, answers)
    if place.looks.overtaken(draft.name, when_sent()):
        return make_response("", 204)  # what was typed since is kept already
    draft.typed = read_answers(shape, draft.rows, answers, keep_empty=True)[0]
    place.drafts.keep(draft)
    place.writers.here(draft.record.path)
    said = place.looks.do(draft.name, lambda: _looked(draft, shape, answers), when_sent())
    return make_response("", 204) if said is None else said


def _looked(draft: UnsavedDraft, shape: Shape, answers: Answers) -> str:
    place = workplace()
    wanted, reading = read_answers(shape, draft.rows, answers, base=draft.record.tree)
    content = changed_content(place.project, draft.record, wanted)
    shown = sheet(draft, draft.typed, {})
    found = at_fields(problems_of(draft.record.path, content), content, shown.fields, reading.order, shape)
    return render_template(
        "fragments/looked.html.j2",
        fields=[one for top in shown.fields for one in top.inside() if one.kind != "id"],
        findings=found,
    )


@record_pages.post("/undo/<name>")
def undo_change(name: str) -> AnyResponse:
    """Take one change back; from the list of changes back to it, from a form to the form."""
    place = workplace()
    change = change_made(place.project, name)
    if session().role == "teacher" and (change.by != "teacher" or not all(map(may_write, change.paths))):
        abort(404)  # what the SENCO did is not a teacher's to undo, also in a record that both write in
    take_back(place.project, name)
    place.folder.look_again()
    from_list = request.form.get("~from") == "changes"
    tell("done", f"Undone: {change.did}" if from_list else "Undone: the file is as it was before.")
    return redirect(_after_undo(change))


def _after_undo(change: ChangeMade) -> str:
    """From a list of changes back to it (of many pupils the school's), from a form to the form, else to the pupil."""
    path = change.paths[0]
    place, pupil = workplace(), pupil_of(path)
    its_pupil = pupil if session().role == "senco" and pupil in place.folder.names else ""
    if session().role == "senco" and request.form.get("~from") == "changes":
        if its_pupil and len({pupil_of(one) for one in change.paths}) == 1:
            return url_for("changes_made.of_pupil", token=token_of("pupil", its_pupil))
        return url_for("changes_made.of_school")
    if path.startswith("cases/") and path.endswith(".yaml") and (place.folder.root / path).is_file():
        return url_for("record.show", token=token_of("record", path))
    return url_for("pupil.show", token=token_of("pupil", its_pupil)) if its_pupil else "/"


@record_pages.post("/r/<token>")
def change(token: str) -> AnyResponse | str:
    """The form was sent: a row added, moved or taken out, or the whole saved."""
    place, draft = workplace(), draft_of(token)
    shape = place.project.schemas.shape(draft.record.kind)
    answers = answers_of(draft.record.kind)
    keep_saved(draft, answers)
    todo = request.form.get("~do", "save")
    if todo != "save":
        return _with_rows(token, draft, shape, answers, todo)
    errors = [*_both(answers), *_no_days(draft, answers)]
    if emptied := empties_saved(draft, shape, answers):
        tell("wrong", f"{_STAYS} Nothing was saved.")
    if errors or emptied:
        return make_response(_asked_again(token, draft, errors, answers), 422)
    wanted = answered(shape, draft.rows, answers, draft.record.tree)
    draft.typed = wanted
    place.drafts.keep(draft)
    try:
        saved = save(place.project, draft.record, wanted)
    except ChangedMeanwhile as changed:
        return both_versions(token, draft, changed.now, wanted)
    done_with(draft)
    return went_well(token, saved)


_STAYS = (
    "An entry that was saved stays: it can be corrected, and not left empty. To take it out is for the SENCO, who can"
    " do so in the same form."
)


def _with_rows(token: str, draft: UnsavedDraft, shape: Shape, answers: Answers, todo: str) -> str:
    """The form with a row more, less or elsewhere. Nothing else of it moves: what stood open stays open."""
    place = workplace()
    wanted, reading = read_answers(shape, draft.rows, answers, base=draft.record.tree)
    tree = read_answers(shape, draft.rows, answers, keep_empty=True)[0]
    if moves_saved(draft, todo, answers):
        abort(404)
    tree, focus = changed_rows(shape, tree, answers, todo)
    going_on = replace(draft, rows=tree, typed=tree)
    place.drafts.keep(going_on)
    shown = sheet(going_on, tree, {}, stay_open=True)
    if todo.startswith("add:"):  # the rows that findings stand at keep their numbers
        with suppress(Stop):  # what has no place in the file yet is said when it is saved: a row can still be added
            found = problems_of(draft.record.path, content := changed_content(place.project, draft.record, wanted))
            shown.findings.update(at_fields(found, content, shown.fields, reading.order, shape))
    return render_template(
        "fragments/form.html.j2" if request.headers.get("HX-Request") else "record.html.j2",
        token=token,
        sheet=shown,
        left=None,
        writers=(),
        undo="",
        errors=(),
        focus=focus,
    )


def _asked_again(token: str, draft: UnsavedDraft, errors: list[tuple[str, str]], answers: Answers) -> str:
    """The form with everything that was written in it, and what must be put right first."""
    tree = read_answers(workplace().project.schemas.shape(draft.record.kind), draft.rows, answers, keep_empty=True)[0]
    going_on = replace(draft, rows=tree, typed=tree)
    workplace().drafts.keep(going_on)
    shown = sheet(going_on, tree, {})
    wrong = dict(errors)
    for one in (below for top in shown.fields for below in top.inside() if below.name in wrong):
        one.not_known, one.wrong = tidy((answers.get(one.name + NOT_KNOWN) or ("",))[0]), wrong[one.name]
    return render_template("record.html.j2", token=token, sheet=shown, left=None, writers=(), undo="", errors=errors)


def _no_days(draft: UnsavedDraft, answers: Answers) -> list[tuple[str, str]]:
    """Days typed anew that cannot be read: asked for again at once, for in the file they would stop everything else."""
    tree = read_answers(workplace().project.schemas.shape(draft.record.kind), draft.rows, answers, keep_empty=True)[0]
    before, after = (
        [one for top in sheet(draft, rows, {}).fields for one in top.inside() if one.kind == "date"]
        for rows in (draft.record.tree or {}, tree)
    )
    dates = {_ROW.sub("#", one.name) for one in after}
    held = {one.value for one in before}
    found = []
    for name, values in answers.items():
        text = tidy(values[0]) if _ROW.sub("#", name) in dates else ""
        if text and text not in held and not to_fill_in(text):
            try:
                read_date(text)
            except Unreadable as error:
                found.append((name, sentences(error.message, error.hint)))
    return found


_ROW = re.compile(r"(?<=/)[0-9]+(?=/|$)")


def _both(answers: Answers) -> list[tuple[str, str]]:
    """Texts that say something and also why nothing can be said."""
    found = []
    for name, values in answers.items():
        base = name.removesuffix(NOT_KNOWN)
        if base != name and tidy(values[0]) and tidy((answers.get(base) or ("",))[0]):
            found.append((base, "Write either the text or why it is not known, not both."))
    return found
