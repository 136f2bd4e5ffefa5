"""The grammar of SENCOs' sentences: every pattern finds its own examples and its table finds none of the others."""

from __future__ import annotations

import re

import pytest

from generator.rules.grammar import provision_sentence as says
from generator.rules.grammar.outcome_sentence import is_hope, is_provision
from generator.rules.grammar.pattern_table import PatternTable, tables, toml
from generator.rules.grammar.target_sentence import is_dated, is_measured, is_vague
from generator.values.shorthand import plain, shorthand, small
from tests.rules.measure import measured

FILES = ("provision.toml", "targets.toml", "outcomes.toml")
TABLES = [(file, table) for file in FILES for table in tables(file).values()]


def found(table: PatternTable, file: str, sentence: str) -> bool:
    """Provision is looked at in its plain form, targets and outcomes in small letters too."""
    texts = (plain(sentence),) if file == "provision.toml" else (plain(sentence), small(sentence))
    return bool(table.search(*texts))


@pytest.mark.parametrize(("file", "table"), TABLES, ids=[f"{file}-{table.name}" for file, table in TABLES])
def test_every_pattern_finds_its_examples_and_the_table_finds_no_counter_example(
    file: str, table: PatternTable
) -> None:
    for entry in table.entries:
        assert entry.yes, entry.what
        alone = PatternTable(table.name, (entry,))
        assert [said for said in entry.yes if not found(alone, file, said)] == [], entry.what
        assert [said for said in entry.no if found(table, file, said)] == [], entry.what


@pytest.mark.parametrize("row", shorthand()["change"], ids=lambda row: row["example"][0])
def test_shorthand_becomes_what_its_example_says(row: dict[str, list[str]]) -> None:
    written, meant = row["example"]
    assert plain(written) == meant
    assert re.search(str(row["pattern"]), small(written))


def test_a_short_word_means_one_thing() -> None:
    shorts = [short for ways in shorthand()["words"].values() for short in ways]
    assert len(shorts) == len(set(shorts))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("8.40-8.55", "15 minute"),
        ("Mon & Wed 13:15–13:35.", "monday and wednesday 20 minute."),
        ("9-12 daily", "180 minute daily"),
        ("9am-1pm", "240 minute"),
        ("11.45 to 12.15", "30 minute"),
        ("10-15 mins", "10-15 minute"),  # a length, not a time of day
        ("wks 1-8", "week 1-8"),
        ("Phase 3 - 5", "phase 3 - 5"),
    ],
)
def test_clock_times_become_minutes_and_nothing_else_does(written: str, meant: str) -> None:
    assert plain(written) == meant


PARTS = {
    "who": ["TA", "LSA", "HLTA", "ELSA", "SALT", "EP", "CT", "with Miss Lee", "by Jo"],
    "how_often": ["x3 weekly", "every Thurs", "2x20 mins", "5 times a day", "M/W/F"],
    "how_long": ["8.40-8.55", "one hour", "half a lesson", "2x20 mins", "15m"],
    "until_when": [
        *("one half term", "6 sessions", "weeks 6 and 12", "HT2", "Autumn 2", "Sept to Feb half term", "all year"),
        *("by HT6", "end of term, by end of Spring 2", "by 20 Nov", "for six weeks to 14 May", "for 6/52"),
    ],
    "group_size": ["three Y7s", "up to 6", "1-1", "pair", "LSA+5", "grp of four", "Small group (4)"],
    "expertise": ["trained by the SaLT 12/9", "AMBDA", "ELSA", "shown by physio 18/9"],
}


@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_read_as_it_is_written(part: str) -> None:
    says_it = getattr(says, "says_who" if part == "who" else f"says_{part}")
    assert [said for said in PARTS[part] if not says_it(said)] == []


def test_the_child_is_not_the_one_who_gives_it() -> None:
    assert says.says_who("reads with Jo", "Ada")
    assert not says.says_who("reads with Ada", "Ada")


def test_a_day_of_training_is_no_end() -> None:
    assert not says.says_until_when("TA trained in Autumn 1, daily 10 mins")
    assert says.says_until_when("TA trained in Autumn 1, daily 10 mins, until Easter")
    assert says.says_until_when("Mrs P - RWI trained - to end of Autumn 2")


@pytest.mark.parametrize("kind", ["yes", "no"])
def test_words_that_could_stand_in_any_plan_are_told_from_those_that_could_not(kind: str) -> None:
    for row in toml("universal.toml")["sentences"]:
        for sentence in row[kind]:
            assert (says.is_general(sentence) or bool(says.vague_phrase(sentence))) == (kind == "yes"), sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "By HT6 Ada asks her teacher for help, by hand or word, in 4 of 5 lessons.",
        "Tells the TA what he needs in a sentence of 4+ words, 3x per lesson, by HT4",
        "Kit travels on the 42 bus on his own five days a week by 20 Nov",
        "Reads to a TA for 5 minutes w. no more than 3 errors by 12 Dec",
    ],
)
def test_a_good_outcome_that_names_an_adult_is_left_alone(sentence: str) -> None:
    assert not is_provision(sentence) and not is_hope(sentence) and not is_vague(sentence)
    assert is_measured(sentence) and is_dated(sentence)


def test_provision_and_hopes_in_shorthand_are_found() -> None:
    assert is_provision("to have daily group with Miss Lee") and is_provision("SaLT to visit x2 termly")
    assert is_hope("Mum hopes Cora will be less anxious")


@pytest.mark.whole
@pytest.mark.parametrize("half", ["working", "unopened"])
def test_marked_sentences_are_judged_as_the_hand_did(half: str) -> None:
    """Nineteen in twenty: of what is sent back, and of what should be. The misses are printed by `measure`."""
    for name, score in measured(half).items():
        if name.startswith("sent back"):
            hits, told = score.precision
            assert hits / told >= 0.95, (name, score.false_alarms)
            hits, marked = score.recall
            assert hits / marked >= 0.95, (name, score.missed)
