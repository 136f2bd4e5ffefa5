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
