"""A LibreOffice that stays for as long as a run: starting it costs as much as ten documents.

A second call of the program with the same profile hands its documents to the one that is there and ends when they are
made. The one that is there stays because a document without words is open in it. Only on Linux, where it was measured;
elsewhere every batch starts the program.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.files.programs_beside.ended_program import end_with_all
from generator.files.programs_beside.limited_child import within_memory

STARTS = 20.0
"""Seconds in which a program that is sound has begun to listen; most need a fifth of one."""

_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"'
    ' office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text/></office:body>'
    "</office:document>"
)
_WATCHED = 'socket=$1; shift; "$@" & read -r nothing; rm -f "$socket"; kill -KILL 0'
"""Started beside it: ends it and all that it started when our end of the pipe closes, even if we were killed."""


def can_wait() -> bool:
    """True where a program that stays was tried and measured."""
    return sys.platform.startswith("linux") and Path("/bin/sh").exists()


class WaitingOffice:
    """One program that stays, with the profile in `place`; what it says goes into a file there."""

    def __init__(self, command: Sequence[str], memory_mb: int, place: Path, environment: Mapping[str, str]) -> None:
        """Start it and do not wait for it. Raises OSError when it cannot be started."""
        self._profile = place / "profile"
        self._said = place / "said.txt"
        empty = place / "waiting.fodt"
        empty.write_text(_EMPTY, "utf-8")
        (self._profile / ".lock").unlink(missing_ok=True)
        with self._said.open("wb") as said:
            self._process = subprocess.Popen(
                ["/bin/sh", "-c", _WATCHED, "sh", str(self._socket), *within_memory([*command, str(empty)], memory_mb)],
                stdin=subprocess.PIPE,
                stdout=said,
                stderr=subprocess.STDOUT,
                cwd=place,
                env=dict(environment),
                start_new_session=True,
            )
        self._heard = 0
        self._listens = False

    @property
    def session(self) -> int:
        """The session of the program and of all that it starts."""
        return self._process.pid

    @property
    def _socket(self) -> Path:
        """Where it listens: named by it after the profile, each byte without its leading nought."""
        mark = hashlib.md5(self._profile.as_uri().encode("utf-16-le"), usedforsecurity=False).digest()
        return Path("/tmp", f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{''.join(f'{byte:x}' for byte in mark)}")  # noqa: S108

    def listens(self) -> bool:
        """True when documents can be handed to it; waits for that while it starts."""
        until = time.monotonic() + STARTS
        while not self._listens and time.monotonic() < until and self._process.poll() is None:
            # It locks its profile after it began to listen.
            self._listens = (self._profile / ".lock").exists() and self._socket.exists()
            if not self._listens:
                time.sleep(0.01)
        return self._listens and self._socket.exists()

    def said(self) -> bytes:
        """What it said since it was asked last."""
        with self._said.open("rb") as file:
            file.seek(self._heard)
            words = file.read()
        self._heard += len(words)
        return words

    def end(self) -> None:
        """End it and everything that it started."""
        if self._process.stdin:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            end_with_all(self._process)
