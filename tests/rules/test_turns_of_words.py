"""Rules on how things are said: in each field that they read, and at the word on which each turns."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.records.record import Record
from generator.values.not_known import NotKnown
from tests.joined import record
from tests.rules.turns import cycle, meeting, told, without_child

PROFILE = (
    "important_to_me",
    "how_to_support_me",
    "my_goals",
    "how_i_communicate",
    "what_i_find_hard",
    "when_i_am_upset",
)
FAMILYS = [
    *(("profile", (key,)) for key in ("like_and_admire", *PROFILE)),
    ("plan", ("responsibilities", "pupil")),
    ("plan", ("responsibilities", "family")),
    ("plan", ("parents_informed", "summary")),
    ("plan", ("community_support",)),
    ("behaviour_plan", ("pupil_part",)),
    ("behaviour_plan", ("parents_part",)),
]
CHILDS = [one for one in FAMILYS if one[0] == "profile" or one[1] == ("responsibilities", "pupil")]


def under(kind: str, keys: tuple[str, ...], text: Any) -> dict[str, Any]:
    value: Any = text
    for key in reversed(keys):
        value = {key: value}
    return {kind: {"outcomes": [], **value}}


def aim(text: str) -> Record:
    return cycle(1, plan={"targets": [{"id": "t", "text": text}]})


# -- whose words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", PROFILE)
@pytest.mark.parametrize(("own", "speaks"), [(False, 1), (True, 0), (None, 0)])
def test_an_adults_words_do_not_say_i(key: str, own: bool | None, speaks: int) -> None:
    words = {} if own is None else {"own_words": own}
    assert len(told("wording-first-person", profile={**words, key: ["I like dogs"]})) == speaks
    assert told("wording-first-person", profile={**words, key: ["He says “I like dogs”"]}) == []


@pytest.mark.parametrize(
    ("rows", "kinds", "keys"),
    [
        (
            [cycle(review={"date": None, "pupil_thinks": {"own_words": False, "text": "I like it"}})],
            {},
            ("review", "pupil_thinks", "text"),
        ),
        ([meeting(pupil_views={"own_words": False, "text": "I like it"})], {}, ("pupil_views", "text")),
        ([], {"request": {"pupil_views": {"own_words": False, "text": "I like it"}}}, ("pupil_views", "text")),
        (
            [],
            {"my_support_plan": {"about_me": {"views": {"own_words": False, "text": "I like it"}}}},
            ("about_me", "views", "text"),
        ),
    ],
)
def test_the_pupils_views_are_read_wherever_they_stand(rows: list[Any], kinds: dict[str, Any], keys: Any) -> None:
    assert [one.keys for one in told("wording-first-person", *rows, **kinds)] == [keys]


def test_views_in_the_childs_own_words_or_not_said_say_i() -> None:
    for views in (
        {"text": "I like it"},
        {"own_words": True, "text": "I like it"},
        {"own_words": False, "text": NotKnown("I am away")},
        {"own_words": False},
    ):
        found = told("wording-first-person", meeting(pupil_views=views))
        assert found == [] or isinstance(views.get("text"), NotKnown)


# -- words about the child --------------------------------------------------------------------------------------------

LABELS = (
    *("naughty", "lazy", "attention-seeking", "attention seeker", "manipulative", "suffers from", "wheelchair-bound"),
    *("wheelchair bound", "confined to a wheelchair", "mental age", "handicapped", "special needs child"),
    *("SEN children", "low-functioning", "low functioning", "high-functioning", "high functioning", "normal children"),
    *("normal kids", "normal peers", "bad boys", "bad girl", "kicks off", "plays up", "tantrums", "babyish"),
)


@pytest.mark.parametrize("label", LABELS)
def test_a_label_that_judges_is_told(label: str) -> None:
    [found] = told("wording-label", plan={"story": f"He is {label.upper()} at times"})
    assert label.casefold() in found.message.casefold()
    assert told("wording-label", plan={"story": f"Somebody said “{label}” of him"}) == []


def test_labels_are_looked_for_in_what_the_school_writes_of_the_child() -> None:
    assert told("wording-label", evidence={"items": [{"title": "naughty"}]}) == []
    assert (
        told("wording-label", school={"name": "naughty"}) == [] == told("wording-label", plan={"story": "A lazy eye"})
    )
    assert told("wording-label", record("asked", {"text": "naughty"})) == []
    assert [one.keys for one in told("wording-label", log={"entries": [{"what": "x"}, {"what": "naughty"}]})] == [
        ("entries", 1, "what")
    ]


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("Kind", 0),
        ("Kind but gets cross", 1),
        ("He can't sit", 1),
        ("Kind, when he wants to", 1),
        ("Mum says “he can't sit”", 0),
        ("Butterflies", 0),
    ],
)
def test_what_is_admired_is_praise(text: str, speaks: int) -> None:
    assert len(told("wording-admire", profile={"like_and_admire": ["Funny", text]})) == speaks
    assert told("wording-admire", profile={"my_goals": [text]}) == [] == told("wording-admire")


@pytest.mark.parametrize(
    ("kind", "key"), [("plan", "story"), ("my_support_plan", "needs_summary"), ("profile", "like_and_admire")]
)
def test_a_story_begins_with_the_person(kind: str, key: str) -> None:
    assert len(told("wording-diagnosis-first", **under(kind, (key,), "Ben has autism and likes dogs"))) == 1
    assert told("wording-diagnosis-first", **under(kind, (key,), "Ben likes dogs and has autism")) == []
    assert told("wording-diagnosis-first", **under(kind, (key,), ["Ben likes dogs", "Ben has autism"])) == []


# -- words that a family can read -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "keys"), FAMILYS)
def test_where_a_family_reads_words_are_full_and_sentences_short(kind: str, keys: tuple[str, ...]) -> None:
    assert len(told("wording-acronym", **under(kind, keys, "The EP came"))) == 1
    assert len(told("wording-long-sentence", **under(kind, keys, "so " * 41))) == 1
    assert told("wording-long-sentence", **under(kind, keys, "so " * 40)) == []


def test_targets_are_read_by_the_family_too_and_other_fields_are_not() -> None:
    assert told("wording-acronym", aim("Ben sees the EP")) and told("wording-long-sentence", aim("so " * 41))
    assert told("wording-acronym", plan={"outcomes": [], "notes": "The EP came"}) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("The EP (educational psychologist) came", ""),
        ("The educational psychologist (EP) came; the EP wrote", ""),
        ("The EP came", "EP"),
        ("The EP (psychologist) and the OT came", "OT"),
        ("KEPT", ""),
        ("The SALT and the EP", "SALT"),
    ],
)
def test_an_abbreviation_is_told_in_full_the_first_time(text: str, says: str) -> None:
    found = told("wording-acronym", profile={"my_goals": [text]})
    assert [one.message for one in found] == [f"“{says}” will not be known to every family"] * bool(says)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("so " * 25 + ". " + "so " * 25, 0),
        ("so " * 25 + "\n" + "so " * 25, 0),
        ("so " * 25 + "; " + "so " * 25, 0),
        ("so " * 25 + ", " + "so " * 25, 1),
    ],
)
def test_a_sentence_ends_with_its_stop_or_its_line(text: str, count: int) -> None:
    assert len(told("wording-long-sentence", profile={"my_goals": [text]})) == count


@pytest.mark.parametrize(("kind", "keys"), CHILDS)
def test_the_childs_own_page_has_plain_words(kind: str, keys: tuple[str, ...]) -> None:
    [found] = told("wording-jargon", **under(kind, keys, "Use phonemes with me"))
    assert found.message.startswith("“phonemes” is a word for professionals")
    assert told("wording-jargon", **under(kind, keys, "Use sounds with me")) == []
    assert told("wording-jargon", **under(kind, keys, "She calls them “phonemes”")) == []


def test_other_parts_may_have_the_words_of_the_trade() -> None:
    assert told("wording-jargon", plan={"responsibilities": {"family": "phonemes"}}) == []


def test_the_request_itself_is_no_document_that_is_missing_beside_it() -> None:
    documents = [{"id": one, "title": one, "needs": [one]} for one in ("request", "plan")]
    mine = {"documents": documents, "request": {"documents": ["request", "plan"]}}
    assert len(told("local-documents", request={"x": "(to be filled in) x"}, pack=mine)) == 1


def test_what_is_only_usual_is_no_finding_and_nothing_is_said_without_a_pupil() -> None:
    asked = {"min_reviewed": 1}
    assert len(told("local-cycles", request={}, pack={"cycles": asked})) == 1
    assert told("local-cycles", request={}, pack={"cycles": {**asked, "usually": True}}) == []
    assert without_child("authority-name") == [] == without_child("form-tutor")


def test_a_text_where_rows_belong_is_the_schemas_matter() -> None:
    for kind, data in (
        ("cycle", {"do": "notes"}),
        ("plan", {"parents_informed": "decision_date"}),
        ("log", {"entries": "date"}),
    ):
        odd = record(kind, {"number": 1, "start": None, **data})
        assert told("date-in-future", odd) == [] == told("date-order", odd)


def test_only_words_that_are_there_and_are_the_childs_are_read_as_such() -> None:
    bare = cycle(plan={"targets": [{}], "provision": [{}]})
    assert told("wording-third-person", bare, plan={"outcomes": [{}]}) == []
    for views in ({"own_words": False, "text": "Ben likes dogs"}, {"own_words": True}, {"text": "Ben likes dogs"}):
        assert told("wording-third-person", meeting(pupil_views=views)) == []
    assert told("my-plan-length", plan={}) == []


def test_a_goal_without_a_unit_is_compared_with_nothing() -> None:
    row = {"id": "t", "text": "Reads 50 (of a page)", "goal_value": 60, "unit": ""}
    assert told("goal-differs", cycle(plan={"targets": [row]})) == []


@pytest.mark.parametrize(("own", "source"), [("p. 3", "Ourshire: p. 3"), ("", "local policy of several authorities")])
def test_an_old_report_is_told_with_its_page_once_there_is_a_request(own: str, source: str) -> None:
    rule = {"id": "r", "title": "Reports", "max_age_months": 6, **({"source": own} if own else {})}
    item = {"id": "i", "title": "EP report", "kind": "report", "date": date(2020, 1, 1)}
    held = {"evidence": {"items": [item]}, "pack": {"request": {"evidence": [rule]}}}
    [found] = told("local-report-age", request={}, **held)
    assert found.source.startswith(source) and told("local-report-age", **held) == []


def test_what_is_provision_is_written_anew_as_something_the_child_does() -> None:
    row = {"id": "o", "text": "Ben will have 15 hours of 1:1 support each week", "needs": []}
    [found] = told("outcome-is-provision", plan={"outcomes": [row]})
    assert "support" not in found.rewrite and found.rewrite.endswith("(now ___)")
    assert told("outcome-is-provision", plan={"outcomes": [{**row, "text": NotKnown(row["text"])}]}) == []
