"""Whoever has no business here: refused, and nothing of a child's is in any address or runs as a script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.web.client import Page
from tests.web.conftest import opened


def everywhere(page: Page) -> list[str]:
    """The address of every page of one pupil and of the school."""
    return ["/", "/new-pupil", f"/p/{page.session.ids.of('pupil', 'ada-brown')}",
            f"/r/{page.session.ids.of('record', 'cases/ada-brown/pupil.yaml')}"]  # fmt: skip


def test_another_host_is_refused(page: Page) -> None:
    for host in ("evil.example", "localhost:8765", "127.0.0.1:80", "127.0.0.1.evil.example:8765"):
        for address in everywhere(page):
            answer = page.client.get(address, headers={"Host": host})
            assert answer.status_code == 403 and "Ada" not in answer.text


@pytest.mark.whole
@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:80", "https://127.0.0.1:8765", None]
)
def test_another_origin_changes_nothing(page: Page, school: Path, origin: str | None) -> None:
    page.record("cases/ada-brown/plan.yaml")
    address, before = page.address, (school / "cases/ada-brown/plan.yaml").read_bytes()
    headers = {"Host": page.host, **({"Origin": origin} if origin else {})}
    data = {**page.answers, "~token": page.session.token, "review_date": "1 January 2027", "~do": "save"}
    assert page.client.post(address, data=data, headers=headers).status_code == 403
    assert (school / "cases/ada-brown/plan.yaml").read_bytes() == before


@pytest.mark.whole
@pytest.mark.parametrize("token", ["", "wrong", "x" * 43])
def test_a_form_without_the_token_changes_nothing(page: Page, school: Path, token: str) -> None:
    page.record("cases/ada-brown/plan.yaml")
    before = (school / "cases/ada-brown/plan.yaml").read_bytes()
    page.post(page.address, {**page.answers, "review_date": "1 January 2027", "~do": "save", "~token": token})
    assert page.status == 403
    assert (school / "cases/ada-brown/plan.yaml").read_bytes() == before


def test_without_the_cookie_nothing_is_shown(page: Page) -> None:
    addresses = everywhere(page)
    page.client.delete_cookie("sendpack", domain="127.0.0.1")
    for address in addresses:
        assert page.get(address).status == 403
        assert "Ada" not in page.text and "Larkfield" not in page.text


def test_the_cookie_of_another_server_opens_nothing(page: Page, school: Path) -> None:
    other = opened(school, "senco")
    page.client.set_cookie("sendpack", other.session.cookie, domain="127.0.0.1")
    assert page.get("/").status == 403


def test_a_second_user_of_the_machine_who_guesses_the_secret_is_refused(page: Page) -> None:
    page.client.delete_cookie("sendpack", domain="127.0.0.1")
    for key in ("", "a", page.sessions.secret[:-1], page.sessions.secret + "A"):
        assert page.get(f"/begin?key={key}").status == 403
    assert page.client.get_cookie("sendpack", "127.0.0.1") is None


def test_the_cookie_cannot_be_read_by_scripts_or_sent_by_other_sites(page: Page) -> None:
    answer = page.client.get(f"/begin?key={page.sessions.secret}", headers={"Host": page.host})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Domain" not in cookie


PATHS = (
    "../cases/ada-brown/pupil.yaml", "cases/ada-brown/../../secret.yaml", "/etc/passwd", "cases/../school.yaml",
    "cases/ada-brown/evidence/a.pdf", "cases\\ada-brown\\pupil.yaml", "cases/ada-brown/pupil.yaml/",
    "cases//pupil.yaml",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out_of_the_records(page: Page, path: str) -> None:
    page.record(path)
    assert page.status in (404, 409) and "root:" not in page.text
    assert page.get(f"/r/{path}").status in (404, 308)


def test_a_link_to_a_file_outside_is_no_record(page: Page, school: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("legal_surname: Elsewhere\n", "utf-8")
    (school / "cases/ada-brown/transition.yaml").symlink_to(outside)
    assert page.record("cases/ada-brown/transition.yaml").status == 409
    assert "Elsewhere" not in page.text


def test_an_id_of_another_kind_or_session_is_not_found(page: Page, school: Path) -> None:
    record = page.session.ids.of("record", "cases/ada-brown/pupil.yaml")
    assert page.get(f"/p/{record}").status == 404
    other = opened(school, "senco")
    assert other.get(f"/r/{record}").status == 404


SCRIPT = "<script>alert(1)</script>"


@pytest.mark.whole
def test_markup_in_every_field_of_a_case_stays_text(page: Page, school: Path) -> None:
    for file in (school / "cases/ada-brown").rglob("*.yaml"):
        text = file.read_text("utf-8")
        file.write_text(re.sub(r"(?m)^( *)(\w+): ([A-Z][\w ,.]+)$", rf"\1\2: \3 {SCRIPT}", text), "utf-8")
    for address in everywhere(page):
        page.get(address)
        assert "alert(1)" in page.text or address in ("/new-pupil",) or address == "/"
        assert SCRIPT not in page.text
        assert page.root.xpath("//script[not(@src)]") == []


@pytest.mark.whole
def test_every_answer_forbids_scripts_frames_and_keeping(page: Page) -> None:
    for address in [*everywhere(page), "/static/page.js", "/nowhere"]:
        headers = page.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
        assert headers["X-Frame-Options"] == "DENY" and headers["Cache-Control"] == "no-store"
        assert "Server" not in headers


@pytest.mark.whole
def test_no_address_and_no_title_names_a_child(page: Page) -> None:
    names = re.compile("ada|brown|kacper|idris", re.IGNORECASE)
    for address in everywhere(page):
        page.get(address)
        assert not names.search(address)
        for link in page.root.xpath("//@href | //@action | //@data-hx-post | //@data-hx-get"):
            assert not names.search(link)
        assert not names.search(page.root.findtext(".//title"))


@pytest.mark.whole
def test_no_page_holds_a_style_or_a_handler_in_its_markup(page: Page) -> None:
    for address in everywhere(page):
        page.get(address)
        assert page.root.xpath("//@style | //style | //@*[starts-with(name(), 'on')]") == []
