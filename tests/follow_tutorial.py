"""A tutorial is a test: its files are written and its commands run, in order, in a school's own new folder."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from tests.example_school import sendpack


def steps(tutorial: Path) -> list[tuple[str, str, str]]:
    """Every code block: its language, the file that it is (`+file`: what is added to it; or nothing), its text."""
    found = re.findall(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", tutorial.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return [(language, file, text) for language, file, text in found]


def follow(tutorial: Path, folder: Path) -> None:
    """Do what the page says, in a folder. Raises AssertionError where it does not come true."""
    for language, file, text in steps(tutorial):
        if file.startswith("+"):
            with (folder / file[1:]).open("a", encoding="utf-8") as out:
                out.write(f"\n{text}")
        elif file:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(text, "utf-8")
        else:
            assert language == "console", f"a block of {language} that nobody follows"
            run(folder, text)


def run(folder: Path, text: str) -> None:
    """Each line after `$` is a command; the lines under it are in what it prints."""
    for block in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, *expected = block.strip().splitlines()
        program, *words = shlex.split(command)
        ran = sendpack(folder, *words)
        assert program == "sendpack" and ran.returncode == 0, f"{command}\n{ran.stdout}{ran.stderr}"
        for line in expected:
            assert line in ran.stdout, f"{command} does not print {line!r} but {ran.stdout}"
