"""One pupil's form: the blank file filled, what did not fit on a continuation sheet, and what is left for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.cases.case import Case
from generator.cases.family.people import full_name
from generator.forms.authority.answering.place_answers import (
    BY_HAND,
    MISSING,
    NOT_SURE,
    WITHHELD,
    Answered,
    Pages,
    answers,
    counted,
)
from generator.forms.authority.check_form import said_of_overflow
from generator.forms.authority.form_map import FormMap, blank_of
from generator.forms.authority.paths import Sources
from generator.forms.filling.continuation import continuation_sheet
from generator.forms.filling.fill_word import fill_word
from generator.forms.filling.further_rows import further_rows
from generator.forms.filling.pdf_fields.fill_pdf import fill_pdf
from generator.forms.filling.too_long import Overflow


@dataclass(frozen=True)
class FilledForm:
    """A filled form. `marked` is the Word file with the places coloured that are left for a person; a PDF has none."""

    form: FormMap
    content: bytes
    marked: bytes
    answered: tuple[Answered, ...]
    overflow: tuple[Overflow, ...]
    sheet: bytes | None
    warnings: tuple[str, ...]

    def of(self, *states: str) -> list[Answered]:
        """The places in some states."""
        return [one for one in self.answered if one.state in states]

    @property
    def summary(self) -> str:
        """In one line, how many places were filled, are left and why, and what went to the continuation sheet."""
        said = [f"{number} {state}" for state, number in counted(self.answered).items() if number]
        said += [f"{len(self.overflow)} on the continuation sheet"] if self.overflow else []
        return ", ".join(said)

    @property
    def findings(self) -> list[str]:
        """In words, what is to be known before this form is sent."""
        name = self.form.title
        said = [*said_of_overflow(self.overflow, name), *(f"{name}: {w}" for w in self.warnings)]
        unsure, missing = self.of(NOT_SURE), self.of(MISSING)
        if unsure:
            said.append(
                f"{name}: {_count(unsure)} not filled, because nobody has confirmed the field: {_named(unsure)}"
            )
        if missing:
            said.append(f"{name}: {_count(missing)} empty, because the records hold nothing: {_named(missing)}")
        if hidden := self.of(WITHHELD):
            said.append(f"{name}: {_count(hidden)} empty, because the address is withheld: {_named(hidden)}")
        if left := self.of(BY_HAND):
            said.append(f"{name}: {_yours(len(left))}: {_named(left)}")
        return said


def _count(places: Sequence[Answered]) -> str:
    return f"{len(places)} place{'' if len(places) == 1 else 's'} {'is' if len(places) == 1 else 'are'}"


def _yours(number: int) -> str:
    return "1 place is yours" if number == 1 else f"{number} places are yours"


def _named(places: Sequence[Answered]) -> str:
    words = [f"{one.place.label} ({one.place.id})" for one in places]
    return "; ".join(words[:12]) + (f"; and {len(words) - 12} more" if len(words) > 12 else "")


def fill_form(form: FormMap, case: Case, pages: Pages | None = None) -> FilledForm:
    """The form with one pupil's answers. Raises FilesHaveErrors for a form that is not the one that was learned."""
    blank = blank_of(form)
    found = answers(form, case, pages)
    warnings: tuple[str, ...] = ()
    if form.ending == "pdf":
        made = fill_pdf(blank, found)
        content, marked, overflow, warnings = made.content, made.content, list(made.overflow), made.warnings
    else:
        filled = fill_word(blank, found)
        content, overflow = filled.content, list(filled.overflow)
        marked = fill_word(blank, found, marked=True).content
    overflow += further_rows(found, Sources.of(case), len(overflow) + 1)
    about = full_name(case.data("pupil"))
    sheet = continuation_sheet(form.title, about, overflow) if overflow else None
    return FilledForm(form, content, marked, tuple(found), tuple(overflow), sheet, warnings)
