"""Word files drawn on all processors, by a build's workers: for a bundle, whose words are merged already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from generator.build.build_documents import habit
from generator.build.worker_pool import Crew, Site
from generator.engines import Docx, Engine, Failure, Pdf
from generator.folder.school_folder import Project


def side_by_side(
    project: Project, engine: Engine, site: Site | None
) -> Callable[[Sequence[Docx]], Sequence[Pdf | Failure]]:
    """Draws many Word files at once, in their order.

    A few, before the workers are there, are drawn by the engine itself, and all where there is no site.
    """

    @cache
    def kit() -> bytes:
        from generator.build import worker

        return worker.kit(project.schemas, project.template_folders, engine)

    def draw(documents: Sequence[Docx]) -> Sequence[Pdf | Failure]:
        few = 1 if site and site.started else habit(engine).few
        if site is None or len(documents) <= few:
            return list(engine.convert(documents))
        from generator.build.worker import Drawing

        tasks = [Drawing(number, one.name, one.content) for number, one in enumerate(documents)]
        made = {task.number: result for task, result in Crew(site, kit, replace(habit(engine), few=few)).run(tasks)}
        return [made[n].pdf or Failure(one.name, made[n].failed) for n, one in enumerate(documents)]

    return draw
