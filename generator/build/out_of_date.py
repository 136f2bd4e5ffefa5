"""What must be made, and why: fingerprints of everything a document is made from, compared with the last time.

A case in which no file changed is not even read: what was planned for it then is remembered.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.authorities.pack import Pack
from generator.build.digest_cache import Index, program_mark
from generator.build.output_folder import OF_PDF, Memory, aside
from generator.cases.case import Case, photo_files
from generator.files.atomic_files import digest
from generator.files.spelled_alike import find_file
from generator.folder.load_case import load_case
from generator.folder.school_folder import BUILT_IN, LoadedCase, Project, case_names
from generator.problems import Problem, Stop

if TYPE_CHECKING:
    from generator.build.worker import Task
    from generator.documents.catalogue import Document
    from generator.documents.template_shelf import TemplateShelf
    from generator.engines import Engine


@dataclass(frozen=True)
class Outcome:
    """What became of one document: `made`, `unchanged`, `kept` (a file edited by hand) or `failed`, and why.

    `left` is a document that its case no longer gives; nothing was removed. `withheld` is a paper for the family
    that is not made, as what it is made from is not for them. A case whose files have errors has one outcome, `broken`,
    with its problems. `language` is the code of a translation, empty for English; `untranslated`
    are the lines for want of which it was not made.
    """

    case: str
    document: str
    title: str
    state: str
    reason: str = ""
    files: tuple[str, ...] = ()
    pages: int = 0
    warnings: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    language: str = ""
    untranslated: tuple[str, ...] = ()


@dataclass(frozen=True)
class Order:
    """What is wanted of a build: which kinds, Word only, whether to replace files that were edited by hand.

    `jobs` is how many documents are made at once; 0 is one for each processor. `languages` are the codes of those in
    which families' documents are made as well.
    """

    only: tuple[str, ...] = ()
    pdf: bool = True
    force: bool = False
    jobs: int = 0
    languages: tuple[str, ...] = ()


@dataclass
class BuildPlan:
    """One document that may have to be made: from what, why, where to, and what is known of the last time."""

    case: Case
    pack: Pack
    document: Document
    fingerprints: dict[str, str]
    memory: Memory
    names: tuple[str, ...]
    photos: Mapping[str, Path] = field(default_factory=dict)
    reason: str = ""
    known: str = ""
    entry: Mapping[str, Any] = field(default_factory=dict)

    def task(self, number: int) -> Task:
        """The plain values that a worker needs."""
        from generator.build.worker import Task

        photos = {name: file.read_bytes() for name, file in self.photos.items()}
        return Task(number, self.case, self.pack, self.document, photos, self.known)

    def outcome(self, state: str, reason: str = "") -> Outcome:
        """What became of this document."""
        return _outcome(self.case.name, _row(self.document), self.names, state, reason, self.entry)


def _outcome(
    case: str, row: Mapping[str, Any], names: Sequence[str], state: str, reason: str, entry: Mapping[str, Any]
) -> Outcome:
    if state == "failed":
        return Outcome(case, row["id"], row["title"], state, reason, language=row["language"])
    pages, warnings = entry.get("pages", 0), list(entry.get("warnings", ()))
    if row["most"] is not None and pages > row["most"]:
        allowed = "one page" if row["most"] == 1 else f"{row['most']} pages"
        warnings.append(f"{row['title']} must fit on {allowed} but has {pages}: shorten the longest entries")
    files = tuple(f"output/{case}/{name}" for name in names)
    return Outcome(
        case, row["id"], row["title"], state, reason, files, pages, tuple(warnings), language=row["language"]
    )


def _row(document: Document) -> dict[str, Any]:
    """What is said of a document when nothing becomes of it."""
    title = f"{document.title} ({document.language})" if document.language else document.title
    row = {"id": document.id, "kind": document.kind, "title": title, "language": document.language}
    return {**row, "most": document.row.get("pages")}


def _withheld(case: str, row: Sequence[str]) -> Outcome:
    kind, title, path = row
    return Outcome(case, kind, title, "withheld", f"it is for the family, and {path} is not, by its audience:")


def _said(case: str, row: Sequence[Any]) -> Outcome:
    document, title, state, reason, files, pages, warnings, language = row
    return Outcome(case, document, title, state, reason, tuple(files), pages, tuple(warnings), language=language)


class Planner:
    """Plans the documents of one case after another."""

    def __init__(self, project: Project, engine: Engine | None, order: Order) -> None:
        self._project, self._order = project, order
        self._index = Index.read(project.root / "output")
        self._school = project.school.path if project.school else ""
        fonts = sorted((BUILT_IN / "templates" / "fonts").glob("*.ttf"))
        of_pdf = {"the PDF engine": engine.about(), "the fonts": self._together(fonts)} if engine else {}
        self._always = {**of_pdf, "sendpack": program_mark(self._index)}
        self._packs: dict[str, str] = {}
        self._world = self._around()

    def unknown(self, cases: Iterable[LoadedCase | str]) -> int:
        """How many of the cases were not planned before, so that all their documents will have to be made."""
        names = (case if isinstance(case, str) else case.name for case in cases)
        return sum(name not in self._index.plans for name in names)

    def close(self) -> None:
        """Remember for the next run."""
        self._index.write(case_names(self._project))

    def _together(self, files: Sequence[Path]) -> str:
        return digest("".join(self._index.digest(file) for file in files).encode())

    def _around(self) -> str:
        """One fingerprint of all that is not the case itself: what was planned without it changing holds."""
        folders = self._project.template_folders
        kinds = ("*/*.docx", "*/pack.yaml", "words/*.yaml")
        files = [path for folder in folders for kind in kinds for path in folder.glob(kind)]
        files += [*(BUILT_IN / "schemas").glob("*.json"), *(self._project.root / "schemas").glob("*.json")]
        files += [self._project.root / self._school] if self._school else []
        marks = [(str(file), self._index.digest(file)) for file in sorted(files)]
        return digest(json.dumps([self._always, marks], sort_keys=True).encode())

    def plans(self, given: LoadedCase | str) -> Iterator[BuildPlan | Outcome]:
        """What must be made of a case, and what became of the rest of it; what stops it stops no other case."""
        name = given if isinstance(given, str) else given.name
        try:
            yield from self._plans(given, name)
        except Stop as stop:
            yield Outcome(name, "", "all documents", "failed", f"{stop.message} {stop.advice}".strip())

    def _plans(self, given: LoadedCase | str, name: str) -> Iterator[BuildPlan | Outcome]:
        seen = list(self._index.of_folder(self._project.cases / name))
        key = digest(json.dumps([self._world, seen, self._order.languages, self._order.only]).encode())
        home = self._project.root / "output" / name
        held = self._index.plans.get(name)
        if held and held["key"] == key and (found := self._as_before(name, held, home)) is not None:
            yield from found
            return
        memory = Memory.read(home, self._index.digest)
        loaded = load_case(self._project, name) if isinstance(given, str) else given
        if loaded.case is None or loaded.broken:
            yield Outcome(name, "", "all documents", "broken", "its files have errors", problems=loaded.problems)
            return
        yield from self._of_case(loaded.case, memory, key, self._translated(memory))

    def _translated(self, memory: Memory) -> list[str]:
        """The ids of documents that were made in another language; one whose files were deleted is not wanted again."""
        there = self._index.beside(memory.folder) if any("language" in e for e in memory.entries.values()) else {}
        return sorted(one for one, entry in memory.entries.items() if "language" in entry and f"{one}.docx" in there)

    def _as_before(self, case: str, held: dict[str, Any], home: Path) -> list[Outcome] | None:
        """The outcomes of a case that was planned before, when nothing of it must be made.

        While its output folder is as it was when that was last found, with the same wishes, not even the manifest is
        read: what was said then is said again.
        """
        there = self._index.beside(home)
        wishes = [sorted(self._order.only), self._order.pdf, sorted(there.items())]
        mark = digest(json.dumps(wishes).encode())[:32]
        if held.get("mark") == mark:
            self._index.used[case] = held
            return [_said(case, row) for row in held["said"]]
        memory = Memory.read(home, self._index.digest)
        if held["before"] != self._translated(memory):
            return None
        found = self._nothing_to_do(case, held["documents"], memory, there)
        if found is not None:
            found[:0] = [_withheld(case, row) for row in held.get("withheld", ())]
            said = [[o.document, o.title, o.state, o.reason, o.files, o.pages, o.warnings, o.language] for o in found]
            self._index.used[case] = held | {"mark": mark, "said": said}
        return found

    def _nothing_to_do(
        self, case: str, rows: Sequence[Mapping[str, Any]], memory: Memory, there: Mapping[str, str]
    ) -> list[Outcome] | None:
        outcomes = []
        for row in rows:
            if self._order.only and row["kind"] not in self._order.only:
                continue
            entry, names = memory.entries.get(row["id"]), self._names(row["id"])
            if entry is None or _mark(entry["fingerprints"], self._always) != row["mark"]:
                return None
            if any(there.get(name, "") != entry["files"].get(name) for name in names):
                return None
            outcomes.append(_outcome(case, row, names, "unchanged", "", entry))
        return [*outcomes, *self._left(case, [row["id"] for row in rows], memory)]

    def _names(self, document: str) -> tuple[str, ...]:
        return (f"{document}.docx", f"{document}.pdf") if self._order.pdf else (f"{document}.docx",)

    def _left(self, case: str, ids: Sequence[str], memory: Memory) -> Iterator[Outcome]:
        for gone in sorted(memory.entries.keys() - set(ids)):
            entry = memory.entries[gone]
            files = tuple(f"output/{case}/{name}" for name in entry["files"] if (memory.folder / name).is_file())
            if files:
                reason = "the case no longer gives it; nothing was removed"
                yield Outcome(case, gone, str(entry.get("title", gone)), "left", reason, files)

    def _of_case(self, whole: Case, memory: Memory, key: str, before: Sequence[str]) -> Iterator[BuildPlan | Outcome]:
        from generator.build.worker import light
        from generator.documents.catalogue import documents, not_for_the_family
        from generator.documents.languages.language import Asked, in_languages

        case = light(whole)
        try:
            pack, pack_mark = self._pack(case)
            asked = Asked(self._order.languages, self._order.only, frozenset(before))
            all_of_them, refused = self._with_wording(case.name, in_languages(documents(case, pack), case, asked))
            every = [one for one in all_of_them if self._given(one, memory)]
            plans = [self._plan(case, pack, pack_mark, document, memory) for document in every]
            withheld = not_for_the_family(case, pack, self._order.only)
        except (Stop, OSError) as stop:
            reason = f"{stop.message} {stop.advice}".strip() if isinstance(stop, Stop) else str(stop)
            yield Outcome(case.name, "", "all documents", "failed", reason)
            return
        if not refused:
            rows = [self._row(plan) for plan in plans]
            there = sorted({*before, *(document.id for document in every if document.language)})  # when all are made
            self._index.used[case.name] = {"key": key, "before": there, "documents": rows, "withheld": withheld}
        yield from refused
        yield from (_withheld(case.name, row) for row in withheld)
        for plan in plans:
            if not self._order.only or plan.document.kind in self._order.only:
                yield self._wanted(plan)
        yield from self._left(case.name, [document.id for document in all_of_them], memory)

    def _given(self, document: Document, memory: Memory) -> bool:
        """Whether a version is made: it is given out, was asked for, or is in output/ and must not grow old."""
        if document.given or document.kind in self._order.only:
            return True
        return document.id in memory.entries and f"{document.id}.docx" in self._index.beside(memory.folder)

    def _with_wording(self, case: str, made: Iterable[Document]) -> tuple[list[Document], list[Outcome]]:
        """The documents that can be said; an outcome for each in a language that there is no wording in."""
        from generator.documents.languages.language import languages

        there = {"", *languages(self._project)}
        every = list(made)
        reason = "pupil.yaml asks for papers_in {0}, but templates/words has no {0}.yaml; there are: {1}"
        refused = [
            _outcome(case, _row(one), (), "failed", reason.format(one.language, ", ".join(sorted(there - {""}))), {})
            for one in every
            if one.language not in there and (not self._order.only or one.kind in self._order.only)
        ]
        return [one for one in every if one.language in there], refused

    @cached_property
    def _shelf(self) -> TemplateShelf:
        from generator.documents.template_shelf import TemplateShelf

        return TemplateShelf(self._project.template_folders)

    def _pack(self, case: Case) -> tuple[Pack, str]:
        pack = self._project.pack_of(case)
        if pack.id not in self._packs:
            self._packs[pack.id] = digest(json.dumps(pack.data, sort_keys=True, default=str).encode())
        return pack, self._packs[pack.id]

    def _plan(self, case: Case, pack: Pack, pack_mark: str, document: Document, memory: Memory) -> BuildPlan:
        from generator.documents.languages.language import words_file

        root, find = self._project.root, self._shelf.find
        photos = {name: find_file(self._project.cases / case.name, name) for name in photo_files(case)}
        fingerprints = {record.path: self._index.digest(root / record.path) for record in case.records}
        photo = str(case.data("pupil").get("photo", {}).get("file", ""))
        for name, file in photos.items():
            fingerprints["the photo" if name == photo else f"the picture {name}"] = self._index.digest(file)
        if self._school:
            fingerprints[self._school] = self._index.digest(root / self._school)
        fingerprints[f"the template {document.template}"] = self._index.digest(find(document.template, pack))
        fingerprints["the house style"] = self._index.digest(find("house.docx", pack))
        fingerprints["the authority pack"] = pack_mark
        if document.language:
            words = words_file(self._project, document.language)
            fingerprints[f"the wording in {document.language}"] = self._index.digest(words)
        entry = memory.entries.get(document.id, {})
        made_from = fingerprints | self._always
        return BuildPlan(case, pack, document, made_from, memory, self._names(document.id), photos, entry=entry)

    def _row(self, plan: BuildPlan) -> dict[str, Any]:
        """What is remembered of a plan: enough to say what became of it when nothing did."""
        return {**_row(plan.document), "mark": _mark(plan.fingerprints, self._always)}

    def _wanted(self, plan: BuildPlan) -> BuildPlan | Outcome:
        memory, document = plan.memory, plan.document.id
        reason = "; ".join(memory.changes(document, plan.fingerprints, plan.names))
        edited = [name for name in plan.names if memory.edited(name)]
        if edited and not self._order.force:
            return plan.outcome("kept", _kept(document, edited, plan.names, memory))
        if not reason and not edited:
            return plan.outcome("unchanged")
        return replace(
            plan, reason=reason or "edited by hand, and made again by --force", known=self._known(plan, edited)
        )

    def _known(self, plan: BuildPlan, edited: Sequence[str]) -> str:
        """The digest of the Word file from which the files that are there were made, when only records changed."""
        if not plan.entry or edited or plan.memory.not_whole(plan.document.id, plan.names):
            return ""
        before = plan.entry["fingerprints"]
        same = all(before.get(name) == mark for name, mark in self._always.items())
        return str(plan.entry["files"][f"{plan.document.id}.docx"]) if same else ""


def _kept(document: str, edited: Sequence[str], names: Sequence[str], memory: Memory) -> str:
    """Why a document is not made again, where its edited copy would go, and that its PDF lacks the edit."""
    word, pdf = f"{document}.docx", f"{document}.pdf"
    beside = word in edited and pdf in names and pdf not in edited and (memory.folder / pdf).is_file()
    lacks = f"; the PDF beside it, {pdf}, does not hold the edit" if beside else ""
    asides = " and ".join(aside(memory.folder / name).name for name in edited)
    verb = "were" if len(edited) > 1 else "was"
    return f"{' and '.join(edited)} {verb} edited by hand{lacks}; --force makes it again and keeps yours as {asides}"


def _mark(fingerprints: Mapping[str, str], always: Mapping[str, str]) -> str:
    """One fingerprint of them all; those of a PDF count only when one is wanted."""
    held = {name: mark for name, mark in fingerprints.items() if name in always or name not in OF_PDF}
    return digest(json.dumps(held, sort_keys=True).encode())[:32]
