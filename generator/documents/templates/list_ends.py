"""What stays on one page: a list leaves no point alone, and labelled lines hold on to no heading after them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from generator.word_files.docx_package import W
from generator.word_files.word_names import style_id

_POINTS = ("ListBullet", "IdeaBullet", "LargeBullet")
"""Styles of a point of a list; those in table cells stay with their row."""
_LABELLED = "DetailLine"


def keep_ends_together(root: etree._Element) -> None:
    """Keep the first point of each list on the page of the second, and the last but one on that of the last.

    The last of some labelled lines does not hold on to the heading after it: one section after the other would hang
    together, and half a page stand empty before them.
    """
    body = root[0]
    for points in _lists(body):
        for point in {0, len(points) - 2}:
            _keep_with_next(points[point])
    for line in body.iterchildren(f"{W}p"):
        after = line.getnext()
        if after is not None and style_id(line) == _LABELLED and style_id(after).startswith("Heading"):
            for kept in line.findall(f"{W}pPr/{W}keepNext"):
                kept.getparent().remove(kept)  # type: ignore[union-attr]


def _lists(body: etree._Element) -> Iterator[list[etree._Element]]:
    """The lists of the body with two points or more."""
    points: list[etree._Element] = []
    for element in [*body, None]:
        if element is not None and element.tag == f"{W}p" and style_id(element) in _POINTS:
            points.append(element)
            continue
        if len(points) > 1:
            yield points
        points = []


def _keep_with_next(paragraph: etree._Element) -> None:
    properties = paragraph.find(f"{W}pPr")
    if properties is not None and properties.find(f"{W}keepNext") is None:
        properties.insert(1, etree.Element(f"{W}keepNext"))  # the style stands first
