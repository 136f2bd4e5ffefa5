"""A school to write in, and the page as a client that is let in, without a browser."""

from __future__ import annotations

import gc
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask.testing import FlaskClient

from generator.engines import VARIABLE
from generator.web.application import application
from generator.web.beside_server import beside
from generator.web.security import cookie_of
from tests.forked_command import can_fork
from tests.forked_starts import LoadedStarts
from tests.web.client import Page, TemplatesCompiledOnce

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPO = Path(__file__).parents[2]
PORT = 8765


@pytest.fixture(scope="module", autouse=True)
def built_in_engine() -> Iterator[None]:
    """Documents are drawn by the engine that starts at once: the others are tried where engines are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, "embedded")
        yield


@pytest.fixture(scope="session", autouse=True)
def loaded_beside() -> Iterator[None]:
    """Processes beside the server come from one that has everything loaded: to load it takes each a second."""
    with pytest.MonkeyPatch.context() as patch:
        if can_fork({}):
            patch.setattr(beside, "multiprocessing", LoadedStarts())
        yield


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a file: longer, and Playwright's loop would be in the way of other tests' loops.

    What it leaves open is looked for at once, while these tests bear it: else a test that has nothing to do with it
    would be blamed, whenever the collector of garbage comes by.
    """
    from tests.web.browser import chromium

    with chromium() as started:
        yield started
    gc.collect()


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
    made = opened(school, "senco")
    yield made
    closed(made)


def opened(school: Path, role: str) -> Page:
    """The page of a school's folder for a role, let in by its first address."""
    app = application(school, role, lambda: PORT, lambda: None)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.jinja_env.bytecode_cache = TemplatesCompiledOnce()
    client: FlaskClient = app.test_client()
    page = Page(client, app.extensions["sendpack-sessions"], f"127.0.0.1:{PORT}")
    page.get(f"/begin?key={page.sessions.secret}")
    _OPEN.append(page)
    return page


_OPEN: list[Page] = []
"""The pages that tests opened and none has closed."""


@pytest.fixture(scope="module", autouse=True)
def all_closed() -> Iterator[None]:
    """What the tests of a file opened themselves is closed when they have ended."""
    yield
    while _OPEN:
        closed(_OPEN[-1])


def closed(page: Page) -> None:
    """End what works for a page: a thread that goes on would raise, or leave something open, in another test."""
    _OPEN.remove(page)
    page.client.application.extensions["sendpack"].close()
    for thread in threading.enumerate():
        if thread.name in ("read-ahead", "warm", "job"):
            thread.join(60)


@pytest.fixture
def inside(page: Page) -> Iterator[object]:
    """While a request of the page is answered."""
    page.get("/")
    app = page.client.application
    cookie = {"Cookie": f"{cookie_of(page.host)}={page.session.cookie}", "Host": page.host}
    with app.test_request_context("/", headers=cookie):
        app.preprocess_request()
        yield app
