"""Ethnicity codes of the school census as words: a code never reaches a reader."""

from __future__ import annotations

MAIN = {
    "WBRI": "White British",
    "WIRI": "White Irish",
    "WIRT": "Traveller of Irish heritage",
    "WROM": "Gypsy or Roma",
    "WOTH": "Any other White background",
    "MWBC": "White and Black Caribbean",
    "MWBA": "White and Black African",
    "MWAS": "White and Asian",
    "MOTH": "Any other mixed background",
    "AIND": "Indian",
    "APKN": "Pakistani",
    "ABAN": "Bangladeshi",
    "AOTH": "Any other Asian background",
    "CHNE": "Chinese",
    "BCRB": "Black Caribbean",
    "BAFR": "Black African",
    "BOTH": "Any other Black background",
    "OOTH": "Any other ethnic background",
    "REFU": "The family preferred not to say",
    "NOBT": "Not yet obtained",
}
"""The main codes of the Department for Education's code set for ethnicity."""

_EXTENDED = {
    "WENG": "White English",
    "WSCO": "White Scottish",
    "WWEL": "White Welsh",
    "WCOR": "White Cornish",
    "WEEU": "White Eastern European",
    "WWEU": "White Western European",
    "WROR": "Roma",
    "WROG": "Gypsy",
    "BSOM": "Somali",
    "BNGN": "Nigerian",
    "AKPA": "Kashmiri Pakistani",
}
_GROUPS = {"W": "WOTH", "M": "MOTH", "A": "AOTH", "C": "CHNE", "B": "BOTH"}
"""An authority's own longer code begins with the letter of its main group; what begins otherwise is in any other."""


def ethnicity(code: str) -> str:
    """`MWBC` as `White and Black Caribbean`; a local code that is not known as the group it is counted in.

    What is no code stays as it is written.
    """
    found = MAIN.get(code) or _EXTENDED.get(code)
    if found is None and len(code) == 4 and code.isalpha() and code.isupper():
        found = MAIN.get(_GROUPS.get(code[0], "OOTH"))
    return found or code
