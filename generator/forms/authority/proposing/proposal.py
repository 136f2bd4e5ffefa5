"""What is proposed for a place: a field and how it is written, or that a person fills it in, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from generator.forms.authority.dictionary import FieldWords
from generator.forms.authority.proposing.likeness import likeness
from generator.forms.authority.proposing.phrases import comparable, core, gist, without
from generator.forms.authority.proposing.place_context import PERSONS, Context, kind_of_form

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
            best = max(best, GIST * _gist_fit(context, entry, text) / 100 - 3.0 * rank)
    if any("AREA" in f for f in entry.fields) and context.code_near("areas"):
        best += 8
    if entry.by_hand and entry.about == "parent" and "child" in context.abouts:
        best -= 12  # a part about child and parents: what is asked there is asked of the child
    if context.place.date_format and not is_date(entry):
        best -= 14
    if _other_unit(context, entry):
        best -= 40
    return best


_SINCE = re.compile(r"\b(?:on|since)$", re.I)
_A_YEAR = re.compile(r"\b(?:a|per|each) year\b|\bannual|\byear(?:ly)?\b|\bp\.?\s?a\b", re.I)
_SHORTER_TIME = re.compile(r"\b(?:hour|hours|hourly|week|weekly|month|monthly|term|termly|minute|session)s?\b", re.I)


_POUNDS = re.compile(r"£(?!\s?\d)")
_PER_CENT = re.compile(r"(?<!\d)(?<!\d\s)%")
"""A sign of what is to be written; with a number it tells, as in `pupil premium (£1,480 a year)?`."""


def _other_unit(context: Context, entry: FieldWords) -> bool:
    """True where a label asks for pounds, a share of a hundred or a day, and the entry holds something else."""
    a = context.place.around
    told = [t for t in (a.before, a.left, a.inside, a.above, context.place.how) if "?" not in t]
    whose = entry.about in PERSONS and not entry.by_hand
    units = ((_POUNDS, "pounds"), (_PER_CENT, "attendance"))
    if whose and any(way not in entry.writing and any(map(unit.search, told)) for unit, way in units):
        return True
    if entry.writing == "pounds a year in all" and _SHORTER_TIME.search(a.above) and not _A_YEAR.search(a.above):
        return True
    return context.place.kind == "line" and bool(_SINCE.search(a.before)) and not is_date(entry)


def _gist_fit(context: Context, entry: FieldWords, text: str) -> float:
    """How well a question fits without the words that only make it a question; never enough to be sure."""
    return context.words.gists.worth(gist(text)).get(id(entry), 0.0)


def _fit(context: Context, entry: FieldWords, text: str) -> float:
    said = core(text)
    whole = context.words.phrases.worth(said).get(id(entry), 0.0)
    named = context.about(text)
    if not whole and not named and () not in entry.phrases:
        return 0.0  # most entries by far: no word in common
    rest = without(text, context.words.about.get(entry.about, ()))
    if entry.about == "parent" and re.fullmatch(r"[1-6]", " ".join(rest)) and () in entry.phrases:
        return max(whole, 86.0)  # `Parent/carer 2`: the name, but perhaps more
    part = 100.0 if rest in entry.phrases else context.words.phrases.worth(rest).get(id(entry), 0.0)
    if named and _asks_views(context) and not without(text, context.words.about[named[0]]):
        wanted = _VIEWS_OF.get(named[0], named[:1])
        return 99.0 if entry.about in wanted and () in entry.phrases else whole - 40
    if named and entry.about in _VIEWS_OF.get(named[0], ()) and (_SAYS.search(text) or _asks_views(context)):
        rest = tuple(w for w in without(text, context.words.about[named[0]]) if w not in _SAYING)
        like = 102.0 if rest in entry.phrases else context.words.phrases.worth(rest).get(id(entry), 0.0)
        return max(whole - (1 if whole >= 96 else 30), like - 6)
    if len(named) == 1 and len(said) > 3 and said in entry.phrases:
        return whole - 1.0  # word for word, with whoever is named in it
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


_SAYS = re.compile(r"\b(?:say|think|feel|hope|want|wish|tell us|view)s?\b", re.I)
_SAYING = {"do", "does", "say", "says", "think", "thinks", "feel", "feels", "that", "tell", "us"}
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
    sure = points >= SURE and points - rival >= MARGIN and not entry.unsure and not _doubtful(context, entry)
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


_IF_DIFFERENT = re.compile(r"\bif (?:it is |this is |they are )?(?:different|other|not the same)\b", re.I)
_MONEY = re.compile(r"£|\b(?:costs?|fund(?:ing|ed)?|pounds|budget|expenditure|price)\b", re.I)
_NAMED_IN_A_PLAN = re.compile(
    r"\b(?:preferred|proposed|requested|section i)\b.*\bplacement\b|^\W*i\W+placement\b", re.I
)


def _says_other(context: Context, entry: FieldWords) -> bool:
    """True where the name that its author gave a PDF's field speaks of something else than the words beside it."""
    title = context.place.around.title
    if not re.search(r"[a-z]{3}", comparable(title)) or _fit(context, entry, title) >= LIKELY:
        return False
    if context.place.facts.get("tooltip"):
        return True
    return any(_fit(context, other, title) >= SURE for other in context.words.entries if other.key != entry.key)


_YOURS = re.compile(r"\byour\b(?! (?:child|son|daughter|pupil|student|learner|young))", re.I)


_OTHER_SCHOOL = re.compile(
    r"\b(?:propos|prefer|previous|former|earlier|receiving|transfer|requested|last|other|next|new)\w*\b.*"
    r"\b(?:schools?|settings?|nurser|placements?|colleges?|provi)"
    r"|\b(?:schools?|settings?|nurser\w+|placements?|colleges?)\b.*\b(?:previously|before|attended|formerly)\b",
    re.I,
)
_EVERYBODY_HAS = {"forenames", "legal_surname", "preferred_name", "date_of_birth", "address", "postcode", "sex"}
_NEUTRAL = {
    "section", "part", "personal", "details", "information", "basic", "general", "about", "background", "individual",
    "data", "contact", "identifying", "key", "main", "summary", "request", "form", "page", "step", "and",
}  # fmt: skip


def _of_somebody_else(context: Context, entry: FieldWords, label: str) -> bool:
    """True for a bare `Name` or `Address` below a heading that is about nobody we know: `Interpreter`, `Escort`."""
    asks = {path.rpartition(".")[2] for path in entry.fields} & _EVERYBODY_HAS
    a = context.place.around
    over = next((t for t in (a.group, a.above, a.caption, a.heading, a.section) if t and t != context.title), "")
    if not asks or not over or "child" in context.about(label) or over == label:
        return False
    words = [w for w in core(over) if w not in _NEUTRAL and not re.fullmatch(r"\d+|[a-z]", w)]
    named = [about for text in (over, a.section) for about in context.about(text)]
    return len(words) in range(1, 7) and not named and kind_of_form((over,)) == "other" and not (a.left and a.above)


_FAMILY = re.compile(
    r"\b(?:parent|carer|guardian|mother|father|mum|dad|famil|responsib|relation|next of kin|rhieni|rhiant"
    r"|p[12]\b|pr\b)",
    re.I,
)


_ADDRESS_ITSELF = re.compile(
    r"\b(?:live|reside|living|residing)s? (?:\w+ )?(?:elsewhere|apart|away|separately|at (?:a|another))\b"
    r"|\b(?:not|n[’']t) (?:live|living|reside|residing)\b|\b(?:absent|separated|non-?resident) parent"
    r"|\bdifferent address\b|\bfull address\b|\baddress includ",
    re.I,
)
"""Words of a form that asks a parent's address because it is another than the child's, or asks it in full."""


def _doubtful(context: Context, entry: FieldWords) -> bool:
    """True where the words fit, but the place may ask it of somebody or something else."""
    around = context.place.around
    if context.bracketed:
        return True  # words behind a gap in a sentence name it; whose they are, the sentence says
    if context.place.where.field and _says_other(context, entry):
        return True
    label = " ".join((around.before, around.left, around.inside, around.title))
    if entry.about == "child" and _of_somebody_else(context, entry, label):
        return True
    if entry.about == "school" and any(
        _OTHER_SCHOOL.search(t) for t in (around.section, around.heading, around.caption)
    ):
        return True
    told = f"{context.everything} | {context.title}"
    if entry.about == "parent" and not context.reader and not _FAMILY.search(told):
        return True  # a `named person` is a parent only among parents
    if entry.writing == "own address, or as the child" and _ADDRESS_ITSELF.search(told):
        return True
    if entry.about == "child" and context.form != "other" and context.own and _YOURS.search(context.own[0]):
        return True  # a request asks for the name of whoever fills it in
    if entry.about == "child" and any("address" in f for f in entry.fields) and "child" not in context.about(label):
        # an address that may differ, or that stands below a parent's name, is that parent's
        return bool(_IF_DIFFERENT.search(label)) or "parent" in context.earlier_abouts
    if entry.writing == "pounds a year in all" and context.own and core(context.own[0]) != ("total",):
        return bool(around.left and around.above and "total" in core(around.above) and "total" not in core(around.left))
    if entry.writing == "pounds a year in all":
        return not _MONEY.search(context.everything)
    if entry.about == "school":  # the school that a plan is to name, which need not be the one that writes
        return any(_NAMED_IN_A_PLAN.search(t) for t in (around.section, around.heading, around.caption, label))
    return False


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
    if entry.box:  # a cell beside `SEN support`: what goes there is a tick, not the status
        return replace(proposal, writing="tick if", wanted=entry.box, sure=False)
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
