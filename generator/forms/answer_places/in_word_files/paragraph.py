"""The text of a Word paragraph character by character, with what each character came from, and the fields in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_SKIPPED = {
    W + tag for tag in ("pPr", "rPr", "del", "moveFrom", "instrText", "delText", "txbxContent", "sdtPr", "sdtEndPr")
}
_SKIPPED |= {MC + "Fallback"}


@dataclass(frozen=True)
class Atom:
    """One character: the element that holds it (w:t, w:tab, w:br, w:sym), its index in that element, and its run."""

    char: str
    element: etree._Element
    index: int
    run: etree._Element


@dataclass(frozen=True)
class Inline:
    """A content control or field in a paragraph, and the characters that stand for it at the moment.

    `kind`: sdt, legacy, fillin (a field that asks for text: LibreOffice makes such ones of controls), button (a
    field whose own words are a prompt, which are no text of the paragraph), or field.
    """

    kind: str
    element: etree._Element
    start: int
    end: int


@dataclass
class ParagraphText:
    """A paragraph: its characters and its controls and fields in reading order."""

    element: etree._Element
    atoms: list[Atom] = field(default_factory=list)
    inlines: list[Inline] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The paragraph's text; a tab is a tab, a line break a newline, a symbol its private character."""
        return "".join(atom.char for atom in self.atoms)


def read_line(paragraph: etree._Element) -> ParagraphText:
    """The characters and fields of a paragraph."""
    line = ParagraphText(paragraph)
    _ParagraphReader(line).read(paragraph)
    return line


@dataclass
class _Field:
    begin: etree._Element
    at: int
    code: str = ""


class _ParagraphReader:
    """Walks a paragraph; `open` holds the complex fields that have begun and not ended."""

    def __init__(self, line: ParagraphText) -> None:
        self.line = line
        self.open: list[_Field] = []

    def read(self, element: etree._Element) -> None:
        for child in element:
            if not isinstance(child.tag, str) or child.tag in _SKIPPED:
                if child.tag == W + "instrText" and self.open:
                    self.open[-1].code += child.text or ""
                continue
            if child.tag == W + "sdt":
                self.control(child)
            elif child.tag == W + "r":
                self.run(child)
            else:
                self.read(child)

    def control(self, sdt: etree._Element) -> None:
        start = len(self.line.atoms)
        content = sdt.find(W + "sdtContent")
        inner = len(self.line.inlines)
        if content is not None:
            self.read(content)
        if len(self.line.inlines) == inner:
            self.line.inlines.append(Inline("sdt", sdt, start, len(self.line.atoms)))

    def run(self, run: etree._Element) -> None:
        for child in run:
            if child.tag == W + "fldChar":
                self.field_mark(child, run)
            elif child.tag == W + "instrText":
                if self.open:
                    self.open[-1].code += child.text or ""
            elif child.tag == W + "t":
                self.line.atoms += [Atom(char, child, index, run) for index, char in enumerate(child.text or "")]
            elif child.tag in (W + "tab", W + "ptab"):
                self.line.atoms.append(Atom("\t", child, 0, run))
            elif child.tag in (W + "br", W + "cr"):
                self.line.atoms.append(Atom("\n", child, 0, run))
            elif child.tag == W + "noBreakHyphen":
                self.line.atoms.append(Atom("\u2011", child, 0, run))
            elif child.tag == W + "sym":
                self.line.atoms.append(Atom(symbol(child), child, 0, run))

    def field_mark(self, mark: etree._Element, run: etree._Element) -> None:
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            self.open.append(_Field(run, len(self.line.atoms)))
        elif kind == "end" and self.open:
            ended = self.open.pop()
            if ended.code.strip().upper().startswith("FORM"):
                self.line.inlines.append(Inline("legacy", ended.begin, ended.at, len(self.line.atoms)))
            elif ended.code.strip().upper().startswith("FILLIN"):
                self.line.inlines.append(Inline("fillin", ended.begin, ended.at, len(self.line.atoms)))
            elif asks_to_be_clicked(ended.code):
                self.line.inlines.append(Inline("button", ended.begin, ended.at, ended.at))
            elif not self.open:
                self.line.inlines.append(Inline("field", ended.begin, ended.at, len(self.line.atoms)))


_BUTTON = re.compile(r"\s*MACROBUTTON\s+(\S+)\s+(.+)", re.I)
_NO_MACRO = re.compile(r"\W*no_?macro\W*", re.I)
_DOES_SOMETHING = re.compile(
    r"\W*(?:print|save|submit|send|reset|clear|next(?! of kin)|back|update|e-?mail(?! address))\b", re.I
)


def asks_to_be_clicked(code: str) -> bool:
    """True for a field that old templates use as a prompt: `MACROBUTTON NoMacro [type surname]`; not for a button."""
    shown = _BUTTON.match(code)
    return shown is not None and bool(_NO_MACRO.fullmatch(shown[1]) or not _DOES_SOMETHING.match(shown[2]))


def symbol(element: etree._Element) -> str:
    """The character of a w:sym in the private area of its font."""
    try:
        code = int(element.get(W + "char", "F000"), 16)
    except ValueError:
        code = 0xF000
    return chr(code if code >= 0xF000 else code + 0xF000)


def font_of(run: etree._Element) -> str:
    """The font that a run names for itself, or nothing."""
    fonts = run.find(f"{W}rPr/{W}rFonts")
    return "" if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or ""


def is_underlined(run: etree._Element) -> bool:
    """True when the run's own formatting draws a line under its characters."""
    mark = run.find(f"{W}rPr/{W}u")
    return mark is not None and mark.get(W + "val", "single") not in ("none", "0")


def paragraphs(element: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs directly in a cell, body, control or text box, also inside block controls; not those of tables."""
    for child in element:
        if child.tag == W + "p":
            yield child
        elif child.tag in (W + "sdt", W + "customXml", W + "smartTag"):
            content = child.find(W + "sdtContent") if child.tag == W + "sdt" else child
            if content is not None:
                yield from paragraphs(content)


def plain_text(element: etree._Element) -> str:
    """The text of everything in an element on one line."""
    words = [read_line(p).text for p in element.iter(W + "p")]
    return tidy(" ".join(words))


def tidy(text: str) -> str:
    """One line, with every run of white space as one space."""
    return " ".join(text.replace("\u2002", " ").split())
