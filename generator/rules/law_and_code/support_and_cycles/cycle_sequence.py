"""One cycle after the other: no gaps, something new after what did not work, specialists, the step to a request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from generator.authorities.requirement import known
from generator.cases.case import Data, is_reviewed
from generator.cases.dates.school_days import school_days
from generator.records.record import Record
from generator.rules.law_and_code.support_and_cycles.cycles import reviewed
from generator.rules.law_and_code.support_and_cycles.support_plan import TOLERANCE, supported
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import and_list
from generator.values.formatting import date as in_words

WITHOUT_CYCLE = 21
"""School days, four weeks of term and a day, that may pass between one cycle's review and the next cycle's start."""


def little_progress(cycle: Any) -> bool:
    """True when the review says that progress was less than expected; where it does not say, when no target was met."""
    review = cycle["review"]
    if "expected_progress" in review:
        return review["expected_progress"] is False
    return bool(review.get("targets")) and not any(row["status"] == "met" for row in review["targets"])


@rule(
    id="cycle-numbers",
    severity="quality",
    source="SEND Code 6.44–6.56; draft local-offer text of an authority not named",
    why="A missing number looks like a missing cycle.",
    good="number: 1, then number: 2",
    bad="number: 1, then number: 3",
    covers=("S2-4",),
)
def cycle_numbers(view: View) -> Iterator[Finding]:
    for before, after in pairwise(view.case.cycles):
        if after.data["number"] != before.data["number"] + 1:
            yield Finding(
                after,
                ("number",),
                f"cycle {after.data['number']} follows cycle {before.data['number']}",
                "count on without a gap, in the order of the start dates",
            )


@rule(
    id="cycle-gap",
    severity="code",
    source="SEND Code 6.44–6.56: a four-part cycle, through which earlier decisions are revisited and refined",
    why="Weeks of term without a cycle are weeks in which nobody knows what the support is.",
    good="reviewed on 27 March, next cycle from 20 April",
    bad="reviewed in December, next cycle in May",
    covers=("S2-4", "C2"),
)
def cycle_gap(view: View) -> Iterator[Finding]:
    for before, after in pairwise(view.case.cycles):
        ended, start = _ended(before), after.data.get("start")
        days = school_days(_school(view), ended, start) if ended and start else 0
        if days > WITHOUT_CYCLE:
            yield Finding(
                after,
                ("start",),
                f"{days} school days passed between the last cycle and this one",
                "if support went on, write that cycle up; if it stopped, end the status K for that time in pupil.yaml",
            )
    done = view.case.cycles[-1:] if supported(view) else ()
    for record in done:
        ended = _ended(record) if is_reviewed(record.data) else None
        days = school_days(_school(view), ended, view.on) if ended else 0
        if days > WITHOUT_CYCLE:
            yield Finding(
                record,
                ("review", "date"),
                f"the last cycle was reviewed {days} school days ago, and no other has begun",
                f"`sendpack new cycle {view.case.name}` begins the next from this one",
            )


def _school(view: View) -> Data:
    return view.case.school.data if view.case.school else {}


def _ended(record: Record) -> date | None:
    ended: date | None = record.data.get("review", {}).get("date") or record.data.get("planned_review")
    return ended


@rule(
    id="change-after-not-met",
    severity="code",
    source="SEND Code 6.44–6.56: support is revised in the light of progress",
    why="The same again after it did not work teaches nobody anything, and costs the child a term.",
    good="plan: change: Shorter sessions, in the morning, with a new programme",
    bad="a target not met, and the next cycle does not say what changed",
    covers=("S2-4", "S3-6", "S1-16"),
)
def change_after_not_met(view: View) -> Iterator[Finding]:
    for before, after in pairwise(view.case.cycles):
        results = before.data.get("review", {}).get("targets", ())
        failed = [row["target"] for row in results if row["status"] == "not_met"]
        if failed and not known(after.data["plan"].get("change")):
            yield Finding(
                after,
                ("plan",),
                f"{and_list(failed)} was not met in the cycle before, and this plan does not say what is different now",
                "add change: one sentence on what you do differently and why",
            )


@rule(
    id="specialists-considered",
    severity="code",
    source="SEND Code 6.58–6.62; draft local-offer text of an authority not named",
    why="After two cycles with little progress someone who knows more should look. “Not yet” is a decision too.",
    good="specialists_considered: Asked the specialist teacher on 3 March; visit in May",
    bad="two cycles with little progress, nobody from outside, and no word on it",
    covers=("C9", "S2-5"),
)
def specialists_considered(view: View) -> Iterator[Finding]:
    for before, after in pairwise(reviewed(view)):
        pupil, day = view.case.data("pupil"), after.data["review"]["date"]
        # Whoever was done before these two cycles began has not looked at the little progress in them.
        asked = any(
            row.get("from", date.max) <= day and row.get("to", day) >= before.data.get("start", date.min)
            for row in pupil.get("agencies", ())
        )
        asked = asked or any(row.get("referred", date.max) <= day for row in pupil.get("referrals", ()))
        said = after.data["review"].get("specialists_considered")
        if little_progress(before.data) and little_progress(after.data) and not asked and not said:
            yield Finding(
                after,
                ("review",),
                "two cycles with less progress than expected, and no word on asking a specialist",
                "add specialists_considered: whom you asked or why not yet",
            )


@rule(
    id="consider-request",
    severity="code",
    source="SEND Code 6.63: without expected progress, consider requesting an EHC needs assessment",
    why="The school has done what it can; the family should not have to wait until somebody thinks of it.",
    good="log.yaml: decision, 2 April 2026: we go on to a My Support Plan before a request",
    bad="two cycles with specialists and little progress, and nothing decided",
    covers=("C10",),
)
def consider_request(view: View) -> Iterator[Finding]:
    last = reviewed(view)[-2:]
    if len(last) < 2 or not supported(view) or not all(little_progress(record.data) for record in last):
        return
    since = last[1].data["review"]["date"]
    decided = any(
        row["kind"] == "decision"
        and row.get("date", date.min) >= since - TOLERANCE
        and _ON_A_REQUEST.search(str(row["what"]))
        for row in view.case.data("log").get("entries", ())
    ) or any(r.data["type"] == "pcp" and r.data.get("date", date.min) >= since - TOLERANCE for r in view.case.meetings)
    advised = any(record.data["assess"].get("agencies") for record in last)
    if advised and not decided and not view.case.one("request") and not view.case.one("my-support-plan"):
        yield Finding(
            last[1],
            ("review",),
            "little progress over two cycles with specialist advice: decide whether to ask for an EHC needs assessment",
            "write the decision into log.yaml (kind: decision), also when it is “not yet”",
        )


_THE_ASSESSMENT = r"(?:authority\w*|council\w*|statutory|assess(?:ment|ed)?|my (?:support )?plan)"
_ASKS = r"(?:request\w*|ask\w*|appl(?:y|ied|ication)\w*|go on to|goes on to)"
_ON_A_REQUEST = re.compile(
    rf"\b(?:needs assessment|ehc\w*|statutory assessment|my support plan|{_ASKS}\b.*\b{_THE_ASSESSMENT}|"
    rf"{_THE_ASSESSMENT}\b.*\b{_ASKS})\b|^\W*not yet\b\W*(?:$|[:;,.(–-]|because|as\b)",
    re.IGNORECASE | re.DOTALL,
)
"""A decision that can be about asking the authority to assess; one to order reading tests or ask for laptops is not."""


@rule(
    id="advice-used",
    severity="quality",
    source="Devon IAS: support from professionals outside school is part of the plan; Bradford Schools Online",
    why="Advice in a drawer helps nobody, and the authority will ask what became of it.",
    good="advice: visual timetable; action: on the desk since May; impact: starts work in 2 minutes",
    bad="a recommendation without action, four months after the report",
    covers=("S1-11",),
)
def advice_used(view: View) -> Iterator[Finding]:
    pupil = view.case.one("pupil")
    for number, agency in enumerate(pupil.data.get("agencies", ()) if pupil else ()):
        told = agency.get("last_report") or agency.get("assessed")
        if told is None or view.on - told < timedelta(weeks=6) or pupil is None:
            continue
        for row, advice in enumerate(agency.get("recommendations", ())):
            if "action" not in advice:
                yield Finding(
                    pupil,
                    ("agencies", number, "recommendations", row),
                    f"nothing says what was done with this advice of {in_words(told)} ({agency['service']})",
                    "add action, and impact once you can see it; “not yet, because …” is an answer",
                )


RULES: tuple[Rule, ...] = (
    cycle_numbers,
    cycle_gap,
    change_after_not_met,
    specialists_considered,
    consider_request,
    advice_used,
)
