"""Write the standard templates: `python -m templates.source [folder]`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from templates.source import (
    asks,
    bundle,
    changes,
    child,
    cycle,
    letters,
    meetings,
    my_plan,
    pupils_views,
    reports,
    request,
    sample,
    school,
    strategy,
    views,
)
from templates.source.package import document
from templates.source.plans import (
    behaviour_plan,
    isp_preview,
    my_support_plan,
    pupil_provision_map,
    short_versions,
    support_plan,
)

STANDARD = Path(__file__).resolve().parent.parent / "standard"

TEMPLATES: Mapping[str, tuple[str, Callable[[], str], bool]] = {
    "house.docx": ("House style", sample.house, False),
    "profile.docx": ("One-page profile", child.profile, False),
    "early-discussion.docx": ("Note of our early discussion", meetings.early_discussion, False),
    "parent-letter.docx": ("Letter about special educational provision", letters.parent_letter, True),
    "support-plan.docx": ("SEN support plan", support_plan.support_plan, False),
    "isp-preview.docx": ("Individual Support Plan (preview)", isp_preview.isp_preview, False),
    "short-plan.docx": ("The plan in short", short_versions.short_plan, False),
    "short-cycle.docx": ("The cycle on one page", short_versions.short_cycle, False),
    "behaviour-steps.docx": ("Behaviour support plan: steps on one page", short_versions.behaviour_steps, False),
    "cycle.docx": ("Assess, Plan, Do, Review record", cycle.cycle, False),
    "meeting.docx": ("Record of meeting", meetings.meeting, False),
    "pcp-meeting.docx": ("Person-centred planning meeting", meetings.pcp_meeting, False),
    "my-support-plan.docx": ("My Support Plan", my_support_plan.my_support_plan, False),
    "behaviour-plan.docx": ("Behaviour support plan", behaviour_plan.behaviour_plan, False),
    "request.docx": ("Request for an EHC needs assessment", request.request, False),
    "views-parents.docx": ("What we think: form for parents and carers", views.parents, False),
    "views-pupil.docx": ("What I think", pupils_views.pupil, False),
    "ask-teachers.docx": ("In my lessons", asks.teachers, False),
    "ask-ta.docx": ("Log of sessions", asks.ta, False),
    "ask-professional.docx": ("Advice for our plan", asks.professional, False),
    "invitation.docx": ("Invitation to a meeting", letters.invitation, True),
    "meeting-letter.docx": ("Letter after a meeting", letters.meeting_letter, True),
    "my-plan.docx": ("My plan", my_plan.my_plan, False),
    "chronology.docx": ("Chronology", reports.chronology, False),
    "annual-report.docx": ("Annual report", reports.annual_report, False),
    "transition-passport.docx": ("Transition passport", reports.transition_passport, False),
    "annual-review.docx": ("Annual review of the EHC plan", reports.annual_review, False),
    "briefing.docx": ("Who needs what in a class", reports.briefing, False),
    "register.docx": ("SEND register", school.register, False),
    "inclusion-strategy.docx": ("Inclusion strategy", strategy.inclusion_strategy, False),
    "provision-map.docx": ("Provision map", school.provision_map, False),
    "pupil-provision-map.docx": ("Provision map of a pupil", pupil_provision_map.pupil_provision_map, False),
    "governors.docx": ("SEND summary for governors", school.governors, False),
    "changes.docx": ("What has changed", changes.changes, False),
    "bundle-cover.docx": ("Bundle: cover", bundle.cover, False),
    "bundle-family.docx": ("Bundle: first page of a family's copy", bundle.their_copy, False),
    "bundle-contents.docx": ("Bundle: contents", bundle.contents, False),
    "evidence-index.docx": ("Bundle: evidence index", bundle.evidence_index, False),
    "bundle-papers.docx": ("Bundle: papers asked for", bundle.papers, False),
    "bundle-placeholder.docx": ("Bundle: document not included", bundle.placeholder, False),
    "bundle-manifest.docx": ("Bundle: what was sent", bundle.manifest, False),
}
"""File name -> title, body, and whether the first page carries the school's letterhead."""

LANDSCAPE = frozenset({"register.docx", "provision-map.docx", "pupil-provision-map.docx", "governors.docx"})
"""Templates on pages that are held sideways."""


def made(name: str) -> bytes:
    """The bytes of one template."""
    title, body, letterhead = TEMPLATES[name]
    return document(title, body(), letterhead, name in LANDSCAPE)


def main(folder: Path = STANDARD) -> None:
    """Write every template into the folder."""
    for name in TEMPLATES:
        (folder / name).write_bytes(made(name))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
