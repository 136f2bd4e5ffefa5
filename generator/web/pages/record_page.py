"""One record as a form: shown, looked at while it is written, saved through the one door, brought together, undone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.authorities.pack import STANDARD
from generator.folder.drafts import UnsavedDraft
from generator.folder.edit_record import (
    ChangedMeanwhile,
    OpenRecord,
    Saved,
    changed_content,
    open_record,
    place_of,
    save,
    undo,
    write,
)
from generator.folder.load_case import with_record
from generator.problems import Problem, Stop
from generator.records.compare import quoted
from generator.records.record import read_record
from generator.records.three_way import Difference, differences, put
from generator.records.yaml_text.yaml_reader import read_yaml
from generator.school.check_school import CheckQuestion, check_pupil
from generator.web.page_wanted import PageWanted
from generator.web.pages.teacher_page import DRAWN, hidden_of, may_write
from generator.web.record_form.answers import NOT_KNOWN, Answers, answered, read_answers, tidy
from generator.web.record_form.fields import Field, form_fields
from generator.web.record_form.known import known_of
from generator.web.record_form.places import at_fields
from generator.web.record_form.row_changes import changed_rows
from generator.web.security import session
from generator.web.workplace import tell, token_of, workplace

record_pages = Blueprint("record", __name__)


@dataclass(frozen=True)
class RecordSheet:
    """A form ready to be shown: its questions, the findings by question, and where it belongs."""

    draft: UnsavedDraft
    fields: Sequence[Field]
    findings: Mapping[str, Sequence[Problem]]
    path: str
    title: str
    printed: bool
    pupil_token: str
    pupil_name: str


@record_pages.before_request
def only_own_records() -> None:
    """A teacher's session opens no other record, however its address was come by."""
    if session().role != "teacher" or request.endpoint in ("record.picture", "record.take_back"):
        return
    [path] = session().ids.find(str((request.view_args or {}).get("token", "")), "record")
    if not may_write(path):
        abort(404)


def pupil_of(path: str) -> str:
    """The folder of the pupil whose record it is; "" for the school's own."""
    parts = path.split("/")
    return parts[1] if len(parts) > 2 else ""


def answers_of(kind: str) -> Answers:
    """What the form sent, each name with all its values; of a teacher, only what the teacher's form asks for."""
    hidden: frozenset[str] = frozenset()
    if session().role == "teacher":
        hidden = hidden_of(kind, workplace().project.schemas.shape(kind).names)
    return {key: request.form.getlist(key) for key in request.form if re.split("[/~]", key)[0] not in hidden}


def sheet(
    draft: UnsavedDraft, tree: Mapping[str, Any], problems: Mapping[str, Sequence[Problem]] | None = None
) -> RecordSheet:
    """The form of a record with some data in it."""
    from generator.documents.catalogue import made_from  # the first page comes without it

    place = workplace()
    path, kind = draft.record.path, draft.record.kind
    name = pupil_of(path)
    pupil = place.folder.pupil(name) if name else None
    known = known_of(place.project, pupil.loaded.case if pupil else None, path, name)
    shape = place.project.schemas.shape(kind)
    if session().role == "teacher":
        known = replace(known, hidden=hidden_of(kind, shape.names))
    fields = form_fields(shape, tree, known)
    if problems is None:
        own = problems_of(path, draft.record.content)
        problems = at_fields(own, draft.record.content, fields, {})
    title = str(place.project.schemas.shape(kind).keywords.get("title", kind))
    token = token_of("pupil", name) if name and session().role == "senco" else ""
    may_draw = session().role == "senco" or kind in DRAWN
    printed = bool(pupil and may_draw and made_from(place.project.pack(STANDARD).documents, kind))
    return RecordSheet(draft, fields, problems, path, title, printed, token, pupil.name if pupil else "")


def problems_of(path: str, content: bytes) -> list[Problem]:
    """The findings about one file, as they would be if it held these bytes."""
    place = workplace()
    name = pupil_of(path)
    if not name:
        return read_record(content, path, "school", place.project.schemas)[1]
    loaded = with_record(place.project, place.folder.pupil(name).loaded, path, content)
    part = check_pupil(place.project, loaded, CheckQuestion(place.today))
    return [problem for problem in part.problems if problem.path == path]


@record_pages.get("/r/<token>")
def show(token: str) -> AnyResponse | str:
    """The form; a file that cannot be read is shown as its text, with what is wrong."""
    place = workplace()
    [path] = session().ids.find(token, "record")
    record = open_record(place.project, path)
    if record.tree is None:
        return as_text(token, record, record.content.decode("utf-8", "replace"))
    left = place.drafts.of(path)
    draft = place.drafts.begin(record)
    return render_template(
        "record.html.j2",
        token=token,
        sheet=sheet(draft, record.tree),
        left=left,
        writers=place.writers.others(path),
        undo=request.args.get("undo", ""),
        errors=(),
    )


def as_text(token: str, record: OpenRecord, text: str) -> str:
    """A file that is not readable YAML: mended as text."""
    problems = read_yaml(text.encode(), record.path)[1]
    place = workplace()
    place.drafts.begin(record)
    name = pupil_of(record.path)
    return render_template(
        "record_text.html.j2",
        token=token,
        record=record,
        text=text,
        problems=problems,
        pupil_token=token_of("pupil", name) if name else "",
    )


@record_pages.post("/r/<token>/text")
def save_text(token: str) -> AnyResponse | str:
    """Save a file that was mended as text."""
    place = workplace()
    [path] = session().ids.find(token, "record")
    record = open_record(place.project, path)
    if record.mark != request.form.get("~seen", ""):
        raise ChangedMeanwhile(record)
    text = request.form.get("text", "").replace("\r\n", "\n")
    if read_yaml(text.encode(), path)[0] is None:
        return as_text(token, record, text)
    saved = write(place.project, record, text.encode())
    return _went_well(token, saved)


def _draft() -> UnsavedDraft:
    found = workplace().drafts.get(request.form.get("~draft", ""))
    if found is None:
        abort(404)
    return found


def _same_record(token: str, draft: UnsavedDraft) -> None:
    [path] = session().ids.find(token, "record")
    if draft.record.path != path:
        abort(404)
    place_of(workplace().project, path)


@record_pages.post("/r/<token>/resume")
def resume(token: str) -> AnyResponse | str:
    """Go on with what was typed and never saved, or throw it away."""
    place, draft = workplace(), _draft()
    _same_record(token, draft)
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
def look(token: str) -> str:
    """What is to be said of the form as it is now: kept as a draft, checked, and told at each field."""
    place, draft = workplace(), _draft()
    _same_record(token, draft)
    shape = place.project.schemas.shape(draft.record.kind)
    answers = answers_of(draft.record.kind)
    draft.typed = read_answers(shape, draft.rows, answers, keep_empty=True)[0]
    place.drafts.keep(draft)
    place.writers.here(draft.record.path)
    wanted, reading = read_answers(shape, draft.rows, answers)
    content = changed_content(place.project, draft.record, wanted)
    shown = sheet(draft, draft.typed, {})
    found = at_fields(problems_of(draft.record.path, content), content, shown.fields, reading.order)
    return render_template(
        "fragments/looked.html.j2",
        fields=[one for top in shown.fields for one in top.inside() if one.kind != "id"],
        findings=found,
    )


@record_pages.post("/r/<token>/preview")
def preview(token: str) -> AnyResponse | str:
    """The document as it would be now, as a picture of the page that changed."""
    place, draft = workplace(), _draft()
    _same_record(token, draft)
    if session().role == "teacher" and draft.record.kind not in DRAWN:
        abort(404)
    shape = place.project.schemas.shape(draft.record.kind)
    path, page = draft.record.path, request.form.get("~page", "")
    content = changed_content(place.project, draft.record, answered(shape, draft.rows, answers_of(draft.record.kind)))
    wanted = PageWanted(
        pupil_of(path),
        path,
        content,
        request.form.get("~document", "") if session().role == "senco" else "",
        int(page) if page.isdecimal() else None,
        request.headers.get("HX-Trigger-Name") == "~document",
    )
    try:
        found = place.preview.drawn(place.folder.root, place.folder.marks(wanted.pupil), draft.name, wanted)
    except Stop as stop:
        return render_template("fragments/no_preview.html.j2", stop=stop)
    if found is None:
        return make_response("", 204)
    return render_template("fragments/preview.html.j2", drawn=found[0], picture=found[1], token=token)


@record_pages.post("/undo/<name>")
def take_back(name: str) -> AnyResponse:
    """Undo one save."""
    place = workplace()
    path = undo(place.project, name)
    place.folder.look_again()
    tell("done", "Undone: the file is as it was before.")
    if (place.folder.root / path).is_file():
        return redirect(url_for("record.show", token=token_of("record", path)))
    return redirect(url_for("school.start"))


@record_pages.get("/preview/<name>.png")
def picture(name: str) -> AnyResponse:
    """A picture that was drawn for this page."""
    content = workplace().preview.picture(name)
    return make_response(content, {"Content-Type": "image/png"}) if content else abort(404)


@record_pages.post("/r/<token>")
def change(token: str) -> AnyResponse | str:
    """The form was sent: a row added, moved or taken out, or the whole saved."""
    place, draft = workplace(), _draft()
    _same_record(token, draft)
    shape = place.project.schemas.shape(draft.record.kind)
    answers = answers_of(draft.record.kind)
    todo = request.form.get("~do", "save")
    if todo != "save":
        tree = read_answers(shape, draft.rows, answers, keep_empty=True)[0]
        tree, focus = changed_rows(shape, tree, answers, todo)
        going_on = replace(draft, rows=tree, typed=tree)
        place.drafts.keep(going_on)
        return render_template(
            "fragments/form.html.j2" if request.headers.get("HX-Request") else "record.html.j2",
            token=token,
            sheet=sheet(going_on, tree, {}),
            left=None,
            writers=(),
            undo="",
            errors=(),
            focus=focus,
        )
    errors = _both(answers)
    if errors:
        return make_response(_asked_again(token, draft, errors, answers), 422)
    wanted = answered(shape, draft.rows, answers)
    draft.typed = wanted
    place.drafts.keep(draft)
    try:
        saved = save(place.project, draft.record, wanted)
    except ChangedMeanwhile as changed:
        return _both_versions(token, draft, changed.now, wanted)
    _done_with(draft)
    return _went_well(token, saved)


def _asked_again(token: str, draft: UnsavedDraft, errors: list[tuple[str, str]], answers: Answers) -> str:
    """The form with everything that was written in it, and what must be put right first."""
    tree = read_answers(workplace().project.schemas.shape(draft.record.kind), draft.rows, answers, keep_empty=True)[0]
    going_on = replace(draft, rows=tree, typed=tree)
    workplace().drafts.keep(going_on)
    shown = sheet(going_on, tree, {})
    wrong = dict(errors)
    for one in (below for top in shown.fields for below in top.inside() if below.name in wrong):
        one.not_known, one.wrong = tidy(answers[one.name + NOT_KNOWN][0]), wrong[one.name]
    return render_template("record.html.j2", token=token, sheet=shown, left=None, writers=(), undo="", errors=errors)


def _both(answers: Answers) -> list[tuple[str, str]]:
    """Texts that say something and also why nothing can be said."""
    found = []
    for name, values in answers.items():
        base = name.removesuffix(NOT_KNOWN)
        if base != name and tidy(values[0]) and tidy((answers.get(base) or ("",))[0]):
            found.append((base, "Write either the text or why it is not known, not both."))
    return found


def _done_with(draft: UnsavedDraft) -> None:
    place = workplace()
    place.drafts.drop(draft)
    place.writers.gone(draft.record.path)
    place.folder.look_again()


def _went_well(token: str, saved: Saved) -> AnyResponse:
    workplace().folder.look_again()
    tell("done", "Saved." if saved.undo else "Nothing was different, so nothing was written.")
    return redirect(url_for("record.show", token=token, undo=saved.undo or None))


# -- two people at once -----------------------------------------------------------------------------------------------


def _both_versions(token: str, draft: UnsavedDraft, now: OpenRecord, mine: Mapping[str, Any]) -> str:
    """Both versions side by side, where they differ; what only one changed is chosen already."""
    if now.tree is None:
        return as_text(token, now, now.content.decode("utf-8", "replace"))
    rows = list(differences(draft.record.tree or {}, now.tree, mine))
    name = pupil_of(now.path)
    return render_template(
        "both_versions.html.j2",
        token=token,
        draft=draft,
        rows=[_shown(row, draft) for row in rows],
        seen=now.mark,
        pupil_token=token_of("pupil", name) if name else "",
    )


def _shown(row: Difference, draft: UnsavedDraft) -> dict[str, Any]:
    shape: Any = workplace().project.schemas.shape(draft.record.kind)
    titles = []
    for step in row.way:
        shape = (shape.item() if isinstance(step, int) else shape.property(step)) if shape else None
        titles.append(
            f"entry {step + 1}" if isinstance(step, int) else str(shape.keywords.get("title", step)) if shape else step
        )
    said = {who: quoted(value, shape) or "nothing" for who, value in (("theirs", row.theirs), ("mine", row.mine))}
    return {"title": ", ".join(titles), "clash": row.clash, "suggested": row.suggested, **said}


@record_pages.post("/r/<token>/together")
def together(token: str) -> AnyResponse | str:
    """Save what was chosen of both versions."""
    place, draft = workplace(), _draft()
    _same_record(token, draft)
    now = open_record(place.project, draft.record.path)
    rows = list(differences(draft.record.tree or {}, now.tree or {}, draft.typed))
    if now.mark != request.form.get("~seen", ""):
        return _both_versions(token, draft, now, draft.typed)
    tree: Any = dict(now.tree or {})
    for number, row in enumerate(rows):
        if request.form.get(f"row-{number}", row.suggested) == "mine":
            tree = put(tree, row.way, row.mine)
    saved = save(place.project, now, tree)
    _done_with(draft)
    return _went_well(token, saved)
