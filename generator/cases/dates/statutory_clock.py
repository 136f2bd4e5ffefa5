"""The statutory clock of a request: 6, 16 and 20 weeks from the day the authority receives it, and long closures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from generator.cases.case import Data

LONG = timedelta(weeks=4)
"""A school closed this long lets the authority off its times (reg 10(4))."""


WEEK = timedelta(days=7)


class Step(NamedTuple):
    """One answer that the authority owes: its key, the last day for it, what it is, and the regulation."""

    key: str
    due: date
    what: str
    source: str


@dataclass(frozen=True)
class Clock:
    """What is due when. All spans are plain calendar weeks from the day of receipt.

    `closure` is the first and last day of a closure of four weeks or more that may excuse a late answer.
    """

    received: date
    decision: date
    no_plan: date
    final_plan: date
    closure: tuple[date, date] | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """What the authority owes, in order."""
        return (
            Step(
                "decision", self.decision, "its decision whether to assess", "SEND Regulations 2014 reg 5(3): 6 weeks"
            ),
            Step("no-plan", self.no_plan, "a decision not to issue a plan", "SEND Regulations 2014 reg 10: 16 weeks"),
            Step("final-plan", self.final_plan, "the final plan", "SEND Regulations 2014 reg 13(2): 20 weeks"),
        )


def statutory_clock(received: date, closures: tuple[tuple[date, date], ...] = ()) -> Clock:
    """The days due after the authority receives a request; `closures` are the first and last days the school is shut.

    The exemption counts when the school is asked for advice between a week before such a closure and a week before it
    ends; the authority asks at some time in the first six weeks, so any overlap with these is told.
    """
    decision = received + 6 * WEEK
    long = [(first, last) for first, last in closures if last - first + timedelta(days=1) >= LONG]
    near = [(first, last) for first, last in long if first - WEEK <= decision and received <= last - WEEK]
    return Clock(received, decision, received + 16 * WEEK, received + 20 * WEEK, near[0] if near else None)


def long_closures(school: Data) -> tuple[tuple[date, date], ...]:
    """The first and last days of closures of four weeks or more: between terms, and by `closures` of school.yaml."""
    terms = sorted((t["start"], t["end"]) for t in school.get("terms", ()) if "start" in t and "end" in t)
    day = timedelta(days=1)
    spans = [(a[1] + day, b[0] - day) for a, b in pairwise(terms)]
    spans += [(row["from"], row["to"]) for row in school.get("closures", ()) if "from" in row and "to" in row]
    return tuple((first, last) for first, last in sorted(spans) if last - first + day >= LONG)
