"""What the page says of a finding: titles of the form, and no key, code, id, command or file's name."""

from __future__ import annotations

import re

import click
import pytest
from flask import render_template

from generator.cli.main import COMMANDS
from generator.problems import WrongUse
from generator.rules.rule_list import RULES
from generator.web.ways import FLAGS, PUPIL_DOORS, SCHOOL_DOORS, in_titles
from generator.web.wording import sentences
from tests.rule_examples import FOLDER, read_example

PLAN = "cases/ada-brown/plan.yaml"
CYCLE = "cases/ada-brown/cycles/2026-autumn.yaml"
MEETING = "cases/ada-brown/meetings/2026-11-17-review.yaml"
REQUEST = "cases/ada-brown/request.yaml"


SAID = (
    (PLAN, (), "`sendpack new` begins one", ""),
    (PLAN, (), "`sendpack new plan ada-brown` begins one", ""),
    (MEETING, ("copies",), "send copies: `sendpack issue` keeps them", "send copies: “Give out a document” keeps them"),
    (PLAN, (), "sendpack issue ada-brown support-plan --to dad gives it", "“Give out a document” gives it"),
    (
        MEETING,
        (),
        "add the early discussion to meetings/, with the parents",
        "add the early discussion to “Meeting”, with",
    ),
    (MEETING, (), "what was tried in class (tried) and", "what was tried in class (“Already tried”) and"),
    ("cases/ada-brown/pupil.yaml", ("sen_status", 0), "does not say why (reason)", "does not say why (“Why”)"),
    (PLAN, (), "say under adjustments what every adult does", "say under “Adjustments” what every adult does"),
    (CYCLE, (), "add `barriers:` what is in the way", "add “Barriers”: what is in the way"),
    (PLAN, (), "add `success_measure:` with what is looked at", "add “How we shall know” with what is looked at"),
    (MEETING, ("people",), "add a row under people, with came: apologies", "under “People”, with “Came”: Apologies"),
    (PLAN, (), "through an EHC plan: no evidence is named", "through an EHC plan: no evidence is named"),
    (
        REQUEST,
        ("has_sen",),
        "list the ids from evidence.yaml under `has_sen:` evidence",
        "“Has or may have special educational needs”, “",
    ),
    (
        REQUEST,
        (),
        "with answer: and one of will_assess, will_not_assess",
        "with “Answer of the authority” and one of “Will assess”",
    ),
    (CYCLE, (), "add its result: met, partly or not_met", "add its result: met, partly or “Not met”"),
    (PLAN, (), "add staff_informed: name, role and date", "add “Staff informed”: name, role and date"),
    (PLAN, (), "or add copies: to, date, format", "or add “Copies given”: to, date, format"),
    ("", (), "phase_transfer: before a move to another", "“Phase transfer”: before a move to another"),
    ("", (), "may be used: {{ words.support_plan }}.", "{{ words.support_plan }}"),
    ("", (), "the agreement; not_known until he has said", "the agreement; “Not known” until he has said"),
    (CYCLE, (), "choose them under assess: agencies, or say", "under “Assess”, “Services that took part”, or say"),
    (PLAN, (), "“under review and (tried), words_a” is said", "“under review and (tried), words_a” is said"),
    (CYCLE, (), "“Reads words-50 and blends-16 aloud” has no date", "“Reads words-50 and blends-16 aloud” has no date"),
    (PLAN, (), "then: sendpack build ada-brown --only plan --force (kept)", "then: “The pupil’s documents” (kept)"),
    (PLAN, (), "sendpack answered ada-brown will-assess --date 24/11/2026", "“Request and bundle”"),
    (PLAN, (), "Look at it with sendpack check ada-brown.", "Look at it with “The pupil’s page”."),
)


@pytest.mark.whole
@pytest.mark.parametrize(("path", "keys", "words", "shown"), SAID)
def test_names_of_the_files_are_shown_as_the_form_shows_them(
    inside: object, path: str, keys: tuple[str | int, ...], words: str, shown: str
) -> None:
    said = in_titles(words, path, keys)
    assert (said == "") if not shown else (shown in said), said


@pytest.mark.whole
def test_what_an_id_stands_for_is_said_and_not_the_id(inside: object) -> None:
    said = in_titles("the target words-100 does not say how", CYCLE)
    assert "words-100" in said  # no such target: what is not known is left as it stands
    said = in_titles("the outcome reads-alone does not say", PLAN)
    from generator.web.workplace import workplace

    case = workplace().folder.pupil("ada-brown").loaded.readable
    assert case is not None
    for row in case.data("plan")["outcomes"]:
        shown = in_titles(f"The outcome {row['id']} does not say", PLAN)
        assert row["id"] not in shown.split() and str(row["text"])[:20] in shown
    for row in case.data("pupil")["needs"]:
        assert in_titles(f"about the need {row['id']} ({row['title']})", PLAN).startswith("about the need “")


def test_the_page_that_something_was_not_done_names_pages_and_no_commands(inside: object) -> None:
    stop = WrongUse("output/x.docx was edited", "Then: sendpack build ada-brown --only plan --force (yours is kept).")
    shown = render_template("stopped.html.j2", stop=stop)
    assert "Then: “The pupil’s documents” (yours is kept)." in shown and "sendpack build" not in shown


def test_no_option_without_a_value_takes_the_word_behind_it_for_one() -> None:
    doors = {**PUPIL_DOORS, **SCHOOL_DOORS}
    groups = [command for command in COMMANDS if command.name in doors]
    every = [*groups, *(below for one in groups for below in getattr(one, "commands", {}).values())]
    options = [option for one in every for option in one.params if isinstance(option, click.Option) and option.is_flag]
    assert {name for one in options for name in one.opts if name.startswith("--")} <= set(FLAGS)


_COMMANDS = "|".join(("new", *PUPIL_DOORS, *SCHOOL_DOORS))
_OF_FILES = re.compile(rf"`|sendpack (?:{_COMMANDS})\b|\w\.yaml|\b(?:cycles|meetings)/|\b[a-z]+_[a-z_]+\b")


@pytest.mark.whole
def test_no_finding_of_any_rule_speaks_of_files(inside: object) -> None:
    found = [
        problem
        for rule in RULES
        for path in sorted((FOLDER / rule.id).glob("bad*.yaml"))
        for problem in rule.problems(read_example(path).view)
    ]
    assert len(found) > 200
    said = [
        f"{problem.rule}: {sentences(in_titles(words, problem.path, problem.keys))}"
        for problem in found
        for words in (problem.message, problem.hint)
    ]
    wrong = [words for words in said if _OF_FILES.search(words)]
    assert not wrong, "\n".join(wrong)
