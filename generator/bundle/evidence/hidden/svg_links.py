"""Drawings (SVG) inside documents, without anything that makes a program read another file or the network."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp|bmp);base64,", re.IGNORECASE)
_URL = re.compile(r"url\s*\(\s*(?![\"']?\s*#)[^)]*\)?", re.IGNORECASE)
_IMPORT = re.compile(r"@import[^;]*;?|@font-face\s*\{[^}]*\}?", re.IGNORECASE)
_DROPPED = ("script", "foreignObject", "handler", "iframe", "object", "embed", "audio", "video", "include", "fallback")
_READ = 65536
_FIRST = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s>/]")
"""The first element of an XML file, after its declarations."""
EMPTY = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


def is_svg(name: str, data: bytes) -> bool:
    """True for a drawing, by its name or by how it begins; a packed one (.svgz) too."""
    if name.lower().endswith((".svg", ".svgz")):
        return True
    first = _FIRST.search(data[:_READ].replace(b"\0", b""))
    return bool(first and first[1] == b"svg")


def without_links(data: bytes) -> tuple[bytes, int]:
    """The drawing without references to anything outside it, and how many there were.

    One that cannot be read, or is packed, becomes an empty drawing: no engine may find in it what we did not.
    """
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_pis=True)
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return EMPTY, 1
    if etree.QName(root).localname != "svg":
        return data, 0
    count = int(root.getroottree().docinfo.internalDTD is not None)
    count += data[:_READ].replace(b"\0", b"").count(b"<?xml-stylesheet")
    for element in list(root.iter()):
        count += _cleaned(element)
    return (etree.tostring(root, encoding="UTF-8", xml_declaration=True), count) if count else (data, 0)


def _cleaned(element: Any) -> int:
    """One element without its references; those that are nothing else go."""
    parent = element.getparent()
    if not isinstance(element.tag, str):
        if isinstance(element, etree._Entity) and parent is not None:
            parent.remove(element)
            return 1
        return 0
    if etree.QName(element).localname in _DROPPED and parent is not None:
        parent.remove(element)
        return 1
    count = 0
    for key, value in list(element.attrib.items()):
        name = key.rpartition("}")[2].lower()
        if (name in ("href", "src") and not _is_inside(value)) or name in ("base", "data") or name.startswith("on"):
            del element.attrib[key]
            count += 1
        elif new := _without_urls(value):
            element.set(key, new[0])
            count += 1
    if element.text and etree.QName(element).localname == "style" and (new := _without_urls(element.text)):
        element.text = new[0]
        count += 1
    return count


def _is_inside(value: str) -> bool:
    said = re.sub(r"[\x00-\x20]", "", value)
    return said.startswith("#") or bool(_PICTURE.match(said))


def _without_urls(text: str) -> tuple[str] | None:
    """The text without addresses; None when it has none. Escapes (`u\\72l`) hide what cannot be told: nothing stays."""
    if "\\" in text:
        return ("",) if re.search(r"\\[0-9a-fA-F]|@|\(", text) else None
    new = _IMPORT.sub("", _URL.sub(lambda found: found[0] if _PICTURE.search(found[0]) else "none", text))
    return (new,) if new != text else None
