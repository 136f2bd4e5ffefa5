"""Histories that the example school has not: a target dropped, an outcome met early, a child who came with a plan."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.documents.catalogue import MergeDesk
from generator.documents.printed_facts.cycle_facts import earlier_setting
from tests.documents.test_new_documents import desk_of, texts
from tests.example_school import copy_school

ADA = "ada-brown"


def flat(text: str) -> str:
    return " ".join(text.split())


def with_file(folder: Path, file: str, before: str, after: str) -> MergeDesk:
    copy_school(folder, ADA)
    path = folder / "cases" / ADA / file
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    return desk_of(folder, ADA)


@pytest.fixture(scope="module")
def dropped(tmp_path_factory: pytest.TempPathFactory) -> MergeDesk:
    """The review of the summer says nothing of the last target."""
    folder = tmp_path_factory.mktemp("dropped")
    copy_school(folder, ADA)
    path = folder / "cases" / ADA / "cycles" / "2026-summer.yaml"
    lines = path.read_text("utf-8").split("\n")
    [gone] = [line for line in lines if "{target: asks-again, result:" in line]
    path.write_text("\n".join(line for line in lines if line != gone), "utf-8")
    return desk_of(folder, ADA)


@pytest.mark.whole
def test_a_target_that_was_dropped_is_said_not_to_be_reviewed_and_is_counted(dropped: MergeDesk) -> None:
    told = texts(dropped, "cycle", "request")
    assert "an instruction … 0 a day 3 a day Not reviewed" in flat(told["cycle-2026-summer"])  # was: nothing
    request = flat(told["request"])
    assert "3 reviewed cycles with 12 targets:" in request and "1 not reviewed" in request  # was: 11 targets


def test_an_outcome_that_was_met_early_and_has_no_target_now_tells_no_result_of_other_measures(tmp_path: Path) -> None:
    desk = with_file(tmp_path, "cycles/2026-autumn.yaml", "outcome: calm-start", "outcome: reads-alone")
    request = texts(desk, "support-plan")["support-plan"]
    outcome = flat(request[request.index("Outcome 4") :]).partition("Adjustments in every lesson")[0]
    assert "Newest result" not in outcome and "Steps in this cycle" not in outcome


@pytest.mark.whole
def test_a_cycle_from_an_earlier_school_says_where_it_was_and_names_no_senco_of_this_one(tmp_path: Path) -> None:
    moved = (
        "previous_settings:\n  - name: Sunnybank Primary School\n    from: 6 September 2022\n    to: 31 March 2026\n"
    )
    told = texts(with_file(tmp_path, "pupil.yaml", "previous_settings:\n", moved), "cycle")
    spring = flat(told["cycle-2026-spring"])
    assert "At Sunnybank Primary School, before Ada came to Larkfield Community School" in spring
    assert "SENCO Mrs Joanna Hale" not in spring
    assert "before Ada came" not in told["cycle-2026-summer"]


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2021, 9, 6), "Nursery"), (date(2022, 7, 15), "Nursery"), (date(2022, 7, 16), ""), (date(2020, 1, 1), "")],
)
def test_where_a_pupil_was_on_a_day(day: date, name: str) -> None:
    rows = [{"name": "Nursery", "from": date(2021, 9, 6), "to": date(2022, 7, 15)}, {"name": "No days"}]
    assert earlier_setting({"previous_settings": rows}, day) == name


def test_of_two_settings_without_days_of_arrival_the_pupil_was_at_the_one_left_first() -> None:
    rows = [{"name": "Nursery", "to": date(2019, 7, 19)}, {"name": "Infants", "to": date(2022, 7, 15)}]
    assert earlier_setting({"previous_settings": rows}, date(2018, 10, 1)) == "Nursery"  # was: Infants
    assert earlier_setting({"previous_settings": rows[::-1]}, date(2018, 10, 1)) == "Nursery"
    assert earlier_setting({"previous_settings": rows}, date(2020, 10, 1)) == "Infants"
