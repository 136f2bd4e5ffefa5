"""Of several wishes for one form only the last is done: whoever types is not kept waiting by old letters."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from flask import has_request_context, request

T = TypeVar("T")

WHEN = "X-Sendpack-When"
"""The header in which the page says when a request was sent, in milliseconds: threads take them in any order."""


def when_sent() -> int:
    """When the browser sent the request that is being answered; 0 where it does not say."""
    said = request.headers.get(WHEN, "") if has_request_context() else ""
    return int(said) if said.isdecimal() and len(said) < 20 else 0


class NewestOnly:
    """One piece of work at a time."""

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self.newest: dict[str, int] = {}

    def overtaken(self, form: str, number: int) -> bool:
        """True when something newer was asked for the same form; else this is the newest from now on.

        0 stands for a browser that does not say when: it is taken as it comes.
        """
        if 0 < number < self.newest.get(form, 0):
            return True
        self.newest[form] = max(number, self.newest.get(form, 0))
        return False

    def do(self, form: str, work: Callable[[], T], number: int = 0) -> T | None:
        """The result of a piece of work for a form; None for one that a newer one of the same form overtook."""
        number = number or self.newest.get(form, 0) + 1
        if self.overtaken(form, number):
            return None
        with self.turn:
            return work() if self.newest[form] == number else None
