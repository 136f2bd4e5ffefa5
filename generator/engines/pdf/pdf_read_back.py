"""Is the PDF that an engine made sound and complete? Read back with another library than made it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import pypdfium2

from generator.engines.pdf.drawn_pictures import DEEP, pictures
from generator.engines.protocol import Failure, Pdf
from generator.values.notice import LOST, Notice, noticed

_COMPARED = re.compile(r"\w+|[\u2190-\u2bff\U0001f000-\U0001faff]")
"""A word, tick, arrow or emoji; lines to write on, which are words of underscores alone, are let go by `_compared`."""
_PARTS = re.compile(r"[^\W\d]+|\d+|[\u2190-\u2bff\U0001f000-\U0001faff]")
"""As _COMPARED, for lines that run from the right, where the 2 and the W of 2W may be read back in either order."""
_SHOWN = 8
_KNOWN_BY = 40
"""Letters at its beginning by which a paragraph is found again."""
ENOUGH = 0.99
"""The share of the document's words that must be in the PDF."""


def checked(name: str, content: bytes, words: str, warnings: tuple[str, ...], wanted: int = 0) -> Pdf | Failure:
    """The PDF as a result, with a warning that names words of the document which cannot be found in it.

    And one that says how many of its `wanted` pictures cannot.
    """
    if not content.startswith(b"%PDF"):
        return Failure(name, "the program made something that is not a PDF")
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        return Failure(name, f"the PDF that was made cannot be opened ({error})")
    try:
        pages = len(pdf)
        texts = [_text(pdf[index]) for index in range(pages)]
        drawn = pictures_on_pages(pdf) if wanted else []
    finally:
        pdf.close()
    if pages < 1:
        return Failure(name, "the PDF that was made has no pages")
    return Pdf(
        name,
        content,
        pages,
        noticed((*_placed(warnings, texts), *_missing_warning(words, texts), *_missing_pictures(wanted, sum(drawn)))),
    )


def pictures_on_pages(pages: Iterable[pypdfium2.PdfPage]) -> list[int]:
    """How many pictures each page draws."""
    return [sum(1 for _ in pictures(page, DEEP)) for page in pages]


def _missing_pictures(wanted: int, drawn: int) -> tuple[Notice, ...]:
    if drawn >= wanted:
        return ()
    said = f"{wanted - drawn} of the {wanted} pictures of the document cannot be found in the PDF"
    return (Notice(said, LOST, amount=wanted - drawn),)


def _text(page: pypdfium2.PdfPage) -> str:
    textpage = page.get_textpage()
    try:
        return str(textpage.get_text_bounded())
    finally:
        textpage.close()
        page.close()


def missing_words(words: str, text: str) -> list[str]:
    """The words (and ticks, arrows, emoji) of `words` that occur more often there than in `text`, in order."""
    turned = any(map(_is_right_to_left, set(words)))
    parts = _PARTS.findall if turned else _compared
    if turned:
        words, text = _apart(words), _apart(text)
    wanted = Counter(parts(_plain(words)))
    squeezed = _plain(text)
    there = Counter(parts(squeezed))
    squeezed = re.sub(r"\s+", "", squeezed)
    by_letters = turned and _all_letters(wanted, squeezed)
    missing: list[str] = []
    for word, count in wanted.items():
        have = there[word]
        if have < count and by_letters and _is_right_to_left(word):
            have = count
        elif have < count:
            # On a line that runs from the right, names and figures may be read back from their end too.
            have = max(have, squeezed.count(word) + (squeezed.count(word[::-1]) if turned else 0))
        missing.extend([word] * max(0, count - have))
    return missing


def _compared(text: str) -> list[str]:
    return [word for word in _COMPARED.findall(text) if word.strip("_")]


def _apart(text: str) -> str:
    """A space where letters that run from the right meet others: they are drawn, and read back, in either order."""
    return _MEETING.sub(" ", text)


_FROM_THE_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_MEETING = re.compile(
    rf"(?<=[{_FROM_THE_RIGHT}])(?=[^\W{_FROM_THE_RIGHT}])|(?<=[^\W{_FROM_THE_RIGHT}])(?=[{_FROM_THE_RIGHT}])"
)


def _all_letters(wanted: Counter[str], text: str) -> bool:
    """True when the letters of the words that run from the right are there, nearly all.

    Joined letters are drawn in pieces, so the order in which they are read back says nothing.
    """
    letters = Counter(letter for word in wanted.elements() if _is_right_to_left(word) for letter in word)
    there = Counter(text)
    return all(there[letter] >= ENOUGH * count for letter, count in letters.items())


def _missing_warning(words: str, texts: Sequence[str]) -> tuple[Notice, ...]:
    missing = missing_words(words, "\n".join(texts))
    if not missing:
        return ()
    total = max(1, len(_compared(_plain(words))))
    shown = ", ".join(dict.fromkeys(missing[:_SHOWN])) + (" …" if len(missing) > _SHOWN else "")
    said = f"{len(missing)} of the {total} words of the document cannot be found in the PDF: {shown}"
    return (Notice(said, LOST, _page_of(missing[0], words, texts), len(missing)),)


def _page_of(word: str, words: str, texts: Sequence[str]) -> int:
    """The page on which a word should stand: that of the last paragraph before it which is there, else the first."""
    squeezed = [re.sub(r"\W+", "", _plain(text)) for text in texts]
    page = 0
    for paragraph in words.split("\n"):
        said = re.sub(r"\W+", "", _plain(paragraph))[:_KNOWN_BY]
        if word in _compared(_plain(paragraph)):
            break
        if len(said) > _SHOWN:
            page = next((n for n in range(page, len(squeezed)) if said in squeezed[n]), page)
    return page + 1


def _placed(warnings: Iterable[str], texts: Sequence[str]) -> Iterator[Notice]:
    """The same, each with the page on which the words beside it stand."""
    letters: list[str] = []
    pages: dict[str, int] = {"": 0}
    for one in noticed(warnings):
        if one.page or not one.near:
            yield one
            continue
        letters = letters or [re.sub(r"\W+", "", _plain(text)) for text in texts]
        known = re.sub(r"\W+", "", _plain(one.near))[:_KNOWN_BY]
        if known not in pages:
            pages[known] = next((number for number, text in enumerate(letters, 1) if known in text), 0)
        yield Notice(str(one), one.kind, pages[known], one.amount)


_NOT_SHOWN = dict.fromkeys(map(ord, "\ufffe\u00ad\x02\u200b"))


def _plain(text: str) -> str:
    """The text without what layout changes: ligatures, case, soft and line-end hyphens, places for a break."""
    text = text.translate(_NOT_SHOWN)
    return unicodedata.normalize("NFKC", text).casefold()


def _is_right_to_left(word: str) -> bool:
    return unicodedata.bidirectional(word[0]) in ("R", "AL")
