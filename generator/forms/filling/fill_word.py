"""A Word form filled: every answer at its place, everything else as it was; what does not fit is given back."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from lxml import etree

from generator.forms.answer_places.controls import word_control
from generator.forms.answer_places.paragraph import ParagraphText, W, read_line, tidy
from generator.forms.authority.answering.place_answers import BY_HAND, FILLED, NOT_SURE, Answered
from generator.forms.filling.runs import (
    clear,
    copied_paragraph,
    element,
    fresh_ids,
    isolate,
    mark,
    paragraph_style,
    properties_of,
    replace_words,
    run_of,
)
from generator.forms.filling.too_long import Overflow, shortened
from generator.forms.filling.word_controls import (
    bind,
    binding_of,
    choose_legacy,
    fill_control,
    fill_legacy,
    fill_paragraphs,
    tick_control,
    tick_legacy,
)
from generator.forms.filling.word_marks import (
    boxed,
    clear_empty,
    day_in,
    down,
    follow_path,
    is_item,
    line_in,
    option_spans,
    path_in,
    replace_how,
    run_text,
    said,
    shade,
    stores_of,
    tick_glyph,
)
from generator.word_files.docx_package import Member, Package, parse, read_package, serialize, write_package

TICK = "\u221a"
"""The tick for an empty cell: in every font that Word has."""

_MARKS: dict[str, tuple[str, dict[str, str]]] = {
    "highlight": ("highlight", {"val": "yellow"}),
    "underline": ("u", {"val": "single"}),
    "delete": ("", {}),
    "circle": ("bdr", {"val": "single", "sz": "8", "space": "0", "color": "auto"}),
}
"""How a form asks one to choose, and the formatting that does so."""


@dataclass(frozen=True)
class FilledWord:
    """A filled form, and what did not fit into it."""

    content: bytes
    overflow: tuple[Overflow, ...] = ()


def fill_word(blank: bytes, answered: Sequence[Answered], marked: bool = False) -> FilledWord:
    """The blank form with its answers. `marked` also colours what is left for a person to fill in."""
    package = read_package(blank)
    filler = _WordFiller(package)
    filler.fill(answered)
    if marked:
        filler.highlight(answered)
    return FilledWord(filler.written(), tuple(filler.overflow))


@dataclass
class _WordFiller:
    package: Package
    roots: dict[str, etree._Element] = field(default_factory=dict)
    overflow: list[Overflow] = field(default_factory=list)
    bound: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """What a bound control was filled with: (store, XPath) to (words, prefixes)."""
    days: dict[tuple[str, str], date] = field(default_factory=dict)

    # -- the whole ------------------------------------------------------------------------------------------------

    def fill(self, answered: Sequence[Answered]) -> None:
        """Every place is found before any is filled; of a paragraph the last first, as it moves none before it."""
        todo = [self.fitting(one) for one in answered if one.state == FILLED]
        found = [(one, target) for one in todo for target in self.targets(one)]
        grids = [pair for pair in found if pair[0].place.is_grid]
        for one, target in reversed([pair for pair in found if not pair[0].place.is_grid]):
            with_text = one.place.where.at is not None and target.tag == W + "p"
            self.place(one, target, read_line(target) if with_text else None)
        self.grids([one for one, _ in grids])
        self.bindings()

    def targets(self, one: Answered) -> list[etree._Element]:
        where = one.place.where
        return [self.node(where.part, path) for path in (where.xpath, *where.also)]

    def root(self, part: str) -> etree._Element:
        if part not in self.roots:
            self.roots[part] = parse(self.package.parts[part])
        return self.roots[part]

    def node(self, part: str, path: str) -> etree._Element:
        root = self.root(part)
        found = root.xpath(path, namespaces={k: v for k, v in root.nsmap.items() if k} | _NAMES)
        if not isinstance(found, list) or len(found) != 1 or not isinstance(found[0], etree._Element):
            raise ValueError(f"there is no place at {path} in {part}")
        return found[0]

    def written(self) -> bytes:
        """The file with the parts that were changed; every other part byte for byte."""
        parts = {**self.package.parts, **{name: serialize(root) for name, root in self.roots.items()}}
        return write_package(Member.of(name, content) for name, content in parts.items())

    # -- one place ------------------------------------------------------------------------------------------------

    def place(self, one: Answered, target: etree._Element, line: ParagraphText | None) -> None:
        """Write one answer: words, a choice or a tick."""
        place = one.place
        if isinstance(one.answer, bool):
            self.tick(one, target, line)
            return
        text = one.answer if isinstance(one.answer, str) else one.text
        if target.tag == W + "sdt":
            self.control(target, text, one)
        elif target.tag == W + "r":
            self.legacy(target, text, one)
        elif place.kind == "choice" and line is not None and place.where.at:
            self.choose(line, one, text)
        elif line is not None and place.where.at is not None:
            self.on_line(line, one, text)
        elif place.kind == "checkbox":
            self.words(target, TICK if text else "", one)
        else:
            self.words(target, text, one)

    def fitting(self, one: Answered) -> Answered:
        """The answer, or its beginning with the number of the continuation sheet's entry when it is too long."""
        if not isinstance(one.answer, str):
            return one
        short, over = shortened(one.place, one.answer, len(self.overflow) + 1)
        if over:
            self.overflow.append(over)
        return replace(one, answer=short)

    def tick(self, one: Answered, target: etree._Element, line: ParagraphText | None) -> None:
        on = bool(one.answer)
        if target.tag == W + "sdt":
            tick_control(target, on)
        elif target.tag == W + "r":
            tick_legacy(target, on)
        elif not on:
            return
        elif line is not None and one.place.where.at and one.place.where.at[1]:
            tick_glyph(line, *one.place.where.at)
        elif target.tag == W + "p":
            self.tick_bullet(target)
        else:
            self.words(target, TICK, one)

    def tick_bullet(self, paragraph: etree._Element) -> None:
        """A list bullet that is a box has no character: the bullet goes, a ticked box takes its place."""
        properties = paragraph.find(W + "pPr")
        numbering = None if properties is None else properties.find(W + "numPr")
        if properties is not None and numbering is not None:
            none = element("numPr")
            none.append(element("numId", val="0"))
            properties.replace(numbering, none)
        first = next(iter(paragraph.iter(W + "r")), None)
        run = run_of("☒ ", properties_of(first))
        at = 0 if properties is None else 1
        paragraph.insert(at, run)

    def control(self, sdt: etree._Element, text: str, one: Answered) -> None:
        control = word_control(sdt)
        day = day_in(text) if (control is not None and control.date_format) or "date" in one.place.how else None
        fill_control(sdt, text, day)
        self.remember(sdt, text, day)

    def remember(self, sdt: etree._Element, text: str, day: date | None) -> None:
        bound = binding_of(sdt)
        if bound:
            store, xpath, prefixes = bound
            self.bound[store, xpath] = (text, prefixes)
            if day:
                self.days[store, xpath] = day

    def legacy(self, begin: etree._Element, text: str, one: Answered) -> None:
        if one.place.kind == "choice" or "FORMDROPDOWN" in one.place.how:
            choose_legacy(begin, text)
        else:
            fill_legacy(begin, text)

    def on_line(self, line: ParagraphText, one: Answered, text: str) -> None:
        """Words in the place of dots or underscores, or behind a label; a line stays under them."""
        start, length = one.place.where.at or (0, 0)
        if not length:
            self.behind(line, one, text)
            return
        atoms = line.atoms[start : start + length]
        drawn = "_" in one.place.where.text or "." in one.place.where.text or "…" in one.place.where.text
        more = bool(tidy(line.text[start + length :]))
        room = (length - len(text)) * 8 // 5 if more and "\n" not in text and length > len(text) else 0
        run = replace_words(atoms, text + " " * room)
        if drawn or "tab" in one.place.how:
            mark(run, "u", val="single")

    def behind(self, line: ParagraphText, one: Answered, text: str) -> None:
        """Words behind a label, or in the empty paragraph below a question."""
        if one.place.how.startswith("room below"):
            below = line.element.getnext()
            if below is not None and below.tag == W + "p" and not read_line(below).text:
                clear(below)
                fill_paragraphs(below, text, paragraph_style(below))
                return
        last = line.atoms[-1].run if line.atoms else None
        run = run_of(f" {text}", properties_of(last))
        for name in ("b", "bCs"):
            for old in run.findall(f"{W}rPr/{W}{name}"):
                old.getparent().remove(old)  # type: ignore[union-attr]
        line.element.append(run) if last is None else last.addnext(run)

    def choose(self, line: ParagraphText, one: Answered, option: str) -> None:
        """Words to choose from, as the form asks: the chosen marked, or the others taken away or struck through."""
        start, length = one.place.where.at or (0, 0)
        spans = option_spans(line.text[start : start + length], list(one.place.options), start)
        if option not in spans:
            return
        first, last = spans[option]
        way = next((w for w in _MARKS if w in f"{one.place.how} {one.place.label} {line.text}".lower()), "")
        if way in ("highlight", "circle", "underline"):
            for run in isolate(line.atoms[first:last]):
                mark(run, _MARKS[way][0], **_MARKS[way][1])
        elif way == "delete":
            replace_words(line.atoms[start : start + length], line.text[first:last])
        else:
            for name, (a, b) in spans.items():
                for run in isolate(read_line(line.element).atoms[a:b]) if name != option else ():
                    mark(run, "strike")

    def words(self, cell: etree._Element, text: str, one: Answered) -> None:
        """Words in a cell or text box: in its first empty paragraph, or below the words that stand there."""
        paragraphs = [p for p in cell if p.tag == W + "p"]
        empty = [p for p in paragraphs if not tidy(read_line(p).text) and p.find(f".//{W}drawing") is None]
        if not paragraphs:
            paragraphs = [element("p")]
            cell.append(paragraphs[0])
            empty = paragraphs
        if one.place.how.startswith("room behind the words"):
            self.behind(read_line(paragraphs[0]), replace_how(one), text)
            return
        if not empty:
            empty = [copied_paragraph(paragraphs[-1])]
            paragraphs[-1].addnext(empty[0])
        lines = text.split("\n")
        spare = [p for p in empty[1:] if p.getprevious() in empty]
        clear_empty(empty[0])
        if len(lines) > 1 and spare:
            down(empty[0], list(spare), lines)
        else:
            fill_paragraphs(empty[0], text, paragraph_style(empty[0]))

    # -- grids ----------------------------------------------------------------------------------------------------

    def grids(self, columns: Sequence[Answered]) -> None:
        """Columns of one grid together: rows are added where the grid allows it."""
        grids: dict[tuple[str, str], list[Answered]] = {}
        for one in columns:
            row = re.sub(r"/w:(?:tc|sdt)(?:\[\d+\])?(?!.*/w:tr).*$", "", one.place.where.rows[0])
            grids.setdefault((one.place.where.part, row), []).append(one)
        resolved = [
            (part, members, [[self.node(part, p) for p in m.place.where.rows] for m in members])
            for (part, _), members in grids.items()
        ]
        for _, members, cells in resolved:
            self.grid(members, cells)

    def grid(self, columns: Sequence[Answered], cells: list[list[etree._Element]]) -> None:
        wanted = max(len(c.rows) for c in columns)
        have = min(len(c) for c in cells)
        fixed = any("FORM" in c.place.how for c in columns) or any(
            "/w:r" in p for c in columns for p in c.place.where.rows
        )
        if wanted > have and not fixed:
            self.more_rows(cells, wanted - have)
            have = wanted
        for column, targets in zip(columns, cells, strict=True):
            for value, target in zip(column.rows[:have], targets, strict=False):
                if value not in ("", None, False):
                    self.grid_cell(column, value, target)
        if wanted > have:
            rows = [[str(said(c.rows[r])) if r < len(c.rows) else "" for c in columns] for r in range(have, wanted)]
            over = Overflow(
                len(self.overflow) + 1,
                columns[0].place.id,
                columns[0].place.section or columns[0].place.label,
                "",
                f"the form has {have} rows, the records have {wanted}",
                [c.place.label for c in columns],
                rows,
            )
            self.overflow.append(over)
            text_columns = [
                i for i, c in enumerate(columns) if isinstance(c.rows[have - 1] if len(c.rows) >= have else "", str)
            ]
            if text_columns:
                at = text_columns[0]
                last = columns[at].rows[have - 1]
                self.grid_cell(
                    columns[at],
                    f"{last} [{wanted - have} more rows: continuation sheet, {over.number}]",
                    cells[at][have - 1],
                )

    def grid_cell(self, column: Answered, value: str | bool, target: etree._Element) -> None:
        if value is True:
            self.tick(replace(column, answer=True), boxed(target), line_in(target, column))
            return
        text = str(value)
        if column.place.characters and len(text) > column.place.characters and target.tag == W + "r":
            text = str(self.fitting(replace(column, answer=text)).answer)
        if target.tag == W + "sdt":
            self.control(target, text, column)
        elif target.tag == W + "r":
            self.legacy(target, text, column)
        elif column.place.options and (spots := line_in(target, column)) is not None and column.place.kind == "choice":
            self.choose(spots, column, text)
        else:
            self.words(target, text, column)

    def more_rows(self, cells: list[list[etree._Element]], more: int) -> None:
        """Copy the last blank row as often as rows are wanting; a repeating section copies its item with new ids."""
        last = next(a for a in [cells[0][-1], *cells[0][-1].iterancestors()] if a.tag == W + "tr")
        item = next(
            (a for a in last.iterancestors(W + "sdt") if a.find(f"{W}sdtPr/*[1]") is not None and is_item(a)), None
        )
        unit = last if item is None else item
        paths = [path_in(unit, column[-1]) for column in cells]
        root = unit.getroottree().getroot()
        taken = {i.get(W + "val", "") for i in root.iter(W + "id")}
        clean = copy.deepcopy(unit)
        after = unit
        for _ in range(more):
            made = copy.deepcopy(clean)
            fresh_ids(made, taken)
            after.addnext(made)
            after = made
            for column, path in zip(cells, paths, strict=True):
                column.append(follow_path(made, path))

    # -- binding --------------------------------------------------------------------------------------------------

    def bindings(self) -> None:
        """Write bound answers into their custom XML parts and into every other control that is bound to the same."""
        if not self.bound:
            return
        stores = stores_of(self.package)
        for (store, xpath), (text, prefixes) in self.bound.items():
            part = stores.get(store)
            day = self.days.get((store, xpath))
            if part:
                bind(self.root(part), xpath, prefixes, f"{day.isoformat()}T00:00:00" if day else text)
        for part in [n for n in self.package.parts if re.fullmatch(r"word/(?:document|header\d*|footer\d*)\.xml", n)]:
            for sdt in list(self.root(part).iter(W + "sdt")):
                key = binding_of(sdt)
                if key and key[:2] in self.bound and sdt.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
                    fill_control(sdt, self.bound[key[:2]][0], self.days.get(key[:2]))

    # -- what is left ---------------------------------------------------------------------------------------------

    def highlight(self, answered: Sequence[Answered]) -> None:
        """Colour the places that a person fills in; addresses that moved because rows were added are left alone."""
        for one in answered:
            if one.state not in (BY_HAND, NOT_SURE):
                continue
            try:
                target = self.node(one.place.where.part, one.place.where.xpath)
            except ValueError:
                continue
            cell = target if target.tag == W + "tc" else next(iter(target.iter(W + "tc")), None)
            if cell is not None and target.tag in (W + "tc", W + "sdt"):
                shade(cell)
            else:
                for run in target.iter(W + "r") if target.tag != W + "r" else [target]:
                    if run_text(run).strip() and (one.place.where.at is None or set(run_text(run)) <= set("_.… ☐□")):
                        mark(run, "highlight", val="yellow")


_NAMES = {
    "w": W[1:-1],
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
}
