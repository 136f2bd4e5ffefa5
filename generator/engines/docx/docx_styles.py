"""What a Word document's paragraph styles say, and which paragraphs they say it of."""

from __future__ import annotations

import functools

from lxml import etree

from generator.engines.docx import docx_contents

W = docx_contents.W
_ID = W + "styleId"
_PROPERTIES, _STYLE, _VAL = W + "pPr", W + "pStyle", W + "val"
_OF_PARAGRAPH = f"{_PROPERTIES}/"


def _first(element: etree._Element, tag: str) -> etree._Element | None:
    """The first child of a tag: where the schema puts it first, in a tenth of the time that looking for it takes."""
    return element[0] if len(element) and element[0].tag == tag else element.find(tag)


def _at(paragraph: etree._Element, path: str) -> etree._Element | None:
    """What a paragraph has at a path."""
    if not path.startswith(_OF_PARAGRAPH):
        return paragraph.find(path)
    properties = _first(paragraph, _PROPERTIES)
    return properties.find(path.removeprefix(_OF_PARAGRAPH)) if properties is not None else None


@functools.lru_cache(maxsize=8)
def of(content: bytes | None) -> Styles:
    """The styles of a document by the bytes of that part: all documents of a school have the same few."""
    return Styles(None if content is None else etree.fromstring(content, docx_contents.PARSER))


class Styles:
    """Looks things up in the paragraph styles, following what each style is based on. Paths start below a style."""

    def __init__(self, styles: etree._Element | None) -> None:
        found = styles.findall(W + "style") if styles is not None else []
        self._by_id = {style.get(_ID): style for style in found}
        paragraphs = (style for style in found if style.get(W + "type") == "paragraph")
        self._default = next((s.get(_ID) for s in paragraphs if s.get(W + "default") == "1"), None)
        self._defaults = styles.find(W + "docDefaults") if styles is not None else None
        self._at: dict[tuple[str | None, str], tuple[etree._Element, ...]] = {}
        self._with: dict[str, set[str | None]] = {}
        self._values: dict[tuple[str | None, str, str], str | None] = {}

    def name(self, paragraph: etree._Element) -> str | None:
        """The id of the style that a paragraph has."""
        properties = _first(paragraph, _PROPERTIES)
        named = _first(properties, _STYLE) if properties is not None else None
        return named.get(_VAL) if named is not None else self._default

    def find(self, paragraph: etree._Element, path: str) -> etree._Element | None:
        """What its style says at a path: the nearest style first, the document's defaults last."""
        return next(iter(self._found(self.name(paragraph), path)), None)

    def of_run(self, run: etree._Element, name: str) -> etree._Element | None:
        """A property of a run: its own, that of its style, or that of its paragraph's."""
        path, style = f"{W}rPr/{W}{name}", run.find(f"{W}rPr/{W}rStyle")
        chain = self._chain(style.get(W + "val")) if style is not None else []
        own = next((found for one in (run, *chain) if (found := one.find(path)) is not None), None)
        paragraph = next(run.iterancestors(W + "p"), None)
        return own if own is not None or paragraph is None else self.find(paragraph, path)

    def value_of_run(self, run: etree._Element, name: str, attribute: str) -> str | None:
        """What a property of a run says: its own, its style's, its paragraph's; each asked until one says it."""
        style, paragraph = run.find(f"{W}rPr/{W}rStyle"), next(run.iterancestors(W + "p"), None)
        own, path = run.find(f"{W}rPr/{W}{name}"), f"{W}rPr/{W}{name}"
        value = own.get(W + attribute) if own is not None else None
        if value is None and style is not None:
            value = self._in_chain(style.get(_VAL), path, attribute)
        if value is None:
            value = self._said(self.name(paragraph) if paragraph is not None else None, path, attribute)
        return value

    def value_in_tables(self, run: etree._Element, name: str, attribute: str) -> str | None:
        """What the styles of the tables that a run is in say of all their text, the innermost first."""
        styles = (table.find(f"{W}tblPr/{W}tblStyle") for table in run.iterancestors(W + "tbl"))
        values = (self._in_chain(one.get(_VAL), f"{W}rPr/{W}{name}", attribute) for one in styles if one is not None)
        return next((value for value in values if value is not None), None)

    def _in_chain(self, name: str | None, path: str, attribute: str) -> str | None:
        elements = (style.find(path) for style in self._chain(name))
        values = (element.get(W + attribute) for element in elements if element is not None)
        return next((value for value in values if value is not None), None)

    def have(self, path: str) -> bool:
        """True where any style, or the document's defaults, has something at a path."""
        return any(self._found(name, path) for name in (*self._by_id, None))

    def value(self, paragraph: etree._Element, path: str, attribute: str) -> str | None:
        """The value that holds for a paragraph: its own, its style's, or the document's default."""
        return self.values(paragraph, path, (attribute,))[0]

    def values(self, paragraph: etree._Element, path: str, attributes: tuple[str, ...]) -> list[str | None]:
        """As `value`, for several attributes at one path."""
        own, name = _at(paragraph, path), self.name(paragraph)
        if own is None:
            return [self._said(name, path, attribute) for attribute in attributes]
        given = ((one, own.get(W + one)) for one in attributes)
        return [self._said(name, path, one) if value is None else value for one, value in given]

    def _said(self, name: str | None, path: str, attribute: str) -> str | None:
        """What a style says, or one that it is based on, or the document's defaults."""
        key = (name, path, attribute)
        if key not in self._values:
            values = (element.get(W + attribute) for element in self._found(name, path))
            self._values[key] = next((value for value in values if value is not None), None)
        return self._values[key]

    def having(self, root: etree._Element, path: str) -> list[etree._Element]:
        """The paragraphs that have something at a path, of their own or by their style, in no order."""
        if path not in self._with:
            every = {*self._by_id, self._default}
            self._with[path] = {name for name in every if self._found(name, path)}
        styles = self._with[path]
        if self._default in styles:
            return list(root.iter(W + "p"))
        *above, last = _steps(path)
        marks = [(mark, 2) for mark in root.iter(W + "pStyle") if mark.get(W + "val") in styles]
        marks += [(mark, len(above) + 1) for mark in root.iter(last)]
        found = dict.fromkeys(_above(mark, levels) for mark, levels in marks)
        return [paragraph for paragraph in found if paragraph is not None and paragraph.tag == W + "p"]

    def _found(self, name: str | None, path: str) -> tuple[etree._Element, ...]:
        """Every element at a path, in a style, in those that it is based on, and in the document's defaults."""
        key = (name, path)
        if key not in self._at:
            kind, *rest = _steps(path)
            default = "/".join([f"{kind}Default", kind, *rest])
            found = [style.find(path) for style in self._chain(name)]
            found += [self._defaults.find(default)] if self._defaults is not None else []
            self._at[key] = tuple(element for element in found if element is not None)
        return self._at[key]

    def _chain(self, name: str | None) -> list[etree._Element]:
        """A style and those that it is based on."""
        chain: list[etree._Element] = []
        while name is not None and (style := self._by_id.get(name)) is not None and style not in chain:
            chain.append(style)
            based = style.find(W + "basedOn")
            name = based.get(W + "val") if based is not None else None
        return chain


def _steps(path: str) -> list[str]:
    """The names along a path, whose namespaces have slashes of their own."""
    return ["{" + step.rstrip("/") for step in path.split("{")[1:]]


def _above(element: etree._Element, levels: int) -> etree._Element | None:
    above: etree._Element | None = element
    for _ in range(levels):
        above = above.getparent() if above is not None else None
    return above
