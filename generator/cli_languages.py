"""The command that makes a document in a family's language."""

from __future__ import annotations

import click

from generator.cli import engine_option, sendpack, soffice_option
from generator.problems import DocumentsFailed


@sendpack.command()
@click.argument("pupil")
@click.argument("document")
@click.option("--language", "code", required=True, metavar="CODE", help="Like pl or ur: the files in templates/words.")
@engine_option
@soffice_option
@click.pass_context
def translate(
    ctx: click.Context, pupil: str, document: str, code: str, engine: str | None, soffice: str | None
) -> None:
    """Make a PUPIL's DOCUMENT with its fixed wording in another language; what people wrote stays as they wrote it."""
    from generator.build import write_file
    from generator.cli_issued import opened
    from generator.engines import Docx, Failure, choose
    from generator.issued import desk_of, find_document
    from generator.languages import in_language, load_language

    project, case = opened(ctx, pupil)
    language = load_language(project, code)
    desk = desk_of(project, case)
    word = in_language(desk, find_document(case, desk, document), language)
    name = f"output/{case.name}/{document}-{code}"
    chosen = choose(engine, soffice)
    try:
        [made] = chosen.convert([Docx(f"{document}-{code}.docx", word)])
    finally:
        chosen.close()
    write_file(project.root / f"{name}.docx", word)
    if isinstance(made, Failure):
        raise DocumentsFailed(f"{name}.pdf could not be made: {made.reason}.", "The Word file is there.")
    write_file(project.root / f"{name}.pdf", made.content)
    for warning in made.warnings:
        click.echo(f"note: {warning}")
    click.echo(f"{name}.pdf: {made.pages} page{'s' * (made.pages != 1)}, by {chosen.about()}")
    if not language.data["reviewed"]:
        click.echo(f"The {language.data['name']} wording has not been reviewed: every page says that it is a draft.")
