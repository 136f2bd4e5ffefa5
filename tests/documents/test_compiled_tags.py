"""Compiled templates are kept between runs, and another template or another program compiles anew."""

from __future__ import annotations

from pathlib import Path
from types import CodeType

import pytest

from generator.documents.templates import compiled_tags, render
from tests.example_school import ROOT

PROFILE, HOUSE = (ROOT / "templates" / "standard" / f"{name}.docx" for name in ("profile", "house"))


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The parts that were compiled, with a cache that is empty at first."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    made: list[str] = []
    real = render._code

    def code(template: str, name: str, source: str) -> CodeType:
        made.append(name)
        return real(template, name, source)

    monkeypatch.setattr(render, "_code", code)
    return made


def test_a_template_is_compiled_once_and_says_the_same(counted: list[str]) -> None:
    first = render.load_template(PROFILE, HOUSE)
    compiled = len(counted)
    assert compiled >= 1
    second = render.load_template(PROFILE, HOUSE)
    assert len(counted) == compiled
    assert [part.source for part in second.parts] == [part.source for part in first.parts]


def test_another_program_compiles_anew(counted: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    render.load_template(PROFILE, HOUSE)
    compiled = len(counted)
    monkeypatch.setattr(compiled_tags, "program", lambda: "another")
    render.load_template(PROFILE, HOUSE)
    assert len(counted) == 2 * compiled


def test_another_template_is_compiled(counted: list[str]) -> None:
    render.load_template(PROFILE, HOUSE)
    compiled = len(counted)
    render.load_template(PROFILE, None)
    assert len(counted) > compiled
