"""A build of 50, 500 and 5,000 pupils with four documents each: is it linear, how much memory, what if little changed?

    python -m tests.bench.bench_scale [--pupils 50 500 5000] [--engine embedded] [--keep FOLDER]

Without --engine only the Word files are made, so that 20,000 documents take minutes; LibreOffice and the built-in
engine add their own time for each document and nothing that grows. Each row is one whole `sendpack build` in a process
of its own; memory is the highest resident size that Linux noted for the command and for the largest of its workers.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.bench_build import KINDS, everyday, write_school

MOST, EVERY, TICKS = "VmHWM", 0.1, os.sysconf("SC_CLK_TCK")
"""Linux's own note of a process's highest memory, how often in seconds it is read, and ticks in a second."""


@dataclass(frozen=True)
class Run:
    """One command: seconds by the clock and of processors, and the highest memory in MB."""

    seconds: float
    processor: float
    command: float
    worker: float
    engine: float
    said: str


def family(parent: int) -> Iterator[int]:
    """A process and all that descend from it."""
    yield parent
    for task in Path(f"/proc/{parent}/task").glob("*/children"):
        for child in task.read_text("ascii").split():
            yield from family(int(child))


def seen(process: int) -> tuple[str, float, float]:
    """The name of a process, the most memory that it has held in MB, and the seconds of processor that it has used."""
    place = Path(f"/proc/{process}")
    status, used = (place / "status").read_text("utf-8"), (place / "stat").read_text("utf-8").rpartition(")")[2].split()
    found = re.search(rf"{MOST}:\s+(\d+) kB", status)
    return status.split()[1], int(found[1]) / 1024 if found else 0.0, sum(map(int, used[11:13])) / TICKS


def sendpack(school: Path, *words: str) -> Run:
    """The whole command, as a person runs it, watched from outside."""
    script = school / "run.py"
    script.write_text("from generator.cli import main\nif __name__ == '__main__': main()", "utf-8")
    only = [word for kind in KINDS for word in ("--only", kind)]
    begun = time.perf_counter()
    running = subprocess.Popen(
        [sys.executable, str(script), "build", *only, *words],
        cwd=school,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=everyday(),
    )
    peaks: dict[int, tuple[str, float, float]] = {}
    watch = threading.Thread(target=_watch, args=(running, peaks))
    watch.start()
    said = running.communicate()[0]
    seconds = time.perf_counter() - begun
    watch.join()
    assert running.returncode == 0, said
    own = peaks.pop(running.pid)
    workers = max((mb for name, mb, _ in peaks.values() if not _is_engine(name)), default=0.0)
    engines = max((mb for name, mb, _ in peaks.values() if _is_engine(name)), default=0.0)
    used = own[2] + sum(processor for _, _, processor in peaks.values())
    return Run(seconds, used, own[1], workers, engines, said.splitlines()[-1])


def _is_engine(name: str) -> bool:
    return name.startswith(("soffice", "oosplash"))


def _watch(running: subprocess.Popen[str], peaks: dict[int, tuple[str, float, float]]) -> None:
    while running.poll() is None:
        with contextlib.suppress(OSError, IndexError):  # one of them has just ended
            for process in family(running.pid):
                name, memory, used = seen(process)
                peaks[process] = (name, max(memory, peaks.get(process, ("", 0.0, 0.0))[1]), used)
        time.sleep(EVERY)


def change_one(school: Path) -> None:
    """A word in one pupil's plan, which his support plan prints."""
    plan = school / "cases" / "pupil-0007" / "plan.yaml"
    head, hope, rest = re.split(r"(?m)^(aspirations:\n  pupil: ).*$", plan.read_text("utf-8"), maxsplit=1)
    plan.write_text(f"{head}{hope}To fly {time.time_ns()} miles.{rest}", "utf-8")


def measure(folder: Path, pupils: int, words: list[str]) -> list[tuple[str, int, Run]]:
    """First build, nothing changed, one record changed."""
    school = folder / f"school-{pupils}"
    if not school.is_dir():
        write_school(school, pupils)
    rows = []
    for title in ("all made", "nothing changed", "nothing changed", "one record changed"):
        if title == "one record changed":
            change_one(school)
        rows.append((title, pupils, sendpack(school, *words)))
        print(row(*rows[-1]), flush=True)
    return rows


def row(title: str, pupils: int, run: Run) -> str:
    """A line of the table."""
    each = run.seconds / pupils / len(KINDS) * 1000
    return (
        f"| {pupils:,} | {title} | {run.seconds:,.1f} s | {run.processor:,.1f} s | {each:,.1f} ms | "
        f"{run.command:,.0f} MB | {run.worker:,.0f} MB |   {run.said}"
    )


def main() -> None:
    """Measure and print the table."""
    options = argparse.ArgumentParser()
    options.add_argument("--pupils", type=int, nargs="+", default=[50, 500, 5000])
    options.add_argument("--engine", default="", help="make the PDFs too, with this engine")
    options.add_argument("--keep", type=Path, help="a folder in which the schools are made and left")
    chosen = options.parse_args()
    words = ["--engine", chosen.engine] if chosen.engine else ["--no-pdf"]
    print("| pupils | | clock | processor | a document | the command | its largest worker |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="sendpack-bench-") as name:
        for pupils in chosen.pupils:
            measure(chosen.keep or Path(name), pupils, words)


if __name__ == "__main__":
    main()
