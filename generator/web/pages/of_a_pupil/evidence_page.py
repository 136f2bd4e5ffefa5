"""Evidence: files dragged in, what each shows written beside it, looked at as it will go into the bundle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.files.spelled_alike import find_file
from generator.folder.changing.add_evidence import add_entry, add_file, unlisted
from generator.folder.changing.edit_record import open_record
from generator.folder.school_folder import Project
from generator.problems import Stop
from generator.records.schema.schema_view import Shape
from generator.values.formatting import date as in_words
from generator.values.parsing import Unreadable, read_date
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
    known = known_of(place.project, pupil.loaded, path, name)
    return render_template(
        "evidence.html.j2",
        token=token,
        pupil=pupil,
        rows=[_listed(name, row) for row in rows],
        loose=[
            (file, loose := token_of("loose", name, file), _questions(file, known, (at, loose), rest))
            for at, file in enumerate(there)
            for rest in [{"title": place.titles_given.get((name, file)) or title_of(file), **typed.get(file, {})}]
        ],
        record=token_of("record", path) if rows else "",
        wrong=wrong,
        findings=[
            one
            for one in pupil.part.problems
            if one.path.startswith(f"cases/{name}/evidence")
            and one.path.removeprefix(f"cases/{name}/evidence/") not in there  # it stands above, to be described
        ],
    )


def _listed(name: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """A piece with the ids of its file: to be opened, and to be removed where the file is there."""
    home = workplace().project.cases / name / "evidence"
    found = find_file(home, str(row.get("file")))
    file = found.relative_to(home).as_posix() if found.is_relative_to(home) else str(row.get("file"))
    inside, there = f"cases/{name}/evidence/{file}", found.is_file()
    return {
        "row": row,
        "day": _day(row.get("date")),
        "file": token_of("file", inside),
        "loose": token_of("loose", name, str(row.get("file"))) if there else "",
    }


def _day(written: Any) -> str:
    """A day as every page says it; what is no day as it is written."""
    try:
        return str(in_words(read_date(str(written or ""))))
    except Unreadable:
        return str(written or "")


def title_of(file: str) -> str:
    """A title from a file's name: its words as they are written, a hyphen between them where no spaces are is one."""
    words = file.replace("\\", "/").rpartition("/")[2].rpartition(".")[0].replace("_", " ")
    words = " ".join((words if " " in words else words.replace("-", " ")).split())
    return words[:1].upper() + words[1:]


def _questions(file: str, known: KnownIds, place: tuple[int, str], typed: Mapping[str, Any]) -> list[Field]:
    kind = "photo" if file.lower().endswith(PICTURES) else ""
    fields = form_fields(_shape(), {**({"kind": kind} if kind else {}), **typed}, known)
    asked = [one for one in fields if one.name in ASKED or (kind and one.name == "describes")]
    for one in (inner for top in asked for inner in top.inside()):
        one.called, one.name, one.prefix = one.name, f"{place[1]}/{one.name}", f"l{place[0]}-"
    return asked


@evidence_pages.post("/p/<token>/evidence")
def take_in(token: str) -> AnyResponse:
    """Files that were dropped or chosen: each is put into the folder under a plain name."""
    place = workplace()
    pupil = place.pupil(token)
    done = 0
    for one in request.files.getlist("files"):
        try:
            name = one.filename or ""
            file = add_file(place.project, pupil.loaded.name, name, one.stream.read())
            place.titles_given[pupil.loaded.name, file] = title_of(name)
            done += 1
        except Stop as stop:
            tell("wrong", told(stop))
    if done:
        tell("done", f"{done} file{'s' * (done != 1)} taken in. Say what each is, so that it can go into the bundle.")
    place.folder.look_again()
    return redirect(url_for("evidence.show", token=token))


@evidence_pages.post("/p/<token>/evidence/<loose>")
def describe(token: str, loose: str) -> AnyResponse | str:
    """A file gets its entry; what was typed for the others stays in their boxes."""
    place = workplace()
    pupil = place.pupil(token)
    name, file = session().ids.find(loose, "loose")
    if name != pupil.loaded.name:
        abort(404)
    rows = rows_of(pupil)
    listed = {str(row.get("file")) for row in rows}
    typed = _typed(place.project, name, listed)
    if file in listed:  # the button was pressed twice, or the page after it loaded again
        return _page(token, pupil, rows, {}, typed)
    row = typed.pop(file, {})
    missing = [one for one in ASKED if not row.get(one)]
    if missing:
        titles = [str(inner.keywords["title"]) for one in missing if (inner := _shape().property(one))]
        words = f"Still to be written: {', '.join(titles)}."
        return _page(token, pupil, rows, {loose: words}, {**typed, file: row})
    if wrong := _not_a_day(str(row["date"])):
        return _page(token, pupil, rows, {loose: wrong}, {**typed, file: row})
    ids = {str(held.get("id")) for held in rows}
    made = {"id": new_id(str(row["title"]), ids), "file": file, **row}
    order = [key for key in _shape().names if key in made]
    add_entry(place.project, name, {key: made[key] for key in order}, place.today)
    place.folder.look_again()
    tell("done", "It is in the evidence.")
    if not typed:
        return redirect(url_for("evidence.show", token=token))
    pupil = place.pupil(token)
    return _page(token, pupil, rows_of(pupil), {}, typed)


def _not_a_day(text: str) -> str:
    """Why a text is no day, in words; "" for one. Written down, it would keep everything from being made."""
    try:
        read_date(text)
    except Unreadable as error:
        return told(error)
    return ""


def _typed(project: Project, name: str, listed: set[str]) -> dict[str, dict[str, Any]]:
    """What the boxes of each file say, by the file; each file's names begin with the id of its boxes."""
    found: dict[str, dict[str, Any]] = {}
    for file in unlisted(project, name, listed):
        start = f"{token_of('loose', name, file)}/"
        answers = {key[len(start) :]: request.form.getlist(key) for key in request.form if key.startswith(start)}
        said = {key: value for key, value in answered(_shape(), {}, answers).items() if value is not None}
        if said:
            found[file] = said
    return found


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
