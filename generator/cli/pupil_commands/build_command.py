"""The command build: make the documents of pupils, here or on a cluster, of one school or of many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.options import (
    engine_caution,
    engine_option,
    expected,
    project_of,
    pupils_argument,
    running_engine,
    say,
    soffice_option,
    tell_what_was_left,
    told_while_working,
    usable,
)
from generator.problems import Exit, Stop, WrongUse
from generator.values.counts import counted_things

if TYPE_CHECKING:
    from generator.build.build_documents import Order, Outcome
    from generator.build.worker_pool import Site
    from generator.engines import Engine
    from generator.folder.school_folder import Project


@click.command()
@pupils_argument
@click.option(
    "--only", multiple=True, metavar="KIND", help="Only this kind of document, like support-plan; may be given twice."
)
@click.option("--no-pdf", is_flag=True, help="Only the Word files.")
@click.option(
    "--force", is_flag=True, help="Make again even what was edited by hand; yours is kept as “NAME (edited 1).docx”."
)
@click.option("--why", is_flag=True, help="Say for each document why it was made or why not.")
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="CODE",
    help="What families read or fill in also in this language, like pl or ur; may be given twice.",
)
@click.option("--jobs", type=click.IntRange(min=1), help="Documents made at once; else one for each processor.")
@click.option("--cluster", metavar="ADDRESS", help="Make them on a dask cluster, like tls://10.0.0.5:8786.")
@click.option(
    "--cluster-tls",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder with ca.pem, cert.pem and key.pem by which it and this computer know each other.",
)
@click.option("--schools", is_flag=True, help="For a trust: the folder holds many schools' folders; one report of all.")
@engine_option
@soffice_option
@click.pass_context
def build(
    ctx: click.Context,
    /,
    pupils: Sequence[str],
    why: bool,
    cluster: str | None,
    cluster_tls: Path | None,
    schools: bool,
    engine: str | None,
    soffice: str | None,
    **wanted: Any,
) -> None:
    """Make the documents of PUPILS, or of all, as Word and PDF files in output/."""
    from generator.build.build_documents import Order

    order = Order(
        tuple(wanted["only"]), not wanted["no_pdf"], wanted["force"], wanted["jobs"] or 0, tuple(wanted["languages"])
    )
    with (
        running_engine(engine, soffice, wanted=order.pdf) as chosen,
        _site(cluster, cluster_tls, chosen, order) as site,
    ):
        if schools:
            code = _schools(ctx.obj, pupils, chosen, order, site, why)
        else:
            code = _school(project_of(ctx), pupils, chosen, order, site, why)
        if chosen:
            click.echo(f"PDFs by {chosen.about()}." + engine_caution(chosen))
    ctx.exit(code)


def _school(
    project: Project, pupils: Sequence[str], engine: Engine | None, order: Order, site: Site | None, why: bool
) -> int:
    from generator.build.build_documents import build as build_documents
    from generator.build.build_documents import left_over
    from generator.cli.text.findings_text import totals
    from generator.folder.school_folder import case_names, choose_cases

    names = choose_cases(project, pupils)
    usable(project)
    known_kinds(project, order.only)
    known_languages(project, order.languages)
    tell_what_was_left(*(project.cases / name for name in names))
    with _watched(project, names, order) as progress:
        outcomes = build_documents(project, names, engine, order, progress, site)
    tell(outcomes, why)
    tell_languages(project, outcomes)
    forms = [] if order.only else _forms(project, names, engine, order.force)
    for name in left_over(project, case_names(project)):
        click.echo(f"note      output/{name} has no folder in cases any more; nothing was removed")
    click.echo(f"{totals(outcomes)}, in {project.root / 'output'}")
    return max(exit_code(outcomes), int(Exit.DOCUMENTS_FAILED) if any(forms) else 0)


def _forms(project: Project, names: Sequence[str], engine: Engine | None, force: bool) -> list[bool]:
    """The learned forms of each pupil's authority; True for each of which a file could not be made."""
    from generator.authorities.pack import pack_ids
    from generator.forms.authority.form_files import form_files

    folders = project.template_folders
    if not any(form_files(folders, (pack,)) for pack in pack_ids(folders)):
        return []
    from generator.folder.load_case import load_case
    from generator.forms.authority.make_forms import make_forms

    failed = []
    for name in names:
        loaded = load_case(project, name)
        for one in () if loaded.broken else make_forms(project, loaded, engine, force=force):
            failed.append(one.failed)
            click.echo(f"form      {name}/forms/{one.name}: {one.filled.summary}")
    return failed


def _schools(
    folder: Path, pupils: Sequence[str], engine: Engine | None, order: Order, site: Site | None, why: bool
) -> int:
    """Every school's folder in a folder, one after the other on the same workers; the gravest exit code of them."""
    from generator.folder.school_folder import find_project

    if pupils:
        raise WrongUse("--schools makes the documents of all pupils.", "Leave out the names, or go to one school.")
    homes = sorted(path.parent for path in folder.resolve().glob("*/cases") if path.is_dir())
    if not homes:
        raise WrongUse(f"There is no school's folder in {folder}.", "Each holds a folder called cases.")
    codes: dict[str, int] = {}
    for home in homes:
        click.echo(f"{home.name}")
        try:
            codes[home.name] = _school(find_project(home), (), engine, order, site, why)
        except Stop as stop:
            click.echo(f"{stop.message} {stop.advice}".strip(), err=True)
            codes[home.name] = int(stop.exit_code)
    wrong = [name for name, code in codes.items() if code]
    click.echo(
        f"{len(codes)} schools, {len(wrong)} of them with something to mend{': ' if wrong else ''}{', '.join(wrong)}"
    )
    return max(codes.values())


@contextmanager
def _site(cluster: str | None, tls: Path | None, engine: Engine | None, order: Order) -> Iterator[Site | None]:
    """Where to work: a cluster, or processes of this machine that all schools share."""
    if cluster is None:
        if tls:
            raise WrongUse("--cluster-tls is for a cluster, and none is named.", "Add its address: --cluster tls://…")
        from generator.build.build_documents import place_of_work

        with place_of_work(engine, order.jobs) as here:
            yield here
        return
    if order.jobs:
        raise WrongUse("--jobs is for this machine, and --cluster works on others.", "Leave out one of the two.")
    from generator.build.dask_cluster import Cluster

    there = Cluster(cluster, engine.about() if engine else "", tls)
    try:
        yield there
    except BaseException:
        there.close(now=True)
        raise
    there.close(now=False)


def known_kinds(project: Project, only: Iterable[str]) -> None:
    """Raises WrongUse for a kind of document that no authority pack has."""
    from generator.authorities.pack import STANDARD, pack_ids
    from generator.documents.catalogue import made_from
    from generator.values.did_you_mean import LOOSELY, did_you_mean

    if {str(row["id"]) for row in project.pack(STANDARD).documents} >= set(only):
        return
    packs = [project.pack(name) for name in pack_ids(project.template_folders)]
    there = {str(row["id"]) for pack in packs for row in pack.documents}
    for kind in only:
        if kind not in there:
            exact = made_from(project.pack(STANDARD).documents, kind)
            near = [exact] if exact else did_you_mean(kind, there, alike=LOOSELY)
            advice = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(sorted(there))}."
            raise WrongUse(f"There is no kind of document called {kind}.", advice)


def known_languages(project: Project, codes: Iterable[str]) -> None:
    """Raises WrongUse for a language that there is no wording in."""
    from generator.documents.languages.language import words_file

    for code in codes:
        words_file(project, code)


def tell_languages(project: Project, outcomes: Sequence[Outcome]) -> None:
    """Say once for each language what could not be translated, and what nobody has reviewed."""
    from generator.documents.languages.completeness import to_fill_in
    from generator.documents.languages.language import load_language

    told = [outcome for outcome in outcomes if outcome.language and (outcome.state == "made" or outcome.untranslated)]
    for code in sorted({outcome.language for outcome in told}):
        language, here = load_language(project, code), [outcome for outcome in told if outcome.language == code]
        missing = dict.fromkeys(line for outcome in here for line in outcome.untranslated)
        if missing:
            click.echo(f"{language.name} is not finished. Add these lines under wording: in {language.path}", err=True)
            click.echo("\n".join(to_fill_in(list(missing))), err=True)
        if not language.reviewed and any(outcome.state == "made" for outcome in here):
            click.echo(f"note      the {language.name} wording is not reviewed: every page made with it says so")


@contextmanager
def _watched(project: Project, names: Sequence[str], order: Order) -> Iterator[Callable[[Outcome], None]]:
    """Tells how far the documents are: of one pupil by the document, of more by the pupil, whose files stay unread."""
    if len(names) == 1:
        from generator.folder.load_case import load_case

        length = expected(project, [load_case(project, names[0])], order.only) * (1 + len(order.languages))
        with told_while_working(f"Making {counted_things(length, 'document')}", length) as advance:
            yield lambda outcome: advance(outcome.title or outcome.document)
        return
    seen: set[str] = set()
    with told_while_working(f"Making the documents of {len(names)} pupils", len(names)) as advance:

        def progress(outcome: Outcome) -> None:
            if outcome.case not in seen:
                seen.add(outcome.case)
                advance(outcome.case)

        yield progress


def tell(outcomes: Sequence[Outcome], why: bool) -> None:
    """Say what did not go as usual, and with `why` what became of everything else."""
    from generator.cli.text.findings_text import outcome_line

    for outcome in outcomes:
        if outcome.state == "broken":
            click.echo(f"{outcome.case}: nothing is built until its files are right", err=True)
            for problem in outcome.problems:
                if problem.blocks:
                    click.echo(f"  {problem}", err=True)
        elif why or outcome.state in ("failed", "kept", "left", "withheld"):
            say(outcome_line(outcome), err=outcome.state == "failed")
        for warning in outcome.warnings:
            say(f"note      {outcome.case}/{outcome.document}: {warning}")


def exit_code(outcomes: Sequence[Outcome]) -> int:
    """What the command ends with."""
    states = {outcome.state for outcome in outcomes}
    if "failed" in states:
        return int(Exit.DOCUMENTS_FAILED)
    return int(Exit.FILES_HAVE_ERRORS if "broken" in states else Exit.FINE)
