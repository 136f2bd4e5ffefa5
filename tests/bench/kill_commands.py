"""Every command that writes, killed at each of its changes to the disk and at random moments: the old or the new.

`python -m tests.bench.kill_commands [COMMAND ...] [--moments 200]`. After each kill every file is the old one or the
new one; the next run goes on to the same end, and sweeps what was left. With `--full` the disk is full from that change
on instead of the kill, with `--locked` nothing can be written any more: a sentence, and the same promises.
"""

from __future__ import annotations

import argparse
import errno
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.commands_cut_off import COMMANDS
from tests.cut_off import Outcome, Trial, aged, run, tree

_NO_SENTENCE = ("Traceback", "our mistake", "sendpack-report")


def attack(trial: Trial, moments: int, dice: random.Random, fault: int) -> tuple[int, list[str]]:
    """How many runs were cut off, and what went wrong, one line each."""
    wrong: list[str] = []
    command, cut = trial.command, 0
    for at, after in _moments(trial, moments, dice, fault):
        ended = _cut_off(trial, at, after, fault)
        when = f"{command.name}, {f'change {at}' if at else f'{after:.2f} s'}"
        if ended.code is not None and not fault:
            wrong.append(f"{when}: it ended before it was killed")
            continue
        cut += 1
        found = trial.wrong()
        half = ended.code == 0 and tree(trial.school) != trial.after
        if fault and (half or ended.code in (9, 70) or any(sign in ended.said for sign in _NO_SENTENCE)):
            found.append(f"ended with {ended.code}: {ended.said[-400:]}")
        aged(trial.school)
        found += trial.not_gone_on(run(command.words, trial.school))
        wrong += [f"{when} ({ended.where.strip()[-90:]}): {one}" for one in found]
    return cut, wrong


def _cut_off(trial: Trial, at: int, after: float, fault: int) -> Outcome:
    """A run from before the command, cut off; a kill from outside that came after its end comes sooner and sooner."""
    words, school = trial.command.words, trial.school
    while True:
        trial.back()
        ended = run(words, school, kill_at=0 if fault else at, fail_at=at if fault else 0, fault=fault, after=after)
        if at or ended.code is None or after < 0.001:
            return ended
        after /= 2


def _moments(trial: Trial, moments: int, dice: random.Random, fault: int) -> Iterator[tuple[int, float]]:
    """Changes to the disk, and seconds for kills from outside."""
    every = range(1, trial.changes + 1)
    chosen = every if trial.changes <= moments else sorted(dice.sample(every, moments))
    yield from ((number, 0.0) for number in chosen)
    if not fault:
        yield from ((0, dice.uniform(0.02, trial.lasts)) for _ in range(moments // 4))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("commands", nargs="*")
    parser.add_argument("--moments", type=int, default=24, help="for each command")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--locked", action="store_true")
    wanted = parser.parse_args()
    fault = errno.ENOSPC if wanted.full else errno.EACCES if wanted.locked else 0
    worst: list[str] = []
    for command in COMMANDS:
        if wanted.commands and command.name not in wanted.commands:
            continue
        with tempfile.TemporaryDirectory() as temporary:
            trial = Trial(command, Path(temporary))
            cut, wrong = attack(trial, wanted.moments, random.Random(wanted.seed), fault)
        sys.stdout.write(f"{command.name}: {cut} runs cut off, {len(wrong)} wrong\n")
        sys.stdout.flush()
        worst += wrong
    sys.exit("\n".join(worst) or 0)


if __name__ == "__main__":
    main()
