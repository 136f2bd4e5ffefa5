"""What a screen reader is told: the title is a heading, and row labels are headings of their rows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest

from generator.engines import Docx, Pdf
from templates.source.package import document
from templates.source.vocabulary import grid, heading, para, title
from tests.engines.real_engines import engine_called

BODY = title("Support plan") + para("Words.") + heading(1, "Who does what")
BODY += grid((("Who", 2), ("What they will do", 7)), [("", "Family", "Read together"), ("", "School", "Teach daily")])


def elements(element: Any) -> Iterator[Any]:
    kids = element.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def scope(element: Any) -> str:
    held = element.get("/A", pikepdf.Array())
    found = [one.get("/Scope") for one in (held if isinstance(held, pikepdf.Array) else [held])]
    return next((str(one) for one in found if one is not None), "")


@pytest.mark.whole
@pytest.mark.parametrize("engine", ["embedded", "libreoffice"])
def test_row_labels_are_headings_of_their_rows_and_the_title_is_a_heading(engine: str) -> None:
    started = engine_called(engine)
    [made] = started.convert([Docx("plan.docx", document("Support plan", BODY))])
    assert isinstance(made, Pdf), made
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        found = list(elements(pdf.Root.StructTreeRoot))
        roles = pdf.Root.StructTreeRoot.get("/RoleMap", pikepdf.Dictionary())
        kinds = [str(roles.get(str(one.S), one.S)) for one in found]
        assert next(kind for kind in kinds if kind in ("/H1", "/P")) == "/H1"
        rows = [[(str(cell.S), scope(cell)) for cell in elements(row) if cell.S in ("/TH", "/TD")]
                for row in found if row.S == "/TR"]  # fmt: skip
    assert [[kind for kind, _ in row] for row in rows] == [["/TH", "/TH"], ["/TH", "/TD"], ["/TH", "/TD"]]
    assert [row[0][1] for row in rows[1:]] == ["/Row", "/Row"]
