"""The SEND register: who is on it and since when, what they need, what is planned, and what is amiss beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from generator.authorities.pack import Pack
from generator.authorities.readiness import readiness
from generator.cases import case as c
from generator.cases.case import Case, Data
from generator.cases.classes import attendance_of_year, school_of
from generator.cases.dates.age_and_year import YEAR_GROUPS
from generator.cases.dates.request_answers import answers
from generator.cases.family.people import known_as
from generator.cases.vocabulary import SEN_STATUS
from generator.problems import Problem
from generator.rules import RULES, View
from generator.rules.law_and_code.meetings_and_family.meetings import held, with_family
from generator.rules.law_and_code.request_and_records.request_clock import clock_of
from generator.school.tables.table import Column, Table
from generator.values.formatting import short_date

BESIDE = frozenset(
    {
        "plan-missing",
        "profile-missing",
        "plan-review-overdue",
        "review-overdue",
        "parents-informed",
        "sen-type-missing",
        "sen-type-nsa",
        "primary-need-missing",
        "need-rank-twice",
        "responsibility-unknown",
        "sen-type-area",
        "status-overlap",
        "temporary-upn",
        "year-group",
        "no-parent",
        "authority-name",
        "meetings-three-a-year",
        "ehc-plan-steps",
    }
)
"""The rules whose findings belong beside a row of the register: the entry itself, its plan and its reviews."""


@dataclass(frozen=True)
class Entry:
    """One pupil's row of the register on a day. `since` is the first day of the status held; days may be unknown."""

    case: str
    name: str
    upn: str
    year: str | int
    class_name: str
    status: str
    since: date | None
    primary: str
    secondary: str
    needs: tuple[str, ...]
    informed: date | None
    plan_date: date | None
    plan_review: date | None
    meetings: tuple[date, ...]
    pupil_premium: bool | None
    looked_after: bool
    eal: bool | None
    attendance: Decimal | None
    support_level: str
    stage_id: str
    stage: str
    agencies: tuple[str, ...]
    requested: date | None
    decision_due: date | None
    plan_due: date | None
    findings: tuple[Problem, ...]


def entry(case: Case, pack: Pack, on: date) -> Entry:
    """One pupil's row on a day."""
    pupil, plan, request = case.data("pupil"), case.data("plan"), case.data("request")
    status, stage = c.sen_status(pupil, on), readiness(case, pack, on).stage
    clock = clock_of(View(case, pack, on))
    owed = answers(case, clock, on).owed if clock else ()
    due = {step.key: step.due for step in owed}
    primary, secondary = main_needs(pupil)
    return Entry(
        case=case.name,
        name=known_as(pupil),
        upn=str(pupil.get("upn", "")),
        year=pupil["year_group"],
        class_name=str(pupil.get("class", "")),
        status=status,
        since=c.status_since(pupil, on),
        primary=primary,
        secondary=secondary,
        needs=_codes(pupil),
        informed=plan.get("parents_informed", {}).get("letter_date"),
        plan_date=plan.get("date"),
        plan_review=plan.get("review_date"),
        meetings=_last_meetings(case, pack, on),
        pupil_premium=pupil.get("pupil_premium"),
        looked_after="looked_after" in pupil,
        eal=pupil.get("eal"),
        attendance=attendance(pupil, school_of(case), on),
        support_level=str(pupil.get("support_level", "")),
        stage_id="ehc-plan" if status == "E" else stage.id if stage else "",
        stage=SEN_STATUS["E"] if status == "E" else stage.title if stage else "",
        agencies=tuple(str(row["service"]) for row in pupil.get("agencies", ()) if row.get("to", date.max) >= on),
        requested=request.get("sent", {}).get("date"),
        decision_due=due.get("decision"),
        plan_due=due.get("final-plan"),
        findings=tuple(beside(case, pack, on)),
    )


def main_needs(pupil: Data) -> tuple[str, str]:
    """The primary and the secondary need as `SLCN` or, without a census type, their titles."""
    said = {
        need["rank"]: str(need.get("sen_type") or need["title"]) for need in pupil.get("needs", ()) if need.get("rank")
    }
    return said.get(1, ""), said.get(2, "")


def _codes(pupil: Data) -> tuple[str, ...]:
    """Everything by which a need can be asked for: its census type, its area and its id."""
    return tuple(
        str(need[key]) for need in pupil.get("needs", ()) for key in ("sen_type", "area", "id") if need.get(key)
    )


def _last_meetings(case: Case, pack: Pack, on: date) -> tuple[date, ...]:
    """The last three meetings at which the family was there, the newest first."""
    view = View(case, pack, on)
    met = [record.data["date"] for record in held(view) if with_family(view, record.data)]
    return tuple(reversed(met[-3:]))


def attendance(pupil: Data, school: Data, on: date) -> Decimal | None:
    """Attendance of the school year of a day in percent, to one place; nothing when no row of that year is there."""
    rows = attendance_of_year(pupil.get("attendance", ()), school, on)
    if not rows:
        return None
    return c.percentage({"attended": sum(r["attended"] for r in rows), "possible": sum(r["possible"] for r in rows)})


def beside(case: Case, pack: Pack, on: date) -> Iterator[Problem]:
    """The findings that belong beside a pupil's row; those set aside with a reason in request.yaml are not repeated."""
    aside = {str(row["rule"]) for row in case.data("request").get("overrides", ())}
    view = View(case, pack, on)
    for rule in RULES:
        if rule.id in BESIDE and (rule.id not in aside or rule.severity == "data"):
            yield from rule.problems(view)


# -- choosing and ordering --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Choice:
    """Which rows are wanted: years as written (`4`, `R`), needs by census type, area or id, stages of the ladder."""

    years: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    everyone: bool = False


def pupil_alone(case: Case) -> Case:
    """A case with pupil.yaml alone and without the places of its values: what the history and the census ask for."""
    pupil = tuple(replace(one, places={}) for one in case.records if one.kind == "pupil")
    return replace(case, records=pupil, given=())


def may_be_on_register(pupil: Data, on: date) -> bool:
    """True for SEN support or an EHC plan on a day."""
    return c.sen_status(pupil, on) in ("K", "E")


def chosen(entries: Iterable[Entry], choice: Choice) -> list[Entry]:
    """The rows wanted, by year group and name. Only K and E, unless everyone is asked for."""
    kept = [
        row
        for row in entries
        if (choice.everyone or row.status in ("K", "E"))
        and (not choice.years or year_key(str(row.year)) in {year_key(year) for year in choice.years})
        and (not choice.needs or {n.casefold() for n in choice.needs} & {n.casefold() for n in row.needs})
        and (
            not choice.stages or {s.casefold() for s in choice.stages} & {row.stage_id.casefold(), row.stage.casefold()}
        )
    ]
    return sorted(kept, key=lambda row: (YEAR_GROUPS.index(row.year), row.name.casefold(), row.case))


def year_key(year: str) -> str:
    """`4` of "Year 4", "y4" and "4"; `R` of "Reception"."""
    text = year.strip().casefold().removeprefix("year").removeprefix("y").strip()
    return "r" if text in ("r", "reception") else text.lstrip("0") or text


# -- as tables --------------------------------------------------------------------------------------------------------

COLUMNS = (
    Column("name", "Pupil", 24),
    Column("upn", "UPN", 15),
    Column("year", "Year", 6),
    Column("class", "Class", 8),
    Column("status", "SEN status", 8),
    Column("since", "Since", 11, "date"),
    Column("primary", "Primary need", 12),
    Column("secondary", "Secondary need", 12),
    Column("informed", "Parents informed", 11, "date"),
    Column("plan", "Plan", 11, "date"),
    Column("review", "Plan review due", 11, "date"),
    Column("meeting1", "Last meeting", 11, "date"),
    Column("meeting2", "Meeting before", 11, "date"),
    Column("meeting3", "And before", 11, "date"),
    Column("pp", "Pupil premium", 9),
    Column("lac", "Looked after", 9),
    Column("eal", "EAL", 6),
    Column("attendance", "Attendance this year %", 11, "percent"),
    Column("level", "Support level", 18),
    Column("stage", "Stage", 22),
    Column("agencies", "Services", 36),
    Column("requested", "EHC request sent", 11, "date"),
    Column("decision", "Decision due (6 weeks)", 11, "date"),
    Column("final", "Plan due (20 weeks)", 11, "date"),
    Column("findings", "To put right", 60),
)


def register_table(entries: Sequence[Entry], on: date) -> Table:
    """The register as a spreadsheet shows it."""
    rows = [
        (
            e.name,
            e.upn,
            e.year,
            e.class_name,
            e.status,
            e.since,
            e.primary,
            e.secondary,
            e.informed,
            e.plan_date,
            e.plan_review,
            *(*e.meetings, None, None, None)[:3],
            e.pupil_premium,
            e.looked_after,
            e.eal,
            e.attendance,
            e.support_level,
            e.stage,
            ", ".join(e.agencies),
            e.requested,
            e.decision_due,
            e.plan_due,
            "\n".join(problem.message for problem in e.findings),
        )
        for e in entries
    ]
    return Table("SEND register", COLUMNS, rows, (f"{count(entries)}, as of {short_date(on)}. Confidential.",))


def count(entries: Sequence[Entry]) -> str:
    """`7 pupils: 6 SEN support, 1 EHC plan`."""
    states = [row.status for row in entries]
    names = {"K": "SEN support", "E": "EHC plan", "N": "no SEN"}
    parts = ", ".join(f"{states.count(key)} {name}" for key, name in names.items() if key in states)
    return f"{len(entries)} pupil{'s' * (len(entries) != 1)}" + (f": {parts}" if parts else "")


def history_table(cases: Iterable[Case]) -> Table:
    """Every line of every pupil's status history, also of those who have left the register."""
    columns = (
        Column("name", "Pupil", 24),
        Column("year", "Year", 6),
        Column("status", "SEN status", 10),
        Column("from", "From", 11, "date"),
        Column("to", "To", 11, "date"),
        Column("reason", "Reason", 60),
        Column("by", "Decided by", 30),
    )
    rows: list[Sequence[Any]] = []
    for case in sorted(cases, key=lambda one: known_as(one.data("pupil")).casefold()):
        pupil = case.data("pupil")
        held = pupil.get("sen_status", ())
        if any(row["status"] != "N" for row in held):
            rows += [
                (
                    known_as(pupil),
                    pupil["year_group"],
                    row["status"],
                    row["from"],
                    row.get("to"),
                    row.get("reason", ""),
                    row.get("decided_by", ""),
                )
                for row in held
            ]
    return Table("Status history", columns, rows)


def census_table(pupils: Iterable[Data], on: date) -> Table:
    """The columns of the school census: identity, SEN provision and ranked SEN types; no more than it asks for.

    All of it stands in pupil.yaml: errors in a pupil's other files leave nobody out (not_counted.by_pupil_file).
    """
    columns = tuple(
        Column(key, title)
        for key, title in (
            ("upn", "UPN"),
            ("surname", "Surname"),
            ("forename", "Forename"),
            ("born", "Date of birth"),
            ("sex", "Sex"),
            ("year", "NC year actual"),
            ("provision", "SEN provision"),
            ("from", "SEN provision start"),
            ("type1", "SEN type 1"),
            ("type2", "SEN type 2"),
        )
    )
    rows = []
    for pupil in pupils:
        status = c.sen_status(pupil, on)
        types = {need.get("rank"): need.get("sen_type", "") for need in pupil.get("needs", ())}
        forename = str(pupil["forenames"]).split()[0]
        rows.append(
            (
                pupil.get("upn", ""),
                pupil["legal_surname"],
                forename,
                pupil["date_of_birth"],
                pupil.get("sex", ""),
                pupil["year_group"],
                status,
                c.status_since(pupil, on),
                types.get(1, ""),
                types.get(2, ""),
            )
        )
    return Table("School census", columns, rows)
