"""Identity and data: who the pupil is, dates and numbers that cannot be, the codes of the school census."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from generator.cases.case import sen_status
from generator.cases.dates.age_and_year import age, usual_year_group, year_label
from generator.cases.family.people import parents
from generator.cases.vocabulary import AREA_OF_TYPE
from generator.records.record import Record
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import date as in_words
from generator.values.identifiers import is_temporary_upn
from generator.values.parsing import Keys

CENSUS = "DfE school census, SEN provision and SEN type"


@rule(
    id="year-group",
    severity="quality",
    source="the usual year groups in England, from the date of birth",
    why="A year group that does not fit the date of birth is a slip in one of them, or a decision readers must know.",
    good="year_group: 4, or year_group: 3 with out_of_cohort: Repeats Year 3, agreed with parents in June 2025",
    bad="year_group: 3 for a child who is nine in the autumn term of Year 5",
)
def year_group(view: View) -> Iterator[Finding]:
    pupil = view.case.one("pupil")
    if pupil is None or "date_of_birth" not in pupil.data or "out_of_cohort" in pupil.data:
        return
    born, year = pupil.data["date_of_birth"], pupil.data["year_group"]
    usual = usual_year_group(born, view.on)
    if born <= view.on and usual != year:
        fits = f"{year_label(usual)} would be usual" if usual else "is no school age"
        years = age(born, view.on)[0]
        yield Finding(
            pupil,
            ("year_group",),
            f"{view.first_name} is written down in {year_label(year)}, but for a child of {years} {fits}",
            "correct year_group or date_of_birth, or give the reason under out_of_cohort",
        )


@rule(
    id="born-in-future",
    severity="data",
    source="",
    why="Nothing can be right about the age of a child who is not born yet.",
    good="date_of_birth: 14 May 2018",
    bad="date_of_birth: 14 May 2081",
)
def born_in_future(view: View) -> Iterator[Finding]:
    pupil = view.case.one("pupil")
    if pupil and pupil.data.get("date_of_birth", date.min) > view.on:
        born = in_words(pupil.data["date_of_birth"])
        yield Finding(
            pupil, ("date_of_birth",), f"the date of birth, {born}, is in the future", "look for a mistyped year"
        )


_PAIRS = {
    "pupil": (
        ("previous_settings", "from", "to"),
        ("sen_status", "from", "to"),
        ("attendance", "from", "to"),
        ("agencies", "from", "to"),
        ("reduced_timetable", "from", "review"),
    ),
    "plan": (("", "date", "review_date"), ("parents_informed", "decision_date", "reply_by")),
    "profile": (("", "date", "review_date"),),
    "cycle": (("", "start", "planned_review"), ("plan.provision", "from", "to"), ("", "start", "review.date")),
    "meeting": (("tried", "from", "to"), ("", "date", "next_meeting")),
    "my-support-plan": (("", "date", "review_by"), ("", "initial_date", "date")),
    "behaviour-plan": (("", "date", "review_date"),),
    "request": (("sent", "date", "received"),),
    "school": (("terms", "start", "end"), ("terms", "half_term_start", "half_term_end"), ("closures", "from", "to")),
}
"""Where two dates stand whose order is plain: the rows or the group that holds them, the earlier and the later one."""


@rule(
    id="date-order",
    severity="data",
    source="",
    why="Something that ends before it begins puts wrong spans and ages into every document.",
    good="from: 3 September 2026, to: 13 November 2026",
    bad="from: 3 September 2026, to: 13 November 2025",
)
def date_order(view: View) -> Iterator[Finding]:
    for record in _with_school(view):
        for group, first, last in _PAIRS.get(record.kind, ()):
            for keys, row in _rows(record.data, tuple(group.split(".")) if group else ()):
                early, late = _value(row, first), _value(row, last)
                if isinstance(early, date) and isinstance(late, date) and late < early:
                    yield Finding(
                        record,
                        (*keys, *last.split(".")),
                        f"{_words(last)} {in_words(late)} is before {_words(first)} {in_words(early)}",
                        "look for a mistyped year, or dates the wrong way round",
                    )


def _with_school(view: View) -> tuple[Record, ...]:
    return (*view.case.records, view.case.school) if view.case.school else view.case.records


def _rows(data: Any, group: Keys) -> Iterator[tuple[Keys, Any]]:
    """The mappings under a group of keys, each row of a list on its own, with the keys that lead there."""
    found: list[tuple[Keys, Any]] = [((), data)]
    for key in group:
        found = [((*keys, key), value[key]) for keys, value in found if isinstance(value, dict) and key in value]
    for keys, value in found:
        if isinstance(value, list):
            yield from (((*keys, number), row) for number, row in enumerate(value))
        else:
            yield keys, value


def _value(row: Any, field: str) -> Any:
    for key in field.split("."):
        row = row.get(key) if isinstance(row, dict) else None
    return row


def _words(field: str) -> str:
    return f"`{field.replace('.', ': ')}`"


_PAST = {
    "pupil": (
        "admission_date",
        "attainment.date",
        "tests.date",
        "suspensions.from",
        "agencies.last_report",
        "agencies.assessed",
        "referrals.referred",
        "consents.date",
    ),
    "plan": ("copies.date", "staff_informed.date", "on_information_system", "signatures.date"),
    "cycle": (
        "review.date",
        "do.notes.date",
        "do.shared_with_parents.date",
        "plan.staff_informed",
        "plan.parents_agreed",
        "plan.pupil_agreed",
    ),
    "meeting": ("plan_updated", "copies.date", "actions.done", "on_information_system"),
    "my-support-plan": ("copies.date", "signatures.date", "actions.done"),
    "evidence": ("items.date",),
    "log": ("entries.date",),
    "request": ("consents.date", "declaration.date", "sent.date", "sent.received", "decided_with_family"),
}
"""Dates that tell what has happened, so that they cannot lie ahead."""


@rule(
    id="date-in-future",
    severity="quality",  # a computer with a wrong clock, or a check as of an earlier day, must not stop a build
    source="what is written as done cannot lie ahead of the day of the check",
    why="What is written as done on a day still to come will be read as done.",
    good="review: date: 20 November 2026, written on or after that day",
    bad="review: date: 20 November 2062",
)
def date_in_future(view: View) -> Iterator[Finding]:
    for record in view.case.records:
        for field in _PAST.get(record.kind, ()):
            *group, last = field.split(".")
            for keys, row in _everywhere(record.data, tuple(group)):
                day = row.get(last) if isinstance(row, dict) else None
                if isinstance(day, date) and day > view.on:
                    yield Finding(
                        record,
                        (*keys, last),
                        f"{in_words(day)} is still to come, but this is written as done",
                        "correct the date, or take it out until it has happened",
                    )


def _everywhere(data: Any, group: tuple[str, ...]) -> Iterator[tuple[Keys, Any]]:
    """The mappings under a group of keys, through lists at every step."""
    found: list[tuple[Keys, Any]] = [((), data)]
    for key in group:
        found = [pair for keys, value in found for pair in _rows(value, ()) for pair in _step(keys, pair[1], key)]
    yield from found


def _step(keys: Keys, value: Any, key: str) -> Iterator[tuple[Keys, Any]]:
    if isinstance(value, dict) and key in value:
        yield from (((*keys, key, *more), row) for more, row in _rows(value[key], ()))


@rule(
    id="attendance-sums",
    severity="data",
    source="",
    why="Nobody can attend more sessions than there were.",
    good="attended: 89, possible: 92",
    bad="attended: 98, possible: 92",
)
def attendance_sums(view: View) -> Iterator[Finding]:
    pupil = view.case.one("pupil")
    for number, row in enumerate(pupil.data.get("attendance", ()) if pupil else ()):
        if row["attended"] > row["possible"] and pupil:
            yield Finding(
                pupil,
                ("attendance", number, "attended"),
                f"{row['attended']} sessions attended of {row['possible']} possible",
                "the two numbers may be the wrong way round",
            )


@rule(
    id="temporary-upn",
    severity="quality",
    source="Government Data Standards Catalogue, Unique Pupil Number 2.0: a temporary number ends with a letter",
    why="A temporary number changes; whoever files under it will not find the child again.",
    good="upn: F999999925001",
    bad="upn: E99999992501A",
)
def temporary_upn(view: View) -> Iterator[Finding]:
    pupil = view.case.one("pupil")
    if pupil and is_temporary_upn(str(pupil.data.get("upn", ""))):
        yield Finding(
            pupil,
            ("upn",),
            "this is a temporary UPN",
            "ask the last school or the DfE service for the permanent one and keep this as former_upn",
        )


@rule(
    id="sen-status-missing",
    severity="quality",
    source=CENSUS,
    why="Everything hangs on the status: the register, the letter to parents, the early discussion, the plan.",
    good="sen_status: [{status: K, from: 12 January 2026}], or status: N while nothing is decided",
    bad="a pupil’s folder without sen_status",
)
def sen_status_missing(view: View) -> Iterator[Finding]:
    pupil = view.case.one("pupil")
    if pupil and not pupil.data.get("sen_status"):
        yield Finding(
            pupil,
            (),
            f"{view.first_name}’s SEN status is not written, so {view.first_name} is on no register and nothing is due",
            "write sen_status with the day it began: K (SEN support), E (EHC plan), or N while nothing is decided",
        )


@rule(
    id="sen-type-missing",
    severity="quality",
    source=f"{CENSUS}: rule 2170",
    why="The census takes no pupil with SEN support or an EHC plan without a type of need.",
    good="needs: one of them with sen_type: SLCN and rank: 1",
    bad="sen_status K, and no need has a sen_type",
)
def sen_type_missing(view: View) -> Iterator[Finding]:
    pupil = view.case.one("pupil")
    if pupil and sen_status(pupil.data, view.on) in ("K", "E"):
        needs = pupil.data.get("needs", ())
        if not any("sen_type" in need for need in needs):
            yield Finding(
                pupil,
                ("needs",),
                f"no need of {view.first_name} has a census type (sen_type)",
                "add the code; no specialist’s assessment is required to use one, and NSA will do while it is unclear",
            )


@rule(
    id="sen-type-nsa",
    severity="quality",
    source=f"{CENSUS}: rule 2175",
    why="NSA says that nobody has assessed the need yet; a child with an EHC plan has been assessed.",
    good="sen_status E with sen_type: ASD",
    bad="sen_status E with sen_type: NSA",
)
def sen_type_nsa(view: View) -> Iterator[Finding]:
    pupil = view.case.one("pupil")
    if pupil and sen_status(pupil.data, view.on) == "E":
        for number, need in enumerate(pupil.data.get("needs", ())):
            if need.get("sen_type") == "NSA":
                yield Finding(
                    pupil,
                    ("needs", number, "sen_type"),
                    "NSA may only be used with SEN support (K)",
                    "take the type from the EHC plan",
                )


@rule(
    id="sen-type-area",
    severity="quality",
    source=f"{CENSUS}: types by area of need",
    why="A type of another area than the need’s own is usually a slip, and the register counts by both.",
    good="area: communication_and_interaction, sen_type: SLCN",
    bad="area: sensory_and_physical, sen_type: SLCN",
)
def sen_type_area(view: View) -> Iterator[Finding]:
    pupil = view.case.one("pupil")
    for number, need in enumerate(pupil.data.get("needs", ()) if pupil else ()):
        area = AREA_OF_TYPE.get(need.get("sen_type", ""))
        if area and pupil and area != need["area"]:
            yield Finding(
                pupil,
                ("needs", number, "sen_type"),
                f"{need['sen_type']} belongs to {area.replace('_', ' ')}, "
                f"but the need is in {need['area'].replace('_', ' ')}",
                "correct the one that slipped",
            )


@rule(
    id="need-rank-twice",
    severity="data",
    source=f"{CENSUS}: rank 1 is the primary need",
    why="The census and the register take one primary and one secondary need.",
    good="rank: 1 on one need",
    bad="rank: 1 on two needs",
)
def need_rank_twice(view: View) -> Iterator[Finding]:
    pupil = view.case.one("pupil")
    taken: dict[int, str] = {}
    for number, need in enumerate(pupil.data.get("needs", ()) if pupil else ()):
        rank = need.get("rank")
        if rank in taken and pupil:
            yield Finding(
                pupil,
                ("needs", number, "rank"),
                f"rank {rank} is already given to {taken[rank]}",
                "leave one of them, and take rank out of the other",
            )
        elif rank is not None:
            taken[rank] = str(need["id"])


@rule(
    id="primary-need-missing",
    severity="quality",
    source=f"{CENSUS}: rank 1 is the primary need",
    why="With a type but no primary need the register and the census do not know what comes first.",
    good="rank: 1 on the need that holds the child back most",
    bad="two needs with types and no rank",
)
def primary_need_missing(view: View) -> Iterator[Finding]:
    pupil = view.case.one("pupil")
    if pupil and sen_status(pupil.data, view.on) in ("K", "E"):
        needs = pupil.data.get("needs", ())
        if any("sen_type" in need for need in needs) and not any(need.get("rank") == 1 for need in needs):
            yield Finding(pupil, ("needs",), "no need is marked as the primary one", "add rank: 1 to it")


@rule(
    id="status-overlap",
    severity="data",
    source=f"{CENSUS}: one SEN provision at a time",
    why="On any day a pupil has one SEN status; two at once make every count wrong.",
    good="N until 11 January 2026, K from 12 January 2026",
    bad="N without an end, and K from 12 January 2026 with an end before N began",
)
def status_overlap(view: View) -> Iterator[Finding]:
    pupil = view.case.one("pupil")
    rows = [(n, row) for n, row in enumerate(pupil.data.get("sen_status", ()) if pupil else ()) if "from" in row]
    for (_, before), (number, after) in pairwise(sorted(rows, key=lambda pair: pair[1]["from"])):
        if pupil and before.get("to", date.max) >= after["from"]:
            until = f"until {in_words(before['to'])}" if "to" in before else "without an end"
            yield Finding(
                pupil,
                ("sen_status", number, "from"),
                f"status {after['status']} begins on {in_words(after['from'])}, "
                f"but {before['status']} is written {until}",
                "end the earlier status (to:) the day before the next begins",
            )


@rule(
    id="no-parent",
    severity="quality",
    source="Children and Families Act 2014 s.19; Code 6.43",
    why="Letters, copies and views go to everybody with parental responsibility; with nobody named they go nowhere.",
    good="people: a mother with parental_responsibility: yes",
    bad="people: only a grandmother with parental_responsibility: no",
)
def no_parent(view: View) -> Iterator[Finding]:
    pupil = view.case.one("pupil")
    if pupil and "looked_after" not in pupil.data and not parents(pupil.data):
        yield Finding(
            pupil,
            ("people",),
            f"nobody with parental responsibility for {view.first_name} is named",
            "ask the office who holds it, or fill in looked_after",
        )


RULES: tuple[Rule, ...] = (
    year_group,
    born_in_future,
    date_order,
    date_in_future,
    attendance_sums,
    temporary_upn,
    sen_status_missing,
    sen_type_missing,
    sen_type_nsa,
    sen_type_area,
    need_rank_twice,
    primary_need_missing,
    status_overlap,
    no_parent,
)
