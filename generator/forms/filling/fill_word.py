"""A Word form filled: every answer at its place, everything else as it was; what does not fit is given back."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import etree

from generator.forms.answer_places.in_word_files.paragraph import W, read_line
from generator.forms.authority.answering.place_answers import BY_HAND, FILLED, NOT_SURE, Answered
from generator.forms.filling.runs import (
    fresh_ids,
    mark,
)
from generator.forms.filling.too_long import Overflow
from generator.forms.filling.word_controls import (
    bind,
    binding_of,
    fill_control,
)
from generator.forms.filling.word_marks import (
    boxed,
    follow_path,
    is_item,
    line_in,
    path_in,
    run_text,
    said,
    shade,
    stores_of,
)
from generator.forms.filling.word_places import PlaceFiller
from generator.word_files.docx_package import Member, read_package, serialize, write_package


@dataclass(frozen=True)
class FilledWord:
    """A filled form, and what did not fit into it."""

    content: bytes
    overflow: tuple[Overflow, ...] = ()


def fill_word(blank: bytes, answered: Sequence[Answered], marked: bool = False) -> FilledWord:
    """The blank form with its answers. `marked` also colours what is left for a person to fill in."""
    package = read_package(blank)
    filler = WordFiller(package)
    filler.fill(answered)
    if marked:
        filler.highlight(answered)
    return FilledWord(filler.written(), tuple(filler.overflow))


class WordFiller(PlaceFiller):
    """All answers of a form: places one by one, grids with rows added, and what is bound to several controls."""

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

    def written(self) -> bytes:
        """The file with the parts that were changed; every other part byte for byte."""
        parts = {**self.package.parts, **{name: serialize(root) for name, root in self.roots.items()}}
        return write_package(Member.of(name, content) for name, content in parts.items())

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
