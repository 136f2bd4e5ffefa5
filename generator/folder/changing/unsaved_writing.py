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
from generator.folder.changing.changes_made import home
from generator.folder.changing.edit_record import OpenRecord
from generator.records.three_way import differences
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
    whose: str = ""
    """Who wrote it: the role and the account; nobody is offered somebody else's."""
    opened: float = field(default_factory=time.time)
    """When the form was opened."""

    @property
    def changes(self) -> list[str]:
        """The names of the parts in which what was typed is not what was opened."""
        before = self.record.tree or {}
        return list(dict.fromkeys(str(one.way[0]) for one in differences(before, before, self.typed) if one.way))


class Drafts:
    """The drafts of a school's folder."""

    def __init__(self, root: Path) -> None:
        self._folder = home(root) / "drafts"
        self._held: dict[str, UnsavedDraft] = {}
        self._over: set[str] = set()
        self._alone = threading.Lock()

    def begin(self, record: OpenRecord, role: str = "") -> UnsavedDraft:
        """A form was opened: nothing is written down before something is typed."""
        made = UnsavedDraft(record, record.tree or {}, record.tree or {}, whose=owner(role))
        self._held[made.name] = made
        return made

    def keep(self, draft: UnsavedDraft) -> None:
        """Write down what was typed; not any more once it was saved, or thrown away."""
        draft.at = time.time()
        note = {
            "path": draft.record.path,
            "kind": draft.record.kind,
            "at": draft.at,
            "whose": draft.whose,
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

    def of(self, path: str, role: str = "") -> UnsavedDraft | None:
        """The newest draft of a file that this person typed into and never saved, and that says something else."""
        return max(
            (one for one in self._of_one(path, owner(role)) if one.changes), key=lambda one: one.at, default=None
        )

    def _of_one(self, path: str, whose: str) -> list[UnsavedDraft]:
        found = [self._read(file) for file in self._folder.glob(f"{_mark(path)}-*.json")]
        return [one for one in found if one is not None and _same_person(one.whose, whose)]

    def settle(self, draft: UnsavedDraft) -> None:
        """It was saved: what the same person had written before its form was opened, and not gone on with, goes too.

        It was offered when the form was opened; offered again it would bring back what is long out of date.
        """
        self.drop(draft)
        for one in self._of_one(draft.record.path, draft.whose):
            if one.at < draft.opened:
                self._file(one).unlink(missing_ok=True)

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
            rows, typed, at = _in(note["rows"]), _in(note["typed"]), float(note["at"])
            return UnsavedDraft(record, rows, typed, name, at, str(note.get("whose", "")), at)
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

    def close(self) -> None:
        """The page is closed: nobody writes here any more."""
        for file in self._folder.glob(f"*-{self._me}.json"):
            file.unlink(missing_ok=True)

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


def owner(role: str) -> str:
    """Who writes, as far as a page without accounts can tell: the view and the account.

    The computer is no part of it: its name changes with the network, and a school's account is one person's everywhere.
    """
    return f"{role} {_account()}"


def _same_person(noted: str, whose: str) -> bool:
    """True for drafts of the same view and account; those of before this was noted are the SENCO's."""
    return noted == whose or (not noted and not whose.startswith("teacher "))


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "somebody"
