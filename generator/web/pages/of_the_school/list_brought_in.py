"""A list of pupils that was dropped in: its columns, its differences from the records, and the writing of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.files.user_files import hand_over
from generator.folder.create import EXAMPLE_PUPIL
from generator.folder.watched_change import remembered
from generator.problems import WrongUse
from generator.school.imports.apply_import import bring_in
from generator.school.imports.compare_import import Comparison, ImportWish, compare
from generator.school.imports.ctf import is_ctf, read_ctf
from generator.school.imports.lists import spreadsheet_columns as sc
from generator.school.imports.lists.column_dates import DAY_FIRST, MONTH_FIRST
from generator.school.imports.lists.column_words import label, meanings
from generator.school.imports.lists.pupils_of_list import pupils_of
from generator.school.imports.match_pupil import known_in
from generator.values.parsing import Unreadable, read_date
from generator.web.wording import sentences, told
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
    # With nobody there yet but the invented pupil, nothing else can be meant.
    first_look = request.method == "GET" and set(place.folder.names) <= {EXAMPLE_PUPIL}
    since, since_wrong = _since()
    wish = ImportWish(
        first_look or request.form.get("create") == "yes", today, since, request.form.get("everyone") == "yes"
    )
    if is_ctf(file):
        incoming: Any = read_ctf(file, today)
        wish = replace(wish, whole_list=False)
    else:
        saved = sc.saved_columns(project.root / sc.COLUMNS_FILE)
        lists = sc.read_lists(file, saved.fields)
        columns = _answered(sc.propose(lists, saved, today))
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
    unsure = since_wrong or (found.start_unknown and not wish.since)
    if request.form.get("do") == "apply" and incoming is not None and not unsure:
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
        unused_days=_unused_days(lists, columns) if lists else (),
        count=len(incoming or ()),
        since=request.form.get("since", ""),
        since_wrong=since_wrong,
        months=MONTH_FIRST,
    )


def _unused_days(lists: Any, columns: Any) -> list[str]:
    """What is told of columns of days that nobody uses, with what to choose; and of a list that tells plans alone."""
    choose = f"choose “{label('sen_from')}” for it below and show the changes again."
    plans = [f"{sc.PLANS_ALONE[0].upper()}{sc.PLANS_ALONE[1:]}"] if sc.says_plans_alone(columns) else []
    return [*plans, *(f"{sc.said_of_days(heading)} {choose}" for heading in sc.days_not_used(lists, columns))]


def _since() -> tuple[date | None, str]:
    """Since when the status counts, as it was written; and why that cannot be read."""
    text = request.form.get("since", "").strip()
    try:
        return (read_date(text) if text else None), ""
    except Unreadable as error:
        return None, told(error)


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
    with remembered(place.folder.root, "List of pupils brought in", "cases"):
        written = bring_in(place.folder.root, found, "List brought in on the page", place.today)
    for one in written.files:
        tell("look", one)
    tell("done", f"{found.new} begun, {found.changed} changed.")
    if written.work_list:
        tell("look", f"What is to be worked through is kept in {written.work_list.relative_to(place.folder.root)}.")
    for line in found.to_work_through:
        tell("look", f"To work through: {line}")
    file.unlink(missing_ok=True)
    return redirect(url_for("school.start"))
