"""What follows from one pupil's records: age, year, who speaks and who gets letters, minutes and money."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from generator.cases import case as c
from generator.cases.case import Case
from generator.cases.chronology import chronology
from generator.cases.costs import hourly_rate, weekly_minutes, yearly_cost
from generator.cases.dates.age_and_year import age_text, speaks_for_themselves, usual_year_group
from generator.cases.family.people import addressees, names
from generator.records.record import Place, Record


def record(kind: str, path: str, data: dict[str, Any]) -> Record:
    return Record(path, kind, data, {(): Place(1, 1)})


def pupil(**changes: Any) -> dict[str, Any]:
    parent = {
        "id": "p1",
        "title": "Ms",
        "name": "Samira Brown",
        "relationship": "mother",
        "parental_responsibility": True,
    }
    base = {"legal_surname": "Brown", "forenames": "Ada Rose", "date_of_birth": date(2018, 5, 14), "year_group": 4}
    return {**base, "people": [parent], "address": "12 Tannery Row, Northmoor", "postcode": "ZZ99 3CZ", **changes}


@pytest.mark.parametrize(
    ("born", "on", "text"),
    [
        (date(2016, 5, 14), date(2026, 5, 13), "9 years 11 months"),
        (date(2016, 5, 14), date(2026, 5, 14), "10 years 0 months"),
        (date(2024, 2, 29), date(2025, 2, 28), "0 years 11 months"),
        (date(2025, 10, 1), date(2026, 11, 22), "1 year 1 month"),
    ],
)
def test_age_in_whole_years_and_months(born: date, on: date, text: str) -> None:
    assert age_text(born, on) == text


@pytest.mark.parametrize(
    ("born", "year"),
    [
        (date(2021, 9, 1), "R"),
        (date(2022, 9, 1), "N2"),
        (date(2022, 8, 31), "R"),
        (date(2021, 8, 31), 1),
        (date(2018, 5, 14), 4),
        (date(2017, 8, 31), 5),
        (date(2009, 9, 1), 12),
        (date(1990, 1, 1), None),
        (date(2026, 1, 1), None),
    ],
)
def test_usual_year_group_in_november_2026(born: date, year: str | int | None) -> None:
    # A child born on 31 August 2022 turns four that day and starts Reception in September 2026.
    assert usual_year_group(born, date(2026, 11, 22)) == year


def test_year_changes_on_the_first_of_september() -> None:
    born = date(2018, 5, 14)
    assert usual_year_group(born, date(2026, 8, 31)) == 3
    assert usual_year_group(born, date(2026, 9, 1)) == 4


@pytest.mark.parametrize(
    ("born", "on", "speaks"),
    [
        # Born in November 2009: turns 16 in Year 11; compulsory school age ends on Friday 26 June 2026.
        (date(2009, 11, 3), date(2026, 6, 26), False),
        (date(2009, 11, 3), date(2026, 6, 27), True),
        # Born in August 2010: turns 16 in August 2026, still the same last Friday in June.
        (date(2010, 8, 30), date(2026, 6, 27), True),
        (date(2010, 9, 1), date(2026, 9, 2), False),
    ],
)
def test_young_person_after_the_last_friday_in_june(born: date, on: date, speaks: bool) -> None:
    assert speaks_for_themselves(pupil(date_of_birth=born, year_group=11), on) is speaks


def test_a_letter_goes_to_each_parent_with_responsibility_who_may_have_copies() -> None:
    people = [
        {"id": "a", "title": "Ms", "name": "Samira Brown", "relationship": "mother", "parental_responsibility": True},
        {
            "id": "b",
            "name": "Daniel Lee",
            "relationship": "father",
            "parental_responsibility": True,
            "address": "4 Quay St",
        },
        {"id": "c", "name": "Bea Brown", "relationship": "grandmother", "parental_responsibility": False},
        {"id": "d", "name": "Rob Hale", "relationship": "father", "parental_responsibility": True, "copies": False},
    ]
    rows = addressees(pupil(people=people), date(2026, 11, 22))
    assert [(row["name"], row["salutation"], row["address"]) for row in rows] == [
        ("Ms Samira Brown", "Ms Brown", "12 Tannery Row, Northmoor"),
        ("Daniel Lee", "Daniel Lee", "4 Quay St"),
    ]


@pytest.mark.parametrize(("child", "father"), [(1, 5), (5, 1)])
def test_who_moved_into_the_childs_home_has_its_address_from_the_later_day(child: int, father: int) -> None:
    who = {"id": "b", "name": "Daniel Lee", "relationship": "father", "parental_responsibility": True}
    people = [{**who, "address_since": date(2026, father, 1)}]
    held = pupil(people=people, address_since=date(2026, child, 1))
    given = [addressees(held, day)[0]["address"] for day in (date(2026, 4, 30), date(2026, 5, 1))]
    assert given == ["", "12 Tannery Row, Northmoor"]  # was: the child's address on both days


def test_a_young_person_gets_the_letter_themselves() -> None:
    rows = addressees(pupil(date_of_birth=date(2009, 1, 3), year_group=13), date(2026, 11, 22))
    assert [row["name"] for row in rows] == ["Ada Brown"]


SCHOOL = {
    "weeks_a_year": 38,
    "pay_rates": [
        {"role": "Teaching assistant", "hourly": Decimal("14.50")},
        {"role": "SENCO", "hourly": Decimal("39")},
    ],
    "staff": [{"id": "j-begum", "name": "Jahanara Begum", "role": "Teaching assistant"}],
}


def test_cost_is_exact_and_shared_by_the_group() -> None:
    row = {"minutes": 20, "times_a_week": 3, "group_size": 4, "delivered_by": "TA", "staff": "j-begum"}
    assert weekly_minutes(row) == 60
    assert yearly_cost(row, SCHOOL) == Decimal("14.50") * 38 / 4


def test_cost_keeps_pence_until_it_is_shown() -> None:
    # 175 pounds a week for four pupils over 38 weeks: a well-known form prints 1662, the figure is 1662.50.
    row = {"minutes": 60, "times_a_week": 1, "group_size": 4, "hourly_rate": Decimal(175), "delivered_by": "x"}
    assert yearly_cost(row, SCHOOL) == Decimal("1662.50")


def test_cost_of_equipment_and_of_what_nobody_has_priced() -> None:
    assert yearly_cost({"yearly_cost": Decimal(320), "delivered_by": "x"}, SCHOOL) == 320
    assert yearly_cost({"minutes": 20, "times_a_week": 3, "delivered_by": "Volunteer"}, SCHOOL) is None


def test_the_role_is_found_in_the_words_of_delivered_by() -> None:
    assert hourly_rate({"delivered_by": "Teaching assistant (Mrs Begum)"}, SCHOOL) == Decimal("14.50")


@pytest.mark.parametrize("written", ["TA", "TA (Mrs Begum)", "ta", "Teaching assistants", "TA, Mrs Begum"])
def test_a_role_written_short_has_the_rate_of_the_role(written: str) -> None:
    assert hourly_rate({"delivered_by": written}, SCHOOL) == Decimal("14.50")
    assert hourly_rate({"staff": "j-begum", "delivered_by": "x"}, SCHOOL) == Decimal("14.50")


def test_a_rate_written_short_is_the_rate_of_the_whole_name_and_of_no_other_role() -> None:
    school = {"pay_rates": [{"role": role, "hourly": n} for n, role in enumerate(("LSA", "HLTA", "TA"), 13)]}
    assert hourly_rate({"delivered_by": "Learning support assistant"}, school) == 13
    assert hourly_rate({"delivered_by": "Higher level teaching assistant (Mrs Silva)"}, school) == 14
    assert hourly_rate({"delivered_by": "Teaching assistant"}, school) == 15
    assert hourly_rate({"delivered_by": "Learning mentor"}, school) is None


def cycle(name: str, start: date, reviewed: date | None = None) -> Record:
    target = {"id": "t1", "text": "x", "outcome": "o"}
    data: dict[str, Any] = {"number": 1, "title": name, "start": start, "plan": {"targets": [target], "provision": []}}
    if reviewed:
        data["review"] = {"date": reviewed, "targets": [{"target": "t1", "status": "partly"}]}
    return record("cycle", f"cases/ada/cycles/{name}.yaml", data)


def test_current_cycle_is_the_running_one_else_the_newest() -> None:
    first = cycle("a", date(2025, 9, 8), date(2025, 12, 1))
    second = cycle("b", date(2026, 1, 12), date(2026, 3, 20))
    running = cycle("c", date(2026, 4, 20))
    assert c.current_cycle(Case("ada", (running, second, first))) is running
    assert c.current_cycle(Case("ada", (second, first))) is second
    assert c.current_cycle(Case("ada", ())) is None


def test_chronology_is_in_order_and_tells_results() -> None:
    records = (
        record("pupil", "cases/ada/pupil.yaml", pupil(sen_status=[{"status": "K", "from": date(2025, 9, 1)}])),
        cycle("a", date(2025, 9, 8), date(2025, 12, 1)),
        record(
            "log",
            "cases/ada/log.yaml",
            {"entries": [{"date": date(2025, 10, 1), "what": "Phoned home", "kind": "contact"}]},
        ),
    )
    events = chronology(Case("ada", records))
    assert [event.date for event in events] == sorted(event.date for event in events)
    assert [event.kind for event in events] == ["status", "cycle", "log-contact", "review"]
    assert events[-1].difference == "Targets: 1 partly met"


def test_status_on_a_day_comes_from_the_history() -> None:
    history = [
        {"status": "K", "from": date(2023, 10, 6), "to": date(2024, 7, 17)},
        {"status": "N", "from": date(2024, 7, 18), "to": date(2025, 9, 1)},
        {"status": "K", "from": date(2025, 9, 2)},
    ]
    days = [date(2023, 10, 5), date(2024, 1, 1), date(2025, 1, 1), date(2026, 1, 1)]
    assert [c.sen_status(pupil(sen_status=history), day) for day in days] == ["N", "K", "N", "K"]


def test_names_by_which_a_pupil_may_appear() -> None:
    named = names(pupil(preferred_name="Addie", known_as_surname="Brown-Lee"))
    assert {"Addie Brown", "Addie Brown-Lee", "Ada Rose Brown", "Ada Brown"} <= named
