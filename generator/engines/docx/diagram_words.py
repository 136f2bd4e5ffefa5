"""What a diagram (SmartArt) of a Word file says: its words count like those of the text, whichever engine draws it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from lxml import etree

from generator.engines.docx.docx_contents import PARSER
from generator.engines.docx.part_relations import targets

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_D = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def words(members: Mapping[str, bytes], stories: Mapping[str, etree._Element]) -> Iterator[str]:
    """The paragraphs of every diagram: as Word drew it where the file says so, else of what it was made from."""
    for part, root in stories.items():
        shown = [one for one in root.iter(_D + "relIds") if next(one.iterancestors(_FALLBACK), None) is None]
        known = targets(members, part) if shown else {}
        for one in shown:
            data = known.get(one.get(_R + "dm"), "")
            drawn = posixpath.join(posixpath.dirname(data), posixpath.basename(data).replace("data", "drawing"))
            yield from _said(members.get(drawn) or members.get(data))


def _said(content: bytes | None) -> Iterator[str]:
    if content is None:
        return
    try:
        root = etree.fromstring(content, PARSER)
    except etree.XMLSyntaxError:
        return  # the diagram's own engine says so: nothing of it is drawn
    for paragraph in root.iter(_A + "p"):
        yield "".join(one.text or "" for one in paragraph.iter(_A + "t"))
