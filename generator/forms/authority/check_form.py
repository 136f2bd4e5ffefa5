"""Findings about a learned form: places not mapped or confirmed, fields that do not exist, limits exceeded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.forms.authority.answering import table_answers  # noqa: F401  enters its ways of writing
from generator.forms.authority.answering.place_answers import FILLED, Answered
from generator.forms.authority.answering.writers import WRITERS
from generator.forms.authority.form_map import FormMap, MappedPlace
from generator.forms.authority.paths import BadPath, wrong_step
from generator.forms.filling.too_long import Overflow
from generator.problems import Problem
from generator.records.schema.schema_files import Schemas


def check_form(form: FormMap, schemas: Schemas) -> list[Problem]:
    """Every mistake in a form's map, and every place that is still open, by line."""
    return sorted(p for number, place in enumerate(form.places) for p in _of_place(form, number, place, schemas))


def _of_place(form: FormMap, number: int, place: MappedPlace, schemas: Schemas) -> Iterator[Problem]:
    if place.office_use or (place.by_hand and place.sure):
        return
    if place.by_hand or not place.fields:
        yield _problem(
            form,
            number,
            "quality",
            "form-open",
            f"{place.id} {place.label}: no field yet",
            "name a field, or write `sure: yes` to fill it in by hand",
        )
        return
    if place.writing not in WRITERS:
        yield _problem(
            form,
            number,
            "data",
            "form-writing",
            f"{place.id}: `{place.writing}` is no way of writing",
            "sendpack form fields lists them",
        )
    for path in place.fields:
        try:
            wrong = wrong_step(path, schemas)
        except BadPath as error:
            wrong = str(error)
        if wrong:
            yield _problem(form, number, "data", "form-field", f"{place.id}: {path}: {wrong}", "correct the field")
    if not place.sure:
        yield _problem(
            form,
            number,
            "quality",
            "form-unsure",
            f"{place.id} {place.label}: {', '.join(place.fields)} is not confirmed ({place.certainty} of 100)",
            "look, then write `sure: yes` or another field",
        )


def _problem(form: FormMap, number: int, severity: str, rule: str, message: str, hint: str) -> Problem:
    if form.record is not None:
        return Problem.at(form.record, ("places", number), severity, rule, message, hint)
    return Problem.of_file(form.path, severity, rule, message, hint)


def limits(found: Sequence[Answered]) -> Iterator[str]:
    """In words, which answers are longer than the form allows."""
    for one in found:
        place, text = one.place, one.text
        if one.state != FILLED:
            continue
        if place.words and len(text.split()) > place.words:
            yield f"{place.id} {place.label}: {len(text.split())} words for {place.words}"
        elif place.characters and not one.rows and len(text) > place.characters:
            yield f"{place.id} {place.label}: {len(text)} characters for {place.characters}"


def said_of_overflow(overflow: Sequence[Overflow], name: str) -> list[str]:
    """One sentence for each entry of the continuation sheet."""
    return [
        f"{name}: {over.place} {over.label}: {over.reason}; the rest is on the continuation sheet, {over.number}"
        for over in overflow
    ]
