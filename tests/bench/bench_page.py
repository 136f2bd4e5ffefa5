"""How fast the local page is: 500 pupils, saving, findings, the document beside the form.

`python -m tests.bench.bench_page` prints a table: seconds of the clock, and of the processor, which other work on the
machine does not change. Pages are asked for as a browser asks, without the browser's own drawing.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.big_school import write_school
from tests.web.client import Page
from tests.web.conftest import REPO, opened
from tests.web.test_server import ask, running

PUPILS, ROUNDS = 500, 12


def timed(what: Callable[[int], object], rounds: int = ROUNDS) -> tuple[list[float], float]:
    """Milliseconds of the clock for each round, and the median of the processor's."""
    clock, processor = [], []
    for number in range(rounds):
        start, work = time.perf_counter(), time.process_time()
        what(number)
        clock.append((time.perf_counter() - start) * 1000)
        processor.append((time.process_time() - work) * 1000)
    return sorted(clock), statistics.median(processor)


def told(name: str, limit: str, found: tuple[list[float], float]) -> str:
    """One row of the table."""
    clock, processor = found
    p95 = clock[min(len(clock) - 1, round(len(clock) * 0.95))]
    return f"| {name} | {limit} | {statistics.median(clock):.0f} ms | {p95:.0f} ms | {processor:.0f} ms |"


def first_page(folder: Path) -> tuple[float, float]:
    """Seconds from the command to the first page, and megabytes that the server then holds."""
    start = time.perf_counter()
    with running(folder) as (process, address):
        cookie = str(ask(address).getheader("Set-Cookie")).partition(";")[0]
        assert ask(address.partition("/begin")[0] + "/", Cookie=cookie).status == 200
        took = time.perf_counter() - start
        held = Path(f"/proc/{process.pid}/status")
        lines = held.read_text("ascii").splitlines() if held.is_file() else []
        memory = next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)
    return took, memory


def pictures(page: Page, field: str) -> tuple[list[float], float]:
    """From the pause in writing to the picture of the page, for the record that is open."""
    where, said = page.address, page.answers

    def write(number: int) -> None:
        page.post(f"{where}/preview", {**said, field: [f"Words {number}"]})
        source = page.root.xpath("//img/@src")[0]
        page.client.get(source, headers={"Host": page.host}).close()

    write(99)
    return timed(write, 30)


def saves(page: Page, name: str) -> tuple[list[float], float]:
    """Saving one changed answer, with the page that follows it."""

    def save(number: int) -> None:
        page.record(f"cases/{name}/pupil.yaml")
        answers: Mapping[str, list[str]] = {**page.answers, "class": [f"4{number}"]}
        start.append(time.perf_counter())
        page.send(dict(answers))
        end.append(time.perf_counter())

    start: list[float] = []
    end: list[float] = []
    _, processor = timed(save)
    return sorted((after - before) * 1000 for before, after in zip(start, end, strict=True)), processor


def plan_of(page: Page) -> str:
    """Open the plan of the longest example; gives its address."""
    page.record("cases/ada-brown/plan.yaml")
    return page.address


def main() -> None:
    """Measure, and print the table."""
    with tempfile.TemporaryDirectory() as place:
        folder = write_school(Path(place) / "school", PUPILS, PUPILS)
        took, memory = first_page(folder)
        page = opened(folder, "senco")
        names = sorted(path.name for path in (folder / "cases").iterdir() if path.is_dir())
        reading = time.perf_counter()
        workplace = page.client.application.extensions["sendpack"]
        for name in names:
            workplace.folder.pupil(name)
        reading = time.perf_counter() - reading
        rows = [told(f"page of {PUPILS} pupils", "300 ms", timed(lambda _: page.get("/")))]
        rows.append(told("page of a pupil", "200 ms", timed(lambda n: page.pupil(names[n]))))
        example = opened(REPO, "senco")  # nothing is saved there
        address = plan_of(example)
        answers = example.answers
        look = timed(lambda n: example.post(f"{address}/look", {**answers, "version": [f"{n}"]}))
        rows.append(told("findings of the form", "300 ms", look))
        for kind, field in (("profile", "based_on"), ("cycles/2026-autumn", "title")):
            example.record(f"cases/ada-brown/{kind}.yaml")
            rows.append(told(f"picture of {kind}", "200 ms, p95 500 ms", pictures(example, field)))
        rows.append(told("saving", "300 ms", saves(page, names[0])))
        workplace.close()
        example.client.application.extensions["sendpack"].close()
    print(
        f"first page after {took:.2f} s (limit 1 s), {memory:.0f} MB (limit 150 MB); all pupils read in {reading:.1f} s"
    )
    print("| | limit | median | p95 | processor of the server |\n|---|---|---|---|---|")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
