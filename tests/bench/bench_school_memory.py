"""How long `check` takes, and how much memory the views of a whole school: 5,000 pupils, half of them on the register.

    python -m tests.bench.bench_school_memory [--pupils 5000] [--keep FOLDER]

What is aimed at: check within 25 seconds; register, status, provision and reviews within 400 MB. Memory is the highest
resident size of the command and of the largest process that it started.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.big_school import ON, write_school

ROOT = Path(__file__).parent.parent.parent
COMMANDS = ("check", "register", "status", "provision", "reviews")
_RUN = """
import resource, sys
from generator.cli.errors import exit_code
from generator.cli.main import sendpack
code = exit_code(lambda: sendpack.main(standalone_mode=False))
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
processor = sum(one.ru_utime + one.ru_stime for one in used)
print("RESULT", code, *(one.ru_maxrss // 1024 for one in used), f"{processor:.1f}", file=sys.stderr)
"""


def measured(school: Path, command: str) -> tuple[float, list[str]]:
    """Seconds by the clock; exit code, MB, MB of the largest child, seconds of processors."""
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", _RUN, "-C", str(school), command, "--on", f"{ON:%d/%m/%Y}"],
        capture_output=True, text=True, encoding="utf-8", env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False,
    )  # fmt: skip
    return time.monotonic() - begun, done.stderr.splitlines()[-1].split()[1:]


def main() -> None:
    """Print a line for each command."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pupils", type=int, default=5000)
    options.add_argument("--keep", type=Path)
    said = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = said.keep or Path(temporary) / "school"
        school = folder if (folder / "cases").is_dir() else write_school(folder, said.pupils, said.pupils // 2)
        for command in COMMANDS:
            seconds, (code, own, child, processor) = measured(school, command)
            memory = f"{own:>5} MB  largest child {child:>5} MB"
            print(f"{command:10} {seconds:6.1f} s  {processor:>6} s of processors  {memory}  exit {code}", flush=True)


if __name__ == "__main__":
    main()
