"""The provision map: everything additional that is given now, to whom, by whom, for how long and at what cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from generator.cases import case as c
from generator.cases.case import Case, Data
from generator.cases.costs import THRESHOLD, hourly_rate, paid_as, weekly_minutes, weeks_counted, yearly_cost
from generator.cases.dates.age_and_year import YEAR_GROUPS
from generator.cases.family.people import known_as
from generator.cases.vocabulary import AREAS, PROVISION_TYPES
from generator.problems import Problem
from generator.school.provision.adult_timetable import Booking, Week, hours
from generator.school.provision.intervention_impact import Impact, impact_table
from generator.school.tables.table import Column, Formula, Table, letter


@dataclass(frozen=True)
class Line:
    """One pupil's row of the map. `cost` is exact and nothing when there is no figure to reckon with.

    `rate` is pounds an hour and `paid_as` the pay rate's role it was taken from ("" when the row has its own). What is
    given to everyone (`universal`) is listed but not `additional`, so it does not count towards the £6,000.
    """

    case: str
    pupil: str
    year: str | int
    row: Data
    first: date
    last: date
    minutes: Decimal | None
    rate: Decimal | None
    paid_as: str
    weeks: Decimal
    cost: Decimal | None
    path: str
    line: int
    column: int

    @property
    def additional(self) -> bool:
        """True for what is additional to or different from what everyone gets."""
        return bool(self.row["type"] != "universal")

    def problem(self, rule: str, message: str, hint: str) -> Problem:
        """A finding at this row."""
        return Problem(self.path, self.line, self.column, "quality", rule, message, hint)


def lines(cases: Iterable[Case], on: date) -> list[Line]:
    """The rows of every pupil's current cycle whose support has not ended, by pupil's year and name."""
    return in_order(line for case in cases for line in lines_of(case, on))


def in_order(found: Iterable[Line]) -> list[Line]:
    """Rows by pupil's year and name."""
    return sorted(found, key=lambda x: (YEAR_GROUPS.index(x.year), x.pupil.casefold(), x.case, x.line))


def lines_of(case: Case, on: date) -> Iterator[Line]:
    """One pupil's rows, as they stand in the cycle; after its review those that go on, until the day of their end.

    What the review decided to change goes on too: nobody stopped it, and the next cycle says how it is given then.
    """
    cycle, pupil = c.current_cycle(case), case.data("pupil")
    school = case.school.data if case.school else {}
    if cycle is None or c.has_left(pupil, on):
        return
    reviewed = c.is_reviewed(cycle.data)
    for number, row in enumerate(cycle.data["plan"]["provision"]):
        place = cycle.place("plan", "provision", number)
        planned = cycle.data["planned_review"]
        first, last = row.get("from", cycle.data["start"]), row.get("to", planned if reviewed else max(planned, on))
        if last >= on and not (reviewed and _decided(cycle.data, str(row["id"])) in ("", "stop")):
            rate = hourly_rate(row, school)
            yield Line(
                case.name,
                known_as(pupil),
                pupil["year_group"],
                row,
                first,
                last,
                weekly_minutes(row),
                rate,
                paid_as(row, school) if rate is not None else "",
                weeks_counted(row, school),
                yearly_cost(row, school),
                cycle.path,
                place.line,
                place.column,
            )


def _decided(cycle: Data, provision: str) -> str:
    """What the review of a cycle decided about some support: stop, change or continue; empty where it says nothing."""
    rows = cycle.get("review", {}).get("provision", ())
    return next((str(row.get("decision", "")) for row in rows if row["provision"] == provision), "")


@dataclass(frozen=True)
class Resting:
    """A pupil on the register for whom no support is running; as text the name with the folder."""

    case: str
    pupil: str
    year: str | int
    form: str = ""

    def __str__(self) -> str:
        return f"{self.pupil} ({self.case})"


def resting(cases: Iterable[Case], on: date) -> Iterator[Resting]:
    """The pupils with SEN support or an EHC plan for whom no support is running: they are not on the map."""
    for case in cases:
        pupil = case.data("pupil")
        if c.sen_status(pupil, on) in ("K", "E") and not any(lines_of(case, on)):
            yield Resting(case.name, known_as(pupil), pupil["year_group"], str(pupil.get("class", "")))


def bookings(rows: Iterable[Line]) -> list[Booking]:
    """The rows that say which adult gives them and for how long, for the timetable."""
    return [
        Booking(
            x.case,
            x.pupil,
            x.path,
            x.line,
            x.column,
            str(x.row["title"]),
            str(x.row["staff"]),
            int(x.row.get("group_size", 1)),
            int(x.row["minutes"]),
            Decimal(x.row["times_a_week"]),
            str(x.row.get("when", "")),
            x.first,
            x.last,
        )
        for x in rows
        if x.minutes is not None and "staff" in x.row
    ]


def without_cost(rows: Iterable[Line]) -> Iterator[Problem]:
    """Rows that the totals leave out, and why."""
    for x in rows:
        if x.cost is not None or not x.additional:
            continue
        if x.minutes is None:
            yield x.problem(
                "cost-unknown",
                f"{x.pupil}: {x.row['title']} is not in the totals: no minutes and times_a_week",
                "add both, or yearly_cost",
            )
        else:
            yield x.problem(
                "cost-unknown",
                f"{x.pupil}: {x.row['title']} is not in the totals: no pay rate for who gives it",
                "name the person under staff, add the role to pay_rates in school.yaml, or hourly_rate here",
            )


@dataclass(frozen=True)
class Total:
    """What one pupil gets in a week and costs in a year; `cost` counts only what is additional."""

    case: str
    pupil: str
    year: str | int
    rows: int
    minutes: Decimal
    cost: Decimal

    @property
    def over(self) -> Decimal:
        """Pounds above the £6,000; 0 up to it."""
        return max(self.cost - THRESHOLD, Decimal(0))


def totals(rows: Iterable[Line]) -> list[Total]:
    """One total for each pupil, in the order of the rows; sums are exact and rounded only where they are shown."""
    by_case: dict[str, list[Line]] = {}
    for x in rows:
        by_case.setdefault(x.case, []).append(x)
    return [
        Total(
            group[0].case,
            group[0].pupil,
            group[0].year,
            len(group),
            sum((x.minutes or Decimal(0) for x in group), Decimal(0)),
            sum((x.cost or Decimal(0) for x in group if x.additional), Decimal(0)),
        )
        for group in by_case.values()
    ]


@dataclass(frozen=True)
class Map:
    """The whole map: its rows, the weeks of the adults, what came of earlier support, and what is not in it.

    `missing` are rows without a cost, `resting` the pupils on the register for whom no support is.
    """

    lines: tuple[Line, ...]
    weeks: tuple[Week, ...]
    impacts: tuple[Impact, ...]
    missing: tuple[Problem, ...]
    resting: tuple[Resting, ...]

    @property
    def told_resting(self) -> str:
        """Who is on the register and not on the map, in a sentence; empty for nobody."""
        names = ", ".join(map(str, self.resting))
        return f"On the register, but no support is running today: {names}" if names else ""


# -- as tables --------------------------------------------------------------------------------------------------------

_MAP = (
    Column("case", "Folder", 18),
    Column("pupil", "Pupil", 24),
    Column("year", "Year", 6),
    Column("title", "Provision", 40),
    Column("type", "Type", 14),
    Column("area", "Area of need", 26),
    Column("who", "Given by", 30),
    Column("group", "Pupils in group", 8, "number"),
    Column("minutes", "Minutes", 8, "number"),
    Column("times", "Times a week", 8, "number"),
    Column("hours", "Hours a week", 9, "number"),
    Column("first", "From", 11, "date"),
    Column("last", "To", 11, "date"),
    Column("when", "When", 26),
    Column("entry", "Entry", 12),
    Column("additional", "Additional", 10),
)
_COSTS = (
    Column("rate", "Pounds an hour", 10, "money"),
    Column("weeks", "Weeks a year", 8, "number"),
    Column("own", "Own yearly cost", 11, "money"),
    Column("cost", "Cost a year", 12, "money"),
)


def map_table(rows: Sequence[Line], school: Data, costs: bool) -> Table:
    """Every row of the map; with costs the yearly cost as a formula over the sheet Figures."""
    columns = (*_MAP, *_COSTS) if costs else _MAP
    places = {str(rate["role"]): f"Figures!$B${n}" for n, rate in enumerate(school.get("pay_rates", ()), 4)}
    body = [(*_cells(x), *(_cost_cells(x, school, places) if costs else ())) for x in rows]
    notes = ("Hours a week are the pupil’s own. Support for everyone is listed but not counted as additional.",)
    return Table("Provision", columns, body, notes, ("hours", "cost") if costs else ("hours",))


def _cells(x: Line) -> tuple[Any, ...]:
    row = x.row
    worked_out = Formula("{minutes}*{times}/60") if x.minutes is not None else None
    return (
        x.case,
        x.pupil,
        x.year,
        row["title"],
        PROVISION_TYPES[row["type"]],
        AREAS.get(row.get("area", ""), ""),
        row["delivered_by"],
        row.get("group_size"),
        row.get("minutes"),
        row.get("times_a_week"),
        worked_out,
        x.first,
        row.get("to"),
        row.get("when", ""),
        row.get("entry", ""),
        x.additional,
    )


def _cost_cells(x: Line, school: Data, places: dict[str, str]) -> tuple[Any, ...]:
    rate = Formula(places[x.paid_as]) if x.paid_as in places else x.rate
    weeks = Formula("Figures!$B$2") if x.weeks == Decimal(school.get("weeks_a_year", 38)) else x.weeks
    if x.cost is None:
        return rate, weeks, None, None
    shared = "{minutes}*{times}*{rate}*{weeks}/(60*MAX(1,N({group})))+N({own})"
    timed = x.minutes is not None and x.rate is not None
    return rate, weeks, x.row.get("yearly_cost"), Formula(shared if timed else "N({own})")


def pupils_table(found: Sequence[Total], rows: Sequence[Line], costs: bool) -> Table:
    """One row for each pupil, summed from the sheet Provision by formula; with costs against the £6,000."""
    columns = [
        Column("case", "Folder", 18),
        Column("pupil", "Pupil", 24),
        Column("year", "Year", 6),
        Column("rows", "Provisions", 10, "number"),
        Column("hours", "Hours a week", 10, "number"),
    ]
    if costs:
        columns += [
            Column("cost", "Additional cost a year", 13, "money"),
            Column("over", "Above £6,000", 13, "money"),
        ]
    body = []
    for total in found:
        cells: list[Any] = [total.case, total.pupil, total.year, total.rows, Formula(_sum("hours", len(rows)))]
        if costs:
            only = f',{_range("additional", len(rows))},"Yes"'
            cells += [Formula(_sum("cost", len(rows))[:-1] + only + ")"), Formula("MAX(0,{cost}-Figures!$B$3)")]
        body.append(cells)
    return Table("Pupils", tuple(columns), body, (), ("hours", "cost") if costs else ("hours",))


def _range(key: str, count: int) -> str:
    at = letter((*_MAP, *_COSTS), key)
    return f"Provision!${at}$2:${at}${count + 1}"


def _sum(key: str, count: int) -> str:
    return f"SUMIFS({_range(key, count)},{_range('case', count)},{{case}})"


def figures_table(school: Data) -> Table:
    """What the costs are reckoned with: change a figure here and every cost follows."""
    columns = (Column("what", "Figure", 36), Column("value", "Value", 12, "number"))
    rows: list[tuple[Any, ...]] = [
        ("Weeks a year", school.get("weeks_a_year", 38)),
        ("Pounds a year expected from the school", THRESHOLD),
    ]
    rows += [(str(rate["role"]), rate["hourly"]) for rate in school.get("pay_rates", ())]
    return Table("Figures", columns, rows, ("Pay rates are pounds an hour with on-costs, from cases/school.yaml.",))


def adults_table(found: Sequence[Week]) -> Table:
    """Each adult's hours of support in a week against the hours they have for it, and what does not fit."""
    columns = (
        Column("name", "Adult", 26),
        Column("role", "Role", 26),
        Column("sessions", "Sessions", 9, "number"),
        Column("hours", "Hours planned", 9, "number"),
        Column("has", "Hours for it", 9, "number"),
        Column("unread", "Of no readable time", 10, "number"),
        Column("problems", "What does not fit", 60),
    )
    rows = [
        (
            w.name,
            w.role,
            w.sessions,
            Decimal(hours(w.minutes)),
            w.hours_a_week,
            w.unread or None,
            "\n".join(p.message for p in w.problems),
        )
        for w in found
    ]
    return Table("Adults", columns, rows)


def summary_table(rows: Sequence[Line], costs: bool) -> Table:
    """Pupils, hours and cost by area of need and type."""
    columns = [
        Column("area", "Area of need", 40),
        Column("type", "Type", 20),
        Column("pupils", "Pupils", 8, "number"),
        Column("hours", "Hours a week", 9, "number"),
    ]
    columns += [Column("cost", "Cost a year", 12, "money")] if costs else []
    groups: dict[tuple[str, str], list[Line]] = {}
    for x in rows:
        groups.setdefault((str(x.row.get("area", "")), str(x.row["type"])), []).append(x)
    body = []
    for (area, kind), group in sorted(groups.items()):
        minutes = sum((x.minutes or Decimal(0) for x in group), Decimal(0))
        cells: list[Any] = [AREAS.get(area, "Not said"), PROVISION_TYPES[kind], len({x.case for x in group})]
        cells.append(Decimal(hours(minutes)))
        body.append([*cells, sum((x.cost or Decimal(0) for x in group), Decimal(0))] if costs else cells)
    return Table("Summary", tuple(columns), body)


def sheets(shown: Map, school: Data, costs: bool) -> list[Table]:
    """The map as a workbook; without costs no sheet holds any pounds. Who is not on the map has no provisions."""
    nothing = (Total(one.case, one.pupil, one.year, 0, Decimal(0), Decimal(0)) for one in shown.resting)
    pupils = pupils_table([*totals(shown.lines), *nothing], shown.lines, costs)
    tables = [
        replace(pupils, notes=(*pupils.notes, f"{shown.told_resting}.")) if shown.resting else pupils,
        map_table(shown.lines, school, costs),
        summary_table(shown.lines, costs),
        adults_table(shown.weeks),
        impact_table(shown.impacts, costs),
    ]
    return [*tables, figures_table(school)] if costs else tables
