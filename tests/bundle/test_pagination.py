"""Order, page numbers, labels and bookmarks are arithmetic."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.bundle.pagination import ContentsLine, lay_out, letters

ITEMS = [
    ContentsLine("bundle-cover", "cover", "Cover"),
    ContentsLine("bundle-contents", "contents", "Contents", pages=2),
    ContentsLine("plan", "part", "SEN support plan", "Plans", dt.date(2025, 9, 8), "A1", 4),
    ContentsLine("review", "part", "Review", "Plans", None, "A2", 1),
]
LATE = [ContentsLine("late", "part", "Letter", "Late additions", None, "L1", 3, late=True)]


def test_pages_follow_one_another() -> None:
    plan = lay_out(ITEMS)
    assert [(item.first, item.last) for item in plan.items] == [(1, 1), (2, 3), (4, 7), (8, 8)]
    assert plan.total == 8
    assert str(plan.pages["plan"]) == "4-7"
    assert str(plan.pages["review"]) == "8"
    assert plan.stamp(2) == "2 of 8"
    assert plan.stamp(8) == "A2, page 8 of 8"


def test_bookmarks_have_description_date_and_page_inside_their_section() -> None:
    section = lay_out(ITEMS).bookmarks[2]
    assert section.title == "A. Plans [p. 4]"
    assert [mark.title for mark in section.children] == [
        "A1 SEN support plan, 8 September 2025 [p. 4]",
        "A2 Review [p. 8]",
    ]


def test_late_parts_take_the_next_numbers() -> None:
    plan = lay_out([*ITEMS, *LATE])
    assert str(plan.pages["late"]) == "9-11"
    assert plan.stamp(1) == "1 of 11"


def test_late_parts_with_letters_leave_the_others_as_they_were() -> None:
    before, after = lay_out(ITEMS), lay_out([*ITEMS, *LATE], late_letters=True)
    assert after.labels[:8] == before.labels
    assert after.stamp(1) == before.stamp(1)
    assert str(after.pages["late"]) == "8A-8C"
    assert after.stamp(11) == "L1, page 8C of 8"
    assert (after.pages["late"].first, after.total) == (9, 11)


@pytest.mark.parametrize(
    ("index", "text"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)
def test_letters_go_on_after_z(index: int, text: str) -> None:
    assert letters(index) == text


@pytest.mark.whole
@given(st.lists(st.integers(1, 40), min_size=1, max_size=30))
def test_every_page_belongs_to_one_item(counts: list[int]) -> None:
    plan = lay_out([ContentsLine(str(n), "part", str(n), pages=count) for n, count in enumerate(counts)])
    covered = [page for item in plan.items for page in range(item.first, item.last + 1)]
    assert covered == list(range(1, sum(counts) + 1))
