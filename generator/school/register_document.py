"""The register as a Word document and a PDF, from a template that a school can change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from generator.cases.dates.age_and_year import year_label
from generator.cases.vocabulary import SEN_STATUS, SEN_TYPES
from generator.documents.catalogue import TemplateShelf
from generator.documents.template_authoring import school_pack
from generator.documents.templates.render import render
from generator.engines import Docx, Engine, Failure
from generator.folder.school_folder import Project
from generator.problems import DocumentsFailed
from generator.school.register import Entry, count


def register_document(project: Project, entries: Sequence[Entry], on: date) -> bytes:
    """The register as a Word file."""
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
            "todo": "\n".join(p.message for p in e.findings) or None,
        }
        for e in entries
    ]
    given = {"register": {"count": count(entries), "rows": rows}}
    return school_page(project, "register.docx", "SEND register", on, given)


def need_in_words(need: str) -> str:
    """A need's census type in words, as people say it: a code never reaches a reader."""
    return SEN_TYPES.get(need, need)


def school_page(project: Project, template: str, title: str, on: date, given: Mapping[str, Any]) -> bytes:
    """A Word file about the whole school; `given` is what its template prints beside school, words and document."""
    pack = school_pack(project)
    document = {"id": template, "kind": template, "title": title, "date": on, "version": "", "status": "", "mark": ""}
    context = {
        "school": project.view(project.school, "school"),
        "words": dict(pack.words),
        "document": {**document, "bundled": False},
        "facts": {"full_name": ""},
        **given,
    }
    return render(TemplateShelf(project.template_folders).get(template, pack), context)


def as_pdf(engine: Engine, name: str, word: bytes) -> bytes:
    """A Word file as a PDF. Raises DocumentsFailed when it cannot be converted."""
    [result] = engine.convert([Docx(name, word)])
    if isinstance(result, Failure):
        raise DocumentsFailed(f"{name} could not be made into a PDF: {result.reason}.")
    return result.content
