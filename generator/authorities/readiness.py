"""How ready a pupil's case is for the next stage of the authority's ladder: `12 of 15 ready`, and what is missing.

One computation, used by `check`, the request document and the index of the bundle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.authorities.cycle_requirements import adapted_items, cycle_items, term_items
from generator.authorities.legal_test import Criterion, criteria, criterion_items, limb_items, views_items
from generator.authorities.local_evidence import (
    Report,
    attainment_items,
    attendance_items,
    choice_items,
    evidence_items,
    reports,
)
from generator.authorities.local_requirements import (
    advice_items,
    answer_items,
    consent_items,
    signature_items,
    word_items,
)
from generator.authorities.pack import Pack, asked_with_request, sending
from generator.authorities.requirement import Requirement, document_items, field_filled, missing_kinds
from generator.cases.case import Case, Data, sen_status
from generator.problems import WrongUse

REQUEST = "request"
"""The document (and, in every pack, the stage of the ladder) that asks for an EHC needs assessment."""

SUPPORT = "support-plan"
"""The document that begins SEN support; a pupil with status K or E is at least at its stage."""


@dataclass(frozen=True)
class Stage:
    """One rung of the pack's ladder."""

    id: str
    title: str


@dataclass(frozen=True)
class Readiness:
    """Where a pupil stands on the ladder and what the next stage needs.

    `stage` is None before the first rung. `target` is the stage that `items` belong to: the next one, or the request
    itself once it is being written. `criteria` and `reports` are the evidence matrix and the ages of the evidence on
    the date of the request, whatever the stage. `send` says how a request is sent, where the target is a request.
    """

    stage: Stage | None
    target: Stage
    items: tuple[Requirement, ...]
    criteria: tuple[Criterion, ...]
    reports: tuple[Report, ...]
    send: str = ""

    @property
    def ready(self) -> int:
        """How many of the items that are asked for are ready."""
        return sum(item.ready for item in self.items if item.counts)

    @property
    def total(self) -> int:
        """How many items are asked for; what is only usual does not count."""
        return sum(item.counts for item in self.items)

    @property
    def missing(self) -> tuple[Requirement, ...]:
        """The items that are asked for and not ready, law first, then Code, then local."""
        order = ("law", "code", "local")
        lacking = (item for item in self.items if item.counts and not item.ready)
        return tuple(sorted(lacking, key=lambda item: order.index(item.strength)))

    @property
    def usual(self) -> tuple[Requirement, ...]:
        """What the authority only usually expects: told, and never called missing."""
        return tuple(item for item in self.items if not item.counts)

    def __str__(self) -> str:
        return f"{self.ready} of {self.total} ready for: {self.target.title}"


def readiness(case: Case, pack: Pack, on: date, stage: str = "") -> Readiness:
    """How ready a case is on a day for the next stage of the ladder, or for the stage named.

    Raises WrongUse when the pack has no stage of that name.
    """
    ladder = pack.data.get("ladder", ())
    held = current(case, pack, on)
    target = _named(ladder, stage) if stage else _next(case, pack, ladder, held)
    row = ladder[target]
    items = request_items(case, pack, on) if REQUEST in row["documents"] else stage_items(case, pack, row, on)
    stage_held = _stage(ladder[held]) if held >= 0 else None
    send = sending(pack) if REQUEST in row["documents"] else ""
    return Readiness(stage_held, _stage(row), items, criteria(case, pack), reports(case, pack, on), send)


def _next(case: Case, pack: Pack, ladder: Sequence[Data], held: int) -> int:
    """The rung after the one held; the rung held while it rests on the status alone and its own papers are missing.

    A child who was put on SEN support last week needs a plan, not the papers of a request, which is measured once it is
    begun or asked for by name.
    """
    documents = {str(row["id"]): row for row in pack.documents}
    row = ladder[held] if held >= 0 else {"documents": ()}
    if SUPPORT in row["documents"] and SUPPORT in documents and missing_kinds(case, documents[SUPPORT]):
        return held
    after = min(held + 1, len(ladder) - 1)
    first = next((number for number, rung in enumerate(ladder) if SUPPORT in rung["documents"]), -1)
    far = held == first and REQUEST in ladder[after]["documents"] and case.one(REQUEST) is None
    return held if far and held >= 0 else after


def _stage(row: Data) -> Stage:
    return Stage(str(row["id"]), str(row["title"]))


def _named(ladder: tuple[Data, ...], stage: str) -> int:
    for number, row in enumerate(ladder):
        if row["id"] == stage:
            return number
    there = ", ".join(str(row["id"]) for row in ladder)
    raise WrongUse(f"The authority's ladder has no stage called {stage}.", f"Its stages are: {there}.")


def current(case: Case, pack: Pack, on: date) -> int:
    """The highest rung that the pupil has reached, counted from 0; -1 before the first.

    A rung is reached when its own field (`begun`) is filled, when a document that no earlier rung has is written, or,
    for the rung of the support plan, when the pupil's status is K or E.
    """
    documents = {str(row["id"]): row for row in pack.documents}
    reached, before = -1, set[str]()
    for number, row in enumerate(pack.data.get("ladder", ())):
        own = [str(name) for name in row["documents"] if name in documents and name not in before]
        before.update(own)
        written = any(not missing_kinds(case, documents[name]) for name in own)
        status = SUPPORT in own and sen_status(case.data("pupil"), on) in ("K", "E")
        if written or status or field_filled(case, str(row.get("begun", ""))):
            reached = number
    return reached


def stage_items(case: Case, pack: Pack, row: Data, on: date) -> tuple[Requirement, ...]:
    """What a stage before the request needs: its documents, consent, and the reviewed cycles that come before it."""
    wanted = row.get("reviewed_cycles")
    cycles = tuple(cycle_items(case, pack, wanted, f"ladder.{row['id']}")) if wanted else ()
    return (*document_items(case, pack, row["documents"]), *cycles, *consent_items(case, pack, row, on))


def request_items(case: Case, pack: Pack, on: date) -> tuple[Requirement, ...]:
    """Everything that a request needs under the pack, in the order in which a SENCO would gather it."""
    return (
        *document_items(case, pack, asked_with_request(case, pack).get("documents", ())),
        *choice_items(case, pack),
        *cycle_items(case, pack),
        *adapted_items(case, pack),
        *term_items(case, pack, on),
        *limb_items(case),
        *views_items(case),
        *criterion_items(case, pack),
        *evidence_items(case, pack, on),
        *attendance_items(case, pack, on),
        *attainment_items(case, pack, on),
        *advice_items(case, pack),
        *answer_items(case, pack, on),
        *word_items(case, pack),
        *signature_items(case, pack, on),
        *(item for stage in pack.data.get("ladder", ()) for item in consent_items(case, pack, stage, on)),
    )
