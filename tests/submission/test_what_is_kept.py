"""Ada's bundle, with photos, scans, charts and a long index, has the same bytes from what was kept as from nothing."""

from __future__ import annotations

import hashlib
import shutil
import time
from pathlib import Path

import pytest

from generator.engines import choose
from generator.folder.load_case import load_case
from generator.folder.pupil_names import names_in_school
from generator.folder.school_folder import find_project
from generator.submission.submit_request import submit
from generator.submission.wish_and_submission import SubmissionWish
from tests.bundled_school import know_evidence
from tests.example_school import ADA

pytestmark = pytest.mark.whole


def made_now(school: Path) -> dict[str, str]:
    """Made in this process, whose clock the test has moved."""
    project, engine = find_project(school), choose("embedded")
    try:
        submit(project, load_case(project, ADA), lambda: names_in_school(project), engine, SubmissionWish())
    finally:
        engine.close()
    return hashes(school / "output" / ADA)


def hashes(output: Path) -> dict[str, str]:
    """The SHA-256 of what a person is given, by name: not what is kept."""
    found = {path.relative_to(output).as_posix(): path for path in output.rglob("*") if path.is_file()}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in found.items() if not name.startswith(".")
    }


def test_on_another_day_from_what_was_kept_it_is_the_one_made_from_nothing(
    bundled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made with another sentence in between, which is taken back: what is kept of that is not taken for this."""
    first = hashes(bundled / "output" / ADA)
    assert "submission/bundle.pdf" in first and len(first) >= 3
    school = tmp_path / "school"
    shutil.copytree(bundled / "cases", school / "cases")
    know_evidence(bundled, school)
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 400 * 86_400)
    plan = school / "cases" / ADA / "plan.yaml"
    before = plan.read_text("utf-8")
    changed = before.replace("reading", "reading well", 1)
    assert changed != before
    plan.write_text(changed, "utf-8")
    assert made_now(school)["submission/bundle.pdf"] != first["submission/bundle.pdf"]
    plan.write_text(before, "utf-8")
    assert made_now(school) == first
