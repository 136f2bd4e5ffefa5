"""What is done to a copy of a Word document before an engine draws it, so that every engine draws the same pages.

Only the copy that the engine sees is changed; the document that the user gets is not. The fonts that we ship are
written in by name, characters that the text font lacks get runs of their own, bullets are plain characters, and links
carry the character style without which LibreOffice 7 makes no link. Drawings are shown as paths where the engine can.
"""

from __future__ import annotations

import copy
import functools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from generator.engines.docx import (
    alt_chunk,
    docx_contents,
    docx_styles,
    form_answers,
    own_contents_lists,
    paragraph_kinds,
    symbol_characters,
)
from generator.engines.rdocx.copy_for_engine import (
    foreign_word,
    heading_names,
    layout_rules,
    long_words,
    paragraph_borders,
    run_joins,
    table_styles,
)
from generator.engines.rdocx.mend_drawn import picture_text, vector_drawings
from generator.fonts import shipped_fonts
from generator.values.notice import LOST, Notice, noticed
from generator.word_files.docx_package import packed, unpacked

W = docx_contents.W
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_STORIES = {W + name for name in ("document", "hdr", "ftr", "footnotes", "endnotes")}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BULLETS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0a8": "☐", "\uf06f": "☐", "\uf0fe": "☒"}
_WANTED = re.compile(
    r"word/(?:house-)?(document\d*|header\d*|footer\d*|footnotes|endnotes|styles|numbering|theme/\w+)\.xml"
)
_SLOTS = (W + "ascii", W + "hAnsi", W + "cs", W + "eastAsia")
_OF_LETTERS = ("typeface", W + "ascii", W + "hAnsi")
"""Where a font for Latin letters is named."""


@dataclass(frozen=True)
class Prepared:
    """A document ready for an engine, and what it says about itself."""

    content: bytes
    title: str
    language: str
    words: str
    """All visible text that every engine must draw, paragraph by paragraph."""
    tables: tuple[docx_contents.ContentsTable, ...]
    families: frozenset[str]
    """Families of shipped fonts that the document uses."""
    warnings: tuple[Notice, ...]
    accessible: bool
    """False when a picture has no words or a character cannot be drawn: then the PDF must not claim PDF/UA."""
    twins: tuple[vector_drawings.Twin, ...] = ()
    """Drawings of which the engine sees the dots, with the paths to put there."""
    framed: tuple[picture_text.Framed, ...] = ()
    """Pictures with words in tables, where the engine loses the words."""
    paragraphs: tuple[paragraph_kinds.ParagraphKind, ...] = ()
    """What each paragraph is to a screen reader, for an engine that does not say it."""


@dataclass
class _Work:
    """The parsed parts of one document while it is being prepared."""

    roots: dict[str, etree._Element]
    content_of_styles: bytes | None
    used: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    """Families of shipped fonts of signs that the document itself asks for."""
    warnings: list[str] = field(default_factory=list)
    accessible: bool = True

    @property
    def styles(self) -> docx_styles.Styles:
        """The paragraph styles as the document came."""
        return docx_styles.of(self.content_of_styles)

    def stories(self) -> Iterator[etree._Element]:
        return (root for root in self.roots.values() if root.tag in _STORIES)

    def named_stories(self) -> dict[str, etree._Element]:
        """The stories by the names of their parts."""
        return {name: root for name, root in self.roots.items() if root.tag in _STORIES}

    def one(self, tag: str) -> etree._Element | None:
        return next((root for root in self.roots.values() if root.tag == tag), None)


def prepare(content: bytes, written_out: bool = False) -> Prepared:
    """The document as an engine should see it; `written_out` does without rules that the embedded engine lacks."""
    return prepared(unpacked(content), written_out)


def prepared(members: dict[str, bytes], written_out: bool = False) -> Prepared:
    """As `prepare`, for a document that is open: its parts by name, which are changed."""
    work = _parsed(members)
    _unpack_chunks(work, members)
    found = _found(members, work)
    _settle_signs(work)
    if (document := work.one(W + "document")) is not None:
        own_contents_lists.write_out(document)
    if written_out:
        work.warnings += foreign_word.write_out(members, work.named_stories(), _height_in(work.styles))
        found = replace(found, tables=tuple(docx_contents.tables(work.one(W + "document"), work.one(W + "styles"))))
    _name_fonts(work)
    _split_runs(work)
    _plain_bullets(work)
    _style_links(work)
    twins = vector_drawings.settle(members, work.roots, draws_svg=not written_out)
    framed = _framed(members, work) if written_out else ()
    paragraphs: tuple[paragraph_kinds.ParagraphKind, ...] = ()
    if written_out:
        _write_out(work, _header_parts(work, members))
        for root in work.stories():
            run_joins.write_out(root)
        _cut_fonts(work)
        paragraphs = paragraph_kinds.kinds(work.one(W + "document"), work.styles, found.language)
    elif (document := work.one(W + "document")) is not None:
        foreign_word.break_over_pages(document, _height_in(work.styles), whole=False)
    for name, root in work.roots.items():
        members[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    families = frozenset(work.used | (set() if "Sendpack Sans" in work.used else {"Liberation Sans"}))
    return replace(
        found,
        content=packed(members),
        families=families,
        warnings=noticed(work.warnings),
        accessible=work.accessible,
        twins=twins,
        framed=framed,
        paragraphs=paragraphs,
    )


def _height_in(styles: docx_styles.Styles) -> Callable[[etree._Element, int], int]:
    return lambda held, width: layout_rules.height(held, width, styles)


def _unpack_chunks(work: _Work, members: dict[str, bytes]) -> None:
    """Documents inside the document become text of it; what cannot is told as lost."""
    for part, root in work.named_stories().items():
        chunks = alt_chunk.unpack(members, part, root)
        if chunks.lost:
            names = ", ".join(chunks.lost)
            work.warnings.append(Notice(f"a part of the document in another format is not shown ({names})", LOST))
        if chunks.pictures:
            shown = "1 picture" if chunks.pictures == 1 else f"{chunks.pictures} pictures"
            work.warnings.append(Notice(f"{shown} of a document inside the document not shown", LOST))


def _settle_signs(work: _Work) -> None:
    """Ticks and signs of old fields and fonts become characters."""
    unknown: set[str] = set()
    for root in work.stories():
        form_answers.write_out(root)
        unknown.update(symbol_characters.write_out(root))
    if unknown:
        work.warnings.append(
            f"these signs of symbol fonts have no character and may not be shown: {', '.join(sorted(unknown))}"
        )


def _write_out(work: _Work, edges: dict[str, etree._Element]) -> None:
    """Rules of Word that the embedded engine lacks, in other words."""
    document = work.one(W + "document")
    if document is not None:
        heading_names.write_out(work.one(W + "styles"))
        table_styles.write_out(document, work.one(W + "styles"))
        layout_rules.write_out(document, work.styles, edges)
        foreign_word.break_over_pages(document, _height_in(work.styles), whole=True)
        long_words.write_out(document, work.styles, layout_rules.text_width(document))
        paragraph_borders.write_out(document, work.styles, edges.values(), layout_rules.text_width(document))


@dataclass(frozen=True)
class Moved:
    """A document with one of its tables moved on to the next page."""

    prepared: Prepared
    paragraph: int | None
    """Which of the body's paragraphs begins the page; None where a document that is open cannot be changed alike."""


def moved_on(prepared: Prepared, table: int) -> Moved | None:
    """The same document with one of its tables, and the headings kept with it, moved to the next page.

    None when it stands there already, or cannot be moved: then nothing can be gained.
    """
    members, work = _open(prepared.content)
    document = work.one(W + "document")
    tables = list(docx_contents.body_tables(document)) if document is not None else []
    first = layout_rules.move_on(tables[table], work.styles) if table < len(tables) else None
    if document is None or first is None:
        return None
    name = next(name for name, root in work.roots.items() if root is document)
    members[name] = etree.tostring(document, xml_declaration=True, encoding="UTF-8", standalone=True)
    return Moved(replace(prepared, content=packed(members)), layout_rules.place_in_body(first))


def facts(content: bytes) -> Prepared:
    """What the document says about itself, with the document unchanged: for Word, which needs no preparing."""
    members, work = _open(content)
    return replace(_found(members, work), content=content)


def _open(content: bytes) -> tuple[dict[str, bytes], _Work]:
    members = unpacked(content)
    return members, _parsed(members)


def _parsed(members: Mapping[str, bytes]) -> _Work:
    roots = {name: etree.fromstring(data, docx_contents.PARSER) for name, data in members.items() if _is_wanted(name)}
    content_of_styles = next((members[name] for name, root in roots.items() if root.tag == W + "styles"), None)
    return _Work(roots, content_of_styles)


def _found(members: dict[str, bytes], work: _Work) -> Prepared:
    without = docx_contents.pictures_without_words(work.stories())
    if without:
        pictures = "1 picture has" if without == 1 else f"{without} pictures have"
        work.warnings.append(f"{pictures} no words for people who cannot see (alternative text in Word)")
        work.accessible = False
    return Prepared(
        content=b"",
        title=docx_contents.title(members),
        language=docx_contents.language(work.one(W + "styles")),
        words="\n".join(docx_contents.words(list(work.stories()))),
        tables=tuple(docx_contents.tables(work.one(W + "document"), work.one(W + "styles"))),
        families=frozenset(),
        warnings=noticed(work.warnings),
        accessible=work.accessible,
    )


def _is_wanted(name: str) -> bool:
    return _WANTED.fullmatch(name) is not None


# --- fonts ------------------------------------------------------------------------------------------------------------


def _name_fonts(work: _Work) -> None:
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
        elif wanted and root.tag in _STORIES and slot == W + "ascii":
            others.add(wanted)
    if others:
        names = ", ".join(sorted(others))
        work.warnings.append(f"it uses fonts that sendpack does not carry ({names}): pages may break elsewhere")


def _places_of_fonts(work: _Work) -> Iterator[tuple[etree._Element, etree._Element, str]]:
    """Each attribute that names a font, where there is one: the part's root, the element, the attribute's name."""
    for root in work.roots.values():
        for element in root.iter(W + "rFonts", A + "latin"):
            for slot in ("typeface",) if element.tag == A + "latin" else _SLOTS:
                yield root, element, slot


def _cut_fonts(work: _Work) -> None:
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


def _split_runs(work: _Work) -> None:
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

    def new_run(family: str | None) -> etree._Element:
        piece = etree.Element(W + "r")
        if properties is not None:
            piece.append(copy.deepcopy(properties))
        if family:
            _set_font(piece, family)
            used.add(family)
        pieces.append(piece)
        return piece

    for child in list(run):
        if child.tag == W + "rPr":
            continue
        if child.tag != W + "t" or shipped_fonts.is_plain(child.text or ""):
            new_run(None).append(child)
            continue
        for text, family in shipped_fonts.pieces(child.text or ""):
            t = etree.SubElement(new_run(family), W + "t")
            t.text = text
            t.set(_SPACE, "preserve")
    parent = run.getparent()
    assert parent is not None
    place = parent.index(run)
    parent[place : place + 1] = pieces


def _set_font(run: etree._Element, family: str) -> None:
    properties = run.find(W + "rPr")
    if properties is None:
        properties = etree.Element(W + "rPr")
        run.insert(0, properties)
    named = properties.find(W + "rFonts")
    if named is None:
        named = etree.Element(W + "rFonts")
        properties.insert(1 if properties.find(W + "rStyle") is not None else 0, named)
    named.attrib.clear()
    for slot in _SLOTS:
        named.set(slot, family)


def _plain_bullets(work: _Work) -> None:
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


# --- links ------------------------------------------------------------------------------------------------------------


def _style_links(work: _Work) -> None:
    """LibreOffice 7 writes a link into the PDF only when its text has a character style."""
    styles = work.one(W + "styles")
    if styles is None:
        return
    style = functools.cache(lambda: _link_style(styles))
    for root in work.stories():
        for run in (run for link in root.iter(W + "hyperlink") for run in link.findall(W + "r")):
            properties = run.find(W + "rPr")
            if properties is None:
                properties = etree.Element(W + "rPr")
                run.insert(0, properties)
            if properties.find(W + "rStyle") is None:
                named = etree.Element(W + "rStyle")
                named.set(W + "val", style())
                properties.insert(0, named)


def _link_style(styles: etree._Element) -> str:
    """The id of a character style that changes nothing, added for links that are styled by hand."""
    identifier = "SendpackLink"
    style = etree.SubElement(styles, W + "style")
    style.set(W + "type", "character")
    style.set(W + "styleId", identifier)
    etree.SubElement(style, W + "name").set(W + "val", identifier)
    return identifier


def _framed(members: dict[str, bytes], work: _Work) -> tuple[picture_text.Framed, ...]:
    document = work.one(W + "document")
    name = next((name for name, root in work.roots.items() if root is document), "")
    return () if document is None else tuple(picture_text.framed(members, name, document))


def _header_parts(work: _Work, members: dict[str, bytes]) -> dict[str, etree._Element]:
    """Relationship id of the document to the header or footer it stands for."""
    relations = members.get("word/_rels/document.xml.rels")
    if relations is None:
        return {}
    found = {}
    for relation in etree.fromstring(relations, docx_contents.PARSER):
        name = "word/" + (relation.get("Target") or "").removeprefix("/word/")
        if name in work.roots and work.roots[name].tag in (W + "hdr", W + "ftr"):
            found[relation.get("Id") or ""] = work.roots[name]
    return found
