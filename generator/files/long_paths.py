"""Paths that are too long for a Windows on which long paths are not turned on."""

from __future__ import annotations

import sys
from pathlib import PurePath

LONGEST = 248
"""Letters of a path that every Windows takes: 260 with what it puts behind a folder's name."""

TOO_LONG = (
    "Windows takes about 250 letters in all, folders counted. Move the school's folder nearer to the top of a drive, "
    "for instance to C:\\SEND, or give shorter names. An IT department can turn on long paths instead."
)


def too_long(path: PurePath | str | None) -> bool:
    """True for a path that this Windows may not take; elsewhere paths are as long as they like."""
    return sys.platform == "win32" and path is not None and len(str(path)) >= LONGEST
