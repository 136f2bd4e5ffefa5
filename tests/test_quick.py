"""What `make quick` does not even load: files of which each test is left out, and no other."""

from __future__ import annotations

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
        ("import pytest\n", False),
    ],
)
def test_a_file_is_not_loaded_where_each_of_its_tests_is_left_out(text: str, left_out: bool) -> None:
    assert all_left_out(text) is left_out
