"""What a form may offer to choose from: everything that the other records define, by title instead of id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from generator.authorities.pack import STANDARD, pack_ids
from generator.cases.case import file_id
from generator.cases.references import BY_FILE_NAME, WITHIN_ONE_FILE
from generator.folder.changing.edit_record import open_record
from generator.folder.school_folder import LoadedCase, Project
from generator.problems import Stop
from generator.records.record import Record, marked
from generator.web.record_form.fields import FieldChoice, KnownIds, row_title


def known_of(project: Project, loaded: LoadedCase | None, own: str, name: str) -> KnownIds:
    """The choices for the record at a place: ids of the pupil's records and of the school's, and files that are there.

    `own` is the record's place; ids that belong to one file, such as targets, are offered in that file alone. A record
    with errors defines what it defines all the same: nothing in it “is not there any more”.
    """
    case = loaded.readable if loaded else None
    records = [*(case.records if case else ()), *([project.school] if project.school else ())]
    records += _with_errors(project, loaded, {record.path for record in records}) if loaded else ()
    ids: dict[str, list[FieldChoice]] = {}
    for record in records:
        for group, choice in _defined(record, project):
            if group not in WITHIN_ONE_FILE or record.path == own:
                ids.setdefault(group, []).append(choice)
    for group, kind in BY_FILE_NAME.items():
        held = [one for one in records if one.kind == kind]
        ids[group] = [FieldChoice(file_id(one), _file_title(one)) for one in held]
    return KnownIds(ids, _files(project.cases / name) if name else {}, packs=_packs(project))


def _with_errors(project: Project, loaded: LoadedCase, right: set[str]) -> Iterator[Record]:
    """The records that do not fit their schemas, with the data that they hold as written."""
    for path in dict.fromkeys(problem.path for problem in loaded.problems if problem.blocks):
        if path not in right:
            with suppress(Stop):  # what is no record, or is gone meanwhile, defines nothing
                opened = open_record(project, path)
                yield Record(path, opened.kind, opened.tree or {}, {})


def _packs(project: Project) -> list[FieldChoice]:
    """Every authority's pack by the authority's name; one that cannot be read by its own."""
    found = []
    for pack in pack_ids(project.template_folders):
        try:
            title = str(project.pack(pack).data["name"])
        except Stop:
            title = pack
        found.append(FieldChoice(pack, title))
    return sorted(found, key=lambda choice: (choice.value != STANDARD, choice.title))


def _defined(record: Record, project: Project) -> Iterator[tuple[str, FieldChoice]]:
    for keys, value, words in marked(record, project.schemas, ("x-id",)):
        if "x-id" in words and isinstance(value, str):
            row: Any = record.data
            for key in keys[:-1]:
                row = row[key]
            yield str(words["x-id"]), FieldChoice(value, _title(row) or value)


def _title(row: Any) -> str:
    texts: Mapping[str, Any] = {key: str(value) for key, value in row.items()} if isinstance(row, Mapping) else {}
    return row_title({key: text for key, text in texts.items() if key != "id"})


def _file_title(record: Record) -> str:
    data = record.data
    return str(data.get("title") or file_id(record))


def _files(folder: Path) -> dict[str, Sequence[str]]:
    inside = folder / "evidence"
    there = (
        sorted(path.relative_to(inside).as_posix() for path in inside.rglob("*") if path.is_file())
        if inside.is_dir()
        else []
    )
    own = (
        sorted(
            path.name
            for path in folder.iterdir()
            if path.is_file() and path.suffix.lower() in (".jpg", ".jpeg", ".png")
        )
        if folder.is_dir()
        else []
    )
    shown = [name for name in there if not name.rpartition("/")[2].startswith((".", "~$"))]
    return {"evidence": shown, ".": [*own, *(f"evidence/{name}" for name in shown)]}
