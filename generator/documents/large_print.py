"""Large print: letters and family papers again in letters of 18 points, for those whose record asks for it.

Nobody has to ask each time: `large_print: yes` beside a person in pupil.yaml, or for the pupil, holds for all that is
made for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from lxml import etree

from generator.cases.case import Case
from generator.cases.family.contact_details import is_carer
from generator.cases.family.people import has_responsibility
from generator.word_files.docx_package import W, packed, parse, serialize, unpacked

SMALLEST, LARGER = 18, 1.25
"""Points that no letter of the text is smaller than, and how much larger headings become."""

EDGES, _EDGE = ("Header", "Footer"), 12
"""Styles of the running lines at the head and foot of pages, and their points: the text says all that they say."""


class FamilyPaper(Protocol):
    """A document as far as it is asked here whom it is for."""

    @property
    def id(self) -> str: ...
    @property
    def row(self) -> Mapping[str, Any]: ...
    @property
    def addressee(self) -> Mapping[str, Any] | None: ...
    @property
    def audience(self) -> frozenset[str]: ...


Paper = TypeVar("Paper", bound=FamilyPaper)


def with_large_print(paper: Paper, case: Case) -> Iterator[Paper]:
    """The paper; one person's letter in large print instead, a family's paper in large print as well, where asked for.

    The second one's id ends in `-large`; it promises no number of pages, and is in no bundle: the first one is.
    """
    if not _is_asked_for(paper, case):
        yield paper
    elif paper.addressee is not None:
        yield replace(paper, large=True)  # type: ignore[type-var]
    else:
        yield paper
        row = {key: value for key, value in paper.row.items() if key not in ("pages", "section")}
        yield replace(paper, id=f"{paper.id}-large", row=row, large=True)  # type: ignore[type-var]


def _is_asked_for(paper: FamilyPaper, case: Case) -> bool:
    """True where somebody for whom a family's document is made reads large print."""
    if not paper.row.get("family"):
        return False
    pupil, reader = case.data("pupil"), paper.addressee
    people = [row for row in pupil.get("people", ()) if row.get("copies", True)]
    if reader is not None:
        young = bool(reader["young_person"])
        return any(
            row.get("large_print") for row in ([pupil] if young else people) if young or row["id"] == reader["id"]
        )
    at_home = [row for row in people if has_responsibility(row) or is_carer(row)]
    readers = [*(at_home if "parents" in paper.audience else ()), *([pupil] if "pupil" in paper.audience else ())]
    return any(row.get("large_print") for row in readers)


def enlarged(word: bytes) -> bytes:
    """The Word file with no letter of its text smaller than `SMALLEST`, and headings larger in proportion."""
    parts = unpacked(word)
    for name, content in parts.items():
        if re.fullmatch(r"word/(document|(house-)?styles)\d*\.xml", name):
            root = parse(content)
            for size in root.iter(f"{W}sz", f"{W}szCs"):
                _enlarge(size)
            widen_labels(root, _WIDER)
            parts[name] = serialize(root)
    return packed(parts)


_LABELLED, _WIDER = "DetailLine", 1.4
"""The style of a line that begins with its label, and how much wider the label's place becomes: it is bold."""


def widen_labels(styles: etree._Element, wider: float) -> None:
    """Give the labels of lines of facts more room, where they are larger or longer than the English ones."""
    for style in styles.iter(f"{W}style"):
        if style.get(f"{W}styleId") != _LABELLED:
            continue
        for element, names in ((f"{W}tab", ("pos",)), (f"{W}ind", ("left", "hanging"))):
            for place in style.iter(element):
                for name in names:
                    if (value := place.get(f"{W}{name}", "")).isdigit():
                        place.set(f"{W}{name}", str(round(int(value) * wider)))


def _enlarge(size: etree._Element) -> None:
    half = size.get(f"{W}val", "")
    if not half.isdigit():
        return
    style = next((above.get(f"{W}styleId") for above in size.iterancestors(f"{W}style")), None)
    wanted = max(int(half), 2 * _EDGE) if style in EDGES else max(2 * SMALLEST, round(int(half) * LARGER))
    size.set(f"{W}val", str(wanted))
