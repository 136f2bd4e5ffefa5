"""What was asked and has not come back: counted by round, told once, the newest asking of a person counts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.cases.asked_forms import rounds_out
from generator.cases.case import Case
from generator.forms.given.whom_to_ask import support_by
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


@pytest.mark.parametrize(
    ("form", "one", "many"),
    [
        ("parents", "parent", "parents"),
        ("pupil", "pupil", "pupils"),
        ("teachers", "teacher", "teachers"),
        ("ta", "adult who gives support", "adults who give support"),
        ("professional", "professional", "professionals"),
    ],
)
def test_each_kind_of_form_says_whom_it_asks(form: str, one: str, many: str) -> None:
    names = [asked(f"Ms {letter}", form=form, role="Maths") for letter in "ABCDE"]
    role = " (Maths)" if form in ("teachers", "professional") else ""
    day = "asked on 20 November 2026, still out:"

    def told(*records: Record) -> str:
        return rounds_out(Case("one", records))[0].told

    assert told(names[0]) == f"none of 1 {one} have answered; {day} Ms A{role}"
    four = f"Ms A{role}, Ms B{role}, Ms C{role}"
    assert told(*names[:3]) == f"none of 3 {many} have answered; {day} {four}"
    assert told(*names[:4]) == f"none of 4 {many} have answered; {day} {four} and 1 more"
    assert told(*names, asked("F", form=form, back=True), asked("G", form=form, back=True)) == (
        f"2 of 7 {many} have answered; {day} {four} and 2 more"
    )


def test_a_form_without_its_days_is_no_round_and_one_without_a_name_is_somebodys() -> None:
    rows = [asked("Mr Castle"), asked("Ms Lee")]
    for record, key in zip(rows, ("asked_on", "due"), strict=True):
        del record.data[key]  # type: ignore[attr-defined]
    assert rounds_out(Case("one", tuple(rows))) == []
    nobody = asked("x")
    del nobody.data["to"]  # type: ignore[attr-defined]
    assert "still out: somebody" in rounds_out(Case("one", (nobody,)))[0].told


def test_a_round_is_wanted_by_its_last_day_and_was_asked_on_its_first() -> None:
    meeting = date(2026, 12, 8)
    late = asked("Ms Lee", meeting=meeting, due=date(2026, 12, 7), asked_on=date(2026, 11, 25))
    [one] = rounds_out(Case("one", (asked("Mr Castle", meeting=meeting), late)))
    assert one.due == date(2026, 12, 7) and "asked on 20 November 2026" in one.told
    days = [asked("Mr Castle"), asked("Ms Lee", due=date(2026, 12, 1)), asked("Mrs Hale", form="parents")]
    assert [(one.form, one.due.day) for one in rounds_out(Case("one", tuple(days)))] == [
        ("teachers", 1), ("parents", 4), ("teachers", 4),
    ]  # fmt: skip


def test_the_newest_asking_counts_whatever_the_order_of_the_files() -> None:
    old, new = asked("Mr Castle", role="old"), asked("Mr Castle", asked_on=date(2026, 11, 27))
    same = asked("Mr Castle", role="same day")
    assert rounds_out(Case("one", (new, old)))[0].out == (new,)
    assert rounds_out(Case("one", (old, same)))[0].out == (same,)
    back = asked("Mr Castle", back=True)
    assert rounds_out(Case("one", (new, back))) == [] == rounds_out(Case("one", (back, new)))


def test_support_is_that_of_whoever_is_named_whole() -> None:
    given = {"Phonics": "Mrs Lee", "Talk": "Miss Leeson"}
    rows = [{"title": title, "delivered_by": f"Teaching assistant ({who})"} for title, who in given.items()]
    data = {"number": 1, "start": date(2026, 9, 7), "plan": {"provision": rows}}
    running = Record("cases/ada/cycles/1.yaml", "cycle", data, {})
    case = Case("ada", (running,))
    assert [line.partition(":")[0] for line in support_by(case, "Mrs Lee")] == ["Phonics"]  # was: Talk too
    assert len(support_by(case, "Mr Nobody")) == 2
