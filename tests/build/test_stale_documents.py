"""A document whose record is gone is never packed without a word."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.example_school import KACPER, copy_school, in_english, sendpack


def test_a_document_of_a_deleted_cycle_is_not_sent_on(tmp_path: Path) -> None:
    school = in_english(copy_school(tmp_path, KACPER))
    assert sendpack(school, "build", KACPER, "--only", "cycle", "--only", "profile").returncode == 0
    (school / "cases" / KACPER / "cycles" / "2026-autumn.yaml").unlink()
    told = sendpack(school, "send-on", KACPER, "--to", "sent.zip", "--on", "20/11/2026")
    assert told.returncode == 0, told.stderr
    assert "left out: documents/cycle-2026-autumn.pdf (the records that it was made from are gone)" in told.stdout
    names = zipfile.ZipFile(school / "sent.zip").namelist()
    assert "documents/profile.pdf" in names and "documents/cycle-2026-autumn.pdf" not in names  # was: sent
    asked = sendpack(school, "sar", KACPER, "--for", "other", "--on", "20/11/2026")
    assert "documents/cycle-2026-autumn.pdf: the records that it was made from are gone" in asked.stdout
