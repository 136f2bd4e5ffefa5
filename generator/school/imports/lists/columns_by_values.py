"""Columns whose heading does not say enough, and whose values do: `Status` over K and E, `SEN category` over needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from generator.school.imports.lists.column_words import NEED, words_by_values
from generator.school.imports.lists.sen_of_rows import is_tick
from generator.school.imports.lists.value_words import (
    is_need,
    read_need_types,
    read_status,
    read_yes_no,
    speaks_of_status,
    status_and_need,
)
from generator.values.parsing import Unreadable


def by_values(cells: Mapping[str, Iterable[str]], fields: Mapping[str, str]) -> dict[str, str]:
    """The columns, by heading, that are the SEN status or the need by what stands in them.

    `cells` are the different values of each column, `fields` what the headings of the list are by their words. A column
    that is called as a status may be, and holds needs only, is one of needs.
    """
    found: dict[str, str] = {}
    held = {field: heading for heading, field in fields.items() if field}
    status = held.get("sen_status", "")
    may_be_needs = status in cells and "sen_type" not in held and words_by_values(status, "sen_type")
    if may_be_needs and _all(_is_need, cells[status]) and not _any(_is_status, cells[status]):
        found[status] = held["sen_type"] = "sen_type"
        del held["sen_status"]
    for heading, values in cells.items():
        if fields.get(heading) or heading in found:
            continue
        no_status = not {"sen_status", "ehc_plan"} & set(held) and words_by_values(heading, "sen_status")
        if no_status and _mostly_statuses(heading, list(values)):
            found[heading], held["sen_status"] = "sen_status", heading
        elif "sen_type" not in held and words_by_values(heading, "sen_type") and _all(_is_need, values):
            found[heading], held["sen_type"] = "sen_type", heading
        elif "sen_type" not in held and is_need(heading) and _all(is_tick, values):
            found[heading] = f"{NEED} {heading}"
    return found


def without_days(cells: Mapping[str, Iterable[str]], fields: Mapping[str, str]) -> set[str]:
    """The columns that by their words are a day of the status, and say yes or no only, as `Off register`."""
    days = (heading for heading, field in fields.items() if field in ("sen_from", "sen_to"))
    return {heading for heading in days if _all(lambda text: _read(read_yes_no, text) is not None, cells[heading])}


def _all(test: Callable[[str], bool], values: Iterable[str]) -> bool:
    texts = list(values)
    return bool(texts) and all(map(test, texts))


def _mostly_statuses(heading: str, values: Sequence[str]) -> bool:
    """True where K or E is among the values and the others are statuses too, but for a few that each stop their row.

    Those few only where the heading speaks of a status or SEN support is among them: E, N, W are letters of any code.
    """
    held = sum(map(_is_status, values))
    if not any(map(_is_register, values)):
        return False
    if all(_is_status(one) or speaks_of_status(one) for one in values):
        return True
    says = _OF_STATUS.search(heading) or any(_read(read_status, one) == "K" for one in values)
    return bool(says) and held >= _MOST * len(values)


_OF_STATUS = re.compile(r"\b(?:status|SEND?|register)\b", re.IGNORECASE)


_MOST = 2 / 3


def _any(test: Callable[[str], bool], values: Iterable[str]) -> bool:
    return any(map(test, values))


def _is_status(text: str) -> bool:
    return bool(status_and_need(text)[1]) or _read(read_status, text) is not None


def _is_register(text: str) -> bool:
    return bool(status_and_need(text)[1]) or _read(read_status, text) in ("K", "E")


def _is_need(text: str) -> bool:
    return _read(read_need_types, text) is not None


def _read(reader: Callable[[str], Any], text: str) -> Any:
    try:
        return reader(text)
    except Unreadable:
        return None
