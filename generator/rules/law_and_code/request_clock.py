"""The statutory clock of a request: 6, 16 and 20 weeks from the day the authority receives it, and long closures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from generator.cases.case import Data
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import date as in_words

LONG = timedelta(weeks=4)
"""A school closed this long lets the authority off its times (reg 10(4))."""

WEEK = timedelta(days=7)


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
    def steps(self) -> tuple[tuple[date, str, str], ...]:
        """Day, what is due, and the regulation, in order."""
        return (
            (self.decision, "its decision whether to assess", "SEND Regulations 2014 reg 5(3): 6 weeks"),
            (self.no_plan, "a decision not to issue a plan", "SEND Regulations 2014 reg 10: 16 weeks"),
            (self.final_plan, "the final plan", "SEND Regulations 2014 reg 13(2): 20 weeks"),
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


def clock_of(view: View) -> Clock | None:
    """The clock of the pupil's request, once it is known when the authority received it."""
    received = view.case.data("request").get("sent", {}).get("received")
    school = view.case.school.data if view.case.school else {}
    return statutory_clock(received, long_closures(school)) if received else None


@rule(
    id="receipt-unknown",
    severity="quality",
    source="SEND Regulations 2014 reg 5(3): six weeks from receipt",
    why="The six weeks begin when the authority receives the request. Without that day nobody can say what is late.",
    good="sent: date: 13 November 2026, received: 16 November 2026",
    bad="sent three weeks ago, and no received",
    covers=("L3",),
)
def receipt_unknown(view: View) -> Iterator[Finding]:
    request = view.case.one("request")
    sent = request.data.get("sent", {}) if request else {}
    if request and "received" not in sent and view.on - sent.get("date", view.on) > WEEK:
        yield Finding(
            request, ("sent",), f"sent on {in_words(sent['date'])}, but nothing says when the authority received it",
            "ask for a receipt and write its day under sent: received",
        )  # fmt: skip


@rule(
    id="clock-overdue",
    severity="law",
    source="SEND Regulations 2014 regs 5(3), 10 and 13(2)",
    why="The family has a right to an answer in time; the SENCO is often the only one who notices that it is late.",
    good="received 15 September 2025, and a decision in log.yaml on 24 October 2025",
    bad="received 15 September 2025, and on 10 November nothing is in the log",
    covers=("L3", "L5", "L6"),
)
def clock_overdue(view: View) -> Iterator[Finding]:
    request, clock = view.case.one("request"), clock_of(view)
    if request is None or clock is None:
        return
    entries = view.case.data("log").get("entries", ())
    heard = [row["date"] for row in entries if row["kind"] == "decision" and row.get("date", date.min) > clock.received]
    late = [step for step in clock.steps if step[0] < view.on]
    if late and not any(day <= view.on for day in heard):
        due, what, source = late[-1]
        closed = f"the school was closed from {in_words(clock.closure[0])}" if clock.closure else ""
        excuse = f" ({closed}, which may excuse it)" if closed else ""
        yield Finding(
            request, ("sent", "received"),
            f"the authority owed {what} by {in_words(due)}{excuse}; no answer is in log.yaml",
            "ask for it in writing, or log the answer as a decision", source,
        )  # fmt: skip


@rule(
    id="clock-closure",
    severity="law",
    source="SEND Regulations 2014 regs 10(4) and 13(3): school closed for four weeks or more",
    why="Sent in July, a request may wait for September, and the law allows it.",
    good="sent in May, or with the school’s advice already in it",
    bad="received on 16 July, closed from 21 July to 1 September",
    covers=("L4", "L6"),
)
def clock_closure(view: View) -> Iterator[Finding]:
    request, clock = view.case.one("request"), clock_of(view)
    if request and clock and clock.closure and view.on <= clock.final_plan:
        first, last = clock.closure
        yield Finding(
            request, ("sent", "received"),
            f"the school is closed from {in_words(first)} to {in_words(last)}: the authority’s times may be longer",
            "give the authority the school’s advice before the holiday, so that nothing waits for it",
        )  # fmt: skip


RULES: tuple[Rule, ...] = (receipt_unknown, clock_overdue, clock_closure)
