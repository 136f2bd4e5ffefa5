"""Pools whose processes end in the middle of what they do are ended too, and wait for nothing that never comes."""

from __future__ import annotations

import os
import struct
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

import pytest

from generator.build.worker_pool import Here
from generator.files.programs_beside.process_pools import end_pool

pytestmark = [
    pytest.mark.whole,
    pytest.mark.skipif(
        sys.platform == "win32", reason="a result is half written by hand, into a pipe of Linux or a Mac"
    ),
]


def half_told(place: str, dies: bool) -> None:
    """Writes the beginning of a result, as a process does that is ended while it tells what it made."""
    frame = sys._getframe()
    while "result_queue" not in frame.f_locals:
        assert frame.f_back is not None
        frame = frame.f_back
    os.write(frame.f_locals["result_queue"]._writer.fileno(), struct.pack("!i", 1000) + b"half")
    Path(place).touch()
    if dies:
        os._exit(1)
    time.sleep(600)


def pool_with_half_a_result(folder: Path, *, dies: bool) -> tuple[ProcessPoolExecutor, threading.Event]:
    """The pool, and what is set once its work has failed."""
    pool, failed = ProcessPoolExecutor(1, mp_context=get_context("spawn")), threading.Event()
    work = pool.submit(half_told, str(folder / "told"), dies)
    work.add_done_callback(lambda done: failed.set() if isinstance(done.exception(), BrokenProcessPool) else None)
    while not (folder / "told").exists():
        assert not work.done()
        time.sleep(0.01)
    return pool, failed


def test_a_pool_is_ended_while_a_process_tells_what_it_made(tmp_path: Path) -> None:
    pool, failed = pool_with_half_a_result(tmp_path, dies=False)
    ending = threading.Thread(target=lambda: end_pool(pool, now=True), daemon=True)
    ending.start()
    ending.join(120)
    assert not ending.is_alive() and failed.is_set()


def test_a_process_that_dies_while_it_tells_what_it_made_breaks_its_pool(tmp_path: Path) -> None:
    site = Here(1)
    site._pool, failed = pool_with_half_a_result(tmp_path, dies=True)
    while not failed.wait(0.1):
        site.still_there()
    site.close(now=True)
