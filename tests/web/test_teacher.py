"""The narrow view: a teacher writes what was done and reviews it, and nothing else is served or changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.files.atomic_files import digest
from generator.folder.changing.changes_made import changes_made
from generator.folder.school_folder import find_project
from tests.web.client import Page
from tests.web.conftest import opened

CYCLE = "cases/ada-brown/cycles/2026-autumn.yaml"


@pytest.fixture
def teacher(school: Path) -> Page:
    """A teacher's page."""
    return opened(school, "teacher")


@pytest.mark.whole
def test_a_teacher_sees_the_pupils_and_what_is_to_be_written(teacher: Page) -> None:
    teacher.get("/")
    assert teacher.address == "/mine" and "Ada Brown" in teacher.text
    link = teacher.root.xpath("//a[contains(., 'what was done, and the review')]")[0]
    teacher.get(link.get("href"))
    names = {name.split("/")[0].split("~")[0] for name in teacher.answers}
    assert names - {""} == {"do", "review"}


@pytest.mark.whole
def test_what_a_teacher_writes_is_saved_and_the_rest_stays(teacher: Page, school: Path) -> None:
    before = (school / CYCLE).read_text("utf-8")
    teacher.record(CYCLE)
    answers = teacher.answers
    note = next(name for name in answers if name.startswith("do/delivery/") and name.endswith("/note"))
    teacher.send({**answers, note: ["Written by a teacher."], "title": ["Changed"], "plan/change": ["Changed"]})
    assert teacher.said == ["Saved."]
    after = (school / CYCLE).read_text("utf-8")
    assert "Written by a teacher." in after and "Changed" not in after
    assert len(after.splitlines()) >= len(before.splitlines()) - 1


@pytest.mark.whole
@pytest.mark.parametrize("path", ["pupil.yaml", "plan.yaml", "evidence.yaml", "request.yaml", "meetings/x.yaml"])
def test_other_records_are_not_served(teacher: Page, path: str) -> None:
    for address in ("", "/look", "/preview", "/resume", "/text", "/together"):
        token = teacher.session.ids.of("record", f"cases/ada-brown/{path}")
        answer = teacher.get(f"/r/{token}") if not address else teacher.post(f"/r/{token}{address}", {})
        assert answer.status == 404


@pytest.mark.whole
def test_other_pages_are_not_served(teacher: Page) -> None:
    pupil = teacher.session.ids.of("pupil", "ada-brown")
    for address in (
        "/register",
        "/reviews",
        "/provision",
        "/import",
        "/new-pupil",
        "/packs",
        f"/p/{pupil}",
        f"/p/{pupil}/evidence",
        f"/p/{pupil}/bundle",
        f"/p/{pupil}/file",
        f"/p/{pupil}/forget",
        f"/p/{pupil}/ask",
        "/more",
        "/forms",
        "/new-year",
        "/receive",
        "/collect",
        "/doctor",
        "/school",
        "/retention",
    ):
        assert teacher.get(address).status == 403, address
    for address in (
        "/stop",
        "/teachers-view",
        f"/p/{pupil}/new",
        f"/p/{pupil}/make",
        f"/p/{pupil}/forget",
        f"/p/{pupil}/photo",
        "/forms",
        "/new-year",
        "/termly",
    ):
        assert teacher.post(address, {}).status == 403, address


@pytest.mark.whole
def test_the_senco_s_browser_can_become_a_teacher_s_and_not_back(page: Page) -> None:
    old = page.session.cookie
    page.post("/teachers-view", {})
    assert page.address == "/mine" and page.session.role == "teacher"
    assert page.sessions.with_cookie(old) is None
    assert page.get("/register").status == 403


@pytest.mark.whole
def test_before_this_browser_is_changed_it_is_said_what_happens(page: Page) -> None:
    page.get("/")
    assert not page.root.xpath("//form[contains(@action, '/teachers-view')]")  # no button does it at once
    page.get("/teachers-view")
    assert page.session.role == "senco" and "Your own view comes back" in page.text
    old, role = page.session.token, page.session.role
    page.post("/teachers-view", {})
    assert page.said[0].startswith("This browser shows the teachers’ view now.") and role != page.session.role
    page.client.post("/undo/x", data={"~token": old}, headers={"Host": page.host, "Origin": f"http://{page.host}"})
    heads = {"Host": page.host, "Origin": f"http://{page.host}"}
    answer = page.client.post("/undo/x", data={"~token": old}, headers=heads)
    assert "belongs to a view that has ended" in answer.get_data(as_text=True)


@pytest.mark.whole
def test_a_teacher_corrects_the_log_and_takes_no_saved_entry_out(teacher: Page, school: Path) -> None:
    log = school / "cases/ada-brown/log.yaml"
    before = log.read_bytes()
    teacher.record("cases/ada-brown/log.yaml")
    answers = teacher.answers
    assert not teacher.root.xpath("//button[contains(@value, 'remove:entries/')]")
    assert teacher.send(answers, "remove:entries/0").status == 404 and log.read_bytes() == before
    teacher.record("cases/ada-brown/log.yaml")
    teacher.send(teacher.answers, "add:entries")
    assert len(teacher.root.xpath("//button[contains(@value, 'remove:entries/')]")) == 1  # what was just added


@pytest.mark.whole
def test_after_the_review_what_was_written_can_still_be_corrected(teacher: Page, school: Path) -> None:
    [autumn] = sorted((school / "cases/kacper-wisniewski/cycles").glob("*.yaml"))[-1:]
    text = autumn.read_text("utf-8")
    if "\nreview:" not in text:
        done = (
            "review:\n  date: 20 November 2026\n  attended: [Ms Hale]\n  next_step: continue\n"
            "  targets: []\n  conclusion: It went well.\n"
        )
        autumn.write_text(f"{text.rstrip()}\n{done}", "utf-8")
    teacher.get("/mine")
    [row] = teacher.root.xpath("//section[contains(., 'Kacper')]")
    said = row.text_content()
    # A review that is right can be corrected, and one with a slip is mended: neither is out of reach.
    assert "correct what was written" in said or "To be mended" in said
    assert row.xpath(".//a[contains(@href, '/r/')]")


@pytest.mark.whole
def test_a_slip_in_another_record_takes_no_pupil_from_the_teacher(teacher: Page, school: Path) -> None:
    (school / "cases/kacper-wisniewski/log.yaml").write_text("entries:\n  - {date: 1 Decembr 2026}\n", "utf-8")
    teacher.get("/mine")
    [row] = teacher.root.xpath("//section[contains(., 'Kacper')]")
    assert "To be mended" in row.text_content() and "what was done, and the review" in row.text_content()


LOG = "cases/ada-brown/log.yaml"


@pytest.mark.whole
def test_a_corrected_entry_of_the_log_is_still_a_saved_one(teacher: Page, school: Path) -> None:
    before = (school / LOG).read_bytes()
    teacher.record(LOG)
    teacher.send({**teacher.answers, "entries/0/what": ["Corrected by a teacher."]}, "add:entries")
    assert len(teacher.root.xpath("//button[contains(@value, 'remove:entries/')]")) == 1
    answers = teacher.answers
    for todo in ("remove:entries/0", "down:entries/0", f"up:entries/{len(answers['entries~rows']) - 1}"):
        assert teacher.send(answers, todo).status == 404, todo
        teacher.record(LOG)
    answers = teacher.answers
    assert teacher.send({**answers, "entries~rows": answers["entries~rows"][1:]}).status == 404
    teacher.record(LOG)
    empty = {name: [""] if name.startswith("entries/0/") else given for name, given in teacher.answers.items()}
    teacher.send(empty)
    assert teacher.status == 422 and "An entry that was saved stays" in teacher.said[0]
    assert (school / LOG).read_bytes() == before
    teacher.record(LOG)
    teacher.send({**teacher.answers, "entries/0/what": ["Corrected by a teacher."]})
    assert teacher.said == ["Saved."] and b"Corrected by a teacher." in (school / LOG).read_bytes()


@pytest.mark.whole
def test_what_another_saved_meanwhile_in_the_log_is_not_chosen_away(teacher: Page, school: Path) -> None:
    senco, mine = opened(school, "senco"), dict[str, dict[str, list[str]]]()
    for one in (teacher, senco):
        one.record(LOG)
        last = one.send(one.answers, "add:entries").answers["entries~rows"][-1]
        said = {f"entries/{last}/date": ["1/12/2026"], f"entries/{last}/what": [f"By the {one.session.role}."]}
        mine[one.session.role] = {**one.answers, **said}
    senco.send(mine["senco"])
    saved = (school / LOG).read_bytes()
    assert b"By the senco." in saved
    teacher.send(mine["teacher"])
    form = teacher.root.xpath("//form[contains(@action, '/together')]")[0]
    rows = {name: "mine" for name in form.fields if name and name.startswith("row-")}
    teacher.post(form.get("action"), {**dict(form.form_values()), **rows})
    assert "would be lost" in teacher.said[0] and (school / LOG).read_bytes() == saved
    form = teacher.root.xpath("//form[contains(@action, '/together')]")[0]
    teacher.post(form.get("action"), dict(form.form_values()))
    assert b"By the senco." in (school / LOG).read_bytes() and b"By the teacher." in (school / LOG).read_bytes()


@pytest.mark.whole
def test_a_file_that_cannot_be_read_is_no_way_to_what_a_teacher_does_not_see(teacher: Page, school: Path) -> None:
    file = school / CYCLE
    whole = file.read_text("utf-8")
    token = teacher.session.ids.of("record", CYCLE)
    for text in (whole, f"{whole}\n  broken: [\n"):
        file.write_text(text, "utf-8")
        sent = {"~seen": digest(file.read_bytes()), "text": whole.replace("title:", "title: Changed", 1)}
        assert teacher.post(f"/r/{token}/text", sent).status == 404 and file.read_text("utf-8") == text
    teacher.get(f"/r/{token}")
    assert "The SENCO must mend it" in teacher.text and "cost:" not in teacher.text
    teacher.get("/mine")
    [row] = teacher.root.xpath("//li[contains(., 'the SENCO must mend it')]")
    assert not row.xpath(".//a")


@pytest.mark.whole
def test_of_two_versions_a_teacher_sees_only_the_parts_of_the_teachers_view(teacher: Page, school: Path) -> None:
    teacher.record(CYCLE)
    answers = teacher.answers
    note = next(name for name in answers if name.startswith("do/delivery/") and name.endswith("/note"))
    file = school / CYCLE
    theirs = file.read_text("utf-8")
    [title] = [line for line in theirs.splitlines() if line.startswith("title:")]
    file.write_text(theirs.replace(title, "title: Hidden from teachers"), "utf-8")
    teacher.send({**answers, note: ["Written by a teacher."]})
    shown = " ".join(teacher.root.text_content().split())
    assert "Written by a teacher." in shown and "Hidden" not in shown and "Title" not in shown
    form = teacher.root.xpath("//form[contains(@action, '/together')]")[0]
    teacher.post(form.get("action"), dict(form.form_values()))
    after = file.read_text("utf-8")
    assert "Written by a teacher." in after and "title: Hidden from teachers" in after


@pytest.mark.whole
def test_a_teacher_takes_back_what_was_done_in_the_teachers_view_alone(teacher: Page, school: Path) -> None:
    senco, path = opened(school, "senco"), "cases/ada-brown/profile.yaml"
    before = (school / path).read_bytes()
    senco.record(path)
    senco.post(f"{senco.address}/remove", {})
    [made] = changes_made(find_project(school))
    assert teacher.post(f"/undo/{made.name}", {}).status == 404 and not (school / path).exists()
    senco.post(f"/undo/{made.name}", {})
    teacher.record(path)
    teacher.send({**teacher.answers, "date": ["1/12/2026"]})
    assert (school / path).read_bytes() != before
    teacher.post(f"/undo/{changes_made(find_project(school))[0].name}", {})
    assert (school / path).read_bytes() == before


@pytest.mark.whole
def test_a_teacher_begins_the_log_and_takes_that_back(teacher: Page, school: Path) -> None:
    (school / LOG).unlink()
    teacher.get("/mine")
    [form] = teacher.root.xpath("//section[contains(., 'Ada')]//form[.//button[contains(., 'Log')]]")
    teacher.post(form.get("action"), dict(form.form_values()))
    assert (school / LOG).is_file() and teacher.root.get_element_by_id("record") is not None
    assert not teacher.root.xpath("//button[contains(@value, 'remove:entries/')]")
    for kind in ("cycle", "plan", "request", "pupil", "../x", ""):
        assert teacher.post(form.get("action"), {"kind": kind}).status == 404, kind
    [made] = changes_made(find_project(school))
    teacher.post(f"/undo/{made.name}", {})
    assert not (school / LOG).exists() and teacher.address == "/mine"


@pytest.mark.whole
def test_a_teacher_s_form_tells_what_a_teacher_can_mend(teacher: Page, page: Page, school: Path) -> None:
    file = school / CYCLE
    text = file.read_text("utf-8")
    assert "  barriers:" in text
    start = text.index("  barriers:")
    end = next(at for at in range(start + 12, len(text)) if text[at] == "\n" and text[at + 1 : at + 4].strip(" -"))
    file.write_text(text[:start] + text[end + 1 :], "utf-8")
    senco = page.record(CYCLE).root.xpath("//form[@id='record']/..")[0].text_content()
    mine = teacher.record(CYCLE).root.xpath("//form[@id='record']/..")[0].text_content()
    assert "No barrier to learning is named" in senco and "No barrier" not in mine
