"""Views of the whole school: what is due, the register, the provision map; as tables, spreadsheets, a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.cases.case import Case, has_left
from generator.cases.dates.twelve_months import year_before
from generator.school.not_counted import by_pupil_file, not_counted, said, said_of_census, said_without_names, with_note
from generator.school.tables.table import Formula, Table
from generator.values.formatting import plain
from generator.web.workplace import token_of, workplace

if TYPE_CHECKING:
    from generator.school.register import Entry

school_views = Blueprint("views", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WEEKS = (2, 6, 12, 26, 52)

REGISTER_FILES = (
    ("xlsx", "Spreadsheet"),
    ("csv", "CSV"),
    ("census", "Columns of the school census"),
    ("paper", "Word file"),
    ("plain-paper", "Word file without what is to be put right"),
    ("governors", "Anonymous summary for governors (Word)"),
)
PROVISION_FILES = (("xlsx", "Spreadsheet"), ("csv", "CSV"), ("paper", "Word file"))
REVIEW_FILES = (("ics", "Calendar for Outlook or Google, without names"), ("xlsx", "Spreadsheet"))
RETENTION_FILES = (("xlsx", "Spreadsheet"),)


@dataclass(frozen=True)
class ShownTable:
    """A table as the page shows it: headings, rows of words, notes; the pupil's page for each row that means one."""

    title: str
    heads: Sequence[tuple[str, bool]]
    rows: Sequence[tuple[str, Sequence[str]]]
    notes: Sequence[str]


def shown(table: Table, cases_of: Sequence[str] = ()) -> ShownTable:
    """A table in words; the column of folders, or the folders given, becomes the link of the first column."""
    keys = [column.key for column in table.columns]
    kept = [n for n, column in enumerate(table.columns) if column.key != "case"]
    there = set(workplace().folder.names)
    rows = []
    for number, row in enumerate(table.rows):
        name = str(row[keys.index("case")]) if "case" in keys else cases_of[number] if cases_of else ""
        link = token_of("pupil", name) if name in there else ""
        rows.append((link, [_words(row[n]) for n in kept]))
    heads = [(table.columns[n].title, table.columns[n].form in ("number", "money", "percent")) for n in kept]
    return ShownTable(table.title, heads, rows, table.notes)


def _words(value: Any) -> str:
    if value is None or isinstance(value, Formula):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(plain(value))


def cases(everyone: bool = False) -> tuple[list[Case], list[str]]:
    """The cases that can be read, and the names of the folders whose files have errors; `everyone` also who left."""
    place = workplace()
    pupils = [place.folder.pupil(name) for name in place.folder.names]
    held = [one.loaded.case for one in pupils if one.loaded.case]
    return [one for one in held if everyone or not has_left(one.data("pupil"), place.today)], [
        one.loaded.name for one in pupils if one.loaded.case is None
    ]


def _links(broken: Sequence[str]) -> list[tuple[str, str]]:
    """The name of each, and the id of the pupil's page."""
    return [(workplace().folder.pupil(name).name, token_of("pupil", name)) for name in broken]


def _left_out(broken: Sequence[str]) -> str:
    """Who is not counted in a file that leaves the page, which itself says so above its tables."""
    place = workplace()
    return said(not_counted(place.project, broken, place.today)) if request.args.get("as") else ""


def download(content: bytes, name: str, kind: str) -> AnyResponse:
    """A file to be saved by the browser."""
    heads = {"Content-Type": kind, "Content-Disposition": f'attachment; filename="{name}"'}
    return make_response(content, heads)


@school_views.get("/reviews")
def due() -> AnyResponse | str:
    """What is due and overdue, and the meetings with parents; `as=ics` is a calendar without names."""
    from generator.school.calendar import reviews  # the first page comes without it, here and below
    from generator.school.calendar.calendar_ics import written
    from generator.school.tables.spreadsheet import workbook

    place = workplace()
    held, broken = cases()
    school = str(place.project.school.data["name"]) if place.project.school else ""
    weeks = request.args.get("weeks", "6")
    ahead = int(weeks) if weeks.isdecimal() and int(weeks) in WEEKS else 6
    every = [row for one in held for row in reviews.due(one, place.project.pack_of(one), place.today)]
    soon = reviews.due_table(reviews.within(every, place.today, ahead), school, place.today)
    years = (reviews.year_of(one, place.project.pack_of(one), place.today) for one in held)
    missing = _left_out(broken)
    soon = with_note(soon, missing)
    meetings = with_note(reviews.meetings_table(year for year in years if year), missing)
    if request.args.get("as") == "ics":
        events = reviews.events(every, school, names=False)
        return download(written(events, f"SEND reviews, {school}"), "reviews.ics", "text/calendar")
    if request.args.get("as") == "xlsx":
        return download(workbook([soon, meetings], "Reviews due"), "reviews.xlsx", XLSX)
    return render_template(
        "tables.html.j2",
        title="Reviews and calendar",
        command="sendpack reviews",
        tables=[shown(soon), shown(meetings)],
        broken=_links(broken),
        bars=(),
        weeks=WEEKS,
        ahead=ahead,
        files=tuple((words, f"?as={kind}") for kind, words in REVIEW_FILES),
    )


@school_views.get("/register")
def show_register() -> AnyResponse | str:
    """The SEND register, with what is to be put right beside each row."""
    from generator.school import register
    from generator.school.tables.spreadsheet import comma_separated, workbook

    place = workplace()
    held, broken = cases()
    near = [one for one in held if register.may_be_on_register(one.data("pupil"), place.today)]
    entries = register.chosen(
        (register.entry(one, place.project.pack_of(one), place.today) for one in near), register.Choice()
    )
    missing = _left_out(broken)
    table = with_note(register.register_table(entries, place.today), missing)
    history = with_note(register.history_table(held), missing)
    wanted = request.args.get("as")
    if wanted == "xlsx":
        return download(workbook([table, history], "SEND register"), "register.xlsx", XLSX)
    if wanted == "csv":
        return download(comma_separated(table), "register.csv", "text/csv")
    if wanted in ("paper", "plain-paper", "governors"):
        return _paper(wanted, held, entries, broken)
    counted, alone, unread = by_pupil_file(place.project, {one.name: one.data("pupil") for one in held}, broken)
    if wanted == "census":
        return download(comma_separated(register.census_table(counted, place.today)), "census.csv", "text/csv")
    return render_template(
        "tables.html.j2",
        title="SEND register",
        command="sendpack register",
        tables=[shown(table, [one.case for one in entries]), shown(history)],
        broken=_links(broken),
        census=said_of_census(*([place.folder.pupil(name).name for name in names] for names in (alone, unread))),
        bars=(),
        weeks=(),
        ahead=0,
        files=tuple((words, f"?as={kind}") for kind, words in REGISTER_FILES),
    )


def _paper(wanted: str, held: Sequence[Case], entries: Sequence[Entry], broken: Sequence[str]) -> AnyResponse:
    """The register, or the governors' summary, as a Word file."""
    from generator.school.governors_summary import summary
    from generator.school.provision import intervention_impact, provision_map
    from generator.school.register_document import governors_document, register_document

    place = workplace()
    if wanted == "governors":
        impacts = intervention_impact.impacts(held, year_before(place.today), place.today)
        told = summary(entries, provision_map.lines(held, place.today), impacts)
        few = said_without_names(not_counted(place.project, broken, place.today))
        return download(governors_document(place.project, told, place.today, few), "governors.docx", DOCX)
    word = register_document(place.project, entries, place.today, wanted == "paper", _left_out(broken))
    return download(word, "register.docx", DOCX)


@school_views.get("/provision")
def show_provision() -> AnyResponse | str:
    """The provision map: who gets what from whom, adults' weeks, what came of it; with costs where asked for."""
    from generator.school.provision import adult_timetable, intervention_impact, provision_map
    from generator.school.tables.spreadsheet import comma_separated, workbook

    place = workplace()
    held, broken = cases()
    costs = request.args.get("costs") == "yes"
    school = place.project.school.data if place.project.school else {}
    rows = provision_map.lines(held, place.today)
    found = provision_map.Map(
        tuple(rows),
        tuple(adult_timetable.weeks(provision_map.bookings(rows), school, place.today)),
        tuple(intervention_impact.impacts(held, year_before(place.today), place.today)),
        tuple(provision_map.without_cost(rows)) if costs else (),
        tuple(provision_map.resting(held, place.today)),
    )
    missing = _left_out(broken)
    first, *others = provision_map.sheets(found, school, costs)
    sheets = [with_note(first, missing), *others]
    if request.args.get("as") == "xlsx":
        return download(workbook(sheets, "Provision map"), "provision.xlsx", XLSX)
    if request.args.get("as") == "csv":
        return download(comma_separated(sheets[0]), "provision.csv", "text/csv")
    if request.args.get("as") == "paper":
        from generator.school.register_document import provision_document

        return download(
            provision_document(place.project, rows, found.resting, costs, place.today, missing),
            "provision-map.docx",
            DOCX,
        )
    bars = [(total.pupil, float(total.minutes) / 60) for total in provision_map.totals(rows)]
    priced = "&costs=yes" if costs else ""
    also = ("Without costs", "?") if costs else ("With costs, for those who may see them", "?costs=yes")
    return render_template(
        "tables.html.j2",
        title="Provision map",
        command="sendpack provision",
        tables=[shown(one) for one in sheets],
        broken=_links(broken),
        bars=bars,
        weeks=(),
        ahead=0,
        files=(also, *((words, f"?as={kind}{priced}") for kind, words in PROVISION_FILES)),
    )


@school_views.get("/retention")
def show_retention() -> AnyResponse | str:
    """How long each pupil's file is to be kept."""
    from generator.school.pupil_files.data_rights import retention_table
    from generator.school.tables.spreadsheet import workbook

    held, broken = cases(everyone=True)
    table = with_note(retention_table(held, workplace().today), _left_out(broken))
    if request.args.get("as") == "xlsx":
        return download(workbook([table], "How long files are kept"), "retention.xlsx", XLSX)
    return render_template(
        "tables.html.j2",
        title="How long files are kept",
        command="sendpack retention",
        tables=[shown(table)],
        broken=_links(broken),
        bars=(),
        weeks=(),
        ahead=0,
        files=tuple((words, f"?as={kind}") for kind, words in RETENTION_FILES),
    )


@school_views.get("/exports")
def exports() -> str:
    """Every file that the page gives for other programs, in one place, each with the command that does the same."""
    groups = (
        ("SEND register", "views.show_register", "sendpack register --xlsx FILE", REGISTER_FILES),
        ("Provision map", "views.show_provision", "sendpack provision --xlsx FILE", PROVISION_FILES),
        ("Reviews and calendar", "views.due", "sendpack reviews --ics FILE", REVIEW_FILES),
        ("How long files are kept", "views.show_retention", "sendpack retention --xlsx FILE", RETENTION_FILES),
    )
    shown = [
        (title, command, [(words, f"{url_for(page)}?as={kind}") for kind, words in files])
        for title, page, command, files in groups
    ]
    return render_template("exports.html.j2", groups=shown)
