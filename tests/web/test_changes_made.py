"""Every change of the page has a way back from anywhere, for two weeks; what was begun by mistake can be removed."""

from __future__ import annotations

import io
import json
import os
import shutil
import time
from pathlib import Path

import pytest
from PIL import Image

from generator.files.atomic_files import write_file
from generator.folder.changing.changes_made import HOME, changes_made, sweep, take_back
from generator.folder.school_folder import find_project
from generator.folder.watched_change import remembered
from generator.problems import Stop, WrongUse
from tests.example_school import sendpack
from tests.web.client import Page
from tests.web.conftest import opened
from tests.web.test_evidence_and_bundle import adds, described, finished, pdf
from tests.web.undoing import files, pupil, undo_first

KACPER, ADA = "kacper-wisniewski", "ada-brown"


@pytest.mark.whole
def test_a_record_begun_by_mistake_is_removed_after_a_question_and_comes_back(page: Page, school: Path) -> None:
    home = pupil(page, KACPER)
    before = files(school)
    page.post(f"{home}/new", {"kind": "behaviour-plan"})
    begun = files(school)
    [path] = set(begun) - set(before)
    [link] = page.root.xpath("//a[contains(., 'Remove this record')]/@href")
    page.get(link)
    assert "still to be filled in" in page.text and files(school) == begun
    page.post(link, {})
    assert files(school) == before and "can be brought back for 14 days" in page.said[0]
    assert "Removed: Behaviour" in undo_first(page, f"{home}/changes-made")
    assert files(school) == begun
    assert "Taken back: Removed" in undo_first(page, f"{home}/changes-made")
    assert path not in files(school)


@pytest.mark.whole
def test_the_pupils_own_record_cannot_be_removed(page: Page, school: Path) -> None:
    page.record(f"cases/{KACPER}/pupil.yaml")
    assert not page.root.xpath("//a[contains(., 'Remove this record')]")
    page.post(f"{page.address}/remove", {})
    assert page.status == 404 and (school / "cases" / KACPER / "pupil.yaml").is_file()


@pytest.mark.whole
def test_a_teacher_neither_removes_nor_sees_changes(school: Path) -> None:
    page = opened(school, "teacher")
    token = page.session.ids.of("record", f"cases/{KACPER}/profile.yaml")
    assert page.get(f"/r/{token}/remove").status == 403 and page.get("/changes-made").status == 403
    assert page.get(f"/p/{page.session.ids.of('pupil', KACPER)}/changes-made").status == 403


@pytest.mark.whole
def test_saves_are_undone_from_the_list_in_their_order(page: Page, school: Path) -> None:
    home = pupil(page, KACPER)
    first = files(school)
    for name in ("Kac", "Kacperek"):
        page.record(f"cases/{KACPER}/pupil.yaml")
        page.send({**page.answers, "preferred_name": [name]})
    page.get(f"{home}/changes-made")
    rows = [" ".join(one.text_content().split()) for one in page.root.xpath("//ol/li")]
    assert "Changed: Pupil (Likes to be called" in rows[0] or "Changed: Pupil" in rows[0]
    assert "Undo" in rows[0] and "take the later change back first" in rows[1]
    undo_first(page, f"{home}/changes-made")
    page.get(f"{home}/changes-made")
    forms = page.root.xpath("//form[contains(@action, '/undo/')]")
    assert len(forms) == 2  # what was undone can be done again, and the earlier change taken back now
    page.post(forms[1].get("action"), {"~from": "changes"})
    assert files(school) == first


@pytest.mark.whole
def test_files_and_pictures_are_taken_back_with_what_was_written_of_them(page: Page, school: Path) -> None:
    home = pupil(page, KACPER)
    before = files(school)
    page.post(f"{home}/evidence", {"files": (io.BytesIO(pdf("x")), "Letter.pdf")})
    taken = files(school)
    [link] = page.root.xpath("//a[contains(@href, '/evidence-remove/')]/@href")[:1]
    page.get(link)
    page.post(link, {})
    assert files(school) == before
    undo_first(page, f"{home}/changes-made")
    assert files(school) == taken
    undo_first(page, f"{home}/changes-made")
    picture = io.BytesIO()
    Image.new("RGB", (60, 60), "green").save(picture, "PNG")
    asked = {"describes": "A drawing", "consent": "yes", "photo": (io.BytesIO(picture.getvalue()), "snail.png")}
    page.post(f"{home}/photo", asked)
    assert len(files(school)) == len(before) + 1
    assert "Picture taken in" in undo_first(page, f"{home}/changes-made")
    assert files(school) == before


@pytest.mark.whole
def test_listed_evidence_goes_with_its_entry_and_stays_where_it_is_cited(page: Page, school: Path) -> None:
    home = pupil(page, ADA)
    page.get(f"{home}/evidence")
    before = files(school)
    page.post(page.root.xpath("//a[contains(@href, '/evidence-remove/')]/@href")[0], {})
    assert "is cited in" in page.said[0] and files(school) == before
    page.post(f"{home}/evidence", {"files": (io.BytesIO(pdf("x")), "Letter.pdf")})
    said = {"title": "Letter", "kind": "letter", "author": "Dr Lee", "date": "20/11/2026", "shows": "She is tired."}
    page.post(adds(page, "letter.pdf"), described(page, "letter.pdf", **said))
    listed = files(school)
    assert set(listed) - set(before) and b"Dr Lee" in listed[f"cases/{ADA}/evidence.yaml"]
    [link] = page.root.xpath("//tr[contains(., 'Dr Lee')]//a[contains(@href, '/evidence-remove/')]/@href")
    page.post(link, {})
    assert files(school) == before
    assert "Removed from evidence: letter.pdf" in undo_first(page, f"{home}/changes-made")
    assert files(school) == listed


@pytest.mark.whole
def test_given_out_and_sent_by_mistake_are_taken_back(page: Page, school: Path) -> None:
    home = pupil(page, KACPER)
    finished(page.post(f"{home}/make", {}))
    before = files(school)
    finished(page.post(f"{home}/give", {"document": "profile", "to": "Mr Whitlock"}))
    assert files(school) != before
    assert "Given out: One-page profile, to Mr Whitlock" in undo_first(page, f"{home}/changes-made")
    assert files(school) == before
    page.post(f"{home}/new", {"kind": "request"})
    begun = files(school)
    page.post(f"{home}/sent", {"date": "20/11/2026", "to": "SEN team", "how": "", "received": ""})
    if files(school) != begun:
        assert "Recorded as sent on 20 November 2026" in undo_first(page, f"{home}/changes-made")
        assert files(school) == begun


@pytest.mark.whole
def test_words_of_a_language_and_the_house_style_are_taken_back(page: Page, school: Path) -> None:
    before = files(school)
    page.post("/languages", {"code": "cy", "name": "Welsh"})
    page.post("/house-style", {"do": "style", "use_colour": "yes", "colour": "#7a1f2b"})
    assert files(school) != before
    assert "House style changed" in undo_first(page, "/changes-made")
    page.get("/changes-made")
    for form in page.root.xpath("//form[contains(@action, '/undo/')]"):
        if "Language begun: Welsh" in form.text_content():
            page.post(form.get("action"), {"~from": "changes"})
    assert files(school) == before


@pytest.mark.whole
def test_a_new_pupil_is_taken_back_as_long_as_nothing_else_is_there(page: Page, school: Path) -> None:
    before = files(school)
    page.post("/new-pupil", {"forenames": "Orla", "surname": "Weatherall", "born": "14/05/2018", "status": ""})
    home = pupil(page, "orla-weatherall")
    page.post(f"{home}/new", {"kind": "log"})
    page.get(f"{home}/changes-made")
    assert "holds other files by now" in page.text
    undo_first(page, f"{home}/changes-made")
    page.get("/changes-made")
    form = next(
        one for one in page.root.xpath("//form[contains(@action, '/undo/')]") if "Begun: Pupil" in one.text_content()
    )
    page.post(form.get("action"), {"~from": "changes"})
    assert files(school) == before and not (school / "cases/orla-weatherall").exists()


def test_a_change_of_many_steps_is_one_and_what_broke_off_can_be_taken_back(school: Path) -> None:
    project, file = find_project(school), school / "cases" / KACPER / "profile.yaml"
    with pytest.raises(ZeroDivisionError), remembered(school, "Fails", "cases"):
        file.write_bytes(file.read_bytes() + b"# one\n")
        raise ZeroDivisionError
    [broken] = changes_made(project)
    assert broken.did == "Fails (broke off)" and broken.paths == (f"cases/{KACPER}/profile.yaml",)
    with pytest.raises(ZeroDivisionError), remembered(school, "Nothing", "cases"):
        raise ZeroDivisionError
    assert len(changes_made(project)) == 1
    take_back(project, broken.name)
    (school / HOME / "undo").rename(school / "elsewhere")
    with remembered(school, "Both", "cases"):
        file.write_bytes(file.read_bytes() + b"# two\n")
        shutil.copy(file, file.with_name("copy.txt"))
    [made] = changes_made(project)
    assert made.paths == (f"cases/{KACPER}/copy.txt", f"cases/{KACPER}/profile.yaml")


@pytest.mark.whole
def test_the_command_asks_removes_and_brings_back(school: Path) -> None:
    assert sendpack(school, "new", "behaviour-plan", KACPER).returncode == 0
    begun = files(school)
    asked = sendpack(school, "remove", KACPER, "behaviour-plan")
    assert asked.returncode != 0 and files(school) == begun
    done = sendpack(school, "remove", KACPER, "behaviour-plan", "--confirm")
    assert done.returncode == 0 and "--bring-back" in done.stdout and len(files(school)) == len(begun) - 1
    assert sendpack(school, "remove", KACPER, "behaviour-plan", "--bring-back").returncode == 0
    assert files(school) == begun
    wrong = sendpack(school, "remove", KACPER, "pupil", "--confirm")
    assert wrong.returncode == 2 and files(school) == begun
    outside = sendpack(school, "remove", KACPER, "evidence/../pupil.yaml", "--confirm")
    assert outside.returncode == 2 and files(school) == begun


def changed_thrice(school: Path) -> Path:
    """A profile that was changed three times, each time remembered."""
    file = school / "cases" / KACPER / "profile.yaml"
    for number in range(3):
        with remembered(school, f"Step {number}", f"cases/{KACPER}"):
            file.write_bytes(file.read_bytes() + f"# {number}\n".encode())
    return file


def test_one_odd_note_or_a_lost_file_hinders_no_other_change(school: Path) -> None:
    project, file = find_project(school), changed_thrice(school)
    undo = school / HOME / "undo"
    (undo / "1-odd.json").write_text('{"did": "x", "at": 9e9, "files": [{"path": "cases/x"}]}', "utf-8")
    (undo / "2-odd.json").write_text('{"did": "x", "at": null, "files": 3}', "utf-8")
    newest = changes_made(project)[0]
    (undo / f"{newest.name}.0").unlink()
    made = changes_made(project)
    assert [one.did for one in made] == ["Step 2", "Step 1", "Step 0"] and "not kept any more" in made[0].why_not
    with pytest.raises(WrongUse, match="not kept any more"):
        take_back(project, newest.name)
    assert file.read_bytes().endswith(b"# 2\n")


def test_what_was_kept_of_before_and_is_damaged_is_not_put_back(school: Path) -> None:
    project, file = find_project(school), changed_thrice(school)
    newest = changes_made(project)[0]
    kept = school / HOME / "undo" / f"{newest.name}.0"
    kept.write_bytes(kept.read_bytes()[:-30])
    assert "is damaged" in changes_made(project)[0].why_not
    with pytest.raises(WrongUse, match="is damaged"):
        take_back(project, newest.name)
    assert file.read_bytes().endswith(b"# 2\n")


def test_what_was_changed_outside_the_list_is_not_called_a_later_change(school: Path) -> None:
    project, file = find_project(school), changed_thrice(school)
    file.write_bytes(file.read_bytes() + b"# by hand\n")
    whys = [one.why_not for one in changes_made(project)]
    assert "outside this list" in whys[0] and "take the later change back first" in whys[1]


def test_after_two_weeks_nothing_is_kept_or_taken_back(school: Path) -> None:
    project = find_project(school)
    changed_thrice(school)
    undo, old = school / HOME / "undo", time.time() - 15 * 86400
    notes = sorted(undo.glob("*.json"))
    name = notes[0].stem
    notes[0].write_text(json.dumps({**json.loads(notes[0].read_text("utf-8")), "at": old}), "utf-8")
    assert len(changes_made(project)) == 2
    with pytest.raises(WrongUse, match="no longer"):
        take_back(project, name)
    for file in undo.glob(f"{name}.*"):
        os.utime(file, (old, old))
    assert sendpack(school, "check", KACPER).returncode in (0, 1)
    assert not list(undo.glob(f"{name}.*")) and len(list(undo.glob("*.json"))) == 2
    assert sweep(school / "cases") == 0 and not (school / "cases" / "output").exists()


def test_half_a_way_back_is_put_right_again(school: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, home = find_project(school), school / "cases" / KACPER
    with remembered(school, "Both", f"cases/{KACPER}"):
        for name in ("plan.yaml", "profile.yaml"):
            (home / name).write_bytes((home / name).read_bytes() + b"# both\n")
    now, [made] = files(school), changes_made(project)

    def write(path: Path, content: bytes) -> None:
        if path.name == "profile.yaml" and not content.endswith(b"# both\n"):
            raise Stop("profile.yaml cannot be written (in use).", "Close it.")
        write_file(path, content)

    monkeypatch.setattr("generator.folder.changing.changes_made.write_file", write)
    with pytest.raises(WrongUse, match="in use"):
        take_back(project, made.name)
    assert files(school) == now and [one.name for one in changes_made(project)] == [made.name]


@pytest.mark.whole
def test_a_change_of_many_pupils_is_undone_on_the_school_s_page_alone(page: Page, school: Path) -> None:
    before = files(school)
    with remembered(school, "Moved up to the school year 2027", "cases"):
        for name in (ADA, KACPER, "idris-chowdhury"):
            file = school / "cases" / name / "pupil.yaml"
            file.write_bytes(file.read_bytes() + b"# moved up\n")
    page.get(f"{pupil(page, ADA)}/changes-made")
    [row] = page.root.xpath("//ol/li")
    assert "for 2 other pupils too" in row.text_content() and not row.xpath(".//form")
    page.get(row.xpath(".//a/@href")[0])
    [row] = page.root.xpath("//ol/li")
    assert "and 2 other pupils" in row.text_content() and "Undo for all 3 pupils" in row.text_content()
    undo_first(page, "/changes-made")
    assert page.address == "/changes-made" and files(school) == before


@pytest.mark.whole
def test_a_pupil_who_is_only_in_the_changes_can_be_forgotten(page: Page, school: Path) -> None:
    page.post("/new-pupil", {"forenames": "Orla", "surname": "Weatherall", "born": "14/05/2018", "status": ""})
    undo_first(page, f"{pupil(page, 'orla-weatherall')}/changes-made")
    kept = school / HOME / "undo"
    assert not (school / "cases/orla-weatherall").exists()
    assert any(b"Weatherall" in one.read_bytes() for one in kept.iterdir())
    confirmed = ("--reason", "Not our pupil", "--confirm", "orla-weatherall", "--early")
    done = sendpack(school, "forget", "orla-weatherall", *confirmed)
    assert done.returncode == 0 and "could still be brought back" in done.stdout
    assert not any(b"eatherall" in one.read_bytes() for one in kept.iterdir())
    assert sendpack(school, "forget", "orla-weatherall", *confirmed).returncode == 2
