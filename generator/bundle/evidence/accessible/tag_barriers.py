"""What about a document's own tags keeps it from being accessible, by rules of ISO 14289-1 that we check.

A part claims PDF/UA only where these hold: pictures have words (7.3), headings leave no level out and begin with the
first (7.4), notes have names of their own (7.9), and tables, lists and contents hold what they may hold (7.2, 7.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from generator.bundle.evidence.accessible import structure_barriers, table_grid
from generator.bundle.evidence.page_by_page.page_text_and_scans import in_pages
from generator.bundle.evidence.page_by_page.pdf_objects import dictionaries

_MOST = 200_000
_GROUPS = ("Sect", "Part", "Art", "Div")
_HEADING = re.compile(r"H([1-6])")


def barriers(pdf: pikepdf.Pdf, written: bytes | None = None) -> list[str]:
    """Each rule that the tags break, with its pages where these are known.

    `written` is the file as it is saved, of one that was made here.
    """
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    roles = roles_of(pdf.Root.StructTreeRoot)
    notes: list[str] = []
    torn: set[str] = set(structure_barriers.of_document(pdf, written))
    silent: list[int] = []
    levels: list[int] = []
    found: list[str] = []
    for element, role, groups, kids in _elements(pdf.Root.StructTreeRoot, roles):
        if role in ("Figure", "Formula") and not _has_words(element):
            silent.append(pages.get(_page_of(element), 0))
        if level := _HEADING.fullmatch(role):
            levels.append(int(level[1]))
        if role == "H":  # its level is how deep it stands: as such it goes into the bundle
            levels.append(min(6, groups + 1))
        if role == "Note":
            notes.append(str(element.get("/ID", "")))
        held = [kind for _, kind in reversed(kids)]
        torn |= {*_misfits(role, held), *structure_barriers.of_element(element, role, held)}
        if role == "Table" and not _is_even(element, roles):
            torn.add("rows of a table with different numbers of columns")
    if silent:
        known = sorted({page for page in silent if page})
        where = f" on {in_pages(known)}" if known else ""
        found.append(f"{len(silent)} picture(s){where} have no words for people who cannot see (alternative text)")
    if _leave_out(levels):
        found.append("its headings leave a level out, or do not begin with the first")
    if "" in notes or len(set(notes)) < len(notes):
        found.append("its notes have no names of their own, so that no reader can be led to them")
    if any(not _LANGUAGE.fullmatch(one) for one in set(_languages(pdf, written))):
        found.append("it names a language that there is not")
    if torn:
        found.append(f"its tags are not built as they must be: {', '.join(sorted(torn))}")
    return found


_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
"""A language as RFC 3066 names it (ISO 14289-1, 7.2)."""
_WRITTEN = re.compile(rb"/Lang\s*\(([^)]*)\)")


_PLAIN = re.compile(rb"/Lang \(([A-Za-z0-9-]*)\)")


def _languages(pdf: pikepdf.Pdf, written: bytes | None) -> Iterator[str]:
    """Every language that is named, in the tags and within the content of pages."""
    plain = _PLAIN.findall(written) if written else []
    if written and len(plain) == written.count(b"/Lang"):  # each is written in the open
        yield from (one.decode("ascii") for one in set(plain))
    else:
        for thing in dictionaries(pdf):
            if isinstance(thing.get("/Lang"), pikepdf.String):
                yield str(thing.Lang)
    for page in pdf.pages:
        content = page.obj.get("/Contents")
        for stream in list(content) if isinstance(content, Array) else [content]:
            if isinstance(stream, pikepdf.Stream):
                found = _WRITTEN.findall(stream.read_bytes())
                yield from (one.decode("latin-1") for one in found if not one.startswith((b"\xfe\xff", b"\\")))


_HOLDS = {
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "TR": {"TH", "TD"},
    **{part: {"TR"} for part in ("THead", "TBody", "TFoot")},
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"TOC", "TOCI", "Caption"},
}
"""What may stand in what (ISO 14289-1, 7.2)."""
_STANDS_IN = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    **{cell: {"TR"} for cell in ("TH", "TD")},
    **{part: {"Table"} for part in ("THead", "TBody", "TFoot")},
    "LI": {"L"},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
}


def _is_even(table: Any, roles: dict[str, str]) -> bool:
    """True for a table whose rows all have as many columns."""
    rows = []
    for kid in reversed(_kids(table)):
        role = roles.get(str(kid.S), str(kid.S))[1:]
        held = [kid] if role == "TR" else reversed(_kids(kid)) if role in ("THead", "TBody", "TFoot") else []
        rows += [structure_barriers.cells(row) for row in held]
    return table_grid.is_even(rows)


def _misfits(role: str, held: list[str]) -> Iterator[str]:
    """Elements in places where they may not be, as “P in TR”."""
    for kid in held:
        if kid not in _HOLDS.get(role, {kid}) or role not in _STANDS_IN.get(kid, {role}):
            yield f"{kid} in {role or 'the document'}"


def roles_of(root: Any) -> dict[str, str]:
    """The standard role, as “/P”, that each name of the file's own ends in."""
    table = root.get("/RoleMap")
    names = {str(key): str(value) for key, value in table.items()} if isinstance(table, Dictionary) else {}
    found = {}
    for name in names:
        end, steps = name, 0
        while end in names and steps < len(names):
            end, steps = names[end], steps + 1
        found[name] = end
    return found


_Kid = tuple[Any, str]
"""An element and its standard role, without the slash."""


def _elements(root: Any, roles: dict[str, str]) -> Iterator[tuple[Any, str, int, list[_Kid]]]:
    """Every element of the structure, in reading order, each once: broken files go round in circles.

    With its role, in how many sections it stands, and what stands in it, last first: each is asked for its role once.
    """

    def kids_of(element: Any) -> list[_Kid]:
        named = ((kid, str(kid.S)) for kid in _kids(element))
        return [(kid, roles.get(name, name)[1:]) for kid, name in named]

    stack, count, seen = [(kid, role, 0) for kid, role in kids_of(root)], 0, set[tuple[int, int]]()
    while stack and count < _MOST:
        element, role, groups = stack.pop()
        if element.is_indirect and element.objgen in seen:
            continue
        seen.add(element.objgen)
        count += 1
        kids = kids_of(element)
        yield element, role, groups, kids
        stack += [(kid, kind, groups + (role in _GROUPS)) for kid, kind in kids]


def _kids(element: Any) -> list[Any]:
    """The elements in another one, last first."""
    kids = element.get("/K")
    held = list(kids) if isinstance(kids, Array) else [kids]
    return [kid for kid in reversed(held) if isinstance(kid, Dictionary) and "/S" in kid]


def _has_words(element: Any) -> bool:
    return any(str(element.get(key, "")).strip() for key in ("/Alt", "/ActualText"))


def _page_of(element: Any) -> Any:
    """The number of the page of an element, or of the first thing in it that names one."""
    page = element.get("/Pg")
    if page is not None:
        return page.objgen
    kids = element.get("/K")
    for kid in list(kids) if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/Pg" in kid:
            return kid.Pg.objgen
    return (0, 0)


def _leave_out(levels: list[int]) -> bool:
    return any(after > before + 1 for before, after in zip([0, *levels], levels, strict=False))
