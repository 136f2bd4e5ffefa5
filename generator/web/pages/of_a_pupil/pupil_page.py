"""One pupil: what to do next, findings, records, documents and how they stand, the time line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.cases.chronology import chronology
from generator.folder.add_evidence import add_photo
from generator.folder.create import new_record
from generator.folder.edit_record import note_new
from generator.folder.school_folder import Project
from generator.problems import HEADINGS, Problem, Stop
from generator.records.record import Record
from generator.values.parsing import Unreadable, read_date
from generator.web.live_folder import Pupil
from generator.web.pages.of_a_pupil.document_page import documents_of
from generator.web.wording import told
from generator.web.workplace import tell, token_of, workplace

pupil_pages = Blueprint("pupil", __name__)


@dataclass(frozen=True)
class Paper:
    """One record that is there: the id for its address, what it is called, its kind, and how many findings it has."""

    token: str
    title: str
    kind: str
    findings: int
    errors: int


@pupil_pages.get("/p/<token>")
def show(token: str) -> str:
    """Everything about one pupil."""
    place = workplace()
    pupil = place.pupil(token)
    case = pupil.loaded.case
    return render_template(
        "pupil.html.j2",
        token=token,
        pupil=pupil,
        papers=papers(place.project, pupil),
        kinds=beginnings(place.project, pupil),
        groups=grouped(pupil.part.problems),
        events=list(reversed(chronology(case))) if case else [],
        meeting_types=meeting_types(place.project),
        documents=documents_of(pupil),
    )


def papers(project: Project, pupil: Pupil) -> list[Paper]:
    """The records of a pupil in the order of their files, also those that cannot be read."""
    prefix = f"cases/{pupil.loaded.name}/"
    there = sorted(
        f"{prefix}{path.relative_to(project.cases / pupil.loaded.name).as_posix()}"
        for path in (project.cases / pupil.loaded.name).rglob("*.yaml")
        if project.schemas.kind_of(path.relative_to(project.cases / pupil.loaded.name).as_posix())
    )
    by_path = {record.path: record for record in (pupil.loaded.case.records if pupil.loaded.case else ())}
    rows = []
    for path in there:
        kind = project.schemas.kind_of(path.removeprefix(prefix)) or ""
        own = [problem for problem in pupil.part.problems if problem.path == path]
        title = _title(project, kind, path, by_path.get(path))
        rows.append(Paper(token_of("record", path), title, kind, len(own), sum(p.blocks for p in own)))
    order = {kind: number for number, kind in enumerate(("pupil", "profile", "plan", "cycle", "meeting"))}
    return sorted(rows, key=lambda row: order.get(row.kind, len(order)))


def _title(project: Project, kind: str, path: str, record: Record | None) -> str:
    named = str(project.schemas.shape(kind).keywords.get("title", kind))
    if not any("*" in pattern for pattern in project.schemas.files_of(kind)):
        return named
    own = record.data.get("title") if record else None
    stem = path.rpartition("/")[2].removesuffix(".yaml")
    return f"{named}: {own or stem}"


def beginnings(project: Project, pupil: Pupil) -> list[tuple[str, str]]:
    """The kinds of record that can be begun now, with their titles."""
    held = {record.kind for record in (pupil.loaded.case.records if pupil.loaded.case else ())}
    kinds = []
    for kind in project.schemas.kinds:
        schema = project.schemas.schema(kind)
        many = any("*" in pattern for pattern in project.schemas.files_of(kind))
        if (
            schema.get("x-place", "pupil") == "pupil"
            and kind not in ("pupil", "evidence", "meeting", "asked")
            and (many or kind not in held)
        ):
            kinds.append((kind, str(project.schemas.shape(kind).keywords.get("title", kind))))
    order = ("profile", "plan", "cycle", "meeting")
    return sorted(kinds, key=lambda row: (order.index(row[0]) if row[0] in order else len(order), row[1]))


def meeting_types(project: Project) -> Sequence[str]:
    """The types of meeting as the schema names them."""
    kinds = project.schemas.shape("meeting").property("type")
    return [str(word) for word in kinds.keywords["enum"]] if kinds else []


def grouped(problems: Sequence[Problem]) -> list[tuple[str, str, list[Problem]]]:
    """Findings by severity, the gravest first, each group with its heading."""
    return [
        (severity, heading, found)
        for severity, heading in HEADINGS.items()
        if (found := [problem for problem in problems if problem.severity == severity])
    ]


@pupil_pages.post("/p/<token>/new")
def begin_record(token: str) -> AnyResponse:
    """A new record, filled from what is known, as by `sendpack new`."""
    place = workplace()
    pupil = place.pupil(token)
    kind, said = request.form.get("kind", ""), request.form.get("day", "").strip()
    meeting = request.form.get("type", "") if kind == "meeting" else ""
    try:
        day = read_date(said) if said else place.today
        new = (place.project, kind, pupil.loaded.name, day)
        [path] = new_record(*new, meeting_type=meeting, day_was_said=bool(said))
    except Unreadable as error:
        tell("wrong", told(error))
        return redirect(url_for("pupil.show", token=token))
    except Stop as stop:
        tell("wrong", told(stop))
        return redirect(url_for("pupil.show", token=token))
    note_new(place.project, path)
    return redirect(url_for("record.show", token=token_of("record", path)))


@pupil_pages.post("/p/<token>/photo")
def add_picture(token: str) -> AnyResponse:
    """A photo of the child, or a drawing by the child, for the profile."""
    place = workplace()
    pupil = place.pupil(token)
    given, describes = request.files.get("photo"), request.form.get("describes", "").strip()
    consent = request.form.get("consent", "")
    back = redirect(url_for("pupil.show", token=token))
    if given is None or not given.filename or not describes or consent not in ("yes", "no"):
        tell(
            "wrong", "Choose the picture, write what it shows, and say whether the family agreed. Nothing was changed."
        )
        return back
    args = (given.filename, given.stream.read(), describes, consent == "yes")
    try:
        add_photo(place.project, pupil.loaded.name, *args)
    except Stop as stop:
        tell("wrong", told(stop))
        return back
    place.folder.look_again()
    tell("done", "The picture is in the folder, and the pupil’s record says what it shows.")
    return back
