"""Word files in a language that is written from the right: paragraphs, tables and letters turned, English left so."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator

from lxml import etree

from generator.documents.templates.word_features import own_text
from generator.word_files.docx_package import W

FONT = "Noto Naskh Arabic"

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_SIGN = re.compile("[A-Za-z0-9\u00a3\u00c0-\u024f%]")
_OTHER = re.compile("[^\u0600-\u06ff\u0750-\u077f\u00b7]*")
"""What may hold English, names, figures: all between Arabic letters, Arabic commas and the dots of a line of facts."""

_ITS_NUMBER = re.compile("(.*(?:[A-Za-z\u00c0-\u024f)](?=[:;,])|[0-9](?=[:;])))[:;,] +([0-9]+)")
"""English words, and a number that goes with the Arabic behind it: `Class teacher: 8` before the name of a month.

Behind a figure a comma parts nothing: `2, 3`.
"""

_ENDS = '.!?\u2026\u201d\u2019")'
"""What may end an English sentence."""

_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = "\u200e", "\u200f"
"""Invisible marks: without them a telephone number's groups, or a name and the figure after it, would change places."""

_AFTER_BIDI = (
    "adjustRightInd",
    "snapToGrid",
    "spacing",
    "ind",
    "contextualSpacing",
    "mirrorIndents",
    "suppressOverlap",
    "jc",
    "textDirection",
    "textAlignment",
    "textboxTightWrap",
    "outlineLvl",
    "divId",
    "cnfStyle",
    "rPr",
    "sectPr",
    "pPrChange",
)
_AFTER_RTL = ("cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath")
_LINE = "228"
"""240ths of the font’s own line, which is taller than other fonts’: just under single spacing."""
_FACTS = "DetailLine"
_FOR_WRITING = ("Sign", "WriteHere")
_BEFORE_VISUAL = ("tblStyle", "tblpPr", "tblOverlap")


def turn(root: etree._Element) -> None:
    """Paragraphs with Arabic letters run from the right, and their tables; English ones stay as they are.

    A line of facts among others, SENCO and a name, runs as they do though no letter of it is Arabic.
    """
    for paragraph in root.iter(f"{W}p"):
        if _ARABIC.search(own_text(paragraph)) or _is_fact(paragraph):
            own = _properties(paragraph, "pPr")
            _put(own, "bidi", _AFTER_BIDI)
            _closer(own)
            for run in list(paragraph.iter(f"{W}r")):
                _turn_run(run)
    for table in root.iter(f"{W}tbl"):
        properties = table.find(f"{W}tblPr")
        if properties is not None and _ARABIC.search("".join(own_text(p) for p in table.iter(f"{W}p"))):
            before = {f"{W}{name}" for name in _BEFORE_VISUAL}
            place = next((n for n, child in enumerate(properties) if child.tag not in before), len(properties))
            properties.insert(place, etree.Element(f"{W}bidiVisual"))


def _closer(properties: etree._Element) -> None:
    """Less air between lines: the Arabic font brings more of its own than any other. Lines to write on keep theirs."""
    style = properties.find(f"{W}pStyle")
    if style is not None and style.get(f"{W}val") in _FOR_WRITING:
        return
    _put(properties, "spacing", _AFTER_BIDI[3:])
    spacing = properties.find(f"{W}spacing")
    if spacing is not None and spacing.get(f"{W}line") is None:
        spacing.set(f"{W}line", _LINE)
        spacing.set(f"{W}lineRule", "auto")


def _is_fact(paragraph: etree._Element) -> bool:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style is not None and style.get(f"{W}val") == _FACTS


def _turn_run(run: etree._Element) -> None:
    """Cut a run where the script changes: what is not Arabic keeps its own font and direction."""
    cut: list[etree._Element] = []
    for child in run:
        if child.tag == f"{W}rPr":
            continue
        for turned, piece in _pieces(child):
            part = etree.Element(f"{W}r")
            own = run.find(f"{W}rPr")
            if own is not None:
                part.append(copy.deepcopy(own))
            part.append(piece)
            if turned:
                _arabic(part)
            cut.append(part)
    parent = run.getparent()
    if parent is not None and cut:
        place = parent.index(run)
        parent[place : place + 1] = cut


def _pieces(child: etree._Element) -> Iterator[tuple[bool, etree._Element]]:
    """The parts of a run's child, each with True where it is to be turned."""
    text = child.text or ""
    if child.tag != f"{W}t" or not _ARABIC.search(text):
        marked = copy.deepcopy(child)
        if child.tag == f"{W}t" and _SIGN.search(text):
            marked.text = _marked(text)
        yield False, marked
        return
    at = 0
    for start, end in _foreign(text):
        if start > at:
            yield True, _text(_parted(text[at:start]))
        yield False, _text(_marked(text[start:end]))
        at = end
    if at < len(text):
        yield True, _text(_parted(text[at:]))


def _foreign(text: str) -> Iterator[tuple[int, int]]:
    """Where stretches of English, names and figures begin and end, with the brackets that close in them."""
    for chunk in _OTHER.finditer(text):
        signs = list(_SIGN.finditer(chunk[0]))
        if not signs:
            continue
        start, end = chunk.start() + signs[0].start(), chunk.start() + signs[-1].end()
        opened = text[start:end].count("(") - text[start:end].count(")")
        if opened > 0 and text[end : end + 1] == ")":
            end += 1
        elif opened == 0 and text[start - 1 : start] == "(" and text[end : end + 1] == ")":
            start, end = start - 1, end + 1
        if not text[end:].strip(f"{_ENDS} "):
            end = len(text)
        parted = _ITS_NUMBER.fullmatch(text, start, end) if chunk.end() < len(text) else None
        yield from ((start, parted.end(1)), parted.span(2)) if parted else ((start, end),)


def _parted(text: str) -> str:
    """What only parts two stretches of English is held to the right-hand order by a mark."""
    return text if re.search("[\u0620-\u06d3\u06fa-\u06ff]", text) else f"{text}{_RIGHT_TO_LEFT}"


def _marked(text: str) -> str:
    """A number of several groups, one before English words, and a full stop at the end keep the left-hand order."""
    if re.match(r"\s*\d[^A-Za-z]*\s[A-Za-z]", text):  # 2026 to 2027: else the first number stands behind the rest
        text = re.sub(r"\d", rf"{_LEFT_TO_RIGHT}\g<0>", text, count=1)
    marked = re.sub(r"(?<!\S)(\+?\d+ (?=\d))", rf"{_LEFT_TO_RIGHT}\1", text, count=1)
    return f"{marked}{_LEFT_TO_RIGHT}" if text.rstrip()[-1:] in _ENDS else marked


def _text(text: str) -> etree._Element:
    made = etree.Element(f"{W}t")
    made.text = text
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def _arabic(run: etree._Element) -> None:
    properties = _properties(run, "rPr")
    fonts = properties.find(f"{W}rFonts")
    if fonts is None:
        fonts = etree.Element(f"{W}rFonts")
        properties.insert(0 if properties.find(f"{W}rStyle") is None else 1, fonts)
    for slot in ("ascii", "hAnsi", "cs"):
        fonts.set(f"{W}{slot}", FONT)
    _put(properties, "rtl", _AFTER_RTL)


def _properties(element: etree._Element, name: str) -> etree._Element:
    found = element.find(f"{W}{name}")
    if found is None:
        found = etree.Element(f"{W}{name}")
        element.insert(0, found)
    return found


def _put(properties: etree._Element, name: str, after: tuple[str, ...]) -> None:
    """Put a bare mark where Word's order of elements wants it."""
    if properties.find(f"{W}{name}") is None:
        later = {f"{W}{other}" for other in after}
        place = next((n for n, child in enumerate(properties) if child.tag in later), len(properties))
        properties.insert(place, etree.Element(f"{W}{name}"))
