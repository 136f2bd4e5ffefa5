"""What all pages of one server share: the folder, the drafts, who is writing, work that takes a while."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from flask import current_app, g, redirect, url_for
from werkzeug.wrappers import Response

from generator.folder.changing.passing_files import drop_passing
from generator.folder.changing.unsaved_writing import Drafts, Writers
from generator.folder.school_folder import Project
from generator.web.beside_server.jobs import Jobs
from generator.web.beside_server.newest_only import NewestOnly
from generator.web.live_folder import LiveFolder, Pupil
from generator.web.live_preview.preview import Preview
from generator.web.security import Said, session


@dataclass
class Workplace:
    """Everything that a page needs to answer."""

    folder: LiveFolder
    drafts: Drafts
    writers: Writers
    stop: Callable[[], None] = field(repr=False)
    preview: Preview = field(default_factory=Preview)
    jobs: Jobs = field(default_factory=Jobs)
    looks: NewestOnly = field(default_factory=NewestOnly)
    titles_given: dict[tuple[str, str], str] = field(default_factory=dict)
    """What a file of evidence was called before it got a plain name, as a title: by the pupil's folder and the file."""

    @property
    def project(self) -> Project:
        """The school's folder as it is now."""
        return self.folder.project

    @property
    def today(self) -> date:
        """The day as of which pages speak."""
        return self.folder.today

    def pupil(self, token: str) -> Pupil:
        """The pupil behind a random id of this session; ends the request with 404 for another."""
        from flask import abort

        [name] = session().ids.find(token, "pupil")
        if name not in self.folder.names:
            abort(404)
        return self.folder.pupil(name)

    def close(self) -> None:
        """The server ends."""
        self.folder.close()
        self.preview.close()
        self.writers.close()
        drop_passing(self.folder.root)
        self.jobs.close()

    def report(self, text: str) -> str:
        """Keep the report of a mistake of ours on this machine; gives its place."""
        with tempfile.NamedTemporaryFile(
            "w", prefix="sendpack-report-", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            file.write(text)
        return str(Path(file.name))


def workplace() -> Workplace:
    """The workplace of the server that answers."""
    found: Workplace = current_app.extensions["sendpack"]
    return found


def tell(kind: str, words: str) -> None:
    """Say something on the page that answers this request, or that it leads to: `done`, `look` or `wrong`."""
    g.setdefault("said", []).append((kind, words))


def take_said() -> list[Said]:
    """What was said while this request was answered, once."""
    said: list[Said] = g.pop("said", [])
    return said


def token_of(*thing: str) -> str:
    """The random id of a thing in this session, for addresses."""
    return session().ids.of(*thing)


def begin_work(title: str, back: str, what: str, *given: object) -> Response:
    """Begin a piece of work by the name of its function, and go to its page; `back` is where its end leads."""
    number = workplace().jobs.begin(title, back, what, workplace().folder.root, *given)
    return redirect(url_for("work.show", token=token_of("job", number)))
