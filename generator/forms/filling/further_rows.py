"""Rows that a form's numbered places have no room for: the fifth service of a form with four."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from generator.forms.authority.answering.place_answers import FILLED, Answered, answer_of
from generator.forms.authority.form_map import MappedPlace
from generator.forms.authority.paths import Sources
from generator.forms.filling.too_long import Overflow

_INDEXED = re.compile(r"^(.+?)\[(\d+)\](.*)$")


def further_rows(found: Sequence[Answered], sources: Sources, first: int) -> list[Overflow]:
    """An entry for each list of the records with more rows than the form has numbered places, numbered from `first`."""
    lists: dict[str, dict[int, list[MappedPlace]]] = {}
    for one in found:
        match = _INDEXED.match(one.place.fields[0]) if one.place.fields and one.state in (FILLED, "missing") else None
        if match and not match[1].startswith(("cycles", "meetings")):
            lists.setdefault(match[1], {}).setdefault(int(match[2]), []).append(one.place)
    made: list[Overflow] = []
    for root, rows in lists.items():
        held = sources.value(root)
        last = max(rows)
        if isinstance(held, list) and len(rows) > 1 and len(held) > last + 1:
            made.append(_entry(root, rows[last], range(last + 1, len(held)), sources, first + len(made)))
    return made


def _entry(root: str, columns: Sequence[MappedPlace], numbers: range, sources: Sources, number: int) -> Overflow:
    texts = [[_said(answer_of(_shifted(p, root, row), sources)) for p in columns] for row in numbers]
    reason = f"the form has {numbers.start} rows, the records have {numbers.stop}"
    return Overflow(
        number, columns[0].id, columns[0].section or columns[0].label, "", reason, [p.label for p in columns], texts
    )


def _shifted(place: MappedPlace, root: str, row: int) -> MappedPlace:
    from dataclasses import replace

    return replace(
        place, fields=tuple(re.sub(rf"^{re.escape(root)}\[\d+\]", f"{root}[{row}]", f) for f in place.fields)
    )


def _said(answer: Any) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return "" if answer is None else "; ".join(map(str, answer)) if isinstance(answer, list) else str(answer)
