"""The page as a Flask application: who may ask, what each address shows, and how a mistake is told."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Response, g, make_response, redirect, render_template, request, url_for
from jinja2 import StrictUndefined
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule
from werkzeug.wrappers import Response as AnyResponse

from generator.files.machine_errors import of_the_machine
from generator.folder.changing.unsaved_writing import Drafts, Writers
from generator.problems import HEADINGS, Stop, counted
from generator.records.record import Record
from generator.values.formatting import date as in_words
from generator.values.formatting import label
from generator.values.parsing import TO_FILL_IN
from generator.web.led_on import lead_on
from generator.web.live_folder import LiveFolder
from generator.web.pages import BLUEPRINTS, MENU
from generator.web.security import Said, Sessions, guard, keep_cookie, session, sessions
from generator.web.titles import in_the_form
from generator.web.ways import doors, in_titles, to_get_ready, ways_of, without_command
from generator.web.wording import for_a_form, for_the_page, sentences
from generator.web.workplace import Workplace, take_said, workplace

MOST_BYTES = 100 * 1024 * 1024
"""Of one upload: a scanned report of some hundred pages."""

TEACHERS_PAGES = frozenset({"teacher", "record", "preview", "versions", "static"})
"""The groups of addresses that a teacher's or teaching assistant's session may ask for."""


class AddressWrittenWhenAsked(Rule):
    """A route that compiles what writes its address when it is first linked to: all routes at once are half of a start.

    Werkzeug compiles two functions for each; a version of it that does so by another name compiles them at the start.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        @cache
        def compiled() -> Callable[..., tuple[str, str]]:
            return super(AddressWrittenWhenAsked, self)._compile_builder(append_unknown)

        return lambda rule, *given, **named: compiled()(rule, *given, **named)


class LocalPage(Flask):
    """Flask with our routes."""

    url_rule_class = AddressWrittenWhenAsked


def application(root: Path, role: str, port: Callable[[], int], stop: Callable[[], None]) -> Flask:
    """The page for a school's folder. `port` tells where it listens, `stop` ends the server."""
    app = LocalPage(__name__)
    app.config.update(MAX_CONTENT_LENGTH=MOST_BYTES, MAX_FORM_MEMORY_SIZE=4_000_000, MAX_FORM_PARTS=20_000)
    app.jinja_env.autoescape = True  # Flask escapes by the ending of a name, and ours end in .j2
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(day=in_words, label=label, form_words=for_a_form, page_words=for_the_page)
    folder = LiveFolder(root)
    app.extensions["sendpack"] = Workplace(folder, Drafts(folder.root), Writers(folder.root), stop)
    guard(app, Sessions(role), port)
    lead_on(app)
    _begin(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    _role(app)
    _mistakes(app)
    app.after_request(_carried_on)
    app.context_processor(_always)
    return app


def _begin(app: Flask) -> None:
    @app.route("/begin", methods=["GET", "POST"])
    def begin() -> AnyResponse | tuple[str, int]:
        """The first address: its secret becomes a cookie, once.

        Typed or pasted, the address is redirected. From the file that the program opened it comes as a form's answer
        and gets a page: a browser would not send a Strict cookie along that redirect. A secret that was used leads on
        as it did, for the Back button and for browsers that ask twice, and gives no cookie any more.
        """
        key = request.values.get("key", "")
        made = sessions().let_in(key)
        if made is None and not sessions().is_used(key):
            return render_template(
                "refused.html.j2", words="Open the page with the address that sendpack printed last."
            ), 403
        by_hand = request.method == "GET" and request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin")
        answer = redirect("/", 303) if by_hand else make_response(render_template("begin.html.j2"))
        return keep_cookie(answer, made) if made else answer


def _role(app: Flask) -> None:
    @app.before_request
    def only_what_the_role_may() -> Any:
        who = session() if request.path not in ("/begin",) and not request.path.startswith("/static/") else None
        if who is not None and who.role == "teacher" and request.blueprint not in TEACHERS_PAGES:
            if request.path == "/":
                return redirect(url_for("teacher.pupils"))
            return render_template("refused.html.j2", words="This page is not part of the teachers’ view."), 403
        return None


def _mistakes(app: Flask) -> None:
    """What went wrong in words; nothing that a user can cause shows a traceback, and none names a child in a log."""

    @app.errorhandler(Stop)
    def stopped(stop: Stop) -> Response:
        return _said("stopped.html.j2", 409, sentences(stop.message, stop.advice), stop=stop)

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        words = {
            404: "There is no such page any more. Addresses end when sendpack is stopped: go to the start page.",
            413: f"This file is larger than {MOST_BYTES // 2**20} MB, the most that the page takes. Put it into the"
            " evidence folder by hand.",
            405: "This page cannot be asked for in this way.",
        }
        code = error.code or 500
        text = words.get(code) or error.description or ""
        return _said("refused.html.j2", code, text, words=text)

    @app.errorhandler(Exception)
    def our_bug(error: Exception) -> Response:
        if known := of_the_machine(error, "do it again"):
            return stopped(known)
        file = workplace().report("".join(traceback.format_exception(error)))
        words = f"This is our mistake, not yours. What went wrong is written down in {file} on this computer."
        return _said("our_bug.html.j2", 500, words, kind=type(error).__name__, file=file)


def _said(template: str, code: int, told: str, **shown: Any) -> Response:
    """A page that tells a mistake; for a part of a page only the words, at its top: what was written there stays."""
    if not request.headers.get("HX-Request"):
        return make_response(render_template(template, **shown), code)
    answer = make_response(render_template("fragments/not_done.html.j2", words=told), code)
    answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#said", "innerHTML"
    return answer


def _told_here() -> list[Said]:
    """What was said while this request was answered, and what another page left for this one."""
    found = getattr(g, "session", None)
    left: list[Said] = found.take(request.args.get("said", "")) if found else []
    return left + take_said()


def _carried_on(answer: Response) -> Response:
    """What is still to be told goes on to the page that a redirect leads to, and to no other tab."""
    if "Location" in answer.headers and getattr(g, "session", None) and (said := _told_here()):
        parts = urlsplit(answer.headers["Location"])
        query = "&".join(filter(None, (parts.query, f"said={session().leave(said)}")))
        answer.headers["Location"] = urlunsplit(parts._replace(query=query))
    return answer


def _name_of(school: Record | None) -> str:
    name = str(school.data["name"]) if school else TO_FILL_IN
    return "Your school" if name.startswith(TO_FILL_IN) else name


def _always() -> dict[str, Any]:
    """What every page may print."""
    known = workplace()
    found = getattr(g, "session", None)
    school = known.folder.project.school
    return {
        "who": found,
        "what_is_said": _told_here,
        "school_name": _name_of(school),
        "headings": HEADINGS,
        "counted": counted,
        "in_titles": in_titles,
        "in_the_form": in_the_form,
        "sentences": sentences,
        "ways_of": ways_of,
        "doors": doors,
        "without_command": without_command,
        "to_get_ready": to_get_ready,
        "menu": [(url_for(endpoint), words) for endpoint, words in MENU],
        "token_field": lambda: Markup('<input type="hidden" name="~token" value="{}">').format(
            found.token if found else ""
        ),
    }
