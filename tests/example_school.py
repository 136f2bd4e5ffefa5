"""A copy of the example school for a test to change, and the command as a person runs it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from tests import forked_command

ROOT = Path(__file__).parent.parent
ADA, KACPER = "ada-brown", "kacper-wisniewski"
ENVIRONMENT = {
    "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "SENDPACK_ENGINE": "embedded",
    "COLUMNS": "2000",  # sentences stand on one line, to be looked for; how they are cut has its own tests
}  # fmt: skip


def copy_school(folder: Path, *pupils: str) -> Path:
    """A school's folder with school.yaml and some of the example pupils."""
    cases = folder / "cases"
    cases.mkdir(parents=True)
    shutil.copy(ROOT / "cases" / "school.yaml", cases)
    for pupil in pupils:
        shutil.copytree(ROOT / "cases" / pupil, cases / pupil)
    return folder


def plain_yaml(file: Path) -> Any:
    """What a YAML file holds, read without our reader."""
    return yaml.load(file.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def in_english(school: Path) -> Path:
    """The school with no family that asks for another language, for tests that count documents."""
    for record in (school / "cases").glob("*/pupil.yaml"):
        text = record.read_text("utf-8")
        record.write_text(re.sub(r"^ *papers_in:.*\n", "", text, flags=re.MULTILINE), "utf-8")
    return school


def sendpack(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder; output as text. Within pytest its process is forked from one that has it loaded."""
    asked = [sys.executable, "-c", "from generator.cli import main; main()", *words]
    env = {**os.environ, **ENVIRONMENT, **environment}
    if "PYTEST_CURRENT_TEST" in os.environ and forked_command.can_fork(environment):
        return subprocess.CompletedProcess(asked, *forked_command.run(words, folder, env, timeout=300))
    return subprocess.run(
        asked, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=300, env=env, check=False
    )
