"""What all tests share."""

from __future__ import annotations

import os
import shutil

import pytest


def need_program(name: str, why: str = "") -> str:
    """The path of a program that a test needs; absent means skipped on a laptop and failed under CI=true."""
    found = shutil.which(name)
    if found is None:
        message = f"the program {name!r} is not on this machine{': ' + why if why else ''}"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found
