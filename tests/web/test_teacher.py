"""The narrow view: a teacher writes what was done and reviews it, and nothing else is served or changed."""

from __future__ import annotations

from pathlib import Path

import pytest

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


@pytest.mark.parametrize("path", ["pupil.yaml", "plan.yaml", "evidence.yaml", "request.yaml", "meetings/x.yaml"])
def test_other_records_are_not_served(teacher: Page, path: str) -> None:
    for address in ("", "/look", "/preview", "/resume", "/text", "/together"):
        token = teacher.session.ids.of("record", f"cases/ada-brown/{path}")
        answer = teacher.get(f"/r/{token}") if not address else teacher.post(f"/r/{token}{address}", {})
        assert answer.status == 404


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


def test_the_senco_s_browser_can_become_a_teacher_s_and_not_back(page: Page) -> None:
    old = page.session.cookie
    page.post("/teachers-view", {})
    assert page.address == "/mine" and page.session.role == "teacher"
    assert page.sessions.with_cookie(old) is None
    assert page.get("/register").status == 403
