"""Every element of a Common Transfer File that is read, in the capitals of the specification and in none."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from generator.problems import WrongUse
from generator.school.imports import ctf
from generator.school.imports.ctf import is_ctf, read_ctf
from generator.school.imports.incoming_pupil import Incoming

HEADER = "<Header><DateTime>2026-11-23T10:00:00</DateTime></Header>"
PUPIL = """
<UPN>X999400122017</UPN><UniqueLearnerNumber>1000000001</UniqueLearnerNumber><Surname>Brown</Surname>
<Forename>Ada</Forename><DOB>2018-05-14</DOB><Sex>F</Sex>
<BasicDetails>
  <FormerUPN>V999999925002</FormerUPN><PreferredSurname>Grey</PreferredSurname>
  <PreferredForename>Addie</PreferredForename><MiddleNames>Rose</MiddleNames><NCyearActual>4</NCyearActual>
  <Ethnicity>MWBC</Ethnicity><EthnicitySource>P</EthnicitySource><EnrolStatus>C</EnrolStatus>
  <Languages><Type><LanguageType>F</LanguageType><Language>POL</Language></Type>
    <Type><LanguageType>H</LanguageType><Language>ENG</Language></Type>
    <Type><LanguageType>X</LanguageType><Language>FRE</Language></Type></Languages>
</BasicDetails>
<LookedAfter><InCare>true</InCare><CareAuthority>999</CareAuthority></LookedAfter>
<SENhistory>
  <SEN><StartDate>2025-09-11</StartDate><EndDate></EndDate><SENprovision>K</SENprovision></SEN>
  <SEN><StartDate>2010-09-01</StartDate><EndDate>2014-08-31</EndDate><SENprovision>S</SENprovision></SEN>
  <SENneeds>
    <SENneed><SENtypeRank>1</SENtypeRank><SENtype>SPLD</SENtype><NeedStartDate>2025-09-11</NeedStartDate></SENneed>
    <SENneed><SENtypeRank>primary</SENtypeRank><SENtype>HI</SENtype></SENneed>
    <SENneed><SENtypeRank>secondary</SENtypeRank><SENtype>SLCN</SENtype><NeedEndDate>2027-01-01</NeedEndDate></SENneed>
    <SENneed><SENtypeRank>4</SENtypeRank><SENtype>VI</SENtype></SENneed>
    <SENneed><SENtypeRank>3</SENtypeRank><NeedEndDate>2027-01-01</NeedEndDate></SENneed>
  </SENneeds>
</SENhistory>
<Address>
  <BS7666Address><SAON>Flat 2</SAON><PAON>4</PAON><Street>Hill Road</Street><Locality>Heworth</Locality>
    <Town>York</Town><PostTown>Yorke</PostTown><PostCode>YO1 1AA</PostCode></BS7666Address>
  <AddressLines><AddressLine1>One</AddressLine1><AddressLine2>Two</AddressLine2><AddressLine3>Three</AddressLine3>
    <AddressLine4>Four</AddressLine4><AddressLine5>Five</AddressLine5></AddressLines>
</Address>
<Phones><Phone><PhoneNo>1</PhoneNo></Phone></Phones><Email>a@b.example</Email>
<Attendance><YearData><Year>2026</Year><SessionsAttended>180</SessionsAttended>
  <SessionsPossible>190</SessionsPossible><AttendanceStartDate>2025-09-03</AttendanceStartDate>
  <SchoolName>Larkfield</SchoolName></YearData></Attendance>
<StageAssessments><KeyStage><Stage>KS1</Stage>
  <StageAssessment><Subject>ENG</Subject><Component>REA</Component><ResultDate>2026-05-01</ResultDate>
    <Result>EXS</Result></StageAssessment>
  <StageAssessment><Subject>MAT</Subject><Year>2026</Year><Result>WTS</Result></StageAssessment>
  <StageAssessment><Subject>SCI</Subject><Result>WTS</Result></StageAssessment>
</KeyStage></StageAssessments>
<Contacts>
  <Contact><Title>Ms</Title><Forename>Pat</Forename><Surname>Brown</Surname><Relationship>MOT</Relationship>
    <Responsibility>true</Responsibility><Address><AddressAsPupil>true</AddressAsPupil></Address>
    <Phones><Phone><PhoneNo>01632 960 001</PhoneNo></Phone></Phones><Email>pat@family.example</Email></Contact>
</Contacts>
"""
ADDRESS = "Flat 2\n4 Hill Road\nHeworth\nYork\nYorke\nOne\nTwo\nThree\nFour\nFive"


def document(pupil: str = PUPIL, header: str = HEADER, holds: str = "CTFpupilData") -> str:
    return f"<CTfile>{header}<{holds}><Pupil>{pupil}</Pupil></{holds}></CTfile>"


def read(folder: Path, text: str | bytes, on: date | None = None) -> Incoming:
    file = folder / "x.xml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    [one] = read_ctf(file, on)
    return one


def spelled(text: str, change: str) -> str:
    return re.sub(r"(?<=<)/?\w+", lambda found: getattr(found[0], change)(), text)


@pytest.mark.parametrize("change", ["strip", "lower", "upper"])
@pytest.mark.parametrize("holds", ["CTFpupilData", "ATFpupilData"])
def test_every_element_is_read_whatever_its_capitals(tmp_path: Path, change: str, holds: str) -> None:
    one = read(tmp_path, spelled(document(holds=holds), change))
    assert one.where == "pupil 1"
    assert one.values == {
        "upn": "X999400122017", "uln": "1000000001", "legal_surname": "Brown", "date_of_birth": "2018-05-14",
        "sex": "F", "former_upn": "V999999925002", "known_as_surname": "Grey", "preferred_name": "Addie",
        "year_group": "4", "ethnicity": "MWBC", "looked_after": "true", "forenames": "Ada Rose", "sen_status": "K",
        "sen_from": "2025-09-11", "sen_type": "SPLD", "sen_type_2": "HI; SLCN; VI", "address": ADDRESS,
        "postcode": "YO1 1AA",
    }  # fmt: skip
    assert one.people == [
        {"title": "Ms", "name": "Pat Brown", "relationship": "MOT", "parental_responsibility": True,
         "address": ADDRESS, "postcode": "YO1 1AA", "phone": "01632 960 001", "email": "pat@family.example"}
    ]  # fmt: skip
    assert one.rows["attendance"] == [
        {"from": "2025-09-03", "to": "2026-07-31", "attended": "180", "possible": "190", "setting": "Larkfield"}
    ]
    assert one.rows["attainment"] == [
        {"date": "2026-05-01", "subject": "ENG REA", "framework": "KS1", "result": "EXS"},
        {"date": "2026-07-15", "subject": "MAT", "framework": "KS1", "result": "WTS"},
    ]
    assert one.unplaced == [
        "first language (code POL)", "home language (code ENG)",
        "the status S from 2010-09-01, which is none of today's",
        "the authority that looks after the child (number 999)",
    ]  # fmt: skip
    assert one.look_at == ["more than one need comes first: look which is the primary one"]
    assert one.faults == [] and one.history == []


def test_what_no_place_is_known_for_is_told_in_words(tmp_path: Path) -> None:
    parts = "".join(
        f"<{name}>x</{name}>" for name in ("FSMhistory", "Admissions", "SchoolHistory", "NAWdetails", "NewThing")
    )
    inner = (
        "<BasicDetails><OddDetail>x</OddDetail><Empty/></BasicDetails><SENhistory><SEN><Odd>x</Odd></SEN></SENhistory>"
    )
    deep = "<Contacts><Contact><Surname>B</Surname><AnyThing>x</AnyThing></Contact></Contacts><Deep><In>x</In></Deep>"
    told = read(tmp_path, document(f"<Surname>Brown</Surname>{parts}{inner}{deep}")).unplaced
    assert told == [
        "free school meal history", "admissions", "earlier schools", "details for Wales", "new thing", "deep",
        "odd detail", "odd",
    ]  # fmt: skip


@pytest.mark.parametrize(("header", "asked", "to"), [
    (HEADER, None, "2026-11-23"), ("<Header/>", date(2026, 12, 1), "2026-12-01"), ("<Header/>", None, "2027-07-31"),
    ("<Header><DateTime>soon</DateTime></Header>", date(2026, 12, 2), "2026-12-02"),
])  # fmt: skip
def test_the_day_of_the_file_or_the_one_that_is_asked_for(
    tmp_path: Path, header: str, asked: date | None, to: str
) -> None:
    year = "<Attendance><YearData><Year>2027</Year><SessionsAttended>1</SessionsAttended><SessionsPossible>2</SessionsPossible></YearData></Attendance>"  # noqa: E501
    one = read(tmp_path, document(f"<Surname>B</Surname>{year}", header), asked)
    assert one.rows["attendance"] == [{"from": "2026-09-01", "to": to, "attended": "1", "possible": "2"}]


def test_a_file_that_says_its_encoding_wrongly_is_read(tmp_path: Path) -> None:
    name = "O’Hara-Zoë"
    pupil = f"<Surname>{name}</Surname>"
    says = '<?xml version="1.0" encoding="{}"?>'
    wrong = (says.format("ISO-8859-1") + document(pupil)).encode("windows-1252")
    utf8 = (says.format("UTF-8") + document(pupil)).encode("windows-1252")
    marked = b"\xef\xbb\xbf \n" + document(pupil).encode()
    unknown = (says.format("x-odd") + document(pupil)).encode()
    for content in (wrong, utf8, marked, unknown):
        assert read(tmp_path, content).values["legal_surname"] == name


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("<CTfile><Header>", "x.xml is not whole or no XML"),
        ("<!DOCTYPE a><CTfile/>", "holds a document type"),
        ("<Other><CTFpupilData><Pupil/></CTFpupilData></Other>", "is no Common Transfer File"),
        ("<CTfile/>", "is no Common Transfer File"),
    ],
)
def test_what_is_no_such_file_is_told(tmp_path: Path, content: str, says: str) -> None:
    with pytest.raises(WrongUse) as stop:
        read(tmp_path, content)
    assert says in stop.value.message


def test_a_file_may_be_as_large_as_it_may_and_no_larger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = document("<Surname>B</Surname>")
    monkeypatch.setattr(ctf, "MAX_BYTES", len(text))
    assert read(tmp_path, text).values["legal_surname"] == "B"
    monkeypatch.setattr(ctf, "MAX_BYTES", len(text) - 1)
    with pytest.raises(WrongUse) as stop:
        read(tmp_path, text)
    assert "too large" in stop.value.message
    with pytest.raises(WrongUse) as stop:
        read_ctf(tmp_path / "absent.xml")
    assert "cannot be opened" in stop.value.message


@pytest.mark.parametrize(
    ("name", "start", "ctf_file"),
    [
        ("a.xml", "<Anything/>", True),
        ("a.XML", "<Anything/>", True),
        ("a.xml", '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', False),
        ("a.dat", '<?xml version="1.0"?> <!-- x --> <ct:CTfile a="b">', True),
        ("a.dat", " <ctfile>", True),
        ("a.dat", "<CTfiles>", False),
        ("a.csv", "Surname,Forename", False),
    ],
)
def test_what_is_one_by_its_name_or_its_start(tmp_path: Path, name: str, start: str, ctf_file: bool) -> None:
    (tmp_path / name).write_text(start, "utf-8")
    assert is_ctf(tmp_path / name) is ctf_file


def test_a_row_without_a_day_or_a_status_says_nothing_and_a_sixth_line_is_none(tmp_path: Path) -> None:
    rows = "<SEN><SENprovision>E</SENprovision></SEN><SEN><StartDate>2026-01-01</StartDate></SEN>"
    rows += "<SEN><StartDate>2025-09-11</StartDate><SENprovision>K</SENprovision></SEN>"
    lines = "<AddressLine5>Five</AddressLine5><AddressLine6>Six</AddressLine6>"
    lines = f"<Address><AddressLines>{lines}</AddressLines></Address>"
    one = read(tmp_path, document(f"<Surname>B</Surname><SENhistory>{rows}</SENhistory>{lines}"))
    assert one.faults == [] and one.values["sen_status"] == "K" and one.values["address"] == "Five"


def test_a_status_with_a_day_that_is_none_and_a_need_that_has_ended(tmp_path: Path) -> None:
    rows = "<SEN><StartDate>soon</StartDate><SENprovision>K</SENprovision></SEN>"
    needs = "<SENneeds><SENneed><SENtype>VI</SENtype><NeedEndDate>2026-11-22</NeedEndDate></SENneed><SENneed><SENtype>HI</SENtype></SENneed></SENneeds>"  # noqa: E501
    one = read(tmp_path, document(f"<Surname>B</Surname><SENhistory>{rows}{needs}</SENhistory>"))
    assert one.faults == ["SEN history: `soon` is no date"] and one.values["sen_type"] == "HI"
    assert "sen_status" not in one.values or one.values["sen_status"] == "K"


def sen(*rows: tuple[str, str, str]) -> str:
    """A history of statuses, each with its first day and its last."""
    said = "".join(
        f"<SEN><StartDate>{first}</StartDate><EndDate>{last}</EndDate><SENprovision>{held}</SENprovision></SEN>"
        for first, last, held in rows
    )
    return f"<Surname>B</Surname><SENhistory>{said}</SENhistory>"


EARLIER = [("2023-09-01", "2024-01-01", "N"), ("2024-01-01", "2024-09-01", "K"), ("2024-09-01", "2025-01-01", "N")]


def test_two_statuses_that_begin_on_one_day_are_asked_about(tmp_path: Path) -> None:
    one = read(tmp_path, document(sen(*EARLIER, ("2025-09-11", "", "E"), ("2025-09-11", "", "K"))))
    assert one.faults == ["SEN history: E and K both begin on 2025-09-11: which is held?"]


@pytest.mark.parametrize(
    "last",
    [
        [("2025-09-11", "", "K"), ("2026-01-05", "", "E")],  # on two days
        [("2025-09-11", "", "K"), ("2025-09-11", "", "K")],  # the same once more
        [("2025-09-11", "2025-09-12", "E"), ("2025-09-11", "", "K")],  # one has ended
    ],
)
def test_statuses_that_leave_no_doubt(tmp_path: Path, last: list[tuple[str, str, str]]) -> None:
    one = read(tmp_path, document(sen(*EARLIER, *last)))
    assert one.faults == [] and one.values["sen_status"] == last[-1][2]


def test_a_street_without_a_number_and_a_number_without_a_street(tmp_path: Path) -> None:
    for lines in ("<Street>Hill Road</Street>", "<PAON>Hill House</PAON>"):
        place = f"<Address><BS7666Address>{lines}</BS7666Address></Address>"
        one = read(tmp_path, document(f"<Surname>B</Surname>{place}"))
        assert one.values["address"] == re.sub("<[^>]*>", "", lines)


def test_a_remark_inside_a_name_is_no_end_of_it(tmp_path: Path) -> None:
    one = read(tmp_path, document("<Surname>Br<!-- checked -->own</Surname>"))
    assert one.values["legal_surname"] == "Brown"
