"""Draws the gallery: a page of every document, as small pictures, from the example school.

    .venv/bin/python -m tests.make_gallery

The two pages of a bundle are taken from output/, after `make demo`; all others are made here by the built-in engine.
"""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import pypdfium2

from generator.briefing import classes, fitted
from generator.documents import Desk, TemplateShelf, documents
from generator.engines import Docx, Pdf, choose
from generator.project import find_project, load_case

ROOT = Path(__file__).parent.parent
GALLERY = ROOT / "templates" / "gallery"
WIDTH = 480
ON = datetime.date(2026, 11, 22)

PAGES = {
    "profile": ("ada-brown", 0),
    "early-discussion": ("idris-chowdhury", 0),
    "parent-letter": ("kacper-wisniewski", 0),
    "support-plan": ("zoe-obrien-smidt", 4),
    "cycle": ("ada-brown", 2),
    "meeting": ("zoe-obrien-smidt", 0),
    "pcp-meeting": ("ada-brown", 0),
    "views-parents": ("ada-brown", 0),
    "views-pupil": ("ada-brown", 0),
    "invitation": ("ada-brown", 0),
    "meeting-letter": ("ada-brown", 0),
    "my-support-plan": ("ada-brown", 5),
    "behaviour-plan": ("maisie-thorne", 1),
    "request": ("ada-brown", 0),
    "chronology": ("ada-brown", 0),
    "my-plan": ("ada-brown", 0),
    "annual-report": ("zoe-obrien-smidt", 1),
    "transition-passport": ("zoe-obrien-smidt", 0),
    "annual-review": ("nia-okafor", 0),
}
"""Kind of document, whose, and page from 0; of several of a kind the last is shown."""

BUNDLE = {"bundle-contents": 1, "evidence-index": 3}


def draw(pdf: bytes | Path, page: int, name: str) -> None:
    """Draw one page in small size; PNG with few colours, as it is mostly paper."""
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page]
        image = sheet.render(scale=WIDTH / sheet.get_width()).to_pil()
    out = io.BytesIO()
    image.convert("RGB").quantize(48).save(out, "PNG", optimize=True)
    (GALLERY / f"{name}.png").write_bytes(out.getvalue())
    print(f"{name}.png, {len(out.getvalue()) // 1024} KB")


def main() -> None:
    """Draw every picture of the gallery."""
    GALLERY.mkdir(exist_ok=True)
    project, engine = find_project(ROOT), choose("embedded")
    shelf = TemplateShelf(project.template_folders)
    for kind, (pupil, page) in PAGES.items():
        case = load_case(project, pupil).case
        assert case is not None, pupil
        desk = Desk(project, case, project.pack_of(case), shelf)
        pdf = next(iter(engine.convert([Docx(kind, desk.write(documents(case, desk.pack, [kind])[-1]))])))
        assert isinstance(pdf, Pdf), pdf
        draw(pdf.content, min(page, pdf.pages - 1), kind)
    case = load_case(project, "ada-brown").case
    assert case is not None
    _, briefing = fitted(project, project.pack_of(case), shelf, classes([case], ON)[0], ON, engine)
    draw(briefing.content, 0, "briefing")
    bundle = ROOT / "output" / "ada-brown" / "submission" / "bundle.pdf"
    for name, page in BUNDLE.items() if bundle.is_file() else ():
        draw(bundle, page, name)


if __name__ == "__main__":
    main()
