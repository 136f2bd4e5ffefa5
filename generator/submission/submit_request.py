"""A pupil's request made ready to send: made again only where something changed, with all that is to be known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.metadata import version
from typing import Any

from generator.build.build_documents import get_ready
from generator.build.digest_cache import Index, program_mark
from generator.cases.case import Case
from generator.engines import Engine
from generator.files.atomic_files import must_be_writable
from generator.files.kept_results import KeptResults
from generator.folder.pupil_names import PupilNames
from generator.folder.school_folder import LoadedCase, Project, case_names
from generator.problems import FilesHaveErrors, Problem
from generator.submission.given_out.day_of_sending import last_sent
from generator.submission.parents_copy import BundleReaders, readers_of
from generator.submission.submission_files import Out, cautions_of_today
from generator.submission.up_to_date import LastBundle, last_bundle, made_from
from generator.submission.wish_and_submission import (
    WORKERS_LOAD,
    Submission,
    SubmissionWish,
    cache_of,
    submission_folder,
)

_LIBRARIES = ("lxml", "pikepdf", "pillow", "pypdfium2", "fonttools")
"""Libraries whose work is kept from run to run."""


def submit(
    project: Project,
    loaded: LoadedCase,
    others: Callable[[], Sequence[PupilNames]],
    engine: Engine,
    wish: SubmissionWish,
) -> Submission:
    """Make the bundle of a pupil's request, and all that goes with it, in output/<pupil>/submission/.

    When nothing that it is made from has changed it is not made again, and all that is to be known before it is sent
    is said again. `others` gives the names of the school's pupils. Raises what `make_submission` raises, and
    FilesHaveErrors when the case has errors or no request.
    """
    if loaded.case is None:
        raise FilesHaveErrors("The case has errors.", problems=loaded.problems)
    _must_be_there(loaded.case)
    folder, cache = submission_folder(project, loaded.name), cache_of(project, loaded.name)
    must_be_writable(folder)
    must_be_writable(cache)
    whose = readers_of(loaded.case, wish.audience, wish.to, project.schemas)
    index = Index.read(project.root / "output")
    program = _program(index)
    place = cache / f"bundle{whose.ending}.json"
    now = made_from(
        project, loaded.name, index, {**_wanted(wish), "the PDF engine": engine.about(), "sendpack": program}
    )
    before = last_bundle(place)
    changes = before.changes(now, folder, index) if before else ["it was not made before"]
    if before and not changes and not wish.password:
        found = _as_before(project, loaded.name, wish, whose, before)
    else:
        get_ready(engine, WORKERS_LOAD)  # what workers need is loaded there while we load what we need
        from generator.submission.submission_set import make_submission

        kept = KeptResults(cache, program)
        made = make_submission(project, loaded, others(), engine, wish, kept)
        kept.sweep(whose.ending)
        found = replace(made, reasons=tuple(changes) or ("a password is put on anew each time",))
        _remember(found, now).write(place)
    index.write(case_names(project))
    return found


def kept_results(project: Project, name: str) -> KeptResults:
    """What was made of a pupil's evidence and documents before, for whoever looks at a part by itself."""
    return KeptResults(cache_of(project, name), _program(Index.read(project.root / "output")))


def _program(index: Index) -> str:
    """The fingerprint of this program and of the libraries whose work is kept."""
    return " ".join([program_mark(index), *(f"{name} {version(name)}" for name in _LIBRARIES)])


def _wanted(wish: SubmissionWish) -> dict[str, Any]:
    wanted = replace(wish, progress=None, tell=None, password="", outputs=frozenset())
    return {"what is wanted": (wanted, sorted(wish.outputs), bool(wish.password))}


def _remember(made: Submission, fingerprints: dict[str, str]) -> LastBundle:
    files = [(file.name, file.as_dict()["sha256"], file.what, file.pages) for file in made.files]
    told = [(one.kind, one.text) for one in made.lasting]
    return LastBundle(fingerprints, files, told, made.pages, made.documents)


def _as_before(
    project: Project, name: str, wish: SubmissionWish, whose: BundleReaders, before: LastBundle
) -> Submission:
    """The bundle that is there, with everything that has to be said before it is sent."""
    folder = submission_folder(project, name)
    files = tuple(Out(file, (folder / file).read_bytes(), what, pages) for file, _, what, pages in before.files)
    lasting, documents = tuple(before.cautions()), tuple(before.documents)
    told = (*lasting, *cautions_of_today(folder, wish.audience, whose, files, documents, last_sent(project, name)))
    if wish.tell:
        wish.tell(told)
    return Submission(folder, files, before.pages, documents, told, lasting)


def _must_be_there(case: Case) -> None:
    """A bundle is a bundle of a request: without one there is nothing to send."""
    if case.one("request") is None:
        place = Problem.of_file(
            f"cases/{case.name}/request.yaml",
            "data",
            "file-missing",
            "there is no request to bundle",
            f"make one with: sendpack new request {case.name}",
        )
        raise FilesHaveErrors("There is nothing to bundle yet.", problems=(place,))
