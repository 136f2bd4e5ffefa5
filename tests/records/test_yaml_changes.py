"""Files changed in their text: the rest stays letter for letter, and what is read back is what was wanted."""

from __future__ import annotations

import copy
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from generator.records.record import Schemas
from generator.records.yaml_text.yaml_changes import NoPlaceForIt, edited, edited_text
from generator.records.yaml_text.yaml_layout import layout, written
from generator.records.yaml_text.yaml_reader import read_yaml
from generator.records.yaml_text.yaml_writing import same

REPO = Path(__file__).parents[2]
FILES = sorted((REPO / "cases").rglob("*.yaml"))
SCHEMAS = Schemas.load([REPO / "schemas"])
TEXTS = (
    "Short", "A text, with commas: and # marks", "“Quoted” – dash", "two\nlines\n\nand a paragraph",
    "word " * 60 + "end",
    "14 May 2026", "2026-03-01", "9:30", "- a dash", "yes", "true", "null", "~", "'single'", 'dou"ble', "a: b", "#hash",
    "é ü ß 中文", "[brackets]", "{braces}", "*star", "&and", "!bang", "50%", "@at", "`tick`", "|", ">", "? what", "12",
    "01632 960 100", "1e5", "0x1F", "a\\b", "C:\\new", "ends with colon:", "tab\there", "  two  spaces",
    "---", "<<",
)  # fmt: skip
ROUNDS = 12
"""Random changes of each file; `python -m tests.records.test_yaml_changes 500` makes more."""


def places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], Any]]:
    """Every value below another, with its way."""
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(way, value), *(found for key, inner in below for found in places(inner, (*way, key)))]


def at(value: Any, way: tuple[Any, ...]) -> Any:
    """The value at a way."""
    for key in way:
        value = value[key]
    return value


def changed(data: Any, chance: random.Random) -> Any:
    """The data with one to three random changes: a text, a key or row less, one more, one moved."""
    data = copy.deepcopy(data)
    for _ in range(chance.choice((1, 1, 2, 3))):
        way, value = chance.choice(places(data)[1:])
        holder, key = at(data, way[:-1]), way[-1]
        what = chance.choice(("set", "set", "less", "more", "move"))
        if what == "set" and isinstance(value, str):
            holder[key] = chance.choice(TEXTS)
        elif what == "less" and len(holder) > 1:
            del holder[key]
        elif what == "more" and isinstance(holder, list):
            fresh = chance.choice(TEXTS) if isinstance(value, str) else copy.deepcopy(value)
            holder.insert(chance.randint(0, len(holder)), fresh)
        elif what == "more":
            kinds = (
                chance.choice(TEXTS),
                ["a-b", "c"],
                ["One, two.", "Three"],
                {"x": "1 a", "y": "b"},
                [{"p": "q"}, {"p": "r"}],
            )
            holder["new-key"] = chance.choice(kinds)
        elif what == "move" and isinstance(holder, list):
            holder.insert(chance.randint(0, len(holder) - 1), holder.pop(key))
    return data


def plain(value: Any) -> Any:
    """Maps and lists of read_yaml as dict and list."""
    if isinstance(value, dict):
        return {key: plain(below) for key, below in value.items()}
    return [plain(below) for below in value] if isinstance(value, list) else value


def of_file(file: Path) -> tuple[bytes, Any, Any]:
    """The bytes of an example file, its data and its shape."""
    content = file.read_bytes()
    inside = file.relative_to(REPO / "cases").as_posix()
    kind = SCHEMAS.kind_of(inside, "school") or SCHEMAS.kind_of(inside.partition("/")[2])
    return content, plain(read_yaml(content, "")[0]), SCHEMAS.shape(kind) if kind else None


def check_change(content: bytes, before: Any, wanted: Any, shape: Any) -> None:
    """What is read back is what was wanted, and every line of a value that did not change stays as it is."""
    made = edited(content, wanted, shape)
    assert same(plain(read_yaml(made, "")[0]), wanted)
    old, new = Counter(content.splitlines()), Counter(made.splitlines())
    kept_keys = [key for key in before if key in wanted and same(before[key], wanted[key])]
    text = content.decode()
    root, lines = layout(text)
    for key in kept_keys:
        entry = root.entry(key)
        assert entry is not None
        stretch = text[lines.start_of(entry.start) : entry.node.end].encode()
        assert stretch in made, f"{key} was touched"
    gone = [root.entry(key) for key in before if wanted.get(key) is None]  # a remark inside a value goes with it
    inside = "".join(text[entry.start : entry.node.end] for entry in gone if entry).encode().splitlines()
    remarks = [line for line in old if line.lstrip().startswith(b"#") and line not in inside]
    assert all(new[line] >= 1 for line in remarks), "a remark was lost"


@pytest.mark.whole
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(REPO / "cases").as_posix())
def test_random_changes_of_the_example_files(file: Path, rounds: int = ROUNDS) -> None:
    content, data, shape = of_file(file)
    assert edited(content, data, shape) == content
    assert written(layout(content.decode())[0]) == data
    chance = random.Random(file.as_posix())
    for _ in range(rounds):
        check_change(content, data, changed(data, chance), shape)


ODD = """\
# head
name: "Ada"   # her name
plain: several words
  on two lines
list:
- one
# about two
- two

-   three
rows:
  -
    id: a
    text: |
      one

      two
  - {id: b, text: 'it''s', n: 3}   # braces
empty:
none: []
map: {a: 1, b: [x, y]}
last: end"""


@pytest.mark.whole
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_oddly_written_files_keep_their_ways(newline: str, start: str) -> None:
    content = (start + ODD.replace("\n", newline)).encode()
    data = plain(read_yaml(content, "")[0])
    chance = random.Random(7)
    done = 0
    for _ in range(300):
        wanted = changed(data, chance)
        try:
            check_change(content, data, wanted, None)
            done += 1
        except NoPlaceForIt:
            continue
        made = edited(content, wanted)
        assert made.startswith(start.encode())
        assert newline == "\n" or b"\n" not in made.replace(b"\r\n", b"")
    assert done > 270


def test_utf_16_stays_utf_16() -> None:
    content = "\ufeffname: Ada\nborn: 14 May 2018\n".encode("utf-16-le")
    made = edited(content, {"name": "Zoë", "born": "14 May 2018"})
    assert made == "\ufeffname: Zoë\nborn: 14 May 2018\n".encode("utf-16-le")


@pytest.mark.parametrize(
    ("text", "wanted", "made"),
    [
        ("a: 'it'\n", {"a": "it's"}, "a: 'it''s'\n"),
        ('a: "x"  # why\n', {"a": "y"}, 'a: "y"  # why\n'),
        ("a: >-\n  one\n  two\nb: c\n", {"a": "one three", "b": "c"}, "a: >-\n  one three\nb: c\n"),
        ("a: |\n    one\nb: c\n", {"a": "one\ntwo", "b": "c"}, "a: |\n    one\n    two\nb: c\n"),
        ("a: # why\n  b: c\n", {"a": {"b": "d"}}, "a: # why\n  b: d\n"),
        ("a: [x, y] # why\n", {"a": ["x", "y", "z"]}, "a: [x, y, z] # why\n"),
        ("a:\n  - x # one\n  - y\n", {"a": ["y", "x"]}, "a:\n  - y\n  - x # one\n"),
        ("a:\n  - {b: c, d: e}\n", {"a": [{"b": "c", "d": "e"}, {"b": "f"}]}, "a:\n  - {b: c, d: e}\n  - {b: f}\n"),
        ("a: b", {"a": "b", "c": "d"}, "a: b\nc: d\n"),
    ],
)
def test_the_manner_of_writing_is_kept(text: str, wanted: Any, made: str) -> None:
    assert edited_text(text, wanted) == made


def test_a_new_key_goes_behind_its_commented_example() -> None:
    text = "a: 1 x\n\n# B: what it is.\n# b: an example\n\n# C: other.\n# c:\n#   - x\n\nd: y\n"

    class Order:
        names = ("a", "b", "c", "d")

        def property(self, name: str) -> None:
            return None

        def item(self) -> None:
            return None

    order: Any = Order()
    assert edited_text(text, {"a": "1 x", "b": "mine", "d": "y"}, order) == text.replace(
        "an example\n", "an example\nb: mine\n"
    )
    assert edited_text(text, {"a": "1 x", "c": ["k"], "d": "y"}, order) == text.replace(
        "#   - x\n", "#   - x\nc: [k]\n"
    )


def test_a_value_that_is_written_once_for_several_places_is_changed_in_one() -> None:
    text = "a: &x one # named\nb: *x\nc: &y [p, q]\nd: *y\n"
    data = {"a": "one", "b": "one", "c": ["p", "q"], "d": ["p", "q"]}
    assert edited_text(text, data) == text
    assert edited_text(text, {**data, "b": "two"}) == text.replace("*x", "two")
    assert edited_text(text, {**data, "d": ["p"]}) == text.replace("*y", "[p]")
    assert edited_text("a: &x one\n", {"a": "two"}) == "a: &x two\n"


def test_one_row_changed_among_rows_that_are_alike_is_changed_in_its_place() -> None:
    text = "a:\n  - x # one\n  - x # two\n  - x # three\n"
    assert edited_text(text, {"a": ["x", "new words", "x"]}) == text.replace("x # two", "new words # two")
    text = "a: [ x,  y, # why\n  z ]\n"
    assert edited_text(text, {"a": ["x", "y", "q", "z"]}) == text.replace("y,", "y, q,")
    assert edited_text(text, {"a": ["y", "z"]}) == text.replace("x,  ", "")


@pytest.mark.parametrize(
    ("text", "wanted", "made"),
    [
        ("a: [one,  # why\n  two, three]\n", ["two", "three"], "a: [  # why\n  two, three]\n"),
        ("a: [one, two,  # why\n three]\n", ["three"], "a: [  # why\n three]\n"),
        ("a: [one  # a, b\n , two]\n", ["two"], "a: [  # a, b\n  two]\n"),
        ("a: {x: '1',  # why\n y: '2'}\n", {"y": "2"}, "a: {  # why\n y: '2'}\n"),
        ("a: |  # why\n  one\n", "two", "a: |  # why\n  two\n"),
        ("a: >-  # why\n  one\n", ["two"], "a: [two]  # why\n"),
    ],
)
def test_the_remark_behind_what_goes_stays(text: str, wanted: Any, made: str) -> None:
    assert edited_text(text, {"a": wanted}) == made


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a: [one,  # one\n two,  # two\n three]\n", ["three"]),
        ("a: {x: # why\n  [q], y: k}\n", {"x": "q", "y": "k"}),
    ],
)
def test_a_remark_without_a_place_is_not_lost_but_the_change_refused(text: str, wanted: Any) -> None:
    with pytest.raises(NoPlaceForIt, match="remark"):
        edited_text(text, {"a": wanted})


def test_what_cannot_be_changed_with_certainty_is_refused() -> None:
    with pytest.raises(NoPlaceForIt):
        edited_text("a: &x one\nb: *x\n", {"a": "two", "b": "one"})


if __name__ == "__main__":
    import sys

    for one in FILES:
        test_random_changes_of_the_example_files(one, int(sys.argv[1]))
