"""The statutory clock of a request: 6, 16 and 20 weeks from the day the authority receives it, and long closures."""

from __future__ import annotations

from collections.abc import Iterator

from generator.cases.dates.request_answers import ANSWERS, Answers, answers, asks_for_decision
from generator.cases.dates.statutory_clock import WEEK, Clock, long_closures, statutory_clock
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import and_list
from generator.values.formatting import date as in_words


def clock_of(view: View) -> Clock | None:
    """The clock of the pupil's request, once it is known when the authority received it; none for updated advice."""
    request = view.case.data("request")
    received = request.get("sent", {}).get("received") if asks_for_decision(request) else None
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
    waits = request is not None and asks_for_decision(request.data)
    if request and waits and "received" not in sent and view.on - sent.get("date", view.on) > WEEK:
        yield Finding(
            request,
            ("sent",),
            f"sent on {in_words(sent['date'])}, but nothing says when the authority received it",
            "ask for a receipt and write its day under sent: received",
        )


@rule(
    id="clock-overdue",
    severity="law",
    source="SEND Regulations 2014 regs 5(3), 10 and 13(2)",
    why="The family has a right to an answer in time; the SENCO is often the only one who notices that it is late.",
    good="received 15 September 2025, and on 24 October 2025 log.yaml has the decision with answer: will_assess",
    bad="received 15 September 2025, and on 10 November nothing is in the log",
    covers=("L3", "L5", "L6"),
)
def clock_overdue(view: View) -> Iterator[Finding]:
    """The last step that is late and that nothing answers; a “yes” to assess leaves those of 16 and 20 weeks."""
    request, clock = view.case.one("request"), clock_of(view)
    if request is None or clock is None:
        return
    heard = answers(view.case, clock, view.on)
    late = [step for step in heard.owed if step.due < view.on]
    if late:
        _, due, what, source = late[-1]
        closed = f"the school was closed from {in_words(clock.closure[0])}" if clock.closure else ""
        excuse = f" ({closed}, which may excuse it)" if closed else ""
        yield Finding(
            request,
            ("sent", "received"),
            f"the authority owed {what} by {in_words(due)}{excuse}; no answer is in log.yaml",
            _what_to_do(heard),
            source,
        )


def _what_to_do(heard: Answers) -> str:
    codes = f"one of {', '.join(ANSWERS)}"
    if heard.unclear:
        days = and_list(in_words(day) for day in dict.fromkeys(heard.unclear))
        return f"if the decision of {days} is the answer, say there which: answer: and {codes}; else ask in writing"
    return f"ask for it in writing, or log the answer as a decision, with answer: and {codes}"


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
            request,
            ("sent", "received"),
            f"the school is closed from {in_words(first)} to {in_words(last)}: the authority’s times may be longer",
            "give the authority the school’s advice before the holiday, so that nothing waits for it",
        )


RULES: tuple[Rule, ...] = (receipt_unknown, clock_overdue, clock_closure)
