"""The command that moves away what was begun by mistake, a record or a file of evidence, and brings it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.options import project_of, say
from generator.problems import WrongUse
from generator.values.file_names import typed

if TYPE_CHECKING:
    from generator.folder.school_folder import Project


@click.command()
@click.argument("pupil")
@click.argument("what")
@click.option("--confirm", is_flag=True, help="Instead of being asked.")
@click.option("--bring-back", is_flag=True, help="Put back what was removed, for 14 days.")
@click.pass_context
def remove(ctx: click.Context, /, pupil: str, what: str, confirm: bool, bring_back: bool) -> None:
    """Remove WHAT of PUPIL that was begun by mistake: behaviour, cycles/2026-autumn, evidence/report.pdf."""
    from generator.files.spelled_alike import find_file
    from generator.folder.changing.changes_made import KEPT_DAYS
    from generator.folder.changing.edit_record import place_of
    from generator.folder.changing.removing import remove_file, remove_record
    from generator.folder.school_folder import choose_cases

    project = project_of(ctx)
    [name] = choose_cases(project, [pupil])
    inside = what if what.startswith("evidence/") else f"{what.removesuffix('.yaml')}.yaml"
    path = f"cases/{name}/{inside}"
    if bring_back:
        say(f"{path} is back: {_brought_back(project, path)}.")
        return
    if not what.startswith("evidence/"):
        place_of(project, path)
    if not find_file(project.cases / name, inside).is_file():
        raise WrongUse(f"There is no {path}.", f"There are: {', '.join(_there(project.cases / name))}.")
    if not confirm and not click.confirm(f"Remove {path}?", default=False):
        raise WrongUse("Nothing was removed.")
    if what.startswith("evidence/"):
        remove_file(project, name, what.removeprefix("evidence/"))
    else:
        remove_record(project, path)
    say(f"{path} is removed. For {KEPT_DAYS} days: sendpack remove {name} {typed(what)} --bring-back")


def _brought_back(project: Project, path: str) -> str:
    """Take the newest removal of this file back; gives what it was. Raises WrongUse."""
    from generator.files.spelled_alike import same_name
    from generator.folder.changing.changes_made import KEPT_DAYS, changes_made, take_back

    removed = [
        one
        for one in changes_made(project, "/".join([*path.split("/")[:2], ""]))
        if one.did.startswith("Removed") and same_name(path) in map(same_name, one.paths)
    ]
    if not removed or (project.root / path).exists():
        raise WrongUse(f"{path} was not removed in the last {KEPT_DAYS} days, or is there.", "Nothing was changed.")
    return take_back(project, removed[0].name).did.partition(": ")[2]


def _there(folder: Path) -> list[str]:
    """What can be removed, as it is named."""
    records = [one for one in folder.rglob("*.yaml") if one.name != "pupil.yaml" and one.parent.parent.name != "issued"]
    held = (folder / "evidence").rglob("*")
    evidence = [one for one in held if one.is_file() and not one.name.startswith((".", "~$"))]
    names = {one.relative_to(folder).as_posix().removesuffix(".yaml") for one in records}
    return sorted(names) + sorted(one.relative_to(folder).as_posix() for one in evidence)
