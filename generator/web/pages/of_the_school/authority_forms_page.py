"""An authority's own form: learned from its blank file, and each place looked at, confirmed or corrected."""

from __future__ import annotations

from collections.abc import Mapping
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
from generator.values.formatting import and_list
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
    from generator.forms.authority.form_files import form_files
    from generator.forms.authority.form_map import read_form  # the first page comes without it

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


def _form(token: str) -> tuple[FormMap, Path, str]:
    """A form's map, its file, and the digest that says which map was seen."""
    from generator.forms.authority.form_map import read_form

    place = workplace()
    [path] = session().ids.find(token, "form")
    file = place.folder.root / path
    if not file.is_file():
        abort(404)
    seen = digest(file.read_bytes())  # first: where somebody writes in between, saving finds another map and asks
    return read_form(file, place.folder.root, place.project.schemas), file, seen


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
    return _places(token)


def _places(token: str) -> str:
    """The places; where answers were sent, with what this person chose beside what stands there now."""
    form, _, seen = _form(token)
    entries = _entries(form)
    mine = _chosen(form, entries) if request.method == "POST" else {}
    every = request.args.get("all") == "yes"
    shown = [place for place in form.places if every or not place.sure or place.id in mine]
    return render_template(
        "form_places.html.j2",
        token=token,
        form=form,
        seen=seen,
        every=every,
        mine=mine,
        rows=[(place, _titles(place.fields, place.writing), _stands(place)) for place in shown],
        called=_called,
        proposal=_proposal,
        numbers={place.id: number for number, place in enumerate(form.places, 1)},
        entries=list(entries),
        left=sum(not place.sure for place in form.places),
    )


def _stands(place: MappedPlace) -> str:
    """What is said of a place now."""
    if not place.sure:
        return "open"
    return "office_use" if place.office_use else "by_hand" if place.by_hand or not place.fields else "sure"


def _called(place: MappedPlace) -> str:
    """By which a place is known again in a form that was learned anew, where its number may be another's."""
    return " ".join(f"{place.section} {place.label}".split())


def _proposal(place: MappedPlace) -> str:
    """Tells what would be written at a place from anything else, of which the titles may be the same."""
    options = sorted(place.options.items())
    return digest(repr((place.fields, place.writing, place.wanted, place.absent, options)).encode())[:16]


@authority_forms.post("/forms/<token>")
def correct(token: str) -> AnyResponse:
    """Write what was said of each place; where somebody else wrote meanwhile, both are shown and nothing is written."""
    from generator.forms.authority.keep_map import MapChangedMeanwhile, PlaceSaid, corrected

    place = workplace()
    form, file, _ = _form(token)
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
        return make_response(_places(token), 409)
    place.folder.look_again()
    tell("done", f"{changed} place{'s' * (changed != 1)} written." if changed else "Nothing was different.")
    return redirect(url_for("authority_forms.places", token=token, all=request.args.get("all")))


def _chosen(form: FormMap, entries: Mapping[str, FieldWords]) -> dict[str, tuple[str, str]]:
    """Of each place that this person changed from what they saw, the choice and the words of a field.

    What they saw proposed and ticked is shown as words where something else is proposed by now.
    """
    now, found, elsewhere = {one.id: one for one in form.places}, {}, []
    for id_ in [key.removesuffix("-was") for key in request.form if key.endswith("-was")]:
        was, what, words, called, proposed, titles = (
            request.form.get(f"{id_}-{part}", "").strip()
            for part in ("was", "is", "field", "called", "proposal", "proposed")
        )
        place = now.get(id_)
        if not words and what in ("", was):
            continue
        if place is None or called != _called(place):
            elsewhere.append(called or id_)
            continue
        entry = entries.get(words)
        if what == "sure" and not words and proposed != _proposal(place):
            words = titles
        elif entry and (entry.fields, entry.writing) == (place.fields, place.writing):
            what, words = "sure", ""
        found[id_] = ("", words) if words else (what, "")
    if elsewhere:
        shown = and_list([f"“{one}”" for one in elsewhere])
        tell("look", f"The form was learned anew: what you chose for {shown} is not shown. Choose there again.")
    return found


@authority_forms.post("/forms/<token>/numbers")
def numbers(token: str) -> AnyResponse:
    """The form as pages, with a number at every place."""
    form, _, _ = _form(token)
    return begin_work("The form’s places", url_for("authority_forms.places", token=token), "number_form", form.path)
