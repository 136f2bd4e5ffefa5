"""Which picture of a Word file the embedded engine drew where: told by the dots, since it keeps no names."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Mapping
from typing import Any

from lxml import etree
from pikepdf import Name
from PIL import Image

from generator.engines.docx.docx_contents import PARSER

BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"

Likeness = tuple[tuple[int, int], bytes]
"""Width and height in dots with the dots in red, green and blue, or 0 and 0 with the bytes of a JPEG."""


def of_file(content: bytes) -> Likeness | None:
    """How a picture of a Word file looks in the engine's PDF; None for what it changes or cannot draw."""
    if content.startswith(b"\xff\xd8"):
        return (0, 0), content
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as opened:
            return opened.size, opened.convert("RGB").tobytes()
    except (OSError, ValueError, SyntaxError):
        return None


_COLOURS = {"/DeviceRGB": "RGB", "/DeviceGray": "L"}


def of_drawn(picture: Any, masked: bool = False) -> Likeness | None:
    """How a picture of a PDF looks, also behind a mask where `masked` allows it; None when that is not certain."""
    unsure = ("/Decode", "/DecodeParms", *(() if masked else ("/SMask", "/Mask")))
    if picture.get("/Subtype") != Name.Image or any(key in picture for key in unsure):
        return None
    if picture.get("/Filter") == Name.DCTDecode:
        return (0, 0), picture.read_raw_bytes()
    colours, size = _COLOURS.get(str(picture.get("/ColorSpace"))), (int(picture.Width), int(picture.Height))
    if colours is None or picture.get("/Filter") != Name.FlateDecode or picture.get("/BitsPerComponent") != 8:
        return None
    dots = picture.read_bytes()
    if len(dots) != size[0] * size[1] * len(colours):
        return None
    return size, dots if colours == "RGB" else Image.frombytes(colours, size, dots).convert("RGB").tobytes()


def targets(members: Mapping[str, bytes], part: str) -> dict[str, str]:
    """The names of the parts that a part of a Word file refers to, by the reference."""
    folder, name = posixpath.split(part)
    relations = members.get(f"{folder}/_rels/{name}.rels")
    found = etree.fromstring(relations, PARSER) if relations is not None else ()
    return {
        r.get("Id") or "": posixpath.normpath(posixpath.join("/", folder, r.get("Target") or ""))[1:] for r in found
    }
