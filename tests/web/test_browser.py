"""The page in a real browser: keyboard, forced colours, and while one writes (axe: test_every_page)."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from tests.web.browser import add_row, enter, reach, read_through, save
from tests.web.conftest import small_school
from tests.web.test_server import running

pytestmark = [pytest.mark.whole, pytest.mark.filterwarnings("ignore::ResourceWarning")]

KACPER = "cases/kacper-wisniewski"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One school for all tests; each writes in a record of its own."""
    return small_school(tmp_path_factory.mktemp("browser") / "school")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """One server for all tests."""
    with running(folder) as (_, found):
        yield found


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Tab]:
    """A window that is let in; whatever a page's script or policy complains of is a failure."""
    made = browser.new_page(viewport={"width": 1280, "height": 900})
    made.set_default_timeout(60_000)
    wrong: list[str] = []
    made.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    made.on("pageerror", lambda error: wrong.append(str(error)))
    enter(made, address)
    read_through(made)
    yield made
    made.close()
    assert [line for line in wrong if "409" not in line and "422" not in line] == []


def open_record(tab: Tab, title: str, name: str = "Kacper") -> None:
    """Open the form of a record of a pupil, from the first page."""
    tab.click(f"#pupils >> text={name}")
    tab.click(f"section[aria-labelledby=records] >> text={title}")
    tab.wait_for_selector("#record")


def test_a_link_to_a_field_puts_the_cursor_there(tab: Tab) -> None:
    """The browser goes to the place of an address by itself, and takes the cursor away while it does."""
    tab.click("#pupils >> text=Kacper")
    tab.click("dl.next a")
    tab.wait_for_selector("#record")
    expect(tab.locator("#f-review input, #f-review textarea").first).to_be_focused(timeout=60_000)


def test_forced_colours_keep_what_colour_alone_would_lose(tab: Tab) -> None:
    """In a high-contrast theme the system's colours stand: every button has an edge, focus is seen, bars are seen."""
    tab.emulate_media(forced_colors="active")
    reach(tab, "New pupil")
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    edges = "[...document.querySelectorAll('button, .button, input, select')].map((one) => getComputedStyle(one))"
    plain = "(look) => look.borderTopStyle === 'none' && look.textDecorationLine === 'none' && look.display !== 'none'"
    assert tab.evaluate(f"{edges}.filter({plain}).length") == 0
    tab.click("nav >> text=Provision")
    tab.wait_for_selector(".bars rect")
    bar, paper = (
        tab.evaluate(f"getComputedStyle(document.querySelector('{name}')).{style}")
        for name, style in ((".bars rect", "fill"), ("body", "backgroundColor"))
    )
    assert bar != paper


def test_the_keyboard_alone_begins_a_pupil_and_writes_in_the_form(tab: Tab, folder: Path) -> None:
    """New pupil, a mistake that is announced, a row added, moved and taken out, saved and undone: no mouse."""
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the main part"
    tab.keyboard.press("Enter")
    reach(tab, "New pupil")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#forenames")
    reach(tab, "Begin the pupil’s folder")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("section.summary")
    assert tab.evaluate("document.activeElement.className") == "summary"  # a reader is told at once
    reach(tab, "Write the forenames.")
    tab.keyboard.press("Enter")
    for text in ("Zed", "Young", "14 May 2018"):
        tab.keyboard.type(text)
        tab.keyboard.press("Tab")
    reach(tab, "Begin the pupil’s folder")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#record")
    rows = tab.locator("#f-people > .row")
    reach(tab, "Add to People with parental responsibility")
    tab.keyboard.press("Enter")
    expect(rows).to_have_count(2)
    expect(rows.nth(1).locator("input[name$='/name']")).to_be_focused()  # the row comes first, the cursor after it
    tab.keyboard.type("Jo Young")
    expect(rows.nth(1).locator("input[name$='/name']")).to_have_value("Jo Young")
    reach(tab, "Up")
    tab.keyboard.press("Enter")
    expect(rows.nth(0).locator("input[name$='/name']")).to_have_value("Jo Young")
    expect(rows.nth(0).locator("input[name$='/name']")).to_be_focused()
    rows.nth(1).locator("input[name$='/name']").focus()
    reach(tab, "Take out")
    tab.keyboard.press("Enter")
    expect(rows).to_have_count(1)
    expect(rows.nth(0).locator("input[name$='/name']")).to_be_focused()
    reach(tab, "Save")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#said >> text=Saved.")
    assert "Jo Young" in (folder / "cases/zed-young/pupil.yaml").read_text("utf-8")
    reach(tab, "Undo what was just saved")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#said >> text=Undone")
    assert "Jo Young" not in (folder / "cases/zed-young/pupil.yaml").read_text("utf-8")


def test_back_onto_a_page_that_told_a_mistake_asks_nothing(tab: Tab) -> None:
    """Without an address of its own the browser would ask whether it may send the form once more."""
    tab.click("main >> text=New pupil")
    tab.fill("#forenames", "Zed Amos")
    tab.click("text=Begin the pupil’s folder")
    tab.wait_for_selector("section.summary")
    tab.click("nav >> text=Provision")
    tab.wait_for_selector(".bars rect")
    tab.go_back()
    tab.wait_for_selector("section.summary")
    expect(tab.locator("#forenames")).to_have_value("Zed Amos")


def test_findings_and_the_page_beside_follow_the_writing(tab: Tab) -> None:
    open_record(tab, "SEN support plan")
    tab.wait_for_selector(".paper img")
    box = tab.locator("#f-review_date")
    box.fill("31 November 2026")
    expect(tab.locator("#f-review_date-said")).to_contain_text("November has 30 days", timeout=60_000)
    assert tab.locator("#f-review_date-said").get_attribute("aria-live") == "polite"
    box.fill("27 January 2027")
    expect(tab.locator("#f-review_date-said")).not_to_contain_text("November has 30 days", timeout=60_000)
    expect(tab.locator(".paper img")).to_have_attribute("alt", re.compile("Changed: .*27"), timeout=60_000)


def test_a_row_is_added_without_losing_what_is_written_or_closing_what_is_open(tab: Tab) -> None:
    open_record(tab, "SEN support plan")
    tab.fill("#f-review_date", "28 January 2027")
    add_row(tab, "outcomes")
    assert tab.input_value("#f-review_date") == "28 January 2027"
    last = tab.locator("#f-outcomes > .row").count() - 1
    expect(tab.locator(f"#f-outcomes-{last} *:focus")).to_have_count(1)
    tab.evaluate("document.querySelectorAll('#record details').forEach((box) => { box.open = false; })")
    opened = tab.locator("#record > details.more")
    opened.locator("summary").first.click()
    expect(opened).to_have_attribute("open", "")
    # as when the answer to another request begins to be put in while the new form settles
    tab.evaluate("""document.addEventListener("htmx:before:settle", () => document.dispatchEvent(
        new CustomEvent("htmx:before:swap", { detail: { ctx: {} } })))""")
    tab.click("#f-outcomes > button:has-text('Add')")
    expect(tab.locator("#f-outcomes > .row")).to_have_count(last + 2)
    expect(opened).to_have_attribute("open", "")


def test_a_button_that_is_pressed_twice_does_its_work_once(tab: Tab, folder: Path) -> None:
    """The second answer would be that the log is there already, on the page that one came from."""
    tab.click("#pupils >> text=Kacper")
    tab.wait_for_selector("#kind")
    tab.wait_for_load_state()  # the script listens
    tab.select_option("#kind", "log")
    tab.dblclick("form:has(#kind) button")
    tab.wait_for_selector("#record")
    assert (folder / KACPER / "log.yaml").is_file()


def test_files_are_dropped_into_the_evidence(tab: Tab, folder: Path) -> None:
    tab.click("#pupils >> text=Kacper")
    tab.click("section[aria-labelledby=documents] >> text=Evidence")
    drop = """form => { const data = new DataTransfer();
        data.items.add(new File(["%PDF-1.4 a"], "Letter from the GP.pdf", {type: "application/pdf"}));
        form.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true})); }"""
    tab.wait_for_selector("form[data-drop]")
    tab.wait_for_load_state()  # the script listens
    tab.locator("form[data-drop]").evaluate(drop)
    tab.wait_for_selector("text=Still to be described")
    assert (folder / KACPER / "evidence/letter-from-the-gp.pdf").is_file()


def test_two_editors_at_once_lose_nothing(browser: Browser, tab: Tab, address: str, folder: Path) -> None:
    """Both write in one record; whoever saves last sees both versions, and what only one changed is chosen already."""
    other = browser.new_page()
    other.set_default_timeout(60_000)
    enter(other, address)
    read_through(other)
    for one in (tab, other):
        open_record(one, "One-page profile", "Ada Brown")
    tab.fill("[name='like_and_admire/0']", "Building dens")
    other.fill("[name='how_to_support_me/0']", "Show me the first step.")
    save(other)
    other.close()
    tab.click(".save button")
    tab.wait_for_selector("h1:has-text('changed meanwhile')")
    tab.click("text=Save what is chosen")
    tab.wait_for_selector("#said >> text=Saved.")
    text = (folder / "cases/ada-brown/profile.yaml").read_text("utf-8")
    assert "Building dens" in text and "Show me the first step." in text


def test_everything_can_be_written_and_saved_without_scripts(browser: Browser, address: str, folder: Path) -> None:
    plain = browser.new_context(java_script_enabled=False).new_page()
    enter(plain, address)
    open_record(plain, "Pupil")
    plain.click("#f-people > button:has-text('Add')")
    plain.wait_for_selector("#f-people > .row:nth-of-type(3)")
    plain.locator("input[name^='people/'][name$='/name']").last.fill("Zofia Nowak")
    plain.locator("input[name^='people/'][name$='/relationship']").last.fill("aunt")
    save(plain)
    assert "name: Zofia Nowak" in (folder / KACPER / "pupil.yaml").read_text("utf-8")
    plain.close()


def test_server_and_browser_killed_while_writing_lose_nothing(browser: Browser, school: Path) -> None:
    plan = school / KACPER / "plan.yaml"
    before = plan.read_bytes()

    def opened(found: str) -> Tab:
        made = browser.new_page()
        made.set_default_timeout(60_000)
        enter(made, found)
        read_through(made)
        open_record(made, "SEN support plan")
        return made

    with running(school) as (process, found):
        tab = opened(found)
        tab.fill("#f-review_date", "29 January 2027")
        expect(tab.locator("#kept")).to_contain_text("Kept as a draft", timeout=60_000)
        process.send_signal(signal.SIGKILL)
        process.wait()
        tab.fill("#f-review_date", "30 January 2027")
        expect(tab.locator("#kept")).to_contain_text("not running any more")
        tab.click(".save button")  # it would lead to a page that nobody serves, and take the writing along
        expect(tab.locator("#f-review_date")).to_have_value("30 January 2027")
        tab.close()
    assert plan.read_bytes() == before
    with running(school) as (_, found):
        tab = opened(found)
        tab.click("text=Go on with it")
        expect(tab.locator("#f-review_date")).to_have_value("29 January 2027")
        save(tab)
        assert b"review_date: 29 January 2027" in plan.read_bytes()
        tab.close()
