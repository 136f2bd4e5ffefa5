"""The commands check and status: what is wrong, what is missing, what comes next."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from generator.cli.options import day_of, on_option, one_by_one, project_of, pupils_argument
from generator.problems import Exit, WrongUse, counted, without_steering_in_json

if TYPE_CHECKING:
    from generator.cases.case import Case
    from generator.folder.school_folder import Project
    from generator.school.check_school import CheckedPart


def _json(value: Any) -> str:
    return without_steering_in_json(json.dumps(value, indent=1, ensure_ascii=False))


@click.command()
@pupils_argument
@click.option("--for", "stage", metavar="STAGE", default="", help="Everything that a stage needs, like request.")
@click.option("--explain", metavar="RULE", help="Tell what a rule is, why it matters, and a good and a bad example.")
@click.option("--rules", "with_ids", is_flag=True, help="Show the name of the rule behind each finding.")
@click.option("--json", "as_json", is_flag=True, help="Findings as JSON, for other programs.")
@click.option("--sarif", "as_sarif", is_flag=True, help="Findings as SARIF, for editors.")
@click.option("--errors", is_flag=True, help="Only what stops a document from being made.")
@on_option
@click.pass_context
def check(
    ctx: click.Context,
    pupils: Sequence[str],
    stage: str,
    explain: str | None,
    with_ids: bool,
    as_json: bool,
    as_sarif: bool,
    errors: bool,
    on: datetime | None,
) -> None:
    """Say what is wrong, missing or could be better in the files of PUPILS, or of all."""
    if explain:
        _explain(explain)
        return
    from generator.cli.text.layout import fitted
    from generator.cli.text.shared_findings import OFTEN, shared_findings, shared_text
    from generator.folder.school_folder import choose_cases
    from generator.school.check_school import check_school

    project = project_of(ctx)
    checked = check_school(project, choose_cases(project, pupils), day_of(on), only_errors=errors, stage=stage)
    problems = [problem for part in checked for problem in part.problems]
    if as_json:
        click.echo(_json([problem.as_dict() for problem in problems]))
    elif as_sarif:
        from importlib.metadata import version

        from generator.cli.text.sarif import sarif
        from generator.rules import RULES

        click.echo(_json(sarif(problems, RULES, version("sendpack"))))
    else:
        own, shared = shared_findings(checked)
        for part in own:
            _tell_part(part, stage, with_ids, alone=len(own) <= OFTEN)
        click.echo("\n".join(fitted(shared_text(shared))), nl=bool(shared))
        count = len(checked) - 1
        click.echo(f"\nChecked {count} pupil{'s' * (count != 1)}: {counted(problems)}.")
    if any(problem.blocks for problem in problems):
        ctx.exit(Exit.FILES_HAVE_ERRORS)


def _tell_part(part: CheckedPart, stage: str, with_ids: bool, *, alone: bool) -> None:
    from generator.cli.text.findings_text import findings, matrix, needed
    from generator.cli.text.layout import fitted

    if not part.problems and not part.title:
        return
    lines = [*findings(part.problems, part.title, with_ids=with_ids), *_aside(part.set_aside)]
    if part.ready:
        lines += ["", *matrix(part.ready), ""] if stage else needed(part.ready, part.name) if alone else []
    if part.next and not stage:
        lines.append(f"  Next: {part.next}")
    click.echo("\n".join(fitted(lines)))


def _explain(name: str) -> None:
    from generator.cli.text.findings_text import explained
    from generator.rules import RULES
    from generator.values.did_you_mean import LOOSELY, did_you_mean

    rules = {rule.id: rule for rule in RULES}
    if name not in rules:
        near = did_you_mean(name, rules, 3, LOOSELY)
        advice = f"Did you mean {' or '.join(near)}?" if near else "sendpack check --rules shows the names."
        raise WrongUse(f"There is no rule called {name}.", advice)
    click.echo("\n".join(explained(rules[name])))


def _aside(rows: Sequence[Any]) -> Iterator[str]:
    if rows:
        yield "  Set aside with a reason"
        yield from (f"    {row}" for row in rows)


@click.command()
@pupils_argument
@on_option
@click.pass_context
def status(ctx: click.Context, pupils: Sequence[str], on: datetime | None) -> None:
    """Show where each pupil stands, what comes next, who does it and by when."""
    from generator.cli.text.findings_text import standings
    from generator.cli.text.layout import fitted
    from generator.school.next_steps import standing

    project = project_of(ctx)
    broken: list[str] = []
    rows, changed = [], list[str]()
    for one in one_by_one(project, broken, pupils, here=day_of(on)):
        rows.append(standing(one, project.pack_of(one), day_of(on)))
        changed += _changed_since_issued(project, one)
    rows.sort(key=lambda row: (row.by or date.max, row.name))
    click.echo("\n".join(fitted(standings(rows))))
    for line in changed:
        click.echo(f"\n{line}")
    if broken:
        click.echo(f"\nNot shown, because their files have errors: {', '.join(broken)}. See: sendpack check")
        ctx.exit(Exit.FILES_HAVE_ERRORS)


def _changed_since_issued(project: Project, case: Case) -> Iterator[str]:
    """What was given out and is no longer what the files say."""
    if not (project.cases / case.name / "issued").is_dir():
        return  # and load nothing that makes documents
    from generator.submission.given_out.issued_versions import standing as given
    from generator.values.formatting import date as in_words

    for held in given(project, case):
        if held.state != "unchanged since":
            what = f"{held.to} holds version {held.issued.version} of {held.issued.document}"
            yield f"{case.name}: {what}, of {in_words(held.date)}: {held.state}"
