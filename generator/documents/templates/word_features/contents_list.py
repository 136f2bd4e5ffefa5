"""Contents lists of a template: built from the headings of the merged document, since no PDF engine fills them.

Word's own list is a TOC field that holds what it had when the template was saved. LibreOffice does not update it when
it converts, and the built-in engine cannot. Page numbers are PAGEREF fields, which both work out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from generator.word_files.docx_package import OWN_BOOKMARK, W
from generator.word_files.field_codes import WordField, fields
from generator.word_files.measures import twips
from generator.word_files.word_names import style_id

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LEVELS = re.compile(r'\\o\s+"?(\d)\s*-\s*(\d)')
_STYLES = re.compile(r'\\t\s+"([^"]*)"')
_BOX = f"{W}txbxContent"


@dataclass(frozen=True)
class _Entry:
    level: int
    text: str
    bookmark: str


def outline_levels(styles: etree._Element | None) -> dict[str, int]:
    """Style id -> level of heading (1 to 9), by the style's own outline level or that of one it is based on."""
    found = {} if styles is None else {s.get(f"{W}styleId", ""): s for s in styles.iter(f"{W}style")}
    levels = {}
    for name in found:
        seen: set[str] = set()
        style: str = name
        while style in found and style not in seen:
            seen.add(style)
            if level := _level(found[style]):
                levels[name] = level
                break
            based = found[style].find(f"{W}basedOn")
            style = based.get(f"{W}val", "") if based is not None else ""
    return levels


def _level(style: etree._Element) -> int:
    outline, name = style.find(f"{W}pPr/{W}outlineLvl"), style.find(f"{W}name")
    if outline is not None:
        return int(outline.get(f"{W}val", "9")) % 9 + 1 if outline.get(f"{W}val", "9") != "9" else 0
    heading = re.fullmatch(r"heading (\d)", name.get(f"{W}val", "").lower()) if name is not None else None
    return int(heading[1]) if heading else 0


def fill(root: etree._Element, levels: Mapping[str, int], styles: frozenset[str]) -> None:
    """Write the headings of the document into each of its contents lists; `styles` are the ids that it has."""
    lists = [one for one in fields(root) if one.kind == "TOC" and "\\c" not in one.instruction]
    for number, one in enumerate(lists, 1):
        inside = _paragraphs(one)
        if inside:
            entries = _entries(root, one.instruction, levels, inside, number)
            _write(one, inside, entries, styles, _width(root))


def _paragraphs(one: WordField) -> list[etree._Element]:
    """The paragraphs from the field's begin to its end, when they stand beside each other."""
    first = next(one.begin.iterancestors(f"{W}p"), None)
    last = next(one.end.iterancestors(f"{W}p"), None) if one.end is not None else None
    if first is None or last is None or first.getparent() is not last.getparent():
        return []
    found = [first]
    while found[-1] is not last:
        after = found[-1].getnext()
        if after is None:
            return []
        found.append(after)
    return found


def _entries(
    root: etree._Element, instruction: str, levels: Mapping[str, int], inside: Sequence[etree._Element], number: int
) -> list[_Entry]:
    asked = _LEVELS.search(instruction)
    first, last = (int(asked[1]), int(asked[2])) if asked else (1, 3)
    named = _named_styles(instruction)
    entries: list[_Entry] = []
    for paragraph in root.iter(f"{W}p"):
        if paragraph in inside or next(paragraph.iterancestors(_BOX), None) is not None:
            continue
        text = " ".join("".join(t.text or "" if t.tag == f"{W}t" else " " for t in _shown(paragraph)).split())
        level = _level_of(paragraph, levels, named)
        if (text and first <= level <= last) or (text and level and style_id(paragraph) in named):
            bookmark = f"{OWN_BOOKMARK}{number}_{len(entries)}"
            _mark(paragraph, bookmark)
            entries.append(_Entry(level, text, bookmark))
    return entries


def _named_styles(instruction: str) -> dict[str, int]:
    """`\\t "Part,1,Question,2"`: style -> level. Word writes the styles' names, whose ids mostly lack the spaces."""
    found = _STYLES.search(instruction)
    parts = [part.strip() for part in re.split("[,;]", found[1])] if found else []
    pairs = zip(parts[::2], parts[1::2], strict=False)
    return {name.replace(" ", ""): int(level) for name, level in pairs if level.isdigit()}


def _shown(paragraph: etree._Element) -> list[etree._Element]:
    return [e for e in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br") if e.getparent().tag == f"{W}r"]  # type: ignore[union-attr]


def _level_of(paragraph: etree._Element, levels: Mapping[str, int], named: Mapping[str, int]) -> int:
    style = style_id(paragraph)
    own = paragraph.find(f"{W}pPr/{W}outlineLvl")
    if own is not None and own.get(f"{W}val", "9").isdigit():
        return (int(own.get(f"{W}val", "9")) + 1) % 10
    return named.get(style) or levels.get(style, 0)


def _mark(paragraph: etree._Element, name: str) -> None:
    """A bookmark around a heading; its number is given with those of all others."""
    start = etree.Element(f"{W}bookmarkStart", {f"{W}id": name, f"{W}name": name})
    # After a page break in the same paragraph: the heading is on the page that its words are on.
    said = (child for child in paragraph if any((t.text or "").strip() for t in child.iter(f"{W}t")))
    next(said).addprevious(start)
    etree.SubElement(paragraph, f"{W}bookmarkEnd").set(f"{W}id", name)


def _width(root: etree._Element) -> int:
    """The width of the text, in twentieths of a point."""
    size, margins = root.find(f".//{W}body/{W}sectPr/{W}pgSz"), root.find(f".//{W}body/{W}sectPr/{W}pgMar")
    if size is None or margins is None:
        return 9000
    width = twips(size.get(f"{W}w", "11906")) or 11906
    return width - sum(twips(margins.get(f"{W}{side}", "1134")) or 0 for side in ("left", "right"))


def _write(
    one: WordField,
    inside: Sequence[etree._Element],
    entries: Sequence[_Entry],
    styles: frozenset[str],
    width: int,
) -> None:
    """The field with its entries, a paragraph each, in the place of those that it had."""
    made = [_paragraph(entry, styles, width, "\\n" not in one.instruction) for entry in entries]
    made = made or [etree.Element(f"{W}p")]
    place = 1 if made[0].find(f"{W}pPr") is not None else 0
    for offset, run in enumerate((_mark_run("begin"), _instruction(one.instruction), _mark_run("separate"))):
        made[0].insert(place + offset, run)
    made[-1].append(_mark_run("end"))
    section = inside[-1].find(f"{W}pPr/{W}sectPr")
    if section is not None:
        properties = made[-1].find(f"{W}pPr")
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            made[-1].insert(0, properties)
        properties.append(section)
    for paragraph in reversed(made):
        inside[-1].addnext(paragraph)
    for old in inside:
        old.getparent().remove(old)  # type: ignore[union-attr]


def _paragraph(entry: _Entry, styles: frozenset[str], width: int, numbered: bool) -> etree._Element:
    paragraph = etree.Element(f"{W}p")
    properties = etree.SubElement(paragraph, f"{W}pPr")
    style = f"TOC{entry.level}"
    if style in styles:
        etree.SubElement(properties, f"{W}pStyle").set(f"{W}val", style)
    tabs = etree.SubElement(properties, f"{W}tabs")
    etree.SubElement(tabs, f"{W}tab", {f"{W}val": "right", f"{W}leader": "dot", f"{W}pos": str(width)})
    if style not in styles:
        etree.SubElement(properties, f"{W}ind").set(f"{W}left", str(240 * (entry.level - 1)))
    link = etree.SubElement(paragraph, f"{W}hyperlink", {f"{W}anchor": entry.bookmark, f"{W}history": "1"})
    link.append(_text_run(entry.text))
    if numbered:
        etree.SubElement(etree.SubElement(link, f"{W}r"), f"{W}tab")
        marks = (_mark_run("begin"), _instruction(f" PAGEREF {entry.bookmark} \\h "), _mark_run("separate"))
        for run in (*marks, _text_run("1"), _mark_run("end")):
            link.append(run)
    return paragraph


def _text_run(text: str) -> etree._Element:
    run = etree.Element(f"{W}r")
    piece = etree.SubElement(run, f"{W}t")
    piece.set(_SPACE, "preserve")
    piece.text = text
    return run


def _mark_run(kind: str) -> etree._Element:
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}fldChar").set(f"{W}fldCharType", kind)
    return run


def _instruction(text: str) -> etree._Element:
    run = etree.Element(f"{W}r")
    piece = etree.SubElement(run, f"{W}instrText")
    piece.set(_SPACE, "preserve")
    piece.text = text
    return run
