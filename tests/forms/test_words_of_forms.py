"""Words of a form made comparable: numbers, hints and abbreviations, one by one."""

from __future__ import annotations

import pytest

from generator.forms.authority.proposing.phrases import comparable, core, gist, mentions, without


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("B4  D.O.B. (dd/mm/yyyy) *", "date of birth"),
        ("1.2 Name:", "name"),
        ("(a) Name", "name"),
        ("iv. Name", "name"),
        ("Section 3: Name", "name"),
        ("Part B – Name", "name"),
        ("A Name of child", "name of child"),
        ("A name", "a name"),
        ("Q3 Name", "name"),
        ("Name (please tick)", "name"),
        ("Name (if known)", "name"),
        ("Name (as on the register)", "name as on the register"),
        ("Does he have an EHCP? Y/N", "does he have an ehc plan"),
        ("Tel. No.", "telephone"),
        ("Tel:", "telephone"),
        ("E-mail", "email"),
        ("e mail", "email"),
        ("UPN", "unique pupil number"),
        ("ULN", "unique learner number"),
        ("F.S.M.", "free school meals"),
        ("NCY", "national curriculum year"),
        ("NC Year group", "national curriculum year"),
        ("Yr", "year"),
        ("P.R.?", "parental responsibility"),
        ("PR", "parental responsibility"),
        ("SENDCo", "senco"),
        ("SEN Co-ordinator", "senco"),
        ("SENCO’s name", "senco name"),
        ("Education, Health and Care plan", "ehc plan"),
        ("CP plan", "child protection plan"),
        ("CIN plan", "child in need plan"),
        ("LAC", "looked after"),
        ("CLA", "looked after"),
        ("Length 10 min.", "length 10 minutes"),
        ("hrs", "hours"),
        ("Post code", "postcode"),
        ("Standardized", "standardised"),
        ("Organization", "organisation"),
        ("Head teacher's", "headteacher"),
        ("Math", "maths"),
        ("Rec'd", "received"),
        ("Co-ordinator", "coordinator"),
        ("E.A.L", "eal"),
        ("NHS No", "nhs number"),
        ("Child / young person", "child"),
        ("Child/YP", "child"),
        ("YP", "young person"),
        ("Ph. of parent", "phone of parent"),
        ("No. of sessions", "number of sessions"),
        ("Need(s)", "need"),
        ("3", "3"),
        ("What's hard", "what’s hard"),
    ],
)
def test_a_label_reads_the_same_however_it_is_written(written: str, read: str) -> None:
    assert comparable(written) == read


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The name of your child", ("name", "child")),
        ("Child's name", ("child", "name")),
        ("To be", ("to", "be")),
        ("Please give the date", ("date",)),
        ("Parents' views", ("parents", "views")),
    ],
)
def test_the_words_that_carry_meaning(text: str, words: tuple[str, ...]) -> None:
    assert core(text) == words


@pytest.mark.parametrize(
    ("text", "words"), [("What are your main concerns?", ("concerns",)), ("Who are you?", ("who", "are", "you"))]
)
def test_a_question_without_the_words_that_only_ask(text: str, words: tuple[str, ...]) -> None:
    assert gist(text) == words


@pytest.mark.parametrize(
    ("text", "phrases", "there"),
    [
        ("The home address", ["address"], True),
        ("The addressee", ["address"], False),
        ("Home", ["address", "home"], True),
        ("Home of address", ["home address"], True),
        ("x", [], False),
    ],
)
def test_a_text_mentions_whole_words(text: str, phrases: list[str], there: bool) -> None:
    assert mentions(text, phrases) is there


def test_words_are_taken_out_whole() -> None:
    assert without("Home address and telephone", ["home address"]) == ("and", "telephone")
    assert without("Home addressee", ["home address"]) == ("home", "addressee")


@pytest.mark.parametrize(
    "word",
    [
        "the",
        "a",
        "an",
        "of",
        "your",
        "s",
        "please",
        "is",
        "their",
        "this",
        "his",
        "her",
        "for",
        "state",
        "give",
        "enter",
    ],
)
def test_a_small_word_carries_no_meaning(word: str) -> None:
    assert core(f"Address {word} home") == ("address", "home") and core(f"{word} to") == (word, "to")
