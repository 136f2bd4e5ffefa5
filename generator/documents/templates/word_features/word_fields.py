"""Word's fields in a template: which print the same in every program, and which cannot be filled.

A date or a property of the file is worked out anew by each program that shows it: a letter would carry the day on
which somebody opens it. Such fields become text when the template is merged. Fields that need Word's mail merge or
ask the person at the keyboard are told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date as Date

from lxml import etree

from generator.values import formatting
from generator.word_files.docx_package import W
from generator.word_files.field_codes import WordField, fields
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


_REFERENCE = re.compile(r'\s*REF\s+(?:"([^"]+)"|([^\s"\\]+))', re.IGNORECASE)
_NOT_AS_THEY_ARE = re.compile(r'\\[nrwpft]\b|\\\*\s*"?(?![\s"]|(?:MERGE|CHAR)FORMAT\b)', re.IGNORECASE)
"""Switches by which a reference shows a number, a place or words in other letters, which each program works out."""

_MARKS = tuple(f"{W}{name}" for name in ("fldChar", "fldSimple", "instrText"))
_UNSEEN = ("r", "hyperlink", "proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak")
_IN_ONE_TEXT = {f"{W}t", *_MARKS, *(f"{W}{name}" for name in _UNSEEN)}
_BREAKS = ("tab", "br", "cr", "noBreakHyphen", "softHyphen", "sym", "drawing", "pict", "p")
_NO_TEXT = tuple(f"{W}{name}" for name in _BREAKS)


def fill_references(root: etree._Element) -> None:
    """Each reference to words of the document shows them as they are now: Word shows what the template had.

    Where they are more than one text (tabs, breaks, pictures), or which words are meant is not sure, those of the
    template stay.
    """
    shown = {one.begin: one for one in fields(root) if _name(one)}
    if not shown:
        return
    order: dict[etree._Element, int] = {}
    marks: dict[str, list[etree._Element]] = {}
    for place, element in enumerate(root.iter(f"{W}bookmarkStart", f"{W}fldChar", f"{W}fldSimple")):
        order[element] = place
        if element.tag == f"{W}bookmarkStart":
            marks.setdefault(element.get(f"{W}name", "").lower(), []).append(element)
    early = {
        _name(one)
        for one in shown.values()
        for first in marks.get(_name(one), ())[:1]
        if order[one.begin] < order[first]
    }
    waiting = dict(shown)

    def fill(one: WordField) -> None:
        waiting.pop(one.begin)
        named = marks.get(_name(one), [])
        if not named or (len(named) > 1 and _name(one) in early):
            return  # in a loop, before its bookmark: the nearest one is that of the pass before
        mark = next((mark for mark in reversed(named) if order[mark] < order[one.begin]), named[0])
        marked = _marked(mark)
        begins = [each for each in marked if each.tag == f"{W}fldSimple" or each.get(f"{W}fldCharType") == "begin"]
        if one.begin in begins or any(begin not in shown for begin in begins):
            return
        for begin in begins:
            if begin in waiting:
                fill(waiting[begin])
        said = "".join(each.text or "" for each in marked if each.tag == f"{W}t")
        results = list(_results(one))
        if not said.strip() or not results or any(piece.tag != f"{W}t" for piece in results):
            return
        if mark is not named[0]:  # its bookmark goes, as the first one keeps the name
            _as_text(one, lambda _: said)
            return
        for number, piece in enumerate(results):
            piece.text = said if number == 0 else ""

    while waiting:
        fill(next(iter(waiting.values())))


def _name(one: WordField) -> str:
    """The bookmark in small letters whose words a field shows as they are; empty for every other field."""
    found = _REFERENCE.match(one.instruction)
    return (found[1] or found[2]).lower() if found and not _NOT_AS_THEY_ARE.search(one.instruction) else ""


def _marked(mark: etree._Element) -> list[etree._Element]:
    """What stands in a bookmark, in order; nothing where it has no end in its paragraph or is more than one text."""
    found: list[etree._Element] = []
    for element in mark.itersiblings():
        if element.tag == f"{W}bookmarkEnd" and element.get(f"{W}id") == mark.get(f"{W}id"):
            return found
        inside = [each for each in element.iter() if next(each.iterancestors(f"{W}rPr"), each).tag != f"{W}rPr"]
        if any(each.tag not in _IN_ONE_TEXT for each in inside):
            return []
        found += inside
    return []


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
    """The texts between the field's divide and its end, marks of fields and what is no text, in order."""
    if one.is_simple:
        yield from one.begin.iter(f"{W}t", *_NO_TEXT)
        return
    if one.divide is None or one.end is None:
        return
    root = one.begin.getroottree().getroot()
    inside = False
    for element in root.iter(f"{W}t", f"{W}fldChar", *_NO_TEXT):
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
