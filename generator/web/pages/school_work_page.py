"""What a SENCO does for the whole school now and then: the termly round, packs and rules, house style, the machine."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.authorities.pack import load_pack, pack_ids
from generator.files.atomic_files import write_file
from generator.files.user_files import free_name
from generator.problems import HEADINGS, Stop
from generator.rules import RULES
from generator.school.machine_check import examine
from generator.web.workplace import tell, token_of, workplace

school_work = Blueprint("school_work", __name__)


@school_work.get("/termly")
def termly() -> str:
    """The term's round: what it does, and its two buttons."""
    return render_template("termly.html.j2")


@school_work.post("/termly")
def begin_termly() -> AnyResponse:
    """Say what would be opened, or do it."""
    place = workplace()
    write = request.form.get("write") == "yes"
    title = "The term’s round" if write else "What would be opened"
    number = place.jobs.begin(
        title, url_for("school_work.termly"), "termly_round", place.folder.root, place.today, write
    )
    return redirect(url_for("work.show", token=token_of("job", number)))


@school_work.post("/make-all")
def make_all() -> AnyResponse:
    """Make every document of every pupil that is out of date."""
    place = workplace()
    number = place.jobs.begin(
        "Making all documents", url_for("school.start"), "make_documents", place.folder.root, place.folder.names
    )
    return redirect(url_for("work.show", token=token_of("job", number)))


@school_work.get("/packs")
def packs() -> str:
    """Every authority's pack: what it extends, when it was compared with the authority's pages, what it asks for."""
    place = workplace()
    rows: list[Any] = []
    for name in pack_ids(place.project.template_folders):
        try:
            rows.append(load_pack(name, place.project.template_folders, place.project.schemas))
        except Stop as stop:
            tell("wrong", f"{name}: {stop.message} {stop.advice}")
    school = place.project.school
    return render_template("packs.html.j2", packs=rows, own=str(school.data["authority"]) if school else "")


@school_work.get("/rules")
def rules() -> str:
    """Every rule: why it matters, with a good and a bad example."""
    groups = [(heading, [one for one in RULES if one.severity == severity]) for severity, heading in HEADINGS.items()]
    return render_template("rules.html.j2", groups=groups)


@school_work.get("/house-style")
def house_style() -> str:
    """The one Word file from which all documents take fonts, colours, header and footer."""
    from generator.documents.template_authoring import check, find_templates  # the first page comes without it

    place = workplace()
    found: Any = None
    problems: list[Any] = []
    try:
        [found] = find_templates(place.project, ["house"], place.folder.root)
        problems = list(check(place.project, found))
    except (Stop, ValueError) as stop:
        tell("look", str(stop))
    file = place.folder.root / "templates" / "school" / "house.docx"
    own = token_of("file", "templates/school/house.docx") if file.is_file() else ""
    return render_template("house_style.html.j2", own=own, problems=problems)


@school_work.post("/house-style")
def change_house_style() -> AnyResponse:
    """Show every style as pages, or take another Word file; the one that was there is kept beside it."""
    place = workplace()
    back = url_for("school_work.house_style")
    if request.form.get("do") == "look":
        number = place.jobs.begin("The house style", back, "show_house_style", place.folder.root)
        return redirect(url_for("work.show", token=token_of("job", number)))
    given = request.files.get("file")
    content = given.stream.read() if given else b""
    if not content.startswith(b"PK"):
        tell("wrong", "That is not a Word file (.docx). Nothing was changed.")
        return redirect(back)
    file = place.folder.root / "templates" / "school" / "house.docx"
    if file.is_file() and file.read_bytes() != content:
        kept = free_name(file)
        file.rename(kept)
        tell("done", f"The one before is kept as {kept.name}.")
    write_file(file, content)
    place.folder.look_again()
    tell("done", "All documents take their look from the new file from now on.")
    return redirect(back)


@school_work.get("/doctor")
def doctor() -> str:
    """What was found on this machine."""
    lines, fine = examine(workplace().folder.root, None)
    return render_template("doctor.html.j2", lines=lines, fine=fine)
