"""Words, signatures, consent and questions of an authority's own form, at the word and the day on which each turns."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.authorities import local_requirements as local
from generator.authorities.requirement import MANY
from tests.authorities.plain_packs import DAY, ON, case, only, pack

# -- the form itself --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "ready"), [(2, True), (3, True), (4, False)])
def test_an_answer_keeps_to_the_words_that_the_form_takes(words: int, ready: bool) -> None:
    mine = pack(request={"word_limits": {"has_sen.text": 3}})
    item = only(local.word_items(case(request={"has_sen": {"text": "so " * words}}), mine))
    assert (item.ready, item.title) == (ready, "Text in 3 words") and item.said.startswith(
        f"`has_sen.text` has {words} words"
    )
    assert item.keys == ("has_sen", "text")
    assert only(local.word_items(case(request={"has_sen": "x"}), mine)).ready


@pytest.mark.parametrize(
    ("born", "year", "says", "own"),
    [
        (date(2010, 10, 1), 11, {"consent_age": 16}, True),
        (date(2010, 10, 2), 11, {"consent_age": 16}, False),
        (date(2012, 1, 1), 9, {"consent_year": 9}, True),
        (date(2012, 1, 1), 8, {"consent_year": 9}, False),
        (date(2012, 1, 1), "R", {"consent_year": 9}, False),
        (date(2009, 9, 1), 12, {}, True),
        (date(2012, 1, 1), 9, {}, False),
        (None, 13, {"consent_year": 9}, False),
    ],
)
def test_a_young_person_consents_by_age_by_year_or_by_law(
    born: date | None, year: Any, says: dict[str, int], own: bool
) -> None:
    pupil = {"year_group": year, **({"date_of_birth": born} if born else {})}
    assert local.decides_for_themselves(case(pupil=pupil), pack(request=says), ON) is own


@pytest.mark.parametrize(
    ("row", "ready", "by_hand"),
    [
        ({"capacity": "parent", "date": ON, "method": "wet_ink"}, True, True),
        ({"capacity": "parent", "date": ON, "method": "verbal"}, True, False),
        ({"capacity": "parent", "method": "wet_ink"}, False, False),
        ({"capacity": "senco", "date": ON, "method": "wet_ink"}, False, False),
    ],
)
def test_a_signature_is_of_the_capacity_dated_and_by_hand_where_it_must_be(
    row: dict[str, Any], ready: bool, by_hand: bool
) -> None:
    for wet, counts in ((False, ready), (True, by_hand)):
        mine = pack(request={"signatories": ["parent"], "wet_ink": wet})
        for kinds in ({"request": {"consents": [row]}}, {"request": {"declaration": row}}):
            item = only(local.signature_items(case(**kinds), mine, ON))
            assert (item.ready, item.title) == (counts, f"Signed{' by hand' if wet else ''} by a parent")
            assert item.said.endswith("; it is there" if counts else "; it is not under consents with its date")


@pytest.mark.parametrize(
    ("name", "key", "who"),
    [
        ("headteacher", "declaration", "the headteacher"),
        ("senco", "declaration", "the SENCO"),
        ("parent", "consents", "a parent"),
    ],
)
def test_where_a_signature_is_written(name: str, key: str, who: str) -> None:
    item = only(local.signature_items(case(request={}), pack(request={"signatories": [name]}), ON))
    assert item.keys == (key,) and item.title == f"Signed by {who}"
    young = case(request={}, pupil={"date_of_birth": date(2009, 9, 1)})
    assert only(local.signature_items(young, pack(request={"signatories": ["parent"]}), ON)).id == "young_person"


def test_a_signature_of_the_my_support_plan_counts_while_it_holds() -> None:
    row = {"person": "Ann", "capacity": "parent", "date": ON, "method": "wet_ink"}
    mine = pack(request={"signatories": ["parent"], "wet_ink": True})
    for day, counts in ((ON, True), (ON + DAY, False)):
        held = case(my_support_plan={"date": day, "signatures": [row]}, request={})
        assert only(local.signature_items(held, mine, ON)).ready is counts


@pytest.mark.parametrize(
    ("answer", "row", "fault"),
    [
        (None, {}, "it is not answered"),
        ("Yes", {}, "answered"),
        ("YES ", {"answers": ["Yes", "No"]}, "answered"),
        ("Maybe", {"answers": ["Yes", "No"]}, "“Maybe” is none of its answers"),
        ("Seen 1 April 2026", {"max_age_months": 6}, "answered"),
        ("Seen 31/03/2026", {"max_age_months": 6}, "the answer of 31 March 2026 is older than 6 months"),
        ("Seen 2026-04-01 and 1/1/2020", {"max_age_months": 6}, "answered"),
        ("Seen 31/02/2026", {"max_age_months": 6}, "the answer has no date in it"),
    ],
)
def test_a_question_of_the_authority_is_answered_by_one_of_its_answers_and_lately(
    answer: str | None, row: dict[str, Any], fault: str
) -> None:
    mine = pack(request={"local": [{"id": "q", "title": "Seen?", **row}, {"id": "r", "title": "x", "required": False}]})
    for kind in ("request", "pupil"):
        held = case(**{"request": {}, kind: {"local": {"q": answer} if answer else {}}})
        item = only(local.answer_items(held, mine, ON))
        assert item.said == f"Ourshire asks: Seen?; {fault}" and item.ready is (fault == "answered")
    usual = pack(request={"local": [{"id": "q", "title": "Seen?", "usual": True}]})
    assert only(local.answer_items(case(), usual, ON)).said.startswith("Ourshire asks (usual): Seen?")


def test_answers_are_printed_with_what_is_required_left_open() -> None:
    rows = [
        {"id": "a", "title": "A"},
        {"id": "b", "title": "B", "required": False},
        {"id": "c", "title": "C", "usual": True},
    ]
    mine = pack(request={"local": rows})
    assert list(local.local_answers(case(), mine)) == [("A", "", ())]
    held = case(request={"local": {"b": "x"}}, pupil={"local": {"c": "y", "b": "other"}})
    assert [(title, answer) for title, answer, _ in local.local_answers(held, mine)] == [
        ("A", ""),
        ("B", "x"),
        ("C", "y"),
    ]


@pytest.mark.parametrize(
    ("rows", "ready", "says"),
    [
        ([], False, "no recommendation is written down"),
        ([{"action": "x", "impact": "y"}], True, "1 of 1 recommendations say both"),
        ([{"action": "x", "impact": "y"}, {"action": "x"}], False, "1 of 2 recommendations say both"),
        ([{"impact": "y"}], False, "0 of 1 recommendations say both"),
    ],
)
def test_advice_is_acted_on_and_its_effect_told(rows: list[dict[str, Any]], ready: bool, says: str) -> None:
    held = case(pupil={"agencies": [{}, {"recommendations": rows}]})
    item = only(local.advice_items(held, pack(request={"advice_reviewed": True})))
    assert item.ready is ready and item.said.endswith(says)
    place = ("agencies", 1, "recommendations", len(rows) - 1) if rows and not ready else ("agencies",)
    assert item.keys == place and list(local.advice_items(held, pack())) == []


def test_consent_is_given_at_its_stage() -> None:
    stage = {"id": "two", "title": "Two", "consent": ["parent"]}
    rows = [
        {"stage": "two", "capacity": "parent", "date": ON - DAY},
        {"stage": "two", "capacity": "parent", "date": ON},
    ]
    given = only(local.consent_items(case(pupil={"consents": rows}), pack(), stage, ON))
    assert given.ready and given.said.endswith("given on 1 October 2026") and given.id == "two-parent"
    for row in ({"stage": "one", "capacity": "parent", "date": ON}, {"stage": "two", "capacity": "senco", "date": ON}):
        none = only(local.consent_items(case(pupil={"consents": [row]}), pack(), stage, ON))
        assert not none.ready and none.said.endswith("it is not under consents in pupil.yaml")
    young = case(pupil={"date_of_birth": date(2009, 9, 1)})
    assert only(local.consent_items(young, pack(), stage, ON)).id == "two-young_person"


def test_a_young_person_signs_for_the_parent_and_for_nobody_else() -> None:
    young = case(request={}, pupil={"date_of_birth": date(2009, 9, 1)})
    mine = pack(request={"signatories": ["parent", "senco", "headteacher"]})
    assert [item.id for item in local.signature_items(young, mine, ON)] == ["young_person", "senco", "headteacher"]
    assert {item.source for item in local.signature_items(young, mine, ON)} == {
        "Ourshire: https://council.example/send"
    }


def test_consent_and_advice_have_their_page_or_that_of_many() -> None:
    stage = {"id": "two", "title": "Two", "consent": ["parent", "senco"]}
    for own, source in ((True, "Ourshire: https://council.example/send"), (False, MANY)):
        items = [*local.consent_items(case(), pack(own=own), stage, ON)]
        items += local.advice_items(case(), pack(own=own, request={"advice_reviewed": True}))
        assert [item.source for item in items] == [source] * 3
    young = case(pupil={"date_of_birth": date(2009, 9, 1)})
    assert [item.id for item in local.consent_items(young, pack(), stage, ON)] == ["two-young_person", "two-senco"]


def test_one_consent_is_the_last_too() -> None:
    stage = {"id": "two", "title": "Two", "consent": ["parent"]}
    held = case(pupil={"consents": [{"stage": "two", "capacity": "parent", "date": ON}]})
    assert only(local.consent_items(held, pack(), stage, ON)).said.endswith("given on 1 October 2026")
