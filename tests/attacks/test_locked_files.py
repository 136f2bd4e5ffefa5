"""Files that cannot be written in the middle of a build: the next run makes them, and puts no work of ours aside.

On Windows a PDF that is open in a viewer cannot be replaced; here a folder of that name stands in for it.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.example_school import KACPER, ROOT, copy_school, in_english, sendpack

ONLY = ("--only", "profile")


@pytest.fixture
def school(tmp_path: Path) -> Path:
    folder = in_english(copy_school(tmp_path, KACPER))
    assert sendpack(folder, "build", KACPER, *ONLY).returncode == 0
    change(folder, "Feeding the ducks")
    return folder


def change(folder: Path, text: str) -> None:
    file = folder / "cases" / KACPER / "profile.yaml"
    said = file.read_text("utf-8")
    key = "important_to_me:\n"
    assert key in said
    file.write_text(said.replace(key, f"{key}  - {text}\n", 1), "utf-8")


def edited(folder: Path) -> list[str]:
    """Copies that a run put aside because it thought that somebody had edited them."""
    return [path.name for path in (folder / "output" / KACPER).glob("*(edited*")]


def block(file: Path) -> bytes:
    """Make a file one that cannot be replaced; what it held."""
    held = file.read_bytes()
    file.unlink()
    file.mkdir()
    (file / "open").write_text("in a viewer", "utf-8")
    return held


def free(file: Path, held: bytes) -> None:
    (file / "open").unlink()
    file.rmdir()
    file.write_bytes(held)


@pytest.mark.whole
@pytest.mark.parametrize("name", ["profile.pdf", "profile.docx", "manifest.json"])
def test_a_file_that_cannot_be_replaced_is_made_by_the_next_run(school: Path, name: str) -> None:
    file = school / "output" / KACPER / name
    held = block(file)
    ran = sendpack(school, "build", KACPER, *ONLY)
    assert ran.returncode == 4 and name in ran.stderr and "close it there and run again" in ran.stderr
    free(file, held)
    again = sendpack(school, "build", KACPER, *ONLY)
    assert again.returncode == 0, again.stderr
    assert edited(school) == []
    third = sendpack(school, "build", KACPER, *ONLY)
    assert third.returncode == 0 and edited(school) == []
    assert not (school / "output" / ".cache" / "writing.txt").exists()


@pytest.mark.whole
def test_a_manifest_that_stays_locked_keeps_its_notes(school: Path) -> None:
    file = school / "output" / KACPER / "manifest.json"
    held = block(file)
    assert sendpack(school, "build", KACPER, *ONLY).returncode == 4
    change(school, "Skipping stones")
    assert sendpack(school, "build", KACPER, *ONLY).returncode == 4
    free(file, held)
    assert sendpack(school, "build", KACPER, *ONLY).returncode == 0
    assert edited(school) == []


@pytest.mark.whole
@pytest.mark.skipif(sys.platform == "win32", reason="the system limits no file sizes")
@pytest.mark.parametrize("most", [100, 4_000, 30_000, 60_000])
def test_a_full_disk_is_told_and_the_next_run_goes_on(school: Path, most: int) -> None:
    """No file may be larger than `most` bytes: a disk that is full after that many."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from generator.cli import main; main()"
    ran = subprocess.run(
        [sys.executable, "-c", code, "build", KACPER, *ONLY, "--engine", "embedded"],
        cwd=school,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )
    assert ran.returncode in (0, 2, 4), ran.stderr
    assert "our mistake" not in ran.stderr
    again = sendpack(school, "build", KACPER, *ONLY)
    assert again.returncode == 0 and edited(school) == []
    assert not list((school / "output").rglob("*.part"))
