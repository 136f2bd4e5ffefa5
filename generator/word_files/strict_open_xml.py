"""Word files saved as Strict Open XML, in the words of the usual kind: other names and units for the same document.

ISO/IEC 29500-1 (strict) against 29500-4 (transitional): namespaces of purl.oclc.org, `start` and `end` for `left` and
`right`, measures with a unit (`595.3pt`) and per cent with its sign.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

_SPACE = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_HYPHENED = {
    b"extendedProperties": b"extended-properties",
    b"customProperties": b"custom-properties",
}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIDES = {"start": "left", "end": "right"}
_SIDED = {f"{_W}{name}" for name in ("tcMar", "tblCellMar", "tblBorders", "tcBorders")}
_MEASURE = re.compile(r"(-?\d+(?:\.\d+)?)(pt|in|cm|mm|pc|pi)$")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 7.2 / 2.54, "pc": 12.0, "pi": 12.0}
_MEASURING = {
    *("w", "h", "top", "bottom", "left", "right", "start", "end", "header", "footer", "gutter", "before", "after"),
    *("line", "firstLine", "hanging", "pos", "space", "hSpace", "vSpace", "x", "y", "linePitch"),
}
"""Attributes that hold a measure; `val` does on few elements, and elsewhere a style may well be called `12pt`."""
_HALF_POINTS = {f"{_W}{name}" for name in ("sz", "szCs", "kern", "position")}
_VALUES = _HALF_POINTS | {f"{_W}{name}" for name in ("spacing", "trHeight", "defaultTabStop")}


def is_strict(parts: Mapping[str, bytes]) -> bool:
    """True for the parts of a file that Word saved as Strict Open XML Document."""
    return b"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" in parts.get("_rels/.rels", b"")


def as_usual(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a strict file as Word saves them otherwise; those of any other file unchanged."""
    if not is_strict(parts):
        return dict(parts)
    return {name: _part(data) if name.endswith((".xml", ".rels")) else data for name, data in parts.items()}


def _part(data: bytes) -> bytes:
    data = _SPACE.sub(_renamed, data)
    for strict, usual in _HYPHENED.items():
        data = data.replace(b"/relationships/" + strict + b'"', b"/relationships/" + usual + b'"')
    if _W[1:-1].encode() not in data:
        return data
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError:
        return data  # whoever reads the part says what is wrong with it
    root.attrib.pop(f"{_W}conformance", "")
    for element in root.iter(f"{{{_W[1:-1]}}}*"):
        _values(element)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _renamed(found: re.Match[bytes]) -> bytes:
    group, name = found[1], found[2]
    if name == b"relationships":
        return b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return b"http://schemas.openxmlformats.org/" + group + b"/2006/" + _HYPHENED.get(name, name)


def _values(element: etree._Element) -> None:
    parent = element.getparent()
    side = str(element.tag).removeprefix(_W)
    if side in _SIDES and parent is not None and parent.tag in _SIDED:
        element.tag = _W + _SIDES[side]
    for key, value in list(element.attrib.items()):
        name = str(key).removeprefix(_W)
        if element.tag == f"{_W}ind" and name in ("start", "end"):
            del element.attrib[key]
            key = _W + _SIDES[name]
        element.set(key, _value(element, name, str(value)))


def _value(element: etree._Element, name: str, value: str) -> str:
    if name == "val" and element.tag in (f"{_W}jc", f"{_W}lvlJc", f"{_W}tab"):
        return _SIDES.get(value, value)
    if value.endswith("%") and element.get(f"{_W}type") == "pct":
        return str(round(float(value[:-1]) * 50))
    measured = _MEASURE.match(value)
    if measured is None or not (element.tag in _VALUES if name == "val" else name in _MEASURING):
        return value
    points = float(measured[1]) * _POINTS[measured[2]]
    return str(round(points * (2 if element.tag in _HALF_POINTS else 20)))
