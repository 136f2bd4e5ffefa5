"""References to the number of another paragraph (“see 2.1”): in the copy for an engine the text that they show in Word.

The embedded engine takes them for references to the paragraph's words, and LibreOffice finds no number where the list
is not as it numbers lists.
"""

from __future__ import annotations

import re

from lxml import etree

from generator.word_files.field_codes import fields
from generator.word_files.word_names import drop, unwrap

_TO_A_NUMBER = re.compile(r"\s*REF\s.*\\[nrw]\b", re.IGNORECASE | re.DOTALL)


def write_out(root: etree._Element) -> None:
    """Take the marks of such fields away in one story; a field without a stored text stays."""
    for one in [one for one in fields(root) if _TO_A_NUMBER.match(one.instruction)]:
        if one.is_simple:
            unwrap(one.begin)
        elif one.divide is not None:
            for mark in (one.begin, *one.pieces, one.divide, one.end):
                drop(mark)
