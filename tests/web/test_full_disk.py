"""A disk that is full, or takes nothing, while the page saves: a sentence, and the record as it was."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.files.machine_errors import of_the_machine
from generator.folder.changing import changes_made
from generator.problems import Stop
from generator.web.beside_server.beside import Beside
from tests.web.client import Page

PLAN = "cases/ada-brown/plan.yaml"


@pytest.mark.whole
@pytest.mark.parametrize(
    ("code", "said"), [(errno.ENOSPC, "Make room on the disk, then do it again"), (errno.EACCES, "cannot be opened")]
)
def test_a_full_or_locked_disk_is_no_mistake_of_ours(
    page: Page, school: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    before = (school / PLAN).read_bytes()
    page.record(PLAN)
    answers = {**page.answers, "review_date": ["3 March 2027"]}

    def full(folder: Path) -> None:
        raise OSError(code, os.strerror(code), str(folder))

    with monkeypatch.context() as disk:
        disk.setattr(changes_made, "make_folder", full)
        page.send(answers)
    assert page.status == 409 and said in page.text and "our mistake" not in page.text
    assert (school / PLAN).read_bytes() == before
    page.record(PLAN).send(answers)
    assert page.said == ["Saved."]


def full_disk() -> None:
    """Work of a process beside the server."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/school/output/x.pdf")


@pytest.fixture
def beside() -> Iterator[Beside]:
    made = Beside()
    yield made
    made.close()


@pytest.mark.whole
def test_a_full_disk_in_the_process_beside_the_server_is_told_as_that(beside: Beside) -> None:
    with pytest.raises(Stop, match="Nothing more can be written in /school/output") as stop:
        beside.call(full_disk)
    assert "Make room on the disk, then do it again" in str(stop.value.advice)


@pytest.mark.parametrize("other", [OSError(errno.EINVAL, "x"), ValueError("x"), OSError("no number")])
def test_what_is_no_matter_of_the_machine_stays_ours(other: Any) -> None:
    assert of_the_machine(other) is None
