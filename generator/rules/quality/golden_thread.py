"""The golden thread: hope → need → outcome → provision → target → review → evidence, with no orphan in any direction.

Ids that cite nothing are the reader's and the identity rules' business; here every id that is there must be used.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.cases.case import is_reviewed
from generator.records.record import Record
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import and_list

THREAD = "Suffolk SENDIASS: an outcome for each need, a provision for each outcome"


def _working_cycles(view: View) -> list[Record]:
    """The cycles that carry the plan: those begun since it was made and those still running, else the newest."""
    made = view.case.data("plan").get("date")
    carrying = [
        cycle
        for cycle in view.case.cycles
        if not is_reviewed(cycle.data) or (made and cycle.data.get("start") and cycle.data["start"] >= made)
    ]
    return carrying or list(view.case.cycles[-1:])


def _outcomes(view: View) -> Iterator[tuple[Record, tuple[str | int, ...], Any]]:
    plan = view.case.one("plan")
    for number, row in enumerate(plan.data["outcomes"] if plan else ()):
        yield plan, ("outcomes", number), row  # type: ignore[misc]


@rule(
    id="thread-need-outcome",
    severity="quality",
    source=THREAD,
    covers=("G1", "S1-7"),
    why="A need that nobody works on is either not a need any more or has been forgotten.",
    good="needs: reading → outcome reads-alone, needs: [reading]",
    bad="a need in pupil.yaml that no outcome names",
)
def need_outcome(view: View) -> Iterator[Finding]:
    """Each need has an outcome."""
    pupil = view.case.one("pupil")
    met = {need for _, _, outcome in _outcomes(view) for need in outcome["needs"]}
    for number, need in enumerate(pupil.data.get("needs", ()) if pupil and view.case.one("plan") else ()):
        if need["id"] not in met:
            yield Finding(
                pupil,  # type: ignore[arg-type]
                ("needs", number, "id"),
                f"no outcome of the plan is about the need {need['id']} ({need['title']})",
                "write an outcome for it, or name it under `needs` of the outcome that is about it",
            )


@rule(
    id="thread-outcome-need",
    severity="quality",
    source=THREAD,
    covers=("G1", "S1-7"),
    why="An outcome without a need behind it may be worth having, but nobody can say why it is special educational.",
    good="outcome reads-alone, needs: [reading]",
    bad="outcome reads-alone, needs: []",
)
def outcome_need(view: View) -> Iterator[Finding]:
    """Each outcome has a need."""
    for plan, keys, outcome in _outcomes(view):
        if not outcome["needs"]:
            yield Finding(plan, (*keys, "needs"), f"the outcome {outcome['id']} names no need", "add the need's id")


@rule(
    id="thread-outcome-hope",
    severity="quality",
    source="Suffolk SENDIASS; Devon Information Advice and Support: the plan starts from aspirations",
    covers=("G1", "S1-6"),
    why="Outcomes are steps towards what the child and the parents hope for; otherwise they are the school's wishes.",
    good="aspiration: Reading books about animals by herself",
    bad="no outcome of the plan has an `aspiration`",
)
def outcome_hope(view: View) -> Iterator[Finding]:
    """Each outcome says which hope it serves; one finding for the plan."""
    bare = [(plan, outcome["id"]) for plan, _, outcome in _outcomes(view) if "aspiration" not in outcome]
    if bare:
        these = and_list(name for _, name in bare)
        what = f"the outcomes {these} do" if len(bare) > 1 else f"the outcome {these} does"
        yield Finding(
            bare[0][0],
            ("outcomes",),
            f"{what} not say which hope of {view.first_name} or the parents it serves",
            "add `aspiration:` in a few words from the hopes above",
        )


@rule(
    id="thread-outcome-provision",
    severity="code",
    source="SEND Code of Practice 6.50",
    covers=("C6", "G1"),
    why="Support is chosen to meet the outcomes; an outcome with no support is a wish.",
    good="outcome reads-alone ← provision precision-teaching, outcomes: [reads-alone]",
    bad="an outcome of the plan that no provision names",
)
def outcome_provision(view: View) -> Iterator[Finding]:
    """Each outcome has provision in the cycles that carry the plan."""
    cycles = _working_cycles(view)
    served = {name for cycle in cycles for row in cycle.data["plan"]["provision"] for name in row["outcomes"]}
    for plan, keys, outcome in _outcomes(view) if cycles else ():
        if outcome["id"] not in served:
            yield Finding(
                plan,
                (*keys, "id"),
                f"no provision in {_titles(cycles)} serves the outcome {outcome['id']}",
                "name the outcome under `outcomes` of the provision that serves it, or plan some",
            )


@rule(
    id="thread-outcome-target",
    severity="quality",
    source="Devon Information Advice and Support: each short-term target belongs to an outcome",
    covers=("S1-8", "G1"),
    why="An outcome a year away needs a next step, or nobody notices until it is too late.",
    good="outcome reads-alone ← target words-60",
    bad="an outcome of the plan that no target belongs to",
)
def outcome_target(view: View) -> Iterator[Finding]:
    """Each outcome has a next step in the cycles that carry the plan."""
    cycles = _working_cycles(view)
    stepped = {row["outcome"] for cycle in cycles for row in cycle.data["plan"]["targets"]}
    for plan, keys, outcome in _outcomes(view) if cycles else ():
        if outcome["id"] not in stepped:
            yield Finding(
                plan,
                (*keys, "id"),
                f"no target in {_titles(cycles)} is a step to the outcome {outcome['id']}",
                "add a target for it, or say in the plan when it begins",
            )


def _titles(cycles: list[Record]) -> str:
    return and_list(cycle.data["title"] for cycle in cycles[-2:])


@rule(
    id="thread-provision-outcome",
    severity="code",
    source="SEND Code of Practice 6.50",
    covers=("C6", "G1"),
    why="Support that serves no outcome costs time that another outcome needs, and nobody can say whether it worked.",
    good="provision precision-teaching, outcomes: [reads-alone]",
    bad="provision precision-teaching, outcomes: []",
)
def provision_outcome(view: View) -> Iterator[Finding]:
    """Each provision serves an outcome."""
    for cycle in view.case.cycles:
        for number, row in enumerate(cycle.data["plan"]["provision"]):
            if not row["outcomes"]:
                keys = ("plan", "provision", number, "outcomes")
                yield Finding(cycle, keys, f"“{row['title']}” serves no outcome", "name the outcome that it is for")


@rule(
    id="thread-target-review",
    severity="code",
    source="SEND Code of Practice 6.53; Leicester City Council: achieved, being achieved or not, for each outcome",
    covers=("C8", "S3-6", "G1"),
    why="A target that is not judged might as well not have been set, and the next cycle begins without knowing.",
    good="review.targets has a row for every target of the cycle",
    bad="the cycle has three targets, its review two rows",
)
def target_review(view: View) -> Iterator[Finding]:
    """Each target of a reviewed cycle has a result."""
    for cycle, review in _reviews(view):
        judged = {row["target"] for row in review["targets"]}
        for target in cycle.data["plan"]["targets"]:
            if target["id"] not in judged:
                message = f"the review of {cycle.data['title']} does not say what became of the target {target['id']}"
                yield Finding(cycle, ("review", "targets"), message, "add its result: met, partly or not_met")


@rule(
    id="thread-provision-review",
    severity="quality",
    source="Devon Information Advice and Support: decide to stop, change or continue each support",
    covers=("S1-16", "C8", "G1"),
    why="Support that nobody decides about goes on by habit, or stops by accident.",
    good="review.provision: precision-teaching – continue",
    bad="a provision of the cycle that the review does not mention",
)
def provision_review(view: View) -> Iterator[Finding]:
    """Each provision of a reviewed cycle has a decision."""
    for cycle, review in _reviews(view):
        decided = {row["provision"] for row in review.get("provision", ())}
        for row in cycle.data["plan"]["provision"]:
            if row["id"] not in decided:
                message = f"the review of {cycle.data['title']} does not say whether “{row['title']}” goes on"
                key = "provision" if "provision" in review else "targets"
                yield Finding(cycle, ("review", key), message, "decide: stop, change or continue")


@rule(
    id="thread-provision-delivery",
    severity="quality",
    source="SEND Code of Practice 6.72; Devon Information Advice and Support: is it happening as planned?",
    covers=("C13", "S1-15", "G1"),
    why="The first question after “it did not work” is how often it was given.",
    good="do.delivery: precision-teaching, planned 40, delivered 36",
    bad="a reviewed cycle without a delivery row for its group work",
)
def provision_delivery(view: View) -> Iterator[Finding]:
    """Each taught provision of a reviewed cycle has its count of sessions."""
    for cycle, _ in _reviews(view):
        counted = {row["provision"] for row in cycle.data.get("do", {}).get("delivery", ())}
        for number, row in enumerate(cycle.data["plan"]["provision"]):
            if row["type"] in ("group", "one_to_one") and row["id"] not in counted:
                message = f"nothing says how often “{row['title']}” was given in {cycle.data['title']}"
                yield Finding(cycle, ("plan", "provision", number, "title"), message, "add it under `do`, `delivery`")


def _reviews(view: View) -> Iterator[tuple[Record, Any]]:
    for cycle in view.case.cycles:
        if is_reviewed(cycle.data):
            yield cycle, cycle.data["review"]


_SAYS_NOTHING_OF_NEEDS = {"consent", "letter", "photo", "minutes", "attendance", "other"}


@rule(
    id="thread-need-evidence",
    severity="quality",
    source="SEND Code of Practice 9.14",
    covers=("G1", "C16"),
    why="The reader of a request looks for proof of each need that is claimed.",
    good="evidence ep-report, needs: [reading]",
    bad="a request in which nothing in evidence.yaml is about the second need",
)
def need_evidence(view: View) -> Iterator[Finding]:
    """With a request: each need has something in evidence.yaml."""
    pupil, evidence = view.case.one("pupil"), view.case.one("evidence")
    if not (pupil and evidence and view.case.one("request")):
        return
    shown = {need for item in evidence.data["items"] if item.get("include", True) for need in item.get("needs", ())}
    for number, need in enumerate(pupil.data.get("needs", ())):
        if need["id"] not in shown:
            message = f"nothing in evidence.yaml shows the need {need['id']} ({need['title']})"
            yield Finding(pupil, ("needs", number, "id"), message, "name it under `needs` of what shows it")


@rule(
    id="thread-evidence-need",
    severity="quality",
    source="SEND Code of Practice 9.14",
    covers=("G1",),
    why="A report that is not tied to a need or to one of the Code's heads is pages that nobody knows how to read.",
    good="evidence ep-report, heads: [nature], needs: [reading]",
    bad="an assessment in evidence.yaml with neither `needs` nor `heads`",
)
def evidence_need(view: View) -> Iterator[Finding]:
    """Each report and assessment says what it is evidence of."""
    evidence = view.case.one("evidence")
    if not evidence:
        return
    for number, item in enumerate(evidence.data["items"]):
        tied = item.get("needs") or item.get("heads")
        if not tied and item.get("include", True) and item["kind"] not in _SAYS_NOTHING_OF_NEEDS:
            message = f"“{item['title']}” is not tied to any need or head of evidence"
            hint = "add `needs` or `heads`, so that the index finds it"
            yield Finding(evidence, ("items", number, "id"), message, hint)


RULES: tuple[Rule, ...] = (
    need_outcome,
    outcome_need,
    outcome_hope,
    outcome_provision,
    outcome_target,
    provision_outcome,
    target_review,
    provision_review,
    provision_delivery,
    need_evidence,
    evidence_need,
)
