"""Answers that a form wants from several values of one row: support and its cost, cycles, tests, services, evidence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from generator.cases.classes import school_of, school_year_at
from generator.cases.costs import hourly_rate, weekly_minutes, yearly_cost
from generator.forms.authority.answering import cycle_answers, review_answers  # noqa: F401  enter their ways of writing
from generator.forms.authority.answering.writers import (
    Answer,
    Manner,
    flat,
    money,
    one_line,
    rows_of,
    words,
    writer,
    written_date,
)
from generator.forms.authority.paths import Sources
from generator.values.parsing import NOT_KNOWN

Row = Mapping[str, Any]

ELEMENT_TWO = Decimal(6000)
"""Pounds that a school is expected to find from its own budget before top-up (notional SEN budget, element 2)."""

_CODES = {
    "communication_and_interaction": "C&I",
    "cognition_and_learning": "C&L",
    "social_emotional_and_mental_health": "SEMH",
    "sensory_and_physical": "S/P",
}
AREA_NAMES = {
    "communication_and_interaction": "Communication and interaction",
    "cognition_and_learning": "Cognition and learning",
    "social_emotional_and_mental_health": "Social, emotional and mental health",
    "sensory_and_physical": "Sensory and/or physical",
}

# -- people and schools -----------------------------------------------------------------------------------------------


@writer("name, from – to")
def _setting(_: Sources, values: list[Any], manner: Manner) -> Answer:
    said = []
    for row in rows_of(values):
        span = " – ".join(filter(None, (words(row.get("from"), manner), words(row.get("to"), manner))))
        said.append(", ".join(filter(None, (str(row["name"]), span))))
    return "\n".join(said)


@writer("interpreter, what makes it hard, hard times")
def _help(_: Sources, values: list[Any], manner: Manner) -> Answer:
    interpreter, *others = values
    said = [] if interpreter is None else [f"Interpreter: {words(interpreter, manner).lower()}"]
    return "\n".join([*said, *filter(None, (words(v, manner) for v in others))])


@writer("with its kind in front")
def _kinds(_: Sources, values: list[Any], manner: Manner) -> Answer:
    names = ("Health", "Medicine", "Sight", "Hearing")
    return "\n".join(f"{n}: {words(v, manner)}" for n, v in zip(names, values, strict=False) if words(v, manner))


@writer("name, by whom, when")
def _diagnosis(_: Sources, values: list[Any], manner: Manner) -> Answer:
    said = []
    for row in rows_of(values):
        day = _in_words(row.get("date"), manner)
        said.append(", ".join(filter(None, (words(row.get("name"), manner), words(row.get("by"), manner), day))))
    return "\n".join(said)


# -- needs ------------------------------------------------------------------------------------------------------------


@writer("rank")
def _rank(_: Sources, values: list[Any], manner: Manner) -> Answer:
    ranks = [row["rank"] for row in rows_of(values) if row.get("rank")]
    return str(min(ranks)) if ranks else ""


@writer("name of the area")
def _area(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return "\n".join(AREA_NAMES.get(str(v), str(v)) for v in flat(values) if v != NOT_KNOWN)


@writer("code of the area")
def _area_code(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return [_CODES.get(str(v), "") for v in values[0] or []]


@writer("four areas with their names")
def _areas(_: Sources, values: list[Any], manner: Manner) -> Answer:
    held = values[0] or {}
    return "\n".join(
        f"{name}: {words(held[key], manner)}" for key, name in AREA_NAMES.items() if words(held.get(key), manner)
    )


@writer("each need: title, description; then the diagnosis")
def _needs(_: Sources, values: list[Any], manner: Manner) -> Answer:
    needs = rows_of(values[:1])
    said = [": ".join(filter(None, (str(n["title"]), words(n.get("description"), manner)))) for n in needs]
    return "\n".join([*said, *(_given(n["diagnosis"], manner) for n in needs if n.get("diagnosis"))])


def _given(row: Row, manner: Manner) -> str:
    """A diagnosis with who gave it and when in brackets."""
    source = ", ".join(filter(None, (words(row.get("by"), manner), _in_words(row.get("date"), manner))))
    return f"{words(row.get('name'), manner)}{f' ({source})' if source else ''}"


def _in_words(when: Any, manner: Manner) -> str:
    return written_date(when, "d MMMM yyyy") if isinstance(when, date) else words(when, manner)


# -- attainment and tests ---------------------------------------------------------------------------------------------


@writer("the latest result")
def _latest(_: Sources, values: list[Any], manner: Manner) -> Answer:
    rows = sorted(rows_of(values), key=lambda r: r.get("date", date.min))
    return _result(rows[-1], manner) if rows else ""


@writer("the result a year ago")
def _year_ago(sources: Sources, values: list[Any], manner: Manner) -> Answer:
    """The entry nearest to a year before the newest one, from half a year to a year and a half older."""
    rows = sorted(rows_of(values), key=lambda r: r.get("date", date.min))
    dated = [r for r in rows[:-1] if isinstance(r.get("date"), date) and _about_a_year(rows[-1]["date"] - r["date"])]
    if not dated:
        return ""
    return _result(min(dated, key=lambda r: abs((rows[-1]["date"] - r["date"]).days - 365)), manner)


def _about_a_year(between: timedelta) -> bool:
    return timedelta(180) < between < timedelta(550)


@writer("the last result of the school year before")
def _year_before(sources: Sources, values: list[Any], manner: Manner) -> Answer:
    """The last entry of the school year before that of the newest one."""
    school = school_of(sources.case)
    rows = sorted((r for r in rows_of(values) if isinstance(r.get("date"), date)), key=lambda r: r["date"])
    before = [r for r in rows if school_year_at(school, r["date"]) == school_year_at(school, rows[-1]["date"]) - 1]
    return _result(before[-1], manner) if before else ""


def _result(row: Row, manner: Manner) -> str:
    when = words(row.get("date"), manner)
    return f"{words(row.get('result'), manner)}{f' ({when})' if when else ''}"


@writer("standard score, or age equivalent")
def _score(_: Sources, values: list[Any], manner: Manner) -> Answer:
    said = []
    for row in rows_of(values):
        score = words(row.get("standard_score"), manner)
        age = words(row.get("age_equivalent"), manner)
        said.append(score or (f"age equivalent {age}" if age else words(row.get("raw"), manner)))
    return said


# -- support and its cost ---------------------------------------------------------------------------------------------


def _frequency(row: Row, manner: Manner) -> str:
    minutes, times = row.get("minutes"), row.get("times_a_week")
    if minutes is None or times is None:
        return words(row.get("when"), manner)
    often = "every second week" if Decimal(times) == Decimal("0.5") else f"{words(Decimal(times), manner)} times a week"
    return f"{often}, {words(minutes, manner)} minutes"


@writer("how often and how long")
def _often(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return [_frequency(row, manner) for row in rows_of(values)]


@writer("role of the adult, else who gives it")
def _staff(sources: Sources, values: list[Any], manner: Manner) -> Answer:
    staff = {row["id"]: row for row in sources.roots["school"].get("staff", ())}
    return [
        str(staff.get(row.get("staff", ""), {}).get("role") or words(row.get("delivered_by"), manner))
        for row in rows_of(values)
    ]


@writer("hours a week")
def _hours(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return [_hours_of(row, 1, manner) for row in rows_of(values)]


@writer("hours a week of this pupil")
def _own_hours(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return [_hours_of(row, int(row.get("group_size") or 1), manner) for row in rows_of(values)]


def _hours_of(row: Row, shared: int, manner: Manner) -> str:
    minutes = weekly_minutes(row)
    if minutes is None:
        return ""
    hours = minutes / 60 / shared
    return words(hours.quantize(Decimal("0.01")), manner)


@writer("minutes a week")
def _minutes(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return [words(weekly_minutes(row), manner) for row in rows_of(values)]


@writer("pounds an hour")
def _rate(sources: Sources, values: list[Any], manner: Manner) -> Answer:
    return [
        money(hourly_rate(row, sources.roots["school"])) if weekly_minutes(row) is not None else ""
        for row in rows_of(values)
    ]


@writer("pounds a year of each row")
def _costs(sources: Sources, values: list[Any], manner: Manner) -> Answer:
    return [money(yearly_cost(row, sources.roots["school"])) for row in rows_of(values)]


def _year(sources: Sources, values: list[Any]) -> Decimal | None:
    costs = [yearly_cost(row, sources.roots["school"]) for row in rows_of(values) if row.get("type") != "universal"]
    known = [cost for cost in costs if cost is not None]
    return sum(known, Decimal()) if known else None


@writer("pounds a year in all")
def _total(sources: Sources, values: list[Any], manner: Manner) -> Answer:
    return money(_year(sources, values))


@writer("pounds a year above the school's 6,000")
def _top_up(sources: Sources, values: list[Any], manner: Manner) -> Answer:
    total = _year(sources, values)
    return "" if total is None else money(max(total - ELEMENT_TWO, Decimal()))


# -- evidence ---------------------------------------------------------------------------------------------------------


@writer("tick each row with evidence")
def _enclosed(sources: Sources, values: list[Any], manner: Manner) -> Answer:
    named = {row.get("agency") for row in sources.roots.get("evidence", {}).get("items", ())}
    return [row in named for row in values[0] or []]


@writer("titles of the evidence")
def _evidence(sources: Sources, values: list[Any], manner: Manner) -> Answer:
    items = {row["id"]: row for row in sources.roots.get("evidence", {}).get("items", ())}
    return "\n".join(one_line(str(items[v]["title"])) for v in flat(values) if v in items)


@writer("tick if there are two")
def _two(_: Sources, values: list[Any], manner: Manner) -> Answer:
    return len(flat(values[0] if isinstance(values[0], list) else values)) >= 2


@writer("text of each outcome")
def _outcome_texts(sources: Sources, values: list[Any], manner: Manner) -> Answer:
    outcomes = {row["id"]: row for row in sources.roots.get("plan", {}).get("outcomes", ())}
    return [words(outcomes.get(v, {}).get("text") if isinstance(v, str) else v, manner) for v in flat(values)]
