"""Days that a sentence says: terms and half-terms are those of the school, never guessed."""

from __future__ import annotations

from datetime import date

import pytest

from generator.cases.case import Case
from generator.cases.dates.half_terms import half_terms
from generator.records.record import Place, Record
from generator.rules.grammar.end_said import ends_said
from tests.rules.test_quality import BY_ID, STANDARD, TODAY, View, target_case

TERMS = {
    "terms": [
        {
            "name": "Autumn 2026",
            "start": date(2026, 9, 2),
            "end": date(2026, 12, 18),
            "half_term_start": date(2026, 10, 26),
            "half_term_end": date(2026, 10, 30),
        },
        {
            "name": "Spring 2027",
            "start": date(2027, 1, 4),
            "end": date(2027, 3, 25),
            "half_term_start": date(2027, 2, 15),
            "half_term_end": date(2027, 2, 19),
        },
        {
            "name": "Summer 2027",
            "start": date(2027, 4, 12),
            "end": date(2027, 7, 20),
            "half_term_start": date(2027, 5, 31),
            "half_term_end": date(2027, 6, 4),
        },
    ]
}
CALENDAR = half_terms(TERMS)


def test_half_terms_are_numbered_through_the_year() -> None:
    assert [(half.number, half.start, half.end) for half in CALENDAR][:3] == [
        (1, date(2026, 9, 2), date(2026, 10, 25)),
        (2, date(2026, 10, 31), date(2026, 12, 18)),
        (3, date(2027, 1, 4), date(2027, 2, 14)),
    ]
    assert [(half.season, half.half) for half in CALENDAR][2:4] == [("spring", 1), ("spring", 2)]


def test_a_term_without_half_term_dates_is_cut_in_the_middle() -> None:
    first, second = half_terms({"terms": [{"name": "Lent", "start": date(2027, 1, 4), "end": date(2027, 3, 25)}]})
    assert (first.number, second.number) == (3, 4)
    assert first.end < second.start <= date(2027, 2, 15)


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("by HT6", date(2027, 7, 20)),
        ("by the end of Autumn 2", date(2026, 12, 18)),
        ("by end Spr1", date(2027, 2, 14)),
        ("by Easter", date(2027, 3, 25)),
        ("by Xmas", date(2026, 12, 18)),
        ("by Feb half-term", date(2027, 2, 14)),
        ("by May half term", date(2027, 5, 30)),
        ("by Whitsun", date(2027, 5, 30)),
        ("by the summer", date(2027, 7, 20)),
        ("by 20 Nov", date(2026, 11, 20)),
        ("by 19/12", date(2026, 12, 19)),
        ("by 6.2.27", date(2027, 2, 6)),
        ("Due Fri 13th March 2027", date(2027, 3, 13)),
        ("by July 2027", date(2027, 7, 31)),
        ("until March '27", date(2027, 3, 31)),
        ("by Dec 5th", date(2026, 12, 5)),
        ("by the end of the school year", date(2027, 7, 20)),
    ],
)
def test_the_day_is_the_schools_own(said: str, due: date) -> None:
    windows = ends_said(f"Reads 60 words {said}.", CALENDAR, (2026, 2027))
    assert due in [window.due for window in windows]


def test_without_a_calendar_no_half_term_is_guessed() -> None:
    assert ends_said("by HT6", (), (2026, 2027)) == ()
    assert ends_said("Reads 60 words", CALENDAR, (2026, 2027)) == ()
    assert ends_said("in by 8.50 each day", CALENDAR, (2026, 2027)) == ()
    assert ends_said("in by 9.10 each day", CALENDAR, (2026, 2027)) == ()  # a time, not 9 October


def view(text: str, by: str = "") -> View:
    case = target_case({"kind": "target", "text": text, "by": by, "fails": ""})
    school = Record("cases/school.yaml", "school", TERMS, {(): Place(1, 1)})
    return View(Case("one", case.records, school), STANDARD, TODAY)


@pytest.mark.parametrize("text", ["Reads 60 words by HT4", "Reads 60 words by the end of Spring 1", "… 60 by 12 March"])
def test_a_day_in_the_sentence_after_the_review_is_told(text: str) -> None:
    """The review of the cycle is on 4 December 2026."""
    assert "after the review on 4 December 2026" in BY_ID["smart-late"].problems(view(text))[0].message


@pytest.mark.parametrize("text", ["Reads 60 words by HT2", "by Xmas", "by 4 Dec", "by the end of term", "by half term"])
def test_a_day_in_the_sentence_before_the_review_is_left_alone(text: str) -> None:
    assert not BY_ID["smart-late"].problems(view(text))


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("Reads 60 words by HT2", True),
        ("Reads 60 words by the end of Autumn 2", True),
        ("by Christmas", True),
        ("by 4/12", True),
        ("Reads 60 words by HT6", False),
        ("by Easter", False),
        ("by 27/11", False),
        ("by July", False),
    ],
)
def test_the_sentence_and_its_field_agree_by_the_schools_calendar(text: str, agrees: bool) -> None:
    assert bool(BY_ID["smart-two-dates"].problems(view(text, "2026-12-04"))) != agrees


def halves(said: str) -> list[int]:
    """The half-terms at whose ends a sentence may mean."""
    numbers = {half.end: half.number for half in CALENDAR}
    return [numbers[window.due] for window in ends_said(f"Reads 60 words {said}.", CALENDAR, (2026, 2027))]


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("by HT1", [1]),
        ("by HT6", [6]),
        ("by Autumn 1", [1]),
        ("by Spring 2", [4]),
        ("by Christmas", [2]),
        ("by Easter", [4]),
        ("by October half term", [1]),
        ("by November half term", [1]),
        ("by autumn half term", [1]),
        ("by February half term", [3]),
        ("by spring half term", [3]),
        ("by May half term", [5]),
        ("by June half term", [5]),
        ("by summer half term", [5]),
        ("by Whitsun", [5]),
        ("by Whit", [5]),
        ("by half term", [1, 3, 5]),
        ("by the autumn term", [2]),
        ("by the spring", [4]),
        ("by the summer term 2027", [6]),
        ("by the summer term 2028", []),
        ("by the end of term", [2, 4, 6]),
        ("by the end of the academic year", [6]),
        ("by the summer holidays", [6]),
    ],
)
def test_a_term_or_a_holiday_is_found_in_the_schools_calendar(said: str, numbers: list[int]) -> None:
    assert halves(said) == numbers


def test_around_a_half_term_a_week_before_and_its_holiday_may_be_meant() -> None:
    [window] = ends_said("Reads 60 words by HT2.", CALENDAR, (2026, 2027))
    first, last = date(2026, 10, 24), date(2027, 1, 4)
    assert (window.first, window.last, window.due) == (first, last, date(2026, 12, 18))
    assert window.holds(first) and window.holds(last) and not window.holds(date(2027, 1, 5))


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("by July 2027", date(2027, 7, 1), date(2027, 7, 31)),
        ("by February 2027", date(2027, 2, 1), date(2027, 2, 28)),
        ("by December 2026", date(2026, 12, 1), date(2026, 12, 31)),
        ("by January 2027", date(2027, 1, 1), date(2027, 1, 31)),
        ("by 1 January 2027", date(2027, 1, 1), date(2027, 1, 1)),
    ],
)
def test_a_month_is_all_its_days(said: str, first: date, last: date) -> None:
    [window] = ends_said(f"Reads 60 words {said}.", CALENDAR, (2026, 2027))
    assert (window.first, window.last) == (first, last)
