"""Files handed to the user under a name they chose: replaced only while they still are what we wrote."""

from __future__ import annotations

import contextlib
import json
import sys
from itertools import count
from pathlib import Path, PurePath
from typing import Any

from generator.files.atomic_files import PRIVATE, digest, write_files, write_new_file
from generator.problems import WrongUse
from generator.values.file_names import cannot_be_kept

LEDGER = "written.json"


def refuse_half_a_drive(path: PurePath) -> None:
    """Raises WrongUse for `a:b.csv`: on Windows that is b.csv in whatever folder the drive a: is at."""
    if path.drive and not path.root:
        raise WrongUse(
            f"{path} names the drive {path.drive} and no folder of it.",
            f"Write a name without a colon, or the whole way to it, as in {path.drive}\\Users.",
        )


def refuse_odd_folder(folder: Path) -> None:
    """Raises WrongUse for a new folder that some system cannot keep, such as CON or what?; those there are left."""
    refuse_half_a_drive(folder)
    for one in (folder, *folder.parents):
        if sys.platform != "win32" and one.exists():
            return
        if one.name not in ("", ".", "..") and (why := cannot_be_kept(one.name)):
            raise WrongUse(f"No folder can be called {one.name}: it {why}.", "Choose another name.")


def hand_over(root: Path, path: Path, content: bytes) -> str:
    """Write a file; one that is there and is not as we last wrote it is kept beside. Gives a note about that, or "".

    `root` is the school's folder; output/written.json there remembers the hash of what was handed over, and the one
    before. Raises WrongUse for a name that Windows keeps for itself: to look whether aux.xlsx is there already it would
    wait for a device.
    """
    refuse_half_a_drive(path)
    if why := cannot_be_kept(path.name):
        raise WrongUse(f"No file can be called {path.name}: it {why}.", "Choose another name.")
    ledger, name, note = _ledger(root), _name(root, path), ""
    if path.is_dir():
        raise WrongUse(f"{path} is a folder.", "Give the name of a file.")
    there, new = digest(path.read_bytes()) if path.exists() else "", digest(content)
    ours = there == new or _wrote(ledger.get(name), there)
    if there and not ours:
        aside = free_name(path)
        path.rename(aside)
        note = f"{path.name} was there already and was not as sendpack wrote it; it is kept as {aside.name}"
    ledger[name] = " ".join(dict.fromkeys([there, new] if there and ours else [new]))
    text = json.dumps(ledger, indent=1, ensure_ascii=False, sort_keys=True)
    # Together, and the line first: a file without its line would be taken for the user's own by the run after one that
    # was cut off, or met a full disk, in between. So the line names what is there and what is about to be.
    write_files({root / "output" / LEDGER: (text + "\n").encode(), path: content})
    with contextlib.suppress(OSError):
        path.chmod(PRIVATE)  # it may stand anywhere, and says what the files of many children say
    return note


def as_we_wrote_it(path: Path, line: Any) -> bool:
    """Whether a file still is what was handed over, by its line of the ledger, which may name more than one content."""
    return _wrote(line, digest(path.read_bytes()))


def _wrote(line: Any, mark: str) -> bool:
    return mark in str(line or "").split()


def _name(root: Path, path: Path) -> str:
    place, home = path.resolve(), root.resolve()
    return (place.relative_to(home) if place.is_relative_to(home) else place).as_posix()


def placed(path: Path, content: bytes) -> Path:
    """Write a file under its name or the next that is free, `sar-2.zip`; gives which. Nothing that is there goes."""
    names = (path.with_stem(f"{path.stem}-{number}") if number > 1 else path for number in count(1))
    return next(one for one in names if write_new_file(one, content) or (one.is_file() and one.read_bytes() == content))


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
