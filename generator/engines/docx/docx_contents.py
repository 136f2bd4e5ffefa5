"""What a Word document says: its words, the shapes of its tables, its title, its pictures without words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from generator.engines.docx.copy_prepared import form_answers, symbol_characters
from generator.fonts import shipped_fonts
from generator.word_files import measures
from generator.word_files.word_names import is_on

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_COUNTED = {
    *("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "TOC", "TOA", "INDEX", "SEQ", "LISTNUM", "STYLEREF"),
    *("DATE", "TIME", "SAVEDATE", "CREATEDATE", "PRINTDATE", "EDITTIME", "REVNUM", "NUMWORDS", "NUMCHARS", "FILESIZE"),
    *("FILENAME", "TEMPLATE", "USERNAME", "USERINITIALS", "USERADDRESS", "AUTHOR", "LASTSAVEDBY", "TITLE", "SUBJECT"),
    *("KEYWORDS", "COMMENTS", "INFO", "DOCPROPERTY", "ADVANCE", "="),
}
"""Fields whose text is made when the page is drawn, so that it differs from what the document holds."""


@dataclass(frozen=True)
class ContentsTable:
    """The shape of one table of the body: the grid columns that each cell covers, row by row."""

    spans: tuple[tuple[int, ...], ...]
    first_column: bool
    """True when its first column holds headings: its look says so and no row does, or its style dresses that column."""


def title(members: dict[str, bytes]) -> str:
    core = members.get("docProps/core.xml")
    if core is None:
        return ""
    found = etree.fromstring(core, PARSER).find("{http://purl.org/dc/elements/1.1/}title")
    return (found.text or "").strip() if found is not None else ""


def language(styles: etree._Element | None) -> str:
    found = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang") if styles is not None else None
    return (found.get(W + "val") if found is not None else None) or "en-GB"


def pictures_without_words(stories: Iterable[etree._Element]) -> int:
    """How many pictures have no alternative text and are not marked as decoration in Word."""
    count = 0
    for root in stories:
        for named in root.iter(_DOC_PR):
            shown = not any(a.tag == _FALLBACK for a in named.iterancestors())
            decoration = any(e.get("val") == "1" for e in named.iter(_DECORATIVE))
            count += shown and not decoration and not (named.get("descr") or "").strip()
    return count


def words(stories: Sequence[etree._Element], edges: Sequence[etree._Element] = ()) -> Iterator[str]:
    """The visible text of every paragraph that no engine may leave out, with those of `edges`, headers and footers."""
    shown = [root for root in stories if root.tag in _SHOWN or root in edges]
    if next((root for root in stories if root.tag == W + "document"), None) is None:
        shown = list(stories)  # what is no document is drawn by no engine, whatever it says
    for root in shown:
        yield from _beside_paragraphs(root)
        if next(root.iter(*_NOT_PLAIN), None) is None:
            yield from map(_plain_text, root.iter(W + "p"))
            continue
        for paragraph in root.iter(W + "p"):
            if not any(a.tag == _FALLBACK for a in paragraph.iterancestors()):
                yield _visible_text(paragraph)


_SHOWN = (W + "document", W + "footnotes", W + "endnotes")


def _beside_paragraphs(root: etree._Element) -> Iterator[str]:
    """Text that stands in no paragraph, as only broken files have it: no engine draws it, so it must be told."""
    for text in root.iter(W + "t"):
        if next(text.iterancestors(W + "p", _FALLBACK), None) is None:
            yield text.text or ""


_NOT_SHOWN = ("del", "moveFrom", "vanish", "fldSimple", "fldChar", "txbxContent", "sym", "ruby")
_IN_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_NOT_PLAIN = (_FALLBACK, _IN_FORMULA, *(W + name for name in _NOT_SHOWN))
"""Where none of these is in a story, what its paragraphs show is simply their text."""

_NUMBERED = (W + "footnoteReference", W + "endnoteReference")
"""Where the number of a note stands, also in the middle of a word."""
_SHOWS = {W + "tab": " ", W + "br": " ", W + "cr": " ", W + "noBreakHyphen": "-", **dict.fromkeys(_NUMBERED, " ")}


def _plain_text(paragraph: etree._Element) -> str:
    runs = paragraph.iter(
        W + "t", *_SHOWS
    )  # the tab stops of w:pPr are w:tab too: white space at the paragraph's begin
    return "".join([element.text or "" if element.tag == W + "t" else _SHOWS[element.tag] for element in runs])


def _visible_text(paragraph: etree._Element) -> str:
    text: list[str] = []
    fields: list[str] = []
    counting = [0]
    divided: list[bool] = []
    """Of the fields that we are in, whether their result has begun: what stands before it is their code."""
    replaced: set[etree._Element] = set()
    """What is in fields that show words of their code, or an answer, in place of their result."""
    for element in _own(paragraph):
        if element.tag == W + "fldChar":
            said = form_answers.answers_of(element) if all(divided) and element not in replaced else []
            text += said
            replaced.update(form_answers.replaced_by_answer(element) if said else ())
            _follow_field(element, fields, counting, divided)
        elif element in replaced:
            continue
        elif element.tag == W + "sym":
            text += [
                sign for sign in [symbol_characters.of_sign(element)] if sign and not shipped_fonts.undrawable(sign)
            ]
        elif element.tag == W + "instrText" and fields:
            fields[-1] += element.text or ""
        elif element.tag == W + "t" and not counting[0] and all(divided[:-1]):
            text.append(element.text or "")
        elif element.tag in (W + "tab", W + "br", W + "cr", W + "rt", W + "rubyBase", *_NUMBERED):
            text.append(" ")
        elif element.tag == W + "noBreakHyphen":
            text.append("-")
        elif element.tag == _IN_FORMULA and re.search(r"[^\W\d_]{3}", element.text or ""):
            text.append(f" {element.text} ")  # words alone: the signs of a formula are drawn in many ways
    return "".join(text)


def _own(element: etree._Element) -> Iterator[etree._Element]:
    """Everything inside a paragraph that is shown, without the paragraphs of text boxes and without deleted text."""
    for child in element:
        if child.tag in (W + "p", W + "del", W + "moveFrom", W + "pPr", _FALLBACK):
            continue
        if child.tag == W + "r" and is_on(child.find(f"{W}rPr/{W}vanish")):
            continue
        if child.tag == W + "fldSimple" and _kind(child.get(W + "instr") or "") in _COUNTED:
            continue
        yield child
        yield from _own(child)


def _kind(instruction: str) -> str:
    return (instruction.split() or [""])[0].upper()


def _follow_field(mark: etree._Element, fields: list[str], counting: list[int], divided: list[bool]) -> None:
    """Keep count of the fields we are in; text of a counted field (a page number) differs from what is stored."""
    kind = mark.get(W + "fldCharType")
    if kind == "begin":
        fields.append("")
        divided.append(False)
    elif fields and kind == "separate":
        divided[-1] = True
        counting[0] += _kind(fields[-1]) in _COUNTED
    elif fields and kind == "end":
        counting[0] -= 1 if counting[0] and _kind(fields[-1]) in _COUNTED else 0
        fields.pop()
        divided.pop()


def tables(document: etree._Element | None, styles: etree._Element | None = None) -> Iterator[ContentsTable]:
    """The shape of each table of the body; `styles` tell whether a table under a heading row has row labels too."""
    labelled = _styles_with_labels(styles)
    for table in body_tables(document) if document is not None else ():
        rows = table.findall(W + "tr")
        look = table.find(f"{W}tblPr/{W}tblLook")
        headed = any(is_on(row.find(f"{W}trPr/{W}tblHeader")) for row in rows)
        yield ContentsTable(
            tuple(_spans(row) for row in rows),
            _look_has_first_column(look) and (not headed or _style_of(table) in labelled),
        )


def _styles_with_labels(styles: etree._Element | None) -> set[str | None]:
    """Table styles that dress the first column: Word's own look asks for that column in every table, dressed or not."""
    found = styles.iterfind(f"{W}style/{W}tblStylePr") if styles is not None else ()
    return {part.getparent().get(W + "styleId") for part in found if part.get(W + "type") == "firstCol"}  # type: ignore[union-attr]


def _style_of(table: etree._Element) -> str | None:
    named = table.find(f"{W}tblPr/{W}tblStyle")
    return None if named is None else named.get(W + "val")


def body_tables(document: etree._Element) -> Iterator[etree._Element]:
    return (t for t in document.iter(W + "tbl") if not any(a.tag == _FALLBACK for a in t.iterancestors()))


def _spans(row: etree._Element) -> tuple[int, ...]:
    spans = (cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(W + "tc"))
    return tuple(measures.whole(span.get(W + "val"), 1) if span is not None else 1 for span in spans)


def _look_has_first_column(look: etree._Element | None) -> bool:
    if look is None:
        return False
    if (flag := look.get(W + "firstColumn")) is not None:
        return flag in ("1", "true", "on")
    return bool(measures.whole(look.get(W + "val"), 0, 16) & 0x0080)
