"""The page in a real browser: for everyone (axe, keyboard, narrow, zoomed, dark) and as a SENCO uses it."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from tests.web.browser import chromium, enter, hindrances, read_through, too_wide
from tests.web.test_server import running

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def address(example: Path) -> Iterator[str]:
    """The page of the whole example school, served once; its records are not changed."""
    with running(example) as (_, found):
        yield found


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Tab]:
    """A window that is let in; whatever a page's script or policy complains of is a failure."""
    made = browser.new_page(viewport={"width": 1280, "height": 900})
    wrong: list[str] = []
    made.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    made.on("pageerror", lambda error: wrong.append(str(error)))
    enter(made, address)
    yield made
    made.close()
    assert [line for line in wrong if "409" not in line and "422" not in line] == []


def pages_of(tab: Tab) -> list[str]:
    """The address of every page, found by following the links as a person would."""
    read_through(tab)
    home = tab.url.rstrip("/")
    menu = [str(link.get_attribute("href")) for link in tab.query_selector_all("nav a")]
    tab.click("text=Ada Brown")
    tab.wait_for_selector("section[aria-labelledby=records] li a")  # a click does not wait for the page that it opens
    tab.wait_for_selector("section[aria-labelledby=documents] p a")
    pupil = tab.url
    records = [
        str(link.get_attribute("href")) for link in tab.query_selector_all("section[aria-labelledby=records] li a")
    ]
    inside = [
        str(link.get_attribute("href")) for link in tab.query_selector_all("section[aria-labelledby=documents] p a")
    ]
    one_of_each = [records[0], records[1], records[2], records[3], records[-1]]
    return [home + part for part in ["/new-pupil", "/retention", *menu, *one_of_each, *inside]] + [pupil]


def test_axe_finds_nothing_on_any_page_wide_narrow_light_or_dark(tab: Tab) -> None:
    """Every page in the light and wide; in the dark and at 320 pixels each page is looked at once for each kind."""
    found: dict[str, list[str]] = {}
    dark = ("", "evidence", "bundle", "register", "new-pupil")
    for page in pages_of(tab):
        tab.goto(page)
        tab.wait_for_selector("h1")
        ways = [("light", 1280)]
        if page.rpartition("/")[2] in dark or "/p/" in page or "/r/" in page:
            ways.append(("dark", 320))
        for scheme, width in ways:
            tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            tab.set_viewport_size({"width": width, "height": 800})
            if lines := hindrances(tab):
                found[f"{tab.title()} {scheme} {width}"] = lines
        tab.set_viewport_size({"width": 320, "height": 800})
        if too_wide(tab) > 0:
            found[f"{tab.title()} is {too_wide(tab)} pixels too wide at 320"] = []
    assert found == {}


def test_the_keyboard_alone_does_everything(tab: Tab) -> None:
    read_through(tab)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the main part"
    tab.keyboard.press("Enter")
    reached = []
    for _ in range(60):
        tab.keyboard.press("Tab")
        reached.append(tab.evaluate("document.activeElement.textContent.trim().slice(0, 40)"))
        seen = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert seen != "none", reached[-1]
        if reached[-1] == "Ada Brown":
            break
    tab.keyboard.press("Enter")
    tab.wait_for_selector("h1:has-text('Ada Brown')")


def test_findings_and_the_page_beside_follow_the_writing(tab: Tab) -> None:
    read_through(tab)
    tab.click("text=Kacper")
    tab.click("section[aria-labelledby=records] >> text=SEN support plan")
    tab.wait_for_selector(".paper img", timeout=60_000)
    box = tab.locator("#f-review_date")
    old = box.input_value()
    box.fill("31 November 2026")
    expect(tab.locator("#f-review_date-said")).to_contain_text("November has 30 days", timeout=20_000)
    assert tab.locator("#f-review_date-said").get_attribute("aria-live") == "polite"
    box.fill("27 January 2027")
    expect(tab.locator("#f-review_date-said")).not_to_contain_text("November has 30 days", timeout=20_000)
    expect(tab.locator(".paper img")).to_have_attribute("alt", re.compile("Changed: .*27"), timeout=30_000)
    box.fill(old)
    tab.evaluate("window.onbeforeunload = null")


def test_a_row_is_added_without_losing_what_is_written(tab: Tab) -> None:
    read_through(tab)
    tab.click("text=Kacper")
    tab.click("section[aria-labelledby=records] >> text=SEN support plan")
    tab.wait_for_selector("#record")
    tab.fill("#f-review_date", "28 January 2027")
    before = tab.locator("#f-outcomes > .row").count()
    tab.click("#f-outcomes > button:has-text('Add')")
    expect(tab.locator("#f-outcomes > .row")).to_have_count(before + 1, timeout=20_000)
    assert tab.input_value("#f-review_date") == "28 January 2027"
    focused = tab.evaluate("document.activeElement.closest('.row')?.id")
    assert focused == f"f-outcomes-{before}"


def test_a_senco_who_uses_only_the_page(browser: Browser, school: Path) -> None:
    """A pupil from nothing to a support plan: never a file, never a command after `sendpack open`."""
    with running(school) as (_, found):
        tab = browser.new_page()
        enter(tab, found)
        tab.click("text=New pupil")
        tab.fill("#forenames", "Zed Alan")
        tab.fill("#surname", "Young")
        tab.fill("#born", "14 May 2018")
        tab.click("text=Begin the pupil’s folder")
        tab.wait_for_selector("#record")
        tab.fill("#f-people-0-name", "Jo Young")
        tab.fill("#f-people-0-relationship", "mother")
        tab.click(".save >> text=Save")
        tab.wait_for_selector("#said >> text=Saved.")
        tab.click(".back a")
        tab.select_option("#kind", label="SEN support plan")
        tab.click("text=Begin >> nth=-1")
        tab.wait_for_selector("h1:has-text('SEN support plan')")
        assert (school / "cases/zed-alan-young/plan.yaml").is_file()
        tab.fill("textarea[name='outcomes/0/text']", "Zed reads a page of a Year 3 book aloud by July 2027.")
        tab.click(".save >> text=Save")
        tab.wait_for_selector("#said >> text=Saved.")
        assert "Zed reads a page" in (school / "cases/zed-alan-young/plan.yaml").read_text("utf-8")
        tab.close()


def test_files_are_dropped_into_the_evidence(browser: Browser, school: Path) -> None:
    with running(school) as (_, found):
        tab = browser.new_page()
        enter(tab, found)
        read_through(tab)
        tab.click("text=Kacper")
        tab.click("section[aria-labelledby=documents] >> text=Evidence")
        drop = """form => { const data = new DataTransfer();
            data.items.add(new File(["%PDF-1.4 a"], "Letter from the GP.pdf", {type: "application/pdf"}));
            form.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true})); }"""
        tab.locator("form[data-drop]").evaluate(drop)
        tab.wait_for_selector("text=Still to be described", timeout=20_000)
        assert (school / "cases/kacper-wisniewski/evidence/letter-from-the-gp.pdf").is_file()
        tab.close()


def test_server_and_browser_killed_while_writing_lose_nothing(browser: Browser, school: Path) -> None:
    plan = school / "cases/kacper-wisniewski/plan.yaml"
    before = plan.read_bytes()

    def opened(found: str) -> Tab:
        tab = browser.new_page()
        enter(tab, found)
        read_through(tab)
        tab.click("text=Kacper")
        tab.click("section[aria-labelledby=records] >> text=SEN support plan")
        tab.wait_for_selector("#record")
        return tab

    with running(school) as (process, found):
        tab = opened(found)
        tab.fill("#f-review_date", "29 January 2027")
        expect(tab.locator("#kept")).to_contain_text("Kept as a draft", timeout=20_000)
        process.send_signal(signal.SIGKILL)
        tab.close()
    assert plan.read_bytes() == before
    with running(school) as (_, found):
        tab = opened(found)
        tab.click("text=Go on with it")
        assert tab.input_value("#f-review_date") == "29 January 2027"
        tab.click(".save >> text=Save")
        tab.wait_for_selector("#said >> text=Saved.")
        assert b"review_date: 29 January 2027" in plan.read_bytes()
        tab.close()


def test_everything_can_be_written_and_saved_without_scripts(browser: Browser, school: Path) -> None:
    with running(school) as (_, found):
        tab = browser.new_context(java_script_enabled=False).new_page()
        enter(tab, found)
        tab.click("text=kacper-wisniewski") if tab.locator("text=kacper-wisniewski").count() else tab.click(
            "text=Kacper"
        )
        tab.click("section[aria-labelledby=records] >> text=SEN support plan")
        tab.click("#f-outcomes > button:has-text('Add')")
        tab.fill("textarea[name='outcomes/1/text']", "Kacper asks for help with a card.")
        tab.click(".save >> text=Save")
        tab.wait_for_selector("#said >> text=Saved.")
        assert "asks for help with a card" in (school / "cases/kacper-wisniewski/plan.yaml").read_text("utf-8")
        tab.close()
