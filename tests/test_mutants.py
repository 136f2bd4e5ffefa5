"""The mutation run itself: it names what is there, changes what it says, and notices when nothing notices."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import mutants


@pytest.mark.parametrize("module", mutants.MODULES)
def test_every_module_and_its_tests_are_there(module: str) -> None:
    assert mutants.file_of(module).is_file()
    assert [name for name in mutants.MODULES[module].split() if not (mutants.ROOT / "tests" / name).exists()] == []


@pytest.mark.whole
def test_a_change_is_made_where_it_is_said() -> None:
    found = {str(one) for one in mutants.mutants("cases.costs")}
    assert any("planned <= SHORT_BLOCK -> planned < SHORT_BLOCK" in one for one in found)
    assert list(map(str, mutants.sample("cases.costs", 5, 1))) == list(map(str, mutants.sample("cases.costs", 5, 1)))


@pytest.mark.whole
def test_what_a_test_notices_and_what_it_does_not(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "from generator.cases.costs import weeks_counted\n\ndef test_it():\n    assert weeks_counted({'weeks': 6}, {}) == 6\n",  # noqa: E501
        "utf-8",
    )
    [boundary] = [one for one in mutants.mutants("cases.costs") if one.before == "planned <= SHORT_BLOCK"]
    [other] = [one for one in mutants.mutants("cases.costs") if one.before == "6000"]
    assert mutants.noticed(boundary, [str(tmp_path)]) and not mutants.noticed(other, [str(tmp_path)])
    assert not mutants.noticed(None, [str(tmp_path)])
