"""Killed in the middle of a save, at any moment: the file is the old or the new one, and what was typed is there."""

from __future__ import annotations

import os
import random
import re
import signal
import time
from pathlib import Path

import pytest

from generator.folder.unsaved_writing import Drafts
from tests.web.client import Page
from tests.web.conftest import opened

PLAN = "cases/ada-brown/plan.yaml"
MOMENTS = 50


def day(number: int) -> str:
    """A day that is told apart from the one before."""
    return f"{number % 28 + 1} January 2027"


def goes_on_saving(page: Page, told: int) -> None:
    """In a process of its own: type, keep a draft, save, again and again; tells that it begins."""
    for number in range(10_000):
        page.record(PLAN)
        answers = {**page.answers, "review_date": [day(number)]}
        form = page.address
        page.post(f"{form}/look", answers)
        if number == 0:
            os.write(told, b"x")
        page.post(form, {**answers, "~do": "save"})


def killed(page: Page, after: float) -> None:
    """Begin to save, and kill the process some seconds after."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            goes_on_saving(page, write)
        finally:
            os._exit(1)
    os.close(write)
    assert os.read(read, 1) == b"x"
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(read)


@pytest.mark.whole
@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are begun in another way here")
def test_a_kill_at_any_moment_leaves_the_old_file_or_the_new_one(school: Path) -> None:
    chance, before = random.Random(15), (school / PLAN).read_text("utf-8")
    whole = {re.sub(r"(?m)^review_date: .*$", f"review_date: {day(number)}", before) for number in range(28)} | {before}
    offered, warm = 0, opened(school, "senco")
    warm.record(PLAN)
    for _ in range(MOMENTS):
        killed(warm, chance.uniform(0, 0.25))
        assert (school / PLAN).read_text("utf-8") in whole
        left = Drafts(school).of(PLAN)
        assert left is None or re.fullmatch(r"\d+ January 2027", str(left.typed["review_date"]))
        offered += left is not None
    assert sorted(path.name for path in (school / "cases/ada-brown").iterdir() if path.is_file()) == sorted(
        path.name for path in (Path(__file__).parents[2] / "cases/ada-brown").iterdir() if path.is_file()
    )
    assert offered > MOMENTS / 10
    page: Page = opened(school, "senco")
    page.record(PLAN).send({**page.answers, "review_date": ["3 March 2027"]})
    assert page.said == ["Saved."] and "review_date: 3 March 2027" in (school / PLAN).read_text("utf-8")
