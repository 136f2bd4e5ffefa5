"""Days as lists write them, and which pupil a row is of, at the day and the name on which each turns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from generator.records.record import Place, Record
from generator.school.imports.incoming_pupil import Incoming
from generator.school.imports.lists.column_dates import (
    DAY_FIRST,
    MONTH_FIRST,
    Doubt,
    could_be_either,
    doubts,
    order_of,
    read_day,
)
from generator.school.imports.match_pupil import find, known_pupils
from tests.school.import_outcome import refused

ON = date(2026, 10, 1)


# -- days of a column -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("14/05/2018", date(2018, 5, 14)),
        ("14.5.18", date(2018, 5, 14)),
        ("02-Nov-17", date(2017, 11, 2)),
        ("2018-05-14", date(2018, 5, 14)),
        ("20180514", date(2018, 5, 14)),
        ("43234", date(2018, 5, 14)),
        ("43234.5", date(2018, 5, 14)),
        ("Mon 14 May 2018", date(2018, 5, 14)),
        ("May 14, 2018", date(2018, 5, 14)),
        ("14/05/2018 00:00:00", date(2018, 5, 14)),
        ("14/05/28", date(2028, 5, 14)),
        ("14/05/29", date(1929, 5, 14)),
        ("14th May 2018", date(2018, 5, 14)),
    ],
)
def test_a_day_is_read_however_a_system_writes_it(text: str, day: date) -> None:
    if day.year < 1990:
        assert refused(lambda one: read_day(one, on=ON), text)
    else:
        assert read_day(text, on=ON) == day


def test_months_first_and_days_from_1904() -> None:
    assert read_day("05/14/2018", MONTH_FIRST) == date(2018, 5, 14) and refused(read_day, "05/14/2018")
    assert read_day("41772", from_1904=True) == date(2018, 5, 14)
    for text in ("9999", "30/02/2018", "x", "14/05", "14/05.2018"):
        assert refused(read_day, text)


def column(*texts: str) -> list[tuple[str, str]]:
    return [(f"line {number}", text) for number, text in enumerate(texts, 2)]


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        (("14/05/2018", "02/11/2017"), ""),
        (("12/12/2018",), ""),
        (("05/13/2018",), "line 2 has 05/13/2018, and there is no month 13"),
        (("13/05/2018",), ""),
        (
            ("05/13/2018", "14/05/2018"),
            "line 2 has 05/13/2018, and there is no month 13; but line 3 has 14/05/2018, which begins with the day",
        ),
        (
            ("2018-05-12", "2018-05-11", "14/05/2018"),
            "no date that Excel knows as one has a day above 12, and every other one has (line 4: 14/05/2018): "
            "Excel may have taken days for months",
        ),
        (("2018-05-13", "2018-05-11", "14/05/2018"), ""),
        (("2018-05-12", "14/05/2018"), ""),
        (("2018-05-12", "2018-05-11", "14/05/2018", "01/05/2018"), ""),
        (("2018-05-12", "2018-05-11"), ""),
    ],
)
def test_a_column_decides_whether_its_days_come_first(texts: tuple[str, ...], why: str) -> None:
    assert order_of("Born", column(*texts)) == (Doubt("Born", why) if why else DAY_FIRST)


def test_a_column_that_could_be_either_is_asked_about_beside_one_with_months_first() -> None:
    assert could_be_either(column("01/02/2018", "12/12/2018", "x")) and not could_be_either(
        column("01/02/2018", "13/02/2018")
    )
    assert not could_be_either(column("02/13/2018")) and not could_be_either(column("2018-01-02"))
    columns = {"Born": column("05/13/2018"), "Joined": column("01/02/2018"), "Left": column("13/02/2018")}
    assert [one.heading for one in doubts(columns, {})] == ["Born", "Joined"]
    assert [one.heading for one in doubts(columns, {"Born": MONTH_FIRST})] == ["Joined"]
    assert doubts(columns, {"Born": DAY_FIRST}) == [] == doubts(columns, {"Born": MONTH_FIRST, "Joined": DAY_FIRST})


# -- which pupil ------------------------------------------------------------------------------------------------------

ADA = {"legal_surname": "Brown", "forenames": "Ada Rose", "date_of_birth": date(2018, 5, 14), "upn": "F999999925001"}


def pupil(name: str, **more: Any) -> tuple[str, Record]:
    return name, Record(f"cases/{name}/pupil.yaml", "pupil", {**ADA, **more}, {(): Place(1, 1)})


def incoming(**values: str) -> Incoming:
    held = {"legal_surname": "Brown", "forenames": "Ada", "date_of_birth": "14/05/2018", **values}
    return Incoming("line 2", {key: value for key, value in held.items() if value})


def test_a_pupil_is_found_by_the_upn_else_by_name_and_day_of_birth() -> None:
    known = known_pupils(
        [pupil("ada"), pupil("ben", forenames="Ben", upn="", preferred_name="Benny", known_as_surname="Lee")]
    )

    def folder(**values: str) -> Any:
        found = find(incoming(**values), known)
        return found[0] if isinstance(found, tuple) else found

    assert folder(upn="f9999 9992 5001", legal_surname="Other") == "ada" == folder(forenames="ada rose")
    assert (
        folder(forenames="Benny", known_as_surname="LEE", legal_surname="x")
        == "ben"
        == folder(forenames="Ben", upn="V999999925002")
    )
    assert (
        folder(date_of_birth="15/05/2018") is None
        and folder(legal_surname="Green") is None
        and folder(date_of_birth="x") is None
    )
    assert "has another UPN" in folder(upn="V999999925002")


def test_two_children_of_one_name_are_told_apart_by_the_upn_only() -> None:
    known = known_pupils([pupil("ada"), pupil("ada-2", upn="V999999925002")])
    found = find(incoming(), known)
    assert isinstance(found, str) and "could be any of cases/ada, cases/ada-2: give the UPN" in found


def test_a_file_with_errors_may_be_the_pupils() -> None:
    known = replace(known_pupils([]), broken={"zoe": "upn: F999999925001\nlegal_surname: Brown\nforenames: Ada"})
    for values in ({"upn": "F999999925001", "forenames": "x"}, {}):
        found = find(incoming(**values), known)
        assert isinstance(found, str) and found.startswith("may be in cases/zoe/pupil.yaml, which has errors")
    assert find(incoming(forenames="Ben"), known) is None and find(incoming(forenames=""), known) is None


def test_a_word_that_begins_like_a_month_is_none() -> None:
    assert refused(read_day, "1 Maybe 2018") and read_day("1 Sept 2018") == date(2018, 9, 1)
