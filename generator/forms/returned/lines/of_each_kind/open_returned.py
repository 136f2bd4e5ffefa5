"""A returned file opened, whatever it was saved as: Word, OpenDocument, PDF, a workbook, or through LibreOffice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from generator.forms.answer_places.links_in_forms import read_without_links
from generator.forms.answer_places.place import FormRefused
from generator.forms.answer_places.read_form import ToWord
from generator.forms.returned.lines.of_each_kind.read_returned_odt import is_odt, read_returned_odt
from generator.forms.returned.lines.of_each_kind.read_returned_pdf import read_returned_pdf
from generator.forms.returned.lines.of_each_kind.read_returned_word import read_returned_word
from generator.forms.returned.lines.of_each_kind.read_returned_workbook import is_workbook, read_returned_workbook
from generator.forms.returned.lines.returned_line import ReturnedFile
from generator.word_files.docx_package import NotAWordFile, read_package

ENDINGS = ("docx", "docm", "odt", "pdf", "xlsx", "ods", "doc", "rtf", "dot", "ott")
"""Endings of files in which answers may have come back."""

_PICTURES = ("jpg", "jpeg", "png", "heic", "heif", "tif", "tiff", "gif", "webp")
_OLE = b"\xd0\xcf\x11\xe0"


def open_returned(content: bytes, name: str, to_word: ToWord | None = None) -> ReturnedFile:
    """The lines of a returned file. Raises FormRefused with the reason and what to do."""
    found = _opened(content, name, to_word)
    told = any(line.text for line in found.lines) or any(found.fields.values())
    if not told and any(line.pictures for line in found.lines):
        raise FormRefused(
            "it holds nothing but pictures: handwriting is not read", "file it as evidence, and type what it says"
        )
    return found


def _opened(content: bytes, name: str, to_word: ToWord | None) -> ReturnedFile:
    ending = PurePath(name).suffix.lower().lstrip(".")
    if not content:
        raise FormRefused("it is empty (0 bytes)", "copy it again from where it came")
    if content[:1024].lstrip().startswith(b"%PDF"):
        return read_returned_pdf(content)
    if is_odt(content):
        return read_returned_odt(content)
    if is_workbook(content):
        return read_returned_workbook(content)
    if ending in _PICTURES:
        raise FormRefused(
            "it is a photo or picture: handwriting is not read", "file it as evidence, and type what it says"
        )
    if ending == "pages":
        raise FormRefused("it was saved by Pages", "export it there as Word or PDF: File, Export To")
    if content.startswith((_OLE, b"{\\rtf")):
        return _old(content, "rtf" if content.startswith(b"{\\rtf") else "doc", to_word)
    try:
        _, package, told = read_without_links(content)
        found = read_returned_word(package)
        return replace(found, notes=(*found.notes, *told))
    except NotAWordFile as error:
        raise FormRefused(str(error), "ask for it as a Word file or PDF") from None


def _old(content: bytes, kind: str, to_word: ToWord | None) -> ReturnedFile:
    if to_word is None:
        raise FormRefused(f"a .{kind} can only be read with LibreOffice", "save it as .docx, or install LibreOffice")
    made = to_word(content, kind)
    if isinstance(made, str):
        raise FormRefused(f"it could not be opened: {made}", "save it in its own program as .docx")
    found = read_returned_word(read_package(made))
    return replace(found, notes=(*found.notes, f"it is a .{kind}, which was read through LibreOffice"))
