"""What other people's Word files show is in the PDF of every engine, or it is told that it is lost."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pypdfium2
import pytest

from generator.engines import Docx, Failure, Pdf, choose, drawn_whole
from generator.engines.docx.copy_prepared import docx_prepare
from generator.engines.protocol import Engine
from generator.values.notice import LOST, losses
from generator.word_files.docx_package import W, parse, unpacked
from tests.conftest import need_program
from tests.engines.real_engines import engine_called
from tests.raw_word import (
    NAMESPACES,
    box,
    cell,
    dots,
    field,
    footnotes,
    note,
    page,
    para,
    picture,
    row,
    run,
    table,
    tick_box,
    vml_box,
    word,
)  # fmt: skip

LINES = "".join(para(f"Line{number:03} Ada needs adults who wait before they repeat") for number in range(90))
HEAD = f"<w:hdr {NAMESPACES}>%s</w:hdr>"
HEADER = {"rH": ("header", "header1.xml")}
SHOWN = '<w:headerReference w:type="default" r:id="rH"/>'


def around(name: str, inside: str) -> str:
    return f"<w:{name}>{inside}</w:{name}>"


def tall(inside: str = LINES, properties: str = "", of_cell: str = "", of_table: str = "") -> bytes:
    """A table with a row longer than a page, whose 90 lines are counted."""
    return word(table(row(cell(para("Side")), cell(inside, of_cell), properties=properties), properties=of_table))


def pictured(format: str, mode: str = "RGB") -> bytes:
    name = f"media/image1.{format.lower()}"
    return word(para("Picture ", picture()), {f"word/{name}": dots(format, mode)}, {"rI": ("image", name)})


SYMBOL = '<w:r><w:sym w:font="Wingdings" w:char="%s"/></w:r>'
LETTERS = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
LIST = '<w:result w:val="1"/><w:listEntry w:val="Never"/><w:listEntry w:val="Often"/>'
CHOICES = f"<w:ffData><w:ddList>{LIST}</w:ddList></w:ffData>"
CHUNK = "<html><body><h1>Chunky</h1><p>one <b>bold</b> word</p><table><tr><td>cell</td></tr></table></body></html>"
OLD_HEAD = para(vml_box(para("Letterhead")))
NOTES = {"rF": ("footnotes", "footnotes.xml")}

MARKED = f'<w:bookmarkStart w:id="1" w:name="_Ref1"/>{run("Reading aloud")}<w:bookmarkEnd w:id="1"/>'
SIMPLE = f'<w:fldSimple w:instr=" REF _Ref1 \\n ">{run("3.2")}</w:fldSimple>'

FORMULA = word(para("Then ", "<m:oMath><m:r><m:t>Numerator</m:t></m:r></m:oMath>"))
_NESTED = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>'
    + field("MERGEFIELD x", "", "1")
    + '<w:r><w:instrText> = 1 "Shown" "Not" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    + run("Shown")
    + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)

WORDS: dict[str, tuple[bytes, str]] = {
    "a button to write over": (word(para("Name: ", field("MACROBUTTON NoMacro Button words"))), "Name: Button words"),
    "a formula of old Word": (word(para("Score ", field("EQ \\f(Topterm,Lowterm)"))), "Score Topterm Lowterm"),
    "a button with a result": (
        word(para("Name: ", field("MACROBUTTON NoMacro Buttony words", result="Buttony words"), " then")),
        "Name: Buttony words then",
    ),
    "a guide above a word": (
        word(para("Say ", field('EQ \\* jc2 \\* "Font:MS Mincho" \\* hps10 \\o\\ad(\\s\\up 9(above),base)', "", "x"))),
        "Say above base",
    ),
    "a field in the code of a field": (word(para("We ", _NESTED)), "We Shown"),
    "smart tag": (word(para("We saw ", around("smartTag", run("Carnegie")))), "We saw Carnegie"),
    "smart tag in a link": (word(para(around("hyperlink", around("smartTag", run("Carnegie"))))), "Carnegie"),
    "direction": (word(para(around("bdo", run("sideways")))), "sideways"),
    "custom xml round paragraphs": (word(around("customXml", para("wrapped"))), "wrapped"),
    "phonetic guide": (
        word(para(f"<w:r>{around('ruby', around('rt', run('above')) + around('rubyBase', run('base')))}</w:r>")),
        "base above",
    ),
    "a reference to a number": (
        word(para(MARKED) + para("See ", field("REF _Ref1 \\r \\h", result="2.1"), " and ", SIMPLE)),
        "Reading aloud See 2.1 and 3.2",
    ),
    "hiding that is switched off": (word(para("Seen ", run("again", '<w:vanish w:val="0"/>'))), "Seen again"),
    "control in a link": (word(para(around("hyperlink", around("sdt", around("sdtContent", run("held")))))), "held"),
    "old text box": (word(para("Before ", vml_box(para("Boxed")))), "Before Boxed"),
    "old text box in a header": (
        word(para("Text"), {"word/header1.xml": HEAD % OLD_HEAD}, HEADER, section=page(head=SHOWN)),
        "Letterhead Text",
    ),
    "text box in the line": (word(para(box(para("Boxed"), inline=True))), "Boxed"),
    "two text boxes": (word(para("a ", box(para("First")), box(para("Second")))), "First Second"),
    "text box longer than a page": (word(para("a ", box(LINES + para("Lastly")))), "Line089 Lastly"),
    "footnote in a table": (
        word(table(row(cell(para("Cell", note(1))))) + para(""), {"word/footnotes.xml": footnotes("Under")}, NOTES),
        "Cell Under",
    ),
    "footnotes in a table and in the text": (
        word(
            para("Text", note(1)) + table(row(cell(para("Cell", note(2))))) + para(""),
            {"word/footnotes.xml": footnotes("Firstly", "Secondly")},
            NOTES,
        ),
        "Text Cell Firstly Secondly",
    ),
    "negative margin": (
        word(para("Body"), {"word/header1.xml": HEAD % para("Head")}, HEADER, section=page(-2268, SHOWN)),
        "Head Body",
    ),
    "old tick boxes": (word(para(tick_box(True), " yes ", tick_box(False), " no")), "☒ yes ☐ no"),
    "old list": (word(para("How: ", field("FORMDROPDOWN", CHOICES))), "How: Often"),
    "old text field": (word(para("Name: ", field("FORMTEXT", "<w:ffData/>", "Ada"))), "Name: Ada"),
    "signs": (word(para(SYMBOL % "F0FE", " yes ", SYMBOL % "F0A8", " no")), "☑ yes ☐ no"),
    "letters of a symbol font": (word(para(run("\uf0fe", LETTERS), " agreed")), "☑ agreed"),
    "web page inside": (
        word('<w:altChunk r:id="rA"/>' + para("after"), {"word/c.html": CHUNK}, {"rA": ("aFChunk", "c.html")}),
        "Chunky one bold word cell after",
    ),
    "main part under another name": (word(para("Online"), main="word/document22.xml"), "Online"),
}  # fmt: skip

TALL = {
    "plain": tall(),
    "may not break": tall(properties="<w:cantSplit/>"),
    "centred": tall(of_cell='<w:vAlign w:val="center"/>'),
    "exact height": tall(properties='<w:trHeight w:val="2000" w:hRule="exact"/>'),
    "header row": tall(properties="<w:tblHeader/>"),
    "turned": tall(of_cell='<w:textDirection w:val="btLr"/>'),
    "kept with next": tall(LINES.replace("<w:p>", "<w:p><w:pPr><w:keepNext/></w:pPr>")),
    "table inside": tall(para("Before") + table(row(cell(LINES)), columns=1) + para("After")),
    "table of many rows inside": tall(
        table(*(row(cell(para(f"Line{number:03}"))) for number in range(90)), columns=1) + para("")
    ),
    "table inside a table inside": tall(table(row(cell(table(row(cell(LINES)), columns=1) + para(""))), columns=1)),
    "merged with the row below": word(
        table(
            row(cell(LINES, '<w:vMerge w:val="restart"/>'), cell(para("a"))),
            row(cell(para(""), "<w:vMerge/>"), cell(para("b"))),
        )
    ),
    "floating": tall(of_table='<w:tblpPr w:vertAnchor="text" w:horzAnchor="margin" w:tblpX="10" w:tblpY="100"/>'),
    "header rows over pages": word(
        table(*(row(cell(para(f"Line{number:03}")), properties="<w:tblHeader/>") for number in range(90)), columns=1)
    ),
}

PICTURES = {
    "GIF": pictured("GIF"),
    "BMP": pictured("BMP"),
    "TIFF": pictured("TIFF"),
    "PNG": pictured("PNG"),
    "PNG of few colours": pictured("PNG", "P"),
    "PNG of two colours": pictured("PNG", "1"),
    "JPEG": pictured("JPEG"),
}
PICTURES["of old Word"] = word(
    para('<w:r><w:pict><v:shape style="width:90pt;height:70pt"><v:imagedata r:id="rI"/></v:shape></w:pict></w:r>'),
    {"word/media/image1.png": dots("PNG")},
    {"rI": ("image", "media/image1.png")},
)


@pytest.fixture(scope="module")
def built_in() -> Iterator[Engine]:
    yield choose("embedded")


@pytest.fixture(scope="module")
def by_libreoffice() -> dict[str, Pdf | Failure]:
    """Everything once through LibreOffice, in one run."""
    engine = engine_called("libreoffice")
    files = {**{name: content for name, (content, _) in WORDS.items()}, **TALL, **PICTURES, "formula": FORMULA}
    return dict(zip(files, engine.convert([Docx(*file) for file in files.items()]), strict=True))


def drawn(engine: Engine, content: bytes) -> Pdf:
    [result] = engine.convert([Docx("report", content)])
    assert isinstance(result, Pdf), result
    return result


def text(pdf: Pdf) -> str:
    """What can be seen: text beside the page does not count."""
    with pypdfium2.PdfDocument(pdf.content) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def pictures(pdf: Pdf) -> int:
    with pypdfium2.PdfDocument(pdf.content) as document:
        return sum(1 for page in document for _ in page.get_objects([3], max_depth=5))


def has_words(pdf: Pdf | Failure, words: str) -> None:
    assert isinstance(pdf, Pdf), pdf
    assert not losses(pdf.warnings)
    assert [w for w in words.split() if w not in text(pdf)] == []


def test_words_in_a_formula_are_shown_by_one_engine_and_missed_where_they_are_not(
    built_in: Engine, by_libreoffice: dict[str, Pdf | Failure]
) -> None:
    has_words(drawn(built_in, FORMULA), "Then Numerator")
    other = by_libreoffice["formula"]
    assert isinstance(other, Pdf) and ("Numerator" in text(other) or losses(other.warnings))


@pytest.mark.parametrize("name", WORDS)
def test_the_built_in_engine_keeps_the_words(built_in: Engine, name: str) -> None:
    has_words(drawn(built_in, WORDS[name][0]), WORDS[name][1])


@pytest.mark.whole
@pytest.mark.parametrize("name", WORDS)
def test_libreoffice_keeps_the_words(by_libreoffice: dict[str, Pdf | Failure], name: str) -> None:
    has_words(by_libreoffice[name], WORDS[name][1])


@pytest.mark.whole
@pytest.mark.parametrize("name", TALL)
def test_a_row_longer_than_a_page_goes_on_over_pages(
    built_in: Engine, by_libreoffice: dict[str, Pdf | Failure], name: str
) -> None:
    every = " ".join(f"Line{number:03}" for number in range(90))
    ours = drawn(built_in, TALL[name])
    has_words(ours, every)
    assert ours.pages > 1
    has_words(by_libreoffice[name], every)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_drawn(built_in: Engine, by_libreoffice: dict[str, Pdf | Failure], name: str) -> None:
    theirs = by_libreoffice[name]
    assert isinstance(theirs, Pdf)
    for pdf in (drawn(built_in, PICTURES[name]), theirs):
        assert not losses(pdf.warnings)
        assert pictures(pdf) == 1


EMF = b"\x01\x00\x00\x00" + bytes(36) + b" EMF" + bytes(160)
WINDOWS = word(para("Chart: ", picture()), {"word/media/image1.emf": EMF}, {"rI": ("image", "media/image1.emf")})


def test_a_picture_that_cannot_be_drawn_is_told_by_name(built_in: Engine) -> None:
    told = losses(drawn(built_in, WINDOWS).warnings)
    assert told == [
        "the picture image1.emf of the document is not shown: it is a drawing in a format of Windows (EMF or WMF)"
    ]


def test_a_chunk_that_cannot_be_read_is_told_by_name(built_in: Engine) -> None:
    rich = word('<w:altChunk r:id="rA"/>', {"word/c.rtf": rb"{\rtf1 words}"}, {"rA": ("aFChunk", "c.rtf")})
    assert losses(drawn(built_in, rich).warnings) == ["a part of the document in another format is not shown (c.rtf)"]


def test_words_beside_the_page_are_lost_with_their_page(built_in: Engine) -> None:
    beside = word(
        para("Here") + "<w:p><w:r><w:br w:type='page'/></w:r></w:p>" + para("A paragraph of the second page.")
        + para("Gone", properties='<w:ind w:left="-9000"/>')
    )  # fmt: skip
    [told] = losses(drawn(built_in, beside).warnings)
    assert told == "1 of the 8 words of the document cannot be found in the PDF: gone"
    assert (told.kind, told.page, told.amount) == (LOST, 2, 1)


class Half:
    """An engine that loses half of every document, as no real one can be made to."""

    name = "embedded"

    def about(self) -> str:
        return "half an engine"

    def convert(self, documents: list[Docx]) -> Iterator[Pdf | Failure]:
        from generator.engines.pdf.pdf_read_back import checked

        whole = choose("embedded")
        for document, result in zip(documents, whole.convert(documents), strict=True):
            assert isinstance(result, Pdf)
            yield checked(document.name, result.content, "Ada reads and many words besides", ())

    def close(self) -> None:
        pass


@pytest.mark.whole
def test_another_engine_is_asked_where_one_loses_something(built_in: Engine) -> None:
    need_program("soffice", "it draws what the other loses")
    [made] = drawn_whole(Half(), [Docx("report", word(para("Ada reads")))])  # type: ignore[arg-type]
    assert isinstance(made, Pdf)
    assert not losses(made.warnings)
    assert made.warnings[0].startswith("drawn by LibreOffice, since the built-in engine would not show all of it: ")


def test_where_no_engine_draws_all_the_loss_stays_told(built_in: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENDPACK_SOFFICE", "/nowhere/soffice")
    [made] = drawn_whole(Half(), [Docx("report", word(para("Ada reads")))])  # type: ignore[arg-type]
    assert isinstance(made, Pdf)
    assert losses(made.warnings)


@pytest.mark.whole
def test_text_of_a_file_without_styles_is_in_our_font(built_in: Engine) -> None:
    """It was in whatever the machine had for Calibri."""
    numbered = '<w:r><w:rPr><w:rFonts w:cs="Arial"/></w:rPr><w:t>Ada too</w:t></w:r>'
    [made] = drawn_whole(built_in, [Docx("x", word(para("Ada waits") + f"<w:p>{numbered}</w:p>"))])
    assert isinstance(made, Pdf)
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        found = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
    assert found and all("Liberation" in name or "Sendpack" in name for name in found), found


def fonts_of(body: str, styles: str) -> list[dict[str, str]]:
    """What the copy for the built-in engine says of the font of each run."""
    sheet = f"<w:styles {NAMESPACES}>{styles}</w:styles>"
    content = word(body, {"word/styles.xml": sheet}, {"rS": ("styles", "styles.xml")})
    made = unpacked(docx_prepare.prepare(content, written_out=True).content)["word/document.xml"]
    runs = [one.find(f"{W}rPr/{W}rFonts") for one in parse(made).iter(f"{W}r")]
    return [{} if one is None else {str(name).removeprefix(W): str(font) for name, font in one.items()} for one in runs]


def test_a_font_that_only_a_style_names_is_that_of_its_text() -> None:
    """A run that names a font for Arabic alone hid it, and was drawn in ours for text without a font."""
    times = '<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/></w:rPr>'
    mine = '<w:rFonts w:cs="Arial"/>'
    styles = f'<w:style w:type="paragraph" w:styleId="Body"><w:name w:val="Body"/>{times}</w:style>'
    styles += f'<w:style w:type="character" w:styleId="Base">{times}</w:style>'
    styles += f'<w:style w:type="character" w:styleId="Near"><w:basedOn w:val="Base"/><w:rPr>{mine}</w:rPr></w:style>'
    styles += f'<w:style w:type="table" w:styleId="Grid">{times.replace("Times New Roman", "Calibri")}</w:style>'
    said = run("Ada waits", mine)
    of_style = para(said, properties='<w:pStyle w:val="Body"/>')
    of_run = para(run("Ada waits", '<w:rStyle w:val="Near"/>'))
    in_table = table(row(cell(para(said))), properties='<w:tblStyle w:val="Grid"/>', columns=1)
    found = fonts_of(of_style + of_run + in_table + para(said), styles)
    assert [one.get("ascii") for one in found] == [None, None, "Carlito", "Liberation Sans"]
    assert found[0]["cs"] == found[2]["cs"] == found[3]["cs"] == "Liberation Sans"
