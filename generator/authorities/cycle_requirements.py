"""How many reviewed cycles, and of how many terms, an authority asks for; and whether a review changed anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from generator.authorities.pack import Pack
from generator.authorities.requirement import (
    MANY,
    REQUIRED,
    USUAL,
    Requirement,
    at,
    expects,
    known,
    request_date,
    source_of,
)
from generator.cases.case import Case, Data, document_id, file_id, is_reviewed
from generator.cases.dates.age_and_year import school_year
from generator.records.record import Record
from generator.values.formatting import and_list


def counted_cycles(case: Case, pack: Pack) -> list[Record]:
    """The reviewed cycles that the authority counts: any, or those begun on or after the day of the My Support Plan.

    Where request.yaml names the cycles that go with it, only those.
    """
    sent = {str(name) for name in case.data("request").get("cycles", ())}
    reviewed = [r for r in case.cycles if is_reviewed(r.data) and (not sent or file_id(r) in sent)]
    if not _after_plan(pack):
        return reviewed
    plan = case.data("my-support-plan")
    since = plan.get("initial_date") or plan.get("date") or date.max
    return [record for record in reviewed if record.data.get("start", date.min) >= since]


def cycle_items(
    case: Case, pack: Pack, wanted: int | None = None, key: str = "cycles.min_reviewed"
) -> Iterator[Requirement]:
    """Whether enough cycles are reviewed: as many as the pack says, or as `wanted` by the pack's value under `key`."""
    rule = pack.data.get("cycles", {})
    weight = USUAL if wanted is None and rule.get("usually") else REQUIRED
    most = rule.get("max_reviewed", 0) if wanted is None else 0
    wanted = rule.get("min_reviewed") if wanted is None else wanted
    if not wanted:
        return
    counted = len(counted_cycles(case, pack))
    begun = f" begun after the {pack.words.get('my_support_plan', 'My Support Plan')}" if _after_plan(pack) else ""
    number = f"{wanted} or {most}" if most == wanted + 1 else f"{wanted} to {most}" if most > wanted else str(wanted)
    which = f"{number} reviewed {'cycle' if number == '1' else 'cycles'}{begun}"
    yield Requirement(
        "cycles",
        "cycles",
        which,
        counted >= wanted,
        f"{expects(pack, key, weight)} {which}; there {_are(counted)}",
        **at(case, "request", "cycles"),
        hint="review the running cycle, or say in `overrides` why the request cannot wait",
        source=source_of(pack, key) or MANY,
        weight=weight,
    )


def _after_plan(pack: Pack) -> bool:
    return bool(pack.data.get("cycles", {}).get("counted") == "after_plan")


def _are(number: int) -> str:
    return {0: "are none", 1: "is one"}.get(number, f"are {number}")


def term_items(case: Case, pack: Pack, on: date) -> Iterator[Requirement]:
    """Whether support has gone on for as many terms as the authority asks for."""
    rule = pack.data.get("cycles", {})
    wanted, weight = rule.get("min_terms"), USUAL if rule.get("usually") else REQUIRED
    if not wanted:
        return
    ran = [(r.data["start"], _end(r.data, request_date(case, on))) for r in case.cycles if "start" in r.data]
    terms = {term for start, end in ran for term in _terms(start, end)}
    yield Requirement(
        "terms",
        "terms",
        f"{wanted} terms of support",
        len(terms) >= wanted,
        f"{expects(pack, 'cycles.min_terms', weight)} {wanted} terms of support; the cycles cover {len(terms)}",
        **at(case, "request", "cycles"),
        hint="carry on with the next cycle, or say in `overrides` why the request cannot wait",
        source=source_of(pack, "cycles.min_terms") or MANY,
        weight=weight,
    )


def adapted_items(case: Case, pack: Pack) -> Iterator[Requirement]:
    """Whether a cycle after a reviewed one says or shows what was changed, where the authority wants to see that.

    Any cycle counts, be it not reviewed itself or not named in the request: the change follows from the review before.
    """
    if not pack.data.get("cycles", {}).get("adapted"):
        return
    changed = [
        later for earlier, later in pairwise(case.cycles) if is_reviewed(earlier.data) and _changed(earlier, later)
    ]
    yield Requirement(
        "adapted",
        "adapted",
        "Targets or support changed after a review",
        bool(changed),
        f"{expects(pack, 'cycles.adapted')} targets or support that were changed after a review; "
        + (f"there: {and_list(str(cycle.data['title']) for cycle in changed)}" if changed else "no cycle says so"),
        **({"where": case.cycles[-1], "keys": ("plan",)} if case.cycles else at(case, "request", "cycles")),
        hint="say under plan: change in the cycle after the review what is different",
        source=source_of(pack, "cycles.adapted") or MANY,
        parts=tuple(document_id("cycle", cycle) for cycle in changed),
    )


def _changed(earlier: Record, later: Record) -> bool:
    """True when a cycle says what is different from the one before, or plainly has other targets or other support."""
    plan, before = later.data.get("plan", {}), earlier.data.get("plan", {})
    return known(plan.get("change")) or any(_texts(plan, key) - _texts(before, key) for key in ("targets", "provision"))


def _texts(plan: Data, key: str) -> set[str]:
    """The targets' sentences, or what the support is and how much of it."""
    rows = plan.get(key, ())
    if key == "targets":
        return {str(row["text"]) for row in rows}
    amount = ("title", "delivered_by", "group_size", "minutes", "times_a_week")
    return {" ".join(str(row.get(name, "")) for name in amount) for row in rows}


def _end(cycle: Data, latest: date) -> date:
    ended: date = cycle.get("review", {}).get("date") or cycle.get("planned_review") or latest
    return min(ended, latest)


def _terms(start: date, end: date) -> Iterator[tuple[int, int]]:
    """The terms (September, January, April) in which a cycle ran for at least four weeks."""
    for year in range(school_year(start), school_year(end) + 1):
        limits = (date(year, 9, 1), date(year + 1, 1, 1), date(year + 1, 4, 1), date(year + 1, 8, 1))
        for number in range(3):
            if min(end, limits[number + 1]) - max(start, limits[number]) >= timedelta(weeks=4):
                yield year, number
