"""What the simulation of all schools is fed with, measured, and how well it foretells a real cluster.

    python -m tests.bench.measure_cluster [--pupils 20] [--engines none embedded libreoffice] [--write]

The figures are seconds of processor, so other work on the machine matters little. The foretelling is of time by the
clock: a real scheduler with two workers makes all documents of a school, and the simulation says how long that takes,
with its figures stretched by what two workers without a cluster took by the clock just before and just after.
"""

from __future__ import annotations

import argparse
import json
import operator
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from statistics import mean
from typing import Any

from generator.build import worker as work
from generator.build.build_documents import Order, build, habit
from generator.build.dask_cluster import Cluster
from generator.build.out_of_date import Outcome, Planner
from generator.build.worker import Made, Task
from generator.build.worker_pool import Here
from generator.engines import Engine, choose
from generator.folder.school_folder import Project, case_names, find_project
from tests.bench.bench_build import KINDS, _processor, everyday, write_school
from tests.bench.bench_scale import TICKS
from tests.bench.simulate_nation import FIGURES, Figures, Setting, simulate

WARM = 4
"""Seconds in which two processes have surely started and loaded everything."""


def tasks_of(project: Project, engine: Engine | None) -> list[Task]:
    """Every document of the school as a task, as a first build would send it."""
    planner = Planner(project, engine, order(engine))
    plans = [plan for name in case_names(project) for plan in planner.plans(name) if not isinstance(plan, Outcome)]
    return [plan.task(number) for number, plan in enumerate(plans, 1)]


def order(engine: Engine | None) -> Order:
    """The four kinds of document of the bench's schools."""
    return Order(KINDS, pdf=engine is not None)


def batches(tasks: Sequence[Task], size: int) -> Iterator[Sequence[Task]]:
    """The tasks, so many at a time."""
    for start in range(0, len(tasks), size):
        yield tasks[start : start + size]


class Replay:
    """A site that has every document ready: what is left is the cost of the program that asks."""

    workers = 2

    def __init__(self, made: Sequence[tuple[Task, Made]]) -> None:
        self._made = {task.name: done for task, done in made}

    def get_ready(self) -> None: ...

    def submit(self, kit: bytes, tasks: Sequence[Task]) -> Future[list[Made]]:
        work.pack(tasks)
        future: Future[list[Made]] = Future()
        future.set_result([replace(self._made[task.name], number=task.number) for task in tasks])
        return future

    def renew(self) -> None: ...

    def still_there(self) -> None: ...

    def close(self, *, now: bool) -> None: ...


# -- the figures ------------------------------------------------------------------------------------------------------


def measure(school: Path, engine: Engine | None, scheduler: tuple[float, float, float]) -> Figures:
    """What a document costs with one engine; `scheduler` is seconds for a batch, for a byte, and at the asking side."""
    project, size = find_project(school), habit(engine).most
    tasks_of(project, engine)  # loads what must be loaded
    begun = _processor()
    tasks = tasks_of(project, engine)
    sent = [work.pack(batch) for batch in batches(tasks, size)]
    prepare = (_processor() - begun) / len(tasks)
    kit = work.kit(project.schemas, project.template_folders, engine)
    work.work(kit, tasks[:2])
    begun = _processor()
    made = [done for batch in batches(tasks, size) for done in zip(batch, work.work(kit, batch), strict=True)]
    work.close()  # counts a program that the engine started
    worker = (_processor() - begun) / len(tasks)
    assert not any(done.failed for _, done in made)
    down = mean(len(pickle.dumps(done)) for _, done in made)
    begun = _processor()
    build(project, case_names(project), engine, order(engine), lambda _: None, Replay(made))
    settle = max(0.0, (_processor() - begun) / len(tasks) - prepare)
    up = sum(map(len, sent)) / len(tasks)
    name = engine.name if engine else "none"
    return Figures(name, worker, prepare, settle, up, down, scheduler[0], scheduler[1], scheduler[2])


def measure_scheduler(address: str, process: int) -> tuple[float, float, float]:
    """Seconds of the scheduler for a batch and for a byte that passes it; seconds of the asking side for a batch."""
    from distributed import Client

    def used() -> float:
        return sum(map(int, Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[11:13])) / TICKS

    connect: Any = Client
    client: Any = connect(address, set_as_default=False)
    try:
        pool = client.get_executor(pure=False)
        before, own = used(), time.process_time()
        for future in [pool.submit(operator.add, 1, number) for number in range(1500)]:
            future.result()
        each, asking = (used() - before) / 1500, (time.process_time() - own) / 1500
        load, before = os.urandom(640_000), used()
        for number in range(60):
            pool.submit(operator.add, load, bytes([number])).result()
        byte = max(0.0, (used() - before - 60 * each) / (60 * 2 * len(load)))
    finally:
        client.close()
    return each, byte, asking


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, int]]:
    """A real scheduler and two workers, ended afterwards: its address, and the scheduler's process."""
    log = folder / "scheduler.log"
    running = [_program(log, "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")]
    try:
        while "Scheduler at:" not in (said := log.read_text("utf-8")):
            time.sleep(0.1)
        address = next(line.split()[-1] for line in said.splitlines() if "Scheduler at:" in line)
        for number in (1, 2):
            words = ("dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
            running.append(_program(folder / f"worker-{number}.log", *words))
        yield address, running[0].pid
    finally:
        for process in running:
            process.kill()
            process.wait()


def _program(log: Path, name: str, *words: str) -> subprocess.Popen[bytes]:
    code = f"import sys; from distributed.cli.{name} import main; sys.argv = ['x', *{list(words)!r}]; main()"
    with log.open("wb") as said:
        return subprocess.Popen(
            [sys.executable, "-c", f"if __name__ == '__main__': {code}"],
            env=everyday(),
            cwd=log.parent,
            stdout=said,
            stderr=said,
        )


# -- does it foretell? ------------------------------------------------------------------------------------------------


def stretch(kit: bytes, tasks: Sequence[Task], figures: Figures, most: int) -> float:
    """How much longer than its seconds of processor a document takes by the clock now, two at once, with no cluster."""
    site, begun = Here(2), time.perf_counter()
    while time.perf_counter() - begun < WARM:
        for warm in [site.submit(kit, tasks[:4]) for _ in range(2)]:
            warm.result()
    begun = time.perf_counter()
    for future in [site.submit(kit, batch) for batch in batches(tasks, min(most, len(tasks) // 2))]:
        future.result()
    seconds = time.perf_counter() - begun
    site.close(now=False)
    return seconds * 2 / len(tasks) / figures.worker


def foretell(school: Path, engine: Engine | None, figures: Figures, address: str) -> tuple[int, float, float]:
    """Documents, seconds that the simulation says, and seconds that the real cluster took."""
    project, batch = find_project(school), habit(engine).most
    tasks, kit = tasks_of(project, engine)[:48], work.kit(project.schemas, project.template_folders, engine)
    slow = [stretch(kit, tasks, figures, batch)]
    site = Cluster(address, engine.about() if engine else "")
    try:
        while site.workers < 2:
            time.sleep(0.1)
        for warm in [site.submit(kit, [task]) for task in tasks[:4]]:
            warm.result()
        begun = time.perf_counter()
        outcomes = build(project, case_names(project), engine, order(engine), lambda _: None, site)
        took = time.perf_counter() - begun
    finally:
        site.close(now=False)
    assert {outcome.state for outcome in outcomes} == {"made"}
    slow.append(stretch(kit, tasks, figures, batch))
    names = ("worker", "prepare", "settle", "scheduler", "scheduler_byte", "client_batch")
    now = replace(figures, **{name: getattr(figures, name) * mean(slow) for name in names})
    said = simulate(now, Setting(len(outcomes), 2, batch, line=float("inf"))).seconds
    return len(outcomes), said, took


def main() -> None:
    """Measure, compare, print; keep the figures when asked."""
    options = argparse.ArgumentParser()
    options.add_argument("--pupils", type=int, default=20)
    options.add_argument("--engines", nargs="+", default=["none", "embedded", "libreoffice"])
    options.add_argument("--write", action="store_true", help=f"keep the figures in {FIGURES.name}")
    chosen = options.parse_args()
    rows = []
    with tempfile.TemporaryDirectory(prefix="sendpack-bench-") as name, cluster(Path(name)) as (address, process):
        scheduler = measure_scheduler(address, process)
        for engine_name in chosen.engines:
            engine = None if engine_name == "none" else choose(engine_name)
            figures = measure(write_school(Path(name) / f"{engine_name}-1", chosen.pupils), engine, scheduler)
            print(json.dumps(asdict(figures)), flush=True)
            rows.append(figures)
            school = write_school(Path(name) / f"{engine_name}-2", chosen.pupils)
            count, said, took = foretell(school, engine, figures, address)
            print(
                f"two workers, {count} documents: foretold {said:.1f} s, took {took:.1f} s, {said / took:.2f} of it",
                flush=True,
            )
            if engine:
                engine.close()
    if chosen.write:
        FIGURES.write_text(json.dumps({"figures": [asdict(row) for row in rows]}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
