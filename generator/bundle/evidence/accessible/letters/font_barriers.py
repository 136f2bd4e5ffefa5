"""What about a document's fonts keeps it from being accessible, by rules of ISO 14289-1, 7.21, that we check.

Fonts must be inside the file (7.21.4.1), say which letter each code means (7.21.7), be encoded as their kind is
(7.21.6) and have a shape for every code that is shown (7.21.8).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from generator.bundle.evidence.accessible.letters import character_maps
from generator.bundle.evidence.accessible.letters.missing_shapes import codes_shown, without_shape
from generator.bundle.evidence.page_by_page.page_text_and_scans import in_pages
from generator.bundle.evidence.page_by_page.pdf_objects import dictionaries, name_of
from generator.bundle.evidence.words_put_back import UNSEEN

_FROM_FILES = ("/Type1", "/TrueType", "/MMType1", "/Type0")
_KNOWN = ("/WinAnsiEncoding", "/MacRomanEncoding", "/MacExpertEncoding", "/StandardEncoding")
_OF_LETTERS = ("/WinAnsiEncoding", "/MacRomanEncoding")
_EAST_ASIAN = ("GB1", "CNS1", "Japan1", "Korea1")
_SYMBOLIC, _NONSYMBOLIC = 4, 32
_DEEP = 6

_SAID = {
    "absent": "its fonts are not inside the file",
    "meaningless": "the letters of these fonts have no meaning a machine can read",
    "encoding": "these fonts are encoded in a way that PDF/UA does not allow",
    "shapeless": "letters are shown for which these fonts have no shape",
}


def barriers(pdf: pikepdf.Pdf, shapes: bool = True) -> list[str]:
    """Why a screen reader, or a machine without the right fonts, could not read the text as it is shown, with pages.

    `shapes` also looks for letters that are shown and have no shape, which means reading every page's content.
    """
    found: dict[tuple[str, str], list[int]] = {}
    fonts: dict[Any, tuple[Any, set[int]]] = {}
    for number, page in enumerate(pdf.pages, 1):
        for font in _fonts_of(page):
            fonts.setdefault(font.objgen, (font, set()))[1].add(number)
    for font, pages in fonts.values():
        name = name_of(font.get("/BaseFont"), "a font").lstrip("/").split("+")[-1]
        if name == UNSEEN:
            continue
        for kind in _faults(font):
            found.setdefault((kind, "a drawn font" if font.get("/Subtype") == "/Type3" else name), []).extend(pages)
    if shapes and not found:
        for number, page in enumerate(pdf.pages, 1):
            for name in _shapeless(page):
                found.setdefault(("shapeless", name), []).append(number)
    return list(_told(found))


def _told(found: dict[tuple[str, str], list[int]]) -> Iterator[str]:
    for kind, said in _SAID.items():
        names = sorted(name for one, name in found if one == kind)
        if names:
            pages = sorted({page for name in names for page in found[kind, name]})
            yield f"{said}: {', '.join(names)} ({in_pages(pages)})"


def _fonts_of(page: pikepdf.Page) -> Iterator[Any]:
    """The fonts of a page and of the forms that it draws."""
    waiting: list[tuple[Any, int]] = [(page.resources, 0)]
    seen = set()
    while waiting:
        resources, depth = waiting.pop()
        if not isinstance(resources, Dictionary):
            continue
        fonts = resources.get("/Font")
        for _, font in fonts.items() if isinstance(fonts, Dictionary) else ():
            if isinstance(font, Dictionary) and font.objgen not in seen:
                seen.add(font.objgen)
                yield font
        for kind in ("/XObject", "/Pattern"):
            held = resources.get(kind)
            for _, one in held.items() if isinstance(held, Dictionary) and depth < _DEEP else ():
                if isinstance(one, pikepdf.Stream) and one.objgen not in seen:
                    seen.add(one.objgen)
                    waiting.append((one.get("/Resources"), depth + 1))


def _faults(font: Any) -> Iterator[str]:
    kind = str(font.get("/Subtype"))
    if kind in _FROM_FILES and not _is_embedded(font):
        yield "absent"
    table = font.get("/ToUnicode")
    if not _says_letters(font, kind) if table is None else _names_nothing(table):
        yield "meaningless"
    elif kind == "/TrueType" and not _is_well_encoded(font):
        yield "encoding"
    if kind == "/Type0" and not character_maps.is_sound(font):
        yield "encoding"


_NO_LETTER = re.compile(rb"<[0-9A-Fa-f]+>\s*<(?:0000|[Ff][Ee][Ff][Ff]|[Ff][Ff][Ff][Ee])>")


def _names_nothing(table: Any) -> bool:
    """True for a table of meanings in which some code means no letter at all (7.21.7)."""
    try:
        return isinstance(table, pikepdf.Stream) and _NO_LETTER.search(table.read_bytes()) is not None
    except pikepdf.PdfError:
        return True


def mend(pdf: pikepdf.Pdf) -> None:
    """Lists of a font's letters that need not be there and are often wrong go; what is meant by default is said.

    ISO 14289-1, 7.21.4.2 and 7.21.3.2: /CIDSet and /CharSet must be complete if they are there, /CIDToGIDMap must be.
    """
    for thing in dictionaries(pdf):
        if str(thing.get("/Type")) == "/FontDescriptor":
            for key in ("/CIDSet", "/CharSet"):
                if key in thing:
                    del thing[key]
        if str(thing.get("/Subtype")) == "/CIDFontType2" and _is_embedded(thing):
            told = thing.get("/CIDToGIDMap")
            if not isinstance(told, pikepdf.Stream) and told != pikepdf.Name.Identity:  # as readers take it
                thing.CIDToGIDMap = pikepdf.Name.Identity
        table = thing.get("/ToUnicode")
        if isinstance(table, pikepdf.Stream):
            _mend_table(table)


def _mend_table(table: Any) -> None:
    """Lists of a table of meanings say how many entries they have."""
    try:
        content = table.read_bytes()
    except pikepdf.PdfError:
        return
    if (right := character_maps.counted(content)) != content:
        table.write(right)


def _is_embedded(font: Any) -> bool:
    descendants = font.get("/DescendantFonts")
    own = descendants[0] if isinstance(descendants, Array) and len(descendants) else font
    descriptor = own.get("/FontDescriptor")
    files = (descriptor.get(key) for key in _PROGRAMS) if isinstance(descriptor, Dictionary) else ()
    return any(isinstance(file, pikepdf.Stream) and _can_be_read(file) for file in files)


_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")


def _can_be_read(file: Any) -> bool:
    """False for a font whose data are broken: it is as if it were not in the file."""
    try:
        return len(file.read_bytes()) > 0
    except pikepdf.PdfError:
        return False


def _says_letters(font: Any, kind: str) -> bool:
    """True for a font without a table of meanings whose codes have known ones all the same (7.21.7)."""
    encoding = font.get("/Encoding")
    if kind == "/Type0":
        descendants = font.get("/DescendantFonts")
        system = descendants[0].get("/CIDSystemInfo") if isinstance(descendants, Array) and len(descendants) else None
        order = str(system.get("/Ordering", "")) if isinstance(system, Dictionary) else ""
        return order in _EAST_ASIAN and not str(encoding).startswith("/Identity")
    if kind == "/Type3":
        return False
    if isinstance(encoding, Dictionary):
        base = encoding.get("/BaseEncoding")
        known = base is None or str(base) in _KNOWN
        return known and all(_is_letter(str(one)[1:]) for one in encoding.get("/Differences", []) if _is_name(one))
    if encoding is None:
        return kind in ("/Type1", "/MMType1") and not _is_symbolic(font)
    return str(encoding) in _KNOWN


def _is_name(value: Any) -> bool:
    return isinstance(value, pikepdf.Name)


def _is_letter(name: str) -> bool:
    """True for a name in the Adobe Glyph List, or built as it says (uni0041, u1F600)."""
    from fontTools.agl import toUnicode

    return name == ".notdef" or bool(toUnicode(name))


def _flags(font: Any) -> int:
    descriptor = font.get("/FontDescriptor")
    return int(descriptor.get("/Flags", 0)) if isinstance(descriptor, Dictionary) else 0


def _is_symbolic(font: Any) -> bool:
    return bool(_flags(font) & _SYMBOLIC)


def _is_well_encoded(font: Any) -> bool:
    """A TrueType font of letters names its encoding, one of symbols names none (7.21.6)."""
    encoding = font.get("/Encoding")
    if _is_symbolic(font):
        return encoding is None
    if isinstance(encoding, Dictionary):
        named = all(_is_letter(str(one)[1:]) for one in encoding.get("/Differences", []) if _is_name(one))
        return named and str(encoding.get("/BaseEncoding")) in _OF_LETTERS
    return str(encoding) in _OF_LETTERS


def _shapeless(page: pikepdf.Page) -> Iterator[str]:
    """The fonts of which a page shows a code that has no shape."""
    for font, codes in codes_shown(page):
        if without_shape(font, codes):
            yield name_of(font.get("/BaseFont"), "a font").lstrip("/").split("+")[-1]
