"""How a list's status, needs and looked-after mark stand in a pupil's file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from generator.school.imports.lists.value_words import NeedType
from generator.values.parsing import NOT_KNOWN, TO_FILL_IN


def status_row(status: str, since: date, reason: str) -> dict[str, Any]:
    """A row of the history of a child's SEN status."""
    return {"status": status, "from": since, "reason": reason}


def need_rows(needs: Sequence[NeedType]) -> list[dict[str, Any]]:
    """Needs as pupil.yaml holds them, the primary one first; the area is not known where the type tells none.

    None is left out: the register, the census and the page of a class go by them. What a need looks like day to day,
    and what it stops the child from doing, is for a person to write.
    """
    return [
        {
            "id": need.code.lower() or need.area.replace("_", "-"),
            "area": need.area or NOT_KNOWN,
            "title": need.title,
            "description": TO_FILL_IN,
            "impact": TO_FILL_IN,
            **({"sen_type": need.code} if need.code else {}),
            **({"rank": rank} if rank <= 2 else {}),
        }
        for rank, need in enumerate(needs, 1)
    ]


def looked_after_to_fill_in() -> dict[str, Any]:
    """That a child is looked after, with what the list does not tell: no legal status is made up."""
    return {"legal_status": NOT_KNOWN, "authority": TO_FILL_IN, "social_worker": {"name": TO_FILL_IN}}
