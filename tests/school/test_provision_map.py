"""The provision map: exact costs, live formulas, adults' weeks, impact; every figure counted again without our code."""

from __future__ import annotations

import csv
import subprocess
from collections import Counter, defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from generator.cases.case import Case
from generator.cases.costs import yearly_cost
from generator.folder.load_case import load_case
from generator.folder.school_folder import case_names, find_project
from generator.school.provision import intervention_impact, provision_map
from generator.school.provision.adult_timetable import Booking, Slot, slots, weeks
from generator.school.tables.spreadsheet import workbook
from generator.values.formatting import money
from tests.big_school import ON, write_school
from tests.conftest import need_program
from tests.example_school import KACPER, copy_school, plain_yaml, sendpack


def load(folder: Path) -> list[Case]:
    project = find_project(folder)
    return [case for case in (load_case(project, name).case for name in case_names(project)) if case]


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_school(tmp_path_factory.mktemp("big"), 40, 40)


@pytest.fixture(scope="module")
def cases(big: Path) -> list[Case]:
    return load(big)


def recount(folder: Path) -> dict[str, Fraction]:
    """Pounds a year for each pupil, in fractions, straight from the YAML."""
    school = plain_yaml(folder / "cases" / "school.yaml")
    rates = {row["role"]: Fraction(str(row["hourly"])) for row in school["pay_rates"]}
    role = {row["id"]: row["role"] for row in school["staff"]}
    cost: dict[str, Fraction] = defaultdict(Fraction)
    for file in sorted((folder / "cases").glob("*/cycles/2026-autumn.yaml")):
        for row in plain_yaml(file)["plan"]["provision"]:
            year = row["weeks"] if row["weeks"] <= 6 else Fraction(str(school["weeks_a_year"]))
            hours = Fraction(row["minutes"] * row["times_a_week"], 60)
            cost[file.parent.parent.name] += hours / row["group_size"] * rates[role[row["staff"]]] * year
    return cost


def pence(pounds: Fraction) -> Decimal:
    exact = Decimal(pounds.numerator) / Decimal(pounds.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.whole
def test_totals_are_those_of_the_files(big: Path, cases: list[Case]) -> None:
    found = provision_map.totals(provision_map.lines(cases, ON))
    counted = recount(big)
    assert {t.case: t.cost.quantize(Decimal("0.01"), ROUND_HALF_UP) for t in found} == {
        name: pence(cost) for name, cost in counted.items()
    }
    whole = sum((t.cost for t in found), Decimal(0)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert whole == pence(sum(counted.values(), Fraction(0)))


def test_a_halfpenny_is_not_lost_on_the_way() -> None:
    # 20 minutes at £0.03, a fourth of it for 38 weeks is exactly 9.5 pence: rounded half up, 10.
    row = {"minutes": 20, "times_a_week": 1, "group_size": 4, "hourly_rate": Decimal("0.03")}
    assert money(yearly_cost(row, {})) == "£0.10"


@pytest.mark.whole
def test_the_workbook_reckons_the_same_when_opened(big: Path, cases: list[Case], tmp_path: Path) -> None:
    soffice = need_program("soffice", "opens the workbook and works its formulas out")
    project = find_project(big)
    assert project.school is not None
    rows = tuple(provision_map.lines(cases, ON))
    shown = provision_map.Map(rows, (), (), (), ())
    file = tmp_path / "map.xlsx"
    file.write_bytes(workbook(provision_map.sheets(shown, project.school.data, costs=True), "Provision map"))
    command = [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to"]
    command += [
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(file)], check=True, capture_output=True, timeout=180)
    if not (tmp_path / "map-Pupils.csv").is_file():
        need_program("scalc", "LibreOffice is here without Calc, which opens workbooks")
    with (tmp_path / "map-Pupils.csv").open(encoding="utf-8-sig", newline="") as opened:
        pupils = [row for row in csv.DictReader(opened) if row["Folder"].startswith("pupil-")]
    counted = recount(big)
    assert {row["Folder"] for row in pupils} == set(counted)
    for row in pupils:
        reckoned = Decimal(row["Additional cost a year"]).quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert reckoned == pence(counted[row["Folder"]])


@pytest.mark.whole
def test_without_costs_there_are_no_pounds(big: Path, cases: list[Case]) -> None:
    project = find_project(big)
    assert project.school is not None
    shown = provision_map.Map(tuple(provision_map.lines(cases, ON)), (), tuple(came(cases)), (), ())
    tables = provision_map.sheets(shown, project.school.data, costs=False)
    assert "Figures" not in [table.title for table in tables]
    assert not any(column.form == "money" for table in tables for column in table.columns)


# -- what came of it --------------------------------------------------------------------------------------------------


def came(cases: list[Case]) -> list[intervention_impact.Impact]:
    return intervention_impact.impacts(cases, date(2025, 11, 23), ON)


def test_impact_is_that_of_the_files(big: Path, cases: list[Case]) -> None:
    results: dict[str, Counter[str]] = defaultdict(Counter)
    pounds: dict[str, Fraction] = defaultdict(Fraction)
    rose: Counter[str] = Counter()
    rates = {"mentor": Fraction("17.21")}
    for file in (big / "cases").glob("*/cycles/2026-summer.yaml"):
        cycle = plain_yaml(file)
        exits = {row["provision"]: row["exit"] for row in cycle["review"]["provision"]}
        for row in cycle["plan"]["provision"]:
            results[row["title"]][cycle["review"]["targets"][0]["status"]] += 1
            hours = Fraction(row["minutes"] * row["times_a_week"] * row["weeks"], 60 * row["group_size"])
            pounds[row["title"]] += hours * rates.get(row["staff"], Fraction("15.23"))
            rose[row["title"]] += int(exits[row["id"]].split()[0]) > int(row["entry"].split()[0])
    found = {one.title: one for one in came(cases)}
    assert set(found) == set(results)
    for title, one in found.items():
        assert {status: one.count(status) for status in intervention_impact.RESULTS} == {
            status: results[title][status] for status in intervention_impact.RESULTS
        }
        assert one.gained == (rose[title], sum(results[title].values()))
        assert one.cost_per_met is not None
        assert one.cost_per_met.quantize(Decimal("0.01"), ROUND_HALF_UP) == pence(pounds[title] / results[title]["met"])


@pytest.mark.parametrize(
    ("entry", "exit_", "gain"),
    [
        ("6 of 20", "14 of 20", 8),
        ("6 of 20", "14 of 40", None),
        ("2.5 words", "4 words", Decimal("1.5")),
        ("", "3", None),
    ],
)
def test_scores_are_compared_only_when_they_go_on_alike(entry: str, exit_: str, gain: Any) -> None:
    assert intervention_impact.Round("x", "c", (), entry, exit_, None).gain == gain


# -- the week ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "times", "expected"),
    [
        ("9:10, Monday to Thursday", 4, [Slot(day, 550) for day in range(4)]),
        ("Tuesday and Thursday, 13:05", 2, [Slot(1, 785), Slot(3, 785)]),
        ("9:05, straight after registration", 5, [Slot(day, 545) for day in range(5)]),
        ("9:05, straight after registration", 3, []),
        ("1:15 Mondays", 1, [Slot(0, 795)]),
        ("Monday period 3 and Tuesday period 2", 2, [Slot(0, "period 3"), Slot(1, "period 2")]),
        ("English lesson, 10:30, every day", 5, [Slot(day, 630) for day in range(5)]),
        ("Instead of French, agreed with Toby", 3, []),
        ("Friday 9:00, or when she asks", 1, [Slot(4, 540)]),
        ("Month end", 1, []),
    ],
)
def test_when_is_read_as_people_write_it(when: str, times: int, expected: list[Slot]) -> None:
    assert list(slots(when, Decimal(times))) == expected


def booking(pupil: str, title: str, when: str, *, group: int = 1, minutes: int = 30, times: int = 1) -> Booking:
    days = (date(2026, 9, 1), date(2026, 12, 18))
    return Booking(pupil, pupil, "x.yaml", 3, 5, title, "ta", group, minutes, Decimal(times), when, *days)


SCHOOL = {"staff": [{"id": "ta", "name": "Mrs Able", "role": "Teaching assistant", "hours_a_week": 2}]}


def rules(*rows: Booking) -> list[str]:
    return [problem.rule for week in weeks(rows, SCHOOL, ON) for problem in week.problems]


def test_an_adult_cannot_be_in_two_places() -> None:
    one = booking("Ada", "Phonics", "Monday 9:00")
    assert rules(one, booking("Ben", "Reading", "Monday 9:15")) == ["adult-twice"]
    assert rules(one, booking("Ben", "Reading", "Monday 9:30")) == []
    assert rules(one, booking("Ben", "Reading", "Tuesday 9:00")) == []


def test_a_group_is_one_session() -> None:
    group = [booking(name, "Talk", "Monday 9:00", group=3) for name in ("Ada", "Ben", "Cy")]
    assert rules(*group) == []
    [week] = weeks(group, SCHOOL, ON)
    assert (week.minutes, week.sessions) == (30, 1)
    assert rules(*group, booking("Dev", "Talk", "Monday 9:00", group=3)) == ["group-too-big"]


def test_a_group_without_a_time_is_given_as_often_as_it_must() -> None:
    group = [booking(name, "Talk", "", group=3) for name in ("Ada", "Ben", "Cy", "Dev")]
    [week] = weeks(group, SCHOOL, ON)
    assert (week.minutes, week.unread) == (60, 1)


def test_more_hours_than_an_adult_has() -> None:
    assert rules(booking("Ada", "Phonics", "", times=5)) == ["adult-hours"]
    assert rules(booking("Ada", "Phonics", "", times=4)) == []


@pytest.mark.whole
def test_the_command_hides_costs_until_asked(tmp_path: Path) -> None:
    folder = copy_school(tmp_path, KACPER)
    plain = sendpack(folder, "provision", "--on", "2026-11-23")
    assert plain.returncode == 0, plain.stderr
    assert "£" not in plain.stdout and "Story group" in plain.stdout
    costs = sendpack(folder, "provision", KACPER, "--costs", "--on", "2026-11-23", "--xlsx", "map.xlsx")
    # 20 minutes four times a week in a group of three at £15.20 for 38 weeks: 256.7111…
    assert "£256.71" in costs.stdout and (folder / "map.xlsx").is_file()
