"""What the words of a finding name in the files, shown as the form shows it: titles for keys, files, codes and ids.

Nothing is worded anew: a name is put where the other name stood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from generator.records.record import Schemas
from generator.records.schema.schema_view import Shape
from generator.values.formatting import label
from generator.values.parsing import shorten, to_fill_in
from generator.web.record_form.fields import row_title
from generator.web.workplace import workplace

_IN_QUOTES = "“[^”]*”|"
"""What somebody wrote, and what is a title already, stands in such marks, and stays as it is."""

_QUOTED = re.compile(r"`([a-z][a-z0-9_]*)(:?)`(?= (\w+))?")
_BARE = re.compile(rf"{_IN_QUOTES}(?<![\w`“/.-])([a-z]+(?:_[a-z]+)+)(?![\w`]|\.[a-z])(:?)")
_KEY = re.compile(rf"{_IN_QUOTES}(?<=add |der |ite |ith )([a-z_]+)(:)(?= |$)")
_SAYS = re.compile(rf"{_IN_QUOTES}(?<![\w“])([a-z_]+): ([a-z_]+)(?![\w“:])")
_IN_BRACKETS = re.compile(rf"{_IN_QUOTES}\(([a-z_]+)\)")
_UNDER = re.compile(rf"{_IN_QUOTES}\b(under |[Aa]dd )([a-z_]+)(?![\w-]|\.\w)")
_THEN = re.compile(r"”(?:: ([a-z_]+)(?=[.;:]|, or |$)| ([a-z_]+)(?=[.,;:]|$))")
_GOES_ON = re.compile(r" (\w+)(?!\w|,)")
FOLDER = re.compile(r"(?<![\w/])(cycles|meetings|annual-reports)/(?!\w)")
FILE = re.compile(
    r"(?:(?<![\w/-])cases/[\w-]+/|(?<![\w/-]))((?:cycles|meetings|annual-reports)/[\w-]+|\d{4}-[\w-]+|[a-z-]+)\.yaml\b(?!:)"
)
"""A record's file in a text, with or without the pupil's folder before it."""

_PLACE = re.compile(r"(cases/[\w/-]+)\.yaml:\d+(?::\d+)?: (?:(?:error|law|code|local|advice): )?")
"""Where a finding stands in a file, and how grave it is, as a terminal prints it before the finding."""

_FOLDER_NAME = re.compile(r"(?<![\w/“-])([a-z0-9]+(?:-[a-z0-9]+)+)(?=: | [a-z(])")

_OF_ID = re.compile(
    r"\b((?:[Oo]utcome|[Tt]arget|[Nn]eed|[Pp]rovision|[Ss]upport) )“?([a-z][a-z0-9-]*)”?(?: \(([^()]+)\))?"
)
_ID = re.compile(rf"{_IN_QUOTES}(?<![\w“.-])([a-z][a-z0-9]*(?:-[a-z0-9]+)+|[a-z]+[0-9]+)(?![\w.-]|”)")
_GROUPS = {
    "outcome": "outcomes",
    "target": "targets",
    "need": "needs",
    "provision": "provision",
    "support": "provision",
}
_NO_COLON = {"with", "and", "or", "in", "at", "under", "of", "once", "for", "to"}
"""Words that go on from a title; before any other the colon stays that stood behind the key."""

YES_NO = ("yes", "no")

_SMALL = {"to", "by", "how", "when", "from", "who", "what", "where", "date", "text", "in", "of", "as", "is"}
"""Names of fields that are words of every sentence: none of them is taken for a name without a sign that it is one."""


def kind_at(path: str) -> str:
    """The kind of record at a path from the school's folder; "" for none."""
    schemas, parts = workplace().project.schemas, path.split("/")
    if parts[0] != "cases" or len(parts) < 2:
        return ""
    inside = "/".join(parts[1:])
    return schemas.kind_of(inside, "school") or schemas.kind_of("/".join(parts[2:])) or ""


def kind_of_file(name: str) -> str:
    """The kind of record that a file in a pupil's folder, or in cases/, holds by its name; "" for none."""
    schemas = workplace().project.schemas
    return schemas.kind_of(name, "school") or schemas.kind_of(name) or ""


def kind_of_folder(name: str) -> str:
    """The kind of record whose files stand in a folder of that name; "" for none."""
    schemas = workplace().project.schemas
    return next((one for one in schemas.kinds if schemas.files_of(one)[0] == f"{name}/*.yaml"), "")


def in_titles(text: str, path: str, keys: tuple[str | int, ...] = ()) -> str:
    """A finding's words with the titles that the form shows instead of the names in the file.

    A name that has several titles in a kind of record is known by the keys that the finding means.
    """
    schemas, kind = workplace().project.schemas, kind_at(path)
    shape = schemas.shape(kind) if kind else None
    own = {**_titles(schemas, kind), **titles_on(shape, keys), **_titles_in(shape, keys)} if kind else {}
    every = _every_title(schemas)

    def titled(match: re.Match[str]) -> str:
        name = match[1]
        title = own.get(name) or (label(name) if name in _codes(schemas) else every.get(name))
        return f"“{title}”" if title else ""

    def bare(match: re.Match[str]) -> str:
        title = titled(match)
        return f"{title}{_colon(match)}" if title else match[0]

    def key(match: re.Match[str]) -> str:
        title = own.get(match[1]) or every.get(match[1])
        return f"“{title}”{_colon(match)}" if title else match[0]

    def quoted(match: re.Match[str]) -> str:
        goes_on = match[3] is None or match[3] in _NO_COLON or (match[3] in own and match[3] not in _SMALL)
        title = titled(match)
        return title + (":" if match[2] and not goes_on else "") if title else match[0]

    def says(match: re.Match[str]) -> str:
        if (match[1], match[2]) not in _answers(schemas):
            return match[0]
        return f"“{own.get(match[1]) or label(match[1])}”: {label(match[2])}"

    def after(match: re.Match[str]) -> str:
        known = match[2] in own and match[2] not in _SMALL
        return f"{match[1]}“{own[match[2]]}”" if known else match[0]

    def then(match: re.Match[str]) -> str:
        name = match[1] or match[2]
        known = name in own and (name == "text" or name not in _SMALL)
        return f"”, “{own[name]}”" if known else match[0]

    text = _PLACE.sub(lambda match: f"{match[1]}.yaml – ", text)
    text = _ids_named(_FOLDER_NAME.sub(_pupil_called, text), path)
    text = _QUOTED.sub(quoted, _outside(_SAYS, says, text))
    text = _outside(_KEY, key, text)
    text = _outside(_IN_BRACKETS, lambda match: f"(“{own[match[1]]}”)" if match[1] in own else match[0], text)
    text = _outside(_UNDER, after, text)
    text = _outside(_BARE, bare, text)
    text = FILE.sub(lambda match: _record_title(schemas, match), text)
    text = FOLDER.sub(lambda match: _folder_title(schemas, match), text)
    return _THEN.sub(then, text)


def _pupil_called(match: re.Match[str]) -> str:
    """The child's name for the name of their folder."""
    folder = workplace().folder
    return folder.pupil(match[1]).name if match[1] in folder.names else match[0]


def _outside(pattern: re.Pattern[str], put: Callable[[re.Match[str]], str], text: str) -> str:
    """The text with what `put` says where the pattern stands outside of quotation marks."""
    return pattern.sub(lambda match: match[0] if match[0].startswith("“") else put(match), text)


def _colon(match: re.Match[str]) -> str:
    """The colon behind a key (group 2), where the sentence does not go on from the title: a list goes on behind it."""
    rest = match.string[match.end() :]
    then = _GOES_ON.match(rest)
    return "" if not rest or (then and then[1] in _NO_COLON) else match[2]


def in_the_form(place: str) -> str:
    """A place of a record by the titles of its form: `request.yaml: parents_views.future`."""
    file, _, keys = place.partition(": ")
    schemas, kind = workplace().project.schemas, kind_of_file(file)
    if not kind:
        return place
    steps = tuple(int(step) if step.isdecimal() else step for step in keys.split("."))
    titles = [str(schemas.shape(kind).keywords.get("title", kind)), *titles_on(schemas.shape(kind), steps).values()]
    return ", ".join(titles)


def titles_on(shape: Shape | None, keys: tuple[str | int, ...]) -> dict[str, str]:
    """The titles of the names on the way to a value."""
    return {name: str(inner.keywords.get("title", name)) for name, inner in _way(shape, keys) if name}


def _titles_in(shape: Shape | None, keys: tuple[str | int, ...]) -> dict[str, str]:
    """The titles of what stands beside and below what a finding is about, the nearest last."""
    found: dict[str, str] = {}
    for _, inner in _way(shape, keys):
        group = inner.item() or inner
        for name in group.names:
            if below := group.property(name):
                found[name] = str(below.keywords.get("title", name))
    return found


def _way(shape: Shape | None, keys: tuple[str | int, ...]) -> Iterator[tuple[str, Shape]]:
    for step in keys:
        shape = shape.item() if shape and isinstance(step, str) and "array" in shape.types else shape
        shape = (shape.item() if isinstance(step, int) else shape.property(step)) if shape else None
        if shape is None:
            return
        yield (step if isinstance(step, str) else ""), shape


def _record_title(schemas: Schemas, match: re.Match[str]) -> str:
    kind = kind_of_file(f"{match[1]}.yaml")
    if not kind:
        return f"“{match[1]}”" if match[1][0].isdigit() else match[0]
    own = f": {match[1].rpartition('/')[2]}" if "/" in match[1] else ""
    return f"“{schemas.shape(kind).keywords.get('title', kind)}{own}”"


def _folder_title(schemas: Schemas, match: re.Match[str]) -> str:
    kind = kind_of_folder(match[1])
    return f"“{schemas.shape(kind).keywords.get('title', kind)}”" if kind else match[0]


# -- ids --------------------------------------------------------------------------------------------------------------


def _ids_named(text: str, path: str) -> str:
    """Ids of outcomes, targets, needs and support by what they are: “Reads 60 words …” and not `words-60`."""
    parts = path.split("/")
    if len(parts) < 3 or not (_ID.search(text) or _OF_ID.search(text)):
        return text  # most texts: whose they are need not be looked up
    if parts[1] not in workplace().folder.names:
        return text
    titles = dict(_things(workplace().folder.pupil(parts[1]).loaded.readable, path))
    if not titles:
        return text

    def named(match: re.Match[str]) -> str:
        group = _GROUPS[match[1].strip().lower()]
        if (group, match[2]) not in titles:
            return match[0]
        title = titles[group, match[2]]
        return f"{match[1]}{f'“{title}”' if title else 'that is still to be written'}"

    def alone(match: re.Match[str]) -> str:
        title = next((words for (_, one), words in titles.items() if one == match[1]), "")
        return f"“{title}”" if title else match[0]

    return _outside(_ID, alone, _OF_ID.sub(named, text))


def _things(case: Any, path: str) -> Iterator[tuple[tuple[str, str], str]]:
    """What the records of a pupil define, by group and id; of targets and support those of the record itself last."""
    records = sorted(case.records, key=lambda one: one.path == path) if case else ()
    for record in records:
        plan = record.data.get("plan")
        for held in (record.data, plan if isinstance(plan, Mapping) else {}):
            for group in set(_GROUPS.values()):
                rows = held.get(group)
                for row in rows if isinstance(rows, list | tuple) else ():
                    if isinstance(row, Mapping) and "id" in row:
                        yield (group, str(row["id"])), _called(row)


def _called(row: Mapping[str, Any]) -> str:
    texts = {key: str(value) for key, value in row.items() if key in ("title", "text") and not to_fill_in(value)}
    return shorten(row_title(texts), 60) if texts else ""


# -- titles and codes of the schemas ----------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _titles(schemas: Schemas, kind: str) -> dict[str, str]:
    """The titles of all names of a kind of record; a name that stands for two things is left as it is."""
    found: dict[str, set[str]] = {}
    for name, inner in _all(schemas.shape(kind)):
        if title := inner.keywords.get("title"):
            found.setdefault(name, set()).add(str(title))
    return {name: titles.pop() for name, titles in found.items() if len(titles) == 1}


def _all(shape: Shape) -> Iterator[tuple[str, Shape]]:
    """Every name of a kind of record with what it stands for; the rows of lists without a name."""
    for name in shape.names:
        inner = shape.property(name)
        if inner is not None:
            yield name, inner
            yield from _all(inner)
    if item := shape.item():
        yield "", item
        yield from _all(item)


@lru_cache(maxsize=2)
def _every_title(schemas: Schemas) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for kind in schemas.kinds:
        for name, title in _titles(schemas, kind).items():
            found.setdefault(name, set()).add(title)
    return {name: titles.pop() for name, titles in found.items() if len(titles) == 1}


@lru_cache(maxsize=2)
def _answers(schemas: Schemas) -> frozenset[tuple[str, str]]:
    """Every name with each of the words that it can be answered with."""
    shapes = [one for kind in schemas.kinds for one in _all(schemas.shape(kind))]
    found = {(name, str(word)) for name, inner in shapes for word in inner.keywords.get("enum", ())}
    return frozenset(found | {(name, word) for name, inner in shapes if inner.value == "yes_no" for word in YES_NO})


@lru_cache(maxsize=2)
def _codes(schemas: Schemas) -> frozenset[str]:
    """Every word of which one is chosen, in any record."""
    shapes = (inner for kind in schemas.kinds for _, inner in _all(schemas.shape(kind)))
    return frozenset(str(word) for inner in shapes for word in inner.keywords.get("enum", ()))
