"""A form that nobody mapped still helps: a page with every place and its answer, to copy one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2

from generator.cases.case import Case
from generator.cases.family.people import full_name
from generator.forms.authority.answering.place_answers import BY_HAND, OFFICE, Answered, answers
from generator.forms.authority.form_map import FormMap

_TEMPLATE = Path(__file__).parent / "worksheet.html.j2"


@dataclass(frozen=True)
class WorksheetRow:
    """One place on the page: its answer, or why there is none, and whether somebody should look first."""

    id: str
    label: str
    text: str
    left: str
    note: str


def worksheet_page(form: FormMap, case: Case) -> str:
    """The page as HTML; nothing on it comes from elsewhere, and it works without a network."""
    found = answers(form, case, unsure=True)
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    template = environment.from_string(_TEMPLATE.read_text("utf-8"))
    filled = sum(bool(one.text) for one in found)
    counted = f"{filled} of {len(found)} places have an answer; look at those that are not sure before you copy them."
    return template.render(
        title=form.title, about=full_name(case.data("pupil")), counted=counted, sections=_sections(found)
    )


def _sections(found: Sequence[Answered]) -> list[tuple[str, list[WorksheetRow]]]:
    sections: list[tuple[str, list[WorksheetRow]]] = []
    for one in found:
        if not sections or sections[-1][0] != one.place.section:
            sections.append((one.place.section, []))
        sections[-1][1].append(_row(one))
    return sections


def _row(one: Answered) -> WorksheetRow:
    place = one.place
    text = "" if one.state in (OFFICE, BY_HAND) else one.text
    left = (
        "for the authority"
        if one.state == OFFICE
        else f"yours: {place.why or 'by hand'}"
        if one.state == BY_HAND
        else "the records hold nothing for this"
    )
    note = f"Not sure: from {', '.join(place.fields)}" if text and not place.sure else ""
    return WorksheetRow(place.id, place.label, text, left, note)
