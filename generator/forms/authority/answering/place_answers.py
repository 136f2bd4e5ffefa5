"""What one pupil's records answer at every place of a learned form, and what is left: by hand, not sure, missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.cases.case import Case
from generator.cases.family.contact_details import withheld
from generator.forms.authority.answering import table_answers  # noqa: F401  enters its ways of writing
from generator.forms.authority.answering.writers import WRITERS, Answer, Manner
from generator.forms.authority.form_map import FormMap, MappedPlace
from generator.forms.authority.paths import BadPath, Sources
from generator.values.spelling.street_names import stands_as_written

WITHHELD = "withheld"
"""The answer would tell an address that nobody may learn: a person decides, on the telephone if need be."""

FILLED, MISSING, NOT_SURE, BY_HAND, OFFICE, NO_TICK = (
    "filled",
    "missing",
    "not sure",
    "by hand",
    "office use",
    "no tick",
)
"""What becomes of a place. `no tick`: a box that the records say stays empty."""


@dataclass(frozen=True)
class Answered:
    """One place with its answer (text, True or False, or a list for a grid's column) and what becomes of it."""

    place: MappedPlace
    answer: Answer
    state: str

    @property
    def rows(self) -> list[str | bool]:
        """The answer as the rows of a grid."""
        return list(self.answer) if isinstance(self.answer, list) else []

    @property
    def text(self) -> str:
        """The answer as words for a person."""
        if isinstance(self.answer, bool):
            return "ticked" if self.answer else "not ticked"
        if isinstance(self.answer, list):
            return "\n".join(("ticked" if r else "not ticked") if isinstance(r, bool) else r for r in self.answer)
        return self.answer or ""


Pages = Callable[[str], str]
"""The pages in the bundle of the papers that a path names, such as `12–19`; empty when none."""


def answers(form: FormMap, case: Case, pages: Pages | None = None, unsure: bool = False) -> list[Answered]:
    """The answer of every place for one pupil. With `unsure` also those that nobody has confirmed, for a preview."""
    sources = Sources.of(case)
    hidden = [(written, _plain(written)) for secret in withheld(case) for written in secret.written]
    found = [_answered(place, sources, pages, unsure) for place in form.places]
    return [replace(one, answer=None, state=WITHHELD) if _tells(one, hidden) else one for one in found]


def _tells(one: Answered, hidden: Sequence[tuple[str, str]]) -> bool:
    """True for an answer in which an address stands that nobody may learn, also where its lines are apart."""
    said = _plain(one.text)
    address = any("address" in path or "postcode" in path for path in one.place.fields)
    return any(
        (flat in said and stands_as_written(form, one.text)) or (address and said and said in flat)
        for form, flat in hidden
    )


def _plain(text: str) -> str:
    """Letters and digits alone: an address is the same on one line and on three."""
    return "".join(char for char in text.casefold() if char.isalnum())


def _answered(place: MappedPlace, sources: Sources, pages: Pages | None, unsure: bool) -> Answered:
    if place.office_use:
        return Answered(place, None, OFFICE)
    if place.pages_of and pages is not None:
        found = pages(place.pages_of)
        return Answered(place, found or None, FILLED if found else BY_HAND)
    if place.by_hand or not place.fields:
        return Answered(place, None, BY_HAND)
    if not place.sure and not unsure:
        return Answered(place, None, NOT_SURE)
    answer = answer_of(place, sources)
    return Answered(place, answer, _state(place, answer))


def answer_of(place: MappedPlace, sources: Sources) -> Answer:
    """What the records answer, written as the place wants it. Raises BadPath for a field that cannot be read."""
    write = WRITERS.get(place.writing)
    if write is None:
        raise BadPath(f"`{place.writing}` is no way of writing: sendpack form fields lists them")
    values = [sources.value(path) for path in place.fields]
    if place.kind != "grid column" and place.writing == "each row":
        write = WRITERS["text"]
    manner = Manner(place.date_format, place.options, place.wanted, place.absent)
    return write(sources, values, manner)


def _state(place: MappedPlace, answer: Answer) -> str:
    if answer is None or answer == "" or answer == []:
        return MISSING
    if answer is False:
        return NO_TICK
    if isinstance(answer, list) and not any(answer):
        return MISSING
    return FILLED


def counted(found: Sequence[Answered]) -> Mapping[str, int]:
    """How many places are in each state."""
    states = [one.state for one in found]
    return {state: states.count(state) for state in (FILLED, NO_TICK, MISSING, NOT_SURE, WITHHELD, BY_HAND, OFFICE)}
