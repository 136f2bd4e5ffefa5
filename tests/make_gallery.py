"""Draws the pages that the README shows: small pictures of the example school's documents.

Run after `make demo`:  .venv/bin/python -m tests.make_gallery
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2

ROOT = Path(__file__).parent.parent
GALLERY = ROOT / "templates" / "gallery"
WIDTH = 480

PAGES = {
    "profile": ("ada-brown/profile.pdf", 0),
    "support-plan": ("zoe-obrien-smidt/support-plan.pdf", 4),
    "cycle": ("ada-brown/cycle-2026-summer.pdf", 2),
    "bundle-contents": ("ada-brown/submission/bundle.pdf", 1),
    "evidence-index": ("ada-brown/submission/bundle.pdf", 3),
    "behaviour-plan": ("maisie-thorne/behaviour-plan.pdf", 1),
}
"""Name of the picture, file in output/, and page from 0."""


def draw(pdf: Path, page: int, picture: Path) -> None:
    """Draw one page in grey-free small size; PNG with few colours, as it is mostly paper."""
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page]
        image = sheet.render(scale=WIDTH / sheet.get_width() * 1.0).to_pil()
    image.convert("RGB").quantize(64).save(picture, optimize=True)


def main() -> None:
    """Draw every picture of the gallery."""
    GALLERY.mkdir(exist_ok=True)
    for name, (file, page) in PAGES.items():
        draw(ROOT / "output" / file, page, GALLERY / f"{name}.png")
        print(GALLERY / f"{name}.png")


if __name__ == "__main__":
    main()
