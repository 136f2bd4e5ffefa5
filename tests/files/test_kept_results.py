"""What was made before is kept by what it was made from; damage, another program and another wish all mean anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.files.kept_results import USED, KeptResults


def test_a_result_comes_back_with_its_note(tmp_path: Path) -> None:
    kept = KeptResults(tmp_path / "cache", "program 1")
    key = kept.key(b"report", "wish", 3)
    assert kept.get(key) is None
    kept.put(key, b"clean", {"pages": 2, "warnings": ["scan"]})
    assert KeptResults(tmp_path / "cache", "program 1").get(key) == (b"clean", {"pages": 2, "warnings": ["scan"]})
    if os.name == "posix":
        assert (tmp_path / "cache").stat().st_mode & 0o077 == 0


def test_other_content_wish_or_program_has_another_key(tmp_path: Path) -> None:
    kept = KeptResults(tmp_path, "program 1")
    keys = {kept.key(b"a", "x"), kept.key(b"b", "x"), kept.key(b"a", "y"), KeptResults(tmp_path, "2").key(b"a", "x")}
    assert len(keys) == 4
    assert kept.key(b"a", "x") in keys


@pytest.mark.parametrize("spoil", ["json", "bin"])
def test_a_damaged_result_counts_as_none(tmp_path: Path, spoil: str) -> None:
    kept = KeptResults(tmp_path)
    key = kept.key(b"report")
    kept.put(key, b"clean", {})
    (tmp_path / f"{key}.{spoil}").write_bytes(b"{half")
    assert kept.get(key) is None


def test_without_a_folder_nothing_is_kept(tmp_path: Path) -> None:
    kept = KeptResults(None)
    kept.put("key", b"clean", {})
    assert kept.get("key") is None
    assert kept.sweep("authority") == 0


def test_what_no_purpose_needs_any_more_is_removed(tmp_path: Path) -> None:
    def run(purpose: str, *contents: bytes) -> int:
        kept = KeptResults(tmp_path)
        for content in contents:
            key = kept.key(content)
            if kept.get(key) is None:
                kept.put(key, content, {})
        return kept.sweep(purpose)

    assert run("authority", b"plan", b"report") == 0
    assert run("parents", b"plan", b"letter") == 0
    assert run("authority", b"plan") == 1  # the report went; the letter is still the parents'
    left = {path.read_bytes() for path in tmp_path.glob("*.bin")}
    assert left == {b"plan", b"letter"}
    assert (tmp_path / USED).is_file()


def test_a_place_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    kept = KeptResults(tmp_path / "cache")
    kept.put("key", b"clean", {})
    assert kept.get("key") is None


def test_each_text_is_looked_at_once_and_what_is_gone_is_forgotten(tmp_path: Path) -> None:
    looked: list[str] = []

    def look(text: str) -> list[str]:
        looked.append(text)
        return [text.upper()]

    def run(*texts: str, names: str = "all") -> list[list[str]]:
        kept = KeptResults(tmp_path)
        found = kept.each_once(texts, look, names)
        kept.keep_looks()
        kept.sweep("")
        return found

    assert run("a", "b", "a") == [["A"], ["B"], ["A"]]
    assert run("b", "c") == [["B"], ["C"]]
    assert looked == ["a", "b", "c"]
    run("a")
    assert looked == ["a", "b", "c", "a"], "what a run did not ask for is not kept for the next"
    run("a", names="others")
    assert looked[-1] == "a" and len(looked) == 5
