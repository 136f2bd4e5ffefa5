"""Identifiers: the test vectors of the field and the mistakes people make when typing them."""

from __future__ import annotations

import pytest

from generator.values.identifiers import (
    CHECKS,
    check_nhs_number,
    check_postcode,
    check_uln,
    check_upn,
    is_temporary_upn,
    tidy_postcode,
    upn_check_letter,
)

INVENTED_UPNS = ["F999999925001", "V999999925002", "J999999925003"]
TEMPORARY_UPNS = ["E99999992501A", "U99999992502T"]


@pytest.mark.parametrize("upn", ["B801200005001", *INVENTED_UPNS, *TEMPORARY_UPNS, "f9999 9992 5001"])
def test_right_upns(upn: str) -> None:
    assert check_upn(upn) is None


def test_a_wrong_check_letter_names_the_right_one() -> None:
    wrong = check_upn("A801200005001")
    assert wrong is not None
    assert wrong.rule == "upn-check-letter"
    assert wrong.message == "starts with A, but the rest of the number belongs to the letter B"
    assert "B801200005001" in wrong.hint


def test_the_worked_example_that_is_wrong_on_a_help_page_gives_p() -> None:
    assert upn_check_letter("207000016049") == "P"


@pytest.mark.parametrize(
    ("upn", "message"),
    [
        ("F99999992500", "has 12 characters, but a UPN has 13"),
        ("F9999999250011", "has 14 characters, but a UPN has 13"),
        ("S999999925001", "has the letter S, which no UPN uses"),
        ("F99999992500O", "has the letter O, which no UPN uses"),
        ("9999999925001", "is not a UPN"),
        ("F99999992A001", "is not a UPN"),
        ("", "has 0 characters"),
    ],
)
def test_misshapen_upns(upn: str, message: str) -> None:
    wrong = check_upn(upn)
    assert wrong is not None
    assert wrong.rule == "upn-format"
    assert wrong.message.startswith(message)


def test_temporary_upns_end_with_a_letter() -> None:
    assert [is_temporary_upn(upn) for upn in TEMPORARY_UPNS] == [True, True]
    assert [is_temporary_upn(upn) for upn in INVENTED_UPNS] == [False, False, False]
    assert not is_temporary_upn("nonsense")


def test_a_wrong_last_letter_of_a_temporary_upn_is_found() -> None:
    wrong = check_upn("E99999992501B")
    assert wrong is not None
    assert wrong.rule == "upn-check-letter"


@pytest.mark.parametrize("check", ["upn", "uln", "nhs_number"])
def test_every_single_mistyped_digit_is_found(check: str) -> None:
    right = {"upn": "F999999925001", "uln": "9276308686", "nhs_number": "9434765919"}[check]
    for place, digit in enumerate(right):
        for other in "0123456789":
            if digit.isdecimal() and other != digit:
                assert CHECKS[check](right[:place] + other + right[place + 1 :]) is not None, (place, other)


def test_ulns() -> None:
    assert check_uln("9276308686") is None
    assert check_uln("9276 308 686") is None
    for text, rule, message in (
        ("9276308687", "uln-check-digit", "is not a ULN: its last digit"),
        ("0276308686", "uln-format", "starts with 0"),
        ("927630868", "uln-format", "has 9 digits, but a ULN has 10"),
        ("92763O8686", "uln-format", "is not a ULN: it has something other than digits"),
    ):
        wrong = check_uln(text)
        assert wrong is not None
        assert (wrong.rule, wrong.message.startswith(message)) == (rule, True), wrong


def test_nhs_numbers() -> None:
    for number in ("9434765919", "9990000018", "9990000026", "9990000034", "999 000 0018"):
        assert check_nhs_number(number) is None
    for text, rule, message in (
        ("9434765918", "nhs-number-check-digit", "is not an NHS number: its last digit"),
        ("943476591", "nhs-number-format", "has 9 digits, but an NHS number has 10"),
        ("943476591X", "nhs-number-format", "is not an NHS number: it has something other than digits"),
    ):
        wrong = check_nhs_number(text)
        assert wrong is not None
        assert (wrong.rule, wrong.message.startswith(message)) == (rule, True), wrong


def test_an_nhs_number_whose_check_digit_would_be_10_is_refused() -> None:
    # 9990000001 .. : the first nine give 11 - 1 = 10, and no last digit can be 10
    body = next(b for b in range(999000000, 999000100) if _nhs_remainder(b) == 1)
    assert all(check_nhs_number(f"{body}{last}") is not None for last in range(10))


def _nhs_remainder(body: int) -> int:
    return sum(int(d) * w for d, w in zip(str(body), range(10, 1, -1), strict=True)) % 11


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("YO1 7HH", "YO1 7HH"),
        ("yo17hh", "YO1 7HH"),
        ("m1  1ae", "M1 1AE"),
        ("CR2 6XH", "CR2 6XH"),
        ("DN551PT", "DN55 1PT"),
        ("w1a 1hq", "W1A 1HQ"),
        ("EC1A1BB", "EC1A 1BB"),
        ("SS0 7AA", "SS0 7AA"),
        ("gir0aa", "GIR 0AA"),
        ("ZZ99 3VZ", "ZZ99 3VZ"),
    ],
)
def test_postcodes_are_written_the_usual_way(typed: str, tidy: str) -> None:
    assert check_postcode(typed) is None
    assert tidy_postcode(typed) == tidy


@pytest.mark.parametrize(
    "typed", ["", "YO1", "Y01 7HH", "YO1 7H", "YO1 77H", "YO1 7CH", "QO1 7HH", "YO177 7HH", "York"]
)
def test_what_is_no_postcode_is_refused_and_left_alone(typed: str) -> None:
    assert check_postcode(typed) is not None
    assert tidy_postcode(typed) == typed
