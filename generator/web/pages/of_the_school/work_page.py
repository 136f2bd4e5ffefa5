"""The page of a piece of work, and the files that it made: opened by a random name, and only files of this folder."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, abort, make_response, render_template, request, send_file
from werkzeug.wrappers import Response as AnyResponse

from generator.web.beside_server.jobs import Job
from generator.web.security import session
from generator.web.workplace import token_of, workplace

work_pages = Blueprint("work", __name__)

INLINE = {".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
"""What a browser may show by itself; everything else is saved, never run."""


def _job(token: str) -> tuple[str, Job]:
    [number] = session().ids.find(token, "job")
    return number, workplace().jobs.get(number)


@work_pages.get("/work/<token>")
def show(token: str) -> str:
    """How far the work is, and what came of it."""
    _, job = _job(token)
    if job.state == "ours":
        job.message = workplace().report(job.message)
    if job.state != "waiting":
        workplace().folder.look_again()
    return render_template(
        "fragments/work.html.j2" if request.headers.get("HX-Request") else "work.html.j2",
        job=job,
        token=token,
        files=[(words, token_of("file", place)) for words, place in job.came.files],
    )


@work_pages.get("/work/<token>/<int:number>.png")
def picture(token: str, number: int) -> AnyResponse:
    """A page that the work drew."""
    _, job = _job(token)
    if number >= len(job.came.pictures):
        abort(404)
    return make_response(job.came.pictures[number][0], {"Content-Type": "image/png"})


@work_pages.get("/file/<token>")
def file(token: str) -> AnyResponse:
    """A file of this folder, by its random name."""
    [place] = session().ids.find(token, "file")
    root = workplace().folder.root.resolve()
    path = (root / place).resolve()
    allowed = any(path.is_relative_to(root / home) for home in ("output", "cases", "templates"))
    if not allowed or not path.is_file() or ".cache" in path.relative_to(root).parts:
        abort(404)
    kind = INLINE.get(path.suffix.lower())
    answer = send_file(
        path, mimetype=kind or "application/octet-stream", as_attachment=kind is None, download_name=Path(place).name
    )
    return answer
