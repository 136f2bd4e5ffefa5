"""What a finding names as a key, a file or a command: shown by its title, with the page's own way to it beside."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.problems import Problem
from generator.web.record_form.places import keys_meant
from generator.web.ways import PUPIL_DOORS, SCHOOL_DOORS, doors, in_titles, to_get_ready, ways_of, without_command
from tests.web.client import Page

PLAN = "cases/ada-brown/plan.yaml"


def problem(hint: str, *keys: str | int, path: str = PLAN) -> Problem:
    """A finding with a hint."""
    return Problem(path, 1, 1, "quality", "a-rule", "something is missing", hint, keys=keys)


@pytest.mark.whole
def test_names_of_the_file_are_shown_by_their_titles(inside: object) -> None:
    assert in_titles("add next_meeting", "cases/ada-brown/meetings/x.yaml") == "add “Next meeting”"
    assert in_titles("add `success_measure:` with what is looked at", PLAN).startswith("add “")
    assert in_titles("list the training in school.yaml", PLAN) == "list the training in “School”"
    path = "cases/ada-brown/behaviour-plan.yaml, lines 38 and 49"
    assert in_titles(path, "") == "“Behaviour support plan”, lines 38 and 49"
    assert in_titles("cases/ada-brown/cycles/2026-autumn.yaml changed", "").endswith(": 2026-autumn” changed")
    assert in_titles("attainment and rate of progress: nothing answers it", PLAN).count("“") == 0
    assert in_titles("`impact` is empty", "cases/ada-brown/pupil.yaml", ("needs", 0, "impact")).startswith("“Effect on")


@pytest.mark.whole
def test_a_finding_leads_to_the_field_that_its_hint_names(inside: object) -> None:
    [door] = ways_of(problem("add review_date", "outcomes", 0))
    assert door.words.endswith("Review date") and door.address.endswith("#f-review_date") and "ada" not in door.address
    [door] = ways_of(problem("add `success_measure:` with what is looked at", "outcomes", 1, "text"))
    assert door.address.endswith("#f-outcomes-1-success_measure")
    [door] = ways_of(problem("say who", "outcomes", 1, "text"))
    assert door.address.endswith("#f-outcomes-1-text")


def test_a_record_that_is_missing_is_begun_by_a_button(inside: object) -> None:
    [door] = ways_of(
        problem("`sendpack new request idris-chowdhury` begins one", path="cases/idris-chowdhury/request.yaml")
    )
    assert door.kind == "request" and door.words.startswith("Begin: ")
    [door] = doors(
        "Talk with the parents: sendpack new meeting idris-chowdhury --type early_discussion", "idris-chowdhury"
    )
    assert (door.kind, door.meeting) == ("meeting", "early_discussion") and door.words.endswith("Early discussion")
    assert without_command("Talk with the parents: sendpack new meeting x") == "Talk with the parents"


@pytest.mark.whole
def test_only_a_whole_sentence_gives_way_to_the_button(inside: object) -> None:
    assert in_titles("`sendpack new plan ada-brown` begins one; add review_date", PLAN) == "add “Review date”"
    assert in_titles("Look again. `sendpack new plan ada-brown` begins one.", PLAN) == "Look again. "
    kept = in_titles("it is kept with the form, and `sendpack new request ada-brown` takes it over", "")
    assert kept.startswith("it is kept with the form, and “Begin: ") and kept.endswith("” takes it over")


@pytest.mark.whole
def test_every_door_opens(page: Page, inside: object) -> None:
    text = " ".join(f"sendpack {command}." for command in (*PUPIL_DOORS, *SCHOOL_DOORS))
    found = doors(text, "kacper-wisniewski")
    assert len(found) > 15
    for door in found:
        assert page.get(door.address).status == 200, door


@pytest.mark.whole
def test_what_a_request_still_needs_has_a_way(inside: object, school: Path) -> None:
    (school / "cases/ada-brown/my-support-plan.yaml").unlink(missing_ok=True)
    [begun] = to_get_ready(
        "`sendpack new my-support-plan ada-brown` writes my-support-plan.yaml for you to fill in", "ada-brown"
    )
    assert begun.kind == "my-support-plan"
    [begun] = to_get_ready("`sendpack new meeting ada-brown --type pcp` begins one", "ada-brown")
    assert (begun.kind, begun.meeting) == ("meeting", "pcp")
    [field] = to_get_ready("say why in has_sen: text", "ada-brown")
    assert field.address.endswith("#f-has_sen")


@pytest.mark.whole
def test_a_key_beside_is_meant_and_one_that_is_named_on_the_way_is_not_doubled(inside: object) -> None:
    from generator.web.workplace import workplace

    shape = workplace().project.schemas.shape("plan")
    assert keys_meant(problem("write review_date as a day", "review_date"), shape) == ("review_date",)
    assert keys_meant(problem("nothing is named", "outcomes", 0), shape) == ("outcomes", 0)
