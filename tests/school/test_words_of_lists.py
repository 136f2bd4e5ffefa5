"""Values of pupil lists and files of transfer: which words are taken, and at which word or day each is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.records.record import Place, Record
from generator.school.imports.existing_pupil import _fewer_names, _only, _same_row, _says_nothing_new, read_row
from generator.school.imports.incoming_pupil import Incoming, alike, meaning, missing_columns, read
from generator.school.imports.lists import value_words as words
from generator.school.imports.lists.column_words import guess, meanings, spelled_out
from generator.values.parsing import Unreadable
from tests.school.import_outcome import refused

ON = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("K", "K"),
        ("k", "K"),
        ("E - EHC plan", "E"),
        ("EHC plan (E)", "E"),
        ("SEN Support", "K"),
        ("N", "N"),
        ("No Special Educational Need", "N"),
        ("Education, Health and Care Plan - E", "E"),
    ],
)
def test_a_status_is_its_letter_its_words_or_both(text: str, status: str) -> None:
    assert words.read_status(text) == status


@pytest.mark.parametrize(
    "text",
    [
        "EHCP requested",
        "K pending",
        "K 2024",
        "E - SEN support",
        "former K",
        "Statement",
        "A - School Action",
        "x",
        "under assessment",
        "ceased",
    ],
)
def test_what_is_no_status_held_is_refused(text: str) -> None:
    assert refused(words.read_status, text) == "status"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("SLCN", ["SLCN"]),
        ("SLCN, SEMH", ["SLCN", "SEMH"]),
        ("2 SLCN 1 SEMH", ["SEMH", "SLCN"]),
        ("SEMH & MLD", ["SEMH", "MLD"]),
        ("None", []),
        ("SLCN SLCN", ["SLCN"]),
        ("SPLD - Literacy difficulties", ["SPLD"]),
        ("Literacy (SPLD)", ["SPLD"]),
        ("primary need: HI and secondary VI", ["HI", "VI"]),
        ("Speech, language and communication needs", ["SLCN"]),
    ],
)
def test_types_of_need_are_read_whole_by_rank_or_in_their_order(text: str, codes: list[str]) -> None:
    assert [one.code for one in words.read_need_types(text)] == codes


@pytest.mark.parametrize(
    "text",
    [
        "BESD",
        "SLCN and sadness",
        "SLCN, HI - something else",
        "dyslexia perhaps",
        "1 SLCN 1 SEMH",
        "Foo",
        "3 SLCN SEMH",
    ],
)
def test_a_need_that_is_not_understood_is_not_dropped(text: str) -> None:
    assert refused(words.read_need_types, text) == "sen-type"


def test_words_beside_a_type_are_told() -> None:
    assert words.words_left("SPLD (dyslexic tendencies)") == "dyslexic tendencies" and words.words_left(
        "none"
    ) == "" == words.words_left("SPLD")
    need = words.need_type("HI")
    assert (need.code, need.area, need.title) == (
        "HI",
        "sensory_and_physical",
        "Hearing impairment",
    ) and words.need_type("OTH").area == ""


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Y", True),
        ("yes", True),
        ("Yes (Ever 6)", True),
        ("No - not eligible", False),
        ("n", False),
        ("T", True),
        ("False", False),
        ("true: x", True),
        ("1", True),
        ("0", False),
    ],
)
def test_yes_and_no_are_read_with_what_stands_beside(text: str, answer: bool) -> None:
    assert words.read_yes_no(text) is answer
    for other in ("maybe", "2", "not known"):
        assert refused(words.read_yes_no, other) == "yes-no"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Y", "yes"),
        ("N", "no"),
        ("Previously looked after", "before"),
        ("was in care", "before"),
        ("ex LAC", "before"),
        ("Yes (since May)", "yes"),
        ("No [x]", "no"),
    ],
)
def test_whether_a_child_is_or_was_looked_after(text: str, said: str) -> None:
    assert words.read_looked_after(text) == said and refused(words.read_looked_after, "perhaps") == "yes-no"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("R", "R"),
        ("Reception", "R"),
        ("Year 4", 4),
        ("Y04", 4),
        ("NC Year 10", 10),
        ("14", 14),
        ("4.0", 4),
        ("N1", "N1"),
        ("Year group 7", 7),
        ("yr. 3", 3),
    ],
)
def test_a_year_group_is_read_as_systems_write_it(text: str, year: Any) -> None:
    assert words.read_year_group(text) == year
    for other in ("15", "-1", "x", "4A"):
        assert refused(words.read_year_group, other) == "year-group"


def test_sex_and_ethnicity() -> None:
    assert [words.read_sex(one) for one in ("F", "male", " X ")] == ["Female", "Male", "X"]
    assert [words.read_ethnicity(one) for one in ("wbri", "White British", "ABCD - local", "WBRI: x")] == [
        "WBRI",
        "WBRI",
        "ABCD",
        "WBRI",
    ]
    assert refused(words.read_ethnicity, "WBR") == "ethnicity" == refused(words.read_ethnicity, "WBRIT")


ADA = {"legal_surname": "Brown", "forenames": "Ada Rose", "date_of_birth": date(2018, 5, 14), "upn": "F999999925001"}


def pupil(name: str, **more: Any) -> tuple[str, Record]:
    return name, Record(f"cases/{name}/pupil.yaml", "pupil", {**ADA, **more}, {(): Place(1, 1)})


def incoming(**values: str) -> Incoming:
    held = {"legal_surname": "Brown", "forenames": "Ada", "date_of_birth": "14/05/2018", **values}
    return Incoming("line 2", {key: value for key, value in held.items() if value})


# -- what one row says ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"date_of_birth": "01/10/2026"}, ""),
        ({"date_of_birth": "02/10/2026"}, "date of birth: nobody born on 02/10/2026"),
        ({"date_of_birth": "01/01/2000"}, ""),
        ({"date_of_birth": "31/12/1999"}, "date of birth: nobody born on 31/12/1999"),
        ({"sen_from": "01/10/2026"}, ""),
        ({"sen_from": "02/10/2026"}, "SEN status since: 02/10/2026 is still to come"),
        ({"sen_from": "14/05/2018"}, "SEN status since: 14/05/2018 is before the child was born"),
        ({"sen_from": "15/05/2018"}, ""),
        ({"forenames": "123"}, "no name"),
        ({"forenames": "Zo?"}, "has a ? in it"),
        ({"year_group": "x"}, "no year group"),
        ({"class": "#REF!"}, "what Excel shows in place of a value"),
        ({"class": "4\ufffd"}, "has lost letters"),
    ],
)
def test_what_cannot_be_true_is_a_fault(values: dict[str, str], fault: str) -> None:
    found = read(incoming(**values), ON).faults
    assert len(found) == bool(fault) and all(fault in one for one in found)


def test_needs_come_by_rank_and_none_twice() -> None:
    found = read(
        incoming(sen_type="SLCN", sen_type_2="SEMH, SLCN", sen_status="K", looked_after="N", leaving_date="1/9/2026"),
        ON,
    )
    assert [one.code for one in found.needs] == ["SLCN", "SEMH"] and (found.status, found.looked_after, found.left) == (
        "K",
        "no",
        date(2026, 9, 1),
    )
    assert read(incoming(sen_type="SPLD - Literacy"), ON).notes == [
        "not taken over: the words “literacy” beside the need, in “SPLD - Literacy”"
    ]


@pytest.mark.parametrize(
    ("kind", "written", "found", "same"),
    [
        ("code", "F999 9999", "f9999999", True),
        ("postcode", "YO1 7HH", "yo17hh", True),
        ("text", "4 Hill Road,\nYork", "4 Hill Road York", True),
        ("text", "Ada", "ada", False),
        ("year", 4, 4, True),
        ("year", 4, "4", False),
        ("code", "A", "B", False),
    ],
)
def test_values_that_mean_the_same_change_nothing(kind: str, written: Any, found: Any, same: bool) -> None:
    assert alike(kind, written, found) is same


@pytest.mark.parametrize(
    ("fields", "lacks"),
    [
        (("upn",), []),
        (("legal_surname", "forenames", "date_of_birth"), []),
        (("full_name", "date_of_birth"), []),
        (("full_name",), ["date_of_birth"]),
        (("forenames",), ["legal_surname", "date_of_birth"]),
    ],
)
def test_a_list_has_the_upn_or_name_and_day_of_birth(fields: tuple[str, ...], lacks: list[str]) -> None:
    assert list(missing_columns({one: one for one in fields})) == lacks


@pytest.mark.parametrize(("text", "rank"), [("1", 1), ("2.", 2), ("6", 6), ("7", None), ("0", None), ("one", None)])
def test_a_rank_is_from_one_to_six(text: str, rank: int | None) -> None:
    assert (meaning("rank", text) if rank else refused(lambda one: meaning("rank", one), text)) == (rank or "rank")


# -- what an export changes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "after", "nothing"),
    [
        ("known_as_surname", "BROWN", True),
        ("known_as_surname", "Lee", False),
        ("preferred_name", "ada", True),
        ("preferred_name", "Ada Rose", True),
        ("preferred_name", "Rose", False),
        ("class", "Brown", False),
    ],
)
def test_a_name_at_school_that_is_the_legal_one_is_nothing_new(name: str, after: str, nothing: bool) -> None:
    assert _says_nothing_new(name, after, ADA) is nothing


@pytest.mark.parametrize(
    ("before", "after", "fewer"),
    [("Ada Rose", "Ada", True), ("Ada Rose", "Rose", False), ("Ada", "Ada Rose", False), (None, "Ada", False)],
)
def test_an_export_that_knows_fewer_names_takes_none_away(before: Any, after: str, fewer: bool) -> None:
    assert _fewer_names(before, after) is fewer


def test_rows_of_one_day_and_subject_are_one() -> None:
    one = {"date": ON, "subject": "Reading", "framework": "KS2"}
    assert _same_row("attainment", one, {**one, "subject": "READING", "framework": "ks2"}) and not _same_row(
        "attainment", one, {**one, "framework": "x"}
    )
    assert not _same_row("attainment", one, {**one, "subject": "Maths"}) and not _same_row(
        "attainment", one, {**one, "date": date(2026, 1, 1)}
    )
    assert _same_row("attendance", {"from": ON}, {"from": ON, "to": 1}) and not _same_row(
        "attendance", {"from": ON}, {"from": 1}
    )


def test_a_row_has_its_parts() -> None:
    row = {"from": "1/9/2026", "to": "1/10/2026", "attended": "20", "possible": "24", "setting": "x", "other": "y"}
    assert read_row("attendance", row) == {
        "from": date(2026, 9, 1),
        "to": ON,
        "attended": 20,
        "possible": 24,
        "setting": "x",
    }
    for group, lacking in (
        ("attendance", {**row, "to": ""}),
        ("attendance", {**row, "attended": "2.5"}),
        ("attainment", {"date": "1/9/2026", "subject": "x"}),
    ):
        with pytest.raises(Unreadable):
            read_row(group, lacking)


@pytest.mark.parametrize(
    ("before", "after", "path", "alone"),
    [
        ({"a": 1, "b": 2}, {"a": 9, "b": 2}, ("a",), True),
        ({"a": 1, "b": 2}, {"a": 9, "b": 3}, ("a",), False),
        ({"b": 2}, {"a": 9, "b": 2}, ("a",), True),
        ({"a": 1}, {}, ("a",), False),
        ({"a": [1]}, {"a": [1, 9]}, ("a", 1), True),
        ({"a": [1]}, {"a": [2, 9]}, ("a", 1), False),
        ({"a": [1, 2]}, {"a": [9, 2]}, ("a", 0), True),
        ({"a": [1, 2]}, {"a": [9, 3]}, ("a", 0), False),
        ({"a": [1, 2]}, {"a": [9]}, ("a", 0), False),
        (None, {"a": 9}, ("a",), True),
        ({"a": {"b": 1}}, {"a": {"b": 9}}, ("a", "b"), True),
        ({"a": 1}, {"a": 8}, ("a",), False),
        ({"a": 1}, 9, ("a",), False),
    ],
)
def test_a_change_is_kept_when_nothing_else_has_changed(before: Any, after: Any, path: Any, alone: bool) -> None:
    assert _only(before, after, path, 9) is alone


@pytest.mark.parametrize("word", ["and", "with", "primary", "secondary", "rank", "need", "needs", "main", "also"])
def test_a_word_that_joins_types_is_no_need(word: str) -> None:
    assert [one.code for one in words.read_need_types(f"{word} HI {word} VI")] == ["HI", "VI"]


def test_six_types_have_six_ranks() -> None:
    ranked = "6 HI 5 VI 4 PD 3 ASD 2 MLD 1 SEMH"
    assert [one.code for one in words.read_need_types(ranked)] == ["SEMH", "MLD", "ASD", "PD", "VI", "HI"]
    assert [one.code for one in words.read_need_types("Social, emotional & mental health")] == ["SEMH"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("A", "ended in 2014"),
        ("P - School Action Plus", "ended in 2014"),
        ("Foo K", "no SEN status"),
        ("x", "no SEN status"),
    ],
)
def test_a_status_of_before_2014_is_told_as_such(text: str, says: str) -> None:
    with pytest.raises(Unreadable) as stop:
        words.read_status(text)
    assert says in stop.value.message


@pytest.mark.parametrize(
    ("text", "says"), [("BESD", "ended in 2014"), ("Foo", "no SEN type"), ("HI foo", "which is no type")]
)
def test_a_type_of_before_2014_is_told_as_such(text: str, says: str) -> None:
    with pytest.raises(Unreadable) as stop:
        words.read_need_types(text)
    assert says in stop.value.message


def test_a_number_beside_a_status_or_no_type_at_all_is_refused() -> None:
    assert (
        refused(words.read_status, "K (2)") == "status" and refused(words.read_need_types, "primary need") == "sen-type"
    )
    assert not alike("text", "4", 4) and not _says_nothing_new("class", "Ada", ADA)
    assert not _only({"a": [1]}, {"a": [1, 8]}, ("a", 1), 9)


@pytest.mark.parametrize(
    "heading",
    ["SEN Status Start", "SEND Status Start Date", "SEN Support Since", "SEN Provision Date From", "SEN Stage Began",
     "Special Educational Needs Status Start", "SEN_Status_Effective_From", "SENStatusStart", "Pupil SEN Start"],
)  # fmt: skip
def test_since_when_a_status_counts_is_known_by_its_heading(heading: str) -> None:
    assert guess(["UPN", "SEN Status", heading, "Adno"])[heading] == "sen_from"


@pytest.mark.parametrize("heading", ["SEN Status as of", "SEN as of", "SEND Code As Of"])
def test_the_day_of_a_report_is_no_day_since_when_a_status_counts(heading: str) -> None:
    assert guess(["UPN", "SEN Status", heading, "Adno"])[heading] == ""


def test_a_pattern_of_headings_stands_for_each_that_it_spells() -> None:
    assert spelled_out("(sen|send) (status|) start") == [
        "sen status start", "sen start", "send status start", "send start",
    ]  # fmt: skip
    assert spelled_out("upn") == ["upn"]


def test_no_heading_has_two_meanings() -> None:
    found: dict[str, str] = {}
    for name, meant in meanings().items():
        for word in meant.sure:
            assert found.setdefault(word, name) == name, word
