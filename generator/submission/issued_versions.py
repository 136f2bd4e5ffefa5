"""What was given out: the exact files kept with the case, never changed, and what is different since.

Each version has a folder cases/<pupil>/issued/<date>-<document>-v<number>/ with the Word file, the PDF, copies of the
records that it was made from, and issued.yaml. The reader of cases does not look into it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from generator.build.output_folder import aside, edited_by_hand
from generator.cases.case import Case, Data
from generator.cases.family_copies import addressed, must_not_have, slip_of, somebody_else
from generator.documents.catalogue import Document, MergeDesk, TemplateShelf, documents, made_from
from generator.documents.languages.language import Asked, in_languages, languages
from generator.documents.languages.translate import Interpreter
from generator.documents.page_fit import fitted
from generator.documents.template_authoring import known_to
from generator.documents.templates.check_names import Printed, check_source
from generator.documents.templates.render import render, sources
from generator.engines import Docx, Engine, Failure
from generator.files.atomic_files import digest, new_folder
from generator.folder.load_case import ISSUED, PAPER, altered, read_papers
from generator.folder.school_folder import Project
from generator.problems import DocumentsFailed, FilesHaveErrors, WrongUse
from generator.records.compare import Changed, different
from generator.records.record import Record, read_record
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
    def altered(self) -> list[str]:
        """The files of it that are missing or not as they were given out."""
        return altered(self.folder, self.paper)

    def __str__(self) -> str:
        return f"version {self.version}, {self.data['status']}, {in_words(self.data['date'])}, to {self.data['to']}"


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


# -- giving out -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Handover:
    """To whom a document goes, on which day, and whether it is only a draft."""

    to: str
    on: date
    draft: bool = False


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


def issue(project: Project, case: Case, name: str, engine: Engine, handover: Handover) -> Issued:
    """Make a document and keep what was given out; the new version, whole or not at all.

    Raises WrongUse for an unknown document, a person with `copies: no` or another parent’s letter; DocumentsFailed when
    it cannot be made.
    """
    desk = desk_of(project, case)
    document = find_document(case, desk, name)
    pupil = case.data("pupil")
    if barred := must_not_have(handover.to, pupil):
        advice = "Nothing was kept. Give it to somebody else, or change `copies: no` in pupil.yaml if that has changed."
        raise WrongUse(f"pupil.yaml says that {barred} must not be sent copies.", advice)
    if meant := slip_of(handover.to, pupil):
        advice = f"Nothing was kept. Did you mean {meant['name']} (--to {meant['id']})? Somebody else is told apart by"
        raise WrongUse(
            f"“{handover.to}” is nobody in pupil.yaml.",
            f"{advice} the place: “{handover.to}, Northmoor Council”, or by an entry under people.",
        )
    if document.addressee and (other := somebody_else(handover.to, str(document.addressee["id"]), pupil)):
        advice = "Nothing was kept. Each parent has a letter of their own, which may hold an address."
        raise WrongUse(f"{document.id} is addressed to {document.addressee['name']}, not to {other}.", advice)
    _not_edited(project, case, document)
    handover = replace(handover, to=addressed(handover.to, pupil))
    before = versions(project, case.name, document.id)
    number = before[-1].version + 1 if before else 1
    status = "draft" if handover.draft or document.status == "draft" else "final"
    mark = f"{status.capitalize()}, version {number}, {in_words(handover.on)}"
    word = Interpreter(project).write(desk, replace(document, mark=mark))
    [made] = engine.convert([Docx(f"{document.id}.docx", word)])
    if isinstance(made, Failure):
        raise DocumentsFailed(f"{document.id} could not be made: {made.reason}.", "Nothing was kept.")
    word, made = fitted(engine, case, document, word, made)
    files = {f"{document.id}.docx": word, f"{document.id}.pdf": made.content, **_records(project, case)}
    data = {
        "document": document.id,
        "kind": document.kind,
        "title": document.title,
        "version": number,
        "status": status,
        "date": handover.on.isoformat(),
        "to": handover.to,
        "engine": engine.about(),
        "sendpack": version("sendpack"),
        "pack": f"{desk.pack.id} {desk.pack.data['version']}",
        "template": digest(desk.shelf.find(document.template, desk.pack).read_bytes()),
        "house": digest(desk.shelf.find("house.docx", desk.pack).read_bytes()),
        "content": content_mark(desk, document),
        "files": {file: digest(content) for file, content in files.items()},
    }
    folder = project.cases / case.name / ISSUED / f"{handover.on.isoformat()}-{document.id}-v{number}"
    _keep(folder, {**files, PAPER: _yaml(data)})
    shown = (folder / PAPER).relative_to(project.root).as_posix()
    return Issued(folder, Record(shown, "issued", {**data, "date": handover.on}, {}))


def _not_edited(project: Project, case: Case, document: Document) -> None:
    """Raises WrongUse when the document in output/ was edited by hand: what is kept would be without the edit."""
    output = project.root / "output"
    for file in edited_by_hand(output, case.name, (f"{document.id}.docx", f"{document.id}.pdf")):
        when = in_words(date.fromtimestamp(file.stat().st_mtime))
        raise WrongUse(
            f"output/{case.name}/{file.name} was edited by hand on {when}; nothing was issued.",
            "What is given out is made from the files in cases/, so it would be without the edit. Put the change into"
            f" those files, then: sendpack build {case.name} --only {document.kind} --force"
            f" (yours is kept as “{aside(file).name}”).",
        )


def content_mark(desk: MergeDesk, document: Document) -> str:
    """The digest of what a document prints, whatever its footer says of the version."""
    return digest(Interpreter(desk.project).write(desk, replace(document, mark=" ")))


def _records(project: Project, case: Case) -> dict[str, bytes]:
    kept = [*case.records, *([case.school] if case.school else [])]
    return {f"records/{_inside(record, case)}": (project.root / record.path).read_bytes() for record in kept}


def _inside(record: Record, case: Case) -> str:
    return record.path.removeprefix(f"cases/{case.name}/").removeprefix("cases/")


def _yaml(data: Mapping[str, Any]) -> bytes:
    """The data as YAML; every text is in JSON's quotes, which YAML has too."""
    lines = ["# Written by sendpack issue. It vouches for the files beside it: do not change it."]
    for key, value in data.items():
        if isinstance(value, Mapping):
            lines.append(f"{key}:")
            lines += [f"  {json.dumps(name)}: {json.dumps(mark)}" for name, mark in value.items()]
        else:
            lines.append(f"{key}: {json.dumps(value, ensure_ascii=False)}")
    return ("\n".join(lines) + "\n").encode()


def _keep(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all files into a folder of their own: it is there whole, or not at all."""
    if folder.exists():
        raise WrongUse(f"{folder.name} is there already; nothing was changed.", "Give another day with --date.")
    new_folder(folder, files)


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
    now = {_inside(record, desk.case): record for record in (*desk.case.records, *_school(desk.case))}
    for path in sorted(before.keys() | now.keys(), key=lambda path: (_kind(path, before, now) != document.kind, path)):
        kind = _kind(path, before, now)
        own = document.record is None or document.record.kind != kind or _inside(document.record, desk.case) == path
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


def standing(project: Project, case: Case) -> list[tuple[Issued, str]]:
    """The newest version of each document that was given out, and how it stands: unchanged, changed, damaged, gone."""
    newest = {one.document: one for one in versions(project, case.name)}
    desk = desk_of(project, case)
    every = in_languages(documents(case, desk.pack), case, Asked(tuple(languages(project))))
    now = {document.id: document for document in every}
    rows = []
    for name, one in newest.items():
        if damaged := one.altered:
            rows.append((one, f"NOT AS IT WAS GIVEN OUT: {', '.join(damaged)} was changed or is missing"))
        elif name not in now:
            rows.append((one, "its record is no longer there"))
        else:
            same = content_mark(desk, now[name]) == one.data["content"]
            rows.append((one, "unchanged since" if same else "changed since issued"))
    return rows
