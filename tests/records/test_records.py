"""Case files as people write them: what is read, and every mistake with its place and its words."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal

import pytest

from generator.records.record import read_record, walk
from generator.values.not_known import NotKnown
from tests.records.small_schemas import SCHEMAS, data_of, read

# What is read


@pytest.mark.parametrize(
    "text", ["no", "08", "9:30", "1e5", "2026-03-01", "0.50", "007", "+44 1632 960 001", "1_000", "0x1F"]
)
def test_text_stays_as_typed_where_text_is_wanted(text: str) -> None:
    assert data_of(f"phone: {text}\n")["phone"] == text
    assert type(data_of(f"phone: {text}\n")["phone"]) is str


@pytest.mark.parametrize(
    "written", ["2026-03-01", "01/03/2026", "1/3/2026", "1 March 2026", "1 Mar 2026", '"01/03/2026"']
)
def test_three_ways_to_write_a_date(written: str) -> None:
    assert data_of(f"start: {written}\n")["start"] == date(2026, 3, 1)


def test_each_value_becomes_what_the_schema_means() -> None:
    data = data_of(
        "agreed: no\ncost: 12.50\nminutes: 15\nscore: 0.50\nat: 9:30\nflag: true\nyear: 3\npostcode: yo17hh\n"
        "upn: f999999925001\nstory:\n  not_known: the report is due in May\nend: 2 April 2026\nname2:\n".replace(
            "name2:\n", ""
        )
    )
    assert data == {
        "name": "Ada",
        "agreed": False,
        "cost": Decimal("12.50"),
        "minutes": 15,
        "score": Decimal("0.50"),
        "at": "9:30",
        "flag": True,
        "year": 3,
        "postcode": "YO1 7HH",
        "upn": "F999999925001",
        "story": "Not known: the report is due in May",
        "end": date(2026, 4, 2),
    }
    assert isinstance(data["story"], NotKnown)
    assert data["story"].reason == "the report is due in May"


def test_not_known_survives_the_way_to_a_worker() -> None:
    sent = pickle.loads(pickle.dumps(NotKnown("nobody has asked")))
    assert (sent, sent.reason) == ("Not known: nobody has asked", "nobody has asked")


def test_a_year_group_in_quotes_is_the_same_year_group() -> None:
    assert data_of('year: "3"\n')["year"] == 3
    assert data_of("year: R\n")["year"] == "R"


def test_what_is_not_filled_in_is_not_there() -> None:
    assert data_of("gp:\nstory: ~\nareas:\n") == {"name": "Ada"}
    assert data_of("gp:\n  practice:\n  street:\nneeds:\n  - id:\n    since:\n") == {"name": "Ada"}
    assert data_of("needs:\n  -\n  - id: a\n") == {"name": "Ada", "needs": [{"id": "a"}]}


def test_text_keeps_its_new_lines() -> None:
    assert data_of("phone: |\n  one\n  two\n")["phone"] == "one\ntwo\n"


def test_every_value_has_its_place() -> None:
    record, _ = read("name: Ada\nneeds:\n  - id: reading\n    met_by: [x, y]\n  -\n  - id: maths\n")
    assert record is not None
    where = {keys: (record.place(*keys).line, record.place(*keys).column) for keys in record.places}
    assert where[()] == (1, 1)
    assert where[("name",)] == (1, 7)
    assert where[("needs",)] == (2, 1)
    assert where[("needs", 0)] == (3, 5)
    assert where[("needs", 0, "met_by")] == (4, 5)
    assert where[("needs", 0, "met_by", 1)] == (4, 17)
    assert where[("needs", 1, "id")] == (6, 9), "the empty item above does not count"
    assert record.place("needs", 1, "since") == record.place("needs", 1)
    assert record.place("nothing", "here") == record.place()


def test_windows_and_unicode_files_are_read_alike() -> None:
    text = "name: Zoë\nphone: |\n  a\n  b\nneeds:\n  - id: x\n"
    plain, _ = read(text)
    for content in (text.encode("utf-8-sig"), text.encode("utf-16"), text.replace("\n", "\r\n").encode()):
        assert read_record(content, "plan.yaml", "plan", SCHEMAS) == (plain, [])


def test_anchors_save_typing() -> None:
    record, problems = read("name: Ada\nphone: &p 01632 960 001\nuln:\nareas: [*p, x]\n")
    assert problems == []
    assert record is not None
    assert record.data["areas"] == ["01632 960 001", "x"]


def test_walk_finds_ids_and_references() -> None:
    record, _ = read("name: Ada\nneeds:\n  - id: reading\n    met_by: [p1, p2]\n")
    assert record is not None
    found = [
        (p, v, k.get("x-id") or k.get("x-ref")) for p, v, k in walk(record, SCHEMAS) if "x-id" in k or "x-ref" in k
    ]
    assert found == [
        (("needs", 0, "id"), "reading", "need"),
        (("needs", 0, "met_by", 0), "p1", "provision"),
        (("needs", 0, "met_by", 1), "p2", "provision"),
    ]


# What is refused: the file, then "line:column rule message…" of every problem in it, in order


# Both parsers, and anything at all


# Schemas
