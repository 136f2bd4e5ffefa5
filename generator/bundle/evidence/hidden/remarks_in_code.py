"""Words in the code that draws a page, which no viewer shows: comments, and words given to what draws none.

They would stay in the file as they are: nobody sees them, and whoever unpacks the page reads them. Every comment,
text and operator stays where it is and is only emptied, so that a page shows what it showed, whoever reads it.
What stands in a list of properties (`BDC`), or is given to an operator that takes a name, is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pikepdf

from generator.bundle.evidence.page_by_page.pdf_objects import drawings
from generator.engines.pdf.content_asides import PICTURE

_OF_NUMBERS = (
    b"b B b* B* BT BX c cm d d0 d1 EI EMC ET EX f F f* G g h i j J K k l m M n q Q re RG rg s S T* Tc Td TD TL Tm Tr"
    b" Ts Tw Tz v w W W* y".split()
)
"""Operators to which viewers give no text, whatever stands before them."""
_OF_TEXT = b"Tj TJ ' \"".split()
"""Those that draw the last thing before them, and nothing that stands before that."""
_OF_NAMES = b"BDC BI BMC cs CS Do DP gs ID MP ri sc SC scn SCN sh Tf".split()
_OPERANDS = b"true false null".split()
_KNOWN = frozenset((*_OF_NUMBERS, *_OF_TEXT, *_OF_NAMES))

_GAP = rb"[\x00\s]"
_SIGN = rb"[^\x00\s()<>\[\]{}/%]"


def _any_of(operators: Collection[bytes]) -> bytes:
    longest_first = sorted(operators, key=len, reverse=True)
    return rb"(?:" + b"|".join(map(re.escape, longest_first)) + rb")(?!" + _SIGN + rb")"


_NUMBER = rb"[-+.\d]++(?!" + _SIGN + rb")"
_HEX = rb"<[0-9A-Fa-f\x00\s]*+>"
_TEXT = rb"(?:\((?:[^()\\]|\\.)*+\)|" + _HEX + rb")"
_NAME = rb"/" + _SIGN + rb"*+"
_PLAIN = re.compile(
    rb"(?:" + _GAP + rb"++|" + _NUMBER + rb"|" + _any_of(_OF_NUMBERS)
    + rb"|" + _TEXT + _GAP + rb"*+" + _any_of([b"Tj", b"'"])
    + rb"|\[(?:" + _TEXT + rb"|[-+.\d\x00\s]++)*+\]" + _GAP + rb"*+" + _any_of([b"TJ"])
    + rb"|" + _NAME + rb"(?:" + _GAP + rb"|" + _NUMBER + rb")*+" + _any_of({*_OF_NAMES} - {b"BI", b"ID"})
    + rb"|" + _NAME + _GAP + rb"*+<<[^<>()%]*+>>" + _GAP + rb"*+" + _any_of([b"BDC"])
    + rb")*+",
    re.DOTALL,
)  # fmt: skip
"""Code as nearly all of it is, which holds nothing of the kind: passed over in one go."""
_TOKEN = re.compile(
    rb"(?P<remark>%[^\r\n]*+)|(?P<picture>" + PICTURE + rb")|(?P<open>\[|<<)|(?P<close>\]|>>)|(?P<hex>" + _HEX + rb")"
    rb"|(?P<name>" + _NAME + rb")|(?P<number>" + _NUMBER + rb")|(?P<word>" + _SIGN + rb"++)|(?P<other>.)",
    re.DOTALL,
)
_BRACKETS = re.compile(rb"\\.|[()]", re.DOTALL)
_WORDS = re.compile(rb"[^\W\d_]{3}|[\x80-\xff]{3}")
_NO_NUMBER = re.compile(rb"nan|inf(?:inity)?", re.IGNORECASE)
"""What some programs write where a sum went wrong."""
_NONE = b"zq"
"""An operator that is none, in place of another."""


class _Cut(NamedTuple):
    """What goes from so many bytes of a stream, what comes in its place, and whether it was words."""

    start: int
    end: int
    instead: bytes
    words: bool


def without_remarks(pdf: pikepdf.Pdf, every: Collection[Any]) -> int:
    """Take them out of pages, forms, patterns and drawn letters, which show as before; how many were words."""
    found: dict[tuple[int, int], tuple[Any, set[_Cut]]] = {}
    done = set[tuple[tuple[int, int], ...]]()
    for streams in drawings(pdf, every):
        which = tuple(stream.objgen for stream in streams)
        if which in done:
            continue
        done.add(which)
        for stream, cuts in zip(streams, _cuts_of([_code(stream) for stream in streams]), strict=True):
            # A stream that several pages begin or go on with may be within a text of one of them alone.
            _, before = found.get(stream.objgen, (stream, cuts))
            found[stream.objgen] = stream, before & cuts
    for stream, cuts in found.values():
        if cuts:
            stream.write(_without(_code(stream), sorted(cuts)))
    return sum(cut.words for _, cuts in found.values() for cut in cuts)


def _code(stream: Any) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:  # what cannot be unpacked is told elsewhere
        return b""


def _cuts_of(codes: list[bytes]) -> list[set[_Cut]]:
    """What goes from each of the streams that are read one behind the other."""
    cuts = list(_CodeRead(b"\n".join(codes)).cuts())
    found: list[set[_Cut]] = []
    begin = 0
    for code in codes:
        here = set[_Cut]()
        for cut in cuts:
            first = begin <= cut.start
            start, end = max(cut.start - begin, 0), min(cut.end - begin, len(code))
            if start < end:
                here.add(_Cut(start, end, cut.instead if first else b"", cut.words and first))
        found.append(here)
        begin += len(code) + 1
    return found


def _without(code: bytes, cuts: list[_Cut]) -> bytes:
    kept, at = [], 0
    for cut in cuts:
        kept += [code[at : cut.start], cut.instead]
        at = cut.end
    return b"".join([*kept, code[at:]])


@dataclass(frozen=True)
class _Given:
    """A text or name that waits for its operator: the how-manieth operand it is in, and where its letters stand."""

    operand: int
    start: int
    end: int
    of: str


class _CodeRead:
    """Code read as viewers read it: operands, and then the operator that takes them."""

    def __init__(self, code: bytes) -> None:
        self._code = code
        self._waiting: list[_Given] = []
        self._operand = self._deep = 0

    def cuts(self) -> Iterator[_Cut]:
        at, end = 0, len(self._code)
        while at < end:
            if not self._waiting and not self._deep:
                at = self._passed(at)
            if at >= end:
                break
            if self._code[at : at + 1] == b"(":
                at = self._text(at)
                continue
            token = _TOKEN.match(self._code, at)
            assert token is not None  # "other" is any byte
            yield from self._taken(token)
            at = token.end()
        if not self._deep:  # no operator comes any more
            yield from self._emptied(self._waiting)

    def _passed(self, at: int) -> int:
        plain = _PLAIN.match(self._code, at)
        return plain.end() if plain else at

    def _text(self, at: int) -> int:
        """Where a text in brackets ends; one that never ends goes on to the end, as readers take it."""
        deep, end = 0, len(self._code)
        for sign in _BRACKETS.finditer(self._code, at):
            deep += {b"(": 1, b")": -1}.get(sign[0], 0)
            if not deep:
                end = sign.end()
                break
        self._wait(at + 1, end - (not deep), "text")
        return end

    def _wait(self, start: int, end: int, of: str) -> None:
        self._operand += not self._deep
        self._waiting.append(_Given(self._operand, start, end, of))

    def _taken(self, token: re.Match[bytes]) -> Iterator[_Cut]:
        kind, (start, end) = token.lastgroup, token.span()
        if kind == "remark":
            yield from self._emptied([_Given(0, start + 1, end, "text")])
        elif kind == "hex":
            self._wait(start + 1, end - 1, "hex")
        elif kind == "name":
            self._wait(start + 1, end, "name")
        elif kind == "open":
            self._operand += not self._deep
            self._deep += 1
        elif kind == "close":
            self._deep = max(self._deep - 1, 0)
        elif kind == "number" or (kind == "word" and token[0] in _OPERANDS):
            self._operand += not self._deep
        elif kind == "picture":
            self._begin_anew()
        elif kind == "word" and not self._deep:
            yield from self._given_to(token[0], start)
            self._begin_anew()

    def _begin_anew(self) -> None:
        self._waiting, self._operand, self._deep = [], 0, 0

    def _given_to(self, operator: bytes, at: int) -> Iterator[_Cut]:
        """What an operator does not draw of what it is given; its own letters, where it is none."""
        texts = [one for one in self._waiting if one.of != "name"]
        if operator not in _KNOWN:
            yield from self._emptied(self._waiting)
            if operator.isalpha() and _WORDS.search(operator) and not _NO_NUMBER.fullmatch(operator):
                yield _Cut(at, at + len(operator), _NONE, True)
        elif operator in _OF_TEXT:
            yield from self._emptied([one for one in texts if one.operand != self._operand])
        elif operator in _OF_NUMBERS:
            yield from self._emptied(texts)

    def _emptied(self, texts: list[_Given]) -> Iterator[_Cut]:
        for one in texts:
            if one.start < one.end:
                said = self._code[one.start : one.end]
                yield _Cut(
                    one.start, one.end, b"", _WORDS.search(_of_hex(said) if one.of == "hex" else said) is not None
                )


def _of_hex(digits: bytes) -> bytes:
    signs = re.sub(_GAP + rb"+", b"", digits)
    return bytes.fromhex((signs + b"0" * (len(signs) % 2)).decode("ascii"))
