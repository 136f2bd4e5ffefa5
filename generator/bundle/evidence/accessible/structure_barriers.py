"""How a document's own tags must be built, as far as it can be counted (ISO 14289-1, 7.1 to 7.5, 7.10 and 7.20)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from generator.bundle.evidence.accessible import table_grid
from generator.bundle.evidence.page_by_page.pdf_objects import dictionaries, name_of, number_of

_USUAL = """Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI
Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu
WT WP Figure Formula Form"""
_STANDARD = frozenset(_USUAL.split())


def of_document(pdf: pikepdf.Pdf, written: bytes | None = None) -> Iterator[str]:
    """What the whole file says of its layers, its tags' names and of pages of other files.

    `written` is the file as it is saved, of one that was made here.
    """
    table = pdf.Root.StructTreeRoot.get("/RoleMap")
    names = (
        {name_of(key)[1:]: name_of(value)[1:] for key, value in table.items()} if isinstance(table, Dictionary) else {}
    )
    if _STANDARD & names.keys() or any(_end(name, names) not in _STANDARD for name in names):
        yield "names of tags that lead to no usual one"
    marks = pdf.Root.get("/MarkInfo")
    if isinstance(marks, Dictionary) and bool(marks.get("/Suspects", False)):
        yield "tags that a program doubted"
    layers = pdf.Root.get("/OCProperties")
    if isinstance(layers, Dictionary):
        others = layers.get("/Configs")
        for one in [layers.get("/D"), *(others if isinstance(others, Array) else ())]:
            if isinstance(one, Dictionary) and (not str(one.get("/Name", "")) or "/AS" in one):
                yield "layers without a name, or that change by themselves"
    if written is not None and not _OF_ANOTHER.search(written):
        return
    if any("/Ref" in one and name_of(one.get("/Subtype")) == "/Form" for one in dictionaries(pdf)):
        yield "pages of another file"


_OF_ANOTHER = re.compile(rb"/Ref(?![0-9A-Za-z])")


def _end(name: str, names: Mapping[str, str]) -> str:
    for _ in range(len(names) + 1):
        if name not in names:
            break
        name = names[name]
    return name


def of_element(element: Any, role: str, held: list[str]) -> Iterator[str]:
    """What is wrong with one element, whose children have the roles `held`, in their order."""
    if role and role not in _STANDARD:
        yield f"{role}, which is no usual tag"
    if held.count("H") > 1:
        yield "several headings without a level in one place"
    if role in ("Table", "L", "TOC") and "Caption" in held:
        places = (0, len(held) - 1) if role == "Table" else (0,)
        if held.count("Caption") > 1 or held.index("Caption") not in places:
            yield f"Caption in the middle of {role}"
    if role == "Table":
        parts = {part: held.count(part) for part in ("THead", "TBody", "TFoot")}
        if parts["THead"] > 1 or parts["TFoot"] > 1 or (parts["THead"] + parts["TFoot"] and not parts["TBody"]):
            yield "parts of a table that do not make one"
    if role == "TH" and not _attribute(element, "/Scope") and not _attribute(element, "/Headers"):
        yield "TH without what it is the heading of"


def cells(row: Any) -> list[table_grid.Cell]:
    """How many rows and columns each cell of a row fills."""
    kids = row.get("/K")
    held = [k for k in (list(kids) if isinstance(kids, Array) else [kids]) if isinstance(k, Dictionary) and "/S" in k]
    return [(_span(cell, "/RowSpan"), _span(cell, "/ColSpan")) for cell in held]


def _span(cell: Any, key: str) -> int:
    """How many rows or columns a cell fills; 1 where no number says it, as readers take it."""
    return int(number_of(_attribute(cell, key), 1)) or 1


def _attribute(element: Any, key: str) -> Any:
    given = element.get("/A")
    for one in list(given) if isinstance(given, Array) else [given]:
        if isinstance(one, Dictionary) and key in one:
            return one.get(key)
    return None
