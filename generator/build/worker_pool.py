"""Workers side by side: batches go out, results come in as they are ready, and whatever dies costs only itself."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any, Protocol

from generator.files.programs_beside.process_pools import cut_off, end_pool, is_broken_off
from generator.problems import Stop

if TYPE_CHECKING:
    from generator.build.worker import Drawing, Made, Task

    Work = Task | Drawing


@dataclass(frozen=True)
class Habit:
    """How an engine likes its work: documents in a batch, at least and at most, and whether several may run at once.

    So `few` documents are made sooner in this process than by starting others, which takes a second.
    """

    least: int = 1
    most: int = 4
    alone: bool = False
    few: int = 6


HABITS = {"libreoffice": Habit(least=8, most=40, few=8), "word": Habit(most=20, alone=True)}
"""A start of LibreOffice costs as much as six documents; Word is one program for one user."""

NO_ENGINE = Habit(few=40)
"""Merging alone takes a hundredth of a second for a document."""


class Site(Protocol):
    """Where batches are worked on: processes of this machine, or a cluster."""

    @property
    def workers(self) -> int:
        """How many batches can be worked on at once."""
        ...

    @property
    def started(self) -> bool:
        """True when a batch costs no start any more."""
        ...

    def get_ready(self) -> None:
        """Batches will come soon."""
        ...

    def submit(self, kit: bytes, tasks: Sequence[Work]) -> Future[list[Made]]:
        """Begin a batch."""
        ...

    def renew(self) -> None:
        """Replace workers that died."""
        ...

    def still_there(self) -> None:
        """Raise Stop when nobody is left who could work."""
        ...

    def close(self, *, now: bool) -> None:
        """End the workers; `now` without waiting for what they are doing."""
        ...


MERGES = ("generator.build.merge_bench",)
"""Modules that the work of a build needs besides those that draw."""


class Here:
    """Worker processes on this machine, started when they are first needed.

    `loads` are modules that their work needs besides those that draw.
    """

    def __init__(self, jobs: int, loads: Sequence[str] = MERGES) -> None:
        self.workers = jobs
        self._loads = loads
        self._pool: Executor | None = None

    @property
    def started(self) -> bool:
        return self._pool is not None

    def get_ready(self) -> None:
        """Where workers come from a clean process, it loads what they need while this one reads the first cases."""
        if self._pool is None and _context(self._loads).get_start_method() == "forkserver":
            from multiprocessing import forkserver

            forkserver.ensure_running()

    def submit(self, kit: bytes, tasks: Sequence[Work]) -> Future[list[Made]]:
        from generator.build import worker

        if self._pool is None:
            self._pool = ProcessPoolExecutor(self.workers, mp_context=_context(self._loads), initializer=worker.begin)
        return self._pool.submit(worker.work_watched, kit, tasks)

    def beside(self, function: Callable[..., Any], *given: Any) -> Callable[[], Any] | None:
        """Begin a function of plain values in a worker that runs already: gives what waits for it; None without one.

        What waits gives None where the worker could not do it, whatever it died of.
        """
        from generator.build import worker

        if self._pool is None:
            return None
        try:
            begun = self._pool.submit(worker.call_watched, function, *given)
        except (BrokenProcessPool, RuntimeError):
            return None

        def found() -> Any:
            with contextlib.suppress(Exception):
                return begun.result()
            return None

        return found

    def clean_process(self, function: Callable[..., Any], *given: Any) -> BaseProcess | None:
        """Begin a function in a process that comes from the clean one; None where workers load everything anew.

        It is no worker: whoever begins it waits for its end.
        """
        context = _context(self._loads)
        if context.get_start_method() != "forkserver":
            return None
        process: BaseProcess = context.Process(target=function, args=given, daemon=True)
        process.start()
        return process

    def renew(self) -> None:
        self.close(now=True)

    def still_there(self) -> None:
        """What dies here breaks the pool, which says so by itself, but not when it died while it told what it made."""
        if is_broken_off(self._pool):
            cut_off(self._pool)

    def close(self, *, now: bool) -> None:
        pool, self._pool = self._pool, None
        end_pool(pool, now=now)


_DRAWS = ("generator.engines.rdocx.loaded_ahead",)
"""What a worker loads when it is given its first document, and every worker would load anew."""

LONGEST = 60
"""Characters of a temporary folder's path in which a clean process can still listen: a socket's path ends at 107."""


def _context(loads: Sequence[str]) -> Any:
    """How processes are started: from a clean one that has everything loaded where there is that, else anew."""
    if sys.platform != "linux" or len(tempfile.gettempdir()) > LONGEST:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["generator.build.worker", *_DRAWS, *loads, "generator.build.all_loaded"])
    return context


def cores() -> int:
    """The processors that this program may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


LOOK_AFTER = 10
"""Seconds without any result after which we ask whether anybody is still at work."""


@dataclass
class Crew:
    """Runs tasks on a site, or in this process when there is none or little to do.

    Only so many are taken from the source as can be worked on soon: memory stays bounded.
    """

    site: Site | None
    kit: Callable[[], bytes]
    habit: Habit = Habit()
    _running: dict[Future[list[Made]], list[Work]] = field(default_factory=dict)

    def run(self, tasks: Iterable[Work]) -> Iterator[tuple[Work, Made]]:
        """Every task with what became of it, in the order in which they are ready.

        A task whose worker dies is tried once more by itself; if that worker dies as well, the task has failed.
        """
        source = iter(tasks)
        few = self.habit.few
        first = list(islice(source, few + 1 if self.site else self.habit.most))
        if not first:
            return  # and load nothing that makes documents
        if self.site is None or len(first) <= few:
            yield from self._in_this_process(first, source)
            return
        yield from self._side_by_side(self.site, _before(first, source))

    def _in_this_process(self, first: list[Work], source: Iterator[Work]) -> Iterator[tuple[Work, Made]]:
        from generator.build import worker

        batch = first
        try:
            while batch:
                yield from zip(batch, worker.work(self.kit(), batch), strict=True)
                batch = list(islice(source, self.habit.most))
        finally:
            worker.close()

    def _side_by_side(self, site: Site, source: Iterator[Work]) -> Iterator[tuple[Work, Made]]:
        suspects: list[Work] = []
        for batch in _batches(source, site.workers, self.habit):
            while len(self._running) > site.workers:
                yield from self._collect(site, suspects)
            self._start(site, batch, suspects)
        while self._running:
            yield from self._collect(site, suspects)
        for task in suspects:
            yield task, self._alone(site, task)

    def _start(self, site: Site, batch: list[Work], suspects: list[Work]) -> None:
        try:
            self._running[site.submit(self.kit(), batch)] = batch
        except BrokenProcessPool:
            suspects += batch
            self._give_up_running(site, suspects)

    def _collect(self, site: Site, suspects: list[Work]) -> Iterator[tuple[Work, Made]]:
        while not (done := wait(self._running, LOOK_AFTER, FIRST_COMPLETED).done):
            site.still_there()
        broken = False
        for future in done:
            batch = self._running.pop(future)
            try:
                made = future.result()
            except Exception as error:  # noqa: BLE001  whatever a worker died of, its tasks are tried once more
                site.still_there()
                broken |= isinstance(error, BrokenProcessPool)
                suspects += batch
            else:
                yield from zip(batch, made, strict=True)
        if broken:
            self._give_up_running(site, suspects)

    def _give_up_running(self, site: Site, suspects: list[Work]) -> None:
        """All batches of a pool that broke are lost; nobody can say which of them broke it."""
        suspects += [task for batch in self._running.values() for task in batch]
        self._running.clear()
        site.renew()

    def _alone(self, site: Site, task: Work) -> Made:
        from generator.build.worker import Made

        try:
            future = site.submit(self.kit(), [task])
            while not wait([future], LOOK_AFTER).done:
                site.still_there()
            [made] = future.result()
        except Stop:
            raise
        except Exception as error:  # noqa: BLE001
            with contextlib.suppress(Exception):
                site.renew()
            return Made(task.number, failed=f"the program stopped twice while it was made ({_named(error)})")
        return made


def _named(error: Exception) -> str:
    if isinstance(error, BrokenProcessPool):
        return "it ended without a word, or took far too long"
    return f"{type(error).__name__}: {error}"[:300]


def _before(first: Sequence[Work], rest: Iterator[Work]) -> Iterator[Work]:
    yield from first
    yield from rest


def _batches(source: Iterator[Work], workers: int, habit: Habit) -> Iterator[list[Work]]:
    """Batches of the engine's liking; what is left in the end is shared out evenly."""
    full = workers * habit.most
    while held := list(islice(source, full)):
        shares = workers if len(held) == full or habit.least > 1 else 2 * workers
        shares = min(shares, max(1, len(held) // habit.least))
        size = -(-len(held) // shares)
        for start in range(0, len(held), size):
            yield held[start : start + size]
