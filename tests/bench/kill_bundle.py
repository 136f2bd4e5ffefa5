"""`sendpack bundle` killed at random moments: the old bundle or the new one is there, whole, and nothing runs on.

`python -m tests.bench.kill_bundle [--moments 200] [--engine embedded] [--nice 10] [--folder FOLDER]`. Two versions of
Ada's plan are bundled once, with nothing kept from before, which says how long a run lasts; then a run from the version
that is there to the other is killed (SIGKILL) at a moment of that span, again and again. Without `--engine` the moments
are shared by both. With `--folder` what was done is kept there: the same command goes on after it was ended.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from generator.files.atomic_files import write_file
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


_MARK = "RUN_TO_BE_KILLED_IN"
"""In the environment of a run and of whatever it begins: no command line of anybody else is taken for one of them."""


def killed(school: Path, engine: str, after: float) -> float:
    """0 when the run was killed, else the seconds after which it had ended by itself."""
    begun = time.monotonic()
    environment = {**os.environ, **ENVIRONMENT, "SENDPACK_ENGINE": engine, "TMPDIR": str(school.parent)}
    environment[_MARK] = str(school.parent)
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
    """Command lines of what killed runs began; it is given a minute to notice that its run is gone."""
    until = time.monotonic() + 60
    while (found := _working_in(folder)) and time.monotonic() < until:
        time.sleep(0.1)
    return found


def _working_in(folder: Path) -> list[str]:
    found, mark = [], f"{_MARK}={folder}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "environ").read_bytes().split(b"\0"):
                words = (process / "cmdline").read_bytes().decode("utf-8", "replace").replace("\0", " ")
                found.append(words[:200])
        except OSError:
            continue
    return found


def forget(school: Path) -> None:
    """Nothing is kept of what was drawn before: the next run has everything to do."""
    shutil.rmtree(school / "output" / ".cache", ignore_errors=True)


@dataclass
class Attack:
    """What was done so far in one school, kept in a file beside it, so that another call of the program goes on."""

    texts: list[str]
    good: list[dict[str, str]]
    lasts: float
    moments: int = 0
    hit: int = 0
    wrong: list[str] = field(default_factory=list)

    @classmethod
    def begun(cls, folder: Path, engine: str) -> Attack:
        """The attack of before, or a new one: two versions of the plan, bundled once each."""
        state, school = folder / f"{engine}.json", folder / engine
        if state.is_file():
            return cls(**json.loads(state.read_text("utf-8")))
        shutil.rmtree(school, ignore_errors=True)  # of a call that was ended before it had begun
        copy_school(school, ADA, KACPER)
        plan = school / "cases" / ADA / "plan.yaml"
        texts, good, lasts = [plan.read_text("utf-8")], [], 0.0
        one_sentence(school)
        texts.append(plan.read_text("utf-8"))
        for text in texts:
            plan.write_text(text, "utf-8")
            forget(school)
            start = time.monotonic()
            bundled(school, engine)
            lasts = time.monotonic() - start
            good.append(digests(school))
        return cls(texts, good, lasts)

    def kill(self, school: Path, engine: str, seed: int) -> None:
        """One run killed at a moment that the seed and its number choose."""
        number = self.moments
        there = digests(school)
        wanted = 1 - self.good.index(there) if there in self.good else number % 2
        (school / "cases" / ADA / "plan.yaml").write_text(self.texts[wanted], "utf-8")
        forget(school)
        ended = killed(school, engine, random.Random(f"{seed} {number}").uniform(0, self.lasts))
        self.moments += 1
        self.hit += not ended
        for name, mark in digests(school).items():
            if mark not in (self.good[0].get(name), self.good[1].get(name)):
                self.wrong.append(f"moment {number}: {name} is neither the old one nor the new one")

    def last_look(self, folder: Path, school: Path, engine: str) -> list[str]:
        """What runs on, and runs that give other files after all that."""
        found = [f"still running: {words}" for words in still_running(folder)]
        for text, expected in zip(self.texts, self.good, strict=True):
            (school / "cases" / ADA / "plan.yaml").write_text(text, "utf-8")
            bundled(school, engine)
            found += [] if digests(school) == expected else ["a run after all that gives other files"]
        return found


def attack(folder: Path, engine: str, moments: int, seed: int) -> list[str]:
    """Go on until so many runs were killed; what went wrong, one line each."""
    state = Attack.begun(folder, engine)
    while state.moments < moments:
        state.kill(folder / engine, engine, seed)
        write_file(folder / f"{engine}.json", json.dumps(asdict(state)).encode())
    wrong = [*state.wrong, *state.last_look(folder, folder / engine, engine)]
    said = f"{state.hit} of {state.moments} runs killed within {state.lasts:.1f} s, {len(wrong)} wrong"
    sys.stdout.write(f"{engine}: {said}\n")
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=200)
    parser.add_argument("--engine", choices=("embedded", "libreoffice"), action="append")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--nice", type=int, default=0, help="how far to step back behind other programs")
    parser.add_argument("--folder", type=Path, help="kept, so that a later call goes on where this one was ended")
    wanted = parser.parse_args()
    if wanted.nice:
        os.nice(wanted.nice)
    with tempfile.TemporaryDirectory() as temporary:
        folder = wanted.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        engines = wanted.engine or ["embedded", "libreoffice"]
        shares = {one: wanted.moments // len(engines) for one in engines}
        wrong = [line for one, share in shares.items() for line in attack(folder.absolute(), one, share, wanted.seed)]
    sys.exit("\n".join(wrong) or 0)


if __name__ == "__main__":
    main()
