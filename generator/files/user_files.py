"""Files handed to the user under a name they chose: replaced only while they still are what we wrote."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from generator.files.atomic_files import PRIVATE, digest, write_files
from generator.problems import WrongUse

LEDGER = "written.json"


def hand_over(root: Path, path: Path, content: bytes) -> str:
    """Write a file; one that is there and is not as we last wrote it is kept beside. Gives a note about that, or "".

    `root` is the school's folder; output/written.json there remembers the hash of what was handed over.
    """
    ledger, name, note = _ledger(root), _name(root, path), ""
    if path.is_dir():
        raise WrongUse(f"{path} is a folder.", "Give the name of a file.")
    if path.exists() and digest(path.read_bytes()) not in (ledger.get(name), digest(content)):
        aside = free_name(path)
        path.rename(aside)
        note = f"{path.name} was there already and was not as sendpack wrote it; it is kept as {aside.name}"
    ledger[name] = digest(content)
    text = json.dumps(ledger, indent=1, ensure_ascii=False, sort_keys=True)
    # Together: a file without its line would be taken for the user's own when the disk was full in between.
    write_files({path: content, root / "output" / LEDGER: (text + "\n").encode()})
    with contextlib.suppress(OSError):
        path.chmod(PRIVATE)  # it may stand anywhere, and says what the files of many children say
    return note


def _name(root: Path, path: Path) -> str:
    place, home = path.resolve(), root.resolve()
    return (place.relative_to(home) if place.is_relative_to(home) else place).as_posix()


def free_name(path: Path) -> Path:
    """A name beside a file that is not taken: `register (kept 1).xlsx`."""
    number = 1
    while (aside := path.with_name(f"{path.stem} (kept {number}){path.suffix}")).exists():
        number += 1
    return aside


def _ledger(root: Path) -> dict[str, str]:
    try:
        read = json.loads((root / "output" / LEDGER).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in read.items()} if isinstance(read, dict) else {}
