"""What a merged file says about itself beside its pages: title, author, day, and nothing of who made the template."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Date
from html import escape
from typing import Any

from lxml import etree

from generator.documents.templates.word_features.word_fields import FieldFacts
from generator.values import formatting
from generator.word_files.docx_package import Package, legal, parse, rels_name, serialize

EMPTY_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
"""The references of a part that has none."""
_PROPERTIES = ("core-properties", "extended-properties", "custom-properties", "thumbnail")


def without_traces(package: Package) -> None:
    """Drop what tells of the template's author and machine, and parts that nothing refers to any more."""
    root = parse(package.parts.get("_rels/.rels", EMPTY_RELATIONS))
    for element in list(root):
        if element.get("Type", "").rpartition("/")[2] in _PROPERTIES:
            root.remove(element)
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    etree.SubElement(root, f"{{{root.nsmap[None]}}}Relationship", Id="rCore", Type=core, Target="docProps/core.xml")
    package.parts["_rels/.rels"] = serialize(root)
    package.names["_rels/.rels"] = ""
    kept = {"[Content_Types].xml", "_rels/.rels"} | _reached(package, "")
    package.parts = {name: content for name, content in package.parts.items() if name in kept}
    package.names = {name: kind for name, kind in package.names.items() if name in kept}
    package.parts["docProps/core.xml"] = b""
    package.names["docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"


def _reached(package: Package, part: str) -> set[str]:
    reached: set[str] = set()
    waiting = [part]
    while waiting:
        for relation in package.relations(waiting.pop()):
            if not relation.external and relation.target in package.parts and relation.target not in reached:
                reached |= {relation.target, rels_name(relation.target)}
                waiting.append(relation.target)
    return reached


def core_properties(context: Mapping[str, Any]) -> bytes:
    """docProps/core.xml: the title with the child's name and the day, which is shown above the page; the school."""
    day = _given(context, "document", "date")
    named = (_given(context, "document", "title"), _given(context, "facts", "full_name"), formatting.date(day))
    stamp = f"{day.isoformat()[:10] if isinstance(day, Date) else '2000-01-01'}T00:00:00Z"
    whole = ", ".join(formatting.one_line(part) for part in named if part)
    title, author = (
        escape(legal(text), quote=False) for text in (whole, formatting.one_line(_given(context, "school", "name")))
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><dc:language>en-GB</dc:language>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified></cp:coreProperties>'
    ).encode()


def _given(context: Mapping[str, Any], group: str, name: str) -> Any:
    """A value that any context may leave out: only a template's own tags insist on their names."""
    fields = context.get(group)
    return fields[name] if fields and name in fields else None


def facts_of_fields(context: Mapping[str, Any]) -> FieldFacts:
    """What Word's own fields of date, title and author print in this document."""
    title, school = _given(context, "document", "title"), _given(context, "school", "name")
    return FieldFacts(
        _given(context, "document", "date"), legal(formatting.one_line(title)), legal(formatting.one_line(school))
    )
