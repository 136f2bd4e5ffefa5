"""The preview of the national plan: made where plan.yaml asks for it, marked as a draft, and asked for by no rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document as read_docx

from tests.example_school import ROOT, copy_school, sendpack


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ada's case with a preview, her first two rows of support with a layer."""
    folder = copy_school(tmp_path_factory.mktemp("preview"), "ada-brown", "kacper-wisniewski")
    ada = folder / "cases" / "ada-brown"
    plan = ada / "plan.yaml"
    plan.write_text(plan.read_text("utf-8") + "\npreview: individual_support_plan\n", "utf-8")
    cycle = ada / "cycles" / "2026-autumn.yaml"
    text = cycle.read_text("utf-8")
    start = text.index("  provision:")
    layers = iter(["targeted_plus", "specialist"])
    head, tail = text[:start], text[start:]
    tail = re.sub(r"^      type: ", lambda m: f"      layer: {next(layers)}\n{m[0]}", tail, count=2, flags=re.MULTILINE)
    cycle.write_text(head + tail, "utf-8")
    return folder


@pytest.fixture(scope="module")
def text(school: Path) -> str:
    """All words of the preview."""
    ran = sendpack(school, "build", "--only", "isp-preview", "--no-pdf")
    assert ran.returncode == 0 and "1 made" in ran.stdout, ran.stdout + ran.stderr
    made = read_docx(str(school / "output" / "ada-brown" / "isp-preview.docx"))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in made.paragraphs), *cells])


@pytest.mark.whole
def test_only_a_child_whose_plan_asks_for_it_has_one(school: Path, text: str) -> None:
    assert text and not (school / "output" / "kacper-wisniewski" / "isp-preview.docx").exists()


@pytest.mark.whole
def test_it_says_first_that_it_is_a_draft_and_not_in_force(text: str) -> None:
    lines = text.splitlines()
    assert lines[0] == "Individual Support Plan (preview)"
    assert "Draft, not in force." in lines[2] and "stays the plan that counts" in lines[2]


def test_support_stands_under_its_layer_and_what_has_none_is_said(text: str) -> None:
    order = [text.index(word) for word in ("Targeted plus", "Specialist", "Layer not written down yet")]
    assert order == sorted(order)
    assert "Needs and barriers to learning" in text and "at least once a year" in text


def test_no_rule_and_no_bundle_know_of_it() -> None:
    rules = "\n".join(path.read_text("utf-8") for path in (ROOT / "generator" / "rules").rglob("*.py"))
    assert not re.search(r"isp_preview|individual_support_plan|[\"']layer[\"']", rules)
    pack = (ROOT / "templates" / "standard" / "pack.yaml").read_text("utf-8")
    row = pack[pack.index("- id: isp-preview") :].split("  - id:")[0]
    assert "section" not in row
