"""The request's bundle: what is ready and what is missing, for whom, made, read, and recorded as sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.authorities.readiness import REQUEST, readiness
from generator.folder.edit_record import add_row
from generator.folder.load_case import load_case
from generator.problems import Stop
from generator.submission.given_out.day_of_sending import Sent, record_sent
from generator.values.formatting import date as in_words
from generator.values.parsing import Unreadable, read_date
from generator.web.live_folder import Pupil
from generator.web.wording import told
from generator.web.workplace import begin_work, tell, token_of, workplace

if TYPE_CHECKING:
    from generator.submission.bundle_options import SubmissionWish

bundle_pages = Blueprint("bundle", __name__)

AUDIENCES = (
    ("authority", "The local authority"),
    ("parents", "The parents: one for each, without the other’s address"),
    ("school", "The school"),
)


@bundle_pages.get("/p/<token>/bundle")
def show(token: str) -> str:
    """Everything that a request needs with a mark beside it, and what was made already."""
    place = workplace()
    pupil = place.pupil(token)
    case = pupil.loaded.case
    ready: Any = None
    if case is not None:
        try:
            ready = readiness(case, place.project.pack_of(case), place.today, REQUEST)
        except Stop as stop:
            tell("wrong", told(stop))
    folder = place.folder.root / "output" / pupil.loaded.name / "submission"
    made = sorted(path for path in folder.glob("*") if path.suffix in (".pdf", ".html")) if folder.is_dir() else []
    sections = place.project.pack_of(case).data["bundle"]["sections"] if case else ()
    items = case.data("evidence").get("items", ()) if case else ()
    return render_template(
        "bundle.html.j2",
        token=token,
        pupil=pupil,
        request_path=f"cases/{pupil.loaded.name}/request.yaml",
        ready=ready,
        has_request=bool(case and case.one("request")),
        sent=case.data("request").get("sent") if case else None,
        audiences=AUDIENCES,
        sections=[str(row["title"]) for row in sections],
        made=[(path.name, token_of("file", path.relative_to(place.folder.root).as_posix())) for path in made],
        evidence=url_for("evidence.show", token=token),
        pieces=[(str(row["id"]), str(row["title"])) for row in items],
        kept_back=[(str(row["id"]), str(row["title"])) for row in items if row.get("sensitivity") == "safeguarding"],
        decided=_decided(pupil),
    )


def _decided(pupil: Pupil) -> list[str]:
    """Who let which piece go, as the request says."""
    request_data = pupil.loaded.case.data("request") if pupil.loaded.case else {}
    rows = [(row["part"], row) for row in request_data.get("accept_loss", ())]
    rows += [(row["evidence"], row) for row in request_data.get("release", ())]
    return [f"{name}: {row['by']}, {row['reason']}" for name, row in rows]


@bundle_pages.post("/p/<token>/bundle")
def make(token: str) -> AnyResponse:
    """Make it; for the parents one for each."""
    pupil = workplace().pupil(token)
    wish = _wish()
    back = url_for("bundle.show", token=token)
    if wish.password and len(wish.password) < 8:
        tell("wrong", "A password of fewer than 8 characters is guessed at once. Nothing was made.")
        return redirect(back)
    return begin_work("Making the bundle", back, "make_bundle", pupil.loaded.name, wish)


def _wish() -> SubmissionWish:
    """What the form asks for."""
    from generator.submission.bundle_options import SubmissionWish  # loads all that makes bundles

    chosen, size = request.form.get("audience", "authority"), request.form.get("max_mb", "").strip()
    ticked = {name for name in request.form if request.form.get(name) == "yes"}
    return SubmissionWish(
        audience=chosen if chosen in dict(AUDIENCES) else "authority",
        placeholder="placeholder" in ticked,
        accept_changes="accept_changes" in ticked,
        outputs=frozenset(ticked & {"separate_files", "portal_worksheet"}),
        split_mb=float(size) if size.replace(".", "", 1).isdigit() else 0,
        late_letters="late_letters" in ticked,
        ocr="ocr" in ticked,
        password=request.form.get("password", ""),
    )


LETTING_GO = {"accept_loss": "part", "release": "evidence"}
"""The lists of the request in which somebody lets a piece go by name, and what each calls the piece."""


@bundle_pages.post("/p/<token>/let-go")
def let_go(token: str) -> AnyResponse:
    """Let a piece go into the bundle by name: although something of it is lost, or although it is safeguarding."""
    place = workplace()
    pupil = place.pupil(token)
    which = request.form.get("list", "")
    given = {name: request.form.get(name, "").strip() for name in ("piece", "by", "reason")}
    back = redirect(url_for("bundle.show", token=token))
    if which not in LETTING_GO or not all(given.values()):
        tell("wrong", "Choose the piece, and write who decides and why. Nothing was written.")
        return back
    row = {LETTING_GO[which]: given["piece"], "by": given["by"], "reason": given["reason"]}
    row["date"] = in_words(place.today)
    add_row(place.project, f"cases/{pupil.loaded.name}/request.yaml", which, row)
    place.folder.look_again()
    tell("done", "It is written in the request, with the name of who decided.")
    return back


@bundle_pages.post("/p/<token>/sent")
def sent(token: str) -> AnyResponse:
    """Record that it was sent, and keep exactly the files that were."""
    place = workplace()
    pupil = place.pupil(token)
    given = {name: request.form.get(name, "").strip() for name in ("date", "to", "how", "received")}
    back = redirect(url_for("bundle.show", token=token))
    try:
        day = read_date(given["date"])
        received = read_date(given["received"]) if given["received"] else None
    except Unreadable as error:
        tell("wrong", told(error))
        return back
    if not given["to"]:
        tell("wrong", "Write to whom it was sent.")
        return back
    one = Sent(day, given["to"], given["how"], received)
    file, kept = record_sent(place.project, load_case(place.project, pupil.loaded.name), one, place.today)
    place.folder.look_again()
    kept_words = (
        "The files as they were sent are kept for good." if kept else "No bundle is in output, so none is kept."
    )
    tell("done", f"Written at the end of {str(file).rpartition('/')[2]}. {kept_words}")
    for lost in kept.not_kept if kept else ():
        tell("look", f"Not kept: {lost} is missing or was changed after it was made; put it there yourself.")
    return back
