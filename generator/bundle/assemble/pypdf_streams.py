"""Bytes on their way through pypdf without being copied: pictures of a scan are most of a bundle, and only pass."""

from __future__ import annotations

import gc
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject

_LONG = 32 * 1024
"""Bytes: a stream so long is handed on as a window on the source; what is shorter is cheaper to copy."""

_GENERATIONS = (50_000, 20, 20)


class Source(io.BytesIO):
    """A PDF in memory as pypdf reads it, whose long streams are windows on it; the PDF lives as long as they do."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.whole = memoryview(content)

    def getbuffer(self) -> memoryview:
        """The whole PDF; BytesIO itself would copy it first, in case that someone writes."""
        return memoryview(self.whole)

    def read(self, size: int | None = -1, _read: Any = io.BytesIO.read) -> bytes:
        """As BytesIO, but a long piece is a memoryview, which pypdf only hands on or unpacks."""
        return _read(self, size) if size is None or size < _LONG else self._window(size)  # type: ignore[no-any-return]

    def _window(self, size: int) -> Any:
        start = self.tell()
        piece = self.whole[start : start + size]
        self.seek(start + len(piece))
        return piece


class _Reader(PdfReader):
    """A reader that believes the table of objects of a PDF that was saved anew when it was taken in.

    pypdf would look up every entry beforehand; an entry that is wrong all the same is found when it is used.
    """

    def read(self, stream: Any) -> None:
        """The table and trailer, strictly; what they lead to is read as leniently as ever."""
        self.strict = True
        super().read(stream)
        self.strict = False


def reader_of(content: bytes) -> PdfReader:
    """A PDF opened for copying its pages."""
    try:
        return _Reader(Source(content))
    except PyPdfError:
        return PdfReader(Source(content))


class Sink:
    """Where pypdf writes to: pieces are collected as they are, and go into the file in one go."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.write = self.pieces.append
        self._counted, self._length = 0, 0

    def tell(self) -> int:
        """How many bytes there are so far."""
        self._length += sum(map(len, self.pieces[self._counted :]))
        self._counted = len(self.pieces)
        return self._length

    def flush(self) -> None:
        """Nothing is held back."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """A time in which Python looks for garbage seldom: hundreds of thousands of objects are made, and none is."""
    before = gc.get_threshold()
    gc.set_threshold(*_GENERATIONS)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Writer(PdfWriter):
    """pypdf's writer, with objects written in half the time: a name is put into bytes once, not at every use."""

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[str, bytes] = {}

    def _write_pdf_structure(self, stream: Any) -> tuple[list[int], list[int]]:
        """Header and objects: where each begins, and which numbers are free."""
        stream.write(self.pdf_header.encode() + b"\n%\xe2\xe3\xcf\xd3\n")
        places: list[int] = []
        free: list[int] = []
        for number, thing in enumerate(self._objects, 1):
            if thing is None:
                places.append(-1)
                free.append(number)
                continue
            places.append(stream.tell())
            stream.write(b"%d 0 obj\n" % number)
            self._put(thing, stream)
            stream.write(b"\nendobj\n")
        return places, [*free, 0]

    def _put(self, thing: Any, stream: Any) -> None:
        """As `thing.write_to_stream`, which is asked itself where a kind of thing has its own."""
        kind = type(thing).write_to_stream
        if kind is NameObject.write_to_stream:
            stream.write(self._name(thing))
        elif kind is DictionaryObject.write_to_stream:
            self._put_dictionary(thing, stream)
        elif kind is ArrayObject.write_to_stream:
            stream.write(b"[")
            for value in thing:
                stream.write(b" ")
                self._put(value, stream)
            stream.write(b" ]")
        elif kind is StreamObject.write_to_stream:
            self._put_stream(thing, stream)
        else:
            thing.write_to_stream(stream)

    def _put_dictionary(self, thing: DictionaryObject, stream: Any) -> None:
        stream.write(b"<<\n")
        for key, value in thing.items():
            if not (len(key) > 2 and key[1] == key[-1] == "%"):  # a note of pypdf's to itself
                stream.write(self._name(key))
                stream.write(b" ")
                self._put(value, stream)
                stream.write(b"\n")
        stream.write(b">>")

    def _put_stream(self, thing: StreamObject, stream: Any) -> None:
        thing[NameObject("/Length")] = NumberObject(len(thing._data))
        self._put_dictionary(thing, stream)
        stream.write(b"\nstream\n")
        stream.write(thing._data)
        stream.write(b"\nendstream")

    def _name(self, name: Any) -> bytes:
        found = self._names.get(name)
        if found is None:
            found = self._names[name] = name.renumber()
        return found
