"""Charts, diagrams, Windows drawings, shapes and broken pictures are told by name and page when they are not shown."""

from __future__ import annotations

import gzip
import struct
import zlib

import pytest

from generator.engines import Docx, Pdf, choose
from generator.engines.docx.shown_by_none import is_sound
from generator.engines.protocol import Engine
from generator.values.notice import LESS, LOOK, LOST
from tests.raw_word import NAMESPACES, dots, page, para, picture, vml_box, word

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
INK = "http://schemas.microsoft.com/office/word/2010/wordprocessingInk"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
TURN = '<w:r><w:br w:type="page"/></w:r>'
FIRST, LAST = para("The words of the first page"), para("The words of the second page")
EMF = struct.pack("<II", 1, 88) + bytes(32) + b" EMF" + bytes(4) + struct.pack("<I", 88) + bytes(36)


def graphic(uri: str, inside: str) -> str:
    size = '<wp:extent cx="3000000" cy="2000000"/><wp:docPr id="7" name="g" descr="Seen"/>'
    data = f'<a:graphic><a:graphicData uri="{uri}">{inside}</a:graphicData></a:graphic>'
    return f"<w:r><w:drawing><wp:inline>{size}{data}</wp:inline></w:drawing></w:r>"


def arrow(look: str = "") -> str:
    form = f'<a:prstGeom prst="rightArrow"><a:avLst/></a:prstGeom>{look}'
    return graphic(SHAPE, f"<wps:wsp><wps:cNvSpPr/><wps:spPr>{form}</wps:spPr><wps:bodyPr/></wps:wsp>")


def of_media(name: str, content: bytes | None) -> bytes:
    members: dict[str, bytes | str] = {} if content is None else {f"word/media/{name}": content}
    return word(FIRST + para(TURN, picture()) + LAST, members, {"rI": ("image", f"media/{name}")})


def old_object(inside: str) -> str:
    return f'<w:r><w:object>{inside}<o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" r:id="rO"/></w:object></w:r>'


@pytest.fixture(scope="module")
def built_in() -> Engine:
    return choose("embedded")


def told(engine: Engine, content: bytes) -> list[tuple[str, str, int]]:
    [made] = engine.convert([Docx("report", content, foreign=True)])
    assert isinstance(made, Pdf), made
    return [(str(one), one.kind, one.page) for one in made.warnings]


def on_page_two(inside: str) -> bytes:
    return word(FIRST + para(TURN, inside) + LAST)


TOLD = {
    "chart": (on_page_two(graphic(CHART, f'<c:chart xmlns:c="{CHART}" r:id="rX"/>')), "a chart of the document", LOST),
    "emf": (of_media("i.emf", EMF), "the picture i.emf of the document is not shown", LOST),
    "broken emf": (of_media("i.emf", EMF[:80]), "the picture i.emf is not shown by any program: it is damaged", LOOK),
    "missing": (of_media("i.png", None), "the picture i.png is not shown by any program: it is not in the doc", LOOK),
    "arrow": (on_page_two(arrow()), "a drawn shape (right arrow) of the document is not shown", LESS),
    "old oval": (on_page_two('<w:r><w:pict><v:oval style="width:90pt"/></w:pict></w:r>'), "a drawn shape (oval)", LESS),
    "object": (on_page_two(old_object("")), "an object of another program (Excel) is not shown", LOOK),
}  # fmt: skip


@pytest.mark.whole
@pytest.mark.parametrize("name", TOLD)
def test_what_is_not_shown_is_told_with_its_page(built_in: Engine, name: str) -> None:
    content, said, kind = TOLD[name]
    [(text, is_kind, where)] = told(built_in, content)
    assert text.startswith(said) and (is_kind, where) == (kind, 2)


def test_shapes_that_nobody_sees_and_boxes_with_words_are_not_told(built_in: Engine) -> None:
    unseen = arrow("<a:noFill/><a:ln><a:noFill/></a:ln>")
    assert told(built_in, word(para("Seen", unseen, vml_box(para("Boxed"))))) == []


def test_what_was_written_with_a_pen_is_shown_by_the_picture_beside_it(built_in: Engine) -> None:
    pen = graphic(INK, f'<wpi:contentPart xmlns:wpi="{INK}" r:id="rK"/>').removeprefix("<w:r>").removesuffix("</w:r>")
    instead = '<w:pict><v:shape style="width:40pt;height:30pt"><v:imagedata r:id="rI"/></v:shape></w:pict>'
    choice = f'<mc:Choice Requires="wpi">{pen}</mc:Choice><mc:Fallback>{instead}</mc:Fallback>'
    ink = f"<w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r>"
    content = word(para("Signed ", ink), {"word/media/i.png": dots("PNG")}, {"rI": ("image", "media/i.png")})
    [made] = built_in.convert([Docx("report", content, foreign=True)])
    assert isinstance(made, Pdf) and b"/Image" in made.content


def diagram(*members: tuple[str, str]) -> bytes:
    ids = f'<dgm:relIds xmlns:dgm="{DIAGRAM}" r:dm="rD"/>'
    parts = {
        f"word/diagrams/{name}": f'<x xmlns:a="{DRAWING}"><a:p><a:t>{said}</a:t></a:p></x>' for name, said in members
    }
    return word(para(graphic(DIAGRAM, ids)), parts, {"rD": ("diagramData", "diagrams/data1.xml")})


def test_the_words_of_a_diagram_count_as_word_drew_them(built_in: Engine) -> None:
    [_, (text, kind, _)] = told(built_in, diagram(("data1.xml", "Assess"), ("drawing1.xml", "Plan")))
    assert kind == LOST and text == "1 of the 1 words of the document cannot be found in the PDF: plan"
    [_, (text, _, _)] = told(built_in, diagram(("data1.xml", "Assess")))
    assert text.endswith(": assess")


def test_a_header_that_no_section_shows_is_not_missed(built_in: Engine) -> None:
    header = {"word/header1.xml": f"<w:hdr {NAMESPACES}>{para('Never shown')}</w:hdr>"}
    assert told(built_in, word(para("Text"), header, {"rH": ("header", "header1.xml")}, section=page())) == []


def test_drawings_of_windows_are_sound_or_not() -> None:
    plain = struct.pack("<HHHIHIH", 1, 9, 0x300, 12, 0, 7, 0) + struct.pack("<IH", 3, 0)
    placed = b"\xd7\xcd\xc6\x9a" + bytes(18) + plain
    for name, content in (("a.emf", EMF), ("a.wmf", plain), ("a.wmf", placed), ("a.emz", gzip.compress(EMF))):
        assert is_sound(name, content) and not is_sound(name, content[:-8])
    assert is_sound("a.emf", dots("PNG")) and not is_sound("a.wmf", b"what")


@pytest.mark.whole
def test_a_drawing_that_unpacks_to_more_than_any_is_not_unpacked() -> None:
    header = EMF[:48] + struct.pack("<I", 88) + EMF[52:]
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = packer.compress(header) + b"".join(packer.compress(bytes(1 << 20)) for _ in range(65)) + packer.flush()
    assert len(packed) < 100_000 and not is_sound("a.emz", packed)
