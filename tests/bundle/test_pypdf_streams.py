"""Bytes through pypdf without copies: the same PDF comes out as from pypdf alone, and broken tables are still read."""

from __future__ import annotations

import gc
import io
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Dictionary, Name
from pypdf import PdfWriter

from generator.bundle.assemble import pypdf_streams
from generator.bundle.assemble.pypdf_streams import Sink, Source, Writer, reader_of, seldom_collected
from tests.bundle_makers import made, plan_pdf, saved

LONG = bytes(range(256)) * 400


def with_long_stream() -> bytes:
    pdf = made(2)
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im=pdf.make_stream(LONG, Type=Name.XObject, Subtype=Name.Form))
    return saved(pdf, compress_streams=False)


def copied(content: bytes, writer: Any, out: Any) -> Any:
    writer.append(reader_of(content))
    writer.add_outline_item(title="Here", page_number=0)
    writer.write(out)
    return out


def test_the_writer_writes_what_pypdfs_own_writes() -> None:
    for content in (with_long_stream(), plan_pdf()):
        plain = copied(content, PdfWriter(), io.BytesIO()).getvalue()
        assert b"".join(copied(content, Writer(), Sink()).pieces) == plain


def test_a_long_stream_is_a_window_on_its_source_and_a_short_one_is_not() -> None:
    pieces = copied(with_long_stream(), Writer(), Sink()).pieces
    assert [bytes(piece) for piece in pieces if isinstance(piece, memoryview)] == [LONG]


def test_a_source_reads_like_any_other_file() -> None:
    content = b"%PDF " + LONG
    source, plain = Source(content), io.BytesIO(content)
    for size in (5, 40_000, 3, 0, 90_000, -1, None):
        assert bytes(source.read(size)) == plain.read(size)
        assert source.tell() == plain.tell()


def test_a_table_of_objects_that_points_to_nowhere_is_mended() -> None:
    content = with_long_stream()
    start = content.rindex(b"startxref") + 10
    broken = content[:start] + b"7\n%%EOF"
    with pytest.raises(pypdf_streams.PyPdfError):
        pypdf_streams._Reader(Source(broken))
    assert len(reader_of(broken).pages) == 2
    text = pdfium.PdfDocument(b"".join(copied(broken, Writer(), Sink()).pieces))
    assert len(text) == 2
    text.close()


def test_an_entry_of_the_table_that_is_wrong_is_found_when_it_is_used() -> None:
    content = with_long_stream()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        number = pdf.pages[1].obj.objgen[0]
    table = content.index(b"xref\n0 ")
    entry = content.index(b"\n", table + 5) + 1 + 20 * number
    broken = content[:entry] + b"0000000009" + content[entry + 10 :]
    out = b"".join(copied(broken, Writer(), Sink()).pieces)
    before, after = (pdfium.PdfDocument(one) for one in (content, out))
    assert [page.get_textpage().get_text_range() for page in before] == [
        page.get_textpage().get_text_range() for page in after
    ]
    before.close()
    after.close()


def test_garbage_is_looked_for_as_before_afterwards() -> None:
    before = gc.get_threshold()
    with pytest.raises(KeyError), seldom_collected():
        assert gc.get_threshold() != before
        raise KeyError
    assert gc.get_threshold() == before
