"""The mutation run itself: it names what is there, changes what it says, and notices when nothing notices."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import mutants
from tests.mutant_changes import ROOT, Mutant, Source, file_of
from tests.mutant_modules import EQUIVALENT, MODULES


@pytest.mark.parametrize("module", MODULES)
def test_every_module_and_its_tests_are_there(module: str) -> None:
    assert file_of(module).is_file()
    assert [name for name in MODULES[module].split() if not (ROOT / "tests" / name).exists()] == []


def changes(module: str) -> list[Mutant]:
    source = Source.read(module)
    return [source.mutant(*place) for place in source.places]


@pytest.mark.whole
def test_a_change_is_made_where_it_is_said() -> None:
    found = {one.known_as for one in changes("cases.costs")}
    weeks = "provision.get('weeks', SHORT_BLOCK + 1)"
    assert f"cases.costs is_short_block: {weeks} <= SHORT_BLOCK -> {weeks} < SHORT_BLOCK" in found
    once, again = ([str(one) for one, _ in mutants.sample("cases.costs", 5, 1)] for _ in range(2))
    assert once == again


@pytest.mark.whole
def test_what_cannot_be_noticed_is_a_change_that_is_tried() -> None:
    modules = {one.partition(" ")[0] for one in EQUIVALENT}
    assert set(EQUIVALENT) - {one for module in modules for one in Source.read(module).known_as()} == set()


@pytest.mark.whole
def test_what_a_test_notices_and_what_it_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "test_it.py").write_text(
        "from generator.cases.costs import weeks_counted\n\n"
        "def test_it():\n    assert weeks_counted({'weeks': 6}, {}) == 6\n",
        "utf-8",
    )
    monkeypatch.setitem(MODULES, "cases.costs", str(tmp_path))
    source = Source.read("cases.costs")
    every = [(one, source.owner(one.line)[1]) for one in changes("cases.costs")]
    inside = next(one for one in every if one[0].before.endswith("<= SHORT_BLOCK"))
    outside = next(one for one in every if one[0].before == "6000")
    short = next(one for one in every if one[0].inside == "SHORT_BLOCK")
    missed = mutants.survivors("cases.costs", [inside, outside, short])
    assert missed is not None and [one.inside for one in missed] == ["THRESHOLD", "SHORT_BLOCK"]
    (tmp_path / "test_it.py").write_text("def test_it():\n    assert False\n", "utf-8")
    assert mutants.survivors("cases.costs", [inside]) is None
