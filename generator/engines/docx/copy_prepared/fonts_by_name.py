"""Fonts of a document in the copy for an engine: ours by name, characters that the text font lacks, bullets."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from lxml import etree

from generator.engines.docx.copy_prepared.open_document import STORIES, OpenDocument, W
from generator.fonts import shipped_fonts

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BULLETS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0a8": "☐", "\uf06f": "☐", "\uf0fe": "☒"}
_SLOTS = (W + "ascii", W + "hAnsi", W + "cs", W + "eastAsia")
_OF_LETTERS = ("typeface", W + "ascii", W + "hAnsi")
"""Where a font for Latin letters is named."""


def name_fonts(work: OpenDocument) -> None:
    """Write the name of our font for every font it stands in for; say which others the document wants."""
    others: set[str] = set()
    for root, element, slot in _places_of_fonts(work):
        wanted = element.get(slot)
        family = shipped_fonts.STANDS_IN.get((wanted or "").lower())
        if family is not None:
            element.set(slot, family)
            work.used.add(family)
            if family not in shipped_fonts.TEXT:
                work.named.add(family)
        elif wanted and root.tag in STORIES and slot == W + "ascii":
            others.add(wanted)
    if others:
        names = ", ".join(sorted(others))
        work.warnings.append(f"it uses fonts that sendpack does not carry ({names}): pages may break elsewhere")


def _places_of_fonts(work: OpenDocument) -> Iterator[tuple[etree._Element, etree._Element, str]]:
    """Each attribute that names a font, where there is one: the part's root, the element, the attribute's name."""
    for root in work.roots.values():
        for element in root.iter(W + "rFonts", A + "latin"):
            for slot in ("typeface",) if element.tag == A + "latin" else _SLOTS:
                yield root, element, slot


def name_numbers(work: OpenDocument) -> None:
    """The numbers of lists in the document's font, by name.

    For those that name none rdocx takes an Arial of the machine, where there is one.
    """
    numbering = work.one(W + "numbering")
    family = ""
    for level in numbering.iter(W + "lvl") if numbering is not None else ():
        properties = level.find(W + "rPr")
        if properties is None:  # the last of a level
            properties = etree.SubElement(level, W + "rPr")
        if properties.find(W + "rFonts") is None:
            family = family or _usual(work)
            named = etree.Element(W + "rFonts")
            properties.insert(1 if properties.find(W + "rStyle") is not None else 0, named)
            for slot in _SLOTS:
                named.set(slot, family)
            work.used.add(family)


def name_usual(work: OpenDocument) -> None:
    """Our font by name for text whose document names none: rdocx takes a Calibri of the machine, where there is one."""
    if any(work.styles.values(etree.Element(W + "p"), f"{W}rPr/{W}rFonts", _LATIN)):
        return
    for root in work.stories():
        for run in root.iter(W + "r"):
            if not any(work.styles.value_of_run(run, "rFonts", slot) for slot in _LATIN):
                wanted, of_theme = (work.styles.value_in_tables(run, "rFonts", slot) for slot in _LATIN)
                wanted = (_of_theme(work, of_theme) if of_theme else wanted) or "Liberation Sans"
                family = shipped_fonts.STANDS_IN.get(wanted.lower(), wanted)
                _fill_font(run, family)
                work.used |= {family} & set(shipped_fonts.FACES)


_LATIN = ("ascii", "asciiTheme")


def _usual(work: OpenDocument) -> str:
    """The family of ours for what the document's usual paragraphs are written in."""
    wanted, of_theme = work.styles.values(etree.Element(W + "p"), f"{W}rPr/{W}rFonts", _LATIN)
    wanted = (_of_theme(work, of_theme) if of_theme else None) or wanted
    return shipped_fonts.STANDS_IN.get((wanted or "").lower(), "Liberation Sans")


def _of_theme(work: OpenDocument, name: str) -> str | None:
    """The font for Latin letters that a document's theme has for majorHAnsi, minorHAnsi, minorAscii …"""
    theme = work.one(A + "theme")
    latin = theme.find(f".//{A}{name[:5]}Font/{A}latin") if theme is not None else None
    return latin.get("typeface") if latin is not None else None


def cut_fonts(work: OpenDocument) -> None:
    """Name the small part of each font where that has all the characters: a font is read anew for every document.

    Where the text may be in fonts that we do not carry, or names a font of signs itself, who draws what is not certain.
    """
    places = list(_places_of_fonts(work))
    for root, element, slot in places:
        named = element.get(slot)
        if named and named not in shipped_fonts.FACES and slot in _OF_LETTERS and root.tag != W + "numbering":
            return
    seen = {t.text or "" for root in work.stories() for t in root.iter(W + "t")}
    numbering = work.one(W + "numbering")
    seen |= {level.get(W + "val") or "" for level in numbering.iter(W + "lvlText")} if numbering is not None else set()
    text = frozenset("".join(seen))
    parts = {family: shipped_fonts.small(family, text) for family in (work.used - work.named) | {"Liberation Sans"}}
    for _, element, slot in places:
        if (part := parts.get(element.get(slot) or "")) is not None:
            element.set(slot, part)
    work.used = {parts.get(family, family) for family in work.used | {"Liberation Sans"}}


def split_runs(work: OpenDocument) -> None:
    """Give characters that the text font lacks (☑, 🚂) runs of their own in a font that has them.

    Without this rdocx sets the whole run in the other font, or as empty boxes.
    """
    missing: set[str] = set()
    for root in work.stories():
        odd: dict[etree._Element, None] = {}
        for t in root.iter(W + "t"):
            text = t.text or ""
            if "\n" in text or "\t" in text:
                text = t.text = text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")  # as Word shows it
            if not shipped_fonts.is_plain(text) and (run := t.getparent()) is not None and run.tag == W + "r":
                missing.update(shipped_fonts.undrawable(text))
                odd[run] = None
        for run in odd:
            _split_run(run, work.used)
    if missing:
        shown = " ".join(sorted(missing)[:10])
        work.warnings.append(f"none of sendpack's fonts has these characters, they may be empty boxes: {shown}")
        work.accessible = False


def _split_run(run: etree._Element, used: set[str]) -> None:
    properties = run.find(W + "rPr")
    pieces: list[etree._Element] = []
    marked: list[etree._Element] = []
    """A note's place whose own mark follows: LibreOffice looks for it in the same run, and else numbers the note."""

    def new_run(family: str | None) -> etree._Element:
        piece = etree.Element(W + "r")
        if properties is not None:
            piece.append(copy.deepcopy(properties))
        if family:
            _set_font(piece, family)
            used.add(family)
        piece.extend(marked)
        marked.clear()
        pieces.append(piece)
        return piece

    for child in list(run):
        if child.tag == W + "rPr":
            continue
        if child.get(W + "customMarkFollows") is not None:
            marked.append(child)
            continue
        if child.tag != W + "t" or shipped_fonts.is_plain(child.text or ""):
            new_run(None).append(child)
            continue
        for text, family in shipped_fonts.pieces(child.text or ""):
            t = etree.SubElement(new_run(family), W + "t")
            t.text = text
            t.set(_SPACE, "preserve")
    if marked:
        new_run(None)
    parent = run.getparent()
    assert parent is not None
    place = parent.index(run)
    parent[place : place + 1] = pieces


def _set_font(run: etree._Element, family: str) -> None:
    named = _fonts_of(run)
    named.attrib.clear()
    for slot in _SLOTS:
        named.set(slot, family)


def _fill_font(run: etree._Element, family: str) -> None:
    """The family where a run names none itself, for Latin letters or for others."""
    named = _fonts_of(run)
    for slot in _SLOTS:
        if not (named.get(slot) or named.get(f"{slot}Theme") or (slot == W + "cs" and named.get(W + "cstheme"))):
            named.set(slot, family)


def _fonts_of(run: etree._Element) -> etree._Element:
    properties = run.find(W + "rPr")
    if properties is None:
        properties = etree.Element(W + "rPr")
        run.insert(0, properties)
    named = properties.find(W + "rFonts")
    if named is None:
        named = etree.Element(W + "rFonts")
        properties.insert(1 if properties.find(W + "rStyle") is not None else 0, named)
    return named


def plain_bullets(work: OpenDocument) -> None:
    """Bullets from symbol fonts become the same shapes from our own fonts, on every machine."""
    numbering = work.one(W + "numbering")
    for level in numbering.iter(W + "lvl") if numbering is not None else ():
        text = level.find(W + "lvlText")
        shape = _BULLETS.get(text.get(W + "val") or "") if text is not None else None
        if text is not None and shape is not None:
            text.set(W + "val", shape)
            family = next(iter(shipped_fonts.pieces(shape)))[1] or "Liberation Sans"
            work.used.add(family)
            _set_font(level, family) if level.find(W + "rPr") is not None else None
