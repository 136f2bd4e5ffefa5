"""The answer to a question that cannot be answered yet, and why."""

from __future__ import annotations


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
