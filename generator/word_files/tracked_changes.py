"""Tracked changes of a Word document, and what is left when all of them are accepted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.word_files.word_names import SPACES, child, drop, local, named, space_of, unwrap

_TRACKED = ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")
_DELETED, _INSERTED = ("del", "moveFrom", "cellDel"), ("ins", "moveTo")


def tracked(root: Any) -> Iterator[Any]:
    """Every mark of words that were inserted, deleted or moved, to which nobody has yet said yes or no."""
    yield from named(root, *_TRACKED)


def accept_all(root: Any) -> None:
    """Keep every insertion of a part, and let every deletion go."""
    for row in [mark.getparent() for mark in named(root, "trPr") if child(mark, "del") is not None]:
        drop(row)
    for element in list(named(root, *_DELETED)):
        _drop_deleted(element)
    for element in list(named(root, *_INSERTED)):
        unwrap(element)
    for element in [one for one in root.iter() if space_of(one) in SPACES and _is_trace(local(one))]:
        drop(element)


def _is_trace(name: str) -> bool:
    """Records of how things looked before, and borders of moved ranges."""
    return name.endswith("Change") or name in ("cellIns", "cellMerge") or name.startswith(("moveFromR", "moveToR"))


def _drop_deleted(element: Any) -> None:
    """Remove deleted runs; a deleted paragraph mark joins the paragraph to the next one."""
    parent = element.getparent()
    if parent is None:
        return
    marks = parent.getparent()
    if local(parent) == "rPr" and marks is not None and local(marks) == "pPr":
        _join_next(marks.getparent())
    drop(element)


def _join_next(paragraph: Any | None) -> None:
    """Move what a paragraph holds to the start of the paragraph after it."""
    following = paragraph.getnext() if paragraph is not None else None
    if paragraph is None or following is None or local(following) != "p":
        return
    at = 1 if len(following) and local(following[0]) == "pPr" else 0
    for one in reversed([one for one in paragraph if local(one) != "pPr"]):
        following.insert(at, one)
    drop(paragraph)
