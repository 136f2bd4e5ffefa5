"""What all tests share."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

from tests.bundled_school import made_once


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--quick`: what `make quick` runs."""
    parser.addoption("--quick", action="store_true", help="leave out what needs another program or takes seconds")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With `--quick` nothing that is marked `whole` runs."""
    if config.getoption("--quick"):
        for item in items:
            if item.get_closest_marker("whole"):
                item.add_marker(pytest.mark.skip(reason="left out by --quick"))


def pytest_configure(config: pytest.Config) -> None:
    """Tests in processes beside this one are told as well, and start as quickly as on a user's machine."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else every start compiles all modules anew: a fifth of the time
    if config.getoption("--quick"):
        os.environ["SENDPACK_QUICK_TESTS"] = "1"


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school in which Ada's bundle was made: to be copied (tests/bundled_school.py), never changed."""
    return made_once(tmp_path_factory)


def need_program(name: str, why: str = "") -> str:
    """The path of a program that a test needs; absent means skipped on a laptop and failed under CI=true."""
    if os.environ.get("SENDPACK_QUICK_TESTS"):
        pytest.skip(f"{name} is left out by --quick", allow_module_level=True)
    found = shutil.which(name)
    if found is None:
        absent(f"the program {name!r} is not on this machine{': ' + why if why else ''}")
    return found


def absent(message: str) -> NoReturn:
    """What a test needs is not to be had: skipped on a laptop and failed under CI=true, with the words for it."""
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
