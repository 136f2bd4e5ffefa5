"""Saves of the local page, each as a whole: the page is opened, a form is sent, and what it says is told.

As a command does, it ends with 0 when it is done, with 2 when it says why not, and with 70 when it breaks.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

from PIL import Image

from generator.cli.errors import exit_code
from generator.web.server import remove_halves
from tests.bundle_makers import made, saved
from tests.example_school import KACPER
from tests.web.client import Page
from tests.web.conftest import opened

BROKEN = ("our mistake", "sendpack-report", "Internal Server Error")


def _page(school: Path) -> Page:
    """The page of a school's folder, which tidies up once it is open; as the command, it says why it cannot begin."""
    opening: list[Page] = []

    def begin() -> None:
        opening.append(opened(school, "senco"))
        remove_halves(school, lambda said: print(said))

    if code := exit_code(begin):
        sys.exit(code)
    return opening[0]


def _ends(page: Page, *done: str) -> None:
    """Tell what the page says, and end the process by it: done when one of these words stands there."""
    text = " ".join(page.root.text_content().split())
    sys.stdout.write(f"{page.status}: {page.said or text[:600]}\n")
    broke = page.status >= 500 or any(word in text for word in BROKEN)
    went = any(word in text for word in done) and "cannot be written" not in text
    sys.exit(70 if broke else 0 if went else 2)


def _home(page: Page) -> str:
    return f"/p/{page.session.ids.of('pupil', KACPER)}"


def record(school: Path) -> None:
    """A day of the plan is changed."""
    page = _page(school)
    page.record(f"cases/{KACPER}/plan.yaml")
    page.send({**page.answers, "review_date": ["3 March 2027"]})
    _ends(page, "Saved.")


def begun_record(school: Path) -> None:
    """A record is begun."""
    page = _page(school)
    page.post(f"{_home(page)}/new", {"kind": "behaviour-plan"})
    _ends(page, "Remove this record")


def new_pupil(school: Path) -> None:
    """A pupil is begun."""
    page = _page(school)
    page.post("/new-pupil", {"forenames": "Orla", "surname": "Weatherall", "born": "14/05/2018", "status": ""})
    _ends(page, "Orla Weatherall")


def removed_record(school: Path) -> None:
    """A record is removed, and can be brought back."""
    page = _page(school)
    token = page.session.ids.of("record", f"cases/{KACPER}/profile.yaml")
    page.post(f"/r/{token}/remove", {})
    _ends(page, "can be brought back")


def evidence(school: Path) -> None:
    """Two files are taken into the evidence."""
    page = _page(school)
    files = [(io.BytesIO(saved(made(text=name))), f"{name}.pdf") for name in ("Letter", "Report")]
    page.post(f"{_home(page)}/evidence", {"files": files})
    _ends(page, "letter.pdf")


def photo(school: Path) -> None:
    """A picture for the profile."""
    page, picture = _page(school), io.BytesIO()
    Image.new("RGB", (60, 60), "green").save(picture, "PNG")
    asked: dict[str, Any] = {"describes": "A drawing", "consent": "yes"}
    page.post(f"{_home(page)}/photo", {**asked, "photo": (io.BytesIO(picture.getvalue()), "snail.png")})
    _ends(page, "The picture is in the folder")


def house_style(school: Path) -> None:
    """A colour for all documents."""
    page = _page(school)
    page.post("/house-style", {"do": "style", "use_colour": "yes", "colour": "#7a1f2b"})
    _ends(page, "take their look from it")


def language(school: Path) -> None:
    """A language is begun."""
    page = _page(school)
    page.post("/languages", {"code": "cy", "name": "Welsh"})
    _ends(page, "Welsh")
