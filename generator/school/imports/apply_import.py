"""The files that an import changes, written: all or none, each whole, none over a file that came to be meanwhile."""

from __future__ import annotations

from collections.abc import Iterable

from generator.files.atomic_files import write_files
from generator.problems import WrongUse
from generator.school.imports.existing_pupil import ImportOutcome


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
