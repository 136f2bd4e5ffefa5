"""How long putting a bundle together takes, against qpdf and pypdf alone, in one run.

    python -m tests.bench.bench_bundle [--rounds 5] [--readme]

30 files, 500 pages, about 127 MB: 14 scans of 17 pages, 6 tagged texts of 30, 10 drawings of 8 or 9; and then every
file twice, to see that 1,000 pages take twice as long. Each way runs in a fresh process (start and imports counted),
all ways in turn, and the medians are compared. Evidence is taken in beforehand, as it is when a bundle is built again:
that time is printed by itself.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

WAYS = ("qpdf", "pypdf", "plain", "tags", "verified")
_NAMES = {
    "qpdf": "`qpdf --empty --pages`, merge only",
    "pypdf": "pypdf `append`, merge only",
    "plain": "sendpack: page numbers, links, bookmarks; no tags",
    "tags": "sendpack: the same with tags, as in every bundle",
    "verified": "sendpack: the same, and everything read back",
}
MARKS = ("<!-- bundle-bench -->", "<!-- /bundle-bench -->")
PAGES = 500


@dataclass
class Figures:
    """Of one way: seconds by the clock and of the processor, round by round; the most memory in MB."""

    clock: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)
    memory: float = 0

    @property
    def seconds(self) -> float:
        """The median by the clock."""
        return statistics.median(self.clock)

    @property
    def processor(self) -> float:
        """The median of the processor."""
        return statistics.median(self.work)


def make_files(folder: Path) -> list[Path]:
    """The 30 files, made in a few seconds."""
    import pikepdf

    from tests.bundle_makers import docx, office

    jpegs = [_noisy_jpeg(seed) for seed in range(17)]
    paths = []
    for number in range(14):
        paths.append(folder / f"scan-{number:02}.pdf")
        pdf = pikepdf.new()
        for jpeg in jpegs:
            _jpeg_page(pdf, jpeg)
        pdf.save(paths[-1])
    line = "Ada chose the book, read two pages aloud and talked about what the fox wanted. " * 5
    paths += [folder / f"text-{number:02}.pdf" for number in range(6)]
    paragraphs: list[tuple[str, str] | str] = []
    for week in range(30):
        paragraphs += [("Heading 1", f"Week {week + 1}"), *[line] * 5]
    text = office([_one_week_a_page(docx("Log", paragraphs))])[0]
    for path in paths[14:]:
        path.write_bytes(text)
    for number in range(10):
        paths.append(folder / f"drawing-{number:02}.pdf")
        _drawing(paths[-1], 9 if number < 2 else 8, number)
    return paths


def _noisy_jpeg(seed: int) -> bytes:
    """A page of 200 dots an inch that weighs about as much as a real scan."""
    from PIL import Image

    noise = Image.frombytes("L", (827, 1170), random.Random(seed).randbytes(827 * 1170)).resize((1654, 2339))
    out = io.BytesIO()
    Image.blend(noise, Image.new("L", noise.size, 230), 0.86).save(out, "JPEG", quality=70)
    return out.getvalue()


def _jpeg_page(pdf: object, jpeg: bytes) -> None:
    import pikepdf
    from pikepdf import Dictionary, Name

    assert isinstance(pdf, pikepdf.Pdf)
    page = pdf.add_blank_page(page_size=(595, 842))
    image = pdf.make_stream(jpeg)
    image.Type, image.Subtype, image.Filter, image.ColorSpace = (
        Name.XObject,
        Name.Image,
        Name.DCTDecode,
        Name.DeviceGray,
    )
    image.Width, image.Height, image.BitsPerComponent = 1654, 2339, 8
    page.obj.Resources = Dictionary(XObject=Dictionary(Im=image))
    page.obj.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im Do Q")


def _one_week_a_page(content: bytes) -> bytes:
    from docx import Document

    document = Document(io.BytesIO(content))
    for paragraph in document.paragraphs:
        if paragraph.style is not None and paragraph.style.name == "Heading 1":
            paragraph.paragraph_format.page_break_before = paragraph.text != "Week 1"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _drawing(path: Path, pages: int, seed: int) -> None:
    import pikepdf

    chance = random.Random(seed)
    pdf = pikepdf.new()
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(842, 595))
        lines = (" ".join(f"{chance.random() * 800:.2f}" for _ in range(2)) for _ in range(6000))
        page.obj.Contents = pdf.make_stream(("0 0 m " + " l ".join(lines) + " l S").encode())
    pdf.save(path)


def take_in(paths: list[Path], folder: Path) -> float:
    """Every file made clean and tagged, as intake leaves it; how many seconds that took in one process."""
    from generator.bundle.evidence.intake_notes import Notes
    from generator.bundle.evidence.sanitise import IntakeWish, clean_pdf

    started = time.perf_counter()
    counts = []
    for path in paths:
        content, account = clean_pdf(path.read_bytes(), IntakeWish(path.stem), Notes("PDF"))
        (folder / path.name).write_bytes(content)
        counts.append(account.pages)
    (folder.parent / "counts.json").write_text(json.dumps(counts))
    return time.perf_counter() - started


def timed(way: str, out: Path, paths: list[Path]) -> tuple[float, float, float]:
    """Seconds, processor seconds and peak memory in MB of one way in a process of its own."""
    if way == "qpdf":
        command = ["qpdf", "--empty", "--pages", *map(str, paths), "--", str(out)]
    else:
        command = [sys.executable, "-m", "tests.bench.bundle_way", way, str(out), *map(str, paths)]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=sys.stderr)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in (0, 3), f"{way} failed"
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    """Make the files, run every way in turn, print the table, and write it into the README when asked."""
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--readme", action="store_true", help="write the table into docs/bundle.md")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="sendpack-bench-") as name:
        text = measure(Path(name), chosen.rounds)
    print(text)
    if chosen.readme:
        readme = Path(__file__).parents[2] / "docs" / "bundle.md"
        before, _, rest = readme.read_text("utf-8").partition(MARKS[0])
        _, _, after = rest.partition(MARKS[1])
        readme.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{after}", "utf-8")


def measure(folder: Path, rounds: int) -> str:
    """All ways with every file once, then sendpack's with every file twice."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as other:
        raw = other.submit(prepare, folder).result()  # a big process would count as memory of those it starts
    clean = [folder / "clean" / path.name for path in raw]
    counts = json.loads((folder / "counts.json").read_text())
    assert sum(counts) == PAGES, counts
    once = in_turn(folder, [way for way in WAYS if way != "qpdf" or shutil.which("qpdf")], raw, clean, rounds)
    (folder / "counts.json").write_text(json.dumps(counts * 2))
    twice = in_turn(folder, ["tags", "verified"], raw * 2, clean * 2, rounds)
    return table(once, twice, sum(path.stat().st_size for path in raw) / 1e6, rounds)


def prepare(folder: Path) -> list[Path]:
    """The files as they are, and in `clean` as they are taken in."""
    raw = make_files(folder)
    (folder / "clean").mkdir()
    print(f"taken in, one process: {take_in(raw, folder / 'clean'):.1f} s")
    return raw


def in_turn(folder: Path, ways: Sequence[str], raw: list[Path], clean: list[Path], rounds: int) -> dict[str, Figures]:
    """Every way once in each round, so that whatever else the machine does hits all alike."""
    found = {way: Figures() for way in ways}
    for _ in range(rounds):
        for way in ways:
            took, worked, peak = timed(way, folder / f"{way}.pdf", raw if way in ("qpdf", "pypdf", "plain") else clean)
            found[way].clock.append(took)
            found[way].work.append(worked)
            found[way].memory = max(found[way].memory, peak)
    return found


def table(once: dict[str, Figures], twice: dict[str, Figures], size: float, rounds: int) -> str:
    """The table for the README, and what became of time and memory when there was twice as much."""
    base = once[next(iter(once))]
    lines = [
        f"How long it takes to put 30 files of evidence together ({PAGES} pages, {size:.0f} MB), measured beside qpdf",
        "on the same machine:",
        "",
        "| | time | × qpdf | processor | × qpdf | memory | × input |",
        "|---|---|---|---|---|---|---|",
    ]
    for way, got in once.items():
        lines.append(
            f"| {_NAMES[way]} | {got.seconds:.1f} s | {got.seconds / base.seconds:.1f} | {got.processor:.1f} s "
            f"| {got.processor / base.processor:.1f} | {got.memory:.0f} MB | {got.memory / size:.1f} |"
        )
    tags, read = (twice[way].processor / once[way].processor for way in ("tags", "verified"))
    more = twice["verified"].memory / once["verified"].memory
    return "\n".join(
        [
            *lines,
            "",
            f"Medians of {rounds} rounds on {os.cpu_count()} processors with other work going on: the ratios say more",
            f"than the seconds. Twice the files ({PAGES * 2:,} pages) take {tags:.1f} times the processor time,",
            f"{read:.1f} times with everything read back, and {more:.1f} times the memory.",
            "`python -m tests.bench.bench_bundle --readme` measures it again.",
        ]
    )


if __name__ == "__main__":
    main()
