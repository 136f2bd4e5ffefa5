"""Answers in form fields of Word 97 to 2010, as text: engines draw a ticked box and an empty one alike, or neither.

The state of a tick box stands in its data alone, and so does the choice from a list; the words of a button (`[Click
here to type a name]`) and the terms of a formula stand in the code of their field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from generator.word_files.word_names import is_on

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BUTTONS = ("MACROBUTTON", "GOTOBUTTON")
TICKED, EMPTY = "☒", "☐"


def answers_of(mark: etree._Element) -> list[str]:
    """What the form field that this mark begins shows, where it is a tick box or a list."""
    said = [answer(data) for data in mark.iterchildren(W + "ffData")]
    return [one for one in (*said, words_of_code(mark)) if one is not None]


def words_of_code(mark: etree._Element) -> str | None:
    """What Word shows from a field's code: the words of a button, the terms of a formula; None for other marks."""
    run = mark.getparent()
    if mark.get(W + "fldCharType") != "begin" or run is None or run.tag != W + "r":
        return None
    code = "".join(text.text or "" for part in _code(run) for text in part.iter(W + "instrText"))
    words = code.split(maxsplit=2)
    if words[:1] and words[0].upper() == "EQ":
        return _terms(code.strip()[2:])
    return words[2].strip() if len(words) == 3 and words[0].upper() in _BUTTONS else None


def _terms(code: str) -> str:
    """The terms of a formula of old Word on one line: `\\f(3,4)` as 3/4, a phonetic guide without how it looks."""
    code = re.sub(r'\\\*\s*("[^"]*"|\S+)(\s+hps\d+)?', " ", code, flags=re.I)
    said = re.sub(r"\\f\s*\(([^(),;]*)[,;]([^(),;]*)\)", r" \1/\2 ", code, flags=re.I)
    return " ".join(re.sub(r"\\[a-z]+(?:\s+\d+(?=\s*\())?\d*|[(),;\\]", " ", said, flags=re.I).split())


def answer(data: etree._Element) -> str | None:
    """What a form field shows; None for a text field, whose answer stands in the document as text."""
    box, choices = data.find(W + "checkBox"), data.find(W + "ddList")
    if box is not None:
        checked = box.find(W + "checked")
        return TICKED if is_on(checked if checked is not None else box.find(W + "default")) else EMPTY
    if choices is None:
        return None
    entries = [entry.get(W + "val") or "" for entry in choices.findall(W + "listEntry")]
    chosen = next((e for e in (choices.find(W + n) for n in ("result", "default")) if e is not None), None)
    number = _number(chosen.get(W + "val")) if chosen is not None else 0
    return entries[number] if number < len(entries) else ""


def _number(written: str | None) -> int:
    return int(written) if written and written.isdigit() else 0


def write_out(root: etree._Element) -> int:
    """Put the answer in the place of each field of one story; how many there were."""
    count = 0
    shown = [(data.getparent(), answer(data)) for data in root.iter(W + "ffData")]
    shown += [(mark, words_of_code(mark)) for mark in root.iter(W + "fldChar")]
    for mark, said in shown:
        run = mark.getparent() if mark is not None else None
        if said is None or run is None or run.tag != W + "r" or run.getparent() is None:
            continue
        new = etree.Element(W + "r")
        properties = run.find(W + "rPr")
        if properties is not None:
            new.append(properties)
        etree.SubElement(new, W + "t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}).text = said
        field = list(_field(run))
        run.addprevious(new)
        for part in field:
            part.getparent().remove(part)  # type: ignore[union-attr]
        count += 1
    return count


def replaced_by_answer(mark: etree._Element) -> Iterator[etree._Element]:
    """Everything in the runs that are not drawn where the answer of the field that this mark begins is."""
    run = mark.getparent()
    if run is not None and run.tag == W + "r":
        yield from (part for one in _field(run) for part in one.iter())


def _code(first: etree._Element) -> Iterator[etree._Element]:
    """The runs of a field up to the mark that divides its code from its result, or ends it."""
    for run in (first, *first.itersiblings(W + "r")):
        yield run
        marks = [mark.get(W + "fldCharType") for mark in run.iter(W + "fldChar")]
        if (run is not first and marks) or set(marks) & {"separate", "end"}:
            return


def _field(first: etree._Element) -> Iterator[etree._Element]:
    """The runs of a field, from the one that begins it to the one that ends it; only the first where none does."""
    depth, found = 0, []
    for run in (first, *first.itersiblings()):
        if run.tag != W + "r":
            continue
        found.append(run)
        for mark in run.iter(W + "fldChar"):
            depth += {"begin": 1, "end": -1}.get(mark.get(W + "fldCharType") or "", 0)
        if depth <= 0:
            return iter(found)
    return iter([first])
