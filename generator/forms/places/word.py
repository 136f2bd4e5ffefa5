"""Every answer place of a Word form in reading order: headers and footers first, then the text with its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from generator.forms.places.controls import Control, is_repeating, word_control
from generator.forms.places.grid import Cell, Row, above, caption_of, corner_of, grids, left_of, rows_of, words_of
from generator.forms.places.paragraph import MC, W, plain_text, read_line, tidy
from generator.forms.places.place import Around, Place, Where
from generator.forms.places.spots import Spot, bullet_box, find_spots
from generator.word_files.docx_package import Package, parse

_WORDS_LIMIT = re.compile(
    r"(?:(?:no more than|max(?:imum)?(?: of)?|up to|within|in under|limit(?: of)?)\s*:?\s*)?\(?(\d{2,4})[\s-]*words?\b",
    re.I,
)
_CHARACTERS = re.compile(r"(\d{2,5})\s*characters?\b", re.I)


def word_places(package: Package) -> list[Place]:
    """The answer places of a Word form; the file's other parts (footnotes, comments) hold none."""
    places: list[Place] = []
    for part in _parts(package):
        root = parse(package.parts[part])
        reader = _Reader(part, root.getroottree(), _style_leaders(package), _box_bullets(package))
        body = root.find(W + "body")
        reader.blocks(root if body is None else body)
        places += reader.places
    return _dated(places, package)


def first_words(package: Package) -> tuple[str, ...]:
    """The first lines of a form, by which one knows what it asks for."""
    root = parse(package.parts[package.main])
    lines = (tidy(read_line(p).text) for p in root.iter(W + "p"))
    return tuple(line for line, _ in zip((x for x in lines if x), range(12), strict=False))


_PATTERN = re.compile(r"\b(dd?)([./-])(mm?m?)\2(yyyy|yy)\b", re.I)
_PRINTED = re.compile(r"\b\d\d?([./-])\d\d?\1(?:\d{4}|\d\d)\b")


def _dated(places: list[Place], package: Package) -> list[Place]:
    """Each place with the date pattern printed beside it, else anywhere, else as the form prints its own dates."""
    texts = [plain_text(parse(package.parts[part])) for part in _parts(package)]
    shown = {m[0].lower() for text in texts for m in _PATTERN.finditer(text)}
    strokes = {m[1] for text in texts for m in _PRINTED.finditer(text)}
    usual = shown.pop() if len(shown) == 1 else f"dd{s}mm{s}yyyy" if len(strokes) == 1 and (s := strokes.pop()) else ""
    done = []
    for place in places:
        a = place.around
        near = next(
            (m[0].lower() for t in (a.before, a.after, a.left, a.above, a.inside) if (m := _PATTERN.search(t))), ""
        )
        facts = {**place.facts, "date_style": near or usual} if near or usual else place.facts
        done.append(replace(place, facts=facts))
    return done


def _parts(package: Package) -> list[str]:
    kinds = [(r.kind, r.target) for r in package.relations(package.main)]
    edges = [t for kind in ("header", "footer") for k, t in kinds if k == kind and t in package.parts]
    return [*dict.fromkeys(edges), package.main]


def _style_leaders(package: Package) -> dict[str, str]:
    """The tab leader of each paragraph style that sets one."""
    name = package.related(package.main, "styles")
    found: dict[str, str] = {}
    for style in parse(package.parts[name]) if name else ():
        tabs = style.findall(f"{W}pPr/{W}tabs/{W}tab")
        leaders = [tab.get(W + "leader", "none") for tab in tabs if tab.get(W + "val") != "clear"]
        if leaders and leaders[0] != "none":
            found[style.get(W + "styleId", "")] = leaders[0]
    return found


def _box_bullets(package: Package) -> dict[tuple[str, str], str]:
    """The list levels whose bullet is a box: (number, level) to the bullet's character."""
    name = package.related(package.main, "numbering")
    if not name:
        return {}
    root = parse(package.parts[name])
    levels: dict[str, dict[str, str]] = {}
    for abstract in root.findall(W + "abstractNum"):
        levels[abstract.get(W + "abstractNumId", "")] = {
            level.get(W + "ilvl", "0"): text.get(W + "val", "")
            for level in abstract.findall(W + "lvl")
            if (text := level.find(W + "lvlText")) is not None and _is_box_bullet(level, text.get(W + "val", ""))
        }
    found = {}
    for number in root.findall(W + "num"):
        target = number.find(W + "abstractNumId")
        for level, bullet in levels.get("" if target is None else target.get(W + "val", ""), {}).items():
            found[number.get(W + "numId", ""), level] = bullet
    return found


def _is_box_bullet(level: etree._Element, text: str) -> bool:
    fonts = level.find(f"{W}rPr/{W}rFonts")
    font = "" if fonts is None else (fonts.get(W + "ascii") or "").lower()
    wing = "wingdings" in font and text in ("\uf0a8", "\uf06f", "\uf071", "\uf072", "o", "q", "r", "¨", "\uf0a3", "£")
    return wing or text in ("☐", "□", "❑", "❏", "◻")


@dataclass
class _Reader:
    """Reads one part; remembers the last heading and the last words that were printed."""

    part: str
    tree: etree._ElementTree
    leaders: dict[str, str]
    bullets: dict[tuple[str, str], str]
    places: list[Place] = field(default_factory=list)
    section: str = ""
    heading: str = ""
    question: str = ""
    groups: int = 0

    # -- blocks ---------------------------------------------------------------------------------------------------

    def blocks(self, element: etree._Element) -> None:
        """The paragraphs, tables and controls of a body, cell, control or text box."""
        children = [c for c in element if isinstance(c.tag, str)]
        for number, child in enumerate(children):
            if child.tag == W + "p":
                self.paragraph(child, _next_block(children, number))
            elif child.tag == W + "tbl":
                self.table(child)
            elif child.tag == W + "sdt":
                self.block_control(child)
            elif child.tag in (W + "customXml", W + "ins", W + "moveTo"):
                self.blocks(child)

    def block_control(self, sdt: etree._Element) -> None:
        control = word_control(sdt)
        if control is not None:
            around = Around(heading=self.heading, section=self.section, question=self.question, title=_title(control))
            self.add(_of_control(control, Where(self.part, self.path(sdt)), around))
            return
        content = sdt.find(W + "sdtContent")
        if content is not None and not _is_contents(sdt):
            self.blocks(content)

    def paragraph(self, element: etree._Element, following: str = "") -> None:
        """One paragraph outside tables, then the text boxes that hang on it."""
        line = read_line(element)
        spots = find_spots(line, self.leaders, bool(_CHOICE_AHEAD.search(line.text)))
        words = tidy("".join(c for i, c in enumerate(line.text) if not any(s.start <= i < s.end for s in spots)))
        box = bullet_box(element, self.bullets) and words
        if box:
            self.bullet(element, words)
        elif spots:
            self.spots(element, line.text, spots, Around(heading=self.heading, section=self.section))
            if words:
                self.heading = words
        elif words:
            self.printed(element, words, following)
        self.text_boxes(element)

    def printed(self, element: etree._Element, words: str, following: str) -> None:
        """A paragraph of words alone: a heading, a question, or a label with nothing but room behind it."""
        if _is_heading(element, words):
            self.section, self.question = words, words
        elif following == "room" or (following == "label" and _open_label(words)):
            around = Around(before=words, heading=self.heading, section=self.section, question=words.rstrip(" :"))
            at = (len(read_line(element).text), 0)
            how = "room below the question" if following == "room" else "room behind the label"
            self.add(Place("line", how, Where(self.part, self.path(element), at), around, lines=following == "room"))
        else:
            self.question = words
        self.heading = words

    def bullet(self, element: etree._Element, words: str) -> None:
        around = Around(
            after=words,
            option=words,
            heading=self.question or self.heading,
            section=self.section,
            question=self.question,
        )
        where = Where(self.part, self.path(element), (0, 0))
        self.add(Place("checkbox", "list bullet that is a box", where, around, group=self.group_of(self.question)))

    def text_boxes(self, element: etree._Element) -> None:
        """Text boxes: the newer copy is read, the older one remembered as a second copy to fill."""
        for box in element.iter(W + "txbxContent"):
            if any(a.tag == MC + "Fallback" for a in box.iterancestors()):
                continue
            if next(a for a in box.iterancestors(W + "p")) is not element:
                continue
            twin = _twin(box)
            known, heading, question = len(self.places), self.heading, self.question
            self.blocks(box)
            if known == len(self.places) and not plain_text(box):
                paragraph = box.find(W + "p")
                if paragraph is not None:
                    around = Around(heading=heading, section=self.section, question=question)
                    self.add(Place("cell", "empty text box", Where(self.part, self.path(box)), around, lines=True))
            if twin is not None:
                mine, other = self.path(box), self.path(twin)
                self.places[known:] = [_also(place, mine, other) for place in self.places[known:]]
            self.heading, self.question = heading, question

    # -- places ---------------------------------------------------------------------------------------------------

    def spots(self, element: etree._Element, text: str, spots: list[Spot], around: Around) -> None:
        """The places of a paragraph; a box with no question of its own belongs to the question before."""
        path = self.path(element)
        for spot in spots:
            asked = spot.question or around.left or around.question
            if not asked and (spot.kind == "checkbox" or not _HAS_WORD.search(spot.before)):
                asked = self.question
            here = replace(around, before=spot.before, after=spot.after, option=spot.option, question=asked)
            group = self.group_of(asked + path) if spot.kind == "checkbox" else ""
            if spot.control is not None:
                here = replace(here, title=_title(spot.control))
                where = Where(self.part, self.path(_addressed(spot.control)))
                self.add(replace(_of_control(spot.control, where, here), group=group))
                continue
            where = Where(self.part, path, (spot.start, spot.end - spot.start), text[spot.start : spot.end])
            self.add(Place(spot.kind, spot.how, where, here, spot.options, group=group))

    def group_of(self, key: str) -> str:
        return f"{self.part}:{key}"[:200]

    def add(self, place: Place) -> None:
        around = place.around
        printed = " ".join((around.inside, around.left, around.before, around.question, around.heading))
        words = [
            _WORDS_LIMIT.search(t)
            for t in (
                around.inside,
                around.left,
                around.before,
                around.after,
                around.question,
                around.heading,
                around.above,
            )
        ]
        found = next((m for m in words if m), None)
        letters = _CHARACTERS.search(printed)
        box = place.kind in ("checkbox", "choice")
        self.places.append(
            replace(
                place,
                words=None if box or not found else int(found[1]),
                characters=place.characters or (int(letters[1]) if letters and not box else None),
            )
        )

    def path(self, element: etree._Element) -> str:
        return str(self.tree.getpath(element))

    # -- tables ---------------------------------------------------------------------------------------------------

    def table(self, element: etree._Element) -> None:
        """A table: grids of blank rows column by column, other cells each for itself, nested tables in their turn."""
        rows = rows_of(element)
        self.look_into(rows)
        self.options_in(rows)
        runs = grids(rows)
        corner = corner_of(rows)
        done: set[int] = set()
        for row_number, row in enumerate(rows):
            if row_number in done:
                continue
            run = next((r for r in runs if r[0] == row_number), None)
            if run:
                self.columns(rows, *run)
                done.update(range(run[0], run[1] + 1))
                continue
            sums = any(last < row_number for _, last in runs) and row.cells and row.cells[0].span > 1
            for cell in row.cells[: 2 if sums and row.cells[0].label else None]:
                if cell is not corner and not cell.dark:
                    self.cell(rows, row, cell)
        texts = [c.text for r in rows for c in r.cells if c.text]
        if len(rows) == 1 and len(rows[0].cells) == 1 and texts and not rows[0].cells[0].answers:
            self.heading = self.question = texts[0]
            if len(texts[0]) < 90:
                self.section = texts[0]

    def look_into(self, rows: list[Row]) -> None:
        """Find the places inside every cell and the words beside them; words of merged cells count in every row."""
        for number, row in enumerate(rows):
            for cell in row.cells:
                inside = [(p, find_spots(read_line(p), self.leaders)) for p in _cell_paragraphs(cell.element)]
                cell.inside = [] if cell.control else [(p, s) for p, s in inside if s]
                cell.nested = cell.element.find(f".//{W}tbl") is not None or _holds_controls(cell)
                cell.picture = (
                    cell.element.find(f".//{W}drawing") is not None or cell.element.find(f".//{W}pict") is not None
                )
                cell.text = "" if cell.control else words_of(cell.element, dict(cell.inside))
                if cell.continues and number:
                    cell.text = next((c.text for c in rows[number - 1].cells if c.start == cell.start), "")

    def options_in(self, rows: list[Row]) -> None:
        """Cells that hold only words to choose from (`Male / Female`), where a label stands to the left."""
        for row in rows:
            for number, cell in enumerate(row.cells):
                if number == 0 or cell.spots or not cell.text or cell.control or len(cell.text) > 90:
                    continue
                following = row.cells[number + 1] if number + 1 < len(row.cells) else None
                if (following is not None and following.blank) or not row.cells[number - 1].label:
                    continue
                if _heads_answers(rows, row, cell):
                    continue
                for paragraph in _cell_paragraphs(cell.element):
                    if spots := find_spots(read_line(paragraph), self.leaders, choices=True):
                        cell.inside.append((paragraph, spots))
                        cell.text = words_of(cell.element, dict(cell.inside))
                        break

    def columns(self, rows: list[Row], first: int, last: int) -> None:
        """The columns of a grid with rows to fill in."""
        self.groups += 1
        for index, cell in enumerate(rows[first].cells):
            if not cell.answers:
                continue
            targets = [self.path(_target(r.cells[index])) for r in rows[first : last + 1]]
            over, higher = above(rows, cell)
            control = cell.control or (cell.spots[0].control if cell.spots else None)
            around = Around(
                above=over,
                higher=higher,
                caption=caption_of(rows, first),
                heading=self.heading,
                section=self.section,
                title=_title(control) if control else "",
            )
            where = Where(self.part, targets[0], rows=tuple(targets))
            how = (
                f"column of a grid with {len(targets)} blank rows" if len(targets) > 1 else "column of a repeating row"
            )
            legacy = control is not None and control.how.startswith("legacy")
            spot = cell.spots[0] if cell.spots and control is None else None
            place = Place(
                "grid column",
                f"{how}{f', {control.how}' if control else ''}",
                where,
                around,
                options=control.options if control else spot.options if spot else (),
                lines=True,
                date_format=control.date_format if control else "",
                more_rows=not legacy,
                group=f"{self.part}:grid{self.groups}",
                characters=control.characters if control else None,
                facts={
                    "box": (control.kind if control else spot.kind if spot else "") == "checkbox",
                    "repeats": rows[first].repeats is not None,
                    "row": self.path(rows[first].element),
                    "first": (spot.start, spot.end - spot.start) if spot else None,
                },
            )
            self.add(place)

    def cell(self, rows: list[Row], row: Row, cell: Cell) -> None:
        """The places of one cell that is in no grid."""
        over, higher = above(rows, cell)
        around = Around(
            left=left_of(row, cell),
            above=over,
            higher=higher,
            caption=caption_of(rows, cell.row - 1),
            heading=self.heading,
            section=self.section,
        )
        if cell.continues:
            return
        if cell.control:
            around = replace(around, title=_title(cell.control), question=around.left or around.above)
            self.add(_of_control(cell.control, Where(self.part, self.path(_addressed(cell.control))), around))
        elif cell.nested or _has_blocks(cell.element):
            self.inner(cell, around)
        elif cell.spots:
            self.in_cell(cell, around)
        elif cell.blank and (around.left or around.above or _single(rows)):
            self.blank(rows, row, cell, around)
        elif cell.text and self.takes_answer(rows, row, cell):
            inside = replace(around, inside=cell.text, left="", question=cell.text.rstrip(" :"))
            how = (
                "room behind the words in the cell"
                if cell.text.endswith(":") and len(cell.text) < 60
                else "instruction in the cell stays; the answer goes below"
            )
            self.add(Place("cell", how, Where(self.part, self.path(cell.element)), inside, lines=True))

    def inner(self, cell: Cell, around: Around) -> None:
        """A cell with tables or block controls in it: what stands left or above names them."""
        known, heading, question, section = len(self.places), self.heading, self.question, self.section
        self.heading = self.question = around.left or around.above or heading
        self.blocks(cell.element)
        self.places[known:] = [_named_from(place, around) for place in self.places[known:]]
        self.heading, self.question, self.section = heading, question, section

    def in_cell(self, cell: Cell, around: Around) -> None:
        """The places in the paragraphs of a cell; words in earlier paragraphs of the cell ask the question."""
        asked = ""
        spotted = dict(cell.inside)
        for paragraph in _cell_paragraphs(cell.element):
            text = read_line(paragraph).text
            if paragraph in spotted:
                here = replace(
                    around, inside=asked, question=asked or around.left or (around.above if not around.left else "")
                )
                self.spots(paragraph, text, spotted[paragraph], here)
            elif tidy(text):
                asked = tidy(text)
        self.text_boxes(cell.element)

    def blank(self, rows: list[Row], row: Row, cell: Cell, around: Around) -> None:
        """An empty cell: a tick cell where its header or caption says so, else room for words."""
        marks = f"{around.above} {around.higher} {around.caption}"
        ticks = bool(_TICK_HEAD.search(marks)) or self.matrix_of_ticks(rows, cell, around)
        question = around.left or around.above or self.question
        if ticks:
            around = replace(around, option=around.above if around.left else "", question=around.left or self.question)
            self.add(
                Place(
                    "checkbox",
                    "empty cell that takes a tick",
                    Where(self.part, self.path(cell.element)),
                    around,
                    group=self.group_of(f"row{row.cells[0].text}{cell.row}"),
                )
            )
            return
        how = "empty cell"
        around = replace(around, question=question)
        self.add(Place("cell", how, Where(self.part, self.path(cell.element)), around, lines=True))

    def matrix_of_ticks(self, rows: list[Row], cell: Cell, around: Around) -> bool:
        """True when the words before the table ask for ticks and this cell has both a row's and a column's label."""
        told = f"{self.heading} {self.question}".lower()
        return bool(around.left and around.above and _ASKS_TICK.search(told) and len(around.above) < 30)

    def takes_answer(self, rows: list[Row], row: Row, cell: Cell) -> bool:
        """True for a cell with words in it that is to be written in: an instruction alone, or `Label:` and room."""
        alone = len(row.cells) == 1
        following = rows[cell.row + 1] if cell.row + 1 < len(rows) else None
        under = following is not None and any(
            c.answers for c in following.cells if c.start < cell.start + cell.span and cell.start < c.start + c.span
        )
        beside = any(c.answers or c.nested for c in row.cells)
        if beside or under:
            return False
        if row.header or (cell.start == 0 and cell.span == 1 and len(row.cells) > 2):
            return False
        room = _room_in(row, cell)
        if alone and len(rows) <= 3:
            return room or (following is None and bool(_ASKS.search(cell.text)) and not _is_caption(cell))
        return (cell.text.endswith(":") and len(cell.text) <= 60 and following is None) or (
            room and bool(_ASKS.search(cell.text) or cell.text.endswith(":"))
        )


_HAS_WORD = re.compile(r"[^\W\d_]{2}")
_TICK_HEAD = re.compile(r"\(?[√✓✔]\)?|\btick\b|\(y/n\)|\by/n\b", re.I)
_ASKS_TICK = re.compile(r"\b(tick|cross|put an? [x✓√])\b|√|✓", re.I)
_ASKS = re.compile(
    r"\?|^(?:please\b|describe|tell|explain|give|list|what|how|why|which|summar|outline|say|state|detail|comment|provide|include|write)",
    re.I,
)
_CHOICE_AHEAD = re.compile(
    r"\?\s+[^/?]{1,30}\s/\s[^/?]{1,40}$|[?:].*\S\s*/\s*\S.*\((?:please )?(?:delete|circle|highlight|underline)", re.I
)
_NUMBERED = re.compile(r"^(?:section|part|step|stage)\s+[\dA-Z]+\b", re.I)


def _next_block(children: list[etree._Element], number: int) -> str:
    """What follows a paragraph: `room` for two or more empty paragraphs, `label` for another label or the end."""
    empty = 0
    for child in children[number + 1 :]:
        if (
            child.tag == W + "p"
            and not tidy(read_line(child).text)
            and not read_line(child).inlines
            and not _drawn(child)
        ):
            empty += 1
            continue
        if empty >= 3 and _asks(children[number]):
            return "room"
        if child.tag != W + "p":
            return ""
        return "label" if _open_label(tidy(read_line(child).text)) or read_line(child).inlines else ""
    return "room" if empty >= 3 and _asks(children[number]) else "label" if empty == 0 else ""


def _drawn(paragraph: etree._Element) -> bool:
    return paragraph.find(f".//{W}drawing") is not None or paragraph.find(f".//{W}pict") is not None


def _asks(paragraph: etree._Element) -> bool:
    text = tidy(read_line(paragraph).text)
    return text.endswith((":", "?")) or bool(_ASKS.search(text))


def _open_label(words: str) -> bool:
    """`Name of child:` with nothing behind it."""
    return (
        words.endswith(":")
        and len(words) <= 45
        and not words.lower().startswith(("please", "note", "for ", "the following"))
    )


def _is_heading(element: etree._Element, words: str) -> bool:
    style = element.find(f"{W}pPr/{W}pStyle")
    name = "" if style is None else style.get(W + "val", "").lower()
    if name.startswith(("heading", "title")) or _NUMBERED.match(words):
        return True
    runs = [r for r in element.iter(W + "r") if tidy("".join(t.text or "" for t in r.iter(W + "t")))]
    bold = bool(runs) and all(_is_bold(r) for r in runs)
    return bold and len(words) < 110 and not words.endswith(":")


def _is_bold(run: etree._Element) -> bool:
    mark = run.find(f"{W}rPr/{W}b")
    return mark is not None and mark.get(W + "val", "1") not in ("0", "false", "off")


def _is_caption(cell: Cell) -> bool:
    runs = [r for r in cell.element.iter(W + "r") if tidy("".join(t.text or "" for t in r.iter(W + "t")))]
    return bool(runs) and all(_is_bold(r) for r in runs) and len(cell.text) < 60 and not cell.text.endswith(("?", ":"))


def _room_in(row: Row, cell: Cell) -> bool:
    """True when a cell has room for an answer below its words: empty paragraphs, or a height set by hand."""
    texts = [tidy(read_line(p).text) for p in _cell_paragraphs(cell.element)]
    trailing = len(texts) - max((i + 1 for i, t in enumerate(texts) if t), default=0)
    height = row.element.find(f"{W}trPr/{W}trHeight")
    tall = 0 if height is None else int(height.get(W + "val", "0"))
    return trailing >= 1 or tall >= 1000 + 14 * len(cell.text) // 5


def _heads_answers(rows: list[Row], row: Row, cell: Cell) -> bool:
    """True for a cell of a header row: nothing to fill in beside it, and an answer right below."""
    following = rows[cell.row + 1] if cell.row + 1 < len(rows) else None
    below = [c for c in following.cells if c.start == cell.start] if following is not None else []
    return not any(c.answers for c in row.cells[1:]) and any(c.answers for c in below)


def _cell_paragraphs(cell: etree._Element) -> Iterator[etree._Element]:
    for child in cell:
        if child.tag == W + "p":
            yield child
        elif child.tag in (W + "customXml", W + "ins"):
            yield from _cell_paragraphs(child)


def _holds_controls(cell: Cell) -> bool:
    return any(child.tag == W + "sdt" for child in cell.element)


def _has_blocks(element: etree._Element) -> bool:
    return (
        any(child.tag in (W + "tbl", W + "sdt") for child in element) or element.find(f".//{W}txbxContent") is not None
    )


def _single(rows: list[Row]) -> bool:
    """True for a table that is one empty box, or a column of them."""
    return all(len(row.cells) == 1 for row in rows) and len(rows) <= 2


def _target(cell: Cell) -> etree._Element:
    """What a grid's answer goes into: the control or field of the cell, or the cell."""
    control = cell.control or (cell.spots[0].control if cell.spots else None)
    return cell.element if control is None else _addressed(control)


def _addressed(control: Control) -> etree._Element:
    """The element by which a control is addressed: the control, or the run in which a legacy field begins."""
    if control.element.tag == W + "sdt":
        return control.element
    return next(a for a in control.element.iterancestors(W + "r"))


def _of_control(control: Control, where: Where, around: Around) -> Place:
    if not around.question:
        around = replace(around, question=around.left)
    return Place(
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


def _title(control: Control) -> str:
    """What a control calls itself, when that is a word for a person and not a name that a program gave."""
    words = control.title or control.prompt or ("" if control.tag[:1].islower() and "_" in control.tag else control.tag)
    return (
        ""
        if re.fullmatch(r"(?:text|field|check ?box|dropdown|rich|date)?\s*_?\d*[a-z]?", words, re.I)
        or re.fullmatch(r"[A-Z]\d*[a-z]?", words)
        else words
    )


def _named_from(place: Place, around: Around) -> Place:
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


def _is_contents(sdt: etree._Element) -> bool:
    properties = sdt.find(W + "sdtPr")
    return properties is not None and properties.find(W + "docPartObj") is not None and not is_repeating(sdt)


def _twin(box: etree._Element) -> etree._Element | None:
    """The older copy of a text box, in the Fallback beside its Choice."""
    choice = next((a for a in box.iterancestors(MC + "Choice")), None)
    if choice is None:
        return None
    mine = list(choice.iter(W + "txbxContent")).index(box)
    other = next((s for s in choice.itersiblings(MC + "Fallback")), None)
    boxes = [] if other is None else list(other.iter(W + "txbxContent"))
    return boxes[mine] if mine < len(boxes) else None


def _also(place: Place, mine: str, other: str) -> Place:
    where = place.where
    if not where.xpath.startswith(mine):
        return place
    return replace(place, where=replace(where, also=(*where.also, other + where.xpath[len(mine) :])))
