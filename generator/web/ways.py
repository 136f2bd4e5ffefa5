"""The page's own way to what a finding or a piece of advice names as a key, a file or a command.

Findings are worded once, for everybody, and name what is in the files. Here nothing is worded anew: names of keys and
files are shown by their titles, and the doors of the page that lead there are put beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import url_for

from generator.problems import Problem
from generator.records.schema.schema_view import Shape
from generator.values.formatting import label
from generator.web import titles
from generator.web.record_form.places import keys_meant
from generator.web.workplace import token_of, workplace

PUPIL_DOORS: Mapping[str, tuple[str, str]] = {
    "issue": ("document.give", "Give out a document"),
    "changes": ("pupil.show", "The pupil’s documents"),
    "issued": ("pupil.show", "The pupil’s documents"),
    "build": ("pupil.show", "The pupil’s documents"),
    "check": ("pupil.show", "The pupil’s page"),
    "bundle": ("bundle.show", "Request and bundle"),
    "order": ("bundle.show", "Request and bundle"),
    "sent": ("bundle.show", "Request and bundle"),
    "answered": ("bundle.show", "Request and bundle"),
    "send-on": ("pupil_file.show", "The file as a whole"),
    "sar": ("pupil_file.show", "The file as a whole"),
    "forget": ("pupil_file.forget", "Delete it for good"),
    "ask": ("given_forms.ask", "Forms to give out"),
}
"""The pages of one pupil that do what a command does: the page, and what its link says."""

SCHOOL_DOORS: Mapping[str, tuple[str, str]] = {
    "status": ("school.start", "Pupils"),
    "reviews": ("views.due", "Reviews"),
    "register": ("views.show_register", "Register"),
    "provision": ("views.show_provision", "Provision"),
    "retention": ("views.show_retention", "How long files are kept"),
    "termly": ("school_work.termly", "Termly round"),
    "import": ("imports.begin", "Import"),
    "pack": ("school_work.packs", "Packs"),
    "template": ("look.house_style", "House style"),
    "language": ("languages.languages", "Languages"),
    "briefing": ("school_work.briefing", "Class briefings"),
    "collect": ("given_forms.begin", "Forms that came back"),
    "receive": ("pupil_file.receive", "Receive a pupil’s file"),
    "new-year": ("school_work.new_year", "New school year"),
    "form": ("authority_forms.show", "Authorities’ forms"),
    "inclusion-strategy": ("school_work.inclusion_strategy", "Inclusion strategy"),
    "doctor": ("school_work.doctor", "This computer"),
}
"""The pages of the school that do what a command does."""

_COMMAND = re.compile(r"`?sendpack ([a-z-]+)(?: ([a-z-]+))?([^`.;,)]*)`?")
FLAGS = (
    *("--accept-changes", "--apply", "--census", "--costs", "--create", "--draft", "--dry-run", "--early", "--errors"),
    *("--everyone", "--force", "--history", "--json", "--late-letters", "--names", "--no-pdf", "--ocr", "--password"),
    *("--placeholder", "--print", "--rtl", "--rules", "--sarif", "--schools", "--separate", "--usual", "--why"),
    *("--with-safeguarding", "--without-findings", "--without-safeguarding", "--worksheet", "--yes"),
)
"""Options without a value: the word behind one is no part of the command."""

_OPTION = rf" (?:(?:{'|'.join(FLAGS)})(?![\w-])|--[a-z]+(?:-[a-z]+)* (?:“[^”]*”|[\w/-]+(?:\.\w+)*))"
_SAID_COMMAND = re.compile(
    r"`sendpack ([a-z-]+)[^`]*`|(?<!`)\bsendpack ([a-z-]+)"
    rf"(?:(?: [\w-]+)*(?:{_OPTION})+|(?: [a-z0-9]+(?:-[a-z0-9]+)+)*)"
)
"""A command with its pupil and options: what is in backticks, or else to its last option or hyphenated name."""

_NEW = re.compile(r"(?:^|(?<=[.;] ))`sendpack new(?: [^`]+)?`(?:[^.;]|\.(?=\w))*(?:[.;] ?|$)")
_KIND = re.compile(r"`sendpack new ([a-z-]+)")
_TYPE = re.compile(r"--type ([a-z_]+)")
_NAMES = re.compile(r"(?:under |in |add |`)([a-z_]+)\b")
_IN_FILE = re.compile(r"(?<![a-z_])([a-z_]+)`?:? (?:in|to) ([a-z-]+\.yaml)")


@dataclass(frozen=True)
class Door:
    """A way on the page: what it says and its address; with a kind, a button that begins such a record."""

    words: str
    address: str
    kind: str = ""
    meeting: str = ""


def in_titles(text: str, path: str, keys: tuple[str | int, ...] = ()) -> str:
    """A finding's words as the page says them: titles for the names of files and keys, doors for commands.

    A sentence that is only the command to begin a record is left out: its button stands beside.
    """
    return titles.in_titles(_SAID_COMMAND.sub(_said_door, _NEW.sub("", text)), path, keys)


def _said_door(match: re.Match[str]) -> str:
    command = match[1] or match[2]
    words = PUPIL_DOORS.get(command) or SCHOOL_DOORS.get(command)
    begun, schemas = _KIND.match(match[0]), workplace().project.schemas
    if begun and begun[1] in schemas.kinds:
        return f"“Begin: {schemas.shape(begun[1]).keywords.get('title', begun[1])}”"
    return f"“{words[1]}”" if words else match[0]


def where(problem: Problem) -> Door | None:
    """The field at which a finding is put right, or the button that begins the record that is missing."""
    place, kind = workplace(), titles.kind_at(problem.path)
    if not kind:
        return None
    title = str(place.project.schemas.shape(kind).keywords.get("title", kind))
    if not (place.folder.root / problem.path).is_file():
        return _begin(kind, problem.path.split("/")[1])
    keys = keys_meant(problem, place.project.schemas.shape(kind))
    names = [str(step) for step in keys]
    field = _field_title(place.project.schemas.shape(kind), keys)
    words = f"{title}: {field}" if field else title
    address = url_for("record.show", token=token_of("record", problem.path))
    return Door(words, f"{address}#f-{'-'.join(names)}" if names else address)


def _field_title(shape: Shape | None, keys: tuple[str | int, ...]) -> str:
    """The titles on the way to a value, the last two of them."""
    found = titles.titles_on(shape, keys)
    return ", ".join([title for name, title in found.items() if name != "id"][-2:])  # nobody sees an id in a form


def _begin(kind: str, name: str, meeting: str = "") -> Door | None:
    schemas = workplace().project.schemas
    if kind not in schemas.kinds or kind in ("pupil", "school", "evidence"):
        return None
    title = str(schemas.shape(kind).keywords.get("title", kind))
    title = f"{title}, {label(meeting)}" if meeting else title
    return Door(f"Begin: {title}", url_for("pupil.begin_record", token=token_of("pupil", name)), kind, meeting)


def doors(text: str, name: str) -> list[Door]:
    """The ways on the page to what the commands in a text do; `name` is the pupil's folder, "" for the school."""
    found = []
    for match in _COMMAND.finditer(text):
        command, then, rest = match[1], match[2] or "", match[3]
        meeting = kind[1] if (kind := _TYPE.search(rest)) else ""
        if command == "new" and name and (made := _begin(then, name, meeting)):
            found.append(made)
        elif command in PUPIL_DOORS and name:
            endpoint, words = PUPIL_DOORS[command]
            found.append(Door(words, url_for(endpoint, token=token_of("pupil", name))))
        elif command in SCHOOL_DOORS:
            endpoint, words = SCHOOL_DOORS[command]
            found.append(Door(words, url_for(endpoint)))
    return list(dict.fromkeys([*found, *_named(text, name)]))


def _named(text: str, name: str) -> Iterator[Door]:
    """The fields of other records that a text names: `accept_loss in request.yaml`."""
    place = workplace()
    schemas = place.project.schemas
    for folder in titles.FOLDER.findall(text):
        many = titles.kind_of_folder(folder)
        if many and name and (made := _begin(many, name)):
            yield made
    for field, file in _IN_FILE.findall(text):
        kind = titles.kind_of_file(file)
        path = f"cases/{file}" if kind and schemas.kind_of(file, "school") else f"cases/{name}/{file}"
        shape = schemas.shape(kind).property(field) if kind else None
        if kind and shape and (place.folder.root / path).is_file():
            words = f"{schemas.shape(kind).keywords.get('title', kind)}: {shape.keywords.get('title', field)}"
            yield Door(words, f"{url_for('record.show', token=token_of('record', path))}#f-{field}")


def ways_of(problem: Problem, here: str = "") -> list[Door]:
    """Every way on the page to put a finding right; `here` is the record whose form is open, which needs no link."""
    parts = problem.path.split("/")
    name = parts[1] if len(parts) > 2 and parts[0] == "cases" else ""
    own = where(problem) if problem.path != here else None
    if name and parts[2] == "evidence":
        own = Door("Evidence", url_for("evidence.show", token=token_of("pupil", name)))
    return list(dict.fromkeys([*([own] if own else []), *doors(problem.hint, name)]))


def to_get_ready(hint: str, name: str) -> list[Door]:
    """The ways to what the request still needs: a record to begin, a field of the request, another record."""
    schemas = workplace().project.schemas
    path = f"cases/{name}/request.yaml"
    new = doors(hint, name) if "sendpack new" in hint else []
    found = [
        one for one in new if one.kind and not (workplace().folder.root / f"cases/{name}/{one.kind}.yaml").is_file()
    ]
    if any(schemas.kind_of(f"{file}.yaml") == "evidence" for file in titles.FILE.findall(hint)):
        found.append(Door("Evidence", url_for("evidence.show", token=token_of("pupil", name))))
    if (workplace().folder.root / path).is_file():
        found += [door for word in _NAMES.findall(hint) if (door := _request_field(word, path))]
    return list(dict.fromkeys(found))


def _request_field(name: str, path: str) -> Door | None:
    shape = workplace().project.schemas.shape("request").property(name)
    if shape is None:
        return None
    return Door(
        str(shape.keywords.get("title", name)), f"{url_for('record.show', token=token_of('record', path))}#f-{name}"
    )


def without_command(text: str) -> str:
    """What is to be done, without the command at its end, which has a button instead."""
    return text.partition(": sendpack ")[0]
