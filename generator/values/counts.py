"""Things counted in words: one file, two files."""

from __future__ import annotations


def counted_things(number: int, noun: str) -> str:
    """`1 file`, `2 files`, `0 files`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
