"""What one home's copy may tell of the other: addresses, numbers, and the ways in which people write them down."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.bundle import terms_found
from generator.cases.case import Case
from generator.cases.family import contact_details as contact
from generator.cases.family import people
from generator.cases.family.contact_details import Reader
from generator.values.not_known import NotKnown
from tests.joined import record

HOME = {"address": "12 Tannery Row, Northmoor", "postcode": "ZZ99 3CZ"}


def person(id: str, name: str = "", **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "name": name or f"{id.title()} Brown",
        "relationship": "parent",
        "parental_responsibility": True,
        **more,
    }


MUM = person("mum", phone="01632 960 111", email="mum@example.org")
DAD = person("dad", address="4 Quay Street\nNorthmoor", postcode="ZZ99 4WW", mobile="07700 900 222")


def case(*rows: dict[str, Any], **more: Any) -> Case:
    data = {"forenames": "Ada", "legal_surname": "Brown", "people": list(rows), **HOME, **more}
    return Case("ada", (record("pupil", data),))


def seen(reader: Reader | None, *rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    return dict(contact.for_reader(case(*rows, **more), reader).data("pupil"))


def told(reader: str, *rows: dict[str, Any], **more: Any) -> set[str]:
    return {secret.what for secret in contact.secrets_from(case(*rows, **more), Reader(reader))}


@pytest.mark.parametrize(
    ("relationship", "office"),
    [
        ("social worker", True), ("Officer of the council", True), ("local authority", True),
        ("guardian ad litem", True), ("Virtual School head", True), ("solicitor", True), ("mother", False),
        ("works in social work", False),
    ],
)  # fmt: skip
def test_an_office_is_no_secret_unless_somebody_says_so(relationship: str, office: bool) -> None:
    row = person("x", relationship=relationship)
    assert contact.is_professional(row) is office is contact.shares_contact(row)
    assert contact.shares_contact({**row, "share_contact": True}) and not contact.shares_contact(
        {**row, "share_contact": False}
    )
    assert contact.is_carer(person("x", relationship="Foster Carer")) and not contact.is_carer(row)


@pytest.mark.parametrize(
    ("person", "elsewhere"),
    [
        ({"address": "4 Quay"}, True),
        ({"postcode": "ZZ99 4WW"}, True),
        ({"lives_with_child": "no"}, True),
        ({"lives_with_child": "yes"}, False),
        ({**HOME}, False),
        ({"phone": "x"}, False),
    ],
)
def test_an_address_of_their_own_is_another_home(person: dict[str, Any], elsewhere: bool) -> None:
    assert contact.lives_elsewhere(person, HOME) is elsewhere


MILL, OAK = "Flat 2, 14 Mill Lane, Redford", "Flat 2, 88 Oak Road, Redford"


@pytest.mark.parametrize(
    ("theirs", "childs", "elsewhere"),
    [
        ({"address": MILL}, {"address": OAK}, True),  # was: one home, by “Flat 2”
        ({"address": MILL, "postcode": "ZZ99 4WW"}, {"address": OAK}, True),
        ({"address": MILL}, {"address": OAK, "postcode": "ZZ99 4WW"}, True),
        ({"address": MILL, "postcode": "ZZ99 4WW"}, {"address": OAK, "postcode": "ZZ99 4WW"}, True),
        ({"address": MILL}, {"address": "flat 2\n14 Mill Lane\nRedford"}, False),
        ({"address": MILL}, {"address": MILL, "postcode": "ZZ99 4WW"}, False),
        ({"address": "14 Mill Lane"}, {"address": "14 Mill Lane, Redford"}, True),
        (
            {"address": "14 Mill Lane", "postcode": "zz994ww"},
            {"address": "14 Mill Lane, Redford ZZ99 4WW", "postcode": "ZZ99 4WW"},
            False,
        ),
        ({"postcode": "ZZ99 4WW"}, {"address": MILL, "postcode": "ZZ99 4WW"}, True),  # a postcode is of many homes
        ({"address": NotKnown("moves")}, {"address": NotKnown("moves")}, True),
    ],
)
def test_what_leaves_a_doubt_is_two_homes(theirs: dict[str, Any], childs: dict[str, Any], elsewhere: bool) -> None:
    assert contact.lives_elsewhere(theirs, childs) is elsewhere


def test_the_number_of_a_flat_is_looked_for_with_the_line_that_follows_it() -> None:
    dad, home = {**DAD, "address": MILL}, {"address": OAK, "postcode": "ZZ99 3CZ"}
    written = {form for one in contact.secrets_from(case(MUM, dad, **home), Reader("dad")) for form in one.written}
    assert {"Flat 2, 88 Oak Road", "88 Oak Road"} <= written and "Flat 2" not in written


@pytest.mark.parametrize(
    ("reader", "rows", "more", "home"),
    [
        (None, (MUM, DAD), {}, True),
        (Reader("mum"), (MUM, DAD), {}, True),
        (Reader("dad"), (MUM, DAD), {}, False),
        (Reader("dad"), ({**MUM, "share_contact": True}, DAD), {}, True),
        (Reader("dad"), ({**MUM, "share_contact": True}, person("gran"), DAD), {}, False),
        (Reader(), (MUM, DAD), {}, False),
        (Reader(), (MUM,), {}, True),
        (Reader("mum"), (MUM,), {"address_withheld": True}, False),
        (None, (MUM,), {"address_withheld": True}, False),
    ],
)
def test_who_may_know_where_the_child_lives(
    reader: Reader | None, rows: tuple[dict[str, Any], ...], more: dict[str, Any], home: bool
) -> None:
    found = seen(reader, *rows, **more)
    assert ("address" in found, "postcode" in found) == (home, home)


@pytest.mark.parametrize("key", ["upn", "former_upn"])
def test_the_numbers_of_the_census_are_on_no_paper_for_a_family(key: str) -> None:
    assert key in seen(None, MUM, **{key: "F999999925001"}) and key not in seen(
        Reader("mum"), MUM, **{key: "F999999925001"}
    )


@pytest.mark.parametrize(
    "key", ["address", "postcode", "phone", "mobile", "email", "preferred_contact", "difficult_times", "barriers"]
)
def test_how_to_reach_a_person_is_for_that_person(key: str) -> None:
    row = person("dad", **{key: "x"})
    assert key in seen(None, MUM, row)["people"][1] and key in seen(Reader("dad"), MUM, row)["people"][1]
    assert key not in seen(Reader("mum"), MUM, row)["people"][1]
    assert key in seen(Reader("mum"), MUM, {**row, "share_contact": True})["people"][1]


def test_a_withheld_address_is_on_no_paper_at_all() -> None:
    for reader in (None, Reader("dad"), Reader("mum")):
        row = seen(reader, MUM, {**DAD, "address_withheld": True})["people"][1]
        assert "address" not in row and "postcode" not in row
    assert "mobile" in seen(None, MUM, {**DAD, "address_withheld": True})["people"][1]


def test_a_case_of_which_nothing_is_secret_is_the_same_case() -> None:
    whole = case(MUM)
    assert contact.for_reader(whole, None) is whole
    empty = Case("ada", ())
    assert contact.for_reader(empty, Reader()) is empty
    left = contact.for_reader(Case("ada", (*case(MUM, DAD).records, record("log", {}))), Reader("dad"))
    assert [one.kind for one in left.records] == ["pupil", "log"]


# -- what must be nowhere ---------------------------------------------------------------------------------------------


def test_what_a_reader_must_not_find_is_the_other_homes() -> None:
    assert told("dad", MUM, DAD) == {"the other home’s address", "how to reach Mum Brown"}
    assert told("mum", MUM, DAD) == {"the address of Dad Brown", "how to reach Dad Brown"}
    assert told("mum", MUM, {**DAD, "share_contact": True}) == set()
    assert told("mum", MUM, person("gran", phone="01632 960 333")) == set(), "they live in one home"
    assert told("", MUM, person("gran")) == {"how to reach Mum Brown"}


def test_withheld_addresses_are_secret_from_everybody() -> None:
    held = case(MUM, {**DAD, "address_withheld": True})
    assert [secret.what for secret in contact.withheld(held)] == ["the address of Dad Brown"]
    own = case({**MUM, "address_withheld": True}, address_withheld=True)
    assert [secret.written for secret in contact.withheld(own)] == [("12 Tannery Row", "ZZ99 3CZ", "ZZ993CZ")] * 2
    assert contact.withheld(case(MUM)) == [] == contact.withheld(Case("ada", ()))


def test_a_telephone_is_looked_for_as_people_group_it() -> None:
    [secret] = contact.secrets_from(
        case(
            person("a"),
            person("b", address="4 Quay Street", share_contact=True),
            person("c", address="5", phone="01632-960-444", email="c1234567@x.org"),
        ),
        Reader("a"),
    )
    grouped = ("01632-960-444", "01632960444", "01632 960444", "01632 960 444")
    assert secret.written == (*grouped, "441632960444", "4401632960444", "c1234567@x.org")
    short = person("c", address="5", phone="960 44", mobile="1234567")
    [secret] = contact.secrets_from(case(person("a"), short), Reader("a"))
    assert secret.written == ("960 44", "1234567", "12345 67", "12345 67 ")


def test_what_two_people_share_is_no_secret_from_either() -> None:
    shared = {**DAD, "phone": "01632 960 111", "mobile": "07700 900 555"}
    written = [form for one in contact.secrets_from(case(MUM, shared), Reader("mum")) for form in one.written]
    assert "01632 960 111" not in written and "07700 900 555" in written and "4 Quay Street" in written


def test_an_address_that_is_not_known_or_too_short_is_no_secret() -> None:
    for row in ({"address": NotKnown("moves often")}, {"address": "N/A"}, {"postcode": ""}):
        assert told("mum", MUM, person("dad", **row)) == set()
    assert told("mum", MUM, person("dad", address="Flat")) == {"the address of Dad Brown"}


def test_where_other_records_tell_a_secret() -> None:
    secrets = [contact.Secret("the address", ("4 Quay  Street",))]
    notes = ["Lives at 4 quay\nstreet now", "Lives near"]
    log = record("log", {"entries": [{"what": note} for note in notes], "kept": {"by": "4 QUAY STREET"}})
    pupil = record(
        "pupil",
        {
            "address": "4 Quay Street",
            "people": [{"address": "4 Quay Street"}, "4 Quay Street"],
            "likes": ["4 Quay Street"],
            "postcode": "4 Quay Street",
            "schools": [{"address": "4 Quay Street"}],
        },
    )
    asked = record("asked", {"text": "4 Quay Street"})
    found = list(contact.told_in_records(Case("ada", (log, pupil, asked)), secrets))
    assert [(where.kind, keys) for where, keys, _ in found] == [
        ("log", ("entries", 0, "what")), ("log", ("kept", "by")), ("pupil", ("people", 1)), ("pupil", ("likes", 0)),
        ("pupil", ("schools", 0, "address")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "said",
    ["Call 07700.900.199", "Call (07700) 900-199", "Call +44 7700 900199", "Call 0044 (0)7700 900 199",
     "Write to 4, Quay-Street", "Write to 4 QUAY\u00a0ST.", "at zz993vz", "4\u200b Quay Street"],
)  # fmt: skip
def test_a_secret_is_found_however_it_is_grouped_or_shortened(said: str) -> None:
    father = person("dad", address="4 Quay Street", postcode="ZZ99 3VZ", mobile="07700 900 199")
    secrets = contact.secrets_from(case(MUM, father), Reader("mum"))
    log = record("log", {"entries": [{"what": said}]})
    assert list(contact.told_in_records(Case("ada", (log,)), secrets))


@pytest.mark.parametrize(
    ("written", "said", "found"), [("12 Dale", "at 12-Dale", True), ("1 Dale", "at 1-Dale", False)]
)
def test_six_letters_are_enough_to_be_found_without_their_spaces(written: str, said: str, found: bool) -> None:
    log = record("log", {"entries": [{"what": said}]})
    assert bool(list(contact.told_in_records(Case("ada", (log,)), [contact.Secret("it", (written,))]))) is found


def test_a_number_written_from_abroad_is_the_same_at_home() -> None:
    father = person("dad", address="4 Quay Street", mobile="+44 (0)7700 900199")
    assert "07700900199" in {
        form for one in contact.secrets_from(case(MUM, father), Reader("mum")) for form in one.written
    }


@pytest.mark.parametrize(
    "said", ["Quay Street School", "14 Quay Lane", "The year 7700 900", "24 quays", "14 Quay Street"]
)
def test_what_is_like_a_secret_is_none(said: str) -> None:
    father = person("dad", address="4 Quay Street", postcode="ZZ99 3VZ", mobile="07700 900 199")
    secrets = contact.secrets_from(case(MUM, father), Reader("mum"))
    log = record("log", {"entries": [{"what": said}]})
    assert not list(contact.told_in_records(Case("ada", (log,)), secrets))


@pytest.mark.parametrize(
    ("address", "said", "told"),
    [
        ("4 The Street", "She was in Year 4. The staff noticed it", False),
        ("4 The Street", "at 4, The Street", True),
        ("7 The Close", "from Year 7 the class teacher", False),
        ("Rose Close", "Rose closed the door", False),
        ("Rose Close", "We saw Rose clap", False),
        ("Rose Close", "in Rose Cl.", True),
        ("4 Quay Street", "at 14 Quay St", False),
        ("4 Quay Street", "Year 4, 4 Quay\nStreet", True),
    ],
)
def test_an_address_is_found_by_its_words_and_never_by_letters_of_a_sentence(
    address: str, said: str, told: bool
) -> None:
    secrets = contact.secrets_from(case(MUM, person("dad", address=address)), Reader("mum"))
    log = record("log", {"entries": [{"what": said}]})
    assert bool(list(contact.told_in_records(Case("ada", (log,)), secrets))) is told
    assert bool(terms_found(said, [form for one in secrets for form in one.written])) is told


def test_what_is_said_of_people_counts_in_a_case_as_its_reader_sees_it() -> None:
    secrets = [contact.Secret("the address", ("4 Quay Street",))]
    rows = [{"relationship": "mother, 4 Quay Street"}, {"address": "4 Quay Street"}, {"barriers": "4 Quay Street"}]
    pupil = Case("ada", (record("pupil", {"people": rows}),))
    places = [[keys for _, keys, _ in contact.told_in_records(pupil, secrets, seen)] for seen in (False, True)]
    assert places == [[("people", 0, "relationship")], [("people", 0, "relationship"), ("people", 2, "barriers")]]


# -- who is who -------------------------------------------------------------------------------------------------------


def test_a_pupil_is_called_by_the_name_they_like() -> None:
    ada = {"forenames": "Ada Rose", "legal_surname": "Brown"}
    assert (people.first_name(ada), people.known_as(ada), people.full_name(ada)) == (
        "Ada",
        "Ada Brown",
        "Ada Rose Brown",
    )
    liked = {**ada, "preferred_name": "Addie", "known_as_surname": "Lee"}
    assert (people.first_name(liked), people.known_as(liked)) == ("Addie", "Addie Lee")
    assert people.single_names(liked) == {"Addie", "Ada", "Brown", "Lee"}
    assert people.names(liked) == {f"{a} {b}" for a in ("Addie", "Ada", "Ada Rose") for b in ("Brown", "Lee")}
    assert people.single_names(ada) == {"Ada", "Brown"} and people.names(ada) == {"Ada Brown", "Ada Rose Brown"}


def letters(*rows: dict[str, Any], also: frozenset[str] = frozenset(), **more: Any) -> list[tuple[str, ...]]:
    born = {"date_of_birth": date(2018, 5, 14), **more}
    found = people.addressees(dict(case(*rows, **born).data("pupil")), date(2026, 10, 1), also)
    return [(one["id"], one["salutation"], one["address"], one["postcode"]) for one in found]


def test_a_letter_calls_a_person_with_a_title_by_the_last_of_their_names() -> None:
    [(_, called, _, _)] = letters(person("mum", "Samira Anne Brown", title="Mrs"))
    assert called == "Mrs Brown"


def test_a_letter_goes_to_each_with_responsibility_and_to_whom_else_it_names() -> None:
    carer = person("jo", "Jo Reed", parental_responsibility=False)
    row, code = HOME["address"], HOME["postcode"]
    assert letters({**MUM, "title": "Ms"}, carer, {**DAD, "copies": False}) == [("mum", "Ms Brown", row, code)]
    assert letters(carer, also=frozenset({"jo"})) == [("jo", "Jo Reed", row, code)]
    assert letters({**carer, "copies": False}, also=frozenset({"jo"})) == []
    assert letters(DAD) == [("dad", "Dad Brown", DAD["address"], DAD["postcode"])]
    assert letters(person("x", postcode="ZZ99 1AA")) == [("x", "X Brown", "", "ZZ99 1AA")]
    assert letters(person("x", address="5 Hill")) == [("x", "X Brown", "5 Hill", "")]
    assert letters({**DAD, "address_withheld": True}) == [("dad", "Dad Brown", "", "")]
    assert letters(MUM, address_withheld=True) == [("mum", "Mum Brown", "", "")]
    assert letters(MUM, date_of_birth=date(2009, 1, 1)) == [("", "Ada", row, code)]
    assert [one["id"] for one in people.parents({"people": [MUM, carer]})] == ["mum"]


@pytest.mark.parametrize("key", ["phone", "mobile", "email"])
def test_what_a_reader_has_themselves_is_no_secret_from_them(key: str) -> None:
    value = "both@example.org" if key == "email" else "07700 900 555"
    mum, dad = person("mum", **{key: value}), person("dad", address="4 Quay Street", **{key: value})
    assert value not in [form for one in contact.secrets_from(case(mum, dad), Reader("mum")) for form in one.written]


@pytest.mark.parametrize(
    ("row", "written", "rest"),
    [
        ({"address": "7 Low Rise, Otherton", "postcode": "ZZ99 9QQ"}, ("7 Low Rise", "ZZ99 9QQ"), ("Otherton",)),
        ({"address": "77 Harbour Rise\nOtherton\nWest Shire"}, ("77 Harbour Rise",), ("Otherton", "West Shire")),
        ({"address": "Flat 2, 77 Harbour Rise, Otherton ZZ99 9QQ"}, ("77 Harbour Rise", "ZZ99 9QQ"), ("Otherton",)),
        ({"address": "Rose Cottage, 77 Harbour Rise, Otherton"}, ("Rose Cottage", "77 Harbour Rise"), ("Otherton",)),
    ],
)  # fmt: skip
def test_the_town_of_an_address_is_the_rest_of_it(
    row: dict[str, Any], written: tuple[str, ...], rest: tuple[str, ...]
) -> None:
    [secret] = contact.secrets_from(case(MUM, person("dad", **row)), Reader("mum"))
    assert set(written) <= set(secret.written) and secret.rest == rest
    assert [one.rest for one in contact.addresses_of(case(MUM, person("dad", **row)))] == [("Northmoor",), rest]


def test_words_that_are_to_be_taken_out_of_evidence_tell_nobody_anything() -> None:
    items = [{"shows": "He lives at 4 Quay Street", "redact": ["4 Quay Street", "Jack Smith"]}]
    found = contact.told_in_records(
        Case("ada", (record("evidence", {"items": items}),)), contact.secrets_from(case(MUM, DAD), Reader("mum"))
    )
    assert [keys for _, keys, _ in found] == [("items", 0, "shows")]
