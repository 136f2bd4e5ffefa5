"""One PDF or picture made fit for a bundle, with an account of what was done; most of it runs in a child process."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary

from generator.bundle.bundle_parts import Account, Refused
from generator.bundle.evidence.accessible import embed_fonts, fit_and_tag, font_barriers, links_in_tags, tag_barriers
from generator.bundle.evidence.drawn_answers import lettering, mark_appearances, pdf_form_answers, typed_notes
from generator.bundle.evidence.drawn_answers.lettering import Lettering
from generator.bundle.evidence.file_type import PDF, PICTURE, TEXT, is_photo, sniff
from generator.bundle.evidence.hidden.odt_unseen import prepare_text
from generator.bundle.evidence.hidden.strip_metadata import remove
from generator.bundle.evidence.page_by_page import page_repair, page_text_and_scans
from generator.bundle.evidence.page_by_page.photos_without_gps import photos_to_pdf
from generator.bundle.evidence.redact import redact
from generator.bundle.evidence.word_evidence import prepare
from generator.values.notice import LOST, Notice, noticed

MAX_PAGES = 5000
_LOST_PAGE = "Pages tree includes non-dictionary object"
"""What qpdf says, once each, of pages that a damaged file should have and has not."""

_PRINT = "open it, print it to PDF (Microsoft Print to PDF, or Save as PDF), and put that file here"
_BROKEN = "ask for the file again, or open it and print it to PDF"


@dataclass(frozen=True)
class IntakeWish:
    """What is to be said about the file, what is to be taken out of it, and how Word files are treated."""

    title: str = ""
    alt: str = ""
    language: str = "en-GB"
    accept_changes: bool = False
    redact: tuple[str, ...] = ()
    remove_unseen: bool = False
    plain_tags: bool = False
    """Tags of the file's own are replaced by simple ones, since they were found not to hold together."""
    ours: bool = False
    """It was made here: nobody has hidden anything in it, and it is taken in for its tags and pages alone."""


@dataclass
class Notes:
    """The account, as it grows."""

    kind: str
    repaired: bool = False
    done: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    barriers: list[str] = field(default_factory=list)
    pictured: set[int] = field(default_factory=set)
    """Pages that could not be decoded, and were told."""
    written: frozenset[int] = frozenset()
    """Pages of a photo on which there seems to be writing."""
    shown: list[tuple[int, str]] = field(default_factory=list)
    """Words that a viewer shows and that are no part of a page's content, with the page."""

    def account(self, pages: int) -> Account:
        """The finished account of a document with so many pages."""
        return Account(
            self.kind,
            pages,
            repaired=self.repaired,
            done=tuple(self.done),
            removed=tuple(self.removed),
            warnings=noticed(self.warnings),
            barriers=tuple(self.barriers),
        )


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
        notes.written = frozenset(seen.written)
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


def clean_pdf(content: bytes, wish: IntakeWish, notes: Notes, ours: bool = False) -> tuple[bytes, Account]:
    """A PDF repaired, flattened, cleaned, looked at, fitted and tagged; Refused when it cannot go in.

    `ours` is true of what was made here, in which nobody has hidden anything and of which nothing is lost.
    """
    with _open(content, notes) as pdf:
        _refuse_shells(pdf)
        _check_pages(pdf)
        page_repair.turn_boxes(pdf)
        mended = list(page_repair.mend_pages(pdf, content))
        notes.warnings += mended
        notes.pictured = {one.page for one in mended}
        notes.warnings += page_repair.broken_off(pdf, content)
        notes.removed += remove(pdf)
        notes.warnings += [_taken_out(what) for what in notes.removed if "attached file" in what]
        _draw_words(pdf, notes)
        drawn = _flatten(pdf, notes)
        _put_in_fonts(pdf, notes)
        anew = _redact(pdf, wish, notes)
        drawn = bool(anew) or drawn
        tagged = fit_and_tag.is_tagged(pdf) and not drawn and not wish.plain_tags
        claims = tagged and _claims_ua(content, pdf)
        seen = page_text_and_scans.look_at(_saved(pdf), range(1, len(pdf.pages) + 1) if ours else anew)
        notes.warnings += page_text_and_scans.warnings_of(seen, is_photo(notes.kind), notes.written)
        _warn_of_layers(pdf, notes)
        small = fit_and_tag.fit_small(pdf, tagged)
        if small:
            notes.done.append(f"{small} small page{'s' if small > 1 else ''} put onto A4")
        font_barriers.mend(pdf) if not ours else None
        notes.barriers += font_barriers.barriers(pdf, shapes=not ours)
        if tagged:
            links_in_tags.tie_links(pdf)
            notes.barriers += tag_barriers.barriers(pdf)
            notes.barriers += [] if claims else ["it has tags of its own that do not claim to follow PDF/UA"]
        else:
            if fit_and_tag.is_tagged(pdf):
                notes.done.append("its tags replaced by simple ones, since they do not fit the changed pages")
            fit_and_tag.strip_tags(pdf)
            fit_and_tag.dress(pdf, seen.words, wish.alt, wish.title, wish.language)
        fit_and_tag.describe_links(pdf)
        pdf.remove_unreferenced_resources() if notes.kind == PDF and len(pdf.pages) < 200 else None
        clean = _saved(pdf)
        if not ours and not _takes_out(wish):
            notes.warnings += _lost(content, clean, notes)
        return clean, notes.account(len(pdf.pages))


def _taken_out(what: str) -> Notice:
    return Notice(f"{what} taken out of it: what matters must be evidence of its own")


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


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, encryption=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def _open(content: bytes, notes: Notes) -> pikepdf.Pdf:
    """The PDF, repaired if need be, or as pictures of its pages if nothing else can be had."""
    if re.search(
        rb"/Filter\s*/(Adobe\.PubSec|Adobe\.PPKLite)\b(?=[^>]*/(?:Recipients|SubFilter\s*/adbe\.pkcs7\.s[45]))", content
    ):
        raise Refused("bundle/certificate", "is locked for one person's certificate", f"ask its author, or {_PRINT}")
    try:
        pdf = pikepdf.open(io.BytesIO(content), suppress_warnings=True, access_mode=pikepdf.AccessMode.default)
    except pikepdf.PasswordError:
        raise Refused("bundle/password", "needs a password to open", _PRINT) from None
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, OverflowError) as error:
        if "filter" in str(error).lower() and "encrypt" in str(error).lower():
            raise Refused("bundle/certificate", "is locked in a way we cannot open", _PRINT) from None
        return _as_pictures(content, notes)
    if pdf.is_encrypted:
        notes.done.append("restrictions on copying and printing lifted (it opens without a password)")
    if len(pdf.pages) == 0:
        return _as_pictures(content, notes, readable=True)
    told = [str(warning) for warning in pdf.get_warnings()]  # asked twice, it tells nothing
    if lost := {warning for warning in told if _LOST_PAGE in warning}:
        whole = len(pdf.pages) + len(lost)
        raise Refused("bundle/broken-pdf", f"is damaged: {len(pdf.pages)} of its {whole} pages can be read", _BROKEN)
    if told or _fewer_pages_than_pdfium(pdf, content):
        notes.repaired = True
        notes.warnings.append("it was damaged and has been repaired: compare every page with the original")
    return pdf


def _fewer_pages_than_pdfium(pdf: pikepdf.Pdf, content: bytes) -> bool:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError:
        return True
    count = len(document)
    document.close()
    if count > len(pdf.pages):
        raise Refused(
            "bundle/broken-pdf",
            f"is damaged: {len(pdf.pages)} of its {count} pages can be read",
            _BROKEN,
        )
    return count < len(pdf.pages)


def _as_pictures(content: bytes, notes: Notes, readable: bool = False) -> pikepdf.Pdf:
    """A PDF that only PDFium can read, page by page as pictures of 200 dots an inch; Refused when it cannot either."""
    try:
        document = pdfium.PdfDocument(content)
        count = len(document)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Refused("bundle/password", "needs a password to open", _PRINT) from None
        if readable:
            raise Refused("bundle/no-pages", "has no pages", _BROKEN) from None
        raise Refused("bundle/broken-pdf", "is too damaged to be read", _BROKEN) from None
    if count == 0:
        raise Refused("bundle/no-pages", "has no pages", _BROKEN)
    _limit_pages(count)
    out = io.BytesIO()
    images = [document[index].render(scale=200 / 72).to_pil().convert("RGB") for index in range(count)]
    images[0].save(out, "PDF", save_all=True, append_images=images[1:], resolution=200)
    notes.repaired = True
    notes.warnings.append("it was too damaged to repair, so its pages are pictures: compare them with the original")
    return pikepdf.open(io.BytesIO(out.getvalue()))


def _limit_pages(count: int) -> None:
    if count > MAX_PAGES:
        raise Refused("bundle/too-big", f"has {count} pages, more than {MAX_PAGES}", "send only the pages that matter")


def _check_pages(pdf: pikepdf.Pdf) -> None:
    """Refuse what has no pages, too many, or pages of an impossible size."""
    _limit_pages(len(pdf.pages))
    for number, page in enumerate(pdf.pages, 1):
        try:
            left, bottom, right, top = fit_and_tag.visible_box(page)
        except (ValueError, TypeError, KeyError, AttributeError, pikepdf.PdfError):
            raise Refused("bundle/broken-pdf", f"is damaged: page {number} has no size", _BROKEN) from None
        if not (1 < right - left < 20_000 and 1 < top - bottom < 20_000):
            raise Refused("bundle/broken-pdf", f"has a page of an impossible size (page {number})", _BROKEN)


def _refuse_shells(pdf: pikepdf.Pdf) -> None:
    """Refuse PDFs whose pages are not their content: portfolios, and forms that only Adobe Reader can draw."""
    root = pdf.Root
    form = root.get("/AcroForm")
    if "/Collection" in root:
        raise Refused(
            "bundle/portfolio", "is a PDF portfolio: its documents are attached inside it", "save each one by itself"
        )
    if (
        isinstance(form, Dictionary)
        and "/XFA" in form
        and (root.get("/NeedsRendering", False) or not len(form.get("/Fields", [])))
    ):
        raise Refused("bundle/xfa", "is a form that only Adobe Reader can show", f"in Adobe Reader, {_PRINT}")


def _flatten(pdf: pikepdf.Pdf, notes: Notes) -> bool:
    """Draw form fields and comments onto the page for good; True when that was needed (old tags then no longer fit)."""
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and _is_signed(form):
        notes.warnings.append("it is signed electronically, which a bundle cannot keep: keep the original to show it")
    shown = [a for page in pdf.pages for a in mark_appearances.marks_of(page.obj) if mark_appearances.is_shown(a)]
    fields = sum(str(a.get("/Subtype")) == "/Widget" for page in pdf.pages for a in page.obj.get("/Annots", []))
    if isinstance(form, Dictionary) and "/XFA" in form:
        del form["/XFA"]
    redactions = mark_appearances.draw_marks(pdf)[mark_appearances.REDACT]
    lost = _without_look(pdf)
    pdf.flatten_annotations("all")  # "print" leaves out what is only shown on the screen, a box over a name too
    for page in pdf.pages:
        _keep_links(page.obj)
    if "/AcroForm" in pdf.Root:
        del pdf.Root["/AcroForm"]
    if fields:
        notes.done.append(f"{fields} form field{'s' if fields > 1 else ''} drawn onto the page")
    if drawn := len(shown) - len(lost):
        notes.done.append(f"{drawn} mark(s) and comment(s) drawn onto the page")
    if redactions:
        notes.done.append(f"{redactions} redaction(s) that were marked and never carried out drawn as boxes")
    if lost:
        where = page_text_and_scans.in_pages(sorted(set(lost)))
        notes.warnings.append(
            f"{len(lost)} mark(s) or comment(s) on {where} have no look of their own and are not shown"
        )
    return bool(shown or fields)


def _without_look(pdf: pikepdf.Pdf) -> list[int]:
    """The pages of marks that viewers show and that nothing here can draw, each as often as it has one."""
    return [
        number
        for number, page in enumerate(pdf.pages, 1)
        for mark in mark_appearances.marks_of(page.obj)
        if mark_appearances.is_shown(mark) and not mark_appearances.has_appearance(mark)
    ]


def _put_in_fonts(pdf: pikepdf.Pdf, notes: Notes) -> None:
    """Fonts that every computer was thought to have: with them inside, every computer shows the same letters."""
    missing = embed_fonts.put_in(pdf)
    if missing:
        notes.done.append(f"fonts of the same widths put in for {', '.join(missing)}")


def _redact(pdf: pikepdf.Pdf, wish: IntakeWish, notes: Notes) -> frozenset[int]:
    """Take out the words that are to go; the pages that changed (tags then no longer fit)."""
    if not wish.redact and not wish.remove_unseen:
        return frozenset()
    redacted = redact(pdf, _saved(pdf), wish.redact, wish.remove_unseen)
    notes.done += redacted.done
    notes.warnings += redacted.warnings
    return redacted.pages


def _draw_words(pdf: pikepdf.Pdf, notes: Notes) -> None:
    """Answers of a form, and what was typed onto its pages, drawn where viewers show them."""
    letters = Lettering(pdf)
    form = pdf_form_answers.draw(pdf, letters)
    typed = typed_notes.draw(pdf, letters)
    letters.put_in()
    notes.warnings += [notice for answer in form.drawn_anew for notice in _of_answer(answer)]
    notes.shown += [(answer.page, answer.text) for answer in form.drawn_anew if not list(_of_answer(answer))]
    notes.shown += typed
    for page, words in typed:
        if odd := "".join(lettering.undrawable(words)):
            said = f"these letters of what was typed on it cannot be drawn: {odd[:20]}"
            notes.warnings.append(Notice(said, LOST, page, len(odd)))
    if typed:
        where = page_text_and_scans.in_pages(sorted({page for page, _ in typed}))
        notes.done.append(f"what was typed on {where} drawn onto the page")


def _of_answer(answer: pdf_form_answers.Answer) -> Iterator[Notice]:
    """What is to be said of an answer that we drew."""
    if not answer.whole:
        said = f"the answer in the field {answer.name} is longer than its box and is cut off: {answer.text[:60]}…"
        yield Notice(said, LOST, answer.page)
    elif answer.size < pdf_form_answers.SMALL:
        yield Notice(f"the answer in the field {answer.name} only fits its box in very small letters", page=answer.page)
    if odd := "".join(lettering.undrawable(answer.text)):
        said = f"these letters of the answer in the field {answer.name} cannot be drawn: {odd[:20]}"
        yield Notice(said, LOST, answer.page, len(odd))


def _keep_links(page: Any) -> None:
    links = [a for a in page.get("/Annots", []) if str(a.get("/Subtype")) == "/Link"]
    if links:
        page.Annots = Array(links)
    elif "/Annots" in page:
        del page["/Annots"]


def _is_signed(form: Any) -> bool:
    """True when some signature field has a signature in it."""
    stack: list[tuple[Any, int]] = [(field_, 0) for field_ in form.get("/Fields", [])]
    while stack:
        thing, depth = stack.pop()
        if not isinstance(thing, Dictionary) or depth > 20:
            continue
        if str(thing.get("/FT")) == "/Sig" and "/V" in thing:
            return True
        stack += [(kid, depth + 1) for kid in thing.get("/Kids", [])]
    return False


def _claims_ua(content: bytes, pdf: pikepdf.Pdf) -> bool:
    """True when the file says of itself that it follows PDF/UA; its metadata is read before anything is removed."""
    if _CLAIM.search(content):
        return True
    with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as original:
        metadata = original.Root.get("/Metadata")
        return isinstance(metadata, pikepdf.Stream) and _CLAIM.search(metadata.read_bytes()) is not None


_CLAIM = re.compile(rb"pdfuaid:part\s*(?:>|=\s*[\"'])\s*[12]")
"""The claim itself: the name of its vocabulary stands in the metadata of many files that claim nothing."""


def _warn_of_layers(pdf: pikepdf.Pdf, notes: Notes) -> None:
    """A hidden layer stays hidden, and its words stay in the file."""
    layers = pdf.Root.get("/OCProperties")
    normal = layers.get("/D") if isinstance(layers, Dictionary) else None
    if isinstance(normal, Dictionary) and (len(normal.get("/OFF", [])) or str(normal.get("/BaseState")) == "/OFF"):
        notes.warnings.append("it has hidden layers: what is on them does not show, but is still in the file")


def texts(content: bytes) -> Sequence[str]:
    """The text of every page of a clean PDF."""
    return page_text_and_scans.page_texts(content)
