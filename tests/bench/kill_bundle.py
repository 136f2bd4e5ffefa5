"""`sendpack bundle` killed at random moments: the old bundle or the new one is there, whole, and nothing runs on.

`python -m tests.bench.kill_bundle [--moments 200] [--engine embedded]`. Two versions of Ada's plan are bundled once;
then a run from one to the other is killed (SIGKILL) at a moment between its start and its end, again and again.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.bench_bundle_command import ADA, bundled, one_sentence
from tests.example_school import ENVIRONMENT, KACPER, copy_school


def digests(school: Path) -> dict[str, str]:
    """The SHA-256 of every file of the submission by name; what a killed run left beside them is no file of it."""
    folder = school / "output" / ADA / "submission"
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def killed(school: Path, engine: str, after: float) -> float:
    """0 when the run was killed, else the seconds after which it had ended by itself."""
    begun = time.monotonic()
    environment = {**os.environ, **ENVIRONMENT, "SENDPACK_ENGINE": engine, "TMPDIR": str(school.parent)}
    command = [sys.executable, "-c", "from generator.cli import main; main()", "bundle", ADA]
    run = subprocess.Popen(command, cwd=school, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        run.wait(after)
    except subprocess.TimeoutExpired:
        run.kill()
        run.wait()
        return 0.0
    return time.monotonic() - begun


def still_running(folder: Path) -> list[str]:
    """Command lines of processes that work in a folder; they are given a minute to notice that their run is gone."""
    until = time.monotonic() + 60
    while (found := _working_in(folder)) and time.monotonic() < until:
        time.sleep(0.1)
    return found


def _working_in(folder: Path) -> list[str]:
    found = []
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = command.read_bytes().decode("utf-8", "replace").replace("\0", " ")
        except OSError:
            continue
        if str(folder) in words and str(os.getpid()) != command.parent.name:
            found.append(words[:200])
    return found


def attack(engine: str, moments: int, dice: random.Random) -> list[str]:
    """What went wrong, one line each."""
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as temporary:
        school = copy_school(Path(temporary) / "school", ADA, KACPER)
        plan = school / "cases" / ADA / "plan.yaml"
        texts, good = [plan.read_text("utf-8")], []
        one_sentence(school)
        texts.append(plan.read_text("utf-8"))
        for text in texts:
            plan.write_text(text, "utf-8")
            start = time.monotonic()
            bundled(school, engine)
            lasts = time.monotonic() - start
            good.append(digests(school))
        hit = 0
        for number in range(moments):
            plan.write_text(texts[number % 2], "utf-8")
            ended = killed(school, engine, dice.uniform(0, lasts))
            hit += not ended
            if lasts / 4 < ended < lasts:  # a run that found nothing to do says nothing of how long one takes
                lasts = ended
            for name, mark in digests(school).items():
                if mark not in (good[0].get(name), good[1].get(name)):
                    wrong.append(f"moment {number}: {name} is neither the old one nor the new one")
        wrong += [f"still running: {words}" for words in still_running(Path(temporary))]
        for text, expected in zip(texts, good, strict=True):
            plan.write_text(text, "utf-8")
            bundled(school, engine)
            wrong += [] if digests(school) == expected else ["a run after all that gives other files"]
    sys.stdout.write(f"{engine}: {hit} of {moments} runs killed within {lasts:.1f} s, {len(wrong)} wrong\n")
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=200)
    parser.add_argument("--engine", choices=("embedded", "libreoffice"), default="embedded")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    wrong = attack(wanted.engine, wanted.moments, random.Random(wanted.seed))
    sys.exit("\n".join(wrong) or 0)


if __name__ == "__main__":
    main()
