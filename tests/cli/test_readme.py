"""The README says what is so: its commands exist, its links lead somewhere, its example file is right."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from generator.cli.main import sendpack
from generator.folder.school_folder import find_project
from generator.records.yaml_text.yaml_reader import read_yaml
from tests.example_school import ROOT

READMES = [path for path in sorted(ROOT.rglob("*.md")) if not {".venv", "output", "node_modules"} & set(path.parts)]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = sorted((ROOT / "docs").glob("*.md"))
TEXT = "\n".join([README, *(page.read_text("utf-8") for page in PAGES)])
"""The README, and the pages that it leads on to for all that is long."""


def commands() -> set[str]:
    """The name of every command that the README writes as code: between backticks, or on a line of a block."""
    return set(re.findall(r"(?:`|^\s*)sendpack ([a-z][a-z-]*)", TEXT, re.MULTILINE))


def test_every_command_of_the_readme_exists() -> None:
    with click.Context(sendpack) as context:
        there = set(sendpack.list_commands(context))
    named = commands()
    assert named >= {
        "init",
        "new",
        "check",
        "build",
        "bundle",
        "status",
        "doctor",
        "register",
        "termly",
        "pack",
        "template",
    }
    assert named - there - {"keeps"} == set(), "`sendpack keeps` opens the first sentence"


def test_every_option_of_the_readme_exists() -> None:
    for line in re.findall(r"`(sendpack [^`]*)`[^|\n]*\|[^\n]*", TEXT):
        name = line.split()[1]
        command = sendpack.commands[name]
        row = next(row for row in TEXT.splitlines() if row.startswith("|") and f"`{line}`" in row)
        options = {option for param in command.params for option in param.opts}
        for option in re.findall(r"`?(--[a-z-]+)", row):
            assert option in options, f"{name} has no {option}"


@pytest.mark.parametrize("readme", READMES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(readme: Path) -> None:
    for address in re.findall(r"\]\(([^)#]+)\)", readme.read_text("utf-8")):
        if not address.startswith(("http://", "https://")):
            assert (readme.parent / address).exists(), address


def test_the_example_of_how_text_is_written_is_yaml() -> None:
    [block] = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    tree, problems = read_yaml(block.encode(), "README.md")
    assert tree is not None and problems == []
    assert tree["aspirations"]["pupil"] == "“I want to be a vet: for rabbits.”"


def test_the_table_of_files_names_every_kind_of_record() -> None:
    project = find_project(ROOT)
    for kind in project.schemas.kinds:
        if project.schemas.schema(kind).get("x-place", "pupil") == "pupil":
            [pattern] = project.schemas.files_of(kind)
            assert pattern.partition("*")[0].removesuffix("/") in TEXT, f"the README does not name {pattern}"


def test_the_readme_is_of_the_project_alone() -> None:
    for readme in READMES:
        assert not re.search(r"/tmp/|/work/|/root/|\bhelper session|\bissue \d", readme.read_text("utf-8")), readme


def test_the_readme_is_short_and_leads_to_every_page() -> None:
    assert len(README.splitlines()) < 320
    for page in PAGES:
        assert f"](docs/{page.name})" in README, page.name


def section(heading: str) -> str:
    """A part of the README."""
    [found] = re.findall(rf"^## {heading}\n(.*?)(?=^## )", README, re.MULTILINE | re.DOTALL)
    return str(found)


def test_there_is_a_page_for_each_reader() -> None:
    for reader in ("SENCO: your first pupil in the page", "teacher", "head teacher", "IT"):
        address = re.sub(r"[^a-z -]", "", f"for the {reader}".lower() if reader != "IT" else "for it").replace(" ", "-")
        assert f"](#{address})" in README, address
        assert len(section(f"For (?:the )?{reader}").split()) > 50, reader


def test_buttons_and_pictures_of_the_first_pupil_are_those_of_the_page() -> None:
    text = section("For the SENCO: your first pupil in the page")
    sources = [path for path in sorted((ROOT / "generator/web").rglob("*")) if path.suffix in (".j2", ".py")]
    shown = "\n".join(path.read_text("utf-8") for path in sources)
    named = {" ".join(words.split()) for words in re.findall(r"“([^”]+)”", text)}
    assert {"Import", "New pupil", "Make what is out of date", "Give out", "Termly round"} <= named
    assert {words for words in named - {"Request"} if words not in shown} == set()
    described = re.findall(r"!\[[^\]]{20,}\]\(docs/page/first-\d-[a-z-]+\.png\)", text)
    assert len(described) == 5, "each with words for who cannot see it"
