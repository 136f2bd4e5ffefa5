"""A rule asked about plain values: how often it speaks, on a day, of a case that has only what the rule looks at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from generator.authorities.pack import Pack
from generator.cases.case import Case, Given
from generator.records.record import Record
from generator.rules import Finding, View
from generator.rules.rule_list import RULES
from tests.joined import record

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
ON = date(2026, 10, 1)
BY_ID = {rule.id: rule for rule in RULES}
CHILD: dict[str, Any] = {
    "forenames": "Ben", "legal_surname": "Ashworth", "year_group": 4, "date_of_birth": date(2018, 5, 14), "people": [],
    "sen_status": [{"status": "K", "from": date(2026, 1, 12)}],
}  # fmt: skip
"""A pupil of Year 4 with support since January."""

YOUNG = {"date_of_birth": date(2009, 9, 1), "year_group": 12}
"""Over compulsory school age on the day that is asked about."""


def case(
    *rows: Record, school: Mapping[str, Any] | None = None, given: tuple[Given, ...] = (), **kinds: Mapping[str, Any]
) -> Case:
    """A case of records by kind and further ones; the pupil is CHILD with what `pupil` changes."""
    held = {"pupil": {**CHILD, **kinds.pop("pupil", {})}, **kinds}
    own = tuple(record(kind.replace("_", "-"), data) for kind, data in held.items())
    return Case("ben", (*own, *rows), record("school", school) if school is not None else None, given)


def told(rule: str, *rows: Record, on: date = ON, pack: Mapping[str, Any] | None = None, **kinds: Any) -> list[Finding]:
    """What a rule says of a case."""
    mine = Pack("own", ("own",), {"name": "Ourshire", **(pack or {})})
    return list(BY_ID[rule].look(View(case(*rows, **kinds), mine, on)))


def without_child(rule: str, *rows: Record, **kinds: Mapping[str, Any]) -> list[Finding]:
    """What a rule says of a case without pupil.yaml."""
    own = tuple(record(kind.replace("_", "-"), data) for kind, data in kinds.items())
    return list(BY_ID[rule].look(View(Case("ben", (*own, *rows)), Pack("own", ("own",), {"name": "Ourshire"}), ON)))


def cycle(n: int = 1, start: date | None = ON - 12 * WEEK, end: date | None = None, **more: Any) -> Record:
    """A cycle of a number, reviewed when it has an end; `plan`, `assess`, `review` are filled up."""
    plan = {"targets": [], "provision": [], **more.pop("plan", {})}
    review = {"date": end, "targets": [], **more.pop("review", {})} if end else more.pop("review", {})
    data = {"number": n, "plan": plan, "assess": more.pop("assess", {}), "lead_teacher": "Miss Okoro", **more}
    data |= ({"start": start} if start else {}) | ({"review": review} if review else {})
    return record("cycle", data, f"cycles/{n}")


def meeting(day: date | None = ON - WEEK, *parties: str, **more: Any) -> Record:
    """A meeting of a day, with somebody of each party present; a parent when none is named."""
    people = [{"name": f"A {one}", "role": one, "came": "present", "party": one} for one in parties or ("parent",)]
    data = {"type": "review", "chair": "Miss Okoro, class teacher", "people": people, **more}
    return record("meeting", data | ({"date": day} if day else {}), f"meetings/{day}")


def log(*rows: Mapping[str, Any]) -> dict[str, Any]:
    """The log with some entries; a contact where no kind is said."""
    return {"entries": [{"kind": "contact", "what": "Talked", **row} for row in rows]}


# -- a family of two homes -------------------------------------------------------------------------------------------

YEAR = 365 * DAY
MUM = {"id": "mum", "name": "Ann Ashworth", "title": "Mrs", "relationship": "mother", "parental_responsibility": True}
DAD = {**MUM, "id": "dad", "name": "Rob Hill", "title": "Mr", "relationship": "father", "address": "4 Quay Street"}
APART = {"address": "12 Tannery Row", "people": [MUM, DAD]}
OLDER = {"date_of_birth": date(2008, 9, 1), "year_group": 13}
"""Over compulsory school age a year ago already."""
WEAK = {"targets": [{"target": "t", "status": "not_met"}]}


def people(*rows: tuple[str, str], came: str = "present", role: str = "") -> list[dict[str, Any]]:
    return [{"name": name, "role": role or party, "came": came, "party": party} for name, party in rows]
