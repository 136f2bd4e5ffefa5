"""What two people did to one list: both of their entries are kept; where they wrote the same one, somebody chooses."""

from __future__ import annotations

from typing import Any

import pytest

from generator.records.three_way import differences

A, B, C = ({"date": day, "what": what} for day, what in (("1", "a"), ("2", "b"), ("3", "c")))
T = {"id": "t", "text": "Reads", "baseline": "1"}


def both(before: Any, theirs: Any, mine: Any) -> Any:
    [found] = differences({"rows": before}, {"rows": theirs}, {"rows": mine})
    assert found.suggested == ("" if found.both is None else "both")
    return found.both


@pytest.mark.parametrize(
    ("before", "theirs", "mine", "made"),
    [
        ([A], [A, B], [A, C], [A, B, C]),
        ([A], [B, A], [A, C], [B, A, C]),
        ([], [B], [C], [B, C]),
        (None, [B], [C], [B, C]),
        ([A, B], [A, B, C], [B], [B, C]),
        ([A, B], [B], [A, B, C], [B, C]),
        ([T], [{**T, "text": "Writes"}, A], [{**T, "baseline": "2"}], [{**T, "text": "Writes", "baseline": "2"}, A]),
        ([T], [T, A], [{**T, "text": "Writes"}, B, C], [{**T, "text": "Writes"}, A, B, C]),
    ],
)
def test_entries_of_both_are_kept(before: Any, theirs: Any, mine: Any, made: Any) -> None:
    assert both(before, theirs, mine) == made


@pytest.mark.parametrize(
    ("before", "theirs", "mine"),
    [
        ([T], [{**T, "text": "x"}, A], [{**T, "text": "y"}]),  # both changed the same words
        ([A], [B, C], [C]),  # one entry written anew by both
        ([T, A], [{**T, "text": "x"}, A, B], [A]),  # changed by them, taken out by me
        ([T, A], [A], [{**T, "text": "x"}, A, B]),  # changed by me, taken out by them
        ([A, B], [A, B, C], [B, A, T]),  # put into another order by me
        ([A, A], [A, A, B], [A, A, C]),  # the same words twice
    ],
)
def test_where_nobody_can_tell_somebody_chooses(before: Any, theirs: Any, mine: Any) -> None:
    assert both(before, theirs, mine) is None
