"""Which engine is chosen, and what is said where one is missing."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from generator import engines
from generator.engines.docx.copy_prepared import docx_prepare
from generator.engines.libreoffice import converter, selftest
from generator.problems import MissingOnThisMachine, WrongUse
from tests import word_files
from tests.conftest import need_program


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "cache"))
    monkeypatch.delenv(engines.VARIABLE, raising=False)
    monkeypatch.delenv("SENDPACK_SOFFICE", raising=False)
    return tmp_path / "cache"


@pytest.mark.whole
def test_libreoffice_is_chosen_when_it_is_found_and_works(cache: Path) -> None:
    need_program("soffice")
    chosen = engines.choose()
    chosen.close()
    assert re.match(r"LibreOffice \d+\.\d+\.\S+ at ", chosen.about())
    assert list(cache.rglob("*selftest.json"))


@pytest.mark.whole
def test_the_self_test_runs_once_for_an_installation(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need_program("soffice")
    engine = converter.start()
    assert selftest.passes(engine)
    monkeypatch.setattr(converter.LibreOffice, "convert", lambda *_: pytest.fail("tested again"))
    assert selftest.passes(engine)
    engine.close()


def test_a_libreoffice_that_makes_nothing_is_passed_over(cache: Path, tmp_path: Path) -> None:
    broken = _program(tmp_path, "exit 0")
    chosen = engines.choose("auto", soffice=str(broken))
    assert chosen.name == "embedded"
    assert not list(cache.rglob("*selftest.json")) or "true" not in next(cache.rglob("*selftest.json")).read_text()


def _program(folder: Path, commands: str) -> Path:
    if sys.platform == "win32":
        pytest.skip("the stand-in for the program is a shell script")
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{commands}\n")
    program.chmod(0o755)
    return program


def test_without_libreoffice_the_embedded_engine_is_chosen(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.engines.libreoffice.find_soffice._usual_places", lambda: iter(()))
    assert engines.choose().name == "embedded"


def test_an_engine_asked_for_by_name_that_is_missing_stops_with_advice(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(MissingOnThisMachine, match="nowhere") as stopped:
        engines.choose("libreoffice", soffice=str(tmp_path / "nowhere"))
    assert "libreoffice.org" in stopped.value.advice
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(MissingOnThisMachine, match="does not run on this system"):
        engines.choose("word")
    monkeypatch.setitem(sys.modules, "rdocx", None)
    with pytest.raises(MissingOnThisMachine, match="rdocx"):
        engines.choose("embedded")


def test_an_unknown_engine_is_wrong_use() -> None:
    with pytest.raises(WrongUse, match="no PDF engine called 'latex'") as stopped:
        engines.choose("latex")
    assert stopped.value.advice == "choose one of: auto, embedded, libreoffice, word"


def test_the_environment_may_name_the_engine(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(engines.VARIABLE, "embedded")
    assert engines.choose().name == "embedded"


def test_word_is_never_chosen_by_itself(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.engines.libreoffice.find_soffice._usual_places", lambda: iter(()))
    monkeypatch.setattr("generator.engines.msword.start", lambda: pytest.fail("Word was started"))
    assert engines.choose().name == "embedded"


@pytest.mark.whole
def test_what_is_found_is_told_with_what_to_do() -> None:
    told = engines.found()
    assert [found.name for found in told] == ["libreoffice", "embedded", "word"]
    assert all(found.available or found.advice for found in told)
    assert next(f for f in told if f.name == "embedded").available


def test_the_usual_places_hold_the_program_in_an_installation(tmp_path: Path) -> None:
    from generator.engines.libreoffice import find_soffice

    inside = tmp_path / "LibreOffice" / "program"
    inside.mkdir(parents=True)
    program = _program(inside, "echo LibreOffice 24.8.1.2 abc")
    assert find_soffice.find(str(tmp_path / "LibreOffice")) == program
    assert find_soffice.version(program) == "24.8.1.2"
    assert find_soffice.caution(Path("/snap/bin/libreoffice"))


@pytest.mark.whole
def test_facts_are_read_without_changing_the_document() -> None:
    plan = word_files.plan()
    facts = docx_prepare.facts(plan)
    assert facts.content == plan
    assert facts.title == word_files.TITLE
    assert facts.language == "en-GB"
