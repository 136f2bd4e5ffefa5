"""A guard for changes that must change nothing: what the example school's commands say and make, as one JSON file.

`python -m tests.same_bytes record FILE` runs the commands below on a copy of the example school with the built-in
engine; `python -m tests.same_bytes compare FILE` runs them again and tells every word, exit code and byte that differs.
After them a sentence is changed and bundles are made again, of parts of which most are kept. With `libreoffice` as a
third word that engine draws.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.bench_bundle_command import ADA, one_sentence
from tests.example_school import ROOT, copy_school

DAY = ("--on", "2026-11-20")
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("--help",),
    ("check", *DAY),
    ("check", "ada-brown", "--for", "request", *DAY),
    ("check", "ada-brown", "--json", *DAY),
    ("check", "--sarif", *DAY),
    ("check", "--explain", "cycle-gap"),
    ("check", "nobody-here"),
    ("status", *DAY),
    ("register", *DAY),
    ("register", "--csv", "output/register.csv", *DAY),
    ("register", "--docx", "output/register.docx", *DAY),
    ("provision", "--costs", *DAY),
    ("reviews", *DAY),
    ("reviews", "--ics", "output/reviews.ics", *DAY),
    ("build",),
    ("build", "--why"),
    ("bundle", "ada-brown"),
    ("bundle", "ada-brown", "--for", "parents", "--separate", "--worksheet"),
    ("bundle", "nia-okafor"),
    ("briefing", *DAY),
    ("pack", "list"),
    ("pack", "show", "leicester"),
    ("pack", "check"),
    ("template", "check"),
    ("template", "fields", "support-plan"),
    ("language", "check"),
    ("retention", *DAY),
    ("new", "cycle", "ada-brown", *DAY),
    ("export", "ada-brown", "plan"),
    ("new-year", "--on", "2026-09-01"),
    ("frobnicate",),
)
"""What is run, in this order, in one school's folder: the later ones see what the earlier ones left."""
AGAIN: tuple[tuple[str, ...], ...] = (
    ("bundle", "ada-brown", "--why"),
    ("bundle", "ada-brown", "--late-letters", "--max-mb", "1"),
)
"""What is run when a sentence has changed; its files are noted besides."""
_PROGRAM = re.compile(rb'("sendpack": )"[^"]*"')
"""The program's own fingerprint in the account of a build, which every change of the code changes."""


def observe(engine: str) -> dict[str, Any]:
    """Command line to exit code and words, and path to SHA-256 of every file that is there in the end."""
    with tempfile.TemporaryDirectory() as temporary:
        school = Path(temporary) / "school"
        copy_school(school, *sorted(folder.parent.name for folder in (ROOT / "cases").glob("*/pupil.yaml")))
        said = {" ".join(words): _run(school, words, engine) for words in COMMANDS}
        files = _files(school)
        one_sentence(school)
        for number, words in enumerate(AGAIN):
            said[" ".join(words)] = _run(school, words, engine)
            files |= {f"again {number}/{name}": mark for name, mark in _files(school / "output" / ADA).items()}
    return {"said": said, "files": files}


def _files(folder: Path) -> dict[str, str]:
    """Every file in a folder but what the program may forget, by path, with its digest."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and ".cache" not in path.parts)
    return {path.relative_to(folder).as_posix(): _digest(path) for path in found}


def _run(school: Path, words: tuple[str, ...], engine: str) -> list[Any]:
    command = [sys.executable, "-c", "from generator.cli import main; main()", *words]
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "SENDPACK_ENGINE": engine,
        "COLUMNS": "100",
    }
    done = subprocess.run(
        command, cwd=school, capture_output=True, text=True, encoding="utf-8", env=environment, check=False
    )
    return [done.returncode, _steady(done.stdout, school), _steady(done.stderr, school)]


def _steady(text: str, school: Path) -> str:
    """The words without the temporary folder's name and without how long it took."""
    return re.sub(r"\b\d+(\.\d+)? ?(s|ms|seconds?)\b", "N s", text.replace(str(school), "SCHOOL"))


def _digest(path: Path) -> str:
    content = path.read_bytes()
    return hashlib.sha256(_PROGRAM.sub(b"", content) if path.name == "manifest.json" else content).hexdigest()


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Each command and file that is not the same, one line each."""
    lines = []
    for part in ("said", "files"):
        for name in sorted({*before[part], *after[part]}):
            old, new = before[part].get(name), after[part].get(name)
            if old != new:
                lines.append(f"{part}: {name}" + (f"\n  before {old}\n  after  {new}" if part == "said" else ""))
    return lines


def main(action: str, file: Path, engine: str = "embedded") -> int:
    """0 when all is the same or recorded, 1 with the differences printed."""
    seen = observe(engine)
    if action == "record":
        file.write_text(json.dumps(seen, indent=1, ensure_ascii=False), "utf-8")
        print(f"{len(seen['said'])} commands and {len(seen['files'])} files recorded")
        return 0
    found = differences(json.loads(file.read_text("utf-8")), seen)
    print("\n".join(found) or f"{len(seen['said'])} commands and {len(seen['files'])} files: the same")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:4]))
