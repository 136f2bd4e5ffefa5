"""Names that Windows keeps for itself, and paths that are too long for it."""

from __future__ import annotations

import re
import sys
from pathlib import PurePath

_KEPT = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\..*)?")
"""learn.microsoft.com/windows/win32/fileio/naming-a-file: also with any ending."""


def kept_by_windows(path: PurePath) -> str:
    """The part of a path that Windows keeps for itself, or nothing. A school's folder may move between systems."""
    return next((part for part in path.parts if _KEPT.fullmatch(part)), "")


LONGEST = 248
"""Letters of a path that every Windows takes: 260 with what it puts behind a folder's name."""

TOO_LONG = (
    "Windows takes about 250 letters in all, folders counted.",
    "Move the school's folder nearer to the top of a drive, for instance to C:\\SEND, or give shorter names. "
    "An IT department can turn on long paths instead.",
)


def too_long(path: PurePath | str | None) -> bool:
    """True for a path that this Windows may not take; elsewhere paths are as long as they like."""
    return sys.platform == "win32" and path is not None and len(str(path)) >= LONGEST
