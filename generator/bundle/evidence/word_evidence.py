"""Word evidence before it is converted: what it would print that nobody meant to send."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from generator.bundle.bundle_parts import Refused
from generator.bundle.evidence.hidden.word_unseen import settle
from generator.bundle.evidence.packed_text import packed, unpacked
from generator.engines.docx import alt_chunk
from generator.values.notice import LOST, Notice

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"


@dataclass
class WordPrepared:
    """A Word document as it may be printed, what was done to it, what was removed, and what to look at."""

    content: bytes
    done: list[str]
    removed: list[str]
    warnings: list[str]


def prepare(content: bytes, accept_changes: bool) -> WordPrepared:
    """A Word document as it may be printed.

    Refused when it holds tracked changes (LibreOffice prints deleted words) and `accept_changes` is False, or another
    document of which no text can be made, when it unpacks to more than 300 MB, or when its XML cannot be read.
    """
    parts = unpacked(content, "Word document", "ask for the file again")
    lost = _unfolded(parts)
    done, removed = settle(parts, accept_changes)
    if any(name.startswith("word/comments") for name in parts):
        removed.append("comments")
    warnings = [*lost, *_letters_drawn(parts), *_cut_links(parts, removed)]
    _as_document(parts)
    _named_by_itself(parts)
    return WordPrepared(packed(parts), done, removed, warnings)


_CHUNK = (b"altChunk", b"a\x00l\x00t\x00C\x00h\x00u\x00n\x00k\x00")


def _unfolded(parts: dict[str, bytes]) -> list[Notice]:
    """Documents within the document become part of its text, as when Word opens it; what does not come along.

    One of which no text can be made stays where it is, and is then refused.
    """
    lost: list[Notice] = []
    stories = [name for name in parts if name.startswith("word/") and name.endswith(".xml")]
    for name in [name for name in stories if any(chunk in parts[name] for chunk in _CHUNK)]:
        root = _parsed(parts[name])
        chunks = alt_chunk.unpack(parts, name, root)
        if chunks.done:
            parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        if chunks.pictures:
            shown = "1 picture" if chunks.pictures == 1 else f"{chunks.pictures} pictures"
            lost.append(Notice(f"{shown} of a document inside the document not shown", LOST, amount=chunks.pictures))
    return lost


_DRAWN = (b"textpath", b"prstTxWarp", "textpath".encode("utf-16-le"), "prstTxWarp".encode("utf-16-le"))
_VML, _A = "{urn:schemas-microsoft-com:vml}", "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def _letters_drawn(parts: dict[str, bytes]) -> Iterator[str]:
    """Letters that are drawn as a shape (WordArt), which a search may not find; they are said of the shape in words.

    A guard reads what is said of a shape.
    """
    said: dict[str, None] = {}
    drawn = [name for name in parts if name.startswith("word/") and name.endswith(".xml")]
    for name in [one for one in drawn if any(mark in parts[one] for mark in _DRAWN)]:
        root = _parsed(parts[name])
        changed = False
        for path in root.iter(_VML + "textpath"):
            words = " ".join((path.get("string") or "").split())
            said |= {words: None} if words else {}
            changed |= _said_of(path.getparent(), "alt", words)
        for warp in root.iter(_A + "prstTxWarp"):
            shape = next((up for up in warp.iterancestors() if up.tag.endswith("}wsp")), None)
            words = _words_of(shape) if shape is not None and warp.get("prst") != "textNoShape" else ""
            said |= {words: None} if words else {}
            changed |= _said_of(_about(shape), "descr", words)
        if changed:
            parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    for words in said:
        yield f"letters drawn as a shape say “{words}”: a search may not find them, so look whom they name"


_PARTED = frozenset(("p", "br", "cr", "tab"))
"""Elements by which words are apart that have no space between them."""


def _words_of(shape: etree._Element) -> str:
    pieces = []
    for one in shape.iter():
        kind = one.tag.rpartition("}")[2] if isinstance(one.tag, str) else ""
        pieces.append((one.text or "") if kind == "t" else " " if kind in _PARTED else "")
    return " ".join("".join(pieces).split())


def _about(shape: etree._Element | None) -> etree._Element | None:
    """What says in words what the drawing shows that a shape is in, with others or alone."""
    around = shape.iterancestors() if shape is not None else ()
    drawing = next((up for up in around if up.tag.endswith(("}anchor", "}inline"))), None)
    return next(drawing.iter("{*}docPr"), None) if drawing is not None else None


def _said_of(thing: etree._Element | None, key: str, words: str) -> bool:
    """Say it in words behind what is said already; False where nothing is to be added."""
    said = "" if thing is None else " ".join((thing.get(key) or "").split())
    if thing is None or words in said:
        return False
    thing.set(key, f"{said.rstrip('. ')}. {words}" if said else words)
    return True


def _cut_links(parts: dict[str, bytes], removed: list[str]) -> Iterator[str]:
    """Take out everything that an engine would fetch from elsewhere, all but hyperlinks; what is missing for it."""
    kinds: Counter[str] = Counter()
    for name in sorted(name for name in parts if name.endswith(".rels")):
        relations = _parsed(parts[name])
        cut = [one for one in relations if _is_fetched(one)]
        for one in cut:
            relations.remove(one)
            kinds[_kind_of(one)] += 1
        if cut:
            parts[name] = etree.tostring(relations, xml_declaration=True, encoding="UTF-8", standalone=True)
            owner = name.replace("_rels/", "").removesuffix(".rels")
            if owner in parts:
                parts[owner] = _forget(parts[owner], {(one.get("Id") or "").encode() for one in cut} - {b""})
    for kind, count in kinds.items():
        what, matters = _FETCHED.get(kind, ("part(s)", True))
        removed.append(f"{count} {what} that were to be fetched from elsewhere")
        if matters:
            yield f"{count} {what} would be fetched from elsewhere and cannot be shown: put them into the document"


def _kind_of(relation: etree._Element) -> str:
    return (relation.get("Type") or "").rpartition("/")[2]


def _is_fetched(relation: etree._Element) -> bool:
    return (relation.get("TargetMode") or "").lower() == "external" and _kind_of(relation) != "hyperlink"


_FETCHED: dict[str, tuple[str, bool]] = {"image": ("picture(s)", True), "attachedTemplate": ("template(s)", False)}
"""Kinds of links, what they are called, and whether something is missing on the page without them."""


def _forget(xml: bytes, ids: set[bytes]) -> bytes:
    """One part without its references to what was cut: an engine refuses a document that names what is not there."""
    for one in ids:
        xml = re.sub(rb"<w:attachedTemplate\b[^>]*=[\"']" + re.escape(one) + rb"[\"'][^>]*/>", b"", xml)
        xml = re.sub(rb"\s\w+:link\s*=\s*[\"']" + re.escape(one) + rb"[\"']", b"", xml)
    return xml


def _as_document(parts: dict[str, bytes]) -> None:
    """A Word template (.dotx) is a document that says of itself that it is a template."""
    kinds = parts.get("[Content_Types].xml", b"")
    parts["[Content_Types].xml"] = kinds.replace(
        f"{_KIND}.template.main+xml".encode(), f"{_KIND}.document.main+xml".encode()
    )


_MAIN = f"{_KIND}.document.main+xml"


def _named_by_itself(parts: dict[str, bytes]) -> None:
    """The document's kind said of it alone: programs made with .NET say it of every part that ends in .xml."""
    kinds = _parsed(parts.get("[Content_Types].xml", b"<Types/>"))
    general = [one for one in kinds if one.get("Extension") and one.get("ContentType") == _MAIN]
    for one in general:
        one.set("ContentType", "application/xml")
    main = _main_part(parts)
    if general and main and not any((one.get("PartName") or "").lstrip("/") == main for one in kinds):
        space = kinds.tag.rpartition("}")[0] + "}"
        kinds.append(kinds.makeelement(f"{space}Override", {"PartName": f"/{main}", "ContentType": _MAIN}))
    if general:
        parts["[Content_Types].xml"] = etree.tostring(kinds, xml_declaration=True, encoding="UTF-8", standalone=True)


def _main_part(parts: dict[str, bytes]) -> str:
    for link in _parsed(parts.get("_rels/.rels", b"<Relationships/>")):
        if _kind_of(link) == "officeDocument":
            return posixpath.normpath((link.get("Target") or "").lstrip("/"))
    return ""


def _parsed(xml: bytes) -> etree._Element:
    try:
        return etree.fromstring(xml, _PARSER)
    except etree.XMLSyntaxError as error:
        raise Refused("bundle/broken-word", f"is a damaged Word document ({error})", "ask for the file again") from None
