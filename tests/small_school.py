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


def give_rosa(cases: Path, *records: str) -> None:
    """The smallest pupil with a request, a report from which a name is to be taken out, and a letter in Word."""
    home = bare_rosa(cases, *records)
    report = made(text="Rosa Lind works with Jordan Peters.", pages=2)
    (home / "evidence" / "report.pdf").write_bytes(saved(report))
    (home / "evidence" / "letter.docx").write_bytes(brackenshire().content())
    said = "kind: professional_report, author: Dr Lee, role: Doctor, date: 15 May 2026, shows: That she is deaf."
    list_evidence(
        home,
        f"id: report, title: Report, file: report.pdf, {said}, redact: [Jordan Peters]",
        f"id: letter, title: Letter, file: letter.docx, {said}",
    )


FOR_A_BUNDLE = ("pupil.yaml", "plan.yaml", "profile.yaml", "request.yaml")
"""The records that her bundle needs."""


def bare_rosa(cases: Path, *records: str) -> Path:
    """The smallest pupil with these of her records, or all; gives her folder, in which one for evidence is empty."""
    smallest, home = ROOT / "tests" / "smallest" / ROSA, cases / ROSA
    if not records:
        shutil.copytree(smallest, home)
    (home / "evidence").mkdir(parents=True)
    for name in records:
        shutil.copy(smallest / name, home)
    return home


def list_evidence(home: Path, *rows: str) -> None:
    """Write a pupil's list of evidence; a row is what stands between the braces."""
    (home / "evidence.yaml").write_text("\n".join(["items:", *(f"  - {{{row}}}" for row in rows), ""]), "utf-8")
