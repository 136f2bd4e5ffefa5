"""A bundle of which nothing changed is not made again; what is to be known before sending is said all the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from tests.example_school import ENVIRONMENT, KACPER, sendpack
from tests.small_school import ROSA, small_school

pytestmark = pytest.mark.whole


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school with a bundle made once; each test leaves the bundle made."""
    folder = small_school(tmp_path_factory.mktemp("school"), KACPER)
    assert "made again: it was not made before" in sendpack(folder, "bundle", ROSA, "--why").stdout
    return folder


def bundle_of(folder: Path) -> Path:
    return folder / "output" / ROSA / "submission" / "bundle.pdf"


def cautions(words: str) -> list[str]:
    return [line for line in words.splitlines() if line.startswith(("  - ", "Not in", "Look at", "Before"))]


def test_nothing_changed_nothing_is_written_and_everything_is_said_again(school: Path) -> None:
    first = sendpack(school, "bundle", ROSA)
    before = bundle_of(school).stat()
    second = sendpack(school, "bundle", ROSA, "--why")
    assert "bundle.pdf is up to date: " in second.stdout
    assert "nothing that it is made from changed" in second.stdout
    assert bundle_of(school).stat().st_mtime_ns == before.st_mtime_ns
    assert cautions(second.stdout) == cautions(first.stdout) != []


def test_one_sentence_is_named_as_the_reason_and_the_same_bytes_come_as_where_no_bundle_was(
    school: Path, tmp_path: Path
) -> None:
    plan = school / "cases" / ROSA / "plan.yaml"
    text = plan.read_text("utf-8")
    changed = text.replace("aspirations:", "# a note\naspirations:", 1)
    assert changed != text
    plan.write_text(changed, "utf-8")
    again = sendpack(school, "bundle", ROSA, "--why")
    assert f"made again: cases/{ROSA}/plan.yaml changed" in again.stdout
    assert again.stdout.count("made again:") == 1
    fresh = small_school(tmp_path, KACPER)
    (fresh / "cases" / ROSA / "plan.yaml").write_text(changed, "utf-8")
    assert sendpack(fresh, "bundle", ROSA).returncode == 0
    assert bundle_of(school).read_bytes() == bundle_of(fresh).read_bytes()


@pytest.mark.parametrize("spoil", ["missing", "changed"])
def test_a_bundle_that_is_not_as_it_was_made_is_made_again(school: Path, spoil: str) -> None:
    good = bundle_of(school).read_bytes()
    bundle_of(school).unlink() if spoil == "missing" else bundle_of(school).write_bytes(good + b"\n% more")
    again = sendpack(school, "bundle", ROSA, "--why")
    assert "bundle.pdf was missing" in again.stdout or "bundle.pdf is not as it was made" in again.stdout
    assert bundle_of(school).read_bytes() == good


def test_another_pupils_name_that_is_new_is_looked_for(school: Path) -> None:
    other = school / "cases" / KACPER / "pupil.yaml"
    text = other.read_text("utf-8")
    other.write_text(text.replace("\nlegal_surname:", "\n# a new line\nlegal_surname:", 1), "utf-8")
    assert "made again: the names of other pupils changed" in sendpack(school, "bundle", ROSA, "--why").stdout


def test_a_document_edited_by_hand_is_told_although_nothing_is_made(school: Path) -> None:
    assert sendpack(school, "build", ROSA, "--only", "support-plan").returncode == 0
    word = school / "output" / ROSA / "support-plan.docx"
    word.write_bytes(word.read_bytes() + b"edit")
    found = sendpack(school, "bundle", ROSA)
    assert "is up to date" in found.stdout and "support-plan.docx was edited by hand" in found.stdout


def test_a_password_is_put_on_each_time(school: Path) -> None:
    for _ in range(2):
        found = sendpack(school, "bundle", ROSA, "--password", "--why", SENDPACK_PASSWORD="long enough 1")
        assert found.returncode == 0 and "made again:" in found.stdout
    assert b"/Encrypt" in bundle_of(school).read_bytes()


def test_what_was_made_of_evidence_that_is_gone_does_not_stay(school: Path) -> None:
    cache = school / "output" / ROSA / ".cache"
    assert sendpack(school, "bundle", ROSA).returncode == 0
    (cache / f"{'0' * 64}.bin").write_bytes(b"of an old report")
    record = school / "cases" / ROSA / "plan.yaml"
    os.utime(record)
    record.write_text(record.read_text("utf-8") + "\n# changed\n", "utf-8")
    assert sendpack(school, "bundle", ROSA).returncode == 0
    assert not (cache / f"{'0' * 64}.bin").exists()


KILLED = """
import os, signal, sys
from pathlib import Path
from generator.cli import main
whole = Path.replace
moments = [int(sys.argv.pop(1))]
def replace(self, target):
    found = whole(self, target)
    if "submission" in Path(target).parts:
        moments[0] -= 1
        if not moments[0]:
            os.kill(os.getpid(), signal.SIGKILL)
    return found
Path.replace = replace
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a signal of POSIX")
def test_a_run_that_is_killed_between_two_files_leaves_whole_ones_and_the_next_run_mends_it(school: Path) -> None:
    record = school / "cases" / ROSA / "plan.yaml"
    record.write_text(record.read_text("utf-8") + "\n# killed\n", "utf-8")
    folder = bundle_of(school).parent
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    environment = {**os.environ, **ENVIRONMENT}
    command = [sys.executable, "-c", KILLED, "1", "bundle", ROSA]
    ended = subprocess.run(command, cwd=school, env=environment, capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL
    seen = {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}
    assert seen.keys() == before.keys()
    for half in folder.glob(".*.part"):
        os.utime(half, (1, 1))
    assert sendpack(school, "bundle", ROSA).returncode == 0
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert all(content in (before[name], after[name]) for name, content in seen.items())
    assert after.keys() == before.keys(), "nothing is left of the run that was killed"
    assert len(pypdfium2.PdfDocument(after["bundle.pdf"])) > 10
