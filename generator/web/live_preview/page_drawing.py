"""In the process beside the server: the page of a document as it would be with what is being written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.documents.catalogue import Document, MergeDesk, documents, made_from
from generator.documents.template_shelf import TemplateShelf
from generator.engines import Docx, Failure, sketch
from generator.engines.pdf.page_view import Pages, changed_lines, page_view, pages_of
from generator.folder.load_case import load_case, with_record
from generator.folder.school_folder import LoadedCase, Project, find_project
from generator.problems import FilesHaveErrors, Stop
from generator.web.live_preview.page_wanted import WIDTH, DrawnPage, PageWanted


@dataclass
class _Easel:
    """What the process keeps between two drawings."""

    project: Project | None = None
    root: Path | None = None
    mark: Any = None
    shelf: TemplateShelf | None = None
    loaded: tuple[Any, LoadedCase] | None = None
    before: dict[tuple[str, str], Pages] = field(default_factory=dict)


_easel = _Easel()


def drawn(root: Path, mark: Any, files: Any, wanted: PageWanted) -> DrawnPage:
    """The page of a document that prints a record, as it would be with the bytes given; what changed is marked.

    `mark` is the school's files' as they are now, `files` the pupil's: what has not changed is not read again. Raises
    FilesHaveErrors while what is written cannot be printed.
    """
    project, shelf = _opened(root, mark)
    if _easel.loaded is None or _easel.loaded[0] != (mark, wanted.pupil, files):
        _easel.loaded = ((mark, wanted.pupil, files), load_case(project, wanted.pupil))
    loaded = with_record(project, _easel.loaded[1], wanted.path, wanted.content)
    if loaded.case is None:
        raise FilesHaveErrors("The page is shown again when this is right.", problems=loaded.problems)
    pack = project.pack_of(loaded.case)
    there = documents(loaded.case, pack)
    mine = _printing(there, wanted.path, project)
    document = next((one for one in mine if one.id == wanted.document), mine[0] if mine else None)
    if document is None:
        raise Stop("No document is made from this record.", "")
    word = MergeDesk(project, loaded.case, pack, shelf).write(document)
    pdf = sketch(Docx(f"{document.id}.docx", word))
    if isinstance(pdf, Failure):
        raise Stop("This cannot be drawn.", pdf.reason)
    now, key = pages_of(pdf), (wanted.path, document.id)
    before = _easel.before.get(key)
    changed = changed_lines(before, now) if before is not None and not wanted.fresh and wanted.page is None else []
    _easel.before[key] = now
    view = page_view(pdf, changed, wanted.page, WIDTH)
    return DrawnPage(view, document.id, document.title, tuple((one.id, one.title) for one in mine))


def _opened(root: Path, mark: Any) -> tuple[Project, TemplateShelf]:
    if _easel.project is None or _easel.shelf is None or (_easel.root, _easel.mark) != (root, mark):
        _easel.project, _easel.root, _easel.mark = find_project(root), root, mark
        _easel.shelf = TemplateShelf(_easel.project.template_folders)
    return _easel.project, _easel.shelf


def _printing(there: Sequence[Document], path: str, project: Project) -> list[Document]:
    """The documents that print a record, the one made for it first."""
    inside = path.split("/", 2)[2]
    kind = project.schemas.kind_of(inside) or ""
    own = [one for one in there if one.record is not None and one.record.path == path]
    needing = [one for one in there if one not in own and kind in one.row.get("needs", ())]
    named = made_from([one.row for one in needing], kind)
    return [*own, *sorted(needing, key=lambda one: one.kind != named)]
