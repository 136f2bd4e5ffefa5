"""How an account calls the parts of a bundle: by their ids, but for one that names who was taken out of evidence."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from generator.bundle import names_found
from generator.files.atomic_files import digest


def told_id(part: str, redacted: Sequence[str]) -> str:
    """The id of a part, or a mark in its place where it says a name or word that is taken out (`redact`).

    The account lies beside the files that are sent, and goes with them if nobody looks.
    """
    return _mark(part) if redacted and names_found([re.sub(r"[-_.]+", " ", part)], redacted) else part


def is_told(part: str, told: Collection[str]) -> bool:
    """True for a part that an account lists, by its id or by the mark in its place."""
    return part in told or _mark(part) in told


def _mark(part: str) -> str:
    return f"part-{digest(part.encode())[:16]}"
