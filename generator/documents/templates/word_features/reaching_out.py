"""What a template would fetch or start when it is opened: told by the check, and never in what is given out.

A field that calls another program (DDE) or takes in another file, an object of another program, a link to a file of the
school's own computers: whoever gets the document can do nothing with them, or worse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from generator.documents.templates.word_features import word_fields
from generator.word_files.docx_package import Package, W, parse, rels_name, serialize
from generator.word_files.field_codes import WordField, fields
from generator.word_files.word_names import drop, unwrap

CALLING = ("DDE", "DDEAUTO")
TAKING_IN = ("LINK", "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "RD", "EMBED")
_OBJECTS = ("oleObject", "package", "control", "attachedTemplate", "mailMergeSource", "mailMergeHeaderSource")
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WEB = ("http:", "https:", "mailto:", "tel:", "#")


def found(package: Package, stories: list[str]) -> Iterator[tuple[str, str, str]]:
    """Rule, message and hint for each thing in a template that reaches out of it."""
    for name in stories:
        root = parse(package.parts[name])
        for one in fields(root):
            if one.kind in CALLING:
                message = f"its field {one.kind} would start another program: it is left out of every document"
                yield "template-reaches-out", message, "click into it, press Ctrl+Shift+F9 to make it text, and save"
            elif one.kind in TAKING_IN and one.kind != "EMBED":
                message = f"its field {one.kind} would take in another file: documents keep what it shows now"
                yield "template-reaches-out", message, "click into it, press Ctrl+Shift+F9 to make it text, and save"
            elif one.kind == "HYPERLINK" and _is_local(_address(one.instruction)):
                yield _linked(_address(one.instruction))
        objects = sum(1 for _ in root.iter(_OLE))
        if objects:
            many = "an object of another program" if objects == 1 else f"{objects} objects of other programs"
            message = f"it holds {many} (OLE): documents show its picture alone"
            yield "template-reaches-out", message, "copy it, and paste it as a picture (Paste Special, Picture)"
        for relation in package.relations(name):
            if relation.kind == "hyperlink" and relation.external and _is_local(relation.target):
                yield _linked(relation.target)


def _linked(target: str) -> tuple[str, str, str]:
    message = f"it links to a file that only your school's computers have ({target}): the link is left out"
    return "template-reaches-out", message, "right-click, Remove Hyperlink; or link to a page of the web"


def _is_local(target: str) -> bool:
    return bool(target.strip()) and "{" not in target and not target.strip().lower().startswith(_WEB)


def _address(instruction: str) -> str:
    """The address in the instruction of a link; "" where it leads to a bookmark of the same file."""
    words = instruction.split(maxsplit=1)
    rest = words[1].strip() if len(words) > 1 else ""
    if rest.startswith('"'):
        return rest[1:].partition('"')[0]
    return "" if rest.startswith("\\") else rest.partition(" ")[0]


def settle(package: Package, stories: list[str]) -> None:
    """Take it all out; what it shows stays."""
    for name in stories:
        root = parse(package.parts[name])
        changed = word_fields.as_stored(root, _reaches_out)
        links = {r.id for r in package.relations(name) if r.kind == "hyperlink" and r.external and _is_local(r.target)}
        for link in [one for one in root.iter(f"{W}hyperlink") if one.get(_R_ID) in links]:
            unwrap(link)
            changed = True
        for thing in list(root.iter(_OLE)):
            _as_picture(thing)
            changed = True
        if changed:
            package.parts[name] = serialize(root)
        _without(package, name, lambda one, links=links: one.get("Id") in links)  # type: ignore[misc]
    for name in sorted(package.parts):
        if name.endswith(".rels"):
            _without_in(package, name, lambda one: (one.get("Type") or "").rpartition("/")[2] in _OBJECTS)
    _without_attached(package)


def _reaches_out(one: WordField) -> bool:
    return one.kind in (*CALLING, *TAKING_IN) or (one.kind == "HYPERLINK" and _is_local(_address(one.instruction)))


def _as_picture(thing: etree._Element) -> None:
    """An object of another program as the picture that stands for it."""
    holder = thing.getparent()
    drop(thing)
    if holder is not None and holder.tag == f"{W}object":
        holder.tag = f"{W}pict"
        for size in [name for name in holder.attrib if str(name).endswith("Orig")]:
            del holder.attrib[size]


def _without(package: Package, part: str, gone: Callable[[etree._Element], bool]) -> None:
    if rels_name(part) in package.parts:
        _without_in(package, rels_name(part), gone)


def _without_in(package: Package, name: str, gone: Callable[[etree._Element], bool]) -> None:
    root = parse(package.parts[name])
    cut = [one for one in root if gone(one)]
    for one in cut:
        root.remove(one)
    if cut:
        package.parts[name] = serialize(root)


def _without_attached(package: Package) -> None:
    """The settings no longer name the template that the file was made from, nor a source of addresses."""
    for name in [name for name in package.parts if name.endswith("/settings.xml")]:
        root = parse(package.parts[name])
        cut = list(root.iter(f"{W}attachedTemplate", f"{W}mailMerge"))
        for one in cut:
            drop(one)
        if cut:
            package.parts[name] = serialize(root)
