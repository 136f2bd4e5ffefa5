"""How much a text box of a Word form holds: one whose height is fixed hides what is written below its edge."""

from __future__ import annotations

from lxml import etree

from generator.forms.answer_places.in_word_files.paragraph import W

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_WPG = "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_POINT = 12700
"""English Metric Units in a point."""
_SIDE, _TOP = 91440, 45720
"""Word's own distance of the words from the edges of a box, where it sets none."""
_LETTER, _LINE = 0.5, 1.3
"""A letter's usual width and a line's height, in sizes of the letters; a little more than most fonts need."""


def room_of_text_box(target: etree._Element) -> tuple[int, int] | None:
    """Letters in a line and lines of the text box that a place is in; None outside of one, or where it grows."""
    box = target if target.tag == W + "txbxContent" else next(target.iterancestors(W + "txbxContent"), None)
    shape = next(box.iterancestors(_WPS + "wsp"), None) if box is not None else None
    body = shape.find(_WPS + "bodyPr") if shape is not None else None
    if box is None or shape is None or (body is not None and body.find(_A + "spAutoFit") is not None):
        return None
    extent = _extent(shape)
    if extent is None or len(box.findall(W + "p")) > 1:
        return None
    size = _size(box)
    inset = dict[str, str]() if body is None else {str(k): str(v) for k, v in body.attrib.items()}
    wide = extent[0] - int(inset.get("lIns", _SIDE)) - int(inset.get("rIns", _SIDE))
    high = extent[1] - int(inset.get("tIns", _TOP)) - int(inset.get("bIns", _TOP))
    return max(int(wide / _POINT / (size * _LETTER)), 1), max(int(high / _POINT / (size * _LINE)), 1)


def _extent(shape: etree._Element) -> tuple[float, float] | None:
    """A shape's own width and height as drawn; in a group by the scale of each group around it, None where unknown."""
    groups = [a for a in shape.iterancestors() if a.tag in (_WPG + "wgp", _WPG + "grpSp")]
    own = _pair(shape.find(f"{_WPS}spPr/{_A}xfrm/{_A}ext"))
    if own is None and not groups:
        drawing = next((a for a in shape.iterancestors() if a.tag in (_WP + "inline", _WP + "anchor")), None)
        return _pair(drawing.find(_WP + "extent") if drawing is not None else None)
    for group in groups:
        drawn, inside = (_pair(group.find(f"{_WPG}grpSpPr/{_A}xfrm/{_A}{name}")) for name in ("ext", "chExt"))
        if own is not None and drawn is not None and inside is not None:
            own = own[0] * drawn[0] / inside[0], own[1] * drawn[1] / inside[1]
    return own


def _pair(extent: etree._Element | None) -> tuple[float, float] | None:
    """Width and height of an extent; None without one, or where it has no room."""
    if extent is None:
        return None
    wide, high = (extent.get(name, "") for name in ("cx", "cy"))
    return (float(wide), float(high)) if wide.isdecimal() and high.isdecimal() and int(wide) and int(high) else None


def _size(box: etree._Element) -> float:
    """The size of the box's letters in points; 11 where it does not say."""
    found = next(box.iter(W + "sz"), None)
    value = "" if found is None else found.get(W + "val", "")
    return int(value) / 2 if value.isdigit() and int(value) else 11.0
