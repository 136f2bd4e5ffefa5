"""The engine that is Word itself: everything around Word, with a stand-in for Word, which no test machine has."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator import engines
from generator.engines import Docx, EngineFound, Failure, Pdf, msword
from generator.engines.rdocx import rdocx_engine
from tests import word_files

GOOD = word_files.paragraphs("A good page.")


@pytest.fixture
def present(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(msword, "found", lambda: EngineFound("word", True, "Microsoft Word", ""))


def draw(source: Path, target: Path) -> str:
    """Stands in for Word: the embedded engine's page."""
    result = next(iter(rdocx_engine.start().convert([Docx("x", source.read_bytes())])))
    assert isinstance(result, Pdf)
    target.write_bytes(result.content)
    return ""


@pytest.mark.whole
def test_word_is_used_when_asked_for(present: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(msword, "draw", draw)
    engine = engines.choose("word")
    results = list(engine.convert([Docx("a", GOOD), Docx("b", b"garbage")]))
    engine.close()
    assert isinstance(results[0], Pdf) and results[0].pages == 1
    assert isinstance(results[1], Failure)


def test_what_word_says_is_passed_on(present: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(msword, "draw", lambda *_: "The file is in use.")
    result = next(iter(engines.choose("word").convert([Docx("a", GOOD)])))
    assert result == Failure("a", "Word made no PDF of it: The file is in use.")


def test_on_a_timeout_only_the_word_that_was_started_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    commands: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        if command[0] == "taskkill":
            return subprocess.CompletedProcess(command, 0)
        (tmp_path / "document.pid").write_text("4711")
        raise subprocess.TimeoutExpired(command, msword.PATIENCE)

    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr(subprocess, "run", run)
    said = msword.draw(tmp_path / "document.docx", tmp_path / "document.pdf")
    assert said == "it had not finished after 90 seconds and was stopped"
    assert commands[1] == ["taskkill", "/F", "/T", "/PID", "4711"]
