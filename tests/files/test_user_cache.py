"""What a program may forget is kept for its user alone, and is not believed when others could have written it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from generator.files import user_cache


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    return user_cache.folder() / "things"


def test_what_was_kept_is_there_again_for_its_key_alone(home: Path) -> None:
    user_cache.keep("things", "one", b"first")
    assert user_cache.kept("things", "one") == b"first"
    assert user_cache.kept("things", "two") is None
    assert user_cache.kept("others", "one") is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_user_may_read_it(home: Path) -> None:
    user_cache.keep("things", "one", b"first")
    assert (home / "one").stat().st_mode & 0o777 == 0o600
    assert home.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_others_may_write_is_not_believed(home: Path, what: str) -> None:
    user_cache.keep("things", "one", b"first")
    (home / "one" if what == "file" else home).chmod(0o777)
    assert user_cache.kept("things", "one") is None


def test_what_is_damaged_is_not_believed(home: Path) -> None:
    user_cache.keep("things", "one", b"first")
    path = home / "one"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert user_cache.kept("things", "one") is None


def test_the_oldest_are_forgotten(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(user_cache, "_MOST", 4)
    for number in range(9):
        user_cache.keep("things", str(number), b"x")
    assert len(list(home.iterdir())) <= 4
    assert user_cache.kept("things", "8") == b"x"


def test_a_place_that_cannot_be_written_stops_nobody(home: Path) -> None:
    home.parent.mkdir(parents=True, exist_ok=True)
    home.write_bytes(b"a file where the folder should be")
    user_cache.keep("things", "one", b"first")
    assert user_cache.kept("things", "one") is None
