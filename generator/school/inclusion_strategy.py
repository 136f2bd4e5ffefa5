"""The tables that the records hold for the school's inclusion strategy: needs, support, cost, impact; nobody named.

A school publishes the strategy on its website, so every number of few pupils is hidden, and a kind of support that few
have, or whose name names somebody, is counted with others. What the guidance of 25 June 2026 wants beside figures
(activities, budgeted costs, the seven principles) is left to the school and said so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from generator.cases.case import Case, Data, sen_status
from generator.cases.dates.twelve_months import year_before
from generator.cases.family.people import single_names
from generator.cases.vocabulary import AREAS, PROVISION_TYPES, SEN_STATUS, SEN_TYPES
from generator.documents.template_authoring import school_pack
from generator.folder.school_folder import Project
from generator.school.provision.intervention_impact import RESULTS, Impact, impacts
from generator.school.provision.provision_map import Line, lines
from generator.school.register import main_needs, may_be_on_register
from generator.school.register_document import school_page
from generator.values.small_numbers import FEWEST, NOT_SHOWN, WHY_NOT_SHOWN, hidden, shown_or_not

Row = dict[str, Any]

OTHER = "Other support, each for few pupils"
"""Where support is counted that fewer than FEWEST pupils have, or whose name would name somebody."""


@dataclass(frozen=True)
class Strategy:
    """Every table of the draft, as texts: a hidden number is NOT_SHOWN, and so is what hangs on it.

    `pupils` is the number on the register, "" for none. `left_out` are texts about what no table could count.
    """

    pupils: str
    statuses: tuple[Row, ...]
    needs: tuple[Row, ...]
    areas: tuple[Row, ...]
    activities: tuple[Row, ...]
    impact: tuple[Row, ...]
    left_out: tuple[str, ...]


def strategy(cases: Sequence[Case], school: Data, on: date, since: date | None = None) -> Strategy:
    """The figures of a day; impact of the cycles reviewed since a day, else in the last twelve months."""
    on_register = [case for case in cases if may_be_on_register(case.data("pupil"), on)]
    on_register = [case for case in on_register if sen_status(case.data("pupil"), on) in ("K", "E")]
    given = [line for line in lines(on_register, on) if line.additional]
    names = frozenset(_words(_people(cases, school)))
    few = 0 < len(on_register) < FEWEST
    if few:
        # One table's rows could not be hidden from another's: a school of four such pupils publishes no number.
        return Strategy(
            NOT_SHOWN, (), (), (), (), (), ("Fewer than five pupils are on the register: no table is made.",)
        )
    areas = tuple(_areas(given))
    found = impacts(on_register, since or year_before(on), on)
    return Strategy(
        str(len(on_register)),
        tuple(_counted(SEN_STATUS[sen_status(case.data("pupil"), on)] for case in on_register)),
        tuple(_counted(_need(case.data("pupil")) for case in on_register)),
        areas,
        tuple(_activities(given, names)),
        tuple(_impact(found, names)),
        tuple(_left_out(given, areas)),
    )


def _counted(values: Iterable[str]) -> Iterator[Row]:
    """How many pupils have each value, the most first; the counts add up to all pupils."""
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    rows = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    marks = hidden([number for _, number in rows])
    # Where every number is hidden, the mere list of kinds would still say that somebody has each.
    for (value, number), hide in zip(rows, marks, strict=True) if not all(marks) else ():
        yield {"label": value, "pupils": shown_or_not(number, hide)}


def _need(pupil: Data) -> str:
    """The main need as the census names it; never a title that somebody wrote for one child."""
    return SEN_TYPES.get(main_needs(pupil)[0], "Not recorded by type")


# -- support and what it costs ----------------------------------------------------------------------------------------


def _areas(given: Sequence[Line]) -> Iterator[Row]:
    """Support by area of need and kind: pupils, hours a week, pounds a year."""
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in given:
        area = AREAS.get(str(line.row.get("area", "")), "Area not recorded")
        groups.setdefault((area, PROVISION_TYPES[str(line.row["type"])]), []).append(line)
    rows = [({"label": area, "kind": kind}, group) for (area, kind), group in sorted(groups.items())]
    yield from _costed(rows)


def _activities(given: Sequence[Line], names: frozenset[str]) -> Iterator[Row]:
    """Each kind of support that enough pupils have, by its title, and all other support in one row."""
    groups: dict[str, list[Line]] = {}
    for line in given:
        groups.setdefault(_key(str(line.row["title"])), []).append(line)
    named, other = [], []
    for key in sorted(groups):
        group = groups[key]
        if len({line.case for line in group}) >= FEWEST and not _words([str(group[0].row["title"])]) & names:
            kinds = sorted({PROVISION_TYPES[str(line.row["type"])] for line in group})
            named.append(({"label": str(group[0].row["title"]), "kind": ", ".join(kinds)}, group))
        else:
            other += group
    yield from _costed([*named, *([({"label": OTHER, "kind": ""}, other)] if other else [])])


def _costed(groups: Sequence[tuple[Row, Sequence[Line]]]) -> Iterator[Row]:
    """Rows with pupils, hours and cost, each hidden where its pupils are too few; a total where nothing follows.

    Hours and pounds add up, so the rows hidden are chosen as if pupils did: the total must not give one away.
    """
    pupils = [len({line.case for line in group}) for _, group in groups]
    marks = hidden(pupils)
    # Where every row is hidden, a list of kinds without a number helps nobody and says that somebody has each.
    for (label, group), number, hide in zip(groups, pupils, marks, strict=True) if not all(marks) else ():
        yield {**label, "pupils": shown_or_not(number, hide), "hours": _hours(group, hide), "cost": _cost(group, hide)}
    every = [line for _, group in groups for line in group]
    number = len({line.case for line in every})
    if groups and (not all(marks) or (len(groups) > 1 and number >= FEWEST)):
        yield {"label": "All", "kind": "", "pupils": str(number), "hours": _hours(every), "cost": _cost(every)}


def _hours(group: Iterable[Line], hide: bool = False) -> str:
    total = sum((line.minutes or Decimal(0) for line in group), Decimal(0)) / 60
    return NOT_SHOWN if hide else f"{total:,.1f}"


def _cost(group: Iterable[Line], hide: bool = False) -> str:
    """Whole pounds: the pence of a plan for a year say more than anybody knows."""
    total = sum((line.cost or Decimal(0) for line in group), Decimal(0))
    return NOT_SHOWN if hide else f"£{total:,.0f}"


def _left_out(given: Sequence[Line], areas: Sequence[Row]) -> Iterator[str]:
    if given and all(row["label"] == "All" for row in areas):
        yield f"No kind of support in one area of need is given to {FEWEST} pupils or more: the rows are not shown"
    without = sum(line.cost is None for line in given)
    if without:
        yield f"{without} of {len(given)} rows of support have no cost: the totals are too low"


# -- what came of it --------------------------------------------------------------------------------------------------


def _impact(found: Sequence[Impact], names: frozenset[str]) -> Iterator[Row]:
    """Targets met, partly met and not met, of each intervention that enough pupils had, and of all others together."""
    named = [one for one in found if one.pupils >= FEWEST and not _words([one.title]) & names]
    rest = [round_ for one in found if one not in named for round_ in one.rounds]
    rows = [*named, *([Impact(OTHER, tuple(rest))] if rest else [])]
    marks = hidden([one.pupils for one in rows], adds_up=False)
    for one, hide in zip(rows, marks, strict=True):
        counts = [one.count(result) for result in RESULTS]
        few = hidden(counts, adds_up=False)
        shown = [shown_or_not(count, hide or small) for count, small in zip(counts, few, strict=True)]
        yield {"label": one.title, "pupils": shown_or_not(one.pupils, hide), **dict(zip(RESULTS, shown, strict=True))}


# -- nobody named -----------------------------------------------------------------------------------------------------


def _key(title: str) -> str:
    return " ".join(title.casefold().split())


def _people(cases: Iterable[Case], school: Data) -> Iterator[str]:
    """The names of pupils, and of staff: `Mrs Begum’s group` names both her and, to those who know, the children."""
    for case in cases:
        yield from single_names(case.data("pupil"))
    for row in school.get("staff", ()):
        yield str(row.get("name", ""))


def _words(texts: Iterable[str]) -> set[str]:
    """The words of some texts that could be names, without titles of people and letters by themselves."""
    found = {word for text in texts for word in re.findall(r"[^\W\d_]{2,}", text.casefold())}
    return found - {"mr", "mrs", "miss", "ms", "mx", "dr", "sir", "the", "and"}


# -- the document -----------------------------------------------------------------------------------------------------


def strategy_document(project: Project, made: Strategy, on: date, since: date, not_counted: str = "") -> bytes:
    """The draft as a Word file, from a template that a school can change."""
    given: Mapping[str, Any] = {
        # The footer of a paper that is to be published must not call it confidential.
        "words": {**school_pack(project).words, "confidential": "Draft"},
        "strategy": {
            "pupils": made.pupils,
            "since": since,
            "statuses": list(made.statuses),
            "needs": list(made.needs),
            "areas": list(made.areas),
            "activities": list(made.activities),
            "impact": list(made.impact),
            "left_out": list(made.left_out),
            "note": WHY_NOT_SHOWN,
        },
    }
    return school_page(project, "inclusion-strategy.docx", "Inclusion strategy", on, given, not_counted)
