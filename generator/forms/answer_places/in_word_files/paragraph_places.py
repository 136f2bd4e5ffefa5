"""Answer places in the paragraphs, controls and text boxes of a Word form, with what was printed before them."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace

from lxml import etree

from generator.forms.answer_places.in_word_files.captions_below import Captions, captions_below
from generator.forms.answer_places.in_word_files.controls import word_control
from generator.forms.answer_places.in_word_files.paragraph import MC, W, plain_text, read_line, tidy
from generator.forms.answer_places.in_word_files.spots import Spot, bullet_box, ends_with_room, find_spots
from generator.forms.answer_places.in_word_files.word_cues import (
    CHOICE_AHEAD,
    HAS_WORD,
    addressed,
    also,
    answered_below,
    drawn,
    goes_on,
    has_border,
    is_contents,
    is_heading,
    next_block,
    of_control,
    open_label,
    title,
    twin_of,
)
from generator.forms.answer_places.place import AnswerPlace, Around, Where

_WORDS_LIMIT = re.compile(
    r"(?:(?:no more than|max(?:imum)?(?: of)?|up to|within|in under|limit(?: of)?)\s*:?\s*)?\(?(\d{2,4})[\s-]*words?\b",
    re.I,
)
_CHARACTERS = re.compile(r"(\d{2,5})\s*characters?\b", re.I)

_LINE = 500
"""Letters of a line in which words to choose from are looked for: a question is no longer."""


@dataclass
class ParagraphReader(ABC):
    """Reads one part; remembers the last heading and the last words that were printed."""

    part: str
    tree: etree._ElementTree
    leaders: dict[str, str]
    bullets: dict[tuple[str, str], str]
    places: list[AnswerPlace] = field(default_factory=list)
    section: str = ""
    heading: str = ""
    question: str = ""
    asked: int = 0
    """How many places there were when the question was printed."""
    groups: int = 0
    captions: Captions = field(default_factory=Captions)
    """The captions that stand below the lines of the block that is being read."""

    # -- blocks ---------------------------------------------------------------------------------------------------

    def blocks(self, element: etree._Element) -> None:
        """The paragraphs, tables and controls of a body, cell, control or text box."""
        children = [c for c in element if isinstance(c.tag, str)]
        before, self.captions = self.captions, captions_below(children, self.leaders)
        for number, child in enumerate(children):
            if child.tag == W + "p":
                self.paragraph(child, next_block(children, number))
            elif child.tag == W + "tbl":
                self.table(child)
            elif child.tag == W + "sdt":
                self.block_control(child)
            elif child.tag in (W + "customXml", W + "ins", W + "moveTo"):
                self.blocks(child)
        self.captions = before

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
        choices = bool(CHOICE_AHEAD.search(line.text[:_LINE]))
        spots = find_spots(line, self.leaders, choices)
        if ends_with_room(spots) and answered_below(element):
            spots = find_spots(line, self.leaders, choices, open_end=False)
        words = tidy("".join(c for i, c in enumerate(line.text) if not any(s.start <= i < s.end for s in spots)))
        box = bullet_box(element, self.bullets) and words
        known = len(self.places)
        if box:
            self.bullet(element, words)
        elif element in self.captions.words:
            self.ask("")
        elif spots:
            labels = self.captions.of.get(element)
            if labels:
                spots = [replace(s, before=t, question=t) for s, t in zip(spots, labels, strict=True)]
            self.spots(element, line.text, spots, Around(heading=self.heading, section=self.section))
            if element in self.captions.doubtful:
                doubtful = [replace(p, facts={**p.facts, "doubtful": True}) for p in self.places[known:]]
                self.places[known:] = doubtful
            if words:
                self.heading = words
        elif words:
            self.printed(element, words, following)
        elif self.question and self.asked == len(self.places) and has_border(element) and not drawn(element):
            around = Around(heading=self.heading, section=self.section, question=self.question)
            where = Where(self.part, self.path(element), (0, 0))
            self.add(AnswerPlace("line", "empty paragraph in a frame", where, around, lines=True))
        self.text_boxes(element)

    def printed(self, element: etree._Element, words: str, following: str) -> None:
        """A paragraph of words alone: a heading, a question, or a label with nothing but room behind it."""
        if is_heading(element, words) or (following == "table" and is_heading(element, words.rstrip(" :"))):
            self.section = words
            self.ask(words)
        elif following == "room" or (following == "label" and open_label(words)):
            around = Around(before=words, heading=self.heading, section=self.section, question=words.rstrip(" :"))
            at = (len(read_line(element).text), 0)
            how = "room below the question" if following == "room" else "room behind the label"
            self.add(
                AnswerPlace("line", how, Where(self.part, self.path(element), at), around, lines=following == "room")
            )
        elif not (self.question and self.asked == len(self.places) and goes_on(element, words)):
            self.ask(words)
        self.heading = words

    def ask(self, words: str) -> None:
        """Words that are the question from here on; once it has its place, nothing more goes on with it."""
        self.question, self.asked = words, len(self.places)

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
            known, heading, question, asked = len(self.places), self.heading, self.question, self.asked
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
            self.heading, self.question, self.asked = heading, question, asked

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
            if spot.begin is not None:
                where = Where(self.part, self.path(spot.begin))
            else:
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

    @abstractmethod
    def table(self, element: etree._Element) -> None:
        """The places of a table, which a reader of tables knows."""
