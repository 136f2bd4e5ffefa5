"""Every answer place of a Word form in reading order: headers and footers first, then the text with its tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from generator.forms.answer_places.controls import word_control
from generator.forms.answer_places.grid import (
    Cell,
    GridRow,
    above,
    caption_of,
    corner_of,
    grids,
    left_of,
    rows_of,
    words_of,
)
from generator.forms.answer_places.paragraph import MC, W, plain_text, read_line, tidy
from generator.forms.answer_places.place import AnswerPlace, Around, Where
from generator.forms.answer_places.spots import Spot, bullet_box, find_spots
from generator.forms.answer_places.word_cues import (
    ASKS,
    ASKS_TICK,
    CHOICE_AHEAD,
    HAS_WORD,
    TICK_HEAD,
    addressed,
    also,
    cell_paragraphs,
    has_blocks,
    heads_answers,
    holds_controls,
    is_caption,
    is_contents,
    is_heading,
    named_from,
    next_block,
    of_control,
    only_hints,
    open_label,
    room_in,
    single,
    target,
    title,
    twin_of,
)
from generator.word_files.docx_package import Package, parse

_WORDS_LIMIT = re.compile(
    r"(?:(?:no more than|max(?:imum)?(?: of)?|up to|within|in under|limit(?: of)?)\s*:?\s*)?\(?(\d{2,4})[\s-]*words?\b",
    re.I,
)
_CHARACTERS = re.compile(r"(\d{2,5})\s*characters?\b", re.I)


def word_places(package: Package) -> list[AnswerPlace]:
    """The answer places of a Word form; the file's other parts (footnotes, comments) hold none."""
    places: list[AnswerPlace] = []
    for part in _parts(package):
        root = parse(package.parts[part])
        reader = _WordReader(part, root.getroottree(), _style_leaders(package), _box_bullets(package))
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


def _dated(places: list[AnswerPlace], package: Package) -> list[AnswerPlace]:
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
class _WordReader:
    """Reads one part; remembers the last heading and the last words that were printed."""

    part: str
    tree: etree._ElementTree
    leaders: dict[str, str]
    bullets: dict[tuple[str, str], str]
    places: list[AnswerPlace] = field(default_factory=list)
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
                self.paragraph(child, next_block(children, number))
            elif child.tag == W + "tbl":
                self.table(child)
            elif child.tag == W + "sdt":
                self.block_control(child)
            elif child.tag in (W + "customXml", W + "ins", W + "moveTo"):
                self.blocks(child)

    def block_control(self, sdt: etree._Element) -> None:
        control = word_control(sdt)
        if control is not None:
            around = Around(heading=self.heading, section=self.section, question=self.question, title=title(control))
            self.add(of_control(control, Where(self.part, self.path(sdt)), around))
            return
        content = sdt.find(W + "sdtContent")
        if content is not None and not is_contents(sdt):
            self.blocks(content)

    def paragraph(self, element: etree._Element, following: str = "") -> None:
        """One paragraph outside tables, then the text boxes that hang on it."""
        line = read_line(element)
        spots = find_spots(line, self.leaders, bool(CHOICE_AHEAD.search(line.text)))
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
        if is_heading(element, words):
            self.section, self.question = words, words
        elif following == "room" or (following == "label" and open_label(words)):
            around = Around(before=words, heading=self.heading, section=self.section, question=words.rstrip(" :"))
            at = (len(read_line(element).text), 0)
            how = "room below the question" if following == "room" else "room behind the label"
            self.add(
                AnswerPlace("line", how, Where(self.part, self.path(element), at), around, lines=following == "room")
            )
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
        self.add(
            AnswerPlace("checkbox", "list bullet that is a box", where, around, group=self.group_of(self.question))
        )

    def text_boxes(self, element: etree._Element) -> None:
        """Text boxes: the newer copy is read, the older one remembered as a second copy to fill."""
        for box in element.iter(W + "txbxContent"):
            if any(a.tag == MC + "Fallback" for a in box.iterancestors()):
                continue
            if next(a for a in box.iterancestors(W + "p")) is not element:
                continue
            twin = twin_of(box)
            known, heading, question = len(self.places), self.heading, self.question
            self.blocks(box)
            if known == len(self.places) and not plain_text(box):
                paragraph = box.find(W + "p")
                if paragraph is not None:
                    around = Around(heading=heading, section=self.section, question=question)
                    self.add(
                        AnswerPlace("cell", "empty text box", Where(self.part, self.path(box)), around, lines=True)
                    )
            if twin is not None:
                mine, other = self.path(box), self.path(twin)
                self.places[known:] = [also(place, mine, other) for place in self.places[known:]]
            self.heading, self.question = heading, question

    # -- places ---------------------------------------------------------------------------------------------------

    def spots(self, element: etree._Element, text: str, spots: list[Spot], around: Around) -> None:
        """The places of a paragraph; a box with no question of its own belongs to the question before."""
        path = self.path(element)
        for spot in spots:
            asked = spot.question or around.left or around.question
            if not asked and (spot.kind == "checkbox" or not HAS_WORD.search(spot.before)):
                asked = self.question
            here = replace(around, before=spot.before, after=spot.after, option=spot.option, question=asked)
            group = self.group_of(asked + path) if spot.kind == "checkbox" else ""
            if spot.control is not None:
                here = replace(here, title=title(spot.control))
                where = Where(self.part, self.path(addressed(spot.control)))
                self.add(replace(of_control(spot.control, where, here), group=group))
                continue
            where = Where(self.part, path, (spot.start, spot.end - spot.start), text[spot.start : spot.end])
            self.add(AnswerPlace(spot.kind, spot.how, where, here, spot.options, group=group))

    def group_of(self, key: str) -> str:
        return f"{self.part}:{key}"[:200]

    def add(self, place: AnswerPlace) -> None:
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

    def look_into(self, rows: list[GridRow]) -> None:
        """Find the places inside every cell and the words beside them; words of merged cells count in every row."""
        for number, row in enumerate(rows):
            for cell in row.cells:
                inside = [(p, find_spots(read_line(p), self.leaders)) for p in cell_paragraphs(cell.element)]
                cell.inside = [] if cell.control else [(p, s) for p, s in inside if s]
                cell.nested = cell.element.find(f".//{W}tbl") is not None or holds_controls(cell)
                cell.picture = (
                    cell.element.find(f".//{W}drawing") is not None or cell.element.find(f".//{W}pict") is not None
                )
                cell.text = "" if cell.control else words_of(cell.element, dict(cell.inside))
                if cell.continues and number:
                    cell.text = next((c.text for c in rows[number - 1].cells if c.start == cell.start), "")

        for number, row in enumerate(rows):
            for index, cell in enumerate(row.cells):
                if only_hints(cell) and _answered_elsewhere(rows, number, index):
                    cell.text = tidy(" ".join(read_line(p).text for p in cell_paragraphs(cell.element)))
                    cell.inside = []

    def options_in(self, rows: list[GridRow]) -> None:
        """Cells that hold only words to choose from (`Male / Female`), where a label stands to the left."""
        for row in rows:
            for number, cell in enumerate(row.cells):
                if number == 0 or cell.spots or not cell.text or cell.control or len(cell.text) > 90:
                    continue
                following = row.cells[number + 1] if number + 1 < len(row.cells) else None
                if (following is not None and following.blank) or not row.cells[number - 1].label:
                    continue
                if heads_answers(rows, row, cell):
                    continue
                for paragraph in cell_paragraphs(cell.element):
                    if spots := find_spots(read_line(paragraph), self.leaders, choices=True):
                        cell.inside.append((paragraph, spots))
                        cell.text = words_of(cell.element, dict(cell.inside))
                        break

    def columns(self, rows: list[GridRow], first: int, last: int) -> None:
        """The columns of a grid with rows to fill in."""
        self.groups += 1
        for index, cell in enumerate(rows[first].cells):
            if not cell.answers:
                continue
            targets = [self.path(target(r.cells[index])) for r in rows[first : last + 1]]
            over, higher = above(rows, cell)
            control = cell.control or (cell.spots[0].control if cell.spots else None)
            around = Around(
                above=over,
                higher=higher,
                caption=caption_of(rows, first),
                heading=self.heading,
                section=self.section,
                title=title(control) if control else "",
            )
            where = Where(self.part, targets[0], rows=tuple(targets))
            how = (
                f"column of a grid with {len(targets)} blank rows" if len(targets) > 1 else "column of a repeating row"
            )
            legacy = control is not None and control.how.startswith("legacy")
            spot = cell.spots[0] if cell.spots and control is None else None
            place = AnswerPlace(
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

    def cell(self, rows: list[GridRow], row: GridRow, cell: Cell) -> None:
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
            around = replace(around, title=title(cell.control), question=around.left or around.above)
            self.add(of_control(cell.control, Where(self.part, self.path(addressed(cell.control))), around))
        elif cell.nested or has_blocks(cell.element):
            self.inner(cell, around)
        elif cell.spots:
            self.in_cell(cell, around)
        elif cell.blank and (around.left or around.above or single(rows)):
            self.blank(rows, row, cell, around)
        elif cell.text and self.takes_answer(rows, row, cell):
            inside = replace(around, inside=cell.text, left="", question=cell.text.rstrip(" :"))
            how = (
                "room behind the words in the cell"
                if cell.text.endswith(":") and len(cell.text) < 60
                else "instruction in the cell stays; the answer goes below"
            )
            self.add(AnswerPlace("cell", how, Where(self.part, self.path(cell.element)), inside, lines=True))

    def inner(self, cell: Cell, around: Around) -> None:
        """A cell with tables or block controls in it: what stands left or above names them."""
        known, heading, question, section = len(self.places), self.heading, self.question, self.section
        self.heading = self.question = around.left or around.above or heading
        self.blocks(cell.element)
        self.places[known:] = [named_from(place, around) for place in self.places[known:]]
        self.heading, self.question, self.section = heading, question, section

    def in_cell(self, cell: Cell, around: Around) -> None:
        """The places in the paragraphs of a cell; words in earlier paragraphs of the cell ask the question."""
        asked = ""
        spotted = dict(cell.inside)
        for paragraph in cell_paragraphs(cell.element):
            text = read_line(paragraph).text
            if paragraph in spotted:
                here = replace(
                    around, inside=asked, question=asked or around.left or (around.above if not around.left else "")
                )
                self.spots(paragraph, text, spotted[paragraph], here)
            elif tidy(text):
                asked = tidy(text)
        self.text_boxes(cell.element)

    def blank(self, rows: list[GridRow], row: GridRow, cell: Cell, around: Around) -> None:
        """An empty cell: a tick cell where its header or caption says so, else room for words."""
        marks = f"{around.above} {around.higher} {around.caption}"
        ticks = bool(TICK_HEAD.search(marks)) or self.matrix_of_ticks(rows, cell, around)
        question = around.left or around.above or self.question
        if ticks:
            around = replace(around, option=around.above if around.left else "", question=around.left or self.question)
            self.add(
                AnswerPlace(
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
        self.add(AnswerPlace("cell", how, Where(self.part, self.path(cell.element)), around, lines=True))

    def matrix_of_ticks(self, rows: list[GridRow], cell: Cell, around: Around) -> bool:
        """True when the words before the table ask for ticks and this cell has both a row's and a column's label."""
        told = f"{self.heading} {self.question}".lower()
        return bool(around.left and around.above and ASKS_TICK.search(told) and len(around.above) < 30)

    def takes_answer(self, rows: list[GridRow], row: GridRow, cell: Cell) -> bool:
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
        room = room_in(row, cell)
        if alone and len(rows) <= 3:
            return room or (following is None and bool(ASKS.search(cell.text)) and not is_caption(cell))
        led = alone and following is not None and any(c.answers for c in following.cells)
        return (cell.text.endswith(":") and len(cell.text) <= 60 and not led) or (
            room and bool(ASKS.search(cell.text) or cell.text.endswith(":"))
        )


def _answered_elsewhere(rows: list[GridRow], number: int, index: int) -> bool:
    """True when an empty cell stands right of a cell, or right below it: there the answer goes."""
    cell, row = rows[number].cells[index], rows[number]
    beside = row.cells[index + 1] if index + 1 < len(row.cells) else None
    following = rows[number + 1].cells if number + 1 < len(rows) else []
    below = next((c for c in following if c.start == cell.start), None)
    return any(c is not None and c.blank for c in (beside, below))
