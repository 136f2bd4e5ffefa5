"""Forms that cannot or must not be used are refused with a reason; another kind of file is turned into Word first."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest

from generator.forms.answer_places.place import FormRefused
from generator.forms.answer_places.read_form import read_form_file
from generator.word_files.docx_package import packed, unpacked
from tests.forms.conftest import Learned
from tests.forms.invented_forms import InventedForm, brackenshire

Get = Callable[[str], Learned]


def refused(content: bytes, name: str) -> str:
    with pytest.raises(FormRefused) as caught:
        read_form_file(content, name, lambda _, kind: "there is no LibreOffice here")
    assert caught.value.advice
    return caught.value.message


def changed(part: str, content: bytes) -> bytes:
    """A good Word form with one part changed or added."""
    parts = unpacked(brackenshire().content())
    return packed({**parts, part: content})


def with_types(old: bytes, new: bytes) -> bytes:
    parts = unpacked(brackenshire().content())
    return packed({**parts, "[Content_Types].xml": parts["[Content_Types].xml"].replace(old, new)})


def test_broken_macro_and_hostile_word_files() -> None:
    assert "damaged" in refused(b"PK\3\4 not a zip", "form.docx")
    plain = b"openxmlformats-officedocument.wordprocessingml.document.main+xml"
    assert "macros" in refused(with_types(plain, b"ms-word.document.macroEnabled.main+xml"), "form.docx")
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    assert "entities" in refused(changed("customXml/item9.xml", bomb), "form.docx")
    rels = b"""<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
    <Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    Target="http://elsewhere.example/x.png" TargetMode="External"/></Relationships>"""
    assert "outside" in refused(changed("word/_rels/footer9.xml.rels", rels), "form.docx")


def test_a_form_without_places_and_other_kinds_of_file() -> None:
    empty = InventedForm()
    empty.line("A letter to parents, with nothing to fill in.")
    assert "no place" in refused(empty.content(), "letter.docx")
    assert "LibreOffice" in refused(b"\xd0\xcf\x11\xe0 an old Word file", "form.doc")
    assert "password" in refused(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "form.docx")


def test_pdfs_that_are_no_forms_locked_or_hostile(learned: Get) -> None:
    content = learned("kilnshire-referral")[0].content
    assert "damaged" in refused(b"%PDF-1.7 nothing", "form.pdf")

    def with_change(change: Callable[[pikepdf.Pdf], None], **saved: object) -> bytes:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(content)) as pdf:
            change(pdf)
            pdf.save(out, **saved)
        return out.getvalue()

    def launch(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("x.exe")))

    def no_form(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.AcroForm
        del pdf.pages[0].obj["/Annots"]

    assert "programs" in refused(with_change(launch), "form.pdf")
    assert "no fields" in refused(with_change(no_form), "form.pdf")
    locked = with_change(lambda pdf: None, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    assert "password" in refused(locked, "form.pdf")
