"""What the authority answered to a request: an entry of the log, from which the statutory clock knows what is owed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from generator.cases.case import Case
from generator.cases.dates.request_answers import ANSWERS
from generator.folder.changing.edit_record import OpenRecord, Saved, add_row, note_new
from generator.folder.create import write_new
from generator.folder.school_folder import LoadedCase, Project
from generator.problems import FilesHaveErrors, WrongUse
from generator.records.record import read_record
from generator.values.formatting import date as in_words
from generator.values.formatting import label


def record_answer(project: Project, loaded: LoadedCase, day: dt.date, answer: str, today: dt.date) -> Saved:
    """Write an answer into the pupil's log, which is begun if there is none; `answer` is a key of ANSWERS.

    Raises WrongUse for a day to come or before the request was sent, for an answer that is in the log already, and
    where no sending is recorded; FilesHaveErrors where the pupil's files have errors.
    """
    if loaded.case is None:
        raise FilesHaveErrors("The pupil's files have errors: mend them first.", problems=loaded.problems)
    sent = loaded.case.data("request").get("sent")
    if not sent:
        raise WrongUse("No request is recorded as sent, so nothing can be answered.", "Record first that it was sent.")
    if day > today:
        raise WrongUse(f"{in_words(day)} is still to come.", "Give the day of the authority's letter.")
    if day < sent["date"]:
        raise WrongUse(
            f"{in_words(day)} is before {in_words(sent['date'])}, when the request was sent.", "Correct the day."
        )
    if answer not in ANSWERS:
        raise WrongUse(f"There is no answer called {answer}.", f"There are: {', '.join(ANSWERS)}.")
    row = {
        "date": in_words(day),
        "what": f"Answer to the request for an EHC needs assessment: {label(answer).lower()}",
        "kind": "decision",
        "answer": answer,
        "who": str(sent["to"]),
    }
    path, did = f"cases/{loaded.name}/log.yaml", f"Recorded: {row['what']}"
    if loaded.case.one("log"):
        return add_row(project, path, "entries", row, did, lambda log: _must_be_new(project, log, day, answer))
    lines = [f"    {key}: {json.dumps(text, ensure_ascii=False)}" for key, text in row.items()]
    write_new(project.root / path, "\n".join(["entries:", f"  - {lines[0].strip()}", *lines[1:]]) + "\n", project.root)
    return note_new(project, path, did)


def _must_be_new(project: Project, log: OpenRecord, day: dt.date, answer: str) -> None:
    """Raises WrongUse for an answer that the very log holds that is written to: a colleague may have been quicker."""
    record, _ = read_record(log.content, log.path, log.kind, project.schemas)
    rows = record.data.get("entries", ()) if record else ()
    if any((row.get("date"), row.get("answer")) == (day, answer) for row in rows):
        raise WrongUse("This answer is in the log already.", "Nothing was changed.")


def answers_logged(case: Case) -> list[Mapping[str, Any]]:
    """The entries of the log that are answers to the request as it was last sent: none while none was."""
    sent = case.data("request").get("sent")
    if not sent:
        return []
    rows = case.data("log").get("entries", ())
    return [row for row in rows if "answer" in row and row.get("date", dt.date.min) >= sent["date"]]
