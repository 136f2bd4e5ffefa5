"""Words in the code that draws a page, which no viewer shows: comments, and words given to operators that are none.

They would stay in the file as they are: nobody sees them, and whoever unpacks the page reads them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from generator.engines.pdf.content_asides import ASIDE

_OPERATORS = frozenset(
    b"b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re"
    b" RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \" true false null".split()
)
_CODE = re.compile(
    rb"(?P<aside>" + ASIDE + rb")(?P<gap>\s*+)(?P<operator>[A-Za-z][\w*]*+)?|(?P<remark>%[^\r\n]*+)", re.DOTALL
)
_MAY_HOLD_SOME = re.compile(rb"%|[)>]\s*+(?!Tj\b|BDC\b|DP\b)[A-Za-z]")
_WORDS = re.compile(rb"[^\W\d_]{3}|[\x80-\xff]{3}")


def without_remarks(pdf: pikepdf.Pdf, every: Collection[Any]) -> int:
    """Take them out of pages, forms, patterns and drawn letters, which show as before; how many were words."""
    count, done = 0, set[tuple[int, int]]()
    for stream in _drawing(pdf, every):
        if stream.objgen in done:
            continue
        done.add(stream.objgen)
        try:
            content = stream.read_bytes()
        except pikepdf.PdfError:  # what cannot be unpacked is told elsewhere
            continue
        if _MAY_HOLD_SOME.search(content):
            clean, words = _cut(content)
            count += words
            if clean != content:
                stream.write(clean)
    return count


def _cut(content: bytes) -> tuple[bytes, int]:
    words = 0

    def settle(found: re.Match[bytes]) -> bytes:
        nonlocal words
        unknown = found["operator"] is not None and found["operator"] not in _OPERATORS
        if found["remark"] is None and (not unknown or found[0][:1] not in b"(<"):
            return found[0]
        words += _WORDS.search(found[0]) is not None
        return b""

    return _CODE.sub(settle, content), words


def _drawing(pdf: pikepdf.Pdf, every: Collection[Any]) -> Iterator[Any]:
    """Every stream of operators."""
    for page in pdf.pages:
        held = page.obj.get("/Contents")
        yield from (one for one in (held if isinstance(held, Array) else [held]) if isinstance(one, pikepdf.Stream))
    for thing in every:
        if isinstance(thing, pikepdf.Stream):
            if str(thing.get("/Subtype")) == "/Form" or thing.get("/PatternType") == 1:
                yield thing
        elif isinstance(letters := thing.get("/CharProcs"), Dictionary):
            yield from (one for _, one in letters.items() if isinstance(one, pikepdf.Stream))
