"""A list of pupils that was dropped in: its columns, its differences from the records, and the writing of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.files.user_files import hand_over
from generator.problems import WrongUse
from generator.school.imports.apply_import import apply
from generator.school.imports.compare_import import Comparison, ImportWish, compare
from generator.school.imports.ctf import is_ctf, read_ctf
from generator.school.imports.lists import spreadsheet_columns as sc
from generator.school.imports.lists.column_dates import DAY_FIRST, MONTH_FIRST
from generator.school.imports.lists.column_words import label, meanings
from generator.school.imports.lists.pupils_of_list import pupils_of
from generator.school.imports.match_pupil import known_in
from generator.values.parsing import Unreadable, read_date
from generator.web.wording import sentences
from generator.web.workplace import tell, workplace


def shown_list(token: str, file: Path) -> AnyResponse | str:
    """The list as it would be brought in; on the button what came of it."""
    place = workplace()
    project, today = place.project, place.today
    lists: Any = None
    columns: Any = None
    doubts: list[Any] = []
    wrong = ""
    found = Comparison()
    wish = ImportWish(request.form.get("create") == "yes", today, _since(), request.form.get("everyone") == "yes")
    if is_ctf(file):
        incoming: Any = read_ctf(file)
        wish = replace(wish, whole_list=False)
    else:
        saved = sc.saved_columns(project.root / sc.COLUMNS_FILE)
        lists = sc.read_lists(file, saved.fields)
        columns = _answered(sc.propose(lists, saved))
        doubts = sc.in_doubt(lists, columns)
        lists = sc.only_pupils(lists, columns)
        wish = replace(wish, says_sen=sc.says_sen(columns), whole_list=sc.says_sen(columns))
        incoming = None if doubts else pupils_of(lists.rows, columns, {}, today)
        try:
            sc.must_be_enough(lists, columns, project.root / sc.COLUMNS_FILE)
        except WrongUse as stop:
            words = stop.message.replace(lists.file, "This file")
            wrong = sentences(words, "Choose below which column it is, and show the changes again.")
            incoming = None
    if incoming is not None:
        found = compare(project, incoming, known_in(project), wish)
    if request.form.get("do") == "apply" and incoming is not None and not (found.start_unknown and not wish.since):
        return _written(file, found, columns)
    used = columns.fields.values() if columns else ()
    fields = [(one, label(one)) for one in dict.fromkeys([*meanings(), *filter(None, used)])]
    return render_template(
        "import.html.j2",
        token=token,
        lists=lists,
        columns=columns,
        doubts=doubts,
        found=found,
        wish=wish,
        fields=fields,
        wrong=wrong,
        count=len(incoming or ()),
        since=request.form.get("since", ""),
        months=MONTH_FIRST,
    )


def _since() -> date | None:
    text = request.form.get("since", "").strip()
    try:
        return read_date(text) if text else None
    except Unreadable as error:
        raise WrongUse(f"{error.message}.", error.hint) from None


def _answered(columns: Any) -> Any:
    """The columns as they were chosen on the page."""
    fields = {
        heading: request.form.get(f"column-{number}", field)
        for number, (heading, field) in enumerate(columns.fields.items())
    }
    dates = dict(columns.dates)
    for number, heading in enumerate(columns.fields):
        if (said := request.form.get(f"order-{number}")) in (DAY_FIRST, MONTH_FIRST):
            dates[heading] = said
    return replace(columns, fields=fields, dates=dates)


def _written(file: Path, found: Comparison, columns: Any) -> AnyResponse:
    place = workplace()
    if columns is not None:
        columns_file = place.folder.root / sc.COLUMNS_FILE
        content = sc.columns_file(sc.merged(sc.saved_columns(columns_file), columns))
        if note := hand_over(place.folder.root, columns_file, content):
            tell("look", note)
    said = apply(found.outcomes)
    for one in said:
        tell("look", one)
    tell("done", f"{found.new} begun, {found.changed} changed.")
    for line in found.to_work_through:
        tell("look", f"To work through: {line}")
    file.unlink(missing_ok=True)
    return redirect(url_for("school.start"))
