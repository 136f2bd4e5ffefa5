"""What kills runs of `sendpack bundle` lets each of them work, keeps its span, and takes nobody else for one."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bench import kill_bundle
from tests.bench.bench_bundle_command import ADA
from tests.bench.kill_bundle import Attack, digests, still_running


def wrote(school: Path, text: str) -> dict[str, str]:
    """A bundle that stands for one version of the plan, and what runs keep."""
    (school / "output" / ADA / "submission").mkdir(parents=True, exist_ok=True)
    (school / "output" / ADA / "submission" / "bundle.pdf").write_text(text, "utf-8")
    (school / "output" / ".cache").mkdir(exist_ok=True)
    return digests(school)


def test_each_run_has_something_to_do_and_ends_of_runs_change_no_span(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = tmp_path / "cases" / ADA / "plan.yaml"
    plan.parent.mkdir(parents=True)
    attack = Attack(["old", "new"], [wrote(tmp_path, "old"), wrote(tmp_path, "new")], 10.0)
    asked: list[str] = []

    def run(school: Path, _: str, after: float) -> float:
        assert 0 <= after <= 10 and not (school / "output" / ".cache").exists()
        asked.append(plan.read_text("utf-8"))
        if len(asked) % 2:
            return 0.0  # killed before it wrote
        wrote(school, asked[-1])
        return 5.0

    monkeypatch.setattr(kill_bundle, "killed", run)
    for _ in range(6):
        attack.kill(tmp_path, "embedded", 1)
    assert asked == ["old", "old", "new", "new", "old", "old"]  # never what is there
    assert attack.lasts == 10.0 and attack.hit == 3 and not attack.wrong


@pytest.mark.skipif(sys.platform != "linux", reason="looked for in /proc")
def test_only_what_a_run_began_is_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sleeps = [sys.executable, "-c", "import time; print(flush=True); time.sleep(60)", str(tmp_path)]
    monkeypatch.setattr(time, "monotonic", iter(range(0, 10_000, 100)).__next__)
    for marked in (False, True):
        environment = {**os.environ, **({"RUN_TO_BE_KILLED_IN": str(tmp_path)} if marked else {})}
        with subprocess.Popen(sleeps, env=environment, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            assert bool(still_running(tmp_path)) is marked
            process.kill()
