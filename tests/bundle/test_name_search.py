"""Names of other children are found however a page writes them, and only they."""

from __future__ import annotations

import pytest

from generator.bundle import NamesFound, names_found, terms_found
from generator.bundle.name_search import perhaps_named


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


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("We met Okafor there", ["Okafor"]),
        ("Okafor’s book", ["Okafor’s"]),
        ("okafor", []),
        ("OKAFOR", ["OKAFOR"]),
        ("Okaforx", []),
        ("We saw Young today", ["Young"]),
        ("Young people", []),
        ("We saw. Young people", []),
        ("at 9 Young people", []),
        ("Mr Young", []),
        ("The Young one", []),
        ("Nia (5B) came", ["Nia (5b)"]),
        ("Nia in Year 4", ["Nia in year 4"]),
        ("Nia, 5B", ["Nia , 5b"]),
        ("Nia came", []),
        ("nia (5B)", []),
        ("Nia 5 days", []),
    ],
)
def test_a_surname_or_a_first_name_with_a_class_may_mean_a_pupil(page: str, said: list[str]) -> None:
    names = ["Nia Okafor", "Sam Young", "Jo Ng", "Bob"]
    assert [one.said for one in perhaps_named([page], names, [])] == said


def test_who_is_known_here_or_too_short_is_nobody_else() -> None:
    names = ["Nia Okafor", "Bea Okafor Smith", "Jo Ng", "Bob", "Al Lee"]
    assert perhaps_named(["Ng came with Bob"], names, []) == []
    assert [one.said for one in perhaps_named(["We saw Lee"], names, [])] == ["Lee"]
    assert perhaps_named(["We saw Okafor and Nia (5B)"], names, ["Nia Okafor"]) == []
    assert perhaps_named(["Jo (5B)"], names, []) == [], "two letters"
    pages = ["x", "We saw Smith", "We saw Smith and Smith"]
    assert [(one.said, one.name, one.page) for one in perhaps_named(pages, names, [])] == [
        ("Smith", "Bea Okafor Smith", 2), ("Smith", "Bea Okafor Smith", 3),
    ]  # fmt: skip
    assert [one.name for one in perhaps_named(["We saw Okafor"], ["Nia Rose Okafor", "Nia Okafor"], [])] == [
        "Nia Okafor"
    ]
