"""Whole files of pupils, in the process beside the server: sent on, received, listed for the family, deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from generator.cases.dates.twelve_months import year_before
from generator.files.user_files import hand_over
from generator.folder.load_case import load_case
from generator.folder.school_folder import Project, case_names, find_project
from generator.folder.watched_change import remembered
from generator.problems import FilesHaveErrors, WrongUse
from generator.school.calendar.reviews import reference
from generator.school.inclusion_strategy import strategy, strategy_document
from generator.school.not_counted import not_counted, said_without_names
from generator.school.pupil_files import archives_made, askers_copy, data_rights, forgetting, received, transfer
from generator.web.beside_server.came import Came, Told


def _archive(project: Project, stem: str, name: str, on: date, content: Callable[[], bytes]) -> tuple[str, list[Told]]:
    """An archive where its kind lies, and what is told of it."""
    packed = content()
    file = archives_made.place_archive(project, stem, name, on, packed)
    note = hand_over(project.root, file, packed)
    stays = "It lies in output/_school until it is removed: the page before this one has a button for that."
    return file.relative_to(project.root).as_posix(), [*([Told("look", note)] if note else []), Told("plain", stays)]


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


def everything_held(root: Path, name: str, on: date, asks: str) -> Came:
    """Everything that is held on a pupil, for a subject access request of somebody, as `sendpack sar`."""
    project = find_project(root)
    found = data_rights.held(project, name, askers_copy.asker_meant(project, name, asks), on)
    inside, told = _archive(project, "sar", name, on, lambda: transfer.archive(found.contents))
    who = found.asker.called
    if found.must_not_go:
        words = f"Do not give this to {who} as it is. Take out these places, or leave the file out:"
        told += [Told("wrong", words), *(Told("wrong", line) for line in found.must_not_go)]
    else:
        told.append(Told("done", f"Nothing was found that must be kept from {who}."))
    told += [Told("plain", "Before it is given out, look at:"), *(Told("look", line) for line in found.look_at)]
    told += [Told("plain", "The archive holds:"), *(Told("plain", one) for one in sorted(found.contents))]
    return Came(tuple(told), (("Everything as one archive", inside),))


def receive(root: Path, file: str) -> Came:
    """Take in the archive that another school sent, as `sendpack receive`."""
    project = find_project(root)
    try:
        with remembered(root, "Pupil’s file taken in from another school", "cases"):
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
    receipt, file, told = forgetting.delete(project, decided)
    elsewhere = forgetting.still_elsewhere(project, decided)
    inside = file.relative_to(project.root).as_posix()
    lines = [Told("done", f"{receipt.files} files were deleted. The receipt, which names nobody, is {inside}.")]
    lines += [Told("plain", line) for line in told]
    return Came((*lines, *(Told("look", f"Not reached: {line}") for line in elsewhere)))


def begin_strategy(root: Path, on: date) -> Came:
    """Begin the school's inclusion strategy in Word, as `sendpack inclusion-strategy`."""
    project = find_project(root)
    loaded = [load_case(project, name) for name in case_names(project)]
    begin = year_before(on)
    school = project.school_data
    made = strategy([one.case for one in loaded if one.case], school, on, begin)
    inside = "output/_school/inclusion-strategy.docx"
    missing = said_without_names(not_counted(project, [one.name for one in loaded if one.case is None], on))
    note = hand_over(project.root, project.root / inside, strategy_document(project, made, on, begin, missing))
    words = "It is a draft: what stands in [square brackets] is yours to write. Few pupils are never shown."
    told = [Told("done", words), *([Told("look", note)] if note else [])]
    told += [Told("look", line) for line in made.left_out]
    told += [Told("wrong", f"{one.name}: not counted, its files have errors") for one in loaded if one.case is None]
    return Came(tuple(told), (("The inclusion strategy, Word", inside),))
