"""Runs killed, and disks full or locked, at a change to the disk: the old or the new, and the next run goes on.

All commands and moments: `python -m tests.bench.kill_commands`, also with `--full` and `--locked`.
"""

from __future__ import annotations

import contextlib
import errno
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.bench.kill_commands import attack
from tests.commands_cut_off import COMMANDS, PAGE_SAVES, ROSA, Command
from tests.conftest import absent
from tests.cut_off import Trial, aged, run, tree, wrong_in_manifest
from tests.example_school import sendpack
from tests.page_saves import record

BY_NAME = {command.name: command for command in COMMANDS}
pytestmark = [
    pytest.mark.whole,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="runs are begun by fork, which Windows does not have"),
]
QUICK = [BY_NAME[name] for name in ("sent", "order", "receive", "import", "new-pupil", "forget-ada", "init")]


SAMPLE = [BY_NAME[name] for name in ("remove", "template-copy", "pack-new")]
"""Some more, each killed at one moment."""


@pytest.fixture(scope="module")
def trial_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Trial]:
    """Each command's folder before and after it, made once: it is set back before each cut."""
    return cache(lambda name: Trial(BY_NAME[name], tmp_path_factory.mktemp(name)))


@pytest.mark.parametrize(
    ("fault", "moments"), [(0, 4), (errno.ENOSPC, 2), (errno.EACCES, 2)], ids=["killed", "full", "locked"]
)
@pytest.mark.parametrize("command", QUICK, ids=lambda one: one.name)
def test_a_run_that_is_cut_off_leaves_the_old_or_the_new_and_says_why(
    command: Command, fault: int, moments: int, trial_of: Callable[[str], Trial]
) -> None:
    cut, wrong = attack(trial_of(command.name), moments, random.Random(3 + fault), fault)
    assert not wrong, wrong
    assert cut == min(moments, trial_of(command.name).changes) + (0 if fault else moments // 4)


@pytest.mark.parametrize("fault", [0, errno.ENOSPC, errno.EACCES], ids=["killed", "full", "locked"])
def test_a_round_of_the_term_goes_on(fault: int, trial_of: Callable[[str], Trial]) -> None:
    cut, wrong = attack(trial_of("termly"), 1, random.Random(5 + fault), fault)
    assert cut and not wrong, wrong


@pytest.mark.parametrize("command", SAMPLE, ids=lambda one: one.name)
def test_so_do_other_commands(command: Command, trial_of: Callable[[str], Trial]) -> None:
    cut, wrong = attack(trial_of(command.name), 1, random.Random(6), 0)
    assert cut == 1 and not wrong, wrong


@pytest.mark.parametrize("work", PAGE_SAVES, ids=lambda one: one.__name__)
def test_a_save_of_the_page_is_all_there_and_one_that_is_killed_is_the_old_or_the_new(
    work: Callable[[Path], None], tmp_path: Path
) -> None:
    """Each once without a cut; the one that is done most is killed, and finds the disk full."""
    command = BY_NAME[f"page-{work.__name__}"]
    trial = Trial(command, tmp_path)
    assert trial.after != trial.before
    for how in ({"kill_at": trial.changes // 2}, {"fail_at": trial.changes // 2}) if work is record else ():
        trial.back()
        ended = run(work, trial.school, **how)
        assert ended.code == (None if "kill_at" in how else 2), ended.said
        assert trial.wrong() == []
        aged(trial.school)
        assert trial.not_gone_on(run(work, trial.school)) == []


def test_a_bundle_that_was_killed_and_made_and_made_again_is_as_one_made_from_nothing(tmp_path: Path) -> None:
    """From nothing by a process that is really started, where nothing is kept and nothing lies there."""
    folders = [tmp_path / name for name in ("again", "nothing")]
    command = BY_NAME["bundle"]
    trial = Trial(command, folders[0])
    trial.back()
    assert run(command.words, trial.school, kill_at=trial.changes * 2 // 3).code is None
    assert trial.wrong() == []
    aged(trial.school)
    assert trial.not_gone_on(run(command.words, trial.school)) == []
    plan = trial.school / "cases" / ROSA / "plan.yaml"
    changed = plan.read_text("utf-8").replace("three things", "four things", 1)
    assert changed != plan.read_text("utf-8")
    plan.write_text(changed, "utf-8")
    again = run([*command.words, "--why"], trial.school)
    assert again.code in (0, 1) and f"made again: cases/{ROSA}/plan.yaml changed" in again.said
    shutil.copytree(trial.school / "cases", folders[1] / "school" / "cases")
    given = {"XDG_CACHE_HOME": str(folders[1] / "kept"), "PYTHONUTF8": "1"}
    nothing = sendpack(folders[1] / "school", *command.words, **given)  # Python is told something: a real start
    assert nothing.returncode in (0, 1), nothing.stderr
    assert tree(folders[1] / "school" / "output") == tree(trial.school / "output") != {}


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
    if sys.platform != "linux":
        pytest.skip("a small disk can be made on a Linux alone")
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m", "none", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        absent("a small disk can be made by the superuser alone")
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
