"""A house.docx that is older than the program: what it lacks is made to match it, put into it, and told."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from generator.word_files.docx_package import Package, W, parse, serialize

_OURS = ("17505E", "85420F", "3B5B1D")
_OUR_TINTS = ("E6F0F1", "FBF0E4", "EEF4E7")
"""The colours of the standard house style's tables, and what lies behind their cells."""


def tint(colour: str) -> str:
    """A light shade of a colour, on which black letters stand."""
    parts = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
    return "".join(f"{round(255 - (255 - part) * 0.1):02X}" for part in parts)


def in_its_colour(style: etree._Element, colour: str) -> None:
    """A table style that comes along with a template takes the colour of the house's headings."""
    if style.get(f"{W}type") != "table" or not colour:
        return
    for element in style.iter():
        for name, value in element.attrib.items():
            if value.upper() in _OURS:
                element.set(name, colour)
            elif value.upper() in _OUR_TINTS:
                element.set(name, tint(colour))


def _table_styles(package: Package) -> dict[str, etree._Element]:
    part = package.related(package.main, "styles")
    found: dict[str, etree._Element] = {}
    for style in parse(package.parts[part]).iterfind(f"{W}style") if part else ():
        name = style.find(f"{W}name")
        if style.get(f"{W}type") == "table" and name is not None and style.get(f"{W}default") != "1":
            found[name.get(f"{W}val", "")] = style
    return found


def lacking(house: Package, standard: Package) -> list[str]:
    """The names of the table styles that the standard house style has and this one has not."""
    own = {name.lower() for name in _table_styles(house)}
    return [name for name in _table_styles(standard) if name.lower() not in own]


def completed(house: Package, standard: Package, colour: str) -> None:
    """Put the table styles that a house style lacks into it, in the colour of its headings."""
    part = house.related(house.main, "styles")
    if part is None:
        return
    styles, theirs = parse(house.parts[part]), _table_styles(standard)
    for name in lacking(house, standard):
        in_its_colour(theirs[name], colour)
        styles.append(theirs[name])
    house.parts[part] = serialize(styles)


def told(house: Package, standard: Package) -> Iterator[tuple[str, str, str]]:
    """The finding about a house style without our table styles: rule, message, what to do."""
    if missing := lacking(house, standard):
        yield (
            "template-house-older",
            f"it is older than the styles of tables ({', '.join(missing)}): tables take the colour of Heading 1",
            "sendpack template style --colour '#7a1f2b' puts them in, in your colour; then change them in Word",
        )
