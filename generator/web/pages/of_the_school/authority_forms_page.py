"""An authority's own form: learned from its blank file, and each place looked at, confirmed or corrected."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.authorities.pack import pack_ids
from generator.files.atomic_files import digest
from generator.folder.changing.passing_files import keep_for_now
from generator.folder.watched_change import remembered
from generator.problems import Stop
from generator.records.schema.schema_view import Shape
from generator.web.security import session
from generator.web.wording import told
from generator.web.workplace import begin_work, tell, token_of, workplace

if TYPE_CHECKING:
    from generator.forms.authority.dictionary import FieldWords
    from generator.forms.authority.form_map import FormMap, MappedPlace

authority_forms = Blueprint("authority_forms", __name__)

ENDINGS = (".docx", ".pdf")


@authority_forms.get("/forms")
def show() -> str:
    """The forms that were learned, and a place to drop another."""
    from generator.forms.authority.form_map import form_files, read_form  # the first page comes without it

    place = workplace()
    packs = pack_ids(place.project.template_folders)
    rows = []
    for file in [file for pack in packs for file in form_files(place.project.template_folders, (pack,))]:
        try:
            form = read_form(file, place.folder.root, place.project.schemas)
        except Stop as stop:
            tell("wrong", told(stop))
            continue
        own = file.is_relative_to(place.folder.root)
        rows.append((form, sum(not one.sure for one in form.places), token_of("form", form.path) if own else ""))
    school = place.project.school
    own_pack = str(school.data["authority"]) if school else ""
    return render_template("forms.html.j2", rows=rows, packs=_packs(packs), own=own_pack)


def _packs(packs: list[str]) -> list[tuple[str, str]]:
    named = []
    for pack in packs:
        try:
            named.append((pack, str(workplace().project.pack(pack).data["name"])))
        except Stop:
            named.append((pack, pack))
    return named


@authority_forms.post("/forms")
def learn() -> AnyResponse:
    """Learn a blank form."""
    place = workplace()
    given, pack = request.files.get("file"), request.form.get("pack", "")
    name = Path((given.filename or "").replace("\\", "/")).name if given else ""
    back = url_for("authority_forms.show")
    if given is None or not name.lower().endswith(ENDINGS) or pack not in pack_ids(place.project.template_folders):
        tell("wrong", "Choose the authority, and its blank form as a Word file (.docx) or a PDF.")
        return redirect(back)
    file = keep_for_now(place.folder.root, Path(name).suffix.lower(), given.stream.read())
    called = request.form.get("name", "").strip()
    return begin_work("Reading the form", back, "learn_form", str(file), name, pack, called, place.today)


def _form(token: str) -> tuple[FormMap, Path]:
    from generator.forms.authority.form_map import read_form

    place = workplace()
    [path] = session().ids.find(token, "form")
    file = place.folder.root / path
    if not file.is_file():
        abort(404)
    return read_form(file, place.folder.root, place.project.schemas), file


def _entries(form: FormMap) -> dict[str, FieldWords]:
    """What can be chosen for a place, by title: every field that forms ask for, each way of writing it once."""
    from generator.forms.authority.dictionary import load_dictionary

    project = workplace().project
    words = load_dictionary(project.template_folders, project.pack(form.pack).chain)
    held = {entry.key: entry for entry in words.entries if entry.fields and not entry.by_hand}
    named = {_titles(entry.fields, entry.writing): entry for entry in held.values()}
    return dict(sorted(named.items()))


def _titles(fields: tuple[str, ...], writing: str = "text") -> str:
    """Fields by their titles: `Pupil, Date of birth`."""
    said = "; ".join(_title(field) for field in fields)
    return f"{said} ({writing})" if writing != "text" else said


def _title(path: str) -> str:
    from generator.forms.authority.paths import BadPath, parse_path

    schemas = workplace().project.schemas
    try:
        root, steps = parse_path(path)
    except BadPath:
        return path
    kind = {"cycles": "cycle", "meetings": "meeting"}.get(root, root)
    if kind not in schemas.kinds:
        return path
    shape: Shape | None = schemas.shape(kind)
    titles = [str(schemas.shape(kind).keywords.get("title", kind))]
    for step in steps:
        if isinstance(step, str) and step != "[*]":
            shape = shape.property(step) if shape else None
            titles.append(str(shape.keywords.get("title", step)) if shape else step)
        else:
            shape = shape.item() if shape else None
            titles += [" or ".join(step[1])] if isinstance(step, tuple) else []
    return ", ".join(titles)


@authority_forms.get("/forms/<token>")
def places(token: str) -> str:
    """Every place of the form: those that are not sure, or all, with what would be written there."""
    return _places(token, {})


def _places(token: str, mine: dict[str, tuple[str, str]]) -> str:
    """The places; of those in `mine` what this person chose, and the words of a field, beside what stands now."""
    form, file = _form(token)
    every = request.args.get("all") == "yes"
    shown = [place for place in form.places if every or not place.sure or place.id in mine]
    return render_template(
        "form_places.html.j2",
        token=token,
        form=form,
        seen=digest(file.read_bytes()),
        every=every,
        mine=mine,
        rows=[(place, _titles(place.fields, place.writing), _stands(place)) for place in shown],
        numbers={place.id: number for number, place in enumerate(form.places, 1)},
        entries=list(_entries(form)),
        left=sum(not place.sure for place in form.places),
    )


def _stands(place: MappedPlace) -> str:
    """What is said of a place now."""
    if not place.sure:
        return "open"
    return "office_use" if place.office_use else "by_hand" if place.by_hand or not place.fields else "sure"


@authority_forms.post("/forms/<token>")
def correct(token: str) -> AnyResponse:
    """Write what was said of each place; where somebody else wrote meanwhile, both are shown and nothing is written."""
    from generator.forms.authority.keep_map import MapChangedMeanwhile, PlaceSaid, corrected

    place = workplace()
    form, file = _form(token)
    entries = _entries(form)
    said: dict[str, PlaceSaid] = {}
    for one in form.places:
        what, chosen = request.form.get(f"{one.id}-is", ""), request.form.get(f"{one.id}-field", "").strip()
        if chosen and chosen not in entries:
            tell("wrong", f"{one.label}: “{chosen}” is none of the fields. Choose one from the list.")
        elif chosen:  # no tick is needed besides
            entry = entries[chosen]
            said[one.id] = PlaceSaid("field", entry.fields, entry.writing, entry.absent)
        elif what and what != _stands(one):
            said[one.id] = PlaceSaid(what)
    try:
        with remembered(place.folder.root, f"Places of a form corrected: {form.name}", "templates"):
            changed = corrected(place.folder.root, file, place.project.schemas, said, request.form.get("~seen", ""))
    except MapChangedMeanwhile as changed_meanwhile:
        tell("wrong", f"{changed_meanwhile.message} Nothing was written yet: what you chose is marked below.")
        return make_response(_places(token, _chosen(form)), 409)
    place.folder.look_again()
    tell("done", f"{changed} place{'s' * (changed != 1)} written." if changed else "Nothing was different.")
    return redirect(url_for("authority_forms.places", token=token, all=request.args.get("all")))


def _chosen(form: FormMap) -> dict[str, tuple[str, str]]:
    """Of each place that this person changed from what they saw, the choice and the words of a field."""
    found = {}
    for one in form.places:
        was, what, words = (request.form.get(f"{one.id}-{part}", "").strip() for part in ("was", "is", "field"))
        if words or what != was:
            found[one.id] = (what, words)
    return found


@authority_forms.post("/forms/<token>/numbers")
def numbers(token: str) -> AnyResponse:
    """The form as pages, with a number at every place."""
    form, _ = _form(token)
    return begin_work("The form’s places", url_for("authority_forms.places", token=token), "number_form", form.path)
