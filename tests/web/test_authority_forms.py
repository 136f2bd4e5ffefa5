"""An authority's own form on the page: read in, each place looked at, what was said of it written into its map."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from generator.records.yaml_text.yaml_reader import read_yaml
from tests.forms.invented_forms import brackenshire
from tests.web.client import Page
from tests.web.test_evidence_and_bundle import finished


def blank() -> bytes:
    """The blank form of an invented council."""
    held = io.BytesIO()
    brackenshire().document.save(held)
    return held.getvalue()


def rows_of(file: Path) -> dict[str, dict[str, str]]:
    """The places of a map by their ids."""
    tree = read_yaml(file.read_bytes(), file.name)[0]
    assert tree is not None
    return {str(row["id"]): row for row in tree["places"]}


@pytest.mark.whole
def test_a_form_is_read_and_every_place_decided_by_clicks(page: Page, school: Path) -> None:
    page.post("/forms", {"pack": "standard", "file": (io.BytesIO(b"text"), "form.txt")})
    assert "Choose the authority" in page.text
    finished(page.post("/forms", {"pack": "standard", "file": (io.BytesIO(blank()), "Our request.docx")}))
    assert "not sure: look at each" in page.text
    file = school / "templates/standard/forms/our-request.yaml"
    before = rows_of(file)
    page.get("/forms")
    link = page.root.xpath("//main//a[contains(@href, '/forms/')]")[0].get("href")
    page.get(f"{link}?all=yes")
    names = {one.rpartition("-")[0] for one in page.root.xpath("//input[@type='radio']/@name")}
    assert names == set(before)
    ids = sorted(before)
    [form] = [one for one in page.root.xpath("//form") if one.xpath(".//input[@name='~seen']")]
    field = next(words for words in page.root.xpath("//datalist/option/@value") if "Preferred name" in words)
    said = {
        f"{ids[0]}-is": "by_hand",
        f"{ids[1]}-field": field,
        f"{ids[3]}-field": "Shoe size",
        f"{ids[2]}-is": "office_use",
    }
    file.write_text("# our own remark\n" + file.read_text("utf-8"), "utf-8")
    page.post(f"{link}?all=yes", {**dict(form.form_values()), **said})
    assert page.status == 409 and "changed meanwhile" in page.text  # by a colleague: nothing is written over
    assert rows_of(file) == before
    told = {one: page.root.xpath(f"//div[@aria-labelledby='{one}-title']//p[@class='error']") for one in ids}
    assert [one for one in ids if told[one]] == ids[:4], "both are shown, where this person chose something"
    assert "Now written there: " in told[ids[0]][0].text_content()
    assert page.root.xpath(f"//input[@name='{ids[0]}-is' and @checked]/@value") == ["by_hand"]
    assert page.root.xpath(f"//input[@name='{ids[1]}-field']/@value") == [field]
    [form] = [one for one in page.root.xpath("//form") if one.xpath(".//input[@name='~seen']")]
    page.post(f"{link}?all=yes", {**dict(form.form_values()), **said})
    assert page.said[-1] == "3 places written." and "“Shoe size” is none of the fields" in page.said[0]
    after = rows_of(file)
    assert after[ids[0]]["by_hand"] == "yes" and "field" not in after[ids[0]]
    assert "preferred_name" in str(after[ids[1]]["field"]) and after[ids[1]]["sure"] == "yes"
    assert after[ids[2]]["office_use"] == "yes"
    assert {key: row for key, row in after.items() if key not in ids[:3]} == {
        key: row for key, row in before.items() if key not in ids[:3]
    }
    assert file.read_text("utf-8").startswith("# our own remark\n")


@pytest.mark.whole
def test_the_form_is_shown_with_numbers(page: Page) -> None:
    finished(page.post("/forms", {"pack": "standard", "file": (io.BytesIO(blank()), "form.docx")}))
    page.get("/forms")
    link = page.root.xpath("//main//a[contains(@href, '/forms/')]")[0].get("href")
    page.get(link)
    open_ = re.search(r"(\d+) of \d+ places are not sure", page.text)
    assert open_ and len(page.root.xpath("//input[contains(@name, '-field')]")) == int(open_[1])
    finished(page.post(f"{link}/numbers", {}))
    source = page.root.xpath("//img[@class='sheet']/@src")[0]
    assert page.client.get(source, headers={"Host": page.host}).data.startswith(b"\x89PNG")
