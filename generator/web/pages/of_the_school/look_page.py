"""How documents look: the school's house style and its templates."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.folder.changing.passing_files import keep_for_now
from generator.folder.watched_change import remembered
from generator.problems import Stop
from generator.web.wording import told
from generator.web.workplace import begin_work, tell, token_of, workplace

look_pages = Blueprint("look", __name__)

PICTURES = (".png", ".jpg", ".jpeg")


@look_pages.get("/house-style")
def house_style() -> str:
    """The one Word file from which all documents take fonts, colours, header and footer."""
    from generator.documents.template_authoring import check, find_templates  # the first page comes without it

    place = workplace()
    problems: list[Any] = []
    try:
        [found] = find_templates(place.project, ["house"], place.folder.root)
        problems = list(check(place.project, found))
    except (Stop, ValueError) as stop:
        tell("look", str(stop))
    file = place.folder.root / "templates" / "school" / "house.docx"
    own = token_of("file", "templates/school/house.docx") if file.is_file() else ""
    return render_template("house_style.html.j2", own=own, problems=problems)


@look_pages.post("/house-style")
def change_house_style() -> AnyResponse:
    """Show every style as pages, put in a logo or a colour, or take another Word file; what was there is kept."""
    back = url_for("look.house_style")
    do = request.form.get("do")
    if do == "look":
        return begin_work("The house style", back, "show_house_style")
    given = request.files.get("logo" if do == "style" else "file")
    content = given.stream.read() if given else b""
    try:
        kept = _styled(content, str(given.filename if given else "")) if do == "style" else _put(content)
    except Stop as stop:
        tell("wrong", told(stop))
        return redirect(back)
    workplace().folder.look_again()
    if kept:
        tell("done", f"The one before is kept as {kept.relative_to(workplace().folder.root).as_posix()}.")
    tell("done", "All documents take their look from it from now on.")
    return redirect(back)


def _put(content: bytes) -> Any:
    from generator.documents.template_authoring import put_house

    with remembered(workplace().folder.root, "House style changed", "templates"):
        return put_house(workplace().project, content)


def _styled(logo: bytes, name: str) -> Any:
    from generator.documents.template_authoring import put_house, styled

    place = workplace()
    ending = f".{name.rpartition('.')[2].lower()}"
    colour = request.form.get("colour", "") if request.form.get("use_colour") == "yes" else ""
    if not logo and not colour:
        raise Stop("Choose a picture for the logo, or tick that the colour is to be used.", "Nothing was changed.")
    if logo and ending not in PICTURES:
        raise Stop("The logo must be a PNG or JPEG picture.", "Nothing was changed.")
    file = keep_for_now(place.folder.root, ending, logo) if logo else None
    try:
        with remembered(place.folder.root, "House style changed", "templates"):
            return put_house(place.project, styled(place.project, file, colour)[1])
    finally:
        if file:
            file.unlink(missing_ok=True)


@look_pages.route("/templates", methods=["GET", "POST"])
def templates() -> AnyResponse | str:
    """What is wrong with the school's own templates; with those that come with the program on a button."""
    from generator.documents.template_authoring import check, find_templates

    if request.method == "POST":
        return begin_work("Templates", url_for("look.templates"), "check_templates")
    place = workplace()
    found = find_templates(place.project, (), place.folder.root)
    rows = [(one.path.name, check(place.project, one)) for one in found if not one.comes_with_the_program]
    return render_template("templates_check.html.j2", rows=rows)
