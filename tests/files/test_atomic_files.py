"""Files that belong together are all written, or none of them is; each is whole."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.files.atomic_files import (
    OLD,
    is_half_written,
    keep_copy,
    new_folder,
    sweep_halves,
    write_file,
    write_files,
    write_new_file,
    write_pieces,
)
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


def test_the_disk_has_all_of_a_file_before_it_takes_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a cut of the power a name that the disk knew first would be half a file; tests do without the waiting."""
    on_disk: dict[int, int] = {}
    there: list[bool] = []

    def seen(handle: int) -> None:
        on_disk[os.fstat(handle).st_ino] = os.fstat(handle).st_size
        there.append((tmp_path / "a.pdf").exists() or (tmp_path / "copy" / "c.pdf").exists())

    monkeypatch.setattr(os, "fsync", seen)
    write_files({tmp_path / "a.pdf": b"a", tmp_path / "b.pdf": b"bb"})
    assert there == [False, False]
    (tmp_path / "a.pdf").rename(tmp_path / "as.pdf")
    new_folder(tmp_path / "copy", {"c.pdf": b"ccc", "d.pdf": b"dddd"})
    assert there == [False] * 4
    write_pieces(tmp_path / "e.pdf", [b"ee", b"eee"])
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 5 and on_disk == {path.stat().st_ino: path.stat().st_size for path in files}


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


# -- what runs left that were killed ----------------------------------------------------------------------------------

HALVES = (".register.xlsx.12-34.part", ".register.xlsx.12-34.new", "..register.xlsx.12-34.new.12-34.part")
OTHERS = (
    ".film.2020-1080p.part",
    ".register.2020-21.part",
    ".register.xlsx.part",
    ".register.xlsx.12-34.part.bak",
    ".register.xlsx.a12-34.part",
    ".old-register.xlsx.12-34.part",
    "register.xlsx.12-34.part",
    ".other.xlsx.12-34.part",
)
FOLDERS = (".new-project", ".new-abcd_123", ".sendpack-new-notes", ".sendpack-new-abcd_123", ".register.xlsx.5-6.part")


def an_hour_old(folder: Path, files: tuple[str, ...], folders: tuple[str, ...] = ()) -> None:
    for name in folders:
        (folder / name).mkdir(parents=True)
        (folder / name / "inside.txt").write_text("x")
    for name in files:
        (folder / name).write_text("x")
    before = time.time() - OLD - 60
    for path in folder.rglob("*"):
        os.utime(path, (before, before))


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_in_a_folder_of_the_user_only_halves_of_the_very_file_are_swept(tmp_path: Path) -> None:
    an_hour_old(tmp_path, (*HALVES, *OTHERS), FOLDERS)
    write_file(tmp_path / "register.xlsx", b"new")
    assert names_in(tmp_path) == {"register.xlsx", *OTHERS, *FOLDERS}
    assert all((tmp_path / name / "inside.txt").is_file() for name in FOLDERS)


def test_halves_of_a_file_that_is_begun_go_too_and_young_ones_stay(tmp_path: Path) -> None:
    an_hour_old(tmp_path, HALVES)
    (tmp_path / ".register.xlsx.56-78.part").write_text("a run that is at work")
    assert write_new_file(tmp_path / "register.xlsx", b"new")
    assert names_in(tmp_path) == {"register.xlsx", ".register.xlsx.56-78.part"}


def test_a_new_folder_sweeps_only_what_has_our_own_name(tmp_path: Path) -> None:
    an_hour_old(tmp_path, OTHERS, FOLDERS)
    new_folder(tmp_path / "2026-11-20", {"a.txt": b"a"})
    assert names_in(tmp_path) == {"2026-11-20", *OTHERS, *FOLDERS} - {".sendpack-new-abcd_123"}


def test_in_cases_what_earlier_versions_left_goes_too(tmp_path: Path) -> None:
    an_hour_old(tmp_path, (*HALVES, *OTHERS), FOLDERS)
    sweep_halves(tmp_path)
    gone = {*HALVES, ".other.xlsx.12-34.part", ".old-register.xlsx.12-34.part", *FOLDERS[1::2], FOLDERS[-1]}
    gone |= {".register.2020-21.part"}  # two numbers, as ours have
    assert names_in(tmp_path) == {*OTHERS, *FOLDERS} - gone


@pytest.mark.parametrize(
    ("names", "half"), [(HALVES, True), (FOLDERS[3:4], True), ((*HALVES, "pupil.yaml"), False), ((), False)]
)
def test_a_folder_with_nothing_but_halves_is_only_begun(tmp_path: Path, names: tuple[str, ...], half: bool) -> None:
    for name in names:
        (tmp_path / name).touch()
    assert is_half_written(tmp_path) is half


# -- pieces -----------------------------------------------------------------------------------------------------------


def test_what_reading_a_piece_raises_is_not_told_as_writing(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"one"
        raise OSError("the stick was pulled out")

    with pytest.raises(OSError, match="pulled out"):
        write_pieces(tmp_path / "a.pdf", pieces())
    write_pieces(tmp_path / "b.pdf", [b"one", b"", b"two"])
    assert (tmp_path / "b.pdf").read_bytes() == b"onetwo"
    with pytest.raises(Stop, match=r"b\.pdf cannot be written"):
        write_pieces(tmp_path / "b.pdf", [b"again"])


def test_a_copy_is_kept_once_however_often_the_run_is_cut_off_behind_it(tmp_path: Path) -> None:
    house = tmp_path / "house.docx"
    house.write_bytes(b"old")
    places = [tmp_path / f"house {number}.docx" for number in (1, 2)]
    assert [keep_copy(house, places) for _ in range(3)] == places[:1] * 3
    house.write_bytes(b"new")
    assert keep_copy(house, places) == places[1] and places[0].read_bytes() == b"old"
    house.write_bytes(b"newest")
    with pytest.raises(Stop, match="too many kept copies"):
        keep_copy(house, places)
