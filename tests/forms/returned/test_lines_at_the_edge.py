"""Lines of a returned form: which printed line each is, what was added to it, which box, and days written by hand."""

from __future__ import annotations

from datetime import date

import pytest

from generator.forms.given.printed_lines import PrintedLine
from generator.forms.returned.lines.align_lines import aligned, coverage, likeness
from generator.forms.returned.lines.line_answers import Added, Boxes, boxes_read, trimmed, words_added
from generator.forms.returned.lines.returned_line import ReturnedLine
from generator.forms.returned.lines.written_dates import written_day

NEAR = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1/12/26", date(2026, 12, 1)),
        ("30.11.2026", date(2026, 11, 30)),
        ("2026-12-01", date(2026, 12, 1)),
        ("2nd Dec 2026", date(2026, 12, 2)),
        ("Tuesday 1 December", date(2026, 12, 1)),
        ("Tues, 1st of December '26", date(2026, 12, 1)),
        ("Dec 1, 2026", date(2026, 12, 1)),
        ("December 1st 26", date(2026, 12, 1)),
        ("3 Jan.", date(2027, 1, 3)),
        ("1/12", date(2026, 12, 1)),
        ("on 1 December we met", date(2026, 12, 1)),
        ("22 May", date(2026, 5, 22)),
        ("21 May", date(2027, 5, 21)),
        ("19 June", date(2026, 6, 19)),
        ("31/02/2026", None),
        ("soon", None),
        ("32/1", None),
        ("12", None),
        ("1 Foo 2026", None),
    ],
)
def test_a_day_written_by_hand_is_read(text: str, day: date | None) -> None:
    assert written_day(text, NEAR) == day


@pytest.mark.parametrize(
    ("text", "near", "day"),
    [
        ("29 Feb", date(2027, 6, 1), date(2028, 2, 29)),
        ("29 Feb", date(2026, 6, 1), None),
        ("1 July", date(2026, 1, 1), date(2026, 7, 1)),
        ("3 July", date(2026, 1, 1), date(2025, 7, 3)),
    ],
)
def test_a_year_that_is_not_written_is_the_nearest(text: str, near: date, day: date | None) -> None:
    assert written_day(text, near) == day


# -- what was added ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (" – Ann", "Ann"),
        (": 12", "12"),
        ("☐ yes ☒", "yes"),
        ("...", ""),
        ("-", ""),
        ("_", ""),
        ("Łódź", "Łódź"),
        ("好", "好"),
        ("--", ""),
        ("A-", "A-"),
        ("☐", ""),
    ],
)
def test_added_words_are_without_what_ties_them_to_the_label(text: str, left: str) -> None:
    assert trimmed(text) == left


NAME = PrintedLine("Name:      Date:", "q", (("Name:", "name"), ("Date:", "date")))


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("Name: Ann Brown      Date: 1 May", [("name", "Ann Brown"), ("date", "1 May")]),
        ("Name:      Date: 1 May", [("date", "1 May")]),
        ("Name:      Date:", []),
        ("Name: Ann      Date:", [("name", "Ann")]),
    ],
)
def test_words_behind_a_label_answer_its_question(text: str, added: list[tuple[str, str]]) -> None:
    assert words_added(NAME, text) == [Added(*one) for one in added]


def test_words_before_any_label_answer_the_question_of_the_line() -> None:
    assert words_added(PrintedLine("What helps?", "helps"), "What helps? A card") == [Added("helps", "A card")]
    twice = words_added(PrintedLine("I like and want", "likes"), "I like dogs and want cats")
    assert twice == [Added("likes", "dogs cats")]


@pytest.mark.parametrize(
    ("text", "chosen", "beside", "doubt"),
    [
        ("☒ Yes   ☐ No", ("Yes",), "", ""),
        ("☐ Yes   ☒ No", ("No",), "", ""),
        ("☐ Yes   ☐ No", (), "", ""),
        ("☒ Yes   ☒ No", ("Yes", "No"), "", "more than one box is ticked"),
        ("☐ x Yes   ☐ No", ("Yes",), "", ""),
        ("x ☐ Yes   ☐ No", ("Yes",), "", ""),
        ("☐ Yes x   ☐ No", ("Yes",), "", "a mark stands behind “Yes”, its box is empty"),
        ("☒ Yes at home   ☐ No", ("Yes",), "at home", ""),
        ("Yes", ("Yes",), "", "the box was deleted, “Yes” stays"),
        ("Yes   No", (), "", ""),
        ("☐ No", (), "", ""),
        (
            "☐ Yes ✓  ☐ No ✓",
            ("Yes", "No"),
            "",
            "; ".join(
                (
                    *(f"a mark stands behind “{one}”, its box is empty" for one in ("Yes", "No")),
                    "more than one box is ticked",
                )
            ),
        ),
    ],
)
def test_a_row_of_boxes_says_which_is_chosen_and_why_that_is_not_sure(
    text: str, chosen: tuple[str, ...], beside: str, doubt: str
) -> None:
    assert boxes_read(("Yes", "No"), text) == Boxes(chosen, beside, doubt)


@pytest.mark.parametrize(
    ("words", "chosen"),
    [(("Yes",), ("Yes",)), ((" yes ",), ("Yes",)), (("",), ()), (("Maybe",), ()), (("Ye",), ("Yes",))],
)
def test_a_highlighted_word_is_chosen_with_a_doubt_where_no_box_is_ticked(
    words: tuple[str, ...], chosen: tuple[str, ...]
) -> None:
    found = boxes_read(("Yes", "No"), "☐ Yes   ☐ No", words)
    assert found.chosen == chosen and found.doubt == ("“Yes” is highlighted, no box is ticked" if chosen else "")
    assert boxes_read(("Yes", "No"), "☐ Yes   ☒ No", words).chosen == ("No",)


@pytest.mark.parametrize(("text", "question"), [("x1 Aa Bb", "a"), ("Aa x1 Bb", "a"), ("Aa Bb x1", "b")])
def test_words_belong_to_the_label_before_them(text: str, question: str) -> None:
    line = PrintedLine("Aa Bb", "q", (("Aa", "a"), ("Bb", "b")))
    assert words_added(line, text) == [Added(question, "x1")]


def test_a_box_of_another_row_and_a_mark_of_another_word_choose_nothing() -> None:
    assert boxes_read(("Yes",), "☒ Yes at home ☐ else ☒ x").beside == "at home"
    assert boxes_read(("Yes", "No"), "Yes ☒").chosen == () == boxes_read(("Yes", "No"), "x: ☐ Yes   ☐ No").chosen


# -- which line -------------------------------------------------------------------------------------------------------

PLAIN = PrintedLine("What helps you most?", "q")


@pytest.mark.parametrize(
    ("ours", "theirs", "printed", "alike"),
    [
        ("what helps", "what helps", PLAIN, 1.0),
        ("", "x", PLAIN, 0.0),
        ("x", "", PLAIN, 0.0),
        ("name", "name ann brown of the hill", PLAIN, 0.95),
        ("dob", "dob 1 may", PLAIN, 0.95),
        ("no", "no thank you", PLAIN, 0.0),
        ("name", "named ann brown of the hill", PLAIN, 0.0),
        ("what helps you", "what help you", PLAIN, 26 / 27),
        ("names", "names", PLAIN, 1.0),
        ("namesx", "namesy", PLAIN, 0.0),
        ("what helps you most in class", "x what helps you most in class today", PLAIN, 0.875),
        ("yes no perhaps", "yes a no b perhaps c d e f g", PrintedLine("x", options=("Yes", "No")), 0.85),
        ("yes no perhaps", "a yes b no c perhaps d e f g h", PLAIN, 0.0),
        (
            "name date",
            "name ann brown date of the first of may",
            PrintedLine("x", labels=(("Name", "n"), ("Date", "d"))),
            0.85,
        ),
        ("it helps yes no", "it helps", PrintedLine("x", labels=(("It helps", "q"),), options=("Yes", "No")), 0.7),
        ("it helps yes no", "it helps", PrintedLine("x", labels=(("It helps", "q"),)), 0.0),
        ("he is yes no", "he is", PrintedLine("x", labels=(("He is", "q"),), options=("Yes",)), 0.0),
    ],
)
def test_how_certainly_a_returned_line_is_a_printed_one(
    ours: str, theirs: str, printed: PrintedLine, alike: float
) -> None:
    assert likeness(ours, theirs, printed) == pytest.approx(alike, abs=0.001)


ONE = PrintedLine("x", labels=(("Name", "n"),))


@pytest.mark.parametrize(
    ("ours", "theirs", "printed", "alike"),
    [
        ("names", "namess", PLAIN, 0.0),
        ("namesx", "namesxy", PLAIN, 12 / 13),
        (
            "what helps you most in class",
            "x yz what helps you most in class today and in the long break too",
            PLAIN,
            0.8,
        ),
        ("what helps", "x yz what helps today and in the long break too", PLAIN, 0.0),
        ("name date", "name ann brown date of the first of may", ONE, 0.0),
        ("it has yes no", "we went out", PrintedLine("x", labels=(("It has", "q"),), options=("Yes",)), 0.0),
        ("it has yes no", "it has", PrintedLine("x", labels=(("It has", "q"),), options=("Yes",)), 0.7),
        ("no", "no thank you", PLAIN, 0.0),
        ("dob", "dob 1 may 2018 in york", PLAIN, 0.95),
    ],
)
def test_how_alike_two_lines_must_be(ours: str, theirs: str, printed: PrintedLine, alike: float) -> None:
    assert likeness(ours, theirs, printed) == pytest.approx(alike, abs=0.001)


def test_a_line_that_is_missing_or_added_anywhere_moves_no_other() -> None:
    rows = [f"Question number {name} of all" for name in ("one", "two", "three", "four")]
    for gone in range(4):
        left = [row for number, row in enumerate(rows) if number != gone]
        wanted = [number for number in range(4) if number != gone]
        assert [printed for printed, _, _ in match(rows, left)] == wanted
        more = [*rows[:gone], "Something else was written here", *rows[gone:]]
        assert [first for _, first, _ in match(rows, more)] == [number for number in range(5) if number != gone]


def match(printed: list[str], lines: list[str], wrapped: bool = False, **more: bool) -> list[tuple[int, int, int]]:
    ours = [PrintedLine(one, labels=((one, one),)) for one in printed]
    theirs = [ReturnedLine(one, typed=more.get("typed", False)) for one in lines]
    return [(one.printed, one.first, one.last) for one in aligned(ours, theirs, wrapped)]


def test_lines_are_matched_in_order_each_once_whatever_was_added() -> None:
    three = ["My name", "What helps", "What is hard"]
    assert match(three, three) == [(0, 0, 0), (1, 1, 1), (2, 2, 2)]
    assert match(three, ["My name", "Ann", "What helps", "a card", "What is hard", "noise"]) == [
        (0, 0, 0),
        (1, 2, 2),
        (2, 4, 4),
    ]
    assert match(three, ["What helps", "My name"]) in ([(1, 0, 0)], [(0, 1, 1)])
    assert match(three, ["What helps"]) == [(1, 0, 0)] and match(three, []) == [] == match([], three)
    assert match(["My name"], ["My name", "My name"]) in ([(0, 0, 0)], [(0, 1, 1)])
    assert match(three, three, typed=True) == [], "what was typed on the page is no printed line"


def test_a_paragraph_may_run_over_six_lines_of_a_page() -> None:
    words = [f"word{n} and more" for n in range(7)]
    for count in (2, 6):
        assert match([" ".join(words[:count])], words[:count], wrapped=True) == [(0, 0, count - 1)]
        assert match([" ".join(words[:count])], words[:count]) == []
    assert match([" ".join(words)], words, wrapped=True) != [(0, 0, 6)]


def test_the_part_of_the_questions_that_a_form_still_shows() -> None:
    rows = [
        PrintedLine("A question here", labels=(("A", "a"),)),
        PrintedLine("A heading"),
        PrintedLine("Another question", labels=(("B", "b"),)),
    ]
    found = aligned(rows, [ReturnedLine("A question here"), ReturnedLine("A heading")])
    assert coverage(rows, found) == 0.5 and coverage([], []) == 0.0
