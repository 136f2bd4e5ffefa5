"""Small ways out: a password that children inherit, a file's text that steers the terminal."""

from __future__ import annotations

import os

import pytest

from generator.cli.pupil_commands.bundle_command import _password
from generator.problems import Problem, shown

STEERING = ["\x1b[2J", "\x07", "\x9b31m", "\u202e", "\u2066", "\x00", "\ud800", "\u200f", "\r"]


def test_a_password_is_not_inherited_by_programs_that_are_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENDPACK_PASSWORD", "correct horse")
    assert _password() == "correct horse"
    assert "SENDPACK_PASSWORD" not in os.environ


@pytest.mark.parametrize("steering", STEERING)
def test_no_text_of_a_file_steers_the_terminal(steering: str) -> None:
    told = str(Problem("cases/a/log.yaml", 1, 1, "data", "x", f"`Ada{steering}Brown` is nobody", "write\nit anew"))
    assert steering[0] not in told and "Ada" in told and "Brown" in told
    told.encode()


def test_ordinary_text_is_shown_as_it_is() -> None:
    text = "Łukasz, Zoë and 李: “fine”\n\tnext line, Ω, عربي"
    assert shown(text) == text
