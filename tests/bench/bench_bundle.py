"""How long putting a bundle together takes, against qpdf and pypdf alone, in one run.

    python -m tests.bench.bench_bundle [--rounds 5] [--double]

30 files, 500 pages, about 100 MB: 14 scans of 17 pages, 6 tagged texts of 30, 10 drawings of 8 or 9. Each way runs in
a fresh process (start and imports counted), all ways in turn, and the medians are compared. Evidence is taken in
beforehand, as it is when a bundle is built again: that time is printed by itself.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WAYS = ("qpdf", "pypdf", "plain", "tags", "verified")
_NAMES = {
    "qpdf": "qpdf --empty --pages (merge only)",
    "pypdf": "pypdf append (merge only)",
    "plain": "sendpack: stamps, links, bookmarks, no tags",
    "tags": "sendpack: the same with tags",
    "verified": "sendpack: the same with tags, read back",
}


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
        paragraphs += [("Heading 1", f"Week {week + 1}"), *[line] * 6]
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
    from generator.bundle.clean import Notes, Wish, clean_pdf

    started = time.perf_counter()
    counts = []
    for path in paths:
        content, account = clean_pdf(path.read_bytes(), Wish(path.stem), Notes("PDF"))
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
    """Make the files, run every way in turn, print the table and one line of JSON."""
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--double", action="store_true", help="every file twice: 1,000 pages")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="sendpack-bench-") as name:
        folder = Path(name)
        started = time.perf_counter()
        raw = make_files(folder)
        print(f"made 30 files in {time.perf_counter() - started:.1f} s")
        (folder / "clean").mkdir()
        print(f"taken in, one process: {take_in(raw, folder / 'clean'):.1f} s")
        clean = [folder / "clean" / path.name for path in raw]
        if chosen.double:
            (folder / "counts.json").write_text(json.dumps(json.loads((folder / "counts.json").read_text()) * 2))
            raw, clean = raw * 2, clean * 2
        size = sum(path.stat().st_size for path in raw) / 1e6
        print(f"{len(raw)} files, {size:.0f} MB")
        report(folder, raw, clean, size, chosen.rounds)


def report(folder: Path, raw: list[Path], clean: list[Path], size: float, rounds: int) -> None:
    """The table: medians, ratios to qpdf of the same run, memory against the size of the input."""
    ways = [way for way in WAYS if way != "qpdf" or shutil.which("qpdf")]
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    cpu: dict[str, list[float]] = {way: [] for way in ways}
    memory: dict[str, float] = dict.fromkeys(ways, 0.0)
    for _ in range(rounds):
        for way in ways:
            took, worked, peak = timed(way, folder / f"{way}.pdf", raw if way in ("qpdf", "pypdf", "plain") else clean)
            seconds[way].append(took)
            cpu[way].append(worked)
            memory[way] = max(memory[way], peak)
    base, work = statistics.median(seconds[ways[0]]), statistics.median(cpu[ways[0]])
    for way in ways:
        middle, out = statistics.median(seconds[way]), (folder / f"{way}.pdf").stat().st_size / 1e6
        print(
            f"{_NAMES[way]:45} {middle:6.2f} s ({min(seconds[way]):.2f}-{max(seconds[way]):.2f}) {middle / base:5.2f} x"
            f"  processor {statistics.median(cpu[way]):5.2f} s, {statistics.median(cpu[way]) / work:5.2f} x"
            f"  {memory[way]:5.0f} MB ({memory[way] / size:.1f} x input)  {out:.1f} MB out"
        )
    print(json.dumps({way: statistics.median(seconds[way]) / base for way in ways}))


if __name__ == "__main__":
    main()
