"""Programs of others are ended with everything that they started themselves."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

GROUP_OF_ITS_OWN = sys.platform != "win32"
"""`start_new_session` of a program that `end_with_all` can end; Windows knows what a program started by itself."""


class ProgramsAtWork:
    """Programs that threads started and wait for, each in a group of its own; whoever is told to stop ends them all."""

    def __init__(self) -> None:
        """None yet."""
        self._at_work: list[subprocess.Popen[Any]] = []
        self._stopped = False
        self._lock = threading.Lock()

    def start(self, command: Sequence[str], **options: Any) -> subprocess.Popen[Any]:
        """Start one. Raises CancelledError when all were ended."""
        with self._lock:
            if self._stopped:
                raise CancelledError
            process = subprocess.Popen(command, start_new_session=GROUP_OF_ITS_OWN, **options)
            self._at_work = [*(one for one in self._at_work if one.returncode is None), process]
            return process

    def end(self) -> None:
        """End those that are at work, whoever waits for them; no other starts."""
        with self._lock:
            self._stopped = True
            for process in self._at_work:
                if process.poll() is None:
                    _kill_with_all(process)


def end_with_all(process: subprocess.Popen[Any]) -> None:
    """End a program that was started in a group of its own; ending the program alone leaves its children at work."""
    _kill_with_all(process)
    process.communicate()


def _kill_with_all(process: subprocess.Popen[Any]) -> None:
    if sys.platform == "win32":
        taskkill = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")
        subprocess.run([str(taskkill), "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
