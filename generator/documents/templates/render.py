"""Word templates: parsed and dressed in the house style once, then merged with any number of cases.

The merging rules are docxtpl's (its tags, its XML). What is ours: a template that is kept compiled, fields that cannot
be misspelt in silence, text that cannot break the document, and the same bytes for the same input.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path
from types import TracebackType
from typing import Any
from xml.sax.saxutils import escape

from docxtpl import DocxTemplate
from jinja2 import nodes
from jinja2.exceptions import TemplateError, TemplateSyntaxError, UndefinedError
from lxml import etree

from generator.documents.templates.house_style import dress, style_names
from generator.documents.templates.jinja_tags import ATTACHED, JINJA, Attached, AttachedTo, Unprintable
from generator.documents.templates.table_shape import flatten_last, shape_tables
from generator.documents.templates.text_blocks import with_lists
from generator.problems import Exit, Stop
from generator.records.field_view import Fields, UnknownField
from generator.values import formatting
from generator.values.did_you_mean import nearest_or_all
from generator.word_files.docx_package import (
    Member,
    NotAWordFile,
    Package,
    content_types,
    legal,
    parse,
    read_package,
    rels_name,
    serialize,
    write_package,
)
from generator.word_files.pictures_with_alt_text import Picture, read_picture

__all__ = [
    "Fields",
    "Picture",
    "Template",
    "TemplateFailed",
    "dressed",
    "load_template",
    "quote",
    "read_picture",
    "render",
    "sources",
]

_DOCXTPL = DocxTemplate(io.BytesIO())
"""For its text-to-text methods alone; it never holds a document."""

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"

_SHOWN = 160
"""Characters of a paragraph that an error message quotes."""


class TemplateFailed(Stop):
    """A template cannot be used, or cannot be merged with this case: says which one, where in it, and what to mend."""

    exit_code = Exit.FILES_HAVE_ERRORS

    def __init__(self, template: str, reason: str, paragraph: str = "", field: str = "", advice: str = "") -> None:
        near = f", in the paragraph “{paragraph}”" if paragraph else ""
        super().__init__(f"{template}: {reason}{near}.", advice)
        self.template, self.reason, self.paragraph, self.field = template, reason, paragraph, field


@dataclass
class Template:
    """A Word template ready to be merged many times; nothing in it changes when it is."""

    name: str
    parts: list[_Part]
    package: Package
    untouched: list[Member]
    styles: frozenset[str] = frozenset()
    """The ids of the styles that it has."""


@dataclass(frozen=True)
class _Part:
    """One part that holds tags: its paragraphs' source, one a line, and the compiled code."""

    name: str
    source: str
    compiled: Any
    relations: bytes


def load_template(path: Path, house: Path | None) -> Template:
    """Read a .docx template, dress it in the house style when one is given, and compile its tags.

    Raises TemplateFailed for a file that is not a usable Word document and for a tag that is wrongly written.
    """
    package = _read(path)
    dressing = None if house is None else _read(house)
    try:
        package = package if dressing is None else dress(package, dressing)
        _clean(package)
        parts = [_compile(path.name, package, name) for name in _merged(package)]
    except NotAWordFile as error:
        raise TemplateFailed(path.name, str(error)) from None
    rendered = {part.name for part in parts} | {rels_name(part.name) for part in parts}
    rendered |= {"[Content_Types].xml", "docProps/core.xml"}
    untouched = [Member.of(n, c) for n, c in sorted(package.parts.items()) if n not in rendered]
    return Template(path.name, parts, package, untouched, frozenset(style_names(package)))


def _read(path: Path) -> Package:
    try:
        return read_package(path.read_bytes())
    except OSError as error:
        raise TemplateFailed(path.name, f"it cannot be opened ({error.strerror})") from None
    except NotAWordFile as error:
        raise TemplateFailed(path.name, str(error)) from None


def _merged(package: Package) -> list[str]:
    """The parts whose tags are merged: the body first, then headers, footers and notes."""
    wanted = ("header", "footer", "footnotes", "endnotes")
    targets = {r.target for r in package.relations(package.main) if r.kind in wanted}
    return [package.main, *sorted(targets & package.parts.keys())]


_EMPTY_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_PROPERTIES = ("core-properties", "extended-properties", "custom-properties", "thumbnail")


def _clean(package: Package) -> None:
    """Drop what tells of the template's author and machine, and parts that nothing refers to any more."""
    root = parse(package.parts.get("_rels/.rels", _EMPTY_RELATIONS))
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


def _compile(template: str, package: Package, name: str) -> _Part:
    source = _source(package, name)
    try:
        tree = JINJA.parse(source, name, name)
        for node in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
            raise TemplateSyntaxError("a template cannot take in other files", node.lineno)
        compiled = JINJA.template_class.from_code(JINJA, JINJA.compile(tree, name, name), {})
    except TemplateSyntaxError as error:
        advice = "Look for a tag that is not closed: every if and for needs its endif or endfor."
        raise TemplateFailed(template, _plain_error(error), quote(source, error.lineno), advice=advice) from None
    relations = package.parts.get(rels_name(name), _EMPTY_RELATIONS)
    package.parts[rels_name(name)] = relations
    return _Part(name, source, compiled, relations)


def _source(package: Package, name: str) -> str:
    """The tags of a part as Jinja reads them, one paragraph a line: a line number of Jinja's then names a paragraph."""
    xml = etree.tostring(parse(package.parts[name]), encoding="unicode")
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", _DOCXTPL.patch_xml(xml))


def dressed(path: Path, house: Path | None) -> Package:
    """The parts of a template in the house style, tags and all. Raises TemplateFailed for a file that is not usable."""
    package = _read(path)
    try:
        return package if house is None else dress(package, _read(house))
    except NotAWordFile as error:
        raise TemplateFailed(path.name, str(error)) from None


def sources(path: Path, house: Path | None) -> dict[str, str]:
    """The tags of every part of a template as Jinja reads them, by the part's name, each paragraph a line.

    With a house style it is the document as it will be printed. Raises TemplateFailed for a file that is not usable.
    """
    package = dressed(path, house)
    try:
        return {name: _source(package, name) for name in _merged(package)}
    except NotAWordFile as error:
        raise TemplateFailed(path.name, str(error)) from None


def _plain_error(error: TemplateError) -> str:
    return f"a tag is wrongly written: {(error.message or str(error)).rstrip('.')}"


def render(template: Template, context: Mapping[str, Any]) -> bytes:
    """Merge the template with the context: the bytes of a .docx, the same for the same context on every machine.

    `context["document"]` gives the title and date of the file itself. Raises TemplateFailed for a field that does not
    exist, a value that cannot be printed, and a result that Word could not open.
    """
    attached = Attached(dict(template.package.names))
    members: list[Member] = []
    for number, part in enumerate(template.parts):
        page = AttachedTo(attached)
        xml = _mended(template, _merge(template, part, {**context, ATTACHED: page}), body=number == 0)
        members += [Member.of(part.name, xml), Member.of(rels_name(part.name), page.relations(part.relations))]
    members += attached.members
    members.append(Member.of("docProps/core.xml", _core(context)))
    types = Member.of("[Content_Types].xml", content_types(attached.names))
    return write_package([types, *sorted([*template.untouched, *members], key=lambda member: member.name)])


def _merge(template: Template, part: _Part, context: Mapping[str, Any]) -> str:
    try:
        xml = part.compiled.render(context)
    except (UnknownField, TemplateError, Unprintable) as error:
        paragraph = quote(part.source, _line(error.__traceback__, part.name))
        name, reason = _reason(error, context)
        raise TemplateFailed(template.name, reason, paragraph, name, _ADVICE) from None
    except Exception as error:  # noqa: BLE001 - whatever a template's own expression does wrong is the template's mistake
        paragraph = quote(part.source, _line(error.__traceback__, part.name))
        raise TemplateFailed(template.name, f"a tag cannot be worked out: {error}", paragraph) from None
    xml = re.sub(r"\n<w:p([ >])", r"<w:p\1", xml)
    for written, meant in _BRACES.items():
        xml = xml.replace(written, meant)
    return with_lists(_PARAGRAPH.sub(_with_line_ends, xml), template.styles)


_BRACES = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
"""How a template writes braces that are no tag, as in docxtpl."""

_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)


def _with_line_ends(paragraph: re.Match[str]) -> str:
    """The paragraph with its line ends, tabs and new paragraphs as Word's; most have none."""
    xml = paragraph[0]
    return str(_DOCXTPL.resolve_listing(xml)) if any(sign in xml for sign in "\n\a\t\f") else xml


_ADVICE = "Open the template in Word, mend the name there, and build again."


def _reason(error: Exception, context: Mapping[str, Any]) -> tuple[str, str]:
    """The field at fault and a sentence about it."""
    if isinstance(error, UnknownField):
        return error.field, str(error)
    found = re.fullmatch(r"'(\w+)' is undefined|there is no field '(\w+)'", str(error))
    if isinstance(error, UndefinedError) and found:
        name = found[1] or found[2]
        return name, f"there is no field {name!r}{nearest_or_all(name, (n for n in context if n != ATTACHED))}"
    named = re.search(r"there is no field '([^']+)'", str(error))
    return named[1] if named else "", str(error).rstrip(".")


def _line(trace: TracebackType | None, part: str) -> int:
    """The line of the template's source where it went wrong: the innermost frame that is the template itself."""
    line = 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == part:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def quote(source: str, line: int) -> str:
    """The paragraph of a line without its XML; a lone tag is shown as it is."""
    lines = source.split("\n")
    if not 0 < line <= len(lines):
        return ""
    text = " ".join(re.sub(r"<[^>]*>", " ", lines[line - 1]).split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _mended(template: Template, xml: str, *, body: bool) -> bytes:
    """The part as Word wants it: tables squared as docxtpl does, no cell without a paragraph, none without a row."""
    try:
        root = parse(xml.encode())
    except NotAWordFile:
        reason = "the merged document is damaged: a tag spans something it must not"
        advice = "Keep {%p … %} in a paragraph of its own and {%tr … %} in a row of its own, and never split a tag."
        raise TemplateFailed(template.name, reason, advice=advice) from None
    if body:
        root = _DOCXTPL.fix_tables(xml)
        for number, drawing in enumerate(root.iter(_DRAWING), 1001):
            drawing.set("id", str(number))
    shape_tables(root)
    if body:
        flatten_last(root)
    return serialize(root)


def _core(context: Mapping[str, Any]) -> bytes:
    """docProps/core.xml: the title with the child's name and the day, which is shown above the page; the school."""
    day = _given(context, "document", "date")
    named = (_given(context, "document", "title"), _given(context, "facts", "full_name"), formatting.date(day))
    stamp = f"{day.isoformat()[:10] if isinstance(day, Date) else '2000-01-01'}T00:00:00Z"
    whole = ", ".join(formatting.one_line(part) for part in named if part)
    title, author = (escape(legal(text)) for text in (whole, formatting.one_line(_given(context, "school", "name"))))
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
