"""The gallery shows every document that can be made, short and long, and the script that draws it runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from generator.authorities.pack import load_pack
from generator.engines import choose
from tests.make_gallery import (
    GALLERY,
    NAMES,
    PAGES,
    ROOT,
    Sheet,
    Written,
    compared,
    converted,
    make_sheets,
    readme,
    smallest_school,
    written,
)
from tests.rule_examples import schemas

LIST = (GALLERY / "README.md").read_text("utf-8")
MOST = 8_000_000
"""Bytes: the repository stays quick to fetch."""


def test_every_document_of_the_catalogue_is_listed_short_and_long() -> None:
    pack = load_pack("standard", [ROOT / "templates"], schemas())
    documents = {str(row["id"]) for row in pack.documents} - {"isp-preview"}  # a draft that no example plan asks for
    assert documents | {"briefing", "register"} == set(PAGES)
    for kind in PAGES:
        [line] = [line for line in LIST.splitlines() if line.startswith(f"| {NAMES[kind]} | [")]
        assert f"(sheets/{kind}-short.png)" in line and f"(sheets/{kind}-long.png)" in line


def test_every_picture_is_there_and_listed_and_all_are_small() -> None:
    listed = set(re.findall(r"\(([\w/-]+\.png)\)", LIST))
    there = {path.relative_to(GALLERY).as_posix() for path in GALLERY.rglob("*.png")}
    assert listed == there
    assert sum((GALLERY / name).stat().st_size for name in there) < MOST


def test_it_says_where_the_engines_differ_and_that_is_little() -> None:
    [counts] = re.findall(
        r"Of the (\d+) documents .* (\d+) have the same number of pages .* (\d+) the same words", LIST
    )
    every, same_pages, same_words = map(int, counts)
    assert same_pages >= 0.9 * every and same_words >= 0.9 * every
    assert len(re.findall(r"^\* .* pages by the built-in engine", LIST, re.MULTILINE)) == every - same_pages


@pytest.mark.whole
def test_the_script_draws_all_pages_of_a_document_on_one_sheet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    short = list(written(smallest_school(tmp_path / "school"), ["my-plan", "invitation"]))
    engine = choose("embedded")
    sheets = list(make_sheets(short, short[:1], {"embedded": engine}, tmp_path))
    engine.close()
    assert [(one.kind, one.length, one.whose, one.pages) for one in sheets] == [
        ("invitation", "short", "rosa-lind", (2,)),
        ("my-plan", "short", "rosa-lind", (1,)),
        ("invitation", "long", "rosa-lind", (2,)),
    ]
    with Image.open(tmp_path / sheets[0].file) as picture:
        assert picture.mode == "P" and picture.width > picture.height
    assert "my-plan-short.png" in capsys.readouterr().out


def test_the_list_tells_pages_of_both_engines_and_differences() -> None:
    sheets = [Sheet(kind, length, "ada-brown", (3, 2)) for kind in PAGES for length in ("short", "long")]
    text = readme(sheets, ["* ada-brown/request: 19 pages"])
    assert "[3 and 2 pages](sheets/profile-short.png), ada-brown" in text
    assert text.endswith("## Where the two engines differ\n\n* ada-brown/request: 19 pages\n")


def test_engines_that_differ_are_told_with_what_only_one_has(tmp_path: Path) -> None:
    short = list(written(smallest_school(tmp_path), ["invitation", "profile"]))
    engine = choose("embedded")
    profile, letter = converted(engine, short)
    engine.close()
    told = list(compared(short, {"embedded": [profile, letter], "libreoffice": [profile, profile]}))
    assert "Of the 2 documents of the example school 1 have the same number of pages from both, and 1 " in told[0]
    assert "* rosa-lind/invitation-eva: 2 pages by the built-in engine, 1 by LibreOffice" in told
    assert any(line.startswith("* rosa-lind/invitation-eva: only one has: ") for line in told)
    assert isinstance(short[0], Written)
