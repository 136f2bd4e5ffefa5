"""What a stage noticed about a document, on its way to the person who answers for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

LOOK, LOST, LESS = "look", "lost", "less"
"""Kinds: a person should look at it; words or pictures of the document are lost, which stops a bundle; or a shape such
as an arrow is not shown: another engine is asked, and nothing is stopped."""


class Notice(str):
    """One sentence, with its kind, the page from 1 that it is about (0: no one page) and how much it is about.

    `near` are words of the document beside what it is about, until it is drawn and its page is known.

    It is text, so that it can be printed and kept wherever text can; every stage hands it on as it is.
    """

    kind: str
    page: int
    amount: int
    near: str

    def __new__(cls, text: str, kind: str = LOOK, page: int = 0, amount: int = 1, near: str = "") -> Notice:
        made = super().__new__(cls, text)
        made.kind, made.page, made.amount, made.near = kind, page, amount, near
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


def unshown(notices: Iterable[str]) -> list[Notice]:
    """Those that say that something is not shown which has no words and is no picture."""
    return [one for one in notices if isinstance(one, Notice) and one.kind == LESS]
