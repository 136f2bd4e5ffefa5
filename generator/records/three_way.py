"""Two people's changes of one record brought together: what only one of them changed is taken, what both did is asked.

Data are dict, list and str, as read_yaml gives them. A list is one value, unless both kept its length; what both did to
it is brought together entry by entry where nobody has to choose.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.records.merged_lists import merged_lists
from generator.records.yaml_text.yaml_writing import same

Way = tuple[str | int, ...]


@dataclass(frozen=True)
class Difference:
    """A value that is not the same in both: what it was at first, what is in the file now, and what was written here.

    `clash` is true when both changed it; `both` is a list with what both did, None where somebody has to choose.
    """

    way: Way
    before: Any
    theirs: Any
    mine: Any
    clash: bool
    both: Any = None

    @property
    def suggested(self) -> str:
        """`mine` or `theirs`: the one that was changed; `both` where both fit, "" where somebody has to choose."""
        if self.clash:
            return "" if self.both is None else "both"
        return "mine" if not same(self.before, self.mine) else "theirs"


def differences(before: Any, theirs: Any, mine: Any, way: Way = ()) -> Iterator[Difference]:
    """Every value in which the file now and what was written here differ, the smallest that can be chosen alone."""
    if same(theirs, mine):
        return
    if all(isinstance(one, Mapping) for one in (theirs, mine)):
        held = before if isinstance(before, Mapping) else {}
        for key in dict.fromkeys([*theirs, *mine]):
            yield from differences(held.get(key), theirs.get(key), mine.get(key), (*way, key))
    elif all(isinstance(one, list) for one in (before, theirs, mine)) and len(before) == len(theirs) == len(mine):
        for number in range(len(mine)):
            yield from differences(before[number], theirs[number], mine[number], (*way, number))
    else:
        clash = not same(before, theirs) and not same(before, mine)
        yield Difference(way, before, theirs, mine, clash, _both(before, theirs, mine) if clash else None)


def _both(before: Any, theirs: Any, mine: Any) -> list[Any] | None:
    if not all(isinstance(one, list) for one in (before or [], theirs, mine)):
        return None
    return merged_lists(before or [], theirs, mine, _entry)


def _entry(before: Any, theirs: Any, mine: Any) -> Any:
    """One entry that both changed, where they changed different parts of it; None where they did not."""
    rows = list(differences(before, theirs, mine))
    if any((row.clash and row.both is None) or not row.way for row in rows):
        return None
    made = theirs
    for row in rows:
        if row.suggested != "theirs":
            made = put(made, row.way, row.both if row.clash else row.mine)
    return made


def put(data: Any, way: Way, value: Any) -> Any:
    """The data with another value at a way."""
    if not way:
        return value
    step, *rest = way
    if isinstance(step, int):
        held = list(data)
        held[step] = put(held[step], tuple(rest), value)
        return held
    inner = dict(data) if isinstance(data, Mapping) else {}
    inner[step] = put(inner.get(step), tuple(rest), value)
    return inner
