"""Which row of a list, as it was, a row of the wanted list is: the same one, one of the same id, or one changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from generator.records.yaml_text.yaml_writing import same


def aligned(old: Sequence[Any], new: Sequence[Any]) -> list[tuple[int | None, Any]]:
    """For each new item the old one that it was, if any: the same, of the same id, or the one left in its place."""
    matches = _at_the_ends(old, new)
    free = [n for n in range(len(old)) if n not in matches.values()]
    left = [n for n in range(len(new)) if n not in matches]
    for number in left:
        value = new[number]
        found = next((n for n in free if same(old[n], value)), None)
        if found is None and (named := _id(value)):
            found = next((n for n in free if _id(old[n]) == named), None)
        if found is not None:
            matches[number] = found
            free.remove(found)
    for number in left:
        near = [n for n in free if number not in matches and _alike(old[n], new[number])]
        if near:
            matches[number] = min(near, key=lambda n: abs(n - number))
            free.remove(matches[number])
    _in_their_gaps(old, new, matches)
    return [(matches.get(number), value) for number, value in enumerate(new)]


def _at_the_ends(old: Sequence[Any], new: Sequence[Any]) -> dict[int, int]:
    """What stands unchanged at the beginning and at the end: of rows that are alike each is the one in its place."""
    most = min(len(old), len(new))
    first = next((n for n in range(most) if not same(old[n], new[n])), most)
    rest = most - first
    last = next((n for n in range(rest) if not same(old[-1 - n], new[-1 - n])), rest)
    ends = {len(new) - 1 - n: len(old) - 1 - n for n in range(last)}
    return {**{n: n for n in range(first)}, **ends}


def _in_their_gaps(old: Sequence[Any], new: Sequence[Any], matches: dict[int, int]) -> None:
    """What is left between the same two neighbours, as many as before, was changed in its place."""
    taken = set(matches.values())
    gap: list[int] = []
    before = -1
    for number in range(len(new) + 1):
        if number < len(new) and number not in matches:
            gap.append(number)
            continue
        after = matches[number] if number < len(new) else len(old)
        held = range(before + 1, after)
        if gap and len(held) == len(gap) and not taken & set(held):
            matches |= {one: was for was, one in zip(held, gap, strict=True) if _one_kind(old[was], new[one])}
        gap, before = [], after


def _one_kind(old: Any, new: Any) -> bool:
    """True when both are rows, lists, or single values."""
    return all(isinstance(old, kind) == isinstance(new, kind) for kind in (Mapping, list))


def _id(value: Any) -> str:
    found = value.get("id") if isinstance(value, Mapping) else None
    return found if isinstance(found, str) else ""


def _alike(old: Any, new: Any) -> bool:
    """True when one may well be the other, changed."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        if _id(old) and _id(new):
            return False
        return any(same(old[key], new[key]) for key in old if key in new and old[key] is not None)
    if isinstance(old, str) and isinstance(new, str):
        return SequenceMatcher(None, old[:200], new[:200]).ratio() > 0.5
    return False
