"""What was begun or taken in by mistake is moved away, a record or a file of evidence; both can be brought back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.files.atomic_files import digest, write_file
from generator.files.spelled_alike import find_file
from generator.folder.changing.changes_made import FileChange, alone, forget_change, remember
from generator.folder.changing.edit_record import OpenRecord, Saved, changed_content, open_record, record_title
from generator.folder.changing.entry_back import LIST, entries_of
from generator.folder.citing import citing_file, citing_ids, citing_record
from generator.folder.school_folder import Project
from generator.problems import Stop, WrongUse
from generator.values.formatting import and_list


def remove_record(project: Project, path: str) -> Saved:
    """Move a record away that was begun by mistake; it can be brought back for two weeks.

    Raises WrongUse for the pupil's own record and the school's, which are not begun by mistake but with the folder, and
    for one that others cite: they would cite what is gone.
    """
    with alone(project.root):
        record = open_record(project, path)
        if record.kind in ("pupil", "school"):
            raise WrongUse("This record cannot be removed.", "Without it nothing else of the folder can be read.")
        title = record_title(project, path)
        _must_not_be_cited(project, title, citing_record(project, path.split("/")[1], path))
        undo = remember(project.root, f"Removed: {title}", [FileChange(path, record.content, None)])
        try:
            (project.root / path).unlink()
        except OSError as error:
            forget_change(project.root, undo)
            raise _in_use(path, error) from None
    return Saved(path, undo)


def remove_file(project: Project, pupil: str, file: str) -> str:
    """Move a file out of evidence/ with its entry, if it has one; gives the name to take that back by.

    Raises WrongUse for a file that is not there or in use, and one that other records cite: they would cite what is
    gone.
    """
    home = (project.cases / pupil / "evidence").resolve()
    target = find_file(home, file).resolve()
    if not target.is_relative_to(home) or not target.is_file():
        raise WrongUse(f"{file} is not in the evidence any more.", "Nothing was changed.")
    inside = target.relative_to(home).as_posix()
    path = f"cases/{pupil}/evidence.yaml"
    with alone(project.root):
        record = open_record(project, path) if (project.root / path).is_file() else None
        if record is not None and record.tree is None:
            raise WrongUse(f"{path} cannot be read, so nobody knows what it says of {file}.", "Mend it first.")
        own = entries_of(record.tree, inside) if record else []
        ids = {("evidence", str(row.get("id"))) for row in own}
        citing = [*citing_file(project, pupil, f"evidence/{inside}"), *citing_ids(project, pupil, ids, path)]
        _must_not_be_cited(project, file, citing)
        listed, content = _without(project, record, inside) if record and own else (None, None)
        try:
            gone = FileChange(f"cases/{pupil}/evidence/{inside}", target.read_bytes(), None)
        except OSError as error:
            raise _in_use(file, error) from None
        changes = [listed, gone] if listed else [gone]
        undo = remember(project.root, f"Removed from evidence: {inside}", changes)
        try:
            target.unlink()  # first, for it may be open in another program
            if listed and content is not None:
                write_file(project.root / path, content)
            elif listed:
                (project.root / path).unlink()
        except (OSError, Stop) as error:
            if not target.exists():
                write_file(target, gone.before or b"")
            forget_change(project.root, undo)
            raise (_in_use(file, error) if isinstance(error, OSError) else error) from None
    return undo


def _without(project: Project, record: OpenRecord, inside: str) -> tuple[FileChange, bytes | None]:
    """The evidence without the entries about a file; None where nothing is left: without evidence it is no record."""
    tree = record.tree or {}
    own = entries_of(tree, inside)
    left = [row for row in tree.get(LIST) or [] if row not in own]
    content = changed_content(project, record, {**tree, LIST: left}) if left else None
    return FileChange(record.path, record.content, digest(content) if content else None, entry=inside), content


def _must_not_be_cited(project: Project, what: str, citing: Sequence[str]) -> None:
    if citing:
        titles = and_list(list(dict.fromkeys(record_title(project, one) for one in citing)))
        raise WrongUse(
            f"{what} is cited in {titles}, so it was not removed.", "Take it out there first. Nothing was changed."
        )


def _in_use(what: str, error: OSError) -> WrongUse:
    reason = (error.strerror or str(error)).lower()
    return WrongUse(
        f"{Path(what).name} cannot be moved away ({reason}).",
        "It may be open in another program: close it there, and try again. Nothing was changed.",
    )
