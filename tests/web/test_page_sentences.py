"""What other rooms say, as sentences of a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build.out_of_date import Outcome
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.web.beside_server.long_work import _outcomes
from generator.web.wording import _TICKS, sentences
from tests.web.conftest import REPO


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("pupil.yaml says two things", "pupil.yaml says two things."),
        ("cases/ada/request.yaml has errors.", "cases/ada/request.yaml has errors."),
        ("accept_loss is missing", "accept_loss is missing."),
        ("done. It is kept", "Done. It is kept."),
        ("nothing was written", "Nothing was written."),
        ("a day is missing", "A day is missing."),
    ],
)
def test_a_sentence_begins_with_a_capital_unless_with_the_name_of_a_file(said: str, shown: str) -> None:
    assert sentences(said) == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("9 places are still to be filled in: lines 38, 49, 52 and on", "9 places are still to be filled in."),
        ("one place is still to be filled in: line 221", "One place is still to be filled in."),
        ("write them, or take the key out", "Write them, or leave the field empty."),
        ("the line: 3 words", "The line: 3 words."),
    ],
)
def test_lines_and_keys_of_a_file_are_not_spoken_of_on_a_page(said: str, shown: str) -> None:
    assert sentences(said) == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "ask for a page that says so (--placeholder)",
            "Ask for a page that says so (the tick “Put a visible page where a part cannot go in”).",
        ),
        ("leave out --ocr.", "Leave out the tick “Make scans searchable”."),
        ("--force makes it again", "The tick “Also what was edited by hand” makes it again."),
        ("Say its day with --meeting 8/12/2026.", "Say its day with “For the meeting on” 8/12/2026."),
        ("Give another day with --date.", "Give another day with “Day”."),
        ('Name each: --to "Mr Castle=Mathematics" --to "Ms Ortiz".', "Name each: “Mr Castle=Mathematics” “Ms Ortiz”."),
        ("Did you mean Samira Brown (--to samira)?", "Did you mean Samira Brown?"),
        ("--dates of the --ocr-file", "--dates of the --ocr-file."),
    ],
)
def test_options_of_commands_are_said_as_the_ticks_and_boxes_of_the_page(said: str, shown: str) -> None:
    assert sentences(said) == shown


def test_the_page_has_the_ticks_that_its_sentences_name() -> None:
    pages = "".join(file.read_text("utf-8") for file in (REPO / "generator/web/templates").glob("*.j2"))
    assert [words for words in _TICKS.values() if f">{words}" not in pages] == []


@pytest.mark.whole
def test_what_was_made_says_whose_copy_it_is_and_of_whom(school: Path) -> None:
    loaded = load_case(find_project(school), "ada-brown")
    letter = Outcome("ada-brown", "letter-samira", "Letter to the parents", "made", "new", pages=2)
    said = [[one.words for one in _outcomes([letter], [loaded], named)] for named in (False, True)]
    assert said == [
        ["made: Letter to the parents, for Samira Brown, 2 pages (new)"],
        ["made: Letter to the parents of Ada Brown, for Samira Brown, 2 pages (new)"],
    ]
