"""Provision specified and quantified, with the arithmetic; for cycles that are still running.

Equipment and everyday classroom practice need no minutes; they must only not be worded so that they may never happen.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.cases.costs import weekly_minutes
from generator.rules.quality.provision_row import QUANTITY, Offer, offers
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import and_list
from generator.values.formatting import number as in_figures

QUANTIFIED = "SEND Code of Practice 9.69 (written for EHC plans); Devon Information Advice and Support on school plans"


@rule(
    id="provision-what",
    severity="code",
    source=QUANTIFIED,
    covers=("C18", "S1-10"),
    why="“Support” can be anything. A named approach can be given by the next person in the same way, and judged.",
    good="Precision teaching of high-frequency words",
    bad="TA support",
)
def what(view: View) -> Iterator[Finding]:
    """The approach has a name, or the description says what happens."""
    for offer in offers(view):
        if offer.is_taught and "what" in offer.lacks:
            hint = "name the approach or programme, and in the description what the child and the adult do"
            yield offer.found("title", f"{offer.name} does not say what is done", hint)


@rule(
    id="provision-who",
    severity="code",
    source=QUANTIFIED,
    covers=("C18", "S1-10"),
    why="What everybody is to do, nobody does; and the review asks whether the right person gave it.",
    good="delivered_by: Teaching assistant (Mrs Begum)",
    bad="delivered_by: Staff",
)
def who(view: View) -> Iterator[Finding]:
    """A role or a person gives it."""
    for offer in offers(view):
        if "who" in offer.lacks:
            message = f"{offer.name} does not say which member of staff gives it"
            hint = "write a role or a name, such as Teaching assistant (Mrs Begum)"
            yield offer.found("delivered_by", message, hint)


@rule(
    id="provision-expertise",
    severity="code",
    source=QUANTIFIED,
    covers=("C18", "S1-10"),
    why="The same programme does little in untrained hands; a panel asks who was trained, and in what.",
    good="expertise: Trained in precision teaching by the educational psychologist, October 2025",
    bad="delivered_by: Teaching assistant, with no `expertise` and no training in school.yaml",
)
def expertise(view: View) -> Iterator[Finding]:
    """What the person who gives it is trained in."""
    for offer in offers(view):
        if "expertise" in offer.lacks:
            message = f"{offer.name} does not say what training {offer.row['delivered_by']} has for it"
            hint = "add `expertise:`, or name the person as `staff:` and list the training in school.yaml"
            yield offer.found("delivered_by", message, hint)


@rule(
    id="provision-quantity",
    severity="code",
    source=QUANTIFIED,
    covers=("C18", "S1-10"),
    why="Only what is quantified can be checked: was it given as often as promised?",
    good="minutes: 15 · times_a_week: 4 · weeks: 10",
    bad="Reading intervention, regularly",
)
def quantity(view: View) -> Iterator[Finding]:
    """How often, for how long, until when."""
    keys = {"how often": "`times_a_week`", "for how long": "`minutes`", "until when": "`weeks` or `to`"}
    for offer in offers(view):
        missing = [part for part in QUANTITY if part in offer.lacks]
        if missing:
            hint = f"add {and_list(keys[part] for part in missing)}"
            yield offer.found("title", f"{offer.name} does not say {and_list(missing)}", hint)


@rule(
    id="provision-group",
    severity="code",
    source=QUANTIFIED,
    covers=("C18", "S1-10"),
    why="Three children or twelve: the size of the group decides how much of it reaches this child, and what it costs.",
    good="type: group · group_size: 4",
    bad="type: group, with no `group_size`",
)
def group(view: View) -> Iterator[Finding]:
    """How many children share it."""
    for offer in offers(view):
        if "group" in offer.lacks:
            message = f"{offer.name} does not say how many children are in the group"
            yield offer.found("type", message, "add `group_size`")


@rule(
    id="provision-universal",
    severity="quality",
    source=QUANTIFIED,
    covers=("C18", "S1-10"),
    why="“Differentiation” stands in every plan. A supply teacher needs to read what to do, and in which lesson.",
    good="Task board with three steps, on the desk in every lesson; ticked off by Leo",
    bad="Differentiated work and scaffolding",
)
def universal(view: View) -> Iterator[Finding]:
    """Universal provision and equipment say what and when."""
    for offer in offers(view):
        if not offer.is_taught and "what" in offer.lacks:
            message = f"{offer.name} could stand in any child's plan: nobody can see whether it happens"
            yield offer.found("title", message, "say what is done or made, in which lessons or at which moment")
        elif "lessons" in offer.lacks:
            message = f"{offer.name} does not say when it is used"
            yield offer.found("title", message, "say in which lessons or at which moment, and who sees to it")


@rule(
    id="provision-vague",
    severity="quality",
    source="SEND Code of Practice 9.69; Hounslow Council's notes on draft plans name “regular” and “as required”",
    covers=("C18", "S1-10"),
    why="“As required” can mean never. Such a phrase usually stands where a number should be.",
    good="Five-minute movement break before each lesson",
    bad="Movement breaks as required",
)
def vague(view: View) -> Iterator[Finding]:
    """A phrase in place of a number."""
    for offer in offers(view):
        if offer.vague:
            message = f"{offer.name} says “{offer.vague}” where a reader needs to know when or how much"
            hint = "say when it happens: how often, or at which moment of the day"
            yield offer.found("title", message, hint)


@rule(
    id="provision-arithmetic",
    severity="quality",
    source="own arithmetic: minutes × times a week against hours a week, times × weeks against sessions planned",
    covers=("C18", "C13"),
    why="Two figures that do not fit make a reader doubt all the others, and costs are reckoned from them.",
    good="minutes: 15 · times_a_week: 4 · hours_a_week: 1",
    bad="minutes: 15 · times_a_week: 4 · hours_a_week: 3",
)
def arithmetic(view: View) -> Iterator[Finding]:
    """The figures of one row fit each other."""
    for offer in offers(view):
        yield from _hours(offer)
        yield from _weeks(offer)
        yield from _sessions(offer)


def _hours(offer: Offer) -> Iterator[Finding]:
    minutes, hours = weekly_minutes(offer.row), offer.row.get("hours_a_week")
    if minutes is None or hours is None:
        return
    gap = abs(minutes - Decimal(hours) * 60)
    if gap > 5 and gap * 20 > minutes:
        sum_ = f"{offer.row['minutes']} minutes × {in_figures(offer.row['times_a_week'])} a week"
        message = f"{offer.name}: {sum_} is {_hours_text(minutes)}, but `hours_a_week` says {in_figures(hours)}"
        yield offer.found("hours_a_week", message, "correct the figure that is wrong, or leave out `hours_a_week`")


def _hours_text(minutes: Decimal) -> str:
    hours = (minutes / 60).quantize(Decimal("0.01")).normalize()
    return f"{hours:f} hour{'s' * (hours != 1)}"


def _weeks(offer: Offer) -> Iterator[Finding]:
    start, end, weeks = (offer.row.get(key) for key in ("from", "to", "weeks"))
    if start and end and weeks and weeks > (end - start).days // 7 + 1:
        calendar = (end - start).days // 7 + 1
        message = f"{offer.name}: {weeks} weeks do not fit between its dates, which are {calendar} weeks apart"
        yield offer.found("weeks", message, "correct `weeks`, `from` or `to`")


def _sessions(offer: Offer) -> Iterator[Finding]:
    times, weeks = offer.row.get("times_a_week"), offer.row.get("weeks")
    rows = offer.record.data.get("do", {}).get("delivery", ())
    planned = next((row["planned"] for row in rows if row["provision"] == offer.row["id"]), None)
    if not times or not weeks or planned is None:
        return
    due = Decimal(times) * weeks
    if planned > due * Decimal("1.2"):
        sum_ = f"{in_figures(times)} a week for {weeks} weeks is {in_figures(due)} sessions"
        message = f"{offer.name}: {sum_}, but {planned} were planned"
        yield offer.found("times_a_week", message, "correct the plan or the delivery log")


@rule(
    id="provision-delivered",
    severity="quality",
    source="Devon Information Advice and Support: is it happening as planned?",
    covers=("S1-15", "C13"),
    why="Before anyone says that support did not work, the reader asks whether it was given.",
    good="planned: 40 · delivered: 36",
    bad="planned: 40 · delivered: 18, with no note",
)
def delivered(view: View) -> Iterator[Finding]:
    """At least four in five of the planned sessions, or the reason."""
    for cycle in view.case.cycles:
        titles = {row["id"]: row["title"] for row in cycle.data["plan"]["provision"]}
        explained = bool(cycle.data.get("review", {}).get("as_planned"))
        for number, row in enumerate(cycle.data.get("do", {}).get("delivery", ())):
            if row["delivered"] * 5 < row["planned"] * 4 and not ("note" in row and explained):
                name = titles.get(row["provision"], row["provision"])
                message = f"“{name}” was given {row['delivered']} times of {row['planned']} planned"
                hint = (
                    "say under `as_planned` in the review what this means for judging it"
                    if "note" in row
                    else "add a `note` why, and say in the review what this means for judging it"
                )
                yield Finding(cycle, ("do", "delivery", number, "delivered"), message, hint)


RULES: tuple[Rule, ...] = (what, who, expertise, quantity, group, universal, vague, arithmetic, delivered)
