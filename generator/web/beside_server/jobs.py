"""Work that takes a while: begun by a button, done in a process beside the server, told on a page of its own."""

from __future__ import annotations

import threading
import traceback
from dataclasses import dataclass, field
from typing import Any

from generator.problems import Problem, Stop
from generator.web.beside_server.beside import Beside
from generator.web.beside_server.came import Came


@dataclass
class Job:
    """One piece of work: `state` is waiting, done, stopped or ours (our mistake)."""

    title: str
    back: str
    state: str = "waiting"
    came: Came = field(default_factory=Came)
    message: str = ""
    advice: str = ""
    problems: tuple[Problem, ...] = ()


def work(what: str, *given: Any) -> Came:
    """In the process beside: what is needed for making documents is loaded there, and the server starts without it."""
    from generator.web.beside_server import long_files, long_forms, long_work

    room = next(one for one in (long_work, long_files, long_forms) if hasattr(one, what))
    came: Came = getattr(room, what)(*given)
    return came


class Jobs:
    """All work of one server, one piece after another."""

    def __init__(self) -> None:
        self._beside = Beside(helpers=True)
        self._held: list[Job] = []

    def begin(self, title: str, back: str, what: str, *given: Any) -> str:
        """Begin a piece of work by the name of its function in `long_work` or `long_files`; gives its number.

        `back` is the address to go to afterwards.
        """
        job = Job(title, back)
        self._held.append(job)
        threading.Thread(target=self._do, args=(job, what, given), name="job", daemon=True).start()
        return str(len(self._held) - 1)

    def _do(self, job: Job, what: str, given: tuple[Any, ...]) -> None:
        try:
            job.came = self._beside.call(work, what, *given, seconds=3600)
            job.state = "done"
        except Stop as stop:
            job.message, job.advice, job.problems, job.state = stop.message, stop.advice, stop.problems, "stopped"
        except Exception:  # noqa: BLE001  told on the page of the job
            job.message, job.state = traceback.format_exc(), "ours"

    def get(self, number: str) -> Job:
        """A piece of work by its number."""
        return self._held[int(number)]

    def close(self) -> None:
        """End the process."""
        self._beside.close()
