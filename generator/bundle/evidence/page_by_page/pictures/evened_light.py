"""Photos of pages with their light evened for a program that reads them, and put back as they were afterwards."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Name
from PIL import Image, ImageFilter, ImageMath

_MARK = "/SendpackPhoto"
_ROUGH = 400
"""Points of the longer side at which the light over a page is looked at: letters are gone, shadows are not."""


@dataclass(frozen=True)
class PhotoAsItWas:
    """A picture's data as they were, and how they are packed and coloured."""

    data: bytes
    packing: str
    colours: str


def evened_pictures(content: bytes) -> tuple[bytes, dict[int, PhotoAsItWas]]:
    """The PDF with its photos grey and as if lit evenly, and what each was, by the number that it is marked with.

    Pictures of two colours and those packed in other ways than sendpack packs photos stay as they are.
    """
    kept: dict[int, PhotoAsItWas] = {}
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for thing in pdf.objects:
            if not isinstance(thing, pikepdf.Stream) or thing.get("/Subtype") != Name.Image or not _is_photo(thing):
                continue
            number = len(kept)
            kept[number] = PhotoAsItWas(thing.read_raw_bytes(), str(thing.Filter), str(thing.ColorSpace))
            grey = evened(pikepdf.PdfImage(thing).as_pil_image().convert("L"))
            thing.write(zlib.compress(grey.tobytes(), 6), filter=Name.FlateDecode)
            thing.ColorSpace, thing[_MARK] = Name.DeviceGray, number
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue(), kept


def _is_photo(picture: Any) -> bool:
    packing, colours = picture.get("/Filter"), picture.get("/ColorSpace")
    usual = packing in (Name.DCTDecode, Name.FlateDecode) and colours in (Name.DeviceRGB, Name.DeviceGray)
    return usual and picture.get("/BitsPerComponent") == 8 and "/DecodeParms" not in picture


def put_back(pdf: pikepdf.Pdf, pictures: Mapping[int, PhotoAsItWas]) -> bool:
    """Each marked picture as it was; False when one of them is not there to be put back, and shows something else."""
    found = set()
    for thing in pdf.objects if pictures else ():
        if isinstance(thing, pikepdf.Stream) and _MARK in thing:
            number = int(thing[_MARK])
            was = pictures[number]
            found.add(number)
            thing.write(was.data, filter=Name(was.packing))
            thing.ColorSpace = Name(was.colours)
            del thing[_MARK]
    return found == set(pictures)


def evened(grey: Image.Image) -> Image.Image:
    """A grey picture with each point held against the brightest near it, which on a page is its paper."""
    rough = grey.copy()
    rough.thumbnail((_ROUGH, _ROUGH))
    light = rough.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(8))
    light = light.resize(grey.size, Image.Resampling.BILINEAR)
    held: Image.Image = ImageMath.lambda_eval(
        lambda of: of["convert"](of["min"](of["grey"] * 255 / (of["light"] + 1), 255), "L"), grey=grey, light=light
    )
    return held
