"""Law and Code on the plan itself: that there is one, its parts, agreement, staff, adulthood."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from generator.cases.case import Data, current_cycle, sen_status, status_since
from generator.cases.dates.age_and_year import prepares_for_adulthood
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import and_list
from generator.values.formatting import date as in_words
from generator.values.not_known import NotKnown

EARLY = "SEND Code 6.39"
AGREED = "SEND Code 6.48"
MOST_OUTCOMES = 8
TOLERANCE = timedelta(days=14)
"""How far a date that was agreed may slip before it is worth a word."""


def supported(view: View) -> bool:
    """True while the pupil has SEN support or an EHC plan."""
    return sen_status(view.case.data("pupil"), view.on) in ("K", "E")


def support_began(view: View) -> date | None:
    """The first day with status K or E, without a break up to now; nothing when there is no support now."""
    rows = [row for row in view.case.data("pupil").get("sen_status", ()) if "from" in row and row["from"] <= view.on]
    began = None
    for row in sorted(rows, key=lambda r: r["from"]):
        began = None if row["status"] == "N" else began or row["from"]
    return began


def before_the_file(view: View, day: date) -> bool:
    """True for a day before the first one of the pupil's file here: what was due then stands in other papers."""
    return bool(day < view.case.data("pupil").get("records_from", date.min))


def settled(view: View, day: Any) -> bool:
    """True once two weeks have gone by since a day: time to gather signatures and to hand out copies."""
    return isinstance(day, date) and view.on - day > TOLERANCE


def missing(data: Data, wanted: dict[str, str]) -> list[str]:
    """The plain names of those fields that are not filled; `not_known` with its reason counts as filled."""
    return [words for field, words in wanted.items() if not data.get(field)]


@rule(
    id="plan-missing",
    severity="code",
    source="SEND Code 6.48, 6.65; Devon IAS: every child with SEND should have a written plan of some kind",
    why="Without a plan nobody can say what was promised, to whom and for how long.",
    good="status K with plan.yaml",
    bad="status K and no plan.yaml",
    covers=("S1-1", "S0-1", "S3-4"),
)
def plan_missing(view: View) -> Iterator[Finding]:
    began = support_began(view)
    if began and not view.case.one("plan"):
        pupil = view.case.data("pupil")
        held = "an EHC plan" if sen_status(pupil, view.on) == "E" else "SEN support"
        since = status_since(pupil, view.on) or began
        message = f"{view.first_name} has had {held} since {in_words(since)}, but there is no plan"
        yield Finding(view.path("plan.yaml"), (), message, f"`sendpack new plan {view.case.name}` begins one")


@rule(
    id="plan-three-parts",
    severity="code",
    source="SEND Code 6.48; Devon IAS: needs, provision and outcomes",
    why="A plan explains what is hard, what is done about it and what difference that should make.",
    good="needs in pupil.yaml, outcomes in plan.yaml, provision in a cycle",
    bad="a plan with outcomes, and no need in pupil.yaml",
    covers=("S1-7",),
)
def plan_three_parts(view: View) -> Iterator[Finding]:
    plan, cycle = view.case.one("plan"), current_cycle(view.case)
    if plan is None:
        return
    parts = {
        "needs (pupil.yaml)": view.case.data("pupil").get("needs"),
        "outcomes (plan.yaml)": plan.data.get("outcomes"),
        "provision (a file in cycles/)": cycle and cycle.data["plan"].get("provision"),
    }
    if gaps := [words for words, value in parts.items() if not value]:
        yield Finding(plan, ("outcomes",), f"the plan has no {and_list(gaps)}", "a plan needs all three")


@rule(
    id="plan-aspirations",
    severity="quality",
    source="Devon IAS: the foundations of any good plan are the child’s aspirations; SEND Code 9.65",
    why="Outcomes that start from nobody’s hopes are the school’s, not the child’s.",
    good="aspirations: pupil: To read the dinosaur book to Amira",
    bad="aspirations: pupil: {not_known: not asked}",
    covers=("S1-6", "L14"),
)
def plan_aspirations(view: View) -> Iterator[Finding]:
    plan = view.case.one("plan")
    for who, words in (("pupil", f"{view.first_name}’s own"), ("parents", "the parents’")):
        if plan and isinstance(plan.data.get("aspirations", {}).get(who), NotKnown):
            yield Finding(
                plan, ("aspirations", who), f"{words} hopes are not known", "ask before the outcomes are settled"
            )


@rule(
    id="plan-adjustments",
    severity="code",
    source=f"{AGREED}; Devon IAS: adjustments to school life and rules",
    why="Many children need the day to bend a little more than they need an extra lesson.",
    good="adjustments: Seat at the front; own copy of the book",
    bad="a plan and its cycle without adjustments",
    covers=("S1-9", "C4"),
)
def plan_adjustments(view: View) -> Iterator[Finding]:
    plan, cycle = view.case.one("plan"), current_cycle(view.case)
    if plan and not plan.data.get("adjustments") and not (cycle and cycle.data["plan"].get("adjustments")):
        yield Finding(
            plan,
            ("outcomes",),
            "no adjustment to school life or rules is written down",
            "say under adjustments what every adult does differently",
        )


_PARTIES = {"pupil": "the pupil", "family": "the family", "school": "the school", "services": "other services"}


@rule(
    id="responsibilities",
    severity="code",
    source="SEND Code 6.65: responsibilities of the parent, the pupil and the school; Derby City Council, SEND Support",
    why="What everybody is to do, nobody does. Each party’s part is written down, even where it is “none”.",
    good="responsibilities: services: [None at present]",
    bad="responsibilities for the school only",
    covers=("S0-3", "S1-14", "S3-2"),
)
def responsibilities(view: View) -> Iterator[Finding]:
    plan, cycle = view.case.one("plan"), current_cycle(view.case)
    if plan is None:
        return
    parts: list[Data] = [plan.data.get("responsibilities", {})]
    parts += [cycle.data["plan"].get("responsibilities", {})] if cycle else []
    gaps = [words for party, words in _PARTIES.items() if not any(part.get(party) for part in parts)]
    if gaps:
        yield Finding(
            plan,
            ("responsibilities",),
            f"nothing says what {and_list(gaps)} will do",
            "write it under responsibilities; “none” is an answer",
        )


@rule(
    id="outcome-count",
    severity="quality",
    source="Redcar & Cleveland: three or four outcomes in a support plan; Oxfordshire: three to eight in an EHC plan",
    why="With nine outcomes nobody remembers one of them in the lesson.",
    good="four outcomes",
    bad="nine outcomes",
    covers=("G3",),
)
def outcome_count(view: View) -> Iterator[Finding]:
    plan = view.case.one("plan")
    if plan and len(plan.data.get("outcomes", ())) > MOST_OUTCOMES:
        yield Finding(
            plan,
            ("outcomes",),
            f"{len(plan.data['outcomes'])} outcomes are more than anyone can work on at once",
            "keep the three or four that matter most to the child; the others can wait",
        )


@rule(
    id="plan-review-overdue",
    severity="code",
    source="SEND Code 6.72–6.73: provision is recorded accurately and kept up to date",
    why="A plan past its own review date tells staff to do what may have stopped months ago.",
    good="review_date: 18 December 2026",
    bad="review_date: 1 September 2026, looked at in November",
    covers=("C13",),
)
def plan_review_overdue(view: View) -> Iterator[Finding]:
    plan = view.case.one("plan")
    due = plan.data.get("review_date") if plan else None
    if plan and supported(view) and due and view.on - due > TOLERANCE:
        yield Finding(
            plan,
            ("review_date",),
            f"the plan was to be reviewed by {in_words(due)}",
            "review it, then give the plan its new date, review_date and version",
        )


@rule(
    id="outcomes-adulthood",
    severity="code",
    source="SEND Code chapter 8; Rutland Information Service: better prepared for adulthood",
    why="From Year 9 the plan looks to work, home, friends and health, not only to the next test.",
    good="pfa: [employment]",
    bad="Year 9, and no outcome has pfa",
    covers=("C19", "S4-1"),
)
def outcomes_adulthood(view: View) -> Iterator[Finding]:
    plan, pupil = view.case.one("plan"), view.case.one("pupil")
    if plan is None or pupil is None or not prepares_for_adulthood(pupil.data):
        return
    if not any(outcome.get("pfa") for outcome in plan.data.get("outcomes", ())):
        yield Finding(
            plan,
            ("outcomes",),
            f"in Year {pupil.data['year_group']} no outcome prepares for adulthood",
            "add pfa to the outcomes that do: employment, independent_living, community_inclusion or health",
        )


@rule(
    id="profile-missing",
    severity="quality",
    source="draft local-offer text of an authority not named: a single page pupil profile",
    why="One page that every adult reads does more than ten that one adult reads.",
    good="profile.yaml beside the first early discussion",
    bad="an early discussion, and no profile.yaml",
    covers=("S2-1",),
)
def profile_missing(view: View) -> Iterator[Finding]:
    if not view.case.one("profile") and (supported(view) or view.case.meetings):
        message = f"{view.first_name} has no one-page profile"
        yield Finding(view.path("profile.yaml"), (), message, f"`sendpack new profile {view.case.name}` begins one")


@rule(
    id="log-missing",
    severity="quality",
    source="Rutland Information Service: maintain records of decisions and interventions; SEND Code 6.75",
    why="A request tells what was tried over the child’s time in school. A line a week is easier than a year at once.",
    good="log.yaml with a dated line for each decision",
    bad="SEN support for more than a term and no log.yaml",
    covers=("S4-4", "C14"),
)
def log_missing(view: View) -> Iterator[Finding]:
    began = support_began(view)
    since = max(began, view.case.data("pupil").get("records_from", began)) if began else view.on
    if began is None or view.on - since <= timedelta(weeks=14):
        return
    # What was written before support began, or that the file was begun (`other`), is no decision or intervention of it.
    entries = view.case.data("log").get("entries", ())
    if not any(row["kind"] != "other" and row.get("date", began) >= began - _DECIDED_BEFORE for row in entries):
        yield Finding(
            view.path("log.yaml"),
            (),
            f"no decision or intervention has been logged since support began on {in_words(began)}",
            "start log.yaml with what you remember, then a line when something changes",
        )


_DECIDED_BEFORE = timedelta(weeks=4)
"""The decision to begin, and the talks that led to it, belong to the support."""


RULES: tuple[Rule, ...] = (
    plan_missing,
    plan_three_parts,
    plan_aspirations,
    plan_adjustments,
    responsibilities,
    outcome_count,
    plan_review_overdue,
    outcomes_adulthood,
    profile_missing,
    log_missing,
)
