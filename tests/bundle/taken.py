"""Evidence taken in within this process, as its child does it."""

from __future__ import annotations

from typing import Any

import pytest

from generator.bundle import Account, Refused
from generator.bundle.evidence.sandbox import take_and_try
from generator.bundle.evidence.sanitise import IntakeWish

WISH = IntakeWish("Speech report", "A page of handwriting")


def take(content: bytes, **wishes: Any) -> tuple[bytes, Account]:
    return take_and_try(content, IntakeWish(**({"title": "Speech report"} | wishes)))


def refusal(content: bytes) -> Refused:
    with pytest.raises(Refused) as caught:
        take(content)
    assert "\n" not in caught.value.message
    assert "Traceback" not in caught.value.message
    assert caught.value.hint
    return caught.value
