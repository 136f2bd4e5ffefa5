"""Results kept by what they were made from, so that the same is not made again; what is damaged counts as not there."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.files.atomic_files import digest

USED = "used.json"
"""Which results each purpose needed when it was last worked at; what none needs any more is removed."""


@dataclass
class KeptResults:
    """Results in a folder that is the user's alone; with no folder nothing is kept.

    A result is bytes and a note of plain values. Two runs at once may both keep a result: they never see half of it.
    `program` is the fingerprint of what makes results: another program makes them anew.
    """

    folder: Path | None = None
    program: str = ""
    used: set[str] = field(default_factory=set)
    _looked: dict[str, tuple[dict[str, Any], dict[str, Any]]] = field(default_factory=dict)

    def key(self, content: bytes, *made_with: object) -> str:
        """The name of a result: of what it is made, and everything else that it depends on, as plain values."""
        return digest(digest(content).encode() + repr((self.program, made_with)).encode())

    def get(self, key: str) -> tuple[bytes, dict[str, Any]] | None:
        """The result of a key with its note; None when there is none, or what is there is not what was kept."""
        self.used.add(key)
        if self.folder is None:
            return None
        try:
            note = json.loads((self.folder / f"{key}.json").read_text("utf-8"))
            content = (self.folder / f"{key}.bin").read_bytes()
        except (OSError, ValueError):
            return None
        if not isinstance(note, dict) or digest(content) != note.pop("result", ""):
            return None
        return content, note

    def has(self, key: str) -> bool:
        """True when there is a result of a key, whole or not: a quick look before work is begun."""
        return self.folder is not None and (self.folder / f"{key}.json").is_file()

    def put(self, key: str, content: bytes, note: Mapping[str, Any]) -> None:
        """Keep a result under a key; a place that cannot be written is no reason to stop."""
        self.used.add(key)
        if self.folder is None:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._write(f"{key}.bin", content)
            self._write(f"{key}.json", json.dumps({**note, "result": digest(content)}).encode())
        except OSError:
            return

    def each_once(self, texts: Iterable[str], look: Callable[[str], Any], *made_with: object) -> list[Any]:
        """What `look` finds in each text, plain values; looked for only in texts in which it was not before.

        All that was found with the same `made_with` is one result; what this run does not ask for leaves it.
        """
        key = self.key(b"", "each text", made_with)
        if key not in self._looked:
            held = self.get(key)
            self._looked[key] = (held[1]["found"] if held else {}, {})
        before, now = self._looked[key]
        found = []
        for text in texts:
            mark = digest(text.encode("utf-8", "surrogatepass"))
            if mark not in now:
                now[mark] = before[mark] if mark in before else look(text)
            found.append(now[mark])
        return found

    def keep_looks(self) -> None:
        """Keep what `each_once` found, where that is not what was kept before."""
        for key, (before, now) in self._looked.items():
            if before != now:
                self.put(key, b"", {"found": now})
                self._looked[key] = (now, now)

    def sweep(self, purpose: str) -> int:
        """Remember what this purpose used, and remove results that no purpose used the last time; how many went.

        So what was made from a report that is no longer in the case does not stay behind.
        """
        if self.folder is None or not self.folder.is_dir():
            return 0
        needed = {**self._needed(), purpose: sorted(self.used)}
        self._write(USED, json.dumps(needed).encode())
        kept = {key for keys in needed.values() for key in keys}
        gone = [key for key in self._keys() if key not in kept]
        for key in gone:
            for ending in ("json", "bin"):
                (self.folder / f"{key}.{ending}").unlink(missing_ok=True)
        return len(gone)

    def _needed(self) -> dict[str, list[str]]:
        assert self.folder is not None
        try:
            read = json.loads((self.folder / USED).read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(name): list(keys) for name, keys in read.items()} if isinstance(read, dict) else {}

    def _keys(self) -> Iterable[str]:
        assert self.folder is not None
        return {path.stem for path in self.folder.glob("*.bin")} | set(_long(self.folder.glob("*.json")))

    def _write(self, name: str, content: bytes) -> None:
        """Beside first, then in place."""
        assert self.folder is not None
        handle, beside = tempfile.mkstemp(dir=self.folder, prefix=".new-")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(beside).replace(self.folder / name)


def _long(files: Iterable[Path]) -> Iterator[str]:
    """The names of results among files: digests, 64 letters."""
    return (path.stem for path in files if len(path.stem) == 64)
