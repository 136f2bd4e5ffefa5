"""ActualText: what a piece of a page is to be read as, whatever letters it shows. Both are looked at.

A ligature may be drawn as one odd letter and read as two; but a name may also be drawn and read as something else.
"""

from __future__ import annotations

import io
from typing import Any

import pikepdf

from generator.bundle.evidence.page_by_page.pdf_objects import dictionaries

_KEY, _OTHER = b"/ActualText", b"/ActualTexx"


def without_actual_text(content: bytes) -> bytes | None:
    """The PDF with its pages read as they are drawn; None where that is no different."""
    with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
        changed = [_renamed(thing) for thing in dictionaries(pdf) if _is_drawing(thing)]
        changed += [_renamed(stream) for page in pdf.pages for stream in _streams(page.obj)]
        properties = _named(pdf)
        if not any(changed) and not properties:
            return None
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _is_drawing(thing: Any) -> bool:
    return isinstance(thing, pikepdf.Stream) and str(thing.get("/Subtype")) == "/Form"


def _streams(page: Any) -> list[Any]:
    found = page.get("/Contents")
    streams = list(found) if isinstance(found, pikepdf.Array) else [found]
    return [stream for stream in streams if isinstance(stream, pikepdf.Stream)]


def _renamed(stream: Any) -> bool:
    try:
        data = stream.read_bytes()
    except pikepdf.PdfError:
        return False
    if _KEY not in data:
        return False
    stream.write(data.replace(_KEY, _OTHER))
    return True


def _named(pdf: pikepdf.Pdf) -> int:
    """Take it out of property lists that pages call by a name; how many there were."""
    found = 0
    for thing in dictionaries(pdf):
        lists = thing.get("/Properties")
        for _, value in lists.items() if isinstance(lists, pikepdf.Dictionary) else ():
            if isinstance(value, pikepdf.Dictionary) and "/ActualText" in value:
                del value["/ActualText"]
                found += 1
    return found
