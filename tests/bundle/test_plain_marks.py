"""Marks named by their number: a bundle of such parts is the same, byte for byte, and every mark keeps its tag."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from generator.bundle.assemble.bundle_read_back import tag_failures
from generator.bundle.assemble.bundle_writer import About, Piece, assemble
from generator.bundle.evidence.accessible.plain_marks import shorten
from generator.bundle.pagination import ContentsLine, lay_out
from generator.engines import Docx, Pdf, choose
from tests.bundle_makers import docx, review_pdf


def plainly(pdf: pikepdf.Pdf) -> bytes:
    """Every object by itself, to be counted."""
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def drawn() -> bytes:
    """A few pages as the built-in engine draws them, which writes a dictionary for each mark."""
    lines = [("Heading 1", "Plan"), *(f"Line {number} of what Ada and her teachers agreed." for number in range(90))]
    [made] = choose("embedded").convert([Docx("plan", docx("Plan", lines, [("Who", "What"), ("Ada", "reads")]))])
    assert isinstance(made, Pdf)
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        return plainly(pdf)


def shortened(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        shorten(pdf)
        return plainly(pdf)


def bundled(*contents: bytes) -> bytes:
    items = [ContentsLine(f"p{n}", "part", f"Part {n}", "A", pages=_pages(one)) for n, one in enumerate(contents)]
    out = io.BytesIO()
    pieces = [Piece(f"p{n}", f"Part {n}", one) for n, one in enumerate(contents)]
    assemble(pieces, lay_out(items, False, ""), About("Bundle"), out)
    return out.getvalue()


def _pages(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


@pytest.mark.whole
def test_a_bundle_of_shortened_parts_has_the_same_bytes() -> None:
    plan, review = drawn(), review_pdf()
    assert shortened(plan).count(b"/MCR") < plan.count(b"/MCR") / 10, "there was something to shorten"
    assert bundled(shortened(plan), shortened(review)) == bundled(plan, review)


@pytest.mark.whole
def test_a_mark_of_another_page_keeps_its_dictionary() -> None:
    """A paragraph that goes on overleaf: its tag names one page, and the marks on the other must name theirs."""
    with pikepdf.open(io.BytesIO(drawn())) as pdf:
        first, second = (page.obj for page in list(pdf.pages)[:2])
        marks = [Dictionary(Type=Name.MCR, Pg=page, MCID=0) for page in (first, second)]
        element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, K=Array(marks)))
        element.P = pdf.Root.StructTreeRoot
        pdf.Root.StructTreeRoot.K = element
        shorten(pdf)
        assert element.Pg.objgen == first.objgen
        kept = list(element.K)
        assert kept[0] == 0 and kept[1].Pg.objgen == second.objgen


@pytest.mark.whole
def test_every_mark_still_belongs_to_a_tag() -> None:
    with pikepdf.open(io.BytesIO(bundled(shortened(drawn())))) as made:
        assert tag_failures(made) == []
