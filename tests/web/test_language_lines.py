"""The lines of a language, translated and corrected on the page: the school's own file, nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.documents.languages.completeness import begin
from generator.documents.languages.corrections import put_lines, words_of
from generator.documents.languages.language import words_file
from generator.folder.create import new_school
from generator.folder.school_folder import find_project
from generator.problems import WrongUse
from generator.web.pages.of_a_pupil.document_page import language_names
from tests.web.client import Page
from tests.web.conftest import REPO, opened


@pytest.mark.whole
def test_two_who_translate_at_once_lose_nothing(page: Page, school: Path) -> None:
    """Whoever comes second sees what the first wrote, in its box or beside the own words, and writes over nothing."""
    other, own = opened(school, "senco"), school / "templates/words/pl.yaml"
    for one in (page, other):
        opened_language(one, "pl", "profile")
    sent(other, {"What to know": "Ich zdanie", "Reception": "Ich zerówka"}, yes="ja")
    sent(page, {"What to know": "Moje zdanie", "Page": "Moja strona"}, no="nej")
    assert "changed meanwhile" in page.said[0] and "Moje zdanie" not in own.read_text("utf-8")
    [theirs] = page.root.xpath("//p[contains(., 'Somebody else wrote here meanwhile')]")
    assert "Ich zdanie" in theirs.text_content()
    sent(page, {})
    text = own.read_text("utf-8")
    assert all(words in text for words in ("Moje zdanie", "Moja strona", "Ich zerówka", 'yes: "ja"', 'no: "nej"'))


def sent(page: Page, changes: dict[str, str], **about: str) -> Page:
    """Send the form of the lines as it stands, with other words for some of them."""
    [form] = page.root.xpath("//form[@method='post' and .//input[@name='english']]")
    english = form.xpath(".//input[@name='english']/@value")
    said = [box.text_content().removeprefix("\n") for box in form.xpath(".//textarea[@name='said']")]
    given = {box.get("name"): box.get("value") or "" for box in form.xpath(".//details//input[not(@type)]")}
    given |= {box.get("name"): box.get("value") for box in form.xpath(".//input[@type='radio' and @checked]")}
    given |= {box.get("name"): box.get("value") or "" for box in form.xpath(".//input[starts-with(@name, 'was-')]")}
    was = form.xpath(".//input[@name='was']/@value")
    [seen] = form.xpath(".//input[@name='~seen']/@value")
    words = [changes.get(line, old) for line, old in zip(english, said, strict=True)]
    return page.post(
        form.get("action"), {**given, "~seen": seen, "english": english, "was": was, "said": words, **about}
    )


def opened_language(page: Page, code: str, document: str) -> Page:
    """The page of a document's lines in a language."""
    return page.get(f"/languages/{page.session.ids.of('language', code)}?document={document}")


@pytest.mark.whole
def test_a_line_is_corrected_in_a_copy_of_the_file_and_nothing_else_changes(page: Page, school: Path) -> None:
    ours, own = REPO / "templates/words/pl.yaml", school / "templates/words/pl.yaml"
    opened_language(page, "pl", "profile")
    sent(page, {})
    assert page.said == ["Nothing was different."] and not own.exists()
    sent(page, {"What to know": "Co trzeba wiedzieć"}, reviewed="yes", reviewed_by="Mrs A. Nowak")
    assert page.said == ["3 lines written."]
    before, after = ours.read_text("utf-8").splitlines(), own.read_text("utf-8").splitlines()
    assert [line for line in after if line not in before] == [
        "reviewed: yes",
        "reviewed_by: Mrs A. Nowak",
        '  "What to know": "Co trzeba wiedzieć"',
    ]
    assert len([line for line in before if line not in after]) == 2
    sent(page, {"This is {{ facts.first_name }}": "To jest"})
    assert "lacks {{ facts.first_name }}" in page.text and "To jest</textarea>" in page.text
    assert own.read_text("utf-8").splitlines() == after
    opened_language(page, "pl", "profile")
    own.write_text(own.read_text("utf-8") + "# by hand\n", "utf-8")
    sent(page, {"What to know": "Warto"})
    assert "changed meanwhile" in page.text and "Warto" not in own.read_text("utf-8")


@pytest.mark.whole
def test_a_language_that_is_not_finished_spoils_nothing_of_the_others(page: Page, school: Path) -> None:
    words = school / "templates/words"
    words.mkdir(parents=True, exist_ok=True)
    (words / "zz.yaml").write_text("language: zz\nwording:\n", "utf-8")
    assert "Polish" in page.get("/languages").text and ">zz " in page.text
    opened_language(page, "zz", "profile")
    assert page.root.xpath("//h1")[0].text_content().startswith("zz ")
    (words / "zy.yaml").write_text("name: [", "utf-8")
    assert "Polish" in page.get("/languages").text and "zz" in page.text
    assert len(page.said) == 1 and "templates/words/zy.yaml" in page.said[0], page.said


@pytest.mark.whole
def test_a_language_just_begun_takes_no_name_from_another(school: Path) -> None:
    project = find_project(school)
    begin(project, "zz", "Zedish", False)
    names = language_names(project)
    assert names["pl"] == "Polish" and "zz" not in names
    with pytest.raises(WrongUse) as told:
        words_file(project, "polish")
    assert told.value.advice == "Did you mean pl?"


@pytest.mark.whole
def test_a_language_is_begun_and_translated_with_no_other_tool(tmp_path: Path) -> None:
    new_school(tmp_path / "school")
    page = opened(tmp_path / "school", "senco")
    page.post("/languages", {"code": "cy", "name": "Welsh"})
    assert page.root.xpath("//h1")[0].text_content().startswith("Welsh")
    months = "Ionawr, Chwefror, Mawrth, Ebrill, Mai, Mehefin, Gorffennaf, Awst, Medi, Hydref, Tachwedd, Rhagfyr"
    sent(page, {"Page": "Tudalen"}, months=months, yes="Ie", no="Nage", **{"and": "a"})
    assert page.said == ["5 lines written."], page.said
    row = page.get("/languages").text
    assert "1 of " in row and "still to be written" not in row


@pytest.mark.whole
@pytest.mark.parametrize(
    ("about", "says", "advises"),
    [
        ({"reviewed": "maybe"}, "`reviewed`: `maybe` is neither yes nor no.", "Write yes or no. Nothing was written."),
        ({"direction": "up"}, "`direction` cannot be `up`.", "It can be ltr, rtl. Nothing was written."),
    ],
)
def test_a_refusal_is_whole_sentences(school: Path, about: dict[str, str], says: str, advises: str) -> None:
    project = find_project(school)
    with pytest.raises(WrongUse) as refused:
        put_lines(project, "pl", {}, about, words_of(project, "pl").mark)
    assert (refused.value.message, refused.value.advice) == (says, advises)
