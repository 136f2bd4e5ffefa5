"""Word files as packages of parts: read one, look inside it, write it with the same bytes every time."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from generator.files.damaged_archives import DAMAGED
from generator.word_files.strict_open_xml import as_usual

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAIN_TYPE = _WORD_TYPE + "document.main+xml"
OWN_BOOKMARK = "_Contents"
"""How the names of bookmarks begin to which a contents list of ours leads; Word hides names with a line first."""

_LARGEST = 100_000_000
"""Bytes, unpacked: a template is some hundred kilobytes; more is a mistake or a trap."""


class NotAWordFile(Exception):
    """The bytes are not a Word document that we can or will use; the message says why in plain words."""


class LinksOut(NotAWordFile):
    """A Word document that would fetch something from outside when it is opened; `kind` says what."""

    def __init__(self, kind: str, target: str) -> None:
        super().__init__(f"it takes its {kind} from outside ({target}): put it into the file itself")
        self.kind = kind


class DamagedArchive(Exception):
    """The bytes are no zip archive, or one that cannot be unpacked; the message is what zipfile or zlib said."""


@dataclass
class Package:
    """The parts of one Word file by their names (`word/document.xml`), and the name of the main one."""

    parts: dict[str, bytes]
    main: str = "word/document.xml"
    names: dict[str, str] = field(default_factory=dict)
    """Content type by part name."""

    def relations(self, part: str) -> list[Relation]:
        """What a part refers to, in the order of its file."""
        content = self.parts.get(rels_name(part))
        return [] if content is None else [relation_of(part, element) for element in parse(content)]

    def related(self, part: str, kind: str) -> str | None:
        """The name of the first part that `part` refers to as its `styles`, `numbering`, `theme`, ..."""
        return next((r.target for r in self.relations(part) if r.kind == kind and r.target in self.parts), None)


@dataclass(frozen=True)
class Relation:
    """One reference from part to part (or, when external, to an address outside the file)."""

    id: str
    kind: str
    target: str
    external: bool


def parse(content: bytes) -> etree._Element:
    """The root of an XML part, with nothing fetched and no entity expanded; raises NotAWordFile when it is not XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise NotAWordFile(f"a part of it is damaged ({error})") from None


def serialize(root: etree._Element) -> bytes:
    """The bytes of an XML part, declaration included."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def unpacked(content: bytes, look: Callable[[Sequence[zipfile.ZipInfo]], None] | None = None) -> dict[str, bytes]:
    """Every part of the archive in its order; `look` sees the directory first and may refuse it by raising.

    Raises DamagedArchive when the bytes are no zip archive or a part of it cannot be unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if look:
                look(members)
            return {member.filename: archive.read(member) for member in members if not member.is_dir()}
    except DAMAGED as error:
        raise DamagedArchive(str(error)) from error


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a Word file, in their order: same parts, same bytes, on every machine."""
    return write_package(Member.of(name, content) for name, content in parts.items())


def _not_too_large(members: Sequence[zipfile.ZipInfo]) -> None:
    if sum(member.file_size for member in members) > _LARGEST:
        raise NotAWordFile("it is far too large")


def read_package(content: bytes) -> Package:
    """The parts of a .docx; raises NotAWordFile for anything else, for macros and for links that would be fetched."""
    try:
        parts = unpacked(content, _not_too_large)
    except DamagedArchive as error:
        raise NotAWordFile(f"it is not a Word document, or it is damaged ({error})") from None
    if "[Content_Types].xml" not in parts:
        raise NotAWordFile("it is not a Word document")
    package = Package(as_usual(parts))
    package.main = package.related("", "officeDocument") or ""
    package.names = _content_types(package.parts)
    _refuse(package)
    return package


def _refuse(package: Package) -> None:
    if any("macroEnabled" in kind or "vbaProject" in kind for kind in package.names.values()):
        raise NotAWordFile("it holds macros: save it as a plain .docx")
    if package.names.get(package.main) not in (_MAIN_TYPE, _WORD_TYPE + "template.main+xml"):
        raise NotAWordFile("it is not a Word document")
    for name in sorted(package.parts):
        if name.endswith(".rels"):
            for relation in package.relations(_part_of(name)):
                if relation.external and relation.kind not in ("hyperlink", "attachedTemplate"):
                    raise LinksOut(relation.kind, relation.target)


def _content_types(parts: Mapping[str, bytes]) -> dict[str, str]:
    defaults: dict[str, str] = {}
    names: dict[str, str] = {}
    for element in parse(parts["[Content_Types].xml"]):
        if "Extension" in element.attrib:
            defaults[element.get("Extension", "").lower()] = element.get("ContentType", "")
        elif "PartName" in element.attrib:
            names[element.get("PartName", "").lstrip("/")] = element.get("ContentType", "")
    return {name: names.get(name) or defaults.get(name.rpartition(".")[2].lower(), "") for name in parts}


def relation_of(part: str, element: etree._Element) -> Relation:
    external = element.get("TargetMode") == "External"
    target = element.get("Target", "")
    if not external:
        target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
    return Relation(element.get("Id", ""), element.get("Type", "").rpartition("/")[2], target, external)


def rels_name(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _part_of(rels_name: str) -> str:
    folder, name = posixpath.split(rels_name)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


@dataclass(frozen=True)
class Member:
    """One file of a zip archive as it will be written."""

    name: str
    content: bytes
    checksum: int

    @classmethod
    def of(cls, name: str, content: bytes) -> Member:
        """The member, with its checksum taken once for every archive that it goes into."""
        return cls(name, content, zlib.crc32(content))


def write_package(members: Iterable[Member]) -> bytes:
    """A zip archive of the members in their order, every one dated 1 January 1980, without any note of the machine.

    Nothing is compressed: compressors differ between machines, and two machines must make the same bytes.
    """
    body, directory = io.BytesIO(), io.BytesIO()
    members = list(members)
    for member in members:
        name = member.name.encode()
        size = len(member.content)
        facts = (0, 0, 0x21, member.checksum, size, size, len(name), 0)
        start = body.tell()
        body.write(struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0x800, *facts) + name + member.content)
        directory.write(struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0x800, *facts, 0, 0, 0, 0, start) + name)
    entries = directory.getvalue()
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, len(members), len(members), len(entries), body.tell(), 0)
    return body.getvalue() + entries + end


def content_types(names: Mapping[str, str]) -> bytes:
    """[Content_Types].xml: every part named with its type, and the two extensions that a package cannot do without."""
    root = etree.Element(f"{{{_CONTENT}}}Types", nsmap={None: _CONTENT})  # type: ignore[dict-item]
    rels_type = "application/vnd.openxmlformats-package.relationships+xml"
    for extension, kind in (("rels", rels_type), ("xml", "application/xml")):
        etree.SubElement(root, f"{{{_CONTENT}}}Default", Extension=extension, ContentType=kind)
    for name in sorted(names):
        if not name.endswith(".rels") and name != "[Content_Types].xml":
            kind = names[name].replace("template.main+xml", "document.main+xml")
            etree.SubElement(root, f"{{{_CONTENT}}}Override", PartName=f"/{name}", ContentType=kind)
    return serialize(root)


_ILLEGAL = re.compile("[\x00-\x06\x08\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def legal(text: str) -> str:
    """The text without the characters that XML cannot hold (they are invisible), line ends as newlines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
    return _ILLEGAL.sub("", text)
