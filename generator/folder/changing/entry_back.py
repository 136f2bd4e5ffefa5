"""An entry of the evidence that was taken out, put into what evidence.yaml says by now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.files.spelled_alike import same_name
from generator.problems import WrongUse
from generator.records.schema.schema_files import Schemas
from generator.records.yaml_text.yaml_changes import NoPlaceForIt, edited
from generator.records.yaml_text.yaml_reader import read_yaml

LIST = "items"


def entries_of(tree: Mapping[str, Any] | None, file: str) -> list[Mapping[str, Any]]:
    """The entries of the evidence, as written, that are about a file, however its name is spelled."""
    rows = (row for row in (tree or {}).get(LIST) or [] if isinstance(row, Mapping))
    return [row for row in rows if same_name(str(row.get("file"))) == same_name(file)]


def with_entry(before: bytes, now: bytes | None, file: str, path: str, schemas: Schemas) -> bytes:
    """What evidence.yaml holds now, with the entries about a file as they were before at the end.

    `now` is None where it is not there any more: then it is begun anew with these entries alone. Raises WrongUse where
    the file cannot be read or changed, or another entry has the same id or is about the same file by now.
    """
    old, there = read_yaml(before, path)[0], read_yaml(now or before, path)[0]
    if old is None or there is None:
        raise WrongUse(f"{path} cannot be read now: mend it first.", "")
    back = entries_of(old, file)
    kept = list(there.get(LIST) or []) if now is not None else []
    taken = {str(row.get("id")) for row in kept if isinstance(row, Mapping)}
    if entries_of({LIST: kept}, file) or any(str(row.get("id")) in taken for row in back):
        raise WrongUse("Another entry of the evidence has its name by now, so this cannot be taken back.", "")
    try:
        return edited(now or before, {**there, LIST: [*kept, *back]}, schemas.shape("evidence"))
    except NoPlaceForIt as error:
        raise WrongUse(f"{path} cannot be changed here: {error}.", "") from None
