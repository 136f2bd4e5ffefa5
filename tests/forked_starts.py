"""Processes that multiprocessing would start, forked instead from one that has everything loaded.

A started one loads all its modules first, which takes most of a second, and hundreds of commands of tests start one
or two. A forked one holds what its parent held in mid-run: that processes are handed all that they need is seen with
real starts alone, of a build also one that is killed in build/test_cut_off.py, of a bundle in
attacks/test_cut_off_anywhere.py.
"""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing.context
import multiprocessing.forkserver
import multiprocessing.popen_forkserver
import multiprocessing.process
import multiprocessing.resource_tracker
import multiprocessing.util
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from types import FunctionType, SimpleNamespace
from typing import Any, NoReturn

_MAIN: Any = type(multiprocessing.current_process())
_start: Any = multiprocessing.util.spawnv_passfds  # type: ignore[attr-defined]


def fork_what_is_started() -> None:
    """From now on in this process, and in those that it begins."""
    multiprocessing.util.spawnv_passfds = _forked  # type: ignore[attr-defined]


def _forked(program: str, words: Sequence[str], handles: Sequence[int]) -> int:
    """The id of the process; started as ever where other threads run, whose locks a fork would hold for ever."""
    if len([*Path("/proc/self/task").iterdir()]) > 1 or "-c" not in words:
        return int(_start(program, words, handles))
    sys.stdout.flush()
    sys.stderr.flush()
    process = os.fork()
    if process == 0:
        after = words[words.index("-c") + 1 :]
        _become(after[0], after[1:], handles)
    return process


def _become(code: str, words: Sequence[str], handles: Sequence[int]) -> NoReturn:
    """Do what a new Python with `-c` does; ends the process."""
    ended = 1
    try:
        _forget_the_parent(handles)
        sys.argv = ["-c", *words]
        exec(code, {"__name__": "__main__"})
        ended = 0
    except SystemExit as end:
        ended = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001  as Python does with what nobody catches
        sys.excepthook(*sys.exc_info())
    finally:
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):  # closed by what ran
                stream.flush()
        os._exit(ended)


def _forget_the_parent(handles: Sequence[int]) -> None:
    """Close its files, and take back what it has set: a started process would know neither."""
    first = 3
    for handle in sorted(handles):
        os.closerange(first, handle)
        first = handle + 1
    os.closerange(first, os.sysconf("SC_OPEN_MAX"))
    for number in signal.valid_signals() - {signal.SIGINT}:
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)
    if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    _forget_what_it_does_at_its_end()
    multiprocessing.process._children.clear()  # type: ignore[attr-defined]
    multiprocessing.process._current_process = _MAIN()  # type: ignore[attr-defined]
    multiprocessing.util._finalizer_registry.clear()  # type: ignore[attr-defined]
    multiprocessing.forkserver._forkserver.__init__()  # type: ignore[attr-defined]
    multiprocessing.resource_tracker._resource_tracker.__init__()  # type: ignore[attr-defined,misc]


_of_the_parent: list[object] = []
"""Kept, so that nothing is ended here because nobody holds it any more."""


def _forget_what_it_does_at_its_end() -> None:
    """What the parent has open it ends itself: here only what modules do at an end, with what is opened from now on."""
    atexit._clear()
    atexit.register(multiprocessing.util._exit_function)  # type: ignore[attr-defined]
    if (worker := sys.modules.get("generator.build.worker")) is not None:
        _of_the_parent.append(dict(worker._benches))
        worker._benches.clear()
        atexit.register(worker.close)


class LoadedStarts:
    """Stands for `multiprocessing` where a module starts processes anew while threads run: they are forked elsewhere.

    What forks them has everything loaded, and runs no threads. It is not the one that workers of this process come
    from, which has loaded what it has at a user's.
    """

    def get_context(self, _: str) -> LoadedStarts:
        """Whatever is asked for."""
        return self

    def Pipe(self) -> Any:
        """Both ends of a line."""
        return multiprocessing.Pipe()

    def Process(self, *, target: Any, args: Any, daemon: bool) -> Any:
        """A process with the environment and folder of now, as a started one has them."""
        given = (dict(os.environ), str(Path.cwd()), target, args)
        return _Loaded(target=_as_if_started, args=given, daemon=daemon)


_server: Any = multiprocessing.forkserver.ForkServer()
_server.set_forkserver_preload(["tests.all_loaded"])
_asks_our_server = SimpleNamespace(
    connect_to_new_process=_server.connect_to_new_process,
    read_signed=multiprocessing.forkserver.read_signed,
)


class _LoadedPopen(multiprocessing.popen_forkserver.Popen):
    """As it is, but for the server that it asks: multiprocessing has one for the whole process."""

    _launch = FunctionType(
        multiprocessing.popen_forkserver.Popen._launch.__code__,  # type: ignore[attr-defined]
        {**vars(multiprocessing.popen_forkserver), "forkserver": _asks_our_server},
    )


class _Loaded(multiprocessing.context.ForkServerProcess):
    @staticmethod
    def _Popen(process_obj: Any) -> Any:
        return _LoadedPopen(process_obj)


def _as_if_started(environment: dict[str, str], folder: str, target: Any, given: Any) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    tempfile.tempdir = None  # asked for anew: the environment names the place
    server: Any = multiprocessing.forkserver._forkserver
    os.close(server._forkserver_alive_fd)
    server.__init__()  # workers come from one of its own, with what that is to load
    fork_what_is_started()
    target(*given)
