"""How long other programs had to wait for a processor: on a busy machine that time is none that they took."""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from pathlib import Path


class ProcessorWaits:
    """The time from now on in which programs were ready to work and had no processor; only Linux tells it."""

    def __init__(self, sessions: Collection[int]) -> None:
        """`sessions` are the numbers of the processes that began a session of their own: theirs are looked at."""
        self._sessions = frozenset(sessions)
        self._before = self._delays()

    def seconds(self) -> float:
        """The longest that one of their threads waited since this was made; 0 where nobody knows."""
        waited = (delay - self._before.get(thread, 0) for thread, delay in self._delays().items())
        return max(waited, default=0) / 1e9

    def _delays(self) -> dict[str, int]:
        """Nanoseconds in the run queue, by thread."""
        found = {}
        for place in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError, ValueError, IndexError):  # it has ended meanwhile
                told = (place / "stat").read_text("utf-8", "replace")
                if int(told.rpartition(")")[2].split()[3]) in self._sessions:
                    for thread in (place / "task").iterdir():
                        with contextlib.suppress(OSError, ValueError, IndexError):
                            found[thread.name] = int((thread / "schedstat").read_text("ascii").split()[1])
        return found
