"""Fields of the case files by path, as a form's map names them: `pupil.people[0].name`, `cycle.plan.provision[*]`.

`[*]` is every row, `[2]` the third, `[-1]` the last, `[area=x]` the rows with that value, `[agency=a|b]` any of two.
The first word is a kind of record; `cycle` is the running cycle, `cycles` the reviewed ones with the oldest first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.cases.case import Case, current_cycle, is_reviewed, newest_date
from generator.records.schema.schema_files import Schemas

_STEP = re.compile(r"([A-Za-z_-]+)|\[([^\[\]]*)\]|\.")
_FOLDERS = {"cycles": "cycle", "meetings": "meeting"}
"""Roots that are a list of records, and the kind of each."""

Step = str | int | tuple[str, tuple[str, ...]]
"""A key; the number of a row (`*` is the key `[*]`); or a filter (key, wanted values)."""


class BadPath(ValueError):
    """A field's path that cannot be read; the message says why."""


def parse_path(path: str) -> tuple[str, tuple[Step, ...]]:
    """The kind of record and the steps of a path. Raises BadPath."""
    steps: list[Step] = []
    at = 0
    while at < len(path):
        match = _STEP.match(path, at)
        if match is None:
            raise BadPath(f"`{path}` is not a field: it cannot be read from `{path[at:]}` on")
        if match[1]:
            steps.append(match[1])
        elif match[2] is not None:
            steps.append(_selector(match[2], path))
        at = match.end()
    if not steps or not isinstance(steps[0], str) or steps[0] == "[*]":
        raise BadPath(f"`{path}` is not a field")
    return steps[0], tuple(steps[1:])


def _selector(text: str, path: str) -> Step:
    if text == "*":
        return "[*]"
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    key, equals, value = text.partition("=")
    if not equals or not key or not value:
        raise BadPath(f"`[{text}]` in `{path}` is not a row: write [*], a number or [key=value]")
    return key, tuple(value.split("|"))


@dataclass(frozen=True)
class Sources:
    """One pupil's records by the words with which paths begin."""

    case: Case
    roots: Mapping[str, Any]

    @classmethod
    def of(cls, case: Case) -> Sources:
        """The records of a case: data by kind, the school, the running cycle and the reviewed ones; none only begun."""
        case = case.without_begun()
        roots: dict[str, Any] = {
            record.kind: record.data for record in case.records if record.kind not in ("cycle", "meeting")
        }
        pupil = roots.get("pupil", {})
        if "looked_after" not in pupil and "is_looked_after" in pupil:
            # One question on every form: who looks after the child, or else that nobody does, or that it is not known.
            roots["pupil"] = {**pupil, "looked_after": pupil["is_looked_after"]}
        roots["school"] = case.school.data if case.school else {}
        running = current_cycle(case)
        roots["cycle"] = running.data if running else {}
        roots["cycles"] = [record.data for record in case.cycles if is_reviewed(record.data)]
        roots["meetings"] = [record.data for record in case.meetings]
        return cls(case, roots)

    @property
    def day(self) -> Any:
        """The day for which a form speaks: of the request, else of the newest record."""
        return self.roots.get("request", {}).get("date") or newest_date(self.case)

    def value(self, path: str) -> Any:
        """What the records hold under a path: one value, a list where the path has [*] or a filter, None where nothing.

        Rows that hold nothing keep their place as None. Raises BadPath.
        """
        kind, steps = parse_path(path)
        return _follow(self.roots.get(kind), steps)


def _follow(value: Any, steps: Sequence[Step]) -> Any:
    for number, step in enumerate(steps):
        if step == "[*]" or isinstance(step, tuple):
            rows = [row for row in value or () if _wanted(row, step)] if isinstance(value, list) else []
            rest = steps[number + 1 :]
            if rest and isinstance(rest[0], int):
                return _follow(rows[rest[0]] if -len(rows) <= rest[0] < len(rows) else None, rest[1:])
            return [_follow(row, rest) for row in rows]
        if value is None:
            return None
        if isinstance(step, int):
            value = value[step] if isinstance(value, list) and -len(value) <= step < len(value) else None
        else:
            value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _wanted(row: Any, step: Step) -> bool:
    if step == "[*]":
        return True
    assert isinstance(step, tuple)
    key, values = step
    held = str(row.get(key, "")).casefold() if isinstance(row, Mapping) else None
    return held is not None and held in {value.casefold() for value in values}


def wrong_step(path: str, schemas: Schemas) -> str:
    """What in a path is no field of the schemas, in words; nothing when every step is one. Raises BadPath."""
    kind, steps = parse_path(path)
    wanted = _FOLDERS.get(kind, kind)
    if wanted not in schemas.kinds:
        return f"there is no kind of record called `{kind}`"
    shape: Any = schemas.shape(wanted)
    todo = list(steps)
    if (kind in _FOLDERS and todo and not isinstance(todo[0], str)) or (kind in _FOLDERS and todo and todo[0] == "[*]"):
        todo = todo[1:]
    for number, step in enumerate(todo):
        before = todo[number - 1] if number else ""
        if isinstance(step, int) and (before == "[*]" or isinstance(before, tuple)):
            continue  # one of the rows that were just chosen: still a row
        below = shape.property(step) if isinstance(step, str) and step != "[*]" else shape.item()
        if below is None:
            return (
                f"`{step}` is not there in the {wanted} records" if isinstance(step, str) else f"`{path}` is not a list"
            )
        shape = below
    return ""
