"""What LibreOffice does wrong, and that it costs nothing but the document that caused it."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from generator.engines import Docx, Failure, Pdf
from generator.engines.docx.copy_prepared import docx_prepare
from generator.engines.libreoffice import converter
from tests import word_files
from tests.conftest import need_program
from tests.engines.test_docx_check import linked_picture

GOOD = word_files.paragraphs("A good page.")
HURRIED = converter.Patience(start=10, each=4)
"""Starting takes two seconds; of what a machine that tests fill adds, only the wait for a processor does not count."""


@pytest.fixture
def office() -> Iterator[converter.LibreOffice]:
    need_program("soffice")
    engine = converter.start()
    yield engine
    engine.close()


@pytest.fixture
def visits() -> Iterator[list[str]]:
    """A web server on this machine; the list grows with every visit, its first entry is the address."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    seen.append(f"http://127.0.0.1:{server.server_port}")
    yield seen
    server.shutdown()
    thread.join()
    server.server_close()


Office = converter.LibreOffice


@pytest.mark.whole
def test_a_linked_picture_is_refused_before_the_program_sees_it(office: Office, visits: list[str]) -> None:
    result = next(iter(office.convert([Docx("x", linked_picture(visits[0] + "/pixel.png"))])))
    assert isinstance(result, Failure) and "would load a image" in result.reason
    assert len(visits) == 1


@pytest.mark.whole
def test_even_a_linked_picture_that_slips_through_is_not_loaded(office: Office, visits: list[str]) -> None:
    drawn = office.draw({0: linked_picture(visits[0] + "/pixel.png")})
    assert isinstance(drawn[0], bytes)
    assert len(visits) == 1


@pytest.mark.whole
def test_without_our_settings_it_would_be_loaded(visits: list[str], tmp_path: Path) -> None:
    """Shows that the two tests above could fail: the same picture, the same program, its usual settings."""
    soffice = need_program("soffice")
    source = tmp_path / "x.docx"
    source.write_bytes(linked_picture(visits[0] + "/pixel.png"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert "/pixel.png" in visits


@pytest.mark.whole
def test_a_document_that_takes_too_long_costs_only_itself() -> None:
    need_program("soffice")
    office = converter.LibreOffice(converter.start().program, HURRIED)
    documents = [Docx("a", GOOD), Docx("endless", endless()), Docx("b", GOOD), Docx("c", GOOD)]
    results = list(office.convert(documents))
    office.close()
    assert [type(result) for result in results] == [Pdf, Failure, Pdf, Pdf]
    assert isinstance(results[1], Failure)
    assert results[1].reason == "LibreOffice had not finished after 10 seconds and was stopped"
    assert not _left_running(office)


def endless() -> bytes:
    """A table of so many rows that LibreOffice needs minutes."""
    body = word_files.part(GOOD, "word/document.xml")
    row = b"<w:tr><w:tc><w:tcPr/><w:p/></w:tc></w:tr>"
    table = b'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid>' + row * 60_000 + b"</w:tbl>"
    return word_files.with_parts(GOOD, {"word/document.xml": body.replace(b"<w:body>", b"<w:body>" + table)})


def _left_running(office: converter.LibreOffice) -> bool:
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    return str(office._workspace or "sendpack-no-such") in listed


@pytest.mark.whole
def test_a_document_at_which_the_program_dies_costs_only_itself(tmp_path: Path) -> None:
    """A stand-in that passes the work on to the real program, but dies when document 1 is among it."""
    if sys.platform == "win32":
        pytest.skip("the stand-in is a shell script")
    real = need_program("soffice")
    program = tmp_path / "soffice"
    dies = 'case "$*" in *0001.docx*) echo "Unspecified Application Error"; kill -SEGV $$;; esac'
    program.write_text(f'#!/bin/sh\n{dies}\nexec "{real}" "$@"\n')
    program.chmod(0o755)
    office = converter.LibreOffice(program)
    results = list(office.convert([Docx(name, GOOD) for name in "abc"]))
    office.close()
    assert [type(result) for result in results] == [Pdf, Failure, Pdf]
    assert isinstance(results[1], Failure) and "Unspecified Application Error" in results[1].reason


@pytest.mark.whole
def test_what_the_program_says_is_passed_on_without_our_folders(office: converter.LibreOffice) -> None:
    broken = word_files.with_parts(GOOD, {"word/document.xml": b"<w:document", "[Content_Types].xml": None})
    reason = office.draw({0: broken})[0]
    assert isinstance(reason, str)
    assert "source file could not be loaded" in reason
    assert "sendpack-" not in reason


@pytest.mark.whole
def test_results_come_in_order_over_several_runs(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converter, "CHUNK", 2)
    documents = [Docx(str(number), word_files.paragraphs(f"Document {number}.")) for number in range(5)]
    results = list(office.convert(documents))
    assert [result.name for result in results] == ["0", "1", "2", "3", "4"]
    assert all(isinstance(result, Pdf) and result.warnings == () for result in results)


@pytest.mark.whole
def test_nothing_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need_program("soffice")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    office = converter.start()
    assert isinstance(next(iter(office.convert([Docx("x", GOOD)]))), Pdf)
    office.close()
    assert list(tmp_path.iterdir()) == []


def test_links_styled_by_hand_get_the_style_that_the_program_needs() -> None:
    document = word_files.blank()
    word_files.add_link(document.add_paragraph("See "), "https://www.example.org", "there")
    prepared = docx_prepare.prepare(word_files.content(document)).content
    assert b'<w:rStyle w:val="SendpackLink"/>' in word_files.part(prepared, "word/document.xml")
    assert word_files.part(prepared, "word/styles.xml").count(b'w:styleId="SendpackLink"') == 1
