"""Runs killed, and disks full or locked, at a change to the disk: the old or the new, and the next run goes on.

All commands and moments: `python -m tests.bench.kill_commands`, also with `--full` and `--locked`.
"""

from __future__ import annotations

import contextlib
import errno
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.kill_commands import attack
from tests.commands_cut_off import COMMANDS, Command
from tests.cut_off import Trial, aged, run, tree, wrong_in_manifest

BY_NAME = {command.name: command for command in COMMANDS}
pytestmark = [
    pytest.mark.whole,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="runs are begun by fork, which Windows does not have"),
]
QUICK = [BY_NAME[name] for name in ("sent", "order", "receive", "import", "new-pupil", "forget-ada", "init")]


@pytest.mark.parametrize("command", QUICK, ids=lambda one: one.name)
def test_a_killed_run_leaves_the_old_or_the_new(command: Command) -> None:
    cut, wrong = attack(command, 6, random.Random(3), 0)
    assert cut > 3 and not wrong, wrong


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EACCES], ids=["full", "locked"])
@pytest.mark.parametrize("command", QUICK, ids=lambda one: one.name)
def test_a_disk_that_is_full_or_locked_is_told_in_a_sentence(command: Command, fault: int) -> None:
    cut, wrong = attack(command, 3, random.Random(4), fault)
    assert cut > 1 and not wrong, wrong


@pytest.mark.parametrize("fault", [0, errno.ENOSPC, errno.EACCES], ids=["killed", "full", "locked"])
def test_a_round_of_the_term_goes_on(fault: int) -> None:
    cut, wrong = attack(BY_NAME["termly"], 2, random.Random(5), fault)
    assert cut and not wrong, wrong


def test_what_was_half_written_beside_a_record_is_removed_and_told(tmp_path: Path) -> None:
    command = BY_NAME["new-log"]
    trial = Trial(command, tmp_path)
    for at in range(1, trial.changes + 1):
        trial.back()
        assert run(command.words, trial.school, kill_at=at).code is None
        left = [name for name in tree(trial.school, hidden=True) if name not in trial.kept]
        aged(trial.school)
        again = run(command.words, trial.school)
        assert [
            name for name in left if f"{Path(name).name}, which a run that was cut off had left in" not in again.said
        ] == []
        assert [name for name in tree(trial.school, hidden=True) if name not in trial.kept] == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m", "none", str(place)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk can be made by the superuser of a Linux alone")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.parametrize("name", ["receive", "send-on", "sent"])
def test_a_disk_that_is_really_full(small_disk: Path, name: str) -> None:
    (small_disk / "here").mkdir()
    trial = Trial(BY_NAME[name], small_disk / "here")
    trial.back()
    with contextlib.suppress(OSError), (small_disk / "other").open("wb", 0) as file:
        while True:
            file.write(bytes(4096))
    ended = run(trial.command.words, trial.school)
    assert ended.code == 2 and not trial.wrong()
    assert "our mistake" not in ended.said and "Traceback" not in ended.said
    (small_disk / "other").unlink()
    aged(trial.school)
    assert trial.not_gone_on(run(trial.command.words, trial.school)) == []


def test_a_manifest_that_is_half_written_or_names_what_is_not_there_is_wrong(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.write_text('{"documents": {"plan": {"files": {"plan.docx": "12"}}}}', "utf-8")
    assert wrong_in_manifest(manifest) == ["names plan.docx, which is not there"]
    (tmp_path / "plan.docx").touch()
    assert wrong_in_manifest(manifest) == []
    for half in ("", '{"documents": {"plan"', "[]", '{"documents": []}', '{"documents": {"plan": {}}}'):
        manifest.write_text(half, "utf-8")
        assert wrong_in_manifest(manifest)[0].startswith("cannot be read"), half
