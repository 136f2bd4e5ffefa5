"""The rows of a log of sessions as dated notes of the running cycle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

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
