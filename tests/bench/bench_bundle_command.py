"""What a person waits for: the whole command `sendpack bundle`, cold, again, and after small changes.

`python -m tests.bench.bench_bundle_command [--rounds N] [--readme] [--processor]`. Beside it, in the same run, the sum
of its floors (the engine alone for the parts, qpdf for the pages) and the plain way (one soffice for each part, and
pypdf to merge). About three minutes for a round on two quiet processors. `--processor` counts processor time of the
command and its children instead, which other work on the machine hardly changes; of workers and of a LibreOffice that
stays the system gives no account.
"""

from __future__ import annotations

import argparse
import io
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
from pikepdf import Name
from PIL import Image
from pypdf import PdfWriter
from pypdfium2 import PdfDocument

from generator.engines import Docx, choose
from tests.example_school import ROOT, copy_school, sendpack

ADA = "ada-brown"
ENGINES = ("embedded", "libreoffice")
MARKS = ("<!-- bundle-command-bench -->\n", "<!-- /bundle-command-bench -->")
COLD, BUILT, SAME, SENTENCE, REPORT, MANY, AGAIN = (
    "cold",
    "after `build`",
    "nothing changed",
    "one sentence changed",
    "one piece of evidence added",
    "500 pages of evidence added, half of them scans",
    "one sentence changed, with those 500 pages",
)
FLOOR, PLAIN = "floor: engine alone, qpdf alone", "plain way: one soffice for each, pypdf"
FILES, PAGES = 20, 25
Clock = Callable[[], float]


def processor() -> float:
    """Seconds of processor that this process and its children have used."""
    used = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def timed(work: Callable[[], object], clock: Clock) -> float:
    """Seconds of that clock."""
    start = clock()
    work()
    return clock() - start


def bundled(school: Path, engine: str) -> None:
    """The command, which must succeed."""
    done = sendpack(school, "bundle", ADA, SENDPACK_ENGINE=engine)
    assert done.returncode == 0, done.stdout + done.stderr


def one_sentence(school: Path) -> None:
    """A word more in the plan, as after reading it once more."""
    plan = school / "cases" / ADA / "plan.yaml"
    text = plan.read_text("utf-8")
    sentence = re.search(r"^ +text: >-\n +(\S.*)$", text, re.MULTILINE)
    assert sentence
    plan.write_text(text.replace(sentence[1], f"Now {sentence[1]}", 1), "utf-8")


def one_report(school: Path) -> None:
    """A report more, listed in evidence.yaml."""
    case = school / "cases" / ADA
    shutil.copy(next((case / "evidence").glob("*.pdf")), case / "evidence" / "bench-report.pdf")
    record = case / "evidence.yaml"
    text = record.read_text("utf-8")
    first = re.search(r"^  - id: .*?(?=^  - id: )", text, re.MULTILINE | re.DOTALL)
    assert first
    copy = re.sub(r"id: \S+", "id: bench-report", first[0], count=1)
    copy = re.sub(r"file: .*", "file: bench-report.pdf", copy, count=1)
    record.write_text(text.replace(first[0], copy + first[0], 1), "utf-8")


def many_pages(school: Path) -> None:
    """500 pages in 20 files: scans, and texts of which every letter is looked at."""
    case = school / "cases" / ADA
    record = case / "evidence.yaml"
    text = record.read_text("utf-8")
    first = re.search(r"^  - id: .*?(?=^  - id: )", text, re.MULTILINE | re.DOTALL)
    assert first
    added = ""
    for number in range(FILES):
        name = f"bench-{number:02}.pdf"
        (case / "evidence" / name).write_bytes(_scans(number) if number % 2 else _texts(number))
        item = re.sub(r"id: \S+", f"id: bench-{number:02}", first[0], count=1)
        item = re.sub(r"title: .*", f"title: Papers of the file, box {number + 1}", item, count=1)
        added += re.sub(r"file: .*", f"file: {name}", item, count=1)
    record.write_text(text.replace(first[0], added + first[0], 1), "utf-8")


def _texts(number: int) -> bytes:
    with pikepdf.new() as pdf:
        for page in range(PAGES):
            lines = (
                f"({number} {page} {line} Ada read two pages aloud and said what the fox wanted.) '"
                for line in range(50)
            )
            words = f"BT /F 10 Tf 14 TL 50 790 Td {' '.join(lines)} ET"
            pdf.add_blank_page(page_size=(595, 842)).Contents = pdf.make_stream(words.encode())
            font = pikepdf.Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
            pdf.pages[-1].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        return _saved(pdf)


def _scans(number: int) -> bytes:
    with pikepdf.new() as pdf:
        for page in range(PAGES):
            shade = Image.effect_noise((620, 877), 20 + number + page)
            picture = io.BytesIO()
            shade.save(picture, "JPEG", quality=60)
            image = pdf.make_stream(picture.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=620, Height=877)
            image.ColorSpace, image.BitsPerComponent, image.Filter = Name.DeviceGray, 8, Name.DCTDecode
            drawn = pdf.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")
            pdf.add_blank_page(page_size=(595, 842)).Contents = drawn
            pdf.pages[-1].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
        return _saved(pdf)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def pages_of(school: Path) -> int:
    """Pages of the bundle that is there."""
    return len(PdfDocument(school / "output" / ADA / "submission" / "bundle.pdf"))


def steps(engine: str, clock: Clock) -> Iterator[tuple[str, float]]:
    """Seconds of each step in a school of its own, then of the floors for the same parts."""
    pupils = [path.parent.name for path in sorted((ROOT / "cases").glob("*/pupil.yaml"))]
    with tempfile.TemporaryDirectory() as temporary:
        school = copy_school(Path(temporary) / "school", *pupils)

        def took() -> float:
            return timed(lambda: bundled(school, engine), clock)

        yield COLD, took()
        shutil.rmtree(school / "output")
        assert sendpack(school, "build", ADA, SENDPACK_ENGINE=engine).returncode == 0
        yield BUILT, took()
        yield SAME, took()
        one_sentence(school)
        yield SENTENCE, took()
        yield from floors(school, engine, clock)
        one_report(school)
        yield REPORT, took()
        before = pages_of(school)
        many_pages(school)
        yield MANY, took()
        assert FILES * PAGES <= pages_of(school) - before <= FILES * PAGES + 9, "every page is in it, and contents grew"
        one_sentence(school)
        yield AGAIN, took()


def floors(school: Path, engine: str, clock: Clock) -> Iterator[tuple[str, float]]:
    """The engine alone for the Word files of the parts, qpdf alone for the pages; and the plain way of doing both."""
    words = sorted((school / "output" / ADA).glob("*.docx"))
    pdfs = [path.with_suffix(".pdf") for path in words]
    documents = [Docx(path.name, path.read_bytes()) for path in words]

    def alone() -> None:
        chosen = choose(engine)
        list(chosen.convert(documents))
        chosen.close()
        command = ["qpdf", "--empty", "--pages", *map(str, pdfs), "--", str(school / "merged.pdf")]
        subprocess.run(command, check=True)

    yield FLOOR, timed(alone, clock)
    if engine == "libreoffice":
        yield PLAIN, timed(lambda: _plain(words, school), clock)


def _plain(words: list[Path], folder: Path) -> None:
    writer = PdfWriter()
    for word in words:
        command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder / "plain"), str(word)]
        subprocess.run(command, check=True, capture_output=True)
        writer.append(folder / "plain" / f"{word.stem}.pdf")
    writer.write(folder / "plain.pdf")


def table(rounds: int, clock: Clock) -> str:
    """The table for the README."""
    found: dict[str, dict[str, list[float]]] = {}
    for _ in range(rounds):
        for engine in ENGINES:
            for name, seconds in steps(engine, clock):
                found.setdefault(name, {}).setdefault(engine, []).append(seconds)
    lines = ["| `sendpack bundle ada-brown` | built-in engine | LibreOffice |", "|---|---|---|"]
    for name in (COLD, BUILT, SAME, SENTENCE, REPORT, MANY, AGAIN, FLOOR, PLAIN):
        row = [f"{statistics.median(found[name][one]):.1f} s" if one in found[name] else "" for one in ENGINES]
        lines.append(f"| {name} | {' | '.join(row)} |")
    what = "of the whole command" if clock is time.perf_counter else "of processor, of the command and its children,"
    lines.append("")
    lines.append(f"Seconds {what} on 2 processors, medians of {rounds} round{'s' * (rounds != 1)}.")
    lines.append("`python -m tests.bench.bench_bundle_command --readme` measures it again.")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--readme", action="store_true")
    parser.add_argument("--processor", action="store_true")
    wanted = parser.parse_args()
    text = table(wanted.rounds, processor if wanted.processor else time.perf_counter)
    sys.stdout.write(text)
    if wanted.readme:
        readme = ROOT / "docs" / "bundle.md"
        before, _, rest = readme.read_text("utf-8").partition(MARKS[0])
        readme.write_text(before + MARKS[0] + text + MARKS[1] + rest.partition(MARKS[1])[2], "utf-8")


if __name__ == "__main__":
    main()
