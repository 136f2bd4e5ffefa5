"""Text as values: how a day, an amount, a number and a time may be written, and what is said of anything else."""

from __future__ import annotations

import json
import pickle
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from jinja2 import Environment

from generator.values.parsing import (
    MONTHS,
    READERS,
    TO_FILL_IN,
    WEEKDAYS,
    Unreadable,
    day_as_written,
    has_places_to_fill_in,
    leaves,
    places_to_fill_in,
    shorten,
)


def refused(kind: str, text: str) -> tuple[str, str, str]:
    with pytest.raises(Unreadable) as caught:
        READERS[kind](text)
    return caught.value.rule, caught.value.message, caught.value.hint


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-01", date(2026, 3, 1)),
        (" 01/03/2026 ", date(2026, 3, 1)),
        ("1 March 2026", date(2026, 3, 1)),
        ("9 Sept 2026", date(2026, 9, 9)),
        ("9 sep 2026", date(2026, 9, 9)),
        ("29 February 2024", date(2024, 2, 29)),
        ("31/12/2100", date(2100, 12, 31)),
        ("1/1/1990", date(1990, 1, 1)),
        ("8.2.2027", date(2027, 2, 8)),
        ("08-02-2027", date(2027, 2, 8)),
        ("8th February 2027", date(2027, 2, 8)),
        ("8 Feb. 2027", date(2027, 2, 8)),
        ("8-Feb-2027", date(2027, 2, 8)),
        ("Feb 8 2027", date(2027, 2, 8)),
        ("March 1st, 2026", date(2026, 3, 1)),
    ],
)
def test_a_day_is_read_in_the_ways_that_have_one_reading(text: str, day: date) -> None:
    assert READERS["date"](text) == day


def test_months_and_weekdays_are_english_and_read_whole_or_by_three_letters() -> None:
    for number in range(1, 13):
        day = date(2026, number, 5)
        assert MONTHS[number - 1] == day.strftime("%B")
        assert READERS["date"](f"5 {day:%B} 2026") == READERS["date"](f"5 {day:%b} 2026") == day
    assert [date(2026, 11, 2 + n).strftime("%A") for n in range(7)] == list(WEEKDAYS)


@pytest.mark.parametrize(
    ("text", "rule", "says", "hint"),
    [
        ("31/12/1989", "date-range", "`31/12/1989` is in the year 1989", "between 1990 and 2100"),
        ("1/1/2101", "date-range", "`1/1/2101` is in the year 2101", "between 1990 and 2100"),
        ("31/04/2026", "date-impossible", "31 April 2026 does not exist: April has 30 days", ""),
        ("32/01/2026", "date-impossible", "32 January 2026 does not exist: January has 31 days", ""),
        ("0/01/2026", "date-impossible", "0 January 2026 does not exist: January has 31 days", ""),
        ("29/02/2026", "date-impossible", "29 February 2026 does not exist: February 2026 has 28 days", ""),
        ("1/13/2026", "date-impossible", "there is no month 13", "did you mean `13/01/2026`"),
        ("12/13/2026", "date-impossible", "there is no month 13", "did you mean `13/12/2026`"),
        ("12/31/2026", "date-impossible", "there is no month 31", "did you mean `31/12/2026`"),
        ("13/13/2026", "date-impossible", "there is no month 13", "write it as 2026-03-01"),
        ("12/32/2026", "date-impossible", "there is no month 32", "write it as 2026-03-01"),
        ("0/13/2026", "date-impossible", "there is no month 13", "write it as 2026-03-01"),
        ("1/0/2026", "date-impossible", "there is no month 0", "write it as 2026-03-01"),
        ("1/3/26", "date-format", "cannot be read as a date", "give the year with all four digits"),
        ("08.02.27", "date-format", "cannot be read as a date", "all four digits: did you mean `8 February 2027`?"),
        ("Feb 8th, 27", "date-format", "cannot be read as a date", "all four digits: did you mean `8 February 2027`?"),
        ("8.2-2027", "date-format", "cannot be read as a date", "write it as 2026-03-01"),
        ("1.13.2026", "date-impossible", "there is no month 13", "did you mean `13/01/2026`"),
        ("1 Mrach 2026", "date-format", "cannot be read as a date", "`Mrach` is not the name of a month"),
        ("next week", "date-format", "`next week` cannot be read as a date", "write it as 2026-03-01"),
    ],
)
def test_what_is_no_day_says_why_and_what_to_write(text: str, rule: str, says: str, hint: str) -> None:
    found, message, advice = refused("date", text)
    assert found == rule and says in message and advice.startswith(hint) | (hint in advice)


@pytest.mark.parametrize(
    ("text", "answer"), [("yes", True), ("Yes ", True), ("TRUE", True), ("no", False), ("false", False)]
)
def test_yes_and_no(text: str, answer: bool) -> None:
    assert READERS["yes_no"](text) is answer
    assert refused("yes_no", "y") == ("yes-no", "`y` is neither yes nor no", "write yes or no")


def test_not_known_is_no_yes_in_a_template_of_a_schools_own() -> None:
    said = pickle.loads(pickle.dumps(READERS["yes_no_not_known"]("not known")))
    template = Environment().from_string("{% if v %}has{% elif v == false %}has not{% else %}not known{% endif %}")
    assert [template.render(v=v) for v in (True, False, said)] == ["has", "has not", "not known"]
    assert said == "not_known" and json.dumps(said) == '"not_known"'


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("money", "£1,200", Decimal(1200)),
        ("money", "12.5", Decimal("12.5")),
        ("money", "-£3.05", Decimal("-3.05")),
        ("money", "1,234,567.89", Decimal("1234567.89")),
        ("number", "15", 15),
        ("number", "-2.50", Decimal("-2.50")),
        ("time", "0:00", "0:00"),
        ("time", "23:59", "23:59"),
        ("time", "12.59pm", "12.59pm"),
        ("time", " 1:00 a.m. ", "1:00 a.m."),
    ],
)
def test_amounts_numbers_and_times(kind: str, text: str, value: Any) -> None:
    read = READERS[kind](text)
    assert read == value and type(read) is type(value)


@pytest.mark.parametrize(
    ("kind", "text", "rule"),
    [
        ("money", "1,20", "money-format"),
        ("money", "1.234", "money-format"),
        ("money", "about £5", "money-format"),
        ("number", "15 min", "number-format"),
        ("number", "1.", "number-format"),
        ("time", "9", "time-format"),
        ("time", "24:00", "time-impossible"),
        ("time", "9:60", "time-impossible"),
        ("time", "13:00pm", "time-impossible"),
        ("time", "0:30am", "time-impossible"),
    ],
)
def test_what_is_none_is_refused(kind: str, text: str, rule: str) -> None:
    assert refused(kind, text)[0] == rule


@pytest.mark.parametrize(
    ("text", "short"),
    [("a  b\nc", "a b c"), ("x" * 40, "x" * 40), ("x" * 41, "x" * 39 + "…"), ("x" * 38 + " yz", "x" * 38 + "…")],
)
def test_a_text_is_cut_to_forty_letters(text: str, short: str) -> None:
    assert shorten(text) == short


def test_places_to_fill_in_are_found_at_any_depth() -> None:
    gap = f"{TO_FILL_IN} who is the chair?"
    data = {"a": ["done", {"b": gap}], "c": {"d": "done"}, "e": [1, gap]}
    assert list(places_to_fill_in(data)) == [("a", 1, "b"), ("e", 1)]
    assert list(leaves({"a": [1, 2], "b": "x"})) == [(("a", 0), 1), (("a", 1), 2), (("b",), "x")]
    full = [data, [gap], {"a": {"b": gap}}, gap]
    assert all(map(has_places_to_fill_in, full))
    assert not any(map(has_places_to_fill_in, [{"a": ["x"]}, [], {}, None, f"see {gap}"]))


def test_a_day_typed_otherwise_is_written_as_the_file_writes_its_days() -> None:
    assert day_as_written("8.2.2027", ["2026-03-01", "text", 3, "2026-04-01", "1 March 2026"]) == "2027-02-08"
    assert day_as_written("Feb 8 2027", ["01/03/2026"]) == "08/02/2027"
    assert day_as_written("8th February 2027") == "8 February 2027"
    for stays in ("08/02/2027", "2027-02-08", "8 February 2027", "08.02.27", "soon", ""):
        assert day_as_written(stays, ["2026-03-01"]) == stays
