"""What a Common Transfer File says of parents, statuses, needs and attendance, on the boundaries of its words."""

# ruff: noqa: E501 - rows of examples read best on one line

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.school.imports.ctf import is_ctf, read_ctf
from generator.school.imports.incoming_pupil import Incoming
from generator.school.imports.lists.value_words import read_looked_after, read_status, read_year_group, read_yes_no
from generator.values.parsing import Unreadable


def read(tmp_path: Path, inside: str, header: str = "<DateTime>2026-11-23T10:00:00</DateTime>") -> Incoming:
    file = tmp_path / "x.xml"
    pupil = f"<Pupil><Surname>Brown</Surname><Forename>Ada</Forename>{inside}</Pupil>"
    file.write_text(f"<CTfile><Header>{header}</Header><CTFpupilData>{pupil}</CTFpupilData></CTfile>", "utf-8")
    assert is_ctf(file)
    [one] = read_ctf(file)
    return one


@pytest.mark.parametrize(
    ("written", "holds"),
    [("true", True), ("1", True), ("Y", True), ("TRUE", True), ("false", False), ("0", False), ("N", False), ("", "not_known"),
     ("yes please", "not_known"), ("2", "not_known")],
)  # fmt: skip
def test_only_a_plain_yes_or_no_says_who_has_parental_responsibility(
    tmp_path: Path, written: str, holds: bool | str
) -> None:
    contact = (
        f"<Contact><Forename>Pat</Forename><Surname>Brown</Surname><Responsibility>{written}</Responsibility></Contact>"
    )
    [person] = read(tmp_path, f"<Contacts>{contact}</Contacts>").people
    assert person["parental_responsibility"] == holds
    assert (person["name"], person["relationship"]) == ("Pat Brown", "contact")


def test_of_a_contact_of_whom_nothing_is_said_it_is_not_known(tmp_path: Path) -> None:
    one = read(tmp_path, "<Contacts><Contact><Surname>Brown</Surname></Contact><Contact/></Contacts>")
    assert [person["parental_responsibility"] for person in one.people] == ["not_known"]
    assert one.look_at == ["whether Brown has parental responsibility is not in the file: it is written as not known"]


HOME = "<Address><BS7666Address><PAON>4</PAON><Street>Hill Road</Street><Town>York</Town></BS7666Address><PostCode>YO1 1AA</PostCode></Address>"


@pytest.mark.parametrize(
    ("same", "address"), [("true", "4 Hill Road\nYork"), ("false", None), ("1", "4 Hill Road\nYork")]
)
def test_a_contact_lives_with_the_pupil_only_when_it_says_so(tmp_path: Path, same: str, address: str | None) -> None:
    there = f"<Contact><Surname>B</Surname><Address><AddressAsPupil>{same}</AddressAsPupil></Address></Contact>"
    one = read(tmp_path, f"{HOME}<Contacts>{there}</Contacts>")
    assert one.people[0].get("address") == address and one.values["address"] == "4 Hill Road\nYork"


def history(*rows: tuple[str, str, str]) -> str:
    made = "".join(
        f"<SEN><StartDate>{a}</StartDate><SENprovision>{b}</SENprovision><EndDate>{c}</EndDate></SEN>"
        for a, b, c in rows
    )
    return f"<SENhistory>{made}</SENhistory>"


def test_the_newest_status_is_held_and_the_earlier_ones_are_history(tmp_path: Path) -> None:
    one = read(tmp_path, history(("2026-01-12", "E", ""), ("2024-09-01", "K", "2026-01-11")))
    assert (one.values["sen_status"], one.values["sen_from"], one.history) == ("E", "2026-01-12", [("K", "2024-09-01")])


@pytest.mark.parametrize(
    ("ends", "status", "since"),
    [("2026-11-22", "N", "2026-11-22"), ("2026-11-23", "K", "2024-09-01"), ("2027-01-01", "K", "2024-09-01")],
)
def test_a_status_that_ended_before_the_file_is_held_no_more(
    tmp_path: Path, ends: str, status: str, since: str
) -> None:
    one = read(tmp_path, history(("2024-09-01", "K", ends)))
    assert (one.values["sen_status"], one.values["sen_from"]) == (status, since)
    assert one.history == ([("K", "2024-09-01")] if status == "N" else [])


def test_a_status_without_a_day_is_held_since_nobody_knows_when(tmp_path: Path) -> None:
    one = read(tmp_path, history(("", "K", "")))
    assert one.values["sen_status"] == "K" and "sen_from" not in one.values and one.history == []


def need(rank: str, kind: str, ended: str = "") -> str:
    return f"<SENneed><SENtypeRank>{rank}</SENtypeRank><SENtype>{kind}</SENtype><NeedEndDate>{ended}</NeedEndDate></SENneed>"


def test_needs_of_today_come_by_their_rank(tmp_path: Path) -> None:
    needs = (
        need("01", "SLCN")
        + need("2", "SPLD")
        + need("3", "HI")
        + need("1", "MLD", "2026-11-22")
        + need("1", "VI", "2026-11-23")
    )
    one = read(tmp_path, f"<SENhistory><SENneeds>{needs}</SENneeds></SENhistory>")
    assert (one.values["sen_type"], one.values["sen_type_2"]) == ("SLCN", "VI; SPLD; HI")
    assert one.unplaced == [] and one.look_at == ["more than one need comes first: look which is the primary one"]


def test_two_statuses_that_begin_on_one_day_are_asked_about(tmp_path: Path) -> None:
    row = "<SEN><StartDate>2023-09-01</StartDate>{}<SENprovision>{}</SENprovision></SEN>"
    one = read(tmp_path, f"<SENhistory>{row.format('', 'E')}{row.format('', 'K')}</SENhistory>")
    assert any("both begin on 2023-09-01: which is held?" in fault for fault in one.faults)
    ended = row.format("<EndDate>2023-09-01</EndDate>", "K")
    one = read(tmp_path, f"<SENhistory>{row.format('', 'E')}{ended}</SENhistory>")
    assert one.values["sen_status"] == "E" and one.faults == []


def year(ends: str, attended: str = "180", possible: str = "190", more: str = "") -> str:
    return f"<YearData><Year>{ends}</Year><SessionsAttended>{attended}</SessionsAttended><SessionsPossible>{possible}</SessionsPossible>{more}</YearData>"


def test_a_year_of_attendance_runs_from_september_to_july_or_to_today(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = read(
        tmp_path, f"<Attendance>{year('2026')}{year('2027', '60', '62')}</Attendance>"
    ).rows["attendance"]
    assert [(row["from"], row["to"]) for row in rows] == [("2025-09-01", "2026-07-31"), ("2026-09-01", "2026-11-23")]
    started = read(
        tmp_path,
        f"<Attendance>{year('2026', more='<AttendanceStartDate>2026-01-05</AttendanceStartDate>')}</Attendance>",
    )
    assert started.rows["attendance"][0]["from"] == "2026-01-05"


@pytest.mark.parametrize("row", [year("99999"), year("26"), year("2026", ""), year("2026", "1", ""), year("1899")])
def test_a_year_that_is_none_brings_no_row(tmp_path: Path, row: str) -> None:
    assert len(read(tmp_path, f"<Attendance>{row}</Attendance>").rows["attendance"]) == 0


@pytest.mark.parametrize(
    ("text", "status"),
    [("K", "K"), ("k", "K"), ("E", "E"), ("N", "N"), ("K - SEN Support", "K"), ("SEN support (K)", "K"), ("EHCP", "E"),
     ("No SEN", "N"), ("E: education, health and care plan", "E")],
)  # fmt: skip
def test_a_letter_is_a_status_by_itself_or_with_its_words(text: str, status: str) -> None:
    assert read_status(text) == status


@pytest.mark.parametrize(
    "text",
    ["A", "P", "S", "S - Statement", "School Action Plus", "X", "KE", "EHCP requested", "K - EHC plan", "monitoring", "E?K",
     "former SEN support", "1", "Q - ?"],
)  # fmt: skip
def test_no_other_letter_is_taken_for_a_status(text: str) -> None:
    with pytest.raises(Unreadable):
        read_status(text)


def test_words_of_other_columns_on_their_boundaries() -> None:
    assert [read_year_group(text) for text in ("R", "Year 1", "14", "N2", "Yr 09")] == ["R", 1, 14, "N2", 9]
    assert [read_yes_no(text) for text in ("Y", "N", "T", "F")] == [True, False, True, False]
    assert read_looked_after("Y") == "yes" and read_looked_after("N") == "no"
    for text in ("15", "99", "-1"):
        with pytest.raises(Unreadable):
            read_year_group(text)


def test_a_result_without_a_day_is_of_the_end_of_its_year(tmp_path: Path) -> None:
    def results(inside: str) -> list[Any]:
        part = f"<Subject>ENG</Subject><Result>3</Result>{inside}"
        stage = f"<KeyStage><Stage>KS2</Stage><StageAssessment>{part}</StageAssessment></KeyStage>"
        return read(tmp_path, f"<StageAssessments>{stage}</StageAssessments>").rows["attainment"]

    assert [row["date"] for row in results("<Year>2025</Year>")] == ["2025-07-15"]
    assert [row["date"] for row in results("<ResultDate>2025-05-01</ResultDate><Year>2025</Year>")] == ["2025-05-01"]
    assert results("") == []


def test_a_row_of_the_history_without_a_status_says_nothing(tmp_path: Path) -> None:
    assert "sen_status" not in read(tmp_path, history(("", "", ""))).values
    assert read(tmp_path, history(("", "K", ""))).values["sen_status"] == "K"
