"""A learned form: templates/<pack>/forms/<name>.yaml with every place and its field, and the blank file beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from generator.files.atomic_files import digest
from generator.folder.record_files import read_file
from generator.forms.answer_places.place import AnswerPlace, Where
from generator.forms.authority.form_files import form_files
from generator.forms.authority.proposing.proposal import Proposal
from generator.problems import FilesHaveErrors, WrongUse
from generator.records.record import Record, Schemas


@dataclass(frozen=True)
class MappedPlace:
    """One place of a learned form: `fields` answer it, `writing` says how, `sure` is False until confirmed."""

    id: str
    label: str
    kind: str
    where: Where
    section: str = ""
    how: str = ""
    fields: tuple[str, ...] = ()
    writing: str = "text"
    wanted: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    absent: str = ""
    date_format: str = "dd/mm/yyyy"
    words: int | None = None
    characters: int | None = None
    sure: bool = True
    certainty: int = 0
    by_hand: bool = False
    why: str = ""
    office_use: bool = False
    pages_of: str = ""
    page: int = 0

    @property
    def is_grid(self) -> bool:
        """True for the column of a grid: its answer is a list."""
        return self.kind == "grid column"


@dataclass(frozen=True)
class FormMap:
    """A form as it was learned. `path` is its YAML file as shown to people, `blank` the blank form itself.

    `made_by` names who makes the requests that it is for; nobody is everybody.
    """

    name: str
    pack: str
    title: str
    file: str
    digest: str
    places: tuple[MappedPlace, ...]
    kind: str = "other"
    learned: date | None = None
    instead_of: str = ""
    made_by: tuple[str, ...] = ()
    path: str = ""
    blank: Path = Path()
    record: Record | None = None

    @property
    def ending(self) -> str:
        """docx or pdf."""
        return self.file.rpartition(".")[2].lower()

    def is_for(self, requester: str) -> bool:
        """Whether it is for requests made by school, parent or young_person."""
        return not self.made_by or requester in self.made_by


def mapped(places: Sequence[AnswerPlace], proposals: Sequence[Proposal]) -> tuple[MappedPlace, ...]:
    """The places with what is proposed for each, numbered in reading order."""
    width = max(3, len(str(len(places))))
    return tuple(_mapped(f"p{n:0{width}}", p, q) for n, (p, q) in enumerate(zip(places, proposals, strict=True), 1))


def _mapped(id_: str, place: AnswerPlace, proposal: Proposal) -> MappedPlace:
    if proposal.note == "column":
        where = replace(place.where, rows=(place.where.xpath,))
        place = replace(place, kind="grid column", how="column of a grid with 1 blank row", where=where)
    style = place.date_format or str(place.facts.get("date_style", "")) or "dd/mm/yyyy"
    if place.characters and len(style) > place.characters:
        style = _without_strokes(style, place.characters)
    by_hand = bool(proposal.by_hand) and not proposal.office
    return MappedPlace(
        id_,
        place.label,
        place.kind,
        place.where,
        place.around.section,
        place.how,
        proposal.fields,
        proposal.writing,
        proposal.wanted,
        proposal.options,
        proposal.absent,
        style,
        place.words,
        place.characters,
        proposal.sure,
        min(round(proposal.certainty), 100),
        by_hand,
        proposal.by_hand,
        proposal.office,
        proposal.pages,
        place.page,
    )


def _without_strokes(style: str, boxes: int) -> str:
    """A style of dates whose figures alone fill the boxes, in the same order; the style as it is where none does."""
    parts = re.findall(r"yyyy|yy|m+|d+", style.replace("Month", "mm"), re.I)
    figures = ["mm" if p[0] in "mM" else "dd" if p[0] in "dD" else p for p in parts if p.lower() not in ("ddd", "dddd")]
    long = "".join(figures)
    short = long.replace("yyyy", "yy")
    return long if len(long) == boxes else short if len(short) == boxes else style


# -- writing ----------------------------------------------------------------------------------------------------------


def map_text(form: FormMap) -> str:
    """The YAML of a form's map, with a line on how to go on at its top."""
    open_ = sum(not p.sure for p in form.places)
    head = [
        "# yaml-language-server: $schema=../../../schemas/form.schema.json",
        "#",
        f"# {len(form.places)} places, {open_} of them not sure: those are not filled until you have looked and",
        "# written `sure: yes`, or put another field. `sendpack form check` says what is still open,",
        "# `sendpack form preview PUPIL` what would be written. `sendpack form fields` lists the ways of writing.",
        "",
        f"title: {_scalar(form.title)}",
        f"file: {_scalar(form.file)}",
        f"digest: {form.digest}",
        f"kind: {form.kind}",
    ]
    if form.learned:
        head.append(f"learned: {form.learned.isoformat()}")
    if form.instead_of:
        head.append(f"instead_of: {form.instead_of}")
    if form.made_by:
        head.append(f"made_by: [{', '.join(form.made_by)}]")
    return "\n".join([*head, "", "places:", *(line for place in form.places for line in place_lines(place))]) + "\n"


def place_lines(place: MappedPlace) -> list[str]:
    """The lines of one place."""
    rows: list[tuple[str, Any]] = [("id", place.id)]
    rows += [("page", place.page)] if place.page else []
    rows += [("section", place.section), ("label", place.label), ("kind", place.kind), ("how", place.how)]
    rows += [("where", _where(place.where))]
    if place.office_use:
        rows.append(("office_use", "yes"))
    elif place.by_hand:
        rows += [("by_hand", "yes"), ("why", place.why), ("pages_of", place.pages_of)]
    else:
        rows += [("field", place.fields[0] if len(place.fields) == 1 else list(place.fields)), ("as", _as(place))]
        rows += [("wanted", place.wanted if not place.writing.startswith("tick if") else "")]
        rows += [("options", dict(place.options)), ("absent", place.absent)]
        rows += [("date", place.date_format if _writes_dates(place) else "")]
    rows += [("words", place.words), ("characters", place.characters)]
    rows += [("sure", "yes" if place.sure else "no"), ("certainty", place.certainty)]
    kept = [(key, value) for key, value in rows if value not in ("", None, [], {})]
    lines = [f"  {key}: {_flow(value)}" for key, value in kept]
    return [f"- {lines[0].strip()}", *lines[1:]]


def _as(place: MappedPlace) -> str:
    if place.writing == "tick if":
        return f"tick if {place.wanted}"
    return "" if place.writing == "text" else place.writing


def _writes_dates(place: MappedPlace) -> bool:
    return place.date_format != "dd/mm/yyyy" or place.writing == "date"


def _where(where: Where) -> dict[str, Any]:
    rows: dict[str, Any] = {
        "part": where.part,
        "xpath": where.xpath,
        "at": list(where.at) if where.at else None,
        "text": where.text,
        "field": where.field,
        "widget": where.widget or None,
        "rect": list(where.rect),
        "rows": list(where.rows),
        "also": list(where.also),
        "cells": list(where.cells),
    }
    return {key: value for key, value in rows.items() if value not in ("", None, [])}


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(str(k))}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(v) for v in value) + "]"
    return str(value) if isinstance(value, int | float) else _scalar(str(value))


_PLAIN = re.compile(r"[A-Za-z][\w ./()’–-]*")
_TAKEN = {"true", "false", "null", "yes", "no", "on", "off", "y", "n", "~"}


def _scalar(text: str) -> str:
    """A text so that it is read back as the same text."""
    if _PLAIN.fullmatch(text) and text.strip() == text and (text.lower() not in _TAKEN or text in ("yes", "no")):
        return text
    return json.dumps(text, ensure_ascii=False)


# -- reading ----------------------------------------------------------------------------------------------------------


def read_form(file: Path, root: Path, schemas: Schemas) -> FormMap:
    """A form's map from its file. Raises FilesHaveErrors with every mistake in it."""
    shown = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()
    record, problems = read_file(file, shown, "form", schemas)
    if record is None or any(p.blocks for p in problems):
        raise FilesHaveErrors(f"{shown} has errors.", "Correct them and run it again.", tuple(problems))
    data = record.data
    places = tuple(_read_place(row) for row in data["places"])
    return FormMap(
        file.stem,
        file.parent.parent.name,
        str(data["title"]),
        str(data["file"]),
        str(data["digest"]),
        places,
        str(data.get("kind", "other")),
        data.get("learned"),
        str(data.get("instead_of", "")),
        tuple(map(str, data.get("made_by", ()))),
        shown,
        file.with_name(str(data["file"])),
        record,
    )


def _read_place(row: Mapping[str, Any]) -> MappedPlace:
    at = row["where"].get("at")
    raw = row["where"]
    where = Where(
        str(raw.get("part", "")),
        str(raw.get("xpath", "")),
        (int(at[0]), int(at[1])) if at else None,
        str(raw.get("text", "")),
        str(raw.get("field", "")),
        int(raw.get("widget", 0)),
        int(row.get("page", 0)),
        tuple(float(x) for x in raw.get("rect", ())),
        tuple(map(str, raw.get("rows", ()))),
        tuple(map(str, raw.get("also", ()))),
        tuple(map(str, raw.get("cells", ()))),
    )
    fields = row.get("field", ())
    fields = (str(fields),) if isinstance(fields, str) else tuple(map(str, fields))
    writing, wanted = str(row.get("as", "text")), str(row.get("wanted", ""))
    if writing.startswith("tick if ") and writing not in ("tick if there is one", "tick if there are two"):
        writing, wanted = "tick if", writing.removeprefix("tick if ")
    return MappedPlace(
        str(row["id"]),
        str(row["label"]),
        str(row["kind"]),
        where,
        str(row.get("section", "")),
        str(row.get("how", "")),
        fields,
        writing,
        wanted,
        {str(k): str(v or "") for k, v in row.get("options", {}).items()},
        str(row.get("absent", "")),
        str(row.get("date", "dd/mm/yyyy")),
        _whole(row.get("words")),
        _whole(row.get("characters")),
        bool(row.get("sure", True)),
        int(row.get("certainty", 0)),
        bool(row.get("by_hand", False)),
        str(row.get("why", "")),
        bool(row.get("office_use", False)),
        str(row.get("pages_of", "")),
        int(row.get("page", 0)),
    )


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def blank_of(form: FormMap) -> bytes:
    """The blank form. Raises FilesHaveErrors when it is missing, or not the file that was learned."""
    if not form.blank.is_file():
        raise FilesHaveErrors(
            f"{form.path}: the blank form {form.file} is not beside it.", "Put it back, or learn the form again."
        )
    content = form.blank.read_bytes()
    if digest(content) != form.digest:
        raise FilesHaveErrors(
            f"{form.path}: {form.file} is not the file that was learned, so nothing is filled in.",
            f"Put the old file back, or learn it: sendpack form learn {form.file} --for {form.pack} --name {form.name}",
        )
    return content


def find_form(name: str, folders: Sequence[Path], packs: Sequence[str], root: Path, schemas: Schemas) -> FormMap:
    """The form of a name among those of some packs; the only one when the name is empty. Raises WrongUse."""
    files = form_files(folders, packs)
    if not files:
        raise WrongUse(
            "No form has been learned for this authority.", "Learn one with: sendpack form learn FILE --for PACK"
        )
    if not name and len(files) == 1:
        return read_form(files[0], root, schemas)
    named = [f for f in files if f.stem == name]
    if not named:
        there = ", ".join(f.stem for f in files)
        raise WrongUse(f"There is no learned form called {name}." if name else "Which form?", f"There are: {there}.")
    return read_form(named[0], root, schemas)
