"""What a stage noticed about a document, on its way to the person who answers for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

LOOK, LOST = "look", "lost"
"""Kinds: a person should look at it; or words or pictures of the document are lost, which stops a bundle."""


class Notice(str):
    """One sentence, with its kind, the page from 1 that it is about (0: no one page) and how much it is about.

    It is text, so that it can be printed and kept wherever text can; every stage hands it on as it is.
    """

    kind: str
    page: int
    amount: int

    def __new__(cls, text: str, kind: str = LOOK, page: int = 0, amount: int = 1) -> Notice:
        made = super().__new__(cls, text)
        made.kind, made.page, made.amount = kind, page, amount
        return made

    def __getnewargs__(self) -> tuple[str, str, int, int]:  # type: ignore[override]
        return str(self), self.kind, self.page, self.amount

    def as_list(self) -> list[Any]:
        """For JSON, from which `noticed` makes it again."""
        return [str(self), self.kind, self.page, self.amount]


def noticed(values: Iterable[Any]) -> tuple[Notice, ...]:
    """Notices from sentences, from notices, and from what JSON kept of them."""
    return tuple(
        one if isinstance(one, Notice) else Notice(one) if isinstance(one, str) else Notice(*one) for one in values
    )


def losses(notices: Iterable[str]) -> list[Notice]:
    """Those that say that something of a document is lost."""
    return [one for one in notices if isinstance(one, Notice) and one.kind == LOST]
