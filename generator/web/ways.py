"""The page's own way to what a finding or a piece of advice names as a key, a file or a command.

Findings are worded once, for everybody, and name what is in the files. Here nothing is worded anew: names of keys and
files are shown by their titles, and the doors of the page that lead there are put beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask import url_for

from generator.problems import Problem
from generator.records.record import Schemas
from generator.records.schema.schema_view import Shape
from generator.values.formatting import label
from generator.web.record_form.places import keys_meant
from generator.web.workplace import token_of, workplace

PUPIL_DOORS: Mapping[str, tuple[str, str]] = {
    "issue": ("document.give", "Give out a document"),
    "changes": ("pupil.show", "The pupil’s documents"),
    "issued": ("pupil.show", "The pupil’s documents"),
    "build": ("pupil.show", "The pupil’s documents"),
    "check": ("pupil.show", "The pupil’s page"),
    "bundle": ("bundle.show", "Request and bundle"),
    "sent": ("bundle.show", "Request and bundle"),
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
_TYPE = re.compile(r"--type ([a-z_]+)")
_QUOTED = re.compile(r"`([a-z][a-z0-9_]*):?`")
_BARE = re.compile(r"(?<![\w`“/])([a-z]+(?:_[a-z]+)+)(?![\w`]|\.[a-z])(:?)")
_KEY = re.compile(r"(?<=add |der |ite )([a-z_]+):(?= |$)")
_NAMES = re.compile(r"(?:under |in |add |`)([a-z_]+)\b")
_IN_FILE = re.compile(r"([a-z_]+)`?:? (?:in|to) ([a-z-]+\.yaml)")
_FOLDER = re.compile(r"(?<![\w/])(cycles|meetings)/(?!\w)")
_FILE = re.compile(r"(?<![\w/])([a-z-]+)\.yaml\b")


@dataclass(frozen=True)
class Door:
    """A way on the page: what it says and its address; with a kind, a button that begins such a record."""

    words: str
    address: str
    kind: str = ""
    meeting: str = ""


def kind_at(path: str) -> str:
    """The kind of record at a path from the school's folder; "" for none."""
    schemas, parts = workplace().project.schemas, path.split("/")
    if parts[0] != "cases" or len(parts) < 2:
        return ""
    inside = "/".join(parts[1:])
    return schemas.kind_of(inside, "school") or schemas.kind_of("/".join(parts[2:])) or ""


def in_titles(text: str, path: str, keys: tuple[str | int, ...] = ()) -> str:
    """A finding's words with the titles that the form shows instead of the names in the file.

    A name that has several titles in a kind of record is known by the keys that the finding means.
    """
    schemas = workplace().project.schemas
    kind = kind_at(path)
    own = {**_titles(schemas, kind), **_titles_on(schemas.shape(kind), keys)} if kind else {}
    every = _every_title(schemas)

    def titled(match: re.Match[str]) -> str:
        title = own.get(match[1]) or every.get(match[1])
        return f"“{title}”" if title else match[0]

    def only_own(match: re.Match[str]) -> str:
        return f"“{own[match[1]]}”" if match[1] in own else match[0]

    text = _BARE.sub(titled, _QUOTED.sub(titled, _KEY.sub(only_own, text)))
    return _FILE.sub(lambda match: _record_title(schemas, match), text)


def in_the_form(place: str) -> str:
    """A place of a record by the titles of its form: `request.yaml: parents_views.future`."""
    file, _, keys = place.partition(": ")
    schemas = workplace().project.schemas
    kind = schemas.kind_of(file, "school") or schemas.kind_of(file)
    if not kind:
        return place
    steps = tuple(int(step) if step.isdecimal() else step for step in keys.split("."))
    titles = [str(schemas.shape(kind).keywords.get("title", kind)), *_titles_on(schemas.shape(kind), steps).values()]
    return ", ".join(titles)


def _titles_on(shape: Shape | None, keys: tuple[str | int, ...]) -> dict[str, str]:
    found = {}
    for step in keys:
        shape = shape.item() if shape and isinstance(step, str) and "array" in shape.types else shape
        shape = (shape.item() if isinstance(step, int) else shape.property(step)) if shape else None
        if isinstance(step, str) and shape:
            found[step] = str(shape.keywords.get("title", step))
    return found


def _record_title(schemas: Schemas, match: re.Match[str]) -> str:
    kind = schemas.kind_of(match[0], "school") or schemas.kind_of(match[0])
    return f"“{schemas.shape(kind).keywords.get('title', kind)}”" if kind else match[0]


@lru_cache(maxsize=64)
def _titles(schemas: Schemas, kind: str) -> dict[str, str]:
    """The titles of all names of a kind of record; a name that stands for two things is left as it is."""
    found: dict[str, set[str]] = {}
    _gather(schemas.shape(kind), found)
    return {name: titles.pop() for name, titles in found.items() if len(titles) == 1}


def _gather(shape: Shape, found: dict[str, set[str]]) -> None:
    for name in shape.names:
        inner = shape.property(name)
        if inner is not None:
            if title := inner.keywords.get("title"):
                found.setdefault(name, set()).add(str(title))
            _gather(inner, found)
    if item := shape.item():
        _gather(item, found)


@lru_cache(maxsize=2)
def _every_title(schemas: Schemas) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for kind in schemas.kinds:
        for name, title in _titles(schemas, kind).items():
            found.setdefault(name, set()).add(title)
    return {name: titles.pop() for name, titles in found.items() if len(titles) == 1}


def where(problem: Problem) -> Door | None:
    """The field at which a finding is put right, or the button that begins the record that is missing."""
    place, kind = workplace(), kind_at(problem.path)
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
    return ", ".join(list(_titles_on(shape, keys).values())[-2:])


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
    for folder in _FOLDER.findall(text):
        many = next((one for one in schemas.kinds if schemas.files_of(one)[0] == f"{folder}/*.yaml"), "")
        if many and name and (made := _begin(many, name)):
            yield made
    for field, file in _IN_FILE.findall(text):
        kind = schemas.kind_of(file, "school") or schemas.kind_of(file)
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
    return list(dict.fromkeys([*([own] if own else []), *doors(problem.hint, name)]))


def to_get_ready(hint: str, name: str) -> list[Door]:
    """The ways to what the request still needs: a record to begin, a field of the request, another record."""
    schemas = workplace().project.schemas
    path = f"cases/{name}/request.yaml"
    found = []
    for file in _FILE.findall(hint):
        kind = schemas.kind_of(f"{file}.yaml") or ""
        there = (workplace().folder.root / "cases" / name / f"{file}.yaml").is_file()
        if kind and "sendpack new" in hint and not there and (made := _begin(kind, name)):
            found.append(made)
        elif kind == "evidence":
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
