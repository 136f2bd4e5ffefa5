"""The user's own folder for what a program may forget: on this machine, never in a school's shared folder."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
from pathlib import Path

_MOST = 400
"""Files kept for one purpose; the oldest go first."""


def folder() -> Path:
    """Where this system keeps what programs may forget."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "sendpack"
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/sendpack"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sendpack"


def kept(purpose: str, key: str) -> bytes | None:
    """What was kept under a key: None when there is nothing, it is damaged, or others than this user could write it."""
    path = folder() / purpose / key
    try:
        if not (_is_ours(path.parent) and _is_ours(path)):
            return None
        found = path.read_bytes()
    except OSError:
        return None
    mark, content = found[:32], found[32:]
    return content if hashlib.sha256(content).digest() == mark else None


def keep(purpose: str, key: str, content: bytes) -> None:
    """Keep bytes under a key, for this user alone; a place that cannot be written is no reason to stop."""
    home = folder() / purpose
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, beside = tempfile.mkstemp(dir=home, prefix=".new-")
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(content).digest() + content)
        Path(beside).replace(home / key)
        _forget_oldest(home)
    except OSError:
        return


def _is_ours(path: Path) -> bool:
    """True for what this user owns and nobody else may write; Windows gives a user's folder to that user alone."""
    if sys.platform == "win32":
        return True
    found = path.stat()
    return found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _forget_oldest(home: Path) -> None:
    files = list(home.iterdir())
    if len(files) > _MOST:
        for path in sorted(files, key=lambda one: one.stat().st_mtime)[: len(files) - _MOST // 2]:
            path.unlink(missing_ok=True)
