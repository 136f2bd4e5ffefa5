"""What came of each intervention, across pupils: targets met, scores before and after, pounds for each target met."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.cases import case as c
from generator.cases.case import Case, Data
from generator.cases.costs import hourly_rate, weekly_minutes
from generator.school.tables.table import Chart, Column, Table

RESULTS = ("met", "partly", "not_met")
_SCORE = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)(.*)", re.DOTALL)


@dataclass(frozen=True)
class Round:
    """One intervention in one pupil's reviewed cycle: the results of the targets it served, its scores and its cost."""

    title: str
    case: str
    results: tuple[str, ...]
    entry: str
    exit: str
    cost: Decimal | None

    @property
    def gain(self) -> Decimal | None:
        """Exit less entry, when both begin with a number and go on alike: `6 of 20` and `14 of 20`."""
        before, after = _SCORE.fullmatch(self.entry), _SCORE.fullmatch(self.exit)
        if not before or not after or before[2].strip().casefold() != after[2].strip().casefold():
            return None
        return Decimal(after[1]) - Decimal(before[1])


@dataclass(frozen=True)
class Impact:
    """All rounds of one intervention. `cost` is nothing when the cost of any round is not known."""

    title: str
    rounds: tuple[Round, ...]

    @property
    def pupils(self) -> int:
        """How many children had it."""
        return len({r.case for r in self.rounds})

    def count(self, result: str) -> int:
        """How many targets it served had this result."""
        return sum(r.results.count(result) for r in self.rounds)

    @property
    def gained(self) -> tuple[int, int]:
        """In how many rounds the score rose, of how many with comparable scores."""
        gains = [r.gain for r in self.rounds if r.gain is not None]
        return sum(gain > 0 for gain in gains), len(gains)

    @property
    def cost(self) -> Decimal | None:
        """Pounds for all rounds, exact."""
        costs = [r.cost for r in self.rounds if r.cost is not None]
        return sum(costs, Decimal(0)) if len(costs) == len(self.rounds) else None

    @property
    def cost_per_met(self) -> Decimal | None:
        """Pounds for each target met; nothing when none was met."""
        met = self.count("met")
        return self.cost / met if self.cost is not None and met else None


def impacts(cases: Iterable[Case], since: date, on: date) -> list[Impact]:
    """Every intervention of cycles reviewed between two days, by title; capital letters make no difference."""
    return impacts_of(one for case in cases for one in rounds_of(case, since, on))


def impacts_of(rounds: Iterable[Round]) -> list[Impact]:
    """Rounds of support as interventions, by title."""
    found: dict[str, list[Round]] = {}
    for one in rounds:
        found.setdefault(" ".join(one.title.casefold().split()), []).append(one)
    return sorted((Impact(rows[0].title, tuple(rows)) for rows in found.values()), key=lambda x: x.title.casefold())


def rounds_of(case: Case, since: date, on: date) -> Iterator[Round]:
    """One pupil's support in cycles reviewed between two days."""
    school = case.school.data if case.school else {}
    for record in case.cycles:
        cycle = record.data
        if c.is_reviewed(cycle) and since <= cycle["review"]["date"] <= on:
            outcome_of = {row["id"]: row["outcome"] for row in cycle["plan"]["targets"]}
            results = [(outcome_of.get(r["target"], ""), str(r["status"])) for r in cycle["review"]["targets"]]
            said = {r["provision"]: r for r in cycle["review"].get("provision", ())}
            for row in cycle["plan"]["provision"]:
                after = said.get(row["id"], {}).get("exit") or row.get("exit") or ""
                served = tuple(status for outcome, status in results if outcome in row["outcomes"])
                before = str(row.get("entry", ""))
                cost = round_cost(row, cycle, school, _given(cycle, str(row["id"])))
                yield Round(str(row["title"]), case.name, served, before, str(after), cost)


def _given(cycle: Data, provision: str) -> Decimal:
    """The share of the planned sessions that were given; all of them where nobody counted."""
    rows = [row for row in cycle.get("do", {}).get("delivery", ()) if row["provision"] == provision]
    counted = [row for row in rows if row.get("planned") and "delivered" in row]
    if not counted:
        return Decimal(1)
    return Decimal(sum(row["delivered"] for row in counted)) / Decimal(sum(row["planned"] for row in counted))


def round_cost(row: Data, cycle: Data, school: Data, given: Decimal = Decimal(1)) -> Decimal | None:
    """Pounds for the weeks of one cycle: the row's own weeks, else the whole weeks from its start to its end.

    Of the adults' time only the share of the sessions that was `given` counts. A yearly cost (equipment, a licence)
    counts in full, however often it was used. Nothing when there is no figure to reckon with.
    """
    fixed = Decimal(row["yearly_cost"]) if "yearly_cost" in row else None
    minutes, rate = weekly_minutes(row), hourly_rate(row, school)
    if minutes is None or rate is None:
        return fixed
    first, last = row.get("from", cycle["start"]), row.get("to", cycle["review"]["date"])
    weeks = Decimal(row.get("weeks", max(1, round((last - first).days / 7))))
    return given * minutes * rate * weeks / (60 * Decimal(row.get("group_size", 1))) + (fixed or 0)


def impact_table(found: Sequence[Impact], costs: bool) -> Table:
    """One row for each intervention, with a chart of its targets."""
    columns = [
        Column("title", "Intervention", 44),
        Column("pupils", "Pupils", 8, "number"),
        Column("rounds", "Cycles", 8, "number"),
        Column("met", "Met", 8, "number"),
        Column("partly", "Partly met", 8, "number"),
        Column("not_met", "Not met", 8, "number"),
        Column("rose", "Scores that rose", 9, "number"),
        Column("scored", "Of comparable", 9, "number"),
        Column("gain", "Average gain", 9, "number"),
    ]
    columns += [Column("cost", "Cost", 12, "money"), Column("per", "Cost for each target met", 12, "money")] * costs
    rows = []
    for one in found:
        cells = [one.title, one.pupils, len(one.rounds), *(one.count(result) for result in RESULTS), *one.gained]
        cells.append(average_gain(one))
        rows.append([*cells, one.cost, one.cost_per_met] if costs else cells)
    notes = (
        "A target is counted for every intervention that served its outcome. Small numbers show where to look, "
        "not what works.",
        *(["Costs are of the sessions that were given, where they were counted; else of those planned."] * costs),
    )
    chart = Chart("Targets met, partly met and not met", ("met", "partly", "not_met"), ("1B7F4B", "F2B632", "B23A48"))
    return Table("Impact", tuple(columns), rows, notes, (), chart)


def average_gain(one: Impact) -> Decimal | None:
    """The mean gain to one place, when every comparable score is counted in the same unit."""
    gains = [(r.gain, _SCORE.fullmatch(r.entry)) for r in one.rounds if r.gain is not None]
    units = {found[2].strip().casefold() for _, found in gains if found}
    if len(units) != 1:
        return None
    total = sum((gain for gain, _ in gains if gain is not None), Decimal(0))
    return (total / len(gains)).quantize(Decimal("0.1"))


def bars(found: Sequence[Impact], width: int = 40) -> Iterator[str]:
    """The chart for a terminal: # met, + partly met, . not met; never more than `width` signs for one bar."""
    longest = max((sum(one.count(result) for result in RESULTS) for one in found), default=0)
    scale = min(1.0, width / longest) if longest else 1.0
    for one in found:
        parts = [sign * round(one.count(result) * scale) for result, sign in zip(RESULTS, "#+.", strict=True)]
        yield f"{one.title[:44]:<44} {''.join(parts)}"
