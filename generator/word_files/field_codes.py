"""Word's fields as a part holds them: simple ones, and those whose code is spread over the runs between two marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from generator.word_files.docx_package import W


@dataclass
class WordField:
    """One field: its instruction, and the marks that it begins, is divided and ends with (None for a simple one)."""

    instruction: str
    begin: etree._Element
    divide: etree._Element | None = None
    end: etree._Element | None = None
    pieces: list[etree._Element] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Its first word in capitals: `DATE`."""
        return (self.instruction.split() or [""])[0].upper()

    @property
    def is_simple(self) -> bool:
        return bool(self.begin.tag == f"{W}fldSimple")


def fields(root: etree._Element, unfinished: bool = False) -> Iterator[WordField]:
    """Every field of a part, those inside another before it; with `unfinished` those too that never end."""
    for simple in root.iter(f"{W}fldSimple"):
        yield WordField(simple.get(f"{W}instr", ""), simple)
    open_fields: list[WordField] = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText"):
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            open_fields.append(WordField("", element))
        elif open_fields and kind == "separate":
            open_fields[-1].divide = element
        elif open_fields and kind == "end":
            open_fields[-1].end = element
            yield open_fields.pop()
        elif open_fields and element.tag == f"{W}instrText":
            open_fields[-1].instruction += element.text or ""
            open_fields[-1].pieces.append(element)
    if unfinished:
        yield from open_fields
