"""What forms call our fields, as data: `fields.yaml` and `annual_review.yaml` here, and the words that a pack adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from generator.forms.authority.proposing.likeness import PhraseIndex, likeness
from generator.forms.authority.proposing.phrases import comparable, core, gist
from generator.problems import FilesHaveErrors
from generator.records.yaml_text.yaml_reader import read_yaml

_HOME = tuple(Path(__file__).parent / name for name in ("fields.yaml", "annual_review.yaml"))


@dataclass(frozen=True)
class FieldWords:
    """One field as forms ask for it. `phrases` are its words made comparable; see fields.yaml for the other keys."""

    fields: tuple[str, ...]
    about: str
    phrases: tuple[tuple[str, ...], ...]
    writing: str = "text"
    codes: str = ""
    absent: str = ""
    box: str = ""
    by_hand: str = ""
    own: bool = False
    only: tuple[str, ...] = ()
    row: str = ""
    pages: str = ""
    unsure: bool = False
    then: Mapping[str, str] = field(default_factory=dict)

    def is_for(self, form: str) -> bool:
        """Whether it may be meant on a kind of form. The review of a plan asks for what was written for the review."""
        if self.only and form not in self.only:
            return False
        return form != "review" or not self.fields or not all(f.startswith("request.") for f in self.fields)

    @property
    def key(self) -> str:
        """What tells one way of filling from another."""
        return f"{'+'.join(self.fields)}|{self.writing}|{self.by_hand}"


@dataclass(frozen=True)
class Grid:
    """A table with a row for each of something: the list it walks, what it is called, its columns."""

    name: str
    rows: str
    named: tuple[str, ...]
    columns: tuple[FieldWords, ...]
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dictionary:
    """All words of fields.yaml, those of a pack put in front."""

    about: Mapping[str, tuple[str, ...]]
    areas: Mapping[str, tuple[str, ...]]
    subjects: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, Mapping[str, tuple[str, ...]]]
    entries: tuple[FieldWords, ...]
    grids: tuple[Grid, ...]
    papers: tuple[FieldWords, ...]
    professions: Mapping[str, tuple[str, ...]]

    @cached_property
    def known(self) -> dict[tuple[str, str], Any]:
        """What was found out about a text before, by what was asked of it: a form asks the same a hundred times."""
        return {}

    @cached_property
    def phrases(self) -> PhraseIndex:
        """The words that ask for each field, to be compared with a text all at once."""
        return PhraseIndex([(id(entry), entry.phrases) for entry in self.entries])

    @cached_property
    def gists(self) -> PhraseIndex:
        """The same without the words that only ask."""
        return PhraseIndex([(id(e), [gist(" ".join(p)) for p in e.phrases if p]) for e in self.entries])

    @cached_property
    def about_phrases(self) -> tuple[tuple[str, str], ...]:
        """Every phrase that says whom or what a part of a form is about, the longest first: (about, words)."""
        pairs = {(about, " ".join(core(p))) for about, phrases in self.about.items() for p in phrases}
        return tuple(sorted(pairs, key=lambda pair: (-len(pair[1].split()), -len(pair[1]), pair)))


def load_dictionary(folders: Sequence[Path] = (), packs: Sequence[str] = ()) -> Dictionary:
    """The words of every form, and those that the packs (nearest first) add in `<pack>/forms/fields.yaml`.

    Raises FilesHaveErrors when a pack's file cannot be read as such a list.
    """
    own = [folder / pack / "forms" / "fields.yaml" for pack in packs for folder in folders]
    files = tuple(dict.fromkeys(file for file in own if file.is_file()))
    stamps = tuple((str(file), file.stat().st_mtime_ns) for file in files)
    return _load(stamps)


_LISTS = ("about", "areas", "subjects", "professions")


@lru_cache(maxsize=8)
def _load(stamps: tuple[tuple[str, int], ...]) -> Dictionary:
    parts = [_read(Path(name)) for name, _ in stamps] + [_read(file) for file in _HOME]
    merged = {key: _merged([part.get(key) or {} for part in parts]) for key in _LISTS}
    codes = {
        name: _merged([(p.get("codes") or {}).get(name) or {} for p in parts])
        for p in parts
        for name in p.get("codes") or {}
    }
    codes["area"] = merged["areas"]
    entries = [
        _entry(row, about) for part in parts for about, rows in (part.get("fields") or {}).items() for row in rows
    ]
    grids = [_grid(name, data) for part in parts for name, data in (part.get("grids") or {}).items()]
    papers = [
        _entry({**row, "as": row.get("as", "tick if there is one")}, "papers")
        for p in parts
        for row in p.get("papers") or ()
    ]
    return Dictionary(
        merged["about"],
        merged["areas"],
        merged["subjects"],
        codes,
        tuple(entries),
        tuple(grids),
        tuple(papers),
        merged["professions"],
    )


def _read(file: Path) -> dict[str, Any]:
    tree, problems = read_yaml(file.read_bytes(), file.name)
    if tree is None or any(problem.blocks for problem in problems):
        raise FilesHaveErrors(f"{file.name} of the pack cannot be read.", "Correct it.", tuple(problems))
    return tree


def _merged(parts: Sequence[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for part in parts:
        for key, words in part.items():
            found[str(key)] = (*found.get(str(key), ()), *map(str, words))
    return found


def _entry(row: Mapping[str, Any], about: str) -> FieldWords:
    fields = row["field"] if isinstance(row["field"], list) else [row["field"]]
    phrases = tuple(dict.fromkeys(core(str(words)) if words else () for words in row["words"]))
    return FieldWords(
        tuple(map(str, fields)) if fields != [""] else (),
        about,
        phrases,
        str(row.get("as", "text")),
        str(row.get("codes", "")),
        str(row.get("absent", "")),
        str(row.get("box", "")),
        str(row.get("by_hand", "")),
        row.get("own") == "yes",
        tuple(row.get("only", ())),
        str(row.get("row", "")),
        str(row.get("pages", "")),
        row.get("unsure") == "yes",
        {str(k): str(v) for k, v in (row.get("then") or {}).items()},
    )


def _grid(name: str, data: Mapping[str, Any]) -> Grid:
    columns = tuple(_entry(row, "grid") for row in data["columns"])
    only = tuple(map(str, data.get("only", ())))
    return Grid(name, str(data["rows"]), tuple(map(str, data["named"])), columns, only)


def best_code(text: str, table: Mapping[str, Sequence[str]]) -> tuple[str, float]:
    """The code of a fixed list that a form's word stands for, and how sure that is."""
    said = core(text)
    plain = comparable(text)
    found = ("", 0.0)
    for code, words in table.items():
        for word in (*words, code.replace("_", " ")):
            score = 100.0 if comparable(word) == plain else likeness(said, core(word))
            if score > found[1]:
                found = (code, score)
    return found
