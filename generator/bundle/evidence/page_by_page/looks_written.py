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
    seen, small = small, _lit(small)
    _, saturation, value = small.convert("HSV").split()
    paper = ImageChops.multiply(saturation.point(lambda v: 255 * (v < 90)), value.point(lambda v: 255 * (v > 105)))
    grey = small.convert("L")
    around = grey.filter(ImageFilter.BoxBlur(12))
    # Letters are small and darker than the paper beside them, whatever shadow lies over both.
    darker = ImageChops.subtract(around, grey)
    clear = _clear(darker, dark=small is not seen)
    ink = darker.point(lambda v: 255 * (v > clear))
    share = _mean(ink)
    if _mean(paper) < _PAPER or not _INK[0] <= share <= _INK[1]:
        return False
    return _edges(ink) >= _EDGES


_BRIGHT, _MOST_LIGHT = 200, 8
"""How bright paper is in a photo that is well lit, and how many times brighter a dark one is made."""
_CLEAR, _FAINT, _ABOVE_GRAIN = 22, 8, 5
"""How much darker than the paper ink is; the least that counts, and how many times as much as the picture's grain."""


def _lit(image: Image.Image) -> Image.Image:
    """A picture taken in the dark as if there had been light: its brighter parts are as bright as paper."""
    bright = _share_below(image.convert("HSV").getchannel("V"), 0.8)
    more = min(_MOST_LIGHT, _BRIGHT / max(1, bright))
    return image.point(lambda v: min(255, round(v * more))) if more > 1.25 else image


def _clear(darker: Image.Image, *, dark: bool) -> int:
    """From which difference on a dot is ink: pencil on grey paper differs little, and so does the grain of the dark."""
    faint = _share_below(darker, 0.99) <= _CLEAR
    return max(_FAINT if faint else _CLEAR, _ABOVE_GRAIN * _share_below(darker, 0.75) if faint or dark else 0)


def _share_below(grey: Image.Image, share: float) -> int:
    """The value below which so great a share of the picture's dots is."""
    counts, wanted = grey.histogram(), share * grey.width * grey.height
    for value, count in enumerate(counts):
        wanted -= count
        if wanted <= 0:
            return value
    return 255


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
