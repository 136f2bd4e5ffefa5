"""A change of several steps, seen as one: the files at some places before and after it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from generator.files.atomic_files import digest
from generator.folder.changing.changes_made import FileChange, as_one, remember, steps_since

MOST_BYTES = 2_000_000
"""Of a file other than a record whose bytes are kept while it is watched; larger ones are only ever added."""

_Held = tuple[tuple[int, int], bytes | None]
"""When a file was written and how large it is; its bytes, where they are kept."""


@contextmanager
def remembered(root: Path, did: str, *places: str) -> Iterator[None]:
    """Whatever is done meanwhile to files at these places (files or folders) is one change, also where it breaks off.

    What somebody else saves there meanwhile is no part of it: their own change tells it. Of files that are no records,
    and large, only the making is seen: nothing here ever changes such a file.
    """
    begun, before = time.time(), {path: held for place in places for path, held in _held(root, place)}
    try:
        with as_one():
            yield
    except BaseException:
        did = f"{did} (broke off)"
        raise
    finally:
        remember(root, did, list(_differences(root, before, places, begun)))


def _differences(root: Path, before: Mapping[str, _Held], places: Sequence[str], begun: float) -> Iterator[FileChange]:
    after = {path: held for place in places for path, held in _held(root, place)}
    by_others = steps_since(root, begun)
    for path in sorted({*before, *after}):
        was, now = before.get(path), after.get(path)
        if was == now or (was is not None and was[1] is None):
            continue
        mark, kept = digest((root / path).read_bytes()) if now else None, was[1] if was else None
        steps = by_others.get(path, [])
        if not steps:
            yield FileChange(path, kept, mark)
        elif not _lead(digest(kept) if kept is not None else None, steps, mark):
            yield FileChange(path, kept, mark, mixed=True)


def _lead(before: str | None, steps: Sequence[tuple[str | None, str | None]], after: str | None) -> bool:
    """Whether the steps of others alone lead from what was there before to what is there now: nothing of it is ours."""
    ends = [before, *(end for _, end in steps)]
    return ends[-1] == after and all(begin == end for (begin, _), end in zip(steps, ends, strict=False))


def _held(root: Path, place: str) -> Iterator[tuple[str, _Held]]:
    start = root / place
    for file in [start] if start.is_file() else sorted(start.rglob("*")) if start.is_dir() else []:
        if not file.is_file() or file.name.startswith("."):
            continue
        status = file.stat()
        small = file.suffix == ".yaml" or (status.st_size <= MOST_BYTES and place.startswith("templates"))
        mark = (status.st_mtime_ns, status.st_size)
        yield file.relative_to(root).as_posix(), (mark, file.read_bytes() if small else None)
