"""Files that other programs write as Word and LibreOffice never do, and both read: taken in like any other."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from generator.engines import Docx, Pdf
from generator.engines.libreoffice import converter
from tests.bundle.taken import refusal, take
from tests.engines.real_engines import engine_called
from tests.raw_word import para, word
from tests.word_files import with_parts

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
DOTNET = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Default Extension="xml" ContentType="{MAIN}"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)


@pytest.mark.whole
@pytest.mark.parametrize("engine", ["embedded", "libreoffice"])
def test_a_word_file_made_with_dotnet_goes_in(engine: str) -> None:
    """It says of every part that ends in .xml that it is the document."""
    content, _ = take(with_parts(word(para("Words of a report")), {"[Content_Types].xml": DOTNET.encode()}))
    chosen = engine_called(engine)
    [made] = chosen.convert([Docx("report", content)])
    assert isinstance(made, Pdf) and not made.warnings


def odt(content: str | bytes, manifest: str = "<manifest/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


TEXT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">'
    "<office:body/></office:document-content>"
)


def test_an_open_document_that_names_its_document_type_goes_in() -> None:
    named = '<!DOCTYPE office:document-content PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "office.dtd">'
    assert take(odt(named + TEXT))[1].kind == "OpenDocument text"
    own = '<!DOCTYPE office:document-content [<!ENTITY a "words">]>'
    assert "entities" in refusal(odt(own + TEXT)).message


def test_an_entity_is_seen_in_whatever_encoding_it_is_declared() -> None:
    own = '<!DOCTYPE office:document-content [<!ENTITY a "words">]>' + TEXT
    in_utf_7 = '<?xml version="1.0" encoding="UTF-7"?>' + own.replace("<!E", "+ADwAIQ-E")
    for content in (in_utf_7.encode("ascii"), own.encode("utf-16"), own.replace("ENTITY a", "ENTITY % a").encode()):
        assert "entities" in refusal(odt(content)).message
    assert take(odt('<?xml version="1.0" encoding="UTF-7"?>' + TEXT))[1].kind == "OpenDocument text"


def test_an_open_document_with_a_password_is_told_so() -> None:
    locked = '<manifest><file-entry full-path="content.xml"><encryption-data/></file-entry></manifest>'
    assert refusal(odt("\x00\x01", locked)).message == "needs a password to open"


@pytest.mark.parametrize(("first", "older"), [(b"\xdc\xa5\x68\x00", True), (b"\xec\xa5\xc1\x00", False)])
def test_files_of_word_6_and_95_are_read_as_such(
    first: bytes, older: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def draw(_: object, contents: dict[int, bytes], job: converter._Job) -> dict[int, bytes]:
        asked.append(job.reads)
        return contents

    monkeypatch.setattr(converter.LibreOffice, "draw", draw)
    content = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + first).ljust(2048, b"\0")
    office = object.__new__(converter.LibreOffice)
    assert office.to_word(content, "doc") == content
    assert asked == ["MS WinWord 6.0" if older else "MS Word 97"]
