"""Every page in every state: axe-core finds nothing, nothing is too wide, light and dark; no route is left out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from generator.web.application import application
from generator.web.security import cookie_of
from tests.web.browser import too_wide
from tests.web.client import Page
from tests.web.conftest import REPO
from tests.web.every_page import ADA, SHOWN, WITHOUT_A_PAGE, PageStop, every_page, prepared, served
from tests.web.hindrances import ANOTHER_SCHEME, ANOTHER_WIDTH, AXE, Seen, hindrances

SEND = """([address, rows]) => {
  const form = document.createElement("form");
  form.method = "post"; form.action = address;
  for (const [name, value] of rows) {
    const box = document.createElement("textarea");
    box.name = name; box.value = value; form.append(box);
  }
  document.body.append(form); form.submit();
}"""

BESIDE = ("#preview .paper img", "#preview button:has-text('Page after')", "#preview .findings")
"""What can stand beside a form: a page of the document, a button to another, and why none can be drawn."""


def test_every_route_is_named_as_shown_or_as_without_a_page() -> None:
    """A new route fails here until `every_page` walks it or says why it has no page."""
    there = {rule.endpoint for rule in application(REPO, "senco", lambda: 1, lambda: None).url_map.iter_rules()}
    assert there == SHOWN | set(WITHOUT_A_PAGE)
    assert not SHOWN & set(WITHOUT_A_PAGE)


def asked(tab: Tab, page: Page, token: str, stop: PageStop) -> int:
    """Go to a page as a person would: by its address, or by sending a form; gives its status."""
    home = f"http://{page.host}"
    tab.unroute_all()
    if stop.route == "begin":  # it leads on by itself: looked at while it stays
        tab.route(f"{home}/", lambda route: route.fulfill(status=204))
    if not stop.drawn:
        tab.route("**/r/*/preview", lambda route: route.fulfill(status=204))
    if not stop.send:
        answer = tab.goto(home + stop.address)
        assert answer is not None
        if stop.files:
            sent = [{"name": one, "mimeType": "application/pdf", "buffer": b"%PDF-1.4"} for one in stop.files]
            tab.set_input_files("input[type=file]", sent)  # type: ignore[arg-type]
            tab.click("form:has(input[type=file]) button")
            tab.wait_for_selector("main li a")
        return answer.status
    if not tab.url.startswith(home):
        tab.goto(f"{home}/more")
    rows = [[name, one] for name, said in stop.send.items() for one in (said if isinstance(said, list) else [said])]
    with tab.expect_response(lambda answer: answer.request.is_navigation_request() and answer.status != 303) as waited:
        tab.evaluate(SEND, [stop.address, [["~token", token], *rows]])
    tab.wait_for_selector("h1")
    return waited.value.status


def looked_at(tab: Tab, stop: PageStop, seen: Seen) -> list[str]:
    """What is wrong with a page: every rule in the light, contrast in the dark too, what size can break when narrow."""
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.emulate_media(color_scheme="light")
    if stop.drawn and tab.locator("#preview").count():
        tab.wait_for_selector(".paper img, #preview .page-tools", timeout=180_000)
    found = hindrances(tab, seen, "1280", "light")
    found += [f"seen, though hidden: {one}" for one in tab.locator("[hidden]:visible").all_inner_texts()]
    tab.emulate_media(color_scheme="dark")
    found += [f"dark: {one}" for one in hindrances(tab, seen, "1280", "dark", ANOTHER_SCHEME)]
    for width in (640, 320, 375):  # 640 is a window of 1280 at 200 %
        tab.set_viewport_size({"width": width, "height": 800})
        found += [f"{width}: too wide by {much}"] if (much := too_wide(tab)) > 0 else []
    return found + [f"375: {one}" for one in hindrances(tab, seen, "375", "dark", ANOTHER_WIDTH + ANOTHER_SCHEME)]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A copy of the example school with something for every page."""
    made = tmp_path / "school"
    shutil.copytree(REPO / "cases", made / "cases")
    prepared(made)
    yield made


@pytest.fixture(scope="module")
def seen() -> Seen:
    """What was looked at on the pages before; a teacher's pages hold few other things than a SENCO's."""
    return Seen()


@pytest.mark.whole
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_nothing_hinders_anybody_on_any_page(folder: Path, browser: Browser, seen: Seen) -> None:
    found: dict[str, list[str]] = {}
    walked, beside = set(), set[str]()
    with served(folder, "senco") as page, browser.new_context() as context:
        home, token = f"http://{page.host}", page.session.token
        cookie = {"name": cookie_of(page.host), "value": page.session.cookie, "url": home}
        tab = context.new_page()
        tab.set_default_timeout(60_000)
        tab.add_init_script(path=AXE)
        for stop in every_page(page, folder):
            context.add_cookies([cookie])  # type: ignore[list-item]
            status = asked(tab, page, token, stop)
            said = looked_at(tab, stop, seen) + ([f"status {status}"] if status != stop.status else [])
            found |= {stop.name: said} if said else {}
            walked.add(stop.route)
            beside |= {one for one in BESIDE if stop.drawn and tab.locator(one).count()}
    assert found == {}
    assert walked - {""} == SHOWN - {"teacher.pupils"}
    assert beside == set(BESIDE)


@pytest.mark.whole
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_nothing_hinders_a_teacher(folder: Path, browser: Browser, seen: Seen) -> None:
    found: dict[str, list[str]] = {}
    with served(folder, "teacher") as page, browser.new_context() as context:
        context.add_cookies(
            [{"name": cookie_of(page.host), "value": page.session.cookie, "url": f"http://{page.host}"}]
        )
        tab = context.new_page()
        tab.set_default_timeout(60_000)
        tab.add_init_script(path=AXE)
        records = [f"cases/{ADA}/{one}.yaml" for one in ("cycles/2026-autumn", "profile", "log")]
        stops = [PageStop("my pupils", "teacher.pupils", "/mine")]
        stops += [
            PageStop(one, "record.show", f"/r/{page.session.ids.of('record', one)}", drawn=True) for one in records
        ]
        stops.append(PageStop("not of this view", "", "/register", status=403))
        for stop in stops:
            status = asked(tab, page, page.session.token, stop)
            said = looked_at(tab, stop, seen) + ([f"status {status}"] if status != stop.status else [])
            found |= {stop.name: said} if said else {}
    assert found == {}
