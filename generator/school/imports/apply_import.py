"""The files that an import changes, written: each whole, none over a file that came to be meanwhile."""

from __future__ import annotations

from collections.abc import Iterable

from generator.files.atomic_files import write_file
from generator.problems import WrongUse
from generator.school.imports.existing_pupil import ImportOutcome


def apply(outcomes: Iterable[ImportOutcome]) -> list[str]:
    """Write every file that changes; gives their names. Raises WrongUse when a new pupil's file is there already."""
    written = []
    for outcome in outcomes:
        if outcome.changes:
            shown = f"cases/{outcome.case}/pupil.yaml"
            if outcome.new and outcome.file.exists():
                raise WrongUse(f"{shown} is there already; nothing of it was changed.")
            write_file(outcome.file, outcome.text.encode())
            written.append(shown)
    return written
