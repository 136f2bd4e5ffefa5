"""Evidence taken in within this process, as its child does it."""

from __future__ import annotations

from typing import Any

import pytest

from generator.bundle import Account, Refused
from generator.bundle.evidence.sandbox import take_try_and_read
from generator.bundle.evidence.sanitise import IntakeWish

WISH = IntakeWish("Speech report", "A page of handwriting")


def take_and_try(content: bytes, wish: IntakeWish) -> tuple[bytes, Account]:
    """A file taken in, and tried, without the texts of its pages."""
    return take_try_and_read(content, wish)[:2]


def take(content: bytes, **wishes: Any) -> tuple[bytes, Account]:
    return take_and_try(content, IntakeWish(**({"title": "Speech report"} | wishes)))


def refusal(content: bytes) -> Refused:
    with pytest.raises(Refused) as caught:
        take(content)
    assert "\n" not in caught.value.message
    assert "Traceback" not in caught.value.message
    assert caught.value.hint
    return caught.value
