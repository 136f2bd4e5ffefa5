"""What the page keeps in mind of a folder that changes while it is read."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from generator.web import live_folder
from generator.web.live_folder import LiveFolder
from tests.example_school import KACPER, copy_school


@pytest.mark.whole
def test_a_link_to_nothing_among_a_pupils_files_is_passed_by(tmp_path: Path) -> None:
    folder = copy_school(tmp_path / "school", KACPER)
    before = LiveFolder(folder).mark(KACPER)
    link = folder / "cases" / KACPER / "gone.pdf"
    try:
        link.symlink_to(tmp_path / "nothing.pdf")
    except OSError:
        pytest.skip("links are not allowed here")
    assert LiveFolder(folder).mark(KACPER) == before
    assert LiveFolder(folder).pupil(KACPER).name


def test_a_folder_that_goes_while_it_is_read_ahead_ends_that_quietly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, raised, others = copy_school(tmp_path / "school", KACPER), list[object](), set(threading.enumerate())
    monkeypatch.setattr(live_folder, "AFTER_THE_PAGE", 0)
    monkeypatch.setattr(threading, "excepthook", lambda told: None if told.thread in others else raised.append(told))
    live = LiveFolder(folder)
    shutil.rmtree(folder)
    live.read_ahead()
    for thread in _reading(others):
        thread.join(60)
    assert raised == [] and _reading(others) == []


def test_nothing_is_read_ahead_any_more_when_the_server_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is the end waited for: it comes at once, however long the reading would have waited for the page."""
    monkeypatch.setattr(live_folder, "AFTER_THE_PAGE", 600)
    others, live = set(threading.enumerate()), LiveFolder(copy_school(tmp_path / "school", KACPER))
    live.read_ahead()
    [thread] = _reading(others)
    live.close()
    thread.join(60)
    assert not thread.is_alive() and live.known(KACPER) is None


def _reading(others: set[threading.Thread]) -> list[threading.Thread]:
    """What reads ahead and was not there before: threads of other tests are none of ours."""
    return [one for one in threading.enumerate() if one.name == "read-ahead" and one not in others]
