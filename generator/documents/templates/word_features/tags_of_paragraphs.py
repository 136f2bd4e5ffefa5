"""The tags in a paragraph's own text, however Word spread their letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from generator.word_files.docx_package import W

TAG = re.compile(
    r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{#(?:(?!\{#).)*?#\}|\{[{%](?:[^{%}]|\{(?![{%#])|%(?!\})|\}(?!\}))*+[}%]\}"
)
"""One whole tag of a template in plain text."""

_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_LOW_QUOTES = str.maketrans("„‟‚‛", "\"\"''")
"""Word writes them in texts that it takes for Polish or German; the raised ones are mended where tags are read."""
_DASH_AT_START, _DASH_AT_END = re.compile(r"(?<=^\{[%{])[–—−]"), re.compile(r"[–—−](?=[%}]\}$)")
_DASHED_UNIT = re.compile(r"^\{%[-–—−+]?(p|tr|tc)[-–—−+]?\s(.*?)[-–—−+]?%\}$", re.DOTALL)
_RICH, _WHOLE = (re.compile(rf"\{{\{{[-–—−+]?{kind}[-–—−+]?\s(.*?)[-–—−+]?\}}\}}$", re.DOTALL) for kind in ("r", "p"))
"""Tags that take their paragraph, row or cell away, or print what docxtpl puts there, with or without Jinja's signs
for “no space here” and “space here”: none is left."""


def own_pieces(paragraph: etree._Element) -> list[etree._Element]:
    """The text elements of a paragraph without those of text boxes that hang on it."""
    return [t for t in paragraph.iter(f"{W}t") if next(t.iterancestors(f"{W}p")) is paragraph]


def own_text(paragraph: etree._Element) -> str:
    """The words of a paragraph itself, tags included."""
    return "".join(piece.text or "" for piece in own_pieces(paragraph))


def own_runs(paragraph: etree._Element) -> list[etree._Element]:
    """The runs of a paragraph without those of text boxes that hang on it."""
    return [run for run in paragraph.iter(f"{W}r") if next(run.iterancestors(f"{W}p")) is paragraph]


def mend_tags(paragraph: etree._Element) -> None:
    """Write each tag of a paragraph as Jinja reads it: plain spaces, nothing invisible, whole where it must be.

    A hard space in a tag is what Word and some keyboards write for a space. `{{r x }}` and `{{p x }}` print a value
    that is plain text like any other: docxtpl would put it where no program shows it.
    """
    pieces = own_pieces(paragraph)
    text = "".join(piece.text or "" for piece in pieces)
    if "{" not in text:
        return
    for tag in reversed(list(TAG.finditer(text))):
        written = _written(tag[0])
        if written != tag[0] or _is_torn(pieces, tag.start(), tag.end()):
            _replace(pieces, tag.start(), tag.end(), written)


def _written(tag: str) -> str:
    plain = _INVISIBLE.sub("", _SPACES.sub(" ", tag)).translate(_LOW_QUOTES)
    plain = _DASH_AT_END.sub("-", _DASH_AT_START.sub("-", plain))
    plain = _DASHED_UNIT.sub(r"{%\1 \2%}", plain)
    if rich := _RICH.match(plain):
        return "{{ (" + rich[1].strip() + ") | in_run }}"
    if whole := _WHOLE.match(plain):
        return "{{ " + whole[1].strip() + " }}"
    return plain


def _reached(pieces: list[etree._Element], start: int, end: int) -> Iterator[tuple[etree._Element, int, int]]:
    """The text elements that hold a stretch of the paragraph's text, each with the part of it that is theirs."""
    place = 0
    for piece in pieces:
        length = len(piece.text or "")
        if place < end and place + length > start:
            yield piece, max(0, start - place), min(length, end - place)
        place += length


def _is_torn(pieces: list[etree._Element], start: int, end: int) -> bool:
    """True where a tag's letters are not all in runs beside each other, as in half a link: docxtpl cuts the XML."""
    homes = set()
    for piece, _, _ in _reached(pieces, start, end):
        run = piece.getparent()
        homes.add(run.getparent() if run is not None else None)
    return len(homes) > 1


def _replace(pieces: list[etree._Element], start: int, end: int, written: str) -> None:
    """Put the text of a stretch into its first element and take it out of the others."""
    for number, (piece, begins, ends) in enumerate(list(_reached(pieces, start, end))):
        text = piece.text or ""
        piece.text = text[:begins] + (written if number == 0 else "") + text[ends:]
