"""Who a document is about and for, on its day: names, age, year, status, home, and who a letter goes to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from generator.authorities.legal_test import Criterion
from generator.cases import case as c
from generator.cases.case import Case, Data
from generator.cases.child_voice import in_own_voice
from generator.cases.classes import class_at, teacher_role, year_group_at
from generator.cases.dates.age_and_year import (
    age,
    age_text,
    key_stage,
    prepares_for_adulthood,
    speaks_for_themselves,
    usual_year_group,
    year_label,
)
from generator.cases.family.agreement import SIGNED, agreements
from generator.cases.family.contact_details import Reader, is_carer, is_professional
from generator.cases.family.family_copies import names_person
from generator.cases.family.people import addressees, first_name, full_name, has_responsibility, known_as
from generator.cases.vocabulary import KEY_STAGES, SEN_STATUS
from generator.documents.charts.draw_chart import COLOUR
from generator.documents.printed_facts.told_once import Places
from generator.documents.symbols import Symbol
from generator.records.field_view import Fields
from generator.records.record import Record
from generator.values.formatting import Ours
from generator.word_files.pictures_with_alt_text import Picture

View = Callable[[Record | None, str], Fields]
"""Gives the Fields of a record; of an empty one of that kind when it is not there."""


@dataclass(frozen=True)
class Occasion:
    """For which document the facts are: its day, its own cycle, the bundle's pages, a photo, who a letter goes to.

    `matrix` is the evidence matrix of the pupil's authority, without the limbs of section 36(8); `asked` are its own
    questions, each with the answer; `stages` its ladder by id;
    `readers` are the groups that the document is made for, `reader` the person for whom a copy is; `colour` is the
    house's, for charts. `kind` is the document's own; `places` is where the parts of its bundle are, `carries` the
    plan that the pack lets carry the needs there, `our_headings` whether that plan is made from our own template,
    `summary_first` whether the case summary is the bundle's first page.
    `known_by` is the later day up to which the plan that carries a bundle's results tells them.
    `left_out_people` are those of whom the reader's copy does not say how to reach them.
    `plan_costs` says that the pack wants the
    cost of the support in the plan. `pictures` are the child's own, each with the word that it stands for.
    """

    on: date
    known_by: date | None = None
    kind: str = ""
    cycle: Record | None = None
    places: Places = field(default_factory=dict)
    carries: str = ""
    our_headings: bool = True
    summary_first: bool = False
    plan_costs: bool = False
    photo: Any = None
    pictures: Sequence[tuple[str, Picture | Symbol]] = ()
    addressee: Mapping[str, Any] | None = None
    matrix: Sequence[Criterion] = ()
    asked: Sequence[tuple[str, str, Sequence[str]]] = ()
    stages: Mapping[str, str] = field(default_factory=dict)
    readers: frozenset[str] = frozenset()
    reader: Reader | None = None
    left_out_people: Sequence[str] = ()
    colour: str = COLOUR


def lines(address: Any, postcode: Any) -> list[str]:
    """An address as lines, cut at commas and line ends, the postcode last."""
    parts = [part.strip() for line in str(address or "").splitlines() for part in line.split(",")]
    return [part for part in [*parts, str(postcode or "")] if part]


def pupil_facts(case: Case, view: View, occasion: Occasion, home_authority: str) -> dict[str, Any]:
    """The pupil's own facts; every name is always there."""
    pupil, on = case.data("pupil"), occasion.on
    status = c.sen_status(pupil, on) if pupil.get("sen_status") else ""
    year = year_group_at(case, on)
    stage = key_stage(year) if year is not None else ""
    people = [p for p in view(case.one("pupil"), "pupil").people if has_responsibility(p) and p.copies is not False]
    return {
        "full_name": known_as(pupil),
        "legal_name": full_name(pupil),
        "first_name": first_name(pupil),
        "age": age(pupil["date_of_birth"], on)[0],
        "age_text": age_text(pupil["date_of_birth"], on),
        "year_group": year_label(year),
        "chronological_year": year_label(usual_year_group(pupil["date_of_birth"], occasion.on)),
        "class_name": class_at(case, on),
        "teacher_role": teacher_role(year),
        "key_stage": KEY_STAGES.get(stage, stage.replace("KS", "Key stage ")),
        "prepares_for_adulthood": prepares_for_adulthood({"year_group": year}),
        "young_person": speaks_for_themselves(pupil, on),
        "photo": occasion.photo,
        "sen_status": SEN_STATUS.get(status, ""),
        "sen_since": c.status_since(pupil, on),
        "authority": home_authority,
        "parents": people,
        "parents_and_carers": [*people, *_carers(case, view)],
        "home_address": lines(pupil.get("address"), pupil.get("postcode")),
        "addressee": dict(occasion.addressee) if occasion.addressee else None,
        "asked": _asked(case, occasion.addressee),
        "agreed": {kind.replace("-", "_"): _agreed(case, kind, year) for kind in SIGNED},
        "child": _child(case),
    }


def _agreed(case: Case, kind: str, year: str | int | None) -> list[dict[str, Any]]:
    """Who agreed to the record of a kind, and whether that holds for what it says now."""
    return [
        {
            "person": row.person,
            "capacity": _capacity(case, row.person, row.capacity, year),
            "date": row.date,
            "method": row.method or None,
            "holds": row.holds,
            "of": Ours(row.of) if row.of else None,
        }
        for row in agreements(case, case.one(kind))
    ]


def _capacity(case: Case, person: str, capacity: str, year: str | int | None) -> str:
    """In which capacity somebody signs; a social worker or carer in a parent's place is called what they are."""
    if capacity == "class_teacher":
        return teacher_role(year)
    if capacity != "parent":
        return capacity
    signing = next((row for row in case.data("pupil").get("people", ()) if names_person(person, row)), None)
    if signing is None or not (is_professional(signing) or is_carer(signing)):
        return capacity
    called = re.split(r"[,(;]", str(signing["relationship"]))[0].strip()
    return called[:1].upper() + called[1:]


def _carers(case: Case, view: View) -> list[Any]:
    """Who looks after the child without parental responsibility, as foster carers do."""
    rows = case.data("pupil").get("people", ())
    ids = {row["id"] for row in rows if is_carer(row) and not has_responsibility(row)}
    return [p for p in view(case.one("pupil"), "pupil").people if p.id in ids and p.copies is not False]


# -- letters ----------------------------------------------------------------------------------------------------------


def letters(case: Case, on: date, *, carers: bool = False) -> list[dict[str, Any]]:
    """Who the letter goes to: name, greeting, address as lines, and in which part each reads it.

    With `carers` also to those who look after the child or come to the meetings without parental responsibility.
    """
    pupil = case.data("pupil")
    young = speaks_for_themselves(pupil, on)
    people = {str(row["id"]): row for row in pupil.get("people", ())}
    also = frozenset(_who_take_part(case)) if carers and not young else frozenset()
    return [
        {
            "id": row["id"],
            "name": row["name"],
            "greeting": row["salutation"],
            "address": lines(row["address"], row["postcode"]),
            "young_person": young,
            "professional": not young and is_professional(people[row["id"]]),
            "carer": not young and is_carer(people[row["id"]]),
            "interpreter": bool((pupil if young else people[row["id"]]).get("interpreter_needed")),
        }
        for row in addressees(pupil, on, also)
    ]


def _who_take_part(case: Case) -> Iterator[str]:
    """The ids of those without parental responsibility who care for the child or came to a meeting for the family."""
    came = [
        str(row["name"])
        for meeting in case.meetings
        for row in meeting.data["people"]
        if row["party"] == "parent" and row["came"] in ("present", "online")
    ]
    for person in case.data("pupil").get("people", ()):
        if not has_responsibility(person) and (is_carer(person) or any(names_person(name, person) for name in came)):
            yield str(person["id"])


def _asked(case: Case, addressee: Mapping[str, Any] | None) -> list[str]:
    """Everybody else who is asked to the next meeting, `Frances Doyle (specialist teacher)`: not the letter's reader.

    Those whom the last meeting's record names under next_people, else those who were asked to that meeting; and
    whoever gets an invitation besides.
    """
    if not case.meetings:
        return []
    pupil, meeting = case.data("pupil"), case.meetings[-1].data
    people = list(pupil.get("people", ()))
    left_out = [row for row in people if row.get("copies") is False or (addressee and row["id"] == addressee["id"])]
    young = bool(addressee and addressee["young_person"])
    rows = [
        row
        for row in meeting.get("next_people") or meeting["people"]
        if not any(names_person(str(row["name"]), person) for person in left_out)
        and not (young and _is_pupil(row, pupil))
    ]
    invited = {row["id"] for row in addressees(pupil, meeting["date"], frozenset(_who_take_part(case)))}
    others = [
        {"name": row["name"], "role": row["relationship"]}
        for row in people
        if row["id"] in invited and row not in left_out and not any(names_person(str(r["name"]), row) for r in rows)
    ]
    return [str(row["name"]) if _is_pupil(row, pupil) else f"{row['name']} ({row['role']})" for row in [*rows, *others]]


def _is_pupil(row: Data, pupil: Data) -> bool:
    return row.get("party") == "pupil" or str(row["name"]) in (first_name(pupil), known_as(pupil), full_name(pupil))


# -- the child's voice ------------------------------------------------------------------------------------------------


def _child(case: Case) -> dict[str, Any]:
    """What the child's own papers print: lines in the child's voice, and apart from them those that adults wrote.

    `about` tells whether a list holds lines about the child, which are printed as the words of others.
    """
    pupil, profile, plan = case.data("pupil"), case.data("profile"), case.data("plan")
    said = profile.get("for_pupil", {})
    hopes = plan.get("aspirations", {})
    found = {
        "important": _lines(said.get("important_to_me") or profile.get("important_to_me", ()), pupil),
        "support": _lines(said.get("how_to_support_me") or profile.get("how_to_support_me", ()), pupil),
        "hopes": _lines([hopes.get("for_pupil") or hopes.get("pupil", "")], pupil),
        "part": _lines(plan.get("responsibilities", {}).get("pupil", ()), pupil),
    }
    admired = [str(line) for line in said.get("like_and_admire") or profile.get("like_and_admire", ())]
    return {**found, "admired": admired}


def _lines(said: Sequence[Any], pupil: Data) -> dict[str, list[str]]:
    own, about = in_own_voice([str(line) for line in said if line], pupil)
    return {"own": own, "about": about}
