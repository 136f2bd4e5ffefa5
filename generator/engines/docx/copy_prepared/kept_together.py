"""Dates, telephone numbers and numbers with what they count stay on one line, wherever a line has room for them.

Their spaces become no-break spaces in the copy that is drawn; the Word file keeps plain ones, and in the PDF both are
found as spaces. The built-in engine ends lines at U+00A0 as at any space, but not at the narrow U+202F.
"""

from __future__ import annotations

import re
from functools import partial

from lxml import etree

from generator.engines.docx import docx_contents
from generator.engines.docx.copy_prepared.line_room import LineRoom, line_room
from generator.engines.docx.docx_styles import Styles
from generator.values.parsing import MONTHS
from generator.word_files.word_names import is_on

W = docx_contents.W
WIDE, NARROW = "\u00a0", "\u202f"

_MONTH = "|".join(f"{month}|{month[:3]}" for month in MONTHS)
_COUNTED = (
    r"minutes?|hours?|days?|weeks?|months?|years?|times|lessons?|sessions?|words?|pages?|targets?|pupils?|percent|"
    r"metres?|kilometres?|miles?|mm|cm|km|kg|dB"
)
_TOGETHER = re.compile(
    rf"\b\d{{1,2}} [^\W\d_]{{3,14}} \d{{4}}\b"  # 19 November 2026, in any language
    rf"|\b\d{{1,2}} (?:{_MONTH})\b|\b(?:{_MONTH}) \d{{4}}\b"
    r"|(?<![\d.,])0\d{2,4} \d{3,4}(?: \d{3,4})?\b"  # 01632 960 104
    rf"|\b\d[\d,.]*½? (?:{_COUNTED})\b"
    r"|\b(?:goal|cel:) \d[\d,.]*(?: of \d[\d,.]*)?\b"  # of a chart's figures: goal 80, goal 16 of 20
    r"|\b\d[\d,.]* (?:of|to) \d[\d,.]*\b"  # 14 of 20, 1 to 1
    r"|\b(?:[Pp]ages?|Year|Part|[Ss]ections?|[Rr]egulations?|[Oo]utcomes?|[Tt]argets?) \d[\d–-]*"
)  # fmt: skip


def write_out(root: etree._Element, styles: Styles, width: int, space: str) -> None:
    """Keep together what belongs together in every text; `width` of the page's text in twentieths of a point.

    What is wider than its line stays as it is, and what runs from the right, whose fonts may lack the narrow space.
    """
    for text in root.iter(f"{W}t"):
        if text.text and " " in text.text and _TOGETHER.search(text.text) and not _from_the_right(text):
            room = line_room(text, styles, width)
            if room is not None and room.known:
                text.text = _TOGETHER.sub(partial(_joined, room, space), text.text)


def _joined(room: LineRoom, space: str, found: re.Match[str]) -> str:
    return found[0].replace(" ", space) if room.holds(found[0]) else found[0]


def _from_the_right(text: etree._Element) -> bool:
    """True in a run or a paragraph that runs from the right: there the order of what is glued is not ours to say."""
    run = text.getparent()
    paragraph = next(text.iterancestors(f"{W}p"), None)
    return (run is not None and is_on(run.find(f"{W}rPr/{W}rtl"))) or (
        paragraph is not None and is_on(paragraph.find(f"{W}pPr/{W}bidi"))
    )
