"""What would satisfy a finding: a sentence with gaps, made of the family's own words and never of invented facts."""

from __future__ import annotations

import re
from datetime import date

import pytest

from generator.cli.text.findings_text import findings
from generator.problems import Problem
from generator.rules.grammar.pattern_table import toml
from generator.rules.grammar.rewrite import GAP, KnownFacts, completed, frame, seen, supplied
from tests.rules.measure import rows
from tests.rules.test_quality import BY_ID, RULES, STANDARD, TODAY, View, provision_case, target_case

FRAMES = toml("frames.toml")["frame"]


@pytest.mark.parametrize("row", FRAMES, ids=lambda row: row["about"][0])
def test_a_vague_target_gets_the_frame_of_what_it_is_about(row: dict[str, list[str]]) -> None:
    assert row["yes"]
    for sentence in row["yes"]:
        assert frame(sentence) == row["frame"], sentence


def problems(sentence: str, rule: str, **more: str) -> list[Problem]:
    row = {"kind": "target", "text": sentence, "by": "", "fails": "", **more}
    return BY_ID[rule].problems(View(target_case(row), STANDARD, TODAY))


def test_a_vague_target_is_rewritten_with_the_facts_that_are_there_and_gaps_for_the_rest() -> None:
    assert seen("Ada will improve her reading", KnownFacts("Ada", "4 December 2026", "22 of 100")) == (
        "Ada reads ___ of ___ words on sight by 4 December 2026 (now 22 of 100)"
    )
    said = seen("Ada will improve her reading", KnownFacts("Ada", "4 December 2026", "Reads a Year 2 text at 88%."))
    assert said.endswith("(now reads a Year 2 text at 88%)")
    bare = problems("Ada will improve her reading.", "smart-vague")[0].rewrite
    assert bare == "the pupil reads ___ of ___ words on sight by 4 December 2026 (now ___)"


def test_a_target_that_can_be_seen_keeps_its_words_and_gets_what_it_lacks() -> None:
    known = KnownFacts("Ada", "4 December 2026", "once a day", "", "tally by Mrs Begum")
    assert completed("Asks for help.", known) == "Asks for help, ___ times of ___, by 4 December 2026 (now once a day)"
    assert completed("Reads 60 of 100 words by HT2 (now 22), weekly probe", KnownFacts("Ada")) == (
        "Reads 60 of 100 words by HT2 (now 22), weekly probe"
    )


def test_provision_is_rewritten_once_for_all_that_it_lacks() -> None:
    row = {"title": "Lego therapy", "type": "group", "delivered_by": "Teaching assistant (Mr Singh)"}
    view = View(provision_case({**row, "minutes": "30"}), STANDARD, TODAY)
    found = [problem for rule in RULES if rule.id.startswith("provision-") for problem in rule.problems(view)]
    assert {problem.rewrite for problem in found} == {
        "Lego therapy, given by somebody who is trained in ___ by ___ (___), in a group of ___, ___ times a week, "
        "until ___"
    }


def test_training_is_that_of_the_adult_and_not_of_what_is_given() -> None:
    assert supplied("Phonics group with radio aid.", ["expertise"]) == (
        "Phonics group with radio aid, given by somebody who is trained in ___ by ___ (___)"
    )
    assert supplied("Phonics group", ["who", "expertise", "group"]) == (
        "Phonics group, given by ___ (name or role), who is trained in ___ by ___ (___), in a group of ___"
    )


def test_the_vague_words_give_way_to_the_gaps() -> None:
    row = {"title": "Movement breaks as required", "type": "universal", "delivered_by": "Class teacher"}
    found = BY_ID["provision-vague"].problems(View(provision_case(row), STANDARD, TODAY))
    assert found[0].rewrite == "Movement breaks, in ___ (which lessons or moments?)"


def test_no_rewrite_holds_a_figure_or_a_name_that_the_file_does_not_hold() -> None:
    for row in rows("working", "targets"):
        view = View(target_case({**row, "kind": "target", "by": "", "fails": ""}), STANDARD, TODAY)
        known = f"{row['text']} 4 December 2026 the pupil"
        for rule in ("smart-vague", "smart-measure", "outcome-is-hope", "outcome-is-provision", "smart-how"):
            for problem in BY_ID[rule].problems(view):
                if problem.rewrite != "":
                    assert GAP in problem.rewrite, problem.rewrite
                assert set(re.findall(r"\d+", problem.rewrite)) <= set(re.findall(r"\d+", known)), problem.rewrite


def advice(line: int, hint: str, rewrite: str = "") -> Problem:
    return Problem("cases/a/plan.yaml", line, 1, "quality", "smart-how", f"target {line}", hint, "", rewrite)


def test_advice_that_is_repeated_is_said_once_below_what_it_is_for() -> None:
    told = list(findings([advice(3, "add `measure:`"), advice(7, "add `by:`"), advice(9, "add `measure:`")], "Ada"))
    assert told[1:] == [
        "  Advice",
        "    cases/a/plan.yaml:3:1: advice: target 3",
        "    cases/a/plan.yaml:9:1: advice: target 9",
        "      for these 2: add `measure:`",
        "    cases/a/plan.yaml:7:1: advice: target 7 (add `by:`)",
    ]


def test_a_rewrite_is_shown_once_and_goes_with_the_finding_to_other_programs() -> None:
    told = list(findings([advice(3, "", "Ada reads ___"), advice(4, "", "Ada reads ___")], "Ada"))
    assert told.count("      could read: Ada reads ___") == 1
    assert advice(3, "", "Ada reads ___").as_dict()["rewrite"] == "Ada reads ___"


def test_the_day_of_the_review_stands_in_the_rewrite_of_a_late_target() -> None:
    late = problems("Reads 60 words by 12 March 2027.", "smart-late")[0]
    assert late.rewrite == "___ (a smaller step) by 4 December 2026"
    assert date(2026, 12, 4) < date(2027, 3, 12)
