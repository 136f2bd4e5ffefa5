"""Charts are paths in the Word file and in both engines' PDFs, and keep their words; only our own SVG is trusted."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import docx
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from generator.authorities.pack import load_pack
from generator.documents.catalogue import MergeDesk, documents
from generator.documents.charts.draw_chart import Bar, BarChart, Point, ProgressChart
from generator.documents.template_shelf import TemplateShelf
from generator.engines import Docx, Pdf, choose
from generator.engines.docx.copy_prepared.docx_prepare import prepare
from generator.engines.docx.docx_check import refusal
from generator.engines.pdf import tag_repair
from generator.engines.rdocx.mend_drawn import picture_match, vector_drawings
from generator.folder.load_case import load_case
from generator.folder.school_folder import BUILT_IN, find_project
from tests.conftest import need_program
from tests.documents.test_charts import BARS, WORDS
from tests.engines.real_engines import engine_called
from tests.verapdf import failures_of
from tests.word_files import add_table, blank, content

pytestmark = pytest.mark.whole

ENGINES = ("embedded", "libreoffice")
_EXTENSION = re.compile(rb"<a:extLst>.*?</a:extLst>")


@pytest.fixture(scope="module")
def plan() -> bytes:
    """Ada's My Support Plan: three line charts in a table, and bars in the text."""
    project = find_project(BUILT_IN)
    case = load_case(project, "ada-brown").case
    assert case is not None
    pack = load_pack("standard", project.template_folders, project.schemas)
    desk = MergeDesk(project, case, pack, TemplateShelf(project.template_folders))
    return desk.write(documents(case, pack, ["my-support-plan"])[0])


@pytest.fixture(scope="module", params=ENGINES)
def pdfs(request: pytest.FixtureRequest, plan: bytes) -> list[Pdf]:
    """The plan twice, and once as it would be without paths."""
    return converted(request.param, [plan, plan, changed(plan, _EXTENSION, b"")])


def converted(engine: str, files: list[bytes]) -> list[Pdf]:
    started = engine_called(engine)
    results = list(started.convert([Docx(f"plan{number}", file) for number, file in enumerate(files)]))
    assert all(isinstance(result, Pdf) and not result.warnings for result in results), results
    return [result for result in results if isinstance(result, Pdf)]


def changed(file: bytes, what: re.Pattern[bytes], to: bytes, part: str = r"word/document\.xml") -> bytes:
    """The document with something else in one of its parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(zipfile.ZipInfo(name), what.sub(to, content) if re.fullmatch(part, name) else content)
    return target.getvalue()


def part(file: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        return package.read(name)


def xobjects(pdf: bytes, kind: str) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        held = [x for page in opened.pages for x in page.get("/Resources", {}).get("/XObject", {}).values()]
        return sum(x.get("/Subtype") == kind for x in held)


def pages(pdf: bytes) -> Iterator[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as opened:
        for page in opened:
            yield page.render(scale=2).to_pil().convert("L")


def told(pdf: bytes) -> list[str]:
    """The words of every figure in the structure, in reading order."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        waiting, words = [opened.Root.StructTreeRoot], []
        while waiting:
            element = waiting.pop()
            if element.get("/S") == "/Figure":
                words.append(str(element.Alt))
            kids = element.get("/K", [])
            kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
            waiting += [kid for kid in kids if isinstance(kid, pikepdf.Dictionary)][::-1]
        return words


# --- in the drawing ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chart", [WORDS, BARS], ids=["line", "bars"])
def test_a_chart_is_paths_and_nothing_else_and_the_same_bytes_again(chart: ProgressChart | BarChart) -> None:
    from generator.documents.charts.draw_chart import _drawn

    paths = chart.draw().vector
    _drawn.cache_clear()
    assert paths is not None and paths == chart.draw().vector
    assert set(re.findall(rb"<(\w+)", paths)) == {b"svg", b"path"}
    assert vector_drawings.operators(paths) is not None


@pytest.mark.parametrize("label", ["Zoë & Ömer <3", "Łukasz", "日本", ""])
def test_any_words_become_outlines(label: str) -> None:
    chart = BarChart(label, (Bar(label or "x", Decimal(3), "3 £"), Bar("b", Decimal(0), "")), Decimal(0), "AA00ff")
    assert vector_drawings.operators(chart.draw().vector or b"") is not None
    for reached in (None, Decimal("0.1")):
        points = (Point(label or "x", reached), Point("b", None, Decimal(7)))
        assert vector_drawings.operators(ProgressChart(label, points).draw().vector or b"") is not None


# --- in the Word file -------------------------------------------------------------------------------------------------


def test_word_shows_the_paths_and_older_word_the_dots(plan: bytes) -> None:
    document = docx.Document(io.BytesIO(plan))
    blips = document.element.body.xpath(".//a:blip[a:extLst]")
    assert len(blips) == 4
    for blip in blips:
        (paths,) = blip.xpath(".//*[local-name()='svgBlip']")
        embed = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
        assert document.part.related_parts[blip.get(embed)].content_type == "image/png"
        svg = document.part.related_parts[paths.get(embed)]
        assert svg.content_type == "image/svg+xml" and vector_drawings.operators(svg.blob) is not None
        assert paths.getparent().get("uri") == "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
    assert refusal(plan) is None


# --- in the PDF -------------------------------------------------------------------------------------------------------


def test_no_chart_is_a_picture_of_dots(pdfs: list[Pdf]) -> None:
    paths, _, dots = pdfs
    assert xobjects(dots.content, "/Image") == 4
    assert xobjects(paths.content, "/Image") == 0
    assert paths.pages == dots.pages


def test_the_paths_look_like_the_dots(pdfs: list[Pdf]) -> None:
    paths, _, dots = pdfs
    for number, (one, other) in enumerate(zip(pages(paths.content), pages(dots.content), strict=True)):
        different = ImageChops.difference(one, other)
        # A chart that is missing makes more than 1.5, one upside down more than 2.5, one moved by a millimetre 1.4.
        assert ImageStat.Stat(different).mean[0] < 1.2, f"page {number + 1}"


def test_the_same_bytes_again_and_the_words_for_who_cannot_see(pdfs: list[Pdf]) -> None:
    paths, again, dots = pdfs
    assert paths.content == again.content
    assert told(paths.content) == told(dots.content)
    starts = ("Line chart of sounds", "Line chart of words", "Line chart of mornings", "Bar chart of hours of support")
    assert [words.startswith(start) for words, start in zip(told(paths.content), starts, strict=True)] == [True] * 4


def test_what_a_screen_reader_calls_a_figure_is_the_chart(pdfs: list[Pdf]) -> None:
    for pdf in (pdfs[0], pdfs[2]):
        with pikepdf.open(io.BytesIO(pdf.content)) as opened:
            figures = [e for e in tag_repair.elements(opened.Root.StructTreeRoot) if e.S == "/Figure"]
            assert [marked(figure, opened) for figure in figures] == [True] * 4


def marked(figure: pikepdf.Dictionary, pdf: pikepdf.Pdf) -> bool:
    """True when the figure's content draws many paths, or a picture, and the page says that it is the figure's."""
    (kid,) = tag_repair.children(figure)
    number, page = (int(kid.MCID), kid.Pg) if isinstance(kid, pikepdf.Dictionary) else (int(kid), figure.Pg)
    assert pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[int(page.StructParents)][number] == figure
    instructions = pikepdf.parse_content_stream(pikepdf.Page(page))
    begin = next(
        n for n, i in enumerate(instructions) if str(i.operator) == "BDC" and i.operands[1].get("/MCID") == number
    )
    inside = list(itertools.takewhile(lambda i: str(i.operator) != "EMC", instructions[begin:]))
    painted = [str(i.operator) for i in inside if str(i.operator) in ("Do", "f", "f*", "S", "B")]
    return painted == ["Do"] or len(painted) > 10


def test_a_pdf_with_paths_is_accessible(pdfs: list[Pdf], tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("paths") / "plan.pdf"
    file.write_bytes(pdfs[0].content)
    assert failures_of([file]) == [[]]


def test_a_document_without_charts_is_left_alone(plan: bytes) -> None:
    without = changed(plan, _EXTENSION, b"")
    assert prepare(without, written_out=True).twins == ()
    assert len(prepare(plan, written_out=True).twins) == 4
    assert prepare(plan).twins == ()


# --- pictures in tables, which the embedded engine calls decoration ---------------------------------------------------


def pictured(words: str | None = "A blue hill", before: str = "", mode: str = "RGB", kind: str = "PNG") -> bytes:
    """A document with a picture in the second cell of a table, after these words or before others."""
    document = blank("Hill")
    table = add_table(document, [["What", "How"], ["The badge", before]])
    paragraph = table.cell(1, 1).paragraphs[0]
    run = paragraph.add_run()
    picture = io.BytesIO()
    Image.linear_gradient("L").resize((40, 30)).convert(mode).save(picture, kind)
    shape = run.add_picture(picture)
    if words is not None:
        shape._inline.docPr.set("descr", words)
    if not before:
        paragraph.add_run("It hangs by the door.")
    return content(document)


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGB", "PNG"), ("L", "PNG"), ("P", "PNG"), ("RGBA", "PNG"), ("RGB", "JPEG")]
)
@pytest.mark.parametrize("before", ["", "See here: "])
def test_a_picture_in_a_table_is_said_in_its_place(mode: str, kind: str, before: str, tmp_path: Path) -> None:
    (pdf,) = converted("embedded", [pictured(before=before, mode=mode, kind=kind)])
    assert told(pdf.content) == ["A blue hill"]
    with pikepdf.open(io.BytesIO(pdf.content)) as opened:
        cell = next(e for e in tag_repair.elements(opened.Root.StructTreeRoot) if e.S == "/Figure").P
        roles = [str(kid.S) for kid in cell.K]
    assert cell.S == "/TD" and roles == (["/P", "/Figure"] if before else ["/Figure", "/P"])
    file = tmp_path / "hill.pdf"
    file.write_bytes(pdf.content)
    assert failures_of([file]) == [[]]


def test_a_page_of_one_picture_and_nothing_else_is_said(tmp_path: Path) -> None:
    need_program("soffice")
    document = blank("Hill")
    picture = io.BytesIO()
    Image.linear_gradient("L").save(picture, "PNG")
    document.add_paragraph().add_run().add_picture(picture)._inline.docPr.set("descr", "A blue hill")
    (pdf,) = converted("libreoffice", [content(document)])
    with pikepdf.open(io.BytesIO(pdf.content)) as opened:
        (figure,) = [e for e in tag_repair.elements(opened.Root.StructTreeRoot) if e.S == "/Figure"]
        assert figure.Alt == "A blue hill" and marked(figure, opened)
    file = tmp_path / "hill.pdf"
    file.write_bytes(pdf.content)
    assert failures_of([file]) == [[]]


def test_a_picture_whose_words_are_lost_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        picture_match, "of_drawn", lambda picture, masked=False: None
    )  # as if it were drawn differently
    outcome = choose("embedded").here(Docx("hill", pictured()))  # type: ignore[attr-defined]  # where the fake is
    assert isinstance(outcome, Pdf) and outcome.warnings == (
        "a screen reader does not say what 1 of the pictures in its tables shows",
    )
    assert b"pdfuaid:part" not in outcome.content


def test_decoration_in_a_table_stays_decoration() -> None:
    assert prepare(pictured(words=""), written_out=True).framed == ()
    assert prepare(content(blank("Empty")), written_out=True).framed == ()


# --- what is not trusted ----------------------------------------------------------------------------------------------

_FRAME = b'<svg xmlns="http://www.w3.org/2000/svg" width="1cm" height="1cm" viewBox="0 0 10 10">\n%s\n</svg>\n'


def test_only_paths_of_our_own_making_are_drawn() -> None:
    drawn = vector_drawings.operators(_FRAME % b'<path d="M0 0L10 0C1 2 3 4 5 6Z" fill="#ff0000"/>')
    assert drawn == b"1 j\n1 0 0 rg\n0 0 m\n10 0 l\n1 2 3 4 5 6 c\nh\nf"


@pytest.mark.parametrize(
    "inside",
    [
        b'<image href="file:///etc/passwd"/>',
        b"<script>alert(1)</script>",
        b'<path d="M0 0L1" fill="none"/>',
        b'<path d="L0 0" fill="none"/>',
        b'<path d="M0 0L1 1-" fill="none"/>',
        b'<path d="M0 0l1 1" fill="none"/>',
        b'<path d="M0 0L1 1" fill="url(#a)"/>',
        b'<path d="M0 0L1 1" fill="none" onclick="x"/>',
    ],
)
def test_any_other_svg_is_shown_as_its_dots(inside: bytes, plan: bytes) -> None:
    other = _FRAME % inside
    assert vector_drawings.operators(other) is None
    foreign = changed(plan, re.compile(rb".+", re.DOTALL), other.replace(b"\\", b""), r"word/media/picture\d+\.svg")
    for written_out in (True, False):
        prepared = prepare(foreign, written_out=written_out)
        body = part(prepared.content, "word/document.xml")
        assert prepared.twins == () and b"svgBlip" not in body
        assert re.findall(rb'r:embed="(\w+)"', body) == [b"rMerged1", b"rMerged3", b"rMerged5", b"rMerged7"]


def test_a_picture_that_is_not_certainly_the_chart_stays() -> None:
    chart = WORDS.draw()
    almost = Image.open(io.BytesIO(chart.content)).convert("RGB")
    exact = almost.tobytes()
    almost.putpixel((5, 5), (1, 2, 3))
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    size = {"Width": chart.width, "Height": chart.height, "ColorSpace": pikepdf.Name.DeviceRGB, "BitsPerComponent": 8}
    kind = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image}
    held = {"/Same": exact, "/Almost": almost.tobytes(), "/Masked": exact}
    page.Resources = pikepdf.Dictionary(XObject={n: pdf.make_stream(d, **size, **kind) for n, d in held.items()})
    page.Resources.XObject.Masked.SMask = pdf.make_stream(b"")
    target = io.BytesIO()
    pdf.save(target)  # as an engine does, with its streams compressed
    with pikepdf.open(target) as drawn:
        vector_drawings.exchange(
            drawn, [vector_drawings.Twin(chart.content, chart.vector or b""), vector_drawings.Twin(b"no PNG", b"")]
        )
        kinds = {name: str(x.Subtype) for name, x in drawn.pages[0].Resources.XObject.items()}
    assert kinds == {"/Same": "/Form", "/Almost": "/Image", "/Masked": "/Image"}
