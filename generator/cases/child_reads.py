"""What a child's own papers ask of a reader of that age: how many ideas, how long a line, and whether with pictures.

The measure is what is read in two minutes: about 50 words a minute at six, 100 at eight or nine, 150 at twelve. A child
who reads like a younger one has papers for that age (`papers_at_age` in pupil.yaml).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.cases.case import Data
from generator.cases.dates.age_and_year import age


@dataclass(frozen=True)
class Reads:
    """For whom a child's paper is written: the name of the age, and what such a reader takes in.

    `ideas` is the most lines under one heading, `words` the most of one line, `whole` the most of all lines together;
    headings and what is said to every child come to about 60 words more.
    """

    name: str
    ideas: int
    words: int
    whole: int
    pictures: bool


_YOUNG = Reads("young", 2, 10, 60, pictures=True)
_CHILD = Reads("child", 3, 15, 130, pictures=True)
_TEEN = Reads("teen", 5, 25, 240, pictures=False)
_ADULT = Reads("adult", 99, 30, 600, pictures=False)


def reads(pupil: Data, on: date) -> Reads:
    """For a child of under seven, under eleven, under sixteen, or a young person."""
    years = pupil.get("papers_at_age")
    if years is None:
        years = age(pupil["date_of_birth"], on)[0]
    for upto, reader in ((7, _YOUNG), (11, _CHILD), (16, _TEEN)):
        if years < upto:
            return reader
    return _ADULT
