"""Shapes drawn in Word (arrows, circles, lines), which the embedded engine leaves out: told, with the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from generator.engines.docx.near_words import WordsBeside
from generator.values.notice import LESS, Notice

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VML = tuple(_V + name for name in ("shape", "oval", "rect", "roundrect", "line", "polyline", "curve", "arc"))
_HOLDS = (W + "txbxContent", _A + "blip", _V + "imagedata", _V + "textpath")
_SMALL = 250_000
"""Less than 7 mm both ways is a speck or a tick box of a form's frame."""


def not_drawn(root: etree._Element) -> Iterator[Notice]:
    """Drawings that hold shapes and nothing else, those beside the same words as one; lines that part the text too."""
    beside = WordsBeside(root)
    there: dict[str, list[str]] = {}
    for holder in root.iter(W + "drawing", W + "pict"):
        if any(one.tag in (_MC + "Fallback", W + "del", W + "moveFrom") for one in holder.iterancestors()):
            continue
        if next(holder.iter(*_HOLDS), None) is None and (names := list(_shapes(holder))):
            there.setdefault(beside.near(holder), []).extend(names)
    for near, names in there.items():
        what = f"{len(names)} drawn shapes" if len(names) > 1 else f"a drawn shape{_named(names[0])}"
        verb = "are" if len(names) > 1 else "is"
        yield Notice(f"{what} of the document{beside.where} {verb} not shown by the built-in engine", LESS, near=near)


def _shapes(holder: etree._Element) -> Iterator[str]:
    """The kind of each shape that would be seen."""
    size = next(holder.iter(_WP + "extent"), None)
    if size is not None and max(_number(size.get("cx")), _number(size.get("cy"))) < _SMALL:
        return
    for shape in holder.iter(_WPS + "wsp"):
        kind = next((one.get("prst") or "" for one in shape.iter(_A + "prstGeom")), "")
        properties = shape.find(_WPS + "spPr")
        plain = properties is not None and properties.find(_A + "noFill") is not None
        line = properties.find(_A + "ln") if properties is not None else None
        if not (plain and line is not None and line.find(_A + "noFill") is not None):
            yield kind
    for shape in holder.iter(*_VML):
        unseen = shape.get("stroked") in ("f", "false") and shape.get("filled") in ("f", "false")
        if not unseen and "visibility:hidden" not in (shape.get("style") or "").replace(" ", ""):
            yield etree.QName(shape).localname


def _named(kind: str) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind).lower()
    return f" ({words})" if words and words != "shape" else ""


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0
