"""One error in one of a hundred elements that are alike is found, although only one of those alike is looked at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from tests.web.hindrances import ANOTHER_SCHEME, ANOTHER_WIDTH, AXE, Seen, hindrances

STYLE = """body { color: #111; background: #fff } label, input, button { display: block }
input, button { height: 30px; width: 200px }"""
FIELD = '<li><label for="f{0}">What {0}</label> <input id="f{0}" name="f{0}"> <button type="button">Leave out</button>'
PAGE = '<!doctype html><html lang="en"><title>A form</title><style>{0}</style><main><h1>A form</h1><ul>{1}</ul></main>'


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    with browser.new_context() as context:
        tab = context.new_page()
        tab.add_init_script(path=AXE)
        tab.goto("about:blank")
        yield tab


def show(tab: Tab, change: tuple[str, str] | None = None, style: str = STYLE) -> None:
    """A form with a hundred fields, one of which is another."""
    fields = [FIELD.format(number) for number in range(100)]
    if change:
        assert change[0] in fields[70]
        fields[70] = fields[70].replace(*change)
    tab.set_content(PAGE.format(style, "".join(fields)))


def marked(tab: Tab) -> int:
    return tab.locator("[new-kind], [new-target], [new-colour]").count()


@pytest.mark.whole
@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (('for="f70"', 'for="f700"'), "label"),
        ((">Leave out<", "><"), "button-name"),
        (("<input", '<input aria-checked="true"'), "aria-allowed-attr"),
        (("<input", '<input aria-lable="What"'), "aria-valid-attr"),
        (("<input", '<input aria-invalid="perhaps"'), "aria-valid-attr-value"),
        ((">Leave out", "><a href='#'>Leave</a> out"), "nested-interactive"),
    ],
)
def test_one_that_is_written_otherwise(tab: Tab, change: tuple[str, str], rule: str) -> None:
    seen = Seen()
    show(tab)
    assert hindrances(tab, seen, "1280", "light") == []
    show(tab)
    assert hindrances(tab, seen, "1280", "light") == [] and marked(tab) == 0
    show(tab, change)
    found = hindrances(tab, seen, "1280", "light")
    assert rule in {one.partition(":")[0] for one in found}, found
    assert marked(tab) < 20


@pytest.mark.whole
@pytest.mark.parametrize(
    ("style", "rule"),
    [
        ("#f70 { height: 9px }", "target-size"),
        ("#f70 { margin-bottom: -29px }", "target-size"),
        ("li:nth-child(71) label { color: #aaa }", "color-contrast"),
        ("li:nth-child(71) { background: #333 }", "color-contrast"),
    ],
)
def test_one_that_only_looks_otherwise(tab: Tab, style: str, rule: str) -> None:
    seen = Seen()
    show(tab)
    assert hindrances(tab, seen, "1280", "light") == []
    show(tab, style=STYLE + style)
    found = {one.partition(":")[0] for one in hindrances(tab, seen, "1280", "light")}
    assert found == {rule} and marked(tab) < 20


@pytest.mark.whole
def test_another_width_and_other_colours_are_looked_at_by_themselves(tab: Tab) -> None:
    seen = Seen()
    show(tab)
    assert hindrances(tab, seen, "1280", "light") == []
    show(tab, style=STYLE + "button { height: 9px } body { color: #ccc }")
    found = hindrances(tab, seen, "375", "dark", ANOTHER_WIDTH + ANOTHER_SCHEME)
    assert {one.partition(":")[0] for one in found} == {"target-size", "color-contrast"}
    show(
        tab, style=STYLE + "ul { height: 50px; overflow: scroll } button { visibility: hidden } input { display: none }"
    )
    assert "scrollable-region-focusable" in str(hindrances(tab, seen, "375", "dark", ANOTHER_WIDTH))


BUTTON, CHECKED = '<button type="button">Go</button>', "<input class=f aria-label=What aria-checked=true>"
NINE, PALE = "<style>button { height: 9px } a { font-size: 9px }</style>", "<style>.pale { color: #bbb }</style>"
LINKS, THERE = "<a href='#'>b</a><a href='#'>c</a>", "<button>Go <a href='#'>there</a></button>"
PASSED_BY = {
    "a target that nobody sees": (
        f"{NINE}<style>button {{ visibility: hidden }}</style>{BUTTON * 2}",
        NINE + BUTTON * 2,
        "target-size",
    ),
    "a field that is not there": ("<style>.f { display: none }</style>" + CHECKED, CHECKED, "aria-allowed-attr"),
    "what is in a button": ("<style>button a { display: none }</style>" + THERE, THERE, "nested-interactive"),
    "links in running text": (f"{NINE}<p>A {LINKS} and more words</p>", f"{NINE}<p>{LINKS}</p>", "target-size"),
    **{
        name: (f"{PALE}<{box}</p>", f"{PALE}<p class=pale>Words</p>", "color-contrast")
        for name, box in {
            "words that nobody sees": "p class=pale style='visibility: hidden'>Words",
            "words beside the window": "p class=pale style='margin-left: -999px; width: 90px'>Words",
            "one letter": "p class=pale>x",
        }.items()
    },
    "of a field that is locked": (
        f"{PALE}<label class=pale>Name <input disabled style='color: #111'></label>",
        f"{PALE}<label class=pale>Words</label>",
        "color-contrast",
    ),
}
"""What axe does not look at, one that is made alike and hinders, and the rule that says so."""


@pytest.mark.whole
@pytest.mark.parametrize(("first", "then", "rule"), PASSED_BY.values(), ids=list(PASSED_BY))
def test_what_was_passed_by_is_not_taken_for_seen(tab: Tab, first: str, then: str, rule: str) -> None:
    """On another page, and for colours further down on the same."""
    seen = Seen()
    tab.set_content(PAGE.format(STYLE, first))
    assert rule not in str(hindrances(tab, seen, "1280", "light"))
    tab.set_content(PAGE.format(STYLE, then))
    assert rule in str(hindrances(tab, seen, "1280", "light"))
    if rule == "color-contrast":
        tab.set_content(PAGE.format(STYLE, first + then))
        assert rule in str(hindrances(tab, Seen(), "1280", "light"))


@pytest.mark.whole
def test_what_only_its_colours_were_asked_of_is_not_taken_for_seen(tab: Tab) -> None:
    """As something that comes when the page was looked at in the light, and is there from then on."""
    seen = Seen()
    show(tab)
    assert hindrances(tab, seen, "1280", "light") == []
    for asked in (ANOTHER_SCHEME, ()):
        show(tab, ("<input", '<input aria-checked="true"'), STYLE + "#f70 { height: 9px }")
        found = hindrances(tab, seen, "1280", "dark" if asked else "light", asked)
    assert {one.partition(":")[0] for one in found} == {"aria-allowed-attr", "target-size"}


@pytest.mark.whole
def test_what_is_near_is_measured_to_a_tenth(tab: Tab) -> None:
    """From one small target to the next 24.4 pixels are enough, 23.6 are not."""
    seen, found = Seen(), []
    for far in (14.4, 13.6):
        style = f"{STYLE} button {{ height: 10px; padding: 0 }} button + button {{ margin-top: {far}px }}"
        tab.set_content(PAGE.format(style, "<li>" + BUTTON * 2))
        found.append([one.partition(":")[0] for one in hindrances(tab, seen, "1280", "light")])
    assert found[0] == [] and set(found[1]) == {"target-size"}
