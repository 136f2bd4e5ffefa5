"""A real Chromium, and a person's ways in it: log in, press keys, look for what hinders somebody."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect, sync_playwright
from playwright.sync_api import Page as Tab

from tests.conftest import absent

expect.set_options(timeout=60_000)
"""Playwright's five seconds are short on a machine that runs other tests beside; what holds is seen at once anyway."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of this machine."""
    program = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    if program is None:
        absent("there is no Chromium on this machine")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def reach(tab: Tab, words: str, most: int = 120) -> None:
    """Go on with the Tab key until what these words begin has the focus, which must always be seen."""
    tab.wait_for_load_state()  # the page puts the cursor somewhere while it is loaded
    passed = []
    for _ in range(most):
        tab.keyboard.press("Tab")
        passed.append(tab.evaluate("(document.activeElement.textContent || '').trim().replace(/\\s+/g, ' ')"))
        assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", passed[-1]
        if passed[-1].startswith(words):
            return
    raise AssertionError(f"the keyboard does not reach {words}: {passed}")


def too_wide(tab: Tab) -> int:
    """By how many pixels the page is wider than its window."""
    return int(tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


_LET_IN: dict[str, list[Any]] = {}
"""The cookies of each first address that was used: it opens the page once."""


def enter(tab: Tab, address: str) -> None:
    """Go in by the first address; later windows share what it gave the first one."""
    if address in _LET_IN:
        tab.context.add_cookies(_LET_IN[address])
    tab.goto(address)
    tab.wait_for_url("**/")
    tab.wait_for_selector("h1:has-text('Pupils')")
    _LET_IN[address] = list(tab.context.cookies())


def read_through(tab: Tab) -> None:
    """Wait until every pupil is read."""
    tab.wait_for_selector("#pupils:not([data-hx-get])", timeout=60_000)


def open_all(tab: Tab) -> None:
    """Open everything that a person could open."""
    tab.evaluate("document.querySelectorAll('#record details').forEach((box) => { box.open = true; })")


def fill_in(tab: Tab, answers: dict[str, str]) -> None:
    """Write, or choose, the answers to questions by their names in the form."""
    for name, value in answers.items():
        box = tab.locator(f"[name='{name}']").first
        if box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)


def add_row(tab: Tab, name: str) -> None:
    """Add an entry to a list of the form, and wait until it is there."""
    open_all(tab)
    rows = tab.locator(f"#f-{name} > .row")
    before = rows.count()
    tab.click(f"#f-{name} > button:has-text('Add')")
    expect(rows).to_have_count(before + 1, timeout=60_000)
    open_all(tab)


def save(tab: Tab) -> None:
    """Save the form, and wait until the page says so."""
    with tab.expect_navigation():  # the page of before may say so too
        tab.click(".save button")
    tab.wait_for_selector("#said >> text=Saved.", timeout=60_000)


def begin(tab: Tab, kind: str) -> None:
    """Begin a record on the pupil's page."""
    tab.select_option("#kind", label=kind)
    tab.click("form:has(#kind) button")
    tab.wait_for_selector("#record")
    open_all(tab)


def wait_for_work(tab: Tab) -> str:
    """Wait for the work whose page this is; gives what came of it."""
    tab.wait_for_selector("#work a.button", timeout=900_000)
    return tab.inner_text("#work")


def shot(tab: Tab, file: Path) -> None:
    """A picture of the window."""
    tab.screenshot(path=str(file))
