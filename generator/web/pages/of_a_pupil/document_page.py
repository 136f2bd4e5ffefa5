"""The documents of a pupil: how each stands, made by a button, given out and kept."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.cases.family.family_copies import may_have_copies
from generator.cases.family.people import of_whom
from generator.folder.school_folder import Project
from generator.problems import Stop
from generator.values.parsing import Unreadable, read_date
from generator.web.live_folder import Pupil
from generator.web.wording import told
from generator.web.workplace import begin_work, tell, token_of, workplace

document_pages = Blueprint("document", __name__)

STATES = {
    "unchanged": "made",
    "kept": "edited by hand",
    "left": "no longer made",
    "withheld": "not made",
    "failed": "cannot be made",
}


@dataclass(frozen=True)
class Shown:
    """One document: how it stands and why, its files, and to whom it was given."""

    id: str
    title: str
    state: str
    reason: str
    files: tuple[tuple[str, str], ...]
    given: tuple[str, ...]

    @property
    def edited(self) -> bool:
        """It was edited by hand, and is left as it is."""
        return self.state == STATES["kept"]


@dataclass(frozen=True)
class HeldCopy:
    """One copy that somebody holds: of what, which version, since when, and the id of the very file."""

    title: str
    version: str
    day: date
    file: str


def documents_of(pupil: Pupil) -> list[Shown]:
    """Every document of a pupil with its state: made, out of date, edited by hand, not made yet."""
    from generator.build.out_of_date import Order, Outcome, Planner  # the first page comes without them
    from generator.submission.given_out.issued_versions import versions

    place = workplace()
    if pupil.loaded.case is None:
        return _made_earlier(pupil)
    given: dict[str, list[str]] = {}
    for one in versions(place.project, pupil.loaded.name):
        given.setdefault(one.document, []).append(str(one))
    data = pupil.loaded.case.data("pupil")
    names = language_names(place.project)
    planner = Planner(place.project, None, Order(pdf=False))
    rows = []
    for plan in planner.plans(pupil.loaded):
        if isinstance(plan, Outcome):
            name, title, state, reason = plan.document, plan.title, STATES.get(plan.state, plan.state), plan.reason
        else:
            name, title, reason = plan.document.id, plan.document.title, plan.reason
            state = "not made yet" if reason == "new" else "may be out of date"
            reason = "" if reason == "new" else reason
        language = plan.language if isinstance(plan, Outcome) else plan.document.language
        title += f", in {names[language]}" if language in names else f" ({language})" if language else ""
        title += f", for {whose}" if (whose := of_whom(name, data)) else ""
        rows.append(Shown(name, title, state, reason, _files(pupil, name), tuple(given.get(name, ()))))
    return rows


def _made_earlier(pupil: Pupil) -> list[Shown]:
    """The documents that lie there while some records have errors: nobody can say whether they are out of date."""
    folder = workplace().folder.root / "output" / pupil.loaded.name
    stems = sorted({file.stem for file in folder.glob("*.pdf")} | {file.stem for file in folder.glob("*.docx")})
    why = "made before; nothing new can be made until the errors are mended"
    called = {stem: stem.replace("-", " ").capitalize() for stem in stems}
    return [Shown(one, called[one], "made earlier", why, _files(pupil, one), ()) for one in stems]


def language_names(project: Project) -> dict[str, str]:
    """The names of the languages that the documents of this school can be made in, by their codes."""
    from generator.documents.languages.language import languages, load_language

    names = {}
    for code in languages(project):
        with suppress(Stop):  # one that is not finished keeps its code; the others their names
            names[code] = load_language(project, code).name
    return names


def _files(pupil: Pupil, name: str) -> tuple[tuple[str, str], ...]:
    found = []
    for ending, words in (("pdf", "PDF"), ("docx", "Word")):
        inside = f"output/{pupil.loaded.name}/{name}.{ending}"
        if (workplace().folder.root / inside).is_file():
            found.append((words, token_of("file", inside)))
    return tuple(found)


@document_pages.get("/p/<token>/held")
def held_by(token: str) -> str:
    """Who holds which copies, the newest first, each with the very file; and what was sent to the authority."""
    from generator.submission.given_out.day_of_sending import SENT
    from generator.submission.given_out.issued_versions import versions

    place = workplace()
    pupil = place.pupil(token)
    holders: dict[str, list[HeldCopy]] = {}
    for one in versions(place.project, pupil.loaded.name):
        folder = one.folder.relative_to(place.folder.root).as_posix()
        title, words = str(one.data["title"]), f"version {one.version}, {one.data['status']}"
        for row in one.copies:
            copy = HeldCopy(title, words, row["date"], token_of("file", f"{folder}/{row['file']}"))
            holders.setdefault(str(row["to"]), []).append(copy)
    home = place.project.cases / pupil.loaded.name / SENT
    sent = [
        (folder.name, file.name, token_of("file", file.relative_to(place.folder.root).as_posix()))
        for folder in sorted(home.glob("[!.]*"), reverse=True)
        for file in sorted(folder.glob("*.pdf"))
    ]
    rows = [(who, sorted(copies, key=lambda one: one.day, reverse=True)) for who, copies in sorted(holders.items())]
    return render_template("held.html.j2", token=token, pupil=pupil, rows=rows, sent=sent)


@document_pages.post("/p/<token>/make")
def make(token: str) -> AnyResponse:
    """Make what is out of date."""
    pupil = workplace().pupil(token)
    force = request.form.get("force") == "yes"
    back = url_for("pupil.show", token=token)
    return begin_work("Making the documents", back, "make_documents", [pupil.loaded.name], force)


@document_pages.route("/p/<token>/give", methods=["GET", "POST"])
def give(token: str) -> AnyResponse | str:
    """Give a document out: to whom, when, and as a draft or not; the exact copy is kept for good."""
    place = workplace()
    pupil = place.pupil(token)
    given = {name: request.values.get(name, "") for name in ("document", "to", "date", "draft")}
    people = [(str(row["id"]), str(row["name"])) for row in _people(pupil)]
    wrong: dict[str, str] = {}
    if request.method == "POST":
        to = [*request.form.getlist("person"), *([given["to"].strip()] if given["to"].strip() else [])]
        on: Any = place.today
        try:
            on = read_date(given["date"]) if given["date"] else place.today
        except Unreadable as error:
            wrong["date"] = told(error)
        if not wrong and on > place.today:
            wrong["date"] = "This day is still to come: write the day on which it was handed over."
        if not to:
            wrong["to"] = "Choose or write who gets it."
        if not wrong:
            args = (pupil.loaded.name, given["document"], to, on, given["draft"] == "yes")
            return begin_work("Keeping what is given out", url_for("pupil.show", token=token), "give_out", *args)
    if pupil.loaded.case is None:
        tell("wrong", "Some records have errors: mend them first, then a document can be given out.")
        return redirect(url_for("pupil.show", token=token))
    try:
        there = documents_of(pupil)
    except Stop as stop:
        tell("wrong", told(stop))
        return redirect(url_for("pupil.show", token=token))
    return render_template(
        "give.html.j2",
        token=token,
        pupil=pupil,
        documents=there,
        given=given,
        wrong=wrong,
        people=people,
        ticked=request.form.getlist("person"),
    )


def _people(pupil: Pupil) -> list[Any]:
    return list(may_have_copies(pupil.loaded.readable.data("pupil"))) if pupil.loaded.readable else []


@document_pages.route("/p/<token>/changes", methods=["GET", "POST"])
def changes(token: str) -> AnyResponse | str:
    """What is different, field by field, since a document was given out; also as a page for a meeting."""
    from generator.submission.given_out.issued_versions import since

    place = workplace()
    pupil = place.pupil(token)
    document, number = request.values.get("document", ""), request.values.get("version", "")
    asked = int(number) if number.isdecimal() else 0
    if pupil.loaded.case is None:
        return redirect(url_for("pupil.show", token=token))
    if request.method == "POST":
        back = url_for("document.changes", token=token, document=document, version=number)
        args = (pupil.loaded.name, document, asked, place.today)
        return begin_work("What has changed, as a page", back, "print_changes", *args)
    found = since(place.project, pupil.loaded.case, document, asked)
    return render_template("changes.html.j2", token=token, pupil=pupil, document=document, found=found, number=asked)
