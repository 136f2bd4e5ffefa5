"""What a file says, page by page, whatever kind of file it is: to look for a name or an address in it.

And what of it nobody has read, so that no file counts as searched that holds a picture, a letter or a file inside.
"""

from __future__ import annotations

import html
import io
import re
import zipfile

from generator.bundle.evidence.page_by_page.page_text_and_scans import FEW, PageLook, in_pages, page_texts
from generator.bundle.evidence.page_by_page.page_text_and_scans import look_at as look_at_pages

_INSIDE = (".xml", ".json", ".yaml", ".txt")
_TAG = re.compile(r"<[^>]*>")


def pages_as_text(name: str, content: bytes) -> list[str] | None:
    """The text of each page of a PDF, and of any other file as one; None for a picture, or what no library reads."""
    try:
        if name.casefold().endswith(".pdf"):
            return page_texts(content)
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                names = [one for one in archive.namelist() if one.endswith(_INSIDE)]
                said = "\n".join(archive.read(one).decode("utf-8", "replace") for one in names)
            return [html.unescape(_TAG.sub(" ", said))]
        return None if b"\0" in content else [content.decode("utf-8", "replace")]
    except Exception:  # noqa: BLE001  whatever a damaged file makes a library raise, nobody has read it
        return None


def not_read(name: str, content: bytes, pages: list[str] | None) -> str:
    """What of a file no program here has read, as the end of a sentence about it; empty where all of it was.

    `pages` are what `pages_as_text` found in it.
    """
    if pages is None:
        return "has no text to search"
    try:
        if name.casefold().endswith(".pdf"):
            return _unread_pages(content, pages)
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                return _unread_inside(archive)
    except Exception:  # noqa: BLE001  as above: nobody has read it
        return "has no text to search"
    if name.casefold().endswith((".eml", ".mht", ".mhtml")) or _CODED.search(content):
        return "is an e-mail or holds coded text, which is not searched"
    if name.casefold().endswith(".rtf"):
        return "may hold pictures and coded letters, which are not searched"
    return "" if pages[0].strip() else "is empty"


_CODED = re.compile(rb"(?im)^content-transfer-encoding:\s*(?:base64|quoted-printable)|;base64,")
_OFFICE = ("[Content_Types].xml", "mimetype")
_BODY = re.compile(
    r"word/(?:document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml|ppt/(?:slides|notesSlides)/[^/]+\.xml|"
    r"xl/(?:sharedStrings|worksheets/[^/]+)\.xml|content\.xml"
)
_NO_WORDS = re.compile(r".*\.(?:rels|ttf|otf|odttf)|(?:.*/)?mimetype|Thumbnails/.*|docProps/.*|.*/", re.DOTALL)
"""Parts of an Office file that say nothing of anybody: how its parts hang together, its letters, its small picture."""


def _unread_pages(content: bytes, pages: list[str]) -> str:
    seen = look_at_pages(content).pages
    if empty := [n for n, text in enumerate(pages, 1) if not text.strip()]:
        said = f"has no text on {in_pages(empty)}: a scan or blank"
    else:
        said = ""
    partly = [n for n, page in enumerate(seen, 1) if n not in empty and (page.sparse or _is_picture(page))]
    more = f"is mostly a picture on {in_pages(partly)}, and what it says is not searched" if partly else ""
    return " and ".join(filter(None, (said, more)))


def _is_picture(page: PageLook) -> bool:
    return bool(page.picture) and page.characters < FEW


def _unread_inside(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    office = any(one in names for one in _OFFICE)
    inside = [one for one in names if not one.endswith(_INSIDE) and not (office and _NO_WORDS.fullmatch(one))]
    inside = [one for one in inside if not one.endswith("/")]
    if inside:
        more = f" and {len(inside) - 1} more" if len(inside) > 1 else ""
        return f"holds {inside[0]}{more}, which nobody has searched"
    body = (archive.read(one).decode("utf-8", "replace") for one in names if not office or _BODY.fullmatch(one))
    return "" if any(_TAG.sub(" ", text).strip() for text in body) else "has no text to search"
