"""OpenDocument and rich text before LibreOffice makes Word of it: tracked changes, hidden text, links to files."""

from __future__ import annotations

from typing import Any

from lxml import etree

from generator.bundle.bundle_parts import Refused
from generator.bundle.evidence.hidden.rtf_links import without_links as without_rtf_links
from generator.bundle.evidence.hidden.svg_links import is_svg, without_links
from generator.bundle.evidence.hidden.word_unseen import parser
from generator.bundle.evidence.packed_text import packed, unpacked

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_WEB = ("http://", "https://", "mailto:", "#")
_ASK = "ask for the file again, or save it as PDF"
_DRAWN = ("content.xml", "styles.xml")
"""The parts that are printed, in the document and in objects within it."""


def prepare_text(content: bytes, kind: str, accept_changes: bool) -> tuple[bytes, list[str], list[str]]:
    """A text that is not Word's as it may be converted, what was done, and what was removed; Refused as Word is."""
    if kind == "rich text file":
        content, count = without_rtf_links(content)
        return content, [], [f"{count} field(s) or object(s) that read other files"] if count else []
    if kind != "OpenDocument text":
        return content, [], []
    parts = unpacked(content, "text", _ASK)
    done: list[str] = []
    removed: list[str] = []
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise Refused("bundle/password", "needs a password to open", "open it, save it without one, or as PDF")
    roots = {name: _parsed(data) for name, data in parts.items() if name.rpartition("/")[2] in _DRAWN}
    if _settle_changes(roots, accept_changes):
        done.append("all tracked changes accepted")
    if hidden := _drop_hidden(roots):
        removed.append(f"hidden text in {hidden} place(s)")
    links = sum(_cut_links(root) for root in roots.values())
    parts.update({name: etree.tostring(root, xml_declaration=True, encoding="UTF-8") for name, root in roots.items()})
    for name, data in parts.items():
        if name not in roots and is_svg(name, data):
            parts[name], count = without_links(data)
            links += count
    if links:
        removed.append(f"{links} link(s) to other files")
    return packed(parts), done, removed


def _broken(why: str) -> Refused:
    return Refused("bundle/broken-word", f"is a damaged text ({why})", _ASK)


def _parsed(data: bytes) -> Any:
    try:
        root = etree.fromstring(data, parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _broken(str(getattr(error, "msg", error))) from None
    # As the parser read them, in whatever encoding; OpenOffice 1 names a document type and declares nothing.
    own: Any = root.getroottree().docinfo.internalDTD
    if own is not None and any(True for _ in own.iterentities()):
        raise _broken("it declares entities of its own")
    return root


def _settle_changes(roots: dict[str, Any], accept_changes: bool) -> bool:
    """Let go what was deleted; what was inserted stands in the text already. True when there was something."""
    regions = [region for root in roots.values() for region in root.iter(f"{_TEXT}changed-region")]
    if not regions:
        return False
    if not accept_changes:
        raise Refused(
            "bundle/tracked-changes",
            "has tracked changes: words that were deleted would be printed",
            "in LibreOffice: Edit, Track Changes, Accept All, save; or have them accepted in the bundle "
            "(--accept-changes)",
        )
    for root in roots.values():
        for name in ("tracked-changes", "change", "change-start", "change-end"):
            for element in list(root.iter(_TEXT + name)):
                _drop(element)
    return True


def _drop_hidden(roots: dict[str, Any]) -> int:
    """Take out sections, paragraphs and words that are hidden; refuse what is hidden only under a condition."""
    styles = {
        style.get(f"{_STYLE}name")
        for root in roots.values()
        for style in root.iter(f"{_STYLE}style")
        for look in style.iter(f"{_STYLE}text-properties")
        if look.get(f"{_TEXT}display") == "none"
    }
    count = 0
    for root in roots.values():
        for element in list(root.iter()):
            if isinstance(element.tag, str) and _is_hidden(element, styles):
                count += bool("".join(element.itertext()).strip())
                _drop(element)
    return count


def _is_hidden(element: Any, styles: set[Any]) -> bool:
    name = element.tag.removeprefix(_TEXT)
    if name == "section":
        if element.get(f"{_TEXT}display") == "condition" and element.get(f"{_TEXT}is-hidden") is None:
            raise Refused(
                "bundle/hidden-text",
                "has a section that is shown or hidden by a condition, which nothing here can tell",
                "open it in LibreOffice, save it as PDF, and put that file here",
            )
        return bool(element.get(f"{_TEXT}display") == "none" or element.get(f"{_TEXT}is-hidden") == "true")
    if name == "hidden-text":
        return bool(element.get(f"{_TEXT}is-hidden", "true") == "true")
    if name in ("p", "h"):
        marks = element.iter(f"{_TEXT}hidden-paragraph")
        return any(mark.get(f"{_TEXT}is-hidden", "true") == "true" for mark in marks) or _styled(element, styles)
    return bool(name == "span" and _styled(element, styles))


def _styled(element: Any, styles: set[Any]) -> bool:
    return bool(element.get(f"{_TEXT}style-name") in styles)


def _cut_links(root: Any) -> int:
    """Take away addresses that lead out of the file, all but links to follow by hand; how many there were."""
    count = 0
    for element in list(root.iter()):
        target = element.get(_HREF) if isinstance(element.tag, str) else None
        if target is None or _stays(element, target):
            continue
        count += 1
        if element.tag == f"{_TEXT}section-source":
            _drop(element)
        else:
            del element.attrib[_HREF]
    return count


def _stays(element: Any, target: str) -> bool:
    followed = element.tag in (f"{_TEXT}a", "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}a")
    if followed:
        return target.lower().startswith(_WEB)
    inside = target.removeprefix("./")
    return ":" not in inside and not inside.startswith(("/", "..", "\\")) and ".." not in inside.split("/")


def _drop(element: Any) -> None:
    """Remove an element; the text that follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
