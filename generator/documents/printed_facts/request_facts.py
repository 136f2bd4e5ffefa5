"""What documents print of a request beside its record: when the authority must answer, and what its support costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from generator.cases.case import Case, Data
from generator.cases.costs import THRESHOLD, is_short_block
from generator.cases.dates.request_answers import answers, asks_for_decision
from generator.cases.dates.school_days import first_school_day
from generator.cases.dates.statutory_clock import statutory_clock
from generator.cases.family.contact_details import Reader
from generator.cases.family.family_copies import (
    may_have_copies,
    named_person,
    names_person,
    of_family,
    reaches_family,
    several,
    words,
)
from generator.cases.family.people import has_responsibility
from generator.documents.printed_facts.cycle_facts import cost, total
from generator.values.formatting import as_hours, money
from generator.values.formatting import date as in_words

Row = Mapping[str, Any]


def answer_due(case: Case, for_family: bool = False, on: date = date.max) -> dict[str, Any] | None:
    """By when the authority must say whether it assesses; SEND Regulations 2014 reg 5(3): six weeks from receipt.

    What goes to the authority reckons from the request's own day, so that recording the sending changes nothing of what
    was sent. A copy for home reckons from the best day that the records know, and is silent once the log has the answer
    by the day `on`. `known` says which day `start` is: received, sent, or dated. `words` says it, within a sentence.
    Nothing for updated advice, which asks for no decision. `ask_from` is the first school day after it, where the terms
    tell one.
    """
    request = case.data("request")
    if "date" not in request or not asks_for_decision(request):
        return None
    sent: Data = request.get("sent", {}) if for_family else {}
    days = (("received", sent.get("received")), ("sent", sent.get("date")), ("dated", request["date"]))
    known, start = next((known, day) for known, day in days if isinstance(day, date))
    clock = statutory_clock(start)
    if for_family and all(step.key != "decision" for step in answers(case, clock, on).owed):
        return None
    school = case.school.data if case.school else {}
    found = {"known": known, "start": start, "by": clock.decision}
    found["ask_from"] = first_school_day(school, clock.decision)
    return {**found, "words": _answer_in_words(found)}


def _answer_in_words(answer: Row) -> str:
    """`within six weeks of receiving it; if it is received on …, that is by …`: no day as known that nobody knows."""
    by, start = in_words(answer["by"]), in_words(answer["start"])
    if answer["known"] == "received":
        return f"by {by}: six weeks from {start}, when it received the request"
    if answer["known"] == "sent":
        return f"within six weeks of receiving it; sent on {start}, that is by {by} if received on the same day"
    return f"within six weeks of receiving it; if it is received on {start}, the day of the request, that is by {by}"


def support_sums(provision: Sequence[Row]) -> dict[str, Any]:
    """Hours and pounds of some support, each added up in one way for every page that says them.

    `shared_minutes` are those of `weekly_minutes` that are given in a group; `over_threshold` is how far the cost is
    above the £6,000 that a school is expected to find from its own budget, negative below it; `equipment_cost` is the
    part of it for things.
    """
    timed = [row for row in provision if row["weekly_minutes"] is not None]
    yearly = cost(provision)
    return {
        "weekly_minutes": total(row["weekly_minutes"] for row in timed),
        "shared_minutes": total(row["weekly_minutes"] for row in timed if row["group_size"] and row["group_size"] > 1),
        "yearly_cost": yearly,
        "over_threshold": None if yearly is None else yearly - THRESHOLD,
        "equipment_cost": total(row["yearly_cost"] for row in provision if row["type"] == "equipment"),
    }


def short_blocks(cycle: Data, shown: Sequence[Row]) -> list[str]:
    """The titles of the support, of that which is shown, of which the cost counts only the weeks that are planned."""
    timed = {row["id"] for row in shown if row["weekly_minutes"] is not None and row["yearly_cost"] is not None}
    return [str(row["title"]) for row in cycle["plan"]["provision"] if row["id"] in timed and is_short_block(row)]


def hours_in_words(sums: Row) -> str:
    """`12 hours a week, 7 hours of them in a group`; nothing where no hours are known."""
    minutes, shared = sums["weekly_minutes"], sums["shared_minutes"]
    if minutes is None:
        return ""
    in_group = (
        "" if not shared else ", all in a group" if shared == minutes else f", {as_hours(shared)} of them in a group"
    )
    return f"{as_hours(minutes)} a week{in_group}"


def beside_threshold(over: Decimal) -> str:
    """`£91.40 above the £6,000 a year …`: the sum beside what a school is expected to find itself."""
    mark = f"the {money(THRESHOLD).removesuffix('.00')} a year that a school is expected to find from its own budget"
    if not over:
        return f"exactly {mark}"
    return f"{money(abs(over))} {'above' if over > 0 else 'below'} {mark}"


def their_actions(case: Case, reader: Reader | None) -> list[dict[str, Any]]:
    """What the newest meeting left undone to the reader of a copy, or to anybody at home where it is for all."""
    pupil = case.data("pupil")
    theirs = [row for row in may_have_copies(pupil) if not (reader and reader.person) or row["id"] == reader.person]
    meeting = case.meetings[-1].data if case.meetings else {}
    return [
        {"what": row["what"], "by": row.get("by")}
        for row in meeting.get("actions", ())
        if not row.get("done") and _is_for(str(row["who"]), theirs, pupil, meeting["date"])
    ]


def _is_for(who: str, theirs: Sequence[Data], pupil: Data, on: date) -> bool:
    """True where an action is for one of some people at home: by name, first name, as Mum, or as one of the parents."""
    home = {key: value for key, value in pupil.items() if key != "date_of_birth"}  # what the pupil does is not theirs
    ids = {row["id"] for row in theirs}
    if any(names_person(of_family(who, pupil), row) for row in theirs):
        return True
    for part in several(of_family(who, pupil), pupil):
        people, said = pupil.get("people", ()), words(part)
        named = [row["id"] for row in people if words(str(row["name"]).split()[0]) & said]
        if one := named_person(part, pupil):
            named.append(one["id"])
        if ids & {*named} or (ids and not named and reaches_family(part, home, on)):
            return True
    return False


def their_consent(case: Case, reader: Reader | None) -> date | None:
    """The newest day on which the reader of a copy signed a consent to the request; nothing for a copy for all."""
    people = [row for row in case.data("pupil").get("people", ()) if reader and row["id"] == reader.person]
    rows = case.data("request").get("consents", ())
    days = [row.get("date") for row in rows if any(names_person(str(row["person"]), person) for person in people)]
    return max((day for day in days if isinstance(day, date)), default=None)


def waits_for_consent(case: Case, reader: Reader | None) -> bool:
    """True while the request has an empty line for the reader of a copy to sign, or for anybody where it is for all.

    With no consent written down at all it has one for each parent.
    """
    people = [row for row in case.data("pupil").get("people", ()) if reader and row["id"] == reader.person]
    rows = case.data("request").get("consents", ())
    if not rows:
        return not people or has_responsibility(people[0])
    open_ = [str(row["person"]) for row in rows if not row.get("date")]
    return bool(open_) and (not people or any(names_person(name, people[0]) for name in open_))
