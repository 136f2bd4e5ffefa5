"""What is due and when, and the calendar of it: nameless, stable, updated in place, read by another program."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from generator.cases.case import Case
from generator.folder.load_case import load_case
from generator.folder.school_folder import case_names, find_project
from generator.rules import View
from generator.school.calendar.calendar_ics import (
    CalendarEntry,
    escaped,
    folded,
    read_back,
    unescaped,
    updated,
    written,
)
from generator.school.calendar.reviews import Due, due, meetings_table, year_of
from generator.school.next_steps import next_step
from tests.big_school import ON, write_school
from tests.example_school import KACPER, copy_school, plain_yaml, sendpack


def case_of(folder: Path, name: str = "pupil-0001") -> tuple[Case, Any]:
    project = find_project(folder)
    loaded = load_case(project, name)
    assert loaded.case is not None, [str(problem) for problem in loaded.problems]
    return loaded.case, project.pack_of(loaded.case)


def rows(folder: Path, name: str = "pupil-0001", submission: date | None = None) -> dict[str, Due]:
    case, pack = case_of(folder, name)
    return {row.key: row for row in due(case, pack, ON, submission)}


@pytest.fixture
def school(tmp_path: Path) -> Path:
    return write_school(tmp_path / "school", 2, 2)


def add(school: Path, file: str, text: str) -> None:
    path = school / "cases" / "pupil-0001" / file
    path.parent.mkdir(exist_ok=True)
    path.write_text((path.read_text("utf-8") if path.exists() else "") + text, "utf-8")


def test_reviews_come_from_the_records(school: Path) -> None:
    plan = plain_yaml(school / "cases" / "pupil-0001" / "plan.yaml")
    found = rows(school)
    assert found["plan"].day == plan["review_date"]
    assert found["review-2026-autumn"].day == plan["review_date"]
    assert "review-2026-summer" not in found  # it is reviewed


def test_every_open_action_is_due_until_it_is_done(school: Path) -> None:
    person = "people:\n  - {name: Pat, role: parent, came: present, party: parent}\n"
    action = "actions:\n  - {what: Send the book home, who: Ms T, by: 2026-12-01}\n"
    add(school, "meetings/2026-10-01-review.yaml", f"type: review\ndate: 2026-10-01\nchair: Ms T\n{person}{action}")
    [found] = [row for key, row in rows(school).items() if key.startswith("action-")]
    assert (found.day, found.what, found.who) == (date(2026, 12, 1), "Send the book home", "Ms T")
    file = school / "cases" / "pupil-0001" / "meetings" / "2026-10-01-review.yaml"
    file.write_text(file.read_text("utf-8").replace("2026-12-01}", "2026-12-01, done: 2026-10-05}"), "utf-8")
    assert not [key for key in rows(school) if key.startswith("action-")]


def test_the_days_that_the_plan_sets_for_the_year_are_due_until_they_are_past(school: Path) -> None:
    ahead = [ON + timedelta(days=40), ON + timedelta(days=120)]
    add(school, "plan.yaml", f"meeting_dates: [2026-10-01, {ahead[0]}, {ahead[1]}]\n")
    found = rows(school)
    assert [found[f"meeting-{day}"].day for day in ahead] == ahead
    assert "meeting-2026-10-01" not in found
    assert found[f"meeting-{ahead[0]}"].title == "Meeting planned for the year"


def test_the_written_report_of_the_year_is_due_until_it_has_gone_home(school: Path) -> None:
    report = rows(school)["yearly-report"]
    assert report.day == date(2027, 7, 31) or report.day.month == 7
    assert report.title == "Written report of the year to the parents"
    case, _ = case_of(school)
    log = "" if case.one("log") else "entries:\n"
    day = ON - timedelta(days=1)
    add(school, "log.yaml", f"{log}  - {{date: {day}, what: Written report sent home, kind: contact}}\n")
    assert "yearly-report" not in rows(school)


def test_status_names_what_reviews_has_first(school: Path) -> None:
    case, pack = case_of(school)
    for on in (date(2026, 3, 2), ON, date(2027, 6, 1), date(2027, 7, 25)):
        what, who, by = next_step(View(case, pack, on))
        found = due(case, pack, on)
        assert by == found[0].day
        assert (what, who) in {(row.what, row.who) for row in found if row.day == by}
    folder = school / "cases" / "pupil-0001"
    for file in (folder / "plan.yaml", *(folder / "cycles").glob("*"), *(folder / "meetings").glob("*")):
        text = re.sub(r"(planned_review|review_date|next_meeting): .*", r"\1: 2028-01-10", file.read_text("utf-8"))
        file.write_text(text, "utf-8")
    case, pack = case_of(school)
    what, _, by = next_step(View(case, pack, ON))
    assert (what, by) == (rows(school)["three-a-year"].what, rows(school)["three-a-year"].day)


def test_three_meetings_a_year_have_a_last_day(school: Path) -> None:
    for file in (school / "cases" / "pupil-0001" / "meetings").glob("*"):
        file.unlink()
    # Support since 12 January and nobody met: the first meeting was due four months later.
    assert rows(school)["three-a-year"].day == date(2026, 1, 12) + timedelta(days=122)
    for day in ("2026-03-10", "2026-06-10", "2026-10-10"):
        add(
            school,
            f"meetings/{day}-review.yaml",
            f"type: review\ndate: {day}\nchair: Ms T\npeople: [{{name: P, role: p, came: present, party: parent}}]\n",
        )
    # Three met: a year after the first of them only two would count.
    assert rows(school)["three-a-year"].day == date(2027, 3, 10)
    case, pack = case_of(school)
    year = year_of(case, pack, ON)
    assert year is not None and (year.recent, year.wanted, year.days) == (3, 3, (date(2026, 10, 10),))


def test_a_meeting_that_is_planned_in_time_is_enough(school: Path) -> None:
    text = "type: review\ndate: 2026-11-10\nchair: Ms T\nnext_meeting: 2027-01-20\n"
    text += "people: [{name: P, role: p, came: present, party: parent}]\n"
    add(school, "meetings/2026-11-10-review.yaml", text)
    found = rows(school)
    assert found["next-meeting"].day == date(2027, 1, 20) and "three-a-year" not in found


REQUEST = """date: 2026-12-01
made_by: school
reason: She needs more.
has_sen: {text: She has.}
needs_plan: {text: She needs it.}
"""


def test_the_statutory_clock_runs_from_receipt(school: Path) -> None:
    add(school, "request.yaml", REQUEST + "sent: {date: 2025-09-12, to: The authority, received: 2025-09-15}\n")
    found = rows(school)
    # The vector of the domain notes: received Monday 15 September 2025.
    days = [found[f"clock-{key}"].day for key in ("decision", "no-plan", "final-plan")]
    assert days == [date(2025, 10, 27), date(2026, 1, 5), date(2026, 2, 2)]
    case, pack = case_of(school)
    assert next_step(View(case, pack, ON)) == (
        "The authority decides whether to assess (6 weeks)", "authority", date(2025, 10, 27)
    )  # fmt: skip
    add(school, "log.yaml", "entries: [{date: 2025-10-20, what: Letter, kind: contact, answer: will_assess}]\n")
    assert "clock-decision" not in rows(school)
    case, pack = case_of(school)
    what, _, by = next_step(View(case, pack, ON))
    assert (what, by) == ("The authority says so if it issues no plan (16 weeks)", date(2026, 1, 5))


def test_a_report_that_grows_too_old_is_told_in_time(school: Path) -> None:
    pack = "id: strict\nname: Strict Council\nversion: '1'\nchecked: 2026-11-01\nrequest:\n  evidence:\n"
    pack += "    - {id: ep, title: EP report, kinds: [professional_report], max_age_months: 12}\n"
    (school / "templates" / "strict").mkdir(parents=True)
    (school / "templates" / "strict" / "pack.yaml").write_text(pack, "utf-8")
    settings = school / "cases" / "school.yaml"
    settings.write_text(settings.read_text("utf-8").replace("authority: standard", "authority: strict"), "utf-8")
    item = (
        "{id: ep, title: EP report, file: ep.pdf, kind: professional_report, author: Dr M, date: 2026-01-31, shows: x}"
    )
    add(school, "evidence.yaml", f"items:\n  - {item}\n")
    add(school, "evidence/ep.pdf", "%PDF-1.4")
    assert "report-ep" not in rows(school)
    assert "report-ep" not in rows(school, submission=date(2027, 1, 31))
    late = rows(school, submission=date(2027, 2, 1))["report-ep"]
    assert late.day == date(2027, 1, 31) and "older than 12 months on 1 February 2027" in late.what


def test_an_ehc_plan_is_reviewed_every_year(school: Path) -> None:
    assert rows(school, "pupil-0000")["annual-review"].day == date(2027, 1, 11)


@pytest.mark.whole
def test_meetings_are_counted_as_in_the_files(tmp_path: Path) -> None:
    folder = write_school(tmp_path / "school", 30, 30)
    project = find_project(folder)
    loaded = [load_case(project, name).case for name in case_names(project)]
    years = [year_of(case, project.pack_of(case), ON) for case in loaded if case]
    counted = {p.name: len(list((p / "meetings").glob("*"))) for p in (folder / "cases").iterdir() if p.is_dir()}
    assert {year.case: year.recent for year in years if year} == counted
    assert len(meetings_table(year for year in years if year).rows) == 30


# -- the calendar -----------------------------------------------------------------------------------------------------


@pytest.mark.whole
def test_another_program_reads_the_calendar(tmp_path: Path) -> None:
    folder = copy_school(tmp_path, KACPER)
    ran = sendpack(folder, "reviews", "--on", "2026-11-23", "--ics", "r.ics", "--weeks", "2")
    assert ran.returncode == 0, ran.stderr
    content = (folder / "r.ics").read_bytes()
    found = list(Calendar.from_ical(content.decode()).walk("VEVENT"))
    reviews = {str(event["summary"]): event.decoded("dtstart") for event in found}
    reference = next(iter(reviews)).rpartition("pupil ")[2].strip(")")
    assert reviews[f"SEND: Review cycle 1 (pupil {reference})"] == date(2026, 12, 7)
    assert len({str(event["uid"]) for event in found}) == len(found)
    for name in ("Kacper", "Wi", "kacper", "Whitlock"):
        assert name not in content.decode().replace("Who", ""), name
    # The reference leads from the calendar to the pupil, on the SENCO's own screen.
    assert reference in ran.stdout


@pytest.mark.whole
def test_names_only_when_asked(tmp_path: Path) -> None:
    folder = copy_school(tmp_path, KACPER)
    sendpack(folder, "reviews", "--on", "2026-11-23", "--ics", "r.ics", "--names")
    assert "Kacper" in (folder / "r.ics").read_text("utf-8")


@pytest.mark.whole
def test_the_calendar_is_brought_up_to_date_in_place(tmp_path: Path) -> None:
    folder = copy_school(tmp_path, KACPER)
    words = ("reviews", "--on", "2026-11-23", "--ics", "r.ics")
    sendpack(folder, *words)
    first = (folder / "r.ics").read_bytes()
    sendpack(folder, *words)
    assert (folder / "r.ics").read_bytes() == first
    plan = folder / "cases" / KACPER / "plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("review_date: 7 December", "review_date: 14 December"), "utf-8")
    sendpack(folder, *words)
    before = {event.uid: event for event in read_back(first)}
    after = {event.uid: event for event in read_back((folder / "r.ics").read_bytes())}
    assert set(before) == set(after)
    [moved] = [event for uid, event in after.items() if event != before[uid]]
    assert (moved.day, moved.sequence, before[moved.uid].sequence) == (date(2026, 12, 14), 1, 0)
    assert list(folder.glob("r (kept*")) == []


@pytest.mark.whole
def test_a_calendar_of_another_program_is_kept(tmp_path: Path) -> None:
    folder = copy_school(tmp_path, KACPER)
    (folder / "r.ics").write_text("BEGIN:VCALENDAR\nPRODID:mine\nEND:VCALENDAR\n", "utf-8")
    ran = sendpack(folder, "reviews", "--ics", "r.ics")
    assert "kept as r (kept 1).ics" in ran.stdout
    assert "PRODID:mine" in (folder / "r (kept 1).ics").read_text("utf-8")


def test_what_is_no_longer_due_is_cancelled_once() -> None:
    old, done = CalendarEntry("a", date(2026, 12, 1), "A"), CalendarEntry("b", date(2026, 11, 1), "B")
    [gone] = updated([old, done], [], ON)
    assert (gone.cancelled, gone.sequence, gone.stamp) == (True, 1, ON)
    assert updated([gone], [], ON + timedelta(days=1)) == [gone]
    [back] = updated([gone], [old], ON)
    assert (back.cancelled, back.sequence) == (False, 2)
    # A view of some pupils only, or with broken files among them, cancels nothing.
    assert updated([old], [], ON, whole=False) == [old]


@pytest.mark.parametrize("text", ["a, b; c\\d", "two\nlines", "\\n is no line break", "é" * 90, "plain"])
def test_text_survives_the_calendar(text: str) -> None:
    assert unescaped(escaped(text)) == text
    event = CalendarEntry("u@x", ON, text, text, stamp=ON)
    content = written([event], "C")
    assert read_back(content) == [event]
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    [read] = Calendar.from_ical(content.decode()).walk("VEVENT")
    assert str(read["summary"]) == text
    assert "".join(part.removeprefix(" ") if n else part for n, part in enumerate(folded(text))) == text
