"""One answer written at its place in a Word form: words in a cell or on a line, a choice, a tick, a control."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from lxml import etree

from generator.forms.answer_places.in_word_files.controls import word_control
from generator.forms.answer_places.in_word_files.paragraph import ParagraphText, W, plain_text, read_line, tidy
from generator.forms.answer_places.in_word_files.prompts import UNIT
from generator.forms.answer_places.in_word_files.spots import BUTTON
from generator.forms.answer_places.prompt_words import is_prompt
from generator.forms.authority.answering.place_answers import Answered
from generator.forms.filling.room_in_shapes import room_of_text_box
from generator.forms.filling.runs import (
    clear,
    copied_paragraph,
    element,
    isolate,
    mark,
    not_bold,
    paragraph_style,
    properties_of,
    replace_field,
    replace_words,
    run_of,
)
from generator.forms.filling.too_long import Overflow, shortened, within_box
from generator.forms.filling.word_controls import (
    binding_of,
    choose_legacy,
    fill_control,
    fill_legacy,
    fill_paragraphs,
    tick_control,
    tick_legacy,
)
from generator.forms.filling.word_marks import (
    clear_empty,
    day_in,
    down,
    option_spans,
    replace_how,
    tick_glyph,
)
from generator.word_files.docx_package import Package, parse

TICK = "\u221a"
"""The tick for an empty cell: in every font that Word has."""

_MARKS: dict[str, tuple[str, dict[str, str]]] = {
    "highlight": ("highlight", {"val": "yellow"}),
    "underline": ("u", {"val": "single"}),
    "delete": ("", {}),
    "circle": ("bdr", {"val": "single", "sz": "8", "space": "0", "color": "auto"}),
}
"""How a form asks one to choose, and the formatting that does so."""

_SAYS_NOTHING = {W + name for name in ("pPr", "bookmarkStart", "bookmarkEnd", "proofErr")}
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


@dataclass
class PlaceFiller:
    """The parts of a form that are changed, and what did not fit into a place."""

    package: Package
    roots: dict[str, etree._Element] = field(default_factory=dict)
    overflow: list[Overflow] = field(default_factory=list)
    bound: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """What a bound control was filled with: (store, XPath) to (words, prefixes)."""
    days: dict[tuple[str, str], date] = field(default_factory=dict)

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

    def place(self, one: Answered, target: etree._Element, line: ParagraphText | None) -> None:
        """Write one answer: words, a choice or a tick."""
        place = one.place
        if isinstance(one.answer, bool):
            self.tick(one, target, line)
            return
        text = one.answer if isinstance(one.answer, str) else one.text
        if target.tag == W + "sdt":
            self.control(target, text, one)
        elif place.how == BUTTON:
            self.prompted(target, text)
        elif target.tag == W + "r":
            self.legacy(target, text, one)
        elif place.where.cells:
            for path, char in zip(place.where.cells, text, strict=False):
                self.words(self.node(place.where.part, path), char, one)
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
        if one.place.where.cells:
            return replace(one, answer=self.characters(one))
        number = len(self.overflow) + 1
        short, over = shortened(one.place, one.answer, number)
        if over is None and one.place.where.at is None and not one.place.is_grid:
            room = room_of_text_box(self.node(one.place.where.part, one.place.where.xpath))
            short, over = within_box(one.place, one.answer, number, room) if room else (short, None)
        if over:
            self.overflow.append(over)
        return replace(one, answer=short)

    def characters(self, one: Answered) -> str:
        """The letters and digits for cells that take one each; an answer with more of them goes to the sheet."""
        text = "".join(char for char in one.text if char.isalnum())
        room = len(one.place.where.cells)
        if len(text) <= room:
            return text
        reason = f"{len(text)} characters for {room}"
        self.overflow.append(Overflow(len(self.overflow) + 1, one.place.id, one.place.label, one.text, reason))
        return ""

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
        if more and not room and not line.text[start + length].isspace():
            room = 2  # a tab that drew the line was the room before the next label
        glued = line.text[start - 1 : start].isalnum() if start else False  # `Mobile........`
        run = replace_words(atoms, " " * glued + text + " " * room)
        if drawn or "tab" in one.place.how:
            mark(run, "u", val="single")

    def prompted(self, begin: etree._Element, text: str) -> None:
        """Words in the place of a field that is a prompt; in paragraphs of their own where it stood alone."""
        paragraph = next(begin.iterancestors(W + "p"))
        line = read_line(paragraph)
        at = next((i.start for i in line.inlines if i.element is begin), 0)
        glued = line.text[at - 1 : at].strip(" \u00a0\t\n(£") if at else ""
        run = run_of(f"{' ' * bool(glued)}{text}{' ' * line.text[at : at + 1].isalnum()}", properties_of(begin))
        not_bold(run)
        replace_field(begin, run)
        if all(child is run or child.tag in _SAYS_NOTHING for child in paragraph):
            fill_paragraphs(paragraph, text, paragraph_style(paragraph))

    def behind(self, line: ParagraphText, one: Answered, text: str) -> None:
        """Words behind a label, or in the empty paragraph below a question."""
        if one.place.how.startswith("room below"):
            below = line.element.getnext()
            if below is not None and below.tag == W + "p" and not read_line(below).text:
                clear(below)
                fill_paragraphs(below, text, paragraph_style(below))
                return
        if not tidy(line.text):
            clear(line.element)
            fill_paragraphs(line.element, text, paragraph_style(line.element))
            return
        at = (one.place.where.at or (0, 0))[0]
        blank = line.text[len(line.text.rstrip()) :]
        if not at and "\n" in blank:  # lines left free below the words: the first of them
            at = len(line.text) - len(blank) + blank.index("\n") + 1
        if 0 < at < len(line.atoms):
            last: etree._Element | None = isolate(line.atoms[at - 1 : at])[-1]
        else:
            last = line.atoms[-1].run if line.atoms else None
        new_line = line.text[(at or len(line.text)) - 1 :][:1] == "\n"
        run = run_of(text if new_line else f" {text}", properties_of(last))
        not_bold(run)
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

    def beside_unit(self, paragraph: etree._Element, text: str) -> None:
        """Words behind the £, or before the %, that stands alone in a cell."""
        atoms = read_line(paragraph).atoms
        before = atoms[0].char not in "£€(" or ")" in [a.char for a in atoms]
        run = run_of(f"{text} " if before else text, properties_of(atoms[0].run))
        if before:
            atoms[0].run.addprevious(run)
        else:
            atoms[-1].run.addnext(run)

    def words(self, cell: etree._Element, text: str, one: Answered) -> None:
        """Words in a cell or text box: in its first empty paragraph, or below the words that stand there."""
        paragraphs = [p for p in cell if p.tag == W + "p"]
        said = plain_text(cell) if cell.tag == W + "tc" else ""
        if is_prompt(said) or (one.place.where.cells and len(said) == 1):
            for paragraph in paragraphs:
                clear(paragraph)
        elif UNIT.fullmatch(said):
            self.beside_unit(next(p for p in paragraphs if tidy(read_line(p).text)), text)
            return
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
