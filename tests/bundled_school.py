"""A school in which Ada's bundle was made, once for all tests of a run: reading evidence through takes longest."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from generator.files import locks
from tests.example_school import KACPER, copy_school, sendpack

ADA = "ada-brown"


def made_once(made: pytest.TempPathFactory) -> Path:
    """The school's folder, with the built-in engine's bundle; shared by the workers of a run, so never changed."""
    base = made.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = shared / "bundled-school", shared / "bundled-school.done"
    with (shared / "bundled-school.lock").open("a+b") as lock:
        while locks.take(lock.fileno()) is False:
            time.sleep(0.1)  # another worker is making it
        if not done.exists():
            told = sendpack(copy_school(folder, ADA, KACPER), "bundle", ADA, "--why", SENDPACK_ENGINE="embedded")
            assert told.returncode == 0, told.stderr
            assert "made again: it was not made before" in told.stdout
            done.touch()
    return folder


def copy_bundled(bundled: Path, folder: Path) -> Path:
    """A school of one's own in which the bundle is made."""
    shutil.copytree(bundled, folder, dirs_exist_ok=True)
    return folder


def know_evidence(bundled: Path, folder: Path) -> Path:
    """What was kept of Ada's evidence and drawings given to a school whose bundle is to be made."""
    kept = Path("output", ADA, ".cache")
    shutil.copytree(bundled / kept, folder / kept)
    return folder
