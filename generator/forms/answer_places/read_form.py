"""A blank form from its file: Word, fillable PDF, or another text program's file where LibreOffice is there."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import pikepdf

from generator.forms.answer_places.damaged_pdfs import DAMAGED_PDF
from generator.forms.answer_places.in_word_files.find_in_word import first_words, word_places
from generator.forms.answer_places.links_in_forms import read_without_links, refuse_what_reaches_out
from generator.forms.answer_places.on_pdf_pages.find_in_pdf import pdf_places
from generator.forms.answer_places.place import AnswerPlace, FormRefused
from generator.word_files.docx_package import NotAWordFile, Package

ToWord = Callable[[bytes, str], bytes | str]
"""A text of another kind (doc, odt, rtf) as Word, or the reason why not."""

_OTHERS = ("doc", "odt", "rtf", "dot", "ott")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class BlankForm:
    """A form as it was read: its bytes (of the Word file made from it, where it was of another kind), its places."""

    content: bytes
    ending: str
    places: tuple[AnswerPlace, ...]
    titles: tuple[str, ...]
    notes: tuple[str, ...] = ()


def read_form_file(content: bytes, name: str, to_word: ToWord | None = None) -> BlankForm:
    """The form in a file. Raises FormRefused with a reason for a broken, protected, macro or hostile one."""
    ending = PurePath(name).suffix.lower().lstrip(".")
    if content[:1024].lstrip().startswith(b"%PDF") or ending == "pdf":
        return _pdf(content)
    if ending in _OTHERS or content.startswith((_OLE, b"{\\rtf")):
        return _other(
            content, ending if ending in _OTHERS else "rtf" if content.startswith(b"{\\rtf") else "doc", to_word
        )
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in content[:200]:
        return _other(content, "odt", to_word)
    return _word(content)


def _word(content: bytes, notes: tuple[str, ...] = ()) -> BlankForm:
    content, package, told = _opened(content)
    places = word_places(package)
    if not places:
        raise FormRefused("no place to fill in was found in it", "is it the blank form? Look at it in Word")
    return BlankForm(content, "docx", tuple(places), first_words(package), (*notes, *told, *_not_filled(package)))


def _not_filled(package: Package) -> Iterator[str]:
    """What a form asks in parts of it that are not filled in."""
    if any("activex" in f"{name} {kind}".lower() for name, kind in package.names.items()):
        yield "the form has boxes or fields of an old kind (ActiveX): a person fills them in, in Word"
    if package.related(package.main, "aFChunk"):
        yield (
            "a part of the form is another document inside it, in which nothing is filled in: open it in Word and save "
            "it again as .docx, then it is part of the form"
        )


def _opened(content: bytes) -> tuple[bytes, Package, tuple[str, ...]]:
    """The form's bytes and parts; linked pictures taken out, with what to tell of them."""
    try:
        content, package, told = read_without_links(content)
    except NotAWordFile as error:
        raise FormRefused(str(error), "ask the authority for its form as a plain .docx or .pdf") from None
    if any(_DOCTYPE.search(part[:4096]) for name, part in package.parts.items() if name.endswith((".xml", ".rels"))):
        raise FormRefused(
            "it declares entities, which no Word file needs", "do not use it; ask the authority for its form again"
        )
    refuse_what_reaches_out(package)
    return content, package, told


def _other(content: bytes, kind: str, to_word: ToWord | None) -> BlankForm:
    if content.startswith(_OLE) and (b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in content):
        raise FormRefused("it is locked with a password", "open it in Word with the password and save it without one")
    if content.startswith(_OLE) and b"_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T" in content:
        raise FormRefused("it holds macros", "save it in Word as a plain .docx")
    if to_word is None:
        raise FormRefused(f"a .{kind} can only be read with LibreOffice", "save it as .docx, or install LibreOffice")
    kinds = {"dot": "doc", "ott": "odt"}
    made = to_word(content, kinds.get(kind, kind))
    if isinstance(made, str):
        raise FormRefused(f"it could not be turned into a Word file: {made}", "save it in its own program as .docx")
    note = f"the form is a .{kind}; it was turned into Word by LibreOffice, and that Word file is filled in"
    return _word(made, (note,))


# -- PDF --------------------------------------------------------------------------------------------------------------


def _pdf(content: bytes) -> BlankForm:
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            notes = _looked_over(pdf)
        places, titles = tuple(pdf_places(content)), _pdf_titles(content)
    except pikepdf.PasswordError:
        raise FormRefused("it is locked with a password", "ask the authority for a form that is not locked") from None
    except DAMAGED_PDF as error:
        raise FormRefused(f"it is damaged ({str(error)[:120]})", "download it again") from None
    return BlankForm(content, "pdf", places, titles, notes)


def _looked_over(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    """Refuse what no form needs; say what a person should know."""
    if pdf.is_encrypted and not pdf.allow.modify_form:
        raise FormRefused(
            "its author does not allow it to be filled in", "ask the authority for a form that may be filled in"
        )
    if pdf.attachments:
        raise FormRefused("it carries other files inside", "ask the authority for its form without attachments")
    for obj in pdf.objects:
        if isinstance(obj, pikepdf.Dictionary) and str(obj.get("/S", "")) in ("/Launch", "/GoToE", "/ImportData"):
            raise FormRefused(
                "it starts programs or opens other files", "do not use it; ask the authority for its form again"
            )
    form = pdf.Root.get("/AcroForm")
    notes = []
    if form is not None and "/XFA" in form:
        if not len(form.get("/Fields", [])):
            raise FormRefused(
                "it is an XFA form, which only Adobe Acrobat can fill in", "ask the authority for its Word version"
            )
        notes.append("the form also holds an XFA form: it is taken away when this one is filled in")
    if "/Perms" in pdf.Root:
        notes.append("the form was opened for saving in Adobe Reader: that right ends when it is filled in")
    fields: Any = form.get("/Fields", []) if form is not None else []
    if any("/V" in f for f in fields if str(f.get("/FT", "")) == "/Sig"):
        raise FormRefused(
            "it is signed already: any change breaks the signature", "ask the authority for the blank form"
        )
    return tuple(notes)


def _pdf_titles(content: bytes) -> tuple[str, ...]:
    import pypdfium2 as pdfium

    from generator.forms.answer_places.on_pdf_pages.pdf_words import page_words

    with pdfium.PdfDocument(content) as document:
        words = page_words(document[0])
    return tuple(w.text for w in sorted(words, key=lambda w: -w.size)[:8])
