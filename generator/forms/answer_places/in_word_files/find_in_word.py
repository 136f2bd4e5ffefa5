"""Every answer place of a Word form in reading order: headers and footers first, then the text with its tables."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from generator.forms.answer_places.in_word_files.paragraph import W, plain_text, read_line, tidy
from generator.forms.answer_places.in_word_files.table_places import TableReader
from generator.forms.answer_places.place import AnswerPlace
from generator.word_files.docx_package import Package, parse


def word_places(package: Package) -> list[AnswerPlace]:
    """The answer places of a Word form; the file's other parts (footnotes, comments) hold none."""
    places: list[AnswerPlace] = []
    for part in _parts(package):
        root = parse(package.parts[part])
        reader = TableReader(part, root.getroottree(), _style_leaders(package), _box_bullets(package))
        body = root.find(W + "body")
        reader.blocks(root if body is None else body)
        places += reader.places
    return _dated(places, package)


def first_words(package: Package) -> tuple[str, ...]:
    """The first lines of a form, by which one knows what it asks for."""
    root = parse(package.parts[package.main])
    lines = (tidy(read_line(p).text) for p in root.iter(W + "p"))
    return tuple(line for line, _ in zip((x for x in lines if x), range(12), strict=False))


_PATTERN = re.compile(r"\b(dd?)([./-])(mm?m?)\2(yyyy|yy)\b", re.I)
_PRINTED = re.compile(r"\b\d\d?([./-])\d\d?\1(?:\d{4}|\d\d)\b")


def _dated(places: list[AnswerPlace], package: Package) -> list[AnswerPlace]:
    """Each place with the date pattern printed beside it, else anywhere, else as the form prints its own dates."""
    texts = [plain_text(parse(package.parts[part])) for part in _parts(package)]
    shown = {m[0].lower() for text in texts for m in _PATTERN.finditer(text)}
    strokes = {m[1] for text in texts for m in _PRINTED.finditer(text)}
    usual = shown.pop() if len(shown) == 1 else f"dd{s}mm{s}yyyy" if len(strokes) == 1 and (s := strokes.pop()) else ""
    done = []
    for place in places:
        a = place.around
        near = next(
            (m[0].lower() for t in (a.before, a.after, a.left, a.above, a.inside) if (m := _PATTERN.search(t))), ""
        )
        facts = {**place.facts, "date_style": near or usual} if near or usual else place.facts
        done.append(replace(place, facts=facts))
    return done


def _parts(package: Package) -> list[str]:
    kinds = [(r.kind, r.target) for r in package.relations(package.main)]
    edges = [t for kind in ("header", "footer") for k, t in kinds if k == kind and t in package.parts]
    return [*dict.fromkeys(edges), package.main]


def _style_leaders(package: Package) -> dict[str, str]:
    """The tab leader of each paragraph style that sets one."""
    name = package.related(package.main, "styles")
    found: dict[str, str] = {}
    for style in parse(package.parts[name]) if name else ():
        tabs = style.findall(f"{W}pPr/{W}tabs/{W}tab")
        leaders = [tab.get(W + "leader", "none") for tab in tabs if tab.get(W + "val") != "clear"]
        if leaders and leaders[0] != "none":
            found[style.get(W + "styleId", "")] = leaders[0]
    return found


def _box_bullets(package: Package) -> dict[tuple[str, str], str]:
    """The list levels whose bullet is a box: (number, level) to the bullet's character."""
    name = package.related(package.main, "numbering")
    if not name:
        return {}
    root = parse(package.parts[name])
    levels: dict[str, dict[str, str]] = {}
    for abstract in root.findall(W + "abstractNum"):
        levels[abstract.get(W + "abstractNumId", "")] = {
            level.get(W + "ilvl", "0"): text.get(W + "val", "")
            for level in abstract.findall(W + "lvl")
            if (text := level.find(W + "lvlText")) is not None and _is_box_bullet(level, text.get(W + "val", ""))
        }
    found = {}
    for number in root.findall(W + "num"):
        target = number.find(W + "abstractNumId")
        for level, bullet in levels.get("" if target is None else target.get(W + "val", ""), {}).items():
            found[number.get(W + "numId", ""), level] = bullet
    return found


def _is_box_bullet(level: etree._Element, text: str) -> bool:
    fonts = level.find(f"{W}rPr/{W}rFonts")
    font = "" if fonts is None else (fonts.get(W + "ascii") or "").lower()
    wing = "wingdings" in font and text in ("\uf0a8", "\uf06f", "\uf071", "\uf072", "o", "q", "r", "¨", "\uf0a3", "£")
    return wing or text in ("☐", "□", "❑", "❏", "◻")
