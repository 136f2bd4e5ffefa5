"""Every command that writes, run in a process of its own that is killed, or told by the disk that it is full, anywhere.

A process of its own by fork, so that a run begins at once; Linux and macOS. `audit` sees each change to the disk before
it is made: a run is ended, or fails, exactly there.
"""

from __future__ import annotations

import atexit
import contextlib
import errno
import hashlib
import importlib
import json
import os
import pkgutil
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import generator
from tests.example_school import ADA, ENVIRONMENT, KACPER, copy_school
from tests.forked_command import can_fork
from tests.forked_starts import fork_what_is_started

if TYPE_CHECKING:
    from tests.commands_cut_off import Command

Tree = dict[str, str]
Work = Sequence[str] | Callable[[Path], None]
"""The words of a command, or what is done to a school's folder otherwise."""


@dataclass
class Outcome:
    """How a run ended: its exit code, or None when it was killed; what it said; how many changes it made."""

    code: int | None
    said: str = ""
    changes: int = 0
    where: str = field(default="", repr=False)


def done(words: Work, school: Path) -> Outcome:
    """A run that must end well."""
    ended = run(words, school)
    assert ended.code in (0, 1), (words, ended.said)
    return ended


def run(
    words: Work,
    school: Path,
    *,
    kill_at: int = 0,
    fail_at: int = 0,
    fault: int = errno.ENOSPC,
    after: float = 0,
) -> Outcome:
    """Run a command; at its n-th change to the disk it is killed, or the change and all later ones fail; or both not.

    `after` are seconds until it is killed from outside.
    """
    _read_ahead()
    _kept()
    told, count = school.parent / "said.txt", school.parent / "changes.txt"
    for path in (told, count):
        path.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        _begin(words, school, told, count, kill_at, fail_at, fault)
    if after:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    status = _wait(child)
    code = None if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    said = told.read_text("utf-8", "replace") if told.exists() else ""
    number, _, where = (count.read_text() if count.exists() else "0").partition(" ")
    return Outcome(code, said, int(number or 0), where)


@cache
def _read_ahead() -> None:
    """Every module of the program is read before the first fork: no run spends its time on that."""
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if not module.name.endswith("__main__") and "msword" not in module.name:
            importlib.import_module(module.name)


@cache
def _kept() -> str:
    """What is kept for a user, shared by all runs: templates are compiled once, and whoever runs finds them there."""
    folder = tempfile.TemporaryDirectory(prefix="kept-")
    atexit.register(folder.cleanup)
    return folder.name


def _wait(child: int) -> int:
    until = time.monotonic() + 600
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    raise AssertionError("a run that does not end")


def _begin(words: Work, school: Path, told: Path, count: Path, kill_at: int, fail_at: int, fault: int) -> None:
    """The child: never returns."""
    code = 70
    try:
        os.chdir(school)
        os.environ |= ENVIRONMENT | {"TMPDIR": str(school.parent), "XDG_CACHE_HOME": _kept()}
        tempfile.tempdir = None
        out = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(out, 2)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
        note = os.open(count, os.O_WRONLY | os.O_CREAT)
        if can_fork({}):
            fork_what_is_started()
        _audit(school, note, kill_at, fail_at, fault)
        if callable(words):
            words(school)
        else:
            from generator.cli.main import main

            sys.argv = ["sendpack", *words]
            main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except BaseException:  # noqa: BLE001  whatever it is, it is told
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


_CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate"}


def _audit(school: Path, note: int, kill_at: int, fail_at: int, fault: int) -> None:
    seen, base, watched = 0, str(school), os.getpid()

    def hook(event: str, given: tuple[object, ...]) -> None:
        nonlocal seen
        if os.getpid() != watched:
            return  # a process that this one began: what it does is none of the command's own changes
        if event == "open":
            path, _, flags = given
            if not isinstance(flags, int) or not flags & (os.O_WRONLY | os.O_RDWR):
                return
        elif event in _CHANGES:
            path = given[0]
        else:
            return
        if isinstance(path, int) or not (Path.cwd() / os.fsdecode(path)).is_relative_to(base):  # type: ignore[arg-type]
            return
        seen += 1
        os.pwrite(note, f"{seen} {event} {os.fsdecode(path)}".encode() + b" " * 40, 0)  # type: ignore[arg-type]
        if kill_at and seen >= kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        if fail_at and seen >= fail_at and (fault == errno.EACCES or event not in ("os.remove", "os.rmdir")):
            raise OSError(fault, os.strerror(fault), os.fsdecode(path))  # type: ignore[arg-type]

    sys.addaudithook(hook)


# -- what lies in the folder ------------------------------------------------------------------------------------------


def tree(school: Path, hidden: bool = False) -> Tree:
    """The SHA-256 of every file by name; those that are hidden, or in a hidden folder, or else all others."""
    found = {}
    for path in sorted(school.rglob("*")):
        name = path.relative_to(school).as_posix()
        if path.is_file() and any(part.startswith(".") for part in name.split("/")) is hidden:
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def aged(school: Path) -> None:
    """What was left looks as if it had been left two hours ago."""
    then = time.time() - 7200
    for path in [*school.rglob(".*"), *school.parent.glob("sendpack-*")]:
        with contextlib.suppress(FileNotFoundError):  # a process that ends late removes its own
            os.utime(path, (then, then), follow_symlinks=False)


def begun(command: Command, folder: Path) -> Path:
    """A school in which the command can be run."""
    school = copy_school(folder / "school", ADA, KACPER)
    command.prepare(school)
    return school


def wrong_in_manifest(path: Path) -> list[str]:
    """What may not be of a manifest at any moment: it is read, and names no file that is not there."""
    try:
        documents = json.loads(path.read_text("utf-8"))["documents"]
        named = [name for entry in documents.values() for name in entry["files"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return [f"cannot be read ({type(error).__name__})"]
    return [f"names {name}, which is not there" for name in named if not (path.parent / name).is_file()]


@dataclass
class Trial:
    """One command with the folder before it and after it, to be cut off anywhere."""

    command: Command
    folder: Path
    school: Path = field(init=False)
    before: Tree = field(init=False)
    after: Tree = field(init=False)
    kept: Tree = field(init=False)
    changes: int = field(init=False)

    def __post_init__(self) -> None:
        self.school = begun(self.command, self.folder)
        self.before = tree(self.school)
        self.spare = self.folder / "spare"
        shutil.copytree(self.school, self.spare, symlinks=True)
        whole = run(self.command.words, self.school)
        assert whole.code in (0, 1), whole.said
        self.said, self.changes, self.after = whole.said, whole.changes, tree(self.school)
        self.kept = tree(self.school, hidden=True)

    @cached_property
    def lasts(self) -> float:
        """The seconds of a run that finds templates compiled, as those that are cut off do."""
        self.back()
        begun_at = time.monotonic()
        run(self.command.words, self.school)
        return time.monotonic() - begun_at

    def back(self) -> None:
        """As it was before the command."""
        shutil.rmtree(self.school)
        shutil.copytree(self.spare, self.school, symlinks=True)

    def wrong(self) -> list[str]:
        """What a cut must not leave: a file that is neither the old one nor the new one."""
        found, now = [], tree(self.school)
        for name, mark in now.items():
            if mark in (self.before.get(name), self.after.get(name)) or re.search(self.command.chance, name):
                continue
            if re.search(self.command.between, name):
                found += [f"{name} {what}" for what in wrong_in_manifest(self.school / name)]
            else:
                found.append(f"{name} is neither the old one nor the new one")
        return found + [f"{name} is gone" for name in self.before if name not in now and name in self.after]

    def not_gone_on(self, ended: Outcome) -> list[str]:
        """What a second run must have done: all of it, and nothing left over."""
        found = []
        if ended.code not in self.command.again:
            found.append(f"the next run ended with {ended.code}: {ended.said[-300:]}")
        now = tree(self.school)
        for name in sorted({*now, *self.after}):
            if now.get(name) != self.after.get(name) and not re.search(self.command.chance, name):
                how = "is missing" if name not in now else "is there" if name not in self.after else "is another"
                found.append(f"after the next run {name} {how}")
        left = {name for name in tree(self.school, hidden=True) if name not in self.kept}
        found += [
            f"{name} was left" for name in sorted(left) if not re.search(rf"/\.cache/|{self.command.leaves}", name)
        ]
        return found
