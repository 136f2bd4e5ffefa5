"""What `make quick` does not even load: files of which each test is left out, and no other."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.conftest import all_left_out

WHOLE = "@pytest.mark.whole\n"
ONE = "\n\ndef test_one() -> None:\n    pass\n"
MARKED = f"\n\n{WHOLE}def test_two(tmp_path: Path) -> None:\n    pass\n"
SEVERAL = f"\n\n{WHOLE}@pytest.mark.parametrize('x', [\n    1,\n])\ndef test_three(x: int) -> None:\n    pass\n"


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("import pytest\n\npytestmark = pytest.mark.whole\n" + ONE, True),
        ("import pytest\n" + MARKED + SEVERAL, True),
        ("import pytest\n" + MARKED + ONE, False),
        ("import pytest\n" + ONE + MARKED, False),
        ("import pytest\n" + MARKED + "\n\nclass TestMore:\n    def test_it(self) -> None:\n        pass\n", False),
        ("import pytest\n" + MARKED + "\n\nasync def test_later() -> None:\n    pass\n", False),
        ("import pytest\n" + MARKED + "\n\nif pytest:\n\n    def test_there() -> None:\n        pass\n", False),
        ("import pytest\n" + MARKED + "\n\nTestSteps = Steps.TestCase\n", False),
        ("import pytest\n", False),
    ],
)
def test_a_file_is_not_loaded_where_each_of_its_tests_is_left_out(text: str, left_out: bool) -> None:
    assert all_left_out(text) is left_out


@pytest.mark.whole
def test_no_test_of_ours_is_left_out_that_is_not_marked() -> None:
    """Read as Python reads them: wherever a test stands in a file that is not loaded, it is marked, or the file is."""
    texts = {path: path.read_text("utf-8") for path in Path(__file__).parent.rglob("test_*.py")}
    left_out = {path: text for path, text in texts.items() if all_left_out(text)}
    assert 30 < len(left_out) < len(texts)
    for path, text in left_out.items():
        if re.search(r"^pytestmark = pytest\.mark\.whole$", text, re.MULTILINE):
            continue
        tree = ast.parse(text)
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        named = [one for one in ast.walk(tree) if isinstance(one, kinds) and one.name.lower().startswith("test")]
        assert named, path
        for one in named:
            marks = {ast.unparse(mark) for mark in one.decorator_list}
            assert "pytest.mark.whole" in marks, (path, ast.unparse(one)[:80])
        assert not [one for one in ast.walk(tree) if isinstance(one, ast.Attribute) and one.attr == "TestCase"], path
