"""Forms to give out, made in the process beside the server, as by `sendpack ask`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from generator.engines import Docx, Failure, choose
from generator.engines.pdf.page_view import page_view, pages_of
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.folder.watched_change import remembered
from generator.forms.answer_places.place import FormRefused
from generator.forms.answer_places.read_form import read_form_file
from generator.forms.authority.dictionary import load_dictionary
from generator.forms.authority.form_map import blank_of, read_form
from generator.forms.authority.keep_map import put_map
from generator.forms.authority.learn import PlaceChange, learn, learn_again
from generator.forms.filling.printing import numbered_pdf, numbered_word
from generator.forms.given.ask import give_forms, prepare
from generator.forms.given.whom_to_ask import whom_to_ask
from generator.problems import FilesHaveErrors
from generator.school.tables.session_log import give_log
from generator.values.counts import counted_things
from generator.values.file_names import slug
from generator.values.formatting import date as in_words
from generator.web.beside_server.came import Came, Told


def ask_forms(
    root: Path, name: str, who: str, names: Sequence[str], due: date | None, meeting: date | None, on: date
) -> Came:
    """Make the forms for those who are asked about a pupil."""
    project = find_project(root)
    loaded = load_case(project, name)
    if loaded.case is None:
        raise FilesHaveErrors("The pupil’s files have errors: mend them first.", problems=loaded.problems)
    askings = prepare(project, loaded.case, who, whom_to_ask(loaded.case, who, names, on), on, due, meeting)
    engine = choose()
    try:
        made = give_forms(project, loaded.case, askings, engine, on)
    finally:
        engine.close()
    if who == "ta":
        made.append(give_log(project, loaded.case, askings, on))
    told = [Told("done", f"{counted_things(len(made), 'form')}, to be back by {in_words(askings[0].due)}.")]
    told += [Told("look", f"{one.person.name}: {line}.") for one in made for line in one.said]
    files = [
        (f"{one.person.name}{f' ({one.person.role})' if one.person.role else ''}, {file.suffix.lstrip('.')}", file)
        for one in made
        for file in one.files
    ]
    return Came(tuple(told), tuple((words, file.relative_to(project.root).as_posix()) for words, file in files))


PICTURES = 12
"""Pages of a form that are shown with a number at every place."""


def learn_form(root: Path, file: str, given: str, pack: str, name: str, on: date) -> Came:
    """Learn an authority's blank form, as by `sendpack form learn`."""
    project = find_project(root)
    chain = project.pack(pack).chain
    try:
        blank = read_form_file(Path(file).read_bytes(), given)
    except FormRefused as refused:
        raise FilesHaveErrors(f"{given} cannot be used: {refused.message}.", refused.advice) from None
    finally:
        Path(file).unlink(missing_ok=True)
    called = slug(name or Path(given).stem) or "form"
    made = learn(blank, called, pack, load_dictionary(project.template_folders, chain), on)
    target = root / "templates" / pack / "forms" / f"{called}.yaml"
    changes: list[PlaceChange] = []
    if target.is_file():
        made, changes = learn_again(read_form(target, root, project.schemas), made)
    with remembered(root, f"Form learned: {made.name}", "templates"):
        put_map(target, made, blank)
    told = [Told("look", f"{note}.") for note in blank.notes]
    told += [Told("look", f"{one.what}: {one.place.label}") for one in changes if one.what != "kept"]
    unsure = sum(not place.sure for place in made.places)
    words = f"{counted_things(len(made.places), 'place')} found; {unsure} of them are not sure: look at each."
    return Came((Told("done", words), *told))


def number_form(root: Path, file: str) -> Came:
    """The blank form of a map as pages with a number at every place, as by `sendpack form places`."""
    project = find_project(root)
    form = read_form(root / file, root, project.schemas)
    blank = read_form_file(blank_of(form), form.file)
    if form.ending == "pdf":
        content = numbered_pdf(blank.content, blank.places)
    else:
        engine = choose()
        try:
            [made] = engine.convert([Docx(form.file, numbered_word(blank.content, blank.places))])
        finally:
            engine.close()
        if isinstance(made, Failure):
            return Came((Told("wrong", made.reason),))
        content = made.content
    pages = min(len(pages_of(content).texts), PICTURES)
    views = [page_view(content, (), number, 820) for number in range(pages)]
    return Came(pictures=tuple((view.png, f"Page {view.page + 1} of {view.pages} of {form.title}") for view in views))
