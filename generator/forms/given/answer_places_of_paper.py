"""Where answers go on a form of ours: each writing line, box and panel of the Word file with its question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from generator.forms.answer_places.in_word_files.paragraph import Atom, ParagraphText, W, read_line
from generator.forms.given.printed_lines import EMPTY, GOOD_OK_HARD, PrintedLine, comparable_line
from generator.forms.given.question_list import QuestionForm
from generator.forms.returned.lines.returned_line import tidied
from generator.word_files.word_names import style_id

LINE, BOX, PANEL = "line", "box", "panel"


@dataclass(frozen=True)
class PaperPlace:
    """One place on the paper: its kind (line, box, panel), question, and what is said of it to somebody who listens.

    `first` is true for the first line of a question; `option` counts the boxes of a question from 0; `height` is that
    of a panel in points; `number` says which tab or box of its paragraph it is, from 0.
    """

    kind: str
    question: str
    title: str
    paragraph: etree._Element
    number: int = 0
    first: bool = True
    option: int = -1
    height: float = 0.0


def places_of_paper(
    body: etree._Element, printed: Sequence[PrintedLine], shown: Sequence[PrintedLine], form: QuestionForm
) -> list[PaperPlace]:
    """Every place in reading order. `printed` are the English lines, `shown` the same as they stand in the file."""
    finder = _Finder(printed, shown, form)
    for paragraph in list(body.iter(W + "p")):
        finder.places += finder.of(paragraph)
    return finder.places


class _Finder:
    def __init__(self, printed: Sequence[PrintedLine], shown: Sequence[PrintedLine], form: QuestionForm) -> None:
        self.printed, self.shown, self.form = printed, shown, form
        self.at = -1
        self.places: list[PaperPlace] = []
        self._boxes: dict[str, int] = {}

    def of(self, paragraph: etree._Element) -> Iterator[PaperPlace]:
        line = read_line(paragraph)
        text = tidied(line.text)
        if text:
            self.at = min(self.at + len(text.split("\n")), len(self.printed) - 1)
        if self.at < 0:
            return
        current, shown = self.printed[self.at], self.shown[self.at]
        if text == EMPTY and (column := _column(paragraph)) > 0:
            yield from self.in_row(paragraph, column)
            return
        if style_id(paragraph) == "Hint" and current.question:
            title, height = self.title(current.question), _height(paragraph)
            yield PaperPlace(PANEL, current.question, title, paragraph, height=height)
        elif text and current.labels:
            yield from self.boxes(line, current, shown)
            yield from self.labelled(line, current, shown)
        elif not text and current.question and writing_tabs(line):
            title, first = self.title(current.question), self.is_first(current.question)
            yield PaperPlace(LINE, current.question, title, paragraph, first=first)

    def in_row(self, paragraph: etree._Element, column: int) -> Iterator[PaperPlace]:
        """A box of a table: its question is that of the row, which the English form names in the same place."""
        row = next(paragraph.iterancestors(W + "tr"))
        first = next(row.iter(W + "p"))
        words, head = tidied(read_line(first).text), _head_of(row, column)
        at = next((n for n, line in enumerate(self.shown) if line.text == words), -1)
        label = comparable_line(self.printed[at].text) if at >= 0 else ""
        for question in self.form.questions:
            if any(comparable_line(one) == label for one in question.row):
                title = f"{words}: {head or GOOD_OK_HARD[column - 1]}"
                yield PaperPlace(BOX, question.id, title[:120], paragraph, option=column - 1)

    def is_first(self, question: str) -> bool:
        return not any(one.question == question and one.kind == LINE for one in self.places)

    def title(self, question: str) -> str:
        """The question as it is printed, in the language of the paper."""
        for line in self.shown:
            for label, asked in line.labels:
                if asked == question:
                    whole = line.text if len(line.labels) == 1 and not line.options else label
                    return whole.strip(" :\t")[:120]
        return question

    def boxes(self, line: ParagraphText, current: PrintedLine, shown: PrintedLine) -> Iterator[PaperPlace]:
        question = current.labels[0][1]
        for number in range(len(boxes_in(line))):
            option = self._boxes[question] = self._boxes.get(question, -1) + 1
            words = shown.options[number] if number < len(shown.options) else ""
            label = shown.labels[0][0].strip(" :")
            title = f"{label}: {words}" if words and not words.startswith(label) else words or label
            yield PaperPlace(BOX, question, title[:120], line.element, number, option=option)

    def labelled(self, line: ParagraphText, current: PrintedLine, shown: PrintedLine) -> Iterator[PaperPlace]:
        for number in range(len(writing_tabs(line))):
            label, question = shown.labels[min(number, len(shown.labels) - 1)]
            title = label.strip(f" :{EMPTY}")[:120]
            yield PaperPlace(LINE, question, title, line.element, number, self.is_first(question))


def boxes_in(line: ParagraphText) -> list[Atom]:
    """The empty boxes of a paragraph."""
    return [atom for atom in line.atoms if atom.char == EMPTY]


def writing_tabs(line: ParagraphText) -> list[Atom]:
    """The tabs of a writing line, which draw it."""
    writing = style_id(line.element) in ("WriteHere", "Sign")
    return [atom for atom in line.atoms if writing and atom.char == "\t" and atom.element.tag == W + "tab"]


def _column(paragraph: etree._Element) -> int:
    """Which column of its table a paragraph stands in, from 0."""
    cell = next(paragraph.iterancestors(W + "tc"), None)
    row = None if cell is None else cell.getparent()
    return -1 if row is None or cell is None else row.findall(W + "tc").index(cell) if cell in row else -1


def _head_of(row: etree._Element, column: int) -> str:
    table = row.getparent()
    first = None if table is None else table.find(W + "tr")
    cells = [] if first is None else first.findall(W + "tc")
    return tidied(" ".join(read_line(p).text for p in cells[column].iter(W + "p"))) if column < len(cells) else ""


def _height(paragraph: etree._Element) -> float:
    """The height of the row that a panel stands in, in points."""
    row = next(paragraph.iterancestors(W + "tr"), None)
    tall = None if row is None else row.find(f"{W}trPr/{W}trHeight")
    return int(tall.get(W + "val", "0")) / 20 if tall is not None else 0.0
