"""A form of ours made ready to give out: lines for everything that is asked, its reference, controls for a screen."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from generator.forms.answer_places.in_word_files.paragraph import W, read_line
from generator.forms.filling.runs import element, run_of
from generator.forms.given.answer_places_of_paper import PaperPlace, places_of_paper
from generator.forms.given.blank_form import BlankPaper, texts_of
from generator.forms.given.form_with_controls import add_controls, with_reference
from generator.forms.given.printed_lines import EMPTY, PrintedLine, in_other_words, printed_lines
from generator.forms.given.question_list import QuestionForm
from generator.forms.returned.lines.returned_line import tidied
from generator.word_files.docx_package import Member, Package, parse, read_package, serialize, write_package


@dataclass(frozen=True)
class FormToGive:
    """A form ready to give out: Word with controls, Word as it is printed (for the PDF), the texts of its lines.

    `places` are the places of the printed file in reading order, by which the PDF gets its fields.
    """

    title: str
    screen: bytes
    paper: bytes
    texts: tuple[str, ...]
    places: tuple[PaperPlace, ...]


def form_to_give(
    blank: BlankPaper, form: QuestionForm, reference: str, english: FormToGive | None = None
) -> FormToGive:
    """The form with its reference at the end; `english` is the same form in English, for one in another language."""
    package = read_package(blank.word)
    root = parse(package.parts[package.main])
    body = root.find(W + "body")
    assert body is not None
    _line_for_name(body)
    _boxes_at_faces(body)
    _add_reference(body, reference)
    paper = _saved(package, root)
    texts = texts_of(paper)
    printed = printed_lines(english.texts if english else texts, form)
    shown: tuple[PrintedLine, ...] = in_other_words(printed, texts) if english else printed
    places = places_of_paper(body, printed, shown, form)
    kept = tuple(places)
    add_controls(places, form, english=english is None)
    screen = with_reference(_saved(package, root), reference)
    return FormToGive(blank.title, screen, with_reference(paper, reference), texts, kept)


def _saved(package: Package, root: etree._Element) -> bytes:
    parts = {**package.parts, package.main: serialize(root)}
    return write_package(Member.of(name, content) for name, content in parts.items())


def _add_reference(body: etree._Element, reference: str) -> None:
    made = element("p")
    properties = element("pPr")
    properties.append(element("pStyle", val="SmallPrint"))
    made.append(properties)
    made.append(run_of(f"Ref. {reference}", None))
    end = body.find(W + "sectPr")
    if end is not None:
        end.addprevious(made)
    else:
        body.append(made)


def _boxes_at_faces(body: etree._Element) -> None:
    """Each face gets a box beside it: a ring is drawn on paper, a box is ticked on a screen and read back."""
    for paragraph in body.iter(W + "p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        face = style is not None and style.get(W + "val") == "FaceLine" and paragraph.find(f".//{W}drawing") is not None
        if face and not tidied(read_line(paragraph).text):
            paragraph.append(run_of(f" {EMPTY}", None))


def _line_for_name(body: etree._Element) -> None:
    """The words under a signature that ask for the name get a line of their own to write it on."""
    rows = list(body.iter(W + "p"))
    titles = {tidied(read_line(row).text) for row in rows[:3]}
    for above, below in pairwise(rows):
        style = above.find(f"{W}pPr/{W}pStyle")
        if style is None or style.get(W + "val") != "Sign" or not tidied(read_line(below).text):
            continue
        if tidied(read_line(below).text) in titles:
            # Below a young person's own signature stands the name: there is nothing to ask.
            continue
        own = below.find(f"{W}pPr/{W}pStyle")
        if own is not None and own.get(W + "val") == "SmallPrint":
            own.set(W + "val", "WriteHere")
            run = run_of(": \t", None)
            below.append(run)
