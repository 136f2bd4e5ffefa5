"""The archives of a pupil's whole file that lie in output, and the removal of one that has done its work."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from generator.files.user_files import placed
from generator.folder.school_folder import Project, case_names
from generator.problems import WrongUse
from generator.school.calendar.reviews import reference

KINDS = {"sar": "Everything that is held", "send-on": "For the next school"}
"""How the names of the archives begin, and what each is."""


def place_archive(project: Project, kind: str, name: str, on: date, content: bytes) -> Path:
    """Put an archive into output/_school, under a name that names nobody and that no other archive has; gives where."""
    school = str(project.school.data["name"]) if project.school else ""
    return placed(project.root / "output" / "_school" / f"{kind}-{reference(school, name)}-{on}.zip", content)


def archives_made(project: Project, name: str) -> dict[Path, str]:
    """The archives of a pupil with what each is, the newest first; their names hold a reference and name nobody."""
    school = str(project.school.data["name"]) if project.school else ""
    mark = reference(school, name)
    if any(reference(school, other) == mark for other in case_names(project) if other != name):
        return {}  # two pupils with the same four signs: whose an archive is cannot be told by its name
    home = project.root / "output" / "_school"
    found = {
        file: words for kind, words in KINDS.items() for file in home.glob(f"{kind}-{mark}-*.zip") if file.is_file()
    }
    return dict(sorted(found.items(), key=lambda one: one[0].stat().st_mtime, reverse=True))


def remove_archive(project: Project, name: str, file: str) -> None:
    """Remove one by its name. Raises WrongUse where there is none, or where another program holds it."""
    found = next((one for one in archives_made(project, name) if one.name == file), None)
    if found is None:
        raise WrongUse("This archive is not there any more.", "Nothing was changed.")
    try:
        found.unlink()
    except FileNotFoundError:
        raise WrongUse("This archive is not there any more.", "Nothing was changed.") from None
    except PermissionError:
        raise WrongUse(f"{file} is open in another program.", "Close it there, and remove it again.") from None
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise WrongUse(
            f"{file} could not be removed ({why}).", "Look whether the drive is there, and try again."
        ) from None
