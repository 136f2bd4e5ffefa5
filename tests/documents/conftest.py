"""What several tests of documents are given: each of the two engines in turn."""

from __future__ import annotations

import pytest

from generator.engines import Engine
from tests.engines.real_engines import engine_called


@pytest.fixture(scope="module", params=["embedded", "libreoffice"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """The built-in engine, then LibreOffice where it is on this machine."""
    return engine_called(request.param)
