"""What a pack names that nothing knows: kinds of record and of evidence, fields, words, limits, paths, tags.

The schema says what a pack may hold; this says whether what it names is there. Otherwise a slip of a letter means that
an answer is never found, a limit never looked at, a document never made, and nobody is told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from generator.authorities.pack import STANDARD, WORD, Pack
from generator.cases.dates.proposed_days import MEETINGS_A_YEAR
from generator.records.record import Record
from generator.records.schema.schema_files import Schemas
from generator.records.schema.schema_view import Shape
from generator.values.did_you_mean import nearest_or_all
from generator.values.parsing import to_fill_in

Keys = tuple[str | int, ...]

_NEWEST_MEETING = "newest-meeting"
_TAG = re.compile(r"\{\{|\{%|\}\}")
_WORDED = {("title",), ("bundle", "title")}
"""Texts of a pack in which its own words are filled in, beside the titles of documents."""


@dataclass(frozen=True)
class UnknownName:
    """One thing in a pack's own file that is not right: where, a stable rule id, what is wrong, what to do.

    `severity` is quality for what does no harm but will not do what it says.
    """

    keys: Keys
    rule: str
    message: str
    hint: str = ""
    severity: str = "data"


def unknown_names(record: Record, pack: Pack, schemas: Schemas, printed: Collection[str]) -> Iterator[UnknownName]:
    """Everything that a pack's own file names and nothing knows.

    `record` is the file itself, `pack` the same with what it extends, `printed` the words that some template prints.
    """
    data = record.data
    yield from _documents(data, pack)
    yield from _kinds(data, schemas)
    yield from _fields(data, schemas)
    yield from _evidence(data, schemas)
    yield from _words(data, pack, printed)
    yield from _tags(data)
    yield from _limits(data, pack)
    yield from _twice(data)
    yield from _sources(data)


def _rows(data: Mapping[str, Any], *keys: str) -> Iterator[tuple[Keys, Mapping[str, Any]]]:
    """The rows of a list of the pack, each with its keys."""
    value: Any = data
    for key in keys:
        value = value.get(key, {}) if isinstance(value, Mapping) else {}
    for number, row in enumerate(value or ()):
        yield (*keys, number), row


# -- documents and kinds of record ------------------------------------------------------------------------------------


def _documents(data: Mapping[str, Any], pack: Pack) -> Iterator[UnknownName]:
    there = [str(row["id"]) for row in pack.documents]
    request = data.get("request", {})
    lists = [((*keys, "documents"), row.get("documents", ())) for keys, row in _rows(data, "ladder")]
    lists += [((*keys, "documents"), row.get("documents", ())) for keys, row in _rows(data, "request", "any_of")]
    lists += [(("request", "documents"), request.get("documents", ()))]
    lists += [(("bundle", "word_parts"), data.get("bundle", {}).get("word_parts", ()))]
    for who, row in request.get("by_requester", {}).items():
        lists.append((("request", "by_requester", who, "documents"), row.get("documents", ())))
    for keys, names in lists:
        for number, name in enumerate(names):
            if name not in there:
                what = f"there is no document `{name}`{nearest_or_all(str(name), there)}"
                yield UnknownName((*keys, number), "pack-document", what, "use the id of a document under documents")
    sections = [str(row["id"]) for row in pack.data.get("bundle", {}).get("sections", ())]
    for keys, row in _rows(data, "documents"):
        if "section" in row and row["section"] not in sections:
            what = f"the bundle has no section `{row['section']}`{nearest_or_all(str(row['section']), sections)}"
            yield UnknownName((*keys, "section"), "pack-section", what, "use the id of one of bundle: sections")


def _kinds(data: Mapping[str, Any], schemas: Schemas) -> Iterator[UnknownName]:
    """Kinds of record that documents are made of."""
    pupils = [k for k in schemas.kinds if schemas.schema(k).get("x-place", "pupil") == "pupil"]
    several = [k for k in pupils if schemas.has_many(k)]
    for keys, row in _rows(data, "documents"):
        named = [((*keys, "needs", n), str(kind), pupils) for n, kind in enumerate(row.get("needs", ()))]
        named += [((*keys, "each"), str(row["each"]), several)] if "each" in row else []
        for place, kind, known in named:
            if kind not in known:
                what = f"there is no kind of record `{kind}`{nearest_or_all(kind, known)}"
                hint = "use the name of a pupil's file without .yaml; of cycles/ and meetings/: cycle, meeting"
                yield UnknownName(place, "pack-kind", what, hint)


# -- fields -----------------------------------------------------------------------------------------------------------


def _fields(data: Mapping[str, Any], schemas: Schemas) -> Iterator[UnknownName]:
    """Fields named by kind and keys."""
    for keys, field in _fields_named(data):
        wrong = wrong_field(field, schemas)
        if wrong:
            yield UnknownName(keys, "pack-field", wrong, "write kind and field with dots, like request.reason")
    for name in data.get("request", {}).get("word_limits", {}):
        wrong = wrong_field(f"request.{name}", schemas)
        if wrong:
            yield UnknownName(("request", "word_limits", name), "pack-field", wrong, "name a field of request.yaml")
    for keys, row in _rows(data, "documents"):
        shape = _shape(str(row.get("when", {}).get("field", "")), schemas)
        words = shape.keywords.get("enum") if shape else None
        for number, value in enumerate(row.get("when", {}).get("is", ())):
            if words and value not in words:
                what = f"`{value}` is no value of {row['when']['field']}{nearest_or_all(str(value), map(str, words))}"
                yield UnknownName((*keys, "when", "is", number), "pack-value", what)


def _fields_named(data: Mapping[str, Any]) -> Iterator[tuple[Keys, str]]:
    for keys, row in _rows(data, "ladder"):
        yield from (((*keys, name), str(row[name])) for name in ("begun",) if name in row)
    for keys, row in _rows(data, "criteria"):
        yield from (((*keys, "answered_by", n), str(field)) for n, field in enumerate(row.get("answered_by", ())))
    for keys, row in _rows(data, "portal", "questions"):
        yield from (((*keys, name), str(row[name])) for name in ("from",) if name in row)
    for keys, row in _rows(data, "documents"):
        yield from (((*keys, name), str(row[name])) for name in ("date", "version", "status") if name in row)
        if "when" in row:
            yield (*keys, "when", "field"), str(row["when"]["field"])


def wrong_field(field: str, schemas: Schemas) -> str:
    """What in a field named by kind and keys is not there, in words; nothing when all of it is."""
    kind, *names = field.split(".")
    shape: Shape | None = _kind_shape(kind, schemas)
    if shape is None:
        known = [k for k in schemas.kinds if k != "pack"]
        return f"`{field}`: there is no kind of record `{kind}`{nearest_or_all(kind, known)}"
    for name in names:
        below = shape.property(name)
        if below is None:
            return f"`{field}`: there is no field `{name}`{nearest_or_all(name, shape.names)}"
        shape = below
    return "" if names else f"`{field}` is a kind of record, not a field of one"


def _kind_shape(kind: str, schemas: Schemas) -> Shape | None:
    kind = "meeting" if kind == _NEWEST_MEETING else kind
    return schemas.shape(kind) if kind in schemas.kinds and kind != "pack" else None


def _shape(field: str, schemas: Schemas) -> Shape | None:
    kind, *names = field.split(".")
    shape = _kind_shape(kind, schemas)
    for name in names:
        shape = shape.property(name) if shape else None
    return shape


# -- evidence ---------------------------------------------------------------------------------------------------------


def _evidence(data: Mapping[str, Any], schemas: Schemas) -> Iterator[UnknownName]:
    items = schemas.shape("evidence").property("items")
    item = items.item() if items else None
    kind = item.property("kind") if item else None
    known = [str(word) for word in kind.keywords["enum"] if not to_fill_in(word)] if kind else []
    lists = {("request", "evidence"): "kinds", ("request", "any_of"): "kinds", ("bundle", "sections"): "evidence"}
    for where, key in lists.items():
        for keys, row in _rows(data, *where):
            for number, name in enumerate(row.get(key, ())):
                if name not in known:
                    what = f"there is no kind of evidence `{name}`{nearest_or_all(str(name), known)}"
                    yield UnknownName((*keys, key, number), "pack-evidence", what, "use a kind of evidence.yaml")
    for keys, row in _rows(data, "request", "any_of"):
        if not row.get("documents") and not row.get("kinds") and not row.get("named"):
            what = f"nothing can satisfy `{row['id']}`: it names no document and no evidence"
            yield UnknownName(keys, "pack-choice", what, "add documents, kinds or named")


# -- words and tags ---------------------------------------------------------------------------------------------------


def _words(data: Mapping[str, Any], pack: Pack, printed: Collection[str]) -> Iterator[UnknownName]:
    used = {*printed, *(f"request_by_{who}" for who in ("parent", "young_person"))}
    used |= {name for text in _texts(data) for name in re.findall(r"\{\{\s*words\.(\w+)", text[1])}
    for name in data.get("words", {}):
        if name not in used:
            what = f"no template prints the word `{name}`{nearest_or_all(name, used)}"
            yield UnknownName(
                ("words", name), "pack-word", what, "use the name of a word of templates/standard/pack.yaml"
            )


def _tags(data: Mapping[str, Any]) -> Iterator[UnknownName]:
    """Tags where a text is printed as it is: they would stand in the document as they are."""
    for keys, text in _texts(data):
        worded = keys in _WORDED or (keys[0] == "documents" and keys[-1] == "title")
        left = WORD.sub("", text) if worded else text
        if _TAG.search(left):
            what = f"“{text}” holds a tag, which is not filled in here"
            hint = "only {{ words.NAME }} is, in the title of a document and of the bundle"
            yield UnknownName(keys, "pack-tag", what, hint if worded else "write plain text; " + hint)
    pattern = str(data.get("bundle", {}).get("file_names", ""))
    try:
        names = {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}
    except ValueError:
        names = {pattern}
    for name in sorted(names - {"number", "document", "initials"}):
        what = f"file names cannot hold {{{name}}}"
        yield UnknownName(("bundle", "file_names"), "pack-tag", what, "use {number}, {document} and {initials}")
    if pattern and not names & {"number", "document"}:
        what = "all files would have one name"
        yield UnknownName(("bundle", "file_names"), "pack-tag", what, "use {number} or {document} in it")


def _texts(value: Any, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Every text of the pack with its keys."""
    if isinstance(value, Mapping):
        for key, below in value.items():
            yield from _texts(below, (*keys, str(key)))
    elif isinstance(value, list):
        for number, below in enumerate(value):
            yield from _texts(below, (*keys, number))
    elif isinstance(value, str):
        yield keys, value


# -- limits -----------------------------------------------------------------------------------------------------------


def _limits(data: Mapping[str, Any], pack: Pack) -> Iterator[UnknownName]:
    """Numbers that contradict each other or the Code."""
    for group, low, high in (
        ("cycles", "min_reviewed", "max_reviewed"),
        ("cycles", "min_weeks", "max_weeks"),
        ("bundle", "max_file_mb", "max_total_mb"),
    ):
        own, merged = data.get(group, {}), pack.data.get(group, {})
        if (low in own or high in own) and merged.get(low, 0) > merged.get(high, float("inf")):
            what = f"{low} ({merged[low]}) is more than {high} ({merged[high]})"
            yield UnknownName((group, low if low in own else high), "pack-limit", what, "the first is the smaller")
    meetings = data.get("reviews", {}).get("min_per_year", MEETINGS_A_YEAR)
    if meetings < MEETINGS_A_YEAR:
        what = f"{meetings} meetings a year are fewer than the Code's {MEETINGS_A_YEAR} (6.65), which hold anyway"
        yield UnknownName(("reviews", "min_per_year"), "pack-limit", what, "the pack cannot lower it", "quality")
    limits = pack.data.get("request", {}).get("word_limits", {})
    for keys, row in _rows(data, "portal", "questions"):
        form = limits.get(str(row["from"]).removeprefix("request."))
        if form and row.get("words", form) != form:
            what = f"`{row['from']}` may have {row['words']} words here and {form} under request: word_limits"
            yield UnknownName((*keys, "words"), "pack-limit", what, "give one limit")


def _twice(data: Mapping[str, Any]) -> Iterator[UnknownName]:
    """Ids given twice in one list: the second would silently change the first."""
    for where in (
        ("ladder",),
        ("criteria",),
        ("documents",),
        ("bundle", "sections"),
        ("portal", "questions"),
        *(("request", name) for name in ("evidence", "local", "any_of")),
    ):
        seen: set[str] = set()
        for keys, row in _rows(data, *where):
            if row["id"] in seen:
                yield UnknownName(
                    (*keys, "id"), "pack-twice", f"the id `{row['id']}` stands twice in {'.'.join(where)}"
                )
            seen.add(str(row["id"]))
    homes: dict[str, str] = {}
    for keys, row in _rows(data, "bundle", "sections"):
        for number, kind in enumerate(row.get("evidence", ())):
            if kind in homes:
                what = f"evidence of the kind `{kind}` has two sections, {homes[kind]} and {row['id']}"
                yield UnknownName((*keys, "evidence", number), "pack-twice", what, "take it out of one of them")
            homes[str(kind)] = str(row["id"])


# -- sources ----------------------------------------------------------------------------------------------------------


def _sources(data: Mapping[str, Any]) -> Iterator[UnknownName]:
    """Keys that a source is said to stand behind and that the pack does not have."""
    own = {"words", *_dotted(data)}
    for keys, row in _rows(data, "sources"):
        for number, key in enumerate(row.get("supports", ())):
            if key not in own and data["id"] != STANDARD:
                what = f"the source stands behind `{key}`, which this pack does not say{nearest_or_all(str(key), own)}"
                yield UnknownName(
                    (*keys, "supports", number), "pack-source", what, "name a key of this file, with dots"
                )


def _dotted(value: Any, above: str = "") -> Iterator[str]:
    """Every key of the pack with dots; rows of a list by their id."""
    rows = list(value.items()) if isinstance(value, Mapping) else []
    if isinstance(value, list):
        rows = [(row["id"], row) for row in value if isinstance(row, Mapping) and "id" in row]
    for key, below in rows:
        name = f"{above}.{key}" if above else str(key)
        yield name
        yield from _dotted(below, name)
