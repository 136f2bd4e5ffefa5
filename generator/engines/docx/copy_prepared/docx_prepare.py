"""What is done to a copy of a Word document before an engine draws it, so that every engine draws the same pages.

Only the copy that the engine sees is changed; the document that the user gets is not. The fonts that we ship are
written in by name, characters that the text font lacks get runs of their own, bullets are plain characters, and links
carry the character style without which LibreOffice 7 makes no link. Drawings are shown as paths where the engine can.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from lxml import etree

from generator.engines.docx import (
    alt_chunk,
    diagram_words,
    docx_contents,
    docx_styles,
    edges_shown,
    paragraph_kinds,
    pictures_counted,
    reckoned_height,
    shown_by_none,
)
from generator.engines.docx.copy_prepared import (
    fonts_by_name,
    form_answers,
    headings_held,
    kept_together,
    link_styles,
    numbered_references,
    own_contents_lists,
    symbol_characters,
)
from generator.engines.docx.copy_prepared.open_document import OpenDocument, parsed
from generator.engines.docx.part_relations import targets
from generator.engines.rdocx.copy_for_engine import foreign_word, heading_names, layout_rules, paragraph_borders
from generator.engines.rdocx.copy_for_engine.of_runs import long_words, odd_numbers, run_joins
from generator.engines.rdocx.copy_for_engine.of_tables import table_styles
from generator.engines.rdocx.mend_drawn import picture_text, vector_drawings
from generator.values.notice import LOST, Notice, noticed
from generator.word_files.docx_package import packed, unpacked

W = docx_contents.W


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
    pictures: int = 0
    """Pictures of dots that every engine must draw."""
    paragraphs: tuple[paragraph_kinds.ParagraphKind, ...] = ()
    """What each paragraph is to a screen reader, for an engine that does not say it."""


def prepare(content: bytes, written_out: bool = False) -> Prepared:
    """The document as an engine should see it; `written_out` does without rules that the embedded engine lacks."""
    return prepared(unpacked(content), written_out)


def prepared(members: dict[str, bytes], written_out: bool = False, *, foreign: bool = False) -> Prepared:
    """As `prepare`, for a document that is open: its parts by name, which are changed.

    What is `foreign` keeps its own ends of lines; ours keep dates and numbers whole.
    """
    work = parsed(members)
    _unpack_chunks(work, members)
    found = _found(members, work)
    _settle_signs(work)
    if (document := work.one(W + "document")) is not None:
        own_contents_lists.write_out(document)
    if written_out:
        odd_numbers.settle(members, work.roots)
        work.warnings += foreign_word.write_out(members, work.named_stories(), _height_in(work.styles), work.styles)
        found = replace(found, tables=tuple(docx_contents.tables(work.one(W + "document"), work.one(W + "styles"))))
    fonts_by_name.name_fonts(work)
    if written_out:
        fonts_by_name.name_usual(work)
    fonts_by_name.split_runs(work)
    fonts_by_name.plain_bullets(work)
    link_styles.style_links(work)
    if not foreign:
        _keep_together(work, kept_together.NARROW if written_out else kept_together.WIDE)
    twins = vector_drawings.settle(members, work.roots, draws_svg=not written_out)
    framed = _framed(members, work) if written_out else ()
    paragraphs: tuple[paragraph_kinds.ParagraphKind, ...] = ()
    if written_out:
        _write_out(work, _header_parts(work, members))
        for root in work.stories():
            run_joins.write_out(root)
        fonts_by_name.name_numbers(work)
        fonts_by_name.cut_fonts(work)
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


def _keep_together(work: OpenDocument, space: str) -> None:
    """Dates and numbers of the body stay whole at the ends of lines, headings on the page of what follows."""
    document = work.one(W + "document")
    if document is not None:
        headings_held.hold(document, work.styles)
        kept_together.write_out(document, work.styles, reckoned_height.text_width(document), space)


def _height_in(styles: docx_styles.Styles) -> Callable[[etree._Element, int], int]:
    return lambda held, width: reckoned_height.height(held, width, styles)


def _unpack_chunks(work: OpenDocument, members: dict[str, bytes]) -> None:
    """Documents inside the document become text of it; what cannot is told as lost."""
    for part, root in work.named_stories().items():
        chunks = alt_chunk.unpack(members, part, root)
        if chunks.lost:
            names = ", ".join(chunks.lost)
            work.warnings.append(Notice(f"a part of the document in another format is not shown ({names})", LOST))
        if chunks.pictures:
            shown = "1 picture" if chunks.pictures == 1 else f"{chunks.pictures} pictures"
            work.warnings.append(Notice(f"{shown} of a document inside the document not shown", LOST))


def _settle_signs(work: OpenDocument) -> None:
    """Ticks and signs of old fields and fonts become characters, references to numbers their text."""
    unknown: set[str] = set()
    for root in work.stories():
        form_answers.write_out(root)
        numbered_references.write_out(root)
        unknown.update(symbol_characters.write_out(root))
    if unknown:
        work.warnings.append(
            f"these signs of symbol fonts have no character and may not be shown: {', '.join(sorted(unknown))}"
        )


def _write_out(work: OpenDocument, edges: dict[str, etree._Element]) -> None:
    """Rules of Word that the embedded engine lacks, in other words."""
    document = work.one(W + "document")
    if document is not None:
        heading_names.write_out(work.one(W + "styles"))
        table_styles.write_out(document, work.one(W + "styles"))
        layout_rules.write_out(document, work.styles, edges)
        foreign_word.break_over_pages(document, _height_in(work.styles), whole=True)
        long_words.write_out(document, work.styles, reckoned_height.text_width(document))
        paragraph_borders.write_out(document, work.styles, edges.values(), reckoned_height.text_width(document))


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


def _open(content: bytes) -> tuple[dict[str, bytes], OpenDocument]:
    members = unpacked(content)
    return members, parsed(members)


def _found(members: dict[str, bytes], work: OpenDocument) -> Prepared:
    without = docx_contents.pictures_without_words(work.stories())
    if without:
        pictures = "1 picture has" if without == 1 else f"{without} pictures have"
        work.warnings.append(f"{pictures} no words for people who cannot see (alternative text in Word)")
        work.accessible = False
    if unshown := shown_by_none.told(members, work.named_stories()):
        work.warnings += unshown
        work.accessible = False
    stories = work.named_stories()
    edges = edges_shown.always_shown(members, stories)
    return Prepared(
        content=b"",
        title=docx_contents.title(members),
        language=docx_contents.language(work.one(W + "styles")),
        words="\n".join([*docx_contents.words(list(stories.values()), edges), *diagram_words.words(members, stories)]),
        tables=tuple(docx_contents.tables(work.one(W + "document"), work.one(W + "styles"))),
        families=frozenset(),
        warnings=noticed(work.warnings),
        accessible=work.accessible,
        pictures=pictures_counted.pictures(members, stories),
    )


def _framed(members: dict[str, bytes], work: OpenDocument) -> tuple[picture_text.Framed, ...]:
    document = work.one(W + "document")
    name = next((name for name, root in work.roots.items() if root is document), "")
    return () if document is None else tuple(picture_text.framed(members, name, document))


def _header_parts(work: OpenDocument, members: dict[str, bytes]) -> dict[str, etree._Element]:
    """Relationship id of the document to the header or footer it stands for."""
    stories = work.named_stories()
    part = next((name for name, root in stories.items() if root.tag == W + "document"), "")
    known = targets(members, part) if part else {}
    found = {id: stories[name] for id, name in known.items() if id and name in stories}
    return {id: root for id, root in found.items() if root.tag in (W + "hdr", W + "ftr")}
