"""What a SENCO does for the whole school now and then: a term’s round, the new year, briefings; packs and rules."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.authorities.pack import load_pack, pack_ids, with_words
from generator.cases.case import has_left
from generator.folder.watched_change import remembered
from generator.problems import HEADINGS, Stop
from generator.values.file_names import slug
from generator.web.wording import told
from generator.web.workplace import begin_work, tell, workplace

school_work = Blueprint("school_work", __name__)

MORE: tuple[tuple[str, str, str], ...] = (
    ("school_work.new_year", "New school year", "Every pupil moves up; leavers are named, and what else is needed."),
    ("school_work.briefing", "Class briefings", "One page for each class, for an adult who does not know the pupils."),
    ("school_work.inclusion_strategy", "Inclusion strategy", "Begun in Word, with tables that name nobody."),
    ("changes_made.of_school", "Changes", "What was written here in the last 14 days, and how to undo it."),
    ("pupil_file.receive", "Receive a pupil’s file", "The archive that another school made with sendpack."),
    ("views.exports", "Files for other programs", "Register, census, provision map and calendar as files."),
    ("views.show_retention", "How long files are kept", "Whose time has come."),
    ("authority_forms.show", "Authorities’ forms", "An authority’s own form, read once and filled from the records."),
    ("given_forms.begin", "Forms that came back", "Answers of parents, pupils and teachers, read in."),
    (
        "look.house_style",
        "House style",
        "Logo, colour, and the one Word file that gives all documents their look.",
    ),
    ("look.templates", "Templates", "What is wrong with a Word template, or could be better."),
    (
        "languages.languages",
        "Languages",
        "How far families’ documents are translated, and their lines.",
    ),
    ("school_work.packs", "Packs", "What each local authority asks for, and where it says so."),
    ("school_work.rules", "Rules", "What is checked and why, with a good and a bad example."),
    ("school_work.doctor", "This computer", "What was found on this machine."),
)
"""Pages for now and then: the page, its words, and what it is for."""


@school_work.get("/more")
def more() -> str:
    """Everything that is not needed every week."""
    return render_template("more.html.j2", doors_there=[(url_for(page), words, what) for page, words, what in MORE])


@school_work.get("/termly")
def termly() -> str:
    """The term's round: what it does, and its two buttons."""
    return render_template("termly.html.j2")


@school_work.post("/termly")
def begin_termly() -> AnyResponse:
    """Say what would be opened, or do it."""
    write = request.form.get("write") == "yes"
    title = "The term’s round" if write else "What would be opened"
    return begin_work(title, url_for("school_work.termly"), "termly_round", workplace().today, write)


@school_work.post("/make-all")
def make_all() -> AnyResponse:
    """Make every document of every pupil that is out of date."""
    names = workplace().folder.names
    return begin_work("Making all documents", url_for("school.start"), "make_documents", names)


@school_work.route("/new-year", methods=["GET", "POST"])
def new_year() -> AnyResponse | str:
    """Every pupil's next year group; who stays down is ticked. Shown first, then written."""
    place = workplace()
    if request.method == "POST":
        write = request.form.get("write") == "yes"
        stay = tuple(name for name in request.form.getlist("stay") if name in place.folder.names)
        title = "The new school year" if write else "What the new year would change"
        last = request.form.get("last", "").strip()
        return begin_work(title, url_for("school_work.new_year"), "new_year", place.today, write, stay, last)
    pupils = [place.folder.pupil(name) for name in place.folder.names]
    cases = [(one, one.loaded.case) for one in pupils]
    shown = [one for one, case in cases if case and not has_left(case.data("pupil"), place.today)]
    return render_template("new_year.html.j2", pupils=shown, names=place.folder.names_apart())


@school_work.route("/briefing", methods=["GET", "POST"])
def briefing() -> AnyResponse | str:
    """One page for each class, or for those that are ticked."""
    from generator.school.class_briefing import classes  # the first page comes without it

    place = workplace()
    if request.method == "POST":
        wanted = tuple(request.form.getlist("class"))
        return begin_work("Class briefings", url_for("school_work.briefing"), "class_briefings", wanted, place.today)
    cases = [one.loaded.case for one in map(place.folder.pupil, place.folder.names) if one.loaded.case]
    there = classes(cases, place.today) if cases else []
    return render_template("briefing.html.j2", classes=[(one.name, len(one.pupils)) for one in there])


@school_work.route("/inclusion-strategy", methods=["GET", "POST"])
def inclusion_strategy() -> AnyResponse | str:
    """The school's inclusion strategy begun in Word, with tables from the records that name nobody."""
    if request.method == "POST":
        back = url_for("school_work.inclusion_strategy")
        return begin_work("The inclusion strategy", back, "begin_strategy", workplace().today)
    return render_template("inclusion_strategy.html.j2")


@school_work.get("/packs")
def packs() -> str:
    """Every authority's pack: what it extends, when it was compared with the authority's pages, what it asks for."""
    place = workplace()
    rows: list[Any] = []
    for name in pack_ids(place.project.template_folders):
        try:
            rows.append(load_pack(name, place.project.template_folders, place.project.schemas))
        except Stop as stop:
            tell("wrong", f"{name}: {told(stop)}")
    school = place.project.school
    titles = {
        pack.data["id"]: {str(row["id"]): with_words(str(row["title"]), pack.words) for row in pack.documents}
        for pack in rows
    }
    return render_template(
        "packs.html.j2", packs=rows, titles=titles, own=str(school.data["authority"]) if school else ""
    )


@school_work.get("/rules")
def rules() -> str:
    """Every rule: why it matters, with a good and a bad example."""
    from generator.rules import RULES

    groups = [(heading, [one for one in RULES if one.severity == severity]) for severity, heading in HEADINGS.items()]
    return render_template("rules.html.j2", groups=groups)


@school_work.post("/new-pack")
def new_pack() -> AnyResponse:
    """Begin a pack for an authority that has none."""
    from generator.folder.create import new_pack as begin

    name = request.form.get("authority", "").strip()
    if not name:
        tell("wrong", "Write the authority’s name.")
    else:
        with remembered(workplace().folder.root, f"Pack begun: {name}", "templates"):
            file = begin(workplace().project, slug(name), name)
        workplace().folder.look_again()
        tell("done", f"{file} is begun from the standard pack. What the authority asks for is written there.")
    return redirect(url_for("school_work.packs"))


@school_work.get("/doctor")
def doctor() -> str:
    """What was found on this machine."""
    from generator.school.machine_check import examine  # the first page comes without it

    lines, fine = examine(workplace().folder.root, None)
    return render_template("doctor.html.j2", lines=lines, fine=fine)
