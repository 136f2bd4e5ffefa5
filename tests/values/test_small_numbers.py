"""Small numbers of pupils: hidden, and nobody can work them out from what is shown."""

from __future__ import annotations

from itertools import product

import pytest

from generator.values.small_numbers import FEWEST, NOT_SHOWN, hidden, shown_or_not


def could_be(counts: tuple[int, ...], marks: list[bool]) -> list[set[int]]:
    """What each hidden count may be, for a reader who sees the rest and the total: every way to make up the sum."""
    held = [count for count, mark in zip(counts, marks, strict=True) if mark]
    ways = [way for way in product(range(1, sum(held) + 1), repeat=len(held)) if sum(way) == sum(held)]
    return [set(values) for values in zip(*ways, strict=True)]


@pytest.mark.parametrize("length", [1, 2, 3])
def test_no_small_number_is_shown_or_follows_from_the_rest_and_the_total(length: int) -> None:
    for counts in product(range(9), repeat=length):
        marks = hidden(counts)
        assert all(mark for count, mark in zip(counts, marks, strict=True) if 0 < count < FEWEST), counts
        everything_hidden = all(mark for count, mark in zip(counts, marks, strict=True) if count)
        for count, possible in zip(
            [c for c, m in zip(counts, marks, strict=True) if m], could_be(counts, marks), strict=True
        ):
            if count < FEWEST and not everything_hidden:
                assert len(possible) > 1, (counts, marks)


@pytest.mark.parametrize(
    ("counts", "marks"),
    [
        ([12, 9, 7], [False, False, False]),
        ([12, 9, 3], [False, True, True]),  # 3 alone would follow from the total
        ([12, 4, 3], [False, True, True]),
        ([12, 6, 1, 1], [False, True, True, True]),  # two in all: each is one
        ([12, 6, 1, 1, 1, 1, 1], [False, True, True, True, True, True, True]),  # five, of five: each is one
        ([12, 9, 3, 2], [False, False, True, True]),  # five of two: nobody can tell which is which
        ([12, 0, 6], [False, False, False]),
        ([3], [True]),
        ([2, 0], [True, False]),
        ([], []),
    ],
)
def test_the_next_smallest_go_with_one_that_would_follow(counts: list[int], marks: list[bool]) -> None:
    assert hidden(counts) == marks


def test_counts_that_add_up_to_nothing_are_hidden_one_by_one() -> None:
    assert hidden([12, 9, 3], adds_up=False) == [False, False, True]


def test_a_hidden_number_says_nothing_of_its_size() -> None:
    assert shown_or_not(3, True) == shown_or_not(1200, True) == NOT_SHOWN
    assert shown_or_not(1200, False) == "1,200"


def test_a_count_of_none_hides_nothing_and_is_shown() -> None:
    assert hidden([3, 0, 8]) == [True, False, True] and hidden([0, 0]) == [False, False]
