"""A process beside the server for what does not bear two threads: the engines and PDFium. One thing at a time.

A process that crashes, or is ended, takes nothing with it: the next call starts another.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from generator.files.machine_errors import of_the_machine
from generator.problems import Stop


class Beside:
    """One process that does what it is told, one call after another."""

    def __init__(self, helpers: bool = False) -> None:
        """`helpers` for work that starts processes of its own."""
        self._helpers = helpers
        self._lock = threading.Lock()
        self._process: Any = None
        self._line: Connection | None = None

    def call(self, what: Callable[..., Any], *given: Any, seconds: float = 600) -> Any:
        """The result of a function of a module, done there. Raises what it raised, and Stop when it did not end."""
        with self._lock:
            line = self._started()
            try:
                line.send((what, given))
                if not line.poll(seconds):
                    raise EOFError
                fine, result = line.recv()
            except (EOFError, OSError):
                self._end()
                raise Stop(
                    "The process that makes pages stopped.", "Try again; nothing of yours was changed."
                ) from None
        if fine:
            return result
        raise result

    def warm(self, what: Callable[..., Any], *given: Any) -> None:
        """Start the process and do something in it, without waiting."""

        def run() -> None:
            with contextlib.suppress(Stop):
                self.call(what, *given)

        threading.Thread(target=run, name="warm", daemon=True).start()

    def _started(self) -> Connection:
        if self._process is None or not self._process.is_alive() or self._line is None:
            context = multiprocessing.get_context("spawn")
            self._line, there = context.Pipe()
            self._process = context.Process(target=_work, args=(there,), daemon=not self._helpers)
            self._process.start()
            there.close()
        return self._line

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join(5)
        if self._line is not None:
            self._line.close()
        self._process = self._line = None

    def close(self) -> None:
        """End the process."""
        self._end()


def _work(line: Connection) -> None:
    """The process: it ends when its server does, and leaves Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            what, given = line.recv()
        except (EOFError, OSError):
            os._exit(0)
        try:
            answer = (True, what(*given))
        except Stop as stop:
            answer = (False, stop)
        except Exception as error:  # noqa: BLE001  told where it was asked for, with its place
            known = of_the_machine(error, "do it again")
            answer = (False, known or RuntimeError(f"{error}\n{traceback.format_exc()}"))
        try:
            line.send(answer)
        except OSError:  # nobody waits for it any more
            os._exit(0)
