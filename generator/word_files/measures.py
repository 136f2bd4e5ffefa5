"""Measures in Word files: Word writes bare numbers, other programs also "12pt" (ISO/IEC 29500-1, 22.9.2.15)."""

from __future__ import annotations

import re

_TWIPS = {"pt": 20.0, "in": 1440.0, "cm": 1440 / 2.54, "mm": 144 / 2.54, "pc": 240.0, "pi": 240.0}
_MEASURE = re.compile(r"\s*(-?\d{1,9}(?:\.\d{1,20})?)(pt|in|cm|mm|pc|pi)?\s*")


def twips(written: str | None) -> int | None:
    """A length with a unit in twentieths of a point, a bare number as it is; None for what is neither."""
    found = _in_parts(written, 20)
    return None if found is None else round(found)


def half_points(written: str | None, otherwise: int) -> int:
    """The size of letters in half points; `otherwise` for what is not there, no size, or nothing high."""
    found = round(_in_parts(written, 2) or 0)
    return found if found > 0 else otherwise


def points(written: str | None) -> float:
    """The room that a line keeps from its text, in points; 0 for what is none."""
    return _in_parts(written, 1) or 0.0


def eighths(written: str | None) -> float:
    """The width of a line in eighths of a point; 0 for what is none."""
    return _in_parts(written, 8) or 0.0


def whole(written: str | None, otherwise: int, base: int = 10) -> int:
    """A count or a mark of flags; `otherwise` for what is no number."""
    try:
        return int(written or "", base)
    except ValueError:
        return otherwise


def has_unit(written: str | None) -> bool:
    """True for a length that is written with its unit."""
    found = _MEASURE.fullmatch(written or "")
    return found is not None and found[2] is not None


def _in_parts(written: str | None, parts_of_a_point: int) -> float | None:
    found = _MEASURE.fullmatch(written or "")
    if found is None:
        return None
    return float(found[1]) * (_TWIPS[found[2]] / 20 * parts_of_a_point if found[2] else 1)
