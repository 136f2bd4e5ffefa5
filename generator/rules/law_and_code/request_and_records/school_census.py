"""What the school census takes: the status with its days, types of need, one primary need."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from generator.cases.case import sen_status
from generator.cases.vocabulary import AREA_OF_TYPE
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import date as in_words
from generator.values.parsing import NOT_KNOWN

CENSUS = "DfE school census, SEN provision and SEN type"


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
        if pupil and need.get("area") == NOT_KNOWN:
            fits = f"; {need['sen_type']} belongs to {area.replace('_', ' ')}" if area else ""
            yield Finding(
                pupil,
                ("needs", number, "area"),
                f"to which area {view.first_name}’s need “{need['title']}” belongs is not known yet{fits}",
                "write the area once you can tell: papers print the need under “area not known yet” until then",
            )
        elif area and pupil and area != need.get("area", area):
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
    id="status-ahead",
    severity="quality",
    source=f"{CENSUS}: the day on which SEN provision started",
    why="Until that day the pupil is on no register and nothing is due: with a mistyped year nobody would notice.",
    good="status K from 7 September 2026, when that day has come",
    bad="status K from 7 September 2027, a year ahead",
)
def status_ahead(view: View) -> Iterator[Finding]:
    pupil = view.case.one("pupil")
    for number, row in enumerate(pupil.data.get("sen_status", ()) if pupil else ()):
        if pupil and row.get("from", view.on) > view.on:
            now = "is on no register" if sen_status(pupil.data, view.on) == "N" else "keeps the status of before"
            yield Finding(
                pupil,
                ("sen_status", number, "from"),
                f"status {row['status']} begins on {in_words(row['from'])}, which is still to come: until then "
                f"{view.first_name} {now}",
                "if that is meant, leave it; else correct the day",
            )


RULES: tuple[Rule, ...] = (
    sen_status_missing,
    sen_type_missing,
    sen_type_nsa,
    sen_type_area,
    need_rank_twice,
    primary_need_missing,
    status_overlap,
    status_ahead,
)
