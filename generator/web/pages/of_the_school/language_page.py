"""Languages of families' documents: how far each is, another begun, and its lines translated and corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.problems import Stop
from generator.records.yaml_text.yaml_keys import PlainTruth
from generator.web.record_form.answers import tidy
from generator.web.security import session
from generator.web.wording import sentences, told
from generator.web.workplace import tell, token_of, workplace

if TYPE_CHECKING:
    from generator.documents.languages.corrections import WordsFile

language_pages = Blueprint("languages", __name__)

ABOUT = ("tag", "yes", "no", "and", "months", "draft_note", "reviewed", "reviewed_by")
"""What is asked of a language beside its lines."""


@dataclass(frozen=True)
class LanguageLine:
    """A language as the list shows it; `standings` are none while its own words are still to be written."""

    name: str
    token: str
    reviewed: bool
    standings: tuple[Any, ...]


@language_pages.route("/languages", methods=["GET", "POST"])
def languages() -> AnyResponse | str:
    """How far each language is translated; another begun."""
    from generator.documents.languages.completeness import begin, pack_of_school, standings
    from generator.documents.languages.corrections import words_of
    from generator.documents.languages.language import languages as there
    from generator.documents.languages.language import load_language

    place = workplace()
    if request.method == "POST":
        code, name = (request.form.get(key, "").strip() for key in ("code", "name"))
        if not code or not name:
            tell("wrong", "Write the language’s code and its name.")
            return redirect(url_for("languages.languages"))
        begin(place.project, code, name, request.form.get("rtl") == "yes")
        place.folder.look_again()
        tell("done", f"{name} is begun. Write its own words first, then the lines of each document.")
        return redirect(url_for("languages.lines", token=token_of("language", code)))
    pack = pack_of_school(place.project)
    rows = []
    for code in there(place.project):
        token = token_of("language", code)
        try:
            found = load_language(place.project, code)
            rows.append(LanguageLine(found.name, token, found.reviewed, tuple(standings(place.project, found, pack))))
        except Stop:
            try:
                rows.append(LanguageLine(_name(words_of(place.project, code)), token, False, ()))
            except Stop as stop:  # no YAML: only a text editor helps, and the other languages stay
                tell("wrong", sentences(told(stop), *map(str, getattr(stop, "problems", ())[:1])))
    return render_template("languages.html.j2", rows=rows)


@language_pages.route("/languages/<token>", methods=["GET", "POST"])
def lines(token: str) -> AnyResponse | str:
    """The lines of one document in a language, each beside its English, to be translated or corrected."""
    from generator.documents.languages.completeness import needed, pack_of_school
    from generator.documents.languages.corrections import words_of

    place = workplace()
    [code] = session().ids.find(token, "language")
    held = words_of(place.project, code)
    documents = needed(place.project, pack_of_school(place.project))
    first = next((row for row, _, rows in documents if any(not held.wording.get(one) for one in rows)), "")
    wanted = request.args.get("document") or first or documents[0][0]
    shown = next((rows for row, _, rows in documents if row == wanted), documents[0][2])
    said = {one: _text(held.wording.get(one)) for one in shown}
    if request.method == "POST":
        given = dict(zip(request.form.getlist("english"), map(tidy, request.form.getlist("said")), strict=False))
        said |= {one: words for one, words in given.items() if one in said}
        if _written(code, {one: said[one] for one in given if one in said}, held):
            return redirect(url_for("languages.lines", token=token, document=wanted))
    return render_template(
        "language_lines.html.j2",
        token=token,
        code=code,
        held=held,
        name=_name(held),
        about={key: request.form.get(key, _text(held.tree.get(key))) for key in ABOUT},
        documents=[(row, title, sum(not held.wording.get(one) for one in rows)) for row, title, rows in documents],
        wanted=wanted,
        rows=list(said.items()),
        rtl=str(held.tree.get("direction")) == "rtl",
    )


def _name(held: WordsFile) -> str:
    """What a language is called; its code while its file does not say."""
    return _text(held.tree.get("name")) or held.code


def _text(value: Any) -> str:
    """A value as it is asked for on one line."""
    return ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def _written(code: str, said: dict[str, str], held: WordsFile) -> bool:
    """Write what was said; False where it is refused, which is told."""
    from generator.documents.languages.corrections import put_lines

    about: dict[str, Any] = {}
    for key in ABOUT:
        text = tidy(request.form.get(key, ""))
        before = held.tree.get(key)
        if key in request.form and text != _text(before):
            about[key] = [one.strip() for one in text.split(",") if one.strip()] if key == "months" else text or None
    if isinstance(held.tree.get("reviewed"), PlainTruth) and "reviewed" in about:
        about["reviewed"] = PlainTruth("true" if about["reviewed"] == "yes" else "false")
    try:
        changed = put_lines(workplace().project, code, said, about, request.form.get("~seen", ""))
    except Stop as stop:
        tell("wrong", told(stop))
        return False
    workplace().folder.look_again()
    tell("done", f"{changed} line{'s' * (changed != 1)} written." if changed else "Nothing was different.")
    return True
