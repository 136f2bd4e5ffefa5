"""Make the pictures of the page in the README: `python -m tests.make_page_pictures`.

Walks the README's steps in a real browser from an empty folder, then through the example school, so what the pictures
show is what a person sees. The pictures are not part of any test; `tests/web` tests the page.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page as Tab

from tests.example_school import ROOT, sendpack
from tests.web.browser import chromium, enter, read_through
from tests.web.test_server import running

PLACE = ROOT / "docs" / "page"
WIDTH, HEIGHT, SHOWN = 1200, 780, 900


def keep(tab: Tab, name: str) -> None:
    """A picture of the window, small enough for a page of text."""
    image = Image.open(io.BytesIO(tab.screenshot())).convert("RGB")
    image = image.resize((SHOWN, HEIGHT * SHOWN // WIDTH), Image.Resampling.LANCZOS)
    image.quantize(64).save(PLACE / f"first-{name}.png", optimize=True)


def walk(tab: Tab) -> None:
    """From the empty folder to the plan with its document beside it."""
    read_through(tab)
    keep(tab, "1-start")
    tab.click("text=New pupil")
    tab.fill("#forenames", "Zoë Grace")
    tab.fill("#surname", "O'Brien-Šmidt")
    tab.fill("#born", "14/05/2018")
    tab.check("#status-K")
    tab.fill("#since", "07/09/2026")
    keep(tab, "2-new-pupil")
    tab.click("text=Begin the pupil’s folder")
    tab.wait_for_selector("#form-side, #record")
    keep(tab, "3-who")
    tab.click("p.back a")
    tab.wait_for_selector("#kind")
    tab.select_option("#kind", "plan")
    tab.click("button:text-is('Begin')")
    tab.wait_for_selector("#preview img", timeout=60_000)
    keep(tab, "4-plan")
    tab.click("p.back a")
    tab.wait_for_selector("#findings")
    keep(tab, "5-pupil")


def keep_window(tab: Tab, name: str) -> None:
    """A picture of the window as it is."""
    image = Image.open(io.BytesIO(tab.screenshot())).convert("RGB")
    image.quantize(128).save(PLACE / f"page-{name}.png", optimize=True)


def walk_example(tab: Tab) -> None:
    """The pupils, a form with its document beside it, light and dark, and a pupil on a narrow screen."""
    read_through(tab)
    keep_window(tab, "school")
    tab.click("#pupils >> text=Kacper")
    tab.set_viewport_size({"width": 375, "height": 800})
    keep_window(tab, "pupil-narrow")
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.click("section[aria-labelledby=records] >> text=SEN support plan")
    tab.wait_for_selector("#preview img", timeout=60_000)
    tab.fill("#f-review_date", "29 January 2027")
    tab.wait_for_selector(".paper[data-at]", timeout=60_000)
    tab.wait_for_timeout(3000)  # until the paper has come to what changed
    keep_window(tab, "record")
    tab.emulate_media(color_scheme="dark")
    keep_window(tab, "record-dark")


def main() -> None:
    """Make all of them."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        shutil.copytree(ROOT / "cases", Path(folder) / "cases")
        with running(Path(folder)) as (_, address):
            tab = browser.new_page(viewport={"width": 1280, "height": 800})
            enter(tab, address)
            walk_example(tab)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        sendpack(Path(folder), "init", "St Agnes SEND")
        with running(Path(folder) / "St Agnes SEND") as (_, address):
            tab = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            enter(tab, address)
            walk(tab)


if __name__ == "__main__":
    main()
