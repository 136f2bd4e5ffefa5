"""A school to write in, and the page as a client that is let in, without a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from generator.engines import VARIABLE
from generator.web.application import application
from tests.web.client import Page

REPO = Path(__file__).parents[2]
PORT = 8765


@pytest.fixture(scope="module", autouse=True)
def built_in_engine() -> Iterator[None]:
    """Documents are drawn by the engine that starts at once: the others are tried where engines are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, "embedded")
        yield


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example school's folder, to be copied."""
    folder = tmp_path_factory.mktemp("example") / "school"
    shutil.copytree(REPO / "cases", folder / "cases")
    return folder


def small_school(folder: Path) -> Path:
    """A school's folder with three pupils of the example."""
    (folder / "cases").mkdir(parents=True)
    shutil.copy(REPO / "cases" / "school.yaml", folder / "cases")
    for name in ("ada-brown", "kacper-wisniewski", "idris-chowdhury"):
        shutil.copytree(REPO / "cases" / name, folder / "cases" / name)
    return folder


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """A school's folder with three pupils, to change."""
    return small_school(tmp_path / "school")


@pytest.fixture
def page(school: Path) -> Iterator[Page]:
    """The page of that school, with its cookie."""
    yield opened(school, "senco")


def opened(school: Path, role: str) -> Page:
    """The page of a school's folder for a role, let in by its first address."""
    app = application(school, role, lambda: PORT, lambda: None)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    client: FlaskClient = app.test_client()
    page = Page(client, app.extensions["sendpack-sessions"], f"127.0.0.1:{PORT}")
    page.get(f"/begin?key={page.sessions.secret}")
    return page
