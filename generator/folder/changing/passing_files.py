"""Files that the page was given and needs for a while: kept outside the cases, under names that tell nothing."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

from generator.files.atomic_files import write_file
from generator.folder.changing.changes_made import home


def passing_folder(root: Path) -> Path:
    """Where they are; only this user may open it."""
    return home(root) / "passing"


def keep_for_now(root: Path, ending: str, content: bytes) -> Path:
    """Keep a file that was given, until it is taken in or the page is closed."""
    file = passing_folder(root) / f"{secrets.token_hex(8)}{ending}"
    write_file(file, content)
    return file


def drop_passing(root: Path) -> None:
    """The page is closed: nothing that passed stays."""
    shutil.rmtree(passing_folder(root), ignore_errors=True)
