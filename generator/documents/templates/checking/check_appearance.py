"""How a template will look to its readers: contrast, fonts that travel with us, tags that lose their surroundings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from generator.documents.templates.word_features import own_runs, own_text
from generator.word_files.docx_package import Package, W, parse

LARGE, LARGE_BOLD = 18.0, 14.0
"""Points from which text counts as large (WCAG 2.2, 1.4.3), plain and bold."""


@dataclass(frozen=True)
class TemplateSpot:
    """Where in a template: the paragraph's words, and the page as far as Word noted page ends."""

    words: str
    page: int = 0

    def __str__(self) -> str:
        place = f"page {self.page}, " if self.page > 1 else ""
        return f"{place}“{self.words}”"


def spots(body: etree._Element) -> list[tuple[etree._Element, TemplateSpot]]:
    """Every paragraph of a part with its place."""
    found, page = [], 1
    for paragraph in body.iter(f"{W}p"):
        page += sum(1 for _ in paragraph.iter(f"{W}lastRenderedPageBreak"))
        found.append((paragraph, TemplateSpot(shown(own_text(paragraph)), page)))
    return found


def shown(text: str, most: int = 90) -> str:
    """The text on one line, cut when it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


# -- tags and what is around them -------------------------------------------------------------------------------------


_WHOLE = re.compile(r"\{\{p?[^{}]*\}\}|\{%p?[^{}]*%\}")


def in_pieces(body: etree._Element) -> Iterator[tuple[TemplateSpot, str]]:
    """Tags whose letters are formatted differently: Word keeps the look of the first letter only."""
    for paragraph, spot in spots(body):
        runs = [(r, "".join(t.text or "" for t in r.iter(f"{W}t"))) for r in own_runs(paragraph)]
        text = "".join(words for _, words in runs)
        for tag in _WHOLE.finditer(text):
            looks, place = set(), 0
            for run, words in runs:
                if words.strip() and place < tag.end() and place + len(words) > tag.start():
                    looks.add(_look(run))
                place += len(words)
            if len(looks) > 1:
                yield spot, tag[0]


def _look(run: etree._Element) -> bytes:
    """The run's formatting without the language and the marks of the spelling checker."""
    properties = run.find(f"{W}rPr")
    kept = [] if properties is None else [p for p in properties if p.tag not in (f"{W}lang", f"{W}noProof", f"{W}rtl")]
    return b"".join(sorted(bytes(etree.tostring(p, method="c14n")) for p in kept))


# -- styles -----------------------------------------------------------------------------------------------------------


class TemplateStyles:
    """The styles of a document, each with what it is based on, and the document's defaults."""

    def __init__(self, package: Package) -> None:
        part = package.related(package.main, "styles")
        root = parse(package.parts[part]) if part else etree.Element(f"{W}styles")
        self.by_id = {style.get(f"{W}styleId", ""): style for style in root.findall(f"{W}style")}
        self._default = next(
            (
                name
                for name, style in self.by_id.items()
                if style.get(f"{W}default") == "1" and style.get(f"{W}type") == "paragraph"
            ),
            "",
        )
        self._defaults = root.find(f"{W}docDefaults")

    def chain(self, name: str | None) -> Iterator[etree._Element]:
        """The style and those it is based on; the usual paragraph style when none is named."""
        seen: set[str] = set()
        name = name or self._default
        while name and name not in seen and name in self.by_id:
            seen.add(name)
            yield self.by_id[name]
            based = self.by_id[name].find(f"{W}basedOn")
            name = based.get(f"{W}val", "") if based is not None else ""

    def run_value(self, run: etree._Element, paragraph: etree._Element, path: str) -> etree._Element | None:
        """The run property that holds: the run's own, its style's, the paragraph style's, the document's."""
        own = run.find(f"{W}rPr/{path}")
        if own is not None:
            return own
        named = run.find(f"{W}rPr/{W}rStyle")
        chains = [self.chain(named.get(f"{W}val"))] if named is not None else []
        chains.append(self.chain(_style_id(paragraph)))
        for chain in chains:
            for style in chain:
                if (found := style.find(f"{W}rPr/{path}")) is not None:
                    return found
        return None if self._defaults is None else self._defaults.find(f"{W}rPrDefault/{W}rPr/{path}")

    def cell_value(self, cell: etree._Element, path: str) -> etree._Element | None:
        """The property that the table's style gives a cell: its heading row's or first column's, else the table's."""
        row = cell.getparent()
        table = row.getparent() if row is not None else None
        named = table.find(f"{W}tblPr/{W}tblStyle") if table is not None else None
        if row is None or table is None or named is None:
            return None
        look = table.find(f"{W}tblPr/{W}tblLook")
        asked = {name for name in ("firstRow", "firstColumn") if look is not None and look.get(f"{W}{name}") == "1"}
        places = ["firstRow"] if row is table.find(f"{W}tr") and "firstRow" in asked else []
        places += ["firstCol"] if cell is row.find(f"{W}tc") and "firstColumn" in asked else []
        chain = list(self.chain(named.get(f"{W}val")))
        for place in places:
            for style in chain:
                for part in style.iterfind(f"{W}tblStylePr"):
                    if part.get(f"{W}type") == place and (found := part.find(path)) is not None:
                        return found
        return next((found for style in chain if (found := style.find(path)) is not None), None)

    def paragraph_value(self, paragraph: etree._Element, path: str) -> etree._Element | None:
        """The paragraph property that holds."""
        own = paragraph.find(f"{W}pPr/{path}")
        if own is not None:
            return own
        chain = self.chain(_style_id(paragraph))
        return next((found for style in chain if (found := style.find(f"{W}pPr/{path}")) is not None), None)


def _style_id(paragraph: etree._Element) -> str | None:
    named = paragraph.find(f"{W}pPr/{W}pStyle")
    return None if named is None else named.get(f"{W}val")


# -- contrast ---------------------------------------------------------------------------------------------------------


def faint(body: etree._Element, styles: TemplateStyles) -> Iterator[tuple[TemplateSpot, str, str, float]]:
    """Paragraphs whose letters are too like what is behind them: place, both colours, and the ratio (WCAG 1.4.3)."""
    for paragraph, spot in spots(body):
        for run in own_runs(paragraph):
            if not "".join(t.text or "" for t in run.iter(f"{W}t")).strip():
                continue
            behind = _behind(paragraph, styles)
            letters = _colour(styles.run_value(run, paragraph, f"{W}color"), "val")
            if letters == "auto":  # Word then takes black or white, whichever can be read
                continue
            size = float(_value(styles.run_value(run, paragraph, f"{W}sz"), "20")) / 2
            bold = _value(styles.run_value(run, paragraph, f"{W}b"), "1", absent="0") not in ("0", "false")
            ratio = contrast(letters, behind)
            if ratio < (3.0 if size >= (LARGE_BOLD if bold else LARGE) else 4.5):
                yield spot, letters, behind, ratio
                break


def _value(element: etree._Element | None, bare: str, absent: str = "") -> str:
    return (absent or bare) if element is None else element.get(f"{W}val", bare)


def _behind(paragraph: etree._Element, styles: TemplateStyles) -> str:
    fill = _colour(styles.paragraph_value(paragraph, f"{W}shd"), "fill")
    if fill != "auto":
        return fill
    for cell in paragraph.iterancestors(f"{W}tc"):
        for shade in (cell.find(f"{W}tcPr/{W}shd"), styles.cell_value(cell, f"{W}tcPr/{W}shd")):
            fill = _colour(shade, "fill")
            if fill != "auto":
                return fill
    return "FFFFFF"


def _colour(element: etree._Element | None, attribute: str) -> str:
    """Six hexadecimal digits, or `auto` when none is given or it is a tag of the template."""
    given = "auto" if element is None else element.get(f"{W}{attribute}", "auto")
    return given.upper() if re.fullmatch(r"[0-9A-Fa-f]{6}", given) else "auto"


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours given as RRGGBB: 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# -- fonts ------------------------------------------------------------------------------------------------------------


def fonts_used(package: Package, bodies: list[etree._Element], styles: TemplateStyles) -> dict[str, TemplateSpot]:
    """Every font that some text is set in, with the first paragraph in it; a font of the theme by its name."""
    theme = _theme_fonts(package)
    found: dict[str, TemplateSpot] = {}
    for body in bodies:
        for paragraph, spot in spots(body):
            for run in own_runs(paragraph):
                if "".join(t.text or "" for t in run.iter(f"{W}t")).strip():
                    found.setdefault(_font(styles.run_value(run, paragraph, f"{W}rFonts"), theme), spot)
    found.pop("", None)
    return found


def _font(element: etree._Element | None, theme: dict[str, str]) -> str:
    if element is None:
        return ""
    themed = element.get(f"{W}asciiTheme", "")
    return theme.get(themed[:5], "") if themed else element.get(f"{W}ascii", "")


def _theme_fonts(package: Package) -> dict[str, str]:
    """The theme's two fonts by the first letters of their use: major (headings) and minor (text)."""
    part = package.related(package.main, "theme")
    if part is None:
        return {}
    a = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    root = parse(package.parts[part])
    return {
        use: latin.get("typeface", "")
        for use in ("major", "minor")
        if (latin := root.find(f".//{a}{use}Font/{a}latin")) is not None
    }
