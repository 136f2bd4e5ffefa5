"""What is wanted of a bundle and what came of it: plain values, loaded before it is known whether one must be made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from generator.files.atomic_files import CACHE
from generator.folder.school_folder import Project
from generator.submission.submission_warnings import Caution

if TYPE_CHECKING:
    from generator.bundle import Bundle
    from generator.submission.submission_files import Out

WORKERS_LOAD = ("generator.bundle.evidence.sanitise", "generator.bundle.assemble.bundle_read_back")
"""Modules that the workers of a bundle need besides those that draw; it is this process that merges."""


@dataclass(frozen=True)
class SubmissionWish:
    """What is wanted of a bundle: for whom, what may be left out visibly, how it is sent, and who hears of what.

    `to` names the parent, where parents live in two homes. `outputs` are made besides those of the pack:
    separate_files, portal_worksheet. `split_mb` 0 is the pack's limit. `tell` hears every caution before anything is
    written.
    """

    audience: str = "authority"
    to: str = ""
    placeholder: bool = False
    accept_changes: bool = False
    progress: Callable[[str], None] | None = None
    outputs: frozenset[str] = frozenset()
    split_mb: float = 0
    late_letters: bool = False
    ocr: bool = False
    password: str = field(default="", repr=False)
    tell: Callable[[Sequence[Caution]], None] | None = None


@dataclass(frozen=True)
class Submission:
    """A bundle that was written, or is there as it was: where, which files, and what is to be known about it.

    `documents` are the ids of its parts. `reasons` say why it was made again; none when it is up to date, and then
    there is no `bundle`. `lasting` are the cautions that hold as long as nothing that it is made from changes.
    """

    folder: Path
    files: tuple[Out, ...]
    pages: int
    documents: tuple[str, ...]
    cautions: tuple[Caution, ...]
    lasting: tuple[Caution, ...]
    bundle: Bundle | None = None
    reasons: tuple[str, ...] = ()

    @property
    def file(self) -> Path:
        """The bundle, or the first of its files."""
        return self.folder / self.files[0].name


def submission_folder(project: Project, name: str) -> Path:
    """Where a pupil's submission set is written."""
    return project.root / "output" / name / "submission"


def cache_of(project: Project, name: str) -> Path:
    """Where evidence taken in before is kept, and the bundle lies while it is put together."""
    return project.root / "output" / name / CACHE
