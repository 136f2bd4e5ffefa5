"""What "My plan" tells a child: as many lines as a reader of that age takes in, each with a picture or symbol."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.cases.case import Case
from generator.cases.child_reads import Reads, reads
from generator.documents.printed_facts.pupil_facts import Occasion
from generator.documents.symbols import FACES, Symbol, symbol_for
from generator.values.formatting import small_start
from generator.word_files.pictures_with_alt_text import Picture

Idea = Mapping[str, Any]
"""`text` in the child's words, else `title`, `how_often` and `adult` of support or its `helpers`; and its `picture`."""


def child_ideas(
    case: Case, occasion: Occasion, child: Mapping[str, Any], cycle: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The lines of "My plan" by heading, and `more`: how many lines of the plan are not among them.

    `child` are the lines in the child's voice and those about the child, `cycle` the joined running cycle. Adults'
    words are set apart; a child of primary age has them only where there are no words of its own.
    """
    pupil = case.data("pupil")
    reader = reads(pupil, occasion.on)
    told = {name: _lines(child[name]["own"]) for name in ("important", "hopes", "support", "part")}
    told["admired"] = _lines(child["admired"])
    about = {name: list(child[name]["about"]) for name in ("important", "hopes", "support", "part")}
    rows = cycle["targets"] if cycle else []
    told["targets"] = _lines(row["for_pupil"] for row in rows if row["for_pupil"])
    about["targets"] = [str(row["text"]) for row in rows if not row["for_pupil"]]
    told["provision"], about["provision"] = _support(cycle, reader)
    shown = _chosen(told, reader)
    symbols = bool(pupil.get("symbols", reader.pictures))
    others = {name: _apart(lines, bool(told[name]), reader) for name, lines in about.items()}
    everything = sum(map(len, told.values())) + sum(map(len, about.values()))
    return {
        "reads": reader.name,
        "faces": {name: Symbol(name) for name in FACES},
        "ideas": {
            **{name: [_pictured(idea, occasion.pictures, symbols) for idea in lines] for name, lines in shown.items()},
            "about": others,
            "more": everything - sum(map(len, shown.values())) - sum(map(len, others.values())),
        },
    }


def _apart(lines: list[str], has_own: bool, reader: Reads) -> list[str]:
    """The adults' words that are told too: to young readers only where there are none of their own, and few."""
    if not reader.pictures:
        return lines
    return [] if has_own else lines[: reader.ideas]


def _lines(said: Iterable[Any]) -> list[Idea]:
    return [{"text": str(line), "title": None, "how_often": None, "adult": None, "helpers": []} for line in said]


def _support(cycle: Mapping[str, Any] | None, reader: Reads) -> tuple[list[Idea], list[str]]:
    """Support in the child's words; for older readers also by title; who gives it where a child has no words yet."""
    rows = cycle["provision"] if cycle else []
    own = _lines(row["for_pupil"] for row in rows if row["for_pupil"])
    rest = [row for row in rows if not row["for_pupil"]]
    titled = [
        {"text": None, "helpers": [], **{key: row[key] for key in ("title", "how_often", "adult")}} for row in rest
    ]
    if not reader.pictures:
        return [*own, *titled], []
    if not own and rest:
        adults = list(dict.fromkeys(small_start(row["adult"]) for row in rest))[:2]
        own = [{"text": None, "title": None, "how_often": None, "adult": None, "helpers": adults}]
    return own, [str(row["title"]) for row in rest]


def _chosen(told: Mapping[str, Sequence[Idea]], reader: Reads) -> dict[str, list[Idea]]:
    """The first line of every heading, then the second of each, and so on while they are not too much to read."""
    shown: dict[str, list[Idea]] = {name: list(lines[:1]) for name, lines in told.items()}
    words = sum(_words(line) for lines in shown.values() for line in lines)
    for number in range(1, reader.ideas):
        for name, lines in told.items():
            if len(lines) > number and words + _words(lines[number]) <= reader.whole:
                shown[name].append(lines[number])
                words += _words(lines[number])
    return shown


def _words(idea: Idea) -> int:
    said = (idea["text"], idea["title"], idea["how_often"], idea["adult"], *idea["helpers"])
    return sum(len(str(part).split()) for part in said if part)


# -- pictures ---------------------------------------------------------------------------------------------------------


def _pictured(idea: Idea, own: Sequence[tuple[str, Picture | Symbol]], symbols: bool) -> Idea:
    """A line with the child's own picture of a word in it, else with a symbol where this reader has symbols."""
    line = str(idea["text"] or idea["title"] or "help")
    found = next((picture for word, picture in own if re.search(rf"\b{re.escape(word)}\b", line, re.IGNORECASE)), None)
    if found is None and symbols and (name := symbol_for(line)):
        found = Symbol(name)
    return {**idea, "picture": found}
