"""Elements of WordprocessingML by their names, whatever the prefix and whichever of its two namespaces they are in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
"""WordprocessingML, as Word writes it and as the strict standard calls it."""

_USUAL = f"{{{SPACES[0]}}}"

RUN_PROPERTIES = (
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "caps",
    "smallCaps",
    "strike",
    "dstrike",
    "outline",
    "shadow",
    "emboss",
    "imprint",
    "noProof",
    "snapToGrid",
    "vanish",
    "webHidden",
    "color",
    "spacing",
    "w",
    "kern",
    "position",
    "sz",
    "szCs",
    "highlight",
    "u",
    "effect",
    "bdr",
    "shd",
    "fitText",
    "vertAlign",
    "rtl",
    "cs",
    "em",
    "lang",
    "eastAsianLayout",
    "specVanish",
    "oMath",
)
"""The order in which Word wants the formatting of a run (ISO/IEC 29500-1, CT_RPr)."""


def space_of(element: Any) -> str:
    """The namespace of an element; empty for comments."""
    tag = element.tag
    return str(tag[1:].partition("}")[0]) if isinstance(tag, str) and tag.startswith("{") else ""


def named(root: Any, *names: str) -> Iterator[Any]:
    """Every element of WordprocessingML with one of these names, in order."""
    yield from root.iter(*(f"{{{space}}}{name}" for name in names for space in SPACES))


def local(element: Any) -> str:
    """An element's name without its namespace; empty for comments."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: Any, name: str) -> Any | None:
    """The first child of WordprocessingML of a name."""
    return next((one for one in element if space_of(one) in SPACES and local(one) == name), None)


def value(element: Any) -> str:
    """What `w:val` says."""
    return next((str(element.get(f"{{{space}}}val")) for space in SPACES if element.get(f"{{{space}}}val")), "")


def is_on(element: Any | None) -> bool:
    """True for a property that is there and not switched off."""
    return element is not None and value(element).lower() not in ("0", "false", "off")


def drop(element: Any | None) -> None:
    """Remove an element; text that follows it, which Word never writes there, stays."""
    parent = element.getparent() if element is not None else None
    if parent is not None and element is not None:
        parent.remove(element)


def unwrap(element: Any) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for one in reversed(list(element)):
        parent.insert(at + 1, one)
    parent.remove(element)


def style_id(paragraph: Any) -> str:
    """The id of a paragraph's style; "" where it names none."""
    named = paragraph.find(f"{_USUAL}pPr/{_USUAL}pStyle")
    return "" if named is None else str(named.get(f"{_USUAL}val", ""))
