"""What a blank Word form would fetch or start: linked pictures are taken out and told, anything else refuses it."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

from lxml import etree

from generator.forms.answer_places.place import FormRefused
from generator.word_files.docx_package import (
    LinksOut,
    Package,
    R,
    packed,
    parse,
    read_package,
    rels_name,
    serialize,
    unpacked,
)
from generator.word_files.field_codes import fields

_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_IMAGEDATA = "{urn:schemas-microsoft-com:vml}imagedata"
_EMBED, _LINK, _HREF, _ID = R + "embed", R + "link", R + "href", R + "id"
_BLANK = "word/media/not-fetched.png"
_NOTHING = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
"""A picture of one point that one sees through."""
_CALLING = re.compile(r"^\s*(?:(DDEAUTO|DDE|LINK|INCLUDETEXT|IMPORT|RD|DATABASE)\b|(QUOTE)(?:\s+\d{1,3}){3})", re.I)
"""A field that takes in another file or program; a text written as numbers of letters hides what it says."""
_FETCHING = re.compile(
    r"^\s*INCLUDEPICTURE\b[^\"]{0,99}?(?:\"\s*|\s)((?:(?:https?|ftp|file):|\\\\|//)[^\"\s]{0,200})", re.I
)
"""A picture field with an address of the web or of a network; from a folder of the computer it fetches nothing new."""
_WEB = re.compile(r"^\s*(?:https?|ftp):", re.I)
_ADVICE = "do not use it; ask the authority for its form again"
_UNLINK = "open it in Word, click that picture, press Ctrl+Shift+F9, and save the form"


def read_without_links(content: bytes) -> tuple[bytes, Package, tuple[str, ...]]:
    """A Word file's bytes and parts, linked pictures taken out, with what to tell of them.

    Raises NotAWordFile for what is none, and for one that would fetch anything else.
    """
    try:
        return content, read_package(content), ()
    except LinksOut as error:
        if error.kind != "image":
            raise
        content, told = without_linked_pictures(content)
        return content, read_package(content), told  # refused again where it reaches out in another way


def without_linked_pictures(content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The form without the pictures that it would fetch, and what to tell of each; other parts keep their bytes.

    A picture that the file holds as well stays; one that is only linked leaves an empty picture in its place.
    """
    parts = unpacked(content)
    told: list[str] = []
    for name in [n for n in parts if f"{n.rpartition('/')[0]}/_rels/{n.rpartition('/')[2]}.rels" in parts]:
        told += _part_without(parts, name)
    types = parse(parts["[Content_Types].xml"])
    known = {one.get("Extension", "").lower() for one in types}
    if _BLANK in parts and "png" not in known:
        default = etree.SubElement(types, f"{{{etree.QName(types).namespace}}}Default")
        default.set("Extension", "png")
        default.set("ContentType", "image/png")
        types.insert(0, default)
        parts["[Content_Types].xml"] = serialize(types)
    return (packed(parts) if told else content), tuple(told)


def _part_without(parts: dict[str, bytes], name: str) -> Iterator[str]:
    rels = parse(parts[rels_name(name)])
    linked = {
        one.get("Id", ""): one
        for one in rels
        if one.get("TargetMode") == "External" and one.get("Type", "").endswith("/image")
    }
    if not linked:
        return
    root, used = parse(parts[name]), set()
    for picture in root.iter(_BLIP, _IMAGEDATA):
        link, own = (_LINK, _EMBED) if picture.tag == _BLIP else (_HREF, _ID)
        outside = picture.get(link, "") if picture.get(link) in linked else picture.get(own, "")
        if outside not in linked:
            continue
        used.add(outside)
        if link in picture.attrib:
            del picture.attrib[link]
        if picture.get(own) in (None, outside):
            picture.set(own, outside)
    for id_ in sorted(used):
        one, kept = linked[id_], any(p.get(a) == id_ for p in root.iter(_BLIP, _IMAGEDATA) for a in (_EMBED, _ID))
        target = one.get("Target", "")
        if kept:
            one.set("Target", "/" + _BLANK)
            del one.attrib["TargetMode"]
            parts[_BLANK] = _NOTHING
            yield f"a picture of the form is only linked ({target}): it is not fetched, an empty one stands there"
        else:
            rels.remove(one)
            yield f"the link of a picture was taken out ({target}); the picture itself is in the form"
    parts[name], parts[rels_name(name)] = serialize(root), serialize(rels)


def refuse_what_reaches_out(package: Package) -> None:
    """Raise FormRefused for fields that start programs or take files in, and for a template fetched from the web."""
    for name, kind in package.names.items():
        if "wordprocessingml" not in kind:
            continue
        root = parse(package.parts[name])
        if root.getroottree().docinfo.internalDTD is not None:
            raise FormRefused("it declares entities, which no Word file needs", _ADVICE)
        for one in fields(root, unfinished=True):
            if found := _CALLING.match(one.instruction):
                said = found[1] or found[2]
                raise FormRefused(f"a field of it calls other programs or files ({said.upper()})", _ADVICE)
            if found := _FETCHING.match(one.instruction):
                raise FormRefused(f"a field of it fetches a picture from outside ({found[1]})", _UNLINK)
    settings = package.related(package.main, "settings")
    for relation in package.relations(settings) if settings else ():
        if relation.kind == "attachedTemplate" and relation.external and _WEB.match(relation.target):
            raise FormRefused(f"it takes its template from outside ({relation.target})", _ADVICE)
