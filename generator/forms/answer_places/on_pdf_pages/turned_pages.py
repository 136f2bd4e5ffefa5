"""Pages that are shown turned (/Rotate): the same file with their words and fields as a person sees them."""

from __future__ import annotations

import io
from typing import Any

import pikepdf


def upright(content: bytes) -> bytes:
    """The file with every turned page written as it is shown, so that left is left; the same bytes where none is."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        turned = [(page, turn) for page in pdf.pages if (turn := int(page.rotation or 0) % 360)]
        if not turned:
            return content
        for page, turn in turned:
            _turn(page, turn)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def _turn(page: Any, turn: int) -> None:
    x0, y0, x1, y1 = (float(v) for v in page.cropbox)
    a, b, c, d, e, f = {
        90: (0, -1, 1, 0, -y0, x1),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, 1, -1, 0, y1, -x0),
    }.get(turn, (1, 0, 0, 1, -x0, -y0))
    page.contents_add(f"q {a} {b} {c} {d} {e} {f} cm\n".encode(), prepend=True)
    page.contents_add(b"\nQ")
    wide, tall = (y1 - y0, x1 - x0) if turn in (90, 270) else (x1 - x0, y1 - y0)
    page.obj.MediaBox = pikepdf.Array([0, 0, wide, tall])
    for key in ("/CropBox", "/Rotate"):
        if key in page.obj:
            del page.obj[key]
    page.obj.Rotate = 0
    for one in page.obj.get("/Annots", []):
        if isinstance(one, pikepdf.Dictionary) and "/Rect" in one:
            left, low, right, high = (float(v) for v in one["/Rect"])
            corners = [(a * x + c * y + e, b * x + d * y + f) for x, y in ((left, low), (right, high))]
            (one_x, one_y), (two_x, two_y) = corners
            one["/Rect"] = pikepdf.Array([min(one_x, two_x), min(one_y, two_y), max(one_x, two_x), max(one_y, two_y)])
