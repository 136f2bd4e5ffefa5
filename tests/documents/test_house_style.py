"""One Word file brands every document: what a school changes in house.docx with Word is in all that it prints."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from docx import Document as read_docx
from docx.document import Document as Word
from docx.shared import Cm, Pt, RGBColor
from PIL import Image

from generator.authorities.pack import load_pack
from generator.documents.catalogue import MergeDesk, documents
from generator.documents.template_shelf import TemplateShelf
from generator.documents.templates.render import dressed
from generator.documents.templates.school_look import house_bytes
from generator.engines import Docx, Pdf
from generator.folder.load_case import load_case
from generator.folder.school_folder import BUILT_IN, Project, find_project
from generator.word_files.docx_package import W, parse, read_package, serialize
from tests.engines.real_engines import engine_called
from tests.example_school import copy_school, sendpack

PUPILS = ("ada-brown", "kacper-wisniewski", "zoe-obrien-smidt")
MAROON = RGBColor(0x7A, 0x12, 0x2C)


def branded(path: Path, motto: str) -> None:
    """What somebody does in Word: another font and colour, a logo, words in header and footer, wider margins."""
    house = read_docx(str(BUILT_IN / "templates" / "standard" / "house.docx"))
    for name in ("Normal", "Heading 1", "Title"):
        house.styles[name].font.name = "Calibri"
    house.styles["Heading 1"].font.color.rgb = MAROON
    house.styles["Normal"].font.size = Pt(13)
    section = house.sections[0]
    logo = io.BytesIO()
    Image.new("RGB", (60, 30), "maroon").save(logo, "PNG")
    for header in (section.header, section.first_page_header):
        run = header.paragraphs[0].add_run()
        run.add_picture(logo, height=Cm(0.5))._inline.docPr.set("descr", "The school's badge")
        run.add_text(motto)
    for footer in (section.footer, section.first_page_footer):
        footer.add_paragraph("Rooted and growing", "Footer")
    section.left_margin = Cm(3)
    path.parent.mkdir(parents=True, exist_ok=True)
    house.save(str(path))


def every_document(project: Project, pack_id: str = "standard") -> Iterator[tuple[str, bytes, Word]]:
    """Each kind of document of the example cases once, as made."""
    pack, done = load_pack(pack_id, project.template_folders, project.schemas), set()
    for pupil in PUPILS:
        case = load_case(project, pupil).case
        assert case is not None
        desk = MergeDesk(project, case, pack, TemplateShelf(project.template_folders))
        for document in documents(case, pack):
            if document.kind not in done:
                done.add(document.kind)
                made = desk.write(document)
                yield document.kind, made, read_docx(io.BytesIO(made))


def assert_branded(kind: str, word: Word, motto: str) -> None:
    assert word.styles["Heading 1"].font.name == "Calibri", kind
    assert word.styles["Heading 1"].font.color.rgb == MAROON, kind
    assert word.styles["Normal"].font.size == Pt(13), kind
    for section in word.sections:
        assert round(section.left_margin.cm, 2) == 3.0, kind
        first = section.different_first_page_header_footer
        headers = [section.header, *([section.first_page_header] if first else [])]
        footers = [section.footer, *([section.first_page_footer] if first else [])]
        for header in headers:
            assert motto in "\n".join(p.text for p in header.paragraphs), kind
            assert [r.target_part.content_type for r in header.part.rels.values()] == ["image/png"], kind
        for footer in footers:
            assert "Rooted and growing" in "\n".join(p.text for p in footer.paragraphs), kind


@pytest.mark.whole
def test_fonts_colours_logo_header_and_footer_of_all_documents_come_from_the_schools_house(tmp_path: Path) -> None:
    school = copy_school(tmp_path, *PUPILS)
    branded(school / "templates" / "school" / "house.docx", "Learning together")
    kinds = []
    for kind, _, word in every_document(find_project(school)):
        assert_branded(kind, word, "Learning together")
        kinds.append(kind)
    pack = load_pack("standard", (BUILT_IN / "templates",), find_project(school).schemas)
    assert {"profile", "parent-letter", "support-plan", "cycle", "meeting", "request"} <= set(kinds)
    assert len(kinds) >= len(pack.documents) - 4


@pytest.mark.whole
def test_a_pack_has_a_house_style_of_its_own_and_the_schools_goes_before_it(tmp_path: Path) -> None:
    school = copy_school(tmp_path, *PUPILS)
    folder = school / "templates" / "northmoor"
    branded(folder / "house.docx", "Northmoor Council")
    (folder / "pack.yaml").write_text('id: northmoor\nname: Northmoor\nextends: standard\nversion: "1"\n', "utf-8")
    project = find_project(school)
    for kind, _, word in every_document(project, "northmoor"):
        assert_branded(kind, word, "Northmoor Council")
    for kind, _, word in every_document(project, "standard"):
        assert word.styles["Normal"].font.size != Pt(13), kind
    branded(school / "templates" / "school" / "house.docx", "Ours")
    for kind, _, word in every_document(find_project(school), "northmoor"):
        assert_branded(kind, word, "Ours")


@pytest.mark.whole
@pytest.mark.parametrize("engine", ["embedded", "libreoffice"])
def test_the_pdf_shows_it_too(tmp_path: Path, engine: str) -> None:
    school = copy_school(tmp_path, *PUPILS)
    branded(school / "templates" / "school" / "house.docx", "Learning together")
    wanted = ("profile", "parent-letter", "support-plan")
    made = [Docx(f"{k}.docx", content) for k, content, _ in every_document(find_project(school)) if k in wanted]
    started = engine_called(engine)
    results = [one for one in started.convert(made) if isinstance(one, Pdf)]
    assert len(results) == len(made) == 3
    for pdf in results:
        page = pypdf.PdfReader(io.BytesIO(pdf.content)).pages[0]
        text = page.extract_text()
        assert "Learning together" in text and "Rooted and growing" in text, pdf.name
        fonts = {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}
        assert any("Carlito" in font or "SendpackRound" in font for font in fonts), (pdf.name, fonts)
        assert len(page.images) >= 1, pdf.name


def older(path: Path) -> None:
    """A house style from before tables had styles of their own, with the school's colour in its headings."""
    package = read_package((BUILT_IN / "templates" / "standard" / "house.docx").read_bytes())
    part = str(package.related(package.main, "styles"))
    styles = parse(package.parts[part])
    for style in [one for one in styles.iterfind(f"{W}style") if one.get(f"{W}type") == "table"]:
        if style.get(f"{W}default") != "1":
            styles.remove(style)
    text = serialize(styles).replace(b"17505E", b"7A122C")
    package.parts[part] = text
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(house_bytes(package))


def table_heads(word: bytes) -> set[str]:
    """The colours of the heads of the table styles that a document has."""
    package = read_package(word)
    styles = parse(package.parts[str(package.related(package.main, "styles"))])
    heads = [part for part in styles.iter(f"{W}tblStylePr") if part.get(f"{W}type") == "firstRow"]
    return {str(shade.get(f"{W}fill")) for part in heads for shade in part.iter(f"{W}shd")}


@pytest.mark.whole
def test_a_house_style_without_table_styles_works_and_says_what_to_do(tmp_path: Path) -> None:
    school = copy_school(tmp_path, "kacper-wisniewski")
    house = school / "templates" / "school" / "house.docx"
    older(house)
    project = find_project(school)
    case = load_case(project, "kacper-wisniewski").case
    assert case is not None
    pack = load_pack("standard", project.template_folders, project.schemas)
    desk = MergeDesk(project, case, pack, TemplateShelf(project.template_folders))
    [document] = documents(case, pack, ["support-plan"])
    assert table_heads(desk.write(document)) == {"7A122C"}, "was: teal tables in a maroon school"
    told = sendpack(school, "template", "check", "house").stdout
    assert "Record Table" in told and "sendpack template style --colour" in told
    assert sendpack(school, "template", "style", "--colour", "#1a4d2e").returncode == 0
    assert table_heads(house.read_bytes()) == {"1A4D2E"}
    assert "Record Table" not in sendpack(school, "template", "check", "house").stdout


def test_margins_that_a_template_set_itself_are_kept(tmp_path: Path) -> None:
    branded(tmp_path / "house.docx", "Rooted")
    standard = BUILT_IN / "templates" / "standard" / "profile.docx"
    own = read_docx(str(standard))
    own.sections[0].left_margin = own.sections[0].right_margin = Cm(1.2)
    own.save(str(tmp_path / "own.docx"))

    def left(path: Path) -> float:
        body = dressed(path, tmp_path / "house.docx")
        return int(next(parse(body.parts[body.main]).iter(f"{W}pgMar")).get(f"{W}left", "0")) / 567

    assert abs(left(standard) - 3) < 0.01, "the house's"
    assert abs(left(tmp_path / "own.docx") - 1.2) < 0.01, "was: the house's"
