"""Numbers and names that stand once in a document, although a loop printed what holds them many times."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from generator.word_files.docx_package import W
from generator.word_files.word_names import drop

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_RANGES = (("bookmarkStart", "bookmarkEnd"), ("permStart", "permEnd"))


def settle(root: etree._Element, numbers: Iterator[int], names: set[str]) -> None:
    """Give every bookmark, range and control of a part a number of its own, of those that the document goes through.

    The first bookmark of a name keeps it (`names` are those so far); the others go, as they do in Word. So does one
    of which a condition left out the begin or the end.
    """
    for starts, ends in _RANGES:
        _number(root, f"{W}{starts}", f"{W}{ends}", numbers, names)
    seen: set[str] = set()
    for control in root.iter(f"{W}sdt"):
        own = control.find(f"{W}sdtPr/{W}id")
        if own is not None:
            if own.get(f"{W}val", "") in seen:
                own.set(f"{W}val", str(1_000_000 + next(numbers)))
            seen.add(own.get(f"{W}val", ""))
    _drop_repeated(root, f"{_W14}paraId")


def _number(root: etree._Element, starts: str, ends: str, numbers: Iterator[int], names: set[str]) -> None:
    waiting: dict[str, list[etree._Element]] = {}
    for mark in list(root.iter(starts, ends)):
        own = mark.get(f"{W}id", "")
        if mark.tag == starts:
            waiting.setdefault(own, []).append(mark)
            continue
        if not waiting.get(own):
            drop(mark)
            continue
        start = waiting[own].pop()
        name = start.get(f"{W}name")
        if name is not None and name.lower() in names:
            drop(start)
            drop(mark)
            continue
        names |= {name.lower()} if name is not None else set()
        number = str(next(numbers))
        start.set(f"{W}id", number)
        mark.set(f"{W}id", number)
    for left in (mark for marks in waiting.values() for mark in marks):
        drop(left)


def _drop_repeated(root: etree._Element, key: str) -> None:
    """Word's own numbers of paragraphs, which must not stand twice; it gives new ones when it saves."""
    seen: set[str] = set()
    for element in root.iter(f"{W}p", f"{W}tr"):
        number = element.get(key)
        if number is not None and number in seen:
            del element.attrib[key]
        elif number is not None:
            seen.add(number)
