"""Marks on a PDF (boxes, circles, lines, ink, highlights, redactions) that have no look of their own: given one.

A program that puts a box over a name may leave it to the viewer to draw the box. Viewers do, and a program that prints
or flattens does not: the name would stand there for all to read. Each kind is drawn as ISO 32000-2, 12.5.6 says.
A redaction that was marked and never carried out is drawn as the box that it was to become.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator.bundle.evidence.page_by_page.pdf_objects import box_of, number_of

_INVISIBLE, _HIDDEN = 1, 2
_NO_VIEW = 32
REDACT = "/Redact"
_CIRCLE = 0.5523
"""How far the handles of a quarter of a circle stand from its ends, as a part of the radius."""

Point = tuple[float, float]


def draw_marks(pdf: pikepdf.Pdf) -> Counter[str]:
    """Give every mark that viewers show, and that has no appearance, one; how many of each kind (`/Square`) there were.

    Marks of the kinds named here are what viewers show whatever their "invisible" flag says: it is for unknown kinds.
    """
    drawn: Counter[str] = Counter()
    for page in pdf.pages:
        for mark in marks_of(page.obj):
            kind = str(mark.get("/Subtype"))
            if kind not in _DRAWN or int(number_of(mark.get("/F"))) & _HIDDEN:
                continue
            mark.F = int(number_of(mark.get("/F"))) & ~_INVISIBLE
            if kind == REDACT or not has_appearance(mark):
                drawn[kind] += _draw(pdf, mark, kind)
    return drawn


_THICK = 3.0
"""Points from which the border of a link may hide what it goes through."""


def add_borders_of_links(pdf: pikepdf.Pdf, page: Any) -> None:
    """A thick border round a link, which only viewers draw, becomes a mark of its own."""
    annotations = page.get("/Annots")
    for link in list(annotations) if isinstance(annotations, Array) else ():
        is_link = isinstance(link, Dictionary) and str(link.get("/Subtype")) == "/Link" and is_shown(link)
        box = box_of(link.get("/Rect")) if is_link else None
        colour = link.get("/C") if is_link else None
        if box is None or _width(link) < _THICK or (isinstance(colour, Array) and not len(colour)):
            continue
        corners = Array([v for corner in _corners(box) for v in corner])
        line = Dictionary(Subtype=Name.Polygon, Rect=link.Rect, Vertices=corners, F=4, BS=Dictionary(W=_width(link)))
        if isinstance(colour, Array):
            line.C = colour
        if "/OC" in link:  # whoever does not see the link does not see its border
            line.OC = link.OC
        annotations.append(pdf.make_indirect(line))


def marks_of(page: Any) -> Iterator[Any]:
    """The annotations of a page that are no links and no form fields."""
    annotations = page.get("/Annots")
    for mark in annotations if isinstance(annotations, Array) else ():
        if isinstance(mark, Dictionary) and str(mark.get("/Subtype")) not in ("/Link", "/Widget", "/Popup"):
            yield mark


def is_shown(mark: Any) -> bool:
    """True for a mark that viewers show on the screen or on paper."""
    return not int(number_of(mark.get("/F"))) & _HIDDEN


def shows_on_no_screen(mark: Any) -> bool:
    """True of a mark or field that is not viewed (NoView), whether it is printed or not, and is not hidden outright."""
    return int(number_of(mark.get("/F"))) & (_NO_VIEW | _HIDDEN) == _NO_VIEW


def has_appearance(mark: Any) -> bool:
    """True when a mark brings its own look, for the state that it is in."""
    looks = mark.get("/AP")
    normal = looks.get("/N") if isinstance(looks, Dictionary) else None
    if isinstance(normal, Dictionary):
        normal = normal.get(str(mark.get("/AS", "/Off")))
    return isinstance(normal, pikepdf.Stream)


def _draw(pdf: pikepdf.Pdf, mark: Any, kind: str) -> bool:
    """An appearance for one mark; False when the file does not say where it stands."""
    try:
        points = [line for line in _places(mark, kind) if line]
        if not points:
            return False
        content = _DRAWN[kind](mark, points)
    except (TypeError, ValueError, ArithmeticError, KeyError, IndexError, pikepdf.PdfError):
        return False
    margin = 0.0 if kind in _INSIDE else _width(mark)
    xs, ys = zip(*(point for line in points for point in line), strict=True)
    box = Array([round(v, 3) for v in (min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin)])
    look = pdf.make_stream(f"q /Look gs {content} Q".encode("ascii"))
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, box
    blend = Name.Multiply if kind == "/Highlight" else Name.Normal
    opacity = 1.0 if kind == REDACT else min(1.0, max(0.0, number_of(mark.get("/CA"), 1)))
    state = Dictionary(Type=Name.ExtGState, BM=blend, CA=opacity, ca=opacity)
    look.Resources = Dictionary(ExtGState=Dictionary(Look=state))
    mark.Rect = box
    mark.AP = Dictionary(N=look)
    return True


# -- where a mark stands ----------------------------------------------------------------------------------------------


def _places(mark: Any, kind: str) -> Iterator[list[Point]]:
    """The lines or areas of a mark, each as points."""
    if kind in ("/Square", "/Circle"):
        yield _corners(_numbers(mark.get("/Rect")))
    elif kind == "/Line":
        yield _pairs(_numbers(mark.get("/L")))
    elif kind in ("/Polygon", "/PolyLine"):
        yield _pairs(_numbers(mark.get("/Vertices")))
    elif kind == "/Ink":
        yield from (_pairs(_numbers(line)) for line in mark.get("/InkList", ()) if len(line) >= 2)
    else:
        yield from _quads(mark)


def _quads(mark: Any) -> Iterator[list[Point]]:
    """The areas of a text mark, each going round; programs differ about the order of the corners."""
    numbers = _numbers(mark.get("/QuadPoints", ()))
    if len(numbers) < 8:
        numbers = [v for corner in _corners(_numbers(mark.get("/Rect"))) for v in corner]
    for at in range(0, len(numbers) - 7, 8):
        corners = _pairs(numbers[at : at + 8])
        x, y = (sum(values) / 4 for values in zip(*corners, strict=True))
        yield sorted(corners, key=lambda one: math.atan2(one[1] - y, one[0] - x))


def _corners(box: Sequence[float]) -> list[Point]:
    left, right = sorted((box[0], box[2]))
    bottom, top = sorted((box[1], box[3]))
    return [(left, bottom), (right, bottom), (right, top), (left, top)]


def _numbers(values: Any) -> list[float]:
    return [float(value) for value in values]


def _pairs(numbers: Sequence[float]) -> list[Point]:
    return list(zip(numbers[::2], numbers[1::2], strict=False))


# -- how it is drawn --------------------------------------------------------------------------------------------------


def _width(mark: Any) -> float:
    """Points: of the border's style, else of the old border, else 1."""
    style, border = mark.get("/BS"), mark.get("/Border")
    if isinstance(style, Dictionary) and "/W" in style:
        return max(0.0, number_of(style.get("/W"), 1))
    return max(0.0, number_of(border[2], 1)) if isinstance(border, Array) and len(border) > 2 else 1.0


def _colour(values: Any, operators: str, default: str = "") -> str:
    """ "0 0 0 rg": a colour of 1, 3 or 4 numbers with its operator (`g`, `rg`, `k`, or capitals for lines)."""
    numbers = _numbers(values) if isinstance(values, Array) else []
    names = dict(zip((1, 3, 4), operators.split(), strict=True))
    return f"{' '.join(f'{n:.3f}' for n in numbers)} {names[len(numbers)]}" if len(numbers) in names else default


def _fill(values: Any, default: str = "") -> str:
    return _colour(values, "g rg k", default)


def _stroke(values: Any, default: str = "0 G") -> str:
    return _colour(values, "G RG K", default)


def _path(points: Iterable[Point], close: bool = False) -> str:
    steps = [f"{x:.3f} {y:.3f} {'l' if number else 'm'}" for number, (x, y) in enumerate(points)]
    return " ".join([*steps, *(["h"] if close else [])])


def _shape(mark: Any, path: str) -> str:
    """A closed path with its inner colour and its line."""
    fill, width = _fill(mark.get("/IC")), _width(mark)
    paint = ("B" if width else "f") if fill else "S"
    return f"{fill} {_stroke(mark.get('/C'))} {width:.3f} w {path} {paint}"


def _inside(mark: Any, points: Sequence[Point]) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a box whose line stays within it."""
    half = _width(mark) / 2
    (left, bottom), (right, top) = points[0], points[2]
    half = min(half, (right - left) / 2, (top - bottom) / 2)
    return left + half, bottom + half, right - half, top - half


def _square(mark: Any, places: Sequence[Sequence[Point]]) -> str:
    left, bottom, right, top = _inside(mark, places[0])
    if left >= right or bottom >= top:  # the line is so thick that nothing is left within it
        return f"{_fill(mark.get('/C'), '0 g')} {_path(places[0], close=True)} f"
    return _shape(mark, f"{left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re")


def _circle(mark: Any, places: Sequence[Sequence[Point]]) -> str:
    left, bottom, right, top = _inside(mark, places[0])
    x, y, across, up = (left + right) / 2, (bottom + top) / 2, (right - left) / 2, (top - bottom) / 2
    handles = across * _CIRCLE, up * _CIRCLE
    path = [f"{right:.3f} {y:.3f} m"]
    for dx, dy, ex, ey in ((1, 1, 0, 1), (-1, 1, -1, 0), (-1, -1, 0, -1), (1, -1, 1, 0)):
        first = (x + dx * across, y + dy * handles[1]) if ey else (x + dx * handles[0], y + dy * up)
        second = (x + dx * handles[0], y + dy * up) if ey else (x + dx * across, y + dy * handles[1])
        end = x + ex * across, y + ey * up
        path.append(" ".join(f"{v:.3f}" for point in (first, second, end) for v in point) + " c")
    return _shape(mark, " ".join([*path, "h"]))


def _polygon(mark: Any, places: Sequence[Sequence[Point]]) -> str:
    return _shape(mark, _path(places[0], close=True))


def _lines(mark: Any, places: Sequence[Sequence[Point]]) -> str:
    paths = " ".join(_path(points) for points in places)
    ends = "1 J 1 j" if str(mark.get("/Subtype")) == "/Ink" else "0 J 0 j"
    return f"{ends} {_stroke(mark.get('/C'))} {_width(mark):.3f} w {paths} S"


def _areas(mark: Any, places: Sequence[Sequence[Point]]) -> str:
    return f"{_fill(mark.get('/C'), '1 1 0 rg')} {' '.join(_path(points, close=True) for points in places)} f"


def _boxes(mark: Any, places: Sequence[Sequence[Point]]) -> str:
    """A redaction: filled in its own inner colour, black where it says none, and nothing shines through."""
    return f"{_fill(mark.get('/IC'), '0 g')} {' '.join(_path(points, close=True) for points in places)} f"


def _under(mark: Any, places: Sequence[Sequence[Point]]) -> str:
    return _across(mark, places, 0.08)


def _through(mark: Any, places: Sequence[Sequence[Point]]) -> str:
    return _across(mark, places, 0.45)


def _across(mark: Any, places: Sequence[Sequence[Point]], height: float) -> str:
    """A line along each area, at a part of its height."""
    paths = []
    for corners in places:
        lower, upper = sorted(corners, key=lambda one: one[1])[:2], sorted(corners, key=lambda one: one[1])[2:]
        (x1, y1), (x2, y2) = sorted(lower)
        (u1, v1), (u2, v2) = sorted(upper)
        start = x1 + (u1 - x1) * height, y1 + (v1 - y1) * height
        paths.append(_path([start, (x2 + (u2 - x2) * height, y2 + (v2 - y2) * height)]))
    return f"{_stroke(mark.get('/C'))} 1 w {' '.join(paths)} S"


_DRAWN = {
    "/Square": _square,
    "/Circle": _circle,
    "/Line": _lines,
    "/PolyLine": _lines,
    "/Polygon": _polygon,
    "/Ink": _lines,
    "/Highlight": _areas,
    "/Underline": _under,
    "/Squiggly": _under,
    "/StrikeOut": _through,
    REDACT: _boxes,
}
_INSIDE = ("/Square", "/Circle", "/Highlight", REDACT)
"""Kinds that are drawn within the place they name; lines are as wide as they are."""
