"""Letters that Word draws as a shape (WordArt): they are said of the shape and told, as no search finds them."""

from __future__ import annotations

import io
import zipfile

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


def several(*shapes: str) -> str:
    """The first of the drawings with the shapes of the others in it too, as in a group."""
    begin, _, _ = shapes[0].partition("</wps:wsp>")
    more = "".join(one[one.index("<wps:wsp>") : one.index("</wps:wsp>") + len("</wps:wsp>")] for one in shapes[1:])
    return f"{begin}</wps:wsp>{more}{shapes[0].partition('</wps:wsp>')[2]}"


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


def said_of(run: str) -> tuple[str, list[str]]:
    prepared = prepare(letter(run), False)
    return read_package(prepared.content).parts["word/document.xml"].decode(), prepared.warnings


@pytest.mark.whole
def test_what_is_said_of_a_shape_already_stays_with_its_words_behind() -> None:
    said, warnings = said_of(old("Jordan Peters").replace("<v:shape>", '<v:shape alt="A banner">'))
    assert 'alt="A banner. Jordan Peters"' in said and any(one.startswith(TOLD) for one in warnings)
    said, _ = said_of(new("Jordan |Peters").replace('name="x"', 'name="x" descr="Text Box 3."'))
    assert 'descr="Text Box 3. Jordan Peters"' in said
    said, _ = said_of(new("Jordan |Peters").replace('name="x"', 'name="x" descr="By Jordan Peters"'))
    assert 'descr="By Jordan Peters"' in said


@pytest.mark.parametrize("between", ["</w:t></w:r></w:p><w:p><w:r><w:t>", "</w:t><w:br/><w:t>", "</w:t><w:tab/><w:t>"])
def test_words_on_lines_of_their_own_are_words_of_their_own(between: str) -> None:
    said, warnings = said_of(new("Jordan|Peters").replace("</w:t></w:r><w:r><w:t>", between))
    assert 'descr="Jordan Peters"' in said and any(one.startswith(TOLD) for one in warnings)


def test_every_shape_of_a_drawing_is_said() -> None:
    said, warnings = said_of(several(new("Our |class"), new("Jordan |Peters")))
    assert 'descr="Our class. Jordan Peters"' in said and any(one.startswith(TOLD) for one in warnings)


def test_long_words_of_a_shape_are_told_whole() -> None:
    words = "A very long banner over the whole wall of our hall, for everybody and helper Jordan Peters"
    _, warnings = said_of(old(words))
    assert any(f"“{words}”" in one for one in warnings)


@pytest.mark.parametrize("name", ["word/media/image9.emf", "word/embeddings/oleObject1.bin"])
def test_a_part_that_is_no_xml_is_not_read_for_shapes(name: str) -> None:
    out = io.BytesIO(letter(old("Jordan Peters")))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, b"\x01\x00 textpath prstTxWarp")
    assert any(one.startswith(TOLD) for one in prepare(out.getvalue(), False).warnings)


def test_a_part_in_which_nothing_is_said_anew_stays_as_it_is() -> None:
    plain = letter(new("Jordan |Peters", "textNoShape"))
    before, after = (read_package(one).parts["word/document.xml"] for one in (plain, prepare(plain, False).content))
    assert before == after
