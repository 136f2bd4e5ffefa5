"""Where learned forms are: asked by every bundle and build, of which few have any; so nothing else is loaded here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def form_files(folders: Sequence[Path], packs: Sequence[str]) -> list[Path]:
    """The maps of some packs, those of the nearest pack and of the school's own folder first; one of each name."""
    found: dict[str, Path] = {}
    for pack in packs:
        for folder in folders:
            for file in sorted((folder / pack / "forms").glob("*.yaml")):
                if file.name != "fields.yaml":
                    found.setdefault(file.stem, file)
    return list(found.values())
