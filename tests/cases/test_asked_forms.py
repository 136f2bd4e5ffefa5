"""What was asked and has not come back: counted by round, told once, the newest asking of a person counts."""

from __future__ import annotations

from datetime import date
from typing import Any

from generator.cases.asked_forms import rounds_out
from generator.cases.case import Case
from generator.records.record import Place, Record


def asked(to: str, back: bool = False, **more: Any) -> Record:
    data = {"form": "teachers", "to": to, "asked_on": date(2026, 11, 20), "due": date(2026, 12, 4), **more}
    data |= {"back": [{"date": date(2026, 12, 1)}]} if back else {}
    return Record(f"cases/one/asked/{to}-{len(more)}.yaml", "asked", data, {(): Place(1, 1)})


def test_a_round_says_how_many_have_answered_and_who_has_not() -> None:
    case = Case("one", (asked("Mr Castle", role="Mathematics"), asked("Ms Ortiz", back=True), asked("Mrs Banks")))
    [one] = rounds_out(case)
    assert one.told == (
        "1 of 3 teachers has answered; asked on 20 November 2026, still out: Mr Castle (Mathematics), Mrs Banks"
    )
    assert one.due == date(2026, 12, 4)


def test_a_round_that_is_back_or_no_longer_wanted_is_not_told() -> None:
    assert rounds_out(Case("one", (asked("Ms Ortiz", back=True), asked("Mrs Banks", withdrawn="ill")))) == []


def test_who_was_asked_again_is_counted_once_and_an_answer_to_either_counts() -> None:
    again = asked("Mr Castle", asked_on=date(2026, 11, 27))
    [one] = rounds_out(Case("one", (asked("Mr Castle"), again)))
    assert one.out == (again,) and len(one.asked) == 1
    assert rounds_out(Case("one", (asked("Mr Castle", back=True), again))) == []


def test_each_meeting_has_a_round_of_its_own() -> None:
    first = asked("Mr Castle", meeting=date(2026, 12, 8))
    second = asked("Mr Castle", meeting=date(2027, 3, 9), due=date(2027, 3, 5))
    assert [one.due for one in rounds_out(Case("one", (second, first)))] == [date(2026, 12, 4), date(2027, 3, 5)]
