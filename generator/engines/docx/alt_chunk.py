"""Documents inside a document (`w:altChunk`): Word shows them, LibreOffice and the embedded engine leave them out.

Programs that make Word files from web pages write the whole report as such a chunk. Its paragraphs, headings, lists and
tables become Word's own; how it looked is not kept, its words are. What no text can be made of is told.
"""

from __future__ import annotations

import email
import email.policy
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from generator.engines.docx.part_relations import targets
from generator.files.damaged_archives import DAMAGED

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
_CHUNK = W + "altChunk"
_UNSEEN = {"script", "style", "head", "title", "meta", "link", "template", "noscript"}
_BLOCKS = (
    *("p", "div", "section", "article", "blockquote", "pre", "address", "header", "footer", "main", "center", "form"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "body", "html", "figure", "figcaption"),
    *("hr", "fieldset", "caption", "aside", "nav", "details", "summary"),
)
_OF_OTHER_PARTS = (
    *("drawing", "pict", "object", "footnoteReference", "endnoteReference", "commentReference", "sectPr", "numPr"),
)
_BOLD, _ITALIC = {"b", "strong", "th"}, {"i", "em", "cite"}


@dataclass
class Chunks:
    """What came of a document's chunks: how many became text, and why others did not."""

    done: int = 0
    lost: list[str] = field(default_factory=list)
    pictures: int = 0
    """Pictures in them, which do not come along."""


def unpack(members: dict[str, bytes], part: str, root: etree._Element) -> Chunks:
    """Put the paragraphs of each chunk in its place, in one story of the document."""
    found = Chunks()
    chunks = list(root.iter(_CHUNK))
    if not chunks:
        return found
    parts = targets(members, part)
    for chunk in chunks:
        name = parts.get(chunk.get(_R + "id") or "", "")
        blocks = _blocks(name, members.get(name), found)
        parent = chunk.getparent()
        if blocks is None or parent is None:
            found.lost.append(posixpath.basename(name) or "a part")
            continue
        place = parent.index(chunk)
        parent[place : place + 1] = blocks or [etree.Element(W + "p")]
        if parent.tag == W + "tc" and parent[-1].tag != W + "p":
            etree.SubElement(parent, W + "p")
        found.done += 1
    return found


def _blocks(name: str, content: bytes | None, found: Chunks) -> list[etree._Element] | None:
    """The chunk as paragraphs and tables; None for what cannot be read here (RTF, Word 97)."""
    if content is None:
        return None
    ending = posixpath.splitext(name)[1].lower()
    start = content[:400].lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\x00").lower()
    if content.startswith(b"PK\x03\x04"):
        return _of_word(content, found)
    if ending in (".mht", ".mhtml") or start.startswith((b"mime-version", b"from:", b"content-type: multipart")):
        content = _page_of_mail(content)
        start = b"<html"
    if (
        ending in (".htm", ".html", ".xhtml")
        or b"<html" in start
        or start.startswith((b"<!doctype", b"<body", b"<p", b"<div"))
    ):
        return _of_web_page(content, found)
    if ending == ".txt":
        return [_paragraph([(line, "")]) for line in _decoded(content).splitlines()]
    return None


def _decoded(content: bytes) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _page_of_mail(content: bytes) -> bytes:
    """The web page in a file of the kind .mht, which is built like a mail."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    for piece in message.walk():
        if piece.get_content_type() in ("text/html", "application/xhtml+xml"):
            held = piece.get_payload(decode=True)
            if isinstance(held, bytes):
                named = piece.get_content_charset() or "utf-8"
                return held.decode(named if _is_known(named) else "utf-8", "replace").encode("utf-8")
    return b""


def _is_known(encoding: str) -> bool:
    try:
        "".encode(encoding)
    except LookupError:
        return False
    return True


# --- Word in Word -----------------------------------------------------------------------------------------------------


def _of_word(content: bytes, found: Chunks) -> list[etree._Element] | None:
    """The text of a Word document, without what needs its other parts (styles, pictures, notes)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if package.getinfo("word/document.xml").file_size > 20_000_000:
                return None
            body = etree.fromstring(package.read("word/document.xml"), _PARSER).find(W + "body")
    except (*DAMAGED, etree.XMLSyntaxError):
        return None
    if body is None:
        return None
    for element in [e for e in body.iter() if isinstance(e.tag, str) and e.tag.startswith(W)]:
        for name in [name for name in element.attrib if str(name).startswith(_R)]:
            del element.attrib[name]
    found.pictures += sum(1 for _ in body.iter(W + "drawing", W + "pict", W + "object"))
    foreign = {W + name for name in _OF_OTHER_PARTS}
    for element in [e for e in body.iter() if e.tag in foreign]:
        element.getparent().remove(element)  # type: ignore[union-attr]
    return list(body)


# --- web pages --------------------------------------------------------------------------------------------------------


def _of_web_page(content: bytes, found: Chunks) -> list[etree._Element] | None:
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", _decoded(content))
    try:
        page = html.document_fromstring(text) if text.strip() else None
    except (etree.ParserError, ValueError):
        return None
    if page is None:
        return []
    found.pictures += sum(1 for _ in page.iter("img"))
    return list(_flow(page))


def _flow(element: etree._Element) -> Iterator[etree._Element]:
    """An element of a web page as paragraphs and tables, in order."""
    waiting: list[tuple[str, str]] = []
    for piece in _pieces(element, ""):
        if isinstance(piece, tuple):
            waiting.append(piece)
            continue
        yield from _if_any(waiting, _style(element))
        waiting = []
        if piece.tag == "table":
            yield from _table(piece)
        elif piece.tag != "br":
            yield from _flow(piece)
    yield from _if_any(waiting, _style(element))


def _pieces(element: etree._Element, marks: str) -> Iterator[tuple[str, str] | etree._Element]:
    """Text with its marks (b, i), and the elements that begin a block of their own."""
    if element.text:
        yield element.text, marks
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in _BLOCKS or tag in ("table", "br"):
            yield child
        elif tag == "img":
            yield f"[picture: {child.get('alt')}]" if child.get("alt") else "[picture]", marks
        elif tag and tag not in _UNSEEN:
            yield from _pieces(child, marks + ("b" if tag in _BOLD else "i" if tag in _ITALIC else ""))
        if child.tail:
            yield child.tail, marks


def _style(element: etree._Element) -> str:
    tag = str(element.tag)
    return f"Heading{tag[1]}" if re.fullmatch("h[1-6]", tag) else "ListBullet" if tag == "li" else ""


def _if_any(pieces: list[tuple[str, str]], style: str) -> Iterator[etree._Element]:
    if "".join(text for text, _ in pieces).strip():
        yield _paragraph(pieces, style)


def _paragraph(pieces: list[tuple[str, str]], style: str = "") -> etree._Element:
    paragraph = etree.Element(W + "p")
    if style:
        properties = etree.SubElement(paragraph, W + "pPr")
        etree.SubElement(properties, W + "pStyle", {W + "val": style})
    if style == "ListBullet":
        pieces = [("• ", ""), *pieces]
    for text, marks in pieces:
        run = etree.SubElement(paragraph, W + "r")
        if marks or style.startswith("Heading"):
            properties = etree.SubElement(run, W + "rPr")
            if "b" in marks or style:
                etree.SubElement(properties, W + "b")
            if "i" in marks:
                etree.SubElement(properties, W + "i")
        shown = etree.SubElement(run, W + "t", {_SPACE: "preserve"})
        shown.text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", re.sub(r"\s+", " ", text))
    return paragraph


_LINES = {"val": "single", "sz": "4", "space": "0", "color": "auto"}


def _table(table: etree._Element) -> Iterator[etree._Element]:
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    widest = max((len(_cells(row)) for row in rows), default=0)
    for caption in table.iterchildren("caption"):
        yield from _flow(caption)
    if not widest:
        return
    made = etree.Element(W + "tbl")
    properties = etree.SubElement(made, W + "tblPr")
    etree.SubElement(properties, W + "tblW", {W + "w": "5000", W + "type": "pct"})
    borders = etree.SubElement(properties, W + "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        etree.SubElement(borders, W + side, {W + name: value for name, value in _LINES.items()})
    grid = etree.SubElement(made, W + "tblGrid")
    for _ in range(widest):
        etree.SubElement(grid, W + "gridCol", {W + "w": str(9_600 // widest)})
    for row in rows:
        made.append(_row(row, widest))
    yield made
    yield etree.Element(W + "p")


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _row(row: etree._Element, widest: int) -> etree._Element:
    made = etree.Element(W + "tr")
    cells = _cells(row)
    for number in range(widest):
        cell = etree.SubElement(made, W + "tc")
        etree.SubElement(
            etree.SubElement(cell, W + "tcPr"), W + "tcW", {W + "w": str(9_600 // widest), W + "type": "dxa"}
        )
        blocks = list(_flow(cells[number])) if number < len(cells) else []
        for block in blocks:
            cell.append(block)
        if not blocks or blocks[-1].tag != W + "p":
            etree.SubElement(cell, W + "p")
    return made
