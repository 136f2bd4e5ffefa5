"""What is not for the family: letters from it are not made, and the school's own papers hold nothing else of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.documents.catalogue import MergeDesk, documents, not_for_the_family
from tests.documents.test_new_documents import changed, desk_of, texts
from tests.example_school import sendpack

ADA = "ada-brown"
SECRET = "Her aunt asked us to keep the flat to ourselves."


def with_plan_for_school(folder: Path) -> MergeDesk:
    """Ada's plan is for the school alone, and so is her profile, which a plan prints as well."""
    changed(folder, ADA, "plan.yaml", "\ndate:", "\naudience: [school]\ndate:")
    file = folder / "cases" / ADA / "profile.yaml"
    text = file.read_text("utf-8")
    start = "how_to_support_me:\n"
    assert start in text
    file.write_text("audience: [school]\n" + text.replace(start, f"{start}  - {SECRET}\n", 1), "utf-8")
    return desk_of(folder, ADA)


@pytest.mark.whole
def test_no_letter_is_made_from_a_plan_that_is_not_for_the_family(tmp_path: Path) -> None:
    desk = with_plan_for_school(tmp_path)
    made = {document.kind for document in documents(desk.case, desk.pack)}
    assert "parent-letter" not in made and {"support-plan", "invitation", "my-plan"} <= made
    [(kind, _, path)] = not_for_the_family(desk.case, desk.pack)
    assert (kind, path) == ("parent-letter", f"cases/{ADA}/plan.yaml")
    assert not_for_the_family(desk.case, desk.pack, ["profile"]) == []


@pytest.mark.whole
def test_the_schools_own_paper_keeps_the_record_that_it_needs_and_no_other(tmp_path: Path) -> None:
    desk = with_plan_for_school(tmp_path)
    plan = texts(desk, "support-plan")["support-plan"]
    assert "Hopes for the future" in plan and desk.case.data("plan")["aspirations"]["parents"][:20] in plan
    assert SECRET not in plan  # was: the whole case, as one record was withheld


@pytest.mark.whole
def test_a_build_says_which_letter_was_not_made_and_why(tmp_path: Path) -> None:
    with_plan_for_school(tmp_path)
    for _ in range(2):
        ran = sendpack(tmp_path, "build", ADA, "--no-pdf", "--only", "parent-letter")
        assert f"withheld  {ADA}/parent-letter (it is for the family, and cases/{ADA}/plan.yaml is not" in ran.stdout
    assert not list((tmp_path / "output").rglob("parent-letter*"))
