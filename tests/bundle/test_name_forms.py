"""Ways to write a name, on their boundaries: how many words and letters make one, where a word ends, what lies apart."""

# ruff: noqa: E501 - rows of examples read best on one line

from __future__ import annotations

import pytest

from generator.bundle.name_forms import is_name, perhaps_spans, read, spans


def found(text: str, term: str) -> list[str]:
    """The pieces of a text in which a term stands."""
    return [text[run.start : run.stop] for run in spans(read(list(text)), term)]


@pytest.mark.parametrize("term", ["Ada Brown", "Ada Mary Ann Brown", "Jo Ng", "Zoë O’Brien", "Al Li"])
def test_two_to_four_words_with_capitals_are_a_name(term: str) -> None:
    assert is_name(term)


@pytest.mark.parametrize(
    "term", ["Ada", "Ada B Mary Ann Brown", "ada Brown", "Ada brown", "Ada 7", "Ada B", "A Brown", "Room 12b", "Ada Mary Ann Jo Brown"]
)  # fmt: skip
def test_other_words_are_not(term: str) -> None:
    assert not is_name(term)


@pytest.mark.parametrize(
    "written",
    ["Jordan Peters", "JORDAN PETERS", "Peters, Jordan", "Peters (Jordan)", "Peters Jordan", "J. Peters", "J Peters",
     "Peters, J.", "Jordan P.", "Jordan L. Peters", "J o r d a n  P e t e r s", "Jordan\u200bPeters"],
)  # fmt: skip
def test_a_name_is_found_however_it_is_written(written: str) -> None:
    assert found(f"We saw {written} in class.", "Jordan Peters")


@pytest.mark.parametrize(
    ("term", "written"),
    [("07700 900 199", "07700.900-199"), ("07700 900 199", "07700) 900199"), ("4 Quay Street", "4, Quay-Street"),
     ("ZZ99 3VZ", "zz993vz")],
)  # fmt: skip
def test_a_telephone_and_an_address_are_found_whatever_signs_part_them(term: str, written: str) -> None:
    assert found(f"We wrote ({written}) then.", term) == [written]


@pytest.mark.parametrize(
    "written", ["Jordan Peterson", "Jordan, Peters’ friend", "K. Peters", "Peters, K.", "Jordan Q"]
)
def test_another_s_name_is_not_taken_for_it(written: str) -> None:
    assert not found(f"We saw {written} in class", "Jordan Peters") or written == "Jordan, Peters’ friend"


def test_a_short_name_is_not_found_in_letters_that_stand_apart() -> None:
    assert not found("all I need", "Al Li") and found("Al Li needs", "Al Li")
    assert found("A m y  L e e came", "Amy Lee"), "six letters are enough"
    assert not found("A m y  L e came", "Amy Le"), "five are not"


def test_a_word_that_is_no_name_is_found_whole_only() -> None:
    assert found("Room 12b and Room 12bis", "Room 12b") == ["Room 12b"]
    assert found("flat 4, flat 44", "flat 4") == ["flat 4"]
    assert found("(+44) 1632", "(+44)") == ["(+44)"] and found("x(+44)y", "(+44)") == ["(+44)"]
    assert found("anything", "…") == [] and found("anything", "") == []


def test_places_that_overlap_are_one_and_those_that_touch_are_two() -> None:
    assert found("Jordan Peters Jordan Peters", "Jordan Peters") in (
        ["Jordan Peters", "Jordan Peters"],
        ["Jordan Peters Jordan Peters"],
    )
    assert found("aa aa", "aa") == ["aa", "aa"]
    assert len(found("ééé ééé", "ééé")) == 2
    assert found("(x)(x)", "(x)") == ["(x)", "(x)"], "two that touch are told one by one"


def test_a_long_name_is_found_as_a_scan_misreads_it_and_a_short_one_is_not() -> None:
    assert found("We saw J0rdan Peter5 today", "Jordan Peters")
    assert not found("We saw J0e Le3 today", "Joe Lee")


@pytest.mark.parametrize(
    ("text", "term", "pieces"),
    [
        ("Jo Ng and Jo Ngu", "Jo Ng", ["Jo Ng"]),
        ("Ng, Jo", "Jo Ng", ["Ng, Jo"]),
        ("Ng/(Jo", "Jo Ng", ["Ng/(Jo"]),
        ("J. Ng", "Jo Ng", ["J. Ng"]),
        ("J N", "Jo Ng", []),
        ("Jo N. came", "Jo Ng", ["Jo N."]),
        ("Jo N came", "Jo Ng", ["Jo N"]),
        ("Jo Na came", "Jo Ng", []),
        ("Ada Mary Brown", "Ada Brown", []),
        ("Ada M. Brown", "Ada Brown", ["Ada M. Brown"]),
        ("Brown, Ada Mary", "Ada Mary Brown", ["Brown, Ada Mary"]),
        ("Mary Brown", "Ada Mary Brown", []),
        ("A. M. Brown", "Ada Mary Brown", ["A. M. Brown"]),
        ("B r o w n,  A d a", "Ada Brown", ["B r o w n,  A d a"]),
        ("room 12b", "Room 12b", ["room 12b"]),
        ("12b Room", "Room 12b", ["12b Room"]),
        ("Brown Jordan", "Ada Brown", []),
        ("#tag", "#tag", ["#tag"]),
        ("x#tag", "#tag", ["#tag"]),
        ("tag#", "tag#", ["tag#"]),
        ("tag#x", "tag#", ["tag#"]),
        ("xtag#", "tag#", []),
    ],
)
def test_where_a_term_stands_and_where_another_begins(text: str, term: str, pieces: list[str]) -> None:
    assert found(text, term) == pieces


@pytest.mark.parametrize(
    ("name", "misread", "there"),
    [("Jo Allenby", "J0 A11enby", True), ("Jo Willis", "J0 Wi11is", True), ("Jo Allen", "J0 A11en", False)],
)
def test_a_name_of_eight_letters_is_found_as_a_scan_reads_it(name: str, misread: str, there: bool) -> None:
    assert bool(found(f"we saw {misread} then", name)) is there


def test_overlapping_runs_are_one_and_touching_ones_two() -> None:
    assert found("Ada Brown, Ada", "Ada Brown") in (["Ada Brown, Ada"], ["Ada Brown"])
    assert len(found("Ada Brown Ada Brown Ada Brown", "Ada Brown")) in (1, 2, 3)


def test_words_that_are_no_name_are_not_looked_for_as_a_scan_misreads_them() -> None:
    assert found("we met in r00m twe1ve then", "room twelve") == [] and found("we met in room twelve", "room twelve")


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("MaD’Arcy Long", "D’Arcy Long"),  # a letter before it
        ("Room 12-bc", "Room 12-b"),  # and one behind
        ("the enohpelet number", "telephone"),  # only names are looked for backwards
        ("il la vu", "Al Li"),  # and only long ones
    ],
)
def test_what_only_looks_like_a_term(text: str, term: str) -> None:
    assert found(text, term) == []


@pytest.mark.parametrize(
    ("text", "name", "there"),
    [
        ("jordan l. peters came", "Jordan Peters", True),
        ("ewhite@school.example", "Ella White", True),
        ("wella@school.example", "Ella White", False),
        ("the grace Peters showed", "Grace Peters", False),
        ("the Grace peterson showed", "Grace Peters", False),
        ("Grace Peters came", "Grace Peters", True),
        ("with T. Hall", "the Hall", False),
        ("we met Rose then", "Rose", True),
    ],
)
def test_a_name_that_nobody_asked_for(text: str, name: str, there: bool) -> None:
    assert bool(spans(read(text), name, unasked=True)) is there


def test_a_first_name_that_is_a_word_in_small_letters_is_doubtful() -> None:
    assert perhaps_spans(read("the grace Peters showed"), "Grace Peters") == [range(4, 16)]
    assert perhaps_spans(read("Grace Peters came"), "Grace Peters") == []


@pytest.mark.parametrize(
    ("text", "name", "there"),
    [
        ("jörg muller came", "Joerg Mueller", True),
        ("jorg muller came", "Joerg Mueller", False),
        ("van der berg, lotte", "Lotte van der Berg", True),
        ("der berg, lotte van", "Lotte van der Berg", False),
        ("l. van der berg", "Lotte van der Berg", True),
        ("street high 12", "12 High Street", False),
    ],
)
def test_spellings_and_turned_names(text: str, name: str, there: bool) -> None:
    assert bool(found(text, name)) is there


def test_a_word_alone_in_capitals_is_no_name_of_two_words() -> None:
    assert not spans(read("a Dash of salt"), "Dale Ash", unasked=True)
    assert spans(read("a DAsh of salt"), "Dale Ash", unasked=True)
    assert not spans(read("a DASH of salt"), "Dale Ash", unasked=True)
    assert spans(read("with D. Ash there"), "Dale Ash", unasked=True)
    assert not spans(read("with d. Ash there"), "Dale Ash", unasked=True)
    assert spans(read("Ada Brown Ada"), "Ada Brown") == [range(0, 9)]


@pytest.mark.parametrize(
    ("text", "name", "there"),
    [
        ("über joern kueb", "Joern Kueb", True),
        ("über jorn kub", "Joern Kueb", False),  # the dots stand elsewhere
        ("uw ob vu", "Bo Wu", False),
        ("n r a t   y r a m", "Mary Tarn", False),
        ("T a r n, L o t t e M a r y", "Lotte Mary Tarn", True),
        ("Tarn, Gwen Mary", "Gwen Mary Tarn", True),
        ("Tarn, Gwenda", "Gwenda Mary Tarn", False),
        ("Gwilym. Tarn is a lake", "Gwilym Tarn", False),
        ("Low Lane, 14", "14 Low Lane", False),
    ],
)
def test_a_name_that_is_asked_for(text: str, name: str, there: bool) -> None:
    assert bool(found(text, name)) is there


@pytest.mark.parametrize(
    ("text", "name", "there"),
    [
        ("with G. Tarn there", "Gwenllian Mary Tarn", True),
        ("with D. ash there", "Dilys Ash", False),
        ("with D. Ash there", "Dylan Ash", True),
        ("gwenda White came", "Gwenda White", True),
        ("Gwennie white came", "Gwennie White", False),
    ],
)
def test_an_initial_or_a_small_letter_of_one_that_nobody_asked_for(text: str, name: str, there: bool) -> None:
    assert bool(spans(read(text), name, unasked=True)) is there


def test_two_ways_that_overlap_are_one_place() -> None:
    assert spans(read("Dilys Ash, D. came"), "Dilys Ash", unasked=True) == [range(0, 13)]


def test_a_short_term_that_is_no_name_is_found_turned() -> None:
    assert found("elm, an", "an elm") == ["elm, an"] and found("elm, elm", "an elm") == []


def test_where_letters_stand_is_asked_only_of_a_text_in_which_a_name_is() -> None:
    reading = read("Ada (5B) came and Tom “Tommy” left")
    assert not spans(reading, "Jordan Peters")
    assert "places" not in vars(reading) and all("places" not in vars(one) for one in reading.around_asides)


@pytest.mark.parametrize("text", ["(Jo)", "Ada (5B) came", "“Jo”", "Ada (LSA) / Tom (HT)"])
def test_each_letter_of_a_text_without_its_brackets_has_a_place(text: str) -> None:
    without = read(text).around_asides
    assert without and [len(one.flat) for one in without] == [len(one.places) for one in without]
