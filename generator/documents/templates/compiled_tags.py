"""Compiled tags of templates, kept between runs in the user's own cache: to compile them takes a second.

They are kept by the text that they were made from and by the program that made them, so that a changed template, a
changed program and another version of Jinja all compile anew.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import marshal
import os
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from types import CodeType
from typing import Any

from generator.files import user_cache


def compiled(source: str, name: str, make: Callable[[], CodeType]) -> CodeType:
    """The code that `make` gives for the tags of a part, or gave before for the same; raises what it raises."""
    code: CodeType = kept_or_made("templates", (name, source), make)
    return code


def kept_or_made(purpose: str, words: Sequence[str], make: Callable[[], Any]) -> Any:
    """What `make` gives, plain values and compiled code, or gave before to this program for the same words.

    Raises what it raises; that is never kept.
    """
    key = hashlib.sha256("\0".join((program(), *words)).encode()).hexdigest()
    held = user_cache.kept(purpose, key)
    if held is not None:
        return marshal.loads(held)  # noqa: S302  from this user's own folder, which nobody else may write
    made = make()
    user_cache.keep(purpose, key, marshal.dumps(made))
    return made


@functools.cache
def program() -> str:
    """What this program is, as far as a change of it could compile something else: sizes and times of its files."""
    package = Path(__file__).parents[2]
    files = hashlib.sha256("".join(sorted(_states(str(package)))).encode()).hexdigest()
    return " ".join([files, importlib.util.MAGIC_NUMBER.hex(), version("jinja2"), version("docxtpl"), version("lxml")])


def _states(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in ("__pycache__", "_data"):
                    yield from _states(entry.path)
            elif entry.name.endswith(".py"):
                found = entry.stat()
                yield f"{entry.path} {found.st_size} {found.st_mtime_ns}\n"
