"""What an account calls a part whose id names somebody who was taken out of evidence."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from generator.bundle.bundle_parts import Account
from generator.submission.parts.part_ids import is_told, told_id
from generator.submission.submission_files import manifest


@pytest.mark.parametrize(
    "part", ["zork-quibble-letter", "letter-quibble-zork", "zork_quibble", "ZORK-QUIBBLE", "z-quibble"]
)
def test_an_id_that_says_the_name_is_not_told(part: str) -> None:
    told = told_id(part, ["Zork Quibble"])
    assert "quib" not in told.casefold() and "zork" not in told.casefold()
    assert is_told(part, [told]) and not is_told("other", [told]) and told != told_id(f"{part}-2", ["Zork Quibble"])


def test_a_name_of_words_is_one_in_an_id() -> None:
    assert "brown" not in told_id("letter-about-jack-brown", ["Jack Brown"])


def test_other_ids_stay_as_they_are() -> None:
    assert told_id("ep-report", ["Zork Quibble"]) == "ep-report" == told_id("ep-report", [])
    assert is_told("ep-report", {"ep-report"}) and not is_told("ep", {"ep-report"})


def test_the_account_of_a_bundle_tells_no_such_id() -> None:
    row = SimpleNamespace(number="C1", title="A letter")
    plan = SimpleNamespace(total=3, item=lambda part: row, pages={"zork-quibble-letter": "1-3"})
    accounts = (Account("PDF", id="zork-quibble-letter"),)
    made: Any = SimpleNamespace(plan=plan, accounts=accounts, accessible=True, failures=())
    assert "quibble" not in str(manifest("authority", "x", made, (), (), ["Zork Quibble"]))
    assert "quibble" in str(manifest("authority", "x", made, (), ()))
