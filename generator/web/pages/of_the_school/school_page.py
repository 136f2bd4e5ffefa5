"""The first page: every pupil with stage, next step, who and by when; and a new pupil."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.cases.case import has_left
from generator.cases.family.people import told_apart
from generator.cases.vocabulary import SEN_STATUS
from generator.folder.changing.edit_record import note_new
from generator.folder.create import EXAMPLE_PUPIL, example_is_there, new_pupil, new_school_record
from generator.problems import Stop
from generator.records.record import Record
from generator.values.parsing import TO_FILL_IN, Unreadable, read_date
from generator.web.live_folder import Pupil
from generator.web.pages.of_a_pupil.pupil_page import to_mend
from generator.web.security import keep_cookie, session, sessions
from generator.web.wording import told
from generator.web.workplace import tell, token_of, workplace

school_pages = Blueprint("school", __name__)

HOW_BACK = (
    "The SENCO’s view comes back with the new address that sendpack printed just now, or when it is stopped and"
    " opened again: nothing that a teacher can press leads there."
)


@dataclass(frozen=True)
class PupilLine:
    """One pupil's line; only the folder's name is known while the rest is still being read."""

    token: str
    name: str
    year: str = ""
    stage: str = ""
    ready: str = ""
    next_step: str = ""
    who: str = ""
    by: date | None = None
    overdue: bool = False
    errors: int = 0
    mend: tuple[tuple[str, str], ...] = ()
    """The records with errors: what each is called, and the id of its page."""
    read: bool = True


def _line(name: str, pupil: Pupil | None, called: str = "") -> PupilLine:
    token = token_of("pupil", name)
    if pupil is None:
        return PupilLine(token, name, read=False)
    errors = sum(problem.blocks for problem in pupil.part.problems)
    stands = pupil.standing
    if stands is None:
        return PupilLine(token, called or pupil.name, pupil.year, errors=errors, mend=to_mend(pupil))
    return PupilLine(
        token,
        called or stands.name,
        stands.year,
        stands.stage,
        stands.ready,
        stands.next_step,
        stands.who,
        stands.by,
        stands.overdue,
        errors,
        to_mend(pupil),
    )


@school_pages.get("/")
def start() -> str:
    """All pupils, or those that the search and the filters leave."""
    place = workplace()
    known = {name: place.folder.known(name) for name in place.folder.names}
    read = {name: one.loaded.readable for name, one in known.items() if one}
    names = told_apart({name: case.data("pupil") for name, case in read.items() if case})
    wanted = {name: request.args.get(name, "") for name in ("find", "year", "stage", "only")}
    left = {name for name, case in read.items() if case and has_left(case.data("pupil"), place.today)}
    # Who has left is found by name, and in the list no more.
    lines = [_line(name, one, names.get(name, "")) for name, one in known.items() if wanted["find"] or name not in left]
    if not all(line.read for line in lines):
        place.folder.read_ahead()
    shown = sorted((line for line in lines if _fits(line, wanted)), key=lambda line: (line.by or date.max, line.name))
    return render_template(
        "fragments/pupils.html.j2" if request.headers.get("HX-Request") else "school.html.j2",
        lines=shown,
        total=len(lines),
        unread=sum(not line.read for line in lines),
        wanted=wanted,
        years=_there(line.year for line in lines),
        stages=_there(line.stage for line in lines),
        today=place.today,
        school_problems=place.project.school_problems,
        to_fill_in=_to_fill_in(place.project.school),
        example=token_of("pupil", EXAMPLE_PUPIL) if example_is_there(place.project) else "",
    )


def _to_fill_in(school: Record | None) -> bool:
    """True while the school's own record is as it was begun."""
    return school is not None and str(school.data["name"]).startswith(TO_FILL_IN)


def _there(values: object) -> list[str]:
    return sorted({str(value) for value in values if value}, key=lambda text: (len(text), text))  # type: ignore[attr-defined]


def _fits(line: PupilLine, wanted: dict[str, str]) -> bool:
    return (
        wanted["find"].casefold() in f"{line.name} {line.next_step} {line.who}".casefold()
        and wanted["year"] in ("", line.year)
        and wanted["stage"] in ("", line.stage)
        and (wanted["only"] != "overdue" or line.overdue)
        and (wanted["only"] != "errors" or line.errors > 0)
    )


@school_pages.route("/new-pupil", methods=["GET", "POST"])
def begin_pupil() -> AnyResponse | str:
    """A new pupil, begun with name, date of birth and SEN status as by `sendpack new pupil`."""
    asked = ("forenames", "surname", "born", "status", "since")
    given = {name: request.form.get(name, "").strip() for name in asked}
    wrong: dict[str, str] = {}
    if request.method == "POST":
        needed = {"forenames": "the forenames", "surname": "the legal surname", "born": "the date of birth"}
        wrong = {name: f"Write {what}." for name, what in needed.items() if not given[name]}
        days = {name: _day(given[name], name, wrong) for name in ("born", "since")}
        if not wrong and (path := _begun(given, days, wrong)):
            tell("done", "The pupil’s folder is ready. Fill in the parents and the needs.")
            return redirect(url_for("record.show", token=token_of("record", path)))
    return render_template("new_pupil.html.j2", given=given, wrong=wrong, statuses=SEN_STATUS)


def _day(text: str, name: str, wrong: dict[str, str]) -> date | None:
    try:
        return read_date(text) if text else None
    except Unreadable as error:
        wrong[name] = told(error)
        return None


def _begun(given: dict[str, str], days: dict[str, date | None], wrong: dict[str, str]) -> str:
    """The new pupil's record; "" when it cannot be begun, and why is in `wrong`."""
    place, born = workplace(), days["born"]
    assert born is not None
    status = (given["status"], days["since"] or place.today) if given["status"] in SEN_STATUS else None
    try:
        name = f"{given['forenames']} {given['surname']}"
        [path] = new_pupil(place.project, name, born, place.today, status, given["surname"])
    except Stop as stop:
        wrong["surname" if "already" in stop.message else "born"] = told(stop)
        return ""
    note_new(place.project, path)
    return path


@school_pages.post("/new-school")
def begin_school() -> AnyResponse:
    """The school's own record where it is missing."""
    [path] = new_school_record(workplace().project)
    note_new(workplace().project, path)
    return redirect(url_for("record.show", token=token_of("record", path)))


@school_pages.get("/school")
def settings() -> AnyResponse:
    """The school's own record as a form: name, people, terms, rates, authority."""
    if not (workplace().folder.root / "cases" / "school.yaml").is_file():
        tell("wrong", "The school’s own file is missing: begin it here.")
        return redirect(url_for("school.start"))
    return redirect(url_for("record.show", token=token_of("record", "cases/school.yaml")))


@school_pages.route("/teachers-view", methods=["GET", "POST"])
def teachers_view() -> AnyResponse | str:
    """After a question this browser gets the narrow view for teachers; the SENCO's needs the next address."""
    if request.method == "GET":
        return render_template("teachers_view.html.j2")
    sessions().end(session())
    sessions().renew()  # whoever is lent the computer must not find the SENCO's address in the browser's history
    g.session = made = sessions().begin("teacher")
    tell("look", f"This browser shows the teachers’ view now. {HOW_BACK}")
    answer: Response = redirect("/")  # type: ignore[assignment]
    return keep_cookie(answer, made)


@school_pages.post("/stop")
def stop() -> AnyResponse:
    """End the server, when this is answered."""
    answer = make_response(render_template("bye.html.j2"))
    answer.call_on_close(workplace().stop)
    return answer
