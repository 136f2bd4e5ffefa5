"""Form fields, typed notes and comments drawn onto the page for good."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from generator.bundle.bundle_parts import ShownOnPage
from generator.bundle.evidence.drawn_answers import layers, lettering, mark_appearances, pdf_form_answers, typed_notes
from generator.bundle.evidence.drawn_answers.lettering import Lettering
from generator.bundle.evidence.intake_notes import Notes
from generator.bundle.evidence.page_by_page import page_text_and_scans
from generator.values.notice import LOST, Notice
from generator.values.shortening import first_words


def flatten(pdf: pikepdf.Pdf, notes: Notes) -> bool:
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
    sheets = enumerate(pdf.pages, 1)
    brought = [number for number, page in sheets for mark in page.obj.get("/Annots", []) if _comes_to_light(mark)]
    pdf.flatten_annotations("all")  # "print" leaves out what is only shown on the screen, a box over a name too
    for page in pdf.pages:
        _keep_links(page.obj)
    if "/AcroForm" in pdf.Root:
        del pdf.Root["/AcroForm"]
    if fields:
        notes.done.append(f"{fields} form field{'s' if fields > 1 else ''} drawn onto the page")
    if drawn := len(shown) - len(lost):
        notes.done.append(f"{drawn} mark(s) and comment(s) drawn onto the page")
    if brought:
        where = page_text_and_scans.in_pages(sorted(set(brought)))
        what = "1 mark on {} shows on no screen, and is drawn: look at it"
        many = f"{len(brought)} marks on {{}} show on no screen, and are drawn: look at them"
        notes.warnings.append((what if len(brought) == 1 else many).format(where))
    if redactions:
        notes.done.append(f"{redactions} redaction(s) that were marked and never carried out drawn as boxes")
    if lost:
        where = page_text_and_scans.in_pages(sorted(set(lost)))
        notes.warnings.append(
            f"{len(lost)} mark(s) or comment(s) on {where} have no look of their own and are not shown"
        )
    return bool(shown or fields)


def draw_borders_of_links(pdf: pikepdf.Pdf) -> None:
    """Thick borders round links become marks; before anything is removed, as a link that leads nowhere is."""
    for page in pdf.pages:
        mark_appearances.add_borders_of_links(pdf, page.obj)


def _without_look(pdf: pikepdf.Pdf) -> list[int]:
    """The pages of marks that viewers show and that nothing here can draw, each as often as it has one."""
    return [
        number
        for number, page in enumerate(pdf.pages, 1)
        for mark in mark_appearances.marks_of(page.obj)
        if mark_appearances.is_shown(mark) and not mark_appearances.has_appearance(mark)
    ]


def _comes_to_light(mark: Any) -> bool:
    """True of a mark, or a field with an answer, that is drawn though no screen shows it."""
    kind = str(mark.get("/Subtype"))
    if kind in ("/Link", "/Popup") or not mark_appearances.shows_on_no_screen(mark):
        return False
    of_field = pdf_form_answers.of_field
    is_empty = str(of_field(mark, "/FT")) != "/Btn" and str(of_field(mark, "/V", "")) == ""
    return mark_appearances.has_appearance(mark) and not (kind == "/Widget" and is_empty)


def draw_words(pdf: pikepdf.Pdf, notes: Notes) -> None:
    """Answers of a form, and what was typed onto its pages, drawn where viewers show them."""
    if hidden := layers.without_hidden_marks(pdf):
        notes.removed.append(f"{hidden} mark{'s' if hidden > 1 else ''} on layers that are switched off")
    letters = Lettering(pdf)
    form = pdf_form_answers.draw(pdf, letters)
    typed = typed_notes.draw(pdf, letters)
    letters.put_in()
    notes.warnings += [notice for answer in form.drawn_anew for notice in _of_answer(answer)]
    notes.shown += [(answer.page, answer.text) for answer in form.drawn_anew if not list(_of_answer(answer))]
    notes.shown += typed
    notes.shows += [ShownOnPage("tick", page, box=box) for page, box in form.ticks]
    notes.shows += [ShownOnPage("words", page, words) for page, words in notes.shown if words.strip()]
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
        begun = first_words(answer.text, 60)
        said = f"the answer in the field {answer.name} is longer than its box and is cut off: {begun}"
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
