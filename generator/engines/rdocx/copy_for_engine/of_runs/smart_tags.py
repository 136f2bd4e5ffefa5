"""Words that the embedded engine passes over because of what stands around them, freed of it in a copy of the document.

It draws runs of a paragraph, of a link and of a content control. Runs inside a smart tag, a direction mark, an element
of custom XML, an accepted insertion or the base of a phonetic guide are lost, and so is all but runs in a link.
"""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_AROUND = tuple(W + name for name in ("smartTag", "bdo", "dir", "customXml", "ins", "moveTo", "subDoc"))
_OF_TAGS = {W + "smartTagPr", W + "customXmlPr"}
_HOLDS_RUNS = ("sdt", "fldSimple")


def free_words(root: etree._Element) -> None:
    """Put what these elements hold in their place, in one story of the document."""
    for element in list(root.iter(*_AROUND)):
        if element.tag not in (W + "ins", W + "moveTo") or element.find(f".//{W}r") is not None:
            put_in_place(element, [child for child in element if child.tag not in _OF_TAGS])
    for link in root.iter(W + "hyperlink"):
        for name in _HOLDS_RUNS:
            for element in list(link.iter(W + name)):
                content = element.find(W + "sdtContent") if name == "sdt" else element
                put_in_place(element, list(content) if content is not None else [])
    for guide in list(root.iter(W + "ruby")):
        _read_out(guide)
    for either in list(root.iter(_MC + "AlternateContent")):
        _settle_block(either)


def put_in_place(element: etree._Element, held: list[etree._Element]) -> None:
    """Let these elements stand where another one stood."""
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        if element.tail and element.tail.strip():
            held = held or [element]
        parent[place : place + 1] = held


def _read_out(guide: etree._Element) -> None:
    """A phonetic guide becomes its base with the guide behind it in brackets."""
    run = guide.getparent()
    if run is None or run.tag != W + "r":
        return
    base, above = guide.find(W + "rubyBase"), guide.find(W + "rt")
    runs = list(base) if base is not None else []
    said = "".join(t.text or "" for t in above.iter(W + "t")) if above is not None else ""
    if said:
        behind = etree.Element(W + "r")
        etree.SubElement(behind, W + "t").text = f"({said})"
        runs.append(behind)
    put_in_place(run, [*runs] if len(run) == 1 or all(e.tag in (W + "rPr", guide.tag) for e in run) else [*runs, run])


def _settle_block(either: etree._Element) -> None:
    """A choice between whole paragraphs or tables, or between runs: the engine knows choices inside a run alone."""
    parent = either.getparent()
    if parent is None or parent.tag == W + "r":
        return
    for branch in (either.find(_MC + "Choice"), either.find(_MC + "Fallback")):
        if branch is not None and len(branch):
            put_in_place(either, list(branch))
            return
