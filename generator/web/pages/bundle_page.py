"""The request's bundle: what is ready and what is missing, for whom, made, read, and recorded as sent."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.authorities.readiness import REQUEST, readiness
from generator.folder.load_case import load_case
from generator.problems import Stop
from generator.submission.given_out.day_of_sending import Sent, record_sent
from generator.values.parsing import Unreadable, read_date
from generator.web.workplace import tell, token_of, workplace

bundle_pages = Blueprint("bundle", __name__)

AUDIENCES = (("authority", "The local authority"), ("parents", "The parents"), ("school", "The school"))


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
            tell("wrong", f"{stop.message} {stop.advice}")
    folder = place.folder.root / "output" / pupil.loaded.name / "submission"
    made = sorted(path for path in folder.glob("*") if path.suffix in (".pdf", ".html")) if folder.is_dir() else []
    sections = place.project.pack_of(case).data["bundle"]["sections"] if case else ()
    return render_template(
        "bundle.html.j2",
        token=token,
        pupil=pupil,
        ready=ready,
        has_request=bool(case and case.one("request")),
        sent=case.data("request").get("sent") if case else None,
        audiences=AUDIENCES,
        sections=[str(row["title"]) for row in sections],
        made=[(path.name, token_of("file", path.relative_to(place.folder.root).as_posix())) for path in made],
        evidence=url_for("evidence.show", token=token),
    )


@bundle_pages.post("/p/<token>/bundle")
def make(token: str) -> AnyResponse:
    """Make it."""
    from generator.submission.bundle_options import SubmissionWish  # loads all that makes bundles

    place = workplace()
    pupil = place.pupil(token)
    chosen = request.form.get("audience", "authority")
    audience = chosen if chosen in dict(AUDIENCES) else "authority"
    extra = frozenset(name for name in ("separate_files", "portal_worksheet") if request.form.get(name) == "yes")
    size = request.form.get("max_mb", "").strip()
    wish = SubmissionWish(
        audience=audience,
        placeholder=request.form.get("placeholder") == "yes",
        outputs=extra,
        split_mb=float(size) if size.replace(".", "", 1).isdigit() else 0,
        late_letters=request.form.get("late_letters") == "yes",
        password=request.form.get("password", ""),
    )
    if wish.password and len(wish.password) < 8:
        tell("wrong", "A password of fewer than 8 characters is guessed at once. Nothing was made.")
        return redirect(url_for("bundle.show", token=token))
    back = url_for("bundle.show", token=token)
    number = place.jobs.begin("Making the bundle", back, "make_bundle", place.folder.root, pupil.loaded.name, wish)
    return redirect(url_for("work.show", token=token_of("job", number)))


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
        tell("wrong", f"{error.message}. {error.hint}")
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
    return back
