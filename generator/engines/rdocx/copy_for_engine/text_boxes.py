"""Text boxes that the embedded engine drops or cuts off become paragraphs behind the paragraph that they hang on.

It draws one anchored box of today's kind (DrawingML) a paragraph, on one page. A box of Word 97 to 2007 (VML), a box in
the line, all but one of a group and what does not fit on a page are lost with their words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from generator.engines.docx.reckoned_height import blocks_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BOX = W + "txbxContent"
_SHOWN = ("}txbxContent", "}blip", "}imagedata", "}textpath")
Height = Callable[[etree._Element, int], int]
_WIDE = 4_000
"""How wide a box is taken to be, in twentieths of a point."""
_LEFT_TO_IT = 0.8
"""The part of a page's height up to which the engine may draw a box where it stands."""


def set_as_text(root: etree._Element, height: Height, page: int, long_alone: bool = False) -> int:
    """Take the boxes that would be lost out of their paragraphs, in one story; how many there were.

    With `long_alone` only those that do not fit on a page.
    """
    if next(root.iter(_BOX, _V + "textpath"), None) is None:
        return 0
    _forget_fallbacks(root)
    count = 0
    for paragraph in [p for p in root.iter(W + "p") if next(p.iterancestors(_BOX), None) is None]:
        boxes = list(_boxes(paragraph))
        if long_alone:
            boxes = [box for box in boxes if _is_long(box, height, page)]
        if boxes and (len(boxes) > 1 or long_alone or _is_lost(boxes[0], height, page)):
            _take_out(paragraph, boxes)
            count += len(boxes)
        if not long_alone:
            _read_word_art(paragraph)
    return count


def _forget_fallbacks(root: etree._Element) -> None:
    """What Word 2007 would show in place of a drawing is the same box once more."""
    for fallback in list(root.iter(_MC + "Fallback")):
        choice = fallback.getparent().find(_MC + "Choice") if fallback.getparent() is not None else None  # type: ignore[union-attr]
        if choice is not None and choice.find(f".//{_BOX}") is not None:
            fallback.getparent().remove(fallback)  # type: ignore[union-attr]


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The outermost boxes that hang on a paragraph."""
    for box in paragraph.iter(_BOX):
        if next(box.iterancestors(W + "p")) is paragraph:
            yield box


def _is_lost(box: etree._Element, height: Height, page: int) -> bool:
    drawing = next(box.iterancestors(W + "drawing"), None)
    if drawing is None or drawing.find(_WP + "anchor") is None:
        return True
    if box.find(f".//{W}footnoteReference") is not None:
        return True
    return _is_long(box, height, page)


def _is_long(box: etree._Element, height: Height, page: int) -> bool:
    return height(box, _WIDE) > _LEFT_TO_IT * page


def _take_out(paragraph: etree._Element, boxes: list[etree._Element]) -> None:
    behind = paragraph
    for box in boxes:
        blocks = list(blocks_of(box))
        for block in blocks:
            behind.addnext(block)
            behind = block
        _drop_holder(box)
    if behind.tag == W + "tbl":
        behind.addnext(etree.Element(W + "p"))


def _drop_holder(box: etree._Element) -> None:
    """The drawing goes with its last box; a group keeps its pictures until all its boxes are out."""
    holder = next(box.iterancestors(W + "drawing", W + "pict", W + "object"), None)
    parent = box.getparent()
    if parent is not None:
        parent.remove(box)
    if holder is not None and not _shows_more(holder) and (around := holder.getparent()) is not None:
        around.remove(holder)


def _shows_more(holder: etree._Element) -> bool:
    """True while a drawing holds a picture or another box."""
    return any(
        isinstance(e.tag, str) and e.tag.endswith(("}txbxContent", "}blip", "}imagedata", "}textpath"))
        for e in holder.iter()
    )


def _read_word_art(paragraph: etree._Element) -> None:
    """Letters that are drawn as a shape (WordArt of Word 97 to 2007) become plain ones."""
    for path in list(paragraph.iter(_V + "textpath")):
        run = next(path.iterancestors(W + "r"), None)
        said = (path.get("string") or "").strip()
        parent = path.getparent()
        if run is None or parent is None:
            continue
        parent.remove(path)
        if said:
            new = etree.Element(W + "r")
            etree.SubElement(new, W + "t").text = said
            run.addprevious(new)
