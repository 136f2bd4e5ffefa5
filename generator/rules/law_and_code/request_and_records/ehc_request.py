"""Law and Code on the request for an EHC needs assessment: who asks, the test, views, the heads of evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.authorities.legal_test import LAW_36_8, criterion_items, limb_items, views_items
from generator.authorities.requirement import Requirement, request_date
from generator.cases.dates.age_and_year import prepares_for_adulthood, speaks_for_themselves
from generator.rules.rule import Finding, Rule, View, rule


def missing_items(view: View, items: Iterable[Requirement]) -> Iterator[Finding]:
    """A finding for each item that is asked for and not ready, once a request is being written."""
    if view.case.one("request"):
        for item in items:
            if item.counts and not item.ready:
                yield Finding(item.where, item.keys, item.said, item.hint, item.source)


@rule(
    id="request-test",
    severity="law",
    source=LAW_36_8,
    why="This is the whole test in law. Everything else that a form asks for is policy.",
    good="has_sen and needs_plan, each with text and ids of evidence",
    bad="needs_plan without evidence",
    covers=("L2",),
)
def request_test(view: View) -> Iterator[Finding]:
    yield from missing_items(view, limb_items(view.case))


@rule(
    id="request-views",
    severity="law",
    source="Children and Families Act 2014 s.19",
    why="The authority must have regard to what the family wants; it can only do so if it is in the request.",
    good="parents_views: important_now: That she stops being afraid of reading",
    bad="a request with pupil_views and no parents_views",
    covers=("L14",),
)
def request_views(view: View) -> Iterator[Finding]:
    yield from missing_items(view, views_items(view.case))


@rule(
    id="request-evidence-heads",
    severity="code",
    source="SEND Code 9.14: what the authority pays particular attention to",
    why="A head without evidence is the question that the panel will ask.",
    good="every head has an item of evidence.yaml or a cycle",
    bad="nothing bears on physical, emotional and social development and health",
    covers=("C16", "C14"),
)
def request_evidence_heads(view: View) -> Iterator[Finding]:
    yield from missing_items(view, (i for i in criterion_items(view.case, view.pack) if i.strength == "code"))


@rule(
    id="request-made-by",
    severity="law",
    source="Children and Families Act 2014 s.36(1): a parent, a young person, or a person acting for a school",
    why="A request in the name of someone who cannot ask is asked again, weeks later.",
    good="made_by: school",
    bad="made_by: young_person for a child of nine",
    covers=("L1",),
)
def request_made_by(view: View) -> Iterator[Finding]:
    request, pupil = view.case.one("request"), view.case.data("pupil")
    young = "date_of_birth" in pupil and speaks_for_themselves(pupil, request_date(view.case, view.on))
    if request and request.data["made_by"] == "young_person" and not young:
        yield Finding(
            request,
            ("made_by",),
            f"{view.first_name} is not over compulsory school age on the date of the request",
            "a parent can ask, and so can the school",
        )


@rule(
    id="request-adulthood",
    severity="law",
    source="SEND Regulations 2014 reg 6(1)(g): from Year 9, provision to prepare for adulthood",
    why="From Year 9 the assessment must look at adulthood; the school knows most about it.",
    good="preparing_for_adulthood: He wants to work with engines …",
    bad="a request for a child in Year 10 without preparing_for_adulthood",
    covers=("L9", "C19"),
)
def request_adulthood(view: View) -> Iterator[Finding]:
    request, pupil = view.case.one("request"), view.case.one("pupil")
    plan = view.case.data("my-support-plan").get("preparing_for_adulthood")
    if request is None or pupil is None or not prepares_for_adulthood(pupil.data):
        return
    if not plan and not request.data.get("preparing_for_adulthood"):
        year = f"in Year {pupil.data['year_group']}"
        yield Finding(
            request,
            ("date",),
            f"{year} the request says nothing on preparing for adulthood",
            "add preparing_for_adulthood: work, independent living, community and health",
        )


@rule(
    id="request-other-advice",
    severity="law",
    source="SEND Regulations 2014 reg 6(1): medical and social care advice are sought for every assessment",
    why="“Nothing known” is an answer that saves the authority a letter; an empty box is not.",
    good="health: Glasses since May; social_care: {not_known: not known to social care}",
    bad="a request without health or social_care",
    covers=("L9",),
)
def request_other_advice(view: View) -> Iterator[Finding]:
    request, pupil = view.case.one("request"), view.case.data("pupil")
    support = view.case.data("my-support-plan")
    told = {
        "health": ("health", pupil.get("health") or support.get("health")),
        "social_care": ("social care", pupil.get("social_care") or support.get("care")),
    }
    for field, (words, elsewhere) in told.items():
        if request and not request.data.get(field) and not elsewhere:
            yield Finding(
                request,
                ("date",),
                f"the request says nothing on {words}",
                f"add {field}: what is known, or not_known and why",
            )


@rule(
    id="request-decided",
    severity="quality",
    source="draft local-offer text of an authority not named: school and parents decide to submit a request",
    why="A request that parents first hear of from the authority is a bad start for everyone.",
    good="decided_with_family: 6 November 2026",
    bad="a request by the school without decided_with_family",
    covers=("S2-10",),
)
def request_decided(view: View) -> Iterator[Finding]:
    request = view.case.one("request")
    if request and request.data["made_by"] == "school" and "decided_with_family" not in request.data:
        yield Finding(
            request,
            ("made_by",),
            "nothing says that the request was decided together with the family",
            "add decided_with_family: and the day you talked it over",
        )


RULES: tuple[Rule, ...] = (
    request_test,
    request_views,
    request_evidence_heads,
    request_made_by,
    request_adulthood,
    request_other_advice,
    request_decided,
)
