"""A pupil's whole file: sent on to the next school, received from another, listed for the family, deleted for good."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.folder.changing.edit_record import place_of
from generator.folder.changing.passing_files import keep_for_now
from generator.folder.create import EXAMPLE_PUPIL, example_is_there
from generator.folder.school_folder import Project
from generator.problems import Stop
from generator.values.formatting import date as in_words
from generator.web.pages.of_a_pupil.pupil_page import papers
from generator.web.security import session
from generator.web.wording import told
from generator.web.workplace import begin_work, tell, token_of, workplace

pupil_file_pages = Blueprint("pupil_file", __name__)


@pupil_file_pages.get("/p/<token>/file")
def show(token: str) -> str:
    """What can be done with the file as a whole, and how long it is to be kept."""
    from generator.school.pupil_files.archives_made import archives_made
    from generator.school.pupil_files.askers_copy import askers  # the first page comes without these
    from generator.school.pupil_files.data_rights import kept_until, too_early

    place = workplace()
    pupil = place.pupil(token)
    items = pupil.loaded.readable.data("evidence").get("items", ()) if pupil.loaded.readable else ()
    kept_back = [str(row["title"]) for row in items if row.get("sensitivity") == "safeguarding"]
    until = kept_until(place.project, pupil.loaded.name)
    return render_template(
        "pupil_file.html.j2",
        token=token,
        pupil=pupil,
        kept_back=kept_back,
        until=until,
        early=too_early(until, place.today),
        askers=[(one.id, one.called) for one in askers(place.project, pupil.loaded.name)],
        archives=[
            (f"{words}, {in_words(date.fromtimestamp(file.stat().st_mtime))}", file.name, token_of("file", inside))
            for file, words in archives_made(place.project, pupil.loaded.name).items()
            for inside in [file.relative_to(place.folder.root).as_posix()]
        ],
        records=[(one.title, one.token) for one in papers(place.project, pupil)],
    )


@pupil_file_pages.post("/p/<token>/archive-remove")
def remove_archive(token: str) -> AnyResponse:
    """Remove an archive of the whole file that was handed over, or made by mistake."""
    from generator.school.pupil_files import archives_made

    place = workplace()
    pupil = place.pupil(token)
    try:
        archives_made.remove_archive(place.project, pupil.loaded.name, request.form.get("file", ""))
        tell("done", "The archive is removed. The records and the evidence are as they were.")
    except Stop as stop:
        tell("wrong", told(stop))
    return redirect(url_for("pupil_file.show", token=token))


@pupil_file_pages.get("/json/<token>")
def as_json(token: str) -> AnyResponse:
    """One record as JSON, for another program."""
    from generator.school.pupil_files.transfer import record_as_json

    place = workplace()
    [path] = session().ids.find(token, "record")
    file, kind = place_of(place.project, path)
    if not file.is_file():
        abort(404)
    heads = {"Content-Type": "application/json", "Content-Disposition": f'attachment; filename="{kind}.json"'}
    return make_response(record_as_json(file), heads)


@pupil_file_pages.post("/p/<token>/send-on")
def send_on(token: str) -> AnyResponse:
    """Pack it for the next school."""
    place = workplace()
    pupil = place.pupil(token)
    said = {"with": True, "without": False}.get(request.form.get("safeguarding", ""))
    back = url_for("pupil_file.show", token=token)
    return begin_work("The file for the next school", back, "send_on", pupil.loaded.name, place.today, said)


@pupil_file_pages.post("/p/<token>/everything-held")
def everything_held(token: str) -> AnyResponse:
    """Gather it for a subject access request."""
    place = workplace()
    pupil = place.pupil(token)
    back = url_for("pupil_file.show", token=token)
    asks = request.form.get("asks", "")
    if not asks:
        tell("wrong", "Say who asks for it: what may be given out differs for each home. Nothing was gathered.")
        return redirect(back)
    return begin_work("Everything held", back, "everything_held", pupil.loaded.name, place.today, asks)


@pupil_file_pages.route("/p/<token>/forget", methods=["GET", "POST"])
def forget(token: str) -> AnyResponse | str:
    """Delete it for good, after the folder's name was written as a confirmation."""
    from generator.school.pupil_files.data_rights import kept_until, too_early
    from generator.school.pupil_files.forgetting import links_out

    place = workplace()
    pupil = place.pupil(token)
    name = pupil.loaded.name
    invented = name == EXAMPLE_PUPIL and example_is_there(place.project)
    early = "" if invented else too_early(kept_until(place.project, name), place.today)
    given = {key: request.form.get(key, "").strip() for key in ("reason", "confirm", "early")}
    if invented and request.method == "GET":
        given["reason"] = "An invented example, of which nothing has to be kept"
    wrong: dict[str, str] = {}
    if request.method == "POST":
        if not given["reason"]:
            wrong["reason"] = "Write why it is deleted, for the receipt; without names."
        if given["confirm"] != name:
            wrong["confirm"] = "That is not the folder’s name. Nothing was deleted."
        if early and given["early"] != "yes":
            wrong["early"] = f"{early} Nothing was deleted."
        if not wrong:
            args = (name, place.today, given["reason"], invented or given["early"] == "yes")
            return begin_work("Deleting for good", url_for("school.start"), "forget", *args)
    return render_template(
        "forget.html.j2",
        token=token,
        pupil=pupil,
        early=early,
        given=given,
        wrong=wrong,
        links=links_out(place.project, name),
        besides=_besides(place.project, name, place.today),
    )


def _besides(project: Project, name: str, on: date) -> list[str]:
    """What else goes, a line each, as the command line tells it."""
    from generator.school.calendar.reviews import reference
    from generator.school.pupil_files.forgetting import decide, leftovers

    mark = reference(str(project.school_data.get("name", "")), name)
    decided = decide(project, name, mark, on, None, "")
    return [*decided.told(), *leftovers(project, decided)]


@pupil_file_pages.route("/receive", methods=["GET", "POST"])
def receive() -> AnyResponse | str:
    """Take in the archive of a pupil that another school sent."""
    place = workplace()
    if request.method == "POST":
        given = request.files.get("file")
        if given is None or not (given.filename or "").lower().endswith(".zip"):
            tell("wrong", "Choose the archive (.zip) that the other school made with send-on.")
            return redirect(url_for("pupil_file.receive"))
        file = keep_for_now(place.folder.root, ".zip", given.stream.read())
        return begin_work("A pupil’s file taken in", url_for("school.start"), "receive", str(file))
    return render_template("receive.html.j2")
