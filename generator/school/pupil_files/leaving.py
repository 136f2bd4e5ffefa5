"""The day on which a pupil left, written into pupil.yaml: from then on the pupil is in no list of the school."""

from __future__ import annotations

from datetime import date

from generator.files.atomic_files import write_file
from generator.folder.school_folder import Project
from generator.problems import WrongUse
from generator.records.record import read_record
from generator.records.yaml_text.yaml_editor import with_value
from generator.records.yaml_text.yaml_layout import NoPlaceForIt
from generator.values.formatting import date as in_words


def write_left(project: Project, case: str, day: date) -> str:
    """Write the day, and nothing else of the file; gives what was done in words. Raises WrongUse where it cannot be."""
    file, shown = project.cases / case / "pupil.yaml", f"cases/{case}/pupil.yaml"
    by_hand = f"Write it by hand, as left: {day}."
    try:
        text = file.read_bytes().decode("utf-8-sig")
        before, _ = read_record(text.encode(), shown, "pupil", project.schemas)
        new = with_value(text, ("left",), day, project.schemas.shape("pupil"))
        after, _ = read_record(new.encode(), shown, "pupil", project.schemas)
    except (NoPlaceForIt, UnicodeDecodeError) as error:
        raise WrongUse(f"The day could not be written into {shown}: {error}.", by_hand) from None
    if before is None or after is None or after.data != {**before.data, "left": day}:
        raise WrongUse(f"The day could not be written into {shown} with certainty.", by_hand)
    write_file(file, new.encode())
    return (
        f"{shown} says now that the pupil left on {in_words(day)}: lists of the school leave the pupil out from then."
    )
