"""Attacks on every route that there is: who has no business here gets nothing, whatever the method and the address."""

from __future__ import annotations

import contextlib
import http.client
import re
import shutil
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask

from generator.records.record import Schemas
from generator.records.yaml_text.yaml_changes import edited
from generator.records.yaml_text.yaml_reader import read_yaml
from generator.web.application import TEACHERS_PAGES
from generator.web.security import cookie_of
from tests.web.client import Page
from tests.web.conftest import REPO, opened
from tests.web.every_page import ADA, every_page, prepared
from tests.web.test_server import ask, running

SECRETS = ("Ada", "Larkfield", "sendpack-report", "Traceback")
SCRIPT = "<script>alert(1)</script>"
METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND")
UNSEEN = ("begin", "static")
"""What is there before anybody is let in."""


def routes(app: Flask, page: Page) -> Iterator[tuple[str, str, str]]:
    """Each route with an address of something that is there, and its methods: `(route, method, address)`."""
    ids = page.session.ids
    record = ids.of("record", f"cases/{ADA}/plan.yaml")
    names = {"loose": ids.of("loose", ADA, "x.pdf"), "name": "a", "number": 0, "filename": "style.css"}
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            token = record if rule.rule.startswith("/r/") else ids.of("pupil", ADA)
            given = {key: value for key, value in {"token": token, **names}.items() if key in rule.arguments}
            _, address = rule.build(given)  # type: ignore[misc]
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                yield rule.endpoint, method, address


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """The page of the example school, on which every attack is tried."""
    folder = tmp_path_factory.mktemp("routes") / "school"
    shutil.copytree(REPO / "cases", folder / "cases")
    return opened(folder, "senco")


def refused(answer: Any, *codes: int) -> None:
    """It was refused, and tells nothing."""
    text = answer.get_data(as_text=True)
    assert answer.status_code in (codes or (403,)), answer.request.path
    assert not any(word in text for word in SECRETS), answer.request.path
    answer.close()


def marks(folder: Path) -> dict[str, bytes]:
    """Every file of the records as it is."""
    return {path.as_posix(): path.read_bytes() for path in (folder / "cases").rglob("*") if path.is_file()}


@pytest.mark.whole
def test_no_route_answers_a_stranger(whole: Page) -> None:
    app = whole.client.application
    before = marks(app.extensions["sendpack"].folder.root)
    other = opened(app.extensions["sendpack"].folder.root, "senco").session.cookie
    home = f"http://{whole.host}"
    for route, method, address in routes(app, whole):
        stranger = app.test_client()
        asked = {"method": method, "headers": {"Host": whole.host, "Origin": home}}
        if route not in UNSEEN:
            refused(stranger.open(address, **asked))
            stranger.set_cookie(cookie_of(whole.host), other, domain="127.0.0.1")
            refused(stranger.open(address, **asked))
        for host in (
            "evil.example",
            "localhost:8765",
            "127.0.0.1",
            "127.0.0.1:80",
            "[::1]:8765",
            "",
            "127.0.0.1:8765.a",
        ):
            refused(whole.client.open(address, method=method, headers={"Host": host}), 400, 403)
        if method == "POST":
            for origin in ("http://evil.example", "null", "https://127.0.0.1:8765", "http://127.0.0.1:1", None):
                heads = {"Host": whole.host, **({"Origin": origin} if origin else {})}
                refused(whole.client.post(address, headers=heads, data={"~token": whole.session.token}))
            for token in ("", "x", whole.session.token[:-1], "ü"):
                ours = {"Host": whole.host, "Origin": home}
                refused(whole.client.post(address, headers=ours, data={"~token": token}))
    assert marks(app.extensions["sendpack"].folder.root) == before


@pytest.mark.whole
def test_every_method_has_the_headers_and_only_two_do_anything(whole: Page) -> None:
    app = whole.client.application
    heads = {"Host": whole.host, "Origin": f"http://{whole.host}", "X-Sendpack-Token": whole.session.token}
    there = {(method, address) for _, method, address in routes(app, whole)}
    for address in sorted({address for _, address in there}):
        for method in METHODS:
            if (method, address) in there and method == "POST":
                continue
            answer = whole.client.open(address, method=method, headers=heads)
            assert answer.headers["Cache-Control"] == "no-store", (method, address)
            assert answer.headers["X-Frame-Options"] == "DENY" and "Server" not in answer.headers
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            if method not in ("GET", "HEAD", "OPTIONS"):
                assert answer.status_code in (400, 403, 405), (method, address)
            if method == "HEAD":
                assert answer.data == b""
            answer.close()


@pytest.mark.whole
def test_a_teacher_s_session_is_served_nothing_else_on_any_route(tmp_path: Path) -> None:
    folder = tmp_path / "school"
    shutil.copytree(REPO / "cases", folder / "cases")
    page = opened(folder, "teacher")
    app = page.client.application
    before = marks(folder)
    heads = {"Host": page.host, "Origin": f"http://{page.host}", "X-Sendpack-Token": page.session.token}
    for route, method, address in routes(app, page):
        group = route.partition(".")[0]
        if group in (*TEACHERS_PAGES, *UNSEEN):
            continue
        answer = page.client.open(address, method=method, headers=heads)
        if address == "/" and method == "GET":
            assert answer.headers["Location"] == "/mine"
        else:
            refused(answer)
    for kind in ("pupil", "plan", "evidence", "request", "my-support-plan"):
        token = page.session.ids.of("record", f"cases/{ADA}/{kind}.yaml")
        for route, method, address in routes(app, page):
            if address.startswith("/r/"):
                refused(
                    page.client.open(re.sub(r"^/r/[^/]+", f"/r/{token}", address), method=method, headers=heads),
                    403 if route.startswith("changes_made.") else 404,  # that group of pages is not served at all
                )
    whole = opened(folder, "senco")
    undo = whole.record(f"cases/{ADA}/plan.yaml").send({**whole.answers, "version": ["Changed"]})
    [form] = undo.root.xpath("//form[contains(@action, '/undo/')]")
    saved = (folder / f"cases/{ADA}/plan.yaml").read_bytes()
    answer = page.client.post(form.get("action"), headers=heads)
    assert answer.status_code == 404 and (folder / f"cases/{ADA}/plan.yaml").read_bytes() == saved
    assert {key: value for key, value in marks(folder).items() if "plan.yaml" not in key} == {
        key: value for key, value in before.items() if "plan.yaml" not in key
    }


TRICKS = (
    "../application.py", "..%2fapplication.py", "%2e%2e/application.py", "%252e%252e%252fapplication.py", "%00",
    "..%5capplication.py", "..\\application.py", "style.css%00.png", "C:%5cWindows%5cwin.ini", "C:/Windows/win.ini",
    "//etc/passwd", "/etc/passwd", "....//application.py", "%c0%ae%c0%ae/application.py", "..;/application.py", "~root",
    "con", "file:///etc/passwd", "style.css/../../application.py", "%0d%0aX-Evil:%201",
)  # fmt: skip


@pytest.mark.whole
def test_no_trick_with_an_address_leads_to_a_file(school: Path) -> None:
    (school / "cases/ada-brown/evidence/secret.txt").write_text("root:x:0:0", "utf-8")
    with running(school) as (_, address):
        place = urlsplit(address)
        line = http.client.HTTPConnection(place.netloc, timeout=30)
        line.request("GET", f"{place.path}?{place.query}")
        cookie = line.getresponse()
        cookie.read()
        head = {"Cookie": str(cookie.getheader("Set-Cookie")).partition(";")[0]}
        groups = ("static", "file", "r", "p", "preview", "work", "undo", "collect", "import", "forms")
        for start in (*(f"/{group}/" for group in groups), "/"):
            for trick in TRICKS:
                line.request("GET", start + trick, headers=head)
                answer = line.getresponse()
                said = answer.read()
                assert answer.status in (301, 302, 308, 400, 403, 404, 405, 409), start + trick
                assert b"import annotations" not in said and b"root:" not in said and b"Traceback" not in said
                assert answer.getheader("X-Evil") is None and answer.getheader("Cache-Control") in ("no-store", None)
        for extra in (
            {"Range": "bytes=0-10"},
            {"Range": "bytes=0-0,2-3,5-9999999"},
            {"X-Forwarded-Host": "evil.example"},
        ):
            line.request("GET", "/static/style.css", headers={**head, **extra})
            answer = line.getresponse()
            answer.read()
            assert answer.status in (200, 206, 416) and answer.getheader("Cache-Control") == "no-store"
        line.close()


@pytest.mark.whole
def test_a_slow_or_broken_upload_keeps_nobody_waiting(school: Path) -> None:
    with running(school) as (_, address):
        place = urlsplit(address)
        slow = [socket.create_connection((str(place.hostname), int(place.port or 0)), timeout=20) for _ in range(20)]
        for number, one in enumerate(slow):
            size = "100000" if number % 2 else "abc"
            head = f"POST /collect HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Length: {size}\r\n\r\nx"
            with contextlib.suppress(OSError):
                one.sendall(head.encode())
        assert ask(address).status == 303, "what waits behind the slow ones is given up by `ask`"
        for one in slow:
            one.close()


def scripted(folder: Path) -> int:
    """Put markup into every text of every record where any text may stand; gives how many."""
    schemas, done = Schemas.load([REPO / "schemas"]), 0
    for file in (folder / "cases").rglob("*.yaml"):
        inside = file.relative_to(folder / "cases").as_posix()
        kind = schemas.kind_of(inside, "school") or schemas.kind_of(inside.partition("/")[2])
        tree = read_yaml(file.read_bytes(), "")[0]
        if kind in (None, "issued") or tree is None:
            continue
        wanted, count = marked(tree, schemas.shape(kind))
        file.write_bytes(edited(file.read_bytes(), wanted, schemas.shape(kind)))
        done += count
    return done


def marked(value: Any, shape: Any) -> tuple[Any, int]:
    """A value with markup at the end of every text in it."""
    if isinstance(value, Mapping):
        held = {key: marked(below, shape.property(key) if shape else None) for key, below in value.items()}
        return {key: one for key, (one, _) in held.items()}, sum(count for _, count in held.values())
    if isinstance(value, list):
        rows = [marked(below, shape.item() if shape else None) for below in value]
        return [one for one, _ in rows], sum(count for _, count in rows)
    words = shape.keywords if shape else {"enum": ()}
    kept = {"enum", "pattern", "x-id", "x-ref", "x-file-in", "x-pack", "x-value", "x-check", "const", "format"} & set(
        words
    )
    long = words.get("maxLength", 999) < len(str(value)) + len(SCRIPT)
    if kept & set(words) or long or type(value) is not str or "string" not in shape.types or "x-says" in words:
        return value, 0
    return f"{value} {SCRIPT}", 1


@pytest.mark.whole
def test_markup_in_every_text_of_every_kind_of_record_stays_text_on_every_page(tmp_path: Path) -> None:
    folder = tmp_path / "school"
    shutil.copytree(REPO / "cases", folder / "cases")
    assert scripted(folder) > 800
    prepared(folder)
    page = opened(folder, "senco")
    shown = 0
    for stop in every_page(page, folder):
        if stop.files or stop.route == "begin":
            continue
        if stop.send:
            page.post(stop.address, stop.send)
        else:
            page.get(stop.address)
        shown += page.text.count("&lt;script&gt;alert(1)")
        assert SCRIPT not in page.text, stop
        assert page.status == stop.status, stop
        assert page.root.xpath("//script[not(@src)] | //@style | //style | //@*[starts-with(name(), 'on')]") == [], stop
        assert page.root.xpath("//iframe | //object | //embed | //a[starts-with(@href, 'javascript:')]") == [], stop
        assert page.headers["Cache-Control"] == "no-store" and "unsafe" not in page.headers["Content-Security-Policy"]
        if stop.route != "begin":
            assert not re.search(r"script|alert", str(page.root.xpath("//link/@href | //a/@href | //form/@action"))), (
                stop
            )
    assert shown > 500
    page.client.application.extensions["sendpack"].close()
