"""Words of a form made comparable: no numbering, no hints, abbreviations written out, one spelling of each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from generator.forms.answer_places.welsh import WELSH

_REPLACED = (
    (r"\bchild\s*/\s*(?:yp|young person)\b", "child"),
    (r"\byp\b", "young person"),
    (r"\bd\.?\s?o\.?\s?b\b\.?", "date of birth"),
    (r"\be[\s-]?mail\b", "email"),
    (r"\btel\b\.?(?: no\b\.?)?", "telephone"),
    (r"\bph\b\.", "phone"),
    (r"\bno\.(?=\s|$|:)", "number"),
    (r"\bupn\b", "upn unique pupil number"),
    (r"\buln\b", "unique learner number"),
    (r"\bf\.?s\.?m\b", "free school meals"),
    (r"\bnc\s?y(?:ear|r)?\b(?: group)?", "national curriculum year"),
    (r"\byr\b", "year"),
    (r"\byear gp\b", "year group"),
    (r"\bp\.?r\.?(?=\s*[(?]|\s*$)", "parental responsibility"),
    (r"\behcp\b", "ehc plan"),
    (r"\bsenco[’']?s\b", "senco"),
    (r"\bsendco\b|\bsen co[- ]?ordinator\b", "senco"),
    (r"\beducation,? health (?:and|&) care\b", "ehc"),
    (r"\bc\.?p\.?\b(?= ?/| plan)", "child protection"),
    (r"\bci\.?n\b(?= plan|\s*$|\s*/)", "child in need"),
    (r"\blac\b|\bcla\b", "looked after"),
    (r"\bgender\b", "gender"),
    (r"\bmin\.", "minutes"),
    (r"\bhrs?\b", "hours"),
    (r"\bpostal code\b|\bpost code\b", "postcode"),
    (r"\bstandardi[sz]ed\b", "standardised"),
    (r"\borgani[sz]ation\b", "organisation"),
    (r"\bhead ?teacher[’']?s?\b", "headteacher"),
    (r"\bmath\b", "maths"),
    (r"\brec[’']?d\b", "received"),
    (r"\bco-?ordinator\b", "coordinator"),
    (r"\be\.?a\.?l\b", "eal"),
    (r"\bnhs no\b", "nhs number"),
    (r"\b(?:believe|consider)\b", "think"),
    (r"\b(?:first|second|third|1st|2nd|3rd) (?=(?:named )?(?:parents?|carers?|guardian|person|contact|adult)\b)", ""),
    (r"(?<!unique )\b(?:pupil|learner|student)(?=[’']?s?\b)", "child"),
)
_HINT_WORDS = (
    r"please|delete|tick|circle|highlight|underline|words?|characters?|if known|if different|if any"
    r"|if applicable|optional|dd|mm|yyyy|attach|continue|maximum|max|no more than|required"
    r"|from 14|see|e\.?g|cross|main one"
)
_IN_BRACKETS = re.compile(r"\(([^()]*+)\)")
_HINT = re.compile(rf"\b(?:{_HINT_WORDS})\b|^(?:√|✓|%|£|\*|s)$", re.I)
_NUMBERING = re.compile(
    r"^\s*(?:section|part|question|q)?\s*(?:\(?[a-z]?\d{1,2}(?:\.\d{1,2})*[a-z]?\)?[.:)]*\s+|\(?[a-zA-Z]\)\s*|[ivx]{1,4}[.)]\s+|(?:section|part)\s+[a-z0-9]+[:.\s–-]+|(?-i:[A-Z]\d{0,2}[.:]?\s+(?=[A-Z])))",
    re.IGNORECASE,
)
_NOT_WORDS = re.compile(r"[^a-z0-9&’/ ]+")
_SMALL = {
    "the",
    "a",
    "an",
    "of",
    "your",
    "s",
    "please",
    "is",
    "their",
    "this",
    "his",
    "her",
    "for",
    "state",
    "give",
    "enter",
    "to",
    "be",
}


@lru_cache(maxsize=8192)
def comparable(text: str) -> str:
    """`B4  D.O.B. (dd/mm/yyyy) *` as `date of birth`."""
    said = _english(text.replace("'", "’").replace("\u2011", "-").strip())
    said = _IN_BRACKETS.sub(lambda found: " " if _HINT.search(found[1]) else found[0], said)
    said = re.sub(r"\(?\b(?:y\s*/\s*n|yes\s*/\s*no)\b\)?\s*\??$", " ", said, flags=re.I) or said
    said = _numbered(said)
    said = said.lower()
    for pattern, replacement in _REPLACED:
        said = re.sub(pattern, replacement, said)
    said = said.replace("(s)", "s").replace("/ ", "/").replace(" /", "/")
    said = said.replace("upn unique pupil number", "unique pupil number")
    return " ".join(_NOT_WORDS.sub(" ", said).replace("/", " ").replace("’s", "’s").split())


def _english(text: str) -> str:
    """The half behind the stroke where the half before it is Welsh, or the other way round."""
    first, _, second = text.partition("/")
    if not second.strip():
        return text
    if WELSH.search(first) and not WELSH.search(second):
        return second.lstrip()
    return first.rstrip() if WELSH.match(second.lstrip()) and not WELSH.search(first) else text


def _numbered(text: str) -> str:
    match = _NUMBERING.match(text)
    rest = text[match.end() :] if match else text
    return rest if rest.strip() else text


@lru_cache(maxsize=8192)
def core(text: str) -> tuple[str, ...]:
    """The words of a comparable text that carry meaning, without possessives, in their order."""
    said = [word.removesuffix("’s").removesuffix("’") for word in comparable(text).split()]
    kept = tuple(word for word in said if word not in _SMALL)
    return kept or tuple(said)


_ASKING = frozenset(
    """
    that which how why when where what who are do does did have has had you we they it there any some in at
    on with about and or was were been can could would will should may describe explain tell us list outline
    summarise details detail information main current currently child children young person pupil student
    learner school setting provide include including if so yes no into as by made used already far date his
    her me my
    """.split()  # noqa: SIM905  a list of words is read more easily so
)


@lru_cache(maxsize=8192)
def gist(text: str) -> tuple[str, ...]:
    """The words of a question without those that only ask: `What are your main concerns?` as `concerns`."""
    said = core(text)
    return tuple(word for word in said if word not in _ASKING) or said


def mentions(text: str, phrases: Iterable[str]) -> bool:
    """True when a text has one of some phrases as whole words."""
    said = f" {' '.join(core(text))} "
    return any(f" {' '.join(core(phrase))} " in said for phrase in phrases)


def without(text: str, phrases: Iterable[str]) -> tuple[str, ...]:
    """The meaning words of a text when some phrases are taken out."""
    return _without(text, tuple(phrases))


@lru_cache(maxsize=32_768)
def _without(text: str, phrases: tuple[str, ...]) -> tuple[str, ...]:
    said = f" {' '.join(core(text))} "
    for phrase in sorted(phrases, key=len, reverse=True):
        words = " ".join(core(phrase))
        if words:
            said = said.replace(f" {words} ", " ")
    return tuple(said.split())


_OFFICES = (
    r"office|official|internal|admin(?:istration)?|authority|council|l\.?e?\.?a|sen(?:d)? (?:team|hub)|send hub|hub"
    r"|panel|casework(?:er)?|service|department|team"
)
OFFICE = re.compile(
    rf"\b(?:{_OFFICES})['’s]*\s+use\b|\buse\s+only\b|\b(?:office|l\.?e?\.?a|authority|panel)\s+only\b|^\s*office\s*:"
    r"|(?:^\W*(?:\d+\W+)?|\b(?:date|requests?|forms?|applications?|referrals?|papers?|paperwork|documents?|submissions?)"
    r"(?: (?:was|were|is|are))? )received by (?:the )?(?:l\.?e?\.?a|(?:local )?authority|council|send? team|panel)\b"
    r"|\bpanel decision\b|\bfor panel\b|\bto be completed by the (?:local )?(?:authority|council|panel|la)\b",
    re.I,
)
SIGNATURE = re.compile(r"\b(?:signature|signed|sign here|signature of)\b", re.I)
SIGNING = re.compile(r"\b(?:signature|signed|sign|agreed by|declaration|consent|print name|i agree)\b", re.I)


_FIRST = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2}
_WHO = r"\b(?:parents?|carers?|person|contact|adult|guardian|p)(?:\s*+/\s*+(?:carers?|guardian))?"
_WITH_NUMBER = re.compile(rf"{_WHO}\s*+(?:no\.?|number)?\s*+[(#]?([1-6])\b", re.I)
_COUNTED = re.compile(
    rf"(?<!date of )\b({'|'.join(_FIRST)})\s++(?:named\s++)?{_WHO}\b(?! (?:with|by|made|date)\b)", re.I
)
_REACHED = (
    r"full name|surname|forename|address|postcode|telephone|tel|phone|mobile|e-?mail|signature|signatory|"
    r"relationship|relative|family member|mother|father|household|emergency|next of kin|occupation|title"
)
_ALONE = re.compile(rf"\s*(?:the )?({'|'.join(_FIRST)})\s*(?:$|[:(,.)–—]|(?:{_REACHED})\b)", re.I)
"""`Second`, `Second:` or a way to reach a second one; a second school or placement is nobody, third parties neither."""


def ordinal(text: str) -> int | None:
    """`Parent / carer 2`, `P2 first name`, `Second`, `Mother` and `Father` only with a number."""
    if match := _WITH_NUMBER.search(text):
        return int(match[1]) - 1
    match = _COUNTED.search(text) or (_ALONE.match(text) if len(text) < 40 else None)
    return _FIRST[match[1].lower()] if match else None
