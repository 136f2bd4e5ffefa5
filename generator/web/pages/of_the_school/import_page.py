"""Pupils brought in from the school's system: columns by drop-down, every change shown, then written."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.folder.changing.passing_files import keep_for_now, passing_folder
from generator.problems import Stop
from generator.web.security import session
from generator.web.wording import told
from generator.web.workplace import tell, token_of, workplace

import_pages = Blueprint("imports", __name__)

ENDINGS = (".csv", ".xlsx", ".xlsm", ".xls", ".ods", ".xml", ".txt", ".tsv", ".htm", ".html")


@import_pages.get("/import")
def begin() -> str:
    """Choose a file."""
    return render_template("import_begin.html.j2")


@import_pages.post("/import")
def take_in() -> AnyResponse:
    """Keep the file for as long as this takes, outside the cases."""
    given = request.files.get("file")
    ending = Path(given.filename or "").suffix.lower() if given else ""
    if given is None or ending not in ENDINGS:
        tell("wrong", "Choose a CSV, Excel, OpenDocument or Common Transfer File.")
        return redirect(url_for("imports.begin"))
    file = keep_for_now(workplace().folder.root, ending, given.stream.read())
    return redirect(url_for("imports.show", token=token_of("import", file.name)))


@import_pages.route("/import/<token>", methods=["GET", "POST"])
def show(token: str) -> AnyResponse | str:
    """The columns, the questions and the differences; on the button, the writing."""
    from generator.web.pages.of_the_school.list_brought_in import shown_list  # the first page comes without it

    place = workplace()
    [name] = session().ids.find(token, "import")
    file = passing_folder(place.folder.root) / name
    if not file.is_file():
        abort(404)
    try:
        return shown_list(token, file)
    except Stop as stop:
        tell("wrong", told(stop))
        return redirect(url_for("imports.begin"))
    finally:
        place.folder.look_again()
