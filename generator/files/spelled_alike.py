"""A file by its name, however its letters are put together.

A Mac writes the ë of Zoë in file names as an e and two dots, a keyboard writes one letter; both look alike.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path


def same_name(name: str) -> str:
    """A name in the one spelling in which two names are compared."""
    return unicodedata.normalize("NFC", name)


def find_file(folder: Path, name: str) -> Path:
    """The file of that name in a folder; where there is none, the one that is named alike, else the name as it is."""
    exact = folder / name
    if exact.exists():
        return exact
    home = exact.parent
    alike = (p for p in home.iterdir() if same_name(p.name) == same_name(exact.name)) if home.is_dir() else iter(())
    return next(alike, exact)
