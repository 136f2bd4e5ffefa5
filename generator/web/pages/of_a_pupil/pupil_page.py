"""One pupil: what to do next, findings, records, documents and how they stand, the time line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.cases.chronology import chronology
from generator.folder.changing.add_evidence import add_photo
from generator.folder.changing.edit_record import note_new, record_title
from generator.folder.create import new_record
from generator.folder.school_folder import Project
from generator.problems import HEADINGS, Problem, Stop
from generator.records.record import Record
from generator.values.formatting import date as in_words
from generator.values.formatting import label
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
    return _page(token)


def _page(token: str, picture_wrong: str = "") -> str:
    """`picture_wrong` is why a picture was not taken in: what was written of it stays."""
    place = workplace()
    pupil = place.pupil(token)
    case = pupil.loaded.readable
    return render_template(
        "pupil.html.j2",
        token=token,
        pupil=pupil,
        papers=papers(place.project, pupil),
        kinds=beginnings(place.project, pupil),
        mend=to_mend(pupil),
        next_record=_next_record(pupil),
        groups=grouped(pupil.part.problems),
        events=list(reversed(chronology(case))) if case else [],
        meeting_types=meeting_types(place.project),
        documents=documents_of(pupil),
        picture_wrong=picture_wrong,
        picture={key: request.form.get(key, "") if picture_wrong else "" for key in ("describes", "consent")},
    )


def _next_record(pupil: Pupil) -> str:
    """The address of the record that the next step is done in; "" where it is none of those that are there."""
    case, stands = pupil.loaded.readable, pupil.standing
    if case is None or stands is None:
        return ""
    for record in case.cycles:
        if stands.next_step == f"Review cycle {record.data['number']}":
            return f"{url_for('record.show', token=token_of('record', record.path))}#f-review"
    plan = case.one("plan")
    if plan and stands.next_step == "Review the plan":
        return url_for("record.show", token=token_of("record", plan.path))
    return ""


def to_mend(pupil: Pupil) -> tuple[tuple[str, str], ...]:
    """The records of a pupil that have errors: what each is called, and the id of its page; "" for what has none."""
    place, found = workplace(), []
    for path in pupil.to_mend:
        try:
            found.append((record_title(place.project, path), token_of("record", path)))
        except Stop:  # a file that is no record: the pupil's page tells what it is
            found.append((path.rpartition("/")[2], ""))
    return tuple(found)


def papers(project: Project, pupil: Pupil) -> list[Paper]:
    """The records of a pupil in the order of their files, also those that cannot be read."""
    prefix = f"cases/{pupil.loaded.name}/"
    there = sorted(
        f"{prefix}{path.relative_to(project.cases / pupil.loaded.name).as_posix()}"
        for path in (project.cases / pupil.loaded.name).rglob("*.yaml")
        if project.schemas.kind_of(path.relative_to(project.cases / pupil.loaded.name).as_posix())
    )
    by_path = {record.path: record for record in (pupil.loaded.readable.records if pupil.loaded.readable else ())}
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
    if not project.schemas.has_many(kind):
        return named
    own = (record.data.get("title") or _of_its_day(record)) if record else None
    stem = path.rpartition("/")[2].removesuffix(".yaml")
    return f"{named}: {own or stem}"


def _of_its_day(record: Record) -> str:
    """A meeting without a title by its kind and day; "" for another record."""
    if "type" not in record.data or "date" not in record.data:
        return ""
    return f"{label(record.data['type'])}, {in_words(record.data['date'])}"


def beginnings(project: Project, pupil: Pupil) -> list[tuple[str, str]]:
    """The kinds of record that can be begun now, with their titles."""
    home = project.cases / pupil.loaded.name  # also those with errors are there
    held = {project.schemas.kind_of(path.relative_to(home).as_posix()) for path in home.rglob("*.yaml")}
    kinds = []
    for kind in project.schemas.kinds:
        schema = project.schemas.schema(kind)
        many = project.schemas.has_many(kind)
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
    except (Unreadable, Stop) as error:
        tell("wrong", told(error))
        return redirect(url_for("pupil.show", token=token, type=meeting or None, day=said or None))
    note_new(place.project, path)
    return redirect(url_for("record.show", token=token_of("record", path)))


@pupil_pages.post("/p/<token>/photo")
def add_picture(token: str) -> AnyResponse | str:
    """A photo of the child, or a drawing by the child, for the profile."""
    place = workplace()
    pupil = place.pupil(token)
    given, describes = request.files.get("photo"), request.form.get("describes", "").strip()
    consent = request.form.get("consent", "")
    if given is None or not given.filename or not describes or consent not in ("yes", "no"):
        return _page(
            token, "Choose the picture, write what it shows, and say whether the family agreed. Nothing was changed."
        )
    args = (given.filename, given.stream.read(), describes, consent == "yes")
    try:
        add_photo(place.project, pupil.loaded.name, *args)
    except Stop as stop:
        return _page(token, told(stop))
    place.folder.look_again()
    tell("done", "The picture is in the folder, and the pupil’s record says what it shows.")
    return redirect(url_for("pupil.show", token=token))
