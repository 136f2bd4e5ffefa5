"""The document beside the form, as a picture of the page that changed."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from generator.folder.changing.edit_record import changed_content
from generator.problems import Stop
from generator.web.live_preview.page_wanted import PageWanted
from generator.web.record_form.answers import answered
from generator.web.record_sheet import answers_of, draft_of, only_own_records, pupil_of
from generator.web.security import session
from generator.web.teachers_view import DRAWN
from generator.web.workplace import workplace

preview_pages = Blueprint("preview", __name__)
preview_pages.before_request(only_own_records)


@preview_pages.post("/r/<token>/preview")
def draw(token: str) -> AnyResponse | str:
    """The document as it would be now."""
    place, draft = workplace(), draft_of(token)
    if session().role == "teacher" and draft.record.kind not in DRAWN:
        abort(404)
    shape = place.project.schemas.shape(draft.record.kind)
    path, page = draft.record.path, request.form.get("~page", "")
    wanted_data = answered(shape, draft.rows, answers_of(draft.record.kind), draft.record.tree)
    content = changed_content(place.project, draft.record, wanted_data)
    wanted = PageWanted(
        pupil_of(path),
        path,
        content,
        request.form.get("~document", "") if session().role == "senco" else "",
        int(page) if page.isdecimal() else None,
        request.headers.get("HX-Trigger-Name") == "~document",
    )
    try:
        found = place.preview.drawn(place.folder.root, place.folder.marks(wanted.pupil), draft.name, wanted)
    except Stop as stop:
        return render_template("fragments/no_preview.html.j2", stop=stop)
    if found is None:
        return make_response("", 204)
    return render_template("fragments/preview.html.j2", drawn=found[0], picture=found[1], token=token)


@preview_pages.get("/preview/<name>.png")
def picture(name: str) -> AnyResponse:
    """A picture that was drawn for this page."""
    content = workplace().preview.picture(name)
    return make_response(content, {"Content-Type": "image/png"}) if content else abort(404)
