"""What about a document's fonts keeps it from being accessible."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Dictionary

from generator.bundle.evidence.page_by_page.pdf_objects import dictionaries, name_of
from generator.bundle.evidence.redact import UNSEEN

_FROM_FILES = ("/Type1", "/TrueType", "/MMType1", "/CIDFontType0", "/CIDFontType2")


def barriers(pdf: pikepdf.Pdf) -> list[str]:
    """Why a screen reader, or a machine without the right fonts, could not read the document's text as it is shown."""
    missing: set[str] = set()
    unreadable: set[str] = set()
    for thing in dictionaries(pdf):
        if str(thing.get("/Type")) != "/Font":
            continue
        name = name_of(thing.get("/BaseFont"), "a font").lstrip("/").split("+")[-1]
        kind = str(thing.get("/Subtype"))
        if kind in _FROM_FILES and name != UNSEEN and not _is_embedded(thing):
            missing.add(name)
        if kind == "/Type0" and "/ToUnicode" not in thing and str(thing.get("/Encoding")).startswith("/Identity"):
            unreadable.add(name)
        if kind == "/Type3" and "/ToUnicode" not in thing:
            unreadable.add("a drawn font")
    found = [f"its fonts are not inside the file: {', '.join(sorted(missing))}"] if missing else []
    if unreadable:
        found.append(f"the letters of these fonts have no meaning a machine can read: {', '.join(sorted(unreadable))}")
    return found


def _is_embedded(font: Any) -> bool:
    descriptor = font.get("/FontDescriptor")
    return isinstance(descriptor, Dictionary) and any(
        key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")
    )
