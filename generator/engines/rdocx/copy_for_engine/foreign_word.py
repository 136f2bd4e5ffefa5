"""What Word shows and the embedded engine leaves out, in other words, in a copy of a document; and what is still lost.

Each of the modules called here is one kind of loss. What none of them can mend is told as a loss, so that another
engine is asked, or a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from generator.engines.docx.docx_styles import Styles
from generator.engines.docx.near_words import WordsBeside
from generator.engines.rdocx.copy_for_engine import drawn_shapes, picture_formats, text_boxes
from generator.engines.rdocx.copy_for_engine.of_runs import run_shading, smart_tags
from generator.engines.rdocx.copy_for_engine.of_tables import notes_of_tables, table_rows
from generator.values.notice import LOST, Notice

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GRAPHIC = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DRAWN_NOT = {
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "chart",
    "http://schemas.microsoft.com/office/drawing/2014/chartex": "chart",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "diagram (SmartArt)",
}
Height = Callable[[etree._Element, int], int]


def write_out(
    members: dict[str, bytes], stories: dict[str, etree._Element], height: Height, styles: Styles
) -> list[Notice]:
    """Change all stories (by the names of their parts); what will not be shown all the same."""
    roots = list(stories.values())
    document = next((root for root in roots if root.tag == W + "document"), None)
    footnotes = next((root for root in roots if root.tag == W + "footnotes"), None)
    for root in roots:
        smart_tags.free_words(root)
        run_shading.as_highlights(root, styles)
    told = [one for root in roots for one in (*_unknown(root), *drawn_shapes.not_drawn(root))]
    unshown = picture_formats.settle(members, stories)
    beside = {root: WordsBeside(root) for root in roots}
    told += [_not_shown(one, beside[one.place.getroottree().getroot()]) for one in unshown]
    if document is not None:
        notes_of_tables.list_at_end(document, footnotes)
        page = table_rows.body_height(document)
        for root in roots:
            text_boxes.set_as_text(root, height, page)
    return told


def break_over_pages(document: etree._Element, height: Height, whole: bool) -> None:
    """Let rows of tables go on over pages, last of all, since it gives up how they look.

    `whole` for the embedded engine; LibreOffice cuts off a few kinds of rows too, and boxes longer than a page.
    """
    table_rows.let_break(document, height, whole)
    if not whole:
        text_boxes.set_as_text(document, height, table_rows.body_height(document), long_alone=True)


def _unknown(root: etree._Element) -> Iterator[Notice]:
    beside = WordsBeside(root)
    for graphic in root.iter(_GRAPHIC):
        what = _DRAWN_NOT.get(graphic.get("uri") or "")
        if what and not any(around.tag == _FALLBACK for around in graphic.iterancestors()):
            said = f"a {what} of the document{beside.where} is not shown: the built-in engine cannot draw it"
            yield Notice(said, LOST, near=beside.near(graphic))


def _not_shown(picture: picture_formats.Unshown, beside: WordsBeside) -> Notice:
    said = f"the picture {picture.name} of the document{beside.where} is not shown: {picture.reason}"
    return Notice(said, LOST, near=beside.near(picture.place))
