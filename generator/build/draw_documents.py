"""Word files drawn on all processors, by a build's workers: for a bundle, whose words are merged already."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any

from generator.build.build_documents import habit
from generator.build.worker_pool import Crew, Habit, Here, Site
from generator.engines import Docx, Engine, Failure, Pdf
from generator.folder.school_folder import Project

if TYPE_CHECKING:
    from generator.build.worker import Drawing, Made
    from generator.documents.page_fit import FitWish


@dataclass(frozen=True)
class ToFit:
    """A Word file to be drawn on as many pages as `fit` allows.

    `then` is done to the finished PDF where it is drawn; without it the file is only measured. `moves` is for a file
    with page numbers of a bundle, which may be others the next time.
    """

    name: str
    word: bytes
    fit: FitWish
    then: Callable[[bytes], Any] | None = None
    moves: bool = False


@dataclass
class SideBySide:
    """Draws many Word files at once, in their order, in the processes of a site.

    A few, before the workers are there, are drawn by this process, where a start takes longer than that.
    """

    project: Project
    engine: Engine
    site: Site

    @cached_property
    def _kit(self) -> bytes:
        from generator.build import worker

        return worker.kit(self.project.schemas, (), self.engine)  # nothing is merged there

    @property
    def _habit(self) -> Habit:
        # A process split off one that has everything loaded costs less than the drawing of one document.
        started = self.site.started or sys.platform == "linux"
        return replace(habit(self.engine), few=0 if started else habit(self.engine).few)

    def beside(self, function: Callable[..., Any], *given: Any) -> Callable[[], Any] | None:
        """Begin a function of plain values in one of the processes: see `worker_pool.Here.beside`."""
        return self.site.beside(function, *given) if isinstance(self.site, Here) else None

    def clean_process(self, function: Callable[..., Any], *given: Any) -> BaseProcess | None:
        """Begin a function in a process of its own: see `worker_pool.Here.clean_process`."""
        return self.site.clean_process(function, *given) if isinstance(self.site, Here) else None

    def draw(self, documents: Sequence[Docx]) -> Sequence[Pdf | Failure]:
        """One result for each document."""
        if len(documents) <= self._habit.few:
            return list(self.engine.convert(documents))
        from generator.build.worker import Drawing

        tasks = (Drawing(number, one.name, one.content) for number, one in enumerate(documents))
        made = self._run(tasks, self._habit)
        return [one.pdf or Failure(document.name, one.failed) for one, document in zip(made, documents, strict=True)]

    def fit(self, asked: Iterable[ToFit]) -> list[Made]:
        """What became of each; they are begun while further ones are still being merged."""
        from generator.build.worker import Drawing

        habit = replace(self._habit, most=1)  # some take ten times as long as others
        return self._run(
            (Drawing(n, o.name, o.word, _light(o.fit), o.then, o.moves) for n, o in enumerate(asked)), habit
        )

    def _run(self, tasks: Iterator[Drawing], habit: Habit) -> list[Made]:
        made = {task.number: result for task, result in Crew(self.site, lambda: self._kit, habit).run(tasks)}
        return [made[number] for number in sorted(made)]


def _light(wish: FitWish) -> FitWish:
    from generator.build.worker import light

    return replace(wish, case=light(wish.case)) if wish.case else wish
