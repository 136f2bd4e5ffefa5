"""The parts of a Word document that engines draw, parsed, while a copy of it is prepared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from generator.engines.docx import docx_contents, docx_styles
from generator.word_files.docx_package import packed, unpacked

W = docx_contents.W
STORIES = {W + name for name in ("document", "hdr", "ftr", "footnotes", "endnotes")}
"""The roots of parts that hold text."""
_WANTED = re.compile(
    r"word/(?:house-)?(document\d*|header\d*|footer\d*|footnotes|endnotes|styles|numbering|theme/\w+)\.xml"
)


@dataclass
class OpenDocument:
    """The parsed parts of one document while it is being prepared."""

    roots: dict[str, etree._Element]
    content_of_styles: bytes | None
    used: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    """Families of shipped fonts of signs that the document itself asks for."""
    warnings: list[str] = field(default_factory=list)
    accessible: bool = True

    @property
    def styles(self) -> docx_styles.Styles:
        """The paragraph styles as the document came."""
        return docx_styles.of(self.content_of_styles)

    def stories(self) -> Iterator[etree._Element]:
        return (root for root in self.roots.values() if root.tag in STORIES)

    def named_stories(self) -> dict[str, etree._Element]:
        """The stories by the names of their parts."""
        return {name: root for name, root in self.roots.items() if root.tag in STORIES}

    def one(self, tag: str) -> etree._Element | None:
        return next((root for root in self.roots.values() if root.tag == tag), None)


def changed(content: bytes, change: Callable[[etree._Element, docx_styles.Styles], bool]) -> bytes | None:
    """The document with its text changed; None where `change` says that it changed nothing, or there is no text."""
    members = unpacked(content)
    work = parsed(members)
    name, document = next((one for one in work.named_stories().items() if one[1].tag == f"{W}document"), ("", None))
    if document is None or not change(document, work.styles):
        return None
    members[name] = etree.tostring(document, xml_declaration=True, encoding="UTF-8", standalone=True)
    return packed(members)


def parsed(members: Mapping[str, bytes]) -> OpenDocument:
    """The document of these parts, by their names."""
    roots = {name: etree.fromstring(data, docx_contents.PARSER) for name, data in members.items() if _is_wanted(name)}
    content_of_styles = next((members[name] for name, root in roots.items() if root.tag == W + "styles"), None)
    return OpenDocument(roots, content_of_styles)


def _is_wanted(name: str) -> bool:
    return _WANTED.fullmatch(name) is not None
