"""What is wrong or open in a form's map is told with its line; pages of the bundle are found for papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.cases.case import Case
from generator.folder.school_folder import Project
from generator.forms.authority.check_form import check_form
from generator.forms.authority.form_map import map_text, read_form
from generator.forms.authority.paths import BadPath, Sources, wrong_step
from generator.submission.parts.authority_forms import pages_of
from tests.forms.conftest import Learned


@pytest.mark.whole
def test_a_map_is_read_as_it_was_written_and_its_mistakes_have_lines(
    learned: Callable[[str], Learned], example_project: Project, tmp_path: Path
) -> None:
    _, form, _ = learned("brackenshire-request")
    file = tmp_path / "templates" / "standard" / "forms" / f"{form.name}.yaml"
    file.parent.mkdir(parents=True)
    text = map_text(form).replace("field: pupil.upn", "field: pupil.upm").replace("as: on one line", "as: in one row")
    file.write_text(map_text(form), "utf-8")
    same = read_form(file, tmp_path, example_project.schemas)
    assert [replace(p, section="") for p in same.places] == [replace(p, section="") for p in form.places]
    file.write_text(text, "utf-8")
    problems = check_form(read_form(file, tmp_path, example_project.schemas), example_project.schemas)
    wrong = {p.rule: p for p in problems if p.blocks}
    assert "`upm` is not there in the pupil records" in wrong["form-field"].message
    assert "`in one row` is no way of writing" in wrong["form-writing"].message
    lines = text.splitlines()
    assert lines[wrong["form-field"].line - 1].startswith("- id: p006")


def test_every_field_of_the_dictionary_is_one_of_the_schemas(example_project: Project) -> None:
    from generator.forms.authority.answering import table_answers  # noqa: F401  enters its ways of writing
    from generator.forms.authority.answering.writers import WRITERS
    from generator.forms.authority.dictionary import load_dictionary

    words = load_dictionary()
    entries = [*words.entries, *words.papers, *(column for grid in words.grids for column in grid.columns)]
    for entry in entries:
        assert entry.writing in WRITERS, entry
        for field in (*entry.fields, *(path for path in entry.then.values() if path)):
            area = "communication_and_interaction"
            path = field.replace("[N]", "[0]").replace("=AREA]", f"={area}]").replace(".AREA", f".{area}")
            assert wrong_step(path, example_project.schemas) == "", field


def test_paths_find_rows_and_say_what_they_cannot_read(ada: Case) -> None:
    sources = Sources.of(ada)
    assert sources.value("pupil.people[1].name") == "Daniel Brown"
    assert sources.value("pupil.needs[rank=1][0].title") == "Reading and spelling words"
    assert sources.value("cycles[*].number") == [1, 2, 3] and sources.value("cycle.number") == 4
    assert sources.value("pupil.people[7].name") is None
    with pytest.raises(BadPath, match="is not a row"):
        sources.value("pupil.people[first].name")


def test_pages_of_papers_are_those_of_the_bundle(ada: Case) -> None:
    pages = {"ep-report": "76-77", "parents-letter": "25", "cycle-2025-autumn": "44-48", "cycle-2026-spring": "49"}
    sources = Sources.of(ada)
    assert pages_of("evidence.items[agency=ep].id", sources, pages) == "76-77"
    assert pages_of("request.parents_views.author", sources, pages) == "25"
    assert pages_of("cycles[*].number", sources, pages) == "44-48, 49"
    assert pages_of("evidence.items[kind=timetable].id", sources, pages) == ""
