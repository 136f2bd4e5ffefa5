"""The inclusion strategy: figures of the files, nobody named, few pupils never shown, the rest left to the school."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from docx import Document as read_docx

from generator.folder.load_case import load_case
from generator.folder.school_folder import case_names, find_project
from generator.school.inclusion_strategy import OTHER, Strategy, strategy
from generator.values.small_numbers import FEWEST, NOT_SHOWN
from tests.big_school import FIRST, LAST, ON, write_school
from tests.example_school import ROOT, plain_yaml, sendpack


def made(folder: Path) -> Strategy:
    project = find_project(folder)
    cases = [case for name in case_names(project) if (case := load_case(project, name).case)]
    assert project.school is not None
    return strategy(cases, project.school.data, ON)


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_school(tmp_path_factory.mktemp("big"), 60, 40)
    cycle = next((folder / "cases" / "pupil-0003" / "cycles").glob("*.yaml"))
    text = cycle.read_text("utf-8")
    cycle.write_text(
        re.sub(r"title: (Precision|Talk|Phonics|Emotional)[^,\n}]*", "title: Time with Mrs Able", text), "utf-8"
    )
    return folder


@pytest.fixture(scope="module")
def figures(big: Path) -> Strategy:
    return made(big)


@pytest.fixture(scope="module")
def text(big: Path) -> str:
    """All words of the Word file."""
    assert sendpack(big, "inclusion-strategy", "--on", ON.isoformat()).returncode == 0
    made = read_docx(str(big / "output" / "_school" / "inclusion-strategy.docx"))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in made.paragraphs), *cells])


@pytest.mark.whole
def test_the_needs_are_those_of_the_files(big: Path, figures: Strategy) -> None:
    files = [plain_yaml(path) for path in sorted((big / "cases").glob("*/pupil.yaml"))]
    supported = [file for file in files if file.get("sen_status", [{}])[-1].get("status") in ("K", "E")]
    assert figures.pupils == str(len(supported)) == "40"
    counted = Counter(file["needs"][0]["sen_type"] for file in supported)
    shown = sorted(int(row["pupils"]) for row in figures.needs if row["pupils"] != NOT_SHOWN)
    assert shown and set(shown) <= set(counted.values()) and min(shown) >= FEWEST


@pytest.mark.whole
def test_every_number_shown_is_of_enough_pupils_and_what_hangs_on_a_hidden_one_is_hidden(figures: Strategy) -> None:
    rows = [*figures.statuses, *figures.needs, *figures.areas, *figures.activities, *figures.impact]
    assert any(row["pupils"] != NOT_SHOWN for row in rows)
    for row in rows:
        if row["pupils"] == NOT_SHOWN:
            assert {value for key, value in row.items() if key not in ("label", "kind")} == {NOT_SHOWN}
        else:
            assert int(row["pupils"]) >= FEWEST
    for row in figures.impact:
        assert all(row[key] == NOT_SHOWN or int(row[key]) >= FEWEST or row[key] == "0" for key in ("met", "partly"))


@pytest.mark.whole
def test_support_of_few_or_with_a_name_in_its_title_is_counted_with_others(figures: Strategy, text: str) -> None:
    labels = [row["label"] for row in figures.activities]
    assert OTHER in labels and "Time with Mrs Able" not in labels and "Able" not in text


@pytest.mark.whole
def test_nobody_is_named(text: str) -> None:
    assert [name for name in (*FIRST, *LAST) if re.search(rf"\b{name}\b", text)] == []


def test_the_footer_of_what_is_to_be_published_does_not_call_it_confidential(big: Path, text: str) -> None:
    made = read_docx(str(big / "output" / "_school" / "inclusion-strategy.docx"))
    footer = "\n".join(paragraph.text for paragraph in made.sections[0].footer.paragraphs)
    assert "Draft" in footer and "Confidential" not in footer


def test_what_the_guidance_leaves_to_the_school_is_said(text: str) -> None:
    assert "31 December 2026" in text and "25 June 2026" in text and "seven principles" in text
    assert "www.gov.uk/government/publications/inclusive-mainstream-fund-support-for-school-leaders/" in text
    assert "[Activities that we plan, and their budgeted costs.]" in text


def test_a_school_with_few_such_pupils_gets_no_number(tmp_path: Path) -> None:
    few = made(write_school(tmp_path, 12, 4))
    assert few.pupils == NOT_SHOWN and not (few.needs or few.areas or few.activities or few.impact)


@pytest.mark.whole
def test_a_draft_that_somebody_went_on_with_is_kept(big: Path, text: str) -> None:
    file = big / "output" / "_school" / "inclusion-strategy.docx"
    edited = read_docx(str(file))
    edited.add_paragraph("Our seven principles")
    edited.save(str(file))
    ran = sendpack(big, "inclusion-strategy", "--on", ON.isoformat())
    assert "it is kept as inclusion-strategy (kept 1).docx" in ran.stdout
    kept = read_docx(str(file.with_name("inclusion-strategy (kept 1).docx")))
    assert kept.paragraphs[-1].text == "Our seven principles"


@pytest.mark.whole
def test_the_example_school_has_a_draft_too(tmp_path: Path) -> None:
    ran = sendpack(ROOT, "inclusion-strategy", "--docx", str(tmp_path / "draft.docx"))
    assert ran.returncode == 0 and (tmp_path / "draft.docx").is_file()


@pytest.mark.whole
def test_where_every_kind_of_support_is_for_few_only_what_all_cost_is_said() -> None:
    """Eight pupils at the example school: a table of `not shown` in every cell would help nobody."""
    small = made(ROOT)
    assert [row["label"] for row in small.areas] == ["All"] and small.areas[0]["cost"].startswith("£")
    assert any("not shown" in line for line in small.left_out)
