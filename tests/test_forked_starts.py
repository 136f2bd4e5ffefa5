"""Processes forked instead of started are as started ones where it can be seen."""

from __future__ import annotations

import os
import subprocess
import sys
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from generator.build.worker_pool import Here
from generator.submission.wish_and_submission import WORKERS_LOAD
from tests.example_school import ROOT
from tests.forked_command import can_fork
from tests.forked_starts import LoadedStarts

pytestmark = [pytest.mark.whole, pytest.mark.skipif(not can_fork({}), reason="nothing is forked here")]


def tell(line: Connection) -> None:
    """Whether every module is loaded in this process, and where those that it begins for workers would come from."""
    import multiprocessing.forkserver

    line.send(("tests.all_loaded" in sys.modules, multiprocessing.forkserver._forkserver._forkserver_address))  # type: ignore[attr-defined]


def test_what_workers_come_from_is_not_what_processes_beside_the_page_come_from() -> None:
    """Whichever was begun first: else what it has loaded would depend on the order of the test files."""
    starts, told = LoadedStarts(), {}
    for name in ("beside", "workers"):
        ours, theirs = starts.Pipe()
        if name == "beside":
            process = starts.Process(target=tell, args=(theirs,), daemon=True)
            process.start()
        else:
            process = Here(2, WORKERS_LOAD).clean_process(tell, theirs)
        theirs.close()
        told[name] = ours.recv()
        process.join()
    assert told["beside"] == (True, None), "and it has no server yet, as a process that was started"
    assert told["workers"][0] is False


ENDED = """
import atexit, os, sys
from pathlib import Path
import multiprocessing.util
from generator.build import worker
from tests.forked_starts import fork_what_is_started

class Bench:
    def close(self):
        print("bench closed by", "parent" if os.getpid() == parent else "child")

parent = os.getpid()
fork_what_is_started()
atexit.register(print, "end of the parent")
worker._benches["a"] = Bench()
worker.Bench = Bench
code = (
    "import atexit; from generator.build import worker; "
    "atexit.register(print, 'end of the child'); print(worker._benches); worker._benches['b'] = worker.Bench()"
)
os.waitpid(multiprocessing.util.spawnv_passfds(sys.executable, [sys.executable, "-c", code], []), 0)
"""


def test_a_forked_process_ends_with_what_it_has_to_do_itself(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", ENDED],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.splitlines() == [
        *("{}", "end of the child", "bench closed by child"),
        *("end of the parent", "bench closed by parent"),
    ], said.stderr
