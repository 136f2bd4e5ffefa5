"""What was agreed and what is at home: an agreement of an earlier version, a copy that somebody holds of before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from generator.cases.case import Data, Given, current_cycle, is_reviewed
from generator.cases.family.agreement import SIGNED, Agreement, agreements, content_digest
from generator.cases.family.contact_details import is_professional
from generator.cases.family.family_copies import may_have_copies, reaches_family
from generator.cases.family.people import who_decides
from generator.records.record import Record
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import and_list
from generator.values.formatting import date as in_words

_DOCUMENT = {"plan": "support-plan"}
"""The document that people sign, where it is not called after its record."""

_NAMES = {"plan": "plan", "my-support-plan": "My Support Plan", "behaviour-plan": "behaviour plan"}


@rule(
    id="agreement-outdated",
    severity="code",
    source="SEND Code 6.48: teacher and SENCO agree in consultation with the parent and the pupil",
    why="A signature is for what was signed. What was changed afterwards has been agreed by nobody.",
    good="date: 12 January 2026, signatures: a parent on 14 January 2026",
    bad="date: 20 November 2026, and the only signature is of 22 April 2026",
    covers=("S0-2", "S3-5"),
)
def agreement_outdated(view: View) -> Iterator[Finding]:
    for kind in SIGNED:
        record = view.case.one(kind)
        if record is None or record.data.get("status") == "draft":
            continue
        old = [row for row in agreements(view.case, record) if row.date and not row.holds]
        if old:
            who = and_list(dict.fromkeys(row.person for row in old))
            of = and_list(sorted({_of(row) for row in old}))
            yield Finding(
                record,
                ("signatures",),
                f"{who} agreed {of}; the changes since then are not agreed yet",
                "talk them over, then write the new day under signatures; a spoken yes counts with method: verbal",
            )


def _of(row: Agreement) -> str:
    return f"to {row.of}" if row.of else f"on {in_words(row.date)}, to the version of then"


@rule(
    id="copy-outdated",
    severity="quality",
    source="SEND Code 6.71: the record is given to the pupil’s parents; each of them has the right to it",
    why="Two parents with two versions of one plan each keep to another plan.",
    good="version 2 given to Ms Brown and, as another copy of the same version, to Mr Brown",
    bad="version 2 given to Ms Brown, while Mr Brown holds version 1",
    covers=("S1-3", "C12"),
)
def copy_outdated(view: View) -> Iterator[Finding]:
    for kind in ("plan", "my-support-plan", "behaviour-plan"):
        record = view.case.one(kind)
        given = [one for one in view.case.given if one.document == _DOCUMENT.get(kind, kind) and one.status == "final"]
        if record is None or not given or record.data.get("status") == "draft":
            continue
        for person in may_have_copies(view.case.data("pupil")):
            held = _held(given, person, view)
            why = _behind(record, held, max(one.version for one in given)) if held else ""
            if held and why:
                what = f"{person['name']} holds version {held.version} of the {_NAMES[kind]}, of {in_words(held.date)}"
                yield Finding(
                    record,
                    ("copies",) if "copies" in record.data else (),
                    f"{what}; {why}",
                    f"sendpack issue {view.case.name} {_DOCUMENT.get(kind, kind)} --to {person['id']} gives out what it"
                    " says now",
                )


def _held(given: list[Given], person: Data, view: View) -> Given | None:
    """The newest version that reached one person at home."""
    alone = {**view.case.data("pupil"), "people": [person]}
    own = [one for one in given if one.date <= view.on and reaches_family(one.to, alone, one.date)]
    return max(own, key=lambda one: (one.version, one.date), default=None)


def _behind(record: Record, held: Given, newest: int) -> str:
    if held.version < newest:
        return f"version {newest} was given out since"
    agreed = held.agreed_to.get(record.path.rsplit("/", 1)[-1])
    return "it was changed since" if agreed is not None and agreed != content_digest(record.data) else ""


@rule(
    id="copy-each-home",
    severity="quality",
    source="SEND Code 6.71: the record is given to the pupil’s parents; each of them has the right to it",
    why="A copy at the mother’s home is none at the father’s.",
    good="copies: to Samira Brown and to Daniel Brown, who live apart",
    bad="copies: to Samira Brown alone, while Daniel Brown lives elsewhere",
    covers=("S1-3",),
)
def copy_each_home(view: View) -> Iterator[Finding]:
    """Once one home has the plan; that none has it is another finding."""
    plan = view.case.one("plan")
    if plan is None or plan.data.get("status") == "draft" or "date" not in plan.data:
        return
    pupil, dated = view.case.data("pupil"), plan.data["date"]
    people = [person for person in may_have_copies(pupil) if not is_professional(person)]
    went = [(str(row["to"]), row["date"]) for row in plan.data.get("copies", ())]
    went += [(one.to, one.date) for one in view.case.given if one.document == "support-plan" and one.status == "final"]
    there = [(to, day) for to, day in went if dated <= day <= view.on]
    reached = [
        person for person in people if any(reaches_family(to, {**pupil, "people": [person]}, day) for to, day in there)
    ]
    homes = {_home(person) for person in reached}
    for person in people if reached else ():
        if _home(person) not in homes:
            yield Finding(
                plan,
                ("copies",) if "copies" in plan.data else (),
                f"{person['name']}, who lives elsewhere, has no copy of the plan of {in_words(dated)}",
                f"sendpack issue {view.case.name} support-plan --to {person['id']} gives the same version",
            )


def _home(person: Data) -> str:
    return str(person.get("address") or person.get("postcode") or "the child’s")


_TOGETHER = timedelta(days=14)
"""A plan and a cycle that are written within so many days are agreed in one talk."""


@rule(
    id="agreement-dates",
    severity="quality",
    source="one agreement has one day: the plan and the cycle’s record are read side by side",
    why="A caseworker who finds two days for one agreement asks which of the papers is true.",
    good="plan.yaml: a parent signed on 16 September 2026 · the cycle: parents_agreed: 16 September 2026",
    bad="plan.yaml: a parent signed on 16 September 2026 · the cycle: parents_agreed: 23 September 2026",
    covers=("S0-2",),
)
def agreement_dates(view: View) -> Iterator[Finding]:
    """The running cycle against the signatures of the plan that was written with it.

    Papers of two days, each agreed once it was written, were agreed twice: nothing is wrong with that.
    """
    plan, cycle = view.case.one("plan"), current_cycle(view.case)
    if plan is None or cycle is None or is_reviewed(cycle.data):
        return
    support = cycle.data["plan"]
    written, signed = support.get("date", cycle.data["start"]), plan.data.get("date", date.min)
    if abs(written - signed) > _TOGETHER:
        return
    decides = who_decides(view.case.data("pupil"))
    parents = "the parents" if decides == "parents" else decides
    for key, capacity, who in (("parents_agreed", "parent", parents), ("pupil_agreed", "pupil", "the pupil")):
        rows = plan.data.get("signatures", ())
        days = sorted(
            {row["date"] for row in rows if row["capacity"] == capacity and isinstance(row.get("date"), date)}
        )
        agreed = support.get(key)
        if not isinstance(agreed, date) or not days or agreed in days:
            continue
        if written == signed or agreed < written or days[0] < signed:
            yield Finding(
                cycle,
                ("plan", key),
                f"{who} agreed on {in_words(agreed)}, and signed the plan of the same weeks on "
                f"{and_list(in_words(day) for day in days)}",
                "correct the day that is wrong; where they agreed twice, add the second signature to plan.yaml",
            )


RULES: tuple[Rule, ...] = (agreement_outdated, copy_outdated, copy_each_home, agreement_dates)
