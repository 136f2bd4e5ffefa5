"""Whole files of pupils, in the process beside the server: sent on, received, listed for the family, deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from generator.files.user_files import hand_over
from generator.folder.load_case import load_case
from generator.folder.school_folder import Project, case_names, find_project
from generator.problems import FilesHaveErrors, WrongUse
from generator.school.calendar.reviews import reference
from generator.school.inclusion_strategy import strategy, strategy_document
from generator.school.pupil_files import data_rights, forgetting, received, transfer
from generator.web.beside_server.came import Came, Told


def _archive(project: Project, stem: str, name: str, on: date, content: Callable[[], bytes]) -> tuple[str, list[Told]]:
    """An archive in output/_school, under a name that names nobody."""
    school = str(project.school.data["name"]) if project.school else ""
    inside = f"output/_school/{stem}-{reference(school, name)}-{on}.zip"
    note = hand_over(project.root, project.root / inside, content())
    return inside, [Told("look", note)] if note else []


def send_on(root: Path, name: str, on: date, safeguarding: bool | None) -> Came:
    """Pack a pupil's whole file for the next school, as `sendpack send-on`."""
    project = find_project(root)
    loaded = load_case(project, name)
    if loaded.case is None:
        raise FilesHaveErrors("The pupil’s files have errors: mend them first.", problems=loaded.problems)
    packed = transfer.pack_case(project, loaded.case, on, safeguarding=safeguarding)
    inside, told = _archive(project, "send-on", name, on, lambda: packed.content)
    words = f"{len(packed.files)} files. Send it by a secure way; the archive itself has no password."
    told = [Told("done", words), *told, *(Told("look", f"left out: {one}") for one in packed.left_out)]
    return Came(tuple(told), (("The archive for the next school", inside),))


def everything_held(root: Path, name: str, on: date) -> Came:
    """Everything that is held on a pupil, for a subject access request, as `sendpack sar`."""
    project = find_project(root)
    contents = data_rights.held(project, name)
    inside, told = _archive(project, "sar", name, on, lambda: transfer.archive(contents))
    lines = contents["index.txt"].decode().splitlines()
    told += [Told("look" if line.startswith("- ") else "plain", line.removeprefix("- ")) for line in lines if line]
    return Came(tuple(told), (("Everything as one archive", inside),))


def receive(root: Path, file: str) -> Came:
    """Take in the archive that another school sent, as `sendpack receive`."""
    project = find_project(root)
    try:
        taken = received.receive(project, Path(file))
    finally:
        Path(file).unlink(missing_ok=True)
    told = [Told("done", f"{taken.files} files are here, as they were sent, in cases/{taken.case}.")]
    return Came((*told, *(Told("look", note) for note in taken.notes)))


def forget(root: Path, name: str, on: date, reason: str, early: bool) -> Came:
    """Delete everything on a pupil for good, or go on with a deletion that was cut off, as `sendpack forget`."""
    project = find_project(root)
    decided = forgetting.begun(project, name)
    if decided is None:
        forgetting.must_be_deletable(project, name)
        until = data_rights.kept_until(project, name)
        if (why := data_rights.too_early(until, on)) and not early:
            raise WrongUse(f"{why} Nothing was deleted.", "If it must be deleted all the same, tick that box.")
        school = str(project.school.data["name"]) if project.school else ""
        decided = forgetting.decide(project, name, reference(school, name), on, until, reason)
    elsewhere = forgetting.still_elsewhere(project, decided.case)
    receipt, file, told = forgetting.delete(project, decided)
    inside = file.relative_to(project.root).as_posix()
    lines = [Told("done", f"{receipt.files} files were deleted. The receipt, which names nobody, is {inside}.")]
    lines += [Told("plain", line) for line in told]
    return Came((*lines, *(Told("look", f"Not reached: {line}") for line in elsewhere)))


def begin_strategy(root: Path, on: date) -> Came:
    """Begin the school's inclusion strategy in Word, as `sendpack inclusion-strategy`."""
    project = find_project(root)
    loaded = [load_case(project, name) for name in case_names(project)]
    begin = on - timedelta(days=365)
    school = project.school_data
    made = strategy([one.case for one in loaded if one.case], school, on, begin)
    inside = "output/_school/inclusion-strategy.docx"
    note = hand_over(project.root, project.root / inside, strategy_document(project, made, on, begin))
    words = "It is a draft: what stands in [square brackets] is yours to write. Few pupils are never shown."
    told = [Told("done", words), *([Told("look", note)] if note else [])]
    told += [Told("look", line) for line in made.left_out]
    told += [Told("wrong", f"{one.name}: not counted, its files have errors") for one in loaded if one.case is None]
    return Came(tuple(told), (("The inclusion strategy, Word", inside),))
