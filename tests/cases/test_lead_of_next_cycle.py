"""Who leads the next cycle: who led the last one, unless a new school year brings another class teacher."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from generator.cases.prefill import known
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from tests.example_school import copy_school


@pytest.mark.parametrize(("on", "led"), [(date(2026, 7, 8), "Miss Ann Lee"), (date(2026, 9, 7), "Mr Tunde Adeyemi")])
def test_who_led_the_last_cycle_leads_the_next_of_the_school_year(tmp_path: Path, on: date, led: str) -> None:
    folder = copy_school(tmp_path, "ada-brown")
    for file in (folder / "cases" / "ada-brown" / "cycles").glob("*.yaml"):
        file.write_text(
            re.sub(r"(?m)^lead_teacher: .*", "lead_teacher: Miss Ann Lee", file.read_text("utf-8")), "utf-8"
        )
    (folder / "cases" / "ada-brown" / "cycles" / "2026-autumn.yaml").unlink()
    project = find_project(folder)
    case = load_case(project, "ada-brown").case
    assert case is not None and case.school is not None
    assert str(known("cycle", case, case.school.data, on, day_was_said=True)["lead_teacher"]).startswith(led)
