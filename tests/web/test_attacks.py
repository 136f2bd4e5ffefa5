"""Whoever has no business here: refused, and nothing of a child's is in any address or runs as a script."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.web.security import cookie_of
from tests.web.client import Page
from tests.web.conftest import opened


def everywhere(page: Page) -> list[str]:
    """The address of every page of one pupil and of the school."""
    return ["/", "/new-pupil", f"/p/{page.session.ids.of('pupil', 'ada-brown')}",
            f"/r/{page.session.ids.of('record', 'cases/ada-brown/pupil.yaml')}"]  # fmt: skip


@pytest.mark.whole
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


@pytest.mark.whole
def test_without_the_cookie_nothing_is_shown(page: Page) -> None:
    addresses = everywhere(page)
    page.client.delete_cookie(cookie_of(page.host), domain="127.0.0.1")
    for address in addresses:
        assert page.get(address).status == 403
        assert "Ada" not in page.text and "Larkfield" not in page.text


def test_the_cookie_of_another_server_opens_nothing(page: Page, school: Path) -> None:
    other = opened(school, "senco")
    page.client.set_cookie(cookie_of(page.host), other.session.cookie, domain="127.0.0.1")
    assert page.get("/").status == 403


@pytest.mark.whole
def test_two_schools_are_open_in_one_browser(page: Page) -> None:
    """A browser sends a cookie to every port of this machine: one server does not take the place of the other."""
    page.client.set_cookie(cookie_of("127.0.0.1:9999"), "of-another-school", domain="127.0.0.1")
    assert cookie_of(page.host) == "sendpack-8765" and page.get("/").status == 200


def test_a_second_user_of_the_machine_who_guesses_the_secret_is_refused(page: Page) -> None:
    page.client.delete_cookie(cookie_of(page.host), domain="127.0.0.1")
    for key in ("", "a", page.sessions.secret[:-1], page.sessions.secret + "A"):
        assert page.get(f"/begin?key={key}").status == 403
    assert page.client.get_cookie(cookie_of(page.host), "127.0.0.1") is None


@pytest.mark.whole
def test_a_secret_is_good_once(page: Page) -> None:
    """A browser's history keeps where a redirect began: whoever finds the address there gets nothing with it."""
    first, file, heard, heads = page.sessions.secret, page.sessions.of_file, list[str](), {"Host": page.host}
    page.sessions.hears = heard.append
    typed = page.client.get(f"/begin?key={first}", headers={**heads, "Sec-Fetch-Site": "none"})
    assert typed.status_code == 303 and typed.headers["Location"] == "/" and "Set-Cookie" in typed.headers
    assert heard == [page.sessions.secret] != [first]
    from_file = page.client.post("/begin", data={"key": file}, headers={**heads, "Origin": "null"})
    assert from_file.status_code == 200 and file not in from_file.get_data(as_text=True)
    assert "Set-Cookie" in from_file.headers and heard == [page.sessions.secret], "what is printed stays good"
    assert page.client.post("/begin", data={"key": "x"}, headers=heads).status_code == 403
    assert page.get(f"/begin?key={first}").status == 200, "the Back button leads on who has the cookie"
    page.client.delete_cookie(cookie_of(page.host), domain="127.0.0.1")
    for key in (first, file):
        for again in (
            page.client.get(f"/begin?key={key}", headers=heads),
            page.client.post("/begin", data={"key": key}, headers=heads),
        ):
            assert again.status_code in (200, 303) and "Set-Cookie" not in again.headers
        assert page.get("/").status == 403
    assert page.get(f"/begin?key={heard[0]}").status == 200


def test_of_many_who_come_at_once_one_is_let_in(page: Page) -> None:
    with ThreadPoolExecutor(8) as pool:
        let_in = list(pool.map(page.sessions.let_in, [page.sessions.secret] * 40))
    assert sum(one is not None for one in let_in) == 1


@pytest.mark.whole
def test_after_the_computer_is_lent_the_earlier_address_opens_nothing(page: Page) -> None:
    old, heard = page.sessions.secret, list[str]()
    page.sessions.hears = heard.append
    page.post("/teachers-view", {})
    assert page.get(f"/begin?key={old}").status == 403
    assert heard == [page.sessions.secret] and page.get(f"/begin?key={heard[0]}").status == 200
    assert page.session.role == "senco"


def test_the_cookie_cannot_be_read_by_scripts_or_sent_by_other_sites(page: Page) -> None:
    answer = page.client.get(f"/begin?key={page.sessions.secret}", headers={"Host": page.host})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Domain" not in cookie


PATHS = (
    "../cases/ada-brown/pupil.yaml", "cases/ada-brown/../../secret.yaml", "/etc/passwd", "cases/../school.yaml",
    "cases/ada-brown/evidence/a.pdf", "cases\\ada-brown\\pupil.yaml", "cases/ada-brown/pupil.yaml/",
    "cases//pupil.yaml",
)  # fmt: skip


@pytest.mark.whole
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


@pytest.mark.whole
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
