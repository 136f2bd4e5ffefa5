"""Where the processor's time for a document goes, step by step, for both engines: the table in tests/bench/README.md.

    python -m tests.bench.profile_document [--pupils 10]

The same four documents a pupil as in bench_build. What an engine does itself is what is left of `convert` when
sendpack's own steps are taken off.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator.documents.catalogue import MergeDesk, documents
from generator.documents.template_shelf import TemplateShelf
from generator.engines import Docx, Pdf
from generator.engines.docx import docx_check
from generator.engines.docx.copy_prepared import docx_prepare
from generator.engines.libreoffice import converter
from generator.engines.pdf import finish_pdf, pdf_read_back
from generator.engines.rdocx import rdocx_engine
from generator.folder.load_case import load_case
from generator.folder.school_folder import case_names, find_project
from tests.bench.bench_build import KINDS, _processor, write_school

READ, MERGE, ENGINE = "read and join the case", "merge", "the engine"
STEPS: dict[str, tuple[tuple[Any, str], ...]] = {
    "check and prepare the copy for the engine": (
        (docx_check, "opened"),
        (docx_prepare, "prepared"),
        (docx_prepare, "moved_on"),
    ),
    "read the structure, mend it, save": (
        (finish_pdf.UnmendedPdf, "__init__"),
        (finish_pdf.UnmendedPdf, "stranded_table"),
        (finish_pdf.UnmendedPdf, "finish"),
    ),
    "read the PDF back, compare its words": ((pdf_read_back, "checked"),),
}


class Clock:
    """Seconds of processor by step, of this program and those that it started and that have ended."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)

    def timed(self, step: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*given: Any, **named: Any) -> Any:
            before = _processor()
            try:
                return work(*given, **named)
            finally:
                self.spent[step] += _processor() - before

        return wrapped


def profile(engine: Any, words: list[bytes]) -> tuple[dict[str, float], int]:
    """Seconds by step for converting all, and how often the engine drew a document again."""
    clock, whole, again = Clock(), Clock(), 0
    kept = [(home, name, getattr(home, name)) for places in STEPS.values() for home, name in places]
    moved = docx_prepare.moved_on

    def counted(prepared: docx_prepare.Prepared, table: int) -> Any:
        nonlocal again
        again += 1
        return moved(prepared, table)

    try:
        docx_prepare.moved_on = counted
        for step, places in STEPS.items():
            for home, name in places:
                setattr(home, name, clock.timed(step, getattr(home, name)))
        batches = [words] if engine.name == "libreoffice" else [[word] for word in words]
        for batch in batches:
            convert = whole.timed(ENGINE, lambda some: list(engine.convert(some)))
            assert all(isinstance(made, Pdf) for made in convert([Docx("document", word) for word in batch]))
    finally:
        for home, name, plain in kept:
            setattr(home, name, plain)
        engine.close()
    return {ENGINE: whole.spent[ENGINE] - sum(clock.spent.values()), **clock.spent}, again


def main() -> None:
    """Measure and print the table."""
    options = argparse.ArgumentParser()
    options.add_argument("--pupils", type=int, default=10)
    pupils = options.parse_args().pupils
    clock, words = Clock(), []
    with tempfile.TemporaryDirectory(prefix="sendpack-bench-") as name:
        project = find_project(write_school(Path(name) / "school", pupils))
        shelf = TemplateShelf(project.template_folders)
        for case_name in case_names(project):
            case = clock.timed(READ, load_case)(project, case_name).case
            desk = MergeDesk(project, case, project.pack_of(case), shelf)
            every = documents(case, desk.pack, KINDS)
            if not words:
                for document in every:
                    desk.write(document)  # templates are prepared once
            words += [clock.timed(MERGE, desk.write)(document) for document in every]
    found = [profile(engine.start(), words) for engine in (rdocx_engine, converter)]
    print("| step, ms of processor a document | built-in engine | LibreOffice |\n|---|---|---|")
    for step in (READ, MERGE, *list(STEPS)[:1], ENGINE, *list(STEPS)[1:]):
        columns = [clock.spent[step] if step in (READ, MERGE) else spent[step] for spent, _ in found]
        print(f"| {step} |" + "|".join(f" {1000 * seconds / len(words):.0f} " for seconds in columns) + "|")
    print(f"\n{len(words)} documents; the built-in engine drew again {found[0][1]} times.")


if __name__ == "__main__":
    main()
