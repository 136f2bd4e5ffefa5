"""Our own files with bits flipped, ends missing and pieces doubled: what is given out, receipts, ledgers, records.

`python -m tests.bench.damage_own_files [--times 40]`. Commands that read them say a sentence, never a traceback or
"our mistake", and end in time.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.cut_off import done, run
from tests.damage import damaged
from tests.example_school import KACPER, copy_school

READERS = {
    "written.json": ["register", "--csv", "r.csv"],
    "issued.yaml": ["issued", KACPER],
    "manifest.json": ["build", KACPER, "--only", "profile", "--no-pdf"],
    "receipt.json": ["check", KACPER],
    "plan.yaml": ["check", KACPER],
    "pupil.yaml": ["check", KACPER],
    "school.yaml": ["check", KACPER],
    "index.json": ["build", KACPER, "--only", "profile", "--no-pdf"],
    ".docx": ["issued", KACPER],
}
"""The command that reads a file of a name, or of an ending."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=40, help="for each file")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    worst, runs = [], 0
    with tempfile.TemporaryDirectory() as temporary:
        school = copy_school(Path(temporary) / "school", KACPER)
        done(["build", KACPER, "--only", "profile", "--no-pdf"], school)
        done(["issue", KACPER, "profile", "--to", "parents", "--date", "20/11/2026"], school)
        done(["register", "--csv", "r.csv"], school)
        for path in sorted(path for path in school.rglob("*") if path.is_file()):
            words = READERS.get(path.name)
            if words is None and (".cache" in path.parts or path.suffix == ".json"):
                words = READERS["manifest.json"]
            if words is None:
                continue
            whole = path.read_bytes()
            for content in damaged(whole, wanted.times, wanted.seed) if whole else ():
                path.write_bytes(content)
                ended, runs = run(words, school), runs + 1
                if ended.code in (None, 9, 70) or "Traceback" in ended.said:
                    worst.append(f"{path.relative_to(school)}: {ended.code}: {ended.said[-600:]}")
                path.write_bytes(whole)
    sys.stdout.write(f"{runs} runs, {len(worst)} wrong\n")
    sys.exit("\n".join(worst) or 0)


if __name__ == "__main__":
    main()
