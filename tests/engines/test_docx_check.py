"""Which files no engine may open, and what the user is told."""

from __future__ import annotations

import io
import zipfile

import pytest

from generator.engines.docx import docx_check
from tests import word_files

GOOD = word_files.paragraphs("A good page.")


@pytest.mark.whole
def test_an_ordinary_document_may_be_opened() -> None:
    assert docx_check.refusal(word_files.plan()) is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not a Word document"),
        (b"plain words", "not a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "has a password or is an old .doc"),
        (GOOD[: len(GOOD) // 2], "damaged"),
        (word_files.with_parts(GOOD, {"word/document.xml": None}), "the document itself is missing"),
        (word_files.with_parts(GOOD, {"[Content_Types].xml": None}), "[Content_Types].xml is missing"),
        (word_files.with_parts(GOOD, {"word/document.xml": b"<w:document"}), "damaged (word/document.xml"),
        (word_files.with_parts(GOOD, {"word/vbaProject.bin": b"x"}), "macros or ActiveX"),
    ],
)
def test_what_is_no_sound_document_is_refused(content: bytes, words: str) -> None:
    assert words in (docx_check.refusal(content) or "accepted")


@pytest.mark.parametrize("name", ["docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"])
def test_properties_that_are_wrongly_written_are_as_if_there_were_none(name: str) -> None:
    opened = docx_check.opened(word_files.with_parts(GOOD, {name: b'<Properties><w:t on="1"/></Properties>'}))
    assert isinstance(opened, dict) and b"w:t" not in opened[name]


def test_a_document_with_macros_is_refused_by_its_declared_kind() -> None:
    types = word_files.part(GOOD, "[Content_Types].xml").replace(
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main", b"vnd.ms-word.document.macroEnabled.main"
    )
    assert ".docm" in (docx_check.refusal(word_files.with_parts(GOOD, {"[Content_Types].xml": types})) or "accepted")


def linked_picture(address: str) -> bytes:
    """A document whose picture is not in it but at an address, loaded when it is opened."""
    document = word_files.blank()
    word_files.add_picture(document, "a picture")
    content = word_files.content(document)
    body = word_files.part(content, "word/document.xml")
    relations = word_files.part(content, "word/_rels/document.xml.rels")
    name = body[body.index(b'r:embed="') + 9 :].split(b'"')[0]
    start = relations.index(b'Id="' + name + b'"')
    start, end = relations.rindex(b"<", 0, start), relations.index(b"/>", start) + 2
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    link = b'<Relationship Id="%s" Type="%s" Target="%s" TargetMode="External"/>' % (name, kind, address.encode())
    return word_files.with_parts(
        content,
        {
            "word/document.xml": body.replace(b'r:embed="' + name, b'r:link="' + name),
            "word/_rels/document.xml.rels": relations[:start] + link + relations[end:],
        },
    )


def test_a_picture_from_elsewhere_is_refused_and_its_address_named() -> None:
    reason = docx_check.refusal(linked_picture("http://127.0.0.1:9/pixel.png"))
    assert reason is not None
    assert "image from elsewhere (http://127.0.0.1:9/pixel.png)" in reason


def test_links_to_click_are_allowed() -> None:
    document = word_files.blank()
    word_files.add_link(document.add_paragraph("See "), "https://www.example.org", "there")
    assert docx_check.refusal(word_files.content(document)) is None


@pytest.mark.whole
def test_a_part_that_unpacks_from_nothing_is_refused() -> None:
    bomb = word_files.with_parts(GOOD, {"word/media/image1.png": bytes(40_000_000)})
    assert len(bomb) < 200_000
    assert "from next to nothing" in (docx_check.refusal(bomb) or "accepted")


def test_a_document_with_too_much_in_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_check, "MOST_MEMBERS", 5)
    assert "more than the 5" in (docx_check.refusal(GOOD) or "accepted")
    monkeypatch.undo()
    monkeypatch.setattr(docx_check, "MOST_BYTES", 1024**2 // 10)
    assert "it unpacks to" in (docx_check.refusal(GOOD) or "accepted")


def test_entities_and_deep_nesting_are_refused() -> None:
    body = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>'
    declared = word_files.with_parts(GOOD, {"word/document.xml": body})
    assert "document type declaration" in (docx_check.refusal(declared) or "accepted")
    deep = word_files.with_parts(GOOD, {"word/document.xml": b"<a>" * 400 + b"</a>" * 400})
    assert "nested too deep" in (docx_check.refusal(deep) or "accepted")


def test_a_part_that_is_there_twice_is_refused() -> None:
    target = io.BytesIO(GOOD)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(target, "a") as package:
        package.writestr("word/document.xml", "<other/>")
    assert "is there twice" in (docx_check.refusal(target.getvalue()) or "accepted")
