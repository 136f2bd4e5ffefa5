"""Words written into Word paragraphs: in the place of characters, behind them, or into an empty paragraph."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from lxml import etree

from generator.forms.answer_places.in_word_files.paragraph import W14, Atom, W
from generator.word_files.docx_package import legal
from generator.word_files.word_names import RUN_PROPERTIES

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def element(name: str, **values: str) -> etree._Element:
    """A w: element with w: attributes."""
    made = etree.Element(W + name)
    for key, value in values.items():
        made.set(W + key, value)
    return made


def words_in(text: str) -> list[etree._Element]:
    """The content of a run that says a text: w:t, with w:br for every line end and w:tab for every tab."""
    made: list[etree._Element] = []
    for number, line in enumerate(legal(text).split("\n")):
        if number:
            made.append(element("br"))
        for part_number, part in enumerate(line.split("\t")):
            if part_number:
                made.append(element("tab"))
            if part:
                said = element("t")
                said.text = part
                said.set(_SPACE, "preserve")
                made.append(said)
    return made


def run_of(text: str, properties: etree._Element | None) -> etree._Element:
    """A run that says a text in some formatting (a w:rPr, which is copied)."""
    run = element("r")
    if properties is not None:
        run.append(copy.deepcopy(properties))
    run.extend(words_in(text))
    return run


def properties_of(run: etree._Element | None) -> etree._Element | None:
    """A copy of a run's formatting without what makes it a placeholder or a hint."""
    found = None if run is None else run.find(W + "rPr")
    if found is None:
        return None
    kept = copy.deepcopy(found)
    for child in list(kept):
        style = child.tag == W + "rStyle" and "placeholder" in child.get(W + "val", "").lower()
        if style or child.tag in (W + "vanish", W + "webHidden", W + "noProof"):
            kept.remove(child)
    return kept


def mark(run: etree._Element, name: str, **values: str) -> None:
    """Set one formatting of a run, at its place in the order that Word wants."""
    properties = run.find(W + "rPr")
    if properties is None:
        properties = element("rPr")
        run.insert(0, properties)
    for old in properties.findall(W + name):
        properties.remove(old)
    before = RUN_PROPERTIES[: RUN_PROPERTIES.index(name)]
    at = sum(etree.QName(child).localname in before for child in properties)
    properties.insert(at, element(name, **values))


def not_bold(run: etree._Element) -> None:
    """Take the bold of a label from the words behind it."""
    for name in ("b", "bCs"):
        for old in run.findall(f"{W}rPr/{W}{name}"):
            old.getparent().remove(old)  # type: ignore[union-attr]


def paragraph_style(paragraph: etree._Element) -> etree._Element | None:
    """The formatting that an empty paragraph keeps for what is typed into it."""
    found = paragraph.find(f"{W}pPr/{W}rPr")
    if found is None:
        return None
    kept = element("rPr")
    kept.extend(
        copy.deepcopy(child) for child in found if child.tag not in (W + "ins", W + "del", W + "moveFrom", W + "moveTo")
    )
    return kept if len(kept) else None


def isolate(atoms: Sequence[Atom]) -> list[etree._Element]:
    """The runs that hold exactly some characters of a paragraph; runs that hold more are split."""
    runs: list[etree._Element] = []
    for run in dict.fromkeys(atom.run for atom in atoms):
        mine = [a for a in atoms if a.run is run]
        runs.append(_cut(run, mine))
    return runs


def _cut(run: etree._Element, mine: Sequence[Atom]) -> etree._Element:
    """Split a run before and behind some of its characters; the middle one is given back."""
    first, last = mine[0], mine[-1]
    children = [c for c in run if c.tag != W + "rPr"]
    start, end = children.index(first.element), children.index(last.element)
    before, after = children[:start], children[end + 1 :]
    middle = children[start : end + 1]
    if first.element.tag == W + "t" and first.index:
        head = copy.deepcopy(first.element)
        head.text = (first.element.text or "")[: first.index]
        before = [*before, _spaced(head)]
    if last.element.tag == W + "t" and last.index + 1 < len(last.element.text or ""):
        tail = copy.deepcopy(last.element)
        tail.text = (last.element.text or "")[last.index + 1 :]
        after = [_spaced(tail), *after]
    _keep(first, last)
    _beside(run, before, previous=True)
    _beside(run, after, previous=False)
    for child in children:
        if child not in middle and child.getparent() is run:
            run.remove(child)
    return run


def _keep(first: Atom, last: Atom) -> None:
    """Leave in the first and last text of a range only what belongs to the range."""
    text = first.element.text or ""
    if first.element is last.element:
        if first.element.tag == W + "t":
            first.element.text = text[first.index : last.index + 1]
            _spaced(first.element)
        return
    if first.element.tag == W + "t":
        first.element.text = text[first.index :]
        _spaced(first.element)
    if last.element.tag == W + "t":
        last.element.text = (last.element.text or "")[: last.index + 1]
        _spaced(last.element)


def _spaced(said: etree._Element) -> etree._Element:
    said.set(_SPACE, "preserve")
    return said


def _beside(run: etree._Element, children: Sequence[etree._Element], previous: bool) -> None:
    if not children:
        return
    other = element("r")
    properties = run.find(W + "rPr")
    if properties is not None:
        other.append(copy.deepcopy(properties))
    other.extend(children)
    if previous:
        run.addprevious(other)
    else:
        run.addnext(other)


def replace_words(atoms: Sequence[Atom], text: str) -> etree._Element:
    """Put a text in the place of some characters of a paragraph; the run that says it is given back."""
    runs = isolate(atoms)
    first = runs[0]
    for child in [c for c in first if c.tag != W + "rPr"]:
        first.remove(child)
    first.extend(words_in(text))
    for other in runs[1:]:
        parent = other.getparent()
        if parent is not None:
            parent.remove(other)
    return first


def replace_field(begin: etree._Element, answer: etree._Element) -> None:
    """Put a run in the place of the field that begins in a run; what else stands in the field's runs stays."""
    paragraph = next(begin.iterancestors(W + "p"))
    runs = [run for run in paragraph.iter(W + "r") if next(run.iterancestors(W + "p")) is paragraph]
    begun, open_ = False, 0
    for run in runs[runs.index(begin) :]:
        behind = []
        for child in [c for c in run if c.tag != W + "rPr"]:
            if begun and not open_:
                behind.append(child)
                continue
            kind = child.get(W + "fldCharType") if child.tag == W + "fldChar" else ""
            open_ += (kind == "begin") - (kind == "end")
            begun = begun or kind == "begin"
            if begun:
                run.remove(child)
        if run is begin:
            _beside(run, behind, previous=False)
            run.addnext(answer)
        if all(child.tag == W + "rPr" for child in run):
            run.getparent().remove(run)  # type: ignore[union-attr]
        if begun and not open_:
            return


def clear(paragraph: etree._Element) -> None:
    """Take everything but its formatting out of a paragraph."""
    for child in list(paragraph):
        if child.tag != W + "pPr":
            paragraph.remove(child)


def copied_paragraph(paragraph: etree._Element) -> etree._Element:
    """A new empty paragraph with the same formatting."""
    made = element("p")
    properties = paragraph.find(W + "pPr")
    if properties is not None:
        made.append(copy.deepcopy(properties))
    return made


def fresh_ids(tree: etree._Element, taken: set[str]) -> None:
    """Give the controls of a copied row ids of their own, and take away paragraph ids, which must not stand twice."""
    for node in tree.iter():
        for name in ("paraId", "textId"):
            if W14 + name in node.attrib:
                del node.attrib[W14 + name]
    for own in tree.iter(W + "id"):
        parent = own.getparent()
        if parent is None or parent.tag != W + "sdtPr":
            continue
        number = 100_000_000 + len(taken)
        while str(number) in taken:
            number += 1
        taken.add(str(number))
        own.set(W + "val", str(number))
