"""To whom a copy went, who may have one, and whether it reached the family: names as people write them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from generator.cases.case import Case, Given
from generator.cases.family import family_copies as copies
from tests.joined import record

DAY = timedelta(days=1)
ON = date(2026, 10, 1)


def person(id: str, name: str, relationship: str = "mother", **more: Any) -> dict[str, Any]:
    return {"id": id, "name": name, "relationship": relationship, "parental_responsibility": True, **more}


MUM = person("samira", "Samira Brown", title="Ms")
DAD = person("dan", "Daniel O'Neill", "father", title="Mr")
CARER = person("jo", "Jo Reed", "foster carer", parental_responsibility=False)
AUNT = person("bea", "Bea Brown", "aunt", parental_responsibility=False)
BARRED = {**DAD, "copies": False}


def pupil(*people: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"forenames": "Ada Rose", "legal_surname": "Brown", "people": list(people), **more}


@pytest.mark.parametrize(
    ("to", "named"),
    [
        ("samira", True),
        (" SAMIRA ", True),
        ("Ms Brown", True),
        ("Samira Brown", True),
        ("S. Brown", False),
        ("Brown", False),
        ("Samira", True),
        ("Ms Samira", False),
        ("Mrs Brown", False),
        ("Ms Browne", False),
    ],
)
def test_a_person_is_named_by_id_or_by_surname_with_title_or_forename(to: str, named: bool) -> None:
    assert copies.names_person(to, MUM) is named


@pytest.mark.parametrize(("written", "named"), [("Mr O’Neill", True), ("Daniel ONeill", False), ("Mr o'neill", True)])
def test_an_apostrophe_is_one_however_it_is_typed(written: str, named: bool) -> None:
    assert copies.names_person(written, DAD) is named


def test_copies_go_to_those_with_responsibility_and_to_carers_unless_they_must_not() -> None:
    held = pupil(MUM, BARRED, CARER, AUNT, {**CARER, "id": "k", "copies": False})
    assert [one["id"] for one in copies.may_have_copies(held)] == ["samira", "jo"]
    assert copies.may_have_copies({}) == []


@pytest.mark.parametrize(
    ("more", "apart"),
    [
        ({}, False),
        ({"address": "12  Tannery row"}, False),
        ({"address": "4 Quay Street"}, True),
        ({"address_withheld": True}, True),
    ],
)
def test_a_home_is_another_when_its_address_is(more: dict[str, Any], apart: bool) -> None:
    held = pupil({**MUM, **more}, {**BARRED, "address": "9 Hill"}, address="12 Tannery Row")
    assert bool(copies.separated(held)) is apart


@pytest.mark.parametrize(
    ("to", "reached"),
    [
        ("Ms Brown", True),
        ("parents", True),
        ("Mum", True),
        ("mother and father", True),
        ("the family", True),
        ("Family Support Team", False),
        ("Mum at the hospital", False),
        ("Nan", False),
        ("Dad", False),
        ("Mr O'Neill", False),
        ("foster", False),
        ("Ada", False),
        ("Mrs Hale", False),
    ],
)
def test_a_copy_reached_the_family_when_it_went_to_who_may_have_it(to: str, reached: bool) -> None:
    assert copies.reaches_family(to, pupil(MUM, BARRED), ON) is reached


DOCTOR = person("ola", "Ola Brown", "father, hospital doctor", title="Dr")


@pytest.mark.parametrize(
    ("to", "reached", "whom"),
    [
        ("Solicitor for Samira Brown", False, ""),
        ("Samira Brown's solicitor", False, ""),
        ("on behalf of Ms Brown", False, ""),
        ("Ms Brown and her solicitor", True, "samira"),
        ("Ms Brown, Northmoor Council", False, ""),
        ("Samira Brown; SEN team", True, "samira"),
        ("Samira Brown, somebody else", False, ""),
        ("Dr Brown", True, "ola"),
        ("Ola Brown, hospital doctor", True, "ola"),
        ("Mum's friend", False, ""),
        ("Ms Brown, GP", True, "samira"),
        ("Dr Lee, GP", False, ""),
        ("Dr Brown, GP", False, ""),
        ("Mum, Dad, GP", True, ""),
        ("Mum, social worker", True, "samira"),
        ("Ms Brown, social worker", False, ""),
        ("Ms Brown, SEND, Northmoor Council", False, ""),
        ("Jane Smith, SEN team, Mum", True, "samira"),
        ("Ms Brown, via the school office", True, "samira"),
        ("Ms Brown via her solicitor", False, ""),
        ("Ms Brown c/o Smith LLP", False, ""),
        ("Ms Brown / social worker", True, "samira"),
        ("Ms Brown (by hand at the surgery)", True, "samira"),
        ("Ms Brown (social worker)", False, ""),
    ],
)
def test_who_acts_for_somebody_at_home_or_is_another_is_not_the_family(to: str, reached: bool, whom: str) -> None:
    held = pupil(MUM, DOCTOR)
    assert copies.reaches_family(to, held, ON) is reached
    named = copies.named_person(to, held)
    assert (named["id"] if named else "") == whom


def test_a_young_persons_name_with_somebody_elses_words_is_not_theirs() -> None:
    held = pupil(MUM, date_of_birth=date(2009, 9, 1))
    assert copies.reaches_family("Ada Brown", held, ON)
    for to in ("Ada Brown, somebody else", "Ada Brown's solicitor", "Ada Brown's employer"):
        assert not copies.reaches_family(to, held, ON), to


@pytest.mark.parametrize(
    ("to", "whom"),
    [
        ("Solicitor for Samira Brown", "samira"),
        ("Smith LLP, acting for Ms Brown", "samira"),
        ("Solicitor for Samira Brown and Dr Brown", ""),
        ("Solicitor", ""),
        ("Samira Brown", ""),
    ],
)
def test_who_acts_for_one_person_is_known_by_that_person(to: str, whom: str) -> None:
    found = copies.acts_for(to, pupil(MUM, DOCTOR))
    assert (found["id"] if found else "") == whom


def test_without_anybody_who_may_have_copies_none_reached_the_family() -> None:
    assert not copies.reaches_family("parents", pupil(BARRED), ON)
    assert copies.reaches_family("foster carer", pupil(CARER), ON) and not copies.reaches_family(
        "foster", pupil(CARER), ON
    )


@pytest.mark.parametrize(
    ("to", "reached"),
    [("Ada", True), ("Ada Brown", True), ("Addie", True), ("Ada Smith", False), ("Brown", False), ("Ada Lee", True)],
)
def test_a_young_person_has_their_own_copy(to: str, reached: bool) -> None:
    held = pupil(BARRED, date_of_birth=date(2009, 9, 1), preferred_name="Addie", known_as_surname="Lee")
    assert copies.reaches_family(to, held, date(2026, 6, 27)) is reached
    assert not copies.reaches_family(to, held, date(2026, 6, 26)), "the last Friday in June: not yet"


@pytest.mark.parametrize(
    ("to", "barred"),
    [
        ("dan", True),
        ("Mr O'Neill", True),
        ("D. O'Neill", True),
        ("Daniel", True),
        ("Dad", True),
        ("Daddy", True),
        ("O'Neill", True),
        ("Mr & Mrs O'Neill", True),
        ("Mum and Dad", True),
        ("Mum, Dad", True),
        ("parents", True),
        ("the family", True),
        ("Family Support Team", False),
        ("Mum", False),
        ("Ms Brown", False),
        ("Stepdad", False),
        ("Dr O'Neill", False),
        ("X. O'Neill", False),
        ("Mrs Hale", False),
        ("samira", False),
    ],
)
def test_who_must_not_have_copies_is_known_however_they_are_named(to: str, barred: bool) -> None:
    assert copies.must_not_have(to, pupil(MUM, BARRED)) == ("Daniel O'Neill" if barred else "")
    assert copies.must_not_have(to, pupil(MUM, DAD)) == ""


@pytest.mark.parametrize(
    ("to", "barred"),
    [
        ("Ms Brown", False),
        ("Brown", True),
        ("the Browns", True),
        ("Mr Brown", True),
        ("D. Brown", True),
        ("S. Brown", False),
    ],
)
def test_who_shares_a_surname_is_told_apart_where_the_addressee_does(to: str, barred: bool) -> None:
    other = {**person("db", "Daniel Brown", "father", title="Mr"), "copies": False}
    assert bool(copies.must_not_have(to, pupil(MUM, other))) is barred


@pytest.mark.parametrize(("to", "barred"), [("Stepdad", True), ("Dad", False), ("parents", False), ("Rob", True)])
def test_a_stepfather_is_not_the_father(to: str, barred: bool) -> None:
    step = {**person("rob", "Rob Hale", "step-father", parental_responsibility=False), "copies": False}
    assert bool(copies.must_not_have(to, pupil(MUM, DAD, step))) is barred


@pytest.mark.parametrize("written", ["stepfather", "step-father", "Step father", "stepdad"])
@pytest.mark.parametrize("to", ["Stepdad", "step-dad", "Step father"])
def test_step_is_one_word_however_it_is_written(written: str, to: str) -> None:
    step = person("rob", "Rob Hale", written)
    assert copies.reaches_family(to, pupil(step), ON) and not copies.reaches_family("Dad", pupil(step), ON)
    assert copies.must_not_have(to, pupil(MUM, {**step, "copies": False})) == "Rob Hale"
    assert (
        copies.named_person(to, pupil(MUM, DAD, step)) == step and copies.named_person("Dad", pupil(DAD, step)) == DAD
    )


@pytest.mark.parametrize("word", sorted(copies._KIN))
def test_every_word_for_kin_names_who_it_is(word: str) -> None:
    barred = {**person("x", "Xe Young", word), "copies": False}
    assert copies.must_not_have(word.title(), pupil(MUM, barred)) or word == "mother"


@pytest.mark.parametrize(
    ("said", "kin"),
    [
        ("mummy", "mother"), ("mam", "mother"), ("mom", "mother"), ("ma", "mother"), ("mama", "mother"),
        ("mammy", "mother"), ("papa", "father"), ("pa", "father"), ("dada", "father"), ("tata", "father"),
        ("baba", "father"), ("abba", "father"), ("nana", "grandmother"), ("nanny", "grandmother"),
        ("gran", "grandmother"), ("granny", "grandmother"), ("grandma", "grandmother"), ("nan", "grandmother"),
        ("grandad", "grandfather"), ("granddad", "grandfather"), ("grandpa", "grandfather"),
        ("stepmum", "stepmother"), ("stepdad", "stepfather"), ("auntie", "aunt"),
    ],
)  # fmt: skip
def test_family_words_are_one_with_the_words_of_the_record(said: str, kin: str) -> None:
    assert copies.reaches_family(said, pupil(person("x", "Xe Young", kin)), ON)


def test_a_letter_with_a_reader_names_nobody_else() -> None:
    held = pupil(MUM, DAD)
    assert copies.somebody_else("Mr O'Neill", "samira", held) == "Daniel O'Neill"
    assert copies.somebody_else("Ms Brown", "samira", held) == "" == copies.somebody_else("Dad", "samira", held)


@pytest.mark.parametrize(
    ("to", "who"),
    [("Dad", "dan"), ("dan", "dan"), ("mother", "samira"), ("parents", None), ("Dad’s school", None), ("foster", None)],
)
def test_the_one_person_whom_an_addressee_names(to: str, who: str | None) -> None:
    found = copies.named_person(to, pupil(MUM, DAD, CARER))
    assert (found["id"] if found else None) == who
    assert copies.named_person("Dad", pupil(DAD, {**DAD, "id": "other", "name": "Rob Hale"})) is None


@pytest.mark.parametrize(
    ("to", "who"),
    [
        ("Mrs Novak", "nowak"),
        ("Mrs Nowak", None),
        ("nowka", "nowak"),
        ("Novak council", None),
        ("Novak parents", None),
        ("Ada Novak", None),
        ("Mr Wisniewski", None),
        ("Mrs Hale", None),
    ],
)
def test_a_slip_in_a_surname_is_told_from_another_name(to: str, who: str | None) -> None:
    people = [person("nowak", "Ewa Nowak"), person("w", "Zofia Wiśniewska")]
    found = copies.slip_of(to, pupil(*people))
    assert (found["id"] if found else None) == who


def test_an_id_is_written_out_in_full() -> None:
    held = pupil(MUM, CARER)
    assert [copies.addressed(to, held) for to in ("Samira", "jo", "Ms Brown")] == [
        "Ms Samira Brown",
        "Jo Reed",
        "Ms Brown",
    ]


# -- copies of one document -------------------------------------------------------------------------------------------


def out(document: str, day: date, to: str = "Ms Brown", status: str = "final") -> Given:
    return Given(document, document.partition("-2")[0], day, to, status, {})


def test_copies_that_were_given_out_count_from_a_day_on_when_final_and_for_the_family() -> None:
    rows = (out("plan", ON), out("plan", ON - DAY), out("cycle-2026", ON), out("plan", ON + DAY, "Council"))
    rows += (out("plan", ON + DAY, status="draft"), out("plan", ON + 2 * DAY))
    case = Case("ada", (record("pupil", pupil(MUM)),), given=rows)
    plans = copies.given_out(case, ["plan"])
    assert [one.date for one in plans] == [ON - DAY, ON, ON + DAY, ON + DAY, ON + 2 * DAY]
    assert copies.taken_home(case, plans, ON) == [ON, ON + 2 * DAY]
    own = record("cycle", {}, "cycles/2026")
    assert [one.document for one in copies.given_out(case, ["cycle"], own)] == ["cycle-2026"]
    assert copies.given_out(case, ["cycle"], record("cycle", {}, "cycles/2025")) == []


def test_why_a_copy_does_not_count_is_told() -> None:
    rows = [out("plan", ON, "Council"), out("plan", ON, status="draft"), out("plan", ON)]
    told = copies.not_counted(Case("ada", (record("pupil", pupil(MUM)),)), rows)
    assert told == (
        "; “Council”, to whom it went on 1 October 2026, is nobody at home in pupil.yaml"
        "; what went out on 1 October 2026 was a draft"
    )


def test_the_days_of_copies_are_those_that_are_written() -> None:
    assert list(copies.copy_days({"copies": [{"date": ON}, {"to": "x"}]}, {})) == [ON]
    assert list(copies.copy_days({}, {})) == []


@pytest.mark.parametrize(
    ("to", "home"),
    [
        ("Ms Samira Brown", True),
        ("Samira and Daniel Brown", True),
        ("Mum", True),
        ("parents", True),
        ("everyone at the meeting", True),
        ("both homes", True),
        ("everyone at the meeting in school", True),
        ("all present, and the class teacher", True),
        ("All staff", False),
        ("All authorities", False),
        ("all staff at the meeting", False),
        ("Each class teacher", False),
        ("both teaching assistants", False),
        ("all services", False),
        ("both social workers", False),
        ("everyone at school", False),
        ("SEN team, Northmoor Council", False),
        ("Mrs Hale", False),
        ("Dr Sen, educational psychologist", False),
    ],
)
def test_a_copy_for_somebody_else_is_none_for_those_at_home(to: str, home: bool) -> None:
    given = {"copies": [{"to": to, "date": ON}]}
    mum = {**MUM, "name": "Samira Brown"}
    assert list(copies.copy_days(given, pupil(mum))) == [ON] * home
    assert list(copies.copy_days(given, {**pupil(), "people": []})) == [ON] * (home or to == "Mrs Hale")


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("Talked with his mother about reading", True),
        ("Rang home", True),
        ("Rang Ms Brown", True),
        ("Danielle rang", False),
        ("Rang the educational psychologist", False),
        ("E-mail from the social worker", False),
        ("Phone call / Samira", True),
    ],
)
def test_a_line_of_the_log_speaks_of_those_at_home(text: str, speaks: bool) -> None:
    worker = {**MUM, "id": "sw", "name": "Ola Reid", "title": "Mr", "relationship": "social worker"}
    assert copies.speaks_of_family(text, pupil({**MUM, "name": "Samira Brown"}, worker)) is speaks


@pytest.mark.parametrize(
    ("name", "text", "speaks"),
    [
        ("(to be filled in)", "Phoned the speech therapist to ask for a date to be filled in", False),
        ("Will Hale", "Will ask the therapist in writing", False),
        ("May Hale", "Rang the therapist in May", False),
        ("Will Hale", "Rang Will Hale", True),
        ("Dawn Hale", "The clinic rang at dawn", False),
        ("Dawn Hale", "Rang Dawn", True),
    ],
)
def test_a_first_name_that_is_a_word_is_told_from_the_word(name: str, text: str, speaks: bool) -> None:
    assert copies.speaks_of_family(text, pupil(person("x", name, "parent"))) is speaks


@pytest.mark.parametrize(("to", "barred"), [("Ms Brown (parent)", False), ("D. Hale", False), ("Danielle Hale", False)])
def test_who_is_named_surely_names_nobody_who_must_not(to: str, barred: bool) -> None:
    assert bool(copies.must_not_have(to, pupil(MUM, BARRED))) is barred


def test_an_id_names_its_person_and_not_one_of_that_first_name() -> None:
    held = pupil(person("dan", "Ann Lee"), {**person("x", "Dan Hill", "father"), "copies": False})
    assert copies.must_not_have("dan", held) == "" and copies.must_not_have("Dan Hill", held) == "Dan Hill"


@pytest.mark.parametrize(
    "word",
    [
        "academy",
        "agency",
        "authority",
        "centre",
        "clinic",
        "college",
        "council",
        "hospital",
        "nhs",
        "nursery",
        "officer",
        "panel",
        "school",
        "sendiass",
        "service",
        "services",
        "team",
        "trust",
        "worker",
    ],
)
def test_an_office_that_speaks_of_parents_is_no_family(word: str) -> None:
    assert not copies.reaches_family(f"Parents {word}", pupil(MUM), ON)
    assert copies.must_not_have(f"Parents {word}", pupil(MUM, BARRED)) == ""


def test_who_is_named_among_several_is_no_slip() -> None:
    assert copies.slip_of("nowak", pupil(person("nowak", "Ewa Nowak"), person("w", "Ann Lee"))) is None
    assert copies.slip_of("ann", pupil(person("ann", "Ewa Nowak"), person("w", "Ann Lee"))) is None
