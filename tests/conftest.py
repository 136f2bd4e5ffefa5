"""What all tests share."""

from __future__ import annotations

import gc
import os
import re
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import NoReturn

import pytest

from tests.bundled_school import made_once


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--quick`: what `make quick` runs."""
    parser.addoption("--quick", action="store_true", help="leave out what needs another program or takes seconds")


# The files that take longest come first, so that no core waits at the end for one of them: `make test` gives whole
# files to its cores in this order. Measured with --durations; a file that is not here keeps its place.
LONGEST = (
    "web/test_every_page.py",
    "windows/test_under_wine.py",
    "engines/test_pages.py",
    "submission/test_submission.py",
    "engines/test_libreoffice.py",
    "attacks/test_markers.py",
    "documents/test_languages.py",
    "attacks/test_cut_off_anywhere.py",
    "web/test_browser.py",
    "bundle/test_intake_children.py",
    "engines/test_engines.py",
    "web/test_journey.py",
    "web/test_every_route.py",
    "engines/test_foreign_word.py",
    "web/test_keyboard.py",
)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Every other worker reads the test files from the last to the first.

    Each has to read all of them, and what pytest makes of a file is kept beside it. Which worker comes first to a file
    makes it, and the others find it: so two workers share the work, which takes one alone half a minute.
    """
    report = yield
    if isinstance(collector, pytest.Directory | pytest.Session) and WORKER.endswith(("1", "3", "5", "7", "9")):
        report.result.reverse()
    return report


WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """With `--quick` a file of which everything is left out is not even loaded: to load all takes ten seconds."""
    if config.getoption("--quick") and collection_path.match("test_*.py"):
        return all_left_out(collection_path.read_text("utf-8")) or None
    return None


def all_left_out(text: str) -> bool:
    """True when each test of a file is marked `whole`, or the file is; a file with tests of another form is loaded."""
    if re.search(r"^pytestmark = pytest\.mark\.whole$", text, re.MULTILINE):
        return True
    if re.search(r"^class Test|^\s*async def test_|^[ \t]+def test_|TestCase\b", text, re.MULTILINE):
        return False
    parts = re.split(r"^def test_", text, flags=re.MULTILINE)
    marked = (
        re.search(r"^@pytest\.mark\.whole$", before.rpartition("\n\n\n")[2], re.MULTILINE) for before in parts[:-1]
    )
    return len(parts) > 1 and all(marked)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest files first; with `--quick` nothing that is marked `whole` runs."""
    first = {str(Path(__file__).parent / name): number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: (first.get(str(item.path), len(first)), item.path))  # within a file the order stays
    if config.getoption("--quick"):
        left_out = [item for item in items if item.get_closest_marker("whole")]
        items[:] = [item for item in items if not item.get_closest_marker("whole")]
        config.hook.pytest_deselected(items=left_out)


def pytest_configure(config: pytest.Config) -> None:
    """Tests in processes beside this one are told as well, and start as quickly as on a user's machine."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else every start compiles all modules anew: a fifth of the time
    os.fsync = not_waiting_for_the_disk
    if config.getoption("--quick"):
        os.environ["SENDPACK_QUICK_TESTS"] = "1"


def not_waiting_for_the_disk(_: int) -> None:
    """Instead of os.fsync, which waits some ms for every file: only a cut of the power would tell the difference.

    That files are told to the disk, and when, is in files/test_atomic_files.py.
    """


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """While tests are collected nothing becomes garbage: looking for it takes a seventh of the time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish() -> None:
    """What collecting loaded stays to the end, so the collector of garbage need not look it through again and again.

    It takes a seventh of the time of the quick tests otherwise.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


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
