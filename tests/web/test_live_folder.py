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
    folder, raised = copy_school(tmp_path / "school", KACPER), list[object]()
    monkeypatch.setattr(live_folder, "AFTER_THE_PAGE", 0)
    monkeypatch.setattr(threading, "excepthook", raised.append)
    live = LiveFolder(folder)
    shutil.rmtree(folder)
    live.read_ahead()
    for thread in threading.enumerate():
        if thread.name == "read-ahead":
            thread.join(60)
    assert raised == [] and "read-ahead" not in [thread.name for thread in threading.enumerate()]
