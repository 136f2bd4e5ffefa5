"""Answer places in the tables of a Word form: cells beside and below their labels, and grids with rows to fill."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from generator.forms.answer_places.in_word_files.captions_below import cells_with_captions
from generator.forms.answer_places.in_word_files.combs import Comb, comb_of, date_part
from generator.forms.answer_places.in_word_files.grid import (
    Cell,
    GridRow,
    above,
    caption_of,
    close_below_numbers,
    corner_of,
    grids,
    group_of,
    header_rows,
    join_heads,
    left_of,
    one_row_grid,
    rows_of,
    words_of,
)
from generator.forms.answer_places.in_word_files.paragraph import W, read_line, tidy
from generator.forms.answer_places.in_word_files.paragraph_places import ParagraphReader
from generator.forms.answer_places.in_word_files.prompts import take_prompts, take_units
from generator.forms.answer_places.in_word_files.spots import ends_with_room, find_spots
from generator.forms.answer_places.in_word_files.tick_cells import heads_are_answers, name_from_the_right
from generator.forms.answer_places.in_word_files.word_cues import (
    ASKS,
    ASKS_TICK,
    CHOOSE,
    ONLY_LIMIT,
    TICK_HEAD,
    addressed,
    cell_paragraphs,
    ends_open,
    has_blocks,
    heads_answers,
    holds_controls,
    is_caption,
    named_from,
    numbered_room,
    of_control,
    only_hints,
    only_labels_with_room,
    open_lines,
    room_in,
    single,
    target,
    title,
    told_how,
)
from generator.forms.answer_places.place import AnswerPlace, Around, Where
from generator.forms.answer_places.prompt_words import is_prompt


class TableReader(ParagraphReader):
    """Reads one part with its tables."""

    def table(self, element: etree._Element) -> None:
        """A table: grids of blank rows column by column, other cells each for itself, nested tables in their turn."""
        rows = rows_of(element)
        self.look_into(rows)
        self.options_in(rows)
        name_from_the_right(rows, bool(ASKS_TICK.search(f"{self.heading} {self.question}")))
        runs = grids(rows)
        corner = corner_of(rows)
        captions, unsure = cells_with_captions(rows)
        captioned = {c.row for r in rows for c in r.cells if id(c) in captions}
        heads = [r for r in header_rows(rows) if r.cells[0].row - 1 not in captioned]
        done: set[int] = set()
        for row_number, row in enumerate(rows):
            if row_number in done:
                continue
            run = next((r for r in runs if r[0] == row_number), None)
            if run:
                self.columns(rows, heads, *run)
                done.update(range(run[0], run[1] + 1))
                continue
            if comb := comb_of(rows, row):
                self.comb(comb)
                continue
            sums = any(last < row_number for _, last in runs) and row.cells and row.cells[0].span > 1
            for cell in row.cells[: 2 if sums and row.cells[0].label else None]:
                if id(cell) in captions:
                    self.captioned(cell, captions[id(cell)], id(cell) in unsure)
                elif cell is not corner and not cell.dark:
                    known = len(self.places)
                    self.cell(rows, heads, row, cell)
                    if id(cell) in unsure:
                        self.places[known:] = [
                            replace(p, facts={**p.facts, "doubtful": True}) for p in self.places[known:]
                        ]
        if not captions:
            self.one_row(rows)
        texts = [c.text for r in rows for c in r.cells if c.text]
        if len(rows) == 1 and len(rows[0].cells) == 1 and texts and not rows[0].cells[0].answers:
            self.heading = texts[0]
            self.ask(texts[0])
            if len(texts[0]) < 90:
                self.section = texts[0]

    def captioned(self, cell: Cell, caption: str, unsure: bool) -> None:
        """An empty cell above its label."""
        around = Around(left=caption, heading=self.heading, section=self.section, question=caption)
        where, facts = Where(self.part, self.path(cell.element)), {"doubtful": unsure}
        self.add(AnswerPlace("cell", "empty cell", where, around, lines=True, facts=facts))

    def comb(self, comb: Comb) -> None:
        """Cells that take one character each are one place."""
        label = comb.label or self.question or self.heading
        around = Around(left=label, heading=self.heading, section=self.section, question=label)
        paths = tuple(self.path(c.element) for c in comb.cells)
        where = Where(self.part, paths[0], cells=paths)
        how = f"one character in each of {len(paths)} cells"
        place = AnswerPlace("cell", how, where, around, characters=len(paths), date_format=comb.date_format)
        self.add(place)

    def one_row(self, rows: list[GridRow]) -> None:
        """The places of a single blank row under heads may be a list's first row: what its heads say decides."""
        number = one_row_grid(rows)
        if number is None:
            return
        paths = {self.path(c.element) for c in rows[number].cells}
        self.groups += 1
        group = f"{self.part}:onerow{self.groups}"
        row = self.path(rows[number].element)
        self.places[:] = [
            replace(p, group=group, facts={**p.facts, "row": row})
            if p.where.xpath in paths and p.where.part == self.part and not p.group
            else p
            for p in self.places
        ]

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
                plain = all(spot.control is None for spot in cell.spots)
                if (
                    cell.inside
                    and plain
                    and is_prompt(tidy(" ".join(read_line(p).text for p in cell_paragraphs(cell.element))))
                ):
                    cell.inside = []  # the cell itself is the place
                cell.text = "" if cell.control else words_of(cell.element, dict(cell.inside))
                if cell.continues and number:
                    cell.text = next((c.text for c in rows[number - 1].cells if c.start == cell.start), "")

        for number, row in enumerate(rows):
            for index, cell in enumerate(row.cells):
                if only_hints(cell) and _answered_elsewhere(rows, number, index):
                    cell.text = tidy(" ".join(read_line(p).text for p in cell_paragraphs(cell.element)))
                    cell.inside = []
            take_prompts(row)
        self.close_answered(rows)
        close_below_numbers(rows)
        take_units(rows)
        join_heads(rows)

    def close_answered(self, rows: list[GridRow]) -> None:
        """No room behind the last label of a cell (`Yes ☐ No ☐ Details:`) that has a cell beside or below for it."""
        heads = header_rows(rows)
        for number, row in enumerate(rows):
            for index, cell in enumerate(row.cells):
                if cell.inside and ends_with_room(cell.inside[-1][1]) and _cell_for_it(rows, heads, number, index):
                    last = cell.inside[-1][0]
                    cell.inside[-1] = last, find_spots(read_line(last), self.leaders, open_end=False)
                    cell.text = words_of(cell.element, dict(cell.inside))

    def options_in(self, rows: list[GridRow]) -> None:
        """Cells that hold only words to choose from (`Male / Female`), where a label stands to the left."""
        for row in rows:
            for number, cell in enumerate(row.cells):
                if cell.spots or not cell.text or cell.control or len(cell.text) > 90:
                    continue
                following = row.cells[number + 1] if number + 1 < len(row.cells) else None
                if following is not None and following.blank:
                    continue
                told = bool(CHOOSE.search(cell.text)) and cell.text.count("/") > 1
                told = told and (following is None or (not following.spots and "/" not in following.text))
                if not told and (number == 0 or not row.cells[number - 1].label):
                    continue
                if heads_answers(rows, row, cell):
                    continue
                for paragraph in cell_paragraphs(cell.element):
                    if spots := find_spots(read_line(paragraph), self.leaders, choices=True):
                        cell.inside.append((paragraph, spots))
                        cell.text = words_of(cell.element, dict(cell.inside))
                        break

    def columns(self, rows: list[GridRow], heads: list[GridRow], first: int, last: int) -> None:
        """The columns of a grid with rows to fill in."""
        self.groups += 1
        for index, cell in enumerate(rows[first].cells):
            if not cell.answers:
                continue
            targets = [self.path(target(r.cells[index])) for r in rows[first : last + 1]]
            over, higher = above(heads, cell)
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

    def cell(self, rows: list[GridRow], heads: list[GridRow], row: GridRow, cell: Cell) -> None:
        """The places of one cell that is in no grid."""
        over, higher = above(heads, cell)
        around = Around(
            left=left_of(row, cell),
            above=over,
            higher=higher,
            group=group_of(row, cell),
            caption=caption_of(rows, cell.row - 1),
            heading=self.heading,
            section=self.section,
        )
        if cell.continues:
            return
        if cell.option:
            around = replace(around, left="", above=cell.papers, higher="", option=cell.option, question=self.question)
        if cell.control:
            around = replace(around, title=title(cell.control), question=around.left or around.above or around.question)
            self.add(of_control(cell.control, Where(self.part, self.path(addressed(cell.control))), around))
        elif cell.nested or has_blocks(cell.element):
            self.inner(cell, around)
        elif cell.spots:
            self.in_cell(cell, around)
        elif cell.blank and (around.left or around.above or cell.option or single(rows)):
            self.blank(heads, row, cell, around)
        elif cell.text and len(labels := open_lines(cell)) > 1 and not any(c.blank for c in row.cells):
            self.label_lines(labels, around)
        elif cell.text and (head := numbered_room(rows, row, cell)):
            inside = replace(
                around, before=cell.text, left="", above=head, higher="", question=f"{head.rstrip(' :')}: {cell.text}"
            )
            where = Where(self.part, self.path(cell.element))
            self.add(AnswerPlace("cell", "room behind the words in the cell", where, inside, lines=True))
        elif single(rows) and len(rows) == 1 and ONLY_LIMIT.fullmatch(cell.text) and self.question:
            inside = replace(around, after=cell.text, question=self.question)
            how = "instruction in the cell stays; the answer goes below"
            self.add(AnswerPlace("cell", how, Where(self.part, self.path(cell.element)), inside, lines=True))
        elif told_how(rows, row, cell):
            how = "instruction in the cell stays; the answer goes below"
            where = Where(self.part, self.path(cell.element))
            inside = replace(around, inside=cell.text, question=around.left)
            self.add(AnswerPlace("cell", how, where, inside, lines=True, facts={"doubtful": True}))
        elif cell.text and self.takes_answer(rows, row, cell):
            inside = replace(around, inside=cell.text, left="", question=cell.text.rstrip(" :"))
            if (
                ends_open(over) or over.rstrip().endswith("?") or only_labels_with_room(row)
            ):  # a label with an answer of its own
                inside = replace(inside, above="", higher="", caption="" if around.caption == over else around.caption)
            how = (
                "room behind the words in the cell"
                if (ends_open(cell.text) or not room_in(row, cell)) and len(cell.text) < 60
                else "instruction in the cell stays; the answer goes below"
            )
            self.add(AnswerPlace("cell", how, Where(self.part, self.path(cell.element)), inside, lines=True))

    def label_lines(self, labels: list[tuple[etree._Element, int, str]], around: Around) -> None:
        """Several labels below one another in a cell, each with room behind or below it."""
        for paragraph, at, label in labels:
            here = replace(around, before=label, left="", above="", higher="", question=label.rstrip(" :"))
            where = Where(self.part, self.path(paragraph), (at, 0))
            self.add(AnswerPlace("line", "room behind the label", where, here))

    def inner(self, cell: Cell, around: Around) -> None:
        """A cell with tables or block controls in it: what stands left or above names them."""
        known, heading, section = len(self.places), self.heading, self.section
        question, asked = self.question, self.asked
        self.heading = around.left or around.above or heading
        self.ask(self.heading)
        self.blocks(cell.element)
        self.places[known:] = [named_from(place, around) for place in self.places[known:]]
        self.heading, self.section = heading, section
        self.question, self.asked = question, asked

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

    def blank(self, heads: list[GridRow], row: GridRow, cell: Cell, around: Around) -> None:
        """An empty cell: a tick cell where its header or caption says so, else room for words."""
        marks = f"{around.above} {around.higher} {around.caption}"
        ticks = bool(cell.option or TICK_HEAD.search(marks)) or self.matrix_of_ticks(heads, around)
        question = around.left or around.above or self.question
        if ticks:
            option = cell.option or (around.above if around.left else "")
            around = replace(around, option=option, question=around.left or self.question)
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
        how = "prompt in the cell, which the answer replaces" if cell.prompt else "empty cell"
        how = f"cell with its unit {cell.unit}" if cell.unit else how
        head, part = date_part(row, cell)
        around = replace(around, question=question)
        around = replace(around, left=head, title=around.left) if head else around
        where = Where(self.part, self.path(cell.element))
        self.add(AnswerPlace("cell", how, where, around, lines=True, date_format=part))

    def matrix_of_ticks(self, heads: list[GridRow], around: Around) -> bool:
        """True for a cell with a row's and a column's label, where ticks are asked for or the heads are answers."""
        if around.left and heads_are_answers(heads, around.above):
            return True
        told = f"{self.heading} {self.question}".lower()
        return bool(around.left and around.above and ASKS_TICK.search(told) and len(around.above) < 30)

    def takes_answer(self, rows: list[GridRow], row: GridRow, cell: Cell) -> bool:
        """True for a cell with words in it that is to be written in: an instruction alone, or `Label:` and room."""
        alone = len(row.cells) == 1
        following = rows[cell.row + 1] if cell.row + 1 < len(rows) else None
        under = following is not None and any(
            c.answers for c in following.cells if c.start < cell.start + cell.span and cell.start < c.start + c.span
        )
        if under or any(c.answers or c.nested for c in row.cells):
            return False
        colons = all(ends_open(c.text) or c.answers or len(c.text) < 20 for c in row.cells) and any(
            ends_open(c.text) for c in row.cells
        )
        room = room_in(row, cell)
        if not alone and only_labels_with_room(row):
            return True
        if row.header or (cell.start == 0 and cell.span == 1 and len(row.cells) > 2 and not colons):
            return False
        if alone and len(rows) <= 3:
            asks = "?" in cell.text if following is not None else bool(ASKS.search(cell.text))
            last = following is None or (len(following.cells) == 1 and bool(following.cells[0].label))
            named = len(rows) > 1 and ends_open(cell.text) and len(cell.text) <= 60
            return room or named or (last and asks and not is_caption(cell))
        led = alone and following is not None and any(c.answers for c in following.cells)
        return ((ends_open(cell.text) or (colons and not alone)) and len(cell.text) <= 60 and not led) or (
            room and bool(ASKS.search(cell.text) or cell.text.endswith(":"))
        )


def _cell_for_it(rows: list[GridRow], heads: list[GridRow], number: int, index: int) -> bool:
    """True when the cell beside a cell, or the one right below it without a label of its own, is a place."""
    cell, row = rows[number].cells[index], rows[number]
    beside = row.cells[index + 1] if index + 1 < len(row.cells) else None
    if beside is not None and beside.blank:
        return bool(left_of(row, beside) or above(heads, beside)[0])
    following = rows[number + 1] if number + 1 < len(rows) else None
    below = next((c for c in following.cells if c.start == cell.start), None) if following is not None else None
    if following is None or below is None or not below.blank or left_of(following, below):
        return False
    return bool(above(heads, below)[0]) or single(rows)


def _answered_elsewhere(rows: list[GridRow], number: int, index: int) -> bool:
    """True when an empty cell stands right of a cell, or right below it: there the answer goes."""
    cell, row = rows[number].cells[index], rows[number]
    beside = row.cells[index + 1] if index + 1 < len(row.cells) else None
    following = rows[number + 1].cells if number + 1 < len(rows) else []
    below = next((c for c in following if c.start == cell.start), None)
    return any(c is not None and c.blank for c in (beside, below))
