"""A template of a few paragraphs written, merged and read."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree
from PIL import Image

from generator.documents.templates.render import load_template, render
from generator.folder.school_folder import BUILT_IN
from generator.word_files.docx_package import W, parse, read_package
from templates.source.__main__ import TEMPLATES
from templates.source.package import document as package

STANDARD = BUILT_IN / "templates" / "standard"


HOUSE = STANDARD / "house.docx"


def write_template(folder: Path, body: str, name: str = "letter.docx") -> Path:
    path = folder / name
    path.write_bytes(package("test", body))
    return path


def around(**more: Any) -> dict[str, Any]:
    """The least that header and footer of the house want."""
    return {
        "school": {"name": "Larkfield", "address": "1 Road", "postcode": "ZZ99 9ZZ", "phone": "1", "email": None},
        "document": {"title": "A title", "date": date(2026, 3, 1), "mark": "", "bundled": False},
        "words": {"confidential": "Confidential"},
        "facts": {"full_name": "Ada Brown"},
        **more,
    }


def merged(folder: Path, body: str, **context: Any) -> bytes:
    return render(load_template(write_template(folder, body), HOUSE), around(**context))


def body_of(docx: bytes) -> etree._Element:
    return parse(read_package(docx).parts["word/document.xml"])


def paragraphs(docx: bytes) -> list[str]:
    """The text of every paragraph of the body; a line break is a newline."""
    found = []
    for paragraph in body_of(docx).iter(f"{W}p"):
        pieces = [
            "\n" if piece.tag == f"{W}br" else "\t" if piece.tag == f"{W}tab" else piece.text or ""
            for piece in paragraph.iter(f"{W}t", f"{W}br", f"{W}tab")
            if piece.getparent().tag != f"{W}tabs"  # type: ignore[union-attr]
        ]
        found.append("".join(pieces))
    return found


def text_of(docx: bytes) -> str:
    return "\n".join(paragraphs(docx))


OF_THE_SCHOOL = {f"{name}.docx" for name in ("house", "changes", "briefing", "register", "provision-map", "governors")}
OF_THE_SCHOOL |= {"inclusion-strategy.docx"}
ON_REQUEST = {"isp-preview.docx", "pupil-provision-map.docx"}
"""A plan or a pack asks for these; they have tests of their own."""

CASE_TEMPLATES = sorted(
    name
    for name in TEMPLATES
    if name not in OF_THE_SCHOOL | ON_REQUEST and not name.startswith(("ask-", "bundle", "evidence"))
)


def photo(size: tuple[int, int] = (3000, 2000)) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # taken with the phone on its side
    exif[0x010F] = "SecretPhone"
    Image.new("RGB", size, "teal").save(out, "JPEG", exif=exif)
    return out.getvalue()
