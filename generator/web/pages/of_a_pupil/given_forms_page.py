"""Forms that are given out and read back: who is asked, what came, each answer with where it would go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.folder.changing.passing_files import keep_for_now, passing_folder
from generator.folder.watched_change import remembered
from generator.problems import Stop
from generator.values.parsing import Unreadable, read_date
from generator.web.security import session
from generator.web.wording import told
from generator.web.workplace import begin_work, tell, token_of, workplace

given_forms = Blueprint("given_forms", __name__)

WHO = (
    ("parents", "Parents and carers"),
    ("pupil", "The pupil"),
    ("teachers", "Teachers, one form each"),
    ("ta", "Those who give the support: log of sessions"),
    ("professional", "Professionals of other services"),
)
"""Who can be asked, and the words for it."""


@given_forms.get("/p/<token>/ask")
def ask(token: str) -> str:
    """Whom to ask, by when; and what was asked and has not come back."""
    return _page(token, {})


def _page(token: str, wrong: Mapping[str, str]) -> str:
    """`wrong` by the box that must be put right: what was written in the others stays."""
    from generator.cases.asked_forms import rounds_out

    pupil = workplace().pupil(token)
    given = {key: request.form.get(key, "") for key in ("who", "names", "due", "meeting")}
    out = [one.told for one in rounds_out(pupil.loaded.case)] if pupil.loaded.case else []
    return render_template("ask.html.j2", token=token, pupil=pupil, whom=WHO, out=out, wrong=wrong, given=given)


@given_forms.post("/p/<token>/ask")
def make(token: str) -> AnyResponse | str:
    """The forms are made, one for each person."""
    place = workplace()
    pupil = place.pupil(token)
    back = url_for("given_forms.ask", token=token)
    names = tuple(line.strip() for line in request.form.get("names", "").splitlines() if line.strip())
    days, wrong = [], {}
    for key in ("due", "meeting"):
        try:
            days.append(_day(request.form.get(key, "")))
        except Unreadable as error:
            wrong[key] = told(error)
    if wrong:
        return _page(token, wrong)
    who = request.form.get("who", "parents")
    return begin_work("Forms to give out", back, "ask_forms", pupil.loaded.name, who, names, *days, place.today)


def _day(text: str) -> date | None:
    return read_date(text.strip()) if text.strip() else None


@given_forms.get("/collect")
def begin() -> str:
    """Drop the files that came back."""
    return render_template("collect_begin.html.j2")


@given_forms.post("/collect")
def take_in() -> AnyResponse | str:
    """The files are kept while somebody looks at them, outside the cases."""
    place = workplace()
    shown = []
    for one in request.files.getlist("files"):
        name = Path((one.filename or "").replace("\\", "/")).name
        if name:
            file = keep_for_now(place.folder.root, Path(name).suffix.lower(), one.stream.read())
            shown.append((name, token_of("returned", file.name, name)))
    if not shown:
        tell("wrong", "Choose the files that came back.")
        return redirect(url_for("given_forms.begin"))
    if len(shown) == 1:
        return redirect(url_for("given_forms.show", token=shown[0][1]))
    return render_template("collect_list.html.j2", files=shown)


@given_forms.route("/collect/<token>", methods=["GET", "POST"])
def show(token: str) -> AnyResponse | str:
    """Every answer with its place; on the button what is wanted is written."""
    from generator.forms.returned.take_answers import look_at, take

    place = workplace()
    kept, name = session().ids.find(token, "returned")
    file = passing_folder(place.folder.root) / kept
    if not file.is_file():
        abort(404)
    said = request.values.get("whose", "")
    whose = session().ids.find(said, "pupil")[0] if said else ""
    form = look_at(place.project, name, file.read_bytes(), place.today, whose)
    if request.method == "GET" or form.recognised is None:
        known = form.pupil in place.folder.names
        name = place.folder.pupil(form.pupil).name if known else form.pupil
        return render_template(
            "collect.html.j2",
            token=token,
            form=form,
            pupil=token_of("pupil", form.pupil),
            pupil_name=name,
            said=said,
            pupils=[(token_of("pupil", one), called) for one, called in place.folder.names_apart().items()]
            if "--pupil" in form.advice
            else (),
        )
    try:
        with remembered(place.folder.root, f"Form that came back: {name}", f"cases/{form.pupil}"):
            taken = take(place.project, form, request.form.getlist("take"))
    except Stop as stop:
        tell("wrong", told(stop))
        return redirect(url_for("given_forms.show", token=token))
    place.folder.look_again()
    file.unlink(missing_ok=True)
    for words in taken.failed:
        tell("wrong", words)
    changed = f" Changed: {', '.join(taken.records)}." if taken.records else " No field was changed."
    tell("done", f"{name} is kept with the case, with every answer.{changed}")
    return redirect(url_for("pupil.show", token=token_of("pupil", form.pupil)))
