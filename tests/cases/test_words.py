"""The child's own voice, views that came back on forms, and the words that people read for codes."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from generator.cases import vocabulary
from generator.cases.case import Case
from generator.cases.child_voice import in_own_voice, speaks_of_the_child
from generator.cases.given_views import views_given
from generator.values.parsing import NOT_KNOWN
from tests.joined import record
from tests.rule_examples import ROOT

ADA = {"forenames": "Ada Rose", "sex": "F"}


@pytest.mark.parametrize(
    ("line", "about"),
    [
        ("Ada likes dogs", True),
        ("Ada’s dog helps", True),
        ("I am Ada", False),
        ("My name is Ada", False),
        ("Get down to her height", True),
        ("Give me time, then help her", False),
        ("Ask Mrs Hale if she is there", False),
        ("ask mum, she knows", False),
        ("A teacher should tell her", True),
        ("The Lexia game is good for her", False),
        ("Get down to his height", False),
        ("“She needs help” is what people say", False),
        ('"Give her a minute" they say', False),
        ("Wait ten seconds", False),
        ("we read with hers", False),
        ("Rose likes dogs", False),
    ],
)
def test_a_line_about_the_child_is_told_from_one_that_the_child_says(line: str, about: bool) -> None:
    assert speaks_of_the_child(line, ADA) is about


@pytest.mark.parametrize(
    ("pupil", "pronouns"),
    [
        ({"sex": "F"}, {"her"}),
        ({"sex": "female"}, {"her"}),
        ({"sex": "M"}, {"him"}),
        ({}, {"her", "him"}),
        ({"sex": "F", "pronouns": "they/them"}, {"them"}),
        ({"sex": "F", "pronouns": "He / him"}, {"him"}),
        ({"sex": "M", "pronouns": "she/they"}, {"her", "them"}),
        ({"sex": "M", "pronouns": "ask"}, {"him"}),
    ],
)
def test_the_pronouns_are_those_written_down_else_those_of_the_sex(pupil: dict[str, Any], pronouns: set[str]) -> None:
    found = {
        word for word in ("her", "him", "them") if speaks_of_the_child(f"Tell {word}", {"forenames": "Jo", **pupil})
    }
    assert found == pronouns


def test_lines_are_parted_in_their_order() -> None:
    assert in_own_voice(["Help me", "Help her", "Wait"], ADA) == (["Help me", "Wait"], ["Help her"])


# -- views that came back ---------------------------------------------------------------------------------------------


def back(day: int, by: str, *answers: tuple[str, str], **more: Any) -> dict[str, Any]:
    rows = [{"about": about, "text": text, **more} for about, text in answers]
    return {"by": by, "date": date(2026, 3, day), "answers": rows}


def views(*rows: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return views_given(Case("ada", tuple(record("asked", {"back": [row]}, f"asked/{n}") for n, row in enumerate(rows))))


def test_answers_for_one_field_stand_together_the_oldest_first_with_who_and_when() -> None:
    hope = "request.parents_views.future"
    found = views(back(9, "Mr Lee", (hope, "A job")), back(2, "Ms Brown", (hope, "A friend"), (hope, "A friend")))
    assert found == {
        "parents_views": {
            "author": "Ms Brown",
            "date": date(2026, 3, 2),
            "future": "A friend\n\nMr Lee, 9 March 2026: A job",
        }
    }


def test_a_pupils_views_are_whole_with_how_they_were_found_out() -> None:
    how, likes, helps = (f"request.pupil_views.{key}" for key in ("how", "likes", "helps"))
    assert views(back(2, "Ada", (likes, "Dogs"))) == {} == views(back(2, "Ada", (how, "We talked")))
    found = views(back(2, "Ada", (helps, "Time"), (how, "We talked"), (likes, "Dogs")))["pupil_views"]
    assert found == {
        "date": date(2026, 3, 2),
        "how": "We talked",
        "likes": "Dogs",
        "helps": "Time",
        "text": "Dogs\n\nTime",
    }
    own = views(back(2, "Ada", (how, "We talked"), (likes, "Dogs"), ("request.pupil_views.text", "Me")))["pupil_views"]
    assert own["text"] == "Me"
    for key in ("strengths", "does_not_help"):
        assert views(back(2, "Ada", (how, "x"), (f"request.pupil_views.{key}", "y")))["pupil_views"]["text"] == "y"


@pytest.mark.parametrize(
    ("about", "more"),
    [
        ("request.parents_views", {}),
        ("request.parents_views.future.x", {}),
        ("profile.parents_views.future", {}),
        ("request.has_sen.text", {}),
        ("request.parents_views.method", {}),
        ("request.parents_views.future", {"doubt": "whose?"}),
        ("request.parents_views.future", {"went_to": "request.yaml"}),
        ("request.parents_views.future", {"text": ""}),
        ("", {}),
    ],
)
def test_what_is_no_view_or_went_somewhere_already_is_left_out(about: str, more: dict[str, Any]) -> None:
    assert views(back(2, "Ms Brown", (about, "A job"), **more)) == {}
    assert views({"date": date(2026, 3, 2), "answers": [{"about": "request.parents_views.future", "text": "x"}]}) == {}


# -- words for codes --------------------------------------------------------------------------------------------------


def everywhere(name: str, shape: Any) -> set[str]:
    """Every code that a property of this name may hold in any schema."""
    if isinstance(shape, list):
        return set().union(*(everywhere(name, one) for one in shape))
    if not isinstance(shape, dict):
        return set()
    own = shape.get(name)
    found = set(own["enum"]) if isinstance(own, dict) and "enum" in own else set()
    return found.union(*(everywhere(name, one) for one in shape.values()))


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("pupil", "area", {**vocabulary.AREAS, NOT_KNOWN: vocabulary.AREA_NOT_KNOWN}),
        ("pupil", "sen_type", vocabulary.SEN_TYPES),
        ("meeting", "type", vocabulary.MEETINGS),
    ],
)
def test_every_code_of_a_record_has_its_words_and_no_other(kind: str, name: str, words: dict[str, str]) -> None:
    shape = json.loads((ROOT / "schemas" / f"{kind}.schema.json").read_text("utf-8"))
    assert everywhere(name, shape) == set(words)


def test_each_census_type_belongs_to_the_area_of_the_code() -> None:
    """SEND Code 6.28 to 6.35: the four broad areas of need; DS, OTH and NSA say no area."""
    by_area: dict[str, set[str]] = {}
    for one, area in vocabulary.AREA_OF_TYPE.items():
        by_area.setdefault(area, set()).add(one)
    assert by_area == {
        "cognition_and_learning": {"SPLD", "MLD", "SLD", "PMLD"},
        "communication_and_interaction": {"SLCN", "ASD"},
        "social_emotional_and_mental_health": {"SEMH"},
        "sensory_and_physical": {"HI", "VI", "MSI", "PD"},
    }
    assert set(vocabulary.AREAS) == set(by_area)
    assert set(vocabulary.SEN_TYPES) - set(vocabulary.AREA_OF_TYPE) == {"DS", "OTH", "NSA"}


def test_the_other_codes_are_the_fields_own() -> None:
    assert set(vocabulary.SEN_STATUS) == {"N", "K", "E"}
    assert set(vocabulary.PFA) == {"employment", "independent_living", "community_inclusion", "health"}
    assert set(vocabulary.STATUS) == {"met", "partly", "not_met"}
    assert set(vocabulary.DECISIONS) == {"stop", "change", "continue"}
    assert set(vocabulary.PROVISION_TYPES) == {"universal", "group", "one_to_one", "equipment", "specialist"}
    assert vocabulary.KEY_STAGES == {"EYFS": "Early years"}


@pytest.mark.parametrize(
    ("pronouns", "words"),
    [
        ("she", "she her hers herself"),
        ("him", "he him his himself"),
        ("they", "they them their theirs themself themselves"),
    ],
)
def test_every_form_of_a_pronoun_speaks_of_the_child(pronouns: str, words: str) -> None:
    assert all(speaks_of_the_child(f"tell {word}", {"forenames": "Jo", "pronouns": pronouns}) for word in words.split())


@pytest.mark.parametrize(
    "word",
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "mx",
        "mum",
        "dad",
        "mummy",
        "daddy",
        "nan",
        "nana",
        "gran",
        "grandad",
        "sister",
        "brother",
    ],
)
def test_a_title_or_a_relation_names_somebody_else(word: str) -> None:
    assert not speaks_of_the_child(f"ask {word}, she knows", ADA)
