"""The server: on 127.0.0.1 and a free port for as long as it is used; ended with Ctrl-C, its button, or by itself."""

from __future__ import annotations

import logging
import socket
import threading
import time
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from waitress.server import create_server

from generator.files.atomic_files import sweep_halves, was_left
from generator.files.temp_folders import drop, make
from generator.folder.changing.changes_made import WATCHED_HOMES, sweep
from generator.problems import WrongUse
from generator.web.application import application

IDLE_SECONDS = 3600
"""Without a request for so long, the server ends: nobody is there."""

THREADS = 8
"""Most of them wait: one draws, one checks, one writes."""
HOST = "127.0.0.1"


class _Watch:
    """When the last request came."""

    def __init__(self, app: Any) -> None:
        self.app, self.last = app, time.monotonic()

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        self.last = time.monotonic()
        return self.app(environ, start)


def remove_halves(root: Path, say: Callable[[str], None]) -> None:
    """Remove what a page that was ended in the middle of a save had half written among the records, and say so."""
    for home in WATCHED_HOMES:
        for half in sweep_halves(root / home):
            say(f"note: {was_left(half)}")


def serve(root: Path, role: str, say: Callable[[str], None], browser: bool = True, port: int = 0) -> None:
    """Serve a school's folder until it is stopped. `say` tells the address; `port` 0 takes a free one.

    The secret goes to the browser in a file that only this user may read: the list of running programs, which every
    user of the machine can see, never shows it.
    """
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that requests wait is no news for a teacher
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind((HOST, port))
    except OSError as error:
        listening.close()
        reason = (error.strerror or str(error)).lower()
        advice = "Leave --port out, and a free one is taken; or stop what uses it, and try again in a minute."
        raise WrongUse(f"The page cannot be opened on port {port} ({reason}).", advice) from None
    number: int = listening.getsockname()[1]
    ended = threading.Event()
    app = application(root, role, lambda: number, ended.set)
    watch = _Watch(app)
    server = create_server(watch, sockets=[listening], threads=THREADS, ident="", max_request_body_size=_most(app))
    sessions = app.extensions["sendpack-sessions"]

    def address_with(secret: str) -> str:
        return f"http://{HOST}:{number}/begin?key={secret}"

    whose = " of the SENCO’s view" if role == "senco" else ""
    sessions.hears = lambda secret: say(f"That address is used up. The next one{whose}: {address_with(secret)}")
    sweep(app.extensions["sendpack"].folder.root)
    folder = make()
    try:
        threading.Thread(target=server.run, name="server", daemon=True).start()
        say(f"The page is open at {address_with(sessions.secret)}")
        say("It is for you alone: whoever has this address can read this folder, once. Then another is printed here.")
        say("Stop it with Ctrl-C.")
        if browser:
            webbrowser.open(opening_file(folder, address_with(sessions.of_file)).as_uri())
        remove_halves(app.extensions["sendpack"].folder.root, say)  # the folder of a large school takes a moment
        while not ended.wait(1):
            if time.monotonic() - watch.last > IDLE_SECONDS:
                say("Nobody used the page for an hour, so it was stopped.")
                break
        else:
            _until_sent(server)
    finally:
        app.extensions["sendpack"].close()
        server.close()
        drop(folder)


def _until_sent(server: Any) -> None:
    """Wait until every answer is sent, also that to the button; for a browser that takes none, ten seconds."""
    for _ in range(100):
        time.sleep(0.1)
        if not any(one.total_outbufs_len for one in list(server.active_channels.values())):
            return


def _most(app: Any) -> int:
    return int(app.config["MAX_CONTENT_LENGTH"])


def opening_file(folder: Path, address: str) -> Path:
    """A file that leads the browser to the first address, for this user alone; its own name tells nothing.

    The secret goes as the answer of a form: as part of an address it would stay in the browser's history.
    """
    where, _, secret = address.partition("?key=")
    file = folder / "open.html"
    file.touch(mode=0o600)
    file.write_text(
        '<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>sendpack</title>'
        f'<form method="post" action="{where}"><input type="hidden" name="key" value="{secret}">'
        "<button>Open the page</button></form><script>document.forms[0].submit()</script></html>",
        encoding="utf-8",
    )
    return file
