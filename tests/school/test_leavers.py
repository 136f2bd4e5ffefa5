"""A pupil who left: the day is written by hand, by an import or by send-on; lists leave the pupil out from then on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.cases.case import sen_status
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.school.check_school import check_school
from generator.school.class_briefing import classes
from generator.school.provision.provision_map import lines
from generator.school.pupil_files.data_rights import keep_until, retention_table
from generator.school.pupil_files.leaving import write_left
from tests.example_school import ADA, KACPER, copy_school, sendpack

LEFT, ON = date(2026, 11, 25), date(2026, 12, 1)


@pytest.fixture
def school(tmp_path: Path) -> Path:
    folder = copy_school(tmp_path, KACPER, ADA)
    assert "left on 25 November 2026" in write_left(find_project(folder), KACPER, LEFT)
    return folder


def test_from_the_day_on_nothing_of_the_school_counts_the_pupil(school: Path) -> None:
    project = find_project(school)
    cases = [case for name in (ADA, KACPER) if (case := load_case(project, name).case)]
    kacper = cases[1]
    assert sen_status(kacper.data("pupil"), date(2026, 11, 24)) == "K"
    assert sen_status(kacper.data("pupil"), LEFT) == "N"
    assert {line.case for line in lines(cases, ON)} == {ADA}
    assert {line.case for line in lines(cases, date(2026, 11, 24))} == {ADA, KACPER}
    assert [one.name for one in classes(cases, ON)] == ["4A"]
    [_, _, part] = check_school(project, [ADA, KACPER], ON)
    assert [problem.message for problem in part.problems] == ["left the school on 25 November 2026"]
    told = {row[-1]: row[-2] for row in retention_table(cases, ON).rows}
    assert told[KACPER] == "left on 25 November 2026: only a copy stays here" and told[ADA] == ""
    assert keep_until(kacper).year == kacper.data("pupil")["date_of_birth"].year + 25


@pytest.mark.whole
def test_commands_leave_the_pupil_out_and_find_the_pupil_by_name(school: Path) -> None:
    for words in (("status",), ("register",), ("reviews",), ("provision",), ("termly", "--dry-run"), ("new-year",)):
        ran = sendpack(school, *words, "--on", "2026-12-01")
        assert ran.returncode == 0 and "Kacper" not in ran.stdout, ran.stdout + ran.stderr
    alone = sendpack(school, "status", KACPER, "--on", "2026-12-01").stdout
    assert "Left on 25 November 2026" in alone and "Review" not in alone
    assert "Kacper" in sendpack(school, "status", "--on", "2026-11-24").stdout


@pytest.mark.whole
def test_an_import_and_send_on_write_the_day(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER, ADA)
    upn = next(
        line.split(":")[1].split()[0]
        for line in (school / "cases" / ADA / "pupil.yaml").read_text("utf-8").splitlines()
        if line.startswith("upn:")
    )
    (school / "list.csv").write_text(f"UPN,Surname,Forename,Leaving Date\n{upn},Brown,Ada,25/11/2026\n", "utf-8")
    shown = sendpack(school, "import", "list.csv", "--on", "2026-12-01")
    assert "left: (nothing) → 25 November 2026" in shown.stdout, shown.stdout + shown.stderr
    assert sendpack(school, "import", "list.csv", "--apply", "--on", "2026-12-01").returncode == 0
    sent = sendpack(school, "send-on", KACPER, "--without-safeguarding", "--left", "25/11/2026")
    assert sent.returncode == 0, sent.stderr
    project = find_project(school)
    for name in (ADA, KACPER):
        case = load_case(project, name).case
        assert case is not None and case.data("pupil")["left"] == LEFT
