"""The page about packs is a test: a council's page becomes a pack that passes its check and asks what the page says."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.authorities.pack import load_pack
from tests.example_school import ROOT, sendpack
from tests.follow_tutorial import follow
from tests.rule_examples import schemas

PAGE = ROOT / "templates" / "AUTHORITIES.md"


@pytest.mark.whole
def test_a_councils_page_becomes_a_working_pack(tmp_path: Path) -> None:
    folder = tmp_path / "our-school"
    assert sendpack(tmp_path, "init", str(folder)).returncode == 0
    follow(PAGE, folder)
    made = load_pack("eastholm", [folder / "templates", ROOT / "templates"], schemas())
    assert made.words["support_plan"] == "Eastholm Plan"
    assert [row["id"] for row in made.data["criteria"]] == ["need", "steps", "advice"]


def test_it_explains_every_part_that_a_pack_may_have() -> None:
    text = PAGE.read_text("utf-8")
    parts = {"words", "ladder", "cycles", "request", "criteria", "bundle", "portal", "submit", "sources", "checked"}
    assert [part for part in parts if f"{part}:" not in text] == []
    for name in ("named", "any_of", "by_requester", "answered_by", "begun", "consent", "usually", "form learn"):
        assert f"`{name}" in text or f"sendpack {name}" in text, name
