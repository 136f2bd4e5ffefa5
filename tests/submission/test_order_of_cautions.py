"""The cautions of a bundle stand in the order of its parts, whichever of them was drawn first."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from generator.submission.submission_set import noticed_in_order
from generator.values.notice import Notice


@pytest.mark.parametrize("drawn", [("cover", "cycle-2026", "support-plan"), ("support-plan", "cycle-2026", "cover")])
def test_our_own_pages_come_first_and_then_the_parts(drawn: tuple[str, ...]) -> None:
    press = SimpleNamespace(notes={name: (Notice(f"{name} was noticed"),) for name in drawn})
    said = noticed_in_order(cast("Any", press), ["support-plan", "cycle-2026"])
    assert [str(one).split()[0] for one in said] == ["cover", "support-plan", "cycle-2026"]
