"""What is wrong with a Word template before any case is merged with it: what stops it, and what makes poor pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from generator.documents.templates.checking.available_fields import KnownFields
from generator.documents.templates.checking.check_appearance import (
    TemplateSpot,
    TemplateStyles,
    faint,
    fonts_used,
    in_pieces,
    shown,
    spots,
)
from generator.documents.templates.checking.check_names import Printed, check_source
from generator.documents.templates.checking.check_syntax import TagFault, as_source, half_tags
from generator.documents.templates.house_style import style_names, styles_used
from generator.documents.templates.nearly_tags import nearly_tags
from generator.documents.templates.render import (
    TemplateFailed,
    dressed,
    load_template,
    misplaced_in,
    quote,
    settled,
    sources,
)
from generator.documents.templates.word_features import own_text, reaching_out, stories
from generator.documents.templates.word_features.before_merging import COMMENTS
from generator.documents.templates.word_features.tag_places import Misplaced, corrected, misplaced
from generator.fonts.shipped_fonts import STANDS_IN
from generator.problems import Problem
from generator.records.schema.schema_view import Shape
from generator.word_files.docx_package import NotAWordFile, Package, W, parse, read_package
from generator.word_files.tracked_changes import tracked
from generator.word_files.word_names import is_on

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VML = "{urn:schemas-microsoft-com:vml}"
_WORD_ART = f"{_VML}textpath"
_PICTURES = (f"{_VML}imagedata", "{http://schemas.openxmlformats.org/drawingml/2006/main}blip")
_SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}txbx"


def check_template(
    path: Path,
    house: Path | None,
    shown_path: str,
    known: KnownFields | None = None,
    records: Sequence[str] = (),
    usual: Path | None = None,
) -> list[Problem]:
    """Every finding about one template: `data` stops it, `quality` is advice on pages, reading aloud and style.

    With `known`, every name in every tag is looked up, also where no case would go. `records` are the kinds of record
    that the template is there to print: their fields that it never prints are told, but for those that the `usual`
    template of its name leaves out too.
    """
    printed = Printed()
    broken = [] if known is None else [*_places(path, shown_path), *_tags(path, shown_path, known, printed)]
    if not broken:
        try:
            load_template(path, house)
        except TemplateFailed as error:
            broken = [Problem.of_file(shown_path, "data", "template-broken", str(error), error.advice)]
    try:
        own, worn = read_package(path.read_bytes()), dressed(path, house)
    except Exception as error:  # noqa: BLE001 - what cannot be opened was told above
        return broken or [Problem.of_file(shown_path, "data", "template-broken", str(error))]
    body = parse(own.parts[own.main])
    found = [
        *_styles(own, body, house),
        *_tables(body),
        *_pictures(body),
        *_pieces(body),
        *_nearly(own, [one.message for one in broken], known),
        *_private(own),
        *_edges(own, house),
        *_inserted(own),
        *dict.fromkeys(reaching_out.found(own, stories(own))),
        *_looks(worn),
    ]
    if known is not None and not broken:
        found += _unprinted(known, records, printed, _printed_by(usual, known))
    return broken + [Problem.of_file(shown_path, "quality", rule, message, hint) for rule, message, hint in found]


Finding = tuple[str, str, str]

_PARTS = {"document": "", "header": "in the header, ", "footer": "in the footer, "}


def _tags(path: Path, shown_path: str, known: KnownFields, printed: Printed) -> list[Problem]:
    """A problem for each tag that is broken or names what does not exist; nothing of the house's own parts."""
    try:
        parts = sources(path, None)
        package = settled(path)
    except (TemplateFailed, OSError) as error:
        return [Problem.of_file(shown_path, "data", "template-broken", str(error))]
    found: list[Problem] = []
    notes = [name for name in parts if name.rpartition("/")[2].startswith(("footnotes", "endnotes"))]
    for name, source in parts.items():
        root = parse(package.parts[name])
        paragraphs = spots(root)
        # A note is merged where its number stands in the body.
        beside = (
            [spot for other in notes for _, spot in spots(parse(package.parts[other]))] if name not in notes else []
        )
        own_places = [spot for _, spot in paragraphs]
        places = [*own_places, *beside]
        text = "\n".join(own_text(one).replace("\n", " ") for one, _ in paragraphs)
        # Where a tag is torn or misplaced, what docxtpl makes of it is a riddle: the paragraphs as they are written.
        torn = half_tags(text) or any(misplaced(root))
        source = corrected(as_source(text) if torn else source)
        where = next((words for kind, words in _PARTS.items() if kind in name), "in a note, ")
        for fault in check_source(source, known, printed):
            spot = _spot(fault, quote(source, fault.line), places)
            rule = "template-field" if "there is no field" in fault.message else "template-tag"
            there = "in a note, " if spot in beside and spot not in own_places else where
            message = (
                f"{fault.message}, {there}{spot}" if spot.words else f"{fault.message}{_in_a_picture(fault, root)}"
            )
            found.append(Problem.of_file(shown_path, "data", rule, message, fault.hint))
    return list(dict.fromkeys(found))


def _spot(fault: TagFault, quoted: str, places: Sequence[TemplateSpot]) -> TemplateSpot:
    """The paragraph of the file in which a fault stands, so that it can be searched for in Word."""
    wanted = [fault.tag, quoted.strip("{%} "), quoted]
    # The same tag may stand in many paragraphs: the one where the source has it comes first.
    near = sorted(enumerate(places, 1), key=lambda place: abs(place[0] - fault.line))
    for text in (shown(as_source(text)).removesuffix("…") for text in wanted if text):
        for _, spot in near:
            if re.search(rf"(?<![\w.]){re.escape(text)}", as_source(spot.words)):
                return spot
    return TemplateSpot(shown(quoted))


def _in_a_picture(fault: TagFault, root: etree._Element) -> str:
    """Where a fault stands that is in no paragraph, if it is in the words of a picture for who cannot see it."""
    words = [picture.get("descr") or "" for picture in root.iter(f"{_DRAWING}docPr")]
    return next((f", in the alternative text “{shown(one)}”" for one in words if fault.tag and fault.tag in one), "")


def _printed_by(usual: Path | None, known: KnownFields) -> Printed | None:
    """What the template prints that comes with the program under this name."""
    if usual is None:
        return None
    printed = Printed()
    for source in sources(usual, None).values():
        check_source(source, known, printed)
    return printed


def _unprinted(
    known: KnownFields, records: Sequence[str], printed: Printed, usual: Printed | None
) -> Iterator[Finding]:
    """One note for each kind of record with fields that the template never prints."""
    for kind in records:
        shape = known.schemas.shape(kind)
        left_out = set() if usual is None else set(_missing(known, kind, shape, usual))
        missing = [name for name in _missing(known, kind, shape, printed) if name not in left_out]
        if missing:
            few = ", ".join(missing[:12]) + (f" and {len(missing) - 12} more" if len(missing) > 12 else "")
            hint = "nothing is wrong, as long as that is meant"
            yield "template-unprinted", f"these fields of the {kind} record are never printed: {few}", hint


_NOT_FOR_PRINT = {"id", "audience", "not_known"}


def _missing(known: KnownFields, path: str, shape: Shape, printed: Printed, depth: int = 0) -> Iterator[str]:
    for name in shape.names:
        inner = known.meant(shape.property(name))
        here = f"{path}.{name}"
        if name in _NOT_FOR_PRINT or here in printed.passed or inner is None or "x-ref" in inner.keywords:
            continue
        item = inner.item() if "array" in inner.types else inner
        if (id(shape), name) not in printed.seen:
            yield here.partition(".")[2]
        # A group that is passed on whole counts as printed.
        elif item is not None and depth < 4 and any((id(item), n) in printed.seen for n in item.names):
            yield from _missing(known, here, item, printed, depth + 1)


# -- how it looks -----------------------------------------------------------------------------------------------------


def _styles(package: Package, body: etree._Element, house: Path | None) -> Iterator[Finding]:
    if house is None:
        return
    own = style_names(package)
    known = set(style_names(read_package(house.read_bytes())).values())
    used = {own.get(element.get(f"{W}val", ""), "") for element in styles_used(body)}
    for name in sorted(used - known - {""}):
        hint = "use a style of the house, or add this one to house.docx"
        yield "template-style", f"it uses the style “{name}”, which the house style does not have", hint


def _edges(package: Package, house: Path | None) -> Iterator[Finding]:
    """Its own header and footer, where they say something that the house's do not, of which documents have those."""
    if house is None:
        return
    ours = _edge_words(read_package(house.read_bytes()))
    for kind, words in _edge_words(package).items():
        if words - ours.get(kind, set()):
            message = f"its own {kind} is not printed: every document has that of house.docx"
            yield "template-edge", message, "write it into house.docx (sendpack template copy house)"


def _edge_words(package: Package) -> dict[str, set[str]]:
    """The lines of the headers and of the footers, watermarks too, and whether there is a picture."""
    found: dict[str, set[str]] = {}
    for relation in package.relations(package.main):
        if relation.kind in ("header", "footer") and relation.target in package.parts:
            root = parse(package.parts[relation.target])
            lines = {own_text(p).strip() for p in root.iter(f"{W}p")}
            lines |= {(path.get("string") or "").strip() for path in root.iter(_WORD_ART)}
            pictures = {"a picture"} if next(root.iter(*_PICTURES), None) is not None else set()
            found.setdefault(relation.kind, set()).update((lines | pictures) - {""})
    return found


def _inserted(package: Package) -> Iterator[Finding]:
    """Text that a program put in as a file of its own, which Word makes its own when it opens the template."""
    for relation in package.relations(package.main):
        if relation.kind == "aFChunk" and relation.target in package.parts:
            told = b"{{" in package.parts[relation.target] or b"{%" in package.parts[relation.target]
            yield (
                "template-inserted",
                f"a program put text into it as a file of its own{', and the tags in that are not filled' * told}",
                "open it in Word and save it, which makes the text part of it",
            )


def _tables(body: etree._Element) -> Iterator[Finding]:
    for number, table in enumerate(body.iter(f"{W}tbl"), 1):
        if not is_on(table.find(f"{W}tr/{W}trPr/{W}tblHeader")):
            message = f"table {number} has no heading row, so it is hard to follow when read aloud or over two pages"
            yield "template-table", message, "in Word, select its first row and choose Layout, Repeat Header Rows"


def _pictures(body: etree._Element) -> Iterator[Finding]:
    for number, drawing in enumerate(body.iter(f"{_DRAWING}docPr"), 1):
        if not (drawing.get("descr") or "").strip():
            yield (
                "template-picture",
                f"picture {number} has no alternative text",
                "in Word, right-click: Edit Alt Text",
            )
    if next(body.iter(f"{_DRAWING}anchor"), None) is not None or next(body.iter(_SHAPE), None) is not None:
        message = "it has floating pictures or text boxes, which the built-in PDF engine may lose"
        yield "template-floating", message, "set pictures In Line with Text, and use a table for a box"


def _places(path: Path, shown_path: str) -> list[Problem]:
    """A problem for each tag that stands where merging would lose something, and for what nothing would fill."""
    try:
        faults = misplaced_in(settled(path))
    except (TemplateFailed, NotAWordFile):
        return []  # told when its tags are read
    return [Problem.of_file(shown_path, "data", one.rule, _told(one), one.hint) for one in faults]


def _told(fault: Misplaced) -> str:
    words = shown(fault.words)
    return f"{fault.message}, “{words}”" if words and words not in fault.message else fault.message


def _private(own: Package) -> Iterator[Finding]:
    """What Word keeps in the file and no document may give out: told, since the writer may not know of it."""
    roots = [parse(own.parts[name]) for name in stories(own)]
    if changes := sum(1 for root in roots for _ in tracked(root)):
        message = f"it has tracked changes ({changes}): documents are made as if all of them were accepted"
        yield "template-tracked", message, "in Word: Review, Accept (or Reject) All Changes, and save"
    remarks = [r.target for r in own.relations(own.main) if r.kind == COMMENTS[0] and r.target in own.parts]
    if count := sum(1 for part in remarks for _ in parse(own.parts[part]).iter(f"{W}comment")):
        many = "1 comment, which is" if count == 1 else f"{count} comments, which are"
        yield "template-comment", f"it has {many} left out of every document", "in Word: Review, Delete All Comments"
    if any(is_on(mark) for root in roots for mark in root.iter(f"{W}vanish") if _hides_words(mark)):
        message = "it has hidden text, which is left out of every document"
        yield "template-hidden", message, "select all (Ctrl+A), Font, untick Hidden, and delete what is not needed"


def _hides_words(mark: etree._Element) -> bool:
    run = next(mark.iterancestors(f"{W}r"), None)
    return run is not None and "".join(t.text or "" for t in run.iter(f"{W}t")).strip() != ""


def _pieces(body: etree._Element) -> Iterator[Finding]:
    for spot, tag in in_pieces(body):
        message = f"the letters of the tag {tag} are formatted differently, {spot}: it will look like its first letter"
        yield "template-pieces", message, "write the tag again in one go, or select all of it and clear the formatting"


def _nearly(own: Package, told: Sequence[str], known: KnownFields | None) -> Iterator[Finding]:
    """Places to fill as other programs write them, and tags that lack a brace: they would be printed as they are.

    Square brackets are also printed round addresses of the web and remarks: there only what is a field is told.
    """
    texts = (own_text(p) for name in stories(own) for p in parse(own.parts[name]).iter(f"{W}p"))
    for written, right in dict.fromkeys(one for text in texts for one in nearly_tags(text)):
        exists = known is None or _can_be_filled(right, known)
        if any(written in one for one in told) or (written.startswith("[") and not exists):
            continue  # the last that a field of mail merge printed
        message = f"“{shown(written)}” is no tag of sendpack's, so it is printed as it is"
        what = right if exists else "a field of sendpack there"
        yield "template-nearly", message, f"if it is to be filled, write {what} (sendpack template fields)"


_ENDS = {"if": "{% endif %}", "for": "{% endfor %}"}


def _can_be_filled(tag: str, known: KnownFields) -> bool:
    """True where what a tag names exists; of the middle or end of a block nothing can be told alone."""
    begins = re.match(r"\{% (\w+)", tag)
    if begins and begins[1] not in _ENDS:
        return True
    return not check_source(tag + _ENDS.get(begins[1] if begins else "", ""), known, Printed())


def _looks(worn: Package) -> Iterator[Finding]:
    """Contrast and fonts as they will be, in the house style, headers and footers included."""
    styles = TemplateStyles(worn)
    edges = [r.target for r in worn.relations(worn.main) if r.kind in ("header", "footer") and r.target in worn.parts]
    bodies = [parse(worn.parts[name]) for name in [worn.main, *sorted(edges)]]
    for body in bodies:
        for spot, letters, behind, ratio in faint(body, styles):
            message = f"#{letters} on #{behind} is hard to read (contrast {ratio:.1f} to 1), {spot}"
            yield "template-contrast", message, "take a darker colour for the letters, or a lighter one behind them"
    for font, spot in sorted(fonts_used(worn, bodies, styles).items()):
        if font.lower() not in STANDS_IN:
            message = f"the font {font} does not come with sendpack, so PDFs will have another, {spot}"
            yield "template-font", message, "use Arial or Calibri, which look the same on every computer"
