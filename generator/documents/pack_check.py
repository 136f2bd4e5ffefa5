"""Check an authority pack: its file, the words and documents it names, its templates, and how old its facts are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.authorities.pack import Pack, load_pack
from generator.cases.dates.age_and_year import age
from generator.documents.catalogue import TemplateShelf, worded
from generator.folder.school_folder import Project
from generator.problems import Problem, Stop

STALE_AFTER = 12
"""Months after which a pack should be compared with the authority's pages again: they change often."""


def check_pack(project: Project, name: str, on: date) -> list[Problem]:
    """Every problem of a pack, sorted; a pack that cannot be read gives that problem alone."""
    path = f"templates/{name}/pack.yaml"
    try:
        pack = load_pack(name, project.template_folders, project.schemas)
    except Stop as stop:
        return list(stop.problems) or [Problem.of_file(path, "data", "pack-file", stop.message, stop.advice)]
    return sorted(
        [*_documents(pack, path), *_templates(project, pack, path), *_bundle(pack, path), *_age(pack, path, on)]
    )


def _documents(pack: Pack, path: str) -> Iterator[Problem]:
    """Documents that ladder, request and word parts name exist, and their titles can be worded."""
    there = {row["id"] for row in pack.documents}
    named = [("ladder", str(name)) for row in pack.data.get("ladder", ()) for name in row["documents"]]
    named += [("request", str(name)) for name in pack.data.get("request", {}).get("documents", ())]
    named += [("bundle", str(name)) for name in pack.data.get("bundle", {}).get("word_parts", ())]
    for where, name in named:
        if name not in there:
            message = f"`{where}` names the document `{name}`, which no pack describes"
            yield Problem.of_file(path, "data", "pack-document", message, f"there are: {', '.join(sorted(there))}")
    for text in [str(row["title"]) for row in pack.documents] + [str(pack.data.get("bundle", {}).get("title", ""))]:
        try:
            worded(text, pack.words)
        except Stop as stop:
            yield Problem.of_file(path, "data", "pack-word", stop.message, stop.advice)


def _templates(project: Project, pack: Pack, path: str) -> Iterator[Problem]:
    """Every document's template is there and can be used with the pack's house style."""
    shelf = TemplateShelf(project.template_folders)
    for row in pack.documents:
        try:
            shelf.get(str(row["template"]), pack)
        except Stop as stop:
            yield Problem.of_file(path, "data", "pack-template", stop.message, stop.advice)


def _bundle(pack: Pack, path: str) -> Iterator[Problem]:
    """Every section that a document goes into exists, and evidence of every kind has a home."""
    sections = pack.data.get("bundle", {}).get("sections", ())
    ids = {row["id"] for row in sections}
    for row in pack.documents:
        if row.get("section") and row["section"] not in ids:
            message = (
                f"the document `{row['id']}` goes into the section `{row['section']}`, which the bundle does not have"
            )
            yield Problem.of_file(path, "data", "pack-section", message, f"there are: {', '.join(sorted(ids))}")
    if sections and not any("other" in row.get("evidence", ()) for row in sections):
        message = "no section takes evidence of the kind `other`, so some evidence would have no place"
        yield Problem.of_file(path, "data", "pack-evidence", message, "add other under evidence: of one section")


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
