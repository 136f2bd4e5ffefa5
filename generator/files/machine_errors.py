"""What the computer does not let us do, in words: a full disk, a place without rights, a path that is too long."""

from __future__ import annotations

import errno
from pathlib import Path

from generator.files.long_paths import TOO_LONG, too_long
from generator.problems import Stop

NO_ROOM = (errno.ENOSPC, errno.EFBIG, errno.EROFS, getattr(errno, "EDQUOT", errno.ENOSPC))
"""A disk that is full, has a limit for each user or file, or takes no writing."""


NO_RIGHT = (errno.EACCES, errno.EPERM, errno.EIO, errno.ESTALE if hasattr(errno, "ESTALE") else errno.EIO)
"""A place that this person may not open, a disk that fails, a network drive that is gone."""


def of_the_machine(error: BaseException, again: str = "run the command again") -> Stop | None:
    """What this computer does not let us do, in words; nothing when it is our mistake. `again` is how to go on."""
    if not isinstance(error, OSError):
        return None
    if error.errno == errno.ENAMETOOLONG or too_long(error.filename):
        return Stop(f"The path is too long for this computer: {error.filename}", TOO_LONG)
    return _of_the_disk(error, again) if error.errno in (*NO_ROOM, *NO_RIGHT) else None


def _of_the_disk(error: OSError, again: str) -> Stop:
    reason = (error.strerror or str(error)).lower()
    if error.errno in NO_RIGHT:
        advice = "Ask for the right to open it, or look whether the disk or the network drive is there."
        return Stop(f"{error.filename or 'A file'} cannot be opened ({reason}).", advice)
    where = f" in {Path(str(error.filename)).parent}" if error.filename else ""
    return Stop(
        f"Nothing more can be written{where} ({reason}).",
        f"Make room on the disk, then {again}. What was finished is whole.",
    )
