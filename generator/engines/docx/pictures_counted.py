"""How many pictures a Word document shows: counted before it is drawn, for an engine that leaves one out says nothing.

Only pictures of dots in the running text and its notes count: drawings become paths, and what stands in a header or
footer is on some pages and not on others.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from generator.engines.docx.part_relations import reference, targets
from generator.word_files.word_names import is_on

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_V = "{urn:schemas-microsoft-com:vml}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
_DOTS = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_SHOWN = (W + "document", W + "footnotes", W + "endnotes")
_HIDDEN = (W + "del", W + "moveFrom", W + "numPicBullet", W + "background", _A + "buBlip")


def pictures(members: Mapping[str, bytes], stories: Mapping[str, etree._Element]) -> int:
    """The pictures of dots that every engine must draw."""
    return sum(_in_story(members, part, root) for part, root in stories.items() if root.tag in _SHOWN)


def _in_story(members: Mapping[str, bytes], part: str, root: etree._Element) -> int:
    shown = [one for one in root.iter(_A + "blip", _V + "imagedata") if _is_shown(one)]
    if not shown:
        return 0
    known = targets(members, part)
    kept = (members.get(known.get(reference(one), ""), b"") for one in shown)
    return sum(data.startswith(_DOTS) for data in kept)


def _is_shown(picture: etree._Element) -> bool:
    """True for a picture that is neither hidden nor another's stand-in, is not a drawing too, and has a size."""
    around = list(picture.iterancestors())
    if any(one.tag in _HIDDEN for one in around) or picture.find(f".//{_SVG}") is not None:
        return False
    run = next((one for one in around if one.tag == W + "r"), None)
    if run is None or is_on(run.find(f"{W}rPr/{W}vanish")) or _is_stand_in(around):
        return False
    return not any(_is_small(one) for one in around if etree.QName(one).localname in ("inline", "anchor"))


def _is_stand_in(around: list[etree._Element]) -> bool:
    """True in what only programs older than the document look at, where there is a first choice."""
    return any(one.tag == _MC + "Fallback" for one in around)


_LEAST = 12_700
"""A point: what is narrower is a line or a counter's picture."""


def _is_small(holder: etree._Element) -> bool:
    named = holder.find("{*}docPr")
    extent = holder.find("{*}extent")
    hidden = named is not None and named.get("hidden") in ("1", "true")
    try:
        return hidden or (extent is not None and min(int(extent.get("cx") or 0), int(extent.get("cy") or 0)) < _LEAST)
    except ValueError:
        return True
