"""Check an authority pack: its file, everything that it names, its templates, its sources, how old its facts are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from generator.authorities.names_in_pack import unknown_names
from generator.authorities.pack import STANDARD, Pack, load_pack, read_pack_file
from generator.cases.dates.age_and_year import age
from generator.documents.catalogue import worded
from generator.documents.template_shelf import TemplateShelf
from generator.folder.school_folder import Project
from generator.problems import Problem, Stop
from generator.records.record import Record

STALE_AFTER = 12
"""Months after which a pack should be compared with the authority's pages again: they change often."""

_ABOUT = {"id", "name", "one_authority", "extends", "version", "checked", "note", "sources", "la_code", "documents"}
"""What of a pack needs no page behind it."""

_PRINTED = re.compile(r"\bwords\.(\w+)")


def check_pack(project: Project, name: str, on: date) -> list[Problem]:
    """Every problem of a pack, sorted; a pack that cannot be read gives that problem alone."""
    path = f"templates/{name}/pack.yaml"
    try:
        pack = load_pack(name, project.template_folders, project.schemas)
        record = read_pack_file(name, project.template_folders, project.schemas)
    except Stop as stop:
        return list(stop.problems) or [Problem.of_file(path, "data", "pack-file", stop.message, stop.advice)]
    printed = {*load_pack(STANDARD, project.template_folders, project.schemas).words}
    found = [*_templates(project, pack, record, printed)]
    found += [
        Problem.at(record, one.keys, one.severity, one.rule, one.message, one.hint)
        for one in unknown_names(record, pack, project.schemas, printed)
    ]
    return sorted({*found, *_titles(pack, path), *_bundle(pack, path), *_unsourced(record), *_age(pack, path, on)})


def _titles(pack: Pack, path: str) -> Iterator[Problem]:
    """Titles of documents and of the bundle can be worded."""
    for text in [str(row["title"]) for row in pack.documents] + [str(pack.data.get("bundle", {}).get("title", ""))]:
        try:
            worded(text, pack.words)
        except Stop as stop:
            yield Problem.of_file(path, "data", "pack-word", stop.message, stop.advice)


def _templates(project: Project, pack: Pack, record: Record, printed: set[str]) -> Iterator[Problem]:
    """Every document's template is there and can be used; `printed` gets the words that they print."""
    shelf = TemplateShelf(project.template_folders)
    places = {str(row["id"]): number for number, row in enumerate(record.data.get("documents", ()))}
    for row in pack.documents:
        number = places.get(str(row["id"]))
        try:
            printed.update(
                n for part in shelf.get(str(row["template"]), pack).parts for n in _PRINTED.findall(part.source)
            )
        except Stop as stop:
            keys = ("documents", number, "template") if number is not None else ()
            yield Problem.at(record, keys, "data", "pack-template", stop.message, stop.advice)


def _bundle(pack: Pack, path: str) -> Iterator[Problem]:
    """Evidence of every kind has a home."""
    sections = pack.data.get("bundle", {}).get("sections", ())
    if sections and not any("other" in row.get("evidence", ()) for row in sections):
        message = "no section takes evidence of the kind `other`, so some evidence would have no place"
        yield Problem.of_file(path, "data", "pack-evidence", message, "add other under evidence: of one section")


def _unsourced(record: Record) -> Iterator[Problem]:
    """Values that no source stands behind: nobody can look whether they still hold."""
    if record.data["id"] == STANDARD:
        return
    supported = {str(key) for row in record.data.get("sources", ()) for key in row.get("supports", ())}
    for keys in _values({key: value for key, value in record.data.items() if key not in _ABOUT}):
        if not any(".".join(keys[:length]) in supported for length in range(1, len(keys) + 1)):
            message = f"no source stands behind `{'.'.join(keys)}`"
            hint = "name the key under supports: of the page that says so"
            yield Problem.at(record, keys, "quality", "pack-unsourced", message, hint)


def _values(value: Any, keys: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The keys of every value; a list counts as one value."""
    if isinstance(value, Mapping):
        for key, below in value.items():
            yield from _values(below, (*keys, str(key)))
    else:
        yield keys


def _age(pack: Pack, path: str, on: date) -> Iterator[Problem]:
    checked = pack.data.get("checked")
    if not isinstance(checked, date):
        message = "this pack has not been compared with the authority's live pages"
        yield Problem.of_file(path, "quality", "pack-unchecked", message, "compare it, then give the day as `checked`")
        return
    years, months = age(checked, on)
    if years * 12 + months >= STALE_AFTER:
        message = f"this pack was last compared with the authority's pages {years * 12 + months} months ago"
        yield Problem.of_file(path, "quality", "pack-stale", message, "compare it again and change `checked`")
