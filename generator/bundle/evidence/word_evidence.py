"""Word evidence before it is converted: what it would print that nobody meant to send."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from generator.bundle.bundle_parts import Refused
from generator.bundle.evidence.word_unseen import settle

_MAX_UNPACKED = 300 * 1024 * 1024
_EXTERNAL = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>")


def prepare(content: bytes, accept_changes: bool) -> tuple[bytes, list[str], list[str]]:
    """A Word document as it may be printed, what was done to it, and what was removed.

    Refused when it holds tracked changes (LibreOffice prints deleted words) and `accept_changes` is False, or another
    document, when it unpacks to more than 300 MB, or when its XML cannot be read.
    """
    parts = _unpack(content)
    done, removed = settle(parts, accept_changes)
    if any(name.startswith("word/comments") for name in parts):
        removed.append("comments")
    fetched = sum(_cut_links(parts, name) for name in sorted(parts) if name.endswith(".rels"))
    if fetched:
        removed.append(f"{fetched} picture(s) or part(s) that were to be fetched from elsewhere")
    return _pack(parts), done, removed


def _unpack(content: bytes) -> dict[str, bytes]:
    """Every part of the document, in its order."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MAX_UNPACKED:
                raise Refused("bundle/too-big", "unpacks to more than 300 MB", "save it as PDF and put that file here")
            return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError, NotImplementedError, EOFError) as error:
        raise Refused("bundle/broken-word", f"is a damaged Word document ({error})", "ask for the file again") from None


def _pack(parts: dict[str, bytes]) -> bytes:
    """The parts as a Word document again; same parts, same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _cut_links(parts: dict[str, bytes], name: str) -> int:
    """Point everything external but hyperlinks at nothing, so that no engine fetches it; how many there were."""
    count = 0

    def cut(match: re.Match[bytes]) -> bytes:
        nonlocal count
        if b"/hyperlink" in match[0]:
            return match[0]
        count += 1
        return re.sub(rb"(Target\s*=\s*)([\"']).*?\2", rb"\1\2about:blank\2", match[0], count=1)

    parts[name] = _EXTERNAL.sub(cut, parts[name])
    return count
