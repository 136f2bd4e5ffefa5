"""One PDF or picture made fit for a bundle, with an account of what was done; most of it runs in a child process."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary

from generator.bundle.bundle_parts import Account, AddressLines
from generator.bundle.evidence import open_pdf
from generator.bundle.evidence.accessible import content_barriers, fit_and_tag, links_in_tags, plain_marks, tag_barriers
from generator.bundle.evidence.accessible.letters import embed_fonts, font_barriers, letter_widths
from generator.bundle.evidence.drawn_answers import flatten
from generator.bundle.evidence.file_type import PDF, PICTURE, TEXT, is_photo, sniff
from generator.bundle.evidence.hidden import brought_to_light, words_in_drawings
from generator.bundle.evidence.hidden.odt_unseen import prepare_text
from generator.bundle.evidence.hidden.strip_metadata import remove
from generator.bundle.evidence.intake_notes import Notes
from generator.bundle.evidence.page_by_page import page_repair, page_text_and_scans, resources, shown_on_pages
from generator.bundle.evidence.page_by_page.pdf_objects import as_written, names_any
from generator.bundle.evidence.page_by_page.pictures import picture_streams
from generator.bundle.evidence.page_by_page.pictures.photos_without_gps import photos_to_pdf
from generator.bundle.evidence.redact import redact
from generator.bundle.evidence.word_evidence import prepare
from generator.values.notice import Notice


@dataclass(frozen=True)
class IntakeWish:
    """What is to be said about the file, what is to be taken out of it, and how Word files are treated."""

    title: str = ""
    alt: str = ""
    language: str = "en-GB"
    accept_changes: bool = False
    redact: tuple[str, ...] = ()
    remove_unseen: bool = False
    addresses: tuple[AddressLines, ...] = ()
    plain_tags: bool = False
    """Tags of the file's own are replaced by simple ones, since they were found not to hold together."""
    ours: bool = False
    """It was made here: nobody has hidden anything in it, and it is taken in for its tags and pages alone."""


def take(content: bytes, wish: IntakeWish) -> tuple[bytes, Account]:
    """A file of any kind that we take: a clean PDF, (kind "Word document") a clean .docx to convert, or a text
    as it is that is still to become one.

    Raises Refused with the reason when the file cannot go in.
    """
    way, kind = sniff(content)
    notes = Notes(kind)
    if way == PDF:
        return clean_pdf(content, wish, notes)
    if way == PICTURE:
        content, seen = photos_to_pdf(content)
        notes.done, notes.removed, notes.warnings = seen.done, seen.removed, seen.warnings
        notes.written, notes.margin = frozenset(seen.written), seen.margin
        return clean_pdf(content, wish, notes)
    if way == TEXT:
        content, notes.done, notes.removed = prepare_text(content, kind, wish.accept_changes)
        return content, notes.account(0)
    word = prepare(content, wish.accept_changes)
    notes.done, notes.removed, notes.warnings = word.done, word.removed, word.warnings
    return word.content, notes.account(0)


def clean_ours(content: bytes, wish: IntakeWish) -> tuple[bytes, Account]:
    """A PDF that was made here, cleaned."""
    return clean_pdf(content, wish, Notes(PDF), ours=True)


def clean_ours_and_read(content: bytes, wish: IntakeWish) -> tuple[bytes, Account, list[str]]:
    """As `clean_ours`, with the text of each page, read while it was looked at."""
    notes = Notes(PDF)
    clean, account = clean_pdf(content, wish, notes, ours=True)
    return clean, account, notes.texts


def clean_pdf(content: bytes, wish: IntakeWish, notes: Notes, ours: bool = False) -> tuple[bytes, Account]:
    """A PDF repaired, flattened, cleaned, looked at, fitted and tagged; Refused when it cannot go in.

    `ours` is true of what was made here, in which nobody has hidden anything and of which nothing is lost.
    """
    with open_pdf.opened(content, notes) as pdf:
        open_pdf.refuse_shells(pdf)
        open_pdf.check_pages(pdf)
        notes.warnings += [] if ours else picture_streams.broken_pictures(pdf, content if notes.repaired else b"")
        page_repair.turn_boxes(pdf)
        mended = list(page_repair.mend_pages(pdf, content))
        notes.warnings += mended
        notes.pictured |= {one.page for one in mended}
        # Of what was made here every word was read back when it was made: none of it breaks off.
        notes.warnings += [] if ours else page_repair.broken_off(pdf, content)
        flatten.draw_borders_of_links(pdf) if not ours else None
        removed = remove(pdf, ours)
        notes.removed += removed.told
        notes.warnings += [
            _taken_out(what) for what in notes.removed if "attached file" in what or "film or sound" in what
        ]
        flatten.draw_words(pdf, notes)
        drawn = flatten.flatten(pdf, notes)
        # As it is saved it is looked through for names, to leave out walks through dictionaries that hold none of them.
        written = (not drawn and removed.written) or as_written(pdf) if ours else None
        _put_in_fonts(pdf, notes, written)
        anew = _redact(pdf, wish, notes)
        written = as_written(pdf) if ours and anew else written
        drawn = bool(anew) or drawn
        tagged = fit_and_tag.is_tagged(pdf) and not drawn and not wish.plain_tags
        claims = tagged and _claims_ua(content, pdf)
        seen = page_text_and_scans.look_at(written or as_written(pdf), range(1, len(pdf.pages) + 1) if ours else anew)
        notes.warnings += page_text_and_scans.warnings_of(seen, is_photo(notes.kind), _unsaid(wish, notes))
        _warn_of_layers(pdf, notes)
        if not ours and (drawings := words_in_drawings.pages_with_words_in_drawings(pdf)):
            where = page_text_and_scans.in_pages(drawings)
            notes.warnings.append(f"words are drawn as a pattern on {where}: they cannot be searched for names")
        boxes = [tuple(page.mediabox) for page in pdf.pages]
        small = fit_and_tag.fit_small(pdf, tagged)
        moved = {n for n, page in enumerate(pdf.pages, 1) if tuple(page.mediabox) != boxes[n - 1]}
        if small:
            notes.done.append(f"{small} small page{'s' if small > 1 else ''} put onto A4")
        font_barriers.mend(pdf) if not ours else None
        notes.barriers += font_barriers.barriers(pdf, shapes=not ours)
        if tagged:
            if written is None or names_any(written, "/OBJR", "/Annots"):
                links_in_tags.let_go(pdf)
                links_in_tags.tie_links(pdf)
                links_in_tags.hold_in_links(pdf)
            notes.barriers += tag_barriers.barriers(pdf, written)
            notes.barriers += _closer(pdf) if claims and not ours and not notes.barriers else []
            plain_marks.shorten(pdf) if ours else None
            notes.barriers += [] if claims else ["it has tags of its own that do not claim to follow PDF/UA"]
        else:
            if fit_and_tag.is_tagged(pdf):
                notes.done.append("its tags replaced by simple ones, since they do not fit the changed pages")
            fit_and_tag.strip_tags(pdf)
            fit_and_tag.dress(pdf, seen.words, wish.alt, wish.title, wish.language)
        fit_and_tag.describe_links(pdf)
        if notes.kind == PDF and len(pdf.pages) < 200 and not (ours and resources.are_all_named(pdf)):
            pdf.remove_unreferenced_resources()
        clean = as_written(pdf)
        notes.shows = [] if ours else [one for one in notes.shows if one.page not in anew | moved | notes.pictured]
        if not ours and not _takes_out(wish):
            notes.warnings += _lost(content, clean, notes)
            notes.warnings += shown_on_pages.lost_pictures(content, clean, anew | notes.pictured)
        notes.warnings += [] if ours else brought_to_light.brought_to_light(content, clean, anew | notes.pictured)
        notes.warnings += shown_on_pages.lost(clean, notes.shows)
        notes.shows += seen.pictures if ours else shown_on_pages.pictures(clean)
        notes.texts = seen.texts
        return clean, notes.account(len(pdf.pages))


def _closer(pdf: pikepdf.Pdf) -> list[str]:
    """What is only looked for where nothing else speaks against a claim: every page's content is read for it."""
    return [*content_barriers.barriers(pdf), *letter_widths.barriers(pdf)]


def _taken_out(what: str) -> Notice:
    return Notice(f"{what} taken out of it: what matters must be evidence of its own")


def _unsaid(wish: IntakeWish, notes: Notes) -> frozenset[int]:
    """Pages of a photo with writing on them, of which nobody has said in words what they show."""
    return notes.written if wish.alt in ("", wish.title) else frozenset()


def _takes_out(wish: IntakeWish) -> bool:
    """True when words are to go: that they are gone, and no others, is looked at where they are taken out."""
    return bool(wish.redact)


def _lost(content: bytes, clean: bytes, notes: Notes) -> Iterator[Notice]:
    """Words that the file showed, and the clean one does not; answers and typed words count too."""
    before, after = page_repair.visible_texts(content), page_repair.visible_texts(clean)
    if after is None or before is None or len(before) != len(after):
        return
    for page, words in notes.shown:
        before[page - 1] += f"\n{words}"
    for page in notes.pictured:
        before[page - 1] = ""
    yield from page_repair.lost_words(before, after)


def _put_in_fonts(pdf: pikepdf.Pdf, notes: Notes, written: bytes | None) -> None:
    """Fonts that every computer was thought to have: with them inside, every computer shows the same letters."""
    if written is not None and not names_any(written, "/Type1", "/TrueType"):
        return  # an engine that draws with our own fonts
    missing = embed_fonts.put_in(pdf)
    if missing:
        notes.done.append(f"fonts of the same widths put in for {', '.join(missing)}")


def _redact(pdf: pikepdf.Pdf, wish: IntakeWish, notes: Notes) -> frozenset[int]:
    """Take out the words that are to go; the pages that changed (tags then no longer fit)."""
    if not wish.redact and not wish.remove_unseen:
        return frozenset()
    redacted = redact(pdf, as_written(pdf), wish.redact, wish.remove_unseen, wish.addresses)
    notes.done += redacted.done
    notes.warnings += redacted.warnings
    return redacted.pages


def _claims_ua(content: bytes, pdf: pikepdf.Pdf) -> bool:
    """True when the file says of itself that it follows PDF/UA; its metadata is read before anything is removed."""
    if _CLAIM.search(content):
        return True
    with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as original:
        metadata = original.Root.get("/Metadata")
        return isinstance(metadata, pikepdf.Stream) and _CLAIM.search(metadata.read_bytes()) is not None


_CLAIM = re.compile(rb"pdfuaid:part(?:(?:\s[^<>]{0,400}+)?>|\s*+=\s*+[\"'])\s*+[12]")
"""The claim itself: the name of its vocabulary stands in the metadata of many files that claim nothing."""


def _warn_of_layers(pdf: pikepdf.Pdf, notes: Notes) -> None:
    """A hidden layer stays hidden, and its words stay in the file."""
    layers = pdf.Root.get("/OCProperties")
    normal = layers.get("/D") if isinstance(layers, Dictionary) else None
    if isinstance(normal, Dictionary) and (len(normal.get("/OFF", [])) or str(normal.get("/BaseState")) == "/OFF"):
        notes.warnings.append("it has hidden layers: what is on them does not show, but is still in the file")
