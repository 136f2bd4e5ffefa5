"""A real Chromium, and a person's ways in it: log in, press keys, look for what hinders somebody."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as Tab

from tests.web.conftest import REPO

AXE = REPO / "tests" / "data" / "axe" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of this machine."""
    program = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("there is no Chromium on this machine")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def hindrances(tab: Tab) -> list[str]:
    """What axe-core finds on the page as it is now, each with where."""
    tab.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = tab.evaluate("tags => axe.run(document, {runOnly: tags})", TAGS)
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]


def too_wide(tab: Tab) -> int:
    """By how many pixels the page is wider than its window."""
    return int(tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def enter(tab: Tab, address: str) -> None:
    """Go in by the first address."""
    tab.goto(address)
    tab.wait_for_url("**/")
    tab.wait_for_selector("h1:has-text('Pupils')")


def read_through(tab: Tab) -> None:
    """Wait until every pupil is read."""
    tab.wait_for_selector("#pupils:not([data-hx-get])", timeout=60_000)


def shot(tab: Tab, file: Path) -> None:
    """A picture of the window."""
    tab.screenshot(path=str(file))
