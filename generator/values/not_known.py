"""The answer to a question that cannot be answered yet, and why."""

from __future__ import annotations

from typing import Any

from generator.values.parsing import to_fill_in


class NotKnown(str):
    """The answer to a question that cannot be answered yet, made from `not_known: reason`; prints as a sentence."""

    __slots__ = ("reason",)

    reason: str

    def __new__(cls, reason: str) -> NotKnown:
        made = super().__new__(cls, f"Not known: {reason}")
        made.reason = reason
        return made

    def __getnewargs__(self) -> tuple[str]:
        return (self.reason,)


def waits_for_an_answer(value: Any) -> bool:
    """True for a place that nobody has filled in yet, also where an older file says `not_known: to be filled in`."""
    return to_fill_in(value) or (isinstance(value, NotKnown) and value.reason.startswith("to be filled in"))
