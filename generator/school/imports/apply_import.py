"""The files that an import changes, written: all or none, each whole, none over a file that came to be meanwhile.

What is left for a person is written beside, as a list to work through: the command line and the page come by here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.files.atomic_files import write_files
from generator.files.user_files import hand_over
from generator.problems import WrongUse
from generator.school.imports.compare_import import Comparison
from generator.school.imports.existing_pupil import ImportOutcome

WORK_LISTS = "output/_school"
"""Where the lists are kept, from the school's folder."""


@dataclass(frozen=True)
class BroughtIn:
    """What an import wrote: the pupils' files, the list of what is left for a person, and a note about that file."""

    files: tuple[str, ...]
    work_list: Path | None = None
    note: str = ""


def bring_in(root: Path, comparison: Comparison, list_name: str, on: date) -> BroughtIn:
    """Write an import: first the list of what a person must work through, then every file. Raises as `apply` does.

    The list comes first, because an import that is cut off after the records would never tell it again.
    """
    lines = list(work_list(comparison))
    place, note = None, ""
    if lines:
        content = ("\n".join([list_name, *lines]) + "\n").encode()
        place = _place(root, on, content)
        note = "" if place.exists() else hand_over(root, place, content)
    return BroughtIn(tuple(apply(comparison.outcomes)), place, note)


def work_list(comparison: Comparison) -> Iterator[str]:
    """The rows of which nothing was taken over, then what is to be looked at in the files, pupil by pupil."""
    if comparison.to_work_through:
        yield "\nTo work through: nothing of these rows was taken over"
        yield from comparison.to_work_through
    if told := [(one, list(dict.fromkeys(one.notes))) for one in comparison.outcomes if one.notes]:
        yield "\nTo look at"
        for one, notes in told:
            yield f"{one.name} (cases/{one.case})"
            yield from (f"  {note}" for note in notes)


def _place(root: Path, on: date, content: bytes) -> Path:
    """Beside the lists of other imports of that day; what an earlier list of it says already keeps its place.

    An import that was cut off is run again with less to look at: all of that stands in its first list.
    """
    names = (f"import-{on}{f'-{number}' if number > 1 else ''}.txt" for number in range(1, 1000))
    places = (root / WORK_LISTS / name for name in names)
    lines = set(content.splitlines())
    return next(place for place in places if not place.exists() or lines <= set(place.read_bytes().splitlines()))


def apply(outcomes: Iterable[ImportOutcome]) -> list[str]:
    """Write every file that changes; gives their names.

    Raises WrongUse when a new pupil's file is there already, Stop when one cannot be written; nothing is written then.
    """
    changed = [outcome for outcome in outcomes if outcome.changes]
    for outcome in changed:
        if outcome.new and outcome.file.exists():
            raise WrongUse(f"cases/{outcome.case}/pupil.yaml is there already; nothing was written.")
    write_files({outcome.file: outcome.text.encode() for outcome in changed})
    return [f"cases/{outcome.case}/pupil.yaml" for outcome in changed]
