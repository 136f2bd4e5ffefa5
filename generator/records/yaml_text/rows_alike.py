"""Which row of a list, as it was, a row of the wanted list is: the same one, one of the same id, or one changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from generator.records.yaml_text.yaml_writing import same


def aligned(old: Sequence[Any], new: Sequence[Any]) -> list[tuple[int | None, Any]]:
    """For each new item the old one that it was, if any: the same, of the same id, or the one left in its place."""
    matches: dict[int, int] = {}
    free = list(range(len(old)))
    for number, value in enumerate(new):
        found = next((n for n in free if same(old[n], value)), None)
        if found is None and isinstance(value, Mapping) and value.get("id"):
            found = next((n for n in free if isinstance(old[n], Mapping) and old[n].get("id") == value["id"]), None)
        if found is not None:
            matches[number] = found
            free.remove(found)
    for number, value in enumerate(new):
        if number in matches:
            continue
        near = [n for n in free if _alike(old[n], value)]
        if near:
            matches[number] = min(near, key=lambda n: abs(n - number))
            free.remove(matches[number])
    return [(matches.get(number), value) for number, value in enumerate(new)]


def _alike(old: Any, new: Any) -> bool:
    """True when one may well be the other, changed."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        if old.get("id") and new.get("id"):
            return False
        return any(same(old[key], new[key]) for key in old if key in new and old[key] is not None)
    if isinstance(old, str) and isinstance(new, str):
        return SequenceMatcher(None, old[:200], new[:200]).ratio() > 0.5
    return False
