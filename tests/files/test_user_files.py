"""Files under names that a user chose: a run that was cut off between a file and its line keeps no copy of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.files.atomic_files import write_new_file
from generator.files.user_files import hand_over
from generator.problems import Stop


class Killed(BaseException):
    """As a run ends that is killed: nothing is tidied up behind it."""


def cut_off_at(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run ends where its n-th file would take its name."""
    taken, replace = 0, Path.replace

    def counted(self: Path, target: Path) -> Path:
        nonlocal taken
        taken += 1
        if taken == number:
            raise Killed
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", counted)


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("before", [b"", b"the list of the day before"])
def test_a_cut_between_a_file_and_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, before: bytes
) -> None:
    file = tmp_path / "termly.txt"
    if before:
        hand_over(tmp_path, file, before)
    with monkeypatch.context() as cut:
        cut_off_at(number, cut)
        try:
            hand_over(tmp_path, file, b"as the run saw it that was killed")
        except Killed:
            assert number < 3
    assert hand_over(tmp_path, file, b"as the next run sees it") == ""
    assert [one.name for one in tmp_path.glob("*.txt")] == ["termly.txt"]
    assert file.read_bytes() == b"as the next run sees it"


def test_what_somebody_wrote_is_kept_beside_though_two_of_ours_are_known(tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    hand_over(tmp_path, file, b"one")
    hand_over(tmp_path, file, b"two")
    file.write_bytes(b"the SENCO's own")
    assert "kept as register (kept 1).csv" in hand_over(tmp_path, file, b"three")
    assert (tmp_path / "register (kept 1).csv").read_bytes() == b"the SENCO's own"
    assert hand_over(tmp_path, file, b"three") == "" and not (tmp_path / "register (kept 2).csv").exists()


def test_a_new_file_that_cannot_be_written_is_told_by_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "evidence").write_text("a file where a folder should be", "utf-8")
    with pytest.raises(Stop, match=r"^letter\.pdf cannot be written"):
        write_new_file(tmp_path / "evidence" / "letter.pdf", b"%PDF")
