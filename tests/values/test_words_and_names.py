"""Words that are near, names of files that every system keeps, letters without marks, shorthand and things counted."""

from __future__ import annotations

import pytest

from generator.values.counts import counted_things
from generator.values.did_you_mean import did_you_mean, nearest_or_all
from generator.values.ethnicity import ethnicity
from generator.values.file_names import alike, cannot_be_kept, slug
from generator.values.identifiers import CHECKS, TIDY
from generator.values.shorthand import LONGEST, plain, small
from generator.values.spelling.plain_letters import LOOK_ALIKE, plain_letter, plain_letters


@pytest.mark.parametrize(("number", "text"), [(0, "0 files"), (1, "1 file"), (2, "2 files"), (1200, "1,200 files")])
def test_things_are_counted_in_words(number: int, text: str) -> None:
    assert counted_things(number, "file") == text


def test_the_nearest_word_is_offered_and_a_far_one_is_not() -> None:
    assert did_you_mean("pupl", ["plan", "pupil", "purple"]) == ["pupil"]
    assert did_you_mean("pupl", ["plan", "pupil", "purple"], count=2) == ["pupil", "purple"]
    assert did_you_mean("abcde", ["abcxy"]) == ["abcxy"]  # three letters of five are alike: 0.6
    assert did_you_mean("abcde", ["abxyz"]) == [] and did_you_mean("abcde", ["abxyz"], alike=0.4) == ["abxyz"]


@pytest.mark.parametrize(
    ("known", "text"),
    [
        (["pupil", "plan"], " (did you mean 'pupil'?)"),
        (["zz", "yy"], " (there are: yy, zz)"),
        ([], ""),
        ([f"z{n:02}" for n in range(12)], f" (there are: {', '.join(f'z{n:02}' for n in range(12))})"),
        ([f"z{n:02}" for n in range(13)], f" (there are: {', '.join(f'z{n:02}' for n in range(12))} …)"),
    ],
)
def test_an_unknown_word_is_answered_with_the_nearest_or_with_all(known: list[str], text: str) -> None:
    assert nearest_or_all("pupill", known) == text


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Zoë O'Brien-Šmidt", "zoe-obrien-smidt"),
        ("D’Arcy ʻOkina `x`", "darcy-okina-x"),
        ("李 小龍", "li-xiaolong"),
        (" -Ada- ", "ada"),
        ("CON", "con-1"),
        ("com¹", "com1-1"),
        ("Lpt 1", "lpt-1"),
        ("!?", ""),
    ],
)
def test_a_name_of_a_person_gives_a_name_of_a_file(name: str, made: str) -> None:
    assert slug(name) == made


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("plan.yaml", ""),
        ("a\ud800", "holds bytes that are no letters"),
        ("a\udfff", "holds bytes that are no letters"),
        ("a\ue000", ""),
        ("Aux.yaml", "begins with Aux, which Windows keeps for itself"),
        ("nul .txt", "begins with nul , which Windows keeps for itself"),
        ("lpt9", "begins with lpt9, which Windows keeps for itself"),
        ("conout$", "begins with conout$, which Windows keeps for itself"),
        ("auxiliary.yaml", ""),
        ("a:b", "holds :, which Windows cannot keep"),
        ("a\x1fb", "holds a sign that does not show, which Windows cannot keep"),
        ("plan.", "ends in a full stop, which Windows takes away"),
        ("plan ", "ends in a space, which Windows takes away"),
        ("x" * 235, ""),
        ("x" * 236, "is longer than 235 bytes"),
        ("é" * 118, "is longer than 235 bytes"),
    ],
)
def test_a_name_that_some_system_cannot_keep_says_why(name: str, why: str) -> None:
    assert cannot_be_kept(name) == why


@pytest.mark.parametrize("device", ["con", "prn", "aux", "nul", "conin$", "conout$", "com0", "com9", "lpt¹", "lpt³"])
def test_every_name_that_windows_keeps_for_itself_is_known(device: str) -> None:
    assert "Windows keeps" in cannot_be_kept(device) and "Windows keeps" in cannot_be_kept(f"{device}.pdf")


def test_names_that_are_one_name_on_some_system_are_alike() -> None:
    assert alike("ZOE\u0301") == alike("zoé") != alike("zoe")


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Wiśniewska-Łoś", "wisniewska-los"),
        ("Ørsted Ægir", "orsted aegir"),
        ("Straße", "strasse"),
        ("Đặng Þór Ħal", "dang thor hal"),
        ("I\u0307stanbul ı", "istanbul i"),
        ("a\u200bb\u00adc\u0301", "abc"),
        ("a\x07b\n c", "ab\n c"),
        ("O’Brien", "o’brien"),
    ],
)
def test_letters_lose_their_marks_and_what_does_not_show(text: str, made: str) -> None:
    assert plain_letters(text) == made


@pytest.mark.parametrize(
    ("letter", "made"), [("œ", "oe"), ("ð", "d"), ("ŋ", "ng"), ("ŧ", "t"), ("ĸ", "k"), ("ƒ", "f"), ("Ə", "e")]
)
def test_letters_that_do_not_come_apart(letter: str, made: str) -> None:
    assert plain_letter(letter) == made


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("TA 3xweek 8.40-8.55, HT2", "teaching assistant 3 x week 15 minute, half term 2"),
        ("reading 9-10 daily", "reading 60 minute daily"),
        ("reading 9-10", "reading 9-10"),
        ("1.30pm to 2pm", "30 minute"),
        ("11.45am-12.15pm", "30 minute"),
        ("12.45-1.15", "30 minute"),
        ("9.00-9.03", "3 minute"),
        ("9.00-9.02", "9.00-9.02"),
        ("9.00-17.00", "480 minute"),
        ("8.59-17.00", "8.59-17.00"),
        ("18.00-18.30", "30 minute"),
        ("19.00-19.30", "19.00-19.30"),
        ("18.30-19.00", "18.30-19.00"),
        ("9.60-10.00", "9.60-10.00"),
        ("9.00-9.60", "9.00-9.60"),
        ("each morning 9-10", "each morning 60 minute"),
        ("9.30-10 am", "30 minute"),
    ],
)
def test_shorthand_and_times_of_the_clock_are_read_as_words_and_minutes(written: str, read: str) -> None:
    assert plain(written) == read


def test_no_more_of_a_text_is_read_than_a_sentence_can_be_long() -> None:
    assert len(small("x" * (LONGEST + 1))) == LONGEST == 5000
    assert small("“It’s” – A\nB × 3") == '"it’s" - a b x 3'


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("MWBC", "White and Black Caribbean"),
        ("AKPA", "Kashmiri Pakistani"),
        ("WXYZ", "Any other White background"),
        ("MXYZ", "Any other mixed background"),
        ("AXYZ", "Any other Asian background"),
        ("CXYZ", "Chinese"),
        ("BXYZ", "Any other Black background"),
        ("OXYZ", "Any other ethnic background"),
        ("XXYZ", "Any other ethnic background"),
        ("wbri", "wbri"),
        ("WBR", "WBR"),
        ("WBRIT", "WBRIT"),
        ("W1RI", "W1RI"),
    ],
)
def test_an_ethnicity_is_words(code: str, words: str) -> None:
    assert ethnicity(code) == words


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("upn", "F999999925001", "F999999925002"),
        ("uln", "9276308686", "9276308687"),
        ("nhs_number", "9990000018", "9990000019"),
        ("postcode", "YO1 7HH", "YO1 7H"),
    ],
)
def test_an_identifier_is_checked_by_the_name_that_a_schema_gives(kind: str, right: str, wrong: str) -> None:
    assert CHECKS[kind](right) is None and CHECKS[kind](wrong) is not None


@pytest.mark.parametrize(
    ("kind", "written", "tidy"), [("postcode", "yo17hh", "YO1 7HH"), ("upn", "f9999-9992 5001", "F999999925001")]
)
def test_an_identifier_is_printed_in_one_way(kind: str, written: str, tidy: str) -> None:
    assert TIDY[kind](written) == tidy


def test_letters_that_look_like_latin_ones_and_every_word_for_an_extended_code() -> None:
    pairs = zip("аеорсухіјѕвкмнтαβεζηικμνορτυχ", "aeopcyxijsbkmhtabezhikmnoptyx", strict=True)
    assert dict(pairs).items() <= LOOK_ALIKE.items()
    assert LOOK_ALIKE["ʀ"] == "r" and LOOK_ALIKE["օ"] == "o"
    codes = ("WENG", "WSCO", "WWEL", "WCOR", "WEEU", "WWEU", "WROR", "WROG", "BSOM", "BNGN", "AKPA")
    assert not [code for code in codes if ethnicity(code).startswith("Any other")]
