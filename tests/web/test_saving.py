"""Saving: never over a newer version, nothing lost, every save undone by one button."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from generator.folder.changing.changes_made import HOME, KEPT_DAYS, sweep
from generator.folder.changing.unsaved_writing import Writers
from tests.web.client import Page
from tests.web.conftest import opened

PLAN = "cases/ada-brown/plan.yaml"


def undo(page: Page) -> Page:
    """Press the button that takes the last save back."""
    [form] = page.root.xpath("//form[contains(@action, '/undo/')]")
    return page.post(form.get("action"), {})


@pytest.mark.whole
def test_a_save_is_undone_to_the_last_byte(page: Page, school: Path) -> None:
    before = (school / PLAN).read_bytes()
    page.record(PLAN)
    page.send({**page.answers, "review_date": ["11 December 2026"]})
    assert (school / PLAN).read_bytes() != before
    undo(page)
    assert page.said == ["Undone: the file is as it was before."]
    assert (school / PLAN).read_bytes() == before


@pytest.mark.whole
def test_a_day_in_another_way_is_understood_at_once_or_asked_for_again(page: Page, school: Path) -> None:
    before = (school / PLAN).read_text("utf-8")
    page.record(PLAN)
    page.send({**page.answers, "review_date": ["08.02.27"]})
    assert page.status == 422 and "with all four digits: did you mean “8 February 2027”?" in page.text
    assert (school / PLAN).read_text("utf-8") == before
    page.send({**page.answers, "review_date": ["8th Feb 2027"]})
    after = (school / PLAN).read_text("utf-8")
    assert "\nreview_date: 8 February 2027\n" in after


@pytest.mark.whole
def test_what_was_changed_again_is_not_undone(page: Page, school: Path) -> None:
    page.record(PLAN)
    page.send({**page.answers, "review_date": ["11 December 2026"]})
    with (school / PLAN).open("a", encoding="utf-8") as file:
        file.write("# by hand\n")
    now = (school / PLAN).read_bytes()
    undo(page)
    assert page.status == 409 and "changed again since" in page.text
    assert (school / PLAN).read_bytes() == now


@pytest.mark.whole
def test_a_new_record_is_begun_and_its_beginning_undone(page: Page, school: Path) -> None:
    page.pupil("kacper-wisniewski")
    page.post(f"{page.address}/new", {"kind": "log"})
    assert page.status == 200
    assert (school / "cases/kacper-wisniewski/log.yaml").is_file()


def changed_by_a_colleague(page: Page, school: Path, mine: str, old: str, new: str) -> Page:
    """Open the plan, let a colleague change it in an editor, and save a review date of one's own."""
    page.record(PLAN)
    answers = {**page.answers, "review_date": [mine]}
    text = (school / PLAN).read_text("utf-8")
    assert old in text
    (school / PLAN).write_text(text.replace(old, new, 1), "utf-8")
    return page.send(answers)


@pytest.mark.whole
def test_two_changes_in_different_places_are_both_kept(page: Page, school: Path) -> None:
    changed_by_a_colleague(page, school, "11 December 2026", "status: final", "status: draft")
    assert "changed meanwhile" in page.text
    form = page.root.xpath("//form[contains(@action, '/together')]")[0]
    page.post(form.get("action"), dict(form.form_values()))
    text = (school / PLAN).read_text("utf-8")
    assert "review_date: 11 December 2026" in text and "status: draft" in text


@pytest.mark.whole
def test_two_changes_in_one_place_are_shown_side_by_side(page: Page, school: Path) -> None:
    changed_by_a_colleague(page, school, "11 December 2026", "8 December 2026", "9 December 2026")
    assert (school / PLAN).read_text("utf-8").count("11 December 2026") == 0
    said = page.root.text_content()
    assert "9 December 2026" in said and "11 December 2026" in said
    form = page.root.xpath("//form[contains(@action, '/together')]")[0]
    [legend] = form.xpath(".//legend")
    assert "both changed it" in legend.text_content()
    page.post(form.get("action"), {**dict(form.form_values()), "row-0": "theirs"})
    assert "review_date: 9 December 2026" in (school / PLAN).read_text("utf-8")


@pytest.mark.whole
def test_where_both_changed_the_same_nothing_is_chosen_and_the_difference_is_marked(page: Page, school: Path) -> None:
    changed_by_a_colleague(page, school, "11 December 2026", "8 December 2026", "9 December 2026")
    assert [one.text for one in page.root.xpath("//mark")] == ["“9", "“11"] and not page.root.xpath(
        "//fieldset//*[@checked]"
    )
    before = (school / PLAN).read_bytes()
    form = page.root.xpath("//form[contains(@action, '/together')]")[0]
    page.post(form.get("action"), dict(form.form_values()))
    assert "Choose one of the two" in page.said[0] and (school / PLAN).read_bytes() == before


@pytest.mark.whole
def test_two_people_each_add_an_entry_and_both_stay(page: Page, school: Path) -> None:
    log = "cases/ada-brown/log.yaml"
    page.record(log)
    answers = page.answers
    number = str(len(answers["entries~rows"]))
    mine = {"entries~rows": [*answers["entries~rows"], number], f"entries/{number}/date": ["20/11/2026"],
            f"entries/{number}/what": ["Mine."], f"entries/{number}/kind": ["other"]}  # fmt: skip
    text = (school / log).read_text("utf-8").rstrip("\n")
    (school / log).write_text(f"{text}\n  - date: 19 November 2026\n    what: Theirs.\n    kind: other\n", "utf-8")
    page.send({**answers, **mine})
    [form] = page.root.xpath("//form[contains(@action, '/together')]")
    page.post(form.get("action"), dict(form.form_values()))
    written = (school / log).read_text("utf-8")
    assert "Mine." in written and "Theirs." in written


@pytest.mark.whole
def test_a_draft_is_offered_to_its_writer_with_when_and_what_and_not_after_a_later_save(
    page: Page, school: Path
) -> None:
    page.record(PLAN)
    page.post(f"{page.address}/look", {**page.answers, "review_date": ["12 December 2026"]})
    assert "not saved" not in opened(school, "teacher").record("cases/ada-brown/profile.yaml").text
    page.record(PLAN)
    assert "and not saved: Review date." in page.text and " at " in page.text
    page.send({**page.answers, "review_date": ["13 December 2026"]})
    assert "not saved" not in page.text
    undo(page)
    assert "not saved" not in page.text and "8 December 2026" in (school / PLAN).read_text("utf-8")


@pytest.mark.whole
def test_what_was_typed_before_everything_stopped_is_offered_again(page: Page, school: Path) -> None:
    page.record(PLAN)
    page.post(f"{page.address}/look", {**page.answers, "review_date": ["12 December 2026"]})
    assert page.status == 200
    after = opened(school, "senco")  # the next day
    after.record(PLAN)
    assert "not saved" in after.text
    [form] = after.root.xpath("//form[contains(@action, '/resume')]")
    after.post(form.get("action"), {**dict(form.form_values()), "~do": "go-on"})
    assert after.answers["review_date"] == ["12 December 2026"]
    after.send(after.answers)
    assert "review_date: 12 December 2026" in (school / PLAN).read_text("utf-8")
    assert "not saved" not in opened(school, "senco").record(PLAN).text


@pytest.mark.whole
def test_a_draft_can_be_thrown_away(page: Page, school: Path) -> None:
    before = (school / PLAN).read_bytes()
    page.record(PLAN)
    page.post(f"{page.address}/look", {**page.answers, "review_date": ["12 December 2026"]})
    page.record(PLAN)
    [form] = page.root.xpath("//form[contains(@action, '/resume')]")
    page.post(form.get("action"), {**dict(form.form_values()), "~do": "drop"})
    assert "not saved" not in page.record(PLAN).text
    assert (school / PLAN).read_bytes() == before


@pytest.mark.whole
def test_old_drafts_and_copies_are_swept(page: Page, school: Path) -> None:
    page.record(PLAN)
    page.post(f"{page.address}/look", {**page.answers, "review_date": ["12 December 2026"]})
    files = list((school / HOME).glob("drafts/*.json"))
    assert files and sweep(school) == 0
    old = time.time() - (KEPT_DAYS + 1) * 24 * 3600
    for file in files:
        os.utime(file, (old, old))
    assert sweep(school) == len(files)
    assert list((school / HOME).glob("drafts/*.json")) == []


@pytest.mark.whole
def test_a_second_person_is_told_who_is_writing(page: Page, school: Path) -> None:
    page.record(PLAN)
    page.post(f"{page.address}/look", page.answers)
    colleague = opened(school, "senco")
    assert "is writing in this record" in colleague.record(PLAN).text
    assert Writers(school).others("cases/ada-brown/profile.yaml") == []
    page.send(page.record(PLAN).answers)
    assert "is writing in this record" not in colleague.record(PLAN).text


@pytest.mark.whole
def test_findings_are_told_at_their_field(page: Page) -> None:
    page.record(PLAN)
    page.post(f"{page.address}/look", {**page.answers, "review_date": ["31 November 2026"]})
    [at_field] = page.root.xpath("//*[@id='f-review_date-said']")
    assert "November has 30 days" in at_field.text_content()


@pytest.mark.whole
def test_a_file_that_is_not_yaml_is_mended_as_text(page: Page, school: Path) -> None:
    (school / PLAN).write_text("version: 1\n  date: [\n", "utf-8")
    page.record(PLAN)
    assert "cannot be read yet" in page.text and "Line" in page.text
    form = page.root.xpath("//form[contains(@action, '/text')]")[0]
    page.post(form.get("action"), {**dict(form.form_values()), "text": "version: Draft\r\ndate: 1 May 2026\r\n"})
    assert (school / PLAN).read_text("utf-8") == "version: Draft\ndate: 1 May 2026\n"


@pytest.mark.whole
def test_what_is_still_being_looked_at_does_not_come_back_after_it_was_saved(page: Page, school: Path) -> None:
    """A look and a save can cross each other: nothing is offered again that stands in the file."""
    page.record(PLAN)
    drafts = page.client.application.extensions["sendpack"].drafts
    draft = drafts.get(page.answers["~draft"][0])
    page.send({**page.answers, "review_date": ["11 December 2026"]})
    drafts.keep(draft)
    assert "not saved" not in page.record(PLAN).text


@pytest.mark.whole
def test_what_a_page_tells_is_told_in_its_own_tab_once(page: Page) -> None:
    """Of two tabs only the one that saved says so, whichever asks first, and not again when it is loaded anew."""
    page.record(PLAN)
    answers = {**page.answers, "review_date": ["11 December 2026"], "~do": "save", "~token": page.session.token}
    heads = {"Host": page.host, "Origin": f"http://{page.host}"}
    saved = page.client.post(page.address, data=answers, headers=heads)
    assert page.record("cases/ada-brown/profile.yaml").said == []
    page.post(f"{page.address}/look", page.answers)
    assert "Saved." not in page.text
    assert page.get(saved.headers["Location"]).said == ["Saved."]
    assert page.get(saved.headers["Location"]).said == []


@pytest.mark.whole
def test_what_is_told_goes_along_where_one_page_leads_to_another(page: Page, school: Path) -> None:
    (school / "cases/school.yaml").unlink()
    assert page.get("/school").said == ["The school’s own file is missing: begin it here."]
    page.post("/teachers-view", {})
    assert page.address == "/mine" and "This browser shows the teachers’ view now." in page.said[0]


@pytest.mark.whole
def test_letters_that_come_late_do_not_go_over_newer_ones(page: Page) -> None:
    page.record(PLAN)
    drafts = page.client.application.extensions["sendpack"].drafts
    draft, address, answers = page.answers["~draft"][0], f"{page.address}/look", page.answers
    page.post(address, {**answers, "review_date": ["12 December 2026"]}, **{"X-Sendpack-When": "2000"})
    late = page.post(address, {**answers, "review_date": ["12 Dec"]}, **{"X-Sendpack-When": "1000"})
    assert late.status == 204
    assert drafts.get(draft).typed["review_date"] == "12 December 2026"
