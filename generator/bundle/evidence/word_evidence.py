"""Word evidence before it is converted: what it would print that nobody meant to send."""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

from generator.bundle.bundle_parts import Refused

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAX_UNPACKED = 300 * 1024 * 1024
_TRACKED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo|cellIns|cellDel)[\s/>]")
_CHANGES = re.compile(rb"<w:(?:rPrChange|pPrChange|tblPrChange|trPrChange|tcPrChange|sectPrChange)[\s/>]")
_EXTERNAL = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def prepare(content: bytes, accept_changes: bool) -> tuple[bytes, list[str], list[str]]:
    """A Word document as it may be printed, what was done to it, and what was removed.

    Refused when it holds tracked changes (LibreOffice prints deleted words) and `accept_changes` is False, when it
    unpacks to more than 300 MB, or when its XML cannot be read.
    """
    done: list[str] = []
    removed: list[str] = []
    parts = _unpack(content)
    text = {name for name in parts if re.fullmatch(r"word/[^/]+\.xml", name)}
    if any(_TRACKED.search(parts[name]) for name in text):
        if not accept_changes:
            raise Refused(
                "bundle/tracked-changes",
                "has tracked changes: words that were deleted would be printed",
                "in Word: Review, Accept All Changes, save; or have them accepted in the bundle (--accept-changes)",
            )
        for name in sorted(text):
            if _TRACKED.search(parts[name]) or _CHANGES.search(parts[name]):
                parts[name] = accept_all(parts[name])
        done.append("all tracked changes accepted")
    if any(name.startswith("word/comments") for name in parts):
        removed.append("comments")
    fetched = sum(_cut_links(parts, name) for name in sorted(parts) if name.endswith(".rels"))
    if fetched:
        removed.append(f"{fetched} picture(s) or part(s) that were to be fetched from elsewhere")
    return _pack(parts), done, removed


def _unpack(content: bytes) -> dict[str, bytes]:
    """Every part of the document, in its order."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MAX_UNPACKED:
                raise Refused("bundle/too-big", "unpacks to more than 300 MB", "save it as PDF and put that file here")
            return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError, EOFError) as error:
        raise Refused("bundle/broken-word", f"is a damaged Word document ({error})", "ask for the file again") from None


def _pack(parts: dict[str, bytes]) -> bytes:
    """The parts as a Word document again; same parts, same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _cut_links(parts: dict[str, bytes], name: str) -> int:
    """Point everything external but hyperlinks at nothing, so that no engine fetches it; how many there were."""
    count = 0

    def cut(match: re.Match[bytes]) -> bytes:
        nonlocal count
        if b"/hyperlink" in match[0]:
            return match[0]
        count += 1
        return re.sub(rb"(Target\s*=\s*)([\"']).*?\2", rb"\1\2about:blank\2", match[0], count=1)

    parts[name] = _EXTERNAL.sub(cut, parts[name])
    return count


def accept_all(xml: bytes) -> bytes:
    """One part of a Word document with every insertion kept and every deletion gone."""
    try:
        root = etree.fromstring(xml, _PARSER)
    except etree.XMLSyntaxError as error:
        raise Refused("bundle/broken-word", f"is a damaged Word document ({error})", "ask for the file again") from None
    for row in [mark.getparent() for mark in root.iter(f"{_W}trPr") if mark.find(f"{_W}del") is not None]:
        _drop(row)
    for name in ("del", "moveFrom", "cellDel"):
        for element in list(root.iter(_W + name)):
            _drop_deleted(element)
    for name in ("ins", "moveTo"):
        for element in list(root.iter(_W + name)):
            _unwrap(element)
    for element in [e for e in root.iter() if isinstance(e.tag, str) and _is_trace(e.tag)]:
        _drop(element)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _is_trace(tag: str) -> bool:
    """Records of how things looked before, and borders of moved ranges."""
    name = tag.removeprefix(_W)
    return name.endswith("Change") or name == "cellIns" or name.startswith(("moveFromRange", "moveToRange"))


def _drop_deleted(element: etree._Element) -> None:
    """Remove deleted runs; a deleted paragraph mark joins the paragraph to the next one."""
    parent = element.getparent()
    if parent is None:
        return
    marks = parent.getparent()
    if parent.tag == f"{_W}rPr" and marks is not None and marks.tag == f"{_W}pPr":
        _join_next(marks.getparent())
    _drop(element)


def _join_next(paragraph: etree._Element | None) -> None:
    """Move what a paragraph holds to the start of the paragraph after it."""
    following = paragraph.getnext() if paragraph is not None else None
    if paragraph is None or following is None or following.tag != f"{_W}p":
        return
    at = 1 if len(following) and following[0].tag == f"{_W}pPr" else 0
    for child in reversed([c for c in paragraph if c.tag != f"{_W}pPr"]):
        following.insert(at, child)
    _drop(paragraph)


def _drop(element: etree._Element | None) -> None:
    parent = element.getparent() if element is not None else None
    if parent is not None and element is not None:
        parent.remove(element)


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(at + 1, child)
    parent.remove(element)
