"""Where terms begin in August, attendance of those weeks is of the new school year; codes are words on the register."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from generator.cases.classes import attendance_of_year
from generator.school.register import attendance
from generator.school.register_document import need_in_words

ROWS = [
    {"from": date(2025, 9, 3), "to": date(2026, 7, 10), "attended": 300, "possible": 380},
    {"from": date(2026, 8, 27), "to": date(2026, 10, 16), "attended": 63, "possible": 70},
]
LEICESTER = {"terms": [{"start": date(2026, 8, 27), "end": date(2026, 10, 16)}]}


def test_attendance_from_before_september_is_of_the_year_of_its_term() -> None:
    on = date(2026, 11, 20)
    assert attendance_of_year(ROWS, LEICESTER, on) == [ROWS[1]]  # was: none
    assert attendance({"attendance": ROWS}, LEICESTER, on) == Decimal("90.0")
    assert attendance_of_year(ROWS, {}, on) == [ROWS[1]], "also where the school has not written down its terms"


def test_the_year_before_is_as_it_was() -> None:
    assert attendance_of_year(ROWS, LEICESTER, date(2026, 7, 1)) == [ROWS[0]]


def test_the_register_says_needsneed_in_words() -> None:
    assert need_in_words("SLCN") == "Speech, language and communication needs"
    assert need_in_words("Reading and spelling words") == "Reading and spelling words"
