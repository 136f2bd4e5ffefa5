"""Does a picture show a page with writing? A photo of a letter says nothing to a search or a screen reader."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageFilter, ImageStat

SIZE = 600
_PAPER = 0.45
"""The share of the picture that is bright and without colour, as paper is."""
_INK = (0.004, 0.3)
"""The share that is clearly darker than what is around it: less is an empty page, more a pattern."""
_EDGES = 14.0
"""How often a row with ink on it goes from paper to ink and back; a line of writing does so for each stroke."""


def looks_written(image: Image.Image) -> bool:
    """True for a photo or scan of a page of print or handwriting; by light and dark alone, so it may err."""
    small = image.convert("RGB")
    small.thumbnail((SIZE, SIZE), Image.Resampling.BILINEAR)
    if min(small.size) < 60:
        return False
    _, saturation, value = small.convert("HSV").split()
    paper = ImageChops.multiply(saturation.point(lambda v: 255 * (v < 90)), value.point(lambda v: 255 * (v > 105)))
    grey = small.convert("L")
    around = grey.filter(ImageFilter.BoxBlur(12))
    # Letters are small and darker than the paper beside them, whatever shadow lies over both.
    ink = ImageChops.subtract(around, grey).point(lambda v: 255 * (v > 22))
    share = _mean(ink)
    if _mean(paper) < _PAPER or not _INK[0] <= share <= _INK[1]:
        return False
    return _edges(ink) >= _EDGES


def _mean(mask: Image.Image) -> float:
    return ImageStat.Stat(mask).mean[0] / 255


def _edges(ink: Image.Image) -> float:
    """The mean number of changes between ink and paper in the third of the rows, or of the columns, with most of them.

    A page may lie on its side: then its lines run down the picture.
    """
    turned = ink.transpose(Image.Transpose.ROTATE_90)
    return max(_edges_in_rows(ink), _edges_in_rows(turned))


def _edges_in_rows(ink: Image.Image) -> float:
    width, height = ink.size
    changes = ImageChops.difference(ink, ImageChops.offset(ink, 1, 0))
    rows = changes.resize((1, height), Image.Resampling.BOX).convert("L").tobytes()
    counts = sorted((row / 255 * width for row in rows), reverse=True)
    most = counts[: max(1, height // 3)]
    return sum(most) / len(most)
