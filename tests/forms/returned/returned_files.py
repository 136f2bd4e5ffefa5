"""Returned forms as people leave them: the form as we print it, written on in the file's own XML."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from generator.documents.languages.translate import Interpreter
from generator.folder.load_case import load_case
from generator.folder.school_folder import Project
from generator.forms.filling.runs import element, run_of
from generator.forms.given.blank_form import blank_paper
from generator.forms.given.question_list import question_forms
from generator.word_files.docx_package import Member, W, parse, read_package, serialize, write_package


class Page:
    """A form's body, to be written on."""

    def __init__(self, project: Project, pupil: str, form: str, language: str = "") -> None:
        case = load_case(project, pupil).case
        assert case is not None
        paper = blank_paper(project, case, question_forms()[form], Interpreter(project), language=language)
        assert paper is not None
        self.package = read_package(paper.word)
        self.root = parse(self.package.parts[self.package.main])

    @property
    def paragraphs(self) -> list[etree._Element]:
        return list(self.root.iter(W + "p"))

    def at(self, begins: str) -> etree._Element:
        """The paragraph that begins with these words."""
        return next(p for p in self.paragraphs if words(p).lstrip("☐☒ \u00a0").startswith(begins))

    def below(self, begins: str, number: int = 1) -> etree._Element:
        """The number-th paragraph below one that begins with these words."""
        rows = self.paragraphs
        return rows[rows.index(self.at(begins)) + number]

    def write(self, begins: str, text: str, number: int = 1) -> None:
        """Type words on a line below a question, in front of its leader."""
        self.below(begins, number).findall(W + "r")[0].addnext(run_of(text, None))

    def swap(self, old: str, new: str, begins: str) -> None:
        """Replace words in the paragraph that begins so."""
        for text in self.at(begins).iter(W + "t"):
            text.text = (text.text or "").replace(old, new)

    def cell(self, begins: str, number: int) -> etree._Element:
        """The paragraph in a cell of the row that begins with these words."""
        for row in self.root.iter(W + "tr"):
            cells = row.findall(W + "tc")
            if words(cells[0]).strip() == begins:
                return next(cells[number].iter(W + "p"))
        raise AssertionError(begins)

    def saved(self) -> bytes:
        parts = {**self.package.parts, self.package.main: serialize(self.root)}
        return write_package(Member.of(name, content) for name, content in parts.items())


def words(paragraph: etree._Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(W + "t"))


def tracked(paragraph: etree._Element, gone: str, come: str) -> None:
    """Words deleted and words inserted with tracked changes."""
    deleted = element("del", id="901", author="Grace", date="2026-12-01T08:00:00Z")
    run = run_of(gone, None)
    for text in run.iter(W + "t"):
        text.tag = W + "delText"
    deleted.append(run)
    inserted = element("ins", id="902", author="Grace", date="2026-12-01T08:00:00Z")
    inserted.append(run_of(come, None))
    paragraph.append(deleted)
    paragraph.append(inserted)


def returned(folder: Path, name: str, page: Page, *changes: Callable[[Page], None]) -> Path:
    for change in changes:
        change(page)
    file = folder / name
    file.write_bytes(page.saved())
    return file


def twin(paragraph: etree._Element, text: str) -> etree._Element:
    """One more paragraph of the same style below."""
    made = copy.deepcopy(paragraph)
    for run in made.findall(W + "r"):
        made.remove(run)
    made.append(run_of(text, None))
    paragraph.addnext(made)
    return made
