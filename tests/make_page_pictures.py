"""Make the pictures of the first pupil in the page: `python -m tests.make_page_pictures`.

Walks the README's steps in a real browser from an empty folder, so what the pictures show is what a person sees. The
pictures are not part of any test; `tests/web` tests the page.
"""

from __future__ import annotations

import io
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


def main() -> None:
    """Make all of them."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        sendpack(Path(folder), "init", "St Agnes SEND")
        with running(Path(folder) / "St Agnes SEND") as (_, address):
            tab = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            enter(tab, address)
            walk(tab)


if __name__ == "__main__":
    main()
