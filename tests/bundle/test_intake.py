"""Evidence as it really comes: broken, locked, with hidden things inside; each class is made here, and told."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from lxml import etree
from pikepdf import Array, Dictionary, Name, String

from generator.bundle.evidence.hidden.word_unseen import parser, written
from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts
from generator.word_files.tracked_changes import accept_all
from tests.bundle.taken import refusal, take
from tests.bundle_makers import docx, link_to, made, photo, plan_pdf, saved, scan


def portfolio() -> bytes:
    pdf = made()
    pdf.Root.Collection = Dictionary(Type=Name.Collection)
    return saved(pdf)


def xfa_only() -> bytes:
    pdf = made(text="Please wait...")
    form = Dictionary(Fields=Array(), XFA=pdf.make_stream(b"<xdp:xdp/>"))
    pdf.Root.AcroForm = form
    pdf.Root.NeedsRendering = True
    return saved(pdf)


def no_pages() -> bytes:
    return saved(pikepdf.new())


def with_password() -> bytes:
    return saved(made(), encryption=pikepdf.Encryption(user="secret", owner="secret"), deterministic_id=False)


def with_certificate() -> bytes:
    body = saved(made())
    lock = b"<< /Filter /Adobe.PubSec /SubFilter /adbe.pkcs7.s5 /V 4 /Recipients [ <00> ] >>"
    return body.replace(b"/Root", b"/Encrypt " + lock + b" /ID [<00><00>] /Root", 1)


def old_office() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return out.getvalue()


def tracked() -> bytes:
    parts = zipfile.ZipFile(io.BytesIO(docx("Report", ["He is KEPTWORD at home."])))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in parts.namelist():
            data = parts.read(name)
            if name == "word/document.xml":
                deleted = b'<w:p><w:del w:id="1" w:author="x"><w:r><w:delText>DELETEDSECRET</w:delText></w:r></w:del>'
                added = b'<w:ins w:id="2" w:author="x"><w:r><w:t>ADDED</w:t></w:r></w:ins></w:p>'
                data = data.replace(b"<w:p>", deleted + added + b"<w:p>", 1)
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "rule", "words"),
    [
        (with_password, "bundle/password", "needs a password"),
        (with_certificate, "bundle/certificate", "certificate"),
        (xfa_only, "bundle/xfa", "only Adobe Reader can show"),
        (no_pages, "bundle/no-pages", "has no pages"),
        (portfolio, "bundle/portfolio", "portfolio"),
        (lambda: b"", "bundle/empty", "is empty"),
        (lambda: bytes(5000), "bundle/empty", "is empty"),
        (lambda: b"<!DOCTYPE html><html><body>Log in</body></html>", "bundle/not-a-pdf", "a web page"),
        (lambda: b"Dear Mrs Brown, thank you", "bundle/not-a-pdf", "plain text"),
        (lambda: b"<?xml version='1.0'?><svg xmlns='x'/>", "bundle/not-a-pdf", "a drawing (SVG)"),
        (lambda: b"<!-- made - by -- hand --><s:svg xmlns:s='x'/>", "bundle/not-a-pdf", "a drawing (SVG)"),
        (
            lambda: b"<?xml version='1.0'?>\n<!DOCTYPE svg PUBLIC 'x' [ <!ENTITY a 'b'> ]>\n<svg/>",
            "bundle/not-a-pdf",
            "a drawing (SVG)",
        ),
        (lambda: b"<!DOCTYPE html><html><body><svg viewBox='0'/></body></html>", "bundle/not-a-pdf", "a web page"),
        (lambda: b"<?xml version='1.0'?><html xmlns='x'><svg/></html>", "bundle/not-a-pdf", "a web page"),
        (lambda: b"\x00\x00\x00\x20ftypisom" + bytes(90), "bundle/not-a-pdf", "a film"),
        (lambda: b"\x00\x00\x00\x20ftypM4A " + bytes(90), "bundle/not-a-pdf", "a sound recording"),
        (lambda: b"RIFF\x24\x00\x00\x00WAVEfmt ", "bundle/not-a-pdf", "a sound recording"),
        (lambda: b"\x00\x00\x00\x20ftypavif" + bytes(90), "bundle/not-a-pdf", "an AVIF picture"),
        (lambda: b"\x01\x00\x00\x00" + bytes(36) + b" EMF" + bytes(50), "bundle/not-a-pdf", "a Windows drawing"),
        (old_office, "bundle/not-a-pdf", "old Office file"),
        (lambda: zipped("xl/workbook.xml"), "bundle/not-a-pdf", "an Excel workbook"),
        (
            lambda: zipped("mimetype", "content.xml"),
            "bundle/not-a-pdf",
            "file that is no text",
        ),
        (lambda: zipped("a.pdf", "b.pdf"), "bundle/not-a-pdf", "a zip file"),
        (lambda: zipped("word/document.xml", "word/vbaProject.bin"), "bundle/macros", "macros"),
        (lambda: zipped("word/document.xml")[:40], "bundle/broken-word", "damaged"),
        (lambda: b"%PDF-1.7\nnothing else", "bundle/broken-pdf", "too damaged"),
        (lambda: photo()[:300], "bundle/broken-picture", "damaged picture"),
        (tracked, "bundle/tracked-changes", "tracked changes"),
    ],
)
def test_what_cannot_go_in_is_refused_in_one_sentence(content: Any, rule: str, words: str) -> None:
    refused = refusal(content())
    assert refused.rule == rule
    assert words in refused.message


def test_a_truncated_file_is_repaired_and_says_so() -> None:
    whole = saved(made(3))
    result, account = take(whole[: whole.rindex(b"xref")])
    assert account.repaired
    assert account.pages == 3
    assert any("damaged and has been repaired" in line for line in account.warnings)
    assert "Report page 3" in page_texts(result)[2]


def test_a_file_whose_last_pages_are_lost_is_refused_with_their_number() -> None:
    whole = saved(made(30))
    refused = refusal(whole[: len(whole) // 2])
    assert refused.rule == "bundle/broken-pdf"
    assert re.search(r"is damaged: \d+ of its 30 pages can be read", refused.message)


def test_restrictions_without_a_password_are_lifted_and_said() -> None:
    locked = saved(made(), encryption=pikepdf.Encryption(user="", owner="x"), deterministic_id=False)
    result, account = take(locked)
    assert any("restrictions" in line for line in account.done)
    assert not pikepdf.open(io.BytesIO(result)).is_encrypted


def dirty() -> pikepdf.Pdf:
    """Everything that has no place in a bundle, in one file."""
    pdf = made(2)
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('EVILSCRIPT')"))
    pdf.Root.OpenAction = script
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("s"), script])))
    pdf.attachments["secret.txt"] = b"SECRETATTACHMENT"
    pdf.pages[0].obj.AA = Dictionary(O=script)
    pdf.pages[0].obj.PieceInfo = Dictionary(Word=Dictionary(Private=String("PRIVATEDATA")))
    link_to(pdf, 1, A=script)
    link_to(pdf, 1, A=Dictionary(S=Name.Launch, F=String("cmd.exe")))
    link_to(pdf, 1, A=Dictionary(S=Name.URI, URI=String("file:///c:/users/jones")))
    link_to(pdf, 1, A=Dictionary(S=Name.URI, URI=String("https://www.york.gov.uk/send")))
    note = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Text,
        Rect=Array([9, 9, 29, 29]),
        Contents=String("PRIVATENOTE"),
        T=String("Jones"),
    )
    pdf.pages[0].obj.Annots.append(pdf.make_indirect(note))
    pdf.docinfo["/Author"] = "Jane Jones"
    pdf.Root.Metadata = pdf.make_stream(b"<x:xmpmeta>Jane Jones</x:xmpmeta>")
    picture = pdf.make_stream(photo((90, 90), gps=True))
    picture.Type, picture.Subtype, picture.Filter = Name.XObject, Name.Image, Name.DCTDecode
    picture.Width, picture.Height, picture.BitsPerComponent, picture.ColorSpace = 90, 90, 8, Name.DeviceRGB
    pdf.pages[1].obj.Resources.XObject = Dictionary(Im=picture)
    pdf.pages[1].obj.Contents = pdf.make_stream(b"q 200 0 0 200 100 400 cm /Im Do Q")
    return pdf


def test_a_film_that_is_taken_out_is_told() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    film = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Screen, Rect=pikepdf.Array([50, 300, 300, 500]), F=4
    )
    pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(film)])
    _, account = take(saved(pdf))
    assert any("film or sound taken out of it" in str(warning) for warning in account.warnings)


def test_scripts_files_notes_and_people_are_removed_and_listed() -> None:
    result, account = take(saved(dirty()))
    everything = saved(
        pikepdf.open(io.BytesIO(result)),
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )
    for secret in (
        b"EVIL",
        b"SECRETATT",
        b"PRIVATE",
        b"Jones",
        b"cmd.exe",
        b"file:///",
        b"SecretCamera",
        b"/JavaScript",
    ):
        assert secret not in everything, secret
    assert b"https://www.york.gov.uk/send" in everything
    told = "; ".join(account.removed)
    for what in (
        "attached file",
        "script",
        "sticky note",
        "action that starts a program",
        "link that is not a web address",
        "author and program names",
        "private data of a program",
        "camera's note",
    ):
        assert what in told, what


@pytest.mark.whole
def test_form_fields_are_drawn_onto_the_page() -> None:
    pdf = made()
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("name"),
            V=String("Ada Brown"),
            F=4,
            Rect=Array([60, 600, 300, 630]),
            DA=String("/Helv 12 Tf 0 g"),
            P=pdf.pages[0].obj,
        )
    )
    pdf.pages[0].obj.Annots = Array([field])
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([field]), DA=String("/Helv 12 Tf 0 g"), DR=Dictionary(Font=Dictionary(Helv=font))
    )
    result, account = take(saved(pdf))
    assert "Ada Brown" in page_texts(result)[0]
    assert "/AcroForm" not in pikepdf.open(io.BytesIO(result)).Root
    assert "1 form field drawn onto the page" in account.done


def test_a_signed_file_is_taken_with_a_warning() -> None:
    pdf = made()
    signature = Dictionary(
        Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), SubFilter=Name("/adbe.pkcs7.detached"), Contents=String("x")
    )
    field = pdf.make_indirect(Dictionary(FT=Name.Sig, T=String("sig"), V=signature))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
    assert any("signed electronically" in line for line in take(saved(pdf))[1].warnings)


def test_hidden_layers_are_told() -> None:
    pdf = made()
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Draft")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))
    assert any("hidden layers" in line for line in take(saved(pdf))[1].warnings)


@pytest.mark.parametrize(("rotate", "words"), [(180, "upside down"), (90, "on its side"), (0, "")])
def test_pages_that_lie_wrong_are_told(rotate: int, words: str) -> None:
    warnings = take(saved(made(Rotate=rotate)))[1].warnings
    assert (words in " ".join(warnings)) if words else not warnings


def test_a_scan_without_text_is_told_with_its_pages() -> None:
    warnings = take(scan(3))[1].warnings
    assert any("scan without text on pages 1-3" in line for line in warnings)


def redacted(order: str, colour: str = "0 g", text_colour: str = "0 g") -> bytes:
    pdf = made()
    text = f"BT {text_colour} /F1 14 Tf 60 700 Td (Name: Hidden Child) Tj ET "
    box = f"q {colour} 50 690 300 30 re f Q "
    pdf.pages[0].obj.Contents = pdf.make_stream((text + box if order == "box last" else box + text).encode())
    return saved(pdf)


def test_words_under_a_black_box_are_told() -> None:
    assert any("not a redaction" in line for line in take(redacted("box last"))[1].warnings)


def test_white_words_on_a_black_heading_are_fine() -> None:
    assert not take(redacted("box first", text_colour="1 g"))[1].warnings


def test_small_pages_are_put_onto_a4() -> None:
    result, account = take(saved(made(1, (240, 150))))
    width, height = pdfium.PdfDocument(result)[0].get_size()
    assert (round(width), round(height)) == (842, 595)
    assert "1 small page put onto A4" in account.done
    assert "Report page 1" in page_texts(result)[0]


def test_unbalanced_content_cannot_reach_what_we_draw_after_it() -> None:
    pdf = made()
    pdf.pages[0].obj.Contents = pdf.make_stream(b"q q q 0.1 0 0 0.1 0 0 cm BT /F1 14 Tf 60 700 Td (Half) Tj")
    result, _ = take(saved(pdf))
    with pikepdf.open(io.BytesIO(result)) as clean:
        assert (
            clean.pages[0].obj.Contents.read_bytes().split() == b"/P <</MCID 0>> BDC q /SendpackPage Do Q EMC".split()
        )


def test_old_marks_of_an_untagged_file_do_not_spoil_its_new_tags() -> None:
    pdf = made()
    pdf.pages[0].obj.Contents = pdf.make_stream(
        b"/Artifact BMC BT /F1 9 Tf 60 40 Td (Footer) Tj ET EMC "
        b"/P <</MCID 7>> BDC BT /F1 14 Tf 60 700 Td (Words) Tj ET EMC"
    )
    result, _ = take(saved(pdf))
    clean = pikepdf.open(io.BytesIO(result))
    assert b"BDC" not in clean.pages[0].obj.Resources.XObject.SendpackPage.read_bytes()
    assert "Words" in page_texts(result)[0]


def test_fonts_that_are_not_inside_are_a_barrier() -> None:
    assert any("Verdana" in line for line in take(saved(made(font="Verdana")))[1].barriers)
    assert not take(plan_pdf())[1].barriers


def test_tags_of_a_tagged_file_are_kept() -> None:
    result, _ = take(plan_pdf())
    assert b"/H1" in result


def test_tracked_changes_are_accepted_on_request() -> None:
    result, account = take(tracked(), accept_changes=True)
    text = zipfile.ZipFile(io.BytesIO(result)).read("word/document.xml")
    assert b"DELETEDSECRET" not in text
    assert b"ADDED" in text
    assert b"KEPTWORD" in text
    assert "all tracked changes accepted" in account.done


def test_a_deleted_paragraph_mark_joins_two_paragraphs_and_a_deleted_row_goes() -> None:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = (
        f'<w:document xmlns:w="{w}"><w:body>'
        "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r></w:p>"
        "<w:p><w:r><w:t>two</w:t></w:r></w:p><w:tbl><w:tr><w:trPr><w:del w:id='2'/></w:trPr>"
        "<w:tc><w:p><w:r><w:t>GONE</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "</w:body></w:document>"
    )
    root = etree.fromstring(xml, parser())
    accept_all(root)
    text = written(root).decode()
    assert text.count("<w:p>") == 1
    assert re.search("One .*two", text)
    assert "GONE" not in text


def test_pictures_fetched_from_elsewhere_are_cut_from_a_word_file() -> None:
    parts = zipfile.ZipFile(io.BytesIO(docx("Report", ["Words"])))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in parts.namelist():
            data = parts.read(name)
            if name == "word/_rels/document.xml.rels":
                outside = b'<Relationship Id="x9" Type="http://x/image" Target="http://spy.invalid/a.png" '
                outside += b'TargetMode="External"/>'
                data = data.replace(b"</Relationships>", outside + b"</Relationships>")
            archive.writestr(name, data)
    result, account = take(out.getvalue())
    assert b"spy.invalid" not in zipfile.ZipFile(io.BytesIO(result)).read("word/_rels/document.xml.rels")
    assert any("fetched from elsewhere" in line for line in account.removed)


# In a child process, as the bundle does it.


# -- texts of other programs ------------------------------------------------------------------------------------------


def test_a_file_whose_owner_s_password_is_empty_is_opened_and_not_damaged() -> None:
    out = io.BytesIO()
    made(2, text="Words").save(out, encryption=pikepdf.Encryption(owner="", user="secret", R=6))
    _, account = take(out.getvalue())
    assert account.pages == 2 and not account.repaired
    assert not [one for one in account.warnings if "damaged" in one]
