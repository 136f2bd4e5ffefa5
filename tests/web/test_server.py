"""The server itself, started as a person starts it: where it listens, what it prints, how it ends."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import url_for
from werkzeug.routing import Rule

from generator.problems import WrongUse
from generator.web.application import application
from generator.web.server import opening_file, serve


@contextlib.contextmanager
def running(school: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`sendpack open`, and the address that it prints."""
    command = [sys.executable, "-m", "generator", "-C", str(school), "open", "--no-browser", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = re.search(r"http://\S+", line)
            assert found, line
            yield process, found[0]
        finally:
            process.kill()


def ask(address: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
    """One request, with nothing added to it."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=60)
    connection.request(method, f"{parts.path or '/'}?{parts.query}", headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


@pytest.mark.whole
def test_it_listens_on_this_machine_alone_and_ends_with_ctrl_c(school: Path) -> None:
    with running(school) as (process, address):
        port = urlsplit(address).port
        assert urlsplit(address).hostname == "127.0.0.1"
        assert ask(address).status == 303
        others = [info[4][0] for info in socket.getaddrinfo(socket.gethostname(), port, socket.AF_INET)]
        for other in {*others, "127.0.0.2"} - {"127.0.0.1"}:
            with pytest.raises(OSError), socket.create_connection((other, port), timeout=2):
                pass
        process.send_signal(signal.SIGINT)
        assert process.wait(10) in (0, 130)


@pytest.mark.whole
def test_the_page_s_own_button_ends_it(school: Path) -> None:
    with running(school) as (process, address):
        cookie = str(ask(address).getheader("Set-Cookie")).partition(";")[0]
        home = f"http://{urlsplit(address).netloc}"
        parts = urlsplit(home)
        connection = http.client.HTTPConnection(parts.netloc, timeout=60)
        connection.request("GET", "/", headers={"Cookie": cookie})
        token = re.search(r'name="~token" value="([^"]+)"', connection.getresponse().read().decode())
        assert token
        connection.request("POST", "/stop", headers={"Cookie": cookie, "Origin": home, "X-Sendpack-Token": token[1]})
        assert b"is stopped" in connection.getresponse().read()
        connection.close()
        assert process.wait(10) == 0


@pytest.mark.whole
def test_a_gigabyte_is_refused_before_it_is_sent(school: Path) -> None:
    with running(school) as (_, address):
        place = urlsplit(address)
        with socket.create_connection((str(place.hostname), int(place.port or 0)), timeout=60) as line:
            head = f"POST /stop HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Length: {2**30}\r\n\r\n"
            line.sendall(head.encode())
            assert b" 413 " in line.recv(200)


def test_nobody_else_can_read_the_file_that_takes_the_secret_to_the_browser(tmp_path: Path) -> None:
    folder = tmp_path / "private"
    folder.mkdir(mode=0o700)
    file = opening_file(folder, "http://127.0.0.1:1/begin?key=secret")
    text = file.read_text("utf-8")
    assert 'value="secret"' in text and "key=secret" not in text and "secret" not in file.as_uri()
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0


@pytest.mark.whole
def test_the_log_of_a_run_names_no_child(school: Path) -> None:
    with running(school) as (process, address):
        cookie = str(ask(address).getheader("Set-Cookie")).partition(";")[0]
        ask(f"http://{urlsplit(address).netloc}/", Cookie=cookie)
        ask(f"http://{urlsplit(address).netloc}/nowhere", Cookie=cookie)
        process.send_signal(signal.SIGINT)
        assert process.stdout is not None
        rest = process.stdout.read()
        assert "Ada" not in rest and "ada-brown" not in rest


def test_a_port_in_use_is_said_in_words(school: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(WrongUse, match="cannot be opened on port"):
            serve(school, "senco", lambda words: None, browser=False, port=other.getsockname()[1])


def test_a_start_compiles_no_address_that_nobody_asks_for(school: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled, real = list[str](), Rule._compile_builder
    monkeypatch.setattr(Rule, "_compile_builder", lambda rule, more: compiled.append(rule.rule) or real(rule, more))
    app = application(school, "senco", lambda: 1, lambda: None)
    assert compiled == []
    with app.test_request_context():
        assert [url_for("views.due"), url_for("record.show", token="a", x="b"), url_for("views.due")] == [
            "/reviews",
            "/r/a?x=b",
            "/reviews",
        ]
    assert compiled == ["/reviews", "/r/<token>"]
