"""The commands for sending a request: order, bundle, sent, answered."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import click

from generator.cli.options import (
    DAY,
    PASSWORD,
    day_of,
    engine_option,
    on_option,
    project_of,
    ready_cases,
    running_engine,
    say,
    soffice_option,
    told_while_working,
)
from generator.problems import Exit, WrongUse
from generator.values.counts import counted_things

if TYPE_CHECKING:
    from generator.cases.case import Case
    from generator.submission.submission_warnings import Caution
    from generator.submission.wish_and_submission import Submission, SubmissionWish

ANSWERS_OF_THE_AUTHORITY = ("will-assess", "will-not-assess", "will-issue", "will-not-issue", "final-plan")
"""As `cases.dates.request_answers` names them, which takes long to load."""

SHORTEST = 8
"""Characters of a password."""


@click.command()
@click.argument("pupils", nargs=-1, required=True)
@click.option(
    "--for",
    "audience",
    type=click.Choice(["authority", "parents", "school"]),
    default="authority",
    show_default=True,
    help="Who will read it: what is not for them is left out. For parents one for each, without the other’s address.",
)
@click.option("--to", default="", help="For one parent only: the id in pupil.yaml.")
@click.option(
    "--placeholder", is_flag=True, help="Put a visible page where a part cannot be included, instead of stopping."
)
@click.option("--accept-changes", is_flag=True, help="Accept tracked changes in Word evidence, instead of stopping.")
@click.option("--separate", is_flag=True, help="Each part as a file of its own too.")
@click.option("--worksheet", is_flag=True, help="A page with each answer to copy into a portal.")
@click.option("--max-mb", type=click.FloatRange(1), help="Several files, none larger than this.")
@click.option("--late-letters", is_flag=True, help="What came after it was sent gets pages 84A, 84B, ...")
@click.option("--ocr", is_flag=True, help="Make scans searchable, where ocrmypdf is on this machine.")
@click.option("--why", is_flag=True, help="Say why it was made again.")
@click.option("--password", is_flag=True, help="Lock it: the password is asked for, or taken from SENDPACK_PASSWORD.")
@engine_option
@soffice_option
@click.pass_context
def bundle(
    ctx: click.Context, /, pupils: Sequence[str], engine: str | None, soffice: str | None, why: bool, **wanted: Any
) -> None:
    """Make the bundle of each of PUPILS' request: one numbered, linked PDF in output/PUPIL/submission/.

    What has not changed is not made again; all that is to be known before it is sent is said again.
    """
    from generator.authorities.pack import sending
    from generator.folder.pupil_names import names_in_school
    from generator.folder.school_folder import choose_cases
    from generator.submission.submit_request import submit

    project = project_of(ctx)
    loaded, broken = ready_cases(project, choose_cases(project, pupils))
    if broken:
        ctx.exit(Exit.FILES_HAVE_ERRORS)
    wish = _wish(wanted)
    others = cache(lambda: names_in_school(project))
    with running_engine(engine, soffice) as chosen:
        if chosen is None:
            return
        for one in loaded:
            if len(loaded) > 1:
                click.echo(f"\n{one.name}")
            for reader in _readers(one.case, wish):
                told: list[Caution] = []
                try:
                    with told_while_working(f"Making the bundle of {one.name}") as advance:
                        asked = replace(wish, to=reader, progress=advance, tell=told.extend)
                        made = submit(project, one, others, chosen, asked)
                finally:  # said when the moving line is gone, also of a bundle that is refused
                    _tell_cautions(told)
                _tell(made, why)
            if one.case is not None and wish.audience == "authority":
                click.echo(sending(project.pack_of(one.case)))
        about = chosen.about()
    click.echo(f"Made with {about}.")


def _readers(case: Case | None, wish: SubmissionWish) -> list[str]:
    """For whom a bundle is made: for the parents one for each, unless --to names one."""
    from generator.submission.kept_from_reader import readers_at_home

    if case is None or wish.audience != "parents" or wish.to:
        return [wish.to]
    return readers_at_home(case) or [""]


def _wish(wanted: dict[str, Any]) -> SubmissionWish:
    from generator.submission.wish_and_submission import SubmissionWish

    asked = {"separate_files": wanted["separate"], "portal_worksheet": wanted["worksheet"]}
    return SubmissionWish(
        audience=wanted["audience"],
        to=wanted["to"],
        placeholder=wanted["placeholder"],
        accept_changes=wanted["accept_changes"],
        outputs=frozenset(name for name, yes in asked.items() if yes),
        split_mb=wanted["max_mb"] or 0,
        late_letters=wanted["late_letters"],
        ocr=wanted["ocr"],
        password=_password() if wanted["password"] else "",
    )


def _password() -> str:
    """From the environment, where no program that we start finds it then, or asked for twice; never from an option."""
    ctx = click.get_current_context(silent=True)
    given = (ctx.meta.get(PASSWORD, "") if ctx else "") or os.environ.pop("SENDPACK_PASSWORD", "")
    found = given or click.prompt("Password", hide_input=True, confirmation_prompt=True)
    if len(found) < SHORTEST:
        raise WrongUse(f"A password of {len(found)} characters is guessed at once.", f"Take at least {SHORTEST}.")
    return str(found)


def _tell_cautions(found: Sequence[Caution]) -> None:
    from generator.submission.submission_warnings import HEADS

    for kind, head in HEADS.items():
        lines = [caution.text for caution in found if caution.kind == kind]
        if lines:
            click.echo("\n".join([f"{head}:", *(f"  - {line}" for line in lines)]))


def _tell(made: Submission, why: bool) -> None:
    state = "" if made.reasons else " is up to date"
    pages, parts = counted_things(made.pages, "page"), counted_things(len(made.documents), "part")
    click.echo(f"{made.file}{state}: {pages}, {parts}")
    if why:
        reasons = [f"  made again: {reason}" for reason in made.reasons]
        click.echo("\n".join(reasons or ["  nothing that it is made from changed"]))
    for file in made.files[1:]:
        click.echo(f"  {file.name}: {file.what}{f', pages {file.pages}' if file.pages else ''}")
    click.echo(f"The account of every file is in {made.folder.name}: manifest, as PDF and JSON.")


@click.command()
@click.argument("pupil")
@click.argument("evidence", nargs=-1)
@click.option("--usual", is_flag=True, help="Back to the usual order: by kind, then by date.")
@click.pass_context
def order(ctx: click.Context, pupil: str, evidence: Sequence[str], usual: bool) -> None:
    """Put these pieces of EVIDENCE first in the bundle of PUPIL, each in its section; without any, show the order.

    The ids are those of evidence.yaml, where the order is kept as a number of each piece. Pieces that are not named go
    back to the usual order behind these.
    """
    from generator.folder.school_folder import choose_cases
    from generator.submission.evidence_order import in_bundle_order, put_in_order

    if usual and evidence:
        raise WrongUse("The usual order names no piece.", "Leave out --usual, or the ids.")
    project = project_of(ctx)
    [name] = choose_cases(project, [pupil])
    if usual or evidence:
        put_in_order(project, name, evidence)
    loaded, broken = ready_cases(project, [name])
    case = loaded[0].case if loaded else None
    if broken or case is None:
        ctx.exit(Exit.FILES_HAVE_ERRORS)
    shown = ""
    for section, _, item in in_bundle_order(case.data("evidence").get("items", ()), project.pack_of(case)):
        say([str(section["title"])] if section["title"] != shown else [])
        shown = str(section["title"])
        say(f"  {item.get('order', '-')}  {item['id']}: {item['title']}")
    if not shown:
        say("No evidence goes into the bundle yet.")


@click.command()
@click.argument("pupil")
@click.option("--date", "day", type=DAY, required=True, help="When it was sent, like 24/11/2026.")
@click.option("--to", "reader", required=True, help="To whom, like “SEN team, Northmoor Council”.")
@click.option("--how", default="", help="By which way, like “secure portal”.")
@click.option("--received", type=DAY, help="When the authority received it: the six weeks start here.")
@on_option
@click.pass_context
def sent(
    ctx: click.Context, pupil: str, day: datetime, reader: str, how: str, received: datetime | None, on: datetime | None
) -> None:
    """Record that PUPIL's request was sent, at the end of request.yaml, and keep the files that were sent for good."""
    from generator.cases.dates.request_answers import asks_for_decision
    from generator.folder.load_case import load_case
    from generator.folder.school_folder import choose_cases
    from generator.submission.given_out.day_of_sending import Sent, record_sent
    from generator.values.formatting import date as in_words

    project = project_of(ctx)
    [name] = choose_cases(project, [pupil])
    one = Sent(day.date(), reader, how, received.date() if received else None)
    loaded = load_case(project, name)
    file, kept = record_sent(project, loaded, one, day_of(on))
    say(f"{file}: sent on {in_words(one.date)} is written at its end.")
    if kept is None:
        say("No bundle is in output, so there are no files to keep.")
    else:
        say(f"{kept.folder}: the files as they were sent, with a receipt. No later run changes them.")
        say(
            f"  not kept: {lost} is missing or was changed after it was made; put it there yourself"
            for lost in kept.not_kept
        )
        if kept.to_fill_in:
            say("Left to fill in by hand, unless you have done so on what you sent:")
            say(f"  {place}" for place in kept.to_fill_in)
    if loaded.case and not asks_for_decision(loaded.case.data("request")):
        return  # updated advice joins a request that the authority has: its own weeks run from the request's receipt
    if one.received:
        due = statutory_days(one.received)
        say(f"The authority decides by {due[0]}; no plan by {due[1]}, or a final plan by {due[2]}.")
    else:
        say("The six weeks start when the authority receives it: write the day under sent as `received:`.")


@click.command()
@click.argument("pupil")
@click.argument("answer", type=click.Choice(ANSWERS_OF_THE_AUTHORITY))
@click.option("--date", "day", type=DAY, required=True, help="The day of the authority’s letter, like 24/11/2026.")
@on_option
@click.pass_context
def answered(ctx: click.Context, pupil: str, answer: str, day: datetime, on: datetime | None) -> None:
    """Record in the log what the authority answered to PUPIL's request, so that the clock knows what is still owed."""
    from generator.folder.load_case import load_case
    from generator.folder.school_folder import choose_cases
    from generator.submission.given_out.authority_answer import record_answer

    project = project_of(ctx)
    [name] = choose_cases(project, [pupil])
    code = answer.replace("-", "_")
    saved = record_answer(project, load_case(project, name), day.date(), code, day_of(on))
    say(f"{saved.path}: the answer is written in the log.")


def statutory_days(received: date) -> tuple[str, str, str]:
    """The days of 6, 16 and 20 weeks in words."""
    from generator.cases.dates.statutory_clock import statutory_clock
    from generator.values.formatting import date as in_words

    clock = statutory_clock(received)
    return in_words(clock.decision), in_words(clock.no_plan), in_words(clock.final_plan)
