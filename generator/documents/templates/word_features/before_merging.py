"""A template's parts put in order before its tags are read."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from generator.documents.templates.word_features import breaks, content_controls, reaching_out
from generator.documents.templates.word_features.tags_of_paragraphs import mend_tags
from generator.word_files import tracked_changes
from generator.word_files.docx_package import Package, W, parse, rels_name, serialize
from generator.word_files.word_names import drop, unwrap

COMMENTS = ("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people")
"""The relationships of remarks in the margin, and of those who wrote them."""

_DATA = "customXml"
"""The relationship of data that controls were bound to, which are those of the template's own file."""

_STORIES = ("header", "footer", "footnotes", "endnotes")
_MARKS_OF_COMMENTS = (f"{W}commentRangeStart", f"{W}commentRangeEnd")
_WRAPPERS = (f"{W}smartTag", f"{W}customXml")


def settle(package: Package) -> Package:
    """The package with what must not be given out left out of it, and its tags where merging keeps them whole.

    Tracked changes are accepted, remarks in the margin and the place where Word last stood go; controls are no longer
    bound to data of the template's own file; nothing calls another program or file; breaks that a tag's paragraph
    carries stand in a paragraph of their own.
    """
    settled = Package(dict(package.parts), package.main, dict(package.names))
    for name in stories(settled):
        root = parse(settled.parts[name])
        _settle_story(root)
        settled.parts[name] = serialize(root)
    _without_hidden_parts(settled)
    reaching_out.settle(settled, stories(settled))
    return settled


def stories(package: Package) -> list[str]:
    """The parts that hold text: the body first, then headers, footers and notes."""
    targets = {r.target for r in package.relations(package.main) if r.kind in _STORIES}
    return [package.main, *sorted(targets & package.parts.keys())]


def _settle_story(root: etree._Element) -> None:
    tracked_changes.accept_all(root)
    _unmark(root)
    for element in list(root.iter(*_WRAPPERS)):
        _unwrap(element)
    content_controls.unbind(root)
    for paragraph in root.iter(f"{W}p"):
        mend_tags(paragraph)
    _join_instructions(root)
    breaks.settle(root)


def _unwrap(element: etree._Element) -> None:
    """Take a smart tag away from around its words; its own properties are none of theirs."""
    for properties in element.findall(f"{W}smartTagPr") + element.findall(f"{W}customXmlPr"):
        element.remove(properties)
    unwrap(element)


def _unmark(root: etree._Element) -> None:
    """Remarks in the margin and Word's note of where the writer last stood."""
    for mark in list(root.iter(*_MARKS_OF_COMMENTS)):
        drop(mark)
    for reference in list(root.iter(f"{W}commentReference")):
        run = reference.getparent()
        drop(reference)
        if run is not None and all(child.tag == f"{W}rPr" for child in run):
            drop(run)
    opened: dict[str, str] = {}
    for mark in list(root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        number = mark.get(f"{W}id", "")
        if mark.tag == f"{W}bookmarkStart":
            opened[number] = mark.get(f"{W}name", "")
        if opened.get(number) == "_GoBack":
            drop(mark)


def _join_instructions(root: etree._Element) -> None:
    """A field's instruction with a tag in one piece: Word cuts it anywhere, and half a tag is none."""
    for paragraph in root.iter(f"{W}p"):
        pieces: list[etree._Element] = []
        for element in paragraph.iter(f"{W}instrText", f"{W}fldChar"):
            if element.tag == f"{W}instrText":
                pieces.append(element)
                continue
            _join(pieces)
            pieces = []


def _join(pieces: Sequence[etree._Element]) -> None:
    text = "".join(piece.text or "" for piece in pieces)
    if len(pieces) > 1 and "{" in text:
        for number, piece in enumerate(pieces):
            piece.text = text if number == 0 else ""


def _without_hidden_parts(package: Package) -> None:
    """No reference to remarks or hidden data is left; parts that nothing refers to go when the template is compiled."""
    name = rels_name(package.main)
    if name not in package.parts:
        return
    root = parse(package.parts[name])
    for element in list(root):
        if element.get("Type", "").rpartition("/")[2] in (*COMMENTS, _DATA):
            root.remove(element)
    package.parts[name] = serialize(root)
