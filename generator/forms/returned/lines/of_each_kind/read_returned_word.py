"""The lines of a returned Word file: tracked changes accepted, controls by name, pictures and pasted tables kept."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from generator.forms.answer_places.in_word_files.paragraph import MC, W14, W, is_underlined, read_line
from generator.forms.answer_places.prompt_words import LONE_PROMPT, is_prompt
from generator.forms.given.marks import MARK, PLACEHOLDERS, QUESTION
from generator.forms.returned.lines.returned_line import EMPTY, TICKED, ReturnedFile, ReturnedLine, tidied
from generator.word_files.docx_package import Package, parse
from generator.word_files.word_names import style_id

_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_BESIDE = {"comments": "a comment", "footnotes": "a footnote", "endnotes": "an endnote"}
_PART_OF_ANOTHER = "a part of it is another file that did not come with it: ask for that file too"
_GONE = {W + "del", W + "moveFrom", MC + "Fallback"}


def read_returned_word(package: Package) -> ReturnedFile:
    """A returned Word file as lines, in the order in which they are read."""
    reader = _Reader(package)
    body = parse(package.parts[package.main]).find(W + "body")
    if body is not None:
        reader.blocks(body, "", None)
    twice = frozenset(reader.twice)
    notes = tuple(dict.fromkeys(reader.notes))
    edges = tuple(dict.fromkeys(_edges(package)))
    return ReturnedFile(
        tuple(reader.lines), reader.fields, _mark(package), notes, grids=reader.tables(), twice=twice, edges=edges
    )


def _edges(package: Package) -> Iterator[str]:
    """The lines of all headers and footers, those of their text boxes too."""
    for relation in package.relations(package.main):
        if relation.kind in ("header", "footer") and relation.target in package.parts:
            for paragraph in parse(package.parts[relation.target]).iter(W + "p"):
                gone = any(up.tag in _GONE for up in paragraph.iterancestors())
                said = "" if gone else " ".join([tidied(read_line(paragraph).text), *_drawn_letters(paragraph)])
                if said.strip():
                    yield said.strip()


def _drawn_letters(paragraph: etree._Element) -> Iterator[str]:
    """Letters that are drawn as a shape (WordArt)."""
    for path in paragraph.iter(_VML + "textpath"):
        said = tidied(path.get("string", ""))
        if said and not any(up.tag in _GONE for up in path.iterancestors()):
            yield said


def _mark(package: Package) -> str:
    """The reference that we put into the file's properties."""
    content = package.parts.get("docProps/custom.xml")
    for row in parse(content) if content else ():
        if row.get("name") == MARK:
            return "".join(str(text) for text in row.itertext()).strip()
    return ""


class _Reader:
    """Walks the body; `field` is the question of the control that it is in, `cell` the place in a table."""

    def __init__(self, package: Package) -> None:
        self.lines: list[ReturnedLine] = []
        self.fields: dict[str, str] = {}
        self.twice: set[str] = set()
        self.notes: list[str] = []
        self._targets = {r.id: r.target for r in package.relations(package.main)}
        self._tables: list[list[list[str]]] = []
        self._said_beside(package)
        changed = any(True for _ in parse(package.parts[package.main]).iter(W + "ins", W + "del"))
        if changed:
            self.notes.append("changes were tracked in it; they are read as accepted")

    def _said_beside(self, package: Package) -> None:
        """Comments and notes: they belong to no question, and are told."""
        for relation in package.relations(package.main):
            said = _BESIDE.get(relation.kind)
            if said is None or relation.target not in package.parts:
                continue
            for note in parse(package.parts[relation.target]):
                text = tidied(" ".join(read_line(p).text for p in note.iter(W + "p")))
                if text:
                    self.notes.append(f"{said} says: {text}")

    def tables(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """The tables with the texts of their cells."""
        return tuple(tuple(tuple(cell.strip() for cell in row) for row in table) for table in self._tables)

    def blocks(self, parent: etree._Element, field: str, cell: tuple[int, int, int] | None) -> None:
        for child in parent:
            if not isinstance(child.tag, str) or child.tag in _GONE:
                continue
            if child.tag == W + "p":
                self.paragraph(child, field, cell)
            elif child.tag == W + "tbl":
                self.table(child, field)
            elif child.tag == W + "sdt":
                self.control(child, field, cell)
            elif child.tag in (W + "ins", W + "moveTo", W + "customXml", W + "smartTag"):
                self.blocks(child, field, cell)
            elif child.tag == W + "altChunk":
                self.notes.append("words of another file were inserted as a whole and are not read: look into it")
            elif child.tag == W + "subDoc":
                self.notes.append(_PART_OF_ANOTHER)

    def control(self, sdt: etree._Element, field: str, cell: tuple[int, int, int] | None) -> None:
        content = sdt.find(W + "sdtContent")
        own = _question(sdt) or field
        if own:
            self._said_like_a_prompt(sdt)
        if content is None or (own and _is_placeholder(sdt)):
            return
        # Where the mark of the prompt is left, what is in it may be our hint or an answer: its place tells.
        self.blocks(content, "" if own and _is_marked(sdt) else own, cell)

    def table(self, table: etree._Element, field: str) -> None:
        number = len(self._tables)
        self._tables.append([])
        for row_number, row in enumerate(_parts(table, "tr")):
            if row.find(f"{W}trPr/{W}del") is not None:
                continue
            texts: list[str] = []
            for column, cell in enumerate(_parts(row, "tc")):
                before = len(self.lines)
                self.blocks(cell, field, (number, row_number, column))
                texts.append("\n".join(line.text for line in self.lines[before:] if line.text))
            self._tables[number].append(texts)

    def paragraph(self, paragraph: etree._Element, field: str, cell: tuple[int, int, int] | None) -> None:
        self._inline_controls(paragraph)
        pictures, floating = self._pictures(paragraph)
        text = tidied(_shown_text(paragraph))
        if sums := "".join(t.text or "" for t in paragraph.iter(_MATH + "t")):
            self.notes.append(f"an equation says: {sums}")
        self.notes += [f"letters drawn as a shape say: {said}" for said in _drawn_letters(paragraph)]
        self.notes += [_PART_OF_ANOTHER] if next(paragraph.iter(W + "subDoc"), None) is not None else []
        highlighted = _highlighted(paragraph)
        bullet = paragraph.find(f"{W}pPr/{W}numPr") is not None or "Bullet" in style_id(paragraph)
        self.lines.append(ReturnedLine(text, field, cell, bullet, highlighted, pictures, floating))
        for box in _outside(paragraph):
            self.blocks(box, field, cell)

    def _inline_controls(self, paragraph: etree._Element) -> None:
        for sdt in paragraph.iter(W + "sdt"):
            question = _question(sdt)
            if question:
                self._said_like_a_prompt(sdt)
                self._found(question, "" if _is_placeholder(sdt) else _value(sdt))

    def _said_like_a_prompt(self, sdt: etree._Element) -> None:
        """Tell of words that are kept as an answer, although they may be another program's prompt."""
        if _is_marked(sdt) and not _is_placeholder(sdt) and is_prompt(text := _words(sdt)):
            self.notes.append(f"“{text}” is read as an answer; it may be no more than what stood in the empty field")

    def _found(self, question: str, value: str) -> None:
        """Keep the value of a control beside those of its copies: somebody may have copied it to write more."""
        before = self.fields.get(question, "")
        if before in ("", EMPTY) or value in ("", EMPTY, before):
            self.fields[question] = value if before in ("", EMPTY) and value else before or value
            return
        self.twice.add(question)
        self.fields[question] = f"{before}\n{value}"

    def _pictures(self, paragraph: etree._Element) -> tuple[tuple[str, ...], bool]:
        found, floating = [], False
        for shown in paragraph.iter(_A + "blip", _VML + "imagedata", _OFFICE + "OLEObject"):
            ups = list(shown.iterancestors())
            if any(up.tag in _GONE and not _is_of_ink(up) for up in ups):
                continue
            if shown.tag == _VML + "imagedata" and any(up.tag == W + "object" for up in ups):
                continue  # the icon of a file that was put in: the file itself is told
            name = shown.get(_REL + "embed") or shown.get(_REL + "id") or ""
            file = self._targets.get(name, "picture").rpartition("/")[2]
            found.append(file)
            if shown.tag == _OFFICE + "OLEObject":
                self.notes.append(f"a file was put into it ({file}); it is not read: open it in the returned file")
            floating = floating or any(up.tag == _WP + "anchor" for up in ups)
        return tuple(dict.fromkeys(found)), floating


def _is_of_ink(fallback: etree._Element) -> bool:
    """True for the picture of what was drawn with a pen, which stands where a program knows no ink."""
    beside = fallback.getparent()
    return (
        fallback.tag == MC + "Fallback"
        and beside is not None
        and any(one.tag.endswith("}contentPart") for one in beside.iter(etree.Element))
    )


def _parts(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also those that a control or a change holds."""
    for child in element:
        if child.tag == W + tag:
            yield child
        elif child.tag in (W + "sdt", W + "ins", W + "customXml"):
            inner = child.find(W + "sdtContent") if child.tag == W + "sdt" else child
            if inner is not None:
                yield from _parts(inner, tag)


def _question(sdt: etree._Element) -> str:
    """The question that a control of ours answers."""
    tag = sdt.find(f"{W}sdtPr/{W}tag")
    value = "" if tag is None else tag.get(W + "val", "")
    return value.removeprefix(QUESTION) if value.startswith(QUESTION) else ""


def _is_placeholder(sdt: etree._Element) -> bool:
    """True for a control that shows its prompt; some programs leave the mark of it on a control that was typed in."""
    if not _is_marked(sdt):
        return False
    text = _words(sdt)
    return not text or text in PLACEHOLDERS or bool(LONE_PROMPT.fullmatch(text))


def _words(sdt: etree._Element) -> str:
    content = sdt.find(W + "sdtContent")
    return "" if content is None else " ".join(tidied(read_line(p).text) for p in _read_as(content))


def _is_marked(sdt: etree._Element) -> bool:
    return sdt.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _read_as(content: etree._Element) -> list[etree._Element]:
    """The paragraphs of a control, or itself where it stands in one."""
    return list(content.iter(W + "p")) or [content]


def _value(sdt: etree._Element) -> str:
    checked = sdt.find(f"{W}sdtPr/{W14}checkbox/{W14}checked")
    if checked is not None:
        return TICKED if checked.get(W14 + "val", "0") in ("1", "true") else EMPTY
    content = sdt.find(W + "sdtContent")
    return "" if content is None else tidied(read_line(content).text)


def _shown_text(paragraph: etree._Element) -> str:
    """The paragraph's text without that of our inline controls, which are read by name, except boxes."""
    line = read_line(paragraph)
    skipped: set[int] = set()
    for inline in line.inlines:
        named = inline.kind == "sdt" and _question(inline.element)
        if named and inline.element.find(f"{W}sdtPr/{W14}checkbox") is None:
            skipped.update(range(inline.start, inline.end))
    return "".join(atom.char for number, atom in enumerate(line.atoms) if number not in skipped)


def _highlighted(paragraph: etree._Element) -> tuple[str, ...]:
    """The words marked with a highlighter, a background or a line under them."""
    words = []
    for run in paragraph.iter(W + "r"):
        mark = run.find(f"{W}rPr/{W}highlight")
        shade = run.find(f"{W}rPr/{W}shd")
        filled = shade is not None and shade.get(W + "fill", "auto").lower() not in ("auto", "ffffff")
        marked = mark is not None and mark.get(W + "val") != "none"
        if marked or filled or is_underlined(run):
            words.append("".join(text.text or "" for text in run.iter(W + "t")))
    return tuple(word.strip() for word in words if word.strip())


def _outside(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The text boxes that hang on a paragraph, each once."""
    for box in paragraph.iter(W + "txbxContent"):
        if not any(up.tag in _GONE for up in box.iterancestors()):
            yield box
