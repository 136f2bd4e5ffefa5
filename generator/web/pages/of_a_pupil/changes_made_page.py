"""What was changed in the last two weeks, each with its way back; and what was begun by mistake moved away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.cases.case import Given, document_id
from generator.folder.changing.changes_made import KEPT_DAYS, ChangeMade, changes_made
from generator.folder.changing.edit_record import open_record, record_title
from generator.folder.changing.removing import remove_file
from generator.folder.changing.removing import remove_record as move_away
from generator.folder.citing import citing_record
from generator.problems import Stop
from generator.records.record import Record
from generator.values.file_names import typed
from generator.values.formatting import and_list
from generator.values.formatting import date as in_words
from generator.values.parsing import places_to_fill_in
from generator.web.live_folder import Pupil
from generator.web.record_sheet import pupil_of
from generator.web.security import session, sessions
from generator.web.wording import told
from generator.web.workplace import tell, token_of, workplace

changes_made_pages = Blueprint("changes_made", __name__)


@changes_made_pages.get("/p/<token>/changes-made")
def of_pupil(token: str) -> str:
    """Every change in a pupil's folder, the newest first."""
    place = workplace()
    pupil = place.pupil(token)
    made = changes_made(place.project, f"cases/{pupil.loaded.name}/")
    shown = [(one, len(pupils_of(one) - {pupil.loaded.name})) for one in made]
    return render_template("changes_made.html.j2", token=token, name=pupil.name, made=shown, kept=KEPT_DAYS, whose={})


@changes_made_pages.get("/changes-made")
def of_school() -> str:
    """Every change in the school's folder, with whose it was."""
    place = workplace()
    made = changes_made(place.project)
    names = {name for one in made for name in pupils_of(one)} & set(place.folder.names)
    shown = [(one, max(len(pupils_of(one)) - 1, 0)) for one in made]
    whose = {f"cases/{name}/": (place.folder.pupil(name).name, token_of("pupil", name)) for name in names}
    return render_template("changes_made.html.j2", token="", name="", made=shown, kept=KEPT_DAYS, whose=whose)


def pupils_of(change: ChangeMade) -> set[str]:
    """The folders of the pupils that one change touched: a list brought in, or a new school year, touches many."""
    return {pupil_of(path) for path in change.paths if path.startswith("cases/")} - {""}


@changes_made_pages.route("/r/<token>/remove", methods=["GET", "POST"])
def remove_record(token: str) -> AnyResponse | str:
    """A record that was begun by mistake: asked once, then moved away; it can be brought back for two weeks."""
    place = workplace()
    [path] = session().ids.find(token, "record")
    opened = open_record(place.project, path)
    if opened.kind in ("pupil", "school"):
        abort(404)
    pupil = place.folder.pupil(pupil_of(path))
    title = record_title(place.project, path)
    home = url_for("pupil.show", token=token_of("pupil", pupil.loaded.name))
    if request.method == "POST":
        return _taken_away(title, lambda: move_away(place.project, path), home)
    return render_template(
        "remove.html.j2",
        token=token,
        what=title,
        inside=typed(path.split("/", 2)[2].removesuffix(".yaml")),
        pupil=pupil,
        back=url_for("record.show", token=token),
        said=_said_of(pupil, path),
        kept=KEPT_DAYS,
    )


def _taken_away(what: str, take: Callable[[], object], back: str) -> AnyResponse:
    """Take something away and tell it, or why it stays; what pages answered before goes too, as they may tell of it."""
    try:
        take()
        sessions().forget_answers()
        tell("done", f"Removed: {what}. It can be brought back for {KEPT_DAYS} days under Changes.")
    except Stop as stop:
        tell("wrong", told(stop))
    workplace().folder.look_again()
    return redirect(back)


def _said_of(pupil: Pupil, path: str) -> list[str]:
    """What somebody should know before this record goes: whether anything is written in it, and what came of it."""
    case = pupil.loaded.readable
    record = next((one for one in case.records if one.path == path), None) if case else None
    said = [_filled(record)] if record else []
    if citing := citing_record(workplace().project, pupil.loaded.name, path):
        titles = and_list(list(dict.fromkeys(record_title(workplace().project, one) for one in citing)))
        said.append(f"It is cited in {titles}: take it out there first, until then it is not removed.")
    relative = path.removeprefix(f"cases/{pupil.loaded.name}/")
    given: Sequence[Given] = case.given if case else ()
    own = [one for one in given if record and f"records/{relative}" in one.marks and _is_of(one, record)]
    said += [
        f"Version {one.version} of {one.document} went to {one.to} on {in_words(one.date)}. That copy is kept."
        for one in own
    ]
    if record and record.kind == "request" and "sent" in record.data:
        said.append("It says when the request was sent. What was sent is kept, and the authority’s time goes on.")
    return said


def _is_of(one: Given, record: Record) -> bool:
    """Whether a document is one of this very record: the kind, and of many of a kind the name."""
    return one.document == document_id(one.kind, record) or (
        one.kind.startswith(record.kind) and "-" not in one.document
    )


def _filled(record: Record) -> str:
    empty = len(list(places_to_fill_in(record.data)))
    if empty:
        return f"{empty} place{'s' * (empty > 1)} of it {'are' if empty > 1 else 'is'} still to be filled in."
    return "Nothing in it is still to be filled in: somebody has written it."


@changes_made_pages.route("/p/<token>/evidence-remove/<loose>", methods=["GET", "POST"])
def remove_evidence(token: str, loose: str) -> AnyResponse | str:
    """A file that is not this pupil’s, or not evidence: asked once, then moved away with its entry."""
    place = workplace()
    pupil = place.pupil(token)
    name, file = session().ids.find(loose, "loose")
    if name != pupil.loaded.name:
        abort(404)
    back = url_for("evidence.show", token=token)
    if request.method == "POST":
        return _taken_away(file, lambda: remove_file(place.project, name, file), back)
    said = ["Its entry in the evidence goes with it.", "A bundle that was made with it still holds it: make it again."]
    return render_template(
        "remove.html.j2",
        token=token,
        what=file,
        inside=typed(f"evidence/{file}"),
        pupil=pupil,
        back=back,
        said=said,
        kept=KEPT_DAYS,
    )
