"""The smallest pupil with a request, of whom a bundle is made in a second: for tests that make bundles of their own."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.bundle_makers import made, saved
from tests.example_school import ROOT, copy_school
from tests.forms.invented_forms import brackenshire

ROSA = "rosa-lind"


def small_school(folder: Path, *others: str) -> Path:
    """A school with the smallest pupil that has a request, and evidence, and other example pupils beside her."""
    copy_school(folder, *others)
    give_rosa(folder / "cases")
    shutil.copy(ROOT / "tests" / "smallest" / "school.yaml", folder / "cases")
    return folder


def give_rosa(cases: Path) -> None:
    """The smallest pupil with a request, a report from which a name is to be taken out, and a letter in Word."""
    home = cases / ROSA
    shutil.copytree(ROOT / "tests" / "smallest" / ROSA, home)
    (home / "evidence").mkdir()
    report = made(text="Rosa Lind works with Jordan Peters.", pages=2)
    (home / "evidence" / "report.pdf").write_bytes(saved(report))
    (home / "evidence" / "letter.docx").write_bytes(brackenshire().content())
    said = "kind: professional_report, author: Dr Lee, role: Doctor, date: 15 May 2026, shows: That she is deaf."
    rows = [
        f"  - {{id: report, title: Report, file: report.pdf, {said}, redact: [Jordan Peters]}}",
        f"  - {{id: letter, title: Letter, file: letter.docx, {said}}}",
    ]
    (home / "evidence.yaml").write_text("\n".join(["items:", *rows, ""]), "utf-8")
