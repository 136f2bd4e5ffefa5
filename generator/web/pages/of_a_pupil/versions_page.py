"""Two people wrote in one record: both versions side by side, and what was chosen of them saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.folder.edit_record import OpenRecord, Saved, open_record, save
from generator.folder.unsaved_writing import UnsavedDraft
from generator.records.compare import quoted
from generator.records.three_way import Difference, differences, put
from generator.records.yaml_text.yaml_reader import read_yaml
from generator.web.record_sheet import draft_of, only_own_records, pupil_of
from generator.web.security import session
from generator.web.workplace import tell, token_of, workplace

version_pages = Blueprint("versions", __name__)
version_pages.before_request(only_own_records)


def as_text(token: str, record: OpenRecord, text: str) -> str:
    """A file that is not readable YAML: mended as text."""
    problems = read_yaml(text.encode(), record.path)[1]
    place = workplace()
    place.drafts.begin(record)
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
    rows = list(differences(draft.record.tree or {}, now.tree, mine))
    return render_template(
        "both_versions.html.j2",
        token=token,
        draft=draft,
        rows=[_shown(row, draft) for row in rows],
        seen=now.mark,
        **_whose(now),
    )


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
    said = {who: quoted(value, shape) or "nothing" for who, value in (("theirs", row.theirs), ("mine", row.mine))}
    return {"title": ", ".join(titles), "clash": row.clash, "suggested": row.suggested, **said}


@version_pages.post("/r/<token>/together")
def together(token: str) -> AnyResponse | str:
    """Save what was chosen of both versions."""
    place, draft = workplace(), draft_of(token)
    now = open_record(place.project, draft.record.path)
    rows = list(differences(draft.record.tree or {}, now.tree or {}, draft.typed))
    if now.mark != request.form.get("~seen", ""):
        return both_versions(token, draft, now, draft.typed)
    tree: Any = dict(now.tree or {})
    for number, row in enumerate(rows):
        if request.form.get(f"row-{number}", row.suggested) == "mine":
            tree = put(tree, row.way, row.mine)
    saved = save(place.project, now, tree)
    done_with(draft)
    return went_well(token, saved)


def done_with(draft: UnsavedDraft) -> None:
    """It was saved: the draft goes, and nobody is writing there any more."""
    place = workplace()
    place.drafts.drop(draft)
    place.writers.gone(draft.record.path)
    place.folder.look_again()


def went_well(token: str, saved: Saved) -> AnyResponse:
    """To the form again, which tells that it was saved and how to take it back."""
    workplace().folder.look_again()
    tell("done", "Saved." if saved.undo else "Nothing was different, so nothing was written.")
    return redirect(url_for("record.show", token=token, undo=saved.undo or None))
