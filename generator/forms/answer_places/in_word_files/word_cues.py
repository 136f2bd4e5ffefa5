"""What a Word form tells by its looks: headings, questions, open labels, room to write, cells that take ticks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from generator.forms.answer_places.in_word_files.controls import Control, is_repeating
from generator.forms.answer_places.in_word_files.grid import ROW_NUMBER, Cell, GridRow
from generator.forms.answer_places.in_word_files.paragraph import MC, W, read_line, tidy
from generator.forms.answer_places.place import AnswerPlace, Around, Where

HAS_WORD = re.compile(r"[^\W\d_]{2}")
TICK_HEAD = re.compile(r"\(?[√✓✔]\)?|\btick\b|\(y/n\)|\by/n\b", re.I)
ASKS_TICK = re.compile(r"\b(tick|cross|put an? [x✓√])\b|√|✓", re.I)
ASKS = re.compile(
    r"\?|^(?:please\b|describe|tell|explain|give|list|what|how|why|which|summar|outline|say|state|detail|comment|provide|include|write)",
    re.I,
)
CHOOSE = re.compile(r"\b(?:delete|circle|highlight|underline|tick)\b", re.I)
CHOICE_AHEAD = re.compile(
    r"\((?:please )?(?:delete|circle|highlight|underline|tick)\b[^()]*\)\s*[:?]\s*[^/|]{2,40}\s*[/|]\s*\S|"
    r"\?\s+[^/?]{1,30}\s/\s[^/?]{1,40}$|[?:].*\S\s*/\s*\S.*\((?:please )?(?:delete|circle|highlight|underline)",
    re.I,
)
ONLY_LIMIT = re.compile(
    r"\W*(?:please )?(?:max(?:imum)?|no more than|up to|limit(?:ed to)?|word limit|about|approx|write|use)\b"
    r"\.?[^.?]{0,40}\b(?:words?|characters?|lines?|pages?|sides?)\b[^?:]{0,30}",
    re.I,
)
"""Words in a cell that only say how much may be written there; the question stands before the cell."""
NUMBERED = re.compile(r"^(?:section|part|step|stage)\s+[\dA-Z]+\b", re.I)


def next_block(children: list[etree._Element], number: int) -> str:
    """What follows a paragraph: `room` for two or more empty paragraphs, `label` for another label or the end."""
    empty = 0
    for child in children[number + 1 :]:
        if (
            child.tag == W + "p"
            and not tidy(read_line(child).text)
            and not read_line(child).inlines
            and not drawn(child)
        ):
            empty += 1
            continue
        if empty >= 3 and asks(children[number]):
            return "room"
        if child.tag != W + "p":
            return "table" if child.tag == W + "tbl" else ""
        return "label" if open_label(tidy(read_line(child).text)) or read_line(child).inlines else ""
    return "room" if empty >= 3 and asks(children[number]) else "label" if empty == 0 else ""


def answered_below(paragraph: etree._Element) -> bool:
    """True where what follows a paragraph is a place of its own: a box or cell, a control, or a line to write on."""
    for other in paragraph.itersiblings():
        if other.tag == W + "tbl":
            first = next(other.iter(W + "tc"), None)
            return first is not None and not tidy("".join(t.text or "" for t in first.iter(W + "t")))
        if other.tag != W + "p":
            return bool(other.tag == W + "sdt" and not is_contents(other))
        line = read_line(other)
        if tidy(line.text) or line.inlines or drawn(other):
            return not HAS_WORD.search(line.text)
    return False


def has_border(paragraph: etree._Element) -> bool:
    """True for a paragraph in a frame of its own or on a coloured ground: a box to write in, where it is empty."""
    borders, shading = paragraph.find(f"{W}pPr/{W}pBdr"), paragraph.find(f"{W}pPr/{W}shd")
    sides = [b.tag for b in borders if b.get(W + "val") not in ("none", "nil")] if borders is not None else []
    fill = "" if shading is None else shading.get(W + "fill", "").lower()
    return {W + "left", W + "right"} <= set(sides) or fill not in ("", "auto", "ffffff")


def drawn(paragraph: etree._Element) -> bool:
    return paragraph.find(f".//{W}drawing") is not None or paragraph.find(f".//{W}pict") is not None


def asks(paragraph: etree._Element) -> bool:
    text = tidy(read_line(paragraph).text)
    return text.endswith((":", "?")) or bool(ASKS.search(text))


def open_label(words: str) -> bool:
    """`Name of child:` with nothing behind it."""
    return (
        words.endswith(":")
        and len(words) <= 45
        and not words.lower().startswith(("please", "note", "for ", "the following"))
    )


def ends_open(words: str) -> bool:
    """`Address:`, also with a hint behind it: `Main need: (use the codes)`."""
    return re.sub(r"\s*\([^()]*\)\s*$", "", words).rstrip().endswith(":")


def open_lines(cell: Cell) -> list[tuple[etree._Element, int, str]]:
    """The labels of a cell that holds nothing but labels: paragraph, end of the line in it, words."""
    found: list[tuple[etree._Element, int, str]] = []
    for paragraph in cell_paragraphs(cell.element):
        at = 0
        for line in read_line(paragraph).text.split("\n"):
            words = tidy(line)
            if words and (not ends_open(words) or len(words) > 60):
                return []
            if words:
                found.append((paragraph, at + len(line.rstrip()), words))
            at += len(line) + 1
    return found


def is_heading(element: etree._Element, words: str) -> bool:
    style = element.find(f"{W}pPr/{W}pStyle")
    name = "" if style is None else style.get(W + "val", "").lower()
    if name.startswith(("heading", "title")) or NUMBERED.match(words):
        return True
    runs = [r for r in element.iter(W + "r") if tidy("".join(t.text or "" for t in r.iter(W + "t")))]
    bold = bool(runs) and all(is_bold(r) for r in runs)
    return bold and len(words) < 110 and not words.endswith(":")


_GUIDES = re.compile(
    r"^\W*(?:\(|[•·‣▪–-]\s|think (?:about|of)\b"
    r"|(?:please )?(?:include|consider|refer to|use|do not|remember|try to|continue)\b"
    r"|(?:please )?(?:write|type|answer|complete) (?:in|using|as|clearly|below|here|this)\b"
    r"|(?:please )?(?:give|provide) (?:(?:any|some|more|further|full|as much|as many) )?(?:details?|examples?)\b"
    r"(?! of| about)"
    r"|(?:please )?(?:describe|explain|list|comment|say|give|answer) (?:\w+ ){0,2}in (?:no more|up to|about|\d)"
    r"|(?:you|this) (?:may|might|could|can|should|must)\b"
    r"|(?:for example|e\.?g|i\.?e|note|n\.?b|hint|tip|guidance)\b)",
    re.I,
)


def goes_on(element: etree._Element, words: str) -> bool:
    """True for a paragraph that says how to answer the question before it: in a list or in brackets, or by its words.

    It is no question itself: a label ends with a colon, a question with its mark, and `Please state …` asks of its own.
    """
    if words.endswith(("?", ":")) or is_heading(element, words):
        return False
    return bool(_GUIDES.search(words)) or element.find(f"{W}pPr/{W}numPr") is not None


def is_bold(run: etree._Element) -> bool:
    mark = run.find(f"{W}rPr/{W}b")
    return mark is not None and mark.get(W + "val", "1") not in ("0", "false", "off")


def is_caption(cell: Cell) -> bool:
    runs = [r for r in cell.element.iter(W + "r") if tidy("".join(t.text or "" for t in r.iter(W + "t")))]
    return bool(runs) and all(is_bold(r) for r in runs) and len(cell.text) < 60 and not cell.text.endswith(("?", ":"))


def room_in(row: GridRow, cell: Cell) -> bool:
    """True when a cell has room for an answer below its words: empty paragraphs, or a height set by hand."""
    texts = [tidy(read_line(p).text) for p in cell_paragraphs(cell.element)]
    lines = [line for p in cell_paragraphs(cell.element) for line in read_line(p).text.split("\n")]
    trailing = max(
        len(texts) - max((i + 1 for i, t in enumerate(texts) if t), default=0),
        len(lines) - max((i + 1 for i, line in enumerate(lines) if tidy(line)), default=0),
    )
    height = row.element.find(f"{W}trPr/{W}trHeight")
    tall = 0 if height is None else int(height.get(W + "val", "0"))
    return trailing >= 1 or tall >= 1000 + 14 * len(cell.text) // 5


def heads_answers(rows: list[GridRow], row: GridRow, cell: Cell) -> bool:
    """True for a cell of a header row: nothing to fill in beside it, and an answer right below."""
    if len(row.cells) == 2 and (CHOOSE.search(row.cells[0].text) or (cell.row and _answers_right(rows[cell.row - 1]))):
        return False
    following = rows[cell.row + 1] if cell.row + 1 < len(rows) else None
    below = [c for c in following.cells if c.start == cell.start] if following is not None else []
    return not any(c.answers for c in row.cells[1:]) and any(c.answers or c.nested for c in below)


_HOW = re.compile(
    r"^\W*(?:(?:please|describe|explain|give|list|summari[sz]e|outline|say|state|comment|provide|include|write|refer"
    r"|attach|add|for example|no more than|max(?:imum)?)\b|e\.g\.|up to \d|in \d+ words)",
    re.I,
)
"""An instruction by its first word as a whole: `Listed on …`, `Given in …` and `Address` tell, and ask nothing."""


def told_how(rows: list[GridRow], row: GridRow, cell: Cell) -> bool:
    """True for the last cell of a row that says how to answer the question in the cell before it."""
    if len(row.cells) < 2 or cell is not row.cells[-1] or not cell.text or cell.spots or row.header:
        return False
    asked = row.cells[-2].label
    others = [c for c in row.cells[:-1] if c.answers or c.nested]
    below = rows[cell.row + 1].cells if cell.row + 1 < len(rows) else []
    heads = any(c.blank and c.start < cell.start + cell.span and cell.start < c.start + c.span for c in below)
    return (
        bool(re.search(r"[a-z]{3}", asked, re.I))
        and not others
        and not heads
        and bool(_HOW.search(cell.text))
        and not _HOW.search(asked)
        and (asked.rstrip().endswith(("?", ":")) or len(asked) <= 60)
        and not cell.text.endswith(("?", ":"))
    )


_NUMBER_HEAD = re.compile(
    r"\b(?:no|nos|number|numbers|ref|reference|row|item|#|term|year|week|priority|session|question)\b\.?\s*$", re.I
)
_ROOM = 1700
"""Twentieths of a point (3 cm): a cell that is wider has room behind its number."""


def numbered_room(rows: list[GridRow], row: GridRow, cell: Cell) -> str:
    """The head of a column whose cells have a number and room behind it (`Outcomes`: `1.`, `2.`), else nothing."""
    if not ROW_NUMBER.fullmatch(cell.text.strip()) or cell.spots or cell.control:
        return ""
    if len(row.cells) > 1 and _width(cell.element) < _ROOM:
        return ""
    column = [c for r in rows for c in r.cells if c.start == cell.start and c.span == cell.span]
    numbers = [c for c in column if ROW_NUMBER.fullmatch(c.text.strip())]
    above = [c.text for r in rows[: cell.row] for c in r.cells if c.start == cell.start and c.text]
    head = next((t for t in reversed(above) if not ROW_NUMBER.fullmatch(t.strip())), "")
    worded = bool(re.search(r"[a-z]{3}", head, re.I)) and not _NUMBER_HEAD.search(head)
    return head if worded and len(numbers) >= 2 else ""


def _width(cell: etree._Element) -> int:
    """The cell's own width in twentieths of a point; 0 where it sets none."""
    width = cell.find(f"{W}tcPr/{W}tcW")
    value = "" if width is None or width.get(W + "type") != "dxa" else width.get(W + "w", "")
    return int(value) if value.isdigit() else 0


def _answers_right(row: GridRow) -> bool:
    """True for a row of a label and its answer."""
    return len(row.cells) == 2 and bool(row.cells[0].label) and row.cells[1].answers


def cell_paragraphs(cell: etree._Element) -> Iterator[etree._Element]:
    for child in cell:
        if child.tag == W + "p":
            yield child
        elif child.tag in (W + "customXml", W + "ins"):
            yield from cell_paragraphs(child)


def holds_controls(cell: Cell) -> bool:
    return any(child.tag == W + "sdt" for child in cell.element)


def has_blocks(element: etree._Element) -> bool:
    return (
        any(child.tag in (W + "tbl", W + "sdt") for child in element) or element.find(f".//{W}txbxContent") is not None
    )


def single(rows: list[GridRow]) -> bool:
    """True for a table that is one empty box, or a column of them."""
    return all(len(row.cells) == 1 for row in rows) and len(rows) <= 2


def target(cell: Cell) -> etree._Element:
    """What a grid's answer goes into: the control or field of the cell, or the cell."""
    control = cell.control or (cell.spots[0].control if cell.spots else None)
    return cell.element if control is None else addressed(control)


def addressed(control: Control) -> etree._Element:
    """The element by which a control is addressed: the control, or the run in which a legacy field begins."""
    if control.element.tag == W + "sdt":
        return control.element
    return next(a for a in control.element.iterancestors(W + "r"))


def of_control(control: Control, where: Where, around: Around) -> AnswerPlace:
    if not around.question:
        around = replace(around, question=around.left)
    return AnswerPlace(
        control.kind,
        control.how,
        where,
        around,
        control.options,
        office_use=control.locked,
        characters=control.characters,
        lines=control.multiline,
        date_format=control.date_format,
        calculated=control.calculated,
        facts={"bookmark": control.bookmark, "title": control.title, "tag": control.tag},
    )


def title(control: Control) -> str:
    """What a control calls itself, when that is a word for a person and not a name that a program gave."""
    words = control.title or control.prompt or ("" if control.tag[:1].islower() and "_" in control.tag else control.tag)
    return (
        ""
        if re.fullmatch(r"(?:text|field|check ?box|dropdown|rich|date)?\s*_?\d*[a-z]?", words, re.I)
        or re.fullmatch(r"[A-Z]\d*[a-z]?", words)
        else words
    )


def named_from(place: AnswerPlace, around: Around) -> AnswerPlace:
    here = place.around
    named = replace(
        here,
        left=here.left or around.left,
        above=here.above or around.above,
        caption=here.caption or around.caption,
        higher=here.higher or around.higher,
        question=here.question or around.left or around.above,
    )
    return replace(place, around=named)


def is_contents(sdt: etree._Element) -> bool:
    properties = sdt.find(W + "sdtPr")
    return properties is not None and properties.find(W + "docPartObj") is not None and not is_repeating(sdt)


def twin_of(box: etree._Element) -> etree._Element | None:
    """The older copy of a text box, in the Fallback beside its Choice."""
    choice = next((a for a in box.iterancestors(MC + "Choice")), None)
    if choice is None:
        return None
    mine = list(choice.iter(W + "txbxContent")).index(box)
    other = next((s for s in choice.itersiblings(MC + "Fallback")), None)
    boxes = [] if other is None else list(other.iter(W + "txbxContent"))
    return boxes[mine] if mine < len(boxes) else None


def also(place: AnswerPlace, mine: str, other: str) -> AnswerPlace:
    where = place.where
    if not where.xpath.startswith(mine):
        return place
    return replace(place, where=replace(where, also=(*where.also, other + where.xpath[len(mine) :])))


def only_hints(cell: Cell) -> bool:
    """True for a question that ends with `(Y/N)`: a hint how to answer it, where the answer goes into another cell."""
    return bool(cell.text) and bool(cell.spots) and all(s.kind == "choice" and s.control is None for s in cell.spots)


def only_labels_with_room(row: GridRow) -> bool:
    """True for a row of short labels, each with empty lines below it in its own cell: there the answers go."""
    short = all(c.label and len(c.text) <= 60 and not c.text.endswith(".") for c in row.cells)
    return short and not row.header and all(room_in(row, c) for c in row.cells)
