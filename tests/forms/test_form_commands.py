"""The commands of docs/council-form.md, on a council's own form, as it writes them, and what they leave behind."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest

from tests.example_school import ROOT, copy_school, sendpack
from tests.forms.invented_forms import brackenshire

PAGE = (ROOT / "docs" / "council-form.md").read_text("utf-8")
FORM = "templates/standard/forms/request-form.yaml"


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """A school of its own for each test."""
    folder = copy_school(tmp_path / "school", "ada-brown")
    (folder / "request-form.docx").write_bytes(brackenshire().content())
    return folder


@pytest.mark.whole
def test_every_command_of_the_section_works_as_it_says(school: Path) -> None:
    commands = re.findall(r"^\s*sendpack (form [^\n`]+)$", PAGE, re.MULTILINE)
    assert [c.split()[1] for c in commands] == ["learn", "preview", "places", "check", "fill"]
    said = {}
    for command in commands:
        ran = sendpack(school, *command.split(), SENDPACK_ENGINE="embedded")
        assert ran.returncode == 0, (command, ran.stdout, ran.stderr)
        said[command.split()[1]] = ran.stdout
    assert f"{FORM}: 45 places" in said["learn"]
    assert "p004 Given names: Ada Rose" in said["preview"]
    assert "45 places." in said["places"] and (school / "request-form-places.pdf").is_file()
    assert "2 places are yours" in said["fill"]
    filled = docx.Document(str(school / "output/ada-brown/forms/request-form.docx"))
    assert any("Given names: Ada Rose" in cell.text for table in filled.tables for cell in table._cells)
    assert (school / "output/ada-brown/forms/request-form.pdf").is_file()


@pytest.mark.whole
def test_what_was_edited_by_hand_is_kept_and_a_changed_form_refused(school: Path) -> None:
    for words in (("learn", "request-form.docx", "--for", "standard"), ("fill", "ada-brown", "--no-pdf")):
        assert sendpack(school, "form", *words).returncode == 0
    mine = school / "output/ada-brown/forms/request-form.docx"
    mine.write_bytes(mine.read_bytes() + b"signed")
    again = sendpack(school, "form", "fill", "ada-brown", "--no-pdf")
    assert again.returncode == 0 and "edited by hand and is kept" in again.stdout
    assert mine.read_bytes().endswith(b"signed")
    blank = school / "templates/standard/forms/request-form.docx"
    blank.write_bytes(blank.read_bytes() + b" ")
    refused = sendpack(school, "form", "fill", "ada-brown", "--no-pdf")
    assert refused.returncode == 1 and "not the file that was learned" in refused.stderr


@pytest.mark.whole
def test_a_page_to_copy_from_for_a_form_that_nobody_learned(school: Path) -> None:
    ran = sendpack(school, "form", "worksheet", "ada-brown", "request-form.docx", "--out", "page.html")
    page = (school / "page.html").read_text("utf-8")
    assert ran.returncode == 0 and "Ada Rose" in page and "for the authority" in page and "http" not in page
