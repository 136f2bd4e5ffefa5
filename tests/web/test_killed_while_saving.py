"""Killed in the middle of a save, at any moment: the file is the old or the new one, and what was typed is there."""

from __future__ import annotations

import os
import random
import re
import signal
import time
from pathlib import Path

import pytest

from generator.folder.changing.unsaved_writing import Drafts
from generator.web.server import remove_halves
from tests.web.client import Page
from tests.web.conftest import opened

PLAN = "cases/ada-brown/plan.yaml"
MOMENTS = 20


def day(number: int) -> str:
    """A day that is told apart from the one before."""
    return f"{number % 28 + 1} January 2027"


def goes_on_saving(page: Page, told: int, first: int) -> None:
    """In a process of its own: save a day, type the next, keep the draft, again and again; tells that it begins."""
    page.record(PLAN)
    os.write(told, b"x")
    for number in range(first, 10_000):
        answers = {**page.answers, "review_date": [day(number)]}
        page.post(page.address, {**answers, "~do": "save"})
        page.record(PLAN)
        page.post(f"{page.address}/look", {**page.answers, "review_date": [day(number + 1)]})


def killed(page: Page, after: float, first: int) -> None:
    """Begin to save, with this day, and kill the process some seconds after."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            goes_on_saving(page, write, first)
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
    warm = opened(school, "senco")
    warm.record(PLAN)
    for number in range(MOMENTS):
        killed(warm, chance.uniform(0, 0.25), number)
        assert (school / PLAN).read_text("utf-8") in whole
        left = Drafts(school).of(PLAN, "senco")
        assert left is None or re.fullmatch(r"\d+ January 2027", str(left.typed["review_date"]))
    assert sorted(path.name for path in (school / "cases/ada-brown").iterdir() if path.is_file()) == sorted(
        path.name for path in (Path(__file__).parents[2] / "cases/ada-brown").iterdir() if path.is_file()
    )
    page: Page = opened(school, "senco")
    page.record(PLAN).send({**page.answers, "review_date": ["3 March 2027"]})
    assert page.said == ["Saved."] and "review_date: 3 March 2027" in (school / PLAN).read_text("utf-8")


@pytest.mark.whole
@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are begun in another way here")
def test_what_was_typed_is_offered_when_the_kill_comes_before_the_save(school: Path) -> None:
    warm = opened(school, "senco")
    warm.record(PLAN)
    child = os.fork()
    if child == 0:
        try:
            warm.record(PLAN)
            warm.post(f"{warm.address}/look", {**warm.answers, "review_date": [day(3)]})
            os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    left = Drafts(school).of(PLAN, "senco")
    assert left is not None and left.typed["review_date"] == "4 January 2027"


def test_what_was_half_written_goes_when_the_page_is_begun_again_and_is_told(school: Path) -> None:
    home, said = school / "cases" / "ada-brown", list[str]()
    old, new = home / ".plan.yaml.12-34.part", home / ".log.yaml.12-34.new"
    for half, hours in ((old, 2), (new, 0)):
        half.write_text("half", "utf-8")
        then = time.time() - 3600 * hours
        os.utime(half, (then, then))
    remove_halves(school, said.append)
    assert not old.exists() and new.exists()  # another page may be writing the younger one now
    assert said == ["note: .plan.yaml.12-34.part, which a run that was cut off had left in ada-brown, was removed"]
