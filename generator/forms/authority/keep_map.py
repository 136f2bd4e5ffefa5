"""A form's map is written: as it was learned, and with what a person said of each place; every other line stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.build.output_folder import places_aside
from generator.files.atomic_files import digest, keep_copy, write_file, write_files
from generator.folder.changing.changes_made import alone
from generator.forms.answer_places.read_form import BlankForm
from generator.forms.authority.form_map import FormMap, map_text
from generator.problems import FilesHaveErrors, WrongUse
from generator.records.record import Schemas, read_record
from generator.records.yaml_text.yaml_changes import NoPlaceForIt, edited
from generator.records.yaml_text.yaml_reader import read_yaml


def put_map(target: Path, made: FormMap, blank: BlankForm) -> None:
    """Write a map and the blank form beside it; what was there and is different is kept under another name.

    The map comes last: until then the one that was looked through is in its place, and learning goes on from it.
    """
    files = {target.with_name(made.file): blank.content, target: map_text(made).encode()}
    for old, content in files.items():
        if old.is_file() and old.read_bytes() != content:
            keep_copy(old, places_aside(old))
    write_files(files)


class MapChangedMeanwhile(WrongUse):
    """Somebody else wrote in a map since it was looked at."""


@dataclass(frozen=True)
class PlaceSaid:
    """What a person says of one place: it is sure as it stands, or which field it is, or that no field is."""

    what: str
    """`sure`, `open`, `field`, `by_hand` or `office_use`."""

    fields: tuple[str, ...] = ()
    writing: str = "text"
    absent: str = ""


def corrected(root: Path, file: Path, schemas: Schemas, said: Mapping[str, PlaceSaid], seen: str) -> int:
    """Write what was said of places by their ids into a map; gives how many places changed.

    `root` is the school's folder, `seen` the digest of the file that was looked at. Raises MapChangedMeanwhile when it
    is another by now, WrongUse when it cannot be changed with certainty; FilesHaveErrors when it cannot be read.
    """
    with alone(root):
        return _corrected(file, schemas, said, seen)


def _corrected(file: Path, schemas: Schemas, said: Mapping[str, PlaceSaid], seen: str) -> int:
    content = file.read_bytes()
    if digest(content) != seen:
        raise MapChangedMeanwhile("This form’s map was changed meanwhile.", "Look at it again; nothing was written.")
    tree = read_yaml(content, file.name)[0]
    if tree is None:
        raise FilesHaveErrors(f"{file.name} cannot be read.", problems=tuple(read_yaml(content, file.name)[1]))
    rows = [_row(row, said.get(str(row.get("id")))) for row in tree["places"]]
    changed: int = sum(new != old for new, old in zip(rows, tree["places"], strict=True))
    if not changed:
        return 0
    try:
        after = edited(content, {**tree, "places": rows}, schemas.shape("form"))
    except NoPlaceForIt as error:
        raise WrongUse(f"{file.name} cannot be changed here: {error}.", "Change it in a text editor.") from None
    record, problems = read_record(after, file.name, "form", schemas)
    if record is None:
        raise WrongUse("That would not be right in the form’s map. Nothing was written.", str(problems[0]))
    write_file(file, after)
    return changed


_OF_A_FIELD = ("field", "as", "wanted", "options", "absent")


def _row(row: Mapping[str, Any], said: PlaceSaid | None) -> Mapping[str, Any]:
    """A place as it is after what was said of it."""
    if said is None:
        return row
    if said.what in ("sure", "open"):
        return {**row, "sure": "yes" if said.what == "sure" else "no"}
    bare = {key: value for key, value in row.items() if key not in (*_OF_A_FIELD, "by_hand", "office_use", "why")}
    if said.what == "office_use":
        return {**bare, "office_use": "yes", "sure": "yes"}
    if said.what == "by_hand":
        return {**bare, "by_hand": "yes", "sure": "yes"}
    field = said.fields[0] if len(said.fields) == 1 else list(said.fields)
    made = {**bare, "field": field, "sure": "yes"}
    made |= {key: value for key, value in (("as", said.writing), ("absent", said.absent)) if value not in ("", "text")}
    return made
