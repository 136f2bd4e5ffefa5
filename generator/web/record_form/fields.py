"""The fields of a form: what the schema says of each value, what is written there, and how to ask for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.cases.references import WITHIN_ONE_FILE
from generator.cases.vocabulary import SEN_STATUS
from generator.records.schema.schema_view import Shape
from generator.values.formatting import label
from generator.values.parsing import TO_FILL_IN, shorten
from generator.web.wording import for_a_form

SHORT = 300
"""Characters up to which a text is asked for on one line."""


@dataclass(frozen=True)
class FieldChoice:
    """One answer of several: what is written, and what people read."""

    value: str
    title: str
    unknown: bool = False


@dataclass
class Row:
    """One entry of a list; `number` stays with it while the form is open, whatever its place."""

    number: int
    title: str
    fields: list[Field]
    prepared: bool = False
    """It is not in the file: it waits for what is to be said of a target or a provision."""
    stays: bool = False
    """Whoever looks may correct it, and not take it out."""


@dataclass
class Field:
    """One question of a form. `name` is the way to the value with slashes, `kind` how it is asked for."""

    name: str
    kind: str
    title: str
    description: str
    example: str = ""
    required: bool = False
    value: str = ""
    values: list[str] = field(default_factory=list)
    not_known: str = ""
    may_be_not_known: bool = False
    choices: list[FieldChoice] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    to_write: bool = False
    prefix: str = "f-"
    """Before the name in HTML ids: another one for each form of a page."""
    called: str = ""
    """What the id is made from where that is not the name: several forms of one page have the same questions."""
    raw: str = ""
    """The description as `for_a_form` gives it, before answers and its first letter are put as people read them: a
    finding's hint may be the same."""
    wrong: str = ""
    """What must be put right before it can be saved."""
    found: bool = False
    """There is a finding about this or about something in it, or it waits to be answered: it stands open."""

    @property
    def id(self) -> str:
        """The name as an HTML id."""
        return self.prefix + (self.called or self.name).replace("/", "-").replace("~", "")

    @property
    def filled(self) -> bool:
        """True when something is written here."""
        if self.kind == "group":
            return any(one.filled for one in self.fields)
        return bool(any(not row.prepared for row in self.rows) or self.values or self.value or self.not_known)

    @property
    def shown(self) -> bool:
        """True where the form opens it at once; the rest stands under “more”."""
        return self.required or self.filled or self.found

    def inside(self) -> Iterator[Field]:
        """This field and every one in it."""
        yield self
        for one in [*self.fields, *(below for row in self.rows for below in row.fields)]:
            yield from one.inside()


@dataclass(frozen=True)
class KnownIds:
    """What the other records define: the ids of each group with their titles, and the files in each folder."""

    ids: Mapping[str, Sequence[FieldChoice]]
    files: Mapping[str, Sequence[str]]
    hidden: frozenset[str] = frozenset()
    """Names of fields that whoever looks may not see."""
    packs: Sequence[FieldChoice] = ()
    """The authorities' packs."""


def form_fields(shape: Shape, written: Mapping[str, Any], known: KnownIds) -> list[Field]:
    """The questions of a whole record, in the order of its schema."""
    return list(_fields(shape, written, "", known, str(written.get("type") or "")))


def _fields(shape: Shape, written: Mapping[str, Any], above: str, known: KnownIds, kind: str) -> Iterator[Field]:
    required = set(shape.keywords.get("required", ()))
    for name in [*shape.names, *(key for key in written if key not in shape.names)]:
        inner, value = shape.property(name), written.get(name)
        way = f"{above}/{name}" if above else name
        if inner is None or way in known.hidden:
            continue
        only = inner.keywords.get("x-only")
        if only and kind not in only and not _something(value):
            continue
        made = _field(way, inner, value, known, kind)
        made.required = name in required
        made.title = str(inner.keywords.get("title") or label(name))
        yield made


def _something(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_something(below) for below in value.values())
    return any(_something(below) for below in value) if isinstance(value, list) else value is not None


def _field(way: str, shape: Shape, value: Any, known: KnownIds, kind: str) -> Field:
    words = shape.keywords
    made = Field(
        way, "text", str(words.get("title", "")), for_a_form(str(words.get("description", ""))), _example(words)
    )
    made.raw, made.may_be_not_known = made.description, shape.may_be_not_known
    if isinstance(value, Mapping) and shape.may_be_not_known and set(value) == {"not_known"}:
        made.not_known, value = str(value["not_known"] or ""), None
    if "array" in shape.types:
        return _listed(made, shape, value, known, kind)
    if "object" in shape.types and not shape.may_be_not_known:
        made.kind = "group" if shape.names else "other"
        held = value if isinstance(value, Mapping) else {}
        made.fields = list(_fields(shape, held, way, known, kind))
        return made
    made.value = "" if value is None or isinstance(value, Mapping | list) else str(value).rstrip("\n")
    if made.value.startswith(TO_FILL_IN):
        made.to_write, made.value = True, made.value.removeprefix(TO_FILL_IN).strip()
    made.kind, made.choices = _kind(shape, made.value, known)
    if made.kind in ("choice", "yes_no"):  # the answers themselves are shown, by what people read
        made.example = ""
        for word in map(str, words.get("enum", ())):
            if "_" in word or f"{word}:" in made.description:
                made.description = made.description.replace(word, _said(word))
    made.description = made.description[:1].upper() + made.description[1:]
    return made


def _kind(shape: Shape, value: str, known: KnownIds) -> tuple[str, list[FieldChoice]]:
    words = shape.keywords
    if "x-id" in words:
        return "id", []
    if "x-ref" in words:
        return "choice", _with(value, known.ids.get(words["x-ref"], ()))
    if "x-pack" in words:
        return "choice", _with(value, known.packs)
    if "x-file-in" in words:
        files = known.files.get(str(words["x-file-in"]), ())
        return "choice", _with(value, [FieldChoice(name, name) for name in files])
    if shape.value == "yes_no":
        return "yes_no", [FieldChoice("yes", "Yes"), FieldChoice("no", "No")]
    if "enum" in words:
        return "choice", _with(
            value, [FieldChoice(str(word), _said(str(word))) for word in words["enum"] if word != TO_FILL_IN]
        )
    if shape.value in ("date", "time", "money", "number"):
        return str(shape.value), []
    if "number" in shape.types and "string" not in shape.types:
        return "number", []
    most = words.get("maxLength", 0)
    return ("text" if most and most <= SHORT and "\n" not in value else "long"), []


def _said(word: str) -> str:
    return f"{word}: {SEN_STATUS[word]}" if word in SEN_STATUS else str(label(word))


def _with(value: str, choices: Sequence[FieldChoice]) -> list[FieldChoice]:
    """The choices, and what is written though it is none of them: it is shown, and not lost."""
    there = list(choices)
    if value and all(choice.value != value for choice in there):
        there.append(FieldChoice(value, value, unknown=True))
    return there


def _listed(made: Field, shape: Shape, value: Any, known: KnownIds, kind: str) -> Field:
    item = shape.item()
    held = [one for one in value if one is not None] if isinstance(value, list) else []
    if item is None:
        made.kind = "other"
        return made
    if "object" not in item.types and ("enum" in item.keywords or "x-ref" in item.keywords):
        made.kind, made.values = "several", [str(one) for one in held]
        choices: list[FieldChoice] = _kind(item, "", known)[1]
        for one in made.values:
            choices = _with(one, choices)
        made.choices = choices
        return made
    made.kind = "rows"
    waiting = list(prepared_rows(item, held, known))
    made.rows = [_row(made.name, number, item, one, known, kind) for number, one in enumerate([*held, *waiting])]
    for row in made.rows[len(held) :]:
        row.prepared = True
        for question in row.fields:
            question.found = True
    return made


def cites(item: Shape) -> tuple[str, str] | None:
    """The key by which each row of a list cites something of the same file, and the group; None for other lists."""
    name = item.names[0] if item.names else ""
    inner = item.property(name) if name else None
    group = str(inner.keywords.get("x-ref", "")) if inner else ""
    dated = any(below.value == "date" for one in item.names if (below := item.property(one)))
    cited = group in WITHIN_ONE_FILE and name in item.keywords.get("required", ()) and not dated
    return (name, group) if cited else None


def prepared_rows(item: Shape, held: Sequence[Any], known: KnownIds) -> Iterator[dict[str, str]]:
    """A row for each target or provision of which the list says nothing yet: nobody has to add and choose them."""
    found = cites(item)
    if found is None:
        return
    name, group = found
    there = {str(row.get(name)) for row in held if isinstance(row, Mapping)}
    yield from ({name: choice.value} for choice in known.ids.get(group, ()) if choice.value not in there)


def _row(above: str, number: int, item: Shape, value: Any, known: KnownIds, kind: str) -> Row:
    way = f"{above}/{number}"
    if "object" in item.types and not item.may_be_not_known:
        held = value if isinstance(value, Mapping) else {}
        fields = list(_fields(item, held, way, known, kind))
        title = _cited(item, held, known)
        if title:  # the row is called by it: it need not be chosen again
            fields[0].kind = "id"
        return Row(number, title or row_title(held), fields)
    return Row(number, "", [_field(way, item, value, known, kind)])


def _cited(item: Shape, held: Mapping[str, Any], known: KnownIds) -> str:
    """The title of what a row cites, where that is what the row is about."""
    found = cites(item)
    value = str(held.get(found[0])) if found else ""
    return (
        next((shorten(one.title, 70) for one in known.ids.get(found[1], ()) if one.value == value), "") if found else ""
    )


TITLES = ("title", "text", "name", "service", "what", "subject", "measure", "need", "barrier", "person", "date")


def row_title(row: Mapping[str, Any]) -> str:
    """What a row is called: its title, its text or its name, cut; "" when nothing is written in it yet."""
    for key in ("name", *TITLES) if "title" in row and "relationship" in row else TITLES:  # “Mrs” names nobody
        text = row.get(key)
        if isinstance(text, str) and text.strip() and not text.startswith(TO_FILL_IN):
            return shorten(text, 70)
    said = (str(text) for key, text in row.items() if key != "id" and isinstance(text, str) and text.strip())
    return next((shorten(text, 70) for text in said if not text.startswith(TO_FILL_IN)), "")


def _example(words: Mapping[str, Any]) -> str:
    """The first example that is a text or a number, as one would write it."""
    for example in words.get("examples", ()):
        if isinstance(example, str | int | float) and not isinstance(example, bool):
            return str(example)
    return ""
