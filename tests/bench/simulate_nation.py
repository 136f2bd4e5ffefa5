"""Making the documents of all England's schools, simulated event by event: where does it stop getting faster?

    python -m tests.bench.simulate_nation               the tables, with the figures in figures.json
    python -m tests.bench.measure_cluster [--write]     measures those figures, and the simulator against a real cluster

The model is `sendpack build --cluster`: one program asks. It reads cases and plans, sends batches through its line to
the scheduler, which hands each to a free worker; results come back the same way and the program writes them. Each of
these does one thing at a time, in the order in which it comes. With an object store, workers fetch cases and leave
documents there themselves, and only names travel. The same seed gives the same numbers.
"""

from __future__ import annotations

import argparse
import heapq
import json
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

FIGURES = Path(__file__).with_name("figures.json")

FORGIVEN = 3
"""A batch is given to another worker as often as this (dask: `allowed-failures`); then sendpack tries its documents
one by one."""


@dataclass(frozen=True)
class Figures:
    """What one engine costs, measured: seconds of one processor, and bytes on the wire."""

    engine: str
    worker: float  # seconds that a worker needs for a document
    prepare: float  # seconds of the asking program before a document is sent: read the case, plan, pack
    settle: float  # and after it came back: compare, write two files and the manifest
    up: float  # bytes of a document's task
    down: float  # bytes of its Word file and PDF
    scheduler: float  # seconds of the scheduler for a batch, there and back
    scheduler_byte: float  # and for each byte that passes through it
    client_batch: float = 0.0  # seconds of the asking program for each batch: its side of the cluster


@dataclass(frozen=True)
class Setting:
    """How a run is set up. `line` is bytes a second each way at the asking program; failures are seconds apart."""

    documents: int
    workers: int
    batch: int = 4
    ahead: int = 1  # batches under way beyond one for each worker
    line: float = 125e6
    store: bool = False
    fetch: float = 0.02  # seconds for one request to the store: assumed, not measured
    name: float = 500.0  # bytes that travel for a document when its content goes through a store
    between_failures: float = 0.0  # of one worker; 0 is never
    restart: float = 10.0
    deadly: int = 0  # every so many documents one kills its worker each time
    seed: int = 1


@dataclass
class Line:
    """Something that does one thing at a time, in the order in which it comes."""

    free: float = 0.0
    busy: float = 0.0

    def take(self, now: float, seconds: float) -> float:
        """When it will have been done."""
        self.free = max(now, self.free) + seconds
        self.busy += seconds
        return self.free


@dataclass(frozen=True)
class Result:
    """What came of it: documents made and failed, seconds of work lost, and how busy each part was (0 to 1)."""

    seconds: float
    made: int
    failed: int
    lost: float
    deaths: int
    busy: dict[str, float]

    @property
    def rate(self) -> float:
        """Documents a second."""
        return self.made / self.seconds


@dataclass(frozen=True)
class Batch:
    """Some documents in a row, and how often a worker died of them."""

    first: int
    size: int
    deaths: int = 0
    alone: bool = False


@dataclass
class Nation:
    """One run, from event to event."""

    figures: Figures
    setting: Setting
    now: float = 0.0
    under_way: int = 0
    asked: int = 0
    made: int = 0
    failed: int = 0
    lost: float = 0.0
    deaths: int = 0
    worked: float = 0.0
    client: Line = field(default_factory=Line)
    out: Line = field(default_factory=Line)
    back: Line = field(default_factory=Line)
    scheduler: Line = field(default_factory=Line)
    events: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    waiting: deque[Batch] = field(default_factory=deque)
    suspects: deque[Batch] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.setting.seed)
        self.idle = list(range(self.setting.workers))
        self.dies_at = [self._lifetime() for _ in self.idle]
        self.count = 0

    def run(self) -> Result:
        """Until every document is made or has failed."""
        self._ask()
        while self.events:
            self.now, _, event = heapq.heappop(self.events)
            event()
        end = max(self.client.free, self.now)
        parts = {
            "asking program": self.client,
            "line out": self.out,
            "line back": self.back,
            "scheduler": self.scheduler,
        }
        busy = {name: part.busy / end for name, part in parts.items()}
        busy["workers"] = self.worked / end / self.setting.workers
        return Result(end, self.made, self.failed, self.lost, self.deaths, busy)

    def _at(self, when: float, event: Callable[[], None]) -> None:
        self.count += 1
        heapq.heappush(self.events, (when, self.count, event))

    # -- there --------------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Send batches while so many are under way as there are workers, and a few more."""
        while self.under_way < self.setting.workers + self.setting.ahead and (batch := self._next()):
            self.under_way += 1
            cost = batch.size * self.figures.prepare + self.figures.client_batch
            self._at(self.client.take(self.now, cost), lambda batch=batch: self._send(batch))  # type: ignore[misc]

    def _next(self) -> Batch | None:
        """The next documents; at the end, one by one, those of batches that killed too many workers."""
        left = self.setting.documents - self.asked
        if left:
            size = min(self.setting.batch, max(1, -(-left // self.setting.workers)))
            self.asked += size
            return Batch(self.asked - size, size)
        return self.suspects.popleft() if self.suspects and not self.under_way else None

    def _send(self, batch: Batch) -> None:
        sent = batch.size * (self.setting.name if self.setting.store else self.figures.up)
        self._at(self.out.take(self.now, sent / self.setting.line), lambda: self._schedule(batch, sent))

    def _schedule(self, batch: Batch, size: float) -> None:
        cost = self.figures.scheduler / 2 + size * self.figures.scheduler_byte
        self._at(self.scheduler.take(self.now, cost), lambda: self._give(batch))

    def _give(self, batch: Batch) -> None:
        self.waiting.append(batch)
        self._start()

    # -- at the workers -----------------------------------------------------------------------------------------------

    def _start(self) -> None:
        while self.waiting and self.idle:
            self._work(self.idle.pop(), self.waiting.popleft())

    def _work(self, worker: int, batch: Batch) -> None:
        begun, each = self.now, self.figures.worker + (2 * self.setting.fetch if self.setting.store else 0.0)
        end = begun + batch.size * each
        while self.dies_at[worker] < begun:  # it died while it had nothing to do, and was started again
            self.dies_at[worker] += self.setting.restart + self._lifetime()
        deadly = self._deadly(batch)
        death = min(self.dies_at[worker], begun + deadly * each if deadly else float("inf"))
        if death < end:
            self.worked += death - begun
            self._at(death, lambda: self._die(worker, batch, death - begun))
        else:
            self.worked += end - begun
            self._at(end, lambda: self._finish(worker, batch))

    def _deadly(self, batch: Batch) -> float:
        """After how many documents of a batch its worker dies of one; 0 when none is deadly."""
        every = self.setting.deadly
        first = -(-(batch.first + 1) // every) * every - 1 if every else -1
        return first - batch.first + 0.5 if every and first < batch.first + batch.size else 0.0

    def _lifetime(self) -> float:
        mean = self.setting.between_failures
        return self.chance.expovariate(1 / mean) if mean else float("inf")

    def _die(self, worker: int, batch: Batch, worked: float) -> None:
        self.lost += worked
        self.deaths += 1
        if self.dies_at[worker] <= self.now:
            self.dies_at[worker] = self.now + self.setting.restart + self._lifetime()
        self._at(self.now + self.setting.restart, lambda: self._free(worker))
        again = replace(batch, deaths=batch.deaths + 1)
        if again.deaths <= FORGIVEN:
            self._schedule(again, 0.0)
        elif batch.alone:
            self.failed += 1
            self._settled()
        else:
            self.suspects += [Batch(batch.first + n, 1, alone=True) for n in range(batch.size)]
            self._settled()

    def _free(self, worker: int) -> None:
        self.idle.append(worker)
        self._start()

    # -- and back -----------------------------------------------------------------------------------------------------

    def _finish(self, worker: int, batch: Batch) -> None:
        self._free(worker)
        size = batch.size * (self.setting.name if self.setting.store else self.figures.down)
        cost = self.figures.scheduler / 2 + size * self.figures.scheduler_byte
        self._at(self.scheduler.take(self.now, cost), lambda: self._return(batch, size))

    def _return(self, batch: Batch, size: float) -> None:
        self._at(self.back.take(self.now, size / self.setting.line), lambda: self._receive(batch))

    def _receive(self, batch: Batch) -> None:
        cost = 0.0 if self.setting.store else batch.size * self.figures.settle
        self._at(self.client.take(self.now, cost), lambda: self._settle(batch))

    def _settle(self, batch: Batch) -> None:
        self.made += batch.size
        self._settled()

    def _settled(self) -> None:
        self.under_way -= 1
        self._ask()


def simulate(figures: Figures, setting: Setting) -> Result:
    """One run."""
    return Nation(figures, setting).run()


def read_figures(place: Path = FIGURES) -> dict[str, Figures]:
    """The measured figures, by engine."""
    return {row["engine"]: Figures(**row) for row in json.loads(place.read_text("utf-8"))["figures"]}


# -- the tables -------------------------------------------------------------------------------------------------------

SCHOOLS, PUPILS, KINDS = 24_000, 70, 4
SAMPLE = 20_000
"""Documents that are simulated; all of England is as many times this, at the same rate."""

README = Path(__file__).with_name("README.md")
MARKS = ("<!-- nation -->", "<!-- /nation -->")
NAMES = {"embedded": "built-in engine", "libreoffice": "LibreOffice"}


def england(result: Result) -> str:
    """Hours for all documents of all schools, once."""
    return f"{SCHOOLS * PUPILS * KINDS / result.rate / 3600:,.0f} h"


def fullest(result: Result) -> str:
    """What is busiest, which is what another worker would wait for."""
    name = max(result.busy, key=lambda part: result.busy[part])
    return f"{name} {result.busy[name]:.0%}"


def settings(batch: int) -> list[tuple[str, Setting]]:
    """What is asked of the simulation, in words and in numbers."""
    base = Setting(SAMPLE, 16, batch)
    rows = [(f"{n} workers" if n > 1 else "1 worker", replace(base, workers=n)) for n in (1, 4, 16, 32, 64, 128)]
    rows += [(f"{n} workers, a line of 10 Mbit/s", replace(base, workers=n, line=1.25e6)) for n in (4, 64)]
    rows += [(f"{n} workers, an object store", replace(base, workers=n, store=True)) for n in (16, 64, 128)]
    rows += [(f"64 workers, batches of {n}", replace(base, workers=64, batch=n)) for n in (1, 4, 40) if n != batch]
    rows += [("16 workers, each dies every ten minutes", replace(base, between_failures=600.0))]
    rows += [("16 workers, one document in 1,000 kills its worker", replace(base, deadly=1000))]
    return rows


def row(figures: Figures, title: str, setting: Setting) -> str:
    """One line of the table."""
    result = simulate(figures, setting)
    lost = result.lost / (setting.workers * result.seconds)
    cells = (title, f"{result.rate:,.1f}", england(result), fullest(result), f"{lost:.1%}" if lost else "")
    return f"| {' | '.join(cells)} |"


def table(figures: Figures) -> list[str]:
    """A table for one engine."""
    batch = 40 if figures.engine == "libreoffice" else 4
    head = f"{NAMES[figures.engine]}, batches of {batch}"
    lines = [f"| {head} | documents a second | all England | busiest | lost work |", "|---|---|---|---|---|"]
    return lines + [row(figures, title, setting) for title, setting in settings(batch)]


def text() -> str:
    """The tables of all engines."""
    measured = read_figures()
    return "\n\n".join("\n".join(table(measured[engine])) for engine in NAMES)


def main() -> None:
    """Print the tables, or put them into the README beside this file."""
    options = argparse.ArgumentParser()
    options.add_argument("--write", action="store_true", help="put the tables into the README beside this file")
    tables = text()
    print(tables)
    if options.parse_args().write:
        before, _, rest = README.read_text("utf-8").partition(MARKS[0])
        _, _, after = rest.partition(MARKS[1])
        README.write_text(f"{before}{MARKS[0]}\n{tables}\n{MARKS[1]}{after}", "utf-8")


if __name__ == "__main__":
    main()
