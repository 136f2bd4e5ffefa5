"""The rows of a log of sessions as dated notes of the running cycle, and how many were given of each provision."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from generator.cases.case import Case, Data
from generator.forms.returned.lines.filled_rows import SHEET
from generator.forms.returned.lines.written_dates import written_day
from generator.forms.returned.who_answered import Answerer
from generator.values.formatting import date as in_words

_DATE, _WHAT, _MINUTES, _HOW = "Date", "What we did", "Minutes", "How it went"


def session_notes(
    rows: Sequence[Mapping[str, str]], who: Answerer
) -> Iterator[tuple[Mapping[str, str], dict[str, str] | None, str]]:
    """Each row with its note, or None and why it cannot be one: no note without a day that can be read."""
    for row in rows:
        written = row.get(_DATE, "")
        day = written_day(written, who.day)
        others = [text for name, text in row.items() if name not in (_DATE, _WHAT, _MINUTES, _HOW, SHEET)]
        said = ". ".join(part.rstrip(". ") for part in (row.get(_WHAT, ""), row.get(_HOW, ""), *others) if part.strip())
        minutes = row.get(_MINUTES, "")
        note = f"{said}{f' ({minutes} minutes)' if minutes.isdigit() else f' ({minutes})' if minutes else ''}".strip()
        by = row.get(SHEET) or who.name
        if day is None:
            yield row, None, f"its date “{written}” cannot be read" if written else "the row has no date"
        elif not said:
            yield row, None, "the row says nothing but its date"
        else:
            yield row, {"date": str(in_words(day)), "note": note, "by": by}, ""


_TITLES = frozenset({"Mr", "Mrs", "Ms", "Miss", "Mx", "Dr"})

_ALIKE = 70.0
"""From this likeness on what was done names a provision by its title."""


def sessions_given(
    case: Case, provision: Sequence[Data], noted: Sequence[tuple[Mapping[str, str], Mapping[str, str]]]
) -> tuple[dict[str, int], int]:
    """How many sessions of each provision the rows tell of, by its id, and how many do not say of which they were.

    `noted` are the rows with their notes. A row is of the only provision that its adult gives, else of the one whose
    title its words name.
    """
    staff = {str(r["id"]): str(r["name"]) for r in (case.school.data.get("staff", ()) if case.school else ())}
    counts: dict[str, int] = {}
    unclear = 0
    for row, note in noted:
        mine = [one for one in provision if _gives(one, note["by"], staff)]
        found = mine[0] if len(mine) == 1 else _named(row.get(_WHAT, ""), mine)
        if found is None:
            unclear += 1
        else:
            counts[str(found["id"])] = counts.get(str(found["id"]), 0) + 1
    return counts, unclear


def _gives(provision: Data, name: str, staff: Mapping[str, str]) -> bool:
    return staff.get(str(provision.get("staff", ""))) == name or _names(str(provision.get("delivered_by", "")), name)


def _names(text: str, name: str) -> bool:
    """True where a text has the surname of a person as a whole name, without the title of somebody else before it."""
    *before, surname = name.split() or [""]
    title = before[0].rstrip(".") if before and before[0].rstrip(".") in _TITLES else ""
    found = re.finditer(rf"(?:(\w+)\.?\s+)?(?<![\w’'-]){re.escape(surname)}(?!\w|-\w|[’'](?!s\b)\w)", text)
    others = _TITLES - {title} if title else set()
    return bool(surname) and any(one[1] not in others for one in found)


def _named(what: str, provision: Sequence[Data]) -> Data | None:
    """The one provision whose title or id some words name; None where several or none do."""
    said = what.casefold()
    ranked = sorted(
        (
            (max(fuzz.token_set_ratio(said, str(p[key]).casefold().replace("-", " ")) for key in ("title", "id")), p)
            for p in provision
        ),
        key=_by,
    )
    if not ranked or ranked[-1][0] < _ALIKE or (len(ranked) > 1 and ranked[-1][0] - ranked[-2][0] < 10):
        return None
    return ranked[-1][1]


def _by(pair: tuple[float, Data]) -> float:
    return pair[0]
