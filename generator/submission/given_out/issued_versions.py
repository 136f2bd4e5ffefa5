"""What was given out and is kept: who holds which version, and what is different since, in plain words.

Each version has a folder of its own, see `give_out`. The reader of cases does not look into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.cases.case import Case, Data
from generator.documents.catalogue import Document, MergeDesk, documents, made_from
from generator.documents.languages.language import Asked, in_languages, languages
from generator.documents.languages.translate import Interpreter
from generator.documents.template_authoring import known_to
from generator.documents.template_shelf import TemplateShelf
from generator.documents.templates.checking.check_names import Printed, check_source
from generator.documents.templates.render import render, sources
from generator.files.atomic_files import digest
from generator.folder.load_case import altered, read_papers
from generator.folder.school_folder import Project
from generator.problems import FilesHaveErrors, WrongUse
from generator.records.compare import Changed, different
from generator.records.record import Record, read_record
from generator.values.formatting import and_list
from generator.values.formatting import date as in_words


@dataclass(frozen=True)
class Issued:
    """One version that was given out: its folder, and what issued.yaml says of it."""

    folder: Path
    paper: Record

    @property
    def data(self) -> Data:
        """What issued.yaml says."""
        said: Data = self.paper.data
        return said

    @property
    def document(self) -> str:
        """The document's id."""
        return str(self.data["document"])

    @property
    def version(self) -> int:
        """Counted from 1."""
        return int(self.data["version"])

    @property
    def copies(self) -> tuple[Data, ...]:
        """Everybody who was given it: rows of to, date and file."""
        one = {"to": self.data["to"], "date": self.data["date"], "file": f"{self.document}.pdf"}
        return tuple(self.data.get("copies") or (one,))

    @property
    def altered(self) -> list[str]:
        """The files of it that are missing or not as they were given out."""
        return altered(self.folder, self.paper)

    def __str__(self) -> str:
        to = and_list(dict.fromkeys(str(row["to"]) for row in self.copies))
        return f"version {self.version}, {self.data['status']}, {in_words(self.data['date'])}, to {to}"


def versions(project: Project, pupil: str, document: str = "") -> list[Issued]:
    """Everything that was given out about a pupil, or one document's versions, oldest first.

    Raises FilesHaveErrors when an issued.yaml cannot be read: what it vouches for must not be guessed.
    """
    papers, problems = read_papers(project, pupil)
    if any(problem.blocks for problem in problems):
        raise FilesHaveErrors(f"{problems[0].path} cannot be read.", "Put it back from a backup.", tuple(problems))
    found = [Issued(folder, paper) for folder, paper in papers]
    wanted = [one for one in found if not document or one.document == document]
    return sorted(wanted, key=lambda one: (one.document, one.version))


def find_document(case: Case, desk: MergeDesk, name: str) -> Document:
    """The document of a name. Raises WrongUse with the names there are."""
    from generator.values.did_you_mean import LOOSELY, did_you_mean

    every = in_languages(documents(case, desk.pack), case, Asked(tuple(languages(desk.project))))
    made = {document.id: document for document in every}
    if name not in made:
        exact = made_from(desk.pack.documents, name)
        near = [exact] if exact in made else did_you_mean(name, made, alike=LOOSELY)
        there = ", ".join(name for name, document in made.items() if not document.language)
        advice = f"Did you mean {near[0]}?" if near else f"There are: {there or 'none yet'}."
        raise WrongUse(f"{case.name} has no document called {name}.", advice)
    return made[name]


def desk_of(project: Project, case: Case) -> MergeDesk:
    """What is needed to write the documents of a case."""
    return MergeDesk(project, case, project.pack_of(case), TemplateShelf(project.template_folders))


def content_mark(desk: MergeDesk, document: Document) -> str:
    """The digest of what a document prints, whatever its footer says of the version."""
    return digest(Interpreter(desk.project).write(desk, replace(document, mark=" ")))


def inside(record: Record, case: Case) -> str:
    """The name of a record's file within the pupil's folder, as it is kept: plan.yaml, cycles/2026-autumn.yaml."""
    return record.path.removeprefix(f"cases/{case.name}/").removeprefix("cases/")


# -- since then -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Since:
    """What is different since a version was given out; `looks` when template, house style or program changed too."""

    issued: Issued
    changes: tuple[Changed, ...]
    same: bool
    looks: bool = False


def since(project: Project, case: Case, name: str, number: int = 0) -> Since:
    """What differs in a document now from its newest version, or one of a number, that was given out.

    Raises WrongUse when it was never given out.
    """
    desk = desk_of(project, case)
    document = find_document(case, desk, name)
    given = [one for one in versions(project, case.name, document.id) if number in (0, one.version)]
    if not given:
        raise WrongUse(
            f"{name} of {case.name} was not given out{f' as version {number}' if number else ''}.",
            f"Keep what you give out with: sendpack issue {case.name} {name} --to WHO",
        )
    issued = given[-1]
    if content_mark(desk, document) == issued.data["content"]:
        return Since(issued, (), same=True)
    changes = tuple(_changes(project, desk, document, issued))
    return Since(issued, changes, same=False, looks=not changes)


def _changes(project: Project, desk: MergeDesk, document: Document, issued: Issued) -> Iterator[Changed]:
    """The differences between the records kept and those of now, of the kinds that the document prints."""
    printed = printed_kinds(project, desk, document)
    before = {record.path: record for record in _kept(project, issued)}
    now = {inside(record, desk.case): record for record in (*desk.case.records, *_school(desk.case))}
    for path in sorted(before.keys() | now.keys(), key=lambda path: (_kind(path, before, now) != document.kind, path)):
        kind = _kind(path, before, now)
        own = document.record is None or document.record.kind != kind or inside(document.record, desk.case) == path
        if kind in printed and own:
            old, new = before.get(path), now.get(path)
            shape = project.schemas.shape(kind)
            title = str(shape.keywords.get("title", kind))
            yield from different(old.data if old else None, new.data if new else None, shape, title, path)


def _school(case: Case) -> tuple[Record, ...]:
    return (case.school,) if case.school else ()


def _kind(path: str, *records: Mapping[str, Record]) -> str:
    return next(found[path].kind for found in records if path in found)


def _kept(project: Project, issued: Issued) -> Iterator[Record]:
    for name in issued.data["files"]:
        path = name.removeprefix("records/")
        if path != name and (issued.folder / name).is_file():
            kind = "school" if path == "school.yaml" else project.schemas.kind_of(path)
            content = (issued.folder / name).read_bytes()
            record = read_record(content, path, kind, project.schemas)[0] if kind else None
            if record is not None:
                yield record


def printed_kinds(project: Project, desk: MergeDesk, document: Document) -> set[str]:
    """The kinds of record that a document's template prints, by itself or through what follows from them."""
    template = desk.shelf.find(document.template, desk.pack)
    known, printed = known_to(project, desk.pack, template.name), Printed()
    text = " ".join(sources(template, None).values())
    for source in sources(template, None).values():
        check_source(source, known, printed)
    named = {kind for kind in project.schemas.kinds if re.search(rf"\b{kind.replace('-', '_')}s?\b[. |%)]", text)}
    needed = {str(kind) for kind in document.row.get("needs", ())} | {str(document.row.get("each") or "pupil")}
    return named | {path.partition(".")[0] for path in printed.passed} | needed


def page(project: Project, case: Case, name: str, found: Since, on: date) -> bytes:
    """The differences as a Word file for a meeting, in the house style."""
    groups: dict[str, list[dict[str, str]]] = {}
    for one in found.changes:
        groups.setdefault(one.record, []).append({"field": one.field, "before": one.before, "now": one.now})
    given = found.issued
    changed = {
        "title": given.data["title"],
        "version": given.version,
        "date": given.data["date"],
        "to": given.data["to"],
        "groups": [{"record": record, "rows": rows} for record, rows in groups.items()],
        "looks": found.looks,
    }
    title = f"What has changed: {given.data['title']}"
    desk, sheet = desk_of(project, case), Document("changes", "changes", title, "changes.docx", {}, on)
    return render(desk.shelf.get(sheet.template, desk.pack), {**desk.context(sheet, None), "changed": changed})


@dataclass(frozen=True)
class Holding:
    """The newest version of a document that somebody holds, since when, and how that stands now."""

    issued: Issued
    to: str
    date: date
    state: str


def standing(project: Project, case: Case) -> list[Holding]:
    """Who holds which version of each document, and how it stands: unchanged, changed, newer, damaged, gone."""
    every = versions(project, case.name)
    newest = {one.document: one for one in every}
    states = _states(project, case, newest)
    held: dict[tuple[str, str], Holding] = {}
    for one in every:
        for row in one.copies:
            number = newest[one.document].version
            state = states[one.document] if one.version == number else f"version {number} was given out since"
            damage = damaged(one)
            held[one.document, str(row["to"]).casefold()] = Holding(one, str(row["to"]), row["date"], damage or state)
    return list(held.values())


def damaged(one: Issued) -> str:
    """What is no longer as it was given out, in words; "" where all of it is."""
    return f"NOT AS IT WAS GIVEN OUT: {', '.join(one.altered)} was changed or is missing" if one.altered else ""


def _states(project: Project, case: Case, newest: Mapping[str, Issued]) -> dict[str, str]:
    """How the newest version of each document stands against what the records say now."""
    desk = desk_of(project, case)
    every = in_languages(documents(case, desk.pack), case, Asked(tuple(languages(project))))
    now = {document.id: document for document in every}
    found = {}
    for name, one in newest.items():
        if name not in now:
            found[name] = "its record is no longer there"
        else:
            same = content_mark(desk, now[name]) == one.data["content"]
            found[name] = "unchanged since" if same else "changed since issued"
    return found
