"""The commands of the page on forms that are given out, as it writes them, from the asking to the records."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.example_school import ROOT, copy_school, sendpack
from tests.forms.returned.filled_controls import filled_word

PAGE = (ROOT / "docs" / "forms-given-out.md").read_text("utf-8")
ADA = "ada-brown"


@pytest.mark.whole
def test_every_command_of_the_page_works_as_it_says(tmp_path: Path) -> None:
    folder = copy_school(tmp_path / "school", ADA)
    commands = re.findall(r"^    sendpack ([^\n]+)$", PAGE, re.MULTILINE)
    asks = [shlex.split(one) for one in commands if one.startswith("ask")]
    assert [words[3] for words in asks] == ["parents", "pupil", "teachers", "ta", "professional"]
    for words in asks:
        done = sendpack(folder, *words, "--on", "29/11/2026", "--no-pdf")
        assert done.returncode == 0, (words, done.stderr)
    made = {file.name.split("-")[0] for file in (folder / "output" / ADA / "ask").iterdir()}
    assert made == {"parents", "pupil", "teachers", "ta", "professional"}
    back = folder / "returned"
    back.mkdir()
    [asked] = (folder / "cases" / ADA / "asked").glob("*-teachers-mr-castle.yaml")
    reference = re.search(r"reference: \"?([A-Z0-9-]+)", asked.read_text("utf-8"))
    assert reference is not None
    form = folder / "output" / ADA / "ask" / f"teachers-{reference[1]}.docx"
    given = {"well": "Starts at once.", "signed": "Mr Castle", "date": "1/12/2026"}
    (back / "re form.docx").write_bytes(filled_word(form.read_bytes(), given))
    (back / "scan.jpg").write_bytes(b"\xff\xd8\xff\xe0 a photo")
    cycle = folder / "cases" / ADA / "cycles" / "2026-autumn.yaml"
    before = cycle.read_text("utf-8")
    looked, written = [shlex.split(one) for one in commands if one.startswith("collect")]
    shown = sendpack(folder, *looked, "--on", "2/12/2026")
    assert shown.returncode == 1, "the photo is told"
    assert "Starts at once." in shown.stdout and "Nothing is written yet" in shown.stdout
    assert "handwriting is not read" in shown.stdout and cycle.read_text("utf-8") == before
    applied = sendpack(folder, *written, "--on", "2/12/2026")
    assert "1 of 2 read." in applied.stdout and "Goes well: Starts at once." in cycle.read_text("utf-8")
    assert (folder / "output" / "_school" / "not-placed" / "scan.jpg").is_file()
    reviews = sendpack(folder, "reviews", ADA, "--on", "2/12/2026")
    assert "1 of 2 teachers has answered" in reviews.stdout, reviews.stdout
    late = sendpack(folder, "check", ADA, "--on", "7/12/2026")
    assert "still out: Ms Ortiz (English)" in late.stdout
