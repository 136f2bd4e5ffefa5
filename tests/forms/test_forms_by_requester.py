"""A form of its own for each who may ask: EHC1 for schools, EHC2 for parents; a request gets its own and no other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.documents.catalogue import MergeDesk
from generator.documents.template_shelf import TemplateShelf
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.forms.authority.form_map import map_text, read_form
from generator.submission.parts.authority_forms import forms_in_bundle
from tests.example_school import copy_school, sendpack
from tests.forms.test_form_in_bundle import ADA, thornmere


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school whose authority has two forms that are alike but for who asks."""
    folder = copy_school(tmp_path_factory.mktemp("requesters") / "school", ADA)
    for name, who in (("ehc1", "school"), ("ehc2", "parent")):
        (folder / f"{name}.docx").write_bytes(thornmere())
        assert sendpack(folder, "form", "learn", f"{name}.docx", "--for", "standard").returncode == 0
        file = folder / "templates" / "standard" / "forms" / f"{name}.yaml"
        text = file.read_text("utf-8").replace("kind: other", "kind: request", 1)
        file.write_text(text.replace("title:", f"made_by: [{who}]\ntitle:", 1), "utf-8")
    return folder


@pytest.mark.whole
@pytest.mark.parametrize(("made_by", "form"), [("school", ["ehc1"]), ("parent", ["ehc2"]), ("young_person", [])])
def test_a_request_gets_the_form_of_who_makes_it(school: Path, made_by: str, form: list[str]) -> None:
    file = school / "cases" / ADA / "request.yaml"
    text = file.read_text("utf-8")
    try:
        file.write_text(text.replace("made_by: school", f"made_by: {made_by}", 1), "utf-8")
        project = find_project(school)
        case = load_case(project, ADA).case
        assert case is not None
        desk = MergeDesk(project, case, project.pack_of(case), TemplateShelf(project.template_folders))
        assert [one.form.name for one in forms_in_bundle(desk, "authority")] == form
    finally:
        file.write_text(text, "utf-8")


@pytest.mark.whole
def test_for_whom_a_form_is_stays_when_its_map_is_written_again(school: Path) -> None:
    project = find_project(school)
    file = school / "templates" / "standard" / "forms" / "ehc2.yaml"
    form = read_form(file, project.root, project.schemas)
    assert form.made_by == ("parent",) and not form.is_for("school") and replace(form, made_by=()).is_for("school")
    assert "made_by: [parent]" in map_text(form)
