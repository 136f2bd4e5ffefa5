"""What is wrong with a Word template before any case is merged with it: what stops it, and what makes poor pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from generator.house import style_names, styles_used
from generator.problems import Problem
from generator.templates import TemplateFailed, load_template
from generator.word import Package, W, parse, read_package

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}txbx"


def check_template(path: Path, house: Path | None, shown_path: str) -> list[Problem]:
    """Every finding about one template: `data` stops it, `quality` is advice on pages, reading aloud and style."""
    try:
        load_template(path, house)
    except TemplateFailed as error:
        return [Problem(shown_path, 0, 0, "data", "template-broken", str(error), error.advice)]
    package = read_package(path.read_bytes())
    body = parse(package.parts[package.main])
    found = [*_styles(package, body, house), *_tables(body), *_pictures(body)]
    return [Problem(shown_path, 0, 0, "quality", rule, message, hint) for rule, message, hint in found]


Finding = tuple[str, str, str]


def _styles(package: Package, body: etree._Element, house: Path | None) -> Iterator[Finding]:
    if house is None:
        return
    own = style_names(package)
    known = set(style_names(read_package(house.read_bytes())).values())
    used = {own.get(element.get(f"{W}val", ""), "") for element in styles_used(body)}
    for name in sorted(used - known - {""}):
        hint = "use a style of the house, or add this one to house.docx"
        yield "template-style", f"it uses the style “{name}”, which the house style does not have", hint


def _tables(body: etree._Element) -> Iterator[Finding]:
    for number, table in enumerate(body.iter(f"{W}tbl"), 1):
        if table.find(f"{W}tr/{W}trPr/{W}tblHeader") is None:
            message = f"table {number} has no heading row, so it is hard to follow when read aloud or over two pages"
            yield "template-table", message, "in Word, select its first row and choose Layout, Repeat Header Rows"


def _pictures(body: etree._Element) -> Iterator[Finding]:
    for number, drawing in enumerate(body.iter(f"{_DRAWING}docPr"), 1):
        if not (drawing.get("descr") or "").strip():
            yield (
                "template-picture",
                f"picture {number} has no alternative text",
                "in Word, right-click: Edit Alt Text",
            )
    if next(body.iter(f"{_DRAWING}anchor"), None) is not None or next(body.iter(_SHAPE), None) is not None:
        message = "it has floating pictures or text boxes, which the built-in PDF engine may lose"
        yield "template-floating", message, "set pictures In Line with Text, and use a table for a box"
