"""Appearance streams for PDF form fields: words set in the field's own font, wrapped, in combs, sized to fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont

LINE = 1.16
"""Distance of lines, in sizes of the font."""


@dataclass(frozen=True)
class Face:
    """A font of a form: its resource, how a text is coded in it, and how wide letters are in thousandths."""

    resource: Any
    encode: Callable[[str], bytes]
    width: Callable[[str], float]

    def measure(self, text: str, size: float) -> float:
        """The width of a text in points."""
        return sum(self.width(char) for char in text) * size / 1000


@dataclass(frozen=True)
class Setting:
    """What a field's default appearance says: font name, size (0 for automatic) and the operators of its colour."""

    font: str
    size: float
    colour: str


def setting_of(appearance: str) -> Setting:
    """Font, size and colour from a /DA string such as `/Helv 9 Tf 0 g`."""
    font = re.search(r"/(\S{1,127})\s{1,9}(-?[\d.]{1,20})\s{1,9}Tf", appearance)
    colour = re.search(r"((?:-?[\d.]{1,20}\s{1,9}){1,4}(?:g|rg|k))\b", appearance)
    return Setting(font[1] if font else "Helv", abs(float(font[2])) if font else 0.0, colour[1] if colour else "0 g")


@lru_cache(maxsize=4)
def _metrics(path: str) -> tuple[Mapping[int, str], Mapping[str, int], int]:
    with TTFont(path, lazy=True) as font:
        cmap = {code: name for code, name in font.getBestCmap().items() if code < 0x2200}
        metrics = font["hmtx"]
        widths = {name: metrics[name][0] for name in set(cmap.values())}
        return cmap, widths, int(font["head"].unitsPerEm)


def standard_face(resource: Any, metrics: str) -> Face:
    """A simple Latin font of the form, measured by one of our fonts where it gives no widths of its own."""
    widths, first = resource.get("/Widths"), int(resource.get("/FirstChar", 0))
    cmap, advances, units = _metrics(metrics)
    known: dict[str, float] = {}

    def width(char: str) -> float:
        if char not in known:
            known[char] = _wide(char)
        return known[char]

    def _wide(char: str) -> float:
        code = char.encode("cp1252", "replace")[0]
        if widths is not None and 0 <= code - first < len(widths):
            return float(widths[code - first])
        return advances.get(cmap.get(ord(char), ""), units // 2) * 1000 / units

    return Face(resource, lambda text: text.encode("cp1252", "replace"), width)


def says(text: str) -> bool:
    """True when a simple Latin font has every letter of a text."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def wrapped(text: str, face: Face, size: float, room: float) -> list[str]:
    """The lines of a text in a width; a word that is too long alone is broken."""
    lines: list[str] = []
    blank = face.measure(" ", size)
    for paragraph in text.split("\n"):
        line, long = "", 0.0
        for word in paragraph.split(" "):
            wide = face.measure(word, size)
            if line and long + blank + wide <= room:
                line, long = f"{line} {word}", long + blank + wide
                continue
            lines += [line] if line else []
            line, long = word, wide
            while long > room and len(line) > 1:
                cut = max(1, int(len(line) * room / max(long, 0.1)))
                lines.append(line[:cut])
                line = line[cut:]
                long = face.measure(line, size)
        lines.append(line)
    return lines


def fitting_size(
    text: str, face: Face, setting: Setting, box: tuple[float, float], multiline: bool, least: float
) -> tuple[float, bool]:
    """The size at which a text fits into a box (width, height) and whether it fits; a size that is set stays."""
    width, height = box[0] - 4, box[1] - 2
    sizes = [setting.size] if setting.size else [12 - step / 2 for step in range(0, int((12 - least) * 2) + 1)]
    for size in sizes:
        if (
            not multiline
            and face.measure(text.replace("\n", " "), size) <= width
            and (setting.size or size * LINE <= height + 2)
        ):
            return size, True
        if multiline and len(wrapped(text, face, size, width)) * size * LINE <= height:
            return size, True
    return sizes[-1], False


def text_stream(
    text: str,
    face: Face,
    setting: Setting,
    box: tuple[float, float],
    multiline: bool,
    quad: int = 0,
    comb: int = 0,
    least: float = 6.0,
) -> bytes:
    """The content of an appearance for a text in a box of a width and height."""
    width, height = box
    size, _ = fitting_size(text, face, setting, box, multiline, least)
    inside = f"q 1 1 {width - 2:.2f} {height - 2:.2f} re W n"
    begin = f"/Tx BMC {inside} BT {setting.colour} /{setting.font} {size:.2f} Tf\n".encode()
    if comb:
        body = _combed(text, face, size, width / comb, height)
    elif multiline:
        lines = wrapped(text, face, size, width - 4)
        body = b"".join(
            _shown(line, face, _start(line, face, size, width, quad), height - 2 - size * (0.95 + LINE * n))
            for n, line in enumerate(lines)
        )
    else:
        line = text.replace("\n", " ")
        body = _shown(line, face, _start(line, face, size, width, quad), (height - size) / 2 + size * 0.24)
    return begin + body + b"ET Q EMC"


def _start(line: str, face: Face, size: float, width: float, quad: int) -> float:
    free = width - face.measure(line, size)
    return free / 2 if quad == 1 else free - 2 if quad == 2 else 2.0


def _shown(line: str, face: Face, x: float, y: float) -> bytes:
    return f"1 0 0 1 {x:.2f} {y:.2f} Tm ".encode() + b"<" + face.encode(line).hex().encode() + b"> Tj\n"


def _combed(text: str, face: Face, size: float, cell: float, height: float) -> bytes:
    y = (height - size) / 2 + size * 0.24
    shown = [
        _shown(char, face, cell * n + (cell - face.measure(char, size)) / 2, y)
        for n, char in enumerate(text)
        if char.strip()
    ]
    return b"".join(shown)


def appearance(pdf: pikepdf.Pdf, content: bytes, box: tuple[float, float], font: str, resource: Any) -> Any:
    """The form XObject of an appearance."""
    stream = pdf.make_stream(content)
    stream["/Type"], stream["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Form
    stream["/BBox"] = pikepdf.Array([0, 0, round(box[0], 2), round(box[1], 2)])
    stream["/Resources"] = pikepdf.Dictionary(Font=pikepdf.Dictionary({f"/{font}": resource}))
    return stream
