"""Headings of a drawn PDF that stand at the foot of a page while what they are the headings of begins the next."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf

from generator.engines.pdf import structure_tree
from generator.engines.pdf.heading_bookmarks import ROLES
from generator.engines.pdf.structure_tree import Node, ObjectNumber
from generator.engines.pdf.tag_repair import page_numbers


@dataclass(frozen=True)
class Stranded:
    """Which of a PDF's headings end a page, by their numbers from 0 among all, and how many headings there are."""

    numbers: tuple[int, ...] = ()
    headings: int = 0


def stranded_headings(content: bytes) -> Stranded:
    """Those of a PDF; none in one that is not tagged."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return stranded_in(pdf, structure_tree.read(pdf, content)) if "/StructTreeRoot" in pdf.Root else Stranded()


def stranded_in(pdf: pikepdf.Pdf, tree: Node) -> Stranded:
    """As `stranded_headings`, of a PDF that is open and whose structure has been read.

    Of several headings at one foot it is the first. Where nothing but headings stands on the page there is none: to
    begin another page with them would change nothing.
    """
    pages = page_numbers(pdf)
    found: list[int] = []
    count, at_foot, foot, above = 0, -1, -1, -1
    for is_heading, places in _pieces(tree, pages):
        if places and at_foot >= 0 and places[0] > foot:
            found += [at_foot] if above == foot else []
            at_foot = -1
        if places and is_heading and at_foot < 0:
            at_foot, foot = count, places[-1]
        elif places and not is_heading:
            at_foot, above = -1, places[-1]
        count += is_heading
    return Stranded(tuple(found), count)


def _pieces(node: Node, pages: dict[ObjectNumber, int]) -> Iterator[tuple[bool, list[int]]]:
    """Each heading, and each other piece of content, with the pages that it is on, in reading order."""
    if not node.nodes:
        yield False, [pages[place] for place in node.pages() if place in pages]
        return
    for kid in node.kids:
        if not isinstance(kid, Node):
            place = kid.page or node.page
            yield False, [pages[place]] if place in pages else []
        elif kid.role in ROLES:
            yield True, [pages[place] for place in kid.pages() if place in pages]
        else:
            yield from _pieces(kid, pages)
