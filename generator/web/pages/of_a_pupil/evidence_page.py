"""Evidence: files dragged in, what each shows written beside it, looked at as it will go into the bundle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.folder.add_evidence import add_entry, add_file, unlisted
from generator.folder.edit_record import open_record
from generator.problems import Stop
from generator.records.schema.schema_view import Shape
from generator.web.live_folder import Pupil
from generator.web.record_form.answers import answered, new_id
from generator.web.record_form.fields import Field, KnownIds, form_fields
from generator.web.record_form.known import known_of
from generator.web.security import session
from generator.web.wording import told
from generator.web.workplace import begin_work, tell, token_of, workplace

evidence_pages = Blueprint("evidence", __name__)

ASKED = ("title", "kind", "author", "date", "shows")
"""What is asked of a new piece of evidence; the rest is in its record."""

PICTURES = (".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".tif", ".tiff")


def rows_of(pupil: Pupil) -> list[Mapping[str, Any]]:
    """The entries of evidence.yaml as written."""
    place = workplace()
    path = f"cases/{pupil.loaded.name}/evidence.yaml"
    if not (place.folder.root / path).is_file():
        return []
    tree = open_record(place.project, path).tree or {}
    return [row for row in tree.get("items") or [] if isinstance(row, Mapping)]


def _shape() -> Shape:
    items = workplace().project.schemas.shape("evidence").property("items")
    item = items.item() if items else None
    assert item is not None
    return item


@evidence_pages.get("/p/<token>/evidence")
def show(token: str) -> str:
    """What is there, what is still to be described, and a place to drop files."""
    pupil = workplace().pupil(token)
    return _page(token, pupil, rows_of(pupil), {}, {})


def _page(
    token: str,
    pupil: Pupil,
    rows: list[Mapping[str, Any]],
    wrong: Mapping[str, str],
    typed: Mapping[str, Mapping[str, Any]],
) -> str:
    """`wrong` and `typed` by the file that somebody was just describing."""
    place = workplace()
    name = pupil.loaded.name
    there = unlisted(place.project, name, {str(row.get("file")) for row in rows})
    path = f"cases/{name}/evidence.yaml"
    known = known_of(place.project, pupil.loaded.case, path, name)
    return render_template(
        "evidence.html.j2",
        token=token,
        pupil=pupil,
        rows=[{"row": row, "file": token_of("file", f"cases/{name}/evidence/{row.get('file')}")} for row in rows],
        loose=[
            (file, token_of("loose", name, file), _questions(file, known, at, typed.get(file, {})))
            for at, file in enumerate(there)
        ],
        record=token_of("record", path) if rows else "",
        wrong=wrong,
        findings=[one for one in pupil.part.problems if one.path.startswith(f"cases/{name}/evidence")],
    )


def _questions(file: str, known: KnownIds, at: int, typed: Mapping[str, Any]) -> list[Field]:
    title = file.rpartition("/")[2].rpartition(".")[0].replace("-", " ").capitalize()
    kind = "photo" if file.lower().endswith(PICTURES) else ""
    fields = form_fields(_shape(), {"title": title, **({"kind": kind} if kind else {}), **typed}, known)
    asked = [one for one in fields if one.name in ASKED or (kind and one.name == "describes")]
    for one in asked:
        one.prefix = f"l{at}-"
    return asked


@evidence_pages.post("/p/<token>/evidence")
def take_in(token: str) -> AnyResponse:
    """Files that were dropped or chosen: each is put into the folder under a plain name."""
    place = workplace()
    pupil = place.pupil(token)
    done = 0
    for one in request.files.getlist("files"):
        try:
            add_file(place.project, pupil.loaded.name, one.filename or "", one.stream.read())
            done += 1
        except Stop as stop:
            tell("wrong", told(stop))
    if done:
        tell("done", f"{done} file{'s' * (done != 1)} taken in. Say what each is, so that it can go into the bundle.")
    place.folder.look_again()
    return redirect(url_for("evidence.show", token=token))


@evidence_pages.post("/p/<token>/evidence/<loose>")
def describe(token: str, loose: str) -> AnyResponse | str:
    """A file gets its entry."""
    place = workplace()
    pupil = place.pupil(token)
    name, file = session().ids.find(loose, "loose")
    if name != pupil.loaded.name:
        abort(404)
    rows = rows_of(pupil)
    answers = {key: request.form.getlist(key) for key in request.form}
    row = {key: value for key, value in answered(_shape(), {}, answers).items() if value is not None}
    missing = [one for one in ASKED if not row.get(one)]
    if missing:
        titles = [str(inner.keywords["title"]) for one in missing if (inner := _shape().property(one))]
        words = f"Still to be written: {', '.join(titles)}."
        return _page(token, pupil, rows, {loose: words}, {file: row})
    ids = {str(held.get("id")) for held in rows}
    made = {"id": new_id(str(row["title"]), ids), "file": file, **row}
    order = [key for key in _shape().names if key in made]
    add_entry(place.project, name, {key: made[key] for key in order}, place.today)
    place.folder.look_again()
    tell("done", "It is in the evidence.")
    return redirect(url_for("evidence.show", token=token))


@evidence_pages.post("/p/<token>/evidence-look")
def look(token: str) -> AnyResponse:
    """One piece as it would go into the bundle: what intake says of it, and its pages."""
    place = workplace()
    pupil = place.pupil(token)
    wanted = request.form.get("id", "")
    row = next((one for one in rows_of(pupil) if str(one.get("id")) == wanted), None)
    if row is None:
        abort(404)
    terms = tuple(str(term) for term in row.get("redact") or ())
    args = (pupil.loaded.name, str(row["file"]), str(row.get("title", "")), terms)
    return begin_work("Looking at this piece", url_for("evidence.show", token=token), "look_at_evidence", *args)
