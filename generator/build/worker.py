"""What a worker does: merge one document, convert it, read it back. Only plain values come in and go out.

The same function runs in this process, in processes beside it, and on other machines.
"""

from __future__ import annotations

import atexit
import contextlib
import faulthandler
import functools
import gc
import os
import pickle
import signal
import threading
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.cases.case import Case
from generator.documents.document import Document
from generator.documents.page_fit import Fitting, FitWish, Tried, all_fitted
from generator.engines import Docx, Draft, Engine, Failure, Pdf, choose, drafts, stays
from generator.files import temp_folders
from generator.files.atomic_files import digest
from generator.problems import Stop
from generator.values.notice import Notice

if TYPE_CHECKING:
    from generator.authorities.pack import Pack
    from generator.build.merge_bench import MergeBench
    from generator.records.record import Schemas

PATIENCE = 300
EACH = 300
"""Seconds that a worker may spend on one batch, and more for each document, before it is ended as stuck.

An engine has limits of its own, that do not count what it waits for a processor: these are for a library that never
comes back, and so far apart that a busy machine does not reach them.
"""


@dataclass(frozen=True)
class Task:
    """One document to be made: the case without the places of its values, and the photos that its records name.

    `known` is the digest of the Word file whose PDF is still good: when the merge gives the same, nothing is converted.
    """

    number: int
    case: Case
    pack: Pack
    document: Document
    photos: Mapping[str, bytes] = field(default_factory=dict)
    known: str = ""

    @property
    def name(self) -> str:
        """How the document is named to the user, should it fail."""
        return f"{self.case.name}/{self.document.id}"


@dataclass(frozen=True)
class Drawing:
    """A Word file that is there already and only has to be drawn, as for a bundle; `name` is shown to the user.

    With `fit` it is tightened as a build does, and `then` is done to the finished PDF; without `then` a file that is
    fitted is only measured. `moves` is for a file whose page numbers will move: what was tried is told.
    """

    number: int
    name: str
    word: bytes
    fit: FitWish | None = None
    then: Callable[[bytes], Any] | None = None
    moves: bool = False


@dataclass(frozen=True)
class Made:
    """What became of a task: the files, or `same` when the PDF there is is still good, or the reason why it failed.

    `untranslated` are the lines that its language has not. `pages` and `notices` are those of a file that was
    only measured, `drawn` is its drawing: what is to be said of how it fits. `after` is what came of the finished PDF,
    and `tried` what came of trying tighter versions.
    """

    number: int
    word: bytes = b""
    pdf: Pdf | None = None
    same: bool = False
    failed: str = ""
    untranslated: tuple[str, ...] = ()
    pages: int = 0
    drawn: bytes = b""
    notices: tuple[Notice, ...] = ()
    after: Any = None
    tried: Tried | None = None


def light(case: Case) -> Case:
    """The case without the places of its values, which only messages about the files need."""
    school = replace(case.school, places={}) if case.school else None
    return Case(case.name, tuple(replace(record, places={}) for record in case.records), school)


# -- the kit: what all tasks of a run share ---------------------------------------------------------------------------


def kit(schemas: Schemas, folders: Sequence[Path], engine: Engine | None) -> bytes:
    """Schemas, templates, wording and engine as bytes; the first of the folders that has a file wins."""
    templates: dict[str, bytes] = {}
    for folder in reversed(folders):
        for file in sorted([*folder.glob("*/*.docx"), *folder.glob("words/*.yaml")]):
            templates[file.relative_to(folder).as_posix()] = file.read_bytes()
    return zlib.compress(pickle.dumps((schemas.files, templates, engine)), 1)


class _Bench:
    """A kit unpacked: the engine, and what it takes to merge once that is asked for, kept until the process ends."""

    def __init__(self, packed: bytes) -> None:
        *self._merged_with, self.engine = pickle.loads(zlib.decompress(packed))  # noqa: S301  our own, from the run that started us
        if self.engine is not None:
            stays(self.engine)

    def close(self) -> None:
        if self.engine is not None:
            self.engine.close()
        if "merging" in self.__dict__:
            self.merging.close()

    @functools.cached_property
    def merging(self) -> MergeBench:
        from generator.build.merge_bench import (
            MergeBench,  # here: who only draws does without, and it takes long to load
        )

        return MergeBench(*self._merged_with)


_benches: dict[str, _Bench] = {}
_one_at_a_time = threading.Lock()
"""The library that reads PDFs back may not be used by two threads at once, as a cluster's worker might."""


def _bench(packed: bytes) -> _Bench:
    key = digest(packed)
    if key not in _benches:
        close()
        _benches[key] = _Bench(packed)
    return _benches[key]


@atexit.register
def close() -> None:
    """End the engine and remove the folder of this process."""
    while _benches:
        _benches.popitem()[1].close()


def work(packed: bytes, tasks: Sequence[Task | Drawing]) -> list[Made]:
    """Make the documents of some tasks with a kit; one that fails never stops the others."""
    with _one_at_a_time:
        bench = _bench(packed)
        results: dict[int, Made] = {}
        words: dict[int, bytes] = {}
        for task in tasks:
            if isinstance(task, Drawing):
                words[task.number] = task.word
                continue
            try:
                word = bench.merging.merge(task.case, task.pack, task.document, task.photos)
            except Stop as stop:
                from generator.documents.languages.translate import Unfinished  # loaded by now: something was merged

                lines = stop.lines if isinstance(stop, Unfinished) else ()
                failed = f"{stop.message} {stop.advice}".strip()
                results[task.number] = Made(task.number, failed=failed, untranslated=lines)
                continue
            if digest(word) == task.known:
                results[task.number] = Made(task.number, same=True)
            else:
                words[task.number] = word
        results |= _converted(bench.engine, [task for task in tasks if task.number in words], words)
        return [results[task.number] for task in tasks]


def _converted(engine: Engine | None, tasks: Sequence[Task | Drawing], words: dict[int, bytes]) -> dict[int, Made]:
    if engine is None:
        return {task.number: Made(task.number, words[task.number]) for task in tasks}
    made = {}
    fittings: dict[int, Fitting] = {}
    only_drawn = [task for task in tasks if isinstance(task, Drawing) and task.fit is None]
    for task, pdf in zip(only_drawn, engine.convert([_docx(task, words) for task in only_drawn]), strict=True):
        made[task.number] = _as_made(task.number, task.word, pdf)
    wishes = {task.number: task.fit if isinstance(task, Drawing) else _wish(task) for task in tasks}
    documents = [(task, wish) for task in tasks if (wish := wishes[task.number])]
    first = [wish.asked(_shown(task), words[task.number]) for task, wish in documents]
    for (one, wish), result in zip(documents, drafts(engine, first), strict=True):
        if isinstance(result, Failure):
            made[one.number] = Made(one.number, failed=result.reason)
        else:
            fittings[one.number] = wish.fitting(words[one.number], result)
    fit = zip(fittings, all_fitted(engine, list(fittings.values())), strict=True)
    by_number = {task.number: task for task, _ in documents}
    return made | {number: _fit(by_number[number], word, draft) for number, (word, draft) in fit}


def _wish(task: Task) -> FitWish:
    return FitWish(task.case, task.document)


def _fit(task: Task | Drawing, word: bytes, draft: Draft) -> Made:
    """What fits, finished; or only its pages, where nobody asked what becomes of it."""
    if isinstance(task, Task):
        return _as_made(task.number, word, draft.finish())
    tried = task.fit.tried_of(task.word, word, draft) if task.fit and task.moves else None
    if task.then is None:
        return Made(task.number, word, pages=draft.pages, drawn=draft.content, notices=draft.notices, tried=tried)
    made = replace(_as_made(task.number, word, draft.finish()), tried=tried)
    return replace(made, after=task.then(made.pdf.content)) if made.pdf else made


def _as_made(number: int, word: bytes, result: Pdf | Failure) -> Made:
    return Made(number, failed=result.reason) if isinstance(result, Failure) else Made(number, word, result)


def _docx(task: Task | Drawing, words: dict[int, bytes]) -> Docx:
    return Docx(_shown(task), words[task.number])


def _shown(task: Task | Drawing) -> str:
    return task.name if isinstance(task, Drawing) else f"{task.name}.docx"


# -- being a process of its own ---------------------------------------------------------------------------------------


def begin() -> None:
    """Prepare a worker process: it ends when its parent does, leaves Ctrl-C to the parent, and is ended when stuck."""
    import multiprocessing.util

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: _leave())
    # Before the queues (10): an engine that draws in a process beside ends that one through its queue, and waits.
    multiprocessing.util.Finalize(None, close, exitpriority=100)
    gc.freeze()
    gc.disable()
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    import multiprocessing.connection

    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        _leave()


_leaving = threading.Lock()
"""Held by whoever ends this process: a second request to end must not cut off the first in its cleaning."""


def _leave() -> None:
    if not _leaving.acquire(blocking=False):
        return
    folders = temp_folders.held()
    with contextlib.suppress(Exception):  # it may be in the middle of what is closed now
        close()
    temp_folders.drop_for_good(folders)
    os._exit(1)


@functools.cache
def _nowhere() -> Any:
    return open(os.devnull, "w", encoding="ascii")  # noqa: PTH123  kept open for as long as the process lives


def work_watched(packed: bytes, tasks: Sequence[Task | Drawing]) -> list[Made]:
    """As `work`, in a process that is ended when it takes far too long, even inside a library that holds it."""
    faulthandler.dump_traceback_later(PATIENCE + EACH * len(tasks), exit=True, file=_nowhere())
    try:
        return work(packed, tasks)
    finally:
        faulthandler.cancel_dump_traceback_later()
        _tidy(len(tasks))


_UNTIDY = 16
"""Documents after which memory is looked through for what nothing uses: all the while it is a tenth of the work."""
_made = [0]


def call_watched(function: Callable[..., Any], *given: Any) -> Any:
    """What a function gives, in a process that is ended when it takes far too long."""
    faulthandler.dump_traceback_later(PATIENCE, exit=True, file=_nowhere())
    try:
        with _one_at_a_time:
            return function(*given)
    finally:
        faulthandler.cancel_dump_traceback_later()


def _tidy(documents: int) -> None:
    _made[0] += documents
    if _made[0] >= _UNTIDY:
        _made[0] = 0
        gc.collect()


# -- being on another machine -----------------------------------------------------------------------------------------


def pack(tasks: Sequence[Task | Drawing]) -> bytes:
    """Tasks as bytes that show nothing of a child in the log of a cluster."""
    return zlib.compress(pickle.dumps(tuple(tasks)), 1)


def work_elsewhere(packed: bytes, tasks: bytes, about: str, program: str) -> list[Made]:
    """As `work`, on a machine that must have the same program and the same engine as the one that asks."""
    wanted: Sequence[Task | Drawing] = pickle.loads(zlib.decompress(tasks))  # noqa: S301  from the run that uses this cluster
    if reason := _unlike(packed, about, program):
        return [Made(task.number, failed=reason) for task in wanted]
    return work(packed, wanted)


def _unlike(packed: bytes, about: str, program: str) -> str:
    from generator.build.digest_cache import program_mark

    if program_mark() != program:
        return "a worker of the cluster has another version of sendpack: install the same on all machines"
    with _one_at_a_time:
        engine = _bench(packed).engine
    here = _engine_here(engine.name, str(getattr(engine, "program", "")) or None) if engine else about
    return "" if here == about else f"a worker of the cluster has another PDF engine: {here}, not {about}"


@functools.cache
def _engine_here(name: str, place: str | None) -> str:
    try:
        engine = choose(name, place)
    except Stop as stop:
        return stop.message
    engine.close()
    return engine.about()
