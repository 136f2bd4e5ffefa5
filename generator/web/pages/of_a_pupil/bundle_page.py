"""The request's bundle: what is ready and what is missing, for whom, made, read, and recorded as sent."""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.authorities.readiness import REQUEST, readiness
from generator.cases.case import Case
from generator.cases.dates.request_answers import ANSWERS, asks_for_decision
from generator.folder.changing.edit_record import add_row
from generator.folder.load_case import load_case
from generator.folder.school_folder import Project
from generator.problems import Stop
from generator.submission.evidence_order import in_bundle_order, put_in_order
from generator.submission.given_out.authority_answer import answers_logged, record_answer
from generator.submission.given_out.day_of_sending import Sent, record_sent
from generator.values.formatting import date as in_words
from generator.values.formatting import label
from generator.values.parsing import Unreadable, read_date
from generator.web.live_folder import Pupil
from generator.web.pages.of_a_pupil.pupil_page import to_mend
from generator.web.wording import told
from generator.web.workplace import begin_work, tell, token_of, workplace

if TYPE_CHECKING:
    from generator.submission.wish_and_submission import SubmissionWish

bundle_pages = Blueprint("bundle", __name__)

AUDIENCES = (
    ("authority", "The local authority"),
    ("parents", "The parents: one for each, without the other’s address"),
    ("school", "The school"),
)


@bundle_pages.get("/p/<token>/bundle")
def show(token: str) -> str:
    """Everything that a request needs with a mark beside it, and what was made already."""
    return _page(token, "", "")


def _page(token: str, part: str, wrong: str) -> str:
    """`part` is the part of the page whose form was just sent, `wrong` why nothing came of it: its answers stay."""
    place = workplace()
    pupil = place.pupil(token)
    case, known = pupil.loaded.case, pupil.loaded.readable
    ready: Any = None
    if case is not None:
        try:
            ready = readiness(case, place.project.pack_of(case), place.today, REQUEST)
        except Stop as stop:
            tell("wrong", told(stop))
    folder = place.folder.root / "output" / pupil.loaded.name / "submission"
    made = sorted(path for path in folder.glob("*") if path.suffix in (".pdf", ".html")) if folder.is_dir() else []
    items = case.data("evidence").get("items", ()) if case else ()
    return render_template(
        "bundle.html.j2",
        token=token,
        pupil=pupil,
        request_path=f"cases/{pupil.loaded.name}/request.yaml",
        ready=ready,
        has_request=(place.project.cases / pupil.loaded.name / "request.yaml").is_file(),
        mend=to_mend(pupil),
        given=defaultdict(str, request.form.items() if part else ()),
        part=part,
        wrong=wrong,
        request_token=token_of("record", f"cases/{pupil.loaded.name}/request.yaml"),
        sent=known.data("request").get("sent") if known else None,
        answered=answers_logged(known) if known else (),
        may_answer=bool(case and asks_for_decision(case.data("request"))),
        possible_answers=tuple(ANSWERS),
        audiences=AUDIENCES,
        sections=_sections(place.project, case) if case else (),
        numbered=any("order" in row for row in items),
        made=[(_called(path), token_of("file", path.relative_to(place.folder.root).as_posix())) for path in made],
        evidence=url_for("evidence.show", token=token),
        pieces=[(str(row["id"]), str(row["title"])) for row in items],
        kept_back=[(str(row["id"]), str(row["title"])) for row in items if row.get("sensitivity") == "safeguarding"],
        decided=_decided(pupil),
    )


def _sections(project: Project, case: Case) -> list[tuple[str, list[tuple[str, str]]]]:
    """The sections of the bundle in their order, each with the ids and titles of its evidence."""
    pack = project.pack_of(case)
    found: dict[str, list[tuple[str, str]]] = {str(row["title"]): [] for row in pack.data["bundle"]["sections"]}
    with suppress(Stop):  # a kind that the pack has no section for: making the bundle tells it
        for section, _, item in in_bundle_order(case.data("evidence").get("items", ()), pack):
            found[str(section["title"])].append((str(item["id"]), str(item["title"])))
    return list(found.items())


@bundle_pages.post("/p/<token>/order")
def order(token: str) -> AnyResponse:
    """One piece of the evidence up or down within its section of the bundle, or all in the usual order again."""
    place = workplace()
    pupil = place.pupil(token)
    case, wanted = pupil.loaded.case, request.form.get("~do", "")
    if case is None:
        abort(404)
    groups = [[one for one, _ in rows] for _, rows in _sections(place.project, case)]
    if wanted != "usual":
        _move(groups, *wanted.partition(":")[::2])
    ids = [] if wanted == "usual" else [one for group in groups for one in group]
    put_in_order(place.project, pupil.loaded.name, ids)
    place.folder.look_again()
    tell(
        "done", "The evidence stands in its usual order again." if not ids else "The order of the evidence is changed."
    )
    return redirect(url_for("bundle.show", token=token, _anchor="order"))


def _move(groups: list[list[str]], way: str, piece: str) -> None:
    group = next((one for one in groups if piece in one), None)
    if group is None or way not in ("up", "down"):
        abort(404)
    at = group.index(piece)
    group.insert(max(0, at - 1) if way == "up" else at + 1, group.pop(at))


def _called(file: Path) -> str:
    """A file of the submission, with what it is where its name does not say."""
    return f"{file.name}: the account of every file, for you" if file.name.startswith("manifest") else file.name


def _decided(pupil: Pupil) -> list[str]:
    """Who let which piece go, as the request says."""
    request_data = pupil.loaded.case.data("request") if pupil.loaded.case else {}
    rows = [(row["part"], row) for row in request_data.get("accept_loss", ())]
    rows += [(row["evidence"], row) for row in request_data.get("release", ())]
    return [f"{name}: {row['by']}, {row['reason']}" for name, row in rows]


@bundle_pages.post("/p/<token>/bundle")
def make(token: str) -> AnyResponse | str:
    """Make it; for the parents one for each."""
    pupil = workplace().pupil(token)
    wish = _wish()
    back = url_for("bundle.show", token=token)
    size = request.form.get("max_mb", "").strip()
    if size and not wish.split_mb:
        return _page(token, "make", f"“{size}” is no size: write a number of megabytes, such as 20. Nothing was made.")
    if wish.password and len(wish.password) < 8:
        return _page(
            token, "make", "A password of fewer than 8 characters is guessed at once: write it again. Nothing was made."
        )
    return begin_work("Making the bundle", back, "make_bundle", pupil.loaded.name, wish)


_SIZE = re.compile(r"(?!0*\.?0*$)[0-9]{0,6}(?:\.[0-9]{1,3})?")
"""A number of megabytes that is more than none."""


def _wish() -> SubmissionWish:
    """What the form asks for."""
    from generator.submission.wish_and_submission import SubmissionWish  # loads all that makes bundles

    chosen, size = request.form.get("audience", "authority"), request.form.get("max_mb", "").strip()
    ticked = {name for name in request.form if request.form.get(name) == "yes"}
    return SubmissionWish(
        audience=chosen if chosen in dict(AUDIENCES) else "authority",
        placeholder="placeholder" in ticked,
        accept_changes="accept_changes" in ticked,
        outputs=frozenset(ticked & {"separate_files", "portal_worksheet"}),
        split_mb=float(size) if _SIZE.fullmatch(size) else 0,
        late_letters="late_letters" in ticked,
        ocr="ocr" in ticked,
        password=request.form.get("password", ""),
    )


LETTING_GO = {"accept_loss": "part", "release": "evidence"}
"""The lists of the request in which somebody lets a piece go by name, and what each calls the piece."""


@bundle_pages.post("/p/<token>/let-go")
def let_go(token: str) -> AnyResponse | str:
    """Let a piece go into the bundle by name: although something of it is lost, or although it is safeguarding."""
    place = workplace()
    pupil = place.pupil(token)
    which = request.form.get("list", "")
    given = {name: request.form.get(name, "").strip() for name in ("piece", "by", "reason")}
    if which not in LETTING_GO:
        abort(404)
    if not all(given.values()):
        return _page(token, which, "Choose the piece, and write who decides and why. Nothing was written.")
    row = {LETTING_GO[which]: given["piece"], "by": given["by"], "reason": given["reason"]}
    row["date"] = in_words(place.today)
    add_row(place.project, f"cases/{pupil.loaded.name}/request.yaml", which, row)
    place.folder.look_again()
    tell("done", "It is written in the request, with the name of who decided.")
    return redirect(url_for("bundle.show", token=token))


@bundle_pages.post("/p/<token>/sent")
def sent(token: str) -> AnyResponse | str:
    """Record that it was sent, and keep exactly the files that were."""
    place = workplace()
    pupil = place.pupil(token)
    given = {name: request.form.get(name, "").strip() for name in ("date", "to", "how", "received")}
    back = redirect(url_for("bundle.show", token=token))
    if not given["date"]:
        return _page(token, "sent", "Write the day it was sent.")
    try:
        day = read_date(given["date"])
        received = read_date(given["received"]) if given["received"] else None
        if not given["to"]:
            return _page(token, "sent", "Write to whom it was sent.")
        one = Sent(day, given["to"], given["how"], received)
        _, kept = record_sent(place.project, load_case(place.project, pupil.loaded.name), one, place.today)
    except (Unreadable, Stop) as error:
        return _page(token, "sent", told(error))
    place.folder.look_again()
    kept_words = (
        "The files as they were sent are kept for good." if kept else "No bundle is in output, so none is kept."
    )
    tell("done", f"It is written in the request that it was sent on {in_words(day)}. {kept_words}")
    for lost in kept.not_kept if kept else ():
        tell("look", f"Not kept: {lost} is missing or was changed after it was made; put it there yourself.")
    return back


@bundle_pages.post("/p/<token>/answered")
def answered(token: str) -> AnyResponse | str:
    """Record what the authority answered, as an entry of the log."""
    place = workplace()
    pupil = place.pupil(token)
    given = {name: request.form.get(name, "").strip() for name in ("answer", "day")}
    if not given["answer"] or not given["day"]:
        return _page(token, "answer", "Choose what the authority answered, and write the day of its letter.")
    try:
        day = read_date(given["day"])
        record_answer(place.project, load_case(place.project, pupil.loaded.name), day, given["answer"], place.today)
    except (Unreadable, Stop) as error:
        return _page(token, "answer", told(error))
    place.folder.look_again()
    tell("done", f"It is written in the log: {label(given['answer'])}, {in_words(day)}.")
    return redirect(url_for("bundle.show", token=token))
