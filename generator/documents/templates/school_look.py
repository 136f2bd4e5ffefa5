"""A school's look without Word: its colour and its logo written into a copy of house.docx."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from lxml import etree

from generator.documents.templates.checking.check_appearance import contrast
from generator.documents.templates.house_style import heading_colour
from generator.documents.templates.older_house import tint
from generator.problems import WrongUse
from generator.word_files.docx_package import (
    RELATIONSHIPS,
    Member,
    Package,
    R,
    W,
    content_types,
    legal,
    parse,
    rels_name,
    serialize,
    write_package,
)
from generator.word_files.measures import twips, whole
from generator.word_files.pictures_with_alt_text import Picture

LEGIBLE = 4.5
"""The least contrast of white letters on the school's colour (WCAG 2.2, 1.4.3)."""

_LOGO = "School logo"
_SIZES = {"first": (6.0, 2.0), "default": (4.0, 0.9)}
"""Centimetres that a logo may be wide and high: on letterheads, and above the running header."""


def recoloured(package: Package, colour: str) -> None:
    """Put the school's colour wherever a style of the house has its colour or one of its tints.

    `colour` is like `#7a1f2b`. Raises WrongUse when it is no colour, or when white letters on it could not be read.
    """
    new = colour.lstrip("#").upper()
    if not re.fullmatch(r"[0-9A-F]{6}", new):
        raise WrongUse(f"{colour} is no colour.", "Write it as six signs, like '#7a1f2b'.")
    if (ratio := contrast(new, "FFFFFF")) < LEGIBLE:
        raise WrongUse(
            f"White letters on {colour} cannot be read: a contrast of {ratio:.1f} to 1, and {LEGIBLE} are needed.",
            "Take a darker shade of it.",
        )
    part = package.related(package.main, "styles")
    if part is None:
        return
    styles = parse(package.parts[part])
    strong, tints = set(_strong(styles)) | {heading_colour(package).upper()}, set(_tints(styles))
    for element in styles.iter():
        for name, value in element.attrib.items():
            if value.upper() in strong - {""}:
                element.set(name, new)
            elif value.upper() in tints - strong:
                element.set(name, tint(new))
    package.parts[part] = serialize(styles)


def _fill(of: etree._Element | None) -> str:
    return "" if of is None else of.get(f"{W}fill", "").upper()


def _strong(styles: etree._Element) -> Iterator[str]:
    """The colours of tables' heading rows."""
    for part in styles.iter(f"{W}tblStylePr"):
        if part.get(f"{W}type") == "firstRow":
            yield _fill(part.find(f"{W}tcPr/{W}shd"))


def _tints(styles: etree._Element) -> Iterator[str]:
    """What lies behind row labels, panels and people's own words."""
    for part in styles.iter(f"{W}tblStylePr"):
        if part.get(f"{W}type") == "firstCol":
            yield _fill(part.find(f"{W}tcPr/{W}shd"))
    for style in styles.iterfind(f"{W}style"):
        yield _fill(style.find(f"{W}tcPr/{W}shd"))
        yield _fill(style.find(f"{W}pPr/{W}shd"))


# -- the logo ---------------------------------------------------------------------------------------------------------


def with_logo(package: Package, picture: Picture, least: int = 0) -> None:
    """Put the logo on a line of its own above letterhead and running header, where no title can run into it.

    A logo that was put there before is replaced, and room that was made for it alone is given back down to the top
    margin `least`. `picture.description` is its alt text.
    """
    before = _room_for_logo(package)
    name = f"word/media/school-logo.{picture.extension}"
    package.parts[name] = picture.content
    package.names[name] = {"png": "image/png", "jpg": "image/jpeg"}[picture.extension]
    document = parse(package.parts[package.main])
    sections = document.findall(f".//{W}sectPr")
    targets = {relation.id: relation.target for relation in package.relations(package.main)}
    for reference in sections[-1].findall(f"{W}headerReference") if sections else ():
        size = _SIZES.get(reference.get(f"{W}type", "default"))
        if size is not None:
            _put(package, targets[reference.get(f"{R}id", "")], name, picture, size)
    for margins in sections[-1].iter(f"{W}pgMar") if sections else ():
        own = _measured(margins, "top")
        room = _measured(margins, "header") + _twips(picture, _SIZES["default"]) + _BELOW_LOGO
        margins.set(f"{W}top", str(max(least if abs(own - before) <= _ROUNDED else own, room)))
    package.parts[package.main] = serialize(document)


def top_margin(package: Package) -> int:
    """The margin above the text of the last section, in twentieths of a point."""
    found = list(parse(package.parts[package.main]).iter(f"{W}pgMar"))
    return _measured(found[-1], "top") if found else 0


def told_of_logo(house: Package) -> Iterator[tuple[str, str, str]]:
    """The finding about a logo that was put in before room was made for it: rule, message, what to do."""
    if 0 <= top_margin(house) < _room_for_logo(house) - _ROUNDED:
        yield (
            "template-logo-room",
            "the school's logo leaves too little room at the top: text begins on the running header's line",
            "put it in again (sendpack template style --logo FILE), which makes room, or widen the top margin in Word",
        )


def _measured(margins: etree._Element, side: str) -> int:
    return twips(margins.get(f"{W}{side}")) or 0


def _room_for_logo(package: Package) -> int:
    """The top margin that the logo above the running header needs; 0 without one."""
    document = parse(package.parts[package.main])
    margins = list(document.iter(f"{W}pgMar"))
    targets = {relation.id: relation.target for relation in package.relations(package.main)}
    for reference in document.iter(f"{W}headerReference") if margins else ():
        header = package.parts.get(targets.get(reference.get(f"{R}id", ""), ""))
        if reference.get(f"{W}type", "default") != "default" or header is None:
            continue
        for drawn in parse(header).iter("{*}inline"):
            size, named = drawn.find("{*}extent"), drawn.find(_PROPERTIES)
            if size is not None and named is not None and named.get("name") == _LOGO:
                return _measured(margins[-1], "header") + round(whole(size.get("cy"), 0) / _EMU) + _BELOW_LOGO
    return 0


_EMU = 635
"""Of a twentieth of a point."""
_ROUNDED = 2


_BELOW_LOGO = 700
"""Twentieths of a point: the running header under the logo and a gap before the text, which else begins on its rule."""


def _twips(picture: Picture, size: tuple[float, float]) -> int:
    """How high a logo is drawn."""
    return round(min(size[0] / picture.width, size[1] / picture.height) * picture.height * 567)


def _put(package: Package, header: str, logo: str, picture: Picture, size: tuple[float, float]) -> None:
    root = parse(package.parts[header])
    for old in [p for p in root.findall(f"{W}p") if any(d.get("name") == _LOGO for d in p.iter(_PROPERTIES))]:
        root.remove(old)
    root.insert(0, etree.fromstring(_line(picture, size, _refer(package, header, logo))))
    package.parts[header] = serialize(root)


_PROPERTIES = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_ID = "rSchoolLogo"


def _refer(package: Package, header: str, logo: str) -> str:
    content = package.parts.get(rels_name(header))
    # LibreOffice reads a part's references only without a prefix.
    root = parse(content or f'<Relationships xmlns="{RELATIONSHIPS}"/>'.encode())
    for old in [element for element in root if element.get("Id") == _ID]:
        root.remove(old)
    given = {"Id": _ID, "Type": f"{R[1:-1]}/image", "Target": f"media/{PurePosixPath(logo).name}"}
    etree.SubElement(root, f"{{{RELATIONSHIPS}}}Relationship", given)
    package.parts[rels_name(header)] = serialize(root)
    return _ID


def _line(picture: Picture, size: tuple[float, float], reference: str) -> str:
    scale = min(size[0] / picture.width, size[1] / picture.height) * 360_000
    across, up = round(picture.width * scale), round(picture.height * scale)
    described = legal(picture.description).replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    return (
        f'<w:p xmlns:w="{W[1:-1]}" xmlns:r="{R[1:-1]}" xmlns:wp="{drawing}/wordprocessingDrawing" '
        f'xmlns:a="{drawing}/main" xmlns:pic="{drawing}/picture"><w:pPr><w:spacing w:before="0" w:after="60" '
        f'w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{across}" cy="{up}"/><wp:docPr id="1" name="{_LOGO}" descr="{described}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
        f'<a:graphicData uri="{drawing}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="{_LOGO}"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{reference}"/><a:stretch>'
        '<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{across}" cy="{up}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )


def house_bytes(package: Package) -> bytes:
    """The house style as a Word file."""
    package.parts["[Content_Types].xml"] = content_types(package.names)
    return write_package(Member.of(name, content) for name, content in sorted(package.parts.items()))
