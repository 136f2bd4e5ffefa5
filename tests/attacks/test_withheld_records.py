"""A record for the school alone: no paper made from it is for others, and every other paper is still made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.cases.audience import seen_by
from generator.cases.case import Case
from generator.documents.catalogue import MergeDesk, documents
from generator.documents.template_shelf import TemplateShelf
from generator.folder.load_case import load_case
from generator.folder.school_folder import Project, find_project
from tests.example_school import ROOT

ADA = "ada-brown"


@pytest.fixture(scope="module")
def school() -> Project:
    return find_project(ROOT)


def ada(school: Project, kind: str = "", audience: tuple[str, ...] = ("school",)) -> Case:
    """The example's case, with the records of one kind for some readers alone."""
    case = load_case(school, ADA).case
    assert case is not None and (not kind or any(one.kind == kind for one in case.records))
    kept = [
        replace(one, data={**one.data, "audience": list(audience)}) if one.kind == kind else one for one in case.records
    ]
    return replace(case, records=tuple(kept))


@pytest.mark.parametrize(
    ("audience", "left"),
    [
        (("school",), {"school"}),
        (("school", "authority"), {"school", "authority"}),
        (("school", "parents", "pupil", "authority"), {"school", "parents", "authority"}),
    ],
)
def test_a_plan_that_is_kept_to_some_makes_no_paper_for_others(
    school: Project, audience: tuple[str, ...], left: set[str]
) -> None:
    case = ada(school, "plan", audience)
    made = {one.kind: one for one in documents(case, school.pack_of(case))}
    assert made["support-plan"].audience == left
    assert not any(one.large for one in made.values() if one.kind == "support-plan")


@pytest.mark.whole
@pytest.mark.parametrize("readers", ["authority", "parents", "pupil"])
@pytest.mark.parametrize("kind", ["plan", "evidence", "request", "profile", "cycle", "meeting"])
def test_every_other_paper_is_still_made(school: Project, kind: str, readers: str) -> None:
    seen = seen_by(ada(school, kind), readers, school.schemas).case
    pack = school.pack_of(seen)
    desk = MergeDesk(school, seen, pack, TemplateShelf(school.template_folders), frozenset({readers}))
    theirs = [one for one in documents(seen, pack) if readers in one.audience]
    assert theirs and all(desk.write(one) for one in theirs)
    assert not [one.id for one in theirs if one.record is not None and one.record.kind == kind]
