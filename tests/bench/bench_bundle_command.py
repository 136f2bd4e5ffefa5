"""What a person waits for: the whole command `sendpack bundle`, cold, again, and after small changes.

`python -m tests.bench.bench_bundle_command [--rounds N] [--readme]`. Beside it, in the same run, the sum of its floors
(the engine alone for the parts, qpdf for the pages) and the plain way (one soffice for each part, pypdf to merge).
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pypdf import PdfWriter

from generator.engines import Docx, choose
from tests.example_school import ROOT, copy_school, sendpack

ADA = "ada-brown"
MARKS = ("<!-- bundle-command-bench -->\n", "<!-- /bundle-command-bench -->")
STEPS = ("cold", "after `build`", "nothing changed", "one sentence changed", "one piece of evidence added")


def timed(work: Callable[[], object]) -> float:
    """Seconds that a person waits."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def bundled(school: Path, engine: str) -> None:
    """The command, which must succeed."""
    done = sendpack(school, "bundle", ADA, SENDPACK_ENGINE=engine)
    assert done.returncode == 0, done.stdout + done.stderr


def one_sentence(school: Path) -> None:
    """A word more in the plan, as after reading it once more."""
    plan = school / "cases" / ADA / "plan.yaml"
    text = plan.read_text("utf-8")
    sentence = re.search(r"^ +text: (.+)$", text, re.MULTILINE)
    assert sentence
    plan.write_text(text.replace(sentence[1], f"{sentence[1].rstrip()} now", 1), "utf-8")


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


def steps(engine: str) -> Iterator[tuple[str, float]]:
    """Seconds of each step in a school of its own."""
    pupils = [path.parent.name for path in sorted((ROOT / "cases").glob("*/pupil.yaml"))]
    with tempfile.TemporaryDirectory() as temporary:
        school = copy_school(Path(temporary) / "school", *pupils)
        yield STEPS[0], timed(lambda: bundled(school, engine))
        shutil.rmtree(school / "output")
        assert sendpack(school, "build", ADA, SENDPACK_ENGINE=engine).returncode == 0
        yield STEPS[1], timed(lambda: bundled(school, engine))
        yield STEPS[2], timed(lambda: bundled(school, engine))
        one_sentence(school)
        yield STEPS[3], timed(lambda: bundled(school, engine))
        one_report(school)
        yield STEPS[4], timed(lambda: bundled(school, engine))


def floors(engine: str) -> Iterator[tuple[str, float]]:
    """The engine alone for the Word files of the parts, qpdf alone for the pages; and the plain way of doing both."""
    with tempfile.TemporaryDirectory() as temporary:
        school = copy_school(Path(temporary) / "school", ADA)
        assert sendpack(school, "build", ADA, SENDPACK_ENGINE=engine).returncode == 0
        bundled(school, engine)
        words = sorted((school / "output" / ADA).glob("*.docx"))
        pdfs = [path.with_suffix(".pdf") for path in words]
        chosen = choose(engine)
        documents = [Docx(path.name, path.read_bytes()) for path in words]
        draw = timed(lambda: list(chosen.convert(documents)))
        chosen.close()
        command = ["qpdf", "--empty", "--pages", *map(str, pdfs), "--", str(school / "merged.pdf")]
        yield "floor: engine alone, qpdf alone", draw + timed(lambda: subprocess.run(command, check=True))
        yield "plain way: one soffice for each, pypdf", timed(lambda: _plain(words, school))


def _plain(words: list[Path], folder: Path) -> None:
    writer = PdfWriter()
    for word in words:
        command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder / "plain"), str(word)]
        subprocess.run(command, check=True, capture_output=True)
        writer.append(folder / "plain" / f"{word.stem}.pdf")
    writer.write(folder / "plain.pdf")


def table(rounds: int) -> str:
    """The table for the README."""
    found: dict[str, dict[str, list[float]]] = {}
    for _ in range(rounds):
        for engine in ("embedded", "libreoffice"):
            for name, seconds in (*steps(engine), *floors(engine)):
                found.setdefault(name, {}).setdefault(engine, []).append(seconds)
    lines = ["| `sendpack bundle ada-brown` | built-in engine | LibreOffice |", "|---|---|---|"]
    for name, row in found.items():
        lines.append(f"| {name} | " + " | ".join(f"{statistics.median(row[e]):.1f} s" for e in row) + " |")
    lines.append("")
    lines.append(f"Medians of {rounds} rounds of the whole command on 2 processors.")
    lines.append("`python -m tests.bench.bench_bundle_command --readme` measures it again.")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--readme", action="store_true")
    wanted = parser.parse_args()
    text = table(wanted.rounds)
    sys.stdout.write(text)
    if wanted.readme:
        readme = ROOT / "docs" / "bundle.md"
        before, _, rest = readme.read_text("utf-8").partition(MARKS[0])
        readme.write_text(before + MARKS[0] + text + MARKS[1] + rest.partition(MARKS[1])[2], "utf-8")


if __name__ == "__main__":
    main()
