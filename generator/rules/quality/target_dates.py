"""SMART, the last letter: by when an outcome or a target is due, in its field and in its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from generator.cases.dates.half_terms import HalfTerm, half_terms
from generator.rules.grammar.end_said import Window, ends_said
from generator.rules.grammar.rewrite import GAP
from generator.rules.grammar.target_sentence import is_dated, puts_off
from generator.rules.quality.smart_targets import SMART, Aim, aims
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import date as in_words
from generator.values.not_known import NotKnown


@rule(
    id="smart-no-date",
    severity="quality",
    source=SMART,
    covers=("S1-8", "C17"),
    why="A target without a day is never late, so nobody looks.",
    good="… by the end of HT2; or nothing, and the day of the planned review counts",
    bad="Over time Ada reads 60 of the first 100 words.",
)
def no_date(view: View) -> Iterator[Finding]:
    """T: no words that put the day off; a target that says nothing is due at the planned review."""
    for aim in aims(view):
        late = puts_off(aim.text) if aim.is_an_aim and not is_dated(aim.text) else ""
        if late and "by" not in aim.row:
            hint = "take it out: the day of the planned review counts then; or write `by:` with a day of its own"
            message = f"{aim.name} says “{late}”, which is no day"
            yield aim.found("text", message, hint, aim.rewrite(view.first_name))


@rule(
    id="smart-late",
    severity="quality",
    source=SMART,
    covers=("S1-8", "S1-12", "C17"),
    why="The review can only judge what was due by then.",
    good="planned_review: 1 December 2025 · by: 28 November 2025",
    bad="planned_review: 1 December 2025 · by: 13 February 2026",
)
def late(view: View) -> Iterator[Finding]:
    """T: within the cycle, by `by` or by the day that the sentence itself says; half-terms by the school's calendar."""
    calendar = half_terms(view.case.school.data) if view.case.school else ()
    for aim in aims(view):
        key, first, by = _due(aim, calendar)
        if first and by and aim.ends and first > aim.ends:
            message = f"{aim.name} is due on {in_words(by)}, after the review on {in_words(aim.ends)}"
            hint = "bring the day forward to the review, or set a smaller step for this cycle"
            yield aim.found(key, message, hint, f"{GAP} (a smaller step) by {in_words(aim.ends)}")
        elif by and aim.starts and by < aim.starts:
            began = "cycle" if aim.is_target else "plan"
            message = f"{aim.name} is due on {in_words(by)}, before the {began} begins on {in_words(aim.starts)}"
            yield aim.found(key, message, "is the year right?")


def _due(aim: Aim, calendar: Sequence[HalfTerm]) -> tuple[str, date | None, date | None]:
    """Where the day stands, the first day that may be meant, and the day itself."""
    if by := aim.row.get("by"):
        return "by", by, by
    said = _first_said(aim, calendar)
    return ("text", said.first, said.due) if said else ("text", None, None)


def _first_said(aim: Aim, calendar: Sequence[HalfTerm]) -> Window | None:
    """The first day in the words of a target that is not over when the cycle begins."""
    if aim.starts is None or isinstance(aim.row["text"], NotKnown):
        return None
    windows = ends_said(aim.text, tuple(calendar), (aim.starts.year, aim.starts.year + 1))
    return next((window for window in windows if window.last >= aim.starts), None)


@rule(
    id="smart-two-dates",
    severity="quality",
    source=SMART,
    covers=("S1-8",),
    why="Two different days for one target: a reader takes one, the program the other. Usually one is left from "
    "an older plan.",
    good="… by 1 December. · by: 1 December 2025",
    bad="… by 1 December. · by: 27 March 2026",
)
def two_dates(view: View) -> Iterator[Finding]:
    """T: the text and `by` agree; "by HT6" and "by Easter" are looked up in the school's calendar."""
    calendar = half_terms(view.case.school.data) if view.case.school else ()
    for aim in aims(view):
        by = aim.row.get("by")
        windows = ends_said(aim.text, tuple(calendar), (by.year - 1, by.year, by.year + 1)) if by else ()
        if windows and not any(window.holds(by) for window in windows):
            message = f"{aim.name} has one date in its text and another, {in_words(by)}, in `by`"
            yield aim.found("by", message, "make the two agree")


RULES: tuple[Rule, ...] = (
    no_date,
    late,
    two_dates,
)
