"""What a place is about: the child, a parent, the school …; which area, subject, cycle, person or row is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.forms.answer_places.place import AnswerPlace
from generator.forms.authority.dictionary import Dictionary
from generator.forms.authority.proposing.likeness import likeness
from generator.forms.authority.proposing.phrases import OFFICE, comparable, core, ordinal, without

KINDS_OF_FORM = (
    ("top-up", r"\b(?:top[- ]?up|high needs|element 3|additional funding|funding request|funding application)\b"),
    (
        "review",
        r"\bannual\b.{0,30}\breview\b|\binterim review\b|\breview of (?:an? |the )?.{0,40}\b(?:ehc|care) plan\b"
        r"|\behcp? (?:plan )?review\b",
    ),
    (
        "request",
        r"\b(?:ehc|education,? health and care|statutory|needs) (?:needs )?assessment\b|\behcna\b|\behcp? request\b"
        r"|\bassessment of (?:\w+ ){0,3}(?:ehc|education,? health and care) needs\b",
    ),
    ("involvement", r"\b(?:involvement|referral|service request|request for support|advisory|outreach)\b"),
    (
        "request",
        r"\brequest for (?:an? )?assessments?\b(?! (?:by|from)\b)|\bassessment request\b"
        r"|\b(?:ehc|sen|send) assessment\b",
    ),
    (
        "plan",
        r"\b(?:support plan|iep|individual education plan|apdr|assess,? plan|provision plan|send support"
        r"|review report|review meeting)\b",
    ),
)


def kind_of_form(words: Iterable[str]) -> str:
    """request, top-up, involvement, plan or review, by the first of some titles that says so; else other."""
    for text in words:
        for kind, pattern in KINDS_OF_FORM:
            if re.search(pattern, text, re.I):
                return kind
    return "other"


_YOUR = re.compile(r"\b(?:you|your|yourself)\b(?! (?:child|son|daughter))", re.I)
_BY_PARENTS = re.compile(
    r"\b(?:parental|parents?|carers?)\b.{0,20}\b(?:request|contribution|views|advice|form|application)\b", re.I
)


def reader_of(words: Iterable[str]) -> str:
    """`parent` where a form's titles say that parents fill it in."""
    said = [t for t in words if t][:3]
    return (
        "parent" if any(_BY_PARENTS.search(t) and not re.search(r"\bschool|setting\b", t, re.I) for t in said) else ""
    )


PERSONS = {
    "child",
    "parent",
    "school",
    "head",
    "senco",
    "writer",
    "gp",
    "social_worker",
    "teacher",
    "adult",
    "virtual_school",
    "looked_after",
}
"""Abouts that have a name, an address or a telephone of their own."""


THINGS = {"need", "papers", "plan", "profile", "review", "request"}
"""Abouts that are nobody: as heads of a column they ask something themselves."""


@dataclass(frozen=True)
class NumberedPart:
    """The outcome or target, counted from 0, that a part of a form is printed for."""

    word: str
    number: int


@dataclass(frozen=True)
class Context:
    """One place with what is known of the whole form: its kind, and the words of the form's other places beside it."""

    place: AnswerPlace
    words: Dictionary
    form: str
    beside: tuple[str, ...] = ()
    """The words of the other places in the same paragraph or row, in their order."""
    followers: int = 0
    """How many places with no words of their own follow on the same line."""
    earlier: tuple[str, ...] = ()
    """The labels of the rows just before in the same table."""
    mates: tuple[str, ...] = ()
    """The labels of the places before it in the same row, the nearest first."""
    title: str = ""
    """The form's own title, which is about no place more than about another."""
    reader: str = ""
    """Whom the form calls you: a parent, where parents fill it in themselves."""
    block: NumberedPart | None = None

    # -- texts ----------------------------------------------------------------------------------------------------

    @cached_property
    def own(self) -> tuple[str, ...]:
        """The texts that may name the place, the best first; a heading only where nothing stands nearer."""
        a, kind = self.place.around, self.place.kind
        if kind == "grid column":
            return _kept(a.above, f"{a.higher} {a.above}", a.title)
        if kind == "checkbox":
            return _kept(a.question, a.left, a.above) or _kept(a.heading)
        if shared := self._shared():
            return (shared,)
        if self.bracketed:
            mine = any(_OF_ME.search(t) for t in (self._before, *self.beside)) and _MINE.fullmatch(self.bracketed)
            return (f"{self.bracketed} of person completing",) if mine else (self.bracketed,)
        before = self._before if re.search(r"[^\W\d_]{2}", comparable(a.before)) else ""
        if before:
            named = _kept(before, a.title)
        elif a.left and a.above and a.left != a.above and not self.place.where.field:
            # A person over the column says whose it is; only a row that asks nothing itself asks for the name.
            over = "" if self._is_bare(a.above) and not self._is_bare(a.left) else a.above
            named = _kept(a.left, over, f"{a.left} {over}" if over else "", a.title, a.inside)
        else:
            named = _kept(a.left, a.inside, a.title, a.above, a.higher, a.heading if len(core(a.inside)) >= 8 else "")
        return self._sorted(named) or self._sorted(_kept(a.question)) or _kept(a.heading)

    @cached_property
    def _before(self) -> str:
        """The words before, without those in brackets that name the gap before them: `___ (name), the ___`."""
        before = self.place.around.before
        return _NAMES_GAP.sub("", before) if self.place.kind == "line" and self.beside else before

    @cached_property
    def bracketed(self) -> str:
        """The words in brackets behind a gap in a sentence, which name it: `I am ____ (name)`."""
        a = self.place.around
        named = _NAMES_GAP.match(a.after) if self.place.kind == "line" and _IN_SENTENCE.search(self._before) else None
        return named[1] if named and core(named[1]) and not OFFICE.search(named[1]) else ""

    def _is_bare(self, text: str) -> bool:
        """True for the bare name of somebody, such as `Mother` or `SENCO`, with nothing that is asked of them."""
        return any(not without(text, self.words.about[x]) for x in about_of(text, self.words) if x not in THINGS)

    def _sorted(self, named: tuple[str, ...]) -> tuple[str, ...]:
        """Names of an area or subject name no field; the bare name of a person comes after what is asked of them."""
        worded = [t for t in named if re.search(r"[a-z]{2}", comparable(t))]
        kept = tuple(t for t in worded if not any(_code_in(t, which, self.words) for which in ("areas", "subjects")))
        bare = [t for t in kept if self._is_bare(t)]
        asked = [t for t in kept if t not in bare and t == self.place.around.title]
        return (*asked, *(t for t in kept if t not in asked)) if kept and kept[0] in bare and asked else kept

    def _shared(self) -> str:
        """The part of a label that stands before several lines: `Initials and date of birth: ____ / ____`."""
        a = self.place.around
        first = next(iter(self.beside), "") or a.before or a.left
        parts = [part.strip(" :") for part in re.split(r"\s+and\s+|\s*/\s*", first)]
        number = len(self.beside)
        alone = not re.search(r"\w", a.before) or not self.beside
        if not self.place.where.field and alone and len(parts) == 2 and number < 2 and self.followers + number == 1:
            return parts[number]
        return ""

    @cached_property
    def around(self) -> tuple[str, ...]:
        """The texts that say what this part of the form is about, the nearest first."""
        a = self.place.around
        near = [*reversed(self.beside), a.left, *self.person, a.group, a.above, a.higher, a.inside, a.caption]
        # In a part made of lines what is printed before a line is the line before it, and heads nothing.
        line_before = self.place.kind == "line" and any(t in a.heading for t in self.earlier)
        near += [t for t in (a.section, "" if line_before else a.heading) if t != self.title]
        return tuple(dict.fromkeys(t for t in near if t))

    @cached_property
    def person(self) -> tuple[str, ...]:
        """The person or place named before in the row, where this place asks how to reach them: `SENCO … Email`."""
        a = self.place.around
        if not _REACH.match(" ".join(core(a.left or a.before or a.label_inside))):
            return ()
        for text in self.mates:
            named = [n for n in about_of(text, self.words) if n in PERSONS and n != "child"]
            rest = without(text, [p for n in named for p in self.words.about[n]])
            if named and set(rest) <= _NAME_WORDS:
                return (text,)
        return ()

    @cached_property
    def everything(self) -> str:
        """All words around the place."""
        a = self.place.around
        return " | ".join((*self.around, a.before, a.after, a.question, a.option, a.title))

    # -- whom and what --------------------------------------------------------------------------------------------

    @cached_property
    def abouts(self) -> tuple[str, ...]:
        """What the nearest text around is about; several where it names several. The child where nothing says."""
        found: tuple[str, ...] = ()
        for text in self.around:
            named = self.about(text) if text not in self.own[:1] else ()
            found = (*found, *(n for n in named if n not in found))
            if PERSONS & set(found):
                break
        return (*found, "views_parents") if self.reader == "parent" else found

    def about(self, text: str) -> tuple[str, ...]:
        """What a text is about; `your` is the parent's on a form that parents fill in."""
        named = about_of(text, self.words)
        return (self.reader,) if self.reader and not named and _YOUR.search(text) else named

    @cached_property
    def earlier_abouts(self) -> tuple[str, ...]:
        """What the rows just before are about: a telephone below `Filled in by` is that person's."""
        return tuple(a for text in self.earlier for a in about_of(text, self.words))

    @cached_property
    def office(self) -> bool:
        """True for what the authority fills in itself."""
        a = self.place.around
        texts = (a.left, a.caption, a.before, a.title if self.place.where.field else "", a.question, *self.beside)
        return (
            self.place.office_use
            or any(OFFICE.search(t) for t in texts if t)
            or bool(
                OFFICE.search(a.section)
                or (len(a.heading) < 60 and OFFICE.search(a.heading) and "/w:tc" in self.place.where.xpath)
            )
        )

    def code_near(self, table: str) -> str:
        """The area, or subject, that the texts around name, the nearest first."""
        a = self.place.around
        for text in (
            a.left,
            a.group,
            a.above,
            a.option,
            a.before,
            a.question,
            a.caption,
            a.higher,
            a.heading,
            a.section,
        ):
            code = _code_in(text, table, self.words) if text else ""
            if code:
                return code
        return ""

    @cached_property
    def number(self) -> int | None:
        """Which person or row is meant, from 0: `Parent 2`, `second`, `2.`; None where nothing says."""
        a = self.place.around
        own = (a.before, a.left, *reversed(self.beside), a.group, a.above, a.title, *self.mates)
        for text in (*own, a.caption, a.higher, a.section, a.heading):
            if text and (found := ordinal(text)) is not None:
                return found
        return None

    @cached_property
    def earlier_number(self) -> int | None:
        """Which person the nearest line before names, in a part of the form that is made of lines."""
        if self.place.kind != "line":
            return None
        return next((n for text in self.earlier if (n := ordinal(text)) is not None), None)

    @cached_property
    def somebody_else(self) -> bool:
        """True for a further carer beside the parents: a foster carer, a step-parent, an `other carer`."""
        a = self.place.around
        return any(_ELSE.search(t) for t in (a.before, a.left, a.group, a.above, a.title, a.caption) if t)

    @cached_property
    def relation(self) -> str:
        """`mother` or `father`, where the words name one of them alone: that person, whichever stands first."""
        a = self.place.around
        for text in (
            a.before,
            a.left,
            *reversed(self.beside),
            *self.person,
            a.group,
            a.above,
            a.title,
            a.caption,
            a.higher,
            a.section,
        ):
            named = {r for r, pattern in _RELATIONS.items() if re.search(pattern, text, re.I)}
            if named:
                return named.pop() if len(named) == 1 else ""
            if text and "parent" in about_of(text, self.words):
                return ""
        return ""

    @cached_property
    def row(self) -> int | None:
        """The row by a number that stands alone as its label: `1.`, `(2)`, `Outcome 3`; or a PDF's row."""
        if "row" in self.place.facts and isinstance(self.place.facts["row"], int):
            return int(self.place.facts["row"])
        a = self.place.around
        for text in (a.before, a.left):
            match = re.fullmatch(
                r"\s*+(?:outcome|target|need|cycle|row|no\.?)?\s*+\(?(\d{1,2})\)?[.):]?\s*", text, re.I
            )
            if match and 0 < int(match[1]) < 30:
                return int(match[1]) - 1
        return None

    @cached_property
    def cycle(self) -> int | None:
        """The cycle that a column or row is for: `Cycle 2`."""
        a = self.place.around
        for text in (a.above, a.left, a.caption, a.higher, a.section):
            if match := re.search(r"\b(?:cycle|plan|round)\s*+(?:number|no\.?)?\s*+(\d)\b", text, re.I):
                return int(match[1]) - 1
            if match := re.search(r"\b(first|second|third|fourth)\s+(?:cycle|plan|review)", text, re.I):
                return ["first", "second", "third", "fourth"].index(match[1].lower())
        return None


_NAMES_GAP = re.compile(r"^\(([^()\d]{3,40})\)\W*")
_IN_SENTENCE = re.compile(
    r"(?:^|\b)(?:i|am|is|are|of|the|for|on|at|in|and|by|to|from|since|that|born|with|called|named|my|our)\W*$", re.I
)
_OF_ME = re.compile(r"\bi(?: am)?\W*$", re.I)
_MINE = re.compile(r"(?:my |your |full )?(?:name|position|role|job(?: title)?|post|designation)", re.I)
_REACH = re.compile(
    r"(?:contact |telephone |phone |mobile |work |direct |email |day ?time )*"
    r"(?:telephone|phone|mobile|email|contact|number|line|address|details|postcode|role|position|designation|job title)"
    r"(?: (?:number|numbers|address|details|email|title|s))*$"
)
_ELSE = re.compile(
    r"\b(?:other|additional|third) (?:parents?|carers?|adults?|guardian|person|people)\b|\bfoster\b"
    r"|\bstep[- ]?(?:parent|mother|father)\b|\bgrand(?:parent|mother|father)s?\b",
    re.I,
)
_RELATIONS = {
    "mother": r"\b(?:mother|mum|mummy)\b(?!\s*(?:tongue|language))",
    "father": r"\b(?:father|dad|daddy)\b",
}
_NAME_WORDS = {"name", "names", "full", "print", "contact", "details", "and", "no"}


def _kept(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(t for t in texts if t and t.strip()))


def about_of(text: str, words: Dictionary) -> tuple[str, ...]:
    """What a text is about, the longest phrase first; words count once, so that `young person` is no `person`."""
    if (known := words.known.get(("about", text))) is not None:
        return tuple(known)
    said = f" {' '.join(core(text))} "
    found: list[str] = []
    for about, phrase in words.about_phrases:
        if f" {phrase} " in said:
            said = said.replace(f" {phrase} ", " | ")
            found += [about] if about not in found else []
    words.known["about", text] = tuple(found)
    return tuple(found)


def _code_in(text: str, which: str, words: Dictionary) -> str:
    """The area or subject (`which`) whose words a text is, or begins with before a colon, dash or stroke."""
    if len(text) > 90:
        return ""
    if (known := words.known.get((which, text))) is None:
        known = words.known[which, text] = _code_of(text, words.areas if which == "areas" else words.subjects)
    return str(known)


def _code_of(text: str, table: Mapping[str, Sequence[str]]) -> str:
    said = core(text)
    best = ("", 0.0)
    for code, phrases in table.items():
        for phrase in phrases:
            wanted = core(phrase)
            score = 100.0 if comparable(text) == comparable(phrase) else likeness(said, wanted)
            if len(wanted) > 1 and said[: len(wanted)] == wanted:
                score = max(score, 97.0)
            if score > best[1]:
                best = (code, score)
    return best[0] if best[1] >= 90 else ""


def beside_of(places: Sequence[AnswerPlace]) -> list[tuple[str, ...]]:
    """For each place the words before the places that stand before it in the same paragraph or, in a grid of names
    and signatures, the heads of its row."""
    found: list[tuple[str, ...]] = []
    for number, place in enumerate(places):
        mine: list[str] = []
        for other in reversed(places[:number]):
            if line_of(other) != line_of(place):
                break
            mine.insert(0, other.around.before or other.around.left or other.around.option)
        found.append(tuple(w for w in mine if w))
    return found


def line_of(place: AnswerPlace) -> tuple[str, str]:
    """The paragraph of a place; a PDF has none, so its line."""
    if place.where.field:
        return (str(place.page), str(round(place.where.rect[1] / 8)) + place.around.section)
    path = place.where.xpath
    return (place.where.part, re.split(r"/w:(?:sdt|r)(?:\[|$)", path)[0] if "/w:p" in path else path)
