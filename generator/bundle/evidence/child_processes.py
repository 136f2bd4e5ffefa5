"""The child processes that take in evidence, one file each, started as many at once as there are processors.

On Linux a child is split off one process that has loaded what a child needs and looks into no file: to load it takes
longer than most files do. That process comes from the one that workers come from where there is one, which has loaded
the same already. Elsewhere each child loads it itself.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import IO, Any

from generator.bundle.bundle_parts import Limits, Refused, TakenIn, account_from_json
from generator.bundle.evidence.sandbox import EACH, MAY, serve_from
from generator.files import temp_folders
from generator.files.programs_beside.limited_child import run_limited

CleanProcess = Callable[..., BaseProcess | None]
"""Begins a function in a process that comes from one with everything loaded; None where there is none such."""

_PATIENCE = 4
"""How much longer than its processor time a file may take on a machine that has other things to do as well."""


class _TooSlow(Exception):
    """A child was not ready in time and was ended."""


def _can_wait_for_any() -> bool:
    """True where a process that another has begun can be waited for: Linux since 5.3."""
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError):
        return False
    return True


class Children:
    """Takes files in, side by side; `begin` before the result is needed, `take` when it is.

    `process` is where the process comes from that children are split off.
    """

    quick = _can_wait_for_any()
    """A child costs a hundredth of a second, and not the third of one that it takes to load what it needs."""

    def __init__(self, process: CleanProcess | None = None) -> None:
        self._process = process
        self._starter: _Starter | None = None
        self._one_at_a_time = threading.Lock()
        self._begun: dict[object, Future[TakenIn]] = {}
        self._threads: ThreadPoolExecutor | None = None

    def begin(self, content: bytes, wish: Any, limits: Limits) -> None:
        """Take a file in beside what else is being done; `take` of the same gives what came of it."""
        if self._threads is None:
            self._threads = ThreadPoolExecutor(max_workers=max(1, min(os.cpu_count() or 1, 8)))
        self._begun[content, wish, limits] = self._threads.submit(self._taken, content, wish, limits)

    def has_begun(self, content: bytes, wish: Any, limits: Limits) -> bool:
        """True for a file that was begun and not asked for yet."""
        return (content, wish, limits) in self._begun

    def ready(self, content: bytes, wish: Any, limits: Limits) -> TakenIn | None:
        """What came of a file that was begun, where it is ready by now; None also for one that was refused."""
        begun = self._begun.get((content, wish, limits))
        if begun is None or not begun.done() or begun.exception() is not None:
            return None
        return begun.result()

    def wait_for_most(self) -> None:
        """Wait until fewer files that were begun are left than there are processors."""
        left = set(self._begun.values())
        while len(left) >= (os.cpu_count() or 1):
            left = wait(left, return_when=FIRST_COMPLETED).not_done

    def take(self, content: bytes, wish: Any, limits: Limits) -> TakenIn:
        """One file taken in by a process of its own; whatever happens to it is a Refused with a plain reason."""
        begun = self._begun.pop((content, wish, limits), None)
        return begun.result() if begun else self._taken(content, wish, limits)

    def close(self) -> None:
        """End what waits for further files; what was begun and not asked for is ended too."""
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)
            self._threads = None
        self._begun.clear()
        self._end_starter()

    def _taken(self, content: bytes, wish: Any, limits: Limits) -> TakenIn:
        with temp_folders.folder() as folder:
            (folder / "file").write_bytes(content)
            (folder / "wish.json").write_text(json.dumps({**asdict(wish), **asdict(limits)}), encoding="utf-8")
            try:
                self._run(folder, limits.seconds * _PATIENCE)
            except _TooSlow:
                raise Refused("bundle/too-slow", f"takes more than {limits.seconds} seconds to read", _FEWER) from None
            if (folder / "refused.json").is_file():
                raise Refused(**json.loads((folder / "refused.json").read_text("utf-8")))
            if not (folder / "account.json").is_file():
                message = (
                    f"needs more than {limits.memory_mb} MB of memory or {limits.seconds} seconds of work, or breaks "
                    "the reader"
                )
                raise Refused("bundle/too-much", message, _FEWER)
            note, texts = (json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("account", "texts"))
            return (folder / "result").read_bytes(), account_from_json(note), texts

    def _run(self, folder: Path, seconds: int) -> None:
        """A child for a folder, without our terminal, and ended when its time is over."""
        child = self._split_off(folder, seconds) if self.quick else None
        if child is None:
            _alone(folder, seconds)
            return
        try:
            _waited_for(child, seconds)
        finally:
            os.close(child)

    def run(self, module: str, folder: Path, seconds: int, memory_mb: int) -> bool:
        """As `run_limited`, by a child that is split off where that can be: see `sandbox.MAY`."""
        child = self._split_off(folder, seconds, module) if self.quick and module in MAY else None
        if child is None:
            return run_limited(module, folder, seconds, memory_mb=memory_mb)
        try:
            _waited_for(child, seconds)
        except _TooSlow:
            return False
        finally:
            os.close(child)
        return True

    def _split_off(self, folder: Path, seconds: int, module: str = "") -> int | None:
        """A child at work on a folder, as a handle; None where the process that it is split off died.

        No file of ours should bring that about: the file gets a process of its own then.
        """
        with self._one_at_a_time:
            self._starter = starter = self._starter or self._loaded() or _started_alone()
            with contextlib.suppress(OSError):
                starter.asks.write(f"{module}\t{seconds}\t{folder}\n")
                starter.asks.flush()
                if answer := starter.answers.readline():
                    return os.pidfd_open(int(answer))  # it stays a number of nobody else's until the next is asked for
            self._end_starter()
            return None

    def _loaded(self) -> _Starter | None:
        """What children are split off, from a process that has everything loaded already."""
        if self._process is None:
            return None
        ours, theirs = multiprocessing.Pipe()
        with ours, theirs:
            process = self._process(serve_from, theirs)
            if process is None:
                return None
            asks, answers = (os.fdopen(os.dup(ours.fileno()), how, encoding="utf-8") for how in ("w", "r"))
        return _Starter(process, asks, answers, process.join)

    def _end_starter(self) -> None:
        if self._starter is not None:
            self._starter.end()
            self._starter = None


@dataclass(frozen=True)
class _Starter:
    """The process that children are split off, asked for each in a line and answering with its number."""

    process: subprocess.Popen[str] | BaseProcess
    asks: IO[str]
    answers: IO[str]
    wait: Callable[[], object]

    def end(self) -> None:
        """It ends when nothing can be asked any more."""
        for pipe in (self.asks, self.answers):
            with contextlib.suppress(OSError):
                pipe.close()
        self.wait()


def _started_alone() -> _Starter:
    process = _started([EACH], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None and process.stdout is not None
    return _Starter(process, process.stdin, process.stdout, process.wait)


_FEWER = "print it to PDF and put that file here, or send fewer pages"


def _alone(folder: Path, seconds: int) -> None:
    child = _started([str(folder)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
        raise _TooSlow from None


def _waited_for(child: int, seconds: int) -> None:
    """Wait for a process by its handle. Raises _TooSlow when it was not ready in time and was ended."""
    end = select.poll()
    end.register(child, select.POLLIN)
    if not end.poll(1000 * seconds):
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(child, signal.SIGKILL)
        end.poll()
        raise _TooSlow


def _started(words: Sequence[str], stdin: int, stdout: int) -> subprocess.Popen[str]:
    root = str(Path(__file__).parents[3])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))}
    command = [sys.executable, "-P", "-X", "utf8", "-m", "generator.bundle.evidence.sandbox", *words]
    return subprocess.Popen(
        command,
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
