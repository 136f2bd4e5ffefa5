"""Forms to give out, made in the process beside the server, as by `sendpack ask`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from generator.engines import choose
from generator.folder.load_case import load_case
from generator.folder.school_folder import find_project
from generator.forms.given.ask import give_forms, prepare
from generator.forms.given.whom_to_ask import whom_to_ask
from generator.problems import FilesHaveErrors
from generator.school.tables.session_log import give_log
from generator.values.counts import counted_things
from generator.values.formatting import date as in_words
from generator.web.came import Came, Told


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
