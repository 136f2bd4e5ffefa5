"""Pictures that the embedded engine leaves out, in a form that it draws.

It draws JPEG and PNG of 8 bits a colour. GIF, BMP, TIFF, WebP, PNG with few or many colours, and pictures of Word 97 to
2007 (VML) leave a gap. They become PNG of 8 bits, in a drawing of today's kind. For EMF and WMF, Windows' own drawings,
there is no kept reader: these are told.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from PIL import Image

from generator.engines.docx.shown_by_none import is_sound

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_INK = "{http://schemas.microsoft.com/office/word/2010/wordprocessingInk}contentPart"
_BLIP, _EMBED = f"{{{_A}}}blip", f"{{{_R}}}embed"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
_EMU = {"pt": 12_700, "in": 914_400, "cm": 360_000, "mm": 36_000, "px": 9_525, "pc": 152_400, "": 9_525}
_MOST_PIXELS = 60_000_000
_WINDOWS = (b"\x01\x00\x00\x00", b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00", b"\x02\x00\x09\x00")


@dataclass(frozen=True)
class Unshown:
    """A picture of the document that cannot be drawn: where it stands, its file, and what is wrong."""

    place: etree._Element
    name: str
    reason: str


def settle(members: dict[str, bytes], roots: dict[str, etree._Element]) -> list[Unshown]:
    """Change the pictures of all stories so that the engine draws them; those that it cannot draw."""
    unshown: list[Unshown] = []
    for part, root in roots.items():
        relations = _relations(members, part)
        if relations is None:
            continue
        _unfold(root)
        for shape in list(root.iter(_V + "imagedata")):
            _as_drawing(shape)
        targets = {one.get("Id"): one for one in relations}
        for blip in root.iter(_BLIP):
            found = _made_drawable(members, part, targets.get(blip.get(_EMBED)), blip)
            if isinstance(found, Unshown):
                unshown.append(found)
            elif found is not None:
                one = targets[blip.get(_EMBED)]
                one.set("Target", posixpath.relpath(found, posixpath.dirname(part)))
        members[_relations_of(part)] = etree.tostring(relations, xml_declaration=True, encoding="UTF-8")
    return unshown


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def _relations(members: dict[str, bytes], part: str) -> etree._Element | None:
    content = members.get(_relations_of(part))
    return etree.fromstring(content, _PARSER) if content is not None else None


def _unfold(root: etree._Element) -> None:
    """A picture that stands in a choice between two kinds of drawing: the engine looks for text boxes there alone."""
    for either in list(root.iter(_MC + "AlternateContent")):
        choice, run = either.find(_MC + "Choice"), either.getparent()
        _show_ink(either)
        drawing = choice.find(W + "drawing") if choice is not None else None
        if run is None or drawing is None or drawing.find(f".//{W}txbxContent") is not None:
            continue
        if drawing.find(f".//{_BLIP}") is not None:
            run.replace(either, drawing)


def _show_ink(either: etree._Element) -> None:
    """What was written with a pen is shown by the picture that stands beside it for older programs."""
    instead, run = either.find(_MC + "Fallback"), either.getparent()
    if run is None or instead is None or next(either.iter(_INK), None) is None:
        return
    if next(instead.iter(_V + "imagedata", _BLIP), None) is not None:
        for one in list(instead):
            either.addprevious(one)
        run.remove(either)


def _made_drawable(
    members: dict[str, bytes], part: str, relation: etree._Element | None, blip: etree._Element
) -> str | Unshown | None:
    """The part with the picture in a form that is drawn; None where it is drawn as it is or holds no picture."""
    if relation is None or relation.get("TargetMode") == "External":
        return None
    target = relation.get("Target") or ""
    name = posixpath.normpath(posixpath.join(posixpath.dirname(part), target)).lstrip("/")
    content = members.get(name)
    if content is None or not is_sound(name, content):
        return None  # what no program shows is told for every engine
    if _is_drawn(content):
        return None
    if content.startswith(_WINDOWS) or name.lower().endswith((".emf", ".wmf", ".emz", ".wmz")):
        return Unshown(blip, posixpath.basename(name), "it is a drawing in a format of Windows (EMF or WMF)")
    png = _as_png(content)
    if png is None:
        return Unshown(blip, posixpath.basename(name), "it cannot be read")
    new = f"{name}.sendpack.png"
    members[new] = png
    _declare_png(members)
    return new


def _is_drawn(content: bytes) -> bool:
    if content.startswith(b"\xff\xd8\xff"):
        return True
    # A PNG's depth of colour, kind of colour and interlacing stand at fixed places of its first block.
    return content.startswith(b"\x89PNG\r\n\x1a\n") and content[24:25] == b"\x08" and content[28:29] == b"\x00"


def _as_png(content: bytes) -> bytes | None:
    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > _MOST_PIXELS:
                return None
            image.load()
            clear = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
            plain = image.convert("RGBA" if clear else "L" if image.mode in ("1", "L") else "RGB")
            if image.mode.startswith("I"):
                plain = image.point(lambda value: value / 256).convert("L")
            target = io.BytesIO()
            plain.save(target, "PNG")
            return target.getvalue()
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return None


def _declare_png(members: dict[str, bytes]) -> None:
    kinds = etree.fromstring(members["[Content_Types].xml"], _PARSER)
    if any((entry.get("Extension") or "").lower() == "png" for entry in kinds):
        return
    space = kinds.tag.rpartition("}")[0] + "}"
    kinds.insert(0, etree.Element(space + "Default", {"Extension": "png", "ContentType": "image/png"}))
    members["[Content_Types].xml"] = etree.tostring(kinds, xml_declaration=True, encoding="UTF-8")


# --- pictures of Word 97 to 2007 --------------------------------------------------------------------------------------


def _as_drawing(shown: etree._Element) -> None:
    """A VML picture as a drawing in the line, as large as its shape says."""
    holder = next(shown.iterancestors(W + "pict", W + "object"), None)
    shape, reference = shown.getparent(), shown.get(f"{{{_R}}}id") or shown.get(f"{{{_R}}}pict")
    if holder is None or shape is None or not reference or holder.getparent() is None:
        return
    across, down = _size(shape.get("style") or "")
    words = shape.get("alt") or ""
    shape.remove(shown)
    holder.addprevious(_drawing(reference, across, down, words))
    if holder.find(f".//{W}txbxContent") is None and holder.find(f".//{_V}imagedata") is None:
        holder.getparent().remove(holder)  # type: ignore[union-attr]


def _size(style: str) -> tuple[int, int]:
    """Width and height of a shape in the units of drawings, a picture of 5 cm where it says none."""
    found = {}
    for name, number, unit in re.findall(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)\s*([a-z]*)", style):
        found[name] = round(float(number) * _EMU.get(unit, 9_525))
    across = found.get("width") or 1_800_000
    return across, found.get("height") or across


def _drawing(reference: str, across: int, down: int, words: str) -> etree._Element:
    extent = {"cx": str(across), "cy": str(down)}

    def put(parent: etree._Element, space: str, name: str, values: dict[str, str] | None = None) -> etree._Element:
        return etree.SubElement(parent, f"{{{space}}}{name}", values or {})

    drawing = etree.Element(W + "drawing")
    inline = put(drawing, _WP, "inline")
    put(inline, _WP, "extent", extent)
    put(inline, _WP, "docPr", {"id": "0", "name": "Picture", "descr": words})
    data = put(put(inline, _A, "graphic"), _A, "graphicData", {"uri": _PIC})
    picture = put(data, _PIC, "pic")
    described = put(picture, _PIC, "nvPicPr")
    put(described, _PIC, "cNvPr", {"id": "0", "name": ""})
    put(described, _PIC, "cNvPicPr")
    fill = put(picture, _PIC, "blipFill")
    put(fill, _A, "blip", {_EMBED: reference})
    put(put(fill, _A, "stretch"), _A, "fillRect")
    shape = put(picture, _PIC, "spPr")
    frame = put(shape, _A, "xfrm")
    put(frame, _A, "off", {"x": "0", "y": "0"})
    put(frame, _A, "ext", extent)
    put(put(shape, _A, "prstGeom", {"prst": "rect"}), _A, "avLst")
    return drawing


def pictures(root: etree._Element) -> Iterator[etree._Element]:
    """Every picture that a story shows, each once: what stands in for drawings in old programs does not count."""
    for shown in root.iter(_BLIP, _V + "imagedata"):
        if not any(around.tag == _MC + "Fallback" for around in shown.iterancestors()):
            yield shown
