"""`python -m tools.windows`: make the archive, renew the lock file, or pin another Python."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from tools.windows.archive import make_archive
from tools.windows.interpreter import pin
from tools.windows.locked_wheels import lock

ADVICE = (
    "Name the embeddable Python for 64-bit Windows, as python.org publishes it:\n"
    "    make windows PYTHON_EMBED=python-3.13.2-embed-amd64.zip"
)


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sendpack-windows"


def main(words: list[str]) -> int:
    """Do what is asked; gives the exit code. What cannot be gone on with is said in a sentence, code 3."""
    parser = argparse.ArgumentParser(prog="python -m tools.windows", description=__doc__)
    parser.add_argument("what", choices=["make", "lock", "pin"])
    parser.add_argument("--python", type=Path, help="the embeddable Python, a .zip")
    parser.add_argument("--into", type=Path, default=Path("dist"), help="the folder for the archive")
    parser.add_argument("--wheels", type=Path, default=_cache() / "wheels", help="where downloaded libraries are kept")
    asked = parser.parse_args(words)
    try:
        if asked.what == "lock":
            print(f"{lock(asked.wheels)} libraries are locked in tools/windows/wheels.lock")
        elif asked.python is None or not asked.python.is_file():
            raise SystemExit(ADVICE)
        elif asked.what == "pin":
            print(f"{pin(asked.python)} files are pinned in tools/windows/python.sha256")
        else:
            made = make_archive(asked.python, asked.wheels, asked.into)
            print(f"{made}\n{made.with_name(made.name + '.sha256').read_text('utf-8').split()[0]}")
    except (SystemExit, ValueError) as stop:
        print(stop, file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
