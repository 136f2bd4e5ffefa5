"""Provision specified and quantified, with the arithmetic; for cycles that are still running.

Equipment and everyday classroom practice need no minutes; they must only not be worded so that they may never happen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator.cases.case import by_id, is_reviewed
from generator.cases.costs import weekly_minutes
from generator.records.record import Record
from generator.rules.grammar.provision_sentence import (
    is_general,
    says_expertise,
    says_group_size,
    says_how_long,
    says_how_often,
    says_until_when,
    says_who,
    vague_phrase,
)
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import and_list
from generator.values.formatting import number as in_figures

QUANTIFIED = "SEND Code of Practice 9.69 (written for EHC plans); Devon Information Advice and Support on school plans"
TAUGHT = ("group", "one_to_one", "specialist")


@dataclass(frozen=True)
class Offer:
    """A row of provision in a cycle and where it stands."""

    record: Record
    keys: tuple[str | int, ...]
    row: Any

    @property
    def name(self) -> str:
        return f"“{self.row['title']}”"

    @property
    def words(self) -> str:
        """Everything the row says in words about what happens and when."""
        return " · ".join(str(self.row[key]) for key in ("title", "description", "when", "where") if key in self.row)

    @property
    def said(self) -> str:
        """The same with who gives it."""
        return f"{self.words} · {self.row['delivered_by']}"

    @property
    def is_taught(self) -> bool:
        return self.row["type"] in TAUGHT

    @property
    def told(self) -> tuple[str, ...]:
        """Title and description."""
        return tuple(str(self.row[key]) for key in ("title", "description") if key in self.row)

    @property
    def has_figures(self) -> bool:
        return bool({"minutes", "times_a_week", "hours_a_week", "yearly_cost", "group_size"} & self.row.keys())

    @property
    def says_when(self) -> bool:
        return self.has_figures or "when" in self.row or "where" in self.row or says_how_often(self.words)

    def missing(self) -> list[str]:
        """Which of how often, how long and until when the row does not say."""
        row, words = self.row, self.words
        hours = "hours_a_week" in row
        often = hours or "times_a_week" in row or says_how_often(words)
        long = hours or "minutes" in row or says_how_long(words)
        until = "weeks" in row or "to" in row or says_until_when(words)
        return [
            part for part, said in (("how often", often), ("for how long", long), ("until when", until)) if not said
        ]

    def found(self, key: str, message: str, hint: str) -> Finding:
        return Finding(self.record, (*self.keys, key), message, hint)


def offers(view: View) -> Iterator[Offer]:
    """The provision of cycles that are not reviewed yet."""
    for cycle in view.case.cycles:
        if not is_reviewed(cycle.data):
            for number, row in enumerate(cycle.data["plan"]["provision"]):
                yield Offer(cycle, ("plan", "provision", number), row)


_GENERIC = re.compile(
    r"^(?:(?:ta|lsa|hlta|1 ?: ?1|one[- ]to[- ]one|in[- ]class|small|group|extra|additional|adult|classroom|"
    r"curriculum|reading|literacy|numeracy|maths|english|language|emotional|pastoral|behaviour|bespoke|general|"
    r"individual|personalised|targeted|daily|weekly|regular|academic|learning|and|&|a|range|of)[ ,]*)*(?:support|"
    r"help|tas?|lsas?|interventions?|work|provision|timetable|time|sessions?|input|assistance)$|"
    r"^[\w-]+ (?:support|help|provision)$",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"^(?:an? |any |all |members? of |available |key |school |class |support |other |the )*(?:staff|adults?|school|"
    r"someone|somebody|anyone|tbc|tba|to be (?:confirmed|arranged)|various|n/?a|\?+|team)\W*$",
    re.IGNORECASE,
)
_NOT_YET = re.compile(r"^\W*(?:tbc|tba|to be (?:confirmed|arranged|agreed)|\?+|n/?a)\W*$", re.IGNORECASE)


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
        if offer.is_taught and _GENERIC.match(str(offer.row["title"]).strip(" .")) and not _is_described(offer.row):
            yield offer.found(
                "title",
                f"{offer.name} does not say what is done",
                "name the approach or programme, and in the description what the child and the adult do",
            )


def _is_described(row: Any) -> bool:
    text = str(row.get("description", ""))
    return len(text.split()) >= 8 and not vague_phrase(text)


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
        given_by = str(offer.row["delivered_by"])
        nobody = "staff" not in offer.row and _NOBODY.match(given_by)
        elsewhere = says_who(offer.words, view.first_name) and not _NOT_YET.match(given_by)
        if offer.is_taught and nobody and not elsewhere:
            yield offer.found(
                "delivered_by",
                f"{offer.name} does not say which member of staff gives it",
                "write a role or a name, such as Teaching assistant (Mrs Begum)",
            )


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
    staff = by_id(view.case.school.data.get("staff", ())) if view.case.school else {}
    for offer in offers(view):
        row = offer.row
        trained = "expertise" in row or staff.get(row.get("staff"), {}).get("training")
        if offer.is_taught and not trained and not says_expertise(offer.said):
            yield offer.found(
                "delivered_by",
                f"{offer.name} does not say what training {row['delivered_by']} has for it",
                "add `expertise:`, or name the person as `staff:` and list the training in school.yaml",
            )


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
    for offer in offers(view):
        missing = offer.missing() if offer.is_taught else []
        if missing:
            keys = {"how often": "`times_a_week`", "for how long": "`minutes`", "until when": "`weeks` or `to`"}
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
        if offer.row["type"] == "group" and "group_size" not in offer.row and not says_group_size(offer.words):
            yield offer.found(
                "type", f"{offer.name} does not say how many children are in the group", "add `group_size`"
            )


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
        if offer.is_taught or vague_phrase(offer.words):
            continue
        if is_general(*offer.told) and not offer.has_figures:
            message = f"{offer.name} could stand in any child's plan: nobody can see whether it happens"
            yield offer.found("title", message, "say what is done or made, in which lessons or at which moment")
        elif "description" not in offer.row and not offer.says_when:
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
        phrase = vague_phrase(offer.words) if not offer.is_taught or _unquantified(offer) else ""
        if phrase:
            yield offer.found(
                "title",
                f"{offer.name} says “{phrase}” where a reader needs to know when or how much",
                "say when it happens: how often, or at which moment of the day",
            )


def _unquantified(offer: Offer) -> bool:
    return bool({"how often", "for how long"} & set(offer.missing()))


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
