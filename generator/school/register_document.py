"""Register, provision map and governors' summary in Word and as PDFs, from templates that a school can change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from generator.cases.dates.age_and_year import year_label
from generator.cases.vocabulary import AREAS, PROVISION_TYPES, SEN_STATUS, SEN_TYPES
from generator.documents.printed_facts.cycle_facts import how_often
from generator.documents.template_authoring import school_pack
from generator.documents.template_shelf import TemplateShelf
from generator.documents.templates.render import render
from generator.engines import Docx, Engine, Failure, Pdf
from generator.folder.school_folder import Project
from generator.problems import DocumentsFailed
from generator.school.provision.adult_timetable import hours
from generator.school.provision.provision_map import Line, Resting, totals
from generator.school.register import Entry, count


def register_document(
    project: Project, entries: Sequence[Entry], on: date, findings: bool = True, not_counted: str = ""
) -> bytes:
    """The register as a Word file on landscape pages; without findings as it may lie on a table.

    `not_counted` names the pupils whose files have errors, as in the papers below: what leaves somebody out says so.
    """
    rows = [
        {
            "name": e.name,
            "year": year_label(e.year),
            "class_name": e.class_name,
            "status": SEN_STATUS[e.status],
            "since": e.since,
            "primary": need_in_words(e.primary),
            "secondary": None if e.secondary == e.primary else need_in_words(e.secondary),
            "review": e.plan_review,
            "met": e.meetings[0] if e.meetings else None,
            "informed": e.informed,
            "stage": e.stage or None,
            "attendance": e.attendance,
            "todo": [p.message for p in e.findings] if findings else [],
        }
        for e in entries
    ]
    given = {"register": {"count": count(entries), "rows": rows}}
    return school_page(project, "register.docx", "SEND register", on, given, not_counted)


def provision_document(
    project: Project, lines: Sequence[Line], resting: Sequence[Resting], costs: bool, on: date, not_counted: str = ""
) -> bytes:
    """The provision map of the school as a Word file, on landscape pages; with costs where they may be seen.

    `resting` are those on the register for whom no support is running, with year and class where two have one name.
    """
    rows = [
        {
            "name": line.pupil,
            "year": year_label(line.year),
            "title": str(line.row["title"]),
            "type": PROVISION_TYPES[line.row["type"]],
            "area": AREAS.get(str(line.row.get("area", ""))),
            "who": str(line.row["delivered_by"]),
            "group": line.row.get("group_size"),
            "how_often": how_often(line.row) or None,
            "minutes": line.minutes,
            "first": line.first,
            "last": line.row.get("to"),
            "cost": line.cost if costs and line.additional else None,
        }
        for line in lines
    ]
    pupils = [
        {"name": one.pupil, "hours": hours(one.minutes), "cost": one.cost if costs else None} for one in totals(lines)
    ]
    often = Counter(one.pupil for one in resting)
    names = [
        f"{one.pupil} ({', '.join(filter(None, (year_label(one.year), one.form)))})"
        if often[one.pupil] > 1
        else one.pupil
        for one in resting
    ]
    given = {"provision": {"rows": rows, "pupils": pupils, "costs": costs, "resting": names}}
    return school_page(project, "provision-map.docx", "Provision map", on, given, not_counted)


def governors_document(project: Project, told: Mapping[str, Any], on: date, not_counted: str = "") -> bytes:
    """The anonymous summary for governors as a Word file."""
    return school_page(
        project, "governors.docx", "SEND summary for governors", on, {"governors": dict(told)}, not_counted
    )


def need_in_words(need: str) -> str:
    """A need's census type in words, as people say it: a code never reaches a reader."""
    return SEN_TYPES.get(need, need)


def school_page(
    project: Project, template: str, title: str, on: date, given: Mapping[str, Any], not_counted: str = ""
) -> bytes:
    """A Word file about the whole school; `given` is what its template prints beside school, words and document."""
    pack = school_pack(project)
    document = {"id": template, "kind": template, "title": title, "date": on, "version": "", "status": "", "mark": ""}
    context = {
        "school": project.view(project.school, "school"),
        "words": dict(pack.words),
        "document": {**document, "bundled": False, "not_counted": not_counted},
        "facts": {"full_name": ""},
        **given,
    }
    return render(TemplateShelf(project.template_folders).get(template, pack), context)


def as_pdf(engine: Engine, name: str, word: bytes) -> Pdf:
    """A Word file as a PDF, with what its reader might miss. Raises DocumentsFailed when it cannot be converted."""
    [result] = engine.convert([Docx(name, word)])
    if isinstance(result, Failure):
        raise DocumentsFailed(f"{name} could not be made into a PDF: {result.reason}.")
    return result
