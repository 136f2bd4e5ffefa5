"""Drawings stay paths in an engine's PDF, where a picture of dots is blurred in large print.

A Word file holds such a drawing twice: as dots, and as an SVG in an extension of Office's. LibreOffice draws the SVG
when it is told that this is the picture. The embedded engine draws dots only, so its picture of them is exchanged for
the same paths afterwards. Only SVG files of sendpack's own making count, nothing but paths: any other may fetch things
from elsewhere or hold programs, so its dots are shown.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pikepdf
from lxml import etree
from pikepdf import Array, Dictionary, Name

from generator.engines.rdocx.mend_drawn import picture_match

_SVG_BLIP = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"


@dataclass(frozen=True)
class Twin:
    """A drawing as the bytes of a PNG and of our SVG."""

    dots: bytes
    paths: bytes


# --- in the Word file -------------------------------------------------------------------------------------------------


def settle(members: Mapping[str, bytes], parts: Mapping[str, etree._Element], draws_svg: bool) -> tuple[Twin, ...]:
    """Let the engine see the paths of every drawing, or else its dots; gives those of which it sees the dots."""
    if not any(name.endswith(".svg") for name in members):
        return ()
    twins: dict[Twin, None] = {}
    for name, root in parts.items():
        targets = picture_match.targets(members, name)
        for blip in root.iter(picture_match.BLIP):
            reference = _take_out(blip)
            if reference is None:
                continue
            twin = Twin(
                *(members.get(targets.get(r, ""), b"") for r in (blip.get(picture_match.EMBED) or "", reference))
            )
            if operators(twin.paths) is None:
                continue
            if draws_svg:
                blip.set(picture_match.EMBED, reference)
            else:
                twins[twin] = None
    return tuple(twins)


def _take_out(blip: etree._Element) -> str | None:
    """Remove the extension with the SVG from a picture; gives its reference, None where there was none."""
    found = next(blip.iter(_SVG_BLIP), None)
    if found is None:
        return None
    for child in list(blip):
        if next(child.iter(_SVG_BLIP), None) is not None:
            blip.remove(child)
    return found.get(picture_match.EMBED) or ""


# --- in the PDF -------------------------------------------------------------------------------------------------------


def exchange(pdf: pikepdf.Pdf, twins: Sequence[Twin]) -> None:
    """Put the paths where the embedded engine drew the dots; a picture that is not certainly one of these stays."""
    known = {look: _form(pdf, t.paths) for t in twins if (look := picture_match.of_file(t.dots)) is not None}
    for page in pdf.pages if known else ():
        pictures = page.get("/Resources", Dictionary()).get("/XObject", Dictionary())
        for name, picture in list(pictures.items()):
            look = picture_match.of_drawn(picture)
            if look in known:
                pictures[name] = known[look]


_FILE = re.compile(
    rb'<svg xmlns="http://www\.w3\.org/2000/svg" width="[\d.]+cm" height="[\d.]+cm" viewBox="0 0 (\d+) (\d+)">\n'
    rb"(.*)</svg>\n",
    re.DOTALL,
)
_PATH = re.compile(
    rb'<path d="([MLCZ\d -]*)" fill="(none|#[0-9A-Fa-f]{6})"'
    rb'(?: stroke="(#[0-9A-Fa-f]{6})" stroke-width="(\d+)" stroke-linejoin="round")?/>\n'
)
_STEP = re.compile(rb"([MLCZ])([\d -]*)")
_STEPS = {b"M": (2, b"m"), b"L": (2, b"l"), b"C": (6, b"c"), b"Z": (0, b"h")}


def _form(pdf: pikepdf.Pdf, svg: bytes) -> Any:
    """The drawing as a form that fills the square of one unit in which a PDF draws pictures, up being up."""
    width, height = _size(svg)
    across, down = (Decimal(1) / side for side in (width, height))
    matrix = Array([round(across, 12), 0, 0, -round(down, 12), 0, 1])
    form = pdf.make_stream(operators(svg) or b"", Type=Name.XObject, Subtype=Name.Form, Resources=Dictionary())
    form.BBox, form.Matrix = Array([0, 0, width, height]), matrix
    return form


def _size(svg: bytes) -> tuple[int, int]:
    match = _FILE.fullmatch(svg)
    return (int(match[1]), int(match[2])) if match else (0, 0)


@functools.lru_cache(maxsize=64)
def operators(svg: bytes) -> bytes | None:
    """What a PDF draws for an SVG of our own making, in the SVG's units; None for any other file.

    A document is drawn several times until it fits, and a chart stands in several documents.
    """
    match = _FILE.fullmatch(svg)
    if match is None or 0 in _size(svg) or _PATH.sub(b"", match[3]):
        return None
    try:
        return b"\n".join([b"1 j", *(line for path in _PATH.findall(match[3]) for line in _drawn(*path))])
    except ValueError:
        return None


def _drawn(course: bytes, fill: bytes, edge: bytes, thick: bytes) -> Iterator[bytes]:
    """One path: its colours, its course, and whether it is filled, drawn along or both. Raises ValueError."""
    filled = fill != b"none"
    if filled:
        yield _colour(fill) + b" rg"
    if edge:
        yield _colour(edge) + b" RG " + thick + b" w"
    yield from _course(course)
    yield {(True, False): b"f", (False, True): b"S", (True, True): b"B", (False, False): b"n"}[filled, bool(edge)]


def _course(course: bytes) -> Iterator[bytes]:
    if _STEP.sub(b"", course) or not course.startswith(b"M"):
        raise ValueError("no path")
    for step, written in _STEP.findall(course):
        numbers, (count, operator) = written.split(), _STEPS[step]
        if len(numbers) != count:
            raise ValueError("no path")
        yield b" ".join([*(b"%d" % int(number) for number in numbers), operator])


def _colour(written: bytes) -> bytes:
    return b" ".join(b"%.4g" % (int(written[n : n + 2], 16) / 255) for n in (1, 3, 5))
