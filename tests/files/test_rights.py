"""Who may open what is written: nobody else, whatever the system gives to new files; records stay with their team."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.files.atomic_files import make_folder, must_be_writable, new_folder, write_file
from generator.files.user_files import hand_over
from tests.example_school import KACPER, copy_school, sendpack

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")


@pytest.fixture(autouse=True)
def open_to_all() -> Iterator[None]:
    """A system that gives new files to everybody."""
    before = os.umask(0)
    yield
    os.umask(before)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_made_is_for_its_owner_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    write_file(tmp_path / "output" / "ada-brown" / "plan.pdf", b"x")
    must_be_writable(tmp_path / "elsewhere" / "output")
    for folder in ("output", "output/ada-brown", "elsewhere/output"):
        assert rights(tmp_path / folder) == 0o700
    assert rights(tmp_path / "output" / "ada-brown" / "plan.pdf") == 0o600


def test_what_is_handed_over_is_for_its_owner_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    hand_over(tmp_path, tmp_path / "register.xlsx", b"x")
    assert rights(tmp_path / "register.xlsx") == 0o600 and rights(tmp_path / "output" / "written.json") == 0o600


def test_records_that_a_team_shares_stay_shared(tmp_path: Path) -> None:
    tmp_path.chmod(0o770)
    make_folder(tmp_path / "cases" / "ada-brown")
    assert rights(tmp_path / "cases" / "ada-brown") == 0o770 & ~_umask()
    file = tmp_path / "cases" / "log.yaml"
    file.write_text("x", "utf-8")
    file.chmod(0o664)
    write_file(file, b"y")
    assert rights(file) == 0o664, "a file that is changed keeps its rights"
    new_folder(tmp_path / "cases" / "issued", {"a.pdf": b"x"})
    assert not rights(tmp_path / "cases" / "issued" / "a.pdf") & 0o007


def _umask() -> int:
    from generator.files import atomic_files

    return atomic_files._UMASK


@pytest.mark.whole
def test_a_build_leaves_nothing_that_others_may_read(tmp_path: Path) -> None:
    school = copy_school(tmp_path, KACPER)
    assert sendpack(school, "build", "--no-pdf").returncode == 0
    assert sendpack(school, "send-on", KACPER, "--to", "k.zip").returncode == 0
    made = [path for path in (school / "output").rglob("*") if ".cache" not in path.parent.parts]
    made += [school / "output", school / "k.zip"]
    assert len(made) > 5 and [path for path in made if rights(path) & 0o077] == []
