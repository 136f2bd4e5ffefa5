"""One authority's policy: documents, cycles, evidence and its age, its form. Pointed out with its page; never law."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from generator.authorities.cycle_requirements import adapted_items, cycle_items, term_items
from generator.authorities.legal_test import criterion_items as all_criteria
from generator.authorities.local_evidence import (
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
from generator.authorities.pack import asked_with_request
from generator.authorities.requirement import MANY, Requirement, document_items, months_before, source_of
from generator.rules.law_and_code.request_and_records.ehc_request import missing_items
from generator.rules.rule import Finding, Rule, View, rule
from generator.values.formatting import date as in_words

PACK = "the authority’s pack"
STALE_MONTHS = 12


def _local(
    id: str, look: Callable[[View], Iterable[Requirement]], why: str, good: str, bad: str, covers: tuple[str, ...] = ()
) -> Rule:
    """A rule that reports the items of one kind that are not ready, once a request is being written."""
    made = rule(id=id, severity="local", source=PACK, why=why, good=good, bad=bad, covers=covers)
    return made(lambda view: missing_items(view, look(view)))


def _beside_the_request(view: View) -> list[str]:
    return [name for name in asked_with_request(view.case, view.pack).get("documents", ()) if name != "request"]


documents = _local(
    "local-documents",
    lambda v: document_items(v.case, v.pack, _beside_the_request(v)),
    why="A request that lacks one of the authority’s documents will probably come back.",
    good="my-support-plan.yaml beside request.yaml, where the authority asks for a My Support Plan",
    bad="a request without the My Support Plan that the authority asks for",
    covers=("S2-11", "S2-10"),
)

cycles = _local(
    "local-cycles",
    lambda v: cycle_items(v.case, v.pack),
    why="Many authorities look for reviewed cycles. It is policy, not law: an urgent request need not wait.",
    good="two cycles with a review, or an override with the reason why it cannot wait",
    bad="one reviewed cycle, and an authority that asks for two",
    covers=("S2-11",),
)

choices = _local(
    "local-choice",
    lambda v: choice_items(v.case, v.pack),
    why="Where one of several papers is enough, none of them is what its clerk notices.",
    good="a support plan, where the authority takes a plan or a provision map",
    bad="neither of them",
)

adapted = _local(
    "local-adapted",
    lambda v: adapted_items(v.case, v.pack),
    why="Some authorities look for what a review changed: the same targets and support again are not a response.",
    good="plan: {change: Ten words a set instead of twenty} in the cycle after a review",
    bad="a second cycle with the targets and the support of the first",
)

terms = _local(
    "local-terms",
    lambda v: term_items(v.case, v.pack, v.on),
    why="Leicester normally looks for interventions over two terms.",
    good="cycles in the spring and the summer term",
    bad="one cycle of six weeks",
)

evidence = _local(
    "local-evidence",
    lambda v: evidence_items(v.case, v.pack, v.on),
    why="What the authority lists is what its clerk ticks off.",
    good="an item of kind consent called “SEND DP1”, where the authority asks for it",
    bad="no such item in evidence.yaml",
)

attendance = _local(
    "local-attendance",
    lambda v: attendance_items(v.case, v.pack, v.on),
    why="Authorities look at attendance over a span of their own.",
    good="rows that reach back two years, where the authority asks for two",
    bad="this term’s attendance only",
)

attainment = _local(
    "local-attainment-age",
    lambda v: attainment_items(v.case, v.pack, v.on),
    why="Old figures say nothing about now.",
    good="attainment of last month",
    bad="attainment of last summer, where the authority takes three months",
)

words = _local(
    "local-word-limit",
    lambda v: word_items(v.case, v.pack),
    why="A form with a limit cuts the rest off, in the middle of a sentence.",
    good="a reason of 180 words where 200 are taken",
    bad="a reason of 240 words where 200 are taken",
)

signatures = _local(
    "local-signatures",
    lambda v: signature_items(v.case, v.pack, v.on),
    why="An unsigned form is the easiest one to send back.",
    good="declaration of the headteacher and consent of a parent, each with its date",
    bad="a request without a dated consent",
)

consent = _local(
    "local-consent",
    lambda v: (item for stage in v.pack.data.get("ladder", ()) for item in consent_items(v.case, v.pack, stage, v.on)),
    why="Where consent is wanted at each stage, that of the first does not speak for the next.",
    good="consents: [{person: Ann Ashworth, capacity: parent, stage: sen-support, date: …, method: wet_ink}]",
    bad="one consent, of the day of the request",
)

answers = _local(
    "local-answers",
    lambda v: answer_items(v.case, v.pack, v.on),
    why="The authority’s own questions stand in no other document.",
    good="local: {indes: “Band 4, 12 October 2026”}",
    bad="no answer, or one older than the authority takes",
)

advice = _local(
    "local-advice",
    lambda v: advice_items(v.case, v.pack),
    why="Some authorities ask that outside advice was carried out and reviewed first.",
    good="each recommendation with action and impact",
    bad="a recommendation without impact",
    covers=("S1-11",),
)

criteria = _local(
    "local-criteria",
    lambda v: (item for item in all_criteria(v.case, v.pack) if item.strength == "local"),
    why="The authority’s own headings are what its panel reads by.",
    good="evidence for each of the authority’s indicators",
    bad="an indicator that nothing answers",
)


@rule(
    id="local-report-age",
    severity="local",
    source=PACK,
    why="A report older than the authority takes is sent back, or counts as not sent.",
    good="a report of last spring, where the authority takes 24 months",
    bad="a report of three years ago",
)
def report_age(view: View) -> Iterator[Finding]:
    record = view.case.one("evidence")
    for report in reports(view.case, view.pack, view.on) if record and view.case.one("request") else ():
        if record and report.too_old and report.date:
            yield Finding(
                record,
                ("items", report.number, "date"),
                f"{report.title} of {in_words(report.date)} is older than the {report.limit} months that "
                f"{view.pack.data['name']} takes",
                "ask for an update, or say in overrides why it still holds",
                report.source or MANY,
            )


@rule(
    id="local-words",
    severity="local",
    source=PACK,
    why="Parents and the authority know the cycle by the name they use.",
    good="title: Identify, Plan, Do, Review, autumn 2026 (Rutland)",
    bad="title: Assess, Plan, Do, Review, autumn 2026 (Rutland)",
    covers=("S4-5",),
)
def local_words(view: View) -> Iterator[Finding]:
    own = view.pack.words.get("assess", "Assess")
    if own == "Assess":
        return
    for record in view.case.cycles:
        if re.search(r"\bassess\b", str(record.data["title"]), re.IGNORECASE):
            yield Finding(
                record,
                ("title",),
                f"{view.pack.data['name']} calls the first stage “{own}”, not “Assess”",
                "use the authority’s word",
                source_of(view.pack, "words.assess"),
            )


@rule(
    id="pack-checked",
    severity="quality",
    source="authorities change their forms and say “use the latest version” (Lancashire, Peterborough)",
    why="A pack is what the authority’s pages said on a day; the pages may say something else now.",
    good="checked: 1 September 2026",
    bad="checked: 1 May 2024",
)
def pack_checked(view: View) -> Iterator[Finding]:
    if not view.case.one("request"):
        return
    record = view.case.one("pupil") if "home_authority" in view.case.data("pupil") else view.case.school
    key = "home_authority" if record and record.kind == "pupil" else "authority"
    checked, name = view.pack.data.get("checked"), view.pack.data["name"]
    if record and (checked is None or checked < months_before(view.on, STALE_MONTHS)):
        when = f"on {in_words(checked)}, more than a year ago" if checked else "on a day that is not written down"
        yield Finding(
            record,
            (key,),
            f"the pack {name} was last compared with the authority’s pages {when}",
            "look at the pages that `sendpack pack show` names before you send a request",
        )


RULES: tuple[Rule, ...] = (
    documents,
    choices,
    cycles,
    adapted,
    terms,
    evidence,
    report_age,
    attendance,
    attainment,
    words,
    signatures,
    consent,
    answers,
    advice,
    criteria,
    local_words,
    pack_checked,
)
