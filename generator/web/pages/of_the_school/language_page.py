"""Languages of families' documents: how far each is, another begun, and its lines translated and corrected."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.folder.watched_change import remembered
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
        with remembered(place.folder.root, f"Language begun: {name}", "templates"):
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
    about = {key: _text(held.tree.get(key)) for key in ABOUT}
    theirs: dict[str, str] = {}
    if request.method == "POST":
        there, mine = dict(said), _typed()
        said |= {one: words for one, words in mine.items() if one in said}
        asked = {key: tidy(request.form[key]) for key in ABOUT if key in request.form}
        about |= {key: text for key, text in asked.items() if text != _was(key)}
        if _written(code, {one: said[one] for one in mine if one in said}, about, held):
            return redirect(url_for("languages.lines", token=token, document=wanted))
        was = dict(zip(request.form.getlist("english"), request.form.getlist("was"), strict=False))
        theirs = {one: there[one] for one in mine if one in there and there[one] not in (said[one], was.get(one))}
    return render_template(
        "language_lines.html.j2",
        token=token,
        code=code,
        held=held,
        name=_name(held),
        about=about,
        theirs=theirs,
        stood={key: _text(held.tree.get(key)) for key in ABOUT},
        documents=[(row, title, sum(not held.wording.get(one) for one in rows)) for row, title, rows in documents],
        wanted=wanted,
        rows=list(said.items()),
        rtl=str(held.tree.get("direction")) == "rtl",
    )


def _typed() -> dict[str, str]:
    """The lines that somebody wrote, by their English: not those that stand as they stood when they were shown.

    Sent back they would go over what somebody else wrote there meanwhile.
    """
    said, was = (request.form.getlist(name) for name in ("said", "was"))
    rows = zip_longest(request.form.getlist("english"), map(tidy, said), map(tidy, was))
    return {one: words for one, words, before in rows if one and words is not None and words != before}


def _was(key: str) -> str | None:
    """What stood in one of the other boxes when it was shown."""
    return tidy(request.form[f"was-{key}"]) if f"was-{key}" in request.form else None


def _name(held: WordsFile) -> str:
    """What a language is called; its code while its file does not say."""
    return _text(held.tree.get("name")) or held.code


def _text(value: Any) -> str:
    """A value as it is asked for on one line."""
    return ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def _written(code: str, said: dict[str, str], asked: dict[str, str], held: WordsFile) -> bool:
    """Write what was said; False where it is refused, which is told."""
    from generator.documents.languages.corrections import put_lines

    about: dict[str, Any] = {}
    for key, text in asked.items():
        if text != _text(held.tree.get(key)):
            about[key] = [one.strip() for one in text.split(",") if one.strip()] if key == "months" else text or None
    if isinstance(held.tree.get("reviewed"), PlainTruth) and "reviewed" in about:
        about["reviewed"] = PlainTruth("true" if about["reviewed"] == "yes" else "false")
    try:
        with remembered(workplace().folder.root, f"Lines of a language written: {_name(held)}", "templates"):
            changed = put_lines(workplace().project, code, said, about, request.form.get("~seen", ""))
    except Stop as stop:
        tell("wrong", told(stop))
        return False
    workplace().folder.look_again()
    tell("done", f"{changed} line{'s' * (changed != 1)} written." if changed else "Nothing was different.")
    return True
