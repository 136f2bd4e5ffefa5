"""The numbers that name a child or a place: UPN, ULN, NHS number and UK postcode, each with its own arithmetic.

Every check takes the text as written (spaces and small letters allowed) and returns None when it is right, or a Wrong
that says what is wrong. Being right means only that the arithmetic holds: no list of pupils or authorities is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from generator.values.counts import counted_things

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The 23 letters of a UPN in order of value, A = 0 to Z = 22: I, O and S are never used."""

_UPN = re.compile(r"[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]")
_TEN_DIGITS = re.compile(r"[0-9]{10}")
_POSTCODE = re.compile(
    r"(?:(?:[BEGLMNSW]|[A-PR-UWYZ][A-HK-Y])(?:[1-9][0-9]|[0-9][A-HJKMNPR-Y]?) ?[0-9][ABD-HJLNP-UW-Z]{2}"
    r"|GIR ?0AA|ZZ99 ?[0-9][A-Z]{2})"
)
_SPACES = re.compile(r"[\s-]+")


@dataclass(frozen=True)
class Wrong:
    """What is wrong with an identifier: `rule` is the stable id, `message` continues the sentence "`upn` …"."""

    rule: str
    message: str
    hint: str = ""


def compact(text: str) -> str:
    """The identifier without spaces and hyphens, in capitals."""
    return _SPACES.sub("", text).upper()


def upn_check_letter(body: str) -> str:
    """The first letter of the UPN whose other 12 characters are `body`.

    Each value times its position (2 to 13), added up, mod 23; the last character of a temporary UPN is a letter and
    counts with its own value times 13. Source: Government Data Standards Catalogue, Unique Pupil Number 2.0.
    Arbor's help page says Q for 207000016049: the sum is 266, not 267, and the letter is P.
    """
    values = (int(c) if c.isdecimal() else UPN_LETTERS.index(c) for c in body)
    return UPN_LETTERS[sum(value * position for position, value in enumerate(values, start=2)) % 23]


def is_temporary_upn(text: str) -> bool:
    """True for a well-formed UPN that ends with a letter: one given out until the permanent one is known."""
    upn = compact(text)
    return _UPN.fullmatch(upn) is not None and upn[-1].isalpha()


def check_upn(text: str) -> Wrong | None:
    """Checks shape and check letter of a unique pupil number; the authority's number is not looked up."""
    upn = compact(text)
    if not _UPN.fullmatch(upn):
        return Wrong("upn-format", _upn_shape(upn), "one letter, then 12 digits (a temporary UPN ends with a letter)")
    letter = upn_check_letter(upn[1:])
    if upn[0] == letter:
        return None
    return Wrong(
        "upn-check-letter",
        f"starts with {upn[0]}, but the rest of the number belongs to the letter {letter}",
        f"if the digits are right it is {letter}{upn[1:]}; otherwise look for a mistyped digit",
    )


def _upn_shape(upn: str) -> str:
    if len(upn) != 13:
        return f"has {counted_things(len(upn), 'character')}, but a UPN has 13"
    never = [c for c in (upn[0], upn[-1]) if c in "IOS"]
    if never:
        return f"has the letter {never[0]}, which no UPN uses (perhaps a digit was meant)"
    return "is not a UPN"


def check_uln(text: str) -> Wrong | None:
    """Checks a unique learner number: 10 digits, the first not 0, digits times 10 down to 1 leave 10 mod 11.

    Source: HESA, Student record, ULN (https://www.hesa.ac.uk/collection/c17051/a/ULN).
    """
    uln = compact(text)
    if not _TEN_DIGITS.fullmatch(uln) or uln[0] == "0":
        return Wrong("uln-format", _ten_digits(uln, "ULN"), "10 digits, the first of them not 0")
    if _weighted(uln) % 11 == 10:
        return None
    return Wrong("uln-check-digit", "is not a ULN: its last digit does not fit the others", "look for a mistyped digit")


def check_nhs_number(text: str) -> Wrong | None:
    """Checks an NHS number: 10 digits, of which digits times 10 down to 1 leave 0 mod 11.

    The same as: 11 minus (first nine times 10 down to 2, mod 11) is the last digit, 11 is written 0 and 10 is never
    given out. Source: NHS Data Dictionary, NHS NUMBER (modulus 11).
    """
    number = compact(text)
    if not _TEN_DIGITS.fullmatch(number):
        return Wrong("nhs-number-format", _ten_digits(number, "NHS number"), "10 digits, as in 999 000 0018")
    if _weighted(number) % 11 == 0:
        return None
    return Wrong(
        "nhs-number-check-digit",
        "is not an NHS number: its last digit does not fit the others",
        "look for a mistyped digit",
    )


def _weighted(ten: str) -> int:
    return sum(int(digit) * weight for digit, weight in zip(ten, range(10, 0, -1), strict=True))


def _ten_digits(text: str, what: str) -> str:
    name = f"an {what}" if what.startswith("N") else f"a {what}"
    if any(c not in "0123456789" for c in text):
        return f"is not {name}: it has something other than digits in it"
    return (
        f"has {counted_things(len(text), 'digit')}, but {name} has 10"
        if len(text) != 10
        else f"starts with 0, but {name} never does"
    )


def check_postcode(text: str) -> Wrong | None:
    """Checks the shape of a UK postcode (BS 7666), GIR 0AA and the ZZ99 codes used for no fixed address included."""
    if _POSTCODE.fullmatch(compact(text)):
        return None
    return Wrong("postcode-format", "is not a UK postcode", "as in YO1 7HH; is a letter O written as 0, or I as 1?")


def tidy_postcode(text: str) -> str:
    """The postcode in capitals with one space before its last three characters; anything else comes back as it was."""
    code = compact(text)
    return f"{code[:-3]} {code[-3:]}" if _POSTCODE.fullmatch(code) else text


CHECKS: dict[str, Callable[[str], Wrong | None]] = {
    "upn": check_upn,
    "uln": check_uln,
    "nhs_number": check_nhs_number,
    "postcode": check_postcode,
}
"""The checks by the name that a schema's `x-check` gives."""

TIDY: dict[str, Callable[[str], str]] = {"upn": compact, "postcode": tidy_postcode}
"""How an identifier is written in documents; those not named here stay as typed."""
