"""What is proposed for a place: a field and how it is written, or that a person fills it in, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from generator.forms.authority.dictionary import FieldWords, likeness
from generator.forms.authority.proposing.phrases import core, gist, without
from generator.forms.authority.proposing.place_context import PERSONS, Context

SURE = 88.0
"""From this likeness on a proposal may be filled without being confirmed, if no other comes near it."""

MARGIN = 6.0
"""How far the second best must lie behind."""

GIST = 80.0
"""What a question is worth of which only the gist fits."""

COMPLETE = 94.0
"""Below this a label may ask for more than the one field that it is most like."""

LIKELY = 66.0
"""Below this likeness nothing is proposed: a person maps the place."""


@dataclass(frozen=True)
class Proposal:
    """Fields and the way of writing for one place. `by_hand` says why a person fills it in, `certainty` is 0 to 100."""

    fields: tuple[str, ...] = ()
    writing: str = "text"
    wanted: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    absent: str = ""
    by_hand: str = ""
    office: bool = False
    pages: str = ""
    certainty: float = 0.0
    sure: bool = False
    then: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    @property
    def key(self) -> str:
        """What two proposals that fill alike have in common."""
        return f"{'+'.join(self.fields)}|{self.writing}|{self.wanted}|{bool(self.by_hand)}"


OFFICE_USE = Proposal(office=True, certainty=100, sure=True)
SIGNED_BY_HAND = Proposal(by_hand="signature", certainty=100, sure=True)
UNKNOWN = Proposal(by_hand="no field of the records was found for it", certainty=0)


def scored(context: Context, entries: Iterable[FieldWords]) -> list[tuple[float, FieldWords]]:
    """The entries that could be meant by a place, the likeliest first; entries of other kinds of form are left out."""
    found = [(score(context, entry), entry) for entry in entries if entry.is_for(context.form)]
    return sorted((pair for pair in found if pair[0] > 40), key=lambda pair: -pair[0])


def score(context: Context, entry: FieldWords) -> float:
    """How well a place's own words fit an entry, less for words about somebody else or another kind of answer."""
    best = 0.0
    for rank, text in enumerate(context.own):
        best = max(best, _fit(context, entry, text) - 3.0 * rank)
        if best < GIST and (entry.own or entry.about in context.abouts) and len(core(text)) >= 4:
            best = max(best, GIST * _gist_fit(entry, text) / 100 - 3.0 * rank)
    if any("AREA" in f for f in entry.fields) and context.code_near("areas"):
        best += 8
    if entry.by_hand and entry.about == "parent" and "child" in context.abouts:
        best -= 12  # a part about child and parents: what is asked there is asked of the child
    if context.place.date_format and not is_date(entry):
        best -= 14
    return best


def _gist_fit(entry: FieldWords, text: str) -> float:
    """How well a question fits without the words that only make it a question; never enough to be sure."""
    said = gist(text)
    return max((likeness(said, gist(" ".join(phrase))) for phrase in entry.phrases if phrase), default=0.0)


def _fit(context: Context, entry: FieldWords, text: str) -> float:
    said = core(text)
    whole = max((likeness(said, phrase) for phrase in entry.phrases), default=0.0)
    named = context.about(text)
    rest = without(text, context.words.about.get(entry.about, ()))
    part = max((100.0 if rest == phrase else likeness(rest, phrase) for phrase in entry.phrases), default=0.0)
    if named and _asks_views(context) and not without(text, context.words.about[named[0]]):
        wanted = _VIEWS_OF.get(named[0], named[:1])
        return 99.0 if entry.about in wanted and () in entry.phrases else whole - 40
    if entry.about in named:
        many = (
            not rest and entry.about == "parent" and context.number is None and re.search(r"parents|\(s\)", text, re.I)
        )
        return max(whole, part - (0.0 if rest else 8.0 if many else 1.0))
    if named and whole < 96 and len(said) <= 7:
        return whole - 30
    if entry.about in context.abouts[:1]:
        return whole + 2
    if entry.about in context.abouts:
        return whole - 1.5
    if entry.about in context.earlier_abouts and not PERSONS & set(context.abouts):
        return whole - 4
    if entry.own:
        return whole - (0.0 if whole >= 96 else 4.0) - (4.0 if context.abouts else 0.0)
    if not context.abouts and entry.about in ("child", "request", "plan", "need"):
        return whole - 2
    return whole - (3 if entry.about == "child" and not _person_near(context) else 26)


_VIEWS_OF = {"parent": ("views_parents",), "child": ("views_child",)}


def _asks_views(context: Context) -> bool:
    """True in a part of a form that is headed views, wishes or feelings: `Parents` there asks what they think."""
    return bool(re.search(r"\b(?:views|wishes|feelings|voice)\b", context.place.around.section, re.I))


def _person_near(context: Context) -> bool:
    """True when the words around are about a person or place that has an address and a telephone of its own."""
    return bool((PERSONS - {"child", "looked_after"}) & set(context.abouts))


_DATES = {
    "date",
    "date_of_birth",
    "admission_date",
    "start",
    "from",
    "to",
    "assessed",
    "last_report",
    "review_date",
    "by",
    "since",
    "agreed",
    "decided_with_family",
    "personal_education_plan",
}


def is_date(entry: FieldWords) -> bool:
    """True for an entry whose field is a day."""
    return entry.writing == "date" or any(path.rpartition(".")[2] in _DATES for path in entry.fields)


def made(context: Context, pairs: list[tuple[float, FieldWords]]) -> Proposal | None:
    """The proposal for a place that takes words, from its scored entries; None when none is likely."""
    usable = [(points, entry, filled) for points, entry in pairs if (filled := slots(context, entry)) is not None]
    if not usable or usable[0][0] < LIKELY:
        return None
    points, entry, fields = usable[0]
    rival = next((p for p, e, f in usable[1:] if (f, e.writing) != (fields, entry.writing)), 0.0)
    sure = points >= SURE and points - rival >= MARGIN and not entry.unsure
    proposal = Proposal(
        fields,
        entry.writing,
        absent=entry.absent,
        by_hand=entry.by_hand,
        certainty=min(points, 100.0),
        sure=sure,
        then=entry.then,
        pages=entry.pages,
    )
    return _worded(context, entry, proposal)


def composite(context: Context) -> Proposal | None:
    """`SENCo name & email`: several fields of one person asked for at once; never sure."""
    text = context.own[0] if context.own else ""
    parts = [p for p in re.split(r"(?:(?<!\s)\s+)?(?:,|&|\+|/|\band\b)\s*", re.sub(r"\([^()]*\)", " ", text)) if p]
    abouts = context.about(text)[:1] or context.abouts[:1]
    if not abouts or not 2 <= len(parts) <= 3 or len(core(text)) > 9:
        return None
    fields: list[str] = []
    for part in parts:
        said = without(part, context.words.about.get(abouts[0], ()))
        entries = [
            e for e in context.words.entries if e.about == abouts[0] and e.is_for(context.form) and not e.by_hand
        ]
        ranked = sorted(((max(likeness(said, p) for p in e.phrases), e) for e in entries), key=lambda pair: -pair[0])
        if not ranked or ranked[0][0] < 96 or (filled := slots(context, ranked[0][1])) is None:
            return None
        fields += [f for f in filled if f not in fields]
    return Proposal(tuple(fields), "on one line", certainty=84) if len(fields) > 1 else None


_SHORTER = (("school.dfe_number",), ("pupil.nhs_number",))
"""Numbers that are written with strokes or spaces, for which a field of a fixed length has no room."""


def _worded(context: Context, entry: FieldWords, proposal: Proposal) -> Proposal:
    """How the field is written at this place: dates, lines of an address, codes in words."""
    if proposal.by_hand:
        return replace(proposal, fields=())
    line = context.place.facts.get("line")
    if line or re.search(r"\baddress\s*(?:line\s*)?([1-5])\b", context.place.around.title, re.I):
        number = line or re.search(r"([1-5])", context.place.around.title)[1]  # type: ignore[index]
        if proposal.fields and proposal.fields[0].endswith("address"):
            return replace(proposal, fields=proposal.fields[:1], writing="line of it", wanted=str(number))
    if (
        context.place.facts.get("type") == "Tx"
        and proposal.writing == "one below the other"
        and proposal.fields[0] == "pupil.address"
        and not context.place.lines
    ):
        return replace(proposal, writing="on one line")
    if proposal.writing == "one below the other" and context.place.kind == "line" and not context.place.lines:
        return replace(proposal, writing="on one line")
    if proposal.writing.startswith("attendance"):
        return replace(proposal, wanted="" if "%" in " ".join(context.own[:1]) else "%")
    if context.place.characters and proposal.fields in _SHORTER:
        return replace(proposal, writing="only its digits" if context.place.characters < 12 else "without spaces")
    if entry.codes == "yes_no" and entry.writing == "text":
        return replace(proposal, writing="option", options={"Yes": "yes", "No": "no"})
    if proposal.writing == "text" and is_date(entry):
        return replace(proposal, writing="date")
    if proposal.writing == "tick if there is one":
        return replace(proposal, sure=False)
    return proposal


def slots(context: Context, entry: FieldWords) -> tuple[str, ...] | None:
    """The entry's fields with its area, person or row put in; None when the place does not say which area is meant."""
    fields = entry.fields
    if entry.row and context.row is not None:
        return (entry.row.replace("N", str(context.row)),)
    if any("AREA" in f for f in fields):
        area = context.code_near("areas")
        if not area:
            return None
        fields = tuple(f.replace("AREA", area) for f in fields)
    return fields
