"""The answer to a form, kept for a while and led to: going back to it sends nothing again.

A browser asks whether it may send a form once more when somebody goes back to a page that answered one, as to a page
that told a mistake; here that page has an address of its own. In: what a page answered. Out: a redirect to it.
"""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Flask, Response, g, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from generator.web.security import PageSession, sessions
from generator.web.workplace import workplace

_NAME = "answer"
_KEPT = frozenset({200, 400, 409, 413, 422})
"""A page, or a mistake of the person at it; what was refused and what is our mistake stays as it is."""
_LAST = "school.stop"
"""Its answer is the last: nobody is there to be led to."""


def lead_on(app: Flask) -> None:
    """Every page that answers a form is kept in its session and led to."""

    @app.before_request
    def again() -> AnyResponse | None:
        name, found = request.args.get(_NAME, ""), _session()
        if not name or found is None or request.method != "GET":
            return None
        sessions().keep_answers_about(_pupils())
        if name in found.answers:
            return make_response(*found.answers[name])
        asked = urlencode(_asked())  # too long ago
        return redirect("/" if request.routing_exception else f"{request.path}?{asked}" if asked else request.path)

    @app.after_request
    def keep(answer: Response) -> AnyResponse:
        found = _session()
        sent = request.method == "POST" and not request.headers.get("HX-Request")
        if found is None or not sent or answer.status_code not in _KEPT or answer.mimetype != "text/html":
            return answer
        if (
            request.endpoint == _LAST
            or answer.direct_passthrough
            or "Content-Disposition" in answer.headers
            or "Set-Cookie" in answer.headers
        ):
            return answer
        sessions().keep_answers_about(_pupils())
        name = found.keep_answer(answer.get_data(as_text=True), answer.status_code)
        return redirect(f"{request.path}?{urlencode([*_asked(), (_NAME, name)])}", 303)


def _asked() -> list[tuple[str, str]]:
    """What the address asks besides."""
    return [(key, value) for key, value in request.args.items(multi=True) if key not in (_NAME, "said")]


def _pupils() -> frozenset[str]:
    """The pupils' folders as they are in this moment, whoever deleted one."""
    try:
        found = (workplace().folder.root / "cases").iterdir()
        return frozenset(one.name for one in found if not one.suffix)
    except OSError:
        return frozenset()


def _session() -> PageSession | None:
    found: PageSession | None = getattr(g, "session", None)
    return found
