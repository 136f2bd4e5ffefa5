"""How long `sendpack build` takes, against the plain way and against what the PDF engines need alone, in one run.

    python -m tests.bench.bench_build [--pupils 50] [--rounds 2] [--readme]

A school of so many pupils with four documents each: profile, support plan, cycle record, early discussion. All ways
take turns in every round, each over its own number of documents, so that other work on the machine is shared by all.

    plain      a new docxtpl template for each document, then one `soffice --convert-to` for each (sampled)
    batch      docxtpl as above, then all documents in one `soffice --convert-to`
    floor      the engine's conversion calls alone on ready .docx files, on all processors
    sendpack   the whole command in a process of its own: start, read, merge, convert, mend, read back, write
"""

from __future__ import annotations

import argparse
import io
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
KINDS = ("profile", "support-plan", "cycle", "early-discussion")
MARKS = ("<!-- bench -->", "<!-- /bench -->")


def write_school(folder: Path, pupils: int) -> Path:
    """Copies of one example pupil, each with a name of its own, cut down to what gives four documents."""
    from tests.big_school import FIRST, LAST
    from tests.example_school import in_english

    example = ROOT / "cases" / "kacper-wisniewski"
    (folder / "cases").mkdir(parents=True)
    shutil.copy(ROOT / "cases" / "school.yaml", folder / "cases")
    for number in range(pupils):
        home = folder / "cases" / f"pupil-{number:04}"
        shutil.copytree(example, home)
        (home / "meetings" / "2026-06-24-early-discussion.yaml").unlink()
        for file in home.rglob("*.yaml"):
            text = file.read_text("utf-8").replace("Kacper", FIRST[number % len(FIRST)])
            file.write_text(text.replace("Wiśniewski", f"{LAST[number % len(LAST)]}{number}"), "utf-8")
    return in_english(folder)


# -- the plain way ----------------------------------------------------------------------------------------------------


def jobs_of(school: Path) -> list[tuple[Any, Any]]:
    """Every document of the school with the desk that writes it."""
    from generator.documents.catalogue import MergeDesk, documents
    from generator.documents.template_shelf import TemplateShelf
    from generator.folder.load_case import load_case
    from generator.folder.school_folder import case_names, find_project

    project = find_project(school)
    shelf = TemplateShelf(project.template_folders)
    found = []
    for name in case_names(project):
        case = load_case(project, name).case
        assert case is not None
        desk = MergeDesk(project, case, project.pack_of(case), shelf)
        found += [(desk, document) for document in documents(case, desk.pack, KINDS)]
    return found


class Docxtpl:
    """The same templates, in the house style, merged by docxtpl as its documentation shows."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, Path] = {}

    def template(self, desk: Any, name: str, context: Mapping[str, Any]) -> Path:
        from generator.documents.templates.word_features.file_properties import core_properties
        from generator.word_files.docx_package import Member, content_types, write_package

        if name not in self.files:
            package = desk.shelf.get(name, desk.pack).package
            parts = {**package.parts, "docProps/core.xml": core_properties(context)}
            parts["[Content_Types].xml"] = content_types(package.names)
            self.files[name] = self.folder / name
            self.files[name].write_bytes(write_package(Member.of(n, c) for n, c in sorted(parts.items())))
        return self.files[name]

    def merge(self, file: Path, context: Mapping[str, Any]) -> bytes:
        from docxtpl import DocxTemplate

        from generator.documents.templates.jinja_tags import ATTACHED, JINJA, Attached, AttachedTo

        out, template = io.BytesIO(), DocxTemplate(file)
        template.render({**context, ATTACHED: AttachedTo(Attached({}))}, jinja_env=JINJA, autoescape=True)
        template.save(out)
        return out.getvalue()


def same_parts(desk: Any, document: Any, ours: bytes, theirs: bytes) -> int:
    """How many parts of both are the same canonical XML, after the mending of tables that only we do; all must be."""
    from lxml import etree

    from generator.documents.templates.render import _mended
    from generator.documents.templates.text_blocks import with_lists
    from generator.documents.templates.word_features import Finishing
    from generator.documents.templates.word_features.file_properties import facts_of_fields

    template = desk.shelf.get(document.template, desk.pack)
    finishing = Finishing(facts_of_fields(desk.context(document, None)), template.levels, template.styles)
    with zipfile.ZipFile(io.BytesIO(ours)) as one, zipfile.ZipFile(io.BytesIO(theirs)) as other:
        for number, part in enumerate(template.parts):
            merged = etree.tostring(etree.fromstring(other.read(part.name)), encoding="unicode")
            mended = _mended(template, with_lists(merged, template.styles), finishing, body=number == 0)
            left, right = (_canonical(etree, xml) for xml in (one.read(part.name), mended))
            assert left == right, f"{document.template}: {part.name} differs"
    return len(template.parts)


def _canonical(etree: Any, xml: bytes) -> bytes:
    return bytes(etree.tostring(etree.fromstring(xml), method="c14n", exclusive=True))


def soffice(folder: Path, files: list[Path], number: int = 0) -> None:
    """One run of the program over some files, with a profile that it keeps."""
    profile = f"-env:UserInstallation={(folder / f'profile-{number}').as_uri()}"
    out = folder / f"pdf-{number}"
    command = ["soffice", profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(out)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True)
    assert all((out / f"{file.stem}.pdf").is_file() for file in files)


# -- the engines alone ------------------------------------------------------------------------------------------------


def draw_embedded(content: bytes, families: frozenset[str]) -> int:
    """The embedded engine's two calls."""
    import rdocx

    from generator.fonts import shipped_fonts

    return len(rdocx.Document.from_bytes(content).to_pdf(fonts=list(shipped_fonts.faces(families))))


def floor_embedded(ready: list[Any]) -> None:
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(draw_embedded, [r.content for r in ready], [r.families for r in ready]))


def floor_libreoffice(ready: list[Any], engines: list[Any]) -> None:
    """Every installed processor one program of its own, all files in as few runs as sendpack makes."""
    shares = [ready[start :: len(engines)] for start in range(len(engines))]

    def draw(engine: Any, share: list[Any]) -> None:
        drawn = engine.draw({number: r.content for number, r in enumerate(share)})
        assert all(isinstance(content, bytes) for content in drawn.values())

    with ThreadPoolExecutor() as pool:
        list(pool.map(draw, engines, shares))


def everyday() -> dict[str, str]:
    """As on a person's computer: Python keeps what it compiled, where a machine for tests may forbid it."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT)}


def sendpack(school: Path, *words: str) -> None:
    """The whole command, as a person runs it."""
    code = "from generator.cli import main\nif __name__ == '__main__': main()"
    script = school / "run.py"
    script.write_text(code, "utf-8")
    only = [word for kind in KINDS for word in ("--only", kind)]
    subprocess.run(
        [sys.executable, str(script), "build", *only, *words],
        cwd=school,
        check=True,
        capture_output=True,
        env=everyday(),
    )


# -- one run ----------------------------------------------------------------------------------------------------------


def measure(folder: Path, pupils: int, rounds: int) -> dict[str, tuple[float, float]]:
    """Seconds a document of every way, by the clock and of processors: the medians of the rounds."""
    from generator.engines.docx.copy_prepared import docx_prepare
    from generator.engines.libreoffice import converter

    school = write_school(folder / "school", pupils)
    jobs = jobs_of(school)
    plain = Docxtpl(folder)
    contexts = [(desk, document, desk.context(document, None)) for desk, document in jobs]
    ours = [desk.write(document) for desk, document in jobs]
    files = [plain.template(desk, document.template, context) for desk, document, context in contexts]
    parts = sum(same_parts(*jobs[n], ours[n], plain.merge(files[n], contexts[n][2])) for n in range(4))
    print(f"{len(jobs)} documents; {parts} parts of the first four are the same XML as docxtpl's")
    engines = [converter.start() for _ in range(os.cpu_count() or 1)]
    for_office = [docx_prepare.prepare(word) for word in ours]
    for_embedded = [docx_prepare.prepare(word, written_out=True) for word in ours]
    (folder / "words").mkdir()
    words = [folder / "words" / f"{n:05}.docx" for n in range(len(ours))]
    for place, word in zip(words, ours, strict=True):
        place.write_bytes(word)
    soffice(folder, words[:1])
    floor_libreoffice(for_office[: len(engines)], engines)

    def theirs(count: int) -> None:
        for n in range(count):
            words[n].write_bytes(plain.merge(files[n], contexts[n][2]))

    def one_by_one() -> None:
        theirs(4)
        for n in range(4):
            soffice(folder, [words[n]])

    def batch() -> None:
        theirs(20)
        soffice(folder, words[:20])

    def fresh(engine: str, *words: str) -> None:
        shutil.rmtree(school / "output", ignore_errors=True)
        sendpack(school, "--engine", engine, *words)

    every = len(jobs)
    ways: dict[str, tuple[int, Callable[[], object]]] = {
        "merge: docxtpl": (20, lambda: theirs(20)),
        "merge: sendpack": (min(40, every), lambda: [desk.write(document) for desk, document in jobs[:40]]),
        "plain": (4, one_by_one),
        "batch": (20, batch),
        "LibreOffice: floor": (every, lambda: floor_libreoffice(for_office, engines)),
        "LibreOffice: sendpack": (every, lambda: fresh("libreoffice")),
        "LibreOffice: one job": (every, lambda: fresh("libreoffice", "--jobs", "1")),
        "embedded: floor": (every, lambda: floor_embedded(for_embedded)),
        "embedded: sendpack": (every, lambda: fresh("embedded")),
        "embedded: one job": (every, lambda: fresh("embedded", "--jobs", "1")),
        "unchanged": (every, lambda: sendpack(school, "--engine", "embedded")),
    }
    found: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
    for number in range(rounds):
        for way, (count, run) in ways.items():
            seconds, processor = _timed(run)
            found[way].append((seconds / count, processor / count))
            print(f"round {number + 1}: {way}: {found[way][-1][0] * 1000:.0f} ms a document", flush=True)
    for engine in engines:
        engine.close()
    return {
        way: (statistics.median(s for s, _ in rows), statistics.median(p for _, p in rows))
        for way, rows in found.items()
    }


def _timed(run: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and seconds of processors that this program and those it started and ended have used."""
    before, started = _processor(), time.perf_counter()
    run()
    return time.perf_counter() - started, _processor() - before


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def table(found: Mapping[str, tuple[float, float]], pupils: int) -> str:
    """The table for the README."""
    plain = found["plain"][0]
    rows = [
        ("docxtpl and one `soffice --convert-to` for each document", "plain", "plain", ""),
        ("docxtpl and one `soffice --convert-to` for all", "batch", "batch", ""),
        ("**sendpack, LibreOffice**", "LibreOffice: sendpack", "LibreOffice: one job", "LibreOffice: floor"),
        ("LibreOffice alone, ready files, all processors", "LibreOffice: floor", "LibreOffice: floor", ""),
        ("**sendpack, built-in engine**", "embedded: sendpack", "embedded: one job", "embedded: floor"),
        ("built-in engine alone, ready files, all processors", "embedded: floor", "embedded: floor", ""),
        ("sendpack when nothing changed", "unchanged", "unchanged", ""),
    ]
    lines = [
        "| | a document | times as fast as the first | processor time | × the engine's alone |",
        "|---|---|---|---|---|",
    ]
    for title, way, busy, floor in rows:
        above = f"{found[busy][1] / found[floor][1]:.2f}" if floor else ""
        time_, used = f"{found[way][0] * 1000:,.0f} ms", f"{found[busy][1] * 1000:,.0f} ms"
        lines.append(f"| {title} | {time_} | {plain / found[way][0]:.1f} | {used} | {above} |")
    merge = found["merge: docxtpl"][1] / found["merge: sendpack"][1]
    return "\n".join([*lines, "", *_notes(pupils, merge)])


def _notes(pupils: int, merge: float) -> list[str]:
    office = subprocess.run(["soffice", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    return [
        f"{pupils} pupils with four documents each, all ways in turn on one machine with other work going on, so the",
        f"ratios say more than the milliseconds. Merging alone is {merge:.0f} times as fast as docxtpl, with the same",
        "XML. Every document of sendpack's is also mended for screen readers and read back.",
        f"{os.cpu_count()} processors, {platform.system()}, Python {platform.python_version()}, LibreOffice {office}, "
        f"rdocx {version('rdocx')}, docxtpl {version('docxtpl')}.",
        "`make bench` measures it again.",
    ]


def main() -> None:
    """Measure, print the table, and write it into the README when asked."""
    options = argparse.ArgumentParser()
    options.add_argument("--pupils", type=int, default=50)
    options.add_argument("--rounds", type=int, default=2)
    options.add_argument("--readme", action="store_true", help="write the table into docs/speed.md")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="sendpack-bench-") as name:
        text = table(measure(Path(name), chosen.pupils, chosen.rounds), chosen.pupils)
    print(text)
    if chosen.readme:
        readme = ROOT / "docs" / "speed.md"
        before, _, rest = readme.read_text("utf-8").partition(MARKS[0])
        _, _, after = rest.partition(MARKS[1])
        readme.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{after}", "utf-8")


if __name__ == "__main__":
    main()
