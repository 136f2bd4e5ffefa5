"""Every kind of action by keys alone: the cursor is seen, comes in order, and stays when a part is drawn again."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from generator.web.security import cookie_of
from tests.web.browser import reach
from tests.web.client import Page
from tests.web.conftest import small_school
from tests.web.every_page import ADA, KACPER, served
from tests.web.test_authority_forms import blank
from tests.web.test_evidence_and_bundle import finished

pytestmark = [pytest.mark.whole, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One school for all tests."""
    return small_school(tmp_path_factory.mktemp("keys") / "school")


@pytest.fixture(scope="module")
def page(folder: Path) -> Iterator[Page]:
    """Its page, served, and a client that shares the browser's session."""
    with served(folder, "senco") as found:
        yield found


@pytest.fixture
def tab(browser: Browser, page: Page) -> Iterator[Tab]:
    """A window that is let in."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": cookie_of(page.host), "value": page.session.cookie, "url": f"http://{page.host}"}])
    made = context.new_page()
    made.set_default_timeout(60_000)
    yield made
    context.close()


def go(tab: Tab, page: Page, address: str) -> None:
    """Open an address."""
    tab.goto(f"http://{page.host}{address}")


def named(tab: Tab) -> str:
    """The name, or the words, of what has the cursor."""
    return str(tab.evaluate("document.activeElement.name || document.activeElement.textContent.trim()"))


def tab_to(tab: Tab, name: str, most: int = 200) -> None:
    """Go on with the Tab key to a box of a name, always seeing where one is."""
    tab.wait_for_load_state()  # the page puts the cursor somewhere while it is loaded
    for _ in range(most):
        tab.keyboard.press("Tab")
        if (focused := tab.evaluate("document.activeElement.name || ''")) == name or focused.endswith(f"/{name}"):
            assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(f"the keyboard does not reach {name}")


def test_pages_and_documents_beside_the_form_are_turned_and_the_cursor_stays(tab: Tab, page: Page) -> None:
    go(tab, page, f"/r/{page.session.ids.of('record', f'cases/{ADA}/cycles/2026-autumn.yaml')}")
    tab.wait_for_selector(".paper img")
    tab.locator("#preview-document").focus()
    reach(tab, "Page after")
    tab.keyboard.press("Enter")
    expect(tab.locator(".pager .hint")).to_contain_text("Page 2 of")
    expect(tab.locator("*:focus")).to_have_text("Page after")
    tab.keyboard.press("Enter")
    expect(tab.locator(".pager .hint")).to_contain_text("Page 3 of")
    tab.keyboard.press("Shift+Tab")
    expect(tab.locator("*:focus")).to_have_text("Page before")
    tab.keyboard.press("Shift+Tab")
    expect(tab.locator("#preview-document")).to_be_focused()
    tab.keyboard.press("ArrowDown")
    expect(tab.locator(".paper img")).to_have_attribute("alt", re.compile("^The cycle on one page"))
    expect(tab.locator("#preview-document")).to_be_focused()
    while tab.evaluate("document.activeElement.className") == "plain" or named(tab) == "~document":
        tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "paper"  # it is scrolled with the arrow keys


def test_a_file_is_chosen_taken_in_described_and_a_name_taken_out_of_it(tab: Tab, page: Page, folder: Path) -> None:
    go(tab, page, f"/p/{page.session.ids.of('pupil', KACPER)}/evidence")
    tab_to(tab, "files")
    with tab.expect_file_chooser() as chooser:
        tab.keyboard.press("Space")
    chooser.value.set_files([{"name": "Letter of the GP.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 a"}])
    reach(tab, "Take them in")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("text=Still to be described")
    for name, keys in (("kind", "Letter"), ("author", "Dr Marsh"), ("date", "3 November 2026"), ("shows", "Glue ear.")):
        tab_to(tab, name)
        tab.keyboard.type(keys)
    reach(tab, "Add it to the evidence")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#said >> text=It is in the evidence.")
    reach(tab, "Change what is written about it")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#record")
    reach(tab, "Not filled in")
    tab.keyboard.press("Enter")
    reach(tab, "Black out")
    tab.keyboard.press("Enter")
    reach(tab, "Add to Black out")
    tab.keyboard.press("Enter")
    expect(tab.locator("[name='items/0/redact/0']")).to_be_focused()
    tab.keyboard.type("Beech Road")
    reach(tab, "Save")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#said >> text=Saved.")
    assert "Beech Road" in (folder / "cases" / KACPER / "evidence.yaml").read_text("utf-8")


def test_the_places_of_a_form_are_decided(tab: Tab, page: Page, folder: Path) -> None:
    finished(page.post("/forms", {"pack": "standard", "file": (io.BytesIO(blank()), "Our request.docx")}))
    page.get("/forms")
    link = page.root.xpath("//main//a[contains(@href, '/forms/')]")[0].get("href")
    go(tab, page, f"{link}?all=yes")
    reach(tab, "Show the form with a number")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.type") == "radio"
    for _ in range(3):  # to the first answer and on to another
        tab.keyboard.press("ArrowUp")
    chosen = tab.evaluate("document.activeElement.id")
    assert tab.evaluate("document.activeElement.checked") and chosen.endswith(("-by_hand", "-open", "-office_use"))
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.type") == "radio"
    reach(tab, "Write it down", 400)
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#said >> text=/written|different/")


def test_what_is_chosen_of_two_versions(tab: Tab, page: Page, folder: Path) -> None:
    plan = folder / f"cases/{ADA}/plan.yaml"
    go(tab, page, f"/r/{page.session.ids.of('record', f'cases/{ADA}/plan.yaml')}")
    tab_to(tab, "review_date")
    tab.keyboard.press("Control+A")
    tab.keyboard.type("11 December 2026")
    plan.write_text(plan.read_text("utf-8").replace("8 December 2026", "9 December 2026", 1), "utf-8")
    tab.keyboard.press("Enter")  # in a box of one line this saves
    tab.wait_for_selector("h1:has-text('changed meanwhile')")
    tab_to(tab, "row-0")
    assert not tab.evaluate("document.activeElement.checked"), "both changed it: nobody has chosen yet"
    for key, value in (("Space", "theirs"), ("ArrowRight", "mine"), ("ArrowLeft", "theirs")):
        tab.keyboard.press(key)
        assert tab.evaluate("[document.activeElement.value, document.activeElement.checked]") == [value, True]
    reach(tab, "Save what is chosen")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#said >> text=/Saved|different/")
    assert "9 December 2026" in plan.read_text("utf-8")


def test_a_list_is_brought_in_and_a_request_recorded_as_sent(tab: Tab, page: Page, folder: Path) -> None:
    go(tab, page, "/import")
    tab_to(tab, "file")
    rows = b"UPN,Legal Surname,Legal Forename,DOB,Year,SEN Status,Start\n,Weatherall,Orla,14/05/2018,4,K,01/09/2025\n"
    with tab.expect_file_chooser() as chooser:
        tab.keyboard.press("Space")
    chooser.value.set_files([{"name": "list.csv", "mimeType": "text/csv", "buffer": rows}])
    reach(tab, "Look at it")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("text=What each column is")
    tab_to(tab, "create")
    tab.keyboard.press("Space")
    reach(tab, "Show the changes again")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("text=Write these changes")
    reach(tab, "Write these changes")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#said >> text=1 begun")
    assert (folder / "cases/orla-weatherall/pupil.yaml").is_file()
    go(tab, page, f"/p/{page.session.ids.of('pupil', ADA)}/bundle")
    tab_to(tab, "date")
    tab.keyboard.type("24/11/2026")
    tab_to(tab, "to")
    tab.keyboard.type("SEN team, Northmoor Council")
    reach(tab, "Record that it was sent")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#said .said")
    assert "SEN team, Northmoor Council" in (folder / f"cases/{ADA}/request.yaml").read_text("utf-8")
