"""The command in a process of its own that begins with every module loaded: forked from one that did nothing else.

Loading modules anew takes most of what a short command needs, and tests run hundreds. A forked process has its own
folder, environment, streams and end like one that was started; what a start itself loads has tests with real starts
(tests/cli/test_start.py).
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO, NoReturn

from tests.forked_starts import fork_what_is_started

ROOT = Path(__file__).parent.parent
_ONE_AT_A_TIME = threading.Lock()


def can_fork(environment: Mapping[str, str]) -> bool:
    """Whether a command with these changes of its environment may be forked: not where they are told to a start."""
    measured = any(name.startswith("COVERAGE_PROCESS") for name in os.environ)
    return sys.platform == "linux" and not measured and not any(name.startswith("PYTHON") for name in environment)


def run(words: Sequence[str], cwd: Path, environment: Mapping[str, str], timeout: float) -> tuple[int, str, str]:
    """How the command ended, and what it wrote on each stream. Raises subprocess.TimeoutExpired."""
    with (
        _ONE_AT_A_TIME,
        tempfile.TemporaryFile() as task,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        task.write(json.dumps({"words": [*words], "cwd": str(cwd), "environment": {**environment}}).encode())
        task.flush()
        server = _server()
        server.settimeout(timeout)
        socket.send_fds(server, [b"run"], [task.fileno(), out.fileno(), err.fileno()])
        process = int(server.recv(100))
        try:
            code = int(server.recv(100))
        except TimeoutError:
            os.kill(process, signal.SIGKILL)
            server.recv(100)
            raise subprocess.TimeoutExpired([*words], timeout) from None
        return code, _text(out), _text(err)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8").replace("\r\n", "\n")


@cache
def _server() -> socket.socket:
    """The way to this test process's server, which ends with it."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    code = f"from tests.forked_command import serve; serve({its.fileno()})"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    server = subprocess.Popen(
        [sys.executable, "-c", code], cwd="/", env=environment, stdin=subprocess.DEVNULL, pass_fds=[its.fileno()]
    )
    its.close()

    def end() -> None:
        ours.close()
        server.wait()

    atexit.register(end)
    return ours


# -- in the server ----------------------------------------------------------------------------------------------------


def serve(handle: int) -> None:
    """Load everything, then fork a process for each command; ends when the tests' process is gone."""
    importlib.import_module("tests.all_loaded")
    with socket.socket(fileno=handle) as asked:
        while True:
            _, handles, *_ = socket.recv_fds(asked, 10, 3)
            if not handles:
                return
            process = os.fork()
            if process == 0:
                asked.close()
                _become_the_command(*handles)
            for one in handles:
                os.close(one)
            asked.send(str(process).encode())
            _, status = os.waitpid(process, 0)
            asked.send(str(os.waitstatus_to_exitcode(status)).encode())


def _become_the_command(task: int, out: int, err: int) -> NoReturn:
    """Do what is asked as a process that was started for it would; ends the process."""
    from generator.cli import main

    with open(task, "rb") as file:
        file.seek(0)
        wanted = json.load(file)
    for handle, number in ((out, 1), (err, 2)):
        os.dup2(handle, number)
        os.close(handle)
    os.chdir(wanted["cwd"])
    os.environ.clear()
    os.environ.update(wanted["environment"])
    tempfile.tempdir = None  # asked for anew: the environment names the place
    time.tzset()
    sys.argv = ["-c", *wanted["words"]]
    fork_what_is_started()
    code = 0
    try:
        main()
    except SystemExit as end:
        code = exit_code(end.code)
    finally:  # an end without giving back the memory of every module, which takes longer than a short command
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def exit_code(told: object) -> int:
    """The number with which a process ends that is told to end so; as Python does, words go to the error stream."""
    if told is None:
        return 0
    if isinstance(told, int):
        return told & 0xFF
    print(told, file=sys.stderr)
    return 1
