"""An authority's own form on the page: read in, each place looked at, what was said of it written into its map."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

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
    assert page.status == 409 and "changed meanwhile" in page.text  # by an editor: nothing is written over
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


MAP = """\
title: Our request
file: our-request.docx
digest: {digest}
places:
{rows}"""


def of_council(school: Path, **said: str) -> Path:
    """A map with a place for each label, and what is said of it."""
    rows = [
        f"- id: p{n:03}\n  label: {label}\n  kind: cell\n  where: {{part: word/document.xml}}\n  {what}\n"
        for n, (label, what) in enumerate(said.items(), 1)
    ]
    file = school / "templates/standard/forms/our-request.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(MAP.format(digest="0" * 64, rows="".join(rows)), "utf-8")
    return file


NAME, OTHER = "pupil.legal_surname", "pupil.forenames"


def ticked(page: Page, id_: str) -> tuple[list[str], str]:
    """Of a place of the page: the words of what is ticked, and what stands in its box."""
    chosen = page.root.xpath(f"//input[@name='{id_}-is' and @checked]/following-sibling::label")
    return [one.text_content() for one in chosen], page.root.xpath(f"//input[@name='{id_}-field']/@value")[0]


def answers(page: Page) -> dict[str, str]:
    """What the form on the page sends."""
    [form] = [one for one in page.root.xpath("//form") if one.xpath(".//input[@name='~seen']")]
    return dict(form.form_values())


@pytest.mark.whole
def test_what_was_seen_is_confirmed_and_nothing_that_a_colleague_put_there_meanwhile(page: Page, school: Path) -> None:
    open_ = f"field: {NAME}\n  sure: no"
    file = of_council(school, one=open_, two=open_, three=open_, four=open_, five=open_, six=open_)
    link = f"/forms/{page.session.ids.of('form', file.relative_to(school).as_posix())}"
    page.get(link)
    [mine] = page.root.xpath("//label[@for='p001-sure']/text()")
    seen = mine.removeprefix("It is: ")
    sent = answers(page) | {f"p00{n}-is": "sure" for n in (1, 2, 3, 6)} | {"p004-is": "by_hand", "p005-field": seen}
    other = f"field: {OTHER}\n  sure: yes"
    of_council(
        school, one=other, two="by_hand: yes", three=f"field: {NAME}", four="by_hand: yes", five=open_, seven=open_
    )
    before = file.read_bytes()
    page.post(link, sent)
    assert page.status == 409 and file.read_bytes() == before
    told = {
        one: page.root.xpath(f"//div[@aria-labelledby='{one}-title']//p[@class='error']/text()")
        for one in rows_of(file)
    }
    assert ticked(page, "p001") == ticked(page, "p002") == ([], seen)
    assert (
        "Now written there: " in told["p001"][0] and "by hand. Your choice stands below, in the box" in told["p002"][0]
    )
    assert told["p003"] == told["p004"] == ["Somebody else chose the same."]
    assert ticked(page, "p003") == ([mine], "") and ticked(page, "p004")[1] == ""
    assert "not decided" in told["p005"][0] and ticked(page, "p005") == ([mine], ""), "the same field as is proposed"
    assert not told["p006"] and ticked(page, "p006") == (["Not decided yet: left empty"], ""), "another place's number"
    assert any("what you chose for “six” is not shown" in one for one in page.said)
    page.post(link, answers(page))
    assert [row.get("field") for row in rows_of(file).values()][:3] == [NAME] * 3


def test_what_is_written_while_the_page_is_made_is_not_written_over(
    page: Page, school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from generator.forms.authority import form_map

    file = of_council(school, one=f"field: {NAME}\n  sure: no")
    link = f"/forms/{page.session.ids.of('form', file.relative_to(school).as_posix())}"
    read = form_map.read_form

    def and_then(*given: Any) -> form_map.FormMap:
        found = read(*given)
        of_council(school, one=f"field: {OTHER}")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(form_map, "read_form", and_then)
        page.get(link)
    page.post(link, answers(page) | {"p001-is": "sure"})
    assert page.status == 409 and rows_of(file)["p001"]["field"] == OTHER


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
