"""Make the documents of cases: plan what must be made and why, have it made, write whole files, remember.

Nothing is made again without a reason, no file of a user's is overwritten, and a run may be cut off at any moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from generator.build.out_of_date import BuildPlan, Order, Outcome, Planner
from generator.build.output_folder import MANIFEST, OF_PDF, Journal, put_aside
from generator.build.worker_pool import HABITS, MERGES, NO_ENGINE, Crew, Habit, Here, Site, cores
from generator.files import temp_folders
from generator.files.atomic_files import digest, write_file
from generator.folder.school_folder import LoadedCase, Project
from generator.problems import Stop

if TYPE_CHECKING:
    from generator.build.worker import Made, Task
    from generator.engines import Engine

__all__ = ["MANIFEST", "Order", "Outcome", "build", "left_over"]

Progress = Callable[[Outcome], None]


@dataclass
class _Run:
    """The outcomes of a run in the order of the cases, whatever the order in which they came."""

    progress: Progress
    outcomes: list[tuple[int, Outcome]] = field(default_factory=list)
    plans: dict[int, BuildPlan] = field(default_factory=dict)

    def tell(self, number: int, outcome: Outcome) -> None:
        self.outcomes.append((number, outcome))
        self.progress(outcome)

    def sorted(self) -> list[Outcome]:
        return [outcome for _, outcome in sorted(self.outcomes, key=lambda pair: pair[0])]


def build(
    project: Project,
    cases: Iterable[LoadedCase | str],
    engine: Engine | None,
    order: Order,
    progress: Progress,
    site: Site | None = None,
) -> list[Outcome]:
    """Make every document of the cases that needs making; one that fails never stops the others.

    Cases are given by name, and read only when something changed, or as they were read. Files go to output/<pupil>/,
    each written whole. `site` is where to work, when the caller has one already; else processes of this machine are
    started and ended. Raises Stop when another run is at work in this folder.
    """
    with place_of_work(engine, order.jobs) if site is None else nullcontext(site) as chosen:
        return _build(project, cases, engine, order, progress, chosen)


@contextmanager
def place_of_work(engine: Engine | None, jobs: int = 0, loads: Sequence[str] = MERGES) -> Iterator[Site | None]:
    """Processes of this machine for as many documents at once; none for one. 0 is one for each processor.

    `loads` are modules that their work needs besides those that draw.
    """
    workers = 1 if habit(engine).alone else jobs or cores()
    site = Here(workers, loads) if workers > 1 else None
    try:
        yield site
    except BaseException:
        if site:
            site.close(now=True)
        raise
    if site:
        site.close(now=False)


def get_ready(engine: Engine, loads: Sequence[str] = MERGES) -> None:
    """Documents will soon be made in a `place_of_work` with these `loads`: what workers need is loaded meanwhile.

    Nothing is begun for an engine that works in one process, or stays in one of its own.
    """
    if HABITS.get(engine.name) is None and cores() > 1:
        Here(cores(), loads).get_ready()


def habit(engine: Engine | None) -> Habit:
    """How an engine likes its work."""
    return HABITS.get(engine.name, Habit()) if engine else NO_ENGINE


def _build(
    project: Project,
    cases: Iterable[LoadedCase | str],
    engine: Engine | None,
    order: Order,
    progress: Progress,
    site: Site | None,
) -> list[Outcome]:
    temp_folders.sweep()
    journal = Journal(project.root / "output")
    try:
        run, planner, cases = _Run(progress), Planner(project, engine, order), list(cases)
        if site and planner.unknown(cases) > habit(engine).few:
            site.get_ready()

        @cache
        def packed() -> bytes:
            from generator.build.worker import kit

            return kit(project.schemas, project.template_folders, engine)

        for task, made in Crew(site, packed, habit(engine)).run(_tasks(planner, cases, run)):
            plan = run.plans.pop(task.number)
            run.tell(task.number, _settle(plan, made, journal))
        planner.close()
    except BaseException:
        journal.abandon()
        raise
    journal.close()
    return run.sorted()


def _tasks(planner: Planner, cases: Iterable[LoadedCase | str], run: _Run) -> Iterator[Task]:
    """The documents that must be made, case by case; what became of all others is told at once."""
    number = 0
    for case in cases:
        for found in planner.plans(case):
            number += 1
            if isinstance(found, Outcome):
                run.tell(number, found)
            else:
                run.plans[number] = found
                yield found.task(number)


def _settle(plan: BuildPlan, made: Made, journal: Journal) -> Outcome:
    """Write what was made and note in the manifest what it was made from."""
    if made.failed:
        return replace(plan.outcome("failed", made.failed), untranslated=made.untranslated)
    try:
        if made.same:
            _note(plan, {**plan.entry, "fingerprints": dict(plan.fingerprints)})
            return plan.outcome("unchanged", f"{plan.reason}, but it reads the same")
        _write(plan, made, journal)
    except Stop as stop:
        journal.not_in_manifest()
        return plan.outcome("failed", f"{stop.message} {stop.advice}".strip())
    return plan.outcome("made", plan.reason)


def _write(plan: BuildPlan, made: Made, journal: Journal) -> None:
    contents = [made.word, made.pdf.content] if made.pdf else [made.word]
    files = {name: digest(content) for name, content in zip(plan.names, contents, strict=True)}
    memory = plan.memory
    journal.note(memory.folder, files)
    for name, content in zip(plan.names, contents, strict=True):
        if memory.edited(name):
            put_aside(memory.folder / name)
        write_file(memory.folder / name, content)
        memory.ours.pop(name, None)
    pages, warnings = (made.pdf.pages, list(made.pdf.warnings)) if made.pdf else (0, [])
    fingerprints = dict(plan.fingerprints)
    said = {"title": plan.document.title, **({"language": plan.document.language} if plan.document.language else {})}
    _note(plan, {**said, "files": files, "pages": pages, "warnings": warnings, "fingerprints": fingerprints})


def _note(plan: BuildPlan, fresh: dict[str, Any]) -> None:
    """Put into the manifest what a document was made from; a PDF that was not wanted this time is kept while good.

    It is good while the Word file and the program are those it was made from; else it is old, but still ours.
    """
    word, pdf = f"{plan.document.id}.docx", f"{plan.document.id}.pdf"
    before = plan.memory.entries.get(plan.document.id)
    if before and pdf in before["files"] and pdf not in plan.names:
        marks = before["fingerprints"]
        if before["files"].get(word) == fresh["files"][word] and marks["sendpack"] == fresh["fingerprints"]["sendpack"]:
            fresh["files"] = {**fresh["files"], pdf: before["files"][pdf]}
            fresh["pages"], fresh["warnings"] = before["pages"], before.get("warnings", [])
            fresh["fingerprints"] |= {name: mark for name, mark in marks.items() if name in OF_PDF}
        else:
            fresh["files"] = {name: mark for name, mark in fresh["files"].items() if name != pdf}
            plan.memory.ours[pdf] = before["files"][pdf]
    plan.memory.entries[plan.document.id] = plan.entry = fresh
    plan.memory.write()


def left_over(project: Project, names: Sequence[str]) -> list[str]:
    """Folders in output/ whose pupil is no longer in cases/: nothing is removed, but it is said."""
    output = project.root / "output"
    there = sorted(path.name for path in output.iterdir() if path.is_dir()) if output.is_dir() else []
    return [name for name in there if name not in names and (output / name / MANIFEST).is_file()]
