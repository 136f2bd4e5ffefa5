"""What several tests of documents are given: each of the two engines in turn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generator.engines import Engine, choose
from tests.conftest import need_program


@pytest.fixture(scope="module", params=["embedded", "libreoffice"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The built-in engine, then LibreOffice where it is on this machine."""
    if request.param == "libreoffice":
        need_program("soffice")
    started = choose(request.param)
    yield started
    started.close()
