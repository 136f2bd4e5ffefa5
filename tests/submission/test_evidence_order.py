"""The order of the evidence: the school's numbers first, in each section, kept with the entries and taken off again."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.problems import FilesHaveErrors, WrongUse
from generator.submission.evidence_order import in_bundle_order, put_in_order
from tests.example_school import copy_school, sendpack

ADA = "ada-brown"
EVIDENCE = f"cases/{ADA}/evidence.yaml"


def ids(school: Path) -> list[str]:
    """The ids of Ada's evidence as the bundle has it."""
    project = find_project(school)
    loaded = load_case(project, ADA)
    assert loaded.case is not None, loaded.problems
    rows = loaded.case.data("evidence")["items"]
    return [str(item["id"]) for _, _, item in in_bundle_order(rows, project.pack_of(loaded.case))]


@pytest.mark.whole
def test_what_is_numbered_stands_first_in_its_section_and_the_rest_by_kind_and_date(tmp_path: Path) -> None:
    school = copy_school(tmp_path, ADA)
    before, text = ids(school), (school / EVIDENCE).read_bytes()
    assert before[:4] == ["parents-letter", "ada-drawing", "salt-report", "ep-report"]
    put_in_order(find_project(school), ADA, ["hearing-letter", "ada-drawing"])
    after = ids(school)
    assert after[:4] == ["ada-drawing", "parents-letter", "hearing-letter", "salt-report"]
    assert sorted(after) == sorted(before)
    put_in_order(find_project(school), ADA, ["ep-report"])
    assert ids(school)[:3] == ["parents-letter", "ada-drawing", "ep-report"]  # the earlier numbers are gone
    put_in_order(find_project(school), ADA, [])
    assert ids(school) == before and (school / EVIDENCE).read_bytes() == text


@pytest.mark.parametrize(
    ("wanted", "said"), [(["hearing"], "Did you mean hearing-letter"), (["ep-report"] * 2, "Name each piece once")]
)
def test_a_piece_that_is_not_there_or_named_twice_changes_nothing(tmp_path: Path, wanted: list[str], said: str) -> None:
    school = copy_school(tmp_path, ADA)
    before = (school / EVIDENCE).read_bytes()
    with pytest.raises(WrongUse) as stopped:
        put_in_order(find_project(school), ADA, wanted)
    assert said in stopped.value.advice and (school / EVIDENCE).read_bytes() == before


@pytest.mark.parametrize("broken", ["items: abc\n", "items:\n- abc\n", "items: {a: b}\n", "items: [\n", "items: 7\n"])
@pytest.mark.parametrize("wanted", [[], ["ep-report"]])
def test_a_file_with_errors_is_not_put_in_order(tmp_path: Path, broken: str, wanted: list[str]) -> None:
    school = copy_school(tmp_path, ADA)
    (school / EVIDENCE).write_text(broken, "utf-8")
    with pytest.raises(FilesHaveErrors):
        put_in_order(find_project(school), ADA, wanted)
    assert (school / EVIDENCE).read_text("utf-8") == broken


@pytest.mark.whole
def test_the_command_changes_the_order_and_shows_it(tmp_path: Path) -> None:
    school = copy_school(tmp_path, ADA)
    shown = sendpack(school, "order", ADA, "ep-report").stdout
    assert shown.index("1  ep-report") < shown.index("-  salt-report")
