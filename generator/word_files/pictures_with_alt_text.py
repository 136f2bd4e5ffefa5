"""Photos for documents: upright, small enough, and without the place and camera that a phone writes into them."""

from __future__ import annotations

import functools
import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.problems import FilesHaveErrors

if TYPE_CHECKING:
    from PIL import Image

_LONGEST = 1200
"""Pixels: 15 cm at 200 dots per inch, more than any standard template shows."""


@dataclass(frozen=True)
class Picture:
    """A photo or drawing ready for a document: JPEG or PNG, its size in pixels, and what it shows (the alt text)."""

    content: bytes
    extension: str
    width: int
    height: int
    description: str
    vector: bytes | None = None
    """The same as an SVG, where it was drawn and not photographed."""


@functools.lru_cache(maxsize=16)
def read_picture(content: bytes, description: str, shown_path: str) -> Picture:
    """Make a picture from the bytes of a JPEG, PNG, GIF, WebP, BMP or TIFF file.

    Only the first frame is kept. A child's photo stands in many documents: it is read once. Raises FilesHaveErrors when
    the bytes are not a picture or are unreasonably large.
    """
    from PIL import Image, ImageOps  # here: most documents show no photo

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content)) as opened:
                picture = ImageOps.exif_transpose(opened)
                picture.thumbnail((_LONGEST, _LONGEST))
                return _saved(picture, description)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        advice = "Save it as a JPEG or PNG file and try again."
        raise FilesHaveErrors(f"{shown_path} cannot be read as a picture ({error}).", advice) from None


def _saved(picture: Image.Image, description: str) -> Picture:
    from PIL import Image

    see_through = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    # A copy of the dots alone: whatever else the file held stays behind.
    dots = picture.convert("RGBA" if see_through else "RGB")
    bare = Image.frombytes(dots.mode, dots.size, dots.tobytes())
    out = io.BytesIO()
    if see_through:
        bare.save(out, "PNG")
    else:
        bare.save(out, "JPEG", quality=85)
    return Picture(out.getvalue(), "png" if see_through else "jpg", bare.width, bare.height, description)
