"""Which headers and footers of a Word document some page must show, however its pages break."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from generator.engines.docx.docx_contents import PARSER, W
from generator.engines.docx.part_relations import targets
from generator.word_files.word_names import is_on

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_KINDS = ("headerReference", "footerReference")


def always_shown(members: Mapping[str, bytes], stories: Mapping[str, etree._Element]) -> list[etree._Element]:
    """The headers and footers of the first page of each section; a section that begins within a page may have none.

    Word keeps references to headers of first and even pages also where nothing asks for them.
    """
    part = next((name for name, root in stories.items() if root.tag == W + "document"), "")
    if not part:
        return []
    known = targets(members, part)
    even = _has_even_pages(members.get(name, b"") for name in known.values() if name.endswith(".xml"))
    found = (stories.get(known.get(one, "")) for one in dict.fromkeys(_of_first_pages(stories[part], even)))
    return [root for root in found if root is not None]


def _of_first_pages(document: etree._Element, even: bool) -> Iterator[str | None]:
    """The ids of the references for the first page of each section: its own, or those of the one before."""
    held: dict[tuple[str, str], str | None] = {}
    sections = [one for one in document.iter(W + "sectPr") if next(one.iterancestors(W + "sectPrChange"), None) is None]
    for number, section in enumerate(sections):
        held |= {
            (kind, one.get(W + "type", "default")): one.get(_R + "id")
            for kind in _KINDS
            for one in section.iterchildren(W + kind)
        }
        begins = section.find(W + "type")
        if number and begins is not None and begins.get(W + "val") in ("continuous", "nextColumn"):
            continue
        if is_on(section.find(W + "titlePg")):
            wanted = "first"
        elif not even or (not number and _is_odd(section)):
            wanted = "default"
        else:
            continue  # a page with an odd number or an even one
        yield from (held[kind, wanted] for kind in _KINDS if (kind, wanted) in held)


def _is_odd(section: etree._Element) -> bool:
    """True where the document's first page has an odd number."""
    numbered = section.find(W + "pgNumType")
    begins = numbered.get(W + "start", "1") if numbered is not None else "1"
    return begins[-1:] in tuple("13579")


def _has_even_pages(parts: Iterable[bytes]) -> bool:
    """True where pages with even numbers have headers of their own: of the document's parts its settings say so."""
    read = (etree.fromstring(content, PARSER) for content in parts if b"evenAndOddHeaders" in content)
    settings = next((root for root in read if root.tag == W + "settings"), None)
    return settings is not None and is_on(settings.find(W + "evenAndOddHeaders"))
