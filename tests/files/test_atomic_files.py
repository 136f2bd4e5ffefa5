"""Files that belong together are all written, or none of them is; each is whole."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.files.atomic_files import write_files, write_new_file
from generator.files.long_paths import too_long
from generator.problems import Stop


def test_all_are_written(tmp_path: Path) -> None:
    write_files({tmp_path / "bundle.pdf": b"new", tmp_path / "files" / "A1.pdf": b"part"})
    assert (tmp_path / "bundle.pdf").read_bytes() == b"new"
    assert (tmp_path / "files" / "A1.pdf").read_bytes() == b"part"
    assert not list(tmp_path.rglob("*.part"))


def test_when_one_cannot_be_written_the_old_ones_stay(tmp_path: Path) -> None:
    (tmp_path / "bundle.pdf").write_bytes(b"old")
    (tmp_path / "files").write_text("a file where a folder should be")
    with pytest.raises(Stop, match=r"A1\.pdf cannot be written"):
        write_files({tmp_path / "bundle.pdf": b"new", tmp_path / "files" / "A1.pdf": b"part"})
    assert (tmp_path / "bundle.pdf").read_bytes() == b"old"
    assert not list(tmp_path.glob(".*.part"))


def test_when_one_cannot_be_written_no_folder_is_left_empty(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")
    with pytest.raises(Stop):
        write_files({tmp_path / "cases" / "ada" / "pupil.yaml": b"new", tmp_path / "taken" / "pupil.yaml": b"new"})
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_two_threads_may_write_one_file_at_once(tmp_path: Path) -> None:
    target = tmp_path / "draft.json"
    contents = [bytes([letter]) * 5000 for letter in b"abcdefgh"]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(20):
            list(pool.map(lambda content: write_files({target: content}), contents))
            assert target.read_bytes() in contents
    assert not list(tmp_path.glob(".*.part"))


def test_nothing_to_write_is_fine(tmp_path: Path) -> None:
    write_files({})
    assert list(tmp_path.iterdir()) == []


def test_on_windows_a_path_that_is_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = tmp_path / ("x" * 250) / "taken"
    (tmp_path / ("x" * 250)).write_text("no folder")
    monkeypatch.setattr("sys.platform", "win32")
    with pytest.raises(Stop) as stopped:
        write_files({long / "pupil.yaml": b"new"})
    assert "C:\\SEND" in stopped.value.advice


def test_elsewhere_paths_are_as_long_as_they_like() -> None:
    assert not too_long("x" * 400)


def test_a_folder_that_may_not_be_written_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")
    for may_write, words in ((False, f"You may not write in {tmp_path}"), (True, "open in another program")):
        monkeypatch.setattr("os.access", lambda *_, answer=may_write: answer)
        with pytest.raises(Stop) as stopped:
            write_files({tmp_path / "taken" / "pupil.yaml": b"new"})
        assert words in stopped.value.advice


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_of_two_who_begin_one_file_at_once_one_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def none_here(*_: object) -> None:
        raise OSError("no links here")

    if not links:
        monkeypatch.setattr("os.link", none_here)
    target = tmp_path / "new" / "plan.yaml"
    assert write_new_file(target, b"first") and not write_new_file(target, b"second")
    assert target.read_bytes() == b"first" and list(target.parent.iterdir()) == [target]
