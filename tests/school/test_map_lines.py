"""Rows of the provision map on their boundaries: the day support ends, what counts, the £6,000, who is resting."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from generator.cases.case import Case
from generator.school.provision import provision_map as pm
from tests.joined import PUPIL, case

START, REVIEW = date(2026, 9, 7), date(2026, 11, 23)
ROW = {"id": "p1", "title": "Phonics", "type": "one_to_one", "delivered_by": "TA", "minutes": 30, "times_a_week": 2}
SCHOOL = {"pay_rates": [{"role": "TA", "hourly": "15"}], "weeks_a_year": 40}
ON_REGISTER = {**PUPIL, "sen_status": [{"status": "K", "from": date(2026, 1, 1)}]}


def pupil(*rows: dict[str, Any], **more: Any) -> Case:
    cycle = {"number": 1, "start": START, "planned_review": REVIEW, "plan": {"provision": list(rows)}, **more}
    return case(SCHOOL, pupil=ON_REGISTER, cycle=cycle)


@pytest.mark.parametrize(("on", "there"), [(date(2026, 10, 5), 1), (date(2026, 10, 6), 0)])
def test_a_row_is_on_the_map_up_to_its_last_day(on: date, there: int) -> None:
    assert len(pm.lines([pupil({**ROW, "to": date(2026, 10, 5)})], on)) == there


def test_a_row_without_days_runs_with_its_cycle_and_on_while_its_review_is_late() -> None:
    [line] = pm.lines([pupil(ROW)], date(2026, 11, 1))
    assert (line.first, line.last) == (START, REVIEW)
    [late] = pm.lines([pupil(ROW)], date(2026, 12, 1))
    assert late.last == date(2026, 12, 1)
    [own] = pm.lines([pupil({**ROW, "from": date(2026, 9, 14)})], REVIEW)
    assert own.first == date(2026, 9, 14)


def test_a_cycle_that_is_reviewed_is_not_on_the_map_and_its_pupil_rests() -> None:
    done = pupil(ROW, review={"date": date(2026, 11, 20)})
    assert pm.lines([done], REVIEW) == [] and [str(one) for one in pm.resting([done], REVIEW)] == ["Ada Brown (ada)"]
    assert [str(one) for one in pm.resting([pupil(ROW)], REVIEW)] == []
    ended = pupil({**ROW, "to": date(2026, 11, 20)})
    assert [str(one) for one in pm.resting([ended], date(2026, 11, 21))] == ["Ada Brown (ada)"]  # was: told nowhere
    assert [str(one) for one in pm.resting([case(SCHOOL, pupil=ON_REGISTER)], REVIEW)] == ["Ada Brown (ada)"]
    assert [str(one) for one in pm.resting([case(SCHOOL)], REVIEW)] == [], "nobody rests who is not on the register"


@pytest.mark.parametrize(("decision", "there"), [("continue", 1), ("change", 1), ("stop", 0), ("", 0)])
def test_what_the_review_did_not_stop_goes_on_until_its_end(decision: str, there: int) -> None:
    said = [{"provision": "p1", "decision": decision}] if decision else []
    done = pupil({**ROW, "to": date(2026, 12, 18)}, review={"date": date(2026, 11, 20), "provision": said})
    assert len(pm.lines([done], REVIEW)) == there  # was: 0 for a change
    assert pm.lines([done], date(2026, 12, 19)) == []


def test_what_everybody_gets_is_not_additional() -> None:
    rows = pm.lines([pupil(ROW, {**ROW, "type": "universal", "yearly_cost": 999})], REVIEW)
    assert sorted(row.additional for row in rows) == [False, True]
    [total] = pm.totals(rows)
    assert (total.rows, total.minutes, total.cost) == (2, 120, 600)


@pytest.mark.parametrize(("own", "over"), [(0, 0), (5399, 0), (5400, 0), (5401, 1)])
def test_six_thousand_pounds_are_not_above_six_thousand(own: int, over: int) -> None:
    [total] = pm.totals(pm.lines([pupil({**ROW, "yearly_cost": own})], REVIEW))
    assert total.over == Decimal(over)


def test_rows_that_the_totals_leave_out_say_why() -> None:
    unpaid = {**ROW, "delivered_by": "Volunteer"}
    untimed = {"id": "p2", "title": "Talk", "type": "group", "delivered_by": "TA"}
    free = {**untimed, "type": "universal"}
    told = [problem.message for problem in pm.without_cost(pm.lines([pupil(ROW, unpaid, untimed, free)], REVIEW))]
    assert len(told) == 2
    assert any("no pay rate" in line and "Phonics" in line for line in told)
    assert any("no minutes" in line and "Talk" in line for line in told)


def test_an_adult_s_bookings_need_minutes_and_a_name() -> None:
    rows = [
        {**ROW, "staff": "ta-1"},
        ROW,
        {"id": "p3", "title": "x", "type": "group", "delivered_by": "TA", "staff": "ta-1"},
    ]
    [booking] = pm.bookings(pm.lines([pupil(*rows)], REVIEW))
    assert (booking.staff, booking.group_size, booking.minutes, booking.times, booking.when) == ("ta-1", 1, 30, 2, "")


def test_pupils_stand_by_year_then_by_name() -> None:
    def of(name: str, year: Any) -> Case:
        cycle = {"number": 1, "start": START, "planned_review": REVIEW, "plan": {"provision": [ROW]}}
        return case(SCHOOL, pupil={**PUPIL, "forenames": name, "year_group": year}, cycle=cycle)

    found = pm.lines([of("Zed", 1), of("Ann", 10), of("Bob", "R"), of("amy", 10)], REVIEW)
    assert [line.pupil.split()[0] for line in found] == ["Bob", "Zed", "amy", "Ann"]


def test_costs_are_in_the_workbook_only_when_asked() -> None:
    rows = pm.lines([pupil(ROW)], REVIEW)
    keys = [[column.key for column in pm.map_table(rows, SCHOOL, costs).columns] for costs in (False, True)]
    assert "cost" not in keys[0] and keys[1][-1] == "cost"
    table = pm.map_table(rows, SCHOOL, True)
    assert table.rows[0][keys[1].index("rate")].text == "Figures!$B$4", "the first pay rate stands in the fourth row"
    [row] = pm.summary_table(rows, True).rows
    assert row == ["Not said", row[1], 1, Decimal(1), Decimal(600)]
    assert [line[:2] for line in pm.figures_table(SCHOOL).rows] == [
        ("Weeks a year", 40), ("Pounds a year expected from the school", 6000), ("TA", "15")
    ]  # fmt: skip


# -- as tables --------------------------------------------------------------------------------------------------------


def cell(table: Any, key: str, row: int = 0) -> Any:
    return table.rows[row][[column.key for column in table.columns].index(key)]


TWO = {
    **ROW,
    "id": "p2",
    "type": "group",
    "group_size": 4,
    "area": "cognition_and_learning",
    "when": "Monday",
    "entry": "6",
}


WITHOUT = {key: value for key, value in TWO.items() if key != "minutes"}


def test_a_row_of_the_map_says_what_the_file_says() -> None:
    [one, two] = pm.lines([pupil(ROW, {**TWO, "to": REVIEW, "minutes": 20})], REVIEW)
    table = pm.map_table([one, two], SCHOOL, costs=True)
    assert (cell(table, "area"), cell(table, "area", 1)) == ("", "Cognition and learning")
    assert [cell(table, "minutes", n) for n in (0, 1)] == [30, 20] and cell(table, "group", 1) == 4
    assert (cell(table, "last"), cell(table, "last", 1), cell(table, "first")) == (None, REVIEW, START)
    assert cell(table, "type", 1) == "Small group" and cell(table, "additional") is True
    assert table.total == ("hours", "cost") and pm.map_table([one], SCHOOL, costs=False).total == ("hours",)
    assert "cost" not in [column.key for column in pm.map_table([one], SCHOOL, costs=False).columns]


@pytest.mark.parametrize(
    ("row", "school", "rate", "weeks", "own", "cost"),
    [
        (
            {},
            {},
            "Figures!$B$4",
            "Figures!$B$2",
            None,
            "{minutes}*{times}*{rate}*{weeks}/(60*MAX(1,N({group})))+N({own})",
        ),
        (
            {"hourly_rate": 20},
            {},
            Decimal(20),
            "Figures!$B$2",
            None,
            "{minutes}*{times}*{rate}*{weeks}/(60*MAX(1,N({group})))+N({own})",
        ),
        (
            {"weeks": 6},
            {},
            "Figures!$B$4",
            Decimal(6),
            None,
            "{minutes}*{times}*{rate}*{weeks}/(60*MAX(1,N({group})))+N({own})",
        ),
        ({"minutes": None, "yearly_cost": 50}, {}, "Figures!$B$4", "Figures!$B$2", 50, "N({own})"),
        ({"delivered_by": "Volunteer", "yearly_cost": 50}, {}, None, "Figures!$B$2", 50, "N({own})"),
        ({"delivered_by": "Volunteer"}, {}, None, "Figures!$B$2", None, None),
    ],
)
def test_a_cost_is_a_formula_over_the_figures(
    row: dict[str, Any], school: Any, rate: Any, weeks: Any, own: Any, cost: Any
) -> None:
    offer = {key: value for key, value in {**ROW, **row}.items() if value is not None}
    table = pm.map_table(pm.lines([pupil(offer)], REVIEW), SCHOOL, costs=True)
    said = [getattr(cell(table, key), "text", cell(table, key)) for key in ("rate", "weeks", "own", "cost")]
    assert said == [rate, weeks, own, cost]


def test_a_pupil_is_summed_over_the_rows_of_the_map() -> None:
    rows = pm.lines([pupil(ROW, TWO)], REVIEW)
    found = pm.totals(rows)
    bare = pm.pupils_table(found, rows, costs=False)
    assert bare.rows[0][:4] == ["ada", "Ada Brown", 4, 2] and bare.total == ("hours",) and len(bare.columns) == 5
    full = pm.pupils_table(found, rows, costs=True)
    assert cell(full, "hours").text == "SUMIFS(Provision!$K$2:$K$3,Provision!$A$2:$A$3,{case})"
    assert (
        cell(full, "cost").text.endswith(',Provision!$P$2:$P$3,"Yes")')
        and cell(full, "over").text == "MAX(0,{cost}-Figures!$B$3)"
    )
    assert [column.key for column in full.columns[5:]] == ["cost", "over"] and full.total == ("hours", "cost")


def test_figures_and_sums_by_area_and_type() -> None:
    assert pm.figures_table(SCHOOL).rows == [
        ("Weeks a year", 40),
        ("Pounds a year expected from the school", 6000),
        ("TA", "15"),
    ]
    assert pm.figures_table({}).rows[0] == ("Weeks a year", 38)
    rows = pm.lines([pupil(ROW, TWO, {**WITHOUT, "yearly_cost": 5})], REVIEW)
    table = pm.summary_table(rows, costs=True)
    assert [tuple(row) for row in table.rows] == [
        ("Not said", "One to one", 1, Decimal(1), Decimal(600)),
        ("Cognition and learning", "Small group", 1, Decimal(1), Decimal(155)),
    ]
    assert [len(row) for row in pm.summary_table(rows, costs=False).rows] == [4, 4]


def test_a_total_without_minutes_or_cost_is_nought() -> None:
    [total] = pm.totals(pm.lines([pupil({**WITHOUT, "delivered_by": "x"})], REVIEW))
    assert (total.minutes, total.cost) == (0, 0)
