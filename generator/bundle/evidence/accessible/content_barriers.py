"""What stands on a tagged page outside its tags, or in two of them at once (ISO 14289-1, 7.1 and 7.20).

Everything that a page draws is either tagged, or marked as an artifact: decoration that no screen reader reads. Neither
may stand inside the other, and a form that has tags inside may be drawn only once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator.bundle.evidence.page_by_page.page_text_and_scans import in_pages
from generator.bundle.evidence.page_by_page.pdf_objects import name_of

_PAINTS = frozenset(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Tj", "TJ", "'", '"', "EI"])
_READ = " ".join([*_PAINTS, "BI ID BMC BDC EMC Do"])
_DEEP = 12
_ERRORS = (pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError, RuntimeError, UnicodeDecodeError)

_SAID = {
    "untagged": "something is shown that is neither tagged nor marked as decoration",
    "both": "something is tagged and marked as decoration at once",
    "twice": "something with tags inside is drawn more than once",
    "unread": "its content cannot be followed by a program",
}


@dataclass
class _Walk:
    """One document: which marks lead to a tag, how often each form was drawn, and what was found on which page."""

    parents: pikepdf.NumberTree | None
    drawn: Counter[tuple[int, int]] = field(default_factory=Counter)
    found: dict[str, list[int]] = field(default_factory=dict)


def barriers(pdf: pikepdf.Pdf) -> list[str]:
    """Each rule that the content of pages breaks, with the pages."""
    tree = pdf.Root.StructTreeRoot.get("/ParentTree")
    walk = _Walk(pikepdf.NumberTree(tree) if isinstance(tree, Dictionary) else None)
    for number, page in enumerate(pdf.pages, 1):
        try:
            faults = set(_faults(page.obj, page.obj.get("/Resources"), walk, False, False, 0))
        except _ERRORS:
            faults = {"unread"}
        for fault in faults:
            walk.found.setdefault(fault, []).append(number)
    return [f"{said} ({in_pages(walk.found[fault])})" for fault, said in _SAID.items() if fault in walk.found]


def _faults(holder: Any, resources: Any, walk: _Walk, tagged: bool, artifact: bool, depth: int) -> Iterator[str]:
    """The faults of a page's or form's content, which itself stands inside a tag or an artifact, or in neither."""
    owners = _owners(holder, walk)
    around = [(tagged, artifact)]
    for instruction in pikepdf.parse_content_stream(_readable(holder), _READ):
        operator = str(instruction.operator)
        tagged, artifact = around[-1]
        if operator in ("BMC", "BDC"):
            own = operator == "BDC" and _is_owned(instruction.operands[1], resources, owners)
            mark = name_of(instruction.operands[0]) == "/Artifact"
            if (mark and (tagged or own)) or (artifact and own):
                yield "both"
            around.append((tagged or own, artifact or mark))
        elif operator == "EMC":
            around = around[:-1] or [(False, False)]
        elif operator == "Do":
            yield from _of_thing(instruction.operands[0], resources, walk, tagged, artifact, depth)
        elif not (tagged or artifact):  # the others paint
            yield "untagged"


def _readable(holder: Any) -> Any:
    return holder if isinstance(holder, pikepdf.Stream) else pikepdf.Page(holder)


def _of_thing(name: Any, resources: Any, walk: _Walk, tagged: bool, artifact: bool, depth: int) -> Iterator[str]:
    """The faults of a picture or form that is drawn."""
    things = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    thing = things.get(name_of(name)) if isinstance(things, Dictionary) else None
    if not isinstance(thing, pikepdf.Stream):
        return
    if name_of(thing.get("/Subtype")) != "/Form":
        if not (tagged or artifact):
            yield "untagged"
        return
    if depth >= _DEEP:
        yield "unread"
        return
    walk.drawn[thing.objgen] += 1
    if walk.drawn[thing.objgen] > 1 and any(isinstance(one, Dictionary) for one in _owners(thing, walk)):
        yield "twice"
    yield from _faults(thing, thing.get("/Resources", resources), walk, tagged, artifact, depth + 1)


def _owners(holder: Any, walk: _Walk) -> list[Any]:
    """The elements to which the marks of a page or form belong, by the marks' numbers."""
    key = holder.get("/StructParents")
    if walk.parents is None or not isinstance(key, int) or key not in walk.parents:
        return []
    owners = walk.parents[key]
    return list(owners) if isinstance(owners, Array) else []


def _is_owned(told: Any, resources: Any, owners: list[Any]) -> bool:
    """True for a mark that leads to a tag."""
    if isinstance(told, Name):
        known = resources.get("/Properties") if isinstance(resources, Dictionary) else None
        told = known.get(str(told)) if isinstance(known, Dictionary) else None
    mark = told.get("/MCID") if isinstance(told, Dictionary) else None
    return isinstance(mark, int) and 0 <= mark < len(owners) and isinstance(owners[mark], Dictionary)
