"""What a list says of one pupil, on the boundaries of what can be true."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from generator.school.imports.incoming_pupil import KINDS, ROWS, Incoming, alike, meaning, missing_columns, read
from generator.values.parsing import Unreadable
from tests.example_school import ROOT

ON = date(2026, 11, 23)


def faults(**values: str) -> list[str]:
    return read(Incoming("row 2", values), ON).faults


@pytest.mark.parametrize(
    ("born", "said"),
    [("23/11/2026", False), ("24/11/2026", True), ("01/01/2000", False), ("31/12/1999", True)],
)
def test_a_pupil_is_born_and_no_older_than_a_pupil_can_be(born: str, said: bool) -> None:
    found = faults(date_of_birth=born)
    assert bool(found) is said and all("is a pupil on 23/11/2026" in one for one in found)


@pytest.mark.parametrize(
    ("since", "says"),
    [
        ("14/05/2018", "before the child was born"),
        ("15/05/2018", ""),
        ("23/11/2026", ""),
        ("24/11/2026", "still to come"),
    ],
)
def test_a_status_begins_after_birth_and_not_tomorrow(since: str, says: str) -> None:
    found = faults(date_of_birth="14/05/2018", sen_from=since, sen_status="K")
    assert [says in one for one in found] == ([True] if says else [])


@pytest.mark.parametrize("name", ["legal_surname", "forenames", "preferred_name", "known_as_surname"])
@pytest.mark.parametrize(("text", "sign"), [("Ka?per", "?"), ("Zo{", "{"), ("A|da", "|"), ("Ada", "")])
def test_a_sign_in_a_name_is_told(name: str, text: str, sign: str) -> None:
    found = faults(**{name: text})
    assert [f"has a {sign} in it" in one for one in found] == ([True] if sign else [])


def test_what_cannot_be_read_is_told_with_what_to_write() -> None:
    [fault] = faults(need_rank="9")
    assert "`9` is no rank (write 1 for the primary need, 2 for the secondary)" in fault
    assert faults(need_rank="1") == []


def test_a_name_without_letters_is_none() -> None:
    assert "`--` is no name" in faults(legal_surname="--")[0] and "`12` is no name" in faults(forenames="12")[0]
    assert faults(legal_surname="Ng", forenames="李") == []


def test_what_a_list_may_bring_are_fields_of_the_records() -> None:
    schema = json.loads((ROOT / "schemas" / "pupil.schema.json").read_text("utf-8"))
    assert set(KINDS) <= set(schema["properties"])
    for name, fields in ROWS.items():
        assert set(fields) <= set(schema["properties"][name]["items"]["properties"]), name


@pytest.mark.parametrize(
    ("text", "rank"),
    [("1", 1), ("2.", 2), ("3", 3), ("4", 4), ("5", 5), ("6", 6), ("7", None), ("0", None), ("x", None)],
)
def test_a_rank_is_one_to_six(text: str, rank: int | None) -> None:
    if rank:
        assert meaning("rank", text) == rank
    else:
        with pytest.raises(Unreadable):
            meaning("rank", text)


@pytest.mark.parametrize(
    "text", ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "####", " #N/A "]
)
def test_what_excel_shows_in_place_of_a_value_is_none(text: str) -> None:
    with pytest.raises(Unreadable) as error:
        meaning("text", text)
    assert error.value.rule == "excel-error"
    assert meaning("text", f"{text.strip()} x") == f"{text.strip()} x"


def test_lost_letters_are_told() -> None:
    with pytest.raises(Unreadable) as error:
        meaning("text", "Zo\ufffd")
    assert error.value.rule == "encoding"


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [("postcode", " zz99  3cz ", "ZZ99 3CZ"), ("code", "x999 4001-22017", "X999400122017"), ("text", " a ", "a"),
     ("date", "1/9/2026", date(2026, 9, 1)), ("sex", "F", "Female")],
)  # fmt: skip
def test_each_kind_of_text_is_read_by_its_reader(kind: str, text: str, value: Any) -> None:
    assert meaning(kind, text, ON) == value


@pytest.mark.parametrize(
    ("kind", "written", "found", "same"),
    [
        ("code", "x999 4001 22017", "X999400122017", True),
        ("postcode", "zz99 3cz", "ZZ993CZ", True),
        ("text", "4 Hill Road\nYork", "4 Hill Road, York ", True),
        ("text", "4 Hill Road", "4 Hill road", False),
        ("text", "zz99 3cz", "ZZ993CZ", False),
        ("yes_no", True, True, True),
        ("yes_no", True, False, False),
        ("text", "1", 1, False),
    ],
)
def test_what_is_alike(kind: str, written: Any, found: Any, same: bool) -> None:
    assert alike(kind, written, found) is same


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"upn"}, []),
        ({"full_name", "date_of_birth"}, []),
        ({"full_name"}, ["date_of_birth"]),
        ({"legal_surname", "forenames", "date_of_birth"}, []),
        ({"forenames"}, ["legal_surname", "date_of_birth"]),
        (set(), ["legal_surname", "forenames", "date_of_birth"]),
    ],
)
def test_a_list_tells_who_each_row_is(fields: set[str], missing: list[str]) -> None:
    assert list(missing_columns({name: name for name in fields})) == missing


@pytest.mark.parametrize(
    ("values", "named", "name"),
    [
        ({}, False, "somebody without a name"),
        ({"upn": "X9"}, True, "X9"),
        ({"forenames": "Ada", "legal_surname": "Brown", "upn": "X9"}, True, "Ada Brown"),
        ({"legal_surname": "Brown"}, True, "Brown"),
        ({"forenames": "Ada"}, True, "Ada"),
        ({"preferred_name": "Addie"}, True, "somebody without a name"),
        ({"known_as_surname": "Grey"}, True, "somebody without a name"),
        ({"class": "4A"}, False, "somebody without a name"),
    ],
)
def test_how_a_pupil_is_spoken_of(values: dict[str, str], named: bool, name: str) -> None:
    one = Incoming("row 2", values)
    assert (one.named, one.name) == (named, name)


@pytest.mark.parametrize(
    ("values", "gone"),
    [({"leaving_date": "23/11/2026"}, True), ({"leaving_date": "24/11/2026"}, False), ({}, False),
     ({"on_roll": "N"}, True), ({"on_roll": "Y"}, False)],
)  # fmt: skip
def test_who_has_left(values: dict[str, str], gone: bool) -> None:
    assert read(Incoming("row 2", values), ON).gone is gone


def test_the_parts_of_a_pupil_come_where_they_belong() -> None:
    values = {"sen_status": "K", "sen_from": "2025-09-11", "sen_type": "SPLD", "sen_type_2": "SPLD, SLCN",
              "looked_after": "no", "class": "4A"}  # fmt: skip
    found = read(Incoming("row 2", values, starts_said={"2025-09-11": "Autumn 2025"}, faults=["x"]), ON)
    assert (found.status, found.since, found.start_said) == ("K", date(2025, 9, 11), "Autumn 2025")
    assert [need.code for need in found.needs] == ["SPLD", "SLCN"]
    assert found.values == {"class": "4A"} and found.faults == ["x"] and not found.gone
    assert set(KINDS.values()) >= {"code", "date", "yes_no"}


@pytest.mark.parametrize(
    ("first", "second", "held"),
    [
        ("SLCN", "ASD", ["SLCN", "ASD"]),  # two types of one area
        ("C&I", "C&L", ["communication_and_interaction", "cognition_and_learning"]),  # areas that name no type
        ("SPLD", "SPLD", ["SPLD"]),
        ("C&I", "C&I", ["communication_and_interaction"]),
    ],
)
def test_each_need_is_held_once(first: str, second: str, held: list[str]) -> None:
    needs = read(Incoming("row 2", {"sen_type": first, "sen_type_2": second}), ON).needs
    assert [need.code or need.area for need in needs] == held


def test_middle_names_are_a_text_like_others() -> None:
    assert faults(middle_names="Rose") == []
