"""A guard for changes that must change nothing: what the example school's commands say and make, as one JSON file.

`python -m tests.same_bytes record FILE` runs the commands below on a copy of the example school with the built-in
engine; `python -m tests.same_bytes compare FILE` runs them again and tells every word, exit code and byte that differs.
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


def observe() -> dict[str, Any]:
    """Command line to exit code and words, and path to SHA-256 of every file that is there in the end."""
    with tempfile.TemporaryDirectory() as temporary:
        school = Path(temporary) / "school"
        copy_school(school, *sorted(folder.parent.name for folder in (ROOT / "cases").glob("*/pupil.yaml")))
        said = {" ".join(words): _run(school, words) for words in COMMANDS}
        files = {
            path.relative_to(school).as_posix(): _digest(path)
            for path in sorted(school.rglob("*"))
            if path.is_file() and ".cache" not in path.parts
        }
    return {"said": said, "files": files}


def _run(school: Path, words: tuple[str, ...]) -> list[Any]:
    command = [sys.executable, "-c", "from generator.cli import main; main()", *words]
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "SENDPACK_ENGINE": "embedded",
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
    return hashlib.sha256(path.read_bytes()).hexdigest()


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Each command and file that is not the same, one line each."""
    lines = []
    for part in ("said", "files"):
        for name in sorted({*before[part], *after[part]}):
            old, new = before[part].get(name), after[part].get(name)
            if old != new:
                lines.append(f"{part}: {name}" + (f"\n  before {old}\n  after  {new}" if part == "said" else ""))
    return lines


def main(action: str, file: Path) -> int:
    """0 when all is the same or recorded, 1 with the differences printed."""
    seen = observe()
    if action == "record":
        file.write_text(json.dumps(seen, indent=1, ensure_ascii=False), "utf-8")
        print(f"{len(seen['said'])} commands and {len(seen['files'])} files recorded")
        return 0
    found = differences(json.loads(file.read_text("utf-8")), seen)
    print("\n".join(found) or f"{len(seen['said'])} commands and {len(seen['files'])} files: the same")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
