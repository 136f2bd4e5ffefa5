"""What was written in a form and is not saved yet: kept outside the case, so that a closed lid loses nothing."""

from __future__ import annotations

import base64
import getpass
import json
import platform
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator.files.atomic_files import write_file
from generator.folder.edit_record import OpenRecord, home
from generator.records.yaml_text.yaml_keys import PlainNumber, PlainTruth
from generator.records.yaml_text.yaml_reader import read_yaml

STALE = 90
"""Seconds after the last sign of life in which somebody still counts as writing."""


@dataclass
class UnsavedDraft:
    """One form that is open: the record as it was when it was opened, and the data as they are in the form now.

    `rows` is the data by whose list positions the form numbers its rows; `typed` is what was last heard from it.
    """

    record: OpenRecord
    rows: Mapping[str, Any]
    typed: Mapping[str, Any]
    name: str = field(default_factory=lambda: secrets.token_hex(12))
    at: float = field(default_factory=time.time)


class Drafts:
    """The drafts of a school's folder."""

    def __init__(self, root: Path) -> None:
        self._folder = home(root) / "drafts"
        self._held: dict[str, UnsavedDraft] = {}
        self._over: set[str] = set()
        self._alone = threading.Lock()

    def begin(self, record: OpenRecord) -> UnsavedDraft:
        """A form was opened: nothing is written down before something is typed."""
        made = UnsavedDraft(record, record.tree or {}, record.tree or {})
        self._held[made.name] = made
        return made

    def keep(self, draft: UnsavedDraft) -> None:
        """Write down what was typed; not any more once it was saved, or thrown away."""
        draft.at = time.time()
        note = {
            "path": draft.record.path,
            "kind": draft.record.kind,
            "at": draft.at,
            "content": base64.b64encode(draft.record.content).decode(),
            "rows": _out(draft.rows),
            "typed": _out(draft.typed),
        }
        with self._alone:
            if draft.name in self._over:
                return
            self._held[draft.name] = draft
            write_file(self._file(draft), json.dumps(note, ensure_ascii=False).encode())

    def get(self, name: str) -> UnsavedDraft | None:
        """The draft of a name, from this run or one that was cut off."""
        if name in self._held:
            return self._held[name]
        if not name or not name.isalnum():
            return None
        found = next(self._folder.glob(f"*-{name}.json"), None)
        return self._read(found) if found else None

    def of(self, path: str) -> UnsavedDraft | None:
        """The newest draft of a file that was typed into and never saved."""
        files = sorted(self._folder.glob(f"{_mark(path)}-*.json"), key=lambda file: file.stat().st_mtime)
        return self._read(files[-1]) if files else None

    def drop(self, draft: UnsavedDraft) -> None:
        """It was saved, or thrown away by its writer."""
        with self._alone:
            self._over.add(draft.name)
            self._held.pop(draft.name, None)
            self._file(draft).unlink(missing_ok=True)

    def _file(self, draft: UnsavedDraft) -> Path:
        return self._folder / f"{_mark(draft.record.path)}-{draft.name}.json"

    def _read(self, file: Path) -> UnsavedDraft | None:
        try:
            note = json.loads(file.read_text("utf-8"))
            content = base64.b64decode(note["content"])
            record = OpenRecord(note["path"], note["kind"], content, read_yaml(content, note["path"])[0])
            name = file.stem.rpartition("-")[2]
            return UnsavedDraft(record, _in(note["rows"]), _in(note["typed"]), name, float(note["at"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None


def _mark(path: str) -> str:
    return sha256(path.encode()).hexdigest()[:16]


def _out(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _out(below) for key, below in value.items()}
    if isinstance(value, list):
        return [_out(below) for below in value]
    if isinstance(value, PlainNumber | PlainTruth):
        return {"~plain": str(value), "~truth": isinstance(value, PlainTruth)}
    return value


def _in(value: Any) -> Any:
    if isinstance(value, list):
        return [_in(below) for below in value]
    if not isinstance(value, dict):
        return value
    if "~plain" in value:
        return (PlainTruth if value["~truth"] else PlainNumber)(value["~plain"])
    return {key: _in(below) for key, below in value.items()}


# -- who is writing where ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Writer:
    """Somebody who has a record open for writing: the name of their account and of their computer, and since when."""

    who: str
    machine: str
    since: float


class Writers:
    """Tells a second person who is writing where, also on a folder that several computers share."""

    def __init__(self, root: Path) -> None:
        self._folder = home(root) / "writing"
        self._me = secrets.token_hex(6)
        self._since: dict[str, float] = {}

    def here(self, path: str) -> None:
        """A sign of life: this page has a record open and something was typed."""
        since = self._since.setdefault(path, time.time())
        note = {"me": self._me, "who": _account(), "machine": platform.node(), "since": since, "at": time.time()}
        write_file(self._folder / f"{_mark(path)}-{self._me}.json", json.dumps(note).encode())

    def gone(self, path: str) -> None:
        """The record was saved or closed."""
        self._since.pop(path, None)
        (self._folder / f"{_mark(path)}-{self._me}.json").unlink(missing_ok=True)

    def others(self, path: str) -> list[Writer]:
        """Who else is writing there now."""
        found = []
        for file in self._folder.glob(f"{_mark(path)}-*.json"):
            try:
                note = json.loads(file.read_text("utf-8"))
                if note["me"] != self._me and time.time() - float(note["at"]) < STALE:
                    found.append(Writer(str(note["who"]), str(note["machine"]), float(note["since"])))
            except (OSError, ValueError, KeyError, TypeError):
                continue
        return found


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "somebody"
