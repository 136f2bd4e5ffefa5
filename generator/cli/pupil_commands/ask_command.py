"""The command that makes forms to give out: for parents, the pupil, teachers, those who give support, professionals."""

from __future__ import annotations

from datetime import datetime

import click

from generator.cli.options import (
    DAY,
    day_of,
    engine_option,
    on_option,
    project_of,
    ready_cases,
    running_engine,
    say,
    soffice_option,
)
from generator.problems import Exit

WHO = ("parents", "pupil", "teachers", "ta", "professional")


@click.command("ask")
@click.argument("pupil")
@click.option("--who", type=click.Choice(WHO), required=True, help="Who is asked.")
@click.option("--to", "named", multiple=True, metavar="NAME[=SUBJECT]", help="Only this person; may be given again.")
@click.option("--due", type=DAY, help="By when it should be back; else three days before the meeting, or in a week.")
@click.option("--meeting", type=DAY, help="The meeting it is for; else the next one in the records.")
@click.option("--no-pdf", is_flag=True, help="Only the Word files.")
@on_option
@engine_option
@soffice_option
@click.pass_context
def ask(
    ctx: click.Context,
    /,
    pupil: str,
    who: str,
    named: tuple[str, ...],
    due: datetime | None,
    meeting: datetime | None,
    no_pdf: bool,
    on: datetime | None,
    engine: str | None,
    soffice: str | None,
) -> None:
    """Make the forms that PUPIL's parents, teachers or others fill in, on a screen or on paper, one for each person.

    Word with controls and PDF with fields, in output/PUPIL/ask/; in a family's own language too where there is one.
    What was asked is kept in asked/; sendpack collect reads the answers back.
    """
    from generator.folder.school_folder import choose_cases
    from generator.forms.given.ask import give_forms, prepare
    from generator.forms.given.whom_to_ask import whom_to_ask
    from generator.school.tables.session_log import give_log
    from generator.values.formatting import date as in_words

    project, today = project_of(ctx), day_of(on)
    [chosen] = choose_cases(project, [pupil])
    loaded, broken = ready_cases(project, [chosen])
    if broken or loaded[0].case is None:
        ctx.exit(Exit.FILES_HAVE_ERRORS)
    case = loaded[0].case
    people = whom_to_ask(case, who, named, today)
    day, before = (due.date() if due else None), (meeting.date() if meeting else None)
    askings = prepare(project, case, who, people, today, day, before)
    with running_engine(engine, soffice, wanted=not no_pdf) as running:
        made = give_forms(project, case, askings, running, today)
    if who == "ta":
        made.append(give_log(project, case, askings, today))
    say(f"Back by {in_words(askings[0].due)}; the files are in output/{case.name}/ask.")
    for one in made:
        role = f" ({one.person.role})" if one.person.role else ""
        say(f"{one.person.name}{role}: {', '.join(file.name for file in one.files)}")
        for line in one.said:
            say(f"  {line}.")
    say("When they come back: sendpack collect FILES")
