"""Passages in another language than their document: marked as such, so that screen reader and spell checker know it.

What people wrote stays in the language in which they wrote it: English in a Polish letter, a child's Polish words in an
English plan. While a document is merged such a value gets invisible marks around it; afterwards its runs get the
language and the marks go.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator

from lxml import etree

from generator.word_files.docx_package import W

BEGIN, END, NAMED = "\ue010", "\ue011", "\ue012"
ENGLISH = "en-GB"
_LATER = {f"{W}eastAsianLayout", f"{W}specVanish", f"{W}oMath"}
_FROM_THE_RIGHT = frozenset({"ar", "fa", "he", "ps", "sd", "ur", "yi"})
"""Languages of which Word takes the one for letters that run from the right."""
_LATIN = re.compile(r"[A-Za-z]{2}")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def is_english(text: str) -> bool:
    """True for words in English letters alone that are not just a name: two words of which one is written small."""
    words = _WORD.findall(text)
    return len(words) > 1 and text_is_plain(words) and any(word[0].islower() for word in words)


def text_is_plain(words: list[str]) -> bool:
    """True where no word but those with a capital letter, which may be a name, has a letter that English lacks."""
    return all(word.isascii() or word[0].isupper() or "’" in word for word in words)


def marked(text: str, language: str = ENGLISH) -> str:
    """The text between the marks; the first names the language where it is not English."""
    return f"{BEGIN}{'' if language == ENGLISH else language + NAMED}{text}{END}"


def settle(root: etree._Element) -> None:
    """Give what stands between the marks its language, and take the marks out."""
    inside = ""
    for text in list(root.iter(f"{W}t")):
        written = text.text or ""
        if BEGIN in written or END in written:
            inside = _cut(text, inside)
        elif inside and written.strip():
            _speak(text.getparent(), inside)


def _cut(text: etree._Element, inside: str) -> str:
    """Cut a run at its marks; gives the language that goes on after it, empty where that is the document's own."""
    run, pieces = text.getparent(), list(_pieces(text.text or "", inside))
    if run is None or run.tag != f"{W}r":
        text.text = _MARKS.sub("", text.text or "")
        return inside
    before = [one for one in run if one.tag != f"{W}rPr" and one in list(text.itersiblings(preceding=True))]
    after = list(text.itersiblings())
    made = [_run(run, before, "")] if before else []
    for said, language in pieces:
        element = copy.deepcopy(text)
        element.text = said
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(_run(run, [element], language))
    made += [_run(run, after, "")] if after else []
    for one in made:
        run.addprevious(one)
    parent = run.getparent()
    if parent is not None:
        parent.remove(run)
    *_, last = (mark[0] for mark in _MARKS.finditer(text.text or ""))
    return _named(last)


_MARKS = re.compile(f"{BEGIN}(?:[a-z]+{NAMED})?|{END}")


def _named(mark: str) -> str:
    """The language that a mark begins; empty for one that ends a passage."""
    return "" if mark == END else mark.strip(BEGIN + NAMED) or ENGLISH


def _pieces(text: str, inside: str) -> Iterator[tuple[str, str]]:
    """The text without its marks, in pieces of one language each."""
    place = 0
    for mark in _MARKS.finditer(text):
        if said := text[place : mark.start()]:
            yield said, inside
        inside, place = _named(mark[0]), mark.end()
    if text[place:]:
        yield text[place:], inside


def _run(like: etree._Element, held: list[etree._Element], language: str) -> etree._Element:
    run = etree.Element(f"{W}r")
    run.extend(copy.deepcopy(look) for look in like.findall(f"{W}rPr"))
    run.extend(held)
    if language:
        _speak(run, language)
    return run


def _speak(run: etree._Element | None, language: str = ENGLISH) -> None:
    if run is None or run.tag != f"{W}r":
        return
    look = run.find(f"{W}rPr")
    if look is None:
        look = etree.Element(f"{W}rPr")
        run.insert(0, look)
    said = look.find(f"{W}lang")
    if said is None:
        said = etree.Element(f"{W}lang")
        place = next((n for n, one in enumerate(look) if one.tag in _LATER), len(look))
        look.insert(place, said)
    said.set(f"{W}val", language)
    if language in _FROM_THE_RIGHT:
        said.set(f"{W}bidi", language)


def mark_latin(root: etree._Element) -> None:
    """In a document that is written from the right: every run of Latin letters is English."""
    for run in root.iter(f"{W}r"):
        text = "".join(one.text or "" for one in run.findall(f"{W}t"))
        if _LATIN.search(text) and not _ARABIC.search(text):
            _speak(run)
