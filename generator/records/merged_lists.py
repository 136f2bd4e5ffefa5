"""Two people's changes of one list brought together, entry by entry, where nobody has to choose.

Data are dict, list and str, as read_yaml gives them. An entry is known by its id, else by its very words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Key = tuple[str, str]


def merged_lists(
    before: Sequence[Any], theirs: Sequence[Any], mine: Sequence[Any], merge: Callable[[Any, Any, Any], Any]
) -> list[Any] | None:
    """The list with what both added, changed and took out; None where somebody has to choose.

    `merge` brings three versions of one entry together and gives None where it cannot. Entries stand as they do in
    theirs; what is new in mine follows the entry that it follows there.
    """
    first, second, third = ({_key(one): one for one in rows} for rows in (before, theirs, mine))
    if any(len(keyed) != len(rows) for keyed, rows in ((first, before), (second, theirs), (third, mine))):
        return None  # the same words twice: nobody can say which is which
    if [key for key in third if key in first] != [key for key in first if key in third]:
        return None  # put into another order
    gone_in_both = [key for key in first if key not in second and key not in third]
    new = [key for key in third if key not in first and key not in second]
    if gone_in_both and (new or any(key not in first for key in second)):
        return None  # one entry written anew by both, or by one and taken out by the other
    made: dict[Key, Any] = {}
    for key, entry in second.items():
        if key in first and key not in third:
            if entry != first[key]:
                return None  # changed by them, taken out by me
            continue
        whole = _together(first.get(key), entry, third.get(key, entry), merge)
        if whole is None:
            return None
        made[key] = whole
    if any(third[key] != first[key] for key in third if key in first and key not in second):
        return None  # changed by me, taken out by them
    return _with_mine(made, third, new, [key for key in second if key not in first])


def _together(before: Any, theirs: Any, mine: Any, merge: Callable[[Any, Any, Any], Any]) -> Any:
    if theirs == mine or mine == before:
        return theirs
    return mine if theirs == before else merge(before, theirs, mine)


def _with_mine(
    made: Mapping[Key, Any], mine: Mapping[Key, Any], new: Sequence[Key], theirs: Sequence[Key]
) -> list[Any]:
    """What is new in mine, each after the entry that it follows there, and after what is new there in theirs."""
    order, rows = list(made), {**made, **{key: mine[key] for key in new}}
    for key in new:
        before = [one for one in list(mine)[: list(mine).index(key)] if one in order]
        at = order.index(before[-1]) + 1 if before else 0
        while at < len(order) and order[at] in theirs:
            at += 1
        order.insert(at, key)
    return [rows[key] for key in order]


def _key(entry: Any) -> Key:
    if isinstance(entry, Mapping) and entry.get("id"):
        return "id", str(entry["id"])
    return "words", json.dumps(entry, sort_keys=True, ensure_ascii=False, default=str)
