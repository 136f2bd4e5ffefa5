"""Small writing in Word forms: ticked glyphs, options found in words, lines down a cell, coloured cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from lxml import etree

from generator.forms.answer_places.in_word_files.controls import is_repeating
from generator.forms.answer_places.in_word_files.paragraph import ParagraphText, W, read_line, tidy
from generator.forms.authority.answering.place_answers import Answered
from generator.forms.filling.runs import element, paragraph_style, replace_words, run_of
from generator.forms.filling.word_controls import fill_paragraphs
from generator.values.parsing import Unreadable, read_date
from generator.word_files.docx_package import Package, parse

TICKED = {
    "☐": "☒",
    "□": "☒",
    "○": "●",
    "◯": "⬤",
    "❏": "☒",
    "❑": "☒",
    "❒": "☒",
    "▢": "☒",
    "◻": "☒",
    "⬜": "☒",
    "▫": "☒",
}
WINGDINGS_TICKED = {
    0xF0A8: 0xF0FE,
    0xF06F: 0xF0FE,
    0xF071: 0xF0FE,
    0xF072: 0xF0FE,
    0xF0A1: 0xF0A4,
    0xF099: 0xF0A4,
    0xF0A3: 0xF052,
    0xF030: 0xF031,
}


def replace_how(one: Answered) -> Answered:
    """The same answer, written behind the words of its paragraph."""
    return replace(one, place=replace(one.place, how="room behind the label"))


def clear_empty(paragraph: etree._Element) -> None:
    """Take runs that say nothing out of a paragraph."""
    for run in list(paragraph.findall(W + "r")):
        if not tidy(run_text(run)):
            paragraph.remove(run)


def run_text(run: etree._Element) -> str:
    return "".join(t.text or "" for t in run.iter(W + "t"))


def down(first: etree._Element, spare: Sequence[etree._Element], lines: Sequence[str]) -> None:
    """Lines in the paragraphs that stand ready, further ones behind the last."""
    targets = [first, *spare][: len(lines)]
    for target, line in zip(targets[:-1], lines, strict=False):
        target.append(run_of(line, paragraph_style(target)))
    fill_paragraphs(targets[-1], "\n".join(lines[len(targets) - 1 :]), paragraph_style(targets[-1]))


def tick_glyph(line: ParagraphText, start: int, length: int) -> None:
    """Tick a box that is a character: another character in the same font, never another font for the same."""
    atoms = line.atoms[start : start + length]
    first = atoms[0]
    if first.element.tag == W + "sym":
        code = ord(first.char)
        first.element.set(W + "char", f"{WINGDINGS_TICKED.get(code, 0xF0FE):04X}")
        return
    if first.char in "[({":
        replace_words(atoms, f"{first.char}X{atoms[-1].char}")
        return
    if first.char in TICKED:
        replace_words(atoms, TICKED[first.char])
        return
    code = ord(first.char) if ord(first.char) >= 0xF000 else 0xF000 + ord(first.char)
    ticked = WINGDINGS_TICKED.get(code, 0xF0FE)
    replace_words(atoms, chr(ticked if ord(first.char) >= 0xF000 else ticked - 0xF000))


def option_spans(text: str, options: Sequence[str], start: int) -> dict[str, tuple[int, int]]:
    """Where each option stands in the words to choose from."""
    spans: dict[str, tuple[int, int]] = {}
    at = 0
    for option in options:
        match = re.compile(r"\s+".join(map(re.escape, option.split()))).search(text, at)
        if match:
            spans[option] = (start + match.start(), start + match.end())
            at = match.end()
    return spans


def day_in(text: str) -> date | None:
    try:
        return read_date(text.replace(".", "/"))
    except Unreadable:
        return None


def said(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def boxed(cell: etree._Element) -> etree._Element:
    """The paragraph of a grid's cell that holds its box, or the target itself."""
    if cell.tag != W + "tc":
        return cell
    return cell


def line_in(cell: etree._Element, column: Answered) -> ParagraphText | None:
    """A grid's cell with a box in it: its paragraph."""
    if cell.tag != W + "tc":
        return None
    paragraph = cell.find(W + "p")
    line = None if paragraph is None else read_line(paragraph)
    return line if line is not None and column.place.where.at and line.atoms else None


def is_item(sdt: etree._Element) -> bool:

    return is_repeating(sdt) == "item"


def path_in(unit: etree._Element, node: etree._Element) -> list[int]:
    """The way from a row or item down to one of its elements, as positions among children."""
    steps: list[int] = []
    while node is not unit:
        parent = node.getparent()
        assert parent is not None
        steps.insert(0, parent.index(node))
        node = parent
    return steps


def follow_path(unit: etree._Element, steps: Sequence[int]) -> etree._Element:
    for step in steps:
        unit = unit[step]
    return unit


def stores_of(package: Package) -> Mapping[str, str]:
    """The custom XML parts by the id of their store."""
    found = {}
    for name in package.parts:
        if re.fullmatch(r"customXml/item\d+\.xml", name):
            properties = package.related(name, "customXmlProps")
            if properties:
                root = parse(package.parts[properties])
                store = next((v for k, v in root.attrib.items() if str(k).endswith("itemID")), "")
                found[str(store).upper()] = name
    return found


def shade(cell: etree._Element) -> None:
    properties = cell.find(W + "tcPr")
    if properties is None:
        properties = element("tcPr")
        cell.insert(0, properties)
    for old in properties.findall(W + "shd"):
        properties.remove(old)
    later = [W + n for n in ("noWrap", "tcMar", "textDirection", "tcFitText", "vAlign", "hideMark")]
    at = next((i for i, child in enumerate(properties) if child.tag in later), len(properties))
    properties.insert(at, element("shd", val="clear", color="auto", fill="FFF2AB"))
