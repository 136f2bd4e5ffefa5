"""The lines of a returned OpenDocument text: what LibreOffice, and others through it, make of our Word forms."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from generator.files.damaged_archives import DAMAGED
from generator.forms.answer_places.place import FormRefused
from generator.forms.given.marks import MARK
from generator.forms.returned.lines.returned_line import ReturnedFile, ReturnedLine, tidied
from generator.word_files.docx_package import DamagedArchive, NotAWordFile, parse, unpacked

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CONTROL = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_LINK = "{http://www.w3.org/1999/xlink}"
_SILENT = {_TEXT + "tracked-changes", _OFFICE + "forms", _TEXT + "sequence-decls"}


def read_returned_odt(content: bytes) -> ReturnedFile:
    """A returned .odt as lines. Raises FormRefused for a file that cannot be opened."""
    try:
        parts = unpacked(content)
        root = parse(parts["content.xml"])
        meta = parse(parts["meta.xml"]) if "meta.xml" in parts else None
        styles = parse(parts["styles.xml"]) if "styles.xml" in parts else None
    except (DamagedArchive, LookupError, NotAWordFile):
        raise FormRefused("it is locked with a password or damaged", "ask for it again, or for a .docx") from None
    reader = _OdtReader(root)
    text = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if text is not None:
        reader.blocks(text, None)
    marks = [row.text or "" for row in meta.iter(_META + "user-defined")] if meta is not None else []
    names = [row.get(_META + "name", "") for row in meta.iter(_META + "user-defined")] if meta is not None else []
    mark = dict(zip(names, marks, strict=True)).get(MARK, "")
    edges = tuple(dict.fromkeys(_edges(styles))) if styles is not None else ()
    return ReturnedFile(tuple(reader.lines), {}, mark.strip(), tuple(reader.notes), grids=reader.tables(), edges=edges)


def _edges(styles: etree._Element) -> Iterator[str]:
    """The lines of all headers and footers."""
    for edge in styles.iter(*(f"{_STYLE}{name}{which}" for name in ("header", "footer") for which in _WHICH)):
        for paragraph in edge.iter(_TEXT + "p", _TEXT + "h"):
            if said := tidied(_odt_text(paragraph)):
                yield said


_WHICH = ("", "-left", "-first")


def is_odt(content: bytes) -> bool:
    """True for an OpenDocument text, whatever its name ends with."""
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "mimetype" in archive.namelist() and archive.read("mimetype").endswith(b"opendocument.text")
    except DAMAGED:
        return False


class _OdtReader:
    def __init__(self, root: etree._Element) -> None:
        self.lines: list[ReturnedLine] = []
        self.notes: list[str] = []
        self._tables: list[list[list[str]]] = []
        self._marked = {
            str(style.get(_STYLE + "name"))
            for style in root.iter(_STYLE + "style")
            for look in style.iter(_STYLE + "text-properties")
            if look.get(_FO + "background-color", "transparent") not in ("transparent", "#ffffff")
            or look.get(_STYLE + "text-underline-style", "none") != "none"
        }
        if any(one.get(_LINK + "href") for one in root.iter(_TEXT + "section-source")):
            self.notes.append("a part of it is another file that did not come with it: ask for that file too")
        if next(root.iter(_TEXT + "changed-region"), None) is not None:
            self.notes.append("changes were tracked in it; they are read as accepted")

    def tables(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """The tables with the texts of their cells."""
        return tuple(tuple(tuple(row) for row in table) for table in self._tables)

    def blocks(self, parent: etree._Element, cell: tuple[int, int, int] | None, bullet: bool = False) -> None:
        for child in parent:
            if not isinstance(child.tag, str) or child.tag in _SILENT:
                continue
            if child.tag in (_TEXT + "p", _TEXT + "h"):
                self.paragraph(child, cell, bullet)
            elif child.tag == _TABLE + "table":
                self.table(child)
            elif child.tag == _TEXT + "list":
                self.blocks(child, cell, True)
            else:
                self.blocks(child, cell, bullet)

    def table(self, table: etree._Element) -> None:
        number = len(self._tables)
        self._tables.append([])
        rows = [row for row in table.iter(_TABLE + "table-row") if next(row.iterancestors(_TABLE + "table")) is table]
        for row_number, row in enumerate(rows):
            texts = []
            for column, cell in enumerate(row.findall(_TABLE + "table-cell")):
                before = len(self.lines)
                self.blocks(cell, (number, row_number, column))
                texts.append("\n".join(line.text for line in self.lines[before:] if line.text))
            self._tables[number].append(texts)

    def paragraph(self, paragraph: etree._Element, cell: tuple[int, int, int] | None, bullet: bool) -> None:
        own = list(_outside_boxes(paragraph))
        pictures = tuple(
            (image.get(_LINK + "href") or "picture").rpartition("/")[2] for image in own if image.tag == _DRAW + "image"
        )
        anchored = [frame.get(_TEXT + "anchor-type", "") for frame in own if frame.tag == _DRAW + "frame"]
        floating = any(kind not in ("as-char", "") for kind in anchored)
        marked = tuple(
            tidied("".join(map(str, span.itertext())))
            for span in own
            if span.tag == _TEXT + "span" and span.get(_TEXT + "style-name") in self._marked
        )
        text = tidied(_odt_text(paragraph))
        self.lines.append(ReturnedLine(text, "", cell, bullet, tuple(filter(None, marked)), pictures, floating))
        for one in own:
            if one.tag == _DRAW + "text-box":
                self.blocks(one, cell)
            elif one.tag == _DRAW + "custom-shape" and (said := _paragraphs_of(one)):
                self.notes.append(f"{_what_says(one)}: {said}")
            elif one.tag in (_OFFICE + "annotation", _TEXT + "note") and (said := _paragraphs_of(one)):
                self.notes.append(f"a comment or footnote says: {said}")


def _outside_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Everything in a paragraph; of text boxes, whose paragraphs are read by themselves, only the boxes."""
    for child in paragraph:
        yield child
        if child.tag != _DRAW + "text-box":
            yield from _outside_boxes(child)


def _paragraphs_of(thing: etree._Element) -> str:
    return tidied(" ".join("".join(map(str, p.itertext())) for p in thing.iter(_TEXT + "p")))


def _what_says(shape: etree._Element) -> str:
    """Fontwork draws its letters; any other shape is a rectangle, an arrow or a balloon with words in it."""
    kinds = (look.get(_DRAW + "type", "") for look in shape.iter(_DRAW + "enhanced-geometry"))
    drawn = any(kind.startswith("fontwork") for kind in kinds)
    return "letters drawn as a shape say" if drawn else "words in a shape say"


def _odt_text(element: etree._Element) -> str:
    """The text of a paragraph; tabs and breaks as such, notes and frames left out."""
    text = element.text or ""
    for child in element:
        if child.tag == _TEXT + "s":
            count = child.get(_TEXT + "c", "1")
            text += " " * (min(int(count), 200) if count.isdecimal() else 1)
        elif child.tag == _TEXT + "tab":
            text += "\t"
        elif child.tag == _TEXT + "line-break":
            text += "\n"
        elif child.get(_CONTROL + "showing-place-holder") == "true":
            pass
        elif isinstance(child.tag, str) and child.tag not in (
            _TEXT + "note",
            _OFFICE + "annotation",
            _DRAW + "frame",
            _DRAW + "custom-shape",
        ):
            text += _odt_text(child)
        text += child.tail or ""
    return text
