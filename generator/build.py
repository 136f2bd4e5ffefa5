"""Make the documents of cases: merge, convert, write whole files, remember what they were made from."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from generator.documents import Desk, Document, TemplateShelf, documents
from generator.engines import Docx, Engine, Failure, Pdf
from generator.problems import Stop
from generator.project import BUILT_IN, LoadedCase, Project

MANIFEST = "manifest.json"

AT_ONCE = 24
"""Documents merged before they are converted together: enough to keep an engine busy, few enough to hold in memory."""


@dataclass(frozen=True)
class Outcome:
    """What became of one document: `made`, `unchanged`, `kept` (a file edited by hand) or `failed`, and why."""

    case: str
    document: str
    title: str
    state: str
    reason: str = ""
    files: tuple[str, ...] = ()
    pages: int = 0
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Order:
    """What is wanted of a build: which kinds, Word only, and whether to replace files that were edited by hand."""

    only: tuple[str, ...] = ()
    pdf: bool = True
    force: bool = False


Progress = Callable[[Outcome], None]


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(content).hexdigest()


def write_file(path: Path, content: bytes) -> None:
    """Write a whole file or nothing: beside it first, then in its place.

    Raises Stop with advice when the place cannot be written, as when the file is open in a viewer on Windows.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Stop(
            f"{path.name} cannot be written ({(error.strerror or str(error)).lower()}).",
            f"If {path.name} is open in another program, close it there and run again.",
        ) from None


# -- what a document was made from ------------------------------------------------------------------------------------


@dataclass
class Memory:
    """The manifest of one pupil's output folder: for each document its files and the fingerprints of what made it."""

    folder: Path
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Memory:
        """What the last build left; nothing when there is none or it cannot be read."""
        try:
            entries = json.loads((folder / MANIFEST).read_text("utf-8"))["documents"]
        except (OSError, ValueError, KeyError, TypeError):
            entries = {}
        return cls(folder, entries)

    def write(self) -> None:
        """Replace the manifest."""
        content = {"sendpack": version("sendpack"), "documents": dict(sorted(self.entries.items()))}
        write_file(self.folder / MANIFEST, (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode())

    def changes(self, document: str, fingerprints: Mapping[str, str]) -> list[str]:
        """In words, what is different since this document was made; empty when nothing is."""
        entry = self.entries.get(document)
        if entry is None:
            return ["new"]
        before = entry["fingerprints"]
        changed = [name for name in fingerprints if name in before and before[name] != fingerprints[name]]
        added = [f"{name} is new" for name in fingerprints if name not in before]
        gone = [f"{name} is gone" for name in before if name not in fingerprints]
        missing = [f"{name} was missing" for name in entry["files"] if not (self.folder / name).is_file()]
        return [f"{name} changed" for name in changed] + added + gone + missing

    def edited(self, name: str) -> bool:
        """True when a file is there that is not as we wrote it: someone edited it, or put it there."""
        path = self.folder / name
        if not path.is_file():
            return False
        wrote = {file: mark for entry in self.entries.values() for file, mark in entry["files"].items()}
        return wrote.get(name) != digest(path.read_bytes())


class Fingerprints:
    """Named fingerprints of everything that a document is made from; files are read once in a run."""

    def __init__(self, project: Project, engine: Engine | None) -> None:
        self._project = project
        self._engine = engine.about() if engine else "Word only"
        self._marks: dict[Path, str] = {}
        fonts = sorted((BUILT_IN / "templates" / "fonts").glob("*.ttf"))
        self._fonts = digest("".join(self.of(font) for font in fonts).encode())

    def of(self, path: Path) -> str:
        """The fingerprint of a file."""
        if path not in self._marks:
            self._marks[path] = digest(path.read_bytes())
        return self._marks[path]

    def named(self, desk: Desk, document: Document) -> dict[str, str]:
        """The fingerprints of one document by names that can be shown: records, template, house style, pack, engine."""
        root, shelf, pack = self._project.root, desk.shelf, desk.pack
        given = {record.path: self.of(root / record.path) for record in desk.case.records}
        if photo := desk.case.data("pupil").get("photo"):
            given["the photo"] = self.of(self._project.cases / desk.case.name / str(photo["file"]))
        if desk.case.school:
            given[desk.case.school.path] = self.of(root / desk.case.school.path)
        return {
            **given,
            f"the template {document.template}": self.of(shelf.find(document.template, pack)),
            "the house style": self.of(shelf.find("house.docx", pack)),
            "the authority pack": digest(json.dumps(pack.data, sort_keys=True, default=str).encode()),
            "the PDF engine": self._engine,
            "the fonts": self._fonts,
            "sendpack": version("sendpack"),
        }


# -- building ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Task:
    desk: Desk
    document: Document
    fingerprints: Mapping[str, str]
    reason: str
    memory: Memory
    names: tuple[str, ...]

    def outcome(self, state: str, reason: str = "", pdf: Pdf | None = None) -> Outcome:
        """What became of this document."""
        files = tuple(f"output/{self.desk.case.name}/{name}" for name in self.names)
        pages, warnings = (pdf.pages, pdf.warnings) if pdf else (0, ())
        done = (self.desk.case.name, self.document.id, self.document.title, state, reason)
        return Outcome(*done, files if state != "failed" else (), pages, warnings)


def build(
    project: Project, cases: Sequence[LoadedCase], engine: Engine | None, order: Order, progress: Progress
) -> list[Outcome]:
    """Make every document of the cases that needs making; one that fails never stops the others.

    Files go to output/<pupil>/, each written whole. Cases with problems in their files must not be given.
    """
    marks, shelf = Fingerprints(project, engine), TemplateShelf(project.template_folders)
    outcomes: list[Outcome] = []

    def tell(outcome: Outcome) -> None:
        outcomes.append(outcome)
        progress(outcome)

    waiting: list[tuple[_Task, bytes]] = []
    for loaded in cases:
        for task in _tasks(project, loaded, shelf, marks, order, tell):
            try:
                waiting.append((task, task.desk.write(task.document)))
            except Stop as stop:
                tell(task.outcome("failed", f"{stop.message} {stop.advice}".strip()))
            if len(waiting) >= AT_ONCE:
                _finish(waiting, engine, tell)
                waiting = []
    _finish(waiting, engine, tell)
    return outcomes


def _tasks(
    project: Project, loaded: LoadedCase, shelf: TemplateShelf, marks: Fingerprints, order: Order, tell: Progress
) -> Iterator[_Task]:
    """The documents of a case that must be made now, each with the reason."""
    case = loaded.case
    if case is None:
        return
    try:
        desk = Desk(project, case, project.pack_of(case), shelf)
        wanted = documents(case, desk.pack, order.only)
    except Stop as stop:
        tell(Outcome(case.name, "", "all documents", "failed", f"{stop.message} {stop.advice}".strip()))
        return
    memory = Memory.read(project.root / "output" / case.name)
    for document in wanted:
        names = (f"{document.id}.docx", f"{document.id}.pdf") if order.pdf else (f"{document.id}.docx",)
        try:
            fingerprints = marks.named(desk, document)
        except Stop as stop:
            tell(Outcome(case.name, document.id, document.title, "failed", f"{stop.message} {stop.advice}".strip()))
            continue
        task = _Task(desk, document, fingerprints, "; ".join(memory.changes(document.id, fingerprints)), memory, names)
        edited = [name for name in names if memory.edited(name)]
        if edited and not order.force:
            tell(task.outcome("kept", f"{' and '.join(edited)} was edited by hand; --force makes it again"))
        elif task.reason or edited:
            yield task
        else:
            tell(task.outcome("unchanged"))


def _finish(waiting: Sequence[tuple[_Task, bytes]], engine: Engine | None, tell: Progress) -> None:
    """Convert and write some merged documents, and note in the manifest what each was made from."""
    results: Iterator[Pdf | Failure | None]
    if engine is None:
        results = iter([None] * len(waiting))
    else:
        results = engine.convert([Docx(f"{task.desk.case.name}/{task.names[0]}", word) for task, word in waiting])
    for (task, word), result in zip(waiting, results, strict=True):
        if isinstance(result, Failure):
            tell(task.outcome("failed", result.reason))
            continue
        try:
            _write(task, word, result)
        except Stop as stop:
            tell(task.outcome("failed", f"{stop.message} {stop.advice}".strip()))
        else:
            tell(task.outcome("made", task.reason, _measured(task.document, result)))


def _write(task: _Task, word: bytes, pdf: Pdf | None) -> None:
    contents = [word, pdf.content] if pdf else [word]
    for name, content in zip(task.names, contents, strict=True):
        if task.memory.edited(name):
            _put_aside(task.memory.folder / name)
        write_file(task.memory.folder / name, content)
    files = {name: digest(content) for name, content in zip(task.names, contents, strict=True)}
    task.memory.entries[task.document.id] = {
        "title": task.document.title,
        "files": files,
        "pages": pdf.pages if pdf else 0,
        "fingerprints": dict(task.fingerprints),
    }
    task.memory.write()


def _put_aside(path: Path) -> None:
    """Keep a copy that was edited by hand beside the new file, under a name that is free."""
    for number in range(1, 1000):
        aside = path.with_name(f"{path.stem} (edited {number}){path.suffix}")
        if not aside.exists():
            path.rename(aside)
            return
    raise Stop(f"There are too many edited copies of {path.name}.", "Move the old ones out of the output folder.")


def _measured(document: Document, pdf: Pdf | None) -> Pdf | None:
    """The PDF with a warning when it has more pages than the pack allows."""
    most = document.row.get("pages")
    if pdf is None or most is None or pdf.pages <= most:
        return pdf
    allowed = "one page" if most == 1 else f"{most} pages"
    warning = f"{document.title} must fit on {allowed} but has {pdf.pages}: shorten the longest entries"
    return Pdf(pdf.name, pdf.content, pdf.pages, (*pdf.warnings, warning))


def left_over(project: Project, names: Sequence[str]) -> list[str]:
    """Folders in output/ whose pupil is no longer in cases/: nothing is removed, but it is said."""
    output = project.root / "output"
    there = sorted(path.name for path in output.iterdir() if path.is_dir()) if output.is_dir() else []
    return [name for name in there if name not in names and (output / name / MANIFEST).is_file()]
