"""Every page that the page can show, and every route: one that no list here names fails the tests that walk them.

`SHOWN` names the routes whose pages people look at, `WITHOUT_A_PAGE` the others, each with why. A new route belongs in
one of them. `every_page` gives each page in each of its states.
"""

from __future__ import annotations

import io
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from waitress.server import create_server

from generator.web.application import application
from tests.forms.invented_forms import brackenshire
from tests.web.client import Page, TemplatesCompiledOnce
from tests.web.test_evidence_and_bundle import finished, pdf

ADA, IDRIS, KACPER = "ada-brown", "idris-chowdhury", "kacper-wisniewski"

SHOWN = frozenset({
    "bundle.answered", "bundle.make", "bundle.let_go",
    "begin", "school.start", "school.begin_pupil", "school.settings", "school.stop",
    "school.teachers_view", "teacher.pupils",
    "changes_made.of_pupil", "changes_made.of_school", "changes_made.remove_record", "changes_made.remove_evidence",
    "pupil.show", "pupil_file.show", "pupil_file.forget", "pupil_file.receive",
    "record.show", "record.change", "record.resume", "record.save_text", "versions.together",
    "evidence.show", "evidence.describe", "bundle.show", "bundle.sent", "document.give", "document.changes",
    "document.held_by",
    "given_forms.ask", "given_forms.begin", "given_forms.take_in", "given_forms.show",
    "imports.begin", "imports.show", "authority_forms.show", "authority_forms.places",
    "views.due", "views.show_register", "views.show_provision", "views.show_retention", "views.exports", "work.show",
    "school_work.more", "school_work.termly", "school_work.new_year", "school_work.briefing", "school_work.packs",
    "school_work.inclusion_strategy", "school_work.rules", "school_work.doctor",
    "look.house_style", "look.templates", "languages.languages", "languages.lines",
})  # fmt: skip
"""Routes that show a page: each is among `every_page`."""

WITHOUT_A_PAGE = {
    "static": "the style sheet, the script, the icon",
    "record.look": "the findings of a form that is open, put into it",
    "pupil_file.as_json": "a file",
    "preview.draw": "the document beside a form that is open, put into it",
    "preview.picture": "a picture", "work.picture": "a picture", "work.file": "a file",
    **dict.fromkeys(
        ("record.undo_change", "school.begin_school", "pupil.begin_record", "pupil.add_picture",
         "evidence.take_in", "evidence.look", "bundle.order",
         "teacher.begin", "document.make",
         "given_forms.make", "imports.take_in", "authority_forms.learn", "authority_forms.correct",
         "authority_forms.numbers", "pupil_file.remove_archive", "look.change_house_style", "pupil_file.send_on",
         "pupil_file.everything_held",
         "school_work.begin_termly", "school_work.make_all", "school_work.new_pack"),
        "a button: it leads to a page that is listed",
    ),
}  # fmt: skip
"""Routes without a page of their own, and why."""


@dataclass(frozen=True)
class PageStop:
    """One page in one state: its name, its route, how to ask for it, and the status that it has."""

    name: str
    route: str
    address: str
    send: dict[str, Any] = field(default_factory=dict)
    """The answers of the form that leads there; none for a page that is asked for by its address."""
    status: int = 200
    files: tuple[str, ...] = ()
    """Names of files that are put into the page's first form for files."""
    drawn: bool = False
    """Whether the document beside the form is waited for: it is the same few elements beside every form."""


@contextmanager
def served(folder: Path, role: str) -> Iterator[Page]:
    """A school's page on a port of this machine, in this process, and a client of it that shares its session."""
    numbers: list[int] = []
    app: Flask = application(folder, role, lambda: numbers[0], lambda: None)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.jinja_env.bytecode_cache = TemplatesCompiledOnce()
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    numbers.append(int(server.effective_port))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    page = Page(app.test_client(), app.extensions["sendpack-sessions"], f"127.0.0.1:{numbers[0]}")
    page.get(f"/begin?key={page.sessions.secret}")
    try:
        yield page
    finally:
        app.extensions["sendpack"].close()
        server.close()
        thread.join(5)


def prepared(folder: Path) -> None:
    """Make a copy of the example school into one that has something for every page."""
    schemas = sorted((Path(__file__).parents[2] / "schemas").glob("*.schema.json"))
    assert schemas
    for name in ("anjali-venkataraman", "toby-merrick"):
        shutil.rmtree(folder / "cases" / name)
    own = folder / "schemas"
    own.mkdir()
    (own / "sensory-check.schema.json").write_text(OWN_KIND, "utf-8")
    broken = folder / "cases" / "zoe-obrien-smidt" / "profile.yaml"
    broken.write_text("date: [1 May 2026\n  what: {\n", "utf-8")


DRAWN = ("cycle", "profile")
"""Kinds of records beside whose forms the document is drawn, filled in and empty: one of several pages, one of one."""

OWN_KIND = """{
  "x-file": "sensory-check.yaml", "title": "Sensory check", "type": "object", "additionalProperties": false,
  "properties": {
    "date": {"title": "Day", "description": "When it was done.", "$ref": "common.schema.json#/$defs/date"},
    "rooms": {"title": "Rooms", "description": "Where it was done.", "type": "array", "items": {
      "type": "object", "properties": {
        "room": {"title": "Room", "description": "Its name.", "type": "string"},
        "loud": {"title": "Loud", "description": "How loud it is.", "type": "string", "enum": ["yes", "no"]}}}}
  }
}
"""


def kinds_of(page: Page) -> dict[str, str]:
    """Every kind of record with the example's place of one that is filled in; "" where the example has none."""
    project = page.client.application.extensions["sendpack"].project
    found = {}
    for kind in project.schemas.kinds:
        if project.schemas.schema(kind).get("x-place", "pupil") not in ("pupil", "school"):
            continue
        files = [
            file for pattern in project.schemas.files_of(kind) for file in sorted(project.cases.glob(f"*/{pattern}"))
        ]
        files += [project.cases / "school.yaml"] if kind == "school" else []
        files = [file for file in files if "zoe" not in file.as_posix()]
        found[kind] = files[0].relative_to(project.root).as_posix() if files else ""
    return found


def every_page(page: Page, folder: Path) -> Iterator[PageStop]:
    """Every page in every state, in an order in which each can be asked for; the last ones end what was begun."""
    ids = page.session.ids
    ada, idris, zoe = (f"/p/{ids.of('pupil', name)}" for name in (ADA, IDRIS, "zoe-obrien-smidt"))
    yield PageStop("going in", "begin", "/begin", {"key": page.sessions.secret})
    yield from _of_the_school(page, folder)
    for who, home in (("a pupil", ada), ("a pupil with a broken file", zoe)):
        yield PageStop(who, "pupil.show", home)
        yield PageStop(f"evidence of {who}", "evidence.show", f"{home}/evidence")
        yield PageStop(f"bundle of {who}", "bundle.show", f"{home}/bundle")
        yield PageStop(f"file of {who}", "pupil_file.show", f"{home}/file")
        yield PageStop(f"deleting {who}", "pupil_file.forget", f"{home}/forget")
        yield PageStop(f"asking about {who}", "given_forms.ask", f"{home}/ask")
        yield PageStop(f"giving out of {who}", "document.give", f"{home}/give")
    yield PageStop("a pupil at the beginning", "pupil.show", idris)
    yield PageStop("no evidence yet", "evidence.show", f"{idris}/evidence")
    yield PageStop("no request yet", "bundle.show", f"{idris}/bundle")
    yield PageStop("deleting with mistakes", "pupil_file.forget", f"{ada}/forget", {"confirm": "x"})
    yield PageStop("giving out with mistakes", "document.give", f"{ada}/give", {"date": "32 May"})
    yield PageStop("sent, with a mistake", "bundle.sent", f"{ada}/sent", {"date": "32 May", "to": "SEN team"})
    yield PageStop("answered, with a mistake", "bundle.answered", f"{ada}/answered", {"day": "32 May"})
    yield PageStop("a bundle, with a mistake", "bundle.make", f"{ada}/bundle", {"max_mb": "five", "ocr": "yes"})
    yield PageStop("letting go, with a mistake", "bundle.let_go", f"{ada}/let-go", {"list": "accept_loss", "by": "A"})
    yield PageStop("asking, with a mistake", "given_forms.ask", f"{ada}/ask", {"who": "pupil", "due": "32 May"})
    yield PageStop("a picture, with a mistake", "pupil.show", f"{ada}/photo", {"describes": "A snail"})
    yield from _records(page, folder)
    yield from _evidence_that_waits(page, folder)
    yield from _lists(page)
    yield from _forms(page, folder)
    yield from _work(page)
    yield from _mistakes(page, folder)


def _of_the_school(page: Page, folder: Path) -> Iterator[PageStop]:
    yield PageStop("pupils", "school.start", "/")
    yield PageStop("nobody found", "school.start", "/?find=nobody")
    yield PageStop("new pupil", "school.begin_pupil", "/new-pupil")
    yield PageStop("new pupil with mistakes", "school.begin_pupil", "/new-pupil", {"born": "32 May", "since": "x"})
    yield PageStop("the school", "school.settings", "/school")
    yield PageStop("before the teachers’ view", "school.teachers_view", "/teachers-view")
    for route, address in (
        ("views.due", "/reviews"),
        ("views.show_register", "/register"),
        ("views.show_provision", "/provision?costs=yes"),
        ("views.show_retention", "/retention"),
        ("views.exports", "/exports"),
        ("school_work.more", "/more"),
        ("school_work.termly", "/termly"),
        ("school_work.new_year", "/new-year"),
        ("school_work.briefing", "/briefing"),
        ("school_work.packs", "/packs"),
        ("school_work.inclusion_strategy", "/inclusion-strategy"),
        ("school_work.rules", "/rules"),
        ("school_work.doctor", "/doctor"),
        ("look.house_style", "/house-style"),
        ("look.templates", "/templates"),
        ("languages.languages", "/languages"),
        ("authority_forms.show", "/forms"),
        ("given_forms.begin", "/collect"),
        ("imports.begin", "/import"),
        ("pupil_file.receive", "/receive"),
    ):
        yield PageStop(address, route, address)
    polish = page.session.ids.of("language", "pl")
    yield PageStop("the lines of a language", "languages.lines", f"/languages/{polish}?document=profile")
    name = folder / "cases" / "school.yaml"
    before = name.read_bytes()
    name.unlink()
    yield PageStop("the school's record is missing", "school.start", "/")
    name.write_bytes(b"name: [\n")
    yield PageStop("the school's record is broken", "school.start", "/")
    yield PageStop(
        "the school's record as text", "record.show", f"/r/{page.session.ids.of('record', 'cases/school.yaml')}"
    )
    name.write_bytes(before)


def _records(page: Page, folder: Path) -> Iterator[PageStop]:
    """The form of every kind of record: filled in, and as it is when nothing is."""
    for kind, path in kinds_of(page).items():
        pattern = page.client.application.extensions["sendpack"].project.schemas.files_of(kind)[0]
        empty = f"cases/{KACPER}/{pattern.replace('*', '2031-empty')}"
        if path:
            address = f"/r/{page.session.ids.of('record', path)}"
            yield PageStop(f"{kind}, filled in", "record.show", address, drawn=kind in DRAWN)
        if kind != "school":
            file = folder / empty
            before = file.read_bytes() if file.is_file() else None
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("{}\n", "utf-8")
            address = f"/r/{page.session.ids.of('record', empty)}"
            yield PageStop(f"{kind}, empty", "record.show", address, drawn=kind in DRAWN)
            file.unlink(missing_ok=True) if before is None else file.write_bytes(before)
    plan = f"cases/{ADA}/plan.yaml"
    page.record(plan)
    address, answers = page.address, page.answers
    yield PageStop("a row added without a script", "record.change", address, {**answers, "~do": "add:outcomes"})
    both = {**answers, "outcomes/0/text": "Reads.", "outcomes/0/text~not-known": "Not asked.", "~do": "save"}
    yield PageStop("both an answer and why there is none", "record.change", address, both, 422, drawn=True)
    page.post(f"{address}/look", {**answers, "review_date": "12 December 2026"})
    page.record(plan)
    yield PageStop("a draft is offered", "record.show", address)
    page.record(plan)
    [form] = page.root.xpath("//form[contains(@action, '/resume')]")
    yield PageStop(
        "going on with a draft", "record.resume", form.get("action"), {**dict(form.form_values()), "~do": "go-on"}
    )
    file = folder / plan
    before = file.read_bytes()
    page.record(plan)
    answers = {**page.answers, "review_date": "11 December 2026", "~do": "save"}
    file.write_bytes(before.replace(b"status: final", b"status: draft").replace(b"8 December 2026", b"9 December 2026"))
    yield PageStop("changed meanwhile", "record.change", address, answers)
    page.post(address, answers)
    [form] = page.root.xpath("//form[contains(@action, '/together')]")
    said = dict(form.form_values())
    file.write_bytes(file.read_bytes() + b"# again\n")
    yield PageStop("changed again meanwhile", "versions.together", form.get("action"), said)
    file.write_bytes(before)
    text = f"cases/{KACPER}/profile.yaml"
    kept = (folder / text).read_bytes()
    (folder / text).write_bytes(b"date: [\n")
    page.record(text)
    [form] = page.root.xpath("//form[contains(@action, '/text')]")
    said = {**dict(form.form_values()), "text": "still: [wrong\n"}
    yield PageStop("a file as text", "record.show", page.address)
    yield PageStop("a text that is still wrong", "record.save_text", form.get("action"), said)
    (folder / text).write_bytes(kept)


def _evidence_that_waits(page: Page, folder: Path) -> Iterator[PageStop]:
    page.pupil(KACPER)
    home = page.address
    page.post(f"{home}/evidence", {"files": (io.BytesIO(pdf("x")), "Letter of the GP.pdf")})
    (folder / "cases" / KACPER / "evidence" / "drawing.png").write_bytes(
        (folder / "cases" / ADA / "rabbit.png").read_bytes()
    )
    yield PageStop("evidence to be described", "evidence.show", f"{home}/evidence")
    page.get(f"{home}/evidence")
    button = page.root.xpath("//button[contains(@formaction, '/evidence/')]")[0]
    remove = page.root.xpath("//a[contains(@href, '/evidence-remove/')]/@href")[0]
    yield PageStop("a file to be removed", "changes_made.remove_evidence", remove)
    log = page.session.ids.of("record", f"cases/{KACPER}/profile.yaml")
    yield PageStop("a record to be removed", "changes_made.remove_record", f"/r/{log}/remove")
    yield PageStop("changes of a pupil", "changes_made.of_pupil", f"{home}/changes-made")
    yield PageStop("changes of the school", "changes_made.of_school", "/changes-made")
    yield PageStop("evidence described in part", "evidence.describe", button.get("formaction"), {"title": "Letter"})


def _lists(page: Page) -> Iterator[PageStop]:
    rows = "UPN,Legal Surname,Legal Forename,DOB,Year,Reg,SEN Status,Start\n"
    rows += "X999,Weatherall,Orla,14/05/2018,4,4X,K,01/09/2025\n,Nobody,Sam,03/04/2018,4,4X,K,05/06/2025\n"
    page.post("/import", {"file": (io.BytesIO(rows.encode()), "list.csv")})
    yield PageStop("a list to bring in", "imports.show", page.address)
    yield PageStop("a list to bring in, looked at", "imports.show", page.address, {"create": "yes", "do": "look"})
    rows = "Legal Surname,DOB\nWeatherall,05/06/2018\n"
    page.post("/import", {"file": (io.BytesIO(rows.encode()), "list.csv")})
    yield PageStop("a list in doubt", "imports.show", page.address)


def _forms(page: Page, folder: Path) -> Iterator[PageStop]:
    blank = io.BytesIO()
    brackenshire().document.save(blank)
    finished(page.post("/forms", {"pack": "standard", "file": (io.BytesIO(blank.getvalue()), "Our request.docx")}))
    yield PageStop("a form was read", "work.show", page.address)
    page.get("/forms")
    link = page.root.xpath("//main//a[contains(@href, '/forms/')]")[0].get("href")
    yield PageStop("forms that were read", "authority_forms.show", "/forms")
    yield PageStop("the places of a form", "authority_forms.places", f"{link}?all=yes")
    finished(page.post(f"{link}/numbers", {}))
    yield PageStop("a form with numbers", "work.show", page.address)
    ask = f"/p/{page.session.ids.of('pupil', ADA)}/ask"
    finished(page.post(ask, {"who": "parents", "names": "Samira Brown", "due": "", "meeting": "8/12/2099"}))
    yield PageStop("forms to give out were made", "work.show", page.address)
    yield PageStop("forms that are out", "given_forms.ask", ask)
    from tests.forms.returned.filled_controls import filled_word

    word = next((folder / "output" / ADA / "ask").glob("*.docx")).read_bytes()
    filled = filled_word(word, {"hope": "A vet!", "like": "She sings.", "signed": "Samira Brown"})
    files = [(io.BytesIO(filled), "from mum.docx"), (io.BytesIO(b"GIF89a"), "scan.gif")]
    page.post("/collect", {"files": files})
    links = page.root.xpath("//main//a[contains(@href, '/collect/')]/@href")
    yield PageStop("several forms that came back", "given_forms.take_in", "/collect", files=("one.docx", "two.docx"))
    yield PageStop("a form that came back", "given_forms.show", links[0])
    yield PageStop("a file that is no form", "given_forms.show", links[1])


def _work(page: Page) -> Iterator[PageStop]:
    ada, kacper = (f"/p/{page.session.ids.of('pupil', name)}" for name in (ADA, KACPER))
    page.post("/termly", {"write": "no"})
    yield PageStop("work that waits", "work.show", page.address)
    finished(page)
    yield PageStop("work that is done", "work.show", page.address)
    finished(page.post(f"{ada}/evidence-look", {"id": "ep-report"}))
    yield PageStop("evidence as it goes in", "work.show", page.address)
    finished(page.post(f"{kacper}/make", {}))
    yield PageStop("documents made", "work.show", page.address)
    finished(page.post(f"{kacper}/give", {"document": "profile", "to": "Mr Whitlock"}))
    yield PageStop("a document given out", "work.show", page.address)
    yield PageStop("a pupil with documents", "pupil.show", kacper)
    yield PageStop("who holds what", "document.held_by", f"{kacper}/held")
    yield PageStop("what changed since", "document.changes", f"{kacper}/changes?document=profile")
    page.post(f"/p/{page.session.ids.of('pupil', 'zoe-obrien-smidt')}/send-on", {})
    finished(page)
    yield PageStop("work that stopped", "work.show", page.address)


def _mistakes(page: Page, folder: Path) -> Iterator[PageStop]:
    yield PageStop("no such page", "", "/nowhere", status=404)
    yield PageStop("an address from before", "record.show", "/r/before", status=404)
    gone = page.session.ids.of("record", f"cases/{ADA}/gone.yaml")
    yield PageStop("not done", "record.show", f"/r/{gone}", status=409)
    page.client.application.extensions["sendpack"].jobs.begin("Something", "/", "make_documents", None)
    job = page.session.ids.of("job", str(len(page.client.application.extensions["sendpack"].jobs._held) - 1))
    finished(page.get(f"/work/{job}"))
    yield PageStop("our mistake in a piece of work", "work.show", f"/work/{job}")
    views = page.client.application.view_functions
    whole, views["views.show_retention"] = views["views.show_retention"], lambda: 1 / 0
    yield PageStop("our mistake", "views.show_retention", "/retention", status=500)
    views["views.show_retention"] = whole
    yield PageStop("no pupil any more", "", "/?only=errors&find=zzz")
    for path in [one for one in (folder / "cases").iterdir() if one.is_dir()]:
        shutil.rmtree(path)
    yield PageStop("no pupils", "school.start", "/")
    yield PageStop("no register", "views.show_register", "/register")
    yield PageStop("stopped", "school.stop", "/stop", {"~": ""})
