"""Locks on files: who holds one is alive, for the system takes it back when a program ends, however it ends."""

from __future__ import annotations

import sys


def take(number: int) -> bool | None:
    """Lock an open file by its descriptor: True when it is ours now, False when another holds it.

    None where the place knows no locks, as some network folders do.
    """
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True
