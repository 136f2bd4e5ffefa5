"""`python -m tests.corpus FOLDER... [--engine embedded]`: files of other projects as evidence, each in its own bundle.

Prints a line for every file that is not simply taken, then the sums: taken, refused by rule, lost and told, lost in
silence, bundles that are not as planned, wrong claims of PDF/UA, time and memory. Ends with 1 at the first silent loss
(or, with --all, after everything, when there was any). Nothing is written beside the files.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.bundle import Bundle, Options, Part, bundle
from generator.bundle.evidence.child_processes import Children
from generator.engines import Docx, Engine, Failure, Pdf, choose, drawn_whole, to_word
from generator.problems import FilesHaveErrors, Stop
from tests.corpus.independent import words_lost
from tests.corpus.plain_front import front

ENDINGS = (".pdf", ".docx", ".dotx", ".docm", ".doc", ".odt", ".rtf", ".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff",
           ".webp", ".heic", ".heif")  # fmt: skip
LONG = 60
"""Seconds by the clock from which a file is named as slow."""
CHECKED_AT_ONCE = 40


@dataclass
class Sums:
    """What came of all files."""

    taken: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    stopped: list[str] = field(default_factory=list)
    """Files whose loss was told, which stops the bundle."""
    silent: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    claims: list[Path] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def main(arguments: Sequence[str]) -> int:
    """Run it; 1 when anything was lost in silence."""
    parser = argparse.ArgumentParser(prog="tests.corpus")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--engine", default="embedded")
    parser.add_argument("--all", action="store_true", help="go on after a silent loss")
    parser.add_argument("--claims", action="store_true", help="check every claim of PDF/UA with veraPDF")
    wish = parser.parse_args(arguments)
    sums, engine, children = Sums(), choose(wish.engine), Children()
    with tempfile.TemporaryDirectory() as made:
        try:
            for number, file in enumerate(files_of(wish.folders)):
                _one(file, engine, sums, Path(made) / f"{number}.pdf" if wish.claims else None, children)
                if sums.silent and not wish.all:
                    break
        finally:
            engine.close()
            children.close()
        if wish.claims:
            sums.wrong += _wrong_claims(sums.claims)
    print(_told(sums))
    return 1 if sums.silent else 0


def files_of(folders: Sequence[Path]) -> Iterator[Path]:
    """Every file of a kind that may be evidence, in the order of names."""
    for folder in folders:
        found = [folder] if folder.is_file() else sorted(folder.rglob("*"))
        yield from (file for file in found if file.is_file() and file.suffix.lower() in ENDINGS)


def _one(file: Path, engine: Engine, sums: Sums, kept: Path | None, children: Children) -> None:
    begun = time.monotonic()
    try:
        made = _bundle(file, engine, children)
    except FilesHaveErrors as stopped:
        for problem in stopped.problems:
            sums.refused[problem.rule] += 1
            if problem.rule == "bundle/lost":
                sums.stopped.append(file.name)
            print(f"{file.name}: {problem.message}", flush=True)
        return
    except Stop as stopped:
        sums.failed.append(file.name)
        print(f"{file.name}: STOPPED {stopped}", flush=True)
        return
    finally:
        sums.seconds.append(time.monotonic() - begun)
        if sums.seconds[-1] > LONG:
            print(f"{file.name}: SLOW {sums.seconds[-1]:.0f} s", flush=True)
    sums.taken += 1
    if made.failures:
        sums.failed.append(file.name)
        print(f"{file.name}: NOT AS PLANNED {'; '.join(made.failures[:3])}", flush=True)
    place = made.plan.pages["report"]
    if lost := words_lost(file, made.content, place.first, place.last):
        sums.silent.append(file.name)
        print(f"{file.name}: LOST IN SILENCE {lost}", flush=True)
    if made.accessible and kept is not None:
        kept.write_bytes(made.content)
        sums.claims.append(kept)
        kept.with_suffix(".txt").write_text(file.name, "utf-8")


def _bundle(file: Path, engine: Engine, children: Children) -> Bundle:
    def convert(named: Sequence[tuple[str, bytes]]) -> list[Pdf | Failure]:
        return drawn_whole(engine, [Docx(*one) for one in named])

    options = Options(
        "Corpus",
        convert=convert,
        to_word=lambda content, kind: to_word(engine, content, kind),
        accept_changes=True,
        seconds=30,
        children=children,
    )
    return bundle([Part("report", "Evidence", "The report", file)], front, options)


def _wrong_claims(files: Sequence[Path]) -> Iterator[str]:
    from tests import verapdf

    for first in range(0, len(files), CHECKED_AT_ONCE):
        some = files[first : first + CHECKED_AT_ONCE]
        for file, broken in zip(some, verapdf.failures_of(some), strict=True):
            if broken:
                name = file.with_suffix(".txt").read_text("utf-8")
                print(f"{name}: WRONG CLAIM {' | '.join(broken[:4])}", flush=True)
                yield name


def _told(sums: Sums) -> str:
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    slow = sorted(sums.seconds)
    return "\n".join(
        [
            f"files: {len(sums.seconds)}, taken: {sums.taken}",
            f"refused: {sum(sums.refused.values())} {dict(sums.refused)}",
            f"loss told, bundle stopped: {len(sums.stopped)}; lost in silence: {len(sums.silent)} {sums.silent[:10]}",
            f"not as planned: {len(sums.failed)} {sums.failed[:10]}",
            f"claims of PDF/UA: {len(sums.claims)}, wrong: {len(sums.wrong)}",
            f"seconds a file: median {slow[len(slow) // 2]:.1f}, longest {slow[-1]:.1f}; largest child {memory} MB"
            if slow
            else "no files",
        ]
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
