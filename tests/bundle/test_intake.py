"""Evidence as it really comes: broken, locked, with hidden things inside; each class is made here, and told."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from lxml import etree
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from generator.bundle import Account, Options, Part, Refused
from generator.bundle.evidence.hidden.word_unseen import accept_all, parser, written
from generator.bundle.evidence.intake import take_all
from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts
from generator.bundle.evidence.page_by_page.photos_without_gps import strip_jpeg
from generator.bundle.evidence.sandbox import take_and_try
from generator.bundle.evidence.sanitise import IntakeWish
from generator.engines import Docx, Failure, Pdf, choose, to_word
from generator.files.kept_results import KeptResults
from tests.bundle_makers import docx, link_to, made, photo, plan_pdf, saved, scan
from tests.conftest import need_program

WISH = IntakeWish("Speech report", "A page of handwriting")


def take(content: bytes, **wishes: Any) -> tuple[bytes, Account]:
    return take_and_try(content, IntakeWish(**({"title": "Speech report"} | wishes)))


def refusal(content: bytes) -> Refused:
    with pytest.raises(Refused) as caught:
        take(content)
    assert "\n" not in caught.value.message
    assert "Traceback" not in caught.value.message
    assert caught.value.hint
    return caught.value


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


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photos_stand_upright_on_a4(orientation: int) -> None:
    result, account = take(photo((800, 600), orientation=orientation))
    page = pdfium.PdfDocument(result)[0]
    upright = orientation < 5
    assert page.get_size() == pytest.approx((841.89, 595.28) if upright else (595.28, 841.89), abs=0.5)
    drawn = page.render(scale=0.2).to_pil().convert("RGB")
    corners = {
        name: drawn.getpixel((round(drawn.width * x), round(drawn.height * y)))
        for name, x, y in (("tl", 0.2, 0.2), ("tr", 0.8, 0.2), ("bl", 0.2, 0.8), ("br", 0.8, 0.8))
    }
    red = [name for name, colour in corners.items() if colour[0] > 150 and colour[1] < 100]
    assert red == [{1: "tl", 2: "tr", 3: "br", 4: "bl", 5: "tl", 6: "tr", 7: "br", 8: "bl"}[orientation]]
    assert ("turned upright" in account.done) is (orientation != 1)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP"])
def test_every_kind_of_picture_becomes_a_page(kind: str) -> None:
    result, account = take(photo((400, 300), kind))
    assert account.pages == 1
    assert b"SecretCamera" not in result


def test_a_heic_photo_is_read_and_turned() -> None:
    result, account = take((Path(__file__).parents[1] / "data" / "photo.heic").read_bytes())
    assert account.kind == "HEIC photo"
    width, height = pdfium.PdfDocument(result)[0].get_size()
    assert height > width
    assert "the place where the photo was taken (GPS)" in account.removed


def test_where_a_photo_was_taken_is_gone() -> None:
    result, account = take(photo((800, 600), gps=True))
    assert "the place where the photo was taken (GPS)" in account.removed
    assert b"Exif" not in result
    assert b"SecretCamera" not in result


def test_a_fine_photo_is_made_smaller_and_a_coarse_one_kept_as_it_is() -> None:
    result, account = take(photo((6000, 4000)))
    pdf = pikepdf.open(io.BytesIO(result))
    assert _picture(pdf).Width <= 770 / 72 * 300 + 1
    assert any("300 dots" in line for line in account.done)
    small = photo((800, 600))
    kept = pikepdf.open(io.BytesIO(take(small)[0]))
    assert _picture(kept).read_raw_bytes() == strip_jpeg(small)


def _picture(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[0].obj.Resources.XObject.SendpackPage.Resources.XObject.Photo


def test_a_jpeg_loses_its_notes_and_not_a_pixel() -> None:
    original = photo((300, 200), gps=True)
    film = b"\xff\xd9"[:0] + b"ftypmp42-and-a-place"
    stripped = strip_jpeg(original + film)
    assert b"SecretCamera" not in stripped
    assert b"place" not in stripped
    assert Image.open(io.BytesIO(stripped)).tobytes() == Image.open(io.BytesIO(original)).tobytes()


def test_all_pages_of_a_tiff_are_taken() -> None:
    pages = [Image.new("1", (1654, 2339), 1), Image.new("L", (1654, 2339), 200), Image.new("RGB", (900, 700), "blue")]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], dpi=(200, 200))
    assert take(out.getvalue())[1].pages == 3


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


def part(path: Path, name: str = "one") -> Part:
    return Part(name, "Evidence", "Speech report", path)


def test_a_child_takes_a_file_and_the_cache_remembers(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(saved(made(2)))
    options = Options("Bundle", kept=KeptResults(tmp_path / "cache"))
    first = take_all([part(path)], options)[0]
    assert first.refused is None
    assert (first.account.name, first.account.pages) == ("report.pdf", 2)
    kept = next((tmp_path / "cache").glob("*.bin"))
    before = kept.stat().st_mtime_ns
    assert take_all([part(path)], options)[0].content == first.content
    assert kept.stat().st_mtime_ns == before


def test_a_damaged_cache_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(saved(made(2)))
    options = Options("Bundle", kept=KeptResults(tmp_path / "cache"))
    first = take_all([part(path)], options)[0]
    next((tmp_path / "cache").glob("*.bin")).write_bytes(b"something else")
    assert take_all([part(path)], options)[0].content == first.content


def bomb() -> bytes:
    """A small file whose page content is 600 MB."""
    pdf = made()
    squeezed = zlib.compressobj(9)
    data = b"".join(squeezed.compress(b" " * 1_000_000) for _ in range(600)) + squeezed.flush()
    pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, data, Filter=Name.FlateDecode)
    return saved(pdf, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)


def test_a_bomb_is_stopped_and_told(tmp_path: Path) -> None:
    path = tmp_path / "bomb.pdf"
    path.write_bytes(bomb())
    assert path.stat().st_size < 3_000_000
    taken = take_all([part(path)], Options("Bundle", memory_mb=512, seconds=30))[0]
    assert taken.refused is not None
    assert taken.refused.rule in ("bundle/too-big", "bundle/too-much", "bundle/too-slow", "bundle/broken-pdf")


def test_a_file_that_takes_too_long_is_told(tmp_path: Path) -> None:
    path = tmp_path / "slow.pdf"
    path.write_bytes(saved(made(3)))
    refused = take_all([part(path)], Options("Bundle", seconds=0))[0].refused
    assert refused is not None
    assert refused.rule == "bundle/too-slow"


def test_missing_files_folders_and_big_files_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "big.pdf").write_bytes(bytes(2_000_000))
    parts = [part(tmp_path / name, name) for name in ("absent.pdf", "big.pdf")] + [part(tmp_path, "folder")]
    refused = [one.refused for one in take_all(parts, Options("Bundle", max_mb=1))]
    assert [one.rule if one else "" for one in refused] == ["bundle/missing", "bundle/too-big", "bundle/unreadable"]


def test_a_word_file_without_a_converter_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(docx("Report", ["Words"]))
    refused = take_all([part(path)], Options("Bundle"))[0].refused
    assert refused is not None
    assert refused.rule == "bundle/word-failed"


def test_a_word_file_is_converted_once_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(docx("Report", ["Words"]))
    calls: list[str] = []

    def convert(documents: Any) -> list[Pdf | Failure]:
        calls.extend(name for name, _ in documents)
        return [Pdf(name, plan_pdf(), 1) for name, _ in documents]

    options = Options("Bundle", convert=convert, engine="LibreOffice", kept=KeptResults(tmp_path / "cache"))
    first, second = (take_all([part(path)], options)[0] for _ in range(2))
    assert calls == ["report.docx"]
    assert first.content == second.content
    assert "converted to PDF" in second.account.done


def test_our_own_parts_are_cleaned_in_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFium is not made for two threads at once: with a pool around it the whole command died, now and then."""
    import threading

    from generator.bundle.evidence import intake

    threads = []
    clean = intake.clean_pdf

    def watched(*given: Any, **wishes: Any) -> Any:
        threads.append(threading.current_thread())
        return clean(*given, **wishes)

    monkeypatch.setattr(intake, "clean_pdf", watched)
    contents = [saved(made(text=f"Words {number}")) for number in range(4)]
    parts = [Part(f"p{number}", "Section", f"Part {number}", content) for number, content in enumerate(contents)]
    assert [one.refused for one in take_all(parts, Options("Bundle"))] == [None] * 4
    assert len(threads) == 4 and set(threads) == {threading.main_thread()}


# -- texts of other programs ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One report as LibreOffice saves it in its own way, as rich text, and for an old Word."""
    folder = tmp_path_factory.mktemp("texts")
    (folder / "report.docx").write_bytes(docx("Report", [("Heading 1", "Visit"), "Ada read aloud."]))
    for kind in ("odt", "rtf", "doc"):
        soffice = need_program("soffice", "it makes the files of this test")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [soffice, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), "report.docx"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder


@pytest.mark.parametrize(
    ("name", "kind"), [("odt", "OpenDocument text"), ("rtf", "rich text file"), ("doc", "old Word document")]
)
def test_a_text_of_another_program_goes_in_where_libreoffice_is(
    texts: Path, tmp_path: Path, name: str, kind: str
) -> None:
    engine = choose("libreoffice", None)
    calls: list[str] = []

    def word(content: bytes, ending: str) -> bytes | str:
        calls.append(ending)
        return to_word(engine, content, ending)

    def convert(documents: Sequence[tuple[str, bytes]]) -> list[Pdf | Failure]:
        return list(engine.convert([Docx(*documents[0])]))

    options = Options(
        "Bundle", convert=convert, to_word=word, engine="LibreOffice", kept=KeptResults(tmp_path / "cache")
    )
    try:
        first, second = (take_all([part(texts / f"report.{name}")], options)[0] for _ in range(2))
    finally:
        engine.close()
    assert first.refused is None, first.refused
    assert "Ada read aloud." in page_texts(first.content)[0]
    assert first.account.done[0] == f"{kind} made into a Word document: compare it with the original"
    assert (first.content, first.account, calls) == (second.content, second.account, [name]), "made once, and kept"


def test_a_text_of_another_program_is_refused_by_name_where_libreoffice_is_not(
    texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENDPACK_SOFFICE", "/nowhere/soffice")
    engine = choose("embedded", None)
    options = Options("Bundle", to_word=lambda content, kind: to_word(engine, content, kind))
    refused = [take_all([part(texts / f"report.{kind}")], options)[0].refused for kind in ("odt", "rtf")]
    assert [one.message if one else "" for one in refused] == [
        "is an OpenDocument text, and only LibreOffice can read it, and it was not found on this computer",
        "is a rich text file, and only LibreOffice can read it, and it was not found on this computer",
    ]


def test_a_damaged_text_of_another_program_is_refused(tmp_path: Path) -> None:
    need_program("soffice")
    path = tmp_path / "report.odt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<no")
    engine = choose("embedded", None)
    options = Options("Bundle", to_word=lambda content, kind: to_word(engine, content, kind))
    refused = take_all([part(path)], options)[0].refused
    assert refused is not None and refused.message.startswith("is a damaged text (")
