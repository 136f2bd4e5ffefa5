"""What a program waits for a processor is told apart from what it takes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.files.programs_beside.processor_waits import ProcessorWaits
from tests.conftest import absent

BUSY = "while True: pass"


@pytest.fixture(autouse=True)
def told() -> None:
    """The kernel counts what a program runs and waits: Linux alone does, and one that is built without does not."""
    if sys.platform != "linux":
        pytest.skip("only Linux tells it")
    counted = Path("/proc/self/schedstat")
    if not counted.exists() or counted.read_text("ascii").split()[0] == "0":
        absent("this Linux does not count what a program waits for a processor")


@pytest.mark.whole
def test_two_busy_programs_on_one_processor_wait_and_an_idle_one_does_not() -> None:
    commands = [[sys.executable, "-c", code] for code in (BUSY, BUSY, "print(flush=True); input()")]
    pipe = subprocess.PIPE
    busy, other, idle = (subprocess.Popen(one, stdin=pipe, stdout=pipe, start_new_session=True) for one in commands)
    try:
        for process in (busy, other):
            os.sched_setaffinity(process.pid, {min(os.sched_getaffinity(0))})
        assert idle.stdout is not None and idle.stdout.readline().strip() == b"", "it sleeps from here on"
        waits, asleep = ProcessorWaits([busy.pid]), ProcessorWaits([idle.pid])
        nobody = ProcessorWaits([])
        while waits.seconds() < 0.2:
            time.sleep(0.01)
        assert asleep.seconds() < waits.seconds() and nobody.seconds() == 0
    finally:
        for process in (busy, other, idle):
            process.kill()
            process.communicate()


def test_a_program_that_ends_while_it_is_looked_at_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked whether a file of a program that has just ended is there, Linux says that there is no such program."""

    asked = Path.stat

    def gone(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.match("/proc/[0-9]*/*"):
            raise ProcessLookupError
        return asked(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", gone)
    assert ProcessorWaits([os.getsid(0)]).seconds() >= 0
