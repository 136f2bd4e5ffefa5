"""Forms as they come: a blank form from its file, and texts of other programs through LibreOffice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator.problems import FilesHaveErrors

if TYPE_CHECKING:
    from generator.forms.answer_places.read_form import BlankForm


def word_of_other(content: bytes, kind: str) -> bytes | str:
    """A text of another kind (doc, odt, rtf) as Word, or the reason why not."""
    from generator.engines import converter
    from generator.problems import MissingOnThisMachine

    try:
        reader = converter.start()
    except MissingOnThisMachine:
        return "LibreOffice was not found on this computer"
    try:
        return reader.to_word(content, kind)
    finally:
        reader.close()


def form_name(text: str) -> str:
    """A file's name as the name of a form: small letters, digits and dashes."""
    import re

    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "form"


def read_blank(file: Path) -> BlankForm:
    """The blank form in a file. Raises FilesHaveErrors with the reason why it cannot be used."""
    from generator.forms.answer_places.place import FormRefused
    from generator.forms.answer_places.read_form import read_form_file

    try:
        return read_form_file(file.read_bytes(), file.name, word_of_other)
    except FormRefused as refused:
        raise FilesHaveErrors(f"{file.name} cannot be used: {refused.message}.", _sentence(refused.advice)) from None


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""
