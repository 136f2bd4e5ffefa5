"""Letters that Word draws as a shape (WordArt): they are said of the shape and told, as no search finds them."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import parse_xml

from generator.bundle.evidence.word_evidence import prepare
from generator.word_files.docx_package import W, read_package

VML = "urn:schemas-microsoft-com:vml"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
TOLD = "letters drawn as a shape say “Jordan Peters”"


def old(words: str) -> str:
    """WordArt of Word 97 to 2007."""
    art = f'<v:shape><v:textpath string="{words}"/></v:shape>'
    return f'<w:r xmlns:w="{W[1:-1]}" xmlns:v="{VML}"><w:pict>{art}</w:pict></w:r>'


def new(words: str, warp: str = "textArchUp") -> str:
    """WordArt of Word 2010 and later: a text box whose letters are bent."""
    body = f'<wps:bodyPr><a:prstTxWarp prst="{warp}"/></wps:bodyPr>'
    first, _, second = words.partition("|")
    text = f"<w:p><w:r><w:t>{first}</w:t></w:r><w:r><w:t>{second}</w:t></w:r></w:p>"
    box = f"<wps:wsp><wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx>{body}</wps:wsp>"
    graphic = f'<a:graphic><a:graphicData uri="{WPS}">{box}</a:graphicData></a:graphic>'
    names = f'xmlns:w="{W[1:-1]}" xmlns:a="{DRAWING}/main" xmlns:wp="{DRAWING}/wordprocessingDrawing" xmlns:wps="{WPS}"'
    drawing = f'<wp:inline><wp:extent cx="9" cy="9"/><wp:docPr id="7" name="x"/>{graphic}</wp:inline>'
    return f"<w:r {names}><w:drawing>{drawing}</w:drawing></w:r>"


def letter(run: str, part: str = "body") -> bytes:
    document = docx.Document()
    where = document.add_paragraph("Dear all") if part == "body" else document.sections[0].header.paragraphs[0]
    where._p.append(parse_xml(run))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("part", ["body", "header"])
@pytest.mark.parametrize(
    ("run", "said"), [(old("Jordan  Peters"), 'alt="Jordan Peters"'), (new("Jordan |Peters"), 'descr="Jordan Peters"')]
)
def test_letters_drawn_as_a_shape_are_told_and_said_of_it(run: str, said: str, part: str) -> None:
    prepared = prepare(letter(run, part), False)
    assert [one for one in prepared.warnings if one.startswith(TOLD)]
    parts = read_package(prepared.content).parts
    assert any(said.encode() in content for content in parts.values())


@pytest.mark.parametrize("run", [old(""), new("Jordan |Peters", "textNoShape")])
def test_letters_that_are_not_drawn_as_a_shape_are_not_told(run: str) -> None:
    assert not any("drawn as a shape" in one for one in prepare(letter(run), False).warnings)


def test_what_is_said_of_a_shape_already_stays() -> None:
    run = old("Jordan Peters").replace("<v:shape>", '<v:shape alt="A banner">')
    prepared = prepare(letter(run), False)
    assert b'alt="A banner"' in b"".join(read_package(prepared.content).parts.values())
    assert any(one.startswith(TOLD) for one in prepared.warnings)
