"""The forms of a pupil's authority in the output folder, as Word and PDF; what was edited by hand is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.build.output_folder import put_aside
from generator.cases.audience import seen_by
from generator.cases.case import Case
from generator.engines import Docx, Engine, Failure
from generator.files.atomic_files import digest, must_be_writable, write_files
from generator.folder.school_folder import LoadedCase, Project
from generator.forms.authority.form_files import form_files
from generator.forms.authority.form_map import FormMap, read_form
from generator.forms.filling.fill_form import FilledForm, fill_form
from generator.forms.filling.printing import for_printing

AUTHORITY = "authority"
"""The reader for whom a form is filled."""

FOLDER = "forms"
_NOTES = ".made.json"


@dataclass(frozen=True)
class MadeForm:
    """One form that was made for a pupil: the files, and what is to be known about them."""

    name: str
    files: tuple[Path, ...]
    said: tuple[str, ...]
    filled: FilledForm
    failed: bool = False


def forms_of(project: Project, loaded: LoadedCase) -> list[FormMap]:
    """The learned forms of the authority that decides for a pupil. Raises FilesHaveErrors for a map with mistakes."""
    if loaded.case is None:
        return []
    pack = project.pack_of(loaded.case)
    return [read_form(file, project.root, project.schemas) for file in form_files(project.template_folders, pack.chain)]


def make_forms(
    project: Project, loaded: LoadedCase, engine: Engine | None, names: Sequence[str] = (), force: bool = False
) -> list[MadeForm]:
    """Every learned form of a pupil's authority, or those named, in output/<pupil>/forms/."""
    if loaded.case is None:
        return []
    request = loaded.case.one("request")
    every = [form for form in forms_of(project, loaded) if request is None or form.is_for(request.data["made_by"])]
    wanted = [form for form in forms_of(project, loaded) if form.name in names] if names else every
    folder = project.root / "output" / loaded.name / FOLDER
    # A form goes to the authority: what a record keeps from it must not stand in it.
    case = seen_by(loaded.case, AUTHORITY, project.schemas).case
    return [_make(form, case, folder, engine, force) for form in wanted]


def _make(form: FormMap, case: Case, folder: Path, engine: Engine | None, force: bool) -> MadeForm:
    filled = fill_form(form, case)
    must_be_writable(folder)
    notes = _Notes(folder)
    files: dict[str, bytes] = {f"{form.name}.{form.ending}": filled.marked}
    if filled.sheet:
        files[f"{form.name}-continuation.docx"] = filled.sheet
    printed, failures = _printed(form, filled, engine, notes, folder)
    written, said = [], []
    for name, content in {**files, **printed}.items():
        kept = notes.put(name, content, force)
        written.append(folder / name)
        said += [kept] if kept else []
    notes.save()
    return MadeForm(form.name, tuple(written), (*said, *failures, *filled.findings), filled, bool(failures))


def _printed(
    form: FormMap, filled: FilledForm, engine: Engine | None, notes: _Notes, folder: Path
) -> tuple[dict[str, bytes], list[str]]:
    """The form and its continuation sheet as PDF, where they are Word files and have changed since the last time."""
    if engine is None:
        return {}, []
    words = {f"{form.name}.pdf": filled.content} if form.ending == "docx" else {}
    if filled.sheet:
        words[f"{form.name}-continuation.pdf"] = filled.sheet
    stale = {name: word for name, word in words.items() if not notes.fresh(name, digest(word))}
    results = list(engine.convert([Docx(name, for_printing(word)) for name, word in stale.items()])) if stale else []
    made: dict[str, bytes] = {}
    failures = []
    for (name, word), result in zip(stale.items(), results, strict=True):
        if isinstance(result, Failure):
            failures.append(f"{name} could not be made: {result.reason}")
            continue
        made[name] = result.content
        notes.sources[name] = digest(word)
        failures += []
    return made, failures


class _Notes:
    """What we wrote into the folder before, so that what a person changed since is never overwritten."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._new: dict[Path, bytes] = {}
        try:
            held = json.loads((folder / _NOTES).read_text("utf-8"))
            self.wrote: dict[str, str] = dict(held["wrote"])
            self.sources: dict[str, str] = dict(held["sources"])
        except (OSError, ValueError, KeyError, TypeError):
            self.wrote, self.sources = {}, {}

    def fresh(self, name: str, source: str) -> bool:
        """True when a PDF is there that was made from the same Word file."""
        return self.sources.get(name) == source and (self.folder / name).is_file()

    def put(self, name: str, content: bytes, force: bool) -> str:
        """Write a file when saved; one that was edited by hand is kept, or put aside when its replacement is forced."""
        path = self.folder / name
        now = digest(path.read_bytes()) if path.is_file() else None
        edited = now is not None and now != self.wrote.get(name) and now != digest(content)
        if edited and not force:
            return f"{name} was edited by hand and is kept; --force makes it again and keeps yours beside it"
        if edited:
            put_aside(path)
        if now != digest(content):
            self._new[path] = content
        self.wrote[name] = digest(content)
        return ""

    def save(self) -> None:
        """Write what was put, and remember it: together, or the next run would take our file for a person's."""
        held: Mapping[str, Mapping[str, str]] = {"wrote": self.wrote, "sources": self.sources}
        note = (json.dumps(held, indent=1, sort_keys=True) + "\n").encode()
        write_files({**self._new, self.folder / _NOTES: note})
