"""Names of other children are found however a page writes them, and only they."""

from __future__ import annotations

import pytest

from generator.bundle import NamesFound, names_found, terms_found


@pytest.mark.parametrize(
    "text",
    ["with Sam Lee today", "SAM\nLEE", "Lee, Sam", "Sam  Lee’s book", "(Sam Lee)", "Sám Lee"],
)
def test_a_name_is_found(text: str) -> None:
    assert names_found(["nothing here", text], ["Sam Lee"]) == [NamesFound("Sam Lee", 2)]


@pytest.mark.parametrize("text", ["Samuel Leeson", "Sam and Mrs Lee", "Sam Leech", ""])
def test_no_name_is_found_where_there_is_none(text: str) -> None:
    assert not names_found([text], ["Sam Lee"])


def test_hyphens_and_apostrophes_are_as_people_write_them() -> None:
    assert names_found(["Anna-\nMay O‘Brien"], ["Anna-May O'Brien"])
    assert names_found(["Anna May O’Brien"], ["Anna-May O'Brien"])


def test_forbidden_words_are_found_inside_others() -> None:
    assert terms_found("The SAFEGUARDING\nreferrals", ["safeguarding referral", "police", ""]) == [
        "safeguarding referral"
    ]
