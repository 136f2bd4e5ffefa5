"""What each paragraph of a document is to a screen reader, where an engine's structure does not say it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from lxml import etree

from generator.engines.docx import docx_contents
from generator.engines.docx.docx_styles import Styles

W = docx_contents.W
_NUMBER = f"{W}pPr/{W}numPr/{W}numId"
_MOST = 2 / 3
"""The share of a paragraph's letters from which it is read in their language."""


@dataclass(frozen=True)
class ParagraphKind:
    """A line of a list in a cell; a line to write on and nothing else; the language of most of it where another."""

    listed_in_cell: bool = False
    to_write_on: bool = False
    language: str = ""


def kinds(document: etree._Element | None, styles: Styles, language: str) -> tuple[ParagraphKind, ...]:
    """Every paragraph of the body, in its order; `language` is the document's own."""
    if document is None:
        return ()
    spoken = {paragraph for said in document.iter(f"{W}lang") for paragraph in said.iterancestors(f"{W}p")}
    return tuple(_kind(one, styles, language if one in spoken else "") for one in document.iter(f"{W}p"))


def _kind(paragraph: etree._Element, styles: Styles, language: str) -> ParagraphKind:
    """`language` is empty for a paragraph none of whose runs names one."""
    parent = paragraph.getparent()
    in_cell = parent is not None and parent.tag == f"{W}tc"
    text = "".join(one.text or "" for one in paragraph.iter(f"{W}t"))
    return ParagraphKind(
        in_cell and styles.value(paragraph, _NUMBER, "val") not in (None, "0"),
        not text.strip().strip("\u00a0") and _has_leader(paragraph, styles),
        _language(paragraph, language) if language and text.strip() else "",
    )


def _has_leader(paragraph: etree._Element, styles: Styles) -> bool:
    """True where a tab of the paragraph draws a line."""
    if paragraph.find(f".//{W}r/{W}tab") is None:
        return False
    stops = styles.find(paragraph, f"{W}pPr/{W}tabs")
    own = paragraph.find(f"{W}pPr/{W}tabs")
    found = [stop for held in (own, stops) if held is not None for stop in held]
    return any(stop.get(f"{W}leader") in ("underscore", "dot", "hyphen") for stop in found)


def _language(paragraph: etree._Element, language: str) -> str:
    letters: Counter[str] = Counter()
    for run in paragraph.iter(f"{W}r"):
        said = run.find(f"{W}rPr/{W}lang")
        own = said.get(f"{W}val", "") if said is not None else ""
        letters[own or language] += sum(len((one.text or "").strip()) for one in run.findall(f"{W}t"))
    (most, count), *_ = letters.most_common(1) or [("", 0)]
    return most if count and most != language and count >= _MOST * letters.total() else ""
