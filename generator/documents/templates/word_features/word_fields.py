"""Word's fields in a template: which print the same in every program, and which cannot be filled.

A date or a property of the file is worked out anew by each program that shows it: a letter would carry the day on
which somebody opens it. Such fields become text when the template is merged. Fields that need Word's mail merge or
ask the person at the keyboard are told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date as Date

from lxml import etree

from generator.values import formatting
from generator.word_files.docx_package import W
from generator.word_files.word_names import drop, unwrap

_DATES = {"DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE"}
_PROPERTIES = {
    **dict.fromkeys(("TITLE", "FILENAME"), "title"),
    **dict.fromkeys(("AUTHOR", "LASTSAVEDBY", "USERNAME"), "author"),
}
_EMPTY = {
    "SUBJECT",
    "KEYWORDS",
    "COMMENTS",
    "TEMPLATE",
    "USERINITIALS",
    "USERADDRESS",
    "EDITTIME",
    "REVNUM",
    "FILESIZE",
}
_AS_STORED = {"NUMWORDS", "NUMCHARS", "DOCPROPERTY", "INFO", "DOCVARIABLE", "QUOTE"}
_NAMED = {"title": "title", "author": "author", "company": "author", "manager": "author", "lastsavedby": "author"}
MAIL_MERGE = {
    "MERGEFIELD",
    "NEXT",
    "NEXTIF",
    "SKIPIF",
    "MERGEREC",
    "MERGESEQ",
    "ADDRESSBLOCK",
    "GREETINGLINE",
    "DATABASE",
}
ASKING = {"ASK", "FILLIN", "IF", "COMPARE", "SET", "AUTOTEXT", "AUTOTEXTLIST", "GOTOBUTTON", "MACROBUTTON"}
"""Fields whose words depend on what Word asks or reckons when the file is opened there."""


@dataclass
class WordField:
    """One field: its instruction, and the marks that it begins, is divided and ends with (None for a simple one)."""

    instruction: str
    begin: etree._Element
    divide: etree._Element | None = None
    end: etree._Element | None = None
    pieces: list[etree._Element] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Its first word in capitals: `DATE`."""
        return (self.instruction.split() or [""])[0].upper()

    @property
    def is_simple(self) -> bool:
        return bool(self.begin.tag == f"{W}fldSimple")


def fields(root: etree._Element) -> Iterator[WordField]:
    """Every field of a part, those inside another before it."""
    for simple in root.iter(f"{W}fldSimple"):
        yield WordField(simple.get(f"{W}instr", ""), simple)
    open_fields: list[WordField] = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText"):
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            open_fields.append(WordField("", element))
        elif open_fields and kind == "separate":
            open_fields[-1].divide = element
        elif open_fields and kind == "end":
            open_fields[-1].end = element
            yield open_fields.pop()
        elif open_fields and element.tag == f"{W}instrText":
            open_fields[-1].instruction += element.text or ""
            open_fields[-1].pieces.append(element)


@dataclass(frozen=True)
class FieldFacts:
    """What fields of one document print: its day, its title, and the school as its author."""

    day: object
    title: str
    author: str


def write_out(root: etree._Element, facts: FieldFacts) -> None:
    """Fields that each program would work out anew become the text that they have in this document."""
    for one in list(fields(root)):
        text = _text(one, facts)
        if text is not None:
            _as_text(one, text)


def as_stored(root: etree._Element, wanted: Callable[[WordField], bool]) -> bool:
    """Make fields the text that they show now; True when there were any."""
    chosen = [one for one in fields(root) if wanted(one)]
    for one in chosen:
        _as_text(one, lambda stored: stored)
    return bool(chosen)


def _text(one: WordField, facts: FieldFacts) -> Callable[[str], str] | None:
    """What a field prints, of what the template has there; None for one that stays a field."""
    words = one.instruction.split()
    if one.kind in _DATES:
        return lambda _: _dated(one.instruction, facts.day)
    if one.kind in _PROPERTIES:
        return lambda _: str(getattr(facts, _PROPERTIES[one.kind]))
    if one.kind in ("DOCPROPERTY", "INFO") and len(words) > 1:
        named = _NAMED.get(words[1].strip('"').lower())
        if named is not None:
            return lambda _: str(getattr(facts, named))
    if one.kind in _EMPTY:
        return lambda _: ""
    if one.kind in _AS_STORED:
        return lambda stored: "" if stored.startswith("Error!") else stored
    return None


# -- dates ------------------------------------------------------------------------------------------------------------

_PICTURE = re.compile(r'\\@\s*(?:"([^"]*)"|(\S+))')
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TOKEN = re.compile(r"'[^']*'|d{1,4}|M{1,4}|y{2,4}|[hHms]{1,2}|am/pm|AM/PM|.", re.DOTALL)


def _dated(instruction: str, day: object) -> str:
    """The document's day in the picture that the field asks for; without one, as everywhere else in the document."""
    found = _PICTURE.search(instruction)
    picture = (found[1] if found and found[1] is not None else found[2] if found else "") or ""
    tokens = _TOKEN.findall(picture)
    # A time of day is none that a document has: its picture gives way to the day.
    if not isinstance(day, Date) or not tokens or any(t[0] in "hHs" or t.lower() == "am/pm" for t in tokens):
        return str(formatting.date(day)) if day else ""
    return "".join(_token(token, day) for token in tokens)


def _token(token: str, day: Date) -> str:
    if token[0] == "'":
        return token[1:-1]
    month, weekday, year = str(formatting.date(day)).split()[1], _WEEKDAYS[day.weekday()], str(day.year)
    meant = {
        **{"d": str(day.day), "dd": f"{day.day:02}", "ddd": weekday[:3], "dddd": weekday},
        **{"M": str(day.month), "MM": f"{day.month:02}", "MMM": month[:3], "MMMM": month},
        **{"yy": year[2:], "yyy": year, "yyyy": year},
    }
    return str(meant.get(token, token))


# -- a field becomes text ---------------------------------------------------------------------------------------------


def _as_text(one: WordField, text: Callable[[str], str]) -> None:
    results = [t for t in _results(one) if t.tag == f"{W}t"]
    stored = "".join(t.text or "" for t in results)
    printed = text(stored)
    if printed != stored:
        if not results:
            results = [_new_text(one)]
        for number, piece in enumerate(results):
            piece.text = printed if number == 0 else ""
    if one.is_simple:
        unwrap(one.begin)
        return
    for mark in (one.begin, *one.pieces, one.divide, one.end):
        run = mark.getparent() if mark is not None else None
        drop(mark)
        if run is not None and all(child.tag == f"{W}rPr" for child in run):
            drop(run)


def _results(one: WordField) -> Iterator[etree._Element]:
    """What stands between the field's divide and its end, in order."""
    if one.is_simple:
        yield from one.begin.iter(f"{W}t")
        return
    if one.divide is None or one.end is None:
        return
    root = one.begin.getroottree().getroot()
    inside = False
    for element in root.iter(f"{W}t", f"{W}fldChar"):
        if element is one.divide:
            inside = True
        elif element is one.end:
            return
        elif inside:
            yield element


def _new_text(one: WordField) -> etree._Element:
    """A place for the words of a field that had none, in the look of its first mark."""
    run = etree.Element(f"{W}r")
    text = etree.SubElement(run, f"{W}t")
    if one.is_simple:
        one.begin.append(run)
        return text
    first = one.begin.getparent()
    look = first.find(f"{W}rPr") if first is not None else None
    if look is not None:
        run.insert(0, etree.fromstring(etree.tostring(look)))
    if first is not None:
        first.addnext(run)
    return text
