"""The record of a form that was given out: begun when it is asked, found again when it comes back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from generator.cases.case import Case
from generator.files.atomic_files import write_file
from generator.folder.school_folder import Project
from generator.records.record import Record
from generator.records.yaml_text.yaml_changes import edited
from generator.values.file_names import slug

_HEAD = (
    "# yaml-language-server: $schema=../../../schemas/asked.schema.json\n"
    "# A form that was given out, and what came back. sendpack ask and sendpack collect write this file.\n"
    "\nform: {form}\n"
)


def new_asked_file(project: Project, pupil: str, data: Mapping[str, Any], on: date, name: str) -> str:
    """Begin asked/<day>-<form>-<name>.yaml under a name that is free; gives its place."""
    stem = "-".join(filter(None, (on.isoformat(), str(data["form"]), slug(name) if name else "")))
    number = 1
    while True:
        path = f"cases/{pupil}/asked/{stem}{f'-{number}' if number > 1 else ''}.yaml"
        if not (project.root / path).exists():
            break
        number += 1
    content = edited(_HEAD.format(form=data["form"]).encode(), data, project.schemas.shape("asked"))
    write_file(project.root / path, content)
    return path


def came_back(record: Record) -> bool:
    """True when something came back on a form."""
    return bool(record.data.get("back"))


def waiting(case: Case, form: str, id_: str = "", name: str = "") -> Record | None:
    """The newest form of a kind that was asked of somebody and has not come back."""
    open_ = [one for one in case.by_kind.get("asked", ()) if one.data["form"] == form and not came_back(one)]
    mine = [
        one
        for one in open_
        if (id_ and id_ in (one.data.get("person"), one.data.get("agency")))
        or (name and str(one.data.get("to", "")).casefold() == name.casefold())
    ]
    mine = mine or [one for one in open_ if form == "pupil"]
    return max(mine, key=lambda one: one.data.get("asked_on", date.min), default=None)
