"""Values as words: what a reader of a document sees of a day, an amount, a list, an address."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from generator.values.formatting import FILTERS, SPEECH, Ours, Speech, plain, short_date
from generator.values.not_known import NotKnown, waits_for_an_answer
from generator.values.parsing import TO_FILL_IN

UNKNOWN = NotKnown("asked on 3 May")
DAY = date(2026, 12, 1)
BOX, CROSS = "☐", "☒"


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("date", DAY, "1 December 2026"),
        ("date", date(2026, 1, 31), "31 January 2026"),
        ("date", UNKNOWN, UNKNOWN),
        ("date", None, None),
        ("short_date", DAY, "1 Dec 2026"),
        ("short_date", "soon", "soon"),
        ("money", Decimal("1662.5"), "£1,662.50"),
        ("money", Decimal("0.005"), "£0.01"),
        ("money", Decimal("0.004"), "£0.00"),
        ("money", Decimal("-3.5"), "-£3.50"),
        ("money", 12, "£12.00"),
        ("money", True, True),
        ("money", "free", "free"),
        ("number", Decimal("2.50"), "2.5"),
        ("number", Decimal("15.0"), "15"),
        ("number", Decimal(100), "100"),
        ("number", 15, 15),
        ("pages", "12", "page 12"),
        ("pages", "12-15", "pages 12-15"),
        ("pages", "12–15", "pages 12–15"),
        ("pages", "12, 15", "pages 12, 15"),
        ("pages", "", ""),
        ("percent", Decimal("92.50"), "92.5%"),
        ("percent", 90, "90%"),
        ("percent", True, True),
        ("percent", "most", "most"),
        ("yes_no", True, "Yes"),
        ("yes_no", False, "No"),
        ("yes_no", None, None),
        ("tick", True, CROSS),
        ("tick", False, BOX),
        ("tick", None, BOX),
        ("tick", "", BOX),
        ("tick", "no", BOX),
        ("tick", "not_known", BOX),
        ("yes_no", "not_known", "Not known"),
        ("tick", "sometimes", CROSS),
        ("tick", 1, BOX),
        ("and_list", [], ""),
        ("and_list", ["Ada"], "Ada"),
        ("and_list", ["Ada", "Ben"], "Ada and Ben"),
        ("and_list", ["Ada", None, "", DAY, "Cy"], "Ada, 1 December 2026 and Cy"),
        ("possessive", "James", "James’s"),
        ("possessive", "", ""),
        ("default_text", None, "none"),
        ("default_text", "", "none"),
        ("default_text", [], "none"),
        ("default_text", 0, 0),
        ("default_text", False, False),
        ("default_text", UNKNOWN, UNKNOWN),
        ("one_line", " a \n b\tc ", "a b c"),
        ("one_line", None, ""),
        ("no_stop", "It helps. ", "It helps"),
        ("no_stop", "It helps", "It helps"),
        ("no_stop", "and so on...", "and so on..."),
        ("address", "12 High Street,\n\n Northmoor \nZZ99 4WW", "12 High Street, Northmoor, ZZ99 4WW"),
        ("label", "not_met", "Not met"),
        ("label", "communication_and_interaction", "Communication and interaction"),
        ("label", "partly", "Partly met"),
        ("label", DAY, DAY),
        ("lower", "Reads MORE", "reads more"),
        ("lower", None, ""),
    ],
)
def test_a_value_reads_as_people_write_it(name: str, value: Any, text: Any) -> None:
    said = FILTERS[name](value, "none") if name == "default_text" else FILTERS[name](value)
    assert said == text and type(said) is type(text)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("sen_support", "SEN support"),
        ("pcp", "Person-centred planning meeting"),
        ("senco", "SENCO"),
        ("one_to_one", "One to one"),
        ("social_emotional_and_mental_health", "Social, emotional and mental health"),
        ("sensory_and_physical", "Sensory and/or physical"),
        ("parents_views", "Parents’ views"),
        ("pupil_views", "Pupil’s views"),
        ("wet_ink", "On paper"),
        ("verbal", "By word of mouth"),
        ("electronic", "Electronically"),
    ],
)
def test_a_word_of_a_fixed_list_reads_as_the_field_says_it(word: str, text: str) -> None:
    assert FILTERS["label"](word) == text


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        (date(2018, 5, 14), date(2026, 5, 13), 7),
        (date(2018, 5, 14), date(2026, 5, 14), 8),
        (date(2018, 5, 14), date(2026, 4, 30), 7),
        (date(2018, 5, 14), date(2026, 6, 1), 8),
        (date(2012, 2, 29), date(2027, 2, 28), 14),
        (date(2012, 2, 29), date(2027, 3, 1), 15),
        (None, date(2027, 3, 1), None),
        (date(2018, 5, 14), UNKNOWN, None),
    ],
)
def test_a_child_is_a_year_older_on_the_birthday(born: Any, day: Any, years: int | None) -> None:
    assert FILTERS["age_at"](born, day) == years


@pytest.mark.parametrize(("day", "text"), [(DAY, "01/12/2026"), ("soon", "soon"), (None, None)])
def test_a_day_on_a_screen_has_two_digits(day: Any, text: Any) -> None:
    assert short_date(day) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (DAY, "1 December 2026"), (True, "Yes"), (Decimal("2.50"), "2.5"), ("x", "x")],
)
def test_without_a_filter_a_value_reads_as_words(value: Any, text: Any) -> None:
    assert plain(value) == text


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("the GP has been asked", "Not known. The GP has been asked"),
        ("None involved yet apart from audiology.", "None involved yet apart from audiology."),
        ("not known to social care", "Not known to social care"),
        ("Nottingham has the letter", "Not known. Nottingham has the letter"),
    ],
)
def test_a_reason_that_is_an_answer_is_not_denied_by_the_words_before_it(reason: str, text: str) -> None:
    assert plain(NotKnown(reason)) == text


def test_another_language_says_what_is_ours_and_leaves_what_people_wrote() -> None:
    months = tuple(f"m{n}" for n in range(1, 13))
    words = {"Not known": "Nie wiadomo", "Small group": "Mała grupa", "Not met": "Nie"}
    polish = Speech(months, "Tak", "Nie", "i", lambda text: words.get(text, text), lambda text: f"<{text}>")
    before = SPEECH.set(polish)
    try:
        assert (plain(DAY), FILTERS["short_date"](DAY)) == ("1 m12 2026", "1 m12 2026")
        assert (plain(True), plain(False), FILTERS["and_list"](["a", "b"])) == ("Tak", "Nie", "a i b")
        assert (plain(Ours("Small group")), plain("Small group")) == ("Mała grupa", "Small group")
        assert plain(UNKNOWN) == "Nie wiadomo. Asked on 3 May"
        assert (FILTERS["label"]("not_met"), FILTERS["lower"]("Mother")) == ("Nie", "<mother>")
    finally:
        SPEECH.reset(before)


@pytest.mark.parametrize(
    ("value", "waits"),
    [
        (f"{TO_FILL_IN} who?", True),
        (NotKnown("to be filled in by May"), True),
        (UNKNOWN, False),
        ("to be filled in", False),
        (None, False),
    ],
)
def test_a_place_waits_until_somebody_has_answered(value: Any, waits: bool) -> None:
    assert waits_for_an_answer(value) is waits
