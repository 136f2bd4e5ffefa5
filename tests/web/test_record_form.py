"""The form of a record: what is not changed is not touched, whatever else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.problems import WrongUse
from generator.web.pages.of_a_pupil import record_page
from tests.web.client import Page
from tests.web.conftest import REPO, opened

FILES = sorted(path.relative_to(REPO).as_posix() for path in (REPO / "cases").glob("*/**/*.yaml"))
FILES = [name for name in FILES if not {"issued", "sent"} & set(name.split("/"))] + ["cases/school.yaml"]


@pytest.fixture(scope="module")
def whole(example: Path) -> Page:
    """The page of the whole example school; nothing is changed through it."""
    return opened(example, "senco")


@pytest.mark.whole
@pytest.mark.parametrize("path", FILES)
def test_a_form_that_is_sent_as_it_was_shown_changes_no_byte(path: str, whole: Page, example: Path) -> None:
    before = (example / path).read_bytes()
    whole.record(path)
    assert whole.status == 200
    whole.send(whole.answers)
    assert whole.said == ["Nothing was different, so nothing was written."]
    assert (example / path).read_bytes() == before


@pytest.mark.whole
def test_one_answer_changes_its_own_lines_alone(page: Page, school: Path) -> None:
    file = school / "cases/ada-brown/plan.yaml"
    before = file.read_text("utf-8").splitlines()
    page.record("cases/ada-brown/plan.yaml")
    answers = page.answers
    answers["review_date"] = ["15 December 2026"]
    page.send(answers)
    assert page.said == ["Saved."]
    after = file.read_text("utf-8").splitlines()
    different = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert different == [("review_date: 8 December 2026", "review_date: 15 December 2026")]


@pytest.mark.whole
def test_a_row_is_added_gets_an_id_that_nobody_sees_and_is_saved(page: Page, school: Path) -> None:
    page.record("cases/kacper-wisniewski/plan.yaml")
    page.send(page.answers, "add:outcomes")
    assert "There is nothing" not in page.text
    answers = page.answers
    number = answers["outcomes~rows"][-1]
    answers[f"outcomes/{number}/text"] = ["Kacper tells his news to the class by July 2027."]
    answers[f"outcomes/{number}/by"] = ["17 July 2027"]
    page.send(answers)
    assert page.said == [
        "Saved.",
        "Something in this record must be mended: until then no document and no bundle can be made for "
        "Kacper Wiśniewski, and registers do not count the pupil.",
    ]
    text = (school / "cases/kacper-wisniewski/plan.yaml").read_text("utf-8")
    assert "- id: kacper-tells-his-news\n" in text


@pytest.mark.whole
def test_an_empty_row_is_not_written(page: Page, school: Path) -> None:
    file = school / "cases/kacper-wisniewski/plan.yaml"
    before = file.read_bytes()
    page.record("cases/kacper-wisniewski/plan.yaml")
    page.send(page.answers, "add:outcomes")
    page.send(page.answers)
    assert file.read_bytes() == before


@pytest.mark.whole
def test_rows_are_moved_and_taken_out_with_their_lines(page: Page, school: Path) -> None:
    file = school / "cases/ada-brown/plan.yaml"
    page.record("cases/ada-brown/plan.yaml")
    ids = [value[0] for name, value in page.answers.items() if name.startswith("outcomes/") and name.endswith("/id")]
    page.send(page.answers, "down:outcomes/0")
    page.send(page.answers, "remove:outcomes/2")
    page.send(page.answers)
    page.record("cases/ada-brown/plan.yaml")
    now = [value[0] for name, value in page.answers.items() if name.startswith("outcomes/") and name.endswith("/id")]
    assert now == [ids[1], ids[0], *ids[3:]]
    assert sorted(file.read_text("utf-8").splitlines()) != []


@pytest.mark.whole
def test_not_known_is_an_answer(page: Page, school: Path) -> None:
    page.record("cases/kacper-wisniewski/pupil.yaml")
    answers = page.answers
    answers["communication"] = [""]
    answers["communication~not-known"] = ["The report is due in May."]
    page.send(answers)
    text = (school / "cases/kacper-wisniewski/pupil.yaml").read_text("utf-8")
    assert "communication:\n  not_known: The report is due in May.\n" in text


@pytest.mark.whole
def test_text_and_a_reason_why_it_is_not_known_are_asked_about(page: Page, school: Path) -> None:
    file = school / "cases/kacper-wisniewski/pupil.yaml"
    before = file.read_bytes()
    page.record("cases/kacper-wisniewski/pupil.yaml")
    page.send({**page.answers, "communication": ["Speech"], "communication~not-known": ["Not seen yet."]})
    assert page.status == 422
    assert file.read_bytes() == before
    [link] = page.root.xpath("//section[@class='summary']//a")
    assert page.root.get_element_by_id(link.get("href")[1:]).value == "Speech"
    assert page.answers["communication~not-known"] == ["Not seen yet."]


@pytest.mark.whole
def test_a_school_s_own_kind_of_record_gets_a_form(page: Page, school: Path) -> None:
    (school / "schemas").mkdir()
    (school / "schemas" / "lego.schema.json").write_text(
        """{"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "lego.schema.json", "title": "Lego club",
        "description": "What the child builds.", "x-file": "lego.yaml", "type": "object", "additionalProperties": false,
        "required": ["what"], "examples": [{"what": "A bridge"}], "properties": {"what": {"title": "What was built",
        "description": "In a few words.", "type": "string", "examples": ["A bridge"]}, "with": {"title": "With whom",
        "description": "Other children.", "type": "array", "items": {"title": "Child", "description": "First name.",
        "type": "string", "examples": ["Sam"]}, "examples": [["Sam"]]}}}""",
        "utf-8",
    )
    file = school / "cases/kacper-wisniewski/lego.yaml"
    file.write_text("# our own\nwhat: A tower\n", "utf-8")
    page.session.ids.of("pupil", "x")
    fresh = opened(school, "senco")
    fresh.record("cases/kacper-wisniewski/lego.yaml")
    assert "What was built" in fresh.text
    fresh.send({**fresh.answers, "what": ["A bridge, and a boat"]})
    assert file.read_text("utf-8") == "# our own\nwhat: A bridge, and a boat\n"


@pytest.mark.whole
def test_choices_are_told_by_what_people_read(page: Page, school: Path) -> None:
    """No code of the file stands in the words beside a choice."""
    page.record(
        "cases/idris-chowdhury/meetings/" + sorted((school / "cases/idris-chowdhury/meetings").glob("*"))[0].name
    )
    hint = page.root.get_element_by_id("f-type-hint").text_content()
    assert "early_discussion" not in hint and "Early discussion" in hint


@pytest.mark.whole
def test_a_review_has_a_row_ready_for_each_target_and_keeps_none_that_says_nothing(page: Page, school: Path) -> None:
    path = "cases/kacper-wisniewski/cycles/2026-autumn.yaml"
    before = (school / path).read_bytes()
    page.record(path)
    answers = page.answers
    ready = [name for name in answers if name.startswith("review/targets/") and name.endswith("/target")]
    assert len(ready) == 3
    page.send(answers)
    assert (school / path).read_bytes() == before
    page.record(path)
    asked = {"review/date": ["1 December 2026"], "review/by": ["Mr Whitlock"], "review/targets/0/status": ["met"]}
    page.send({**page.answers, **asked, "review/targets/0/result": ["8 of 10"]})
    text = (school / path).read_text("utf-8")
    assert text.count("status: met") == 1 and text.partition("\nreview:")[2].count("target:") == 1


@pytest.mark.whole
def test_what_stood_open_stays_open_when_a_row_is_added(page: Page) -> None:
    page.pupil("kacper-wisniewski")
    page.post(f"{page.address}/new", {"kind": "request"})

    def opened() -> list[str]:
        shown = page.root.xpath("//form[@id='record']/*[not(self::details)]")
        return [one.get("id") or next(iter(one.xpath("./*/@id")), "") for one in shown]

    before = {name for name in opened() if name}
    lists = page.root.xpath("//form[@id='record']/fieldset/button[starts-with(@value, 'add:')]/@value")
    page.send(page.answers, lists[0])
    assert before <= set(opened())


@pytest.mark.whole
def test_a_row_can_be_added_where_what_was_written_has_no_place_yet(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_place(*_: object) -> bytes:
        raise WrongUse("plan.yaml cannot be changed here.", "")

    monkeypatch.setattr(record_page, "changed_content", no_place)
    page.record("cases/kacper-wisniewski/plan.yaml")
    rows = page.answers["outcomes~rows"]
    page.send(page.answers, "add:outcomes")
    assert len(page.answers["outcomes~rows"]) == len(rows) + 1
