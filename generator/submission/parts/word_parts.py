"""A document of the bundle as the Word file that an authority gets beside its PDF: it is read alone, by others."""

from __future__ import annotations

import re

from lxml import etree

from generator.bundle import LINK
from generator.word_files.docx_package import R, W, packed, parse, rels_name, serialize, unpacked

_PERSON = re.compile(rb"(<(?:dc:creator|cp:lastModifiedBy)>)([^<]*)(</)")


def word_to_send(word: bytes) -> bytes:
    """A Word file whose properties name no person, and whose references to pages of the bundle are text.

    Their links lead somewhere in the bundle's own PDF alone, and their addresses hold headings: “Ada's views”. The
    same file gives the same bytes.
    """
    parts = unpacked(word)
    parts["docProps/core.xml"] = _PERSON.sub(rb"\1\3", parts["docProps/core.xml"])
    for name in [one for one in parts if LINK.encode() in parts.get(rels_name(one), b"")]:
        root, relations = parse(parts[name]), parse(parts[rels_name(name)])
        ours = [one for one in relations if one.get("Target", "").startswith(LINK)]
        numbers = {one.get("Id") for one in ours}
        for link in [one for one in root.iter(f"{W}hyperlink") if one.get(f"{R}id") in numbers]:
            _as_text(link)
        for one in ours:
            relations.remove(one)
        parts[name], parts[rels_name(name)] = serialize(root), serialize(relations)
    return packed(parts)


def _as_text(link: etree._Element) -> None:
    """What a link shows in its place, without its look."""
    for style in list(link.iter(f"{W}rStyle")):
        if style.get(f"{W}val") == "Hyperlink":
            style.getparent().remove(style)  # type: ignore[union-attr]
    for inner in list(link):
        link.addprevious(inner)
    link.getparent().remove(link)  # type: ignore[union-attr]
