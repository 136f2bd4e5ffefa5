"""Files that belong together are all written, or none of them is; each is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.files.atomic_files import write_files
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


def test_nothing_to_write_is_fine(tmp_path: Path) -> None:
    write_files({})
    assert list(tmp_path.iterdir()) == []
