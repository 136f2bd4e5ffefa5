"""Word templates: parsed and dressed in the house style once, then merged with any number of cases.

The merging rules are docxtpl's (its tags, its XML). What is ours: a template that is kept compiled, fields that cannot
be misspelt in silence, text that cannot break the document, and the same bytes for the same input.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import CodeType, TracebackType
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import nodes
from jinja2.exceptions import TemplateError, TemplateSyntaxError, UndefinedError
from lxml import etree

from generator.documents.templates.bounds import TooMuch, bounded, in_bounds
from generator.documents.templates.compiled_tags import compiled
from generator.documents.templates.house_style import dress, style_names
from generator.documents.templates.jinja_tags import ATTACHED, JINJA, Attached, AttachedTo, Unprintable
from generator.documents.templates.list_ends import keep_ends_together
from generator.documents.templates.prepared_templates import prepared
from generator.documents.templates.table_shape import flatten_last, shape_tables
from generator.documents.templates.text_blocks import with_lists
from generator.documents.templates.word_features import Finishing, finish, notes, settle, stories
from generator.documents.templates.word_features.contents_list import outline_levels
from generator.documents.templates.word_features.file_properties import (
    EMPTY_RELATIONS,
    core_properties,
    facts_of_fields,
    without_traces,
)
from generator.documents.templates.word_features.tag_places import Misplaced, misplaced, tags_in_addresses
from generator.problems import Exit, Stop
from generator.records.field_view import Fields, UnknownField
from generator.values.did_you_mean import nearest_or_all
from generator.word_files.docx_package import (
    Member,
    NotAWordFile,
    Package,
    content_types,
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
    "misplaced_in",
    "quote",
    "read_picture",
    "render",
    "settled",
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
    levels: Mapping[str, int] = field(default_factory=dict)
    """Level of heading by the id of a style."""


@dataclass(frozen=True)
class _Part:
    """One part that holds tags: its paragraphs' source, one a line, and the compiled code."""

    name: str
    source: str
    compiled: Any
    relations: bytes
    notes: str = ""
    """`footnote` or `endnote` for the part that holds them."""


def load_template(path: Path, house: Path | None) -> Template:
    """Read a .docx template, dress it in the house style when one is given, and compile its tags.

    What came of the same files before is kept. Raises TemplateFailed for a file that is not a usable Word document and
    for a tag that is wrongly written.
    """
    made, contents, main, names, styles, levels = prepared(path, house, lambda: _prepared(path, house))
    parts = [
        _Part(name, source, JINJA.template_class.from_code(JINJA, code, JINJA.make_globals(None)), relations, kind)
        for name, source, code, relations, kind in made
    ]
    rendered = {part.name for part in parts} | {rels_name(part.name) for part in parts}
    rendered |= {"[Content_Types].xml", "docProps/core.xml"}
    untouched = [Member.of(n, c) for n, c in sorted(contents.items()) if n not in rendered]
    return Template(path.name, parts, Package(contents, main, names), untouched, styles, levels)


def _prepared(path: Path, house: Path | None) -> tuple[Any, ...]:
    """A template with its house style on it, as plain values: see `load_template`."""
    package = _read(path)
    dressing = None if house is None else _read(house, _settled_once)
    try:
        package = package if dressing is None else dress(package, dressing)
        without_traces(package)
        _refuse_misplaced(path.name, package)
        parts = [_compile(path.name, package, name, source) for name, source in _sources(package).items()]
    except NotAWordFile as error:
        raise TemplateFailed(path.name, str(error)) from None
    styles, levels = frozenset(style_names(package)), dict(outline_levels(_styles(package)))
    return parts, package.parts, package.main, package.names, styles, levels


def misplaced_in(package: Package) -> list[Misplaced]:
    """Every tag that stands wrong in a template, in the order of its parts."""
    names = stories(package)
    found = [fault for name in names for fault in misplaced(parse(package.parts[name]))]
    return list(dict.fromkeys([*found, *tags_in_addresses(package, names)]))


def _styles(package: Package) -> etree._Element | None:
    part = package.related(package.main, "styles")
    return parse(package.parts[part]) if part else None


def _settled(content: bytes) -> Package:
    return settle(read_package(content))


_settled_once = lru_cache(maxsize=4)(_settled)
"""For the house style, which every template of a run takes on and none changes."""


def _read(path: Path, settled: Callable[[bytes], Package] = _settled) -> Package:
    try:
        return settled(path.read_bytes())
    except OSError as error:
        raise TemplateFailed(path.name, f"it cannot be opened ({error.strerror})") from None
    except NotAWordFile as error:
        raise TemplateFailed(path.name, str(error)) from None


def _sources(package: Package) -> dict[str, str]:
    """The source of every part whose tags are merged: the body first, then headers, footers and notes."""
    found = {name: _source(package, name) for name in stories(package)}
    kinds = _kinds_of_notes(package)
    body, left = notes.placed(found[package.main], {kind: found[name] for name, kind in kinds.items()})
    return {**found, package.main: body, **{name: left[kind] for name, kind in kinds.items()}}


def _kinds_of_notes(package: Package) -> dict[str, str]:
    """`footnote` and `endnote` by the names of the parts that hold them."""
    found = {kind: package.related(package.main, f"{kind}s") for kind in notes.KINDS}
    return {name: kind for kind, name in found.items() if name is not None}


def _compile(template: str, package: Package, name: str, source: str) -> tuple[str, str, CodeType, bytes, str]:
    """What makes a `_Part`, with the code that is not bound to anything yet."""
    code = compiled(source, name, lambda: _code(template, name, source))
    relations = package.parts.get(rels_name(name), EMPTY_RELATIONS)
    package.parts[rels_name(name)] = relations
    return name, source, code, relations, _kinds_of_notes(package).get(name, "")


def _refuse_misplaced(template: str, package: Package) -> None:
    """Raises TemplateFailed for the first tag that stands where merging would lose something, or cannot be filled."""
    for fault in misplaced_in(package):
        raise TemplateFailed(template, fault.message, fault.words, advice=fault.hint)


def _code(template: str, name: str, source: str) -> CodeType:
    try:
        tree = JINJA.parse(source, name, name)
        for node in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
            raise TemplateSyntaxError("a template cannot take in other files", node.lineno)
        return JINJA.compile(bounded(tree), name, name)
    except TemplateSyntaxError as error:
        advice = "Look for a tag that is not closed: every if and for needs its endif or endfor."
        raise TemplateFailed(template, _plain_error(error), quote(source, error.lineno), advice=advice) from None
    except RecursionError:
        advice = "Write it as several tags, or with fewer brackets and conditions within each other."
        raise TemplateFailed(template, "its tags are nested too deep to be read", advice=advice) from None


def _source(package: Package, name: str) -> str:
    """The tags of a part as Jinja reads them, one paragraph a line: a line number of Jinja's then names a paragraph."""
    xml = etree.tostring(parse(package.parts[name]), encoding="unicode")
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", _DOCXTPL.patch_xml(xml))


def settled(path: Path) -> Package:
    """The parts of a template as they are merged, in its own style. Raises TemplateFailed for a file of no use."""
    return _read(path)


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
        return _sources(package)
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
    finishing = Finishing(facts_of_fields(context), template.levels, template.styles)
    for number, part in enumerate(template.parts):
        page = attached.page_of_notes(part.notes) if part.notes else AttachedTo(attached)
        merged = _merge(template, part, {**context, ATTACHED: page})
        xml = _mended(template, merged, finishing, body=number == 0)
        members += [Member.of(part.name, xml), Member.of(rels_name(part.name), page.relations(part.relations))]
    members += attached.members
    members.append(Member.of("docProps/core.xml", core_properties(context)))
    types = Member.of("[Content_Types].xml", content_types(attached.names))
    return write_package([types, *sorted([*template.untouched, *members], key=lambda member: member.name)])


def _merge(template: Template, part: _Part, context: Mapping[str, Any]) -> str:
    try:
        xml = in_bounds(part.compiled.generate(context))
    except (UnknownField, TemplateError, Unprintable) as error:
        paragraph = quote(part.source, _line(error.__traceback__, part.name))
        name, reason = _reason(error, context)
        raise TemplateFailed(template.name, reason, paragraph, name, _ADVICE) from None
    except (TooMuch, MemoryError, RecursionError) as error:
        paragraph = quote(part.source, _line(error.__traceback__, part.name))
        why = str(error) if isinstance(error, TooMuch) else "it asks for itself again and again"
        advice = "Look at the loops and sums of the template: no document needs so much."
        raise TemplateFailed(template.name, f"a tag asks for too much: {why}", paragraph, advice=advice) from None
    except Exception as error:  # noqa: BLE001 - whatever a template's own expression does wrong is the template's mistake
        paragraph = quote(part.source, _line(error.__traceback__, part.name))
        raise TemplateFailed(template.name, f"a tag cannot be worked out: {error}", paragraph) from None
    if part.notes:
        xml = notes.with_notes(xml, part.notes, context[ATTACHED].whole.notes.get(part.notes, []))
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


def _mended(template: Template, xml: str, finishing: Finishing, *, body: bool) -> bytes:
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
        keep_ends_together(root)
    finish(root, finishing)
    if body:
        flatten_last(root)
    return serialize(root)
