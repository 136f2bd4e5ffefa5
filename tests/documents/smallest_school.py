"""The least that the schemas ask for: a school of one pupil, to be written with any text."""

# ruff: noqa: E501 - small XML and YAML texts read best on one line

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.authorities.pack import load_pack
from generator.documents.catalogue import MergeDesk, documents
from generator.documents.template_shelf import TemplateShelf
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project


def make_school(folder: Path, files: Mapping[str, str | bytes]) -> MergeDesk:
    """A school with one pupil from YAML texts: what writes the pupil's documents."""
    for name, text in {"../school.yaml": SCHOOL, **files}.items():
        path = folder / "cases" / "ada" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    project = find_project(folder)
    loaded = load_case(project, "ada")
    assert loaded.case is not None and not loaded.broken, [str(p) for p in loaded.problems]
    pack = load_pack("standard", project.template_folders, project.schemas)
    return MergeDesk(project, loaded.case, pack, TemplateShelf(project.template_folders))


def written(desk: MergeDesk) -> dict[str, bytes]:
    return {document.id: desk.write(document) for document in documents(desk.case, desk.pack)}


SCHOOL = """\
name: Larkfield Community School
address: Mill Lane, Northmoor
postcode: ZZ99 4WW
phone: 01632 960 100
authority: standard
headteacher: {name: Mrs Ruth Calloway}
senco: {name: Mrs Joanna Hale}
"""


PUPIL = """\
legal_surname: Brown
forenames: Ada
date_of_birth: 2018-05-14
year_group: 4
people:
  - {id: p1, name: WHO, relationship: Mother, parental_responsibility: yes}
needs:
  - id: n1
    area: cognition_and_learning
    title: WHO
    description: TEXT
    impact: TEXT
"""


MINIMAL = {
    "pupil.yaml": PUPIL,
    "profile.yaml": "date: 2026-01-05\nown_words: no\nbased_on: WHO\nlike_and_admire: [TEXT]\nimportant_to_me: [TEXT]\nhow_to_support_me: [TEXT]\n",
    "plan.yaml": """\
date: 2026-01-05
review_date: 2026-04-01
aspirations: {pupil: TEXT, parents: TEXT}
outcomes:
  - {id: o1, text: TEXT, needs: [n1], by: 2026-07-01}
parents_informed: {decision_date: 2026-01-02, letter_date: 2026-01-03}
""",
    "cycles/2026-spring.yaml": """\
number: 1
title: Spring 2026
start: 2026-01-10
planned_review: 2026-04-01
lead_teacher: WHO
assess: {by: WHO}
plan:
  targets:
    - {id: t1, text: TEXT, outcome: o1}
  provision:
    - {id: pr1, title: WHO, type: group, outcomes: [o1], delivered_by: WHO}
""",
    "meetings/2026-01-02-early.yaml": "type: early_discussion\ndate: 2026-01-02\nchair: WHO\npeople: [{name: WHO, role: WHO, came: present, party: parent}]\n",
    "meetings/2026-02-02-review.yaml": "type: review\ndate: 2026-02-02\nchair: WHO\npeople: [{name: WHO, role: WHO, came: present, party: parent}]\n",
    "meetings/2026-03-02-pcp.yaml": "type: pcp\ndate: 2026-03-02\nchair: WHO\npeople: [{name: WHO, role: WHO, came: present, party: parent}]\n"
    "actions: [{what: TEXT, who: WHO, by: 2026-04-01}]\nnext_meeting: 2026-06-02\n",
    "annual-reports/2026.yaml": "date: 2026-07-01\nsubjects: [{subject: WHO, achievement: TEXT}]\nprogress: TEXT\nto_discuss: TEXT\nby: WHO\n",
    "transition.yaml": "date: 2026-07-01\nto: WHO\nstarts: 2026-09-01\nworks: [TEXT]\n",
    "annual-review.yaml": """\
date: 2026-03-05
plan_date: 2025-03-05
kind: annual
people: [{name: WHO, role: WHO, came: present}]
outcomes: [{outcome: TEXT, progress: TEXT, status: partly, then: keep}]
recommendation: maintain
reasons: TEXT
""",
    "my-support-plan.yaml": """\
date: 2026-03-05
review_by: 2026-07-05
pcp_meeting: 2026-03-02-pcp
about_me:
  views: {text: TEXT, how: TEXT}
family: {important: TEXT}
needs_summary: TEXT
""",
    "behaviour-plan.yaml": """\
date: 2026-03-05
review_date: 2026-07-05
lead: WHO
needs: [n1]
behaviours: [TEXT]
triggers: [{kind: history, text: TEXT}]
goal: TEXT
stages: [{stage: calm, see_and_hear: [TEXT], do: [TEXT]}]
""",
    "request.yaml": """\
date: 2026-03-05
made_by: school
reason: TEXT
has_sen: {text: TEXT}
needs_plan: {text: TEXT}
""",
}


def minimal(text: str) -> dict[str, str]:
    return filled(MINIMAL, text)


def filled(files: Mapping[str, str], text: str) -> dict[str, str]:
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    short = quoted if len(text) < 200 else "Somebody"
    return {name: content.replace("TEXT", quoted).replace("WHO", short) for name, content in files.items()}
