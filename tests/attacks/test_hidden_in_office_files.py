"""Words that a Word file or an OpenDocument text holds and nobody sees, and files that it would have an engine read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from PIL import Image

from generator.bundle import Refused
from generator.bundle.evidence.hidden.rtf_links import without_links as without_rtf_links
from generator.bundle.evidence.hidden.svg_links import without_links
from generator.bundle.evidence.page_by_page.page_text_and_scans import page_texts
from generator.bundle.evidence.sanitise import IntakeWish, take
from generator.engines import Docx, Pdf, choose, to_word
from tests.bundle_makers import docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
TRACKED = "{p}p><{p}r><{p}t>SEEN</{p}t></{p}r><{p}del {p}id='1'><{p}r><{p}delText>DELETED</{p}delText></{p}r></{p}del>"


def word(
    body: str, prefix: str = "w:", space: str = W, encoding: str = "utf-8", main: str = "word/document.xml"
) -> bytes:
    """A Word file with a body of one's own, in a prefix, a namespace, an encoding and a place of one's own."""
    mark = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    xml = f'<?xml version="1.0" encoding="{encoding}"?><{prefix}document {mark}="{space}"><{prefix}body>{body}'
    xml += f"</{prefix}body></{prefix}document>"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx("Report", ["SEEN"]))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                name, content = main, xml.encode(encoding)
            new.writestr(name, content.replace(b"document.xml", Path(main).name.encode()))
    return out.getvalue()


def with_parts(parts: dict[str, bytes], body: str = "") -> bytes:
    """A Word file with more parts, and more in its body."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx("Report", ["SEEN"]))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = content.replace(b"<w:sectPr", body.encode() + b"<w:sectPr", 1)
            if name == "word/_rels/document.xml.rels":
                content = content.replace(b"</Relationships>", parts.get("rels", b"") + b"</Relationships>")
            if name == "[Content_Types].xml":
                kind = b'<Default Extension="svg" ContentType="image/svg+xml"/></Types>'
                content = content.replace(b"</Types>", kind)
            new.writestr(name, content)
        for name, content in parts.items():
            if name != "rels":
                new.writestr(name, content)
    return out.getvalue()


def paragraph(prefix: str) -> str:
    return "<" + TRACKED.format(p=prefix) + f"</{prefix}p>"


ODD_TRACKED = {
    "Word's own prefix": word(paragraph("w:")),
    "another prefix": word(paragraph("x:"), "x:"),
    "no prefix": word(paragraph(""), ""),
    "the strict namespace": word(paragraph("w:"), space=STRICT),
    "UTF-16": word(paragraph("w:"), encoding="utf-16"),
    "a main part elsewhere": word(paragraph("w:"), main="word/document22.xml"),
    "a footnote": with_parts(
        {"word/footnotes.xml": f"<w:footnotes xmlns:w='{W}'>{paragraph('w:')}</w:footnotes>".encode()}
    ),
    "a part nobody expects": with_parts({"custom/x.xml": f"<w:hdr xmlns:w='{W}'>{paragraph('w:')}</w:hdr>".encode()}),
    "a moved passage": word("<w:p><w:moveFrom w:id='1'><w:r><w:t>DELETED</w:t></w:r></w:moveFrom></w:p>"),
    "an inserted cell": word("<w:tbl><w:tr><w:tc><w:tcPr><w:cellIns w:id='1'/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"),
}


def refusal(content: bytes, **wishes: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        take(content, IntakeWish("Report", **wishes))
    return caught.value


def text_of(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@pytest.mark.whole
@pytest.mark.parametrize("way", ODD_TRACKED)
def test_tracked_changes_are_found_in_any_dress_and_accepted_on_request(way: str) -> None:
    try:
        taken = take(ODD_TRACKED[way], IntakeWish("Report"))
    except Refused as refused:
        assert refused.rule in ("bundle/tracked-changes", "bundle/not-a-pdf")
        if refused.rule == "bundle/not-a-pdf":
            pytest.skip("a main part elsewhere is not taken for Word at all")
    else:
        raise AssertionError(f"taken in: {taken[1]}")
    content, account = take(ODD_TRACKED[way], IntakeWish("Report", accept_changes=True))
    assert "DELETED" not in text_of(content)
    assert "all tracked changes accepted" in account.done


@pytest.mark.parametrize("kind", ["text/html", "message/rfc822"])
def test_a_document_within_the_document_is_refused(kind: str) -> None:
    chunk = "<w:altChunk xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' r:id='rIdC'/>"
    found = refusal(with_parts({"word/chunk.mht": b"<html>HIDDEN</html>"}, chunk))
    assert found.rule == "bundle/document-inside" and "save" in found.hint


HIDDEN_RUNS = {
    "a hidden run": "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>HIDDEN</w:t></w:r><w:r><w:t>SEEN2</w:t></w:r></w:p>",
    "a hidden row": "<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p><w:r><w:t>HIDDEN</w:t></w:r></w:p></w:tc>"
    "</w:tr>"
    "<w:tr><w:tc><w:p><w:r><w:t>SEEN2</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    "a hidden style": "<w:p><w:r><w:rPr><w:rStyle w:val='Below'/></w:rPr><w:t>HIDDEN</w:t></w:r>"
    "<w:r><w:rPr><w:rStyle w:val='Below'/><w:vanish w:val='0'/></w:rPr><w:t>SEEN2</w:t></w:r></w:p>",
}
STYLES = (
    f"<w:styles xmlns:w='{W}'><w:style w:type='character' w:styleId='Secret'><w:rPr><w:vanish/></w:rPr></w:style>"
    "<w:style w:type='character' w:styleId='Below'><w:basedOn w:val='Secret'/></w:style></w:styles>"
)


@pytest.mark.parametrize("way", HIDDEN_RUNS)
def test_hidden_text_is_taken_out_and_told(way: str) -> None:
    content, account = take(with_parts({"word/more.xml": STYLES.encode()}, HIDDEN_RUNS[way]), IntakeWish("Report"))
    assert "HIDDEN" not in text_of(content) and "SEEN2" in text_of(content)
    assert "hidden text in 1 place(s)" in account.removed


def test_a_part_that_declares_entities_is_refused() -> None:
    xml = f'<!DOCTYPE d [<!ENTITY x "HIDDEN">]><w:hdr xmlns:w="{W}"><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:hdr>'
    assert refusal(with_parts({"word/header9.xml": xml.encode()})).rule == "bundle/broken-word"


def test_what_a_parser_says_over_lines_is_told_in_one() -> None:
    told = refusal(with_parts({"word/header9.xml": f'<w:hdr xmlns:w="{W}">&#0;</w:hdr>'.encode()}))
    assert told.rule == "bundle/broken-word" and "\n" not in told.message


# -- OpenDocument -----------------------------------------------------------------------------------------------------

ODF = "urn:oasis:names:tc:opendocument:xmlns"


def odt(body: str, more: dict[str, bytes] | None = None) -> bytes:
    """An OpenDocument text with a body of one's own."""
    names = {"office": "office", "text": "text", "draw": "drawing", "style": "style", "svg": "svg-compatible"}
    spaces = " ".join(f'xmlns:{short}="{ODF}:{long}:1.0"' for short, long in names.items())
    style = '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    xml = (
        f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
        f"<office:automatic-styles>{style}</office:automatic-styles><office:body><office:text><text:p>SEEN</text:p>{body}"
        "</office:text></office:body></office:document-content>"
    )
    kinds = "".join(
        f'<m:file-entry m:full-path="{name}" m:media-type="{kind}"/>'
        for name, kind in (
            ("/", "application/vnd.oasis.opendocument.text"),
            ("content.xml", "text/xml"),
            ("Pictures/s.svg", "image/svg+xml"),
        )
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{ODF}:manifest:1.0">{kinds}</m:manifest>')
        archive.writestr("content.xml", xml)
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


HIDDEN_ODT = {
    "a hidden section": '<text:section text:name="S" text:display="none"><text:p>HIDDEN</text:p></text:section>',
    "a section hidden now": '<text:section text:name="S" text:display="condition" text:condition="ooow:1==1" '
    'text:is-hidden="true"><text:p>HIDDEN</text:p></text:section>',
    "a hidden paragraph": '<text:p><text:hidden-paragraph text:condition="ooow:1" text:is-hidden="true"/>HIDDEN'
    "</text:p>",
    "a hidden text": '<text:p>A<text:hidden-text text:condition="ooow:1" text:string-value="HIDDEN" '
    'text:is-hidden="true">HIDDEN</text:hidden-text>SEEN2</text:p>',
    "a hidden style": '<text:p>A<text:span text:style-name="H">HIDDEN</text:span>SEEN2</text:p>',
}


@pytest.mark.parametrize("way", HIDDEN_ODT)
def test_what_an_opendocument_text_hides_is_taken_out_and_told(way: str) -> None:
    content, account = take(odt(HIDDEN_ODT[way]), IntakeWish("Report"))
    assert "HIDDEN" not in text_of(content) and "SEEN" in text_of(content)
    assert ("SEEN2" in text_of(content)) == ("SEEN2" in HIDDEN_ODT[way])
    assert "hidden text in 1 place(s)" in account.removed


def test_what_is_hidden_under_a_condition_that_nobody_can_tell_is_refused() -> None:
    body = '<text:section text:name="S" text:display="condition" text:condition="ooow:1==1"><text:p>H</text:p>'
    body += "</text:section>"
    assert refusal(odt(body)).rule == "bundle/hidden-text"


def test_tracked_changes_of_an_opendocument_text() -> None:
    body = (
        '<text:tracked-changes><text:changed-region text:id="c"><text:deletion><text:p>DELETED</text:p></text:deletion>'
        '</text:changed-region></text:tracked-changes><text:p>A<text:change text:change-id="c"/>SEEN2</text:p>'
    )
    assert refusal(odt(body)).rule == "bundle/tracked-changes"
    content, account = take(odt(body), IntakeWish("Report", accept_changes=True))
    assert "DELETED" not in text_of(content) and "SEEN2" in text_of(content)
    assert "all tracked changes accepted" in account.done


# -- files that an engine would read ----------------------------------------------------------------------------------

PICTURE = (
    "<w:p><w:r><w:drawing xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing' "
    "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' "
    "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><wp:inline>"
    "<wp:extent cx='1800000' cy='1800000'/><wp:docPr id='9' name='P' descr='A drawing'/><a:graphic>"
    "<a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/picture'>"
    "<pic:pic xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/picture'><pic:nvPicPr>"
    "<pic:cNvPr id='0' name='x'/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed='rIdS'/><a:stretch>"
    "<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x='0' y='0'/><a:ext cx='1800000' cy='1800000'/>"
    "</a:xfrm><a:prstGeom prst='rect'><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
    "</wp:inline></w:drawing></w:r></w:p>"
)
RELATION = (
    b'<Relationship Id="rIdS" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
    b'Target="media/s.svg"/>'
)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A picture in magenta and a text that no document may bring into a bundle."""
    Image.new("RGB", (120, 120), (255, 0, 255)).save(tmp_path / "secret.png")
    (tmp_path / "secret.txt").write_text("TOPSECRET", "utf-8")
    return tmp_path


def svg(folder: Path) -> bytes:
    link = (folder / "secret.png").as_uri()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="200" height="200">'
        f'<rect width="20" height="20" fill="blue"/><image xlink:href="{link}" width="200" height="200"/></svg>'
    ).encode()


def rtf(folder: Path) -> bytes:
    one, two = folder / "secret.png", (folder / "secret.png").as_uri()
    return (
        r"{\rtf1\ansi SEEN {\field{\*\fldinst INCLUDEPICTURE "
        rf'"{one}" \\d}}{{\fldrslt OLD}}}}\par {{\field{{\*\fldinst {{INC}}LUDE\'50ICTURE "{two}"}}{{\fldrslt OLD}}}}'
        rf'\par {{\field{{\*\fldinst INCLUDETEXT "{folder / "secret.txt"}"}}{{\fldrslt OLD}}}}\par end}}'
    ).encode()


def has_secret(pdf: bytes) -> bool:
    document = pdfium.PdfDocument(pdf)
    picture = document[0].render(scale=0.5).to_pil().convert("RGB")
    document.close()
    magenta = sum(
        count for count, (red, green, blue) in picture.getcolors(1 << 24) if red > 200 and green < 60 and blue > 200
    )
    return magenta > 20 or any("TOPSECRET" in text for text in page_texts(pdf))


@pytest.mark.whole
@pytest.mark.parametrize("engine", ["embedded", "libreoffice"])
def test_no_engine_reads_a_file_for_a_drawing_in_word(engine: str, secret: Path) -> None:
    given = with_parts({"word/media/s.svg": svg(secret), "rels": RELATION}, PICTURE)
    content, account = take(given, IntakeWish("Report"))
    assert "secret" not in text_of(content)
    assert "1 link(s) of drawings to other files" in account.removed
    chosen = choose(engine, None)
    try:
        [made] = chosen.convert([Docx("report.docx", content)])
    finally:
        chosen.close()
    assert not hasattr(made, "content") or not has_secret(made.content)


@pytest.mark.whole
@pytest.mark.parametrize("kind", ["odt", "rtf"])
def test_libreoffice_reads_no_file_for_another_text(kind: str, secret: Path) -> None:
    frame = (
        '<text:p><draw:frame svg:width="5cm" svg:height="5cm" text:anchor-type="as-char"><draw:image xlink:href="{}" '
        'xlink:type="simple"/></draw:frame></text:p>'
    )
    source = f'<text:section text:name="S"><text:section-source xlink:href="{(secret / "secret.txt").as_uri()}"/>'
    body = frame.format("Pictures/s.svg") + frame.format((secret / "secret.png").as_uri()) + source + "</text:section>"
    given = odt(body, {"Pictures/s.svg": svg(secret)}) if kind == "odt" else rtf(secret)
    content, account = take(given, IntakeWish("Report"))
    assert any("other files" in line for line in account.removed)
    made = to_word(choose("embedded", None), content, kind)
    assert isinstance(made, bytes)
    chosen = choose("libreoffice", None)
    try:
        [drawn] = chosen.convert([Docx("report.docx", take(made, IntakeWish("Report"))[0])])
    finally:
        chosen.close()
    assert hasattr(drawn, "content") and not has_secret(drawn.content) and "SEEN" in page_texts(drawn.content)[0]


LINKED_SVG = {
    "an image": '<image href="file:///etc/hostname"/>',
    "an image on the network": '<image href="https://example.org/x.png"/>',
    "a use": '<use href="other.svg#a"/>',
    "a style": '<rect style="fill:url(file:///x.svg#a)"/>',
    "an import": "<style>@import 'file:///x.css';</style>",
    "an escaped import": "<style>@\\69mport 'file:///x.css';</style>",
    "a drawing in a drawing": '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>',
    "a script": "<script>fetch('x')</script>",
    "a page in it": "<foreignObject><p/></foreignObject>",
    "an included part": '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="file:///etc/hostname"/>',
}


@pytest.mark.parametrize("way", LINKED_SVG)
def test_a_drawing_keeps_nothing_that_leads_out_of_it(way: str) -> None:
    content, count = without_links(
        f'<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/>{LINKED_SVG[way]}</svg>'.encode()
    )
    assert count and b"rect" in content
    assert not [
        word for word in (b"file:", b"https:", b"other.svg", b"import", b"fetch", b"svg+xml") if word in content
    ]


def test_a_drawing_that_declares_entities_loses_them() -> None:
    content, count = without_links(
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;'
        b"</text></svg>"
    )
    assert count and b"ENTITY" not in content and b"&x;" not in content


def test_a_drawing_with_its_own_pictures_stays_as_it_is() -> None:
    inside = b'<g id="a"/><use href="#a"/><image href="data:image/png;base64,xx"/>'
    given = b'<svg xmlns="http://www.w3.org/2000/svg">' + inside + b"</svg>"
    assert without_links(given) == (given, 0)


def test_ordinary_fields_of_rich_text_stay() -> None:
    link, page = rb'{\*\fldinst HYPERLINK "https://example.org"}{\fldrslt a}', rb"{\*\fldinst PAGE}{\fldrslt 1}"
    given = rb"{\rtf1 {\field" + link + rb"}{\field" + page + rb"}}"
    assert without_rtf_links(given) == (given, 0)


SHADES = ['w:val="clear" w:color="auto" w:fill="000000"', 'w:val="solid" w:color="000000" w:fill="auto"']


@pytest.mark.whole
@pytest.mark.parametrize("shade", SHADES)
def test_words_that_are_blacked_out_by_their_shade_do_not_come_to_light(shade: str) -> None:
    named = f"<w:p><w:r><w:rPr><w:color w:val='000000'/><w:shd {shade}/></w:rPr><w:t>Jordan Peters</w:t></w:r></w:p>"
    engine = choose("embedded")
    [made] = engine.convert([Docx("a.docx", take(with_parts({}, named), IntakeWish("Report"))[0])])
    engine.close()
    assert isinstance(made, Pdf)
    told = take(made.content, IntakeWish("Report"))[1].warnings
    assert [line for line in told if "cannot be seen" in line and "“Jordan Peters”" in line]
