"""The tutorial is a test: its files are written and its commands run, in order, in a school's own new folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document as read_docx

from tests.example_school import ROOT, sendpack
from tests.follow_tutorial import follow

TUTORIAL = ROOT / "templates" / "TUTORIAL.md"
PUPIL = "kacper-wisniewski"


@pytest.mark.whole
def test_the_tutorial_works_in_a_new_schools_folder(tmp_path: Path) -> None:
    folder = tmp_path / "our-school"
    assert sendpack(tmp_path, "init", str(folder)).returncode == 0
    follow(TUTORIAL, folder)
    made = read_docx(str(folder / "output" / PUPIL / "medical-plan.docx"))
    told = "\n".join([p.text for p in made.paragraphs] + [c.text for t in made.tables for r in t.rows for c in r.cells])
    assert "Asthma. Cold air and running set it off." in told and "4 September 2026" in told
    assert "Blue inhaler, 2 puffs through the spacer" in told and "Ring 999" in told
    assert (folder / "output" / PUPIL / "medical-plan.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.whole
def test_a_mistake_in_the_new_record_is_told_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "our-school"
    sendpack(tmp_path, "init", str(folder))
    follow(TUTORIAL, folder)
    plan = folder / "cases" / PUPIL / "medical-plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("condition:", "conditon:"), "utf-8")
    told = sendpack(folder, "check", PUPIL)
    assert told.returncode == 1 and "medical-plan.yaml:3:1" in told.stdout + told.stderr
    assert "condition" in told.stdout + told.stderr


def test_the_schools_own_lines_hold_under_every_pack_and_change_nothing_an_authority_asks(tmp_path: Path) -> None:
    from generator.authorities.pack import load_pack, pack_ids
    from generator.folder.school_folder import BUILT_IN
    from generator.records.record import Schemas

    schemas = Schemas.load([BUILT_IN / "schemas"])
    own = tmp_path / "school" / "pack.yaml"
    own.parent.mkdir()
    own.write_text(
        "id: school\nname: Ours\nversion: '1'\nwords: {support_plan: Our plan}\ncycles: {min_reviewed: 1}\n"
        "documents:\n  - {id: medical-plan, title: Medical plan, template: medical-plan.docx}\n",
        "utf-8",
    )
    folders = (tmp_path, BUILT_IN / "templates")
    for name in ("standard", "norfolk", "york"):
        with_school, without = load_pack(name, folders, schemas), load_pack(name, folders[1:], schemas)
        assert [row["id"] for row in with_school.documents] == [*(r["id"] for r in without.documents), "medical-plan"]
        assert with_school.words["support_plan"] == "Our plan"
        assert with_school.data["cycles"] == without.data["cycles"]
    assert "school" not in pack_ids(folders)
