"""Pictures and objects of a Word file of which no program can show anything: told, whichever engine draws the rest.

An engine draws nothing in their place, or an empty frame, and says nothing; Word shows a red cross.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zlib
from collections.abc import Iterator, Mapping

from lxml import etree

from generator.engines.docx.docx_contents import W
from generator.engines.docx.near_words import WordsBeside
from generator.engines.docx.part_relations import reference, targets
from generator.values.notice import Notice

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PLACEABLE = b"\xd7\xcd\xc6\x9a"
_MOST = 64 * 1024 * 1024
"""Bytes of a drawing, unpacked: far more than Word makes of any."""
_LOST = (W + "del", W + "moveFrom", _MC + "Fallback")


def told(members: Mapping[str, bytes], stories: Mapping[str, etree._Element]) -> list[Notice]:
    """A sentence for each picture that is not there or is damaged, and for each object without a picture."""
    found: list[Notice] = []
    for part, root in stories.items():
        beside = WordsBeside(root)
        found += _unshown(members, part, root, beside)
        found += _without_picture(root, beside)
    return list({(str(one), one.near): one for one in found}.values())


def is_sound(name: str, content: bytes) -> bool:
    """False for a drawing of Windows that breaks off or is none; True for whatever is of another kind."""
    if name.lower().endswith((".emz", ".wmz")) or content.startswith(b"\x1f\x8b"):
        try:
            content = _unpacked(content)
        except (ValueError, zlib.error):
            return False
    kind = name.lower().rpartition(".")[2]
    if content[40:44] == b" EMF":
        return len(content) >= 88 and struct.unpack_from("<I", content, 48)[0] <= len(content)
    if content.startswith(_PLACEABLE):
        return len(content) >= 46 and 22 + 2 * struct.unpack_from("<I", content, 28)[0] <= len(content) + 2
    if content[:4] in (b"\x01\x00\x09\x00", b"\x02\x00\x09\x00"):
        return len(content) >= 24 and 2 * struct.unpack_from("<I", content, 6)[0] <= len(content) + 2
    # A picture of dots under the name of a drawing is known by its first letters, as Word knows it.
    return kind not in ("emf", "wmf", "emz", "wmz") or content.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM"))


def _unpacked(content: bytes) -> bytes:
    """Raises ValueError for what breaks off or grows over `_MOST`, as a few kilobytes may."""
    unpack = zlib.decompressobj(31)
    found = unpack.decompress(content, _MOST)
    if not unpack.eof:
        raise ValueError("it breaks off, or is too large for a drawing")
    return found


def _unshown(members: Mapping[str, bytes], part: str, root: etree._Element, beside: WordsBeside) -> Iterator[Notice]:
    shown = [one for one in root.iter(_A + "blip", _V + "imagedata") if not _is_lost(one)]
    known = targets(members, part) if shown else {}
    for one in shown:
        name = known.get(reference(one))
        if name is None or (name in members and is_sound(name, members[name])):
            continue  # also what is linked, which is told where the link is cut
        why = "it is damaged" if name in members else "it is not in the document"
        yield Notice(
            f"the picture {posixpath.basename(name)}{beside.where} is not shown by any program: {why}",
            near=beside.near(one),
        )


def _without_picture(root: etree._Element, beside: WordsBeside) -> Iterator[Notice]:
    for held in root.iter(W + "object"):
        inside = {one.tag for one in held.iter()}
        if not _is_lost(held) and not inside & {_V + "imagedata", _A + "blip", W + "control", W + "drawing"}:
            program = next((one.get("ProgID") or "" for one in held.iter(_O + "OLEObject")), "")
            kind = re.sub(r"\.(?:Sheet|Document|Show|Chart|Slide)?[.\d]*$", "", program) or "unknown"
            what = f"an object of another program ({kind}){beside.where}"
            said = f"{what} is not shown: the document holds no picture of it"
            yield Notice(said, near=beside.near(held))


def _is_lost(one: etree._Element) -> bool:
    return next(one.iterancestors(*_LOST), None) is not None
