"""Is this file a Word document that may be opened at all? Asked before any engine sees it."""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Mapping, Sequence
from typing import Any
from zipfile import ZipInfo

from lxml import etree

from generator.problems import in_one_line
from generator.word_files.docx_package import DamagedArchive, unpacked
from generator.word_files.strict_open_xml import as_usual

MOST_MEMBERS = 5_000
MOST_BYTES = 300 * 1024 * 1024
MOST_XML_BYTES = 60 * 1024 * 1024
MOST_TIMES_SMALLER = 400

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ENCRYPTED_OR_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
_MACROS = re.compile(r"vbaproject|vbadata|/activex/", re.IGNORECASE)


class _Refused(Exception):
    """Carries the reason out of the checks below."""


def refusal(content: bytes) -> str | None:
    """Why this must not be converted, in a sentence for the user; None when it may be.

    A reason to refuse: it is no sound .docx, it holds macros, it would load something from elsewhere when opened (any
    External relationship but a hyperlink), or it unpacks to more than this machine should be asked to hold.
    """
    found = opened(content)
    return found if isinstance(found, str) else None


def opened(content: bytes) -> dict[str, bytes] | str:
    """The parts of a document that may be converted, by name, else the reason as `refusal` gives it."""
    try:
        return _checked(content)
    except _Refused as refused:
        return in_one_line(refused)


def _checked(content: bytes) -> dict[str, bytes]:
    if content[:8] == _ENCRYPTED_OR_OLD:
        raise _Refused("it has a password or is an old .doc file; save it in Word as .docx without a password")
    if not content.startswith(b"PK"):
        raise _Refused("it is not a Word document (.docx)")
    try:
        members = as_usual(unpacked(content, _check_size))
    except DamagedArchive as error:
        raise _Refused(f"the file is damaged ({error}); open it in Word and save it again") from error
    _empty_broken_properties(members)
    _check_parts(members)
    return members


_EMPTY = {
    "docProps/core.xml": '<coreProperties xmlns="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
}
"""What tells of the file and is shown on no page, with nothing in it."""


def _empty_broken_properties(members: dict[str, bytes]) -> None:
    """A file is not refused for properties that a program wrote wrongly: they are as if it had none."""
    for name in _EMPTY.keys() & members.keys():
        try:
            etree.fromstring(members[name], _PARSER)
        except etree.XMLSyntaxError:
            members[name] = _EMPTY[name].encode()


def _check_size(members: Sequence[ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise _Refused(f"it holds {len(members):,} parts, more than the {MOST_MEMBERS:,} that a document may have")
    if len({member.filename for member in members}) != len(members):
        raise _Refused("the file is damaged (a part is there twice); open it in Word and save it again")
    total = sum(member.file_size for member in members)
    if total > MOST_BYTES:
        raise _Refused(f"it unpacks to {total // 1024**2} MB, more than the {MOST_BYTES // 1024**2} MB allowed")
    for member in members:
        if member.file_size > 1024**2 and member.file_size > MOST_TIMES_SMALLER * max(1, member.compress_size):
            raise _Refused(f"its part {member.filename} unpacks from next to nothing to {member.file_size:,} bytes")
        if member.filename.endswith((".xml", ".rels")) and member.file_size > MOST_XML_BYTES:
            raise _Refused(f"its part {member.filename} has {member.file_size:,} bytes of text, too much to lay out")


def _check_parts(members: Mapping[str, bytes]) -> None:
    macros = sorted(name for name in members if _MACROS.search(name))
    if macros:
        raise _Refused(f"it holds macros or ActiveX controls ({macros[0]}); save it in Word as a plain .docx")
    for name in ("[Content_Types].xml", "_rels/.rels"):
        if name not in members:
            raise _Refused(f"the file is damaged (its part {name} is missing); open it in Word and save it again")
    for name in sorted(members):
        if name.endswith((".xml", ".rels")):
            content = members[name]
            if len(content) > _REMEMBERED or not _is_sound(content, name.endswith(".rels")):
                _check_part(name, content)
    main = _main_part(members)
    if main not in members:
        raise _Refused("the file is damaged (the document itself is missing); open it in Word and save it again")
    _check_kind(members, main)


_REMEMBERED = 64 * 1024
"""Bytes up to which a part found sound is not looked at again: most parts of a school's documents are alike."""


@functools.lru_cache(maxsize=256)
def _is_sound(content: bytes, rels: bool) -> bool:
    try:
        _check_part(".rels" if rels else "", content)
    except _Refused:
        return False
    return True


def _check_part(name: str, content: bytes) -> None:
    root = _xml(name, content)
    if name.endswith(".rels"):
        _check_links(root)


def _xml(name: str, content: bytes) -> etree._Element:
    """The part's root; lxml itself refuses what is nested deeper than 256."""
    try:
        root = etree.fromstring(content, _PARSER)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise _Refused(f"its part {name} is nested too deep (tables inside tables?)") from error
        message = f"the file is damaged ({name}: {error}); open it in Word and save it again"
        raise _Refused(message) from error
    if _doctype(root):
        raise _Refused(f"its part {name} has a document type declaration, which no Word file has")
    return root


def _doctype(root: etree._Element) -> str:
    information: Any = root.getroottree().docinfo
    return str(information.doctype)


def _check_links(relationships: etree._Element) -> None:
    for link in relationships:
        kind = (link.get("Type") or "").rpartition("/")[2]
        if (link.get("TargetMode") or "").lower() == "external" and kind != "hyperlink":
            what = f"{kind or 'part'} from elsewhere ({link.get('Target')})"
            raise _Refused(f"it would load a {what}; put it into the document itself")


def _main_part(members: Mapping[str, bytes]) -> str:
    for link in _xml("_rels/.rels", members["_rels/.rels"]):
        if (link.get("Type") or "").endswith("/officeDocument"):
            return posixpath.normpath((link.get("Target") or "").lstrip("/"))
    return ""


def _check_kind(members: Mapping[str, bytes], main: str) -> None:
    kinds = _xml("[Content_Types].xml", members["[Content_Types].xml"])
    named = [entry for entry in kinds if (entry.get("PartName") or "").lstrip("/") == main]
    ending = main.rpartition(".")[2].lower()  # programs made with .NET say it of every part that ends so
    for entry in named or [entry for entry in kinds if (entry.get("Extension") or "").lower() == ending]:
        kind = entry.get("ContentType") or ""
        if kind == _MAIN:
            return
        if "macro" in kind.lower():
            raise _Refused("it is a document with macros (.docm); save it in Word as a plain .docx")
        raise _Refused(f"it is not a Word document but {kind or 'something unknown'}")
    raise _Refused("the file is damaged (the document's kind is not stated); open it in Word and save it again")
