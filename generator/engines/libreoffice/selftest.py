"""Can this LibreOffice make a page? Tried once for each installation, then remembered in the user's cache folder."""

from __future__ import annotations

import hashlib
import json
import os

from generator.engines.libreoffice.converter import LibreOffice
from generator.engines.protocol import Docx, Pdf
from generator.files.user_cache import folder
from generator.word_files.docx_package import packed

_KEPT = "libreoffice-selftest.json"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_TYPE}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>Ready to make documents</w:t></w:r></w:p></w:body></w:document>",
}


def page() -> Docx:
    """The smallest Word document with a few words in it."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return Docx("self-test", packed({name: f"{head}{text}".encode() for name, text in _PARTS.items()}))


def passes(engine: LibreOffice) -> bool:
    """True when the engine makes the test page with all its words; the answer is kept until the program changes."""
    key = _key(engine)
    kept = _read()
    if key in kept:
        return kept[key]
    result = next(iter(engine.convert([page()])))
    outcome = isinstance(result, Pdf) and not result.warnings
    _keep({**kept, key: outcome} if outcome else kept)
    return outcome


def _key(engine: LibreOffice) -> str:
    """Path, version and time of the program: an update or another installation is tested again."""
    changed = engine.program.resolve().stat().st_mtime_ns
    return hashlib.sha256(f"{engine.about()}|{changed}".encode()).hexdigest()[:24]


def _read() -> dict[str, bool]:
    try:
        kept = json.loads((folder() / _KEPT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {k: v for k, v in kept.items() if v is True} if isinstance(kept, dict) else {}


def _keep(kept: dict[str, bool]) -> None:
    """Write beside and replace; a cache that cannot be written is no reason to stop."""
    try:
        folder().mkdir(parents=True, exist_ok=True)
        beside = folder() / f"{_KEPT}.{os.getpid()}"
        beside.write_text(json.dumps(kept), encoding="utf-8")
        beside.replace(folder() / _KEPT)
    except OSError:
        return
