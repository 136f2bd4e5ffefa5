"""A target is named in the review of a cycle, so that nobody turns back to see which one “Target 3” was."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.documents.printed_facts.cycle_facts import says_by_when
from generator.documents.printed_facts.target_names import counted_in, target_name, target_names
from generator.folder.school_folder import BUILT_IN
from tests.documents.test_new_documents import changed, desk_of, texts


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ({"unit": "words of 20", "text": "x"}, "Words"),
        ({"unit": "purchases out of 10", "text": "x"}, "Purchases"),
        ({"unit": "times a week", "text": "Toby asks."}, "Toby asks"),  # was: Times a week
        ({"unit": "days of 5", "text": "Toby asks."}, "Toby asks"),  # was: Days
        ({"unit": "Lessons out of 25", "text": "Toby stays."}, "Toby stays"),
        ({"unit": "lessons stayed in", "text": "x"}, "Lessons stayed in"),
        ({"unit": "out of 10", "text": "Toby asks."}, "Toby asks"),  # was: Out
        ({"unit": "of 10", "text": "Toby asks."}, "Toby asks"),
        ({"unit": "%", "text": "Toby asks."}, "Toby asks"),  # was: %
        ({"text": "Toby asks."}, "Toby asks"),
        (
            {"text": "Toby writes his own list of four steps for 3 of 4 jobs."},
            "Toby writes his own list of four steps …",
        ),
        (
            {"text": "Anjali records end-of-day pain of 4 or less on 3 of 5 days in November."},
            "Anjali records end-of-day pain …",  # was: … pain of 4 or …
        ),
        (
            {"text": "By 30 November Zoë uses her card in 3 of 4 lessons."},
            "By 30 November Zoë uses her card …",  # was: … her card in 3 …
        ),
        (
            {"text": "Using the Year 4 word list Ada spells 15 of 20 words."},
            "Using the Year 4 word list Ada spells …",  # was: Using the Year …
        ),
        (
            {"text": "In Years 3 to 4 words, Tom is right in 15 of 20 at home."},
            "In Years 3 to 4 words, Tom is right …",
        ),
        ({"text": "Works well in a group of 3 without an adult beside her."}, "Works well in a group …"),
        ({"text": "Reads a book at Level 3 with 95% of the words right."}, "Reads a book at Level 3 …"),
        ({"text": "Ada reads 17 new words with two sounds together."}, "Ada reads 17 new words with two sounds …"),
    ],
)
def test_the_name_is_what_is_counted_or_the_first_words(target: dict[str, str], name: str) -> None:
    assert target_name(target) == name
    assert counted_in(target).startswith(name.removesuffix(" …"))


def test_targets_of_one_review_that_count_the_same_are_told_apart() -> None:
    rows = [{"unit": "words of 20", "text": "Ada reads."}, {"unit": "words", "text": "Ada spells."}]
    assert target_names(rows) == ["Ada reads", "Ada spells"]  # was: Words, Words
    assert target_names(rows[:1]) == ["Words"]
    rows = [{"text": f"Ada writes her own list for {many} of 5 stories without help."} for many in (3, 5)]
    assert target_names(rows) == ["Ada writes her own list for 3 of 5 …", "Ada writes her own list for 5 of 5 …"]
    rows = [{"text": f"Ada writes her own list for the stories without help {place}."} for place in ("here", "at home")]
    assert target_names(rows) == [row["text"][:-1] for row in rows]


@pytest.mark.whole
def test_the_review_names_each_target_and_a_planning_meeting_begins_with_when_and_who() -> None:
    told = texts(desk_of(BUILT_IN, "ada-brown"), "cycle", "pcp-meeting")
    review = told["cycle-2026-summer"].split("Targets: how far we came")[1]
    assert "1. Words" in review and "Target 1" not in review  # was: Target 1
    [meeting] = [text for name, text in told.items() if name.startswith("pcp-meeting")]
    assert meeting.index("When and where") < meeting.index("What people like and admire")


def test_a_target_that_names_its_day_has_no_second_one(tmp_path: Path) -> None:
    own = "      by: 4 December 2026\n      start_value: 3.6\n"
    desk = changed(tmp_path, "kacper-wisniewski", "cycles/2026-autumn.yaml", own, "      start_value: 3.6\n")
    told = texts(desk, "cycle")["cycle-2026-autumn"]
    assert "in sentences of 5 words on average by 4 December." in told
    assert "7 Dec 2026" not in told and "None" not in told  # was: By 7 Dec 2026, the day of the review


@pytest.mark.parametrize(
    "day",
    ["by 4 December", "by 4 Dec 2026", "by the 4th of December", "before Friday 4th Dec", "until December 4, 2026",
     "by Friday, 4 December 2026", "By 04/12/2026", "by 4.12.26", "before 2026-12-04", "by 9 Sept"],
)  # fmt: skip
def test_a_day_up_to_which_a_target_goes_is_its_own(day: str) -> None:
    assert says_by_when(f"Kacper writes 5 words {day}.")


@pytest.mark.parametrize(
    "text",
    ["… 5 words on average from 8 October on.", "Since 3 September Ada has read alone.", "Reaches level 1.2.10.",
     "Copies the date 5 May without help.", "Reads by himself. 5 May is past.", "Has 4 marks by the end of term."],
)  # fmt: skip
def test_any_other_day_leaves_the_day_of_the_review(text: str) -> None:
    assert not says_by_when(text)
