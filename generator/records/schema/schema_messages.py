"""What a schema refuses, in words for a teacher: one sentence and one piece of advice for each mistake."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from generator.records.schema.schema_refusal import Refusal
from generator.records.schema.schema_view import Shape, filled
from generator.records.yaml_text.yaml_keys import PlainNumber, PlainTruth, YamlMap
from generator.values.did_you_mean import did_you_mean
from generator.values.identifiers import CHECKS
from generator.values.parsing import NOT_KNOWN, READERS, THREE_WAYS, Unreadable, shorten

Path = tuple[str | int, ...]

_WORDS_SHOWN = 20
_TYPES = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a group of keys",
    "null": "empty",
}
_VALUES = {
    "date": "a date",
    "yes_no": "yes or no",
    "yes_no_not_known": "yes, no or not_known",
    "money": "an amount in pounds, like 14.50",
    "number": "a number",
    "time": "a time of day, like 9:30",
}
_FIRST = ("type", "enum", "const", "minLength", "pattern")


class Sentence(NamedTuple):
    """A mistake in words; `at_key` is the key inside the value at which it stands, if not at the value itself.

    `about` is the key inside the value that it is about, which may not be there.
    """

    path: Path
    rule: str
    message: str
    hint: str = ""
    at_key: str | None = None
    about: str = ""


def sentences(refusals: Sequence[Refusal], top: Shape) -> list[Sentence]:
    """One sentence for each mistake: what follows from another mistake is left out."""
    told = _one_for_each_value([_told_as_text(refusal, top) for refusal in refusals])
    unknown = {(r.path, _near_key(r, shape_at(top, r.path))) for r in told if r.keyword == _UNKNOWN}
    lost = [r for r in told if not (r.keyword == "required" and (r.path, r.name) in unknown)]
    return list(dict.fromkeys(_sentence(refusal, top) for refusal in lost))


_UNKNOWN = "additionalProperties"


def _told_as_text(refusal: Refusal, top: Shape) -> Refusal:
    """Keys where text or `not_known:` belongs are one mistake, not one for each key."""
    shape = shape_at(top, refusal.path)
    text_belongs_here = shape.may_be_not_known and "string" in shape.types
    if refusal.keyword in (_UNKNOWN, "required") and text_belongs_here and "not_known" not in refusal.value:
        return Refusal(refusal.path, "type", ["string"], refusal.value)
    return refusal


def _one_for_each_value(refusals: Iterable[Refusal]) -> list[Refusal]:
    def rank(refusal: Refusal) -> int:
        return _FIRST.index(refusal.keyword) if refusal.keyword in _FIRST else len(_FIRST)

    of_keys: list[Refusal] = []
    of_values: dict[Path, Refusal] = {}
    for refusal in sorted(refusals, key=rank):
        if refusal.keyword in (_UNKNOWN, "required"):
            of_keys.append(refusal)
        else:
            of_values.setdefault(refusal.path, refusal)
    return [*of_keys, *of_values.values()]


def shape_at(top: Shape, path: Path) -> Shape:
    """The shape of the value at a path; the nearest one above it where the schema says nothing more."""
    shape = top
    for step in path:
        below = shape.property(step) if isinstance(step, str) else shape.item()
        if below is None:
            break
        shape = below
    return shape


def called(path: Path) -> str:
    """How a message calls the value at a path: `needs`, or item 2 of `needs`."""
    keys = [f"`{shorten(step)}`" for step in path if isinstance(step, str)]
    name = keys[-1] if keys else "the file"
    return f"item {path[-1] + 1} of {name}" if path and isinstance(path[-1], int) else name


def _sentence(refusal: Refusal, top: Shape) -> Sentence:
    shape = shape_at(top, refusal.path)
    if refusal.keyword == "required":
        return _missing(refusal, shape)
    if refusal.keyword == _UNKNOWN:
        return _unknown_key(refusal, shape, top)
    if refusal.value == "" and isinstance(refusal.value, str):
        return Sentence(refusal.path, "schema-empty", f"{called(refusal.path)} is empty", _description(shape))
    of_value = _by_meaning(refusal, shape)
    if of_value:
        return of_value
    rule, message, hint = _WORDS.get(refusal.keyword, _other)(refusal, shape)
    return Sentence(refusal.path, rule, f"{called(refusal.path)} {message}", hint)


def _description(shape: Shape | None) -> str:
    text = shape.keywords.get("description", "") if shape else ""
    return text if isinstance(text, str) else ""


def _missing(refusal: Refusal, shape: Shape) -> Sentence:
    hint = _description(shape.property(refusal.name))
    if refusal.name in refusal.value:
        return Sentence(refusal.path, "schema-missing", f"`{refusal.name}` is empty", hint, refusal.name, refusal.name)
    where = f" from {called(refusal.path)}" if refusal.path else ""
    return Sentence(refusal.path, "schema-missing", f"`{refusal.name}` is missing{where}", hint, about=refusal.name)


def _near_key(refusal: Refusal, shape: Shape) -> str:
    return near(refusal.name, [name for name in shape.names if name not in refusal.value])


def _unknown_key(refusal: Refusal, shape: Shape, top: Shape) -> Sentence:
    shown = shorten(refusal.name)
    hint = _about_key(refusal, shape, top)
    return Sentence(refusal.path, "schema-unknown-key", f"unknown key `{shown}`", hint, at_key=refusal.name)


def _about_key(refusal: Refusal, shape: Shape, top: Shape) -> str:
    name = refusal.name
    if (bare := name.strip("“”‘’\"'")) != name and bare in shape.names:
        return f"curly quotes do not count: write `{bare}: …`"
    if name not in shape.names and "".join(c for c in name if c.isascii()).strip() in shape.names:
        return "it has an invisible character from pasting: delete the key and type it again"
    before, colon, _ = name.partition(":")
    if colon and before in shape.names:
        return f"put a space after the colon: `{before}: …`"
    if found := _near_key(refusal, shape):
        return f"did you mean `{found}`?"
    for end in range(len(refusal.path) - 1, -1, -1):
        if name in shape_at(top, refusal.path[:end]).names:
            return f"`{name}` belongs to {called(refusal.path[:end])}: move it to the left"
    for other in shape.names:
        below = shape.property(other)
        if below is not None and name in below.names:
            return f"`{name}` belongs to `{other}`: move it to the right, under `{other}:`"
    if refusal.value[name] is None and " " in name:
        if getattr(refusal.value, "in_braces", True):
            return "inside { } a comma starts a new key: put text that has a comma in quotes"
        return "a colon at its end makes it a key: if it is text, put it in quotes, or take the colon away"
    if found := near(name, shape.names):
        return f"did you mean `{found}`? It is already there"
    return f"the keys here are {_listed(shape.names)}" if len(shape.names) <= _WORDS_SHOWN else ""


def near(word: str, words: Sequence[str]) -> str:
    """The one of `words` that was probably meant, "" when none is near."""
    by_letters = {_letters(other): other for other in reversed(words)}
    found = did_you_mean(_letters(word[:100]), by_letters)
    return by_letters[found[0]] if found else ""


def _letters(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_").strip("_“”‘’\"'.")


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words[:_WORDS_SHOWN]) + (", …" if len(words) > _WORDS_SHOWN else "")


def _by_meaning(refusal: Refusal, shape: Shape) -> Sentence | None:
    """Dates, money, yes/no, times and identifiers know best what is wrong with them."""
    text, name = refusal.value, called(refusal.path)
    if not isinstance(text, str) or refusal.keyword in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
        return None
    if shape.check in CHECKS and (wrong := CHECKS[shape.check](text)):
        return Sentence(refusal.path, wrong.rule, f"{name} {wrong.message}", wrong.hint)
    if shape.value not in READERS or (type(text) is PlainNumber and shape.value in ("number", "money")):
        return None
    try:
        value = READERS[shape.value](text)
    except Unreadable as error:
        return Sentence(refusal.path, error.rule, f"{name}: {error.message}", error.hint)
    rule = f"{shape.value.replace('_', '-')}-format"
    return Sentence(refusal.path, rule, f"{name} must be {_VALUES[shape.value]}", _written(shape.value, value, text))


def _written(meaning: str, value: Any, text: str) -> str:
    if value == NOT_KNOWN:
        return f"did you mean `{NOT_KNOWN}`?"
    if meaning in ("yes_no", "yes_no_not_known"):
        return f"did you mean `{'yes' if value else 'no'}`?"
    if meaning == "date":
        return f"did you mean `{value.day} {value:%B %Y}`? Or {THREE_WAYS}"
    if meaning == "money":
        return f"did you mean `{value}`, without £ and quotes?"
    return f"did you mean `{value}`, without quotes?" if meaning == "number" else "write it as 9:30 or 14:15"


def _type(refusal: Refusal, shape: Shape) -> tuple[str, str, str]:
    named = [refusal.limit] if isinstance(refusal.limit, str) else list(refusal.limit)
    left_out = ("object" if shape.may_be_not_known else "", "number" if "string" in named else "")
    wanted = [t for t in named if t not in left_out]
    alternative = ", or `not_known:` with the reason" if shape.may_be_not_known else ""
    kinds = " or ".join(dict.fromkeys(_TYPES[t] for t in wanted)) or "a group of keys"
    message = f"must be {kinds}{alternative}, but it is {_found(refusal.value)}"
    return "schema-type", message, _instead(refusal.value, wanted, shape)


def _found(value: Any) -> str:
    if isinstance(value, dict):
        return "a group of keys"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, PlainTruth):
        return f"`{value}`"
    return f"the number {value}" if isinstance(value, PlainNumber) else f"the text `{shorten(value)}`"


def _instead(value: Any, wanted: list[str], shape: Shape) -> str:
    if isinstance(value, str) and value[:1] in "“”‘’" and value:
        return 'use straight quotes (") or none, not curly ones'
    if "array" in wanted:
        if isinstance(value, str) and value.startswith("-"):
            return "put a space after the dash"
        return "start each item on a line of its own with a dash and a space"
    if "object" in wanted and isinstance(value, str):
        if ":" in value:
            return "put a space after the colon"
        return (
            f"its keys go on the lines below, indented: {_listed(shape.names)}" if shape.names else _description(shape)
        )
    if "string" in wanted and isinstance(value, dict) and "not_known" in value:
        return "write the text, or leave the key out: `not_known:` is for other keys"
    if "string" in wanted and isinstance(value, dict) and value and not filled(value):
        return 'text that begins with ? or {, or ends with a colon, must be in quotes: "…"'
    if "string" in wanted and isinstance(value, dict):
        return 'text with a colon in it must be in quotes: "…"'
    if "string" in wanted and isinstance(value, list):
        return "write the text after the key, without dashes and brackets"
    return _description(shape)


def _enum(refusal: Refusal, shape: Shape) -> tuple[str, str, str]:
    words = [word if isinstance(word, str) else json.dumps(word) for word in refusal.limit]
    if not isinstance(refusal.value, str):
        message = f"must be one of the words {_listed(words)}, but it is {_found(refusal.value)}"
        return "schema-word", message, _description(shape)
    meant = near(refusal.value, words)
    hint = f"did you mean `{meant}`? It can be" if meant else "it can be"
    return "schema-word", f"cannot be `{shorten(refusal.value)}`", f"{hint} {_listed(words)}"


def _const(refusal: Refusal, shape: Shape) -> tuple[str, str, str]:
    word = refusal.limit if isinstance(refusal.limit, str) else json.dumps(refusal.limit)
    return "schema-word", f"must be `{word}` here", _description(shape)


def _pattern(refusal: Refusal, shape: Shape) -> tuple[str, str, str]:
    says = shape.keywords.get("x-says")
    shown = shorten(refusal.value)
    if says:
        return "schema-pattern", f"cannot be `{shown}`", f"it must be {says}"
    examples = shape.keywords.get("examples") or []
    like = f"; for example {examples[0]}" if examples and isinstance(examples[0], str) else ""
    return "schema-pattern", f"cannot be `{shown}`", f"{_description(shape).rstrip('.')}{like}"


def _length(refusal: Refusal, shape: Shape) -> tuple[str, str, str]:
    few = refusal.keyword == "minLength"
    message = f"has {len(refusal.value)} characters: {'at least' if few else 'at most'} {refusal.limit} are allowed"
    return "schema-length", message, "" if few else "shorten it, or move part of it to a longer text"


def _items(refusal: Refusal, shape: Shape) -> tuple[str, str, str]:
    bound = "at least" if refusal.keyword == "minItems" else "at most"
    count = f"{refusal.limit} item" if refusal.limit == 1 else f"{refusal.limit} items"
    return "schema-items", f"needs {bound} {count}, but it has {len(refusal.value)}", _description(shape)


def _limit(refusal: Refusal, shape: Shape) -> tuple[str, str, str]:
    bound = {
        "minimum": "at least",
        "maximum": "at most",
        "exclusiveMinimum": "more than",
        "exclusiveMaximum": "less than",
    }[refusal.keyword]
    return "schema-limit", f"must be {bound} {refusal.limit}, but it is {refusal.value}", _description(shape)


def _twice(refusal: Refusal, shape: Shape) -> tuple[str, str, str]:
    seen: list[Any] = []
    for item in refusal.value:
        if item in seen and isinstance(item, str):
            return "schema-twice", f"has `{shorten(item)}` twice", "keep one of them"
        seen.append(item)
    return "schema-twice", "has the same item twice", "keep one of them"


def _other(refusal: Refusal, shape: Shape) -> tuple[str, str, str]:
    says = shape.keywords.get("x-says")
    if isinstance(refusal.value, YamlMap) and refusal.keyword == "unevaluatedProperties":
        unknown = [name for name in refusal.value if name not in shape.names]
        hint = f"the keys here are {_listed(shape.names)}"
        return "schema-unknown-key", f"has unknown keys: {_listed(unknown)}", hint
    return "schema-value", f"must be {says}" if says else "does not fit", _description(shape)


_WORDS: dict[str, Callable[[Refusal, Shape], tuple[str, str, str]]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "pattern": _pattern,
    "minLength": _length,
    "maxLength": _length,
    "minItems": _items,
    "maxItems": _items,
    "minimum": _limit,
    "maximum": _limit,
    "exclusiveMinimum": _limit,
    "exclusiveMaximum": _limit,
    "uniqueItems": _twice,
}
"""Who says it, by the schema's keyword; `_other` says the rest."""
