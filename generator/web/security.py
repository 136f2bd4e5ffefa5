"""Who may ask: this person's browser alone, by a secret that no other page and no other user of the machine knows.

Binding to 127.0.0.1 keeps the network out. Other pages in the same browser could still send requests here (DNS
rebinding, forged forms), so the Host and the Origin are checked, and every change needs a token. No address holds
anything about a child: pages are named by random ids that end with the session.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, g, request
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as AnyResponse

from generator.folder.changing.changes_made import acting

Answer = TypeVar("Answer", bound=AnyResponse)

ENDED = (
    "This page belongs to a view that has ended: sendpack was opened anew, or this browser was given another view. It"
    " cannot be saved from here. What was typed is offered when the record is opened again in the view it was typed in."
)
SAFE = frozenset({"GET", "HEAD"})

ANSWERS_KEPT = 20
"""Answers to forms that Back still finds."""

HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # not no-referrer: a browser then sends `Origin: null` with its own forms
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


Said = tuple[str, str]
"""What a page tells at its top: `done`, `look` or `wrong`, and a sentence."""


class Ids:
    """Random names for what pages are about: they mean nothing to anybody who reads an address."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, ...], str] = {}
        self._things: dict[str, tuple[str, ...]] = {}

    def of(self, *thing: str) -> str:
        """The name of a thing, such as ("pupil", "ada-brown"), the same for as long as the session lasts."""
        if thing not in self._names:
            name = secrets.token_urlsafe(9)
            self._names[thing], self._things[name] = name, thing
        return self._names[thing]

    def find(self, name: str, kind: str) -> tuple[str, ...]:
        """What a name of a kind stands for. Ends the request with 404 for one that this session never gave."""
        thing = self._things.get(name)
        if thing is None or thing[0] != kind:
            abort(404)
        return thing[1:]


@dataclass
class PageSession:
    """One browser's visit: its cookie, its token for forms, what it may see, and its names for things."""

    role: str
    cookie: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    ids: Ids = field(default_factory=Ids)
    said: dict[str, list[Said]] = field(default_factory=dict)
    """What a page that is still to come tells, by the name in its address."""

    answers: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Pages that answered a form, with their status: the newest."""

    def keep_answer(self, page: str, status: int) -> str:
        """Keep a page that answered a form; gives the name that its address needs."""
        name = secrets.token_urlsafe(6)
        self.answers = {**dict(list(self.answers.items())[1 - ANSWERS_KEPT :]), name: (page, status)}
        return name

    def leave(self, said: list[Said]) -> str:
        """Leave something for a page to tell; gives the name that its address needs."""
        name = secrets.token_urlsafe(6)
        self.said[name] = said
        return name

    def take(self, name: str) -> list[Said]:
        """What was left under a name, once."""
        return self.said.pop(name, [])


class Sessions:
    """The sessions of this server: each is begun with a secret that a first address holds, and that is good once."""

    def __init__(self, role: str) -> None:
        self.role = role
        self.hears: Callable[[str], None] = lambda secret: None
        """Is told a new secret, to print the address with it."""
        self._held: dict[str, PageSession] = {}
        self._pupils: frozenset[str] = frozenset()
        self._alone = threading.Lock()
        self._new_secrets()

    def _new_secrets(self) -> None:
        self.secret = secrets.token_urlsafe(32)
        """Of the address that is printed."""
        self.of_file = secrets.token_urlsafe(32)
        """Of the file that leads the browser here by itself: the printed address stays good beside it."""
        self._used: list[str] = []

    def begin(self, role: str) -> PageSession:
        """A new session."""
        made = PageSession(role)
        self._held[made.cookie] = made
        return made

    def let_in(self, given: str) -> PageSession | None:
        """A new session for a secret, which from now on opens nothing any more; None for one that is no good.

        It may stand in a browser's history, as where a redirect began: whoever finds it there comes too late.
        """
        with self._alone:
            if not (_is(self.secret, given) or _is(self.of_file, given)):
                return None
            self._used.append(given)
            if printed := _is(self.secret, given):
                self.secret = secrets.token_urlsafe(32)
            else:
                self.of_file = secrets.token_urlsafe(32)
        if printed:
            self.hears(self.secret)
        return self.begin(self.role)

    def is_used(self, given: str) -> bool:
        """True for a secret that was good once: its browser has its session, and needs only to be led on."""
        return any(_is(one, given) for one in self._used)

    def renew(self) -> None:
        """Other secrets: none of before opens anything any more, or leads on."""
        with self._alone:
            self._new_secrets()
        self.hears(self.secret)

    def keep_answers_about(self, pupils: frozenset[str]) -> None:
        """Forget every answer that is kept when a pupil of before is there no more: it may tell of that child."""
        if self._pupils - pupils:
            self.forget_answers()
        self._pupils = pupils

    def forget_answers(self) -> None:
        """Forget what pages answered, in every session: something that they tell of was taken away."""
        for one in list(self._held.values()):
            one.answers = {}

    def end(self, session: PageSession) -> None:
        """Forget a session: its cookie opens nothing any more."""
        self._held.pop(session.cookie, None)

    def with_cookie(self, cookie: str) -> PageSession | None:
        """The session of a cookie; compared in constant time."""
        return next((one for one in self._held.values() if hmac.compare_digest(one.cookie, cookie)), None)


def _is(secret: str, given: str) -> bool:
    """Whether a secret is the one that was given; compared in constant time."""
    return hmac.compare_digest(secret.encode(), given.encode())


def session() -> PageSession:
    """The session of the request that is being answered."""
    found: PageSession = g.session
    return found


def sessions() -> Sessions:
    """The sessions of this server."""
    found: Sessions = current_app.extensions["sendpack-sessions"]
    return found


def guard(app: Flask, held: Sessions, port: Callable[[], int]) -> None:
    """Every request is looked at before any page sees it, and every answer gets the same headers."""
    app.extensions["sendpack-sessions"] = held

    @app.before_request
    def look() -> Response | None:
        here = f"127.0.0.1:{port()}"
        if request.host != here:
            raise Forbidden("This page answers to 127.0.0.1 only.")
        if request.path.startswith("/static/"):
            return None
        if request.path == "/begin":
            g.session = None
            return None
        found = held.with_cookie(request.cookies.get(cookie_of(request.host), ""))
        if found is None:
            raise Forbidden("Open the page with the address that sendpack printed last.")
        g.session = found
        acting.set(found.role)
        if request.method not in SAFE:
            _must_be_ours(found, f"http://{here}")
        return None

    @app.after_request
    def mark(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers[name] = value
        response.headers.pop("Server", None)
        return response


def _must_be_ours(found: PageSession, origin: str) -> None:
    """A change comes from a page of ours: its Origin says so, and it knows the token."""
    if request.headers.get("Origin") != origin:
        raise Forbidden("This did not come from a page of sendpack's.")
    given: Any = request.headers.get("X-Sendpack-Token") or request.form.get("~token", "")
    if not hmac.compare_digest(found.token.encode(), str(given).encode()):
        raise Forbidden(ENDED)


def cookie_of(host: str) -> str:
    """What the cookie is called at an address: browsers send it to every port, and two schools may be open at once."""
    return f"sendpack-{host.rpartition(':')[2]}"


def keep_cookie(response: Answer, found: PageSession) -> Answer:
    """Give the browser its session; scripts cannot read it, and other sites' pages never send it."""
    response.set_cookie(cookie_of(request.host), found.cookie, httponly=True, samesite="Strict", path="/")
    return response
