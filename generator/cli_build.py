"""The command build: make the documents of pupils, here or on a cluster, of one school or of many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import click

from generator.cli import _bar, _caution, _engine, _project, engine_option, pupils_argument, sendpack, soffice_option
from generator.problems import Exit, FilesHaveErrors, WrongUse

if TYPE_CHECKING:
    from generator.build import Outcome
    from generator.project import Project


@sendpack.command()
@pupils_argument
@click.option(
    "--only", multiple=True, metavar="KIND", help="Only this kind of document, like support-plan; may be given twice."
)
@click.option("--no-pdf", is_flag=True, help="Only the Word files.")
@click.option("--force", is_flag=True, help="Make again even what was edited by hand; the edited copy is kept beside.")
@click.option("--why", is_flag=True, help="Say for each document why it was made or why not.")
@click.option("--jobs", type=click.IntRange(min=1), help="Documents made at once; else one for each processor.")
@engine_option
@soffice_option
@click.pass_context
def build(
    ctx: click.Context,
    pupils: Sequence[str],
    only: Sequence[str],
    no_pdf: bool,
    force: bool,
    why: bool,
    jobs: int | None,
    engine: str | None,
    soffice: str | None,
) -> None:
    """Make the documents of PUPILS, or of all, as Word and PDF files in output/."""
    from generator.build import Order, left_over
    from generator.build import build as build_documents
    from generator.project import case_names, choose_cases
    from generator.report import totals

    project = _project(ctx)
    names = choose_cases(project, pupils)
    usable(project)
    known_kinds(project, only)
    order = Order(tuple(only), not no_pdf, force, jobs or 0)
    with _engine(engine, soffice, wanted=not no_pdf) as chosen, _bar(len(names), "Making documents") as advance:
        outcomes = build_documents(project, names, chosen, order, by_case(advance))
    tell(outcomes, why)
    for name in left_over(project, case_names(project)):
        click.echo(f"note      output/{name} has no folder in cases any more; nothing was removed")
    click.echo(f"{totals(outcomes)}, in {project.root / 'output'}")
    if chosen:
        click.echo(f"PDFs by {chosen.about()}." + _caution(chosen))
    ctx.exit(exit_code(outcomes))


def usable(project: Project) -> None:
    """Raises FilesHaveErrors when the school's own file is wrong: then nothing can be made."""
    if project.school is None or any(problem.blocks for problem in project.school_problems):
        raise FilesHaveErrors("cases/school.yaml has errors.", problems=project.school_problems)


def known_kinds(project: Project, only: Iterable[str]) -> None:
    """Raises WrongUse for a kind of document that no authority pack has."""
    from difflib import get_close_matches

    from generator.packs import load_pack, pack_ids

    if not only:
        return
    folders = project.template_folders
    packs = [load_pack(name, folders, project.schemas) for name in pack_ids(folders)]
    there = {str(row["id"]) for pack in packs for row in pack.documents}
    for kind in only:
        if kind not in there:
            near = get_close_matches(kind, there, 1, 0.5)
            advice = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(sorted(there))}."
            raise WrongUse(f"There is no kind of document called {kind}.", advice)


def by_case(advance: Callable[[], None]) -> Callable[[Outcome], None]:
    """Moves a bar on once for each case."""
    seen: set[str] = set()

    def progress(outcome: Outcome) -> None:
        if outcome.case not in seen:
            seen.add(outcome.case)
            advance()

    return progress


def tell(outcomes: Sequence[Outcome], why: bool) -> None:
    """Say what did not go as usual, and with `why` what became of everything else."""
    from generator.report import outcome_line

    for outcome in outcomes:
        if outcome.state == "broken":
            click.echo(f"{outcome.case}: nothing is built until its files are right", err=True)
            for problem in outcome.problems:
                if problem.blocks:
                    click.echo(f"  {problem}", err=True)
        elif why or outcome.state in ("failed", "kept", "left"):
            click.echo(outcome_line(outcome), err=outcome.state == "failed")
        for warning in outcome.warnings:
            click.echo(f"note      {outcome.case}/{outcome.document}: {warning}")


def exit_code(outcomes: Sequence[Outcome]) -> int:
    """What the command ends with."""
    states = {outcome.state for outcome in outcomes}
    if "failed" in states:
        return int(Exit.DOCUMENTS_FAILED)
    return int(Exit.FILES_HAVE_ERRORS if "broken" in states else Exit.FINE)
