"""Temporary folders hold children's documents for a moment: private, gone in the end, gone also after kill -9."""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from generator.files import temp_folders
from tests.build.test_cut_off import documents_of, family, gone, start
from tests.conftest import need_program
from tests.example_school import KACPER, ROOT, copy_school, sendpack

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary folders that no other program uses."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def killed(place: Path, lines: str = "") -> Path:
    """The folder that a program left which was killed while it used it."""
    code = f"""
import os, tempfile
from generator.files import temp_folders
tempfile.tempdir = {str(place)!r}
folder = temp_folders.make()
(folder / "report.docx").write_bytes(b"about a child")
print(folder, flush=True)
{lines}
os._exit(9)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 9, done.stderr
    return Path(done.stdout.strip())


def test_a_folder_is_private_and_gone_in_the_end(temporary: Path) -> None:
    with temp_folders.folder() as folder:
        assert folder.parent == temporary
        if sys.platform != "win32":
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "inside").mkdir()
        (folder / "inside" / "report.docx").write_bytes(b"about a child")
    assert not list(temporary.iterdir())


def test_what_a_killed_program_left_is_removed(temporary: Path) -> None:
    left = killed(temporary)
    assert (left / "report.docx").is_file()
    assert temp_folders.abandoned() == [left]
    assert temp_folders.sweep() == 1
    assert not left.exists()


def test_a_folder_in_use_is_never_removed(temporary: Path) -> None:
    """Neither our own nor another program's: its owner holds the lock, though nothing was written for days."""
    code = (
        "import sys, tempfile\nfrom generator.files import temp_folders\n"
        f"tempfile.tempdir = {str(temporary)!r}\nprint(temp_folders.make(), flush=True)\nsys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout and other.stdin
    theirs = Path(other.stdout.readline().strip())
    os.utime(theirs, (1, 1))
    with temp_folders.folder() as ours:
        os.utime(ours, (1, 1))
        assert temp_folders.sweep() == 0
        assert ours.is_dir() and theirs.is_dir()
    other.kill()
    other.communicate()
    assert temp_folders.sweep() == 1
    assert not theirs.exists()


def test_a_folder_that_was_made_this_moment_is_left_alone(temporary: Path) -> None:
    """Its owner may be about to write the file that it will lock; a day later nobody is."""
    young, old = temporary / "sendpack-young", temporary / "sendpack-old"
    young.mkdir()
    old.mkdir()
    os.utime(old, (1, 1))
    assert temp_folders.sweep() == 1
    assert young.is_dir() and not old.exists()


@pytest.mark.whole
def test_two_who_sweep_at_once_remove_each_folder_once(temporary: Path) -> None:
    killed(temporary, "temp_folders.make(), temp_folders.make()")
    left = list(temporary.iterdir())
    assert len(left) == 3
    code = (
        "import tempfile\nfrom generator.files import temp_folders\n"
        f"tempfile.tempdir = {str(temporary)!r}\nprint(temp_folders.sweep())"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    said = [one.communicate()[0] for one in running]
    assert [one.returncode for one in running] == [0, 0, 0]
    assert sum(map(int, said)) >= len(left) and not list(temporary.iterdir())


@on_posix
def test_links_lead_nowhere(temporary: Path, tmp_path: Path) -> None:
    """A link with our kind of name, and a link inside a folder that was left: what they point to stays."""
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "plan.yaml").write_text("kept", "utf-8")
    os.utime(precious, (1, 1))
    (temporary / "sendpack-link").symlink_to(precious)
    left = killed(temporary, f"(folder / 'inside').symlink_to({str(precious)!r})")
    tricky = temporary / "sendpack-tricky"
    tricky.mkdir()
    (tricky / temp_folders.IN_USE).symlink_to(precious / "plan.yaml")
    assert temp_folders.sweep() == 1
    assert not left.exists()
    assert (precious / "plan.yaml").read_text("utf-8") == "kept"
    assert (temporary / "sendpack-link").is_symlink() and tricky.is_dir()


@on_posix
def test_another_users_folder_is_not_touched(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = killed(temporary)
    monkeypatch.setattr(os, "getuid", lambda: left.stat().st_uid + 1)
    assert temp_folders.abandoned() == [] and temp_folders.sweep() == 0
    assert left.is_dir()


# -- real runs, killed ------------------------------------------------------------------------------------------------


def folders(school: Path) -> list[Path]:
    return list((school / "tmp").glob("sendpack-*"))


def again(school: Path, *words: str) -> None:
    """A run that is left alone, in the same surroundings as the one that was killed.

    That a whole build goes on after one that was killed is tested in build/test_cut_off.py.
    """
    running = start(school, *words)
    said = running.communicate(timeout=300)[0].decode()
    assert running.returncode == 0, said


@pytest.mark.whole
@on_posix
def test_after_kill_9_the_next_run_leaves_no_folder(tmp_path: Path) -> None:
    """The command and its workers, all at once, as when the computer is switched off."""
    school = copy_school(tmp_path, KACPER)
    running = start(school)
    while not documents_of(school):
        assert running.poll() is None
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGKILL)
    running.communicate()
    for line in family(running.pid):  # workers are in the same group; were one left, it would end by itself
        assert gone(running.pid), line
    assert any(path.suffix == ".docx" for left in folders(school) for path in left.rglob("*"))
    again(school, "--only", "profile")
    assert folders(school) == []
    assert killed(school / "tmp").is_dir()
    again(school, "--only", "profile")  # one in which nothing is made sweeps as well
    assert folders(school) == []


@pytest.mark.whole
@on_posix
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody tells which program works in a folder")
def test_a_libreoffice_that_outlived_its_run_is_ended(tmp_path: Path) -> None:
    """Killed alone, the command leaves LibreOffice at work on children's documents in its private folder."""
    need_program("soffice")
    school = copy_school(tmp_path, KACPER)
    running = start(school, "--engine", "libreoffice", "--jobs", "1")
    while not (offices := working_in(school / "tmp")):
        assert running.poll() is None
        time.sleep(0.02)
    for number in offices:
        with contextlib.suppress(ProcessLookupError):  # the one that only started the others has ended
            os.kill(number, signal.SIGSTOP)  # as one that hangs
    os.kill(running.pid, signal.SIGKILL)
    running.communicate()
    assert working_in(school / "tmp") and folders(school)
    again(school, "--no-pdf")
    assert working_in(school / "tmp") == [] and folders(school) == []


def working_in(place: Path) -> list[int]:
    """The processes of LibreOffice whose private folder is in a place."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"UserInstallation={place.as_uri()}".encode() in (process / "cmdline").read_bytes():
                found.append(int(process.name))
        except OSError:
            continue
    return found


@pytest.mark.whole
def test_doctor_says_what_was_left_and_removes_it(tmp_path: Path) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    left = killed(place)
    school = copy_school(tmp_path / "school", KACPER)
    names = {name: str(place) for name in ("TMPDIR", "TEMP", "TMP")}
    said = sendpack(school, "doctor", **names).stdout
    assert "Temporary folders: 1 folder was left by runs that were cut off; removed now." in said
    assert not left.exists()
    assert "nothing was left by runs that were cut off" in sendpack(school, "doctor", **names).stdout
