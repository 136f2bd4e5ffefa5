"""Word and OpenDocument files unpacked within a limit and packed again: same parts, same bytes."""

from __future__ import annotations

import io
import zipfile

from generator.bundle.bundle_parts import Refused
from generator.files.damaged_archives import DAMAGED

_MAX_UNPACKED = 300 * 1024 * 1024


def unpacked(content: bytes, what: str, advice: str) -> dict[str, bytes]:
    """Every part by its name, in the order of the file. Raises Refused: too big, or damaged, with the advice."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MAX_UNPACKED:
                raise Refused("bundle/too-big", "unpacks to more than 300 MB", "save it as PDF and put that file here")
            return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
    except DAMAGED as error:
        raise Refused("bundle/broken-word", f"is a damaged {what} ({error})", advice) from None


def packed(parts: dict[str, bytes]) -> bytes:
    """The parts again; the kind of an OpenDocument file stands first and unpacked, as its standard asks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: name != "mimetype"):
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), parts[name], how)
    return out.getvalue()
