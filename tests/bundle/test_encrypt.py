"""The password, and what came late."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pikepdf
import pytest

from generator.bundle.assemble.encrypt import seal
from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts
from generator.submission.given_out.day_of_sending import is_late
from generator.submission.parts.part_ids import told_id
from generator.submission.submission_files import Out, sealed
from tests.bundle.test_make_bundle import part, quick
from tests.bundle_makers import made, plan_pdf, saved
from tests.example_school import copy_school, sendpack


def test_a_sealed_file_opens_with_its_password_only_and_is_aes_256() -> None:
    locked = seal(saved(made(2, text="Secret")), "correct-horse")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(locked))
    with pikepdf.open(io.BytesIO(locked), password="correct-horse") as opened:
        assert opened.encryption.R == 6 and opened.encryption.bits == 256
        assert opened.allow.accessibility and opened.allow.print_highres
    assert b"Secret" not in locked


def test_the_hash_before_the_password_is_kept() -> None:
    plain = Out("bundle.pdf", saved(made()), "the bundle")
    [locked, word] = sealed([plain, Out("files/A1-request.docx", b"PK", "Word")], "correct-horse")
    assert locked.plain == Out("x", plain.content, "").as_dict()["sha256"]
    assert locked.as_dict()["sha256_before_password"] == locked.plain and word.content == b"PK"


@pytest.mark.whole
def test_a_password_is_never_taken_from_the_command_line_and_not_too_short(tmp_path: Path) -> None:
    copy_school(tmp_path, "ada-brown")
    done = sendpack(tmp_path, "bundle", "ada-brown", "--password", SENDPACK_PASSWORD="short")
    assert done.returncode == 2 and "guessed at once" in done.stderr
    assert sendpack(tmp_path, "bundle", "ada-brown", "--password=correct-horse").returncode == 2


SENT = {"sent": {"date": dt.date(2026, 11, 24), "to": "SEN team"}}


@pytest.mark.parametrize(
    ("name", "day", "receipt", "late"),
    [
        ("ep-report", dt.date(2026, 5, 15), {"parts": ["ep-report"]}, False),
        ("old-letter", dt.date(2025, 1, 1), {"parts": ["ep-report"]}, True),
        ("sam-lee", dt.date(2026, 5, 15), {"parts": [told_id("sam-lee", ["Sam Lee"])]}, False),
        ("ep-report", dt.date(2026, 5, 15), {}, False),
        ("new-letter", dt.date(2026, 12, 1), {}, True),
    ],
)
def test_what_was_not_sent_is_late(name: str, day: dt.date, receipt: dict[str, list[str]], late: bool) -> None:
    assert is_late(name, day, SENT, receipt) is late
    assert is_late(name, day, {}, receipt) is False, "nothing is late before anything was sent"


def test_late_parts_leave_the_pages_that_were_sent_as_they_were(tmp_path: Path) -> None:
    first = quick(part("plan", plan_pdf()), part("report", saved(made(2))))
    again = quick(
        part("plan", plan_pdf()),
        part("report", saved(made(2))),
        part("letter", saved(made()), late=True),
        late_letters=True,
    )
    assert again.failures == ()
    assert all(str(again.plan.pages[name]) == str(pages) for name, pages in first.plan.pages.items())
    assert again.plan.labels[-1].rstrip("AB") == str(first.plan.total)
    assert f"{again.plan.labels[-1]} of {first.plan.total}" in page_texts(again.content)[-1]
