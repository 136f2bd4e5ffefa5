"""Pages of a damaged file whose content is not in it any more: to the library they are pages without a content."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

import pikepdf
from pikepdf import Array

from generator.bundle.evidence.page_by_page.pdf_objects import name_of

_HEAD = re.compile(rb"(?<!\d)(\d{1,10})\s++(\d{1,5})\s++obj\b")
_LONGEST_PAGE = 1_000_000
_CONTENT = re.compile(rb"/Contents\s*+(\d{1,10})\s++(\d{1,5})\s++R\b")
_NUMBER = re.compile(rb"\d+")


class LostContents:
    """What the pages of a damaged file, given as it came, name as their content.

    The library forgets a reference to what is not there, so the pages are read as they are written: those that stand
    by themselves, and those in a stream of objects (ISO 32000-1, 7.5.7). The file is gone through once, and only
    when a page is asked for.
    """

    def __init__(self, pdf: pikepdf.Pdf, content: bytes) -> None:
        self._pdf, self._content = pdf, content

    def names_what_is_gone(self, page: Any) -> bool:
        """True of a page that names a content which is nowhere in the file; false of one that names none."""
        held = page.get("/Contents")
        if isinstance(held, Array):
            return any(one is None for one in list(held))
        if held is not None:
            return False
        found = _CONTENT.search(self._written(page.objgen))
        return found is not None and self._pdf.get_object(int(found[1]), int(found[2])) is None

    def _written(self, objgen: tuple[int, int]) -> bytes:
        if (at := self._places.get(objgen)) is None:
            return self._in_streams.get(objgen[0], b"")
        end = self._content.find(b"endobj", at, at + _LONGEST_PAGE)
        return self._content[at : end if end >= 0 else at + _LONGEST_PAGE]

    @cached_property
    def _places(self) -> dict[tuple[int, int], int]:
        """Where each object begins; of one that is written several times, the last."""
        return {(int(head[1]), int(head[2])): head.end() for head in _HEAD.finditer(self._content)}

    @cached_property
    def _in_streams(self) -> dict[int, bytes]:
        found: dict[int, bytes] = {}
        for stream in self._pdf.objects:
            if isinstance(stream, pikepdf.Stream) and name_of(stream.get("/Type")) == "/ObjStm":
                try:
                    data, first = stream.read_bytes(), int(stream.get("/First", 0))
                except (pikepdf.PdfError, TypeError, ValueError):
                    continue
                told = [int(number) for number in _NUMBER.findall(data[:first])]
                begins = told[1::2]
                ends = [*begins[1:], len(data) - first]
                found |= {n: data[first + a : first + b] for n, a, b in zip(told[::2], begins, ends, strict=False)}
        return found
