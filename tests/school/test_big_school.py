"""A school of 1,200 pupils, 220 of them on the register: every view in seconds, with the figures of the files."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from tests.big_school import write_school
from tests.example_school import plain_yaml, sendpack
from tests.school.test_provision_map import pence, recount


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_school(tmp_path_factory.mktemp("large"), 1200, 220)


def view(large: Path, *words: str) -> str:
    """What a view prints. It takes three seconds on a laptop: one that has become slow in kind is given up in time."""
    ran = sendpack(large, *words, "--on", "2026-11-23")
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.mark.whole
def test_the_register_of_a_large_school(large: Path) -> None:
    shown = view(large, "register", "--csv", "r.csv", "--xlsx", "r.xlsx")
    assert "220 pupils: 198 SEN support, 22 EHC plan." in shown
    with (large / "r.csv").open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    files = [plain_yaml(p) for p in (large / "cases").glob("*/pupil.yaml")]
    assert {row["UPN"] for row in rows} == {f["upn"] for f in files if "sen_status" in f}
    view(large, "register", "--csv", "census.csv", "--census")
    with (large / "census.csv").open(encoding="utf-8-sig", newline="") as opened:
        assert len(list(csv.DictReader(opened))) == 1200


@pytest.mark.whole
def test_the_provision_map_of_a_large_school(large: Path) -> None:
    shown = view(large, "provision", "--costs", "--xlsx", "p.xlsx")
    counted = recount(large)
    whole = pence(sum(counted.values(), start=next(iter(counted.values())) * 0))
    assert f"£{whole:,}" in shown
    sheet = load_workbook(large / "p.xlsx")["Pupils"]
    listed = {row[0]: row[3] for row in sheet.iter_rows(min_row=2, max_row=221, values_only=True)}
    assert {case for case, provisions in listed.items() if provisions} == set(counted)
    assert len(listed) == 220, "who is on the register without support today stands there too"
    # The three teaching assistants give far more than their hours: it is said of each.
    assert shown.count("hours of support to give each week") >= 3


@pytest.mark.whole
def test_the_reviews_of_a_large_school(large: Path) -> None:
    shown = view(large, "reviews", "--ics", "r.ics", "--weeks", "0")
    plans = [plain_yaml(p) for p in (large / "cases").glob("*/plan.yaml")]
    late = sum(str(plan["review_date"]) < "2026-11-23" for plan in plans)
    assert shown.count("Review the plan") == sum(str(plan["review_date"]) <= "2026-11-23" for plan in plans) >= late > 0
    events = Calendar.from_ical((large / "r.ics").read_text("utf-8")).walk("VEVENT")
    assert sum("Review the plan" in str(event["summary"]) for event in events) == len(plans)
    assert Decimal(len(events)) > len(plans)
