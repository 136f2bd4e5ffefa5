"""Two people wrote in one record: both versions side by side, and what was chosen of them saved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.folder.changing.edit_record import OpenRecord, Saved, open_record, save
from generator.folder.changing.unsaved_writing import UnsavedDraft
from generator.problems import WrongUse
from generator.records.compare import quoted
from generator.records.three_way import Difference, differences, put
from generator.records.yaml_text.yaml_reader import read_yaml
from generator.web.record_sheet import draft_of, loses_saved, only_own_records, pupil_of
from generator.web.security import session
from generator.web.teachers_view import hidden_of
from generator.web.workplace import tell, token_of, workplace

version_pages = Blueprint("versions", __name__)
version_pages.before_request(only_own_records)


def as_text(token: str, record: OpenRecord, text: str) -> str:
    """A file that is not readable YAML: mended as text. Raises WrongUse for a teacher: the text holds every part."""
    if session().role == "teacher":
        raise WrongUse(
            "This record cannot be read as it stands, so it has no form.",
            "The SENCO must mend it. Nothing was changed; what you wrote in its form is kept.",
        )
    problems = read_yaml(text.encode(), record.path)[1]
    place = workplace()
    place.drafts.begin(record, session().role)
    return render_template(
        "record_text.html.j2",
        token=token,
        record=record,
        text=text,
        problems=problems,
        **_whose(record),
    )


def both_versions(token: str, draft: UnsavedDraft, now: OpenRecord, mine: Mapping[str, Any]) -> str:
    """Both versions side by side, where they differ; what only one changed is chosen already."""
    if now.tree is None:
        return as_text(token, now, now.content.decode("utf-8", "replace"))
    rows = _seen_differences(draft, now, mine)
    return render_template(
        "both_versions.html.j2",
        token=token,
        draft=draft,
        rows=[_shown(row, draft) for row in rows],
        seen=now.mark,
        **_whose(now),
    )


def _seen_differences(draft: UnsavedDraft, now: OpenRecord, mine: Mapping[str, Any]) -> list[Difference]:
    """Where the versions differ; for a teacher without the parts not shown: they stay as the file has them."""
    hidden: frozenset[str] = frozenset()
    if session().role == "teacher":
        hidden = hidden_of(now.kind, workplace().project.schemas.shape(now.kind).names)
    found = differences(draft.record.tree or {}, now.tree or {}, mine)
    return [row for row in found if not (row.way and row.way[0] in hidden)]


def _whose(record: OpenRecord) -> dict[str, str]:
    """What the record is called, and whose it is."""
    name, place = pupil_of(record.path), workplace()
    return {
        "record_title": str(place.project.schemas.shape(record.kind).keywords.get("title", record.kind)),
        "name": place.folder.pupil(name).name if name else "",
        "pupil_token": token_of("pupil", name) if name and session().role == "senco" else "",
    }


def _shown(row: Difference, draft: UnsavedDraft) -> dict[str, Any]:
    shape: Any = workplace().project.schemas.shape(draft.record.kind)
    titles = []
    for step in row.way:
        shape = (shape.item() if isinstance(step, int) else shape.property(step)) if shape else None
        titles.append(
            f"entry {step + 1}" if isinstance(step, int) else str(shape.keywords.get("title", step)) if shape else step
        )
    theirs, mine = (quoted(value, shape) or "nothing" for value in (row.theirs, row.mine))
    both = quoted(row.both, shape) if row.both is not None else ""
    shown = {"theirs": marked(mine, theirs), "mine": marked(theirs, mine), "both": both}
    return {"title": ", ".join(titles), "clash": row.clash, "suggested": row.suggested, **shown}


def marked(other: str, text: str) -> list[tuple[bool, str]]:
    """A text in pieces, each with whether it is not in the other."""
    words, others = re.split(r"(\s+)", text), re.split(r"(\s+)", other)
    matches = SequenceMatcher(None, others, words, autojunk=False).get_opcodes()
    return [(what != "equal", "".join(words[start:end])) for what, _, _, start, end in matches if end > start]


@version_pages.post("/r/<token>/together")
def together(token: str) -> AnyResponse | str:
    """Save what was chosen of both versions."""
    place, draft = workplace(), draft_of(token)
    now = open_record(place.project, draft.record.path)
    rows = _seen_differences(draft, now, draft.typed)
    if now.mark != request.form.get("~seen", ""):
        return both_versions(token, draft, now, draft.typed)
    tree: Any = dict(now.tree or {})
    said = [request.form.get(f"row-{number}", row.suggested) for number, row in enumerate(rows)]
    if not all(said):
        tell("wrong", "Choose one of the two wherever both changed it. Nothing was saved.")
        return both_versions(token, draft, now, draft.typed)
    for chosen, row in zip(said, rows, strict=True):
        if chosen in ("mine", "both"):
            tree = put(tree, row.way, row.both if chosen == "both" and row.both is not None else row.mine)
    if loses_saved(draft, now, tree):
        tell("wrong", "An entry that somebody else saved would be lost: choose theirs, or both. Nothing was saved.")
        return both_versions(token, draft, now, draft.typed)
    saved = save(place.project, now, tree)
    done_with(draft)
    return went_well(token, saved)


def done_with(draft: UnsavedDraft) -> None:
    """It was saved: the draft goes, and nobody is writing there any more."""
    place = workplace()
    place.drafts.settle(draft)
    place.writers.gone(draft.record.path)
    place.folder.look_again()


def went_well(token: str, saved: Saved) -> AnyResponse:
    """To the form again, which tells that it was saved and how to take it back."""
    workplace().folder.look_again()
    tell("done", "Saved." if saved.undo else "Nothing was different, so nothing was written.")
    name = pupil_of(saved.path)
    if name and saved.path in (pupil := workplace().folder.pupil(name)).to_mend:
        words = "Something in this record must be mended: until then no document and no bundle can be made for"
        tell("wrong", f"{words} {pupil.name}, and registers do not count the pupil.")
    return redirect(url_for("record.show", token=token, undo=saved.undo or None))
