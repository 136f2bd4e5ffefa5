"""Documents of templates, house styles and forms that somebody's Word saved, drawn by a process beside this one.

Nobody has tried what is in them: should the engine break or not come to an end, it costs that one document, and the
next begins a new process. To begin one takes most of a second, once a run; our own templates are drawn where we are.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import re
import sys
import threading
import time
import zipfile
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from generator.engines.protocol import Docx, Failure, Pdf
from generator.files.damaged_archives import DAMAGED
from generator.files.programs_beside.limited_child import LOOK_EVERY, allow, limit, megabytes
from generator.files.programs_beside.process_pools import end_pool, processes_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

MEMORY_MB, SECONDS = 1000, 60
WATCHED = sys.platform == "darwin"
"""Where the memory of the process is looked at from here, since it cannot be limited there."""
_PATIENCE = 4
"""How much longer than its processor time a document may take on a machine that has other things to do as well."""
_LEFT_BY_PROGRAMS = re.compile(r"word/(?:fontTable|webSettings|theme/|house-fontTable|house-theme)")
"""Parts that Word and LibreOffice put into whatever they save, and that no template or house style of ours has."""
_TOO_MUCH = "it breaks the built-in engine, or takes it more than {} seconds or {} MB of memory: {}"
_ADVICE = "try it with LibreOffice (--engine libreoffice), or take things out of its template until it can be drawn"


def saved_by_a_program(content: bytes) -> bool:
    """True for a form of an authority, and a document whose template or house style Word or LibreOffice has saved."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return any(map(_LEFT_BY_PROGRAMS.match, package.namelist()))
    except DAMAGED:
        return False  # whoever opens it says what is wrong with it


class DrawnBeside:
    """The process, begun when it is first needed."""

    def __init__(
        self, draw: Callable[[Docx], Pdf | Failure], seconds: int = SECONDS, patience: int = _PATIENCE
    ) -> None:
        """`draw` is a function of a module: it is called over there, for `seconds` of work at most.

        Where the system does not count them, and on a busy machine, it is ended after `patience` times as many.
        """
        self._draw, self._seconds, self._patience = draw, seconds, patience
        self._pool: ProcessPoolExecutor | None = None

    def drawn(self, document: Docx) -> Pdf | Failure:
        """The document as `draw` makes it, or a Failure where the process did not outlive it."""
        if multiprocessing.current_process().daemon:
            return self._draw(document)  # a worker of a cluster may begin no processes, and costs only itself
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_begin)
        try:
            return self._waited_for(self._pool.submit(_one, self._draw, document, self._seconds))
        except (BrokenProcessPool, TimeoutError):
            self.close(now=True)
            return Failure(document.name, _TOO_MUCH.format(self._seconds, MEMORY_MB, _ADVICE))
        except BaseException:
            self.close(now=True)
            raise

    def _waited_for(self, work: Future[Pdf | Failure]) -> Pdf | Failure:
        """What is drawn; TimeoutError where its time is over, or its memory on a Mac, which limits none."""
        until = time.monotonic() + self._seconds * self._patience
        while True:
            left = max(0.0, until - time.monotonic())
            try:
                return work.result(min(left, LOOK_EVERY) if WATCHED else left)
            except TimeoutError:
                if work.done():  # meanwhile
                    return work.result()
                if time.monotonic() >= until or (WATCHED and self._is_over_its_memory()):
                    raise

    def _is_over_its_memory(self) -> bool:
        return any(megabytes(process.pid or 0) > MEMORY_MB for process in processes_of(self._pool))

    def close(self, *, now: bool = False) -> None:
        """End the process; `now` in the middle of what it does."""
        pool, self._pool = self._pool, None
        end_pool(pool, now=now)


# -- in the process beside ---------------------------------------------------------------------------------------------


def _begin() -> None:
    """Prepare the process: limits, Ctrl-C left to the parent, and an end when the parent ends."""
    import multiprocessing.connection
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit(MEMORY_MB, 0)
    beside = multiprocessing.parent_process()
    if beside is not None:

        def follow() -> None:
            multiprocessing.connection.wait([beside.sentinel])
            os._exit(1)

        threading.Thread(target=follow, daemon=True).start()


def _one(draw: Callable[[Docx], Pdf | Failure], document: Docx, seconds: int) -> Pdf | Failure:
    allow(seconds)
    try:
        return draw(document)
    except MemoryError:
        return Failure(document.name, _TOO_MUCH.format(seconds, MEMORY_MB, _ADVICE))
