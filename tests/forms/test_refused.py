"""Forms that cannot or must not be used are refused with a reason; another kind of file is turned into Word first."""

from __future__ import annotations

import io
import re
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


@pytest.mark.whole
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


_PICTURE = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:drawing>'
    '<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" %s/></w:drawing></w:r></w:p>'
)


def linking(picture: str, kind: str = "image", target: str = "http://elsewhere.example/crest.png") -> bytes:
    """A good form with something that it takes from outside."""
    parts = unpacked(brackenshire().content())
    document, rels = "word/document.xml", "word/_rels/document.xml.rels"
    more = (
        f'<Relationship Id="rOut" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    )
    parts[rels] = parts[rels].replace(b"</Relationships>", more.encode())
    parts[document] = parts[document].replace(b"<w:body>", b"<w:body>" + picture.encode(), 1)
    return packed(parts)


@pytest.mark.whole
def test_a_linked_picture_is_taken_out_and_told_and_nothing_is_fetched() -> None:
    form = read_form_file(linking(_PICTURE % 'r:link="rOut"'), "form.docx")
    assert "http://elsewhere.example/crest.png" in form.notes[0] and "not fetched" in form.notes[0]
    parts = unpacked(form.content)
    assert not [n for n, c in parts.items() if b"elsewhere.example" in c]
    assert b'r:embed="rOut"' in parts["word/document.xml"] and parts["word/media/not-fetched.png"][:4] == b"\x89PNG"
    before = unpacked(brackenshire().content())
    touched = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert all(parts[name] == before[name] for name in before if name not in touched)


@pytest.mark.parametrize("default", [b'Extension="PNG"', b"Extension='png'"])
def test_a_kind_of_picture_that_the_form_knows_is_not_named_twice(default: bytes) -> None:
    parts = unpacked(linking(_PICTURE % 'r:link="rOut"'))
    types = parts["[Content_Types].xml"].replace(b'Extension="png"', b'Extension="x-png"')
    more = b"<Default %s ContentType='image/png'/></Types>" % default
    form = read_form_file(packed({**parts, "[Content_Types].xml": types.replace(b"</Types>", more)}), "form.docx")
    assert unpacked(form.content)["[Content_Types].xml"].lower().count(b'extension="png"') <= 1
    assert unpacked(form.content)["[Content_Types].xml"].count(b"image/png") == more.count(b"image/png") + types.count(
        b"image/png"
    )


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("DATABASE \\d C:/x.mdb", "DATABASE"),
        ('INCLUDEPICTURE "https://elsewhere.example/x.png" \\* MERGEFORMATINET', "elsewhere.example/x.png"),
        ('INCLUDEPICTURE \\d "\\\\\\\\server\\\\share\\\\x.png"', "server"),
        ('INCLUDEPICTURE "C:\\\\pictures\\\\x.png" \\d', ""),
    ],
)
def test_fields_that_fetch_are_refused(said: str, why: str) -> None:
    parts = unpacked(brackenshire().content())
    field = f"<w:p><w:fldSimple w:instr=' {said} '><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>".encode()
    content = packed(
        {**parts, "word/document.xml": parts["word/document.xml"].replace(b"<w:body>", b"<w:body>" + field)}
    )
    if why:
        assert why in refused(content, "form.docx")
    else:
        assert read_form_file(content, "form.docx").places


def test_of_a_picture_that_the_form_holds_as_well_only_the_link_goes() -> None:
    form = read_form_file(linking(_PICTURE % 'r:embed="rOwn" r:link="rOut"'), "form.docx")
    assert "itself is in the form" in form.notes[0] and b'r:embed="rOwn"' in unpacked(form.content)["word/document.xml"]
    assert "word/media/not-fetched.png" not in unpacked(form.content)


@pytest.mark.whole
def test_what_else_reaches_out_is_refused() -> None:
    assert "oleObject" in refused(linking("", "oleObject"), "form.docx")
    assert "image" in refused(linking(""), "form.docx")  # linked by nothing that is a picture
    parts = unpacked(brackenshire().content())
    calling = b'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DD</w:instrText></w:r><w:r>'
    calling += b'<w:instrText>EAUTO c:/x.exe</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    called = parts["word/document.xml"].replace(b"<w:body>", b"<w:body>" + calling, 1)
    assert "DDEAUTO" in refused(packed({**parts, "word/document.xml": called}), "form.docx")
    rels = b"""<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
    <Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    Target="https://elsewhere.example/x.dotm" TargetMode="External"/></Relationships>"""
    assert "template" in refused(changed("word/_rels/settings.xml.rels", rels), "form.docx")
    read_form_file(changed("word/_rels/settings.xml.rels", rels.replace(b"https:", b"file:")), "form.docx")


def of_other_prefix(code: str, ended: bool = True) -> bytes:
    """A good form whose document calls its namespace otherwise, with a field of this code."""
    parts = unpacked(brackenshire().content())
    field = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>' + code + "</w:instrText></w:r>"
    field += ('<w:r><w:fldChar w:fldCharType="end"/></w:r>' if ended else "") + "</w:p>"
    xml = parts["word/document.xml"].decode().replace("<w:body>", "<w:body>" + field, 1)
    xml = re.sub(r"(?<=[<\s/])w:(?=[A-Za-z])", "doc:", xml).replace("xmlns:w=", "xmlns:doc=")
    return packed({**parts, "word/document.xml": xml.encode()})


@pytest.mark.whole
@pytest.mark.parametrize("ended", [True, False])
def test_a_field_is_refused_whatever_its_namespace_is_called_and_whether_it_ends(ended: bool) -> None:
    assert "DDEAUTO" in refused(of_other_prefix("DDEAUTO c:/x.exe", ended), "form.docx")
    assert "QUOTE" in refused(of_other_prefix("QUOTE 68 68 69 32"), "form.docx")
    assert len(read_form_file(of_other_prefix("PAGE"), "form.docx").places) > 20


@pytest.mark.whole
def test_entities_are_refused_however_far_down_they_are_declared() -> None:
    parts = unpacked(brackenshire().content())
    xml = parts["word/document.xml"].split(b"?>", 1)
    padded = xml[0] + b"?><!--" + b" " * 5000 + b'--><!DOCTYPE x [<!ENTITY e "e">]>' + xml[1]
    assert "entities" in refused(packed({**parts, "word/document.xml": padded}), "form.docx")
