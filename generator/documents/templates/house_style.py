"""The house style: one Word file whose styles, header, footer and margins every document of the school takes on."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from lxml import etree

from generator.documents.templates.older_house import in_its_colour
from generator.word_files.docx_package import RELATIONSHIPS, Package, R, W, parse, relation_of, rels_name, serialize
from generator.word_files.measures import twips


def dress(package: Package, house: Package) -> Package:
    """The package with the house's styles, theme, fonts, lists, settings, header, footer and margins.

    The body stays the template's own. Its paper orientation, margins that it set itself and its wish for a different
    first page are kept. A style
    or list that the body uses and the house lacks is carried over, so that nothing changes its look by accident.
    """
    dressed = Package(dict(package.parts), package.main, dict(package.names))
    body = parse(dressed.parts[package.main])
    references = _Relations(dressed, package.main)
    _take_styles(dressed, house, body, references)
    _take_numbering(dressed, house, body, references)
    for kind in ("theme", "fontTable", "settings"):
        source = house.related(house.main, kind)
        if source is not None:
            _take_part(dressed, house, source, references, kind)
    _take_headers(dressed, house, body, references)
    dressed.parts[package.main] = serialize(body)
    references.write()
    return dressed


def heading_colour(house: Package) -> str:
    """The colour of the house's Heading 1 as six hexadecimal digits; empty where the style names none."""
    styles = house.related(house.main, "styles")
    for style in parse(house.parts[styles]).iterfind(f"{W}style") if styles else ():
        colour = style.find(f"{W}rPr/{W}color")
        if style.get(f"{W}styleId") == "Heading1" and colour is not None:
            value = colour.get(f"{W}val", "")
            return value if re.fullmatch(r"[0-9A-Fa-f]{6}", value) else ""
    return ""


class _Relations:
    """The references of one part while they are changed."""

    def __init__(self, package: Package, part: str) -> None:
        self.package, self.part = package, part
        content = package.parts.get(rels_name(part))
        self.root = parse(content) if content else etree.Element(f"{{{RELATIONSHIPS}}}Relationships")

    def drop(self, *kinds: str) -> None:
        for element in list(self.root):
            if relation_of(self.part, element).kind in kinds:
                self.root.remove(element)

    def add(self, kind: str, target: str) -> str:
        used = {element.get("Id") for element in self.root}
        name = next(f"rHouse{n}" for n in range(1, len(used) + 2) if f"rHouse{n}" not in used)
        attributes = {"Id": name, "Type": f"{R[1:-1]}/{kind}", "Target": f"/{target}"}
        etree.SubElement(self.root, f"{{{RELATIONSHIPS}}}Relationship", attributes)
        return name

    def write(self) -> None:
        self.package.parts[rels_name(self.part)] = serialize(self.root)


def _take_part(package: Package, house: Package, source: str, references: _Relations, kind: str) -> str:
    """Copy one house part, and the pictures that it refers to; gives the id of the new reference."""
    if kind not in ("header", "footer"):
        references.drop(kind)
    name = f"word/house-{posixpath.basename(source)}"
    package.parts[name], package.names[name] = house.parts[source], house.names[source]
    if kind == "settings":
        package.parts[name] = _without_template_link(house.parts[source])
    elif rels := house.parts.get(rels_name(source)):
        root = parse(rels)
        for element in root:
            relation = relation_of(source, element)
            if not relation.external and relation.target in house.parts:
                picture = f"word/media/house-{posixpath.basename(relation.target)}"
                package.parts[picture] = house.parts[relation.target]
                package.names[picture] = house.names[relation.target]
                element.set("Target", f"/{picture}")
        package.parts[rels_name(name)] = serialize(root)
    return references.add(kind, name)


def _without_template_link(settings: bytes) -> bytes:
    root = parse(settings)
    for element in root.findall(f"{W}attachedTemplate"):
        root.remove(element)
    return serialize(root)


def style_names(package: Package) -> dict[str, str]:
    """Style id -> its name in lower case, because Word itself writes both `Heading 1` and `heading 1`."""
    part = package.related(package.main, "styles")
    return {} if part is None else {s.get(f"{W}styleId", ""): _style_name(s) for s in parse(package.parts[part])}


def _style_name(style: etree._Element) -> str:
    name = style.find(f"{W}name")
    return "" if name is None else name.get(f"{W}val", "").lower()


def styles_used(body: etree._Element) -> list[etree._Element]:
    """Every element of the body that names a style."""
    return list(body.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle"))


def _take_styles(package: Package, house: Package, body: etree._Element, references: _Relations) -> None:
    """The house's styles; a style id of the body becomes the id that the house has for the same name."""
    house_part = house.related(house.main, "styles")
    if house_part is None:
        return
    own_part = package.related(package.main, "styles")
    own = {} if own_part is None else {s.get(f"{W}styleId"): s for s in parse(package.parts[own_part])}
    styles = parse(house.parts[house_part])
    ids = {_style_name(style): style.get(f"{W}styleId") for style in styles}
    colour, come_along = heading_colour(house), len(styles)
    for element in styles_used(body):
        style = own.get(element.get(f"{W}val"))
        if style is not None:
            element.set(f"{W}val", _carry(style, own, styles, ids))
    for style in list(styles)[come_along:]:
        in_its_colour(style, colour)
    _take_part(package, house, house_part, references, "styles")
    package.parts[f"word/house-{posixpath.basename(house_part)}"] = serialize(styles)


def _carry(
    style: etree._Element,
    own: Mapping[str | None, etree._Element],
    styles: etree._Element,
    ids: dict[str, str | None],
) -> str:
    """The house's id for a style of the template; a style that the house lacks is copied with those it is based on."""
    name = _style_name(style)
    if name not in ids:
        ids[name] = style.get(f"{W}styleId")
        styles.append(style)
        for link in ("basedOn", "next", "link"):
            other = style.find(f"{W}{link}")
            if other is not None and (parent := own.get(other.get(f"{W}val"))) is not None:
                other.set(f"{W}val", _carry(parent, own, styles, ids))
    return ids[name] or ""


def _take_numbering(package: Package, house: Package, body: etree._Element, references: _Relations) -> None:
    """The house's lists; a list that the body asks for itself comes along under a number of its own."""
    own_part = package.related(package.main, "numbering")
    house_part = house.related(house.main, "numbering")
    if house_part is None:
        return
    numbering = parse(house.parts[house_part])
    if own_part is not None:
        _carry_lists(parse(package.parts[own_part]), numbering, body)
    _take_part(package, house, house_part, references, "numbering")
    package.parts[f"word/house-{posixpath.basename(house_part)}"] = serialize(numbering)


def _carry_lists(own: etree._Element, numbering: etree._Element, body: etree._Element) -> None:
    shift = 1000
    used = {element.get(f"{W}val") for element in body.iter(f"{W}numId")} - {"0"}
    nums = [n for n in own.findall(f"{W}num") if n.get(f"{W}numId") in used]
    wanted = {n.find(f"{W}abstractNumId").get(f"{W}val") for n in nums}  # type: ignore[union-attr]
    first_num = numbering.find(f"{W}num")
    for abstract in own.findall(f"{W}abstractNum"):
        if abstract.get(f"{W}abstractNumId") in wanted:
            abstract.set(f"{W}abstractNumId", str(shift + int(abstract.get(f"{W}abstractNumId", "0"))))
            # Word insists on every w:abstractNum before the first w:num.
            first_num.addprevious(abstract) if first_num is not None else numbering.append(abstract)
    for num in nums:
        link = num.find(f"{W}abstractNumId")
        link.set(f"{W}val", str(shift + int(link.get(f"{W}val", "0"))))  # type: ignore[union-attr]
        num.set(f"{W}numId", str(shift + int(num.get(f"{W}numId", "0"))))
        numbering.append(num)
    for element in body.iter(f"{W}numId"):
        if element.get(f"{W}val") in used:
            element.set(f"{W}val", str(shift + int(element.get(f"{W}val", "0"))))


def _take_headers(package: Package, house: Package, body: etree._Element, references: _Relations) -> None:
    """Every section gets the house's headers, footers and margins."""
    sections = parse(house.parts[house.main]).findall(f".//{W}sectPr")
    if not sections:
        return
    references.drop("header", "footer")
    targets = {relation.id: relation.target for relation in house.relations(house.main)}
    taken: list[tuple[str, str, str]] = []
    for kind in ("header", "footer"):
        for reference in sections[-1].findall(f"{W}{kind}Reference"):
            source = targets[reference.get(f"{R}id", "")]
            new = _take_part(package, house, source, references, kind)
            taken.append((kind, reference.get(f"{W}type", "default"), new))
    margins = sections[-1].find(f"{W}pgMar")
    dressed = list(body.iter(f"{W}sectPr"))
    for section in dressed:
        _dress_section(section, taken, margins)
    if dressed and all(_sideways(section) for section in dressed):
        for name in {f"word/house-{posixpath.basename(targets[r.get(f'{R}id', '')])}" for r in _edges(sections[-1])}:
            package.parts[name] = _to_the_margin(package.parts[name], dressed[-1])


def _edges(section: etree._Element) -> list[etree._Element]:
    return [*section.iter(f"{W}headerReference", f"{W}footerReference")]


def _sideways(section: etree._Element) -> bool:
    paper = section.find(f"{W}pgSz")
    return paper is not None and paper.get(f"{W}orient") == "landscape"


def _to_the_margin(edge: bytes, section: etree._Element) -> bytes:
    """A header or footer whose tab ends at the right margin of a page that is held sideways."""
    paper, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if paper is None or margins is None:
        return edge
    width = twips(paper.get(f"{W}w", "16838")) or 16838
    width -= sum(twips(margins.get(f"{W}{side}", "1134")) or 0 for side in ("left", "right"))
    root = parse(edge)
    for paragraph in root.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if (
            style is not None
            and paragraph.find(f".//{W}r/{W}tab") is not None
            and paragraph.find(f"{W}pPr/{W}tabs") is None
        ):
            tabs = etree.Element(f"{W}tabs")
            etree.SubElement(tabs, f"{W}tab", {f"{W}val": "clear", f"{W}pos": str(_UPRIGHT)})
            etree.SubElement(tabs, f"{W}tab", {f"{W}val": "right", f"{W}pos": str(width)})
            style.addnext(tabs)
    return serialize(root)


_UPRIGHT = 9638
"""Twentieths of a point: where the tab of the standard header ends, at the margin of an upright page."""

_OURS = {"top": "1219", "right": "1134", "bottom": "1077", "left": "1134"}
"""The margins of the standard templates, which give way to the house's. Those that a template set itself stay."""


def _dress_section(section: etree._Element, taken: list[tuple[str, str, str]], margins: etree._Element | None) -> None:
    for old in section.findall(f"{W}headerReference") + section.findall(f"{W}footerReference"):
        section.remove(old)
    for place, (kind, pages, new) in enumerate(taken):
        section.insert(place, etree.Element(f"{W}{kind}Reference", {f"{W}type": pages, f"{R}id": new}))
    own = section.find(f"{W}pgMar")
    if own is not None and margins is not None and all(own.get(f"{W}{side}") == w for side, w in _OURS.items()):
        own.attrib.clear()
        own.attrib.update(margins.attrib)
