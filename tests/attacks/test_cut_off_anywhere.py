"""Runs killed, and disks full or locked, at a change to the disk: the old or the new, and the next run goes on.

All commands and moments: `python -m tests.bench.kill_commands`, also with `--full` and `--locked`.
"""

from __future__ import annotations

import errno
import os
import random

import pytest

from tests.bench.kill_commands import attack
from tests.cut_off import COMMANDS, Command

BY_NAME = {command.name: command for command in COMMANDS}
pytestmark = [
    pytest.mark.whole,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="runs are begun by fork, which Windows does not have"),
]
QUICK = [BY_NAME[name] for name in ("sent", "receive", "import", "new-pupil", "forget-ada", "init")]


@pytest.mark.parametrize("command", QUICK, ids=lambda one: one.name)
def test_a_killed_run_leaves_the_old_or_the_new(command: Command) -> None:
    cut, wrong = attack(command, 12, random.Random(3), 0)
    assert cut > 5 and not wrong, wrong


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EACCES], ids=["full", "locked"])
@pytest.mark.parametrize("command", QUICK, ids=lambda one: one.name)
def test_a_disk_that_is_full_or_locked_is_told_in_a_sentence(command: Command, fault: int) -> None:
    cut, wrong = attack(command, 5, random.Random(4), fault)
    assert cut > 3 and not wrong, wrong
